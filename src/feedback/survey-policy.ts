// When a survey may be sent to a member: rules as data.

import {
  arrayCodec,
  type Codec,
  constrainCodec,
  Duration,
  type InvalidValue,
  invalidValue,
  literalCodec,
  nullableCodec,
  numberCodec,
  structCodec,
} from '../foundation/index.ts'
import { feedbackName } from './feedback-name.ts'

/** A time that must pass between two surveys on one channel, whichever surveys they are. */
export interface ChannelPause {
  readonly channel: string
  readonly pause: Duration
}

/** A survey that is sent because something happened. */
export interface SurveyTrigger {
  /** How long after the event the survey may be sent; at once when `null`. */
  readonly delay: Duration | null
  /** How long after the event it still makes sense; for ever when `null`. */
  readonly within: Duration | null
}

/** When a survey may be sent to a member. */
export interface SurveyPolicy {
  /** The id of the survey. */
  readonly survey: string
  /** Whether a member is asked once, again until they have answered, or again and again. */
  readonly recontact: 'once' | 'untilAnswered' | 'always'
  /** What must pass between two times that this survey is sent to a member; `null` for none. */
  readonly throttle: Duration | null
  /** What must pass after any survey was sent to the member, this one or another; `null` for none. */
  readonly quarantine: Duration | null
  /** What must pass after any survey on the same channel. */
  readonly channels: ReadonlyArray<ChannelPause>
  /** Present for a survey after an event; `null` for one that needs none. */
  readonly trigger: SurveyTrigger | null
  /** The share of members who are asked at all, above 0 to 1; who that is depends on the member's id. */
  readonly sample: number
}

const pause: Codec<Duration> = /* @__PURE__ */ constrainCodec(
  Duration,
  ({ amount }: Duration): ReadonlyArray<InvalidValue> =>
    amount >= 0 && amount <= 100_000 ? [] : [invalidValue(['amount'], amount, 'a whole number from 0 to 100000')],
)

const repeatedChannels = ({ channels }: SurveyPolicy): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return channels.flatMap(({ channel }, at) => {
    if (seen.has(channel)) return [invalidValue(['channels', at, 'channel'], channel, 'a channel that is named once')]
    seen.add(channel)
    return []
  })
}

/**
 * Reads a {@link SurveyPolicy}.
 *
 * @example
 * ```ts
 * import { decode, SurveyPolicy } from 'treue'
 *
 * const json = {
 *   survey: 'nps',
 *   recontact: 'always',
 *   throttle: { amount: 90, unit: 'day' },
 *   quarantine: { amount: 30, unit: 'day' },
 *   channels: [{ channel: 'sms', pause: { amount: 6, unit: 'month' } }],
 *   trigger: null,
 *   sample: 0.5,
 * }
 * decode(SurveyPolicy, json)._tag // => 'Right'
 * decode(SurveyPolicy, { ...json, sample: 2 })._tag // => 'Left'
 * ```
 */
export const SurveyPolicy: Codec<SurveyPolicy> = /* @__PURE__ */ constrainCodec<SurveyPolicy, SurveyPolicy>(
  /* @__PURE__ */ structCodec('SurveyPolicy', {
    survey: feedbackName,
    recontact: /* @__PURE__ */ literalCodec('once', 'untilAnswered', 'always'),
    throttle: /* @__PURE__ */ nullableCodec(pause),
    quarantine: /* @__PURE__ */ nullableCodec(pause),
    channels: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ChannelPause', { channel: feedbackName, pause }),
      {
        maxLength: 50,
      },
    ),
    trigger: /* @__PURE__ */ nullableCodec(
      /* @__PURE__ */ structCodec('SurveyTrigger', {
        delay: /* @__PURE__ */ nullableCodec(pause),
        within: /* @__PURE__ */ nullableCodec(pause),
      }),
    ),
    sample: /* @__PURE__ */ numberCodec({ min: 1e-9, max: 1 }),
  }),
  repeatedChannels,
)
