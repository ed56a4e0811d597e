// The days of a span in a zone, looked up by a division instead of a search: a kernel over rows asks for one with each row.

import { type CivilDate, type Instant, startOfDay, type Zone } from '../foundation/index.ts'
import { programDay } from './qualification-period.ts'

/** The days of a span. */
export interface DayTable {
  readonly zone: Zone
  /** The first day. */
  readonly first: number
  /** The first instant of each day, and of the day after the last. */
  readonly starts: Float64Array
}

const msPerDay = 86_400_000

/** The longest span: some five hundred years. */
const mostDays = 200_000

/** The days from the one before an instant to that of a later one; `null` for a span that is too long for a table. */
export const dayTable = (zone: Zone, from: Instant, until: Instant): DayTable | null => {
  const first = programDay(zone, from) - 1
  const days = programDay(zone, until) - first + 1
  if (days > mostDays) return null
  const starts = new Float64Array(days + 1)
  for (let index = 0; index <= days; index += 1) starts[index] = startOfDay(zone, (first + index) as CivilDate)
  return { zone, first, starts }
}

/** The day of a program that an instant of the span belongs to, as `programDay` gives it. */
export const dayIn = ({ first, starts }: DayTable, at: number): number => {
  let index = Math.floor((at - (starts[0] as number)) / msPerDay)
  if (index > starts.length - 2) index = starts.length - 2
  while ((starts[index] as number) > at) index -= 1
  while ((starts[index + 1] as number) <= at) index += 1
  return first + index
}

/** The first instant of a day, of the span or not. */
export const startIn = ({ zone, first, starts }: DayTable, day: number): number => {
  const index = day - first
  return index >= 0 && index < starts.length ? (starts[index] as number) : startOfDay(zone, day as CivilDate)
}
