/** What purchases and actions count towards streaks, what is taken back when they are undone, and freeze tokens. */
import * as E from 'fp-ts/Either'
import {
  editStreak,
  type FreezeToken,
  noStreak,
  recordStreak,
  type Streak,
  type StreakAction,
  type StreakChange,
  type StreakProgress,
  type StreakRecords,
  type StreakReversal,
  streakStanding,
} from '../../challenges/index.ts'
import { orderFacts } from '../../earning/index.ts'
import { type Instant, localDateOf, type Zone } from '../../foundation/index.ts'
import type { FreezeTokenGrant } from '../activity/challenge-activity.ts'
import type { CompiledProgramStreak } from '../definition/compile-challenges.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import {
  earningsFor,
  followLevels,
  givenLevels,
  type LevelsOf,
  rewardsLevels,
  type Source,
  traceLevels,
} from './challenge-levels.ts'
import type { Counted } from './count-goals.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import type { Rejection } from './rejection.ts'

/** The zone of the member's own clock: the program's, unless the member lives in another whose table was given. */
const memberZone = ({ program, state }: Pick<Draft, 'program' | 'state'>): Zone => {
  const { zone } = state.challenges
  return (zone === null ? undefined : program.zones.get(zone)) ?? program.zone
}

const progressOf = ({ state }: Draft, streak: Pick<Streak, 'id'>): StreakProgress =>
  state.challenges.streaks.find((one) => one.streak === streak.id) ?? noStreak(streak)

interface Found {
  readonly action: StreakAction | null
  readonly token: FreezeToken | null
  readonly reversal: StreakReversal | null
  readonly change: Pick<StreakChange, 'reached' | 'lost'>
}

const nothing = { action: null, token: null, reversal: null } as const

const traceStreak = (draft: Draft, { compiled }: CompiledProgramStreak, at: Instant): void => {
  if (!draft.tracing) return
  const { streak } = compiled
  const { count, next } = streakStanding(streak, progressOf(draft, streak), localDateOf(memberZone(draft), at))
  const target = next === null ? null : count + next.periods
  draft.steps.push({ step: 'streak', streak: streak.id, count, next: target })
}

const enterStreak = (draft: Draft, program: CompiledProgramStreak, source: Source, found: Found): void => {
  const { action, token, reversal, change } = found
  const { reached, lost } = change
  const isNew = action !== null || token !== null || reversal !== null
  if (!isNew && reached.length === 0 && lost.length === 0) return
  const of: LevelsOf = { id: program.compiled.streak.id, rewards: program.goal.rewards ?? [] }
  emit(draft, {
    type: 'streakProgressed',
    at: source.at,
    streak: of.id,
    version: draft.program.program.version,
    action,
    token,
    reversal,
    reached: givenLevels(of, reached),
    lost,
    isRewarded: reached.length > 0 && rewardsLevels(draft.program),
  })
  traceStreak(draft, program, source.at)
  traceLevels(draft, of, change)
  followLevels(draft, of, change, source)
}

const recordsOf = (draft: Draft, { vocabulary }: CompiledProgramStreak, counted: Counted): StreakRecords => {
  const { id, action, countedAt: at, lines, attributes, context } = counted
  const facts = orderFacts({ action, at, lines, attributes }, draft.program.zone, context, vocabulary)
  return { actions: [{ id, at, facts }] }
}

/** The day that an activity fills by itself; `null`: it does not count. */
const actionOf = (draft: Draft, streak: CompiledProgramStreak, counted: Counted): StreakAction | null => {
  const records = recordsOf(draft, streak, counted)
  const alone = recordStreak(streak.compiled, memberZone(draft), noStreak(streak.compiled.streak), records)
  return E.isRight(alone) ? (alone.right.progress.actions[0] ?? null) : null
}

/** Counts something that happened towards every streak that it is for; what comes in too late for one counts nothing there. */
export const countTowardsStreaks = (draft: Draft, counted: Counted, at: Instant): void => {
  const { current } = draft.program
  for (const streak of current.challenges.streaksOn.get(counted.action) ?? []) {
    const action = actionOf(draft, streak, counted)
    if (action === null) continue
    const { compiled } = streak
    const records = recordsOf(draft, streak, counted)
    const changed = recordStreak(compiled, memberZone(draft), progressOf(draft, compiled.streak), records)
    if (E.isLeft(changed)) continue
    enterStreak(draft, streak, { id: counted.id, at }, { ...nothing, action, change: changed.right })
  }
}

const reverseOne = (
  draft: Draft,
  granting: CompiledProgramStreak,
  source: Source,
  rest: OpenEarning,
): ReadonlyArray<OpenEarning> => {
  const { id } = granting.compiled.streak
  const progress = progressOf(draft, { id })
  const isThere = progress.actions.some((one) => one.id === rest.id)
  const isGone = progress.reversals.some(({ of }) => of === rest.id)
  const isLeft = rest.lines.length > 0 && actionOf(draft, granting, rest) !== null
  if (!isThere || isGone || isLeft) return []
  const { current } = draft.program
  const streak = current.challenges.streaks.get(id) ?? granting
  const reversal = { id: effectId('reversal', [rest.id], source.id), of: rest.id }
  const changed = recordStreak(streak.compiled, memberZone(draft), progress, { reversals: [reversal] })
  if (E.isLeft(changed)) return []
  enterStreak(draft, streak, source, { ...nothing, reversal, change: changed.right })
  return earningsFor(draft, id, changed.right.lost)
}

/** Takes back the days of what is undone; returns what rules gave for levels that are lost with it. */
export const takeStreaksBack = (draft: Draft, source: Source, rest: OpenEarning): ReadonlyArray<OpenEarning> =>
  (draft.program.versions.get(rest.version)?.challenges.streaksOn.get(rest.action) ?? []).flatMap((granting) =>
    reverseOne(draft, granting, source, rest),
  )

/** Settles levels of streaks by a new version of the program; returns what rules gave for those that are lost. */
export const reviseStreaks = (draft: Draft, source: Source): ReadonlyArray<OpenEarning> => {
  const { current } = draft.program
  return draft.state.challenges.streaks.flatMap((progress) => {
    const found = current.challenges.streaks.get(progress.streak)
    if (found === undefined) return []
    const { streak } = found.compiled
    const changed = editStreak(streak, streak, progress)
    if (E.isLeft(changed)) return []
    enterStreak(draft, found, source, { ...nothing, change: changed.right })
    return earningsFor(draft, streak.id, changed.right.lost)
  })
}

/** A member gets a freeze token for a streak. */
export const decideFreezeToken = (draft: Draft, activity: FreezeTokenGrant): E.Either<Rejection, void> => {
  const { id, at, streak: wanted } = activity
  const { streaks } = draft.program.current.challenges
  const streak = streaks.get(wanted)
  if (streak === undefined) {
    const expected = `a streak of the program: ${[...streaks.keys()].join(', ')}`
    return E.left([{ _tag: 'UnknownChallenge', path: ['streak'], expected, challenge: wanted }])
  }
  const { compiled } = streak
  const token = { id, day: localDateOf(memberZone(draft), at) }
  const changed = recordStreak(compiled, memberZone(draft), progressOf(draft, compiled.streak), { tokens: [token] })
  if (E.isRight(changed)) enterStreak(draft, streak, activity, { ...nothing, token, change: changed.right })
  return E.right(undefined)
}
