import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type Instant, type Money, unwrap } from '../../../src/foundation/index.ts'
import { explainNextTouch, type NextTouch, rankTouchesByValue, type TouchValue } from '../../../src/segments/index.ts'
import { treacherousKeys } from '../../arbitraries/foundation.ts'

const eur = (minor: number): Money => ({ minor, currency: 'EUR' as Currency })
const send = { from: 0 as Instant, until: 3_600_000 as Instant }
const touchOf = (rule: string, priority: number): NextTouch => ({
  rule,
  kind: 'marketing',
  channel: 'email',
  send,
  deadline: send.until,
  priority,
  offer: null,
  because: [],
})

const rules = ['birthday', 'basket', 'referral', ...treacherousKeys.slice(0, 3)]
const touchesArbitrary = fc
  .tuple(fc.shuffledSubarray(rules), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 6, maxLength: 6 }))
  .map(([own, priorities]) =>
    own
      .map((rule, index) => touchOf(rule, priorities[index] as number))
      .sort((one, other) => other.priority - one.priority),
  )
const valuesArbitrary: fc.Arbitrary<ReadonlyArray<TouchValue>> = fc.uniqueArray(
  fc.record({ rule: fc.constantFrom(...rules), value: fc.integer({ min: -2, max: 2 }).map(eur) }),
  { selector: ({ rule }) => rule },
)
const withinArbitrary = fc.constantFrom('all' as const, 'priority' as const)

describe('touches by value', () => {
  test('keep their order but for what is worth more, and state what each is worth', () => {
    fc.assert(
      fc.property(touchesArbitrary, valuesArbitrary, withinArbitrary, (touches, values, within) => {
        const ranked = unwrap(rankTouchesByValue(touches, values, { within }))
        const worthOf = (rule: string) => values.find((one) => one.rule === rule)?.value ?? null
        expect(new Set(ranked)).toEqual(
          new Set(touches.map((touch) => ({ ...touch, expectedValue: worthOf(touch.rule) }))),
        )
        const place = (rule: string) => touches.findIndex((touch) => touch.rule === rule)
        ranked.slice(1).forEach((touch, index) => {
          const before = ranked[index] as typeof touch
          const gap = (before.expectedValue?.minor ?? 0) - (touch.expectedValue?.minor ?? 0)
          const comesFirst = gap > 0 || (gap === 0 && place(before.rule) < place(touch.rule))
          expect(comesFirst || (within === 'priority' && before.priority > touch.priority)).toBe(true)
          if (within === 'priority') expect(before.priority).toBeGreaterThanOrEqual(touch.priority)
        })
      }),
    )
  })

  test('stand between gain and loss where no value is given', () => {
    const touches = [touchOf('loss', 3), touchOf('unknown', 2), touchOf('gain', 1)]
    const values = [
      { rule: 'loss', value: eur(-1) },
      { rule: 'gain', value: eur(420) },
      { rule: 'other', value: eur(999) },
    ]
    const ranked = unwrap(rankTouchesByValue(touches, values))
    expect(ranked.map(explainNextTouch)).toEqual([
      'gain by email from 1970-01-01T00:00:00Z until 1970-01-01T01:00:00Z, expected to bring 4.20 EUR',
      'unknown by email from 1970-01-01T00:00:00Z until 1970-01-01T01:00:00Z',
      'loss by email from 1970-01-01T00:00:00Z until 1970-01-01T01:00:00Z, expected to bring -0.01 EUR',
    ])
  })

  test('need sound amounts of one currency, one per rule', () => {
    const found = rankTouchesByValue(
      [],
      [
        { rule: 'a', value: eur(1) },
        { rule: 'a', value: eur(0.5) },
        { rule: 'b', value: { minor: 1, currency: 'USD' as Currency } },
      ],
    )
    expect(rankTouchesByValue([], [{ rule: 'a', value: null as unknown as Money }])).toMatchObject({
      left: [{ path: ['values', 0, 'value'] }],
    })
    expect(found).toMatchObject({
      left: [
        { _tag: 'InvalidValue', path: ['values', 1, 'rule'] },
        { _tag: 'InvalidValue', path: ['values', 1, 'value'] },
        { _tag: 'CurrencyMismatch', path: ['values', 2, 'value'] },
      ],
    })
  })
})
