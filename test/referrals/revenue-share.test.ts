import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDuration, formatInstant, type Instant, roundRatio, unwrap, utc } from '../../src/foundation/index.ts'
import { ReferredPayment, RevenueShare, revenueShare } from '../../src/referrals/index.ts'
import { roundingModeArbitrary } from '../arbitraries/foundation.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { momentArbitrary, start, zoneArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './terms.ts'

codecLaws('ReferredPayment', ReferredPayment, fc.record({ at: momentArbitrary(), minor: fc.maxSafeInteger() }))

const shareArbitrary: fc.Arbitrary<RevenueShare> = fc.record({
  units: fc.integer({ min: 0, max: 7 }),
  perMinor: fc.integer({ min: 1, max: 60 }),
  rounding: roundingModeArbitrary,
  months: fc.integer({ min: 1, max: 4 }),
  most: fc.option(fc.nat({ max: 3_000 })),
})

codecLaws('RevenueShare', RevenueShare, shareArbitrary)

const tenPercent: RevenueShare = { units: 1, perMinor: 10, rounding: 'floor', months: 3, most: null }
const january31 = at('2026-01-31T12:00:00Z')
const units = (share: RevenueShare, ...payments: ReadonlyArray<readonly [string, number]>) =>
  unwrap(
    revenueShare(
      share,
      utc,
      january31,
      payments.map(([when, minor]) => ({ at: at(when), minor })),
    ),
  ).map((month) => month.units)

describe('10 % for three months', () => {
  test('S18 months are counted from the anchor: 31 January, 28 February, 31 March', () => {
    const months = unwrap(revenueShare(tenPercent, utc, january31, []))
    expect(months.map(({ from }) => formatInstant(from).slice(0, 10))).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ])
    expect(months[2]).toMatchObject({ month: 3, until: at('2026-04-30T12:00:00Z'), revenueMinor: 0, units: 0 })
  })

  test('the end of the last month is too late, the conversion itself is not too early', () => {
    expect(units(tenPercent, ['2026-04-30T12:00:00Z', 1_000], ['2026-01-31T11:59:59Z', 1_000])).toEqual([0, 0, 0])
    expect(units(tenPercent, ['2026-04-30T11:59:59Z', 1_000], ['2026-01-31T12:00:00Z', 1_000])).toEqual([100, 0, 100])
  })

  test('S3 rounded once on the whole: three payments of 3.35 are 1.00, not 3 times 0.33', () => {
    const three = ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'] as const
    expect(units(tenPercent, ...three.map((when) => [when, 335] as const))).toEqual([33, 34, 33])
  })

  test('a refund in a later month takes back what the payment gave', () => {
    expect(units(tenPercent, ['2026-02-01T00:00:00Z', 1_005], ['2026-03-01T00:00:00Z', -1_005])).toEqual([100, -100, 0])
    expect(units(tenPercent, ['2026-03-01T00:00:00Z', -500], ['2026-04-01T00:00:00Z', 1_000])).toEqual([0, 0, 50])
  })

  test('at most so much in all', () => {
    const most = { ...tenPercent, most: 150 }
    expect(units(most, ['2026-02-01T00:00:00Z', 1_000], ['2026-03-01T00:00:00Z', 1_000])).toEqual([100, 50, 0])
  })
})

test('faults', () => {
  const now = january31
  expect(revenueShare(tenPercent, utc, now, [{ at: now, minor: 0.5 }])).toMatchObject({
    left: [{ _tag: 'InvalidValue', path: ['payments', 0, 'minor'] }],
  })
  const huge = { ...tenPercent, units: 2, perMinor: 1 }
  expect(revenueShare(huge, utc, now, [{ at: now, minor: Number.MAX_SAFE_INTEGER }])).toMatchObject({
    left: [{ _tag: 'OutOfRange', path: ['months', 0] }],
  })
  const twice = [now, now].map((when) => ({ at: when, minor: Number.MAX_SAFE_INTEGER }))
  expect(revenueShare(tenPercent, utc, now, twice)).toMatchObject({
    left: [{ _tag: 'OutOfRange', path: ['months', 0] }],
  })
  const back = [...twice, { at: now, minor: -Number.MAX_SAFE_INTEGER }]
  expect(revenueShare(tenPercent, utc, now, back)._tag).toBe('Right')
  expect(revenueShare({ ...tenPercent, perMinor: 0 }, utc, now, [])).toMatchObject({
    left: [{ _tag: 'ZeroDenominator' }],
  })
})

test('the months together are the share of the whole, in any order of the payments', () => {
  const payment = fc.record({ at: momentArbitrary(150), minor: fc.integer({ min: -500, max: 5_000 }) })
  fc.assert(
    fc.property(shareArbitrary, zoneArbitrary, fc.array(payment, { maxLength: 12 }), (share, zone, payments) => {
      const convertedAt = (start + 3_600_000) as Instant
      const months = unwrap(revenueShare(frozen(share), zone, convertedAt, frozen(payments)))
      const end = addDuration(zone, convertedAt, { amount: share.months, unit: 'month' })
      const total = payments
        .filter((one) => one.at >= convertedAt && one.at < end)
        .reduce((sum, { minor }) => sum + minor, 0)
      const due = unwrap(roundRatio(total * share.units, share.perMinor, share.rounding))
      const expected = Math.max(0, Math.min(due, share.most ?? due))
      expect(months.reduce((sum, month) => sum + month.units, 0)).toBe(expected)
      expect(months.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0)).toBe(total)
      expect(revenueShare(share, zone, convertedAt, [...payments].reverse())).toEqual({ _tag: 'Right', right: months })
    }),
  )
})
