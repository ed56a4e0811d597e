// Where a member is asked.

import type { Instant } from '../foundation/index.ts'
import {
  type SurveyContact,
  type SurveyEligibility,
  type SurveyOccasion,
  surveyEligibility,
} from './survey-eligibility.ts'
import type { SurveyPolicy } from './survey-policy.ts'

/** A way to reach a member. */
export interface ReachableChannel {
  readonly channel: string
  /** Whether the member agreed to be asked there. */
  readonly consented: boolean
}

/** Why a channel was passed over. */
export interface PassedChannel {
  readonly channel: string
  readonly reason: 'noConsent' | (SurveyEligibility & { readonly eligible: false })['reason']
  /** When it could be used; `null` where never, or not without the member's consent. */
  readonly nextEligibleAt: Instant | null
}

/** The channel to use, and those that were passed over before it. */
export interface ChannelChoice {
  /** `null` where the member can't be asked now. */
  readonly channel: string | null
  readonly passed: ReadonlyArray<PassedChannel>
  /** With no channel now, the first instant at which there is one; otherwise `null`. */
  readonly nextEligibleAt: Instant | null
}

const earliest = (passed: ReadonlyArray<PassedChannel>): Instant | null =>
  passed.reduce<Instant | null>((first, { nextEligibleAt }) => {
    if (nextEligibleAt === null) return first
    return first === null || nextEligibleAt < first ? nextEligibleAt : first
  }, null)

/**
 * The first of a member's channels on which the survey may be sent now.
 *
 * @param policy when the survey may be sent
 * @param contacts all surveys sent to the member
 * @param occasion who is to be asked, when and after what
 * @param channels in the order of preference, the member's own choice first
 * @example
 * ```ts
 * import { chooseSurveyChannel, parseInstant, unwrap, utc, type SurveyPolicy } from 'treue'
 *
 * const policy: SurveyPolicy = {
 *   survey: 'nps',
 *   recontact: 'always',
 *   throttle: null,
 *   quarantine: null,
 *   channels: [{ channel: 'sms', pause: { amount: 6, unit: 'month' } }],
 *   trigger: null,
 *   sample: 1,
 * }
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const lastWeek = unwrap(parseInstant('2026-02-22T12:00:00Z'))
 * const contacts = [{ survey: 'ces', channel: 'sms', at: lastWeek, answered: true }]
 * const choice = chooseSurveyChannel(policy, contacts, { member: 'anna', at, zone: utc, eventAt: null }, [
 *   { channel: 'push', consented: false },
 *   { channel: 'sms', consented: true },
 *   { channel: 'email', consented: true },
 * ])
 * choice.channel // => 'email'
 * choice.passed.map(({ channel, reason }) => `${channel}: ${reason}`) // => ['push: noConsent', 'sms: channelPause']
 * ```
 */
export const chooseSurveyChannel = (
  policy: SurveyPolicy,
  contacts: ReadonlyArray<SurveyContact>,
  occasion: Omit<SurveyOccasion, 'channel'>,
  channels: ReadonlyArray<ReachableChannel>,
): ChannelChoice => {
  const { member, at, zone, eventAt } = occasion
  const passed: Array<PassedChannel> = []
  for (const { channel, consented } of channels) {
    const eligibility = surveyEligibility(policy, contacts, { member, at, zone, eventAt, channel })
    if (consented && eligibility.eligible) return { channel, passed, nextEligibleAt: null }
    if (!consented) passed.push({ channel, reason: 'noConsent', nextEligibleAt: null })
    else if (!eligibility.eligible) {
      passed.push({ channel, reason: eligibility.reason, nextEligibleAt: eligibility.nextEligibleAt })
    }
  }
  return { channel: null, passed, nextEligibleAt: earliest(passed) }
}
