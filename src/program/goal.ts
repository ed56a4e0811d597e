/** Goals that a member can reach by buying: a tier, or points to spend. */

import type { Instant, LadderId, Points, TierId, WalletId } from '../foundation/index.ts'
import { advance } from './advance.ts'
import type { CompiledProgram } from './compile.ts'
import type { MemberState } from './member-state.ts'

/** To be on a tier of a ladder, or on a higher one. */
export interface TierGoal {
  readonly type: 'tier'
  readonly ladder: LadderId
  readonly tier: TierId
}

/** To have so many points that can be spent, in the wallet's smallest unit. */
export interface PointsGoal {
  readonly type: 'points'
  readonly wallet: WalletId
  readonly points: Points
}

/** What a member wants to reach. */
export type Goal = TierGoal | PointsGoal

const isTierReached = ({ program }: CompiledProgram, state: MemberState, { ladder: id, tier }: TierGoal): boolean => {
  const tiers = program.ladders.find((ladder) => ladder.id === id)?.tiers ?? []
  const standing = state.standings.find(({ ladder }) => ladder === id)
  const wanted = tiers.findIndex((one) => one.id === tier)
  return wanted >= 0 && tiers.findIndex((one) => one.id === standing?.tier) >= wanted
}

/**
 * Whether a member has reached a goal by an instant, if nothing more happens until then.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param goal - the goal; one that names a ladder, tier or wallet that is not there is never reached
 * @param by - the instant, what falls due in it included
 *
 * @example
 * ```ts
 * import { type CompiledProgram, hasReached, type MemberId, newMember, parseInstant, type Points, unwrap } from 'treue'
 * import type { WalletId } from 'treue'
 *
 * const program = { program: { ladders: [] } } as unknown as CompiledProgram
 * const by = unwrap(parseInstant('2026-12-31T00:00:00Z'))
 * const goal = { type: 'points', wallet: 'points' as WalletId, points: 100 as Points } as const
 * hasReached(program, newMember('anna' as MemberId), goal, by) // => false
 * ```
 */
export const hasReached = (program: CompiledProgram, state: MemberState, goal: Goal, by: Instant): boolean => {
  const then = state.asOf !== null && state.asOf > by ? state : advance(program, state, by, { trace: false }).state
  if (goal.type === 'tier') return isTierReached(program, then, goal)
  return (then.wallets.find(({ id }) => id === goal.wallet)?.active ?? 0) >= goal.points
}
