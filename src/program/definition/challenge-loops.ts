/** Challenges that count the levels of one another: reaching one level would reach the next without anything being done. */
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { compileCondition, conditionTruth, type Vocabulary } from '../../rules/index.ts'
import type { ProgramGoal } from './program-challenges.ts'

/** The action that rules name to reward levels, and challenges to count them, with the fields `challenge` and `level`. */
export const CHALLENGE_REACHED = 'challengeReached' as const

/** Whether a challenge counts every level of another, whatever else is true. */
const countsLevelsOf = (
  vocabulary: Vocabulary,
  { challenge: { when } }: ProgramGoal,
): ((of: ProgramGoal) => boolean) => {
  if (when === undefined) return () => true
  const condition = compileCondition(vocabulary, when)
  return ({ challenge: { id: challenge, levels } }) =>
    levels.every(({ id: level }) => conditionTruth(condition, { challenge, level }) === 'true')
}

type Edges = ReadonlyMap<ProgramGoal, ReadonlyArray<ProgramGoal>>

/** The shortest way from a challenge back to it, itself at both ends. */
const loopFrom = (edges: Edges, start: ProgramGoal): ReadonlyArray<ProgramGoal> | undefined => {
  const ways: Array<ReadonlyArray<ProgramGoal>> = [[start]]
  const seen = new Set<ProgramGoal>()
  for (const way of ways) {
    const next = (edges.get(way[way.length - 1] ?? start) ?? []).filter((one) => !seen.has(one))
    if (next.includes(start)) return [...way, start]
    for (const one of next) {
      seen.add(one)
      ways.push([...way, one])
    }
  }
  return undefined
}

/**
 * Challenges that count their own levels, or those of others that count theirs; paths start at the list of goals. Only
 * what is certain is refused: where a condition looks at anything else, it depends on what happens.
 */
export const challengeLoopFaults = (
  goals: ReadonlyArray<ProgramGoal>,
  vocabulary: Vocabulary,
): ReadonlyArray<InvalidValue> => {
  const counting = goals.filter(({ on }) => on === CHALLENGE_REACHED)
  const counters = counting.map((goal) => ({ goal, counts: countsLevelsOf(vocabulary, goal) }))
  const edges: Edges = new Map(
    counting.map((of) => [of, counters.filter(({ counts }) => counts(of)).map(({ goal }) => goal)] as const),
  )
  const faults: Array<InvalidValue> = []
  const named = new Set<ProgramGoal>()
  for (const goal of counting) {
    const loop = named.has(goal) ? undefined : loopFrom(edges, goal)
    if (loop === undefined) continue
    for (const one of loop) named.add(one)
    const names = loop.map(({ challenge: { id } }) => id).join(' → ')
    const expected = `a condition by which no challenge counts its own levels, as in the loop ${names}`
    faults.push(invalidValue([goals.indexOf(goal), 'challenge', 'when'], goal.challenge.when, expected))
  }
  return faults
}
