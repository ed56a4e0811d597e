/** Histories that show what the lint of ladders finds. */
import {
  addDays,
  addDuration,
  type CivilDate,
  type Instant,
  type Points,
  periodOf,
  startOfDay,
} from '../../foundation/index.ts'
import {
  type BalanceSpent,
  type GraceOutlastsValidity,
  type GraceWithoutEffect,
  type Ladder,
  type LadderFinding,
  type LifetimeBelow,
  levelOf,
  type Metric,
  meetsThreshold,
  type PendingOutlastsPeriod,
  programDay,
  qualificationPeriod,
  type RolloverKeeps,
  type Standing,
  type TierNeverKept,
} from '../../tiers/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { type Climbed, climb, climbed, reached, standingOf } from './lint-climb.ts'
import type { WitnessHistory } from './lint-finding.ts'
import { anybody, enrols, FIRST_DAY, givenPoints, played } from './lint-history.ts'
import type { LintedRule } from './lint-rule.ts'
import { anchors } from './lint-terms.ts'

/** What a ladder is looked at with. */
export interface Ground {
  readonly compiled: CompiledProgram
  readonly rules: ReadonlyArray<LintedRule>
  readonly ladder: Ladder
}

const rankOf = ({ tiers }: Ladder, tier: string): number => tiers.findIndex(({ id }) => id === tier)

/** Days on which witnesses begin: the first of a period, and one in the middle of it. */
const beginnings = ({ period }: Ladder): ReadonlyArray<CivilDate> => {
  if (period.type !== 'calendar') return [FIRST_DAY]
  const { from, until } = periodOf(period.calendar, FIRST_DAY)
  return [until, (until + Math.floor((until - from) / 2)) as CivilDate]
}

/** Where a member stands when more time has passed. */
const later = ({ compiled, ladder }: Ground, { activities }: Climbed, until: Instant): Climbed | undefined => {
  const simulation = played(compiled, activities, until)
  const standing = simulation === undefined ? undefined : standingOf(simulation, ladder)
  return standing === undefined ? undefined : { activities, until, standing }
}

/** So many ends of the validity are waited for. */
const MOST_ENDS = 12

/** Goes from one end of the tier's validity to the next, nothing being done, until something is to be seen. */
const atItsEnd = (
  ground: Ground,
  start: Climbed,
  isSeen: (before: Standing, after: Standing, until: Instant) => boolean,
): Climbed | undefined => {
  let before = start
  for (let end = 0; end < MOST_ENDS; end += 1) {
    const { validUntil, tier } = before.standing.earned
    const after = validUntil === null ? undefined : later(ground, before, validUntil)
    if (after === undefined) return undefined
    if (isSeen(before.standing, after.standing, after.until)) return after
    if (after.standing.earned.tier !== tier) return undefined
    before = after
  }
  return undefined
}

/** The first history that begins on one of the days that are tried. */
const firstOf = (ground: Ground, find: (from: CivilDate) => WitnessHistory | undefined): WitnessHistory | undefined => {
  for (const from of beginnings(ground.ladder)) {
    const found = find(from)
    if (found !== undefined) return { activities: found.activities, until: found.until }
  }
  return undefined
}

const startOn = (ground: Ground, tier: string, from: CivilDate): Climbed | undefined =>
  reached({ compiled: ground.compiled, rules: ground.rules, from }, ground.ladder, rankOf(ground.ladder, tier))

const isLower = (ladder: Ladder, before: Standing, after: Standing): boolean =>
  rankOf(ladder, after.earned.tier) < rankOf(ladder, before.earned.tier)

/** As much as the tier takes is done in one period, and it is gone with the period, or when the grace is over. */
const neverKept = (ground: Ground, { tier }: TierNeverKept): WitnessHistory | undefined =>
  firstOf(ground, (from) => {
    const start = startOn(ground, tier, from)
    const first = start?.standing.earned.validUntil
    if (start === undefined || first === null || first === undefined) return undefined
    return atItsEnd(
      ground,
      start,
      (before, after, until) => isLower(ground.ladder, before, after) && (until === first || before.grace !== null),
    )
  })

/** The tier is lost, and no grace follows. */
const withoutGrace = (ground: Ground, { tier }: GraceWithoutEffect): WitnessHistory | undefined =>
  firstOf(ground, (from) => {
    const start = startOn(ground, tier, from)
    if (start === undefined) return undefined
    return atItsEnd(
      ground,
      start,
      (before, after) => before.grace === null && after.grace === null && isLower(ground.ladder, before, after),
    )
  })

/** The member is not entitled to the tier, and still has it when a validity would be over once more. */
const longGrace = (ground: Ground, { tier }: GraceOutlastsValidity): WitnessHistory | undefined =>
  firstOf(ground, (from) => {
    const start = startOn(ground, tier, from)
    if (start === undefined) return undefined
    const { zone } = ground.compiled
    let since = startOfDay(zone, programDay(zone, start.standing.since))
    const kept = atItsEnd(ground, start, (_, after, until) => {
      if (after.grace !== null) return after.grace.until - until > until - since
      since = until
      return false
    })
    const end = kept?.standing.grace?.until
    return kept === undefined || end === undefined ? undefined : later(ground, kept, (end - 1) as Instant)
  })

/** The first day of the period whose counts decide on a tier that ends at an instant. */
const decisivePeriod = ({ ladder, compiled }: Ground, { earned, joinedAt }: Standing, until: Instant) => {
  const { zone } = compiled
  const validity = ladder.tiers.find(({ id }) => id === earned.tier)?.validity ?? ladder.validity
  const day = programDay(zone, until)
  const anchored = { joined: programDay(zone, joinedAt), entered: programDay(zone, earned.since) }
  const decisive = validity.type === 'endOfPeriod' ? day : addDays(day, -1)
  return qualificationPeriod(ladder.period, decisive, anchored)?.from
}

/** The tier is kept by a period in which nothing was done. */
const keptByRest = (ground: Ground, start: Climbed, before: Standing, after: Standing, until: Instant): boolean => {
  if (isLower(ground.ladder, before, after) || after.grace !== null) return false
  if (after.earned.validUntil === before.earned.validUntil) return false
  const period = decisivePeriod(ground, before, until)
  return period !== undefined && period > programDay(ground.compiled.zone, start.until)
}

const rolledOver = (ground: Ground, { tier, metric, count }: RolloverKeeps): WitnessHistory | undefined =>
  firstOf(ground, (from) => {
    const { compiled, rules, ladder } = ground
    const start = climbed({ compiled, rules, from }, ladder, { type: 'count', metric, atLeast: count })
    if (start === undefined || start.standing.earned.tier !== tier) return undefined
    return atItsEnd(ground, start, (before, after, until) => keptByRest(ground, start, before, after, until))
  })

/** Points are earned on the first day of a period, and at its last instant nothing is counted. */
const pendingForAll = (ground: Ground, finding: PendingOutlastsPeriod): WitnessHistory | undefined => {
  const { compiled, rules, ladder } = ground
  const metric = ladder.metrics.find(({ id }) => id === finding.metric)
  const activities = climb({ compiled, rules, from: finding.from }, ladder, new Map([[finding.metric, 1]]))
  const until = (startOfDay(compiled.zone, finding.until) - 1) as Instant
  const simulation = activities === undefined ? undefined : played(compiled, activities, until)
  const standing = simulation === undefined ? undefined : standingOf(simulation, ladder)
  if (activities === undefined || metric?.of !== 'points' || standing === undefined) return undefined
  const pending = simulation?.members.get(anybody)?.wallets.find(({ id }) => id === metric.wallet)?.pending ?? 0
  const isDone = activities.every(({ at }) => at <= until)
  return isDone && pending > 0 && levelOf(standing, metric) === 0 ? { activities, until } : undefined
}

const levels = (metrics: ReadonlyArray<Metric>, standing: Standing) =>
  new Map(metrics.map((metric) => [metric.id, levelOf(standing, metric)]))

/** The member is on the higher tier by counts that do not hold the lower one for life. */
const heldAbove = (ground: Ground, { tier, below, counts }: LifetimeBelow): WitnessHistory | undefined => {
  const { compiled, rules, ladder } = ground
  const wanted = new Map(counts.map(({ metric, count }) => [metric, count]))
  const activities = climb({ compiled, rules, from: FIRST_DAY }, ladder, wanted)
  const until = activities?.[activities.length - 1]?.at
  if (activities === undefined || until === undefined) return undefined
  const simulation = played(compiled, activities, until)
  const standing = simulation === undefined ? undefined : standingOf(simulation, ladder)
  const lower = ladder.tiers.find(({ id }) => id === below)?.lifetime
  if (standing === undefined || lower === undefined || standing.tier !== tier) return undefined
  return meetsThreshold(lower, levels(ladder.metrics, standing)) ? undefined : { activities, until }
}

/** Points are given, one is spent, and the tier is gone. */
const spentBalance = (ground: Ground, finding: BalanceSpent): WitnessHistory | undefined => {
  const { compiled, ladder } = ground
  const at = anchors[0]
  const needed = ladder.tiers.flatMap(({ reach }) =>
    reach?.type === 'count' && reach.metric === finding.metric ? [reach.atLeast] : [],
  )[0]
  if (at === undefined || needed === undefined) return undefined
  const { wallet } = finding
  const given = [enrols(at), givenPoints(wallet, needed, at)]
  const id = 'spends' as Activity['id']
  const spends: Activity = { type: 'redemption', id, member: anybody, at, wallet, points: 1 as Points }
  const until = addDuration(compiled.zone, at, { amount: 2, unit: 'year' })
  const tier = (activities: ReadonlyArray<Activity>): string | undefined => {
    const simulation = played(compiled, activities, until)
    return simulation === undefined ? undefined : standingOf(simulation, ladder)?.tier
  }
  const activities = [...given, spends]
  const [before, after] = [tier(given), tier(activities)]
  return before !== undefined && after !== undefined && before !== after ? { activities, until } : undefined
}

/** A history that shows what is doubtful about a ladder, where one is found. */
export const ladderHistory = (ground: Ground, finding: LadderFinding): WitnessHistory | undefined => {
  switch (finding.type) {
    case 'tierNeverKept':
      return neverKept(ground, finding)
    case 'graceWithoutEffect':
      return withoutGrace(ground, finding)
    case 'graceOutlastsValidity':
      return longGrace(ground, finding)
    case 'rolloverKeeps':
      return rolledOver(ground, finding)
    case 'pendingOutlastsPeriod':
      return pendingForAll(ground, finding)
    case 'lifetimeBelow':
      return heldAbove(ground, finding)
    case 'balanceSpent':
      return spentBalance(ground, finding)
    case 'unreachableTier':
    case 'tierWithoutWay':
      return undefined
  }
}
