/** How long a tier is valid once it is reached. */
import {
  addDays,
  addDurationToDate,
  booleanCodec,
  Calendar,
  type CivilDate,
  type CivilPeriod,
  type Codec,
  type Instant,
  literalCodec,
  periodOf,
  refineCodec,
  startOfDay,
  structCodec,
  unionCodec,
  type YearCalendar,
  type Zone,
} from '../foundation/index.ts'
import { DayDuration, programDay, startAfter } from './qualification-period.ts'

/** To the end of the qualification period in which it was reached, or of the one after (S38). */
export interface PeriodValidity {
  readonly type: 'endOfPeriod' | 'endOfNextPeriod'
}

/** For some time from the day on which it was reached. */
export interface TermValidity {
  readonly type: 'term'
  readonly length: DayDuration
  /** Whether a higher tier starts a term of its own, the default, or ends when the lower one would have. */
  readonly resetOnUpgrade?: boolean
}

/** For some time from the last day on which what it takes to reach it was there. */
export interface RollingValidity {
  readonly type: 'rolling'
  readonly length: DayDuration
}

/** To a day of the year, the first that is at least so long after it was reached. */
export interface YearlyValidity {
  readonly type: 'yearly'
  /** The first day on which the tier is no longer valid: its month, 1–12, and day. */
  readonly on: YearCalendar
  /** Default: the next such day. */
  readonly atLeast?: DayDuration
}

/** As long as what it takes to keep it is there, not a day longer; or for ever. */
export interface OpenValidity {
  readonly type: 'whileQualified' | 'forEver'
}

/** How long a tier is valid. */
export type TierValidity = PeriodValidity | TermValidity | RollingValidity | YearlyValidity | OpenValidity

const plain = <T extends string>(type: T): Codec<{ readonly type: T }, unknown> =>
  structCodec('TierValidity', { type: literalCodec(type) })

const yearCalendar: Codec<YearCalendar, unknown> = /* @__PURE__ */ refineCodec<Calendar, unknown, YearCalendar>(
  Calendar,
  'YearCalendar',
  'a day of the year: unit "year", startMonth, startDay',
  ({ unit }) => unit === 'year',
)

/**
 * Reads a {@link TierValidity}.
 *
 * @example
 * ```ts
 * import { decode, TierValidity } from 'treue'
 *
 * decode(TierValidity, { type: 'term', length: { amount: 12, unit: 'month' } })._tag // => 'Right'
 * decode(TierValidity, { type: 'always' })._tag // => 'Left'
 * ```
 */
export const TierValidity: Codec<TierValidity, unknown> = /* @__PURE__ */ unionCodec('TierValidity', 'type', {
  endOfPeriod: /* @__PURE__ */ plain('endOfPeriod'),
  endOfNextPeriod: /* @__PURE__ */ plain('endOfNextPeriod'),
  term: /* @__PURE__ */ structCodec(
    'TermValidity',
    { type: /* @__PURE__ */ literalCodec('term'), length: DayDuration },
    { resetOnUpgrade: booleanCodec },
  ),
  rolling: /* @__PURE__ */ structCodec('RollingValidity', {
    type: /* @__PURE__ */ literalCodec('rolling'),
    length: DayDuration,
  }),
  yearly: /* @__PURE__ */ structCodec(
    'YearlyValidity',
    { type: /* @__PURE__ */ literalCodec('yearly'), on: yearCalendar },
    { atLeast: DayDuration },
  ),
  whileQualified: /* @__PURE__ */ plain('whileQualified'),
  forEver: /* @__PURE__ */ plain('forEver'),
})

/** Where a validity is counted from. */
export interface ValidityStart {
  /** The day whose counts reached the tier. */
  readonly reached: CivilDate
  /** The day on which the tier is entered or renewed. */
  readonly day: CivilDate
  /** The day of which the terms of the tier are counted, and how many are over. */
  readonly anchor: CivilDate
  readonly terms: number
}

type PeriodOn = (day: CivilDate) => CivilPeriod | undefined

const endOf = (zone: Zone, periodOn: PeriodOn, day: CivilDate): Instant | null => {
  const period = periodOn(day)
  return period === undefined ? null : startOfDay(zone, period.until)
}

const yearlyEnd = ({ on, atLeast }: YearlyValidity, day: CivilDate): CivilDate => {
  const least = atLeast === undefined ? day : addDays(addDurationToDate(day, atLeast), -1)
  return periodOf(on, least).until
}

/** The first instant at which a tier that is reached is not valid without an assessment; `null`: it has no such end. */
export const validityEnd = (
  validity: TierValidity,
  zone: Zone,
  periodOn: PeriodOn,
  { reached, day, anchor, terms }: ValidityStart,
): Instant | null => {
  switch (validity.type) {
    case 'endOfPeriod':
      return endOf(zone, periodOn, reached)
    case 'endOfNextPeriod': {
      const end = endOf(zone, periodOn, reached)
      return end === null ? null : endOf(zone, periodOn, programDay(zone, end))
    }
    case 'term':
      return startAfter(zone, anchor, validity.length, terms + 1)
    case 'rolling':
      return startAfter(zone, day, validity.length)
    case 'yearly':
      return startOfDay(zone, yearlyEnd(validity, day))
    default:
      return null
  }
}
