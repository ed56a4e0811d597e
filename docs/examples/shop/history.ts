// One member's history, told from the decisions: the activities are decided once more, this time with a trace.
import {
  type Activity,
  addDays,
  advance,
  type CivilDate,
  type CompiledProgram,
  type Decision,
  decide,
  evolve,
  explainInactivity,
  explainTrace,
  formatAmount,
  formatCivilDate,
  formatPoints,
  type Instant,
  inactivityOf,
  linesTotal,
  localDateOf,
  type MemberEvent,
  type MemberId,
  type MemberState,
  newMember,
  type Points,
  tierProgress,
  unwrap,
} from 'treue'
import { SILENCE } from './measure.ts'
import type { ProgramRun } from './run-program.ts'

/** An event in words, with where the member stands after it. */
export interface HistoryLine {
  readonly day: string
  readonly what: string
  readonly points: string
  readonly active: string
  readonly pending: string
  readonly tier: string
}

/** A decision, and why it came out so, in sentences. */
export interface ExplainedDecision {
  readonly title: string
  readonly sentences: ReadonlyArray<string>
}

/** A member's history. */
export interface MemberHistory {
  readonly member: MemberId
  readonly lines: ReadonlyArray<HistoryLine>
  /** What is missing to the next tier. */
  readonly progress: ReadonlyArray<string>
  /** Whether the member is still a customer, and why. */
  readonly silence: string
  readonly explained: ExplainedDecision | undefined
}

/** How many different things a member has been through. */
const variety = (state: MemberState, activities: ReadonlyArray<Activity>): number => {
  const [wallet] = state.wallets
  const happened = [
    (wallet?.redeemed ?? 0) > 0,
    (wallet?.expired ?? 0) > 0,
    (wallet?.reversed ?? 0) > 0,
    (wallet?.active ?? 0) > 0,
    (wallet?.pending ?? 0) > 0,
    state.referral?.status === 'qualified',
    state.standings.some(({ validUntil }) => validUntil !== null),
  ].filter(Boolean).length
  return happened + new Set(activities.map(({ type }) => type)).size
}

/** The member with the most to tell, and among equals the one whose history is nearest to ten activities. */
export const mostTelling = ({ states, decided }: ProgramRun): MemberId | undefined => {
  const activities = new Map<MemberId, Array<Activity>>()
  for (const activity of decided) {
    const own = activities.get(activity.member)
    if (own === undefined) activities.set(activity.member, [activity])
    else own.push(activity)
  }
  let best: { readonly member: MemberId; readonly score: number } | undefined
  for (const [member, state] of states) {
    const own = activities.get(member) ?? []
    const score = 100 * variety(state, own) - Math.abs(own.length - 10)
    if (best === undefined || score > best.score) best = { member, score }
  }
  return best?.member
}

const referralWords = (referral: MemberState['referral']): readonly [string] | undefined => {
  const referrer = referral?.conversion?.referrer ?? referral?.touches.at(-1)?.referrer
  return referrer === undefined ? undefined : [`the recommendation by ${referrer}: ${referral?.status ?? 'open'}`]
}

/** What an event says, and the points it moves; `undefined` where it only keeps the books. */
const eventWords = (program: CompiledProgram, event: MemberEvent): readonly [string, number?] | undefined => {
  switch (event.type) {
    case 'ladderJoined':
      return ['joins']
    case 'referralChanged':
      return referralWords(event.referral)
    case 'referralRefused':
      return [`the recommendation by ${event.referrer} is refused`]
    case 'earningRecorded': {
      const { currency } = program.program
      return [`orders for ${formatAmount({ minor: linesTotal(event.earning.lines), currency })} ${currency}`]
    }
    case 'earningReduced':
      return ['gives goods back']
    case 'broughtChanged':
      return event.change === 'opened' ? ['somebody recommended has ordered'] : undefined
    case 'accrued':
      return event.activeFrom > event.at ? ['earns points, pending', event.points] : ['earns points', event.points]
    case 'activated':
      return ['pending points become active']
    case 'redeemed':
      return ['spends points', -event.points]
    case 'expired':
      return ['points expire', -event.points]
    case 'reversed':
      return ['points are taken back', -event.points]
    case 'debtSettled':
      return ['points pay debt', -event.points]
    case 'tierChanged':
      return [
        event.change === 'renewed'
          ? `tier renewed: ${event.from}`
          : `tier ${event.change}: ${event.from} to ${event.standing.tier}`,
      ]
    default:
      return undefined
  }
}

const dateOf = ({ zone }: CompiledProgram, at: Instant): CivilDate => localDateOf(zone, at)

const dayOf = (program: CompiledProgram, at: Instant): string => formatCivilDate(dateOf(program, at))

const lineOf = (program: CompiledProgram, event: MemberEvent, after: MemberState): ReadonlyArray<HistoryLine> => {
  const words = eventWords(program, event)
  if (words === undefined) return []
  const [what, points] = words
  const decimals = program.program.wallets[0]?.decimals ?? 0
  const figure = (n: number): string => formatPoints(n as Points, decimals)
  const sign = points === undefined ? '' : points < 0 ? '-' : '+'
  const [wallet] = after.wallets
  return [
    {
      day: dayOf(program, event.at),
      what,
      points: points === undefined ? '' : `${sign}${figure(Math.abs(points))}`,
      active: figure(wallet?.active ?? 0),
      pending: figure(wallet?.pending ?? 0),
      tier: after.standings[0]?.tier ?? '',
    },
  ]
}

/** An order and the points that it earns are one line, and so are several lots that activate at once. */
const joined = (lines: ReadonlyArray<HistoryLine>): ReadonlyArray<HistoryLine> => {
  const result: Array<HistoryLine> = []
  for (const line of lines) {
    const last = result.at(-1)
    const sameAgain = last?.what === line.what && line.points === '' && last.day === line.day
    const earned = last?.what.startsWith('orders') === true && line.what.startsWith('earns')
    if (sameAgain || earned) result.pop()
    result.push(earned ? { ...line, what: `${last.what}, ${line.what}` } : line)
  }
  return result
}

/** A state is the fold of its events: after each one we see where the member stands. */
const linesOf = (program: CompiledProgram, before: MemberState, { events }: Decision): ReadonlyArray<HistoryLine> => {
  let state = before
  return joined(
    events.flatMap((event) => {
      state = evolve(state, event)
      return lineOf(program, event, state)
    }),
  )
}

/** What the member still has to earn for the next tier of each ladder. */
const progressOf = ({ program, zone }: CompiledProgram, state: MemberState, asOf: Instant): ReadonlyArray<string> =>
  program.ladders.flatMap((ladder) => {
    const standing = state.standings.find((one) => one.ladder === ladder.id)
    const [next] = standing === undefined ? [] : tierProgress(ladder, zone, standing, asOf)
    const [way] = next?.ways ?? []
    if (next === undefined || way === undefined) return []
    const missing = way.map((one) => `${one.missing} more ${one.metric}`).join(' and ')
    return [
      `To ${next.tier}: ${missing} earned${next.before === null ? '' : ` before ${formatCivilDate(next.before)}`}.`,
    ]
  })

const explainedBy = (program: CompiledProgram, activity: Activity, { trace }: Decision): ExplainedDecision => ({
  title: `${activity.type} "${activity.id}" on ${dayOf(program, activity.at)}`,
  sentences: explainTrace(program, trace),
})

/** How many different things a decision did, and how many rules matched; of equal ones the shorter trace is better. */
const worth = ({ trace }: Decision): number => {
  const rules = trace.reduce((sum, step) => (step.step === 'earning' ? sum + step.earning.rules.length : sum), 0)
  return 100 * new Set(trace.map(({ step }) => step)).size + 10 * rules - trace.length
}

/** Decides a member's activities once more and tells what followed, and explains the purchase that did the most. */
export const memberHistory = (program: CompiledProgram, run: ProgramRun, member: MemberId): MemberHistory => {
  let state = newMember(member)
  let best: { readonly activity: Activity; readonly decision: Decision } | undefined
  const lines: Array<HistoryLine> = []
  const days: Array<CivilDate> = []
  for (const activity of run.decided) {
    if (activity.member !== member) continue
    if (activity.type === 'purchase') days.push(dateOf(program, activity.at))
    const decision = unwrap(decide(program, state, activity))
    lines.push(...linesOf(program, state, decision))
    state = decision.state
    if (activity.type === 'purchase' && (best === undefined || worth(decision) > worth(best.decision))) {
      best = { activity, decision }
    }
  }
  const end = advance(program, state, run.asOf)
  lines.push(...linesOf(program, state, end))
  return {
    member,
    lines,
    progress: progressOf(program, end.state, run.asOf),
    silence: explainInactivity(unwrap(inactivityOf(days, addDays(dateOf(program, run.asOf), -1), SILENCE))),
    explained: best === undefined ? undefined : explainedBy(program, best.activity, best.decision),
  }
}
