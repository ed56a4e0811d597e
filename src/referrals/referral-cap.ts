/** Caps of a referrer and budgets of the program: how much referrers get, in which window. */
import {
  addDuration,
  arrayCodec,
  Calendar,
  CapId,
  type Codec,
  Duration,
  Instant,
  literalCodec,
  naturalCodec,
  periodIntervalAt,
  refineCodec,
  structCodec,
  unionCodec,
  type Zone,
} from '../foundation/index.ts'

/** For how long a cap counts. */
export type ReferralCapWindow =
  | { readonly type: 'lifetime' }
  /** A calendar period in the program's zone. */
  | { readonly type: 'calendar'; readonly calendar: Calendar }
  /** The time up to now: what is just as old as the duration counts no more. */
  | { readonly type: 'rolling'; readonly duration: Duration }

/** A limit on what referrers get. The referee is paid whatever it says (S54). */
export interface ReferralCap {
  readonly id: CapId
  /** `referrer`: one count for each; `everyone`: a budget. */
  readonly per: 'referrer' | 'everyone'
  /** Referrals that are rewarded, or units of the reward. */
  readonly counts: 'referrals' | 'units'
  readonly limit: number
  readonly window: ReferralCapWindow
  /** Of units that do not all fit: what fits is paid, or nothing. */
  readonly onExceed: 'truncate' | 'reject'
}

/** How much one referral uses of one cap. */
export interface ReferralCapUse {
  readonly cap: CapId
  readonly uses: number
}

/** What one referral used, and when. */
export interface DatedReferralUses {
  readonly at: Instant
  readonly uses: ReadonlyArray<ReferralCapUse>
}

const inWindow = (window: ReferralCapWindow, zone: Zone, asOf: Instant): ((at: Instant) => boolean) => {
  switch (window.type) {
    case 'lifetime':
      return () => true
    case 'calendar': {
      const { from, until } = periodIntervalAt(window.calendar, zone, asOf)
      return (at) => at >= from && at < until
    }
    case 'rolling': {
      const after = addDuration(zone, asOf, window.duration, -1)
      return (at) => at > after && at <= asOf
    }
  }
}

/**
 * How much of caps is used now, from what referrals used before: those of one referrer for caps per referrer, all for
 * budgets.
 *
 * @param caps - the caps to count for
 * @param zone - the zone of the program's calendar
 * @param history - what was used when, in any order; what was given back is left out
 * @param asOf - now
 *
 * @example
 * ```ts
 * import { type CapId, type Instant, referralCapUse, type ReferralCap, utc } from 'treue'
 *
 * const id = 'monthly' as CapId
 * const window = { type: 'calendar', calendar: { unit: 'month' } } as const
 * const cap: ReferralCap = { id, per: 'referrer', counts: 'referrals', limit: 3, window, onExceed: 'truncate' }
 * const day = 86_400_000
 * const history = [1, 20, 40].map((days) => ({ at: (days * day) as Instant, uses: [{ cap: id, uses: 1 }] }))
 * referralCapUse([cap], utc, history, (45 * day) as Instant) // => [{ cap: 'monthly', uses: 1 }]
 * ```
 */
export const referralCapUse = (
  caps: ReadonlyArray<ReferralCap>,
  zone: Zone,
  history: ReadonlyArray<DatedReferralUses>,
  asOf: Instant,
): ReadonlyArray<ReferralCapUse> => {
  const counts = new Map(caps.map(({ id, window }) => [id, { within: inWindow(window, zone, asOf), uses: 0 }]))
  for (const { at, uses } of history) {
    for (const use of uses) {
      const count = counts.get(use.cap)
      if (count?.within(at) === true) count.uses += use.uses
    }
  }
  return [...counts].map(([cap, { uses }]) => ({ cap, uses }))
}

const Window: Codec<ReferralCapWindow, unknown> = /* @__PURE__ */ unionCodec('ReferralCapWindow', 'type', {
  lifetime: /* @__PURE__ */ structCodec('LifetimeWindow', { type: /* @__PURE__ */ literalCodec('lifetime') }),
  calendar: /* @__PURE__ */ structCodec('CalendarWindow', {
    type: /* @__PURE__ */ literalCodec('calendar'),
    calendar: Calendar,
  }),
  rolling: /* @__PURE__ */ structCodec('RollingWindow', {
    type: /* @__PURE__ */ literalCodec('rolling'),
    duration: /* @__PURE__ */ refineCodec(
      Duration,
      'LastingDuration',
      'a duration of at least 1',
      ({ amount }) => amount > 0,
    ),
  }),
})

/**
 * Reads a {@link ReferralCap}.
 *
 * @example
 * ```ts
 * import { decode, ReferralCap } from 'treue'
 *
 * const window = { type: 'lifetime' }
 * const cap = { id: 'twelve', per: 'referrer', counts: 'referrals', limit: 12, window, onExceed: 'reject' }
 * decode(ReferralCap, cap)._tag // => 'Right'
 * ```
 */
export const ReferralCap: Codec<ReferralCap, unknown> = /* @__PURE__ */ structCodec('ReferralCap', {
  id: CapId,
  per: /* @__PURE__ */ literalCodec('referrer', 'everyone'),
  counts: /* @__PURE__ */ literalCodec('referrals', 'units'),
  limit: naturalCodec,
  window: Window,
  onExceed: /* @__PURE__ */ literalCodec('truncate', 'reject'),
})

/** Reads a {@link ReferralCapUse}. */
export const ReferralCapUse: Codec<ReferralCapUse, unknown> = /* @__PURE__ */ structCodec('ReferralCapUse', {
  cap: CapId,
  uses: naturalCodec,
})

/** Reads {@link DatedReferralUses}. */
export const DatedReferralUses: Codec<DatedReferralUses, unknown> = /* @__PURE__ */ structCodec('DatedReferralUses', {
  at: Instant,
  uses: /* @__PURE__ */ arrayCodec(ReferralCapUse, { maxLength: 10_000 }),
})
