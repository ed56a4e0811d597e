/** What points of a program came to: what they cost, what became of them, and what is owed. */
import { type ExactInteger, exactProduct, stringCodec, WalletId } from '../../foundation/index.ts'
import { balanceSign, type StatementMovementType } from '../../ledger/index.ts'
import type { ProgramOutcome } from './program-outcome.ts'
import { exactCount, type RowKinds, rowKind, startSums } from './row-sums.ts'

/**
 * The points of a segment in a wallet, in its smallest unit. They add up where the history began with nobody:
 * granted + moved − redeemed − expired = outstanding.
 */
export interface PointsFlow {
  readonly segment: string
  readonly wallet: WalletId
  /** What the program gave for what members did, less what was taken back and is not waived: what it costs in points. */
  readonly granted: ExactInteger
  /** What was spent, less what was given back. */
  readonly redeemed: ExactInteger
  /** Breakage so far: what expired or decayed, less what was made valid again. */
  readonly expired: ExactInteger
  /** What came otherwise, less what went: opening balances, adjustments, transfers, conversions. */
  readonly moved: ExactInteger
  /** The liability in points: what is held at the end, waiting points included, less debt. */
  readonly outstanding: ExactInteger
}

type Column = 'granted' | 'redeemed' | 'expired' | 'moved'

const columnOf: { readonly [Kind in StatementMovementType]: Column } = {
  opened: 'moved',
  accrued: 'granted',
  adjustedIn: 'moved',
  transferredIn: 'moved',
  convertedIn: 'moved',
  restored: 'redeemed',
  reinstated: 'expired',
  debtWrittenOff: 'granted',
  redeemed: 'redeemed',
  expired: 'expired',
  decayed: 'expired',
  reversed: 'granted',
  adjustedOut: 'moved',
  transferredOut: 'moved',
  convertedOut: 'moved',
}

interface Flows {
  readonly flows: ReadonlyArray<PointsFlow>
}

const flowKinds: RowKinds<Flows> = {
  flows: /* @__PURE__ */ rowKind<PointsFlow, Column | 'outstanding'>(
    'PointsFlow',
    { segment: stringCodec, wallet: WalletId },
    { granted: exactCount, redeemed: exactCount, expired: exactCount, moved: exactCount, outstanding: exactCount },
  ),
}

const nothing = { granted: 0, redeemed: 0, expired: 0, moved: 0, outstanding: 0 } as const

/**
 * What the points of an outcome cost, what became of them, and what is owed, by segment and wallet.
 *
 * @param outcome - what a program came to, or outcomes of parts merged
 *
 * @example
 * ```ts
 * import { outcomeMonoid, pointsFlows, type WalletId } from 'treue'
 *
 * const of = { segment: '', wallet: 'points' as WalletId }
 * const movements = [
 *   { ...of, kind: 'accrued', points: 120 },
 *   { ...of, kind: 'expired', points: 30 },
 *   { ...of, kind: 'redeemed', points: 50 },
 *   { ...of, kind: 'reversed', points: 20 },
 * ] as const
 * pointsFlows({ ...outcomeMonoid.empty, movements, balances: [{ ...of, points: 20 }] })
 * // => [{ segment: '', wallet: 'points', granted: 100, redeemed: 50, expired: 30, moved: 0, outstanding: 20 }]
 * ```
 */
export const pointsFlows = ({ movements, balances }: ProgramOutcome): ReadonlyArray<PointsFlow> => {
  const sums = startSums(flowKinds)
  for (const { segment, wallet, kind, points } of movements) {
    const column = columnOf[kind]
    const isLess = balanceSign(kind) > 0 !== (column === 'granted' || column === 'moved')
    sums.add('flows', { segment, wallet, ...nothing, [column]: isLess ? exactProduct(-1, points) : points })
  }
  for (const { segment, wallet, points } of balances) {
    sums.add('flows', { segment, wallet, ...nothing, outstanding: points })
  }
  return sums.lists().flows
}
