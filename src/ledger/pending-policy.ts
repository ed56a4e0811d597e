/** How long earned points wait before they can be spent. */
import {
  addDuration,
  type Codec,
  Duration,
  type Instant,
  literalCodec,
  localDateOf,
  nextYearlyDate,
  startOfDay,
  stringCodec,
  structCodec,
  unionCodec,
  type YearlyDate,
  yearlyDatesCodec,
  type Zone,
} from '../foundation/index.ts'

/** How long earned points wait: for a time, until the next of some days, or until an action such as a delivery. */
export type PendingPolicy =
  | { readonly type: 'duration'; readonly duration: Duration }
  | { readonly type: 'dates'; readonly dates: ReadonlyArray<YearlyDate> }
  | {
      readonly type: 'action'
      readonly action: string
      /** How long the action can come; then the points are cancelled. */
      readonly cancelAfter: Duration
    }

/**
 * Reads a {@link PendingPolicy}.
 *
 * @example
 * ```ts
 * import { decode, PendingPolicy } from 'treue'
 *
 * decode(PendingPolicy, { type: 'duration', duration: { amount: 30, unit: 'day' } })._tag // => 'Right'
 * ```
 */
export const PendingPolicy: Codec<PendingPolicy, unknown> = /* @__PURE__ */ unionCodec('PendingPolicy', 'type', {
  duration: /* @__PURE__ */ structCodec('PendingForDuration', {
    type: /* @__PURE__ */ literalCodec('duration'),
    duration: Duration,
  }),
  dates: /* @__PURE__ */ structCodec('PendingUntilDate', {
    type: /* @__PURE__ */ literalCodec('dates'),
    dates: yearlyDatesCodec,
  }),
  action: /* @__PURE__ */ structCodec('PendingUntilAction', {
    type: /* @__PURE__ */ literalCodec('action'),
    action: stringCodec,
    cancelAfter: Duration,
  }),
})

/** When points that wait by a policy become active; where they await an action, when they are cancelled without it. */
export const pendingUntil = (policy: PendingPolicy | null, zone: Zone, earnedAt: Instant): Instant => {
  if (policy === null) return earnedAt
  switch (policy.type) {
    case 'duration':
      return addDuration(zone, earnedAt, policy.duration)
    case 'dates':
      return startOfDay(zone, nextYearlyDate(policy.dates, localDateOf(zone, earnedAt)))
    case 'action':
      return addDuration(zone, earnedAt, policy.cancelAfter)
  }
}
