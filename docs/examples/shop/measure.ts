// What the orders and the answers say of the shop as a whole.
import type { Either } from 'fp-ts/Either'
import {
  addDays,
  addMonths,
  type CivilDate,
  type CohortTable,
  type CommerceFigures,
  type CompiledProgram,
  cohortTable,
  commerceFigures,
  encodePurchases,
  type Fault,
  finishInactivity,
  type InactivityRule,
  type InactivityShares,
  type Instant,
  type NetPromoterScore,
  netPromoterScore,
  periodOf,
  quantile,
  type RepeatRate,
  repeatPurchaseRate,
  summariseAnswers,
  summariseInactivity,
  type TimeBetweenOrders,
  timeBetweenOrders,
  unwrap,
  yearMonthDay,
} from 'treue'
import { lastDayOf, type Shop } from './shop.ts'

/** A measure, or why it has no value: of one order there is no time between orders. */
export type Measured<A> = Either<Fault | ReadonlyArray<Fault>, A>

/** The measures of the report. */
export interface Measures {
  readonly commerce: Measured<CommerceFigures>
  readonly cohorts: Measured<CohortTable>
  readonly repeat: Measured<RepeatRate>
  readonly gaps: Measured<TimeBetweenOrders>
  /** The days within which a tenth, a quarter, three quarters and nine tenths of all gaps lie. */
  readonly gapQuantiles: ReadonlyArray<{ readonly share: string; readonly days: number }>
  readonly inactivity: Measured<InactivityShares>
  /** `null`: nobody was asked. */
  readonly nps: Measured<NetPromoterScore> | null
}

/** When a silent customer is at risk, and when gone; the report says it in words. */
export const SILENCE = {
  type: 'ownRhythm',
  atRiskMultiple: 2,
  churnedMultiple: 3,
  minimumGaps: 3,
  fallback: { type: 'fixedDays', atRiskDays: 90, churnedDays: 180 },
} as const satisfies InactivityRule

const SHARES = [
  ['a tenth', 0.1],
  ['a quarter', 0.25],
  ['three quarters', 0.75],
  ['nine tenths', 0.9],
] as const
const MONTHS = { unit: 'month' } as const
/** As many months as a cohort table can have. */
const MOST_MONTHS = 1000

/** Every month with orders, or the last thousand. */
const monthsOf = (first: CivilDate, last: CivilDate): { readonly from: CivilDate; readonly count: number } => {
  const earliest = addMonths(last, 1 - MOST_MONTHS)
  const { from } = periodOf(MONTHS, first > earliest ? first : earliest)
  const [start, end] = [yearMonthDay(from), yearMonthDay(last)]
  return { from, count: (end.year - start.year) * 12 + end.month - start.month + 1 }
}

const quantilesOf = (gaps: Measured<TimeBetweenOrders>): Measures['gapQuantiles'] => {
  if (gaps._tag === 'Left') return []
  const each = Float64Array.from(
    gaps.right.histogram.flatMap(({ days, gaps: count }) => Array.from({ length: count }, () => days)),
  )
  return SHARES.map(([share, probability]) => ({ share, days: unwrap(quantile(each, probability)) }))
}

const npsOf = ({ answers }: Shop): Measures['nps'] => {
  if (answers.length === 0) return null
  const summary = summariseAnswers(answers.map(({ score }) => score))
  return summary._tag === 'Left' ? summary : netPromoterScore(summary.right)
}

/** Measures a shop up to an instant, by the calendar of the program's zone. */
export const measure = ({ zone }: CompiledProgram, shop: Shop, asOf: Instant): Measures => {
  const [first, last] = [shop.orders[0].day, lastDayOf(shop)]
  const log = unwrap(encodePurchases(shop.orders.map(({ customer, day, total }) => ({ customer, day, amount: total }))))
  const gaps = timeBetweenOrders(log)
  const silent = summariseInactivity(log, { asOf: last, rule: SILENCE })
  return {
    commerce: commerceFigures(log),
    cohorts: cohortTable(log, { periods: { ...MONTHS, ...monthsOf(first, last) }, asOf, zone }),
    repeat: repeatPurchaseRate(log, { window: { from: first, until: addDays(last, 1) }, asOf: last }),
    gaps,
    gapQuantiles: quantilesOf(gaps),
    inactivity: silent._tag === 'Left' ? silent : finishInactivity(silent.right),
    nps: npsOf(shop),
  }
}
