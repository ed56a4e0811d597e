// Whether a member may be asked now, why not, and when they may.

import { addDuration, type Duration, type Instant, type Zone } from '../foundation/index.ts'
import type { SurveyPolicy } from './survey-policy.ts'
import { samplingPlace } from './survey-sampling.ts'

/** A survey that was sent or shown to a member. What counts is that it was sent, not whether it was answered. */
export interface SurveyContact {
  readonly survey: string
  readonly channel: string
  readonly at: Instant
  readonly answered: boolean
}

/** Who is to be asked, when, where and after what. */
export interface SurveyOccasion {
  readonly member: string
  readonly at: Instant
  readonly channel: string
  /** The calendar in which days and months are counted. */
  readonly zone: Zone
  /** When the event happened that the survey is about; `null` where none did. */
  readonly eventAt: Instant | null
}

/**
 * Why a member is not asked: the survey was sent (`'alreadyAsked'`) or answered (`'alreadyAnswered'`) before and is not
 * repeated; it was sent too short a time ago (`'throttled'`), or any survey was (`'quarantine'`), or any on this channel
 * (`'channelPause'`); the event is missing (`'noEvent'`), too fresh (`'tooEarly'`) or too old (`'tooLate'`); or the member
 * doesn't belong to the sample (`'notSampled'`).
 */
export type SurveyRefusal =
  | 'alreadyAsked'
  | 'alreadyAnswered'
  | 'throttled'
  | 'quarantine'
  | 'channelPause'
  | 'noEvent'
  | 'tooEarly'
  | 'tooLate'
  | 'notSampled'

/** A gate that is closed, and the first instant at which it is open; `null` where it never opens. */
export interface ClosedGate {
  readonly reason: SurveyRefusal
  readonly opensAt: Instant | null
}

/** Whether a member may be asked. */
export type SurveyEligibility =
  | { readonly eligible: true }
  | {
      readonly eligible: false
      /** Of the first closed gate, in the order of {@link SurveyRefusal}. */
      readonly reason: SurveyRefusal
      /** The first instant at which no gate is closed if nothing more is sent; `null` where there is none. */
      readonly nextEligibleAt: Instant | null
      /** All gates that are closed. */
      readonly gates: ReadonlyArray<ClosedGate>
    }

type Gates = ReadonlyArray<ClosedGate>

/** The gate that is closed until a time has passed since the last contact of a kind. */
const pauseGate = (
  reason: SurveyRefusal,
  contacts: ReadonlyArray<SurveyContact>,
  pause: Duration | null,
  { at, zone }: SurveyOccasion,
): Gates => {
  if (pause === null || contacts.length === 0) return []
  const last = contacts.reduce<Instant>(
    (latest, contact) => (contact.at > latest ? contact.at : latest),
    contactAt(contacts),
  )
  const opensAt = addDuration(zone, last, pause)
  return at >= opensAt ? [] : [{ reason, opensAt }]
}

const contactAt = (contacts: ReadonlyArray<SurveyContact>): Instant => contacts[0]?.at ?? (0 as Instant)

const recontactGate = ({ recontact }: SurveyPolicy, own: ReadonlyArray<SurveyContact>): Gates => {
  if (recontact === 'once' && own.length > 0) return [{ reason: 'alreadyAsked', opensAt: null }]
  if (recontact === 'untilAnswered' && own.some(({ answered }) => answered)) {
    return [{ reason: 'alreadyAnswered', opensAt: null }]
  }
  return []
}

const deadlineOf = ({ trigger }: SurveyPolicy, { eventAt, zone }: SurveyOccasion): Instant | null =>
  trigger === null || trigger.within === null || eventAt === null ? null : addDuration(zone, eventAt, trigger.within)

const triggerGate = (policy: SurveyPolicy, occasion: SurveyOccasion): Gates => {
  const { trigger } = policy
  const { at, eventAt, zone } = occasion
  if (trigger === null) return []
  if (eventAt === null) return [{ reason: 'noEvent', opensAt: null }]
  const deadline = deadlineOf(policy, occasion)
  if (deadline !== null && at >= deadline) return [{ reason: 'tooLate', opensAt: null }]
  const opensAt = trigger.delay === null ? eventAt : addDuration(zone, eventAt, trigger.delay)
  return at >= opensAt ? [] : [{ reason: 'tooEarly', opensAt }]
}

const sampleGate = ({ sample, survey }: SurveyPolicy, { member }: SurveyOccasion): Gates =>
  sample >= 1 || samplingPlace(member, survey) < sample ? [] : [{ reason: 'notSampled', opensAt: null }]

/** When the last of the gates opens, unless one never does or the deadline is before. */
const whenAllOpen = (gates: Gates, deadline: Instant | null): Instant | null => {
  let latest: Instant | null = null
  for (const { opensAt } of gates) {
    if (opensAt === null) return null
    if (latest === null || opensAt > latest) latest = opensAt
  }
  return latest !== null && deadline !== null && latest >= deadline ? null : latest
}

/**
 * Whether a survey may be sent to a member now; if not, why, and when it may.
 *
 * Every gate is asked, so that all reasons are told. Sources: Delighted (a survey that is throttled is dropped, not queued),
 * Formbricks (first what holds for the survey, then what holds across surveys; a survey that was shown counts, answered or
 * not).
 *
 * @param policy when the survey may be sent
 * @param contacts all surveys sent to the member, in any order; those after the occasion don't count
 * @param occasion who is to be asked, when, where and after what
 * @example
 * ```ts
 * import { formatInstant, parseInstant, surveyEligibility, unwrap, utc, type SurveyPolicy } from 'treue'
 *
 * const policy: SurveyPolicy = {
 *   survey: 'nps',
 *   recontact: 'always',
 *   throttle: { amount: 30, unit: 'day' },
 *   quarantine: null,
 *   channels: [],
 *   trigger: null,
 *   sample: 1,
 * }
 * const sentAt = unwrap(parseInstant('2024-01-01T00:00:00Z'))
 * const contacts = [{ survey: 'nps', channel: 'email', at: sentAt, answered: false }]
 * const at = unwrap(parseInstant('2024-01-30T23:59:59Z'))
 * const result = surveyEligibility(policy, contacts, { member: 'anna', at, channel: 'email', zone: utc, eventAt: null })
 * !result.eligible && result.reason // => 'throttled'
 * !result.eligible && result.nextEligibleAt !== null && formatInstant(result.nextEligibleAt) // => '2024-01-31T00:00:00Z'
 * ```
 */
export const surveyEligibility = (
  policy: SurveyPolicy,
  contacts: ReadonlyArray<SurveyContact>,
  occasion: SurveyOccasion,
): SurveyEligibility => {
  const past = contacts.filter(({ at }) => at <= occasion.at)
  const own = past.filter(({ survey }) => survey === policy.survey)
  const sameChannel = past.filter(({ channel }) => channel === occasion.channel)
  const channelPause = policy.channels.find(({ channel }) => channel === occasion.channel)?.pause ?? null
  const gates = [
    ...recontactGate(policy, own),
    ...pauseGate('throttled', own, policy.throttle, occasion),
    ...pauseGate('quarantine', past, policy.quarantine, occasion),
    ...pauseGate('channelPause', sameChannel, channelPause, occasion),
    ...triggerGate(policy, occasion),
    ...sampleGate(policy, occasion),
  ]
  const [first] = gates
  if (first === undefined) return { eligible: true }
  const nextEligibleAt = whenAllOpen(gates, deadlineOf(policy, occasion))
  return { eligible: false, reason: first.reason, nextEligibleAt, gates }
}
