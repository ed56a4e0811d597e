// Which answers to "how likely are you to recommend us?" make a detractor, a passive or a promoter.

import type { Either } from 'fp-ts/Either'
import { type InvalidValue, invalidValue, type Path } from '../foundation/index.ts'

/** What an answer makes of the one who gave it. */
export type NpsCategory = 'detractor' | 'passive' | 'promoter'

/** Where a scale from 0 is cut. */
export interface NpsBreaks {
  /** The highest answer of a detractor. */
  readonly detractorMaximum: number
  /** The highest answer of a passive. */
  readonly passiveMaximum: number
  /** The highest answer there is. */
  readonly scaleMaximum: number
}

/** What to do with an answer between two whole numbers: refuse it, or count it as the whole number below. */
export type FractionalAnswers = 'reject' | 'floor'

/** The cuts that everybody means by NPS: 0–6 detractors, 7–8 passives, 9–10 promoters. */
export const standardNpsBreaks: NpsBreaks = { detractorMaximum: 6, passiveMaximum: 8, scaleMaximum: 10 }

export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** The category of the answers in a bin. */
export const categoryOf = (bin: number, breaks: NpsBreaks): NpsCategory => {
  if (bin <= breaks.detractorMaximum) return 'detractor'
  return bin <= breaks.passiveMaximum ? 'passive' : 'promoter'
}

/** The bin that an answer falls in, or −1 where it is no answer on the scale. */
export const binOf = (answer: number, scaleMaximum: number, fractional: FractionalAnswers): number => {
  const bin = fractional === 'floor' && typeof answer === 'number' ? Math.floor(answer) : answer
  return Number.isInteger(bin) && bin >= 0 && answer <= scaleMaximum ? bin : -1
}

export const wholeNumberFault = (path: Path, value: unknown, least: number, most: number): InvalidValue =>
  invalidValue(path, value, `a whole number from ${least} to ${most}`)

/**
 * Whether an answer makes a detractor, a passive or a promoter.
 *
 * @param answer a whole number from 0 to the top of the scale
 * @param options `breaks`: where the scale is cut, by default 6/8/10; `fractional`: `'reject'` (default, since no survey
 * offers such an answer) or `'floor'`, so that 6.5 counts as 6 and 8.5 as 8
 * @returns `InvalidValue` for anything that is no answer on the scale.
 * @example
 * ```ts
 * import { categoriseAnswer, unwrap } from 'treue'
 *
 * unwrap(categoriseAnswer(6)) // => 'detractor'
 * unwrap(categoriseAnswer(9)) // => 'promoter'
 * categoriseAnswer(6.5)._tag // => 'Left'
 * ```
 */
export const categoriseAnswer = (
  answer: number,
  options: { readonly breaks?: NpsBreaks; readonly fractional?: FractionalAnswers } = {},
): Either<InvalidValue, NpsCategory> => {
  const { breaks = standardNpsBreaks, fractional = 'reject' } = options
  const bin = binOf(answer, breaks.scaleMaximum, fractional)
  return bin < 0
    ? { _tag: 'Left', left: wholeNumberFault([], answer, 0, breaks.scaleMaximum) }
    : { _tag: 'Right', right: categoryOf(bin, breaks) }
}
