/** Tiers that nobody can reach under the caps and rules of a program, and what the lint of ladders finds. */
import type { Cap, EarningRule } from '../../earning/index.ts'
import {
  addDuration,
  type Calendar,
  type CivilDate,
  type Duration,
  nextPeriod,
  type Points,
  periodOf,
  type WalletId,
} from '../../foundation/index.ts'
import type { ReferralRewardKind } from '../../referrals/index.ts'
import {
  type BalanceMetric,
  type Ladder,
  type LadderFinding,
  type LintedWallet,
  leastCounts,
  lintLadder,
  type Metric,
  type MetricId,
  type QualificationPeriod,
  type Threshold,
} from '../../tiers/index.ts'
import type { Activity } from '../activity/activity.ts'
import { redeemedAt } from '../definition/automatic-redemption.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { FindingCode, Findings, ProgramFinding, Witness } from './lint-finding.ts'
import { anybody, enrols, givenPoints, played } from './lint-history.ts'
import type { LintOptions } from './lint-options.ts'
import type { LintedRule } from './lint-rules.ts'
import { anchors } from './lint-terms.ts'

export const walletsOf = ({ wallet, also = [] }: EarningRule): ReadonlyArray<WalletId> => [wallet, ...also]

export const canPay = ({ award, cases = [] }: EarningRule): boolean =>
  [...cases.map((one) => one.award), ...(award === null ? [] : [award])].some(
    (one) => one.mode !== 'multiplier' && !one.points.startsWith('-') && Number(one.points) > 0,
  )

export const referralKinds = ({ referral }: Program): ReadonlyArray<ReferralRewardKind> => {
  if (referral === undefined) return []
  const { terms, revenueShare } = referral
  return [
    terms.referrer.kind,
    ...(terms.referee === null ? [] : [terms.referee.reward.kind]),
    ...terms.milestones.map(({ kind }) => kind),
    ...(revenueShare === undefined ? [] : [revenueShare.kind]),
  ]
}

/** Whether referrals may add to a metric. */
const isCredited = (program: Program, ladder: Ladder, metric: Metric): boolean =>
  referralKinds(program).some(
    (kind) =>
      (kind.type === 'tierCredit' && kind.ladder === ladder.id && kind.metric === metric.id) ||
      (kind.type === 'points' && metric.of === 'points' && kind.wallet === metric.wallet),
  )

const LEAST_DAYS: Readonly<Record<Duration['unit'], number>> = {
  hour: 1 / 25,
  day: 1,
  week: 7,
  month: 28,
  quarter: 89,
  year: 365,
}
const MOST_DAYS: Readonly<Record<Duration['unit'], number>> = {
  hour: 1 / 23,
  day: 1,
  week: 7,
  month: 31,
  quarter: 92,
  year: 366,
}

/** The most days that a period can have. */
const mostDays = (period: QualificationPeriod): number => {
  switch (period.type) {
    case 'lifetime':
      return Number.POSITIVE_INFINITY
    case 'rolling':
      return period.length.amount * MOST_DAYS[period.length.unit]
    case 'calendar':
      return period.calendar.unit === 'anniversary' ? period.calendar.months * 31 : MOST_DAYS[period.calendar.unit]
    default:
      return period.months * 31
  }
}

const leastDays = (calendar: Calendar): number =>
  calendar.unit === 'anniversary' ? calendar.months * 28 : LEAST_DAYS[calendar.unit]

/** 1 January 2024; after 28 years weekdays and leap years come again. */
const FIRST_DAY = 19_723 as CivilDate
const LAST_DAY = 29_951

/** Windows of one calendar that lie in one period of another, at most. */
const windowsOf = (period: Calendar, window: Calendar): number => {
  let most = 0
  for (let outer = periodOf(period, FIRST_DAY); outer.from < LAST_DAY; outer = nextPeriod(period, outer)) {
    let count = 0
    for (let inner = periodOf(window, outer.from); inner.from < outer.until; inner = nextPeriod(window, inner))
      count += 1
    most = Math.max(most, count)
  }
  return most
}

/** How often a cap opens anew in a period, at most. */
const openings = ({ window, onExceed }: Cap, period: QualificationPeriod): number => {
  if (window.type === 'lifetime') return 1
  if (period.type === 'lifetime' || onExceed === 'defer') return Number.POSITIVE_INFINITY
  if (window.type === 'rolling') {
    return Math.ceil(mostDays(period) / (window.duration.amount * LEAST_DAYS[window.duration.unit])) + 1
  }
  if (window.type !== 'calendar') return Number.POSITIVE_INFINITY
  return period.type === 'calendar'
    ? windowsOf(period.calendar, window.calendar)
    : Math.floor(mostDays(period) / leastDays(window.calendar)) + 2
}

const isOverall = ({ counts, of, per }: Cap): boolean =>
  counts === 'points' && of === undefined && per?.by === undefined

/** The most that there can be of a metric in the time that it counts; infinite: nothing limits it. */
const mostOf = (program: Program, rules: ReadonlyArray<LintedRule>, ladder: Ladder, metric: Metric): number => {
  if (metric.of !== 'points' || isCredited(program, ladder, metric)) return Number.POSITIVE_INFINITY
  const isEarned = rules.some(
    ({ rule, facts, lineFacts }) =>
      facts !== 'never' && lineFacts !== 'never' && walletsOf(rule).includes(metric.wallet) && canPay(rule),
  )
  if (!isEarned) return 0
  const period: QualificationPeriod = metric.over === 'lifetime' ? { type: 'lifetime' } : ladder.period
  const limits = (program.earning.caps ?? [])
    .filter((cap) => cap.wallet === metric.wallet && isOverall(cap))
    .map((cap) => cap.limit * openings(cap, period))
  return Math.min(Number.POSITIVE_INFINITY, ...limits)
}

type Limits = ReadonlyMap<MetricId, number>

/** What of a threshold there cannot be so much of, whichever way it is met. */
const beyond = (threshold: Threshold, limits: Limits): Witness | undefined => {
  const missing = leastCounts(threshold).map((way) =>
    [...way].flatMap(([metric, needed]) => {
      const most = limits.get(metric) ?? Number.POSITIVE_INFINITY
      return most < needed ? [{ type: 'bound' as const, needed, most }] : []
    }),
  )
  return missing.every((way) => way.length > 0) ? missing[0]?.[0] : undefined
}

const tiersBeyond = (ladder: Ladder, path: ProgramFinding['path'], limits: Limits): Findings =>
  ladder.tiers.flatMap(({ reach }, rank): Findings => {
    const witness = reach === undefined ? undefined : beyond(reach, limits)
    if (witness === undefined) return []
    const reason = 'the tier takes more than rules and caps let anybody have'
    return [{ code: 'unreachableTier', severity: 'error', path: [...path, 'tiers', rank, 'reach'], reason, witness }]
  })

const REASONS: Readonly<Record<LadderFinding['type'], string>> = {
  unreachableTier: 'there cannot be so much of what the tier takes',
  tierWithoutWay: 'the tier cannot be reached and is not offered, sold or given',
  tierNeverKept: 'the tier falls at the end of its period: the next one decides, of which nothing is counted yet',
  lifetimeBelow: 'the tier is held for life with counts that do not hold a lower one',
  balanceSpent: 'spending points costs the tier',
  pendingOutlastsPeriod: 'points are pending for so long that what is done in a period does not count in it',
  graceOutlastsValidity: 'who is not entitled to the tier keeps it longer than who earns it has it',
  graceWithoutEffect: 'the grace is over before the validity of the tier is',
  rolloverKeeps: 'what is left over of one period keeps the tier in the next, with nothing done in it',
}

/** Points are given, one is spent, and the tier is gone. */
const balanceWitness = (
  compiled: CompiledProgram,
  ladder: Ladder,
  { wallet, id }: BalanceMetric,
): Witness | undefined => {
  const at = anchors[0]
  const needed = ladder.tiers.flatMap(({ reach }) =>
    reach?.type === 'count' && reach.metric === id ? [reach.atLeast] : [],
  )[0]
  if (at === undefined || needed === undefined) return undefined
  const given = [enrols(at), givenPoints(wallet, needed, at)]
  const spends: Activity = {
    type: 'redemption',
    id: 'spends' as Activity['id'],
    member: anybody,
    at,
    wallet,
    points: 1 as Points,
  }
  const until = addDuration(compiled.zone, at, { amount: 2, unit: 'year' })
  const tier = (activities: ReadonlyArray<Activity>): string | undefined =>
    played(compiled, activities, until)
      ?.members.get(anybody)
      ?.standings.find(({ ladder: of }) => of === ladder.id)?.tier
  const activities = [...given, spends]
  const [before, after] = [tier(given), tier(activities)]
  return before !== undefined && after !== undefined && before !== after
    ? { type: 'history', activities, until }
    : undefined
}

const ofLadderLint = (
  compiled: CompiledProgram,
  ladder: Ladder,
  path: ProgramFinding['path'],
  finding: LadderFinding,
): ProgramFinding => {
  const { type, severity, path: at, ...figures } = finding
  const metric = finding.type === 'balanceSpent' ? ladder.metrics.find(({ id }) => id === finding.metric) : undefined
  const shown = metric?.of === 'balance' ? balanceWitness(compiled, ladder, metric) : undefined
  const code: FindingCode = type
  return {
    code,
    severity,
    path: [...path, ...at],
    reason: REASONS[type],
    witness: shown ?? { type: 'room', figures: { type, ...figures } },
  }
}

const lintedWallets = (
  { program }: CompiledProgram,
  { validity }: Ladder,
  { spendable }: LintOptions,
): ReadonlyArray<LintedWallet> =>
  program.wallets.map(({ id: wallet, pending }) => {
    const { automaticRedemptions = [], rewards = [] } = program
    const isSpent = automaticRedemptions.some((one) => one.wallet === wallet)
    // A tier is reached before points are redeemed; where it then lasts, automatic redemption does not take it.
    const most = validity.type === 'whileQualified' ? redeemedAt(automaticRedemptions, rewards, wallet) : undefined
    return {
      wallet,
      hasCatalogue: isSpent || spendable === undefined || spendable.includes(wallet),
      ...(pending?.type === 'duration' ? { pending: pending.duration } : {}),
      ...(most === undefined ? {} : { redeemedAt: most }),
    }
  })

/** What is doubtful about the ladders of a program. */
export const lintTiers = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  options: LintOptions,
): Findings => {
  const { program } = compiled
  const { given = [] } = options
  return program.ladders.flatMap((ladder, index): Findings => {
    const path = ['ladders', index]
    const wallets = lintedWallets(compiled, ladder, options)
    const limits = new Map(ladder.metrics.map((metric) => [metric.id, mostOf(program, rules, ladder, metric)]))
    const uncounted = ladder.metrics.flatMap(({ id }, place): Findings => {
      if (limits.get(id) !== 0) return []
      const reason = 'nothing in the program adds to the metric'
      const witness: Witness = { type: 'bound', needed: 1, most: 0 }
      return [{ code: 'metricNeverCounted', severity: 'warning', path: [...path, 'metrics', place], reason, witness }]
    })
    const ofLadder = lintLadder(ladder, { wallets, given }).map((one) => ofLadderLint(compiled, ladder, path, one))
    return [...uncounted, ...tiersBeyond(ladder, path, limits), ...ofLadder]
  })
}
