/** What of a ladder hardly does what its author means: found before a member notices. */
import type { CivilDate, Duration, TierId, WalletId } from '../foundation/index.ts'
import { keepThreshold, type Ladder, type Tier } from './ladder.ts'
import { graceOutlasts, graceWithoutEffectOn, mostActiveMonths, pendingOutlasts } from './ladder-lengths.ts'
import { isOfPeriod, type Metric, type MetricId, type PointsMetric } from './metric.ts'
import { type Counts, leastCounts, meetsThreshold, type Threshold, thresholdMetrics } from './threshold.ts'
import { validityOf } from './tier-look.ts'

/** What a ladder is held against of one wallet. */
export interface LintedWallet {
  readonly wallet: WalletId
  /** How long points are pending before they become active. Default: not at all. */
  readonly pending?: Duration
  /** Whether there is anything to spend its points on. Default: no. */
  readonly hasCatalogue?: boolean
  /** At how many points they are redeemed without being asked. Default: never. */
  readonly redeemedAt?: number
}

/** What a ladder is held against. */
export interface LadderLintOptions {
  /** The wallets that its metrics count. Default: none is known. */
  readonly wallets?: ReadonlyArray<LintedWallet>
  /** Tiers that are sold or given. Default: none. */
  readonly given?: ReadonlyArray<TierId>
}

/** What every finding has: where it is, and how bad. */
interface Found {
  /** `error`: it cannot work; `warning`: members will be surprised; `note`: it may well be meant so. */
  readonly severity: 'error' | 'warning' | 'note'
  readonly path: ReadonlyArray<string | number>
}

/** No member can have what the tier takes: there cannot be so much of a metric. */
export interface UnreachableTier extends Found {
  readonly type: 'unreachableTier'
  readonly tier: TierId
  readonly metric: MetricId
  readonly atLeast: number
  /** The most that there can be. */
  readonly most: number
}

/** A tier that cannot be reached, is not held for life, and is not offered, sold or given. */
export interface TierWithoutWay extends Found {
  readonly type: 'tierWithoutWay'
  readonly tier: TierId
}

/** The tier always falls at the end of its period: the next one decides, of which nothing is counted yet (S38). */
export interface TierNeverKept extends Found {
  readonly type: 'tierNeverKept'
  readonly tier: TierId
  /** What is counted at zero whenever it is looked at. */
  readonly metric: MetricId
}

/** A higher tier is held for life with counts that do not hold a lower one for life. */
export interface LifetimeBelow extends Found {
  readonly type: 'lifetimeBelow'
  readonly tier: TierId
  readonly below: TierId
  /** Counts that hold the higher one only. */
  readonly counts: ReadonlyArray<{ readonly metric: MetricId; readonly count: number }>
}

/** Spending points lowers the balance that a tier takes (S39). */
export interface BalanceSpent extends Found {
  readonly type: 'balanceSpent'
  readonly metric: MetricId
  readonly wallet: WalletId
  /** The tiers that it can cost. */
  readonly tiers: ReadonlyArray<TierId>
}

/** Points are pending for so long that nothing done in a period counts in it (S16). */
export interface PendingOutlastsPeriod extends Found {
  readonly type: 'pendingOutlastsPeriod'
  readonly metric: MetricId
  readonly pending: Duration
  /** Such a period: its first day, and the first after it. */
  readonly from: CivilDate
  readonly until: CivilDate
}

/** Who is not entitled to a tier keeps it for longer than who earns it has it. */
export interface GraceOutlastsValidity extends Found {
  readonly type: 'graceOutlastsValidity'
  readonly tier: TierId
  /** A day from which on it does. */
  readonly from: CivilDate
}

/** A grace from the start of the tier is over before the tier's validity is (S20). */
export interface GraceWithoutEffect extends Found {
  readonly type: 'graceWithoutEffect'
  readonly tier: TierId
}

/** What is left over of one period keeps the tier in the next, with nothing done in it. */
export interface RolloverKeeps extends Found {
  readonly type: 'rolloverKeeps'
  readonly tier: TierId
  readonly metric: MetricId
  /** So much in one period is enough for it. */
  readonly count: number
}

/** What is doubtful about a ladder. */
export type LadderFinding =
  | UnreachableTier
  | TierWithoutWay
  | TierNeverKept
  | LifetimeBelow
  | BalanceSpent
  | PendingOutlastsPeriod
  | GraceOutlastsValidity
  | GraceWithoutEffect
  | RolloverKeeps

type Findings = ReadonlyArray<LadderFinding>

const hasPeriods = ({ period }: Ladder): boolean => period.type !== 'rolling' && period.type !== 'lifetime'

const walletOf = ({ wallets = [] }: LadderLintOptions, metric: Metric): LintedWallet | undefined =>
  metric.of === 'points' || metric.of === 'balance' ? wallets.find(({ wallet }) => wallet === metric.wallet) : undefined

/** The most that there can be of a metric; `undefined`: it has no limit. */
const mostOf = (ladder: Ladder, metric: Metric, options: LadderLintOptions): number | undefined => {
  if (metric.of === 'activeMonths' && isOfPeriod(metric)) return mostActiveMonths(ladder.period)
  const redeemedAt = metric.of === 'balance' ? walletOf(options, metric)?.redeemedAt : undefined
  return redeemedAt === undefined ? undefined : redeemedAt - 1
}

const reachFindings = (ladder: Ladder, tier: Tier, rank: number, options: LadderLintOptions): Findings => {
  const { id, reach, lifetime } = tier
  if (reach === undefined) {
    const isGiven = options.given?.includes(id) === true || ladder.offers?.some((offer) => offer.tier === id) === true
    return rank === 0 || lifetime !== undefined || isGiven
      ? []
      : [{ type: 'tierWithoutWay', severity: 'note', path: ['tiers', rank], tier: id }]
  }
  const limits = new Map(ladder.metrics.map((metric) => [metric.id, mostOf(ladder, metric, options)]))
  const beyond = leastCounts(reach).map((way) =>
    [...way].flatMap(([metric, atLeast]) => {
      const most = limits.get(metric)
      return most !== undefined && most < atLeast ? [{ metric, atLeast, most }] : []
    }),
  )
  const [witness] = beyond[0] ?? []
  return witness === undefined || beyond.some((way) => way.length === 0)
    ? []
    : [{ type: 'unreachableTier', severity: 'error', path: ['tiers', rank, 'reach'], tier: id, ...witness }]
}

/** The metric of a period of which every way to meet a threshold takes some. */
const metricOfPeriod = (ladder: Ladder, threshold: Threshold): MetricId | undefined => {
  const ofPeriod = new Set(ladder.metrics.filter(isOfPeriod).map(({ id }) => id))
  const found = leastCounts(threshold).map((way) => [...way.keys()].find((metric) => ofPeriod.has(metric)))
  return found.includes(undefined) ? undefined : found[0]
}

const keepFindings = (ladder: Ladder, tier: Tier, rank: number): Findings => {
  const keep = keepThreshold(tier)
  const { rollover, downgrade } = ladder.policy ?? {}
  const startsAnew = hasPeriods(ladder) && validityOf(ladder, tier).type === 'endOfPeriod'
  if (keep === undefined || !startsAnew || rollover !== undefined || downgrade === 'never') return []
  const metric = metricOfPeriod(ladder, keep)
  if (metric === undefined) return []
  const isAsked = tier.keep !== undefined
  const path = ['tiers', rank, ...(isAsked ? ['keep'] : [])]
  return [{ type: 'tierNeverKept', severity: isAsked ? 'warning' : 'note', path, tier: tier.id, metric }]
}

const lifetimeFindings = ({ tiers }: Ladder): Findings => {
  const lower: Array<{ readonly id: TierId; readonly lifetime: Threshold }> = []
  return tiers.flatMap(({ id, lifetime }, rank): Findings => {
    if (lifetime === undefined) return []
    const found = lower.flatMap((below): Findings => {
      const way: Counts | undefined = leastCounts(lifetime).find((counts) => !meetsThreshold(below.lifetime, counts))
      if (way === undefined) return []
      const counts = [...way].map(([metric, count]) => ({ metric, count }))
      return [
        {
          type: 'lifetimeBelow',
          severity: 'warning',
          path: ['tiers', rank, 'lifetime'],
          tier: id,
          below: below.id,
          counts,
        },
      ]
    })
    lower.push({ id, lifetime })
    return found
  })
}

const asks = ({ reach, keep, lifetime }: Tier, metric: MetricId): boolean =>
  [reach, keep, lifetime].some((threshold) => threshold !== undefined && thresholdMetrics(threshold).includes(metric))

const balanceFindings = (ladder: Ladder, metric: Metric, index: number, wallet: LintedWallet): Findings => {
  const tiers = ladder.tiers.filter((tier) => asks(tier, metric.id)).map(({ id }) => id)
  const isSpent = wallet.hasCatalogue === true || wallet.redeemedAt !== undefined
  if (!isSpent || tiers.length === 0) return []
  const path = ['metrics', index]
  return [{ type: 'balanceSpent', severity: 'warning', path, metric: metric.id, wallet: wallet.wallet, tiers }]
}

const pendingFindings = (ladder: Ladder, metric: PointsMetric, index: number, wallet: LintedWallet): Findings => {
  const { pending } = wallet
  if (metric.countedAt !== 'activation' || pending === undefined || !isOfPeriod(metric)) return []
  const period = pendingOutlasts(ladder.period, pending)
  if (period === undefined) return []
  const path = ['metrics', index]
  return [{ type: 'pendingOutlastsPeriod', severity: 'warning', path, metric: metric.id, pending, ...period }]
}

const metricFindings = (ladder: Ladder, options: LadderLintOptions): Findings =>
  ladder.metrics.flatMap((metric, index): Findings => {
    const wallet = walletOf(options, metric)
    if (wallet === undefined) return []
    if (metric.of === 'balance') return balanceFindings(ladder, metric, index, wallet)
    return metric.of === 'points' ? pendingFindings(ladder, metric, index, wallet) : []
  })

const graceFindings = (ladder: Ladder, tier: Tier, rank: number): Findings => {
  const grace = ladder.policy?.grace
  if (grace === undefined || rank === 0 || keepThreshold(tier) === undefined) return []
  const validity = validityOf(ladder, tier)
  const path = ['policy', 'grace']
  if (grace.from === 'tierStart') {
    return graceWithoutEffectOn(validity, grace.length)
      ? [{ type: 'graceWithoutEffect', severity: 'warning', path, tier: tier.id }]
      : []
  }
  const from = graceOutlasts(ladder.period, validity, grace.length)
  return from === undefined ? [] : [{ type: 'graceOutlastsValidity', severity: 'warning', path, tier: tier.id, from }]
}

/** What is left over of a period in which a tier, but no higher one, was reached can be enough to keep it. */
const rolloverFindings = (ladder: Ladder): Findings => {
  const { rollover, consumption = 'keep' } = ladder.policy ?? {}
  if (rollover === undefined || consumption === 'deduct') return []
  return ladder.tiers.flatMap((tier, rank): Findings => {
    const keep = keepThreshold(tier)
    const { reach } = tier
    if (reach?.type !== 'count' || keep?.type !== 'count' || keep.metric !== reach.metric) return []
    const next = ladder.tiers.slice(rank + 1).find((above) => above.reach !== undefined)?.reach
    const count = reach.atLeast + keep.atLeast
    const isHigher = next !== undefined && meetsThreshold(next, new Map([[reach.metric, count]]))
    return isHigher || (rollover.cap !== null && rollover.cap < keep.atLeast)
      ? []
      : [
          {
            type: 'rolloverKeeps',
            severity: 'note',
            path: ['policy', 'rollover'],
            tier: tier.id,
            metric: reach.metric,
            count,
          },
        ]
  })
}

/**
 * What is doubtful about a ladder that has no faults (`ladderFaults` finds those, such as a tier that is harder to keep than
 * to reach): a tier that nobody can reach or keep, or to which no way leads (S21, S38); balances that are spent (S39);
 * points that are pending for longer than a period (S16); a grace that outlasts what it follows, or that has no effect
 * (S20); tiers for life that do not rise; what is left over of a period where it keeps a tier by itself. Each with its
 * place and something to see it by.
 *
 * @param ladder - a ladder without faults
 * @param options - the wallets that it counts, and the tiers that are sold or given
 *
 * @example
 * ```ts
 * import { decode, Ladder, lintLadder, unwrap, type WalletId } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'balance', of: 'balance', wallet: 'points' }],
 *   period: { type: 'lifetime' },
 *   validity: { type: 'whileQualified' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'balance', atLeast: 100 } }],
 * }))
 * const wallets = [{ wallet: 'points' as WalletId, redeemedAt: 100 }]
 * lintLadder(ladder, { wallets }).map(({ type, severity }) => [type, severity])
 * // => [['unreachableTier', 'error'], ['balanceSpent', 'warning']]
 * ```
 */
export const lintLadder = (ladder: Ladder, options: LadderLintOptions = {}): ReadonlyArray<LadderFinding> => [
  ...ladder.tiers.flatMap((tier, rank) => [
    ...reachFindings(ladder, tier, rank, options),
    ...keepFindings(ladder, tier, rank),
    ...graceFindings(ladder, tier, rank),
  ]),
  ...lifetimeFindings(ladder),
  ...metricFindings(ladder, options),
  ...rolloverFindings(ladder),
]
