import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type Instant, unwrap, utc } from '../../src/foundation/index.ts'
import {
  qualifyReferral,
  type ReferralConversion,
  type ReferralPolicy,
  reassessReferral,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { at, conversionArbitrary, eur, march1, open, policy, policyArbitrary } from './terms.ts'

const bought = (spendMinor: number, terms: ReferralPolicy = policy): ReferralConversion =>
  unwrap(qualifyReferral(terms, utc, open, { purchase: 'order-1' as ActivityId, at: march1, spendMinor })).conversion

const march20 = at('2026-03-20T12:00:00Z')
const april1 = at('2026-04-01T12:00:00Z')
const before = (instant: Instant) => (instant - 1) as Instant

describe('S51 a friend bought for 100 € on 1 March with 10 € off, in review until 1 April', () => {
  const conversion = bought(10_000)

  test('S51 everything returned on 20 March: cancelled, the whole discount goes back', () => {
    expect(reassessReferral(policy, conversion, 0, march20)).toEqual({ outcome: 'cancelled', discountClawMinor: 1_000 })
  })

  test('S51 returned in part, to 70: it stands, and 3 € of the discount go back', () => {
    expect(reassessReferral(policy, conversion, 7_000, march20)).toEqual({ outcome: 'stands', discountClawMinor: 300 })
  })

  test('the part of the discount that is kept is rounded half up: 7.005 € of 10 € are 7.01 €', () => {
    expect(reassessReferral(policy, conversion, 7_005, march20).discountClawMinor).toBe(299)
    expect(reassessReferral(policy, conversion, 7_004, march20).discountClawMinor).toBe(300)
  })

  test('S51 returned in part, to exactly 50: it stands', () => {
    expect(reassessReferral(policy, conversion, 5_000, march20)).toEqual({ outcome: 'stands', discountClawMinor: 500 })
  })

  test('S51 returned in part, to 40, below the minimum of 50: it does not count, so no discount is due', () => {
    expect(reassessReferral(policy, conversion, 4_000, march20)).toEqual({
      outcome: 'cancelled',
      discountClawMinor: 1_000,
    })
  })

  test('S51 cancelled up to the release; from then on a person decides, and the discount goes back in proportion', () => {
    expect(reassessReferral(policy, conversion, 4_000, before(april1)).outcome).toBe('cancelled')
    expect(reassessReferral(policy, conversion, 4_000, april1)).toEqual({ outcome: 'inReview', discountClawMinor: 600 })
    expect(reassessReferral(policy, conversion, 0, april1)).toEqual({ outcome: 'inReview', discountClawMinor: 1_000 })
    expect(reassessReferral(policy, conversion, 6_000, april1).outcome).toBe('stands')
  })

  test('what has gone back already does not go back again', () => {
    const part = { ...conversion, discountClawedMinor: 300 }
    expect(reassessReferral(policy, part, 6_000, march20).discountClawMinor).toBe(100)
    expect(reassessReferral(policy, part, 0, march20).discountClawMinor).toBe(700)
    expect(
      reassessReferral(policy, { ...conversion, discountClawedMinor: 900 }, 6_000, march20).discountClawMinor,
    ).toBe(0)
  })

  test('a found one: returned to 40 and then to nothing, the discount goes back once, and all of it', () => {
    const first = reassessReferral(policy, conversion, 4_000, march20).discountClawMinor
    const part = { ...conversion, discountClawedMinor: first }
    expect([first, reassessReferral(policy, part, 0, march20).discountClawMinor]).toEqual([1_000, 0])
  })
})

test('without a minimum a referral stands until nothing is left', () => {
  const generous: ReferralPolicy = { ...policy, minimumSpend: eur(0) }
  const conversion = bought(10_000, generous)
  expect(reassessReferral(generous, conversion, 1, march20).outcome).toBe('stands')
  expect(reassessReferral(generous, conversion, 0, march20).outcome).toBe('cancelled')
})

test('a conversion that cost nothing has no discount to keep', () => {
  const none = { ...bought(10_000), spendMinor: 0, discountMinor: 5 }
  expect(reassessReferral(policy, none, 0, april1)).toEqual({ outcome: 'inReview', discountClawMinor: 5 })
})

/** Returns one after the other, each at its instant: the outcomes, and what of the discount goes back. */
const returned = (
  terms: ReferralPolicy,
  conversion: ReferralConversion,
  parts: ReadonlyArray<{ readonly minor: number; readonly at: Instant }>,
) => {
  let now = conversion
  let left = conversion.spendMinor
  return parts.map(({ minor, at: when }) => {
    left -= minor
    const { outcome, discountClawMinor } = reassessReferral(frozen(terms), frozen(now), left, when)
    now = { ...now, discountClawedMinor: now.discountClawedMinor + discountClawMinor }
    return { outcome, discountClawMinor }
  })
}

const claws = (results: ReturnType<typeof returned>) =>
  results.reduce((sum, { discountClawMinor }) => sum + discountClawMinor, 0)

/** Parts of a purchase to return, in turn: none is negative, and together they are at most all of it. */
const partsOf = (spendMinor: number, cuts: ReadonlyArray<number>, whole: boolean): ReadonlyArray<number> => {
  let left = spendMinor
  const parts = cuts.map((cut) => {
    const part = cut % (left + 1)
    left -= part
    return part
  })
  return whole ? [...parts, left] : parts
}

describe('S51 the discount goes back', () => {
  const terms = policyArbitrary.filter(({ referee }) => referee.type === 'discount')
  const spend = fc.oneof(
    fc.integer({ min: 1, max: 20_000 }),
    fc.maxSafeNat().filter((minor) => minor > 0),
  )
  const cuts = fc.array(fc.oneof(fc.nat({ max: 5_000 }), fc.maxSafeNat()), { minLength: 1, maxLength: 6 })
  const inTime = fc.boolean()

  const conversionOf = ({ referee }: ReferralPolicy, spendMinor: number): ReferralConversion => ({
    ...bought(10_000),
    spendMinor,
    discountMinor: Math.min(spendMinor, referee.type === 'discount' ? referee.amount.minor : 0),
  })

  test('the same in all, whether goods come back in parts or at once', () => {
    fc.assert(
      fc.property(terms, spend, cuts, fc.boolean(), inTime, (of, spendMinor, cut, whole, early) => {
        const conversion = conversionOf(of, spendMinor)
        const when = early ? march20 : april1
        const parts = partsOf(spendMinor, cut, whole)
        const inParts = returned(
          of,
          conversion,
          parts.map((minor) => ({ minor, at: when })),
        )
        const minor = parts.reduce((sum, part) => sum + part, 0)
        const atOnce = returned(of, conversion, [{ minor, at: when }])
        expect(claws(inParts)).toBe(claws(atOnce))
        expect(inParts[inParts.length - 1]?.outcome).toBe(atOnce[0]?.outcome)
        if (whole) expect(claws(inParts)).toBe(conversion.discountMinor)
      }),
    )
  })

  test('never more than was given, also where some parts come back after the release', () => {
    fc.assert(
      fc.property(terms, spend, cuts, fc.nat({ max: 6 }), (of, spendMinor, cut, late) => {
        const conversion = conversionOf(of, spendMinor)
        const results = returned(
          of,
          conversion,
          partsOf(spendMinor, cut, true).map((minor, index) => ({ minor, at: index < late ? march20 : april1 })),
        )
        expect(results.every(({ discountClawMinor }) => discountClawMinor >= 0)).toBe(true)
        expect(claws(results)).toBe(conversion.discountMinor)
      }),
    )
  })

  test('never less than nothing, whatever is stored', () => {
    fc.assert(
      fc.property(policyArbitrary, conversionArbitrary, fc.maxSafeNat(), (of, conversion, left) => {
        const { outcome, discountClawMinor } = reassessReferral(of, conversion, left, march20)
        expect(Number.isSafeInteger(discountClawMinor) && discountClawMinor >= 0).toBe(true)
        expect(outcome === 'stands').toBe(left >= Math.max(1, of.minimumSpend.minor))
        expect(outcome === 'cancelled' && march20 >= conversion.releasedAt).toBe(false)
      }),
    )
  })
})
