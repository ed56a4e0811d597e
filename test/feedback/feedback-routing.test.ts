import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseStanding, categoriseAnswer, RoutingPolicy, routeFeedback } from '../../src/feedback/index.ts'
import { type Instant, unwrap } from '../../src/foundation/index.ts'
import { routingPolicyArbitrary } from '../arbitraries/surveys.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('RoutingPolicy', RoutingPolicy, routingPolicyArbitrary)

const answerArbitrary = fc.record({
  answer: fc.nat({ max: 10 }),
  answeredAt: fc.constant(0 as Instant),
  value: fc.option(fc.nat({ max: 12 })),
})
const minuteArbitrary = fc.nat({ max: 6000 }).map((n) => (n * 60_000) as Instant)

const ms = ({ minutes }: { readonly minutes: number }) => minutes * 60_000

test('the first rule that fits decides', () => {
  fc.assert(
    fc.property(routingPolicyArbitrary, answerArbitrary, (policy, answer) => {
      const category = unwrap(categoriseAnswer(answer.answer))
      const rule = policy.rules
        .filter(({ categories }) => categories.length === 0 || categories.some((one) => one === category))
        .filter(({ valueFrom }) => valueFrom === null || (answer.value ?? -1) >= valueFrom)[0]
      const feedback = unwrap(routeFeedback(policy, answer))
      expect([feedback.category, feedback.rule]).toEqual([category, rule?.id ?? null])
      expect(feedback.queue).toBe(rule?.queue ?? null)
      expect(feedback.dueAt).toBe(rule?.due ? ms(rule.due) : null)
      const times = (rule?.escalations ?? []).map(({ after }) => ms(after)).sort((x, y) => x - y)
      expect(feedback.escalations.map(({ at }) => at)).toEqual(times)
    }),
    { numRuns: 300 },
  )
})

const caseArbitrary = fc.record({ policy: routingPolicyArbitrary, answer: answerArbitrary })
const contactArbitrary = fc.option(minuteArbitrary)

test('a case goes from queue to queue until somebody reacts', () => {
  fc.assert(
    fc.property(caseArbitrary, minuteArbitrary, contactArbitrary, ({ policy, answer }, asOf, firstContactAt) => {
      const feedback = unwrap(routeFeedback(policy, answer))
      const contact = firstContactAt !== null && firstContactAt <= asOf ? firstContactAt : null
      const until = contact ?? asOf
      const queue = feedback.escalations.reduce((now, step) => (step.at <= until ? step.queue : now), feedback.queue)
      const next = feedback.escalations.map(({ at }) => at).filter((at) => contact === null && at > until)
      const standing = caseStanding(feedback, { asOf, firstContactAt })
      expect(standing.queue).toBe(queue)
      expect(standing.nextEscalationAt).toBe(next.length > 0 ? Math.min(...next) : null)
    }),
    { numRuns: 300 },
  )
})

test('a contact is in time up to the due instant, and a case is late from then on', () => {
  fc.assert(
    fc.property(caseArbitrary, minuteArbitrary, contactArbitrary, ({ policy, answer }, asOf, firstContactAt) => {
      const feedback = unwrap(routeFeedback(policy, answer))
      const due = feedback.dueAt
      const contact = firstContactAt !== null && firstContactAt <= asOf ? firstContactAt : null
      const late = due !== null && (contact ?? asOf) > due
      const { state, inTime } = caseStanding(feedback, { asOf, firstContactAt })
      expect(state === 'contacted').toBe(contact !== null)
      expect(state === 'noReaction').toBe(contact === null && due === null)
      expect(inTime === false).toBe(late)
      expect(inTime === true).toBe(due !== null && contact !== null && !late)
    }),
    { numRuns: 300 },
  )
})

test('refuses an answer off the scale, and service hours that the policy lacks', () => {
  const due = { minutes: 1, counting: 'service' } as const
  const rule = { id: 'a', categories: [], valueFrom: null, queue: 'care', due, escalations: [] }
  const answer = { answer: 3, answeredAt: 0 as Instant, value: null }
  expect(routeFeedback({ rules: [], hours: null }, { ...answer, answer: 11 })).toMatchObject({
    left: { path: ['answer'] },
  })
  expect(routeFeedback({ rules: [rule], hours: null }, answer)).toMatchObject({ left: { path: ['hours'] } })
})
