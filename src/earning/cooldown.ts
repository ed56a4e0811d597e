/** Cooldowns: a rule that earned does not match again for a while. */
import {
  ActivityId,
  addDuration,
  type Codec,
  type Duration,
  Instant,
  RuleId,
  structCodec,
  type Zone,
} from '../foundation/index.ts'

/** That a rule with a cooldown earned. */
export interface RuleUse {
  readonly rule: RuleId
  readonly at: Instant
  readonly activity: ActivityId
}

/**
 * Reads a {@link RuleUse}.
 *
 * @example
 * ```ts
 * import { decode, RuleUse } from 'treue'
 *
 * decode(RuleUse, { rule: 'visit', at: '2026-03-01T12:00:00Z', activity: 'visit-1' })._tag // => 'Right'
 * ```
 */
export const RuleUse: Codec<RuleUse, unknown> = /* @__PURE__ */ structCodec('RuleUse', {
  rule: RuleId,
  at: Instant,
  activity: ActivityId,
})

/** Whether two uses are too near to each other, whichever came first. */
const isTooNear = (zone: Zone, cooldown: Duration, a: Instant, b: Instant): boolean =>
  a <= b ? b < addDuration(zone, a, cooldown) : a < addDuration(zone, b, cooldown)

/**
 * The rules that are in their cooldown at an instant. With the end of the cooldown a rule is free again; a day is a day
 * of the calendar, 24 hours are 24 hours (S22). What comes in late, dated before a use, is too near to it where its own
 * cooldown would reach that: so no order in which activities come in gets around a cooldown.
 *
 * @param cooldowns - the cooldown of each rule that has one
 * @param uses - when rules earned
 * @param zone - the zone of the program's calendar
 * @param at - when something is counted
 *
 * @example
 * ```ts
 * import { type ActivityId, coolingRules, parseInstant, type RuleId, unwrap, utc } from 'treue'
 *
 * const at = (text: string) => unwrap(parseInstant(text))
 * const rule = 'visit' as RuleId
 * const cooldowns = new Map([[rule, { amount: 1, unit: 'day' }]] as const)
 * const uses = [{ rule, at: at('2026-03-01T12:00:00Z'), activity: 'visit-1' as ActivityId }]
 * coolingRules(cooldowns, uses, utc, at('2026-03-02T11:59:59Z')) // => ['visit']
 * coolingRules(cooldowns, uses, utc, at('2026-03-02T12:00:00Z')) // => []
 * ```
 */
export const coolingRules = (
  cooldowns: ReadonlyMap<RuleId, Duration>,
  uses: ReadonlyArray<RuleUse>,
  zone: Zone,
  at: Instant,
): ReadonlyArray<RuleId> => {
  const cooling = new Set<RuleId>()
  for (const use of uses) {
    const cooldown = cooldowns.get(use.rule)
    if (cooldown !== undefined && isTooNear(zone, cooldown, use.at, at)) cooling.add(use.rule)
  }
  return [...cooling]
}

/**
 * When the cooldown of a rule is over: the first instant from another one on at which the rule is free.
 *
 * @param cooldown - the cooldown of the rule
 * @param uses - when rules earned
 * @param rule - the rule
 * @param zone - the zone of the program's calendar
 * @param at - the instant from which on
 *
 * @example
 * ```ts
 * import { type ActivityId, cooldownEnd, formatInstant, parseInstant, type RuleId, unwrap, utc } from 'treue'
 *
 * const at = (text: string) => unwrap(parseInstant(text))
 * const rule = 'visit' as RuleId
 * const uses = [{ rule, at: at('2026-03-01T12:00:00Z'), activity: 'visit-1' as ActivityId }]
 * const free = cooldownEnd({ amount: 1, unit: 'day' }, uses, rule, utc, at('2026-03-01T18:00:00Z'))
 * formatInstant(free) // => '2026-03-02T12:00:00Z'
 * ```
 */
export const cooldownEnd = (
  cooldown: Duration,
  uses: ReadonlyArray<RuleUse>,
  rule: RuleId,
  zone: Zone,
  at: Instant,
): Instant => {
  const own = uses.flatMap((use) => (use.rule === rule ? [use.at] : [])).sort((a, b) => a - b)
  return own.reduce<Instant>(
    (free, use) => (isTooNear(zone, cooldown, use, free) ? addDuration(zone, use, cooldown) : free),
    at,
  )
}

/**
 * The uses that can still keep a rule from matching: those whose cooldown is not over, of rules that still have one.
 *
 * @param cooldowns - the cooldown of each rule that has one
 * @param uses - when rules earned
 * @param zone - the zone of the program's calendar
 * @param since - the earliest instant at which anything can still be counted
 *
 * @example
 * ```ts
 * import { type Instant, pruneUses, utc } from 'treue'
 *
 * pruneUses(new Map(), [], utc, 0 as Instant) // => []
 * ```
 */
export const pruneUses = (
  cooldowns: ReadonlyMap<RuleId, Duration>,
  uses: ReadonlyArray<RuleUse>,
  zone: Zone,
  since: Instant,
): ReadonlyArray<RuleUse> => {
  const kept = uses.filter(({ rule, at }) => {
    const cooldown = cooldowns.get(rule)
    return cooldown !== undefined && addDuration(zone, at, cooldown) > since
  })
  return kept.length === uses.length ? uses : kept
}
