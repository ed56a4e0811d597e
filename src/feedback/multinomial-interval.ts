// The percentile interval of a Net Promoter Score that resampling its answers would give, without the random numbers.

import type { Either } from 'fp-ts/Either'
import type { OutOfRange } from '../foundation/index.ts'
import { trinomialBalanceProbabilities } from '../statistics/index.ts'
import { momentsOf, type NpsCounts } from './nps-counts.ts'

/** The least balance, as an index, that at least so much of the probability doesn't exceed. */
const quantileIndex = (probabilities: Float64Array, share: number): number => {
  let below = 0
  for (let index = 0; index < probabilities.length; index += 1) {
    below += probabilities[index] as number
    if (below >= share) return index
  }
  return probabilities.length - 1
}

/** Both percentiles, from −1 to 1, of the scores of as many answers drawn from the observed ones. */
export const multinomialInterval = (
  counts: NpsCounts,
  confidence: number,
): Either<OutOfRange, { readonly lower: number; readonly upper: number }> => {
  const { answers } = momentsOf(counts)
  const { detractors, passives, promoters } = counts
  const shares = { down: detractors / answers, stay: passives / answers, up: promoters / answers }
  const balance = trinomialBalanceProbabilities(answers, shares)
  if (balance._tag === 'Left') return balance
  const beyond = (1 - confidence) / 2
  // Each from its own end, so that swapping promoters and detractors swaps the ends.
  const lower = (quantileIndex(balance.right, beyond) - answers) / answers
  const upper = (answers - quantileIndex(Float64Array.from(balance.right).reverse(), beyond)) / answers
  return { _tag: 'Right', right: { lower, upper } }
}
