/** Goals that a member can reach by buying: a tier, points to spend, a reward, a level of a challenge. */

import * as E from 'fp-ts/Either'
import { type Challenge, type ChallengeId, challengeStanding, type LevelId } from '../../challenges/index.ts'
import type { Instant, LadderId, Points, TierId, WalletId } from '../../foundation/index.ts'
import { type RewardId, rewardAvailability } from '../../rewards/index.ts'
import { advance } from '../decide/advance.ts'
import type { DecideOptions } from '../decide/decision.ts'
import { startDraft } from '../decide/draft.ts'
import type { Rejection } from '../decide/rejection.ts'
import { rewardContextOf } from '../decide/reward-context.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { standingOn } from '../state/standing-on.ts'

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

/** To be able to take a reward of the catalogue, whichever wallet pays. */
export interface RewardGoal {
  readonly type: 'reward'
  readonly reward: RewardId
}

/**
 * To have been given a level of a challenge: where a challenge begins anew with each window, in the window of then; of a
 * streak or of membership, ever.
 */
export interface ChallengeGoal {
  readonly type: 'challenge'
  readonly challenge: ChallengeId
  readonly level: LevelId
}

/** What a member wants to reach. */
export type Goal = TierGoal | PointsGoal | RewardGoal | ChallengeGoal

const isTierReached = ({ program }: CompiledProgram, state: MemberState, { ladder: id, tier }: TierGoal): boolean => {
  const tiers = program.ladders.find((ladder) => ladder.id === id)?.tiers ?? []
  const standing = standingOn(state, id)
  const wanted = tiers.findIndex((one) => one.id === tier)
  return wanted >= 0 && tiers.findIndex((one) => one.id === standing?.tier) >= wanted
}

/** What a goal is looked at with. */
type Shared = Pick<DecideOptions, 'shared'>

/** Whether the member can take the reward; what is in the way of an answer is told. */
export const isRewardThere = (
  program: CompiledProgram,
  state: MemberState,
  { reward }: RewardGoal,
  at: Instant,
  options: Shared,
): E.Either<Rejection, boolean> => {
  const compiled = program.rewards.get(reward)
  if (compiled === undefined || state.enrolledAt === null) return E.right(false)
  const context = rewardContextOf(startDraft(program, state, { ...options, trace: false }), compiled, at)
  return E.isLeft(context) ? context : E.right(rewardAvailability(compiled, context.right).available)
}

const beginsAnew = ({ window }: Challenge): boolean =>
  window.type === 'calendar' || (window.type === 'fromFirst' && window.repeats)

const isLevelGiven = (program: CompiledProgram, state: MemberState, goal: ChallengeGoal, at: Instant): boolean => {
  const { challenge: id, level } = goal
  const { goals, streaks, tenure } = state.challenges
  const challenge = program.versions.get(program.program.version)?.challenges.goals.get(id)?.compiled.challenge
  const progress = goals.find((one) => one.challenge === id)
  if (challenge !== undefined && progress !== undefined && beginsAnew(challenge)) {
    const now = challengeStanding(challenge, program.zone, progress, at).levels.find((one) => one.level === level)
    return progress.grants.some((grant) => grant.level === level && grant.occurrence === now?.occurrence)
  }
  const streak = streaks.find((one) => one.streak === id)
  const grants = [...(progress?.grants ?? []), ...(streak?.grants ?? [])]
  return grants.some((grant) => grant.level === level) || tenure.some((one) => one.tenure === id && one.level === level)
}

/**
 * Whether a member has reached a goal by an instant, if nothing more happens until then.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param goal - the goal; one that names something that is not there is never reached
 * @param by - the instant, what falls due in it included
 * @param options - what all members have used: without it no reward with a stock is reached
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
export const hasReached = (
  program: CompiledProgram,
  state: MemberState,
  goal: Goal,
  by: Instant,
  { shared }: Shared = {},
): boolean => {
  const isPast = state.asOf !== null && state.asOf > by
  const then = isPast ? state : advance(program, state, by, { trace: false }).state
  const at = isPast ? state.asOf : by
  switch (goal.type) {
    case 'tier':
      return isTierReached(program, then, goal)
    case 'points':
      return (then.wallets.find(({ id }) => id === goal.wallet)?.active ?? 0) >= goal.points
    case 'challenge':
      return isLevelGiven(program, then, goal, at)
    case 'reward': {
      const found = isRewardThere(program, then, goal, at, shared === undefined ? {} : { shared })
      return E.isRight(found) && found.right
    }
  }
}
