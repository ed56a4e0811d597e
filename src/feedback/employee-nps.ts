// The Net Promoter Score of employees: the same arithmetic on another question, kept apart so that the two are never mixed.

import { type Either, map } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import { type Codec, literalCodec, structCodec } from '../foundation/index.ts'
import { type NetPromoterScore, type NpsFault, type NpsOptions, netPromoterScore } from './net-promoter-score.ts'
import { type AnswerFaults, type AnswerOptions, NpsSummary, npsMonoid, summariseAnswers } from './nps-summary.ts'

/** Employees' answers to "how likely are you to recommend us as a place to work?"; no {@link NpsSummary} of customers. */
export interface EmployeeNpsSummary {
  readonly question: 'eNPS'
  readonly answers: NpsSummary
}

/** An eNPS and what it rests on. */
export interface EmployeeNetPromoterScore extends NetPromoterScore {
  readonly question: 'eNPS'
}

/**
 * Reads an {@link EmployeeNpsSummary}.
 *
 * @example
 * ```ts
 * import { decode, EmployeeNpsSummary } from 'treue'
 *
 * decode(EmployeeNpsSummary, { histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], missing: 0, dismissed: 0 })._tag // => 'Left'
 * ```
 */
export const EmployeeNpsSummary: Codec<EmployeeNpsSummary> = /* @__PURE__ */ structCodec('EmployeeNpsSummary', {
  question: /* @__PURE__ */ literalCodec('eNPS'),
  answers: NpsSummary,
})

const ofEmployees = (answers: NpsSummary): EmployeeNpsSummary => ({ question: 'eNPS', answers })

/**
 * Merges employees' summaries of disjoint sets of answers.
 *
 * @example
 * ```ts
 * import { employeeNpsMonoid, summariseEmployeeAnswers, unwrap } from 'treue'
 *
 * const sales = unwrap(summariseEmployeeAnswers([9, 10]))
 * employeeNpsMonoid.concat(sales, employeeNpsMonoid.empty).answers.histogram[10] // => 1
 * ```
 */
export const employeeNpsMonoid: Monoid<EmployeeNpsSummary> = {
  empty: { question: 'eNPS', answers: { histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], missing: 0, dismissed: 0 } },
  concat: (first, second) => ofEmployees(npsMonoid.concat(first.answers, second.answers)),
}

/**
 * Folds employees' answers into their summary.
 *
 * @param answers whole numbers from 0 to 10, `null` where a respondent left the question out
 * @param options see {@link AnswerOptions}
 * @returns the faults of {@link summariseAnswers}.
 * @example
 * ```ts
 * import { summariseEmployeeAnswers, unwrap } from 'treue'
 *
 * unwrap(summariseEmployeeAnswers([9, null, 3])).answers.missing // => 1
 * ```
 */
export const summariseEmployeeAnswers = (
  answers: ArrayLike<number | null>,
  options: AnswerOptions = {},
): Either<AnswerFaults, EmployeeNpsSummary> => map(ofEmployees)(summariseAnswers(answers, options))

/**
 * The employee Net Promoter Score.
 *
 * @param summary of employees' answers
 * @param options see {@link NpsOptions}
 * @returns the faults of {@link netPromoterScore}.
 * @example
 * ```ts
 * import { employeeNetPromoterScore, summariseEmployeeAnswers, unwrap } from 'treue'
 *
 * unwrap(employeeNetPromoterScore(unwrap(summariseEmployeeAnswers([9, 10, 8, 3])))).score // => 25
 * ```
 */
export const employeeNetPromoterScore = (
  summary: EmployeeNpsSummary,
  options: NpsOptions = {},
): Either<NpsFault, EmployeeNetPromoterScore> =>
  map((score: NetPromoterScore): EmployeeNetPromoterScore => ({ ...score, question: 'eNPS' }))(
    netPromoterScore(summary.answers, options),
  )
