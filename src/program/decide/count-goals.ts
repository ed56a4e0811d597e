/** What purchases and actions count towards goals, and what is taken back when they are undone. */
import * as E from 'fp-ts/Either'
import {
  type Challenge,
  type ChallengeAction,
  type ChallengeProgress,
  type Contribution,
  type ContributionReversal,
  challengeStanding,
  editProgress,
  noProgress,
  type ProgressChange,
  recordProgress,
  reverseProgress,
} from '../../challenges/index.ts'
import { orderFacts } from '../../earning/index.ts'
import type { ActivityId, Instant } from '../../foundation/index.ts'
import type { CompiledGoal } from '../definition/compile-challenges.ts'
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
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import type { Rejection } from './rejection.ts'

const progressOf = ({ state }: Draft, challenge: Pick<Challenge, 'id'>): ChallengeProgress =>
  state.challenges.goals.find((goal) => goal.challenge === challenge.id) ?? noProgress(challenge)

/** Something that is counted, in its context. */
export type Counted = Pick<OpenEarning, 'id' | 'action' | 'countedAt' | 'lines' | 'attributes' | 'context'>

const actionOf = ({ program }: Draft, { vocabulary }: CompiledGoal, counted: Counted): ChallengeAction => {
  const { id, action, countedAt: at, lines, attributes, context } = counted
  return { id, at, facts: orderFacts({ action, at, lines, attributes }, program.zone, context, vocabulary) }
}

/** What an activity counts by itself; `null`: nothing. */
const contributionOf = (
  { program }: Draft,
  { compiled }: CompiledGoal,
  action: ChallengeAction,
): Contribution | null => {
  const alone = recordProgress(compiled, program.zone, noProgress(compiled.challenge), [action])
  return E.isRight(alone) ? (alone.right.progress.contributions[0] ?? null) : null
}

interface Found {
  readonly contribution: Contribution | null
  readonly reversal: ContributionReversal | null
  readonly change: Pick<ProgressChange, 'reached' | 'lost'>
}

const traceProgress = (draft: Draft, goal: CompiledGoal, at: Instant, found: Found): void => {
  if (!draft.tracing) return
  const { contribution, reversal } = found
  const { challenge } = goal.compiled
  const { zone } = draft.program
  const { id } = challenge
  const progress = progressOf(draft, challenge)
  const by = contribution ?? progress.contributions.find((one) => one.id === reversal?.of)
  if (by !== undefined) {
    const { until } = challengeStanding(challenge, zone, progress, by.at)
    const end = (until === null ? at : Math.min(at, until - 1)) as Instant
    const { counted, levels } = challengeStanding(challenge, zone, progress, end)
    const amount = contribution?.amount ?? -(reversal?.amount ?? by.amount)
    const next = levels.find(({ isReached }) => !isReached)?.target ?? null
    draft.steps.push({ step: 'challenge', challenge: id, activity: by.id, amount, counted, next })
  }
}

const levelsOf = ({ goal, compiled }: CompiledGoal): LevelsOf => ({
  id: compiled.challenge.id,
  rewards: goal.rewards ?? [],
})

const enterProgress = (draft: Draft, goal: CompiledGoal, source: Source, found: Found): void => {
  const { contribution, reversal, change } = found
  const { reached, lost } = change
  if (contribution === null && reversal === null && reached.length === 0 && lost.length === 0) return
  const of = levelsOf(goal)
  emit(draft, {
    type: 'challengeProgressed',
    at: source.at,
    challenge: of.id,
    version: draft.program.program.version,
    contribution,
    reversal,
    reached: givenLevels(of, reached),
    lost,
    isRewarded: reached.length > 0 && rewardsLevels(draft.program),
  })
  traceProgress(draft, goal, source.at, found)
  traceLevels(draft, of, change)
  followLevels(draft, of, change, source)
}

const countOne = (draft: Draft, goal: CompiledGoal, counted: Counted, at: Instant): E.Either<Rejection, void> => {
  const action = actionOf(draft, goal, counted)
  const contribution = contributionOf(draft, goal, action)
  if (contribution === null) return E.right(undefined)
  const { compiled } = goal
  const changed = recordProgress(compiled, draft.program.zone, progressOf(draft, compiled.challenge), [action])
  if (E.isRight(changed)) {
    enterProgress(draft, goal, { id: counted.id, at }, { contribution, reversal: null, change: changed.right })
    return E.right(undefined)
  }
  // What comes in too late for a window earns all the same: it only counts for nothing there.
  const faults = changed.left.filter((fault) => fault._tag === 'OutOfRange')
  return faults.length > 0 ? E.left(faults) : E.right(undefined)
}

/** Counts something that happened towards every goal that it is for. */
export const countTowardsGoals = (draft: Draft, counted: Counted, at: Instant): E.Either<Rejection, void> => {
  const { current } = draft.program
  for (const goal of current.challenges.goalsOn.get(counted.action) ?? []) {
    const one = countOne(draft, goal, counted, at)
    if (E.isLeft(one)) return one
  }
  return E.right(undefined)
}

/** How much of a contribution is not undone yet. */
const remainingOf = ({ contributions, reversals }: ChallengeProgress, id: ActivityId): number => {
  const amount = contributions.find((one) => one.id === id)?.amount ?? 0
  let left = amount
  for (const reversal of reversals) if (reversal.of === id) left -= reversal.amount ?? amount
  return Math.max(0, left)
}

const reverseOne = (
  draft: Draft,
  granting: CompiledGoal,
  { id, at }: Source,
  rest: Counted,
): ReadonlyArray<OpenEarning> => {
  const { challenge } = granting.compiled
  const progress = progressOf(draft, challenge)
  const before = remainingOf(progress, rest.id)
  if (before === 0) return []
  const left =
    rest.lines.length === 0 ? 0 : (contributionOf(draft, granting, actionOf(draft, granting, rest))?.amount ?? 0)
  if (left >= before) return []
  const { current, zone } = draft.program
  const goal = current.challenges.goals.get(challenge.id) ?? granting
  const amount = left === 0 ? null : before - left
  const reversal = { id: effectId('reversal', [rest.id], id), of: rest.id, at, amount }
  const changed = reverseProgress(goal.compiled, zone, progress, [reversal])
  if (E.isLeft(changed)) return []
  enterProgress(draft, goal, { id, at }, { contribution: null, reversal, change: changed.right })
  return earningsFor(draft, challenge.id, changed.right.lost)
}

/**
 * Takes back what counted towards goals and is undone, as far as nothing of it is left.
 *
 * @param draft - the decision
 * @param activity - what undoes it
 * @param rest - what was counted, with the lines that are left of it
 * @returns what rules gave for levels that are lost with it: to be undone as well
 */
export const takeGoalsBack = (draft: Draft, activity: Source, rest: OpenEarning): ReadonlyArray<OpenEarning> =>
  (draft.program.versions.get(rest.version)?.challenges.goalsOn.get(rest.action) ?? []).flatMap((granting) =>
    reverseOne(draft, granting, activity, rest),
  )

/**
 * Settles levels of goals by a new version of the program: what is reached now is given, what would take more now is kept or taken
 * back as the challenge says.
 *
 * @returns what rules gave for levels that are lost: to be undone
 */
export const reviseGoals = (draft: Draft, source: Source): ReadonlyArray<OpenEarning> => {
  const { current, zone } = draft.program
  return draft.state.challenges.goals.flatMap((progress) => {
    const goal = current.challenges.goals.get(progress.challenge)
    if (goal === undefined) return []
    const { challenge } = goal.compiled
    const changed = editProgress(challenge, challenge, zone, progress)
    if (E.isLeft(changed)) return []
    enterProgress(draft, goal, source, { contribution: null, reversal: null, change: changed.right })
    return earningsFor(draft, challenge.id, changed.right.lost)
  })
}
