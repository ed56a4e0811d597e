/** When points die. */
import {
  addDuration,
  arrayCodec,
  Calendar,
  type Codec,
  Duration,
  type Instant,
  literalCodec,
  localDateOf,
  nextYearlyDate,
  periodIntervalAt,
  startOfDay,
  stringCodec,
  structCodec,
  unionCodec,
  type YearlyDate,
  yearlyDatesCodec,
  type Zone,
} from '../foundation/index.ts'

/** Where the validity of points starts to run: at their activation or when they were earned (S17). */
export type ExpiryFrom = 'activation' | 'earning'

/** Points live for a time, each lot for itself; with `endOf` until the end of the period that this falls into (S19). */
export interface RollingExpiry {
  readonly type: 'rolling'
  /** An amount of 0 with `endOf` is the end of the calendar unit itself. */
  readonly after: Duration
  readonly from: ExpiryFrom
  /** By default nothing is rounded up. */
  readonly endOf?: Calendar
}

/** Points live until the first of some days of the year after a least validity. */
export interface DatesExpiry {
  readonly type: 'dates'
  readonly dates: ReadonlyArray<YearlyDate>
  readonly from: ExpiryFrom
  /** How long they live at least. */
  readonly atLeast: Duration
}

/** What a member does that keeps points alive. A return is none of them: else buying and returning would (S23). */
export type ResettingActivity = 'accrual' | 'purchase' | 'redemption' | 'adjustment' | 'transferIn' | 'conversion'

/** Points live until a member has done nothing for a time; what they do gives all of their points a new date. */
export interface InactivityExpiry {
  readonly type: 'inactivity'
  readonly after: Duration
  /** What counts; `purchase` also where it earns nothing. */
  readonly resetBy: ReadonlyArray<ResettingActivity>
  /** Actions that count as well, by name. Default: none. */
  readonly resetByActions?: ReadonlyArray<string>
  /**
   * `perLot`, the default: each lot gets the later of its own date and the new one. `latest`: all lots get the latest of
   * all dates. `replace`: all get the new date, even where it is earlier (S24). No lot dies before it is active.
   */
  readonly merge?: 'perLot' | 'latest' | 'replace'
}

/** When points die. */
export type ExpiryPolicy = RollingExpiry | DatesExpiry | InactivityExpiry

const from: Codec<ExpiryFrom, unknown> = /* @__PURE__ */ literalCodec('activation', 'earning')

/**
 * Reads an {@link ExpiryPolicy}.
 *
 * @example
 * ```ts
 * import { decode, ExpiryPolicy } from 'treue'
 *
 * const endOfNextYear = {
 *   type: 'rolling',
 *   after: { amount: 1, unit: 'year' },
 *   from: 'earning',
 *   endOf: { unit: 'year', startMonth: 1, startDay: 1 },
 * }
 * decode(ExpiryPolicy, endOfNextYear)._tag // => 'Right'
 * ```
 */
export const ExpiryPolicy: Codec<ExpiryPolicy, unknown> = /* @__PURE__ */ unionCodec('ExpiryPolicy', 'type', {
  rolling: /* @__PURE__ */ structCodec(
    'RollingExpiry',
    { type: /* @__PURE__ */ literalCodec('rolling'), after: Duration, from },
    { endOf: Calendar },
  ),
  dates: /* @__PURE__ */ structCodec('DatesExpiry', {
    type: /* @__PURE__ */ literalCodec('dates'),
    dates: yearlyDatesCodec,
    from,
    atLeast: Duration,
  }),
  inactivity: /* @__PURE__ */ structCodec(
    'InactivityExpiry',
    {
      type: /* @__PURE__ */ literalCodec('inactivity'),
      after: Duration,
      resetBy: /* @__PURE__ */ arrayCodec(
        /* @__PURE__ */ literalCodec('accrual', 'purchase', 'redemption', 'adjustment', 'transferIn', 'conversion'),
        { maxLength: 6 },
      ),
    },
    {
      resetByActions: /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 1000 }),
      merge: /* @__PURE__ */ literalCodec('perLot', 'latest', 'replace'),
    },
  ),
})

/** When points die by a policy: the first instant at which they are no longer valid; `null`: never. */
export const expiryOf = (
  policy: ExpiryPolicy | null,
  zone: Zone,
  earnedAt: Instant,
  activeFrom: Instant,
): Instant | null => {
  if (policy === null) return null
  switch (policy.type) {
    case 'inactivity':
      return addDuration(zone, earnedAt, policy.after)
    case 'rolling': {
      const until = addDuration(zone, policy.from === 'activation' ? activeFrom : earnedAt, policy.after)
      return policy.endOf === undefined ? until : periodIntervalAt(policy.endOf, zone, until).until
    }
    case 'dates': {
      const least = addDuration(zone, policy.from === 'activation' ? activeFrom : earnedAt, policy.atLeast)
      return startOfDay(zone, nextYearlyDate(policy.dates, localDateOf(zone, least)))
    }
  }
}
