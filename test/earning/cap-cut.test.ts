import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyCaps, type Cap, type CapComponent, type CapRoom } from '../../src/earning/index.ts'
import type { CapId, ExactInteger, RuleId } from '../../src/foundation/index.ts'
import { capArbitrary, componentsArbitrary, ruleIds } from '../arbitraries/caps.ts'

const cap = (limit: number, more: Partial<Cap> = {}): Cap =>
  ({
    id: 'order',
    wallet: 'points',
    limit,
    counts: 'points',
    window: { type: 'activity' },
    onExceed: 'truncate',
    ...more,
  }) as Cap

const part = (raw: ExactInteger, kind: CapComponent['kind'] = 'regular', rule = 'base'): CapComponent => ({
  rule: rule as RuleId,
  campaign: null,
  kind,
  raw,
})

const room = (of: Cap, left: number): CapRoom => ({ cap: of.id, room: left })

const monthly = cap(1000, { id: 'monthly' as CapId, window: { type: 'calendar', calendar: { unit: 'month' } } })

/** Rooms for the caps that need one. */
const roomsOf = (caps: ReadonlyArray<Cap>, left: number): ReadonlyArray<CapRoom> =>
  caps.filter(({ window }) => window.type !== 'activity').map((one) => room(one, left))

describe('applyCaps', () => {
  test('S10 700 with a cap of 500: truncated 500, rejected 0', () => {
    const truncated = applyCaps([cap(500)], [], [part(700)], 1)
    expect(truncated.granted).toEqual([500])
    expect(truncated.steps).toEqual([
      { cap: 'order', onExceed: 'truncate', room: 500, desired: '700', granted: '500', kept: '500' },
    ])
    expect(applyCaps([cap(500, { onExceed: 'reject' })], [], [part(700)], 1).granted).toEqual([0])
    expect(applyCaps([cap(700, { onExceed: 'reject' })], [], [part(700)], 1).granted).toEqual([700])
  })

  test('S10 a period cap of 1000 of which 900 are used lets 100 of 150 through; the rest is lost or waits', () => {
    expect(applyCaps([monthly], [room(monthly, 100)], [part(150)], 1)).toMatchObject({ granted: [100], deferred: [] })
    const deferring = { ...monthly, onExceed: 'defer' } as const
    expect(applyCaps([deferring], [room(monthly, 100)], [part(0), part(150)], 1)).toMatchObject({
      granted: [0, 100],
      deferred: [{ cap: 'monthly', raw: [0, 50] }],
    })
    expect(applyCaps([deferring], [room(monthly, 150)], [part(150)], 1).deferred).toEqual([])
  })

  test.each([
    ['promotionalFirst', [400, 100]],
    ['regularFirst', [200, 300]],
    ['proportional', [286, 214]],
  ] as const)('S11 400 regular and 300 promotional with a cap of 500, cut %s', (cut, granted) => {
    const components = [part(400), part(300, 'promotional')]
    expect(applyCaps([cap(500, { cut })], [], components, 1).granted).toEqual(granted)
    const inHundredths = components.map((one) => ({ ...one, raw: Number(one.raw) * 100 }))
    const through = applyCaps([cap(500, { cut })], [], inHundredths, 100).granted
    expect(through).toEqual(granted.map((points) => points * 100))
  })

  test('S11 what is promotional is cut first by default, and later rules before earlier ones', () => {
    const components = [part(100, 'promotional'), part(100), part(100, 'promotional'), part(100)]
    expect(applyCaps([cap(350)], [], components, 1).granted).toEqual([100, 100, 50, 100])
    expect(applyCaps([cap(150)], [], components, 1).granted).toEqual([0, 100, 0, 50])
  })

  test('S13 a cap of 250 on an activity is recomputed on what a return leaves: 450 gives 250, and so does 250', () => {
    const [a, b, c] = [part(100), part(150), part(200)]
    const total = (of: ReadonlyArray<CapComponent>) =>
      applyCaps([cap(250)], [], of, 1).granted.reduce<number>((sum, raw) => sum + Number(raw), 0)
    expect(total([a, b, c])).toBe(250)
    expect(total([a, b])).toBe(250)
    expect(total([a])).toBe(100)
  })

  test('in proportion nobody gets more than they had: fractions of a point are shared as fractions', () => {
    const halves = [part(1), part(1), part(1)]
    expect(applyCaps([cap(1, { cut: 'proportional' })], [], halves, 2).granted).toEqual([1, 1, 0])
    const uneven = [part(1), part(200)]
    expect(applyCaps([cap(99, { cut: 'proportional' })], [], uneven, 2).granted).toEqual([0, 198])
  })

  test('a cap on times lets everything through or nothing', () => {
    const times = { ...monthly, counts: 'times' } as const
    expect(applyCaps([times], [room(times, 1)], [part(5000)], 1).granted).toEqual([5000])
    expect(applyCaps([times], [room(times, 0)], [part(5000)], 1).granted).toEqual([0])
  })

  test('a cap counts what fits every part of its scope', () => {
    const of = { rules: ruleIds.slice(0, 2), kind: 'regular' } as const
    const components = [part(10, 'regular', 'base'), part(10, 'promotional', 'base'), part(10, 'regular', 'bonus')]
    expect(applyCaps([cap(0, { of })], [], components, 1).granted).toEqual([0, 10, 10])
    const campaign = { of: { campaigns: ['summer'] } } as unknown as Partial<Cap>
    const summer = { ...part(10), campaign: 'summer' } as CapComponent
    expect(applyCaps([cap(0, campaign)], [], [summer, part(10)], 1).granted).toEqual([0, 10])
  })

  test('caps act one after the other; what a later one leaves is what is to be claimed of an earlier one', () => {
    const { granted, steps } = applyCaps([monthly, cap(100)], [room(monthly, 300)], [part(400)], 1)
    expect(granted).toEqual([100])
    expect(steps.map(({ desired, granted: through, kept }) => [desired, through, kept])).toEqual([
      ['400', '300', '100'],
      ['300', '100', '100'],
    ])
  })

  test('what takes points away is not capped', () => {
    expect(applyCaps([cap(500)], [], [part(700), part(-100)], 1).granted).toEqual([500, -100])
    expect(applyCaps([cap(0)], [], [part(-100)], 1)).toEqual({ granted: [-100], deferred: [], steps: [] })
  })

  test('a cap with a window for which no room is given is unlimited', () => {
    expect(applyCaps([monthly], [], [part(5000)], 1)).toEqual({ granted: [5000], deferred: [], steps: [] })
  })

  test('points that no number holds exactly', () => {
    const denominator = 10n ** 30n
    const raw = 700n * denominator
    for (const cut of ['promotionalFirst', 'regularFirst', 'proportional'] as const) {
      expect(applyCaps([cap(500, { cut })], [], [part(raw)], denominator).granted).toEqual([500n * denominator])
      expect(applyCaps([cap(0, { cut })], [], [part(raw)], denominator).granted).toEqual([0])
    }
  })
})

const sum = (raw: ReadonlyArray<ExactInteger>): bigint => raw.reduce<bigint>((all, one) => all + BigInt(one), 0n)

/** What a cap means, said with rational numbers and without any thought of speed. */
const isCounted = ({ of }: Cap, { rule, campaign, kind, raw }: CapComponent): boolean =>
  raw > 0 &&
  (of?.rules?.includes(rule) ?? true) &&
  (of?.campaigns === undefined || of.campaigns.some((one) => one === campaign)) &&
  (of?.kind === undefined || of.kind === kind)

const scene = fc.record({
  components: componentsArbitrary,
  denominator: fc.constantFrom<ExactInteger>(1, 2, 3, 10, 10n ** 20n),
  left: fc.nat({ max: 40 }),
})

describe('laws', () => {
  /** What a cap should let through of what it counts. */
  const expected = ({ counts, onExceed }: Cap, desired: bigint, limit: bigint): bigint => {
    if (counts === 'times') return limit > 0n ? desired : 0n
    if (desired <= limit) return desired
    return onExceed === 'reject' ? 0n : limit
  }

  test('a cap lets through its room at most, exactly that when it truncates, and nothing when it rejects', () => {
    fc.assert(
      fc.property(capArbitrary, scene, (one, { components, denominator, left }) => {
        const { granted, deferred } = applyCaps([one], roomsOf([one], left), components, denominator)
        const places = [...components.keys()].filter((index) => isCounted(one, components[index] as CapComponent))
        const desired = sum(places.map((index) => components[index]?.raw ?? 0))
        const through = sum(places.map((index) => granted[index] ?? 0))
        const limit = BigInt(one.window.type === 'activity' ? one.limit : left) * BigInt(denominator)
        expect(through).toBe(expected(one, desired, limit))
        expect(sum(deferred.flatMap(({ raw }) => raw))).toBe(one.onExceed === 'defer' ? desired - through : 0n)
      }),
    )
  })

  test('of no rule more is let through than it adds, and what a cap does not count stays', () => {
    fc.assert(
      fc.property(capArbitrary, scene, (one, { components, denominator, left }) => {
        const { granted } = applyCaps([one], roomsOf([one], left), components, denominator)
        components.forEach((component, index) => {
          const through = granted[index] ?? -1
          if (isCounted(one, component)) expect(through >= 0 && through <= component.raw).toBe(true)
          else expect(through).toBe(component.raw)
        })
      }),
    )
  })

  test('in proportion each share is less than one point away from its exact one', () => {
    fc.assert(
      fc.property(scene, fc.nat({ max: 40 }), ({ components, denominator }, limit) => {
        const { granted } = applyCaps([cap(limit, { cut: 'proportional' })], [], components, denominator)
        const positive = components.map(({ raw }) => (raw > 0 ? BigInt(raw) : 0n))
        const desired = sum(positive)
        const [allowed, unit] = [BigInt(limit) * BigInt(denominator), BigInt(denominator)]
        if (desired <= allowed) return
        granted.forEach((raw, index) => {
          const weight = positive[index] ?? 0n
          if (weight === 0n) return
          const away = BigInt(raw) * desired - weight * allowed
          expect((away < 0n ? -away : away) < unit * desired).toBe(true)
        })
      }),
    )
  })

  test('several caps: none is exceeded by what is left in the end, and steps say what happened', () => {
    fc.assert(
      fc.property(fc.array(capArbitrary, { maxLength: 4 }), scene, (caps, { components, denominator, left }) => {
        const own = caps.map((one, index) => ({ ...one, id: `cap ${index}` as CapId }))
        const { granted, steps } = applyCaps(own, roomsOf(own, left), components, denominator)
        for (const step of steps) {
          const of = own.find(({ id }) => id === step.cap)
          const [desired, through, kept] = [BigInt(step.desired), BigInt(step.granted), BigInt(step.kept)]
          expect(kept <= through && through <= desired && kept >= 0n).toBe(true)
          if (of?.counts === 'points') expect(through <= BigInt(step.room) * BigInt(denominator)).toBe(true)
        }
        expect(granted).toHaveLength(components.length)
        expect(applyCaps(own, roomsOf(own, left), components, denominator).granted).toEqual(granted)
      }),
    )
  })

  test('more raw points never give fewer, unless exceeding rejects', () => {
    fc.assert(
      fc.property(capArbitrary, scene, fc.nat(), fc.integer({ min: 1, max: 50 }), (one, of, which, more) => {
        if (one.onExceed === 'reject') return
        const { components, denominator, left } = of
        const raised = components.map((component, index) =>
          index === which % components.length ? { ...component, raw: BigInt(component.raw) + BigInt(more) } : component,
        )
        const total = (parts: ReadonlyArray<CapComponent>) =>
          sum(applyCaps([one], roomsOf([one], left), parts, denominator).granted)
        expect(total(raised) >= total(components)).toBe(true)
      }),
    )
  })

  test('an integer is a number wherever a number is exact', () => {
    fc.assert(
      fc.property(capArbitrary, scene, (one, { components, denominator, left }) => {
        const { granted } = applyCaps([{ ...one, of: {} }], roomsOf([one], left), components, denominator)
        granted.forEach((raw, index) => {
          if (raw !== components[index]?.raw && typeof raw === 'bigint') {
            expect(Number.isSafeInteger(Number(raw))).toBe(false)
          }
          expect(Object.is(raw, -0)).toBe(false)
        })
      }),
    )
  })
})
