import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import {
  type HoldoutSpend,
  holdoutLift,
  holdoutRevenue,
  relativeLift,
  sequentialLift,
} from '../../src/retention/index.ts'

const spendOf = (amounts: ReadonlyArray<number>): HoldoutSpend => ({
  members: amounts.length,
  revenue: amounts.reduce((sum, amount) => sum + amount, 0),
  squares: amounts.reduce((sum, amount) => sum + amount * amount, 0),
})

describe('holdoutLift', () => {
  test('expected and incremental conversions sum to those there are', () => {
    const group = fc.tuple(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 500 })).map(([converted, rest]) => ({
      members: converted + rest,
      converted,
    }))
    fc.assert(
      fc.property(group, group, (treatment, control) => {
        const lift = unwrap(holdoutLift(treatment, control))
        expect(lift.expectedWithout + lift.incrementalConversions).toBeCloseTo(treatment.converted, 9)
        expect(lift.incrementalConversions).toBeCloseTo(treatment.members * lift.absoluteLift, 8)
      }),
    )
  })

  test('inc.zeroControl: without a rate to compare with there is no relative lift', () => {
    const lift = unwrap(holdoutLift({ members: 500, converted: 5 }, { members: 100, converted: 0 }))
    expect(relativeLift(lift)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(unwrap(relativeLift({ treatmentRate: 0.3, controlRate: 0.2 }))).toBeCloseTo(0.5, 12)
  })
})

describe('holdoutRevenue', () => {
  test("has the figures of Welch's test", () => {
    // Two samples with variances 4.5 and 2.5 of 4 and 5: 3.5 − 1 ± t(5 degrees of 5.34) · √(1.125 + 0.5).
    const [first, second] = [
      [1, 3, 4, 6],
      [-1, 0, 1, 2, 3],
    ]
    const { perMember, interval, p, incremental } = unwrap(holdoutRevenue(spendOf(first ?? []), spendOf(second ?? [])))
    expect(perMember).toBe(2.5)
    expect(incremental).toBe(10)
    const error = Math.sqrt(13 / 3 / 4 + 0.5)
    expect(interval.upper).toBeCloseTo(2.5 + 2.5705818366147 * error, 8)
    expect(p).toBeGreaterThan(0.05)
    expect(p).toBeLessThan(0.15)
  })

  test('where nobody differs there is no test', () => {
    const flat = spendOf([2, 2, 2])
    expect(unwrap(holdoutRevenue(flat, flat))).toMatchObject({
      perMember: 0,
      p: null,
      interval: { lower: 0, upper: 0 },
    })
  })

  test('refuses what is no sum', () => {
    const good = spendOf([1, 2])
    const path = (...args: Parameters<typeof holdoutRevenue>) => {
      const result = holdoutRevenue(...args)
      return result._tag === 'Left' ? formatPath(result.left.path) : ''
    }
    expect(path(spendOf([1]), good)).toBe('treatment.members')
    expect(path(good, { ...good, revenue: Number.NaN })).toBe('control.revenue')
    expect(path(good, { ...good, squares: 1 })).toBe('control.squares')
    expect(path(good, { ...good, squares: Number.POSITIVE_INFINITY })).toBe('control.squares')
    expect(path(good, good, 1)).toBe('confidence')
  })
})

describe('sequentialLift', () => {
  /** Uniform numbers from a seed. */
  const randomOf = (seed: number) => {
    let state = seed
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 4_294_967_296
    }
  }

  const newConversions = (random: () => number): number =>
    Array.from({ length: 100 }, random).filter((chance) => chance < 0.2).length

  /** Whether a test of two equal rates, looked at after every hundred members of each, ever stops. */
  const everStops = (random: () => number): boolean => {
    let [treated, controls] = [0, 0]
    for (let members = 100; members <= 4000; members += 100) {
      treated += newConversions(random)
      controls += newConversions(random)
      const [treatment, control] = [
        { members, converted: treated },
        { members, converted: controls },
      ]
      if (unwrap(sequentialLift(treatment, control, { expectedLift: 0.05 })).decision === 'stop') return true
    }
    return false
  }

  test('of 400 tests without an effect, looked at 40 times each, at most one in twenty stops', () => {
    const random = randomOf(20_260_101)
    const stopped = Array.from({ length: 400 }, () => everStops(random)).filter(Boolean).length
    expect(stopped).toBeLessThanOrEqual(20)
  })

  test('stops exactly where its interval leaves 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }), (a, b) => {
        const look = unwrap(
          sequentialLift({ members: 1000, converted: a }, { members: 1000, converted: b }, { expectedLift: 0.05 }),
        )
        const { lower, upper } = look.interval
        if (Math.abs(lower) < 1e-9 || Math.abs(upper) < 1e-9) return
        expect(look.decision).toBe(lower > 0 || upper < 0 ? 'stop' : 'continue')
      }),
    )
  })

  test('waits while there is nothing to estimate from, and refuses what is no plan', () => {
    const none = { members: 10, converted: 0 }
    expect(unwrap(sequentialLift(none, none, { expectedLift: 0.1 }))).toMatchObject({ decision: 'continue', p: 1 })
    for (const expectedLift of [0, 1.1, Number.NaN]) {
      expect(sequentialLift(none, none, { expectedLift })).toMatchObject({ left: [{ path: ['expectedLift'] }] })
    }
    expect(sequentialLift({ members: 0, converted: 0 }, none, { expectedLift: 0.1 })._tag).toBe('Left')
  })
})
