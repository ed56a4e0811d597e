/* eslint-disable no-param-reassign -- fills the rows of revenue that it made itself: one set serves all customers in turn */
// Walks a customer's revenue from closing to closing. This file mutates the arrays that it made.

import { type CivilDate, sortedPlace } from '../foundation/index.ts'
import { movementsOf, type RevenueMovements, type Standing } from './revenue-movement.ts'
import type { RevenueSpan } from './subscription.ts'

/** The days at whose end revenue is taken: before the first period, and the last of each. */
export type Closings = ReadonlyArray<CivilDate>

/** What an amount of a currency is worth at a closing, in minor units of the report's currency. */
export type Valuation = (minor: number, currency: number, closing: number) => number

/** A customer's state at each closing, one row per currency. */
export interface CustomerRevenue {
  readonly closings: number
  /** Minor units, by currency and closing. */
  readonly minor: ReadonlyArray<Float64Array>
  /** Spans that make somebody a customer, by closing. */
  readonly held: Int32Array
}

export const newCustomerRevenue = (closings: number, currencies: number): CustomerRevenue => ({
  closings,
  minor: Array.from({ length: currencies }, () => new Float64Array(closings + 1)),
  held: new Int32Array(closings + 1),
})

/** The first closing that is on that day or later. */
const closingFrom = (closings: Closings, day: number): number => sortedPlace(closings, (closing) => closing < day)

/** Who pays, or is paused where that keeps them, is a customer. */
const holdsCustomer = ({ monthly, paused = false }: RevenueSpan, pausesKeep: boolean): boolean =>
  paused ? pausesKeep : monthly.minor > 0

/** Adds to the rows what changes from one closing to the next by a span. */
const addSpan = (
  rows: CustomerRevenue,
  span: RevenueSpan,
  closings: Closings,
  currencyIndex: ReadonlyMap<string, number>,
): void => {
  const from = closingFrom(closings, span.from)
  const until = span.until === null ? closings.length : closingFrom(closings, span.until)
  const row = rows.minor[currencyIndex.get(span.monthly.currency) as number] as Float64Array
  const monthly = span.paused === true ? 0 : span.monthly.minor
  row[from] = (row[from] as number) + monthly
  row[until] = (row[until] as number) - monthly
  rows.held[from] = (rows.held[from] as number) + 1
  rows.held[until] = (rows.held[until] as number) - 1
}

/** Writes the state at each closing. */
export const fillCustomer = (
  rows: CustomerRevenue,
  spans: ReadonlyArray<RevenueSpan>,
  closings: Closings,
  currencyIndex: ReadonlyMap<string, number>,
  pausesKeep: boolean,
): void => {
  const { minor, held } = rows
  const all = [...minor, held]
  for (const row of all) row.fill(0)
  for (const span of spans) if (holdsCustomer(span, pausesKeep)) addSpan(rows, span, closings, currencyIndex)
  for (const row of all) {
    for (let closing = 1; closing <= rows.closings; closing += 1) {
      row[closing] = (row[closing] as number) + (row[closing - 1] as number)
    }
  }
}

/** All currencies of a closing, valued at the rates of that or another one. */
const valueAt = ({ minor }: CustomerRevenue, closing: number, ratesOf: number, value: Valuation): number => {
  let sum = 0
  for (let currency = 0; currency < minor.length; currency += 1) {
    const amount = (minor[currency] as Float64Array)[closing] as number
    if (amount !== 0) sum += value(amount, currency, ratesOf)
  }
  return sum
}

/** Whether somebody is a customer before and after the period that ends with a closing. */
export const standingAt = ({ held }: CustomerRevenue, closing: number, returns: boolean): Standing => ({
  was: (held[closing - 1] as number) > 0,
  is: (held[closing] as number) > 0,
  returns,
})

/** A customer's movements in the period that ends with a closing. */
export const movementsAt = (
  rows: CustomerRevenue,
  closing: number,
  standing: Standing,
  value: Valuation,
): RevenueMovements =>
  movementsOf(
    standing,
    valueAt(rows, closing - 1, closing - 1, value),
    valueAt(rows, closing - 1, closing, value),
    valueAt(rows, closing, closing, value),
  )

/** The first day on which somebody was a customer; infinite for nobody. */
export const firstDayOf = (spans: ReadonlyArray<RevenueSpan>, pausesKeep: boolean): number =>
  spans.reduce(
    (first, span) => (holdsCustomer(span, pausesKeep) && span.from < first ? span.from : first),
    Number.POSITIVE_INFINITY,
  )
