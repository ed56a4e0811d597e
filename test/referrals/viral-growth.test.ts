import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, unwrap } from '../../src/foundation/index.ts'
import {
  viralCoefficient,
  viralCoefficientOfRates,
  viralCycleTime,
  viralGrowth,
  viralGrowthAfter,
  viralLimit,
} from '../../src/referrals/index.ts'

const usersOf = (users: number, k: number, cycles: number, market: number | null = null) =>
  unwrap(viralGrowth({ users, k, cycles, market })).map((cycle) => cycle.users)
const tags = (result: { readonly _tag: string; readonly left?: ReadonlyArray<{ readonly _tag: string }> }) =>
  result.left?.map(({ _tag }) => _tag) ?? []

describe('the K-factor', () => {
  test('k.lean: 2,000 customers, 5,000 invitations, 500 accepted', () => {
    expect(unwrap(viralCoefficient({ users: 2_000, invitations: 5_000, accepted: 500 }))).toEqual({
      invitationsPerUser: 2.5,
      acceptance: 0.1,
      k: 0.25,
    })
  })

  test('k.tg3: 3 invitations, 15 % accepted', () => {
    expect(unwrap(viralCoefficientOfRates({ invitationsPerUser: 3, acceptance: 0.15 })).k).toBeCloseTo(0.45, 12)
  })

  test('faults', () => {
    expect(tags(viralCoefficient({ users: 0, invitations: 0, accepted: 0 }))).toEqual([
      'ZeroDenominator',
      'ZeroDenominator',
    ])
    expect(tags(viralCoefficient({ users: -1, invitations: 0.5, accepted: 1 }))).toEqual(Array(3).fill('InvalidValue'))
    expect(tags(viralCoefficientOfRates({ invitationsPerUser: -1, acceptance: 1.1 }))).toHaveLength(2)
    expect(tags(viralCoefficientOfRates({ invitationsPerUser: 1, acceptance: Number.NaN }))).toHaveLength(1)
  })
})

describe('cycle time', () => {
  const pair = (from: number, until: number) => ({
    referrerEnrolledAt: (from * 86_400_000) as Instant,
    refereeEnrolledAt: (until * 86_400_000) as Instant,
  })

  test('mean and median of the days from one enrolment to the next', () => {
    expect(unwrap(viralCycleTime([pair(1, 3), pair(0, 3), pair(5, 15)]))).toEqual({
      referrals: 3,
      meanDays: 5,
      medianDays: 3,
    })
  })

  test('S50 a referee who did not enrol after the referrer, and no referral at all', () => {
    expect(viralCycleTime([pair(1, 2), pair(2, 2)])).toMatchObject({ left: [{ path: [1, 'refereeEnrolledAt'] }] })
    expect(tags(viralCycleTime([]))).toEqual(['EmptySample'])
  })
})

describe('growth', () => {
  test('k.skok.k2: 10 customers, K = 2', () => {
    expect(usersOf(10, 2, 4)).toEqual([10, 30, 70, 150, 310])
  })

  test('k.skok.k1: 10 customers, K = 1', () => {
    expect(usersOf(10, 1, 4)).toEqual([10, 20, 30, 40, 50])
  })

  test('nobody brings anybody', () => {
    expect(usersOf(10, 0, 2)).toEqual([10, 10, 10])
    expect(unwrap(viralGrowthAfter({ users: 10, k: 0 }, 50, 5))).toBe(10)
  })

  test('a market that is full grows no more, one that is nearly full hardly', () => {
    expect(usersOf(10, 5, 3, 10)).toEqual([10, 10, 10, 10])
    expect(usersOf(10, 2, 3, 40).map(Math.round)).toEqual([10, 25, 36, 38])
  })

  test('faults', () => {
    const start = { users: -1, k: Number.NaN, cycles: 0.5, market: -5 }
    const result = viralGrowth(start)
    expect(result._tag === 'Left' ? result.left.map(({ path }) => path[0]) : []).toEqual([
      'users',
      'k',
      'cycles',
      'market',
    ])
    expect(tags(viralGrowth({ users: 1e300, k: 1e10, cycles: 5, market: null }))).toEqual(['OutOfRange'])
    expect(tags(viralGrowthAfter({ users: 1, k: 2 }, 10, 0))).toEqual(['ZeroDenominator'])
    expect(tags(viralGrowthAfter({ users: 1, k: 2 }, 1e9, 1))).toEqual(['OutOfRange'])
    expect(tags(viralGrowthAfter({ users: 1, k: -2 }, -1, -1))).toHaveLength(3)
    expect(tags(viralLimit({ users: 1, k: 1 }))).toEqual(['OutOfRange'])
    expect(tags(viralLimit({ users: -1, k: 0.5 }))).toEqual(['InvalidValue'])
  })
})

const start = fc.record({
  users: fc.double({ min: 1, max: 1e6, noNaN: true }),
  k: fc.double({ min: 0, max: 3, noNaN: true }),
  cycles: fc.nat({ max: 12 }),
})

test('the closed form agrees with going cycle by cycle', () => {
  fc.assert(
    fc.property(start, ({ users, k, cycles }) => {
      const [last] = usersOf(users, k, cycles).slice(-1)
      const closed = unwrap(viralGrowthAfter({ users, k }, cycles * 7, 7))
      expect(Math.abs(closed / Number(last) - 1)).toBeLessThan(1e-9)
      if (k < 0.5) expect(Number(last)).toBeLessThanOrEqual(unwrap(viralLimit({ users, k })) * (1 + 1e-12))
    }),
  )
})

test('with a market there are never more customers than it holds, never fewer than before, never more than without one', () => {
  fc.assert(
    fc.property(start, fc.double({ min: 1, max: 10, noNaN: true }), ({ users, k, cycles }, room) => {
      const market = users * room
      const bounded = usersOf(users, k, cycles, market)
      const free = usersOf(users, k, cycles)
      for (const [cycle, now] of bounded.entries()) {
        expect(now).toBeLessThanOrEqual(market * (1 + 1e-12))
        expect(now).toBeGreaterThanOrEqual(bounded[cycle - 1] ?? 0)
        expect(now).toBeLessThanOrEqual(Number(free[cycle]) * (1 + 1e-12))
      }
    }),
  )
})
