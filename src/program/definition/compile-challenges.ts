/** What members can reach in a program, made ready to count. */
import {
  type ChallengeId,
  type CompiledChallenge,
  type CompiledStreak,
  compileChallenge,
  compileStreak,
  type Draw,
} from '../../challenges/index.ts'
import { type InvalidValue, invalidValue, underPath } from '../../foundation/index.ts'
import {
  type CompiledCondition,
  type Condition,
  compileCondition,
  partsOf,
  type Vocabulary,
} from '../../rules/index.ts'
import { challengeVocabulary } from './challenge-vocabulary.ts'
import type { ChallengeSetting, ProgramGoal, ProgramStreak } from './program-challenges.ts'
import type { ProgramDrawEntry } from './program-draw.ts'

/** A goal ready to count. */
export interface CompiledGoal {
  readonly goal: ProgramGoal
  readonly compiled: CompiledChallenge
  /** The fields that it reads, and no others. */
  readonly vocabulary: Vocabulary
}

/** A streak ready to count. */
export interface CompiledProgramStreak {
  readonly goal: ProgramStreak
  readonly compiled: CompiledStreak
  /** The fields that it reads, and no others. */
  readonly vocabulary: Vocabulary
}

/** What enters members in a draw, ready to be asked. */
export interface CompiledDrawEntry {
  readonly goal: ProgramDrawEntry
  readonly draw: Draw
  /** `null`: every activity does. */
  readonly condition: CompiledCondition | null
  /** The fields that it reads, and no others. */
  readonly vocabulary: Vocabulary
}

/** What members can reach, ready to count. */
export interface CompiledChallenges {
  readonly goals: ReadonlyMap<ChallengeId, CompiledGoal>
  readonly streaks: ReadonlyMap<ChallengeId, CompiledProgramStreak>
  /** By what counts: `purchase`, or the name of an action. */
  readonly goalsOn: ReadonlyMap<string, ReadonlyArray<CompiledGoal>>
  readonly streaksOn: ReadonlyMap<string, ReadonlyArray<CompiledProgramStreak>>
  readonly drawEntriesOn: ReadonlyMap<string, ReadonlyArray<CompiledDrawEntry>>
  /** The names of the fields that are read of an activity. */
  readonly fieldsOn: ReadonlyMap<string, ReadonlySet<string>>
}

const fieldsOf = (condition: Condition | undefined): ReadonlyArray<string> => {
  if (condition === undefined) return []
  return 'field' in condition ? [condition.field] : partsOf(condition).flatMap(fieldsOf)
}

const vocabularyOf = (program: ChallengeSetting, on: string, fields: ReadonlyArray<string>): Vocabulary => {
  const read = new Set(fields)
  const all = challengeVocabulary(program, on) ?? { fields: [] }
  return { fields: all.fields.filter(({ name }) => read.has(name)) }
}

const compileGoal = (program: ChallengeSetting, goal: ProgramGoal): CompiledGoal => {
  const { challenge, on } = goal
  const { measure, when } = challenge
  const fields = [...fieldsOf(when), ...(measure.type === 'times' ? [] : [measure.field])]
  const vocabulary = vocabularyOf(program, on, fields)
  return { goal, compiled: compileChallenge(vocabulary, challenge), vocabulary }
}

const compileProgramStreak = (program: ChallengeSetting, goal: ProgramStreak): CompiledProgramStreak => {
  const { streak, on } = goal
  const vocabulary = vocabularyOf(program, on, fieldsOf(streak.when))
  return { goal, compiled: compileStreak(vocabulary, streak), vocabulary }
}

const compileDrawEntry = (program: ChallengeSetting, draw: Draw, goal: ProgramDrawEntry): CompiledDrawEntry => {
  const { on, when } = goal
  const vocabulary = vocabularyOf(program, on, fieldsOf(when))
  return { goal, draw, condition: when === undefined ? null : compileCondition(vocabulary, when), vocabulary }
}

const byActivity = <C extends { readonly goal: { readonly on: string } }>(
  counted: ReadonlyArray<C>,
): ReadonlyMap<string, ReadonlyArray<C>> =>
  new Map(
    [...new Set(counted.map(({ goal }) => goal.on))].map((on) => [on, counted.filter(({ goal }) => goal.on === on)]),
  )

export const compileChallenges = (program: ChallengeSetting): CompiledChallenges => {
  const { goals = [], streaks = [], draws = [] } = program.challenges ?? {}
  const compiledEntries = draws.flatMap(({ draw, entries }) =>
    entries.map((entry) => compileDrawEntry(program, draw, entry)),
  )
  const compiledGoals = goals.map((goal) => compileGoal(program, goal))
  const compiledStreaks = streaks.map((streak) => compileProgramStreak(program, streak))
  const reading = byActivity([...compiledGoals, ...compiledStreaks, ...compiledEntries])
  return {
    goals: new Map(compiledGoals.map((goal) => [goal.compiled.challenge.id, goal])),
    streaks: new Map(compiledStreaks.map((streak) => [streak.compiled.streak.id, streak])),
    goalsOn: byActivity(compiledGoals),
    streaksOn: byActivity(compiledStreaks),
    drawEntriesOn: byActivity(compiledEntries),
    fieldsOn: new Map(
      [...reading].map(([on, counted]) => [
        on,
        new Set(counted.flatMap(({ vocabulary }) => vocabulary.fields.map(({ name }) => name))),
      ]),
    ),
  }
}

const expected = 'what it was in the earlier version: another one needs another id'

/** The parts of something that are not what they were before. */
const changedParts = <A extends { readonly id: string }>(
  before: ReadonlyMap<string, A>,
  after: A,
  keys: ReadonlyArray<keyof A & string>,
): ReadonlyArray<InvalidValue> => {
  const there = before.get(after.id)
  if (there === undefined) return []
  return keys
    .filter((key) => JSON.stringify(there[key]) !== JSON.stringify(after[key]))
    .map((key) => invalidValue([key], after[key], expected))
}

/** Challenges that were something else in an earlier version, so that nothing could be carried over. */
export const changedChallenges = (
  { challenges = {} }: ChallengeSetting,
  earlier: ReadonlyArray<ChallengeSetting>,
): ReadonlyArray<InvalidValue> => {
  const { goals = [], streaks = [] } = challenges
  const goalsBefore = new Map(
    earlier.flatMap((program) =>
      (program.challenges?.goals ?? []).map(({ challenge }) => [challenge.id, challenge] as const),
    ),
  )
  const streaksBefore = new Map(
    earlier.flatMap((program) => (program.challenges?.streaks ?? []).map(({ streak }) => [streak.id, streak] as const)),
  )
  return [
    ...goals.flatMap(({ challenge }, index) =>
      underPath(
        ['challenges', 'goals', index, 'challenge'],
        changedParts(goalsBefore, challenge, ['measure', 'window']),
      ),
    ),
    ...streaks.flatMap(({ streak }, index) =>
      underPath(['challenges', 'streaks', index, 'streak'], changedParts(streaksBefore, streak, ['calendar'])),
    ),
  ]
}
