import {
  addDays,
  addDuration,
  formatCivilDate,
  localDateOf,
  parseCivilDate,
  startOfDay,
  unwrap,
  zoneFromIntl,
} from 'treue'
import { type Adapters, adapter } from '../adapter.ts'

const date = (text: string) => unwrap(parseCivilDate(text))

const addWeek = adapter<{ readonly start: string; readonly timeZone: string; readonly weeks: number }>(
  ({ start, timeZone, weeks }) => {
    const zone = unwrap(zoneFromIntl(timeZone))
    const anchor = startOfDay(zone, date(start))
    return {
      starts: Array.from({ length: weeks + 1 }, (_, times) =>
        formatCivilDate(localDateOf(zone, addDuration(zone, anchor, { amount: 1, unit: 'week' }, times))),
      ),
    }
  },
)

const dayLength = adapter<{ readonly dates: ReadonlyArray<string>; readonly timeZone: string }>(
  ({ dates, timeZone }) => {
    const zone = unwrap(zoneFromIntl(timeZone))
    return {
      hours: dates.map((text) => {
        const day = date(text)
        return (startOfDay(zone, addDays(day, 1)) - startOfDay(zone, day)) / 3_600_000
      }),
    }
  },
)

/** Calendar arithmetic. */
export const timeAdapters: Adapters = { 'time.addWeek': addWeek, 'time.dayLength': dayLength }
