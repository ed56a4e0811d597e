// Scores with what came of them, counted by distinct score: what every judgement of a score is made from.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  numberCodec,
  structCodec,
} from '../../foundation/index.ts'

/** A score per customer, the higher the likelier, and whether it happened. */
export interface ScoredOutcomes {
  readonly scores: ArrayLike<number>
  /** `true` or 1 where it happened, `false` or 0 where it did not. */
  readonly outcomes: ArrayLike<boolean | number>
}

/** Distinct scores in rising order, each with how many customers have it. */
export interface ScoreGroups {
  readonly scores: ReadonlyArray<number>
  /** To how many of the customers with that score it happened. */
  readonly events: ReadonlyArray<number>
  /** To how many it did not. */
  readonly others: ReadonlyArray<number>
}

/** Why scores cannot be counted. */
export type ScoreFaults = ReadonlyNonEmptyArray<InvalidValue>

const isFlag = (flag: boolean | number | undefined): boolean =>
  flag === true || flag === false || flag === 0 || flag === 1

/** What is wrong with scores, each at its row. */
export const scoreFaults = ({ scores, outcomes }: ScoredOutcomes): ReadonlyArray<InvalidValue> => {
  if (outcomes.length !== scores.length)
    return [invalidValue(['outcomes', 'length'], outcomes.length, `${scores.length}, one per score`)]
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < scores.length; row += 1) {
    if (!Number.isFinite(scores[row])) faults.push(invalidValue(['scores', row], scores[row], 'a finite number'))
    if (!isFlag(outcomes[row])) faults.push(invalidValue(['outcomes', row], outcomes[row], 'true or false, or 1 or 0'))
  }
  return faults
}

export const isEvent = (outcome: boolean | number | undefined): boolean => outcome === true || outcome === 1

/** The scores of those to whom it happened, or of the others, in rising order. */
export const sortedScores = ({ scores, outcomes }: ScoredOutcomes, happened: boolean): Float64Array => {
  const own = new Float64Array(scores.length)
  let count = 0
  for (let row = 0; row < scores.length; row += 1) {
    if (isEvent(outcomes[row]) !== happened) continue
    // −0 and 0 are one score
    own[count] = (scores[row] as number) + 0
    count += 1
  }
  return own.slice(0, count).sort()
}

const endOfEqual = (sorted: Float64Array, from: number, score: number): number => {
  let index = from
  while (index < sorted.length && sorted[index] === score) index += 1
  return index
}

interface GroupsDraft {
  readonly scores: Array<number>
  readonly events: Array<number>
  readonly others: Array<number>
}

const pushGroup = (draft: GroupsDraft, score: number, events: number, others: number): void => {
  draft.scores.push(score)
  draft.events.push(events)
  draft.others.push(others)
}

const groupsOf = (events: Float64Array, others: Float64Array): ScoreGroups => {
  const draft: GroupsDraft = { scores: [], events: [], others: [] }
  let [event, other] = [0, 0]
  while (event < events.length || other < others.length) {
    const score = Math.min(events[event] ?? Number.POSITIVE_INFINITY, others[other] ?? Number.POSITIVE_INFINITY)
    const [nextEvent, nextOther] = [endOfEqual(events, event, score), endOfEqual(others, other, score)]
    pushGroup(draft, score, nextEvent - event, nextOther - other)
    event = nextEvent
    other = nextOther
  }
  return draft
}

/** The groups of scores that are known to be right. */
export const scoreGroupsOf = (scored: ScoredOutcomes): ScoreGroups =>
  groupsOf(sortedScores(scored, true), sortedScores(scored, false))

/**
 * Counts what came of scores by distinct score. All judgements of a score are made from this summary, and those of shards
 * merge exactly with {@link scoreGroupsMonoid}.
 *
 * @param scored scores such as probabilities, the higher the likelier; round them first where shards shall stay small
 * @returns `InvalidValue` at each score that isn't finite and each outcome that is none.
 * @example
 * ```ts
 * import { scoreGroups, unwrap } from 'treue'
 *
 * unwrap(scoreGroups({ scores: [0.9, 0.2, 0.2], outcomes: [1, 0, 1] }))
 * // => { scores: [0.2, 0.9], events: [1, 1], others: [1, 0] }
 * ```
 */
export const scoreGroups = (scored: ScoredOutcomes): Either<ScoreFaults, ScoreGroups> => {
  const [fault, ...rest] = scoreFaults(scored)
  return fault === undefined
    ? { _tag: 'Right', right: scoreGroupsOf(scored) }
    : { _tag: 'Left', left: [fault, ...rest] }
}

/** The counts of a group where it has the score, and how far to go on then. */
const groupAt = ({ scores, events, others }: ScoreGroups, index: number, score: number) =>
  scores[index] === score
    ? { events: events[index] as number, others: others[index] as number, step: 1 }
    : { events: 0, others: 0, step: 0 }

const merged = (first: ScoreGroups, second: ScoreGroups): ScoreGroups => {
  const draft: GroupsDraft = { scores: [], events: [], others: [] }
  let [a, b] = [0, 0]
  while (a < first.scores.length || b < second.scores.length) {
    const score = Math.min(first.scores[a] ?? Number.POSITIVE_INFINITY, second.scores[b] ?? Number.POSITIVE_INFINITY)
    const [own, other] = [groupAt(first, a, score), groupAt(second, b, score)]
    pushGroup(draft, score, own.events + other.events, own.others + other.others)
    a += own.step
    b += other.step
  }
  return draft
}

/**
 * Merges counts of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { scoreGroupsMonoid } from 'treue'
 *
 * const shard = { scores: [0.2, 0.9], events: [0, 1], others: [3, 1] }
 * scoreGroupsMonoid.concat(shard, { scores: [0.2], events: [1], others: [0] }).events // => [1, 1]
 * ```
 */
export const scoreGroupsMonoid: Monoid<ScoreGroups> = {
  empty: { scores: [], events: [], others: [] },
  concat: merged,
}

const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 0 }), {
  maxLength: 10_000_000,
})

const groupFaults = ({ scores, events, others }: ScoreGroups): ReadonlyArray<InvalidValue> => {
  const lengths = [
    ...(events.length === scores.length ? [] : [invalidValue(['events'], events, `${scores.length}, one per score`)]),
    ...(others.length === scores.length ? [] : [invalidValue(['others'], others, `${scores.length}, one per score`)]),
  ]
  if (lengths.length > 0) return lengths
  return scores.flatMap((score, index) => {
    const rises = index === 0 || score > (scores[index - 1] as number)
    const isUsed = (events[index] as number) + (others[index] as number) > 0
    return [
      ...(rises ? [] : [invalidValue(['scores', index], score, 'a higher score than the one before')]),
      ...(isUsed ? [] : [invalidValue(['others', index], others[index], 'at least one customer with the score')]),
    ]
  })
}

/**
 * Reads {@link ScoreGroups}.
 *
 * @example
 * ```ts
 * import { decode, ScoreGroups } from 'treue'
 *
 * decode(ScoreGroups, { scores: [0.2, 0.9], events: [0, 1], others: [3, 1] })._tag // => 'Right'
 * decode(ScoreGroups, { scores: [0.9, 0.2], events: [0, 1], others: [3, 1] })._tag // => 'Left'
 * ```
 */
export const ScoreGroups: Codec<ScoreGroups> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('ScoreGroups', {
    scores: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ numberCodec(), { maxLength: 10_000_000 }),
    events: counts,
    others: counts,
  }),
  groupFaults,
)

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)

/** How many customers there are. */
export interface OutcomeCounts {
  readonly customers: number
  readonly events: number
  readonly others: number
}

export const outcomeCounts = ({ events, others }: ScoreGroups): OutcomeCounts => {
  const [happened, not] = [sum(events), sum(others)]
  return { customers: happened + not, events: happened, others: not }
}

/** The counts where there is somebody. */
export const someCustomers = (groups: ScoreGroups): Either<EmptySample, OutcomeCounts> => {
  const totals = outcomeCounts(groups)
  return totals.customers > 0
    ? { _tag: 'Right', right: totals }
    : { _tag: 'Left', left: emptySample(['scores'], 'at least one customer with a score') }
}

/** The counts where it happened to some and not to others. */
export const bothOutcomes = (groups: ScoreGroups): Either<EmptySample, OutcomeCounts> => {
  const totals = outcomeCounts(groups)
  if (totals.events === 0) return { _tag: 'Left', left: emptySample(['events'], 'at least one to whom it happened') }
  if (totals.others === 0) return { _tag: 'Left', left: emptySample(['others'], 'at least one to whom it did not') }
  return { _tag: 'Right', right: totals }
}

/** The first score that is no probability. */
export const probabilityFault = ({ scores }: ScoreGroups): InvalidValue | null => {
  const [least = 0, most = 0] = [scores[0], scores[scores.length - 1]]
  if (!(least >= 0)) return invalidValue(['scores', 0], least, 'a probability from 0 to 1')
  return most <= 1 ? null : invalidValue(['scores', scores.length - 1], most, 'a probability from 0 to 1')
}
