/** Tiers that nobody can reach under the caps and rules of a program, and what the lint of ladders finds. */
import type { ReferralRewardKind } from '../../referrals/index.ts'
import {
  type Ladder,
  type LadderFinding,
  type LintedWallet,
  leastCounts,
  levelOf,
  lintLadder,
  type Metric,
  type MetricId,
  type QualificationPeriod,
  type Threshold,
} from '../../tiers/index.ts'
import { redeemedAt } from '../definition/automatic-redemption.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import { belowTier, everythingOnce, richestIn } from './lint-attempt.ts'
import { climb, standingOf } from './lint-climb.ts'
import {
  attempted,
  type BoundWitness,
  type Findings,
  type OpenFinding,
  type ProgramFinding,
  type RoomWitness,
  showing,
  type WitnessHistory,
} from './lint-finding.ts'
import { FIRST_DAY, played } from './lint-history.ts'
import { type Ground, ladderHistory } from './lint-ladder-history.ts'
import { mostEarned } from './lint-most-earned.ts'
import type { LintOptions } from './lint-options.ts'
import type { LintedRule } from './lint-rule.ts'

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

/** The most that there can be of a metric in the time that it counts; infinite: nothing limits it. */
const mostOf = (program: Program, rules: ReadonlyArray<LintedRule>, ladder: Ladder, metric: Metric): number => {
  if (metric.of !== 'points' || isCredited(program, ladder, metric)) return Number.POSITIVE_INFINITY
  const period: QualificationPeriod = metric.over === 'lifetime' ? { type: 'lifetime' } : ladder.period
  const most = mostEarned(program, rules, metric.wallet, period)
  // What is left over of one period, or becomes active in the next, counts there.
  const isMoved =
    period.type !== 'lifetime' && (ladder.policy?.rollover !== undefined || metric.countedAt === 'activation')
  return isMoved && most > 0 ? Number.POSITIVE_INFINITY : most
}

type Limits = ReadonlyMap<MetricId, number>

/** What of a threshold there cannot be so much of, whichever way it is met. */
const beyond = (
  threshold: Threshold,
  limits: Limits,
): { readonly metric: MetricId; readonly witness: BoundWitness } | undefined => {
  const missing = leastCounts(threshold).map((way) =>
    [...way].flatMap(([metric, needed]) => {
      const most = limits.get(metric) ?? Number.POSITIVE_INFINITY
      return most < needed ? [{ metric, witness: { type: 'bound' as const, needed, most } }] : []
    }),
  )
  return missing.every((way) => way.length > 0) ? missing[0]?.[0] : undefined
}

/** What comes nearest to a tier: the most of a metric that its rules and caps let there be. */
const nearest = ({ compiled, rules, ladder }: Ground, metric: Metric | undefined): ReturnType<typeof richestIn> =>
  metric?.of !== 'points'
    ? undefined
    : richestIn(compiled, rules, metric.wallet, metric.over === 'lifetime' ? { type: 'lifetime' } : ladder.period)

const tiersBeyond = (ground: Ground, path: ProgramFinding['path'], limits: Limits): Findings =>
  ground.ladder.tiers.flatMap(({ id, reach }, rank): Findings => {
    const found = reach === undefined ? undefined : beyond(reach, limits)
    if (found === undefined) return []
    const { witness } = found
    const metric = ground.ladder.metrics.find((one) => one.id === found.metric)
    const show = () => attempted(witness, belowTier(ground.ladder, id, nearest(ground, metric)))
    const reason = 'the tier takes more than rules and caps let anybody have'
    const at = [...path, 'tiers', rank, 'reach']
    return [{ code: 'unreachableTier', severity: 'error', path: at, reason, witness, show }]
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

/** What comes nearest to a tier of which the lint of ladders says that it cannot be reached. */
const nearestTo = (
  { compiled, rules, ladder }: Ground,
  finding: Extract<LadderFinding, { readonly type: 'unreachableTier' | 'tierWithoutWay' }>,
): WitnessHistory | undefined => {
  const activities =
    finding.type === 'tierWithoutWay'
      ? everythingOnce(compiled)
      : climb({ compiled, rules, from: FIRST_DAY }, ladder, new Map([[finding.metric, finding.atLeast]]))
  const until = activities?.[activities.length - 1]?.at
  const simulation = activities === undefined ? undefined : played(compiled, activities)
  if (activities === undefined || until === undefined || simulation === undefined) return undefined
  return belowTier(ladder, finding.tier, { history: { activities, until }, simulation })
}

const ofLadderLint = (ground: Ground, path: ProgramFinding['path'], found: LadderFinding): OpenFinding => {
  const { type: code, severity, path: at, ...figures } = found
  const witness: RoomWitness = { type: 'room', figures: { type: code, ...figures } }
  const finding: ProgramFinding = { code, severity, path: [...path, ...at], reason: REASONS[code], witness }
  return found.type === 'unreachableTier' || found.type === 'tierWithoutWay'
    ? { ...finding, show: () => attempted(witness, nearestTo(ground, found)) }
    : showing(finding, () => ladderHistory(ground, found))
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

/** The richest history, where nothing of a metric is counted in it. */
const uncountedHistory = (ground: Ground, metric: Metric): WitnessHistory | undefined => {
  const rich = nearest(ground, metric)
  const standing = rich === undefined ? undefined : standingOf(rich.simulation, ground.ladder)
  return standing === undefined || levelOf(standing, metric) > 0 ? undefined : rich?.history
}

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
    const ground = { compiled, rules, ladder }
    const wallets = lintedWallets(compiled, ladder, options)
    const limits = new Map(ladder.metrics.map((metric) => [metric.id, mostOf(program, rules, ladder, metric)]))
    const uncounted = ladder.metrics.flatMap((metric, place): Findings => {
      if (limits.get(metric.id) !== 0) return []
      const reason = 'nothing in the program adds to the metric'
      const witness: BoundWitness = { type: 'bound', needed: 1, most: 0 }
      const at = [...path, 'metrics', place]
      const show = () => attempted(witness, uncountedHistory(ground, metric))
      return [{ code: 'metricNeverCounted', severity: 'warning', path: at, reason, witness, show }]
    })
    const ofLadder = lintLadder(ladder, { wallets, given }).map((one) => ofLadderLint(ground, path, one))
    return [...uncounted, ...tiersBeyond(ground, path, limits), ...ofLadder]
  })
}
