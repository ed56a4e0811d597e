/** Histories by which a member comes to counts of a ladder, and onto a tier. */
import {
  addMonths,
  type CivilDate,
  type Instant,
  instantAt,
  startOfDay,
  type WalletId,
} from '../../foundation/index.ts'
import type { Facts } from '../../rules/index.ts'
import {
  type Counts,
  type Ladder,
  leastCounts,
  type Metric,
  type Standing,
  type TenureMetric,
  type Threshold,
} from '../../tiers/index.ts'
import type { Activity, Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Simulation } from '../simulate/simulate.ts'
import {
  actionAttributes,
  anybody,
  earnedIn,
  enrols,
  givenPoints,
  historyFor,
  plainPurchase,
  played,
  repeatedLast,
  requiredAttributes,
} from './lint-history.ts'
import { canPay, type LintedRule, walletsOf } from './lint-rule.ts'

const NOON = 43_200_000

/** Nothing is repeated more often than that for a witness. */
const MOST_REPEATED = 50

/** So many rules are tried. */
const MOST_RULES = 5

/** What brings a member to a count, and what is looked at. */
interface Climber {
  readonly compiled: CompiledProgram
  readonly rules: ReadonlyArray<LintedRule>
  /** The day on which it begins. */
  readonly from: CivilDate
}

/** The last activity of a history that often; `undefined`: too often, or it earns nothing. */
const repeatedUpTo = (
  activities: ReadonlyArray<Activity>,
  earned: number,
  needed: number,
): ReadonlyArray<Activity> | undefined => {
  const last = activities[activities.length - 1]
  if (last === undefined || earned <= 0 || last.type === 'enrolment') return undefined
  const times = Math.ceil(needed / earned)
  return times > MOST_REPEATED ? undefined : repeatedLast(activities, times)
}

/** What is bought first, in minor units, to see what it earns; more where that is nothing. */
const FIRST_AMOUNTS = [10_000, 1_000_000, 100_000_000]

/** Facts with a larger amount, where they speak of one. */
const enlarged = (facts: Facts, amount: number): Facts =>
  typeof facts['amount'] === 'number' && facts['amount'] < amount ? { ...facts, amount } : facts

/** A history, and what it earns. */
interface Earned {
  readonly activities: ReadonlyArray<Activity>
  readonly earned: number
}

/** What a rule earns in a wallet with purchases of some amount. */
const earning =
  ({ compiled, from }: Climber, { rule, facts, lineFacts }: LintedRule, wallet: WalletId) =>
  (amount: number): Earned => {
    if (typeof facts === 'string' || typeof lineFacts === 'string') return { activities: [], earned: 0 }
    const occasion = { facts: enlarged(facts, amount), lineFacts: enlarged(lineFacts, amount), from, amount }
    const activities = historyFor(compiled, rule, occasion) ?? []
    const simulation = played(compiled, activities)
    return { activities, earned: simulation === undefined ? 0 : earnedIn(simulation, wallet) }
  }

/** So often the amount is halved, or doubled. */
const MOST_STEPS = 14

/** Between an amount that earns too little and one that earns enough, the smallest that does, or nearly. */
const leastEnough = (earn: (amount: number) => Earned, tooLittle: number, enough: number, needed: number): Earned => {
  let [low, high, best] = [tooLittle, enough, earn(enough)]
  for (let step = 0; step < MOST_STEPS && high - low > 1; step += 1) {
    const amount = Math.floor((low + high) / 2)
    const found = earn(amount)
    if (found.earned < needed) low = amount
    else {
      high = amount
      best = found
    }
  }
  return best
}

/** An amount that earns enough, doubled from another one on. */
const enoughFrom = (earn: (amount: number) => Earned, from: number, needed: number): number | undefined => {
  let amount = from
  for (let step = 0; step < MOST_STEPS && Number.isSafeInteger(amount); step += 1) {
    if (earn(amount).earned >= needed) return amount
    amount *= 2
  }
  return undefined
}

/** By one rule: a purchase of as much as it takes, or what it earns on as often as it takes. */
const pointsBy = (
  climber: Climber,
  linted: LintedRule,
  wallet: WalletId,
  needed: number,
): ReadonlyArray<Activity> | undefined => {
  const { facts } = linted
  const earn = earning(climber, linted, wallet)
  const own = typeof facts !== 'string' && typeof facts['amount'] === 'number' ? [facts['amount']] : []
  const start = [...FIRST_AMOUNTS, ...own].find((amount) => earn(amount).earned > 0)
  if (start === undefined) return undefined
  const first = earn(start)
  const amount = Math.ceil((start * needed) / first.earned)
  const scaled = Number.isSafeInteger(2 * amount) ? earn(amount) : first
  if (scaled.earned >= needed) return scaled.activities
  const most = enoughFrom(earn, Math.max(start, 2 * amount), needed)
  if (most !== undefined) return leastEnough(earn, amount, most, needed).activities
  return repeatedUpTo(first.activities, first.earned, needed)
}

/** The rules that points of a wallet come from. */
export const earningRules = (rules: ReadonlyArray<LintedRule>, wallet: WalletId): ReadonlyArray<LintedRule> =>
  rules.filter(({ rule }) => walletsOf(rule).includes(wallet) && canPay(rule)).slice(0, MOST_RULES)

const pointsHistory = (climber: Climber, wallet: WalletId, needed: number): ReadonlyArray<Activity> | undefined => {
  for (const linted of earningRules(climber.rules, wallet)) {
    const found = pointsBy(climber, linted, wallet, needed)
    if (found !== undefined) return found
  }
  return undefined
}

/** A purchase without anything particular about it. */
export const anyPurchase = (compiled: CompiledProgram, minor: number, at: Instant): Purchase => ({
  ...plainPurchase(compiled.program.currency, minor, at),
  attributes: requiredAttributes(compiled),
})

export const anyAction = (compiled: CompiledProgram, name: string, at: Instant, facts: Facts = {}): Activity => ({
  type: 'action',
  id: `does ${name}` as Activity['id'],
  member: anybody,
  at,
  name,
  attributes: actionAttributes(compiled, name, facts),
})

/** A purchase, or an action, in so many months. */
const monthly = ({ compiled, from }: Climber, action: string | undefined, months: number): ReadonlyArray<Activity> =>
  Array.from({ length: months }, (_, month) => {
    const at = instantAt(compiled.zone, addMonths(from, month), NOON)
    const one = action === undefined ? anyPurchase(compiled, 100, at) : anyAction(compiled, action, at)
    return { ...one, id: `${one.id} of month ${month + 1}` as Activity['id'] }
  })

const few = (count: number, of: (times: number) => ReadonlyArray<Activity>): ReadonlyArray<Activity> | undefined =>
  count > MOST_REPEATED ? undefined : of(count)

/** What adds so much to a metric, and how the member has to join for it where that matters. */
const bringing = (climber: Climber, metric: Metric, count: number): ReadonlyArray<Activity> | undefined => {
  const { compiled, from } = climber
  const at = instantAt(compiled.zone, from, NOON)
  switch (metric.of) {
    case 'points':
      return pointsHistory(climber, metric.wallet, count)
    case 'spend':
      return [{ ...anyPurchase(compiled, count, at), id: 'order of enough' as Activity['id'] }]
    case 'orders':
      return few(count, (times) => repeatedLast([anyPurchase(compiled, 100, at)], times))
    case 'action':
      return metric.attribute === undefined
        ? few(count, (times) => repeatedLast([anyAction(compiled, metric.action, at)], times))
        : [anyAction(compiled, metric.action, at, { [metric.attribute]: count })]
    case 'activeMonths':
      return few(count, (months) => monthly(climber, metric.action, months))
    case 'balance':
      return [givenPoints(metric.wallet, count, at)]
    case 'tenure':
      return []
  }
}

const joinedOn = (from: CivilDate, { unit }: TenureMetric, count: number): CivilDate =>
  unit === 'month' ? addMonths(from, -count) : ((from - count) as CivilDate)

/** A member joins, and comes to so much of each of some metrics; `undefined`: no short way there was found. */
export const climb = (climber: Climber, ladder: Ladder, counts: Counts): ReadonlyArray<Activity> | undefined => {
  const { compiled, from } = climber
  const activities: Array<Activity> = []
  let joined = from
  for (const metric of ladder.metrics) {
    const count = counts.get(metric.id)
    if (count === undefined) continue
    const found = bringing(climber, metric, count)
    if (found === undefined) return undefined
    activities.push(...found)
    if (metric.of === 'tenure') joined = Math.min(joined, joinedOn(from, metric, Math.min(count, 10_000))) as CivilDate
  }
  const done = activities.filter(({ type }) => type !== 'enrolment').sort((a, b) => a.at - b.at)
  const start = startOfDay(compiled.zone, joined)
  const joins = activities.find(({ type }) => type === 'enrolment') ?? enrols(start)
  return [{ ...joins, at: Math.min(joins.at, start) as Instant }, ...done]
}

export const standingOf = ({ members }: Simulation, { id }: Ladder): Standing | undefined =>
  members.get(anybody)?.standings.find(({ ladder }) => ladder === id)

/** A member on a tier: what happened, until when, and where they stand. */
export interface Climbed {
  readonly activities: ReadonlyArray<Activity>
  readonly until: Instant
  readonly standing: Standing
}

/** So often it is waited for a tier to be entered. */
const MOST_WAITS = 4

/** Where a history leads, once tiers that are reached are entered. */
const settled = (
  compiled: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  ladder: Ladder,
): Climbed | undefined => {
  const last = activities[activities.length - 1]
  let until = last?.at
  for (let wait = 0; until !== undefined && wait < MOST_WAITS; wait += 1) {
    const simulation = played(compiled, activities, until)
    const standing = simulation === undefined ? undefined : standingOf(simulation, ladder)
    if (standing === undefined) return undefined
    if (standing.raiseAt === null || standing.raiseAt <= until) return { activities, until, standing }
    until = standing.raiseAt
  }
  return undefined
}

/** Of so many ways to meet a threshold. */
const MOST_WAYS = 4

/** A member comes to what a threshold takes. */
export const climbed = (climber: Climber, ladder: Ladder, threshold: Threshold): Climbed | undefined => {
  for (const way of leastCounts(threshold).slice(0, MOST_WAYS)) {
    const activities = climb(climber, ladder, way)
    const found = activities === undefined ? undefined : settled(climber.compiled, activities, ladder)
    if (found !== undefined) return found
  }
  return undefined
}

/** A member comes onto a tier by what is counted, and not onto a higher one. */
export const reached = (climber: Climber, ladder: Ladder, rank: number): Climbed | undefined => {
  const tier = ladder.tiers[rank]
  const found = tier?.reach === undefined ? undefined : climbed(climber, ladder, tier.reach)
  return found?.standing.earned.tier === tier?.id ? found : undefined
}
