/** What counts towards tiers. */
import type { ActivityId, Instant, LotId, WalletId } from '../../foundation/index.ts'
import { type LedgerEntry, lotTerm } from '../../ledger/index.ts'
import type { Facts } from '../../rules/index.ts'
import {
  assessTier,
  countQualifying,
  type Ladder,
  levelOf,
  type Metric,
  nextAssessment,
  type Standing,
} from '../../tiers/index.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import { standingOn } from '../state/standing-on.ts'
import { emitAssessment } from './assess.ts'
import { lotIdOf } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import { heldWalletDefinition, walletOf } from './draft-wallet.ts'

/** Points of a wallet. */
interface WalletPoints {
  readonly wallet: WalletId
  readonly points: number
}

const pointsIn = (all: ReadonlyArray<WalletPoints>, wallet: WalletId): number => {
  let sum = 0
  for (const one of all) if (one.wallet === wallet) sum += one.points
  return sum
}

/** What a purchase or action brought, or, below zero, what is taken back of it. */
export interface TierFigures {
  /** `purchase`, or the name of the action. */
  readonly action: string
  readonly attributes: Facts
  readonly points: ReadonlyArray<WalletPoints>
  /** Points that became active, or had been. */
  readonly activated: ReadonlyArray<WalletPoints>
  /** What was paid for, in minor units. */
  readonly minor: number
  /** 1 where it happened, −1 where it was undone completely, else 0. */
  readonly times: -1 | 0 | 1
}

const noPoints: ReadonlyArray<never> = []

const wholeOf = (attributes: Facts, attribute: string): number => {
  const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) ? Math.max(0, value) : 0
}

const timesOf = (wanted: string, { action, times }: TierFigures): number => (action === wanted ? times : 0)

const figureOf = (metric: Metric, figures: TierFigures): number => {
  const { attributes, points, activated, minor } = figures
  switch (metric.of) {
    case 'points':
      return pointsIn(metric.countedAt === 'activation' ? activated : points, metric.wallet)
    case 'spend':
      return minor
    case 'orders':
      return timesOf('purchase', figures)
    case 'action':
      return (
        timesOf(metric.action, figures) * (metric.attribute === undefined ? 1 : wholeOf(attributes, metric.attribute))
      )
    case 'activeMonths':
      return timesOf(metric.action ?? 'purchase', figures)
    default:
      return 0
  }
}

const isSame = (a: Metric, b: Metric): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

const counts = (ladder: Ladder, metric: Metric): boolean => {
  for (const one of ladder.metrics) if (isSame(one, metric)) return true
  return false
}

const countOn = (
  draft: Draft,
  ladder: Ladder,
  counted: Ladder,
  figures: TierFigures,
  countedAt: Instant,
  at: Instant,
): void => {
  for (const metric of ladder.metrics) {
    const count = figureOf(metric, figures)
    if (count === 0 || !counts(counted, metric)) continue
    const before = standingOn(draft.state, ladder.id)
    if (before === undefined) return
    const qualifying = { metric: metric.id, count, countedAt }
    const standing = countQualifying(ladder, draft.program.zone, before, qualifying, at)
    if (standing !== before) emit(draft, { type: 'qualifyingCounted', at, metric: metric.id, count, standing })
  }
}

/**
 * Counts what a purchase or action brought towards the tiers of every ladder, below zero where it is taken back: the
 * ladders and metrics that the program had when it was granted, so that a newer one loses nothing that it never counted.
 */
export const countTowardsTiers = (
  draft: Draft,
  figures: TierFigures,
  { version, countedAt }: Pick<OpenEarning, 'version' | 'countedAt'>,
  at: Instant,
): void => {
  const { program, versions } = draft.program
  for (const counted of versions.get(version)?.ladders ?? []) {
    const ladder = program.ladders.find(({ id }) => id === counted.id)
    if (ladder !== undefined) countOn(draft, ladder, counted, figures, countedAt, at)
  }
}

/** When points of a lot that was taken back had become active, and so counted; `undefined`: they never did. */
export const activatedAt = (
  draft: Draft,
  wallet: WalletId,
  lot: LotId,
  { countedAt }: Pick<OpenEarning, 'countedAt'>,
): Instant | undefined => {
  const there = walletOf(draft.state, wallet).lots.find(({ id }) => id === lot)
  if (there !== undefined && !there.active) return undefined
  const definition = heldWalletDefinition(draft.program, wallet)
  return there?.activeFrom ?? lotTerm(definition, draft.program.zone, countedAt).activeFrom
}

/** Whether any ladder counts points when they become active. */
export const countsActivations = ({ program }: Draft): boolean =>
  program.program.ladders.some(({ metrics }) =>
    metrics.some((metric) => metric.of === 'points' && metric.countedAt === 'activation'),
  )

/** Whether any ladder counts what happens in a wallet by itself: activations, or the balance. */
export const followsWallets = (draft: Draft): boolean =>
  countsActivations(draft) ||
  draft.program.program.ladders.some(({ metrics }) => metrics.some(({ of }) => of === 'balance'))

/** Counts points that are active since `countedAt`, below zero where they are taken back. */
export const countActivated = (
  draft: Draft,
  wallet: WalletId,
  points: number,
  counted: Pick<OpenEarning, 'version' | 'countedAt'>,
  at: Instant,
): void => {
  const activated = [{ wallet, points }]
  countTowardsTiers(draft, { action: '', attributes: {}, points: noPoints, activated, minor: 0, times: 0 }, counted, at)
}

const isEarned = (lot: LotId, source: ActivityId): boolean => lot === lotIdOf(source, Number.parseInt(lot, 10) || 0)

/** Earned points that these entries make active count from now on, on ladders that count them then (S16). */
export const countActivations = (draft: Draft, entries: ReadonlyArray<LedgerEntry>): void => {
  if (!countsActivations(draft)) return
  const { version } = draft.program.program
  for (const entry of entries) {
    if (entry.type !== 'activated') continue
    const { wallet, points, at } = entry
    const lot = walletOf(draft.state, wallet).lots.find(({ id }) => id === entry.lot)
    if (lot !== undefined && !isEarned(lot.id, lot.source)) continue
    countActivated(draft, wallet, points, { version, countedAt: at }, at)
  }
}

/** Balances that tiers are held by follow the wallets (S39). */
const followBalances = (draft: Draft, ladder: Ladder, standing: Standing, at: Instant): void => {
  let before = standing
  for (const metric of ladder.metrics) {
    if (metric.of !== 'balance') continue
    const { active, held } = walletOf(draft.state, metric.wallet)
    const count = active + held - levelOf(before, metric)
    if (count === 0) continue
    before = countQualifying(ladder, draft.program.zone, before, { metric: metric.id, count, countedAt: at }, at)
    emit(draft, { type: 'qualifyingCounted', at, metric: metric.id, count, standing: before })
  }
}

/** Assesses what is due on a ladder: by what was counted, by balances, by time. */
const assessLadder = (draft: Draft, ladder: Ladder, at: Instant): void => {
  const before = standingOn(draft.state, ladder.id)
  if (before === undefined) return
  followBalances(draft, ladder, before, at)
  for (
    let standing = standingOn(draft.state, ladder.id);
    standing !== undefined;
    standing = standingOn(draft.state, ladder.id)
  ) {
    const next = nextAssessment(ladder, draft.program.zone, standing)
    if (next === null || next > at) return
    const assessed = assessTier(ladder, draft.program.zone, standing, at)
    if (assessed.change === 'none') return
    emitAssessment(draft, assessed, at)
  }
}

/** Assesses on every ladder what is due by now. */
export const assessTiers = (draft: Draft, at: Instant): void => {
  for (const ladder of draft.program.program.ladders) assessLadder(draft, ladder, at)
}
