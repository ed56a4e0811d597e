// A campaign that chance has parted, counted by the uplift that was foretold: what Qini and the uplift table are made from.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type Codec, type EmptySample, emptySample, type InvalidValue, structCodec } from '../../foundation/index.ts'
import { outcomeCounts, ScoreGroups, scoreFaults, scoreGroupsMonoid, scoreGroupsOf } from '../risk/score-groups.ts'
import { flagFaults, isRaised } from './uplift-model.ts'

/** Customers of a campaign that chance has parted, with the uplift that was foretold. */
export interface ScoredCampaign {
  /** The higher, the more the campaign should move the customer. */
  readonly scores: ArrayLike<number>
  /** Whom the campaign reached, or was meant to reach. */
  readonly treated: ArrayLike<boolean | number>
  /** Who did what the campaign is for. */
  readonly outcomes: ArrayLike<boolean | number>
}

/** The customers of both groups by distinct score, with what came of them. */
export interface CampaignGroups {
  readonly treated: ScoreGroups
  readonly control: ScoreGroups
}

const partOf = ({ scores, treated, outcomes }: ScoredCampaign, wanted: boolean): ScoreGroups => {
  const rows = Int32Array.from({ length: scores.length }, (_, row) => row).filter(
    (row) => isRaised(treated[row]) === wanted,
  )
  return scoreGroupsOf({
    scores: Float64Array.from(rows, (row) => scores[row] as number),
    outcomes: Uint8Array.from(rows, (row) => (isRaised(outcomes[row]) ? 1 : 0)),
  })
}

/**
 * Counts a campaign by the uplift that was foretold. Counts of shards merge exactly with {@link campaignGroupsMonoid}.
 *
 * @param campaign see {@link ScoredCampaign}; of customers that the uplift wasn't learnt from
 * @returns `InvalidValue` at each score that isn't finite and each flag that is none.
 * @example
 * ```ts
 * import { campaignGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(campaignGroups({ scores: [0.2, 0.1, 0.1], treated: [1, 0, 1], outcomes: [1, 0, 0] }))
 * groups.treated // => { scores: [0.1, 0.2], events: [0, 1], others: [1, 0] }
 * groups.control // => { scores: [0.1], events: [0], others: [1] }
 * ```
 */
export const campaignGroups = (
  campaign: ScoredCampaign,
): Either<ReadonlyNonEmptyArray<InvalidValue>, CampaignGroups> => {
  const { scores, treated, outcomes } = campaign
  const [fault, ...rest] = [...scoreFaults({ scores, outcomes }), ...flagFaults('treated', treated, scores.length)]
  return fault === undefined
    ? { _tag: 'Right', right: { treated: partOf(campaign, true), control: partOf(campaign, false) } }
    : { _tag: 'Left', left: [fault, ...rest] }
}

/**
 * Merges counts of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { campaignGroups, campaignGroupsMonoid, unwrap } from 'treue'
 *
 * const shard = unwrap(campaignGroups({ scores: [0.2, 0.1], treated: [1, 0], outcomes: [1, 0] }))
 * campaignGroupsMonoid.concat(shard, shard).treated.events // => [2]
 * ```
 */
export const campaignGroupsMonoid: Monoid<CampaignGroups> = {
  empty: { treated: scoreGroupsMonoid.empty, control: scoreGroupsMonoid.empty },
  concat: (first, second) => ({
    treated: scoreGroupsMonoid.concat(first.treated, second.treated),
    control: scoreGroupsMonoid.concat(first.control, second.control),
  }),
}

/**
 * Reads {@link CampaignGroups}.
 *
 * @example
 * ```ts
 * import { CampaignGroups, decode } from 'treue'
 *
 * const none = { scores: [], events: [], others: [] }
 * decode(CampaignGroups, { treated: none, control: none })._tag // => 'Right'
 * ```
 */
export const CampaignGroups: Codec<CampaignGroups> = /* @__PURE__ */ structCodec('CampaignGroups', {
  treated: ScoreGroups,
  control: ScoreGroups,
})

/** All customers of one score. */
export interface CampaignGroup {
  readonly score: number
  readonly treated: number
  readonly treatedEvents: number
  readonly control: number
  readonly controlEvents: number
}

/** The customers of a score at an index from the end, where that has it. */
const countsAt = ({ scores, events, others }: ScoreGroups, index: number, score: number) =>
  scores[index] === score
    ? { customers: (events[index] as number) + (others[index] as number), events: events[index] as number, step: 1 }
    : { customers: 0, events: 0, step: 0 }

/** Both groups of the campaign together, by falling score. */
export const byFallingScore = ({ treated, control }: CampaignGroups): ReadonlyArray<CampaignGroup> => {
  const groups: Array<CampaignGroup> = []
  let [a, b] = [treated.scores.length - 1, control.scores.length - 1]
  while (a >= 0 || b >= 0) {
    const score = Math.max(treated.scores[a] ?? Number.NEGATIVE_INFINITY, control.scores[b] ?? Number.NEGATIVE_INFINITY)
    const [reached, alone] = [countsAt(treated, a, score), countsAt(control, b, score)]
    groups.push({
      score,
      treated: reached.customers,
      treatedEvents: reached.events,
      control: alone.customers,
      controlEvents: alone.events,
    })
    a -= reached.step
    b -= alone.step
  }
  return groups
}

/** How many customers a campaign has. */
export interface CampaignSizes {
  readonly all: number
  readonly treated: number
  readonly control: number
}

/** The sizes where both groups have at least two customers. */
export const campaignSizes = ({ treated, control }: CampaignGroups): Either<EmptySample, CampaignSizes> => {
  const [reached, alone] = [outcomeCounts(treated).customers, outcomeCounts(control).customers]
  if (reached < 2) return { _tag: 'Left', left: emptySample(['treated'], 'at least two customers reached') }
  if (alone < 2) return { _tag: 'Left', left: emptySample(['control'], 'at least two customers left alone') }
  return { _tag: 'Right', right: { all: reached + alone, treated: reached, control: alone } }
}
