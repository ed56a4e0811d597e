import {
  caseStanding,
  type Duration,
  formatInstant,
  parseInstant,
  type RoutingPolicy,
  routeFeedback,
  type SurveyContact,
  type SurveyPolicy,
  surveyEligibility,
  unwrap,
  utc,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

interface EligibilityInput {
  readonly now: string
  readonly lastSent?: string
  readonly throttleDays?: number
  readonly history?: ReadonlyArray<{ readonly survey: string; readonly shownAt: string; readonly answered: boolean }>
  readonly survey?: { readonly id: string }
  readonly globalCooldownDays?: number
}

const instant = (text: string) => unwrap(parseInstant(text))
const days = (amount: number | undefined): Duration | null => (amount === undefined ? null : { amount, unit: 'day' })

const contactsOf = ({ lastSent, history = [] }: EligibilityInput): ReadonlyArray<SurveyContact> => [
  ...(lastSent === undefined ? [] : [{ survey: 'nps', channel: 'email', at: instant(lastSent), answered: false }]),
  ...history.map(({ survey, shownAt, answered }) => ({ survey, channel: 'email', at: instant(shownAt), answered })),
]

const eligibility = adapter<EligibilityInput>((input) => {
  const policy: SurveyPolicy = {
    survey: input.survey?.id ?? 'nps',
    recontact: input.survey === undefined ? 'always' : 'untilAnswered',
    throttle: days(input.throttleDays),
    quarantine: days(input.globalCooldownDays),
    channels: [],
    trigger: null,
    sample: 1,
  }
  const at = instant(input.now)
  const occasion = { member: 'member', at, channel: 'email', zone: utc, eventAt: null }
  const result = surveyEligibility(policy, contactsOf(input), occasion)
  if (result.eligible) return { eligible: true }
  const { reason, nextEligibleAt } = result
  return {
    eligible: false,
    reason: reason === 'quarantine' ? 'globalCooldown' : reason,
    // The vectors leave out a fraction of zero, as the library does.
    nextEligibleAt: nextEligibleAt === null ? null : formatInstant(nextEligibleAt),
  }
})

interface LoopInput {
  readonly score: number
  readonly answeredAt: string
  readonly slaHours: number
  readonly firstContactAt: string
}

const closeLoop = adapter<LoopInput>(({ score, answeredAt, slaHours, firstContactAt }) => {
  const policy: RoutingPolicy = {
    hours: null,
    rules: [
      {
        id: 'all',
        categories: [],
        valueFrom: null,
        queue: 'care',
        due: { minutes: slaHours * 60, counting: 'clock' },
        escalations: [],
      },
    ],
  }
  const result = routeFeedback(policy, { answer: score, answeredAt: instant(answeredAt), value: null })
  const contact = instant(firstContactAt)
  return {
    category: figure(result, ({ category }) => category),
    dueAt: figure(result, ({ dueAt }) => (dueAt === null ? null : formatInstant(dueAt))),
    withinSla: figure(result, (feedback) => caseStanding(feedback, { asOf: contact, firstContactAt: contact }).inTime),
  }
})

/** Who is asked, and who reacts. */
export const surveyAdapters: Adapters = { 'survey.eligibility': eligibility, 'feedback.closeLoop': closeLoop }
