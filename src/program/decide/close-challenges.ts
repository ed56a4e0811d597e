/** Windows of goals and days of streaks that nothing can come into any more. */
import {
  type ChallengeProgress,
  closeProgress,
  closeStreak,
  firstProgressEnd,
  type StreakProgress,
} from '../../challenges/index.ts'
import { addDays, addDuration, type CivilDate, earlierOf, type Instant, startOfDay } from '../../foundation/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ChallengeEvent } from '../state/challenge-events.ts'
import type { MemberState } from '../state/member-state.ts'
import { type Draft, emit } from './draft.ts'

/** Streaks are folded so many days at a time: not one every day. */
const DAYS_AT_A_TIME = 31

/** The clocks of members differ from the program's by less. */
const DAYS_BETWEEN_ZONES = 2

/** Something that can be forgotten, and from when on. */
interface Closing {
  readonly due: Instant
  readonly close: (at: Instant) => ChallengeEvent
}

/** When what happened before an instant can no longer come in late, nor be returned. */
const finalFrom = ({ program, zone }: CompiledProgram, end: Instant): Instant => {
  const { late, returnWindow } = program
  return addDuration(zone, late === undefined ? end : addDuration(zone, end, late.within), returnWindow)
}

const goalClosing = (program: CompiledProgram, progress: ChallengeProgress): Closing | null => {
  const challenge = program.current.challenges.goals.get(progress.challenge)?.compiled.challenge
  const end = challenge === undefined ? null : firstProgressEnd(challenge, program.zone, progress)
  if (challenge === undefined || end === null) return null
  if (progress.closed !== null && end <= progress.closed.before) return null
  return {
    due: finalFrom(program, end),
    close: (at) => ({
      type: 'challengeClosed',
      at,
      progress: closeProgress(challenge, program.zone, progress, end),
    }),
  }
}

const streakClosing = (program: CompiledProgram, progress: StreakProgress): Closing | null => {
  const streak = program.current.challenges.streaks.get(progress.streak)?.compiled.streak
  const first = progress.actions[0]
  if (streak === undefined || first === undefined) return null
  const before = addDays(Math.max(first.day, progress.closed?.before ?? first.day) as CivilDate, DAYS_AT_A_TIME)
  return {
    due: finalFrom(program, startOfDay(program.zone, addDays(before, DAYS_BETWEEN_ZONES))),
    close: (at) => ({ type: 'streakClosed', at, progress: closeStreak(streak, progress, before) }),
  }
}

const nothing: ReadonlyArray<never> = []

const closingsOf = (
  program: CompiledProgram,
  { challenges }: Pick<MemberState, 'challenges'>,
): ReadonlyArray<Closing> => {
  const { goals, streaks } = challenges
  if (goals.length + streaks.length === 0) return nothing
  return [
    ...goals.map((progress) => goalClosing(program, progress)),
    ...streaks.map((progress) => streakClosing(program, progress)),
  ].flatMap((closing) => (closing === null ? [] : [closing]))
}

/** When something can be forgotten next; `null`: nothing can. */
export const nextChallengeClosing = (
  program: CompiledProgram,
  state: Pick<MemberState, 'challenges'>,
): Instant | null => {
  let next: Instant | null = null
  for (const { due } of closingsOf(program, state)) next = earlierOf(next, due)
  return next
}

/** Forgets what is final, so that the state stays small. */
export const closeChallenges = (draft: Draft, at: Instant): void => {
  for (const { due, close } of closingsOf(draft.program, draft.state)) if (due <= at) emit(draft, close(at))
}
