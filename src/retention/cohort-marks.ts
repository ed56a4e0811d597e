// Marks of a log: in which periods each customer has an event.

import { type Instant, type InvalidValue, invalidValue, localDateOf, utc, type Zone } from '../foundation/index.ts'
import {
  type Marks,
  markDays,
  markInstants,
  newMarks,
  type PeriodLookup,
  periodLookup,
  rowBits,
  wordsFor,
} from './cohort-kernel.ts'
import type { CohortPeriods, PeriodStarts } from './cohort-periods.ts'
import { anInstant, isMoment, type PurchaseLog } from './purchase-log.ts'

interface Counted {
  readonly periods: CohortPeriods
  readonly asOf: Instant
  readonly zone?: Zone
}

const msPerHour = 3_600_000
const msPerDay = 86_400_000

const lookupOf = (log: PurchaseLog, { periods }: Counted, starts: PeriodStarts): PeriodLookup =>
  log.kind === 'daily'
    ? periodLookup(Float64Array.from(starts.on), 1)
    : periodLookup(Float64Array.from(starts.at), periods.unit === 'hour' ? msPerHour : msPerDay)

/** The bits of all customers of a log. */
export const marksOf = (log: PurchaseLog, definition: Counted, starts: PeriodStarts): Marks => {
  const { periods, asOf, zone = utc } = definition
  const marks = newMarks(log.customers.length, periods.count)
  const lookup = lookupOf(log, definition, starts)
  if (log.kind === 'daily') markDays(marks, log.customer, log.day, lookup, localDateOf(zone, asOf))
  else markInstants(marks, log.customer, log.at, lookup, asOf)
  return marks
}

/** The period of each row: 0 for before the first, from 1 on, one more than there are for after the last, −1 for unknown. */
export const periodBits = (log: PurchaseLog, definition: Counted, starts: PeriodStarts): Int32Array => {
  const { asOf, zone = utc } = definition
  const lookup = lookupOf(log, definition, starts)
  return log.kind === 'daily' ? rowBits(log.day, lookup, localDateOf(zone, asOf)) : rowBits(log.at, lookup, asOf)
}

/** The first period of each customer; −1 for those without a known event. */
export const customersFirst = ({ customer, customers }: PurchaseLog, bits: Int32Array): Int32Array => {
  const first = new Int32Array(customers.length).fill(-1)
  for (let row = 0; row < bits.length; row += 1) {
    const bit = bits[row] as number
    const index = customer[row] as number
    const known = first[index] as number
    if (bit >= 0 && (known < 0 || bit < known)) first[index] = bit
  }
  return first
}

const largestMarks = 2 ** 28

/** What keeps a log from being counted in such periods. */
export const periodFaults = ({ periods, asOf }: Counted, log: PurchaseLog): ReadonlyArray<InvalidValue> => {
  const customers = log.customers.length
  return [
    ...(isMoment(asOf) ? [] : [invalidValue(['asOf'], asOf, anInstant)]),
    ...(periods.unit === 'hour' && log.kind === 'daily' && log.customer.length > 0
      ? [invalidValue(['periods', 'unit'], 'hour', 'days or longer for purchases without times')]
      : []),
    ...(customers * wordsFor(periods.count) > largestMarks
      ? [invalidValue(['customers'], customers, 'fewer customers at once')]
      : []),
  ]
}

/** What keeps returns from being counted in such periods. */
export const returnFaults = ({ periods }: Counted, returns: PurchaseLog): ReadonlyArray<InvalidValue> =>
  periods.unit === 'hour' && returns.kind === 'daily' && returns.customer.length > 0
    ? [invalidValue(['kind'], returns.kind, 'events with times, for periods of hours')]
    : []
