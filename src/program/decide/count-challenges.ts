/** What counts towards challenges of every kind, and what is taken back of it. */
import * as E from 'fp-ts/Either'
import type { Instant } from '../../foundation/index.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import type { Source } from './challenge-levels.ts'
import { type Counted, countTowardsGoals, reviseGoals, takeGoalsBack } from './count-goals.ts'
import { countTowardsStreaks, reviseStreaks, takeStreaksBack } from './count-streaks.ts'
import { type Draft, emit } from './draft.ts'
import { enterDraws, withdrawFromDraws } from './enter-draws.ts'
import type { Rejection } from './rejection.ts'

/** Counts something that happened towards every challenge that it is for. */
export const countTowardsChallenges = (draft: Draft, counted: Counted, at: Instant): E.Either<Rejection, void> => {
  const goals = countTowardsGoals(draft, counted, at)
  if (E.isLeft(goals)) return goals
  countTowardsStreaks(draft, counted, at)
  enterDraws(draft, counted, at)
  return goals
}

/**
 * Takes back what counted towards challenges and is undone, as far as nothing of it is left.
 *
 * @param draft - the decision
 * @param source - what undoes it
 * @param open - what was counted, with the lines that were left of it
 * @param rest - the same with those that are left now
 * @returns what rules gave for levels that are lost with it: to be undone as well
 */
export const takeProgressBack = (
  draft: Draft,
  source: Source,
  open: OpenEarning,
  rest: OpenEarning,
): ReadonlyArray<OpenEarning> => {
  withdrawFromDraws(draft, source, open, rest)
  return [...takeGoalsBack(draft, source, rest), ...takeStreaksBack(draft, source, rest)]
}

/**
 * Settles levels by a new version of the program: what is reached now is given, what would take more now is kept or taken
 * back as the challenge says.
 *
 * @returns what rules gave for levels that are lost: to be undone
 */
export const reviseChallenges = (draft: Draft, source: Source): ReadonlyArray<OpenEarning> => {
  const { version } = draft.program.program
  const { version: before, goals, streaks } = draft.state.challenges
  if (before === version || goals.length + streaks.length === 0) return []
  const undone = [...reviseGoals(draft, source), ...reviseStreaks(draft, source)]
  emit(draft, { type: 'challengesRevised', at: source.at, version })
  return undone
}
