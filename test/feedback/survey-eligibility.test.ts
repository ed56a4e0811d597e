import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chooseSurveyChannel,
  type SurveyContact,
  type SurveyOccasion,
  type SurveyPolicy,
  samplingPlace,
  surveyEligibility,
} from '../../src/feedback/index.ts'
import { type Duration, utc } from '../../src/foundation/index.ts'
import { contactsArbitrary, hourInstant, surveyPolicyArbitrary } from '../arbitraries/surveys.ts'

const occasionArbitrary: fc.Arbitrary<SurveyOccasion> = fc.record({
  member: fc.constantFrom('anna', 'ben', 'cem', '__proto__'),
  at: fc.nat({ max: 160 }).map(hourInstant),
  channel: fc.constantFrom('email', 'sms', '__proto__'),
  zone: fc.constant(utc),
  eventAt: fc.option(fc.nat({ max: 160 }).map(hourInstant)),
})

const long = (pause: Duration | null | undefined) => (pause?.amount ?? 0) * 3_600_000

/** Whether nothing at all speaks against asking at `at`. */
const mayAsk = (policy: SurveyPolicy, sent: ReadonlyArray<SurveyContact>, occasion: SurveyOccasion): boolean => {
  const { at, eventAt } = occasion
  const own = sent.filter(({ survey }) => survey === policy.survey)
  const rested = (contacts: ReadonlyArray<SurveyContact>, pause: Duration | null | undefined) =>
    contacts.every((contact) => contact.at + long(pause) <= at)
  const { trigger } = policy
  const timely =
    trigger === null ||
    (eventAt !== null &&
      at >= eventAt + long(trigger.delay) &&
      (trigger.within === null || at < eventAt + long(trigger.within)))
  return (
    timely &&
    !(policy.recontact === 'once' && own.length > 0) &&
    !(policy.recontact === 'untilAnswered' && own.some(({ answered }) => answered)) &&
    rested(own, policy.throttle) &&
    rested(sent, policy.quarantine) &&
    rested(
      sent.filter(({ channel }) => channel === occasion.channel),
      policy.channels.find(({ channel }) => channel === occasion.channel)?.pause,
    ) &&
    (policy.sample === 1 || samplingPlace(occasion.member, policy.survey) < policy.sample)
  )
}

test('the next eligible instant is the first one at which nothing speaks against asking', () => {
  fc.assert(
    fc.property(surveyPolicyArbitrary, contactsArbitrary, occasionArbitrary, (policy, contacts, occasion) => {
      const sent = contacts.filter(({ at }) => at <= occasion.at)
      const later = Array.from({ length: 250 }, (_, n) => hourInstant(occasion.at / 3_600_000 + n))
      const first = later.find((at) => mayAsk(policy, sent, { ...occasion, at })) ?? null
      const result = surveyEligibility(policy, contacts, occasion)
      expect(result.eligible ? occasion.at : result.nextEligibleAt).toBe(first)
      expect(result.eligible).toBe(first === occasion.at)
      if (!result.eligible) expect(result.reason).toBe(result.gates[0]?.reason)
      if (first !== null)
        expect(surveyEligibility(policy, sent, { ...occasion, at: first })).toEqual({ eligible: true })
    }),
    { numRuns: 500 },
  )
})

test('the channel is the first with consent on which the survey may be sent', () => {
  const channels = fc.uniqueArray(
    fc.record({ channel: fc.constantFrom('email', 'sms', '__proto__'), consented: fc.boolean() }),
    { selector: ({ channel }) => channel },
  )
  fc.assert(
    fc.property(
      surveyPolicyArbitrary,
      contactsArbitrary,
      occasionArbitrary,
      channels,
      (policy, contacts, occasion, all) => {
        const sent = contacts.filter(({ at }) => at <= occasion.at)
        const open = all.filter(({ channel, consented }) => consented && mayAsk(policy, sent, { ...occasion, channel }))
        const choice = chooseSurveyChannel(policy, contacts, occasion, all)
        expect(choice.channel).toBe(open[0]?.channel ?? null)
        const before = all.findIndex(({ channel }) => channel === choice.channel)
        expect(choice.passed).toHaveLength(before === -1 ? all.length : before)
        const later = Array.from({ length: 250 }, (_, n) => hourInstant(occasion.at / 3_600_000 + n))
        const next = later.find((at) =>
          all.some(({ channel, consented }) => consented && mayAsk(policy, sent, { ...occasion, at, channel })),
        )
        expect(choice.nextEligibleAt).toBe(choice.channel === null ? (next ?? null) : null)
      },
    ),
  )
})
