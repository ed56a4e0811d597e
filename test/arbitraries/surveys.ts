// Generators of rules for surveys and routing, in whole hours, so that a model can go hour by hour.
import fc from 'fast-check'
import type { RoutingPolicy, SurveyContact, SurveyPolicy } from '../../src/feedback/index.ts'
import type { Duration, Instant } from '../../src/foundation/index.ts'

export const hourInstant = (n: number): Instant => (n * 3_600_000) as Instant

const pause: fc.Arbitrary<Duration> = fc.nat({ max: 72 }).map((amount) => ({ amount, unit: 'hour' }))
const channel = fc.constantFrom('email', 'sms', '__proto__')

export const surveyPolicyArbitrary: fc.Arbitrary<SurveyPolicy> = fc.record({
  survey: fc.constantFrom('nps', 'ces'),
  recontact: fc.constantFrom('once', 'untilAnswered', 'always', 'always'),
  throttle: fc.option(pause),
  quarantine: fc.option(pause),
  channels: fc.uniqueArray(fc.record({ channel, pause }), { selector: (one) => one.channel }),
  trigger: fc.option(fc.record({ delay: fc.option(pause), within: fc.option(pause) })),
  sample: fc.constantFrom(1, 1, 0.5),
})

/** Surveys sent in the hours 0 to 150. */
export const contactsArbitrary: fc.Arbitrary<ReadonlyArray<SurveyContact>> = fc.array(
  fc.record({
    survey: fc.constantFrom('nps', 'ces'),
    channel,
    at: fc.nat({ max: 150 }).map(hourInstant),
    answered: fc.boolean(),
  }),
  { maxLength: 5 },
)

const reactionTime = fc.record({ minutes: fc.nat({ max: 5000 }), counting: fc.constant('clock' as const) })

/** Without service hours. */
export const routingPolicyArbitrary: fc.Arbitrary<RoutingPolicy> = fc.record({
  rules: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'constructor'),
      categories: fc.subarray(['detractor', 'passive', 'promoter'] as const),
      valueFrom: fc.option(fc.nat({ max: 10 })),
      queue: fc.constantFrom('care', 'sales'),
      due: fc.option(reactionTime),
      escalations: fc.array(fc.record({ after: reactionTime, queue: fc.constantFrom('lead', 'head') }), {
        maxLength: 3,
      }),
    }),
    { selector: ({ id }) => id },
  ),
  hours: fc.constant(null),
})
