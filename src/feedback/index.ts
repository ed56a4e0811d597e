/**
 * What customers say: the Net Promoter Score and its uncertainty.
 *
 * @packageDocumentation
 */
export * from './answer-column.ts'
export * from './display-score.ts'
export * from './net-promoter-score.ts'
export type { NpsCounts, NpsInterval, NpsIntervalMethod } from './nps-interval.ts'
export {
  categoriseAnswer,
  type FractionalAnswers,
  type NpsBreaks,
  type NpsCategory,
  standardNpsBreaks,
} from './nps-scale.ts'
export {
  type AnswerFaults,
  type AnswerOptions,
  NpsSummary,
  npsMonoid,
  summariseAnswers,
  summariseHistogram,
} from './nps-summary.ts'
