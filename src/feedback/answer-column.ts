// Answers as a column of bytes, for millions of them. The kernels fill counters that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { InvalidValue } from '../foundation/index.ts'
import { wholeNumberFault } from './nps-scale.ts'
import {
  type AnswerFaults,
  type AnswerOptions,
  isNonEmpty,
  type NpsSummary,
  optionFaults,
  unlessFaulty,
} from './nps-summary.ts'

const missingByte = 255

/** Adds how often each byte occurs, one after the other. */
const countSingly = (tally: Float64Array, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; at += 1) (tally[bytes[at] as number] as number) += 1
}

/**
 * Adds how often each byte occurs, four at a time: two counters of pairs, since a counter of bytes spends its time
 * waiting until the store of an equal neighbour is done.
 */
const countInFours = (tally: Float64Array, words: Int32Array): void => {
  const low = new Uint32Array(65536)
  const high = new Uint32Array(65536)
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as number
    ;(low[word & 65535] as number) += 1
    ;(high[word >>> 16] as number) += 1
  }
  for (let pair = 0; pair < 65536; pair += 1) {
    const occurrences = (low[pair] as number) + (high[pair] as number)
    ;(tally[pair & 255] as number) += occurrences
    ;(tally[pair >> 8] as number) += occurrences
  }
}

/** How often each byte occurs. */
const countBytes = (bytes: Uint8Array): Float64Array => {
  const counts = new Float64Array(256)
  // Words begin at multiples of four in memory; below 100,000 bytes the counters of pairs cost more than they save.
  const head = -bytes.byteOffset & 3
  const words = bytes.length < 100_000 ? 0 : (bytes.length - head) >> 2
  if (words > 0) countInFours(counts, new Int32Array(bytes.buffer, bytes.byteOffset + head, words))
  countSingly(counts, words > 0 ? bytes.subarray(0, head) : bytes)
  if (words > 0) countSingly(counts, bytes.subarray(head + words * 4))
  return counts
}

const faultsOf = (bytes: Uint8Array, scaleMaximum: number): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  bytes.forEach((answer, at) => {
    if (answer > scaleMaximum && answer !== missingByte) faults.push(wholeNumberFault([at], answer, 0, scaleMaximum))
  })
  return faults
}

/**
 * Folds a column of answers into their histogram; equal to {@link summariseAnswers} of the same answers.
 *
 * @param column a byte each: an answer from 0 to the top of the scale, or 255 where a respondent left the question out
 * @param options `scaleMaximum`: 10 to 100, 10 when absent; `dismissed`: surveys closed without an answer, 0 when absent
 * @returns `InvalidValue` for every byte that is neither, at its index, and for an option that makes no sense.
 * @example
 * ```ts
 * import { netPromoterScore, summariseAnswerColumn, unwrap } from 'treue'
 *
 * const summary = unwrap(summariseAnswerColumn(Uint8Array.of(10, 9, 255, 0, 10)))
 * summary.missing // => 1
 * unwrap(netPromoterScore(summary)).score // => 50
 * ```
 */
export const summariseAnswerColumn = (
  column: Uint8Array,
  options: Omit<AnswerOptions, 'fractional'> = {},
): Either<AnswerFaults, NpsSummary> => {
  const { scaleMaximum = 10, dismissed = 0 } = options
  const wrong = optionFaults(scaleMaximum, dismissed)
  if (isNonEmpty(wrong)) return { _tag: 'Left', left: wrong }
  const counts = countBytes(column)
  const histogram = Array.from(counts.subarray(0, scaleMaximum + 1))
  const missing = counts[missingByte] as number
  const sound = histogram.reduce((sum, count) => sum + count, missing) === column.length
  return unlessFaulty(sound ? [] : faultsOf(column, scaleMaximum), { histogram, missing, dismissed })
}
