/** What two versions of a program come to on one history, as a summary that merges over parts of a population. */

import type { Monoid } from 'fp-ts/Monoid'
import {
  type Codec,
  type ExactInteger,
  LadderId,
  nullableCodec,
  stringCodec,
  structCodec,
  TierId,
  WalletId,
} from '../../foundation/index.ts'
import { outcomeMonoid, ProgramOutcome } from './program-outcome.ts'
import { exactCount, listCodecs, naturalCount, type RowKinds, rowKind, sumsMonoid } from './row-sums.ts'

/**
 * Members of a segment who got more, less or as many points of a wallet by the second program: spent ones, and those they
 * hold at the end, less debt. Together they are all members.
 */
export interface WalletMovers {
  readonly segment: string
  readonly wallet: WalletId
  readonly winners: number
  readonly losers: number
  readonly unchanged: number
  /** What winners got more, in the wallet's smallest unit. */
  readonly gained: ExactInteger
  /** What losers got less. */
  readonly lost: ExactInteger
}

/** Members of a segment who end on a higher, a lower or the same tier by the second program. */
export interface LadderMovers {
  readonly segment: string
  readonly ladder: LadderId
  /** On a higher tier, or on a tier at all. */
  readonly winners: number
  /** On a lower tier, or on none any more. */
  readonly losers: number
  readonly unchanged: number
  /** On another tier, where no version of the ladder has both tiers. */
  readonly unranked: number
}

/** Members of a segment by the tier on which they end by the first program and by the second: a matrix without its zeros. */
export interface TierMovers {
  readonly segment: string
  readonly ladder: LadderId
  /** `null`: the member is on no tier of the ladder. */
  readonly from: TierId | null
  readonly to: TierId | null
  readonly members: number
}

/** Who moves between two versions. */
export interface MoverLists {
  readonly wallets: ReadonlyArray<WalletMovers>
  readonly ladders: ReadonlyArray<LadderMovers>
  readonly tiers: ReadonlyArray<TierMovers>
}

/** What two programs come to on one history, each list in the order of its keys. */
export interface ProgramComparison extends MoverLists {
  readonly first: ProgramOutcome
  readonly second: ProgramOutcome
}

/** How the rows about movers add up. */
export const moverKinds: RowKinds<MoverLists> = {
  wallets: /* @__PURE__ */ rowKind<WalletMovers, 'winners' | 'losers' | 'unchanged' | 'gained' | 'lost'>(
    'WalletMovers',
    { segment: stringCodec, wallet: WalletId },
    { winners: naturalCount, losers: naturalCount, unchanged: naturalCount, gained: exactCount, lost: exactCount },
  ),
  ladders: /* @__PURE__ */ rowKind<LadderMovers, 'winners' | 'losers' | 'unchanged' | 'unranked'>(
    'LadderMovers',
    { segment: stringCodec, ladder: LadderId },
    { winners: naturalCount, losers: naturalCount, unchanged: naturalCount, unranked: naturalCount },
  ),
  tiers: /* @__PURE__ */ rowKind<TierMovers, 'members'>(
    'TierMovers',
    {
      segment: stringCodec,
      ladder: LadderId,
      from: /* @__PURE__ */ nullableCodec(TierId),
      to: /* @__PURE__ */ nullableCodec(TierId),
    },
    { members: naturalCount },
  ),
}

/**
 * Reads a {@link ProgramComparison}, as a part of a population stores it to be merged elsewhere.
 *
 * @example
 * ```ts
 * import { comparisonMonoid, decode, ProgramComparison, unwrap } from 'treue'
 *
 * const stored = JSON.stringify(ProgramComparison.encode(comparisonMonoid.empty))
 * unwrap(decode(ProgramComparison, JSON.parse(stored))).tiers // => []
 * ```
 */
export const ProgramComparison: Codec<ProgramComparison, unknown> = /* @__PURE__ */ structCodec('ProgramComparison', {
  first: ProgramOutcome,
  second: ProgramOutcome,
  .../* @__PURE__ */ listCodecs(moverKinds),
})

const movers: Monoid<MoverLists> = /* @__PURE__ */ sumsMonoid(moverKinds)

/**
 * Merges comparisons of the same programs over disjoint sets of members.
 *
 * @example
 * ```ts
 * import { comparisonMonoid, type WalletId } from 'treue'
 *
 * const wallet = 'points' as WalletId
 * const movers = { segment: '', wallet, winners: 1, losers: 0, unchanged: 2, gained: 10, lost: 0 }
 * const part = { ...comparisonMonoid.empty, wallets: [movers] }
 * comparisonMonoid.concat(part, part).wallets.map(({ winners, gained }) => [winners, gained]) // => [[2, 20]]
 * ```
 */
export const comparisonMonoid: Monoid<ProgramComparison> = {
  empty: { first: outcomeMonoid.empty, second: outcomeMonoid.empty, ...movers.empty },
  concat: (one, other) => ({
    first: outcomeMonoid.concat(one.first, other.first),
    second: outcomeMonoid.concat(one.second, other.second),
    ...movers.concat(one, other),
  }),
}
