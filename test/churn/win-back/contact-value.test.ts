import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contactValue } from '../../../src/churn/index.ts'
import { money, type RoundingMode, unwrap } from '../../../src/foundation/index.ts'
import { cents } from '../../arbitraries/win-back.ts'

const probabilityArbitrary = fc.double({ min: 0, max: 1, noNaN: true })

test('is the formula, each part rounded once, and the parts sum', () => {
  fc.assert(
    fc.property(
      fc.array(probabilityArbitrary, { minLength: 3, maxLength: 3 }),
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 3, maxLength: 3 }),
      fc.constantFrom<RoundingMode>('floor', 'ceil', 'halfEven', 'halfUp'),
      ([gone = 0, returns = 0, anyway = 0], [residual = 0, contact = 0, offer = 0], rounding) => {
        const parts = unwrap(
          contactValue(
            {
              probabilityGone: gone,
              returnWithOffer: returns,
              returnWithout: anyway,
              residualValue: cents(residual),
              contactCost: cents(contact),
              offerCost: cents(offer),
            },
            rounding,
          ),
        )
        // Half a billionth of each probability, and a cent of rounding.
        expect(Math.abs(parts.gain.minor - gone * (returns - anyway) * residual)).toBeLessThanOrEqual(1.01)
        expect(Math.abs(parts.offerCost.minor - (gone * returns + 1 - gone) * offer)).toBeLessThanOrEqual(1.01)
        expect(parts.contactCost.minor).toBe(contact)
        expect(parts.cost.minor).toBe(parts.contactCost.minor + parts.offerCost.minor)
        expect(parts.value.minor).toBe(parts.gain.minor - parts.cost.minor)
      },
    ),
  )
})

test('without an offer’s cost and a return anyway it is P(gone) × P(return | offer) × residual value − cost', () => {
  const contact = {
    probabilityGone: 0.35,
    returnWithOffer: 0.07,
    residualValue: unwrap(money('812.40', 'EUR')),
    contactCost: unwrap(money('1.15', 'EUR')),
  }
  // 0.35 · 0.07 · 81240 = 1990.38
  expect(unwrap(contactValue(contact))).toEqual({
    value: cents(1875),
    gain: cents(1990),
    cost: cents(115),
    contactCost: cents(115),
    offerCost: cents(0),
  })
  expect(unwrap(contactValue(contact, 'ceil')).gain).toEqual(cents(1991))
})

test('half cents are rounded by the mode, exactly', () => {
  const contact = {
    probabilityGone: 0.1,
    returnWithOffer: 0.5,
    residualValue: cents(50),
    contactCost: cents(0),
  }
  const gains = (['halfEven', 'halfUp', 'floor', 'ceil'] as const).map(
    (mode) => unwrap(contactValue(contact, mode)).gain.minor,
  )
  expect(gains).toEqual([2, 3, 2, 3])
})

test('who is there for certain only costs; who is gone for certain and returns anyway brings nothing', () => {
  const base = { residualValue: cents(10_000), contactCost: cents(50), offerCost: cents(500) }
  const there = unwrap(contactValue({ ...base, probabilityGone: 0, returnWithOffer: 0.9 }))
  expect([there.gain.minor, there.cost.minor]).toEqual([0, 550])
  const anyway = unwrap(contactValue({ ...base, probabilityGone: 1, returnWithOffer: 0.4, returnWithout: 0.4 }))
  expect([anyway.gain.minor, anyway.cost.minor]).toEqual([0, 250])
  const driven = unwrap(contactValue({ ...base, probabilityGone: 1, returnWithOffer: 0.3, returnWithout: 0.4 }))
  expect(driven.gain.minor).toBe(-1000)
})

test('everything that is wrong is said', () => {
  const tagsOf = (contact: Parameters<typeof contactValue>[0]) => {
    const result = contactValue(contact)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
  }
  expect(
    tagsOf({
      probabilityGone: 1.1,
      returnWithOffer: Number.NaN,
      returnWithout: -1,
      residualValue: unwrap(money('1', 'USD')),
      contactCost: cents(-1),
      offerCost: cents(-1),
    }),
  ).toEqual([
    'OutOfRange probabilityGone',
    'OutOfRange returnWithOffer',
    'OutOfRange returnWithout',
    'CurrencyMismatch residualValue',
    'OutOfRange contactCost',
    'OutOfRange offerCost',
  ])
  const large = { probabilityGone: 0, returnWithOffer: 1, residualValue: cents(1), contactCost: cents(9e15) }
  expect(tagsOf({ ...large, offerCost: cents(9e15) })).toEqual(['OutOfRange residualValue'])
  expect(tagsOf({ ...large, residualValue: cents(1.5) })).toEqual(['OutOfRange residualValue'])
})
