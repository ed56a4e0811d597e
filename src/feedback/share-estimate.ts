// A share of those who answered, with the interval that it is known within.

import { type Either, isLeft } from 'fp-ts/Either'
import type { EmptySample, InvalidValue, OutOfRange } from '../foundation/index.ts'
import { type ProportionInterval, wilsonInterval } from '../statistics/index.ts'

/** A share with its Wilson interval. */
export interface ShareEstimate {
  readonly count: number
  /** The denominator. */
  readonly answers: number
  /** `count` ÷ `answers`, 0 to 1. */
  readonly share: number
  readonly confidence: number
  /** By Wilson's score method, which keeps its promise for few answers and shares near 0 or 1. */
  readonly interval: ProportionInterval
}

export const shareOf = (
  count: number,
  answers: number,
  confidence: number,
): Either<EmptySample | InvalidValue | OutOfRange, ShareEstimate> => {
  const interval = wilsonInterval(count, answers, confidence)
  return isLeft(interval)
    ? interval
    : { _tag: 'Right', right: { count, answers, share: count / answers, confidence, interval: interval.right } }
}
