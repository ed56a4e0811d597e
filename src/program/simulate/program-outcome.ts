/** What a program came to over a population: points by kind, balances, tiers, budgets, by segment. */

import type { Monoid } from 'fp-ts/Monoid'
import {
  CapId,
  type Codec,
  type ExactInteger,
  Instant,
  LadderId,
  nullableCodec,
  stringCodec,
  structCodec,
  TierId,
  WalletId,
} from '../../foundation/index.ts'
import { StatementMovementType } from '../../ledger/index.ts'
import { type GivenLevels, givenLevels } from './level-counts.ts'
import { type RewardsOutcome, rewardsOutcomeKinds } from './outcome-rewards.ts'
import { exactCount, listCodecs, naturalCount, type RowKinds, rowKind, sumsMonoid } from './row-sums.ts'

/** Members of a segment, and activities of theirs that were refused. */
export interface SegmentMembers {
  readonly segment: string
  readonly members: number
  readonly refused: number
}

/** Points that moved in a wallet, in its smallest unit; the kind has the sign. */
export interface MovedPoints {
  readonly segment: string
  readonly wallet: WalletId
  readonly kind: StatementMovementType
  readonly points: ExactInteger
}

/** What members of a segment hold at the end, waiting points and holds included, less what they owe. */
export interface HeldPoints {
  readonly segment: string
  readonly wallet: WalletId
  readonly points: ExactInteger
}

/** Members of a segment on a tier at the end. */
export interface TierMembers {
  readonly segment: string
  readonly ladder: LadderId
  readonly tier: TierId
  readonly members: number
}

/** What members of a segment used of a budget for everybody, less what was given back. */
export interface BudgetUse {
  readonly segment: string
  /** A cap of earning or of referrals. */
  readonly cap: CapId
  /** The part of the population that the budget is for, as the program says; the empty text: all. */
  readonly key: string
  /** When the window of the calendar began in which it was used; `null`: the budget has no such windows. */
  readonly from: Instant | null
  /** In the wallet's smallest unit, times, or units of a reward for referrals: what the budget counts. */
  readonly used: ExactInteger
}

/** What a program came to over a population, each list in the order of its keys. */
export interface ProgramOutcome extends RewardsOutcome {
  readonly members: ReadonlyArray<SegmentMembers>
  readonly movements: ReadonlyArray<MovedPoints>
  readonly balances: ReadonlyArray<HeldPoints>
  readonly tiers: ReadonlyArray<TierMembers>
  readonly budgets: ReadonlyArray<BudgetUse>
  readonly levels: ReadonlyArray<GivenLevels>
}

/** How the rows of a {@link ProgramOutcome} add up. */
export const programOutcomeKinds: RowKinds<ProgramOutcome> = {
  members: /* @__PURE__ */ rowKind<SegmentMembers, 'members' | 'refused'>(
    'SegmentMembers',
    { segment: stringCodec },
    { members: naturalCount, refused: naturalCount },
  ),
  movements: /* @__PURE__ */ rowKind<MovedPoints, 'points'>(
    'MovedPoints',
    { segment: stringCodec, wallet: WalletId, kind: StatementMovementType },
    { points: exactCount },
  ),
  balances: /* @__PURE__ */ rowKind<HeldPoints, 'points'>(
    'HeldPoints',
    { segment: stringCodec, wallet: WalletId },
    { points: exactCount },
  ),
  tiers: /* @__PURE__ */ rowKind<TierMembers, 'members'>(
    'TierMembers',
    { segment: stringCodec, ladder: LadderId, tier: TierId },
    { members: naturalCount },
  ),
  budgets: /* @__PURE__ */ rowKind<BudgetUse, 'used'>(
    'BudgetUse',
    { segment: stringCodec, cap: CapId, key: stringCodec, from: /* @__PURE__ */ nullableCodec(Instant) },
    { used: exactCount },
  ),
  ...rewardsOutcomeKinds,
  levels: givenLevels,
}

/**
 * Reads a {@link ProgramOutcome}, as a part of a population stores it to be merged elsewhere.
 *
 * @example
 * ```ts
 * import { decode, outcomeMonoid, ProgramOutcome, unwrap } from 'treue'
 *
 * const stored = JSON.stringify(ProgramOutcome.encode(outcomeMonoid.empty))
 * unwrap(decode(ProgramOutcome, JSON.parse(stored))).members // => []
 * ```
 */
export const ProgramOutcome: Codec<ProgramOutcome, unknown> = /* @__PURE__ */ structCodec(
  'ProgramOutcome',
  /* @__PURE__ */ listCodecs(programOutcomeKinds),
)

/**
 * Merges outcomes of disjoint sets of members.
 *
 * @example
 * ```ts
 * import { outcomeMonoid } from 'treue'
 *
 * const north = { ...outcomeMonoid.empty, members: [{ segment: 'north', members: 2, refused: 0 }] }
 * outcomeMonoid.concat(north, north).members // => [{ segment: 'north', members: 4, refused: 0 }]
 * ```
 */
export const outcomeMonoid: Monoid<ProgramOutcome> = /* @__PURE__ */ sumsMonoid(programOutcomeKinds)
