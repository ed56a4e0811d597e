// What rules would have said of customers on a past day, against what these did afterwards. The loops fill arrays and maps
// that they made themselves.

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addDays,
  type CivilDate,
  type EmptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  underPath,
  type Zone,
} from '../../foundation/index.ts'
import {
  type GapSummary,
  type PurchaseHistories,
  type PurchaseLog,
  purchaseHistories,
  summariseGaps,
} from '../../retention/index.ts'
import { isDate } from '../inactivity/own-rhythm.ts'
import {
  type CheckedMeasure,
  checkMeasure,
  type LifecycleMeasure,
  lapsingFaults,
  ruleFaults,
} from '../lifecycle/lifecycle-options.ts'
import type { LifecycleRule } from '../lifecycle/lifecycle-rule.ts'
import { type SilenceDays, silenceDays } from '../lifecycle/lifecycle-walk.ts'
import { thresholdCourse } from '../lifecycle/threshold-course.ts'
import { type BacktestFigures, finishBacktest } from './backtest-figures.ts'
import { type BacktestSummary, leadLists } from './backtest-summary.ts'

/** The day on which rules decide, and the time by which they are judged. */
export interface BacktestHoldout {
  /** The last day that rules know of. */
  readonly decision: CivilDate
  /** Who buys on none of so many days after the decision has gone; 1 to 3,660. */
  readonly holdoutDays: number
  /** The last day of which the log has all purchases: the holdout must end by then, or customers would only seem gone. */
  readonly completeUntil: CivilDate
  /** From which state on customers are flagged; `'churned'` when absent. */
  readonly flag?: keyof SilenceDays
  /**
   * Only customers count who bought within so many days up to the decision, 1 or more; all when absent. Those who have been
   * silent for years are easily told, and make every rule look good.
   */
  readonly boughtWithinDays?: number
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** How a rule is tried. The gaps that `'populationQuantile'` lends are those of the log up to the decision when absent. */
export interface BacktestOptions extends BacktestHoldout, LifecycleMeasure {}

/** Why a rule cannot be tried. */
export type BacktestFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange>

const flags: ReadonlyArray<string> = ['atRisk', 'lapsing', 'churned']

const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most

const holdoutFaults = (holdout: BacktestHoldout): ReadonlyArray<InvalidValue | OutOfRange> => {
  const { decision, holdoutDays, completeUntil, flag = 'churned', boughtWithinDays = 1 } = holdout
  const faults = [
    ...(isDate(decision) ? [] : [invalidValue(['decision'], decision, 'a date')]),
    ...(isDate(completeUntil) ? [] : [invalidValue(['completeUntil'], completeUntil, 'a date')]),
    ...(isCount(holdoutDays, 3660)
      ? []
      : [invalidValue(['holdoutDays'], holdoutDays, 'a whole number from 1 to 3660')]),
    ...(flags.includes(flag) ? [] : [invalidValue(['flag'], flag, 'atRisk, lapsing or churned')]),
    ...(isCount(boughtWithinDays, 1_000_000)
      ? []
      : [invalidValue(['boughtWithinDays'], boughtWithinDays, 'a whole number from 1 to 1000000')]),
  ]
  if (faults.length > 0 || decision + holdoutDays <= completeUntil) return faults
  return [outOfRange(['completeUntil'], completeUntil, `at least ${decision + holdoutDays}, where the holdout ends`)]
}

/** What is known on the day of the decision, and who bought after it. */
interface SplitLog {
  readonly past: PurchaseHistories
  /** 1 for customers who bought in the holdout. */
  readonly returned: Uint8Array
}

const splitLog = (
  log: PurchaseLog,
  { decision, holdoutDays, zone }: BacktestHoldout,
): E.Either<ReadonlyNonEmptyArray<InvalidValue>, SplitLog> => {
  const until = (asOf: CivilDate) => purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone })
  const bought = ({ starts }: PurchaseHistories, at: number): number =>
    (starts[at + 1] as number) - (starts[at] as number)
  const split = (past: PurchaseHistories, all: PurchaseHistories): SplitLog => ({
    past,
    returned: Uint8Array.from(log.customers, (_, at) => (bought(all, at) > bought(past, at) ? 1 : 0)),
  })
  return pipe(
    until(decision),
    E.chain((past) =>
      pipe(
        until(addDays(decision, holdoutDays)),
        E.map((all) => split(past, all)),
      ),
    ),
    E.mapLeft((fault) => [fault]),
  )
}

/** The day on which a customer is flagged if they go on buying nothing. */
const flaggedOn = (
  own: Int32Array,
  { rule, population, lapsingShare }: CheckedMeasure,
  flag: keyof SilenceDays,
): number => {
  const last = own.length - 1
  return silenceDays(own[last] as number, thresholdCourse(rule, own, population), last, lapsingShare)[flag]
}

const judge = ({ past, returned }: SplitLog, holdout: BacktestHoldout, measure: CheckedMeasure): BacktestSummary => {
  const { decision, holdoutDays, flag = 'churned', boughtWithinDays = Number.POSITIVE_INFINITY } = holdout
  const leads = new Map<number, number>()
  // Not flagged or flagged, by whether they had gone or bought.
  const counts = [0, 0, 0, 0]
  for (let customer = 0; customer < returned.length; customer += 1) {
    const own = past.days.subarray(past.starts[customer], past.starts[customer + 1])
    const last = own[own.length - 1]
    if (last === undefined || decision - last >= boughtWithinDays) continue
    const on = flaggedOn(own, measure, flag)
    const cell = (on <= decision ? 2 : 0) + (returned[customer] as number)
    counts[cell] = (counts[cell] as number) + 1
    const lead = holdoutDays - (on - last)
    if (cell === 2) leads.set(lead, (leads.get(lead) ?? 0) + 1)
  }
  const [falseNegatives = 0, trueNegatives = 0, truePositives = 0, falsePositives = 0] = counts
  return { truePositives, falsePositives, falseNegatives, trueNegatives, ...leadLists(leads) }
}

const anyGaps: GapSummary = { days: [1], counts: [1], gaps: [1], customers: [1], spans: [1] }

/** A measure that lacks no population: the log has one. */
const lent = (measure: LifecycleMeasure): LifecycleMeasure =>
  measure.population === undefined ? { ...measure, population: anyGaps } : measure

/** The measure, with the gaps of the log up to the decision where none are given. */
const measureOn = (
  log: PurchaseLog,
  options: BacktestOptions,
): E.Either<ReadonlyNonEmptyArray<InvalidValue>, CheckedMeasure> => {
  const { decision, rule, population, zone } = options
  if (rule?.type !== 'populationQuantile' || population !== undefined) return checkMeasure(options, decision)
  return pipe(
    summariseGaps(log, zone === undefined ? { asOf: decision } : { asOf: decision, zone }),
    E.mapLeft((fault): ReadonlyNonEmptyArray<InvalidValue> => [fault]),
    E.chain((gaps) => checkMeasure({ ...options, population: gaps }, decision)),
  )
}

/**
 * Tries a rule on a past day: who it would have flagged, by nothing but what had been bought until then, and who bought in
 * the holdout after it.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers; with `'populationQuantile'` a part
 * needs the `population` of the whole
 * @param options see {@link BacktestOptions}
 * @returns `InvalidValue` for every part of the options that makes no sense; `OutOfRange` where the holdout goes beyond
 * `completeUntil`.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseBacktest, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, text: string) => ({ customer, day: date(text) })
 * const rows = [buy('ann', '2026-01-01'), buy('bob', '2026-01-01'), buy('bob', '2026-05-01'), buy('cem', '2026-03-20')]
 * const summary = summariseBacktest(unwrap(encodePurchases(rows)), {
 *   decision: date('2026-03-31'),
 *   holdoutDays: 90,
 *   completeUntil: date('2026-06-30'),
 *   rule: { type: 'fixedDays', atRiskDays: 30, churnedDays: 60 },
 * })
 * const { truePositives, falsePositives, falseNegatives, leadDays } = unwrap(summary)
 * ;[truePositives, falsePositives, falseNegatives] // => [1, 1, 1]
 * leadDays // => [29]
 * ```
 */
export const summariseBacktest = (
  log: PurchaseLog,
  options: BacktestOptions,
): E.Either<BacktestFaults, BacktestSummary> => {
  const [first, ...rest] = holdoutFaults(options)
  if (first !== undefined) return E.left([first, ...rest, ...ruleFaults(lent(options)), ...lapsingFaults(options)])
  return pipe(
    measureOn(log, options),
    E.chain((measure) =>
      pipe(
        splitLog(log, options),
        E.map((split) => judge(split, options, measure)),
      ),
    ),
  )
}

/** A rule that is tried, with the name that stands in the table. */
export interface NamedRule {
  readonly name: string
  readonly rule: LifecycleRule
}

/** A row of the table in which rules are compared. */
export interface ComparedRule extends NamedRule {
  readonly summary: BacktestSummary
  readonly figures: BacktestFigures
}

/** The measure of each rule, or what is wrong with any of them. */
const measuresOf = (
  log: PurchaseLog,
  rules: ReadonlyArray<NamedRule>,
  options: BacktestOptions,
): E.Either<ReadonlyNonEmptyArray<InvalidValue>, ReadonlyArray<CheckedMeasure>> => {
  const measures: Array<CheckedMeasure> = []
  const faults: Array<InvalidValue> = []
  for (const [at, { rule }] of rules.entries()) {
    const measure = measureOn(log, { ...options, rule })
    if (measure._tag === 'Left') faults.push(...underPath(['rules', at], measure.left))
    else measures.push(measure.right)
  }
  const [first, ...rest] = faults
  return first === undefined ? { _tag: 'Right', right: measures } : { _tag: 'Left', left: [first, ...rest] }
}

const tableOf = (
  split: SplitLog,
  rules: ReadonlyArray<NamedRule>,
  measures: ReadonlyArray<CheckedMeasure>,
  holdout: BacktestHoldout,
): E.Either<ReadonlyNonEmptyArray<EmptySample | OutOfRange>, ReadonlyArray<ComparedRule>> => {
  const rows: Array<ComparedRule> = []
  for (const [at, { name, rule }] of rules.entries()) {
    const summary = judge(split, holdout, measures[at] as CheckedMeasure)
    const figures = finishBacktest(summary)
    if (figures._tag === 'Left') return E.left([figures.left])
    rows.push({ name, rule, summary, figures: figures.right })
  }
  return E.right(rows)
}

const mostRules = 100

/**
 * Tries several rules on one past day, so that a shop can choose: a row for each, in the order of the rules. There is no
 * best one by itself: who can write to many wants recall, who has a costly offer wants precision. The rule that looks best
 * of many does so partly by chance: try the chosen one on another day.
 *
 * @param log all purchases, in any order
 * @param rules 1 to 100
 * @param options see {@link BacktestOptions}; its own rule is not used
 * @returns `InvalidValue` and `OutOfRange` as of {@link summariseBacktest}, a rule's under its index; `EmptySample` where
 * nobody had bought by then.
 * @example
 * ```ts
 * import { compareRules, encodePurchases, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, text: string) => ({ customer, day: date(text) })
 * const rows = [buy('ann', '2026-01-01'), buy('bob', '2026-01-01'), buy('bob', '2026-05-01'), buy('cem', '2026-03-20')]
 * const fixed = (days: number) => ({ type: 'fixedDays', atRiskDays: days, churnedDays: days }) as const
 * const table = compareRules(
 *   unwrap(encodePurchases(rows)),
 *   [{ name: '5 days', rule: fixed(5) }, { name: '60 days', rule: fixed(60) }],
 *   { decision: date('2026-03-31'), holdoutDays: 90, completeUntil: date('2026-06-30') },
 * )
 * unwrap(table).map(({ name, figures }) => [name, unwrap(figures.recall).value, unwrap(figures.precision).value.toFixed(2)])
 * // => [['5 days', 1, '0.67'], ['60 days', 0.5, '0.50']]
 * ```
 */
export const compareRules = (
  log: PurchaseLog,
  rules: ReadonlyArray<NamedRule>,
  options: BacktestOptions,
): E.Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange | EmptySample>, ReadonlyArray<ComparedRule>> => {
  const [first, ...rest] = [
    ...holdoutFaults(options),
    ...lapsingFaults(options),
    ...(isCount(rules.length, mostRules) ? [] : [invalidValue(['rules'], rules, `1 to ${mostRules} rules`)]),
  ]
  if (first !== undefined) {
    const ofRules = rules.flatMap(({ rule }, at) => underPath(['rules', at], ruleFaults(lent({ ...options, rule }))))
    return E.left([first, ...rest, ...ofRules])
  }
  return pipe(
    measuresOf(log, rules, options),
    E.chain((measures) =>
      pipe(
        splitLog(log, options),
        E.map((split) => ({ measures, split })),
      ),
    ),
    E.chainW(({ measures, split }) => tableOf(split, rules, measures, options)),
  )
}
