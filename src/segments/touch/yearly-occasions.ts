// The days of a customer that come every year.

import { addDays, addMonths, type CivilDate, nextYearlyDate, yearMonthDay } from '../../foundation/index.ts'
import type { CustomerMoment } from './customer-moment.ts'

/** The next anniversary of a day, today included, and which one it is. */
export const nextAnniversary = (
  joined: CivilDate,
  today: CivilDate,
): { readonly on: CivilDate; readonly years: number } => {
  let years = Math.max(1, yearMonthDay(today).year - yearMonthDay(joined).year)
  while (addMonths(joined, 12 * years) < today) years += 1
  return { on: addMonths(joined, 12 * years), years }
}

/** The next birthday of a customer, today included. */
export const birthdayOf = ({ birthday }: CustomerMoment, today: CivilDate): CivilDate | null =>
  birthday === null ? null : nextYearlyDate([birthday], addDays(today, -1))

/** The next anniversary of a customer, today included. */
export const anniversaryOf = ({ joinedOn }: CustomerMoment, today: CivilDate): CivilDate | null =>
  joinedOn === null ? null : nextAnniversary(joinedOn, today).on
