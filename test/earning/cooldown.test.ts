import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cooldownEnd, coolingRules, pruneUses, RuleUse } from '../../src/earning/index.ts'
import {
  ActivityId,
  addDuration,
  type Duration,
  type Instant,
  parseInstant,
  RuleId,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import { ruleIds } from '../arbitraries/caps.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'
import { durationUpTo, instantArbitrary, realZone, zonedInstantArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws(
  'RuleUse',
  RuleUse,
  fc.record({ rule: idArbitrary(RuleId), at: instantArbitrary, activity: idArbitrary(ActivityId) }),
)

const at = (text: string): Instant => unwrap(parseInstant(text))
const newYork = realZone('America/New_York')
const visit = 'visit' as RuleId

const use = (when: Instant, rule: RuleId = visit): RuleUse => ({ rule, at: when, activity: 'a' as ActivityId })
const cooldownOf = (amount: number, unit: Duration['unit']) => new Map([[visit, { amount, unit }]])

describe('cooldownEnd', () => {
  test('S22 with the end of a cooldown the rule is free; a use that came in for later counts as well', () => {
    const day = { amount: 1, unit: 'day' } as const
    const [first, second] = [at('2026-03-07T12:00:00-05:00'), at('2026-03-08T06:00:00-04:00')]
    const end = (...uses: ReadonlyArray<RuleUse>) => cooldownEnd(day, uses, visit, newYork, first)
    expect(end(use(first))).toBe(at('2026-03-08T12:00:00-04:00'))
    expect(end(use(second), use(first), use(second, 'other' as RuleId))).toBe(at('2026-03-09T06:00:00-04:00'))
    expect(end(use(second))).toBe(at('2026-03-09T06:00:00-04:00'))
    expect(end()).toBe(first)
  })

  test('is the first instant at which the rule does not cool', () => {
    const hour = 3_600_000
    const hours = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(fc.array(hours), hours, fc.integer({ min: 1, max: 9 }), hours, (times, from, amount, some) => {
        const cooldown = { amount, unit: 'hour' } as const
        const uses = times.map((each) => use((each * hour) as Instant))
        const end = cooldownEnd(cooldown, uses, visit, utc, (from * hour) as Instant)
        const isCooling = (when: number) =>
          coolingRules(new Map([[visit, cooldown]]), uses, utc, when as Instant).length > 0
        expect(isCooling(end)).toBe(false)
        const between = (from + some) * hour
        if (between < end) expect(isCooling(between)).toBe(true)
        if (end > from * hour) expect(isCooling(end - 1)).toBe(true)
      }),
    )
  })
})

describe('coolingRules', () => {
  test('S22 a day is over at the same time of day, 24 hours an hour later when clocks go forward', () => {
    const uses = [use(at('2026-03-07T12:00:00-05:00'))]
    const cooling = (amount: number, unit: Duration['unit'], text: string) =>
      coolingRules(cooldownOf(amount, unit), uses, newYork, at(text))
    expect(cooling(1, 'day', '2026-03-08T11:59:59.999-04:00')).toEqual([visit])
    expect(cooling(1, 'day', '2026-03-08T12:00:00-04:00')).toEqual([])
    expect(cooling(24, 'hour', '2026-03-08T12:59:59.999-04:00')).toEqual([visit])
    expect(cooling(24, 'hour', '2026-03-08T13:00:00-04:00')).toEqual([])
  })

  test('a rule cools from the instant of its use on', () => {
    expect(coolingRules(cooldownOf(1, 'hour'), [use(0 as Instant)], utc, 0 as Instant)).toEqual([visit])
    expect(coolingRules(cooldownOf(0, 'hour'), [use(0 as Instant)], utc, 0 as Instant)).toEqual([])
  })

  test('what comes in late is too near to a later use when its own cooldown reaches that', () => {
    const uses = [use(at('2026-03-08T12:00:00-04:00'))]
    const cooling = (text: string) => coolingRules(cooldownOf(1, 'day'), uses, newYork, at(text))
    expect(cooling('2026-03-07T12:00:00-05:00')).toEqual([])
    expect(cooling('2026-03-07T12:00:00.001-05:00')).toEqual([visit])
  })

  test('each rule has a cooldown of its own, or none', () => {
    const [base, proto] = ['base', '__proto__'] as ReadonlyArray<string> as [RuleId, RuleId]
    const cooldowns = new Map([
      [base, { amount: 1, unit: 'hour' }],
      [proto, { amount: 3, unit: 'hour' }],
    ] as const)
    const start = at('2026-03-01T00:00:00Z')
    const uses = [use(start, base), use(start, proto), use(start, 'constructor' as RuleId), use(start, proto)]
    expect(coolingRules(cooldowns, uses, utc, at('2026-03-01T00:30:00Z'))).toEqual([base, proto])
    expect(coolingRules(cooldowns, uses, utc, at('2026-03-01T01:00:00Z'))).toEqual([proto])
  })

  const historyArbitrary = fc.record({
    zoned: zonedInstantArbitrary,
    cooldown: durationUpTo(40),
    minutes: fc.array(fc.nat({ max: 100_000 }), { maxLength: 8 }),
  })

  test('in whatever order activities come in, no two uses of a rule are nearer than its cooldown', () => {
    fc.assert(
      fc.property(historyArbitrary, ({ zoned: { zone, instant }, cooldown, minutes }) => {
        const cooldowns = new Map([[visit, cooldown]])
        let uses: ReadonlyArray<RuleUse> = []
        for (const count of minutes) {
          const when = (instant + count * 60_000) as Instant
          if (coolingRules(cooldowns, uses, zone, when).length === 0) uses = [...uses, use(when)]
        }
        const times = uses.map((one) => one.at).sort((a, b) => a - b)
        times.slice(1).forEach((time, index) => {
          expect(time).toBeGreaterThanOrEqual(addDuration(zone, times[index] ?? time, cooldown))
        })
      }),
    )
  })

  test('pruning frees no rule, and keeps no use that is over', () => {
    fc.assert(
      fc.property(historyArbitrary, fc.array(fc.nat({ max: 200_000 })), (history, later) => {
        const { zone, instant } = history.zoned
        const cooldowns = new Map(ruleIds.slice(0, 2).map((rule) => [rule, history.cooldown]))
        const uses = history.minutes.map((count, index) =>
          use((instant + count * 60_000) as Instant, ruleIds[index % ruleIds.length]),
        )
        const since = (instant + 50_000 * 60_000) as Instant
        const kept = pruneUses(cooldowns, uses, zone, since)
        for (const count of later) {
          const when = (since + count * 60_000) as Instant
          expect(coolingRules(cooldowns, kept, zone, when)).toEqual(coolingRules(cooldowns, uses, zone, when))
        }
        expect(pruneUses(cooldowns, kept, zone, since)).toBe(kept)
        for (const one of kept) expect(addDuration(zone, one.at, history.cooldown)).toBeGreaterThan(since)
      }),
    )
  })

  test('a use whose cooldown ends with an instant can matter no more from then on', () => {
    const hour = cooldownOf(1, 'hour')
    const uses = [use(0 as Instant)]
    expect(pruneUses(hour, uses, utc, 3_599_999 as Instant)).toBe(uses)
    expect(pruneUses(hour, uses, utc, 3_600_000 as Instant)).toEqual([])
  })

  test('uses of a rule that has no cooldown any more are dropped', () => {
    expect(pruneUses(new Map(), [use(0 as Instant)], utc, 0 as Instant)).toEqual([])
  })
})
