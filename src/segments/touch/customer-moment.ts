// What is known of a customer when it is asked what to do next.

import {
  arrayCodec,
  booleanCodec,
  CivilDate,
  type Codec,
  Instant,
  integerCodec,
  nullableCodec,
  numberCodec,
  structCodec,
  YearlyDate,
  type Zone,
} from '../../foundation/index.ts'
import type { Facts } from '../../rules/index.ts'
import { type TouchKind, TouchRecord, touchKind, touchText } from './touch-record.ts'

/** A channel that the customer can be reached on, and what for. */
export interface ChannelConsent {
  readonly channel: string
  readonly kinds: ReadonlyArray<TouchKind>
}

/** Points that will be lost. */
export interface ExpiringPoints {
  readonly points: number
  readonly at: Instant
}

/** What is known of a customer; `null` for what isn't known or isn't so. */
export interface CustomerMoment {
  readonly customer: string
  readonly lastOrderAt: Instant | null
  /** The customer's own rhythm, such as `meanDays` of `ownRhythm`. */
  readonly usualGapDays: number | null
  readonly pointsExpiring: ExpiringPoints | null
  readonly pointsToNextTier: number | null
  readonly basketAbandonedAt: Instant | null
  /** When a newsletter was opened last. */
  readonly newsletterOpenedAt: Instant | null
  readonly birthday: YearlyDate | null
  readonly joinedOn: CivilDate | null
  /** Whether the customer has an invitation that nobody has used. */
  readonly referralUnused: boolean | null
  /** Since when a complaint has been open. */
  readonly complaintOpenedAt: Instant | null
  /** From when on a survey is due. */
  readonly surveyDueAt: Instant | null
  /** The share of customers who are worth less, 0–100. */
  readonly valuePercentile: number | null
  readonly consents: ReadonlyArray<ChannelConsent>
  /** What was sent before, and what is going to be. */
  readonly history: ReadonlyArray<TouchRecord>
}

const instant: Codec<Instant | null, string | null> = /* @__PURE__ */ nullableCodec(Instant)
const points: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/**
 * Reads a {@link CustomerMoment}.
 *
 * @example
 * ```ts
 * import { CustomerMoment, decode } from 'treue'
 *
 * decode(CustomerMoment, {
 *   customer: 'ann',
 *   lastOrderAt: '2026-02-01T12:00:00Z',
 *   usualGapDays: 14,
 *   pointsExpiring: null,
 *   pointsToNextTier: 120,
 *   basketAbandonedAt: null,
 *   newsletterOpenedAt: null,
 *   birthday: { month: 3, day: 9 },
 *   joinedOn: '2024-03-01',
 *   referralUnused: true,
 *   complaintOpenedAt: null,
 *   surveyDueAt: null,
 *   valuePercentile: 80,
 *   consents: [{ channel: 'email', kinds: ['marketing', 'service'] }],
 *   history: [],
 * })._tag // => 'Right'
 * ```
 */
export const CustomerMoment: Codec<CustomerMoment, unknown> = /* @__PURE__ */ structCodec('CustomerMoment', {
  customer: touchText,
  lastOrderAt: instant,
  usualGapDays: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ numberCodec({ min: 0.01, max: 10_000 })),
  pointsExpiring: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ structCodec('ExpiringPoints', { points, at: Instant })),
  pointsToNextTier: /* @__PURE__ */ nullableCodec(points),
  basketAbandonedAt: instant,
  newsletterOpenedAt: instant,
  birthday: /* @__PURE__ */ nullableCodec(YearlyDate),
  joinedOn: /* @__PURE__ */ nullableCodec(CivilDate),
  referralUnused: /* @__PURE__ */ nullableCodec(booleanCodec),
  complaintOpenedAt: instant,
  surveyDueAt: instant,
  valuePercentile: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ numberCodec({ min: 0, max: 100 })),
  consents: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('ChannelConsent', {
      channel: touchText,
      kinds: /* @__PURE__ */ arrayCodec(touchKind, { maxLength: 2 }),
    }),
    { maxLength: 50 },
  ),
  history: /* @__PURE__ */ arrayCodec(TouchRecord, { maxLength: 100_000 }),
})

/**
 * A customer of whom nothing is known, to be filled in.
 *
 * @param customer an id
 * @example
 * ```ts
 * import { noMoment } from 'treue'
 *
 * noMoment('ann').lastOrderAt // => null
 * ```
 */
export const noMoment = (customer: string): CustomerMoment => ({
  customer,
  lastOrderAt: null,
  usualGapDays: null,
  pointsExpiring: null,
  pointsToNextTier: null,
  basketAbandonedAt: null,
  newsletterOpenedAt: null,
  birthday: null,
  joinedOn: null,
  referralUnused: null,
  complaintOpenedAt: null,
  surveyDueAt: null,
  valuePercentile: null,
  consents: [],
  history: [],
})

/** When and where it is asked, and what an application knows besides. */
export interface TouchOccasion {
  readonly at: Instant
  /** The customer's own. */
  readonly zone: Zone
  /** Facts of fields that the application declared; they cannot replace the known ones. */
  readonly facts?: Facts
}
