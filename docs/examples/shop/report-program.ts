// The sections about the program: what it decided, and where the members and their points are.
import {
  type Duration,
  formatAmount,
  formatCivilDate,
  formatError,
  formatPoints,
  type MemberState,
  type Points,
  type Threshold,
  unaccountedPoints,
} from 'treue'
import type { WriteSection } from './findings.ts'
import { apart, bar, counted, linesOr, percent, section, table, whole, wrapped } from './layout.ts'
import { membersByTier, walletTotal } from './points.ts'
import { lastDayOf } from './shop.ts'

export const inputSection: WriteSection = ({ shop, measures }) => {
  const { orders, answers, currency, notes } = shop
  const [from, to] = [formatCivilDate(orders[0].day), formatCivilDate(lastDayOf(shop))]
  const minor = (amount: number): string =>
    `${apart(formatAmount({ minor: Math.round(amount), currency }))} ${currency}`
  const figures = linesOr(measures.commerce, ({ customers, money, ordersPerCustomer }) => [
    `${counted(orders.length, 'purchase')} of ${counted(customers, 'customer')}, ${from} to ${to}`,
    ...(money === null
      ? []
      : [
          `${minor(money.revenue.minor)} in all: ${minor(money.averageOrderMinor)} a purchase, ${ordersPerCustomer.toFixed(2)} purchases a customer`,
        ]),
  ])
  return section('What was read', `From ${shop.source}.`, [
    ...figures,
    answers.length === 0 ? 'no survey answers' : counted(answers.length, 'survey answer'),
    ...notes,
  ])
}

const durationWords = (duration: Duration | null): string =>
  duration === null ? 'no time' : counted(duration.amount, duration.unit)

const countTypes = (activities: ReadonlyArray<{ readonly type: string }>): string => {
  const counts = new Map<string, number>()
  for (const { type } of activities) counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts].map(([type, count]) => `${type} ${whole(count)}`).join(', ')
}

export const programSection: WriteSection = ({ program, writtenFor, run }) => {
  const { id, version, currency, earning, ladders, wallets } = program.program
  const [wallet] = wallets
  const tiers = ladders.reduce((sum, ladder) => sum + ladder.tiers.length, 0)
  const wait = wallet?.pending?.type === 'duration' ? wallet.pending.duration : null
  const life = wallet?.expiry?.type === 'rolling' ? wallet.expiry.after : null
  const [refusal] = run.refused
  return section('What was decided', 'The rules of program.json, run over every member in order of time.', [
    `program "${id}", version ${version}: ${counted(earning.rules.length, 'earning rule')} and ${counted(tiers, 'tier')}`,
    ...(currency === writtenFor
      ? []
      : [
          `written for ${writtenFor}, and run with the same figures in ${currency}: 1 ${currency} in place of 1 ${writtenFor}`,
        ]),
    `points can be spent after ${durationWords(wait)}${life === null ? '' : ` and then for ${durationWords(life)}`}`,
    `decided: ${countTypes(run.decided)}`,
    ...(refusal === undefined
      ? []
      : [
          `refused: ${countTypes(run.refused.map(({ activity }) => activity))}; the first one:`,
          ...wrapped(`${refusal.activity.type} "${refusal.activity.id}": ${formatError(refusal.reasons)}`, 90).map(
            (line) => `  ${line}`,
          ),
        ]),
  ])
}

/** What it takes to reach a tier with one threshold; the first one takes nothing. */
const fromOf = (reach: Threshold | undefined): string => {
  if (reach === undefined) return 'from 0 points'
  return reach.type === 'count' ? `from ${whole(reach.atLeast)} ${reach.metric}` : 'by several metrics'
}

export const tierSection: WriteSection = ({ program, run }) => {
  const [ladder] = program.program.ladders
  if (ladder === undefined) return ''
  const members = membersByTier(run.states.values(), ladder.id)
  const total = run.states.size
  const rows = ladder.tiers.map(({ id, reach }) => {
    const count = members.get(id) ?? 0
    return [id, whole(count), percent(count / total), fromOf(reach), bar(count / total, 40)]
  })
  return section(
    'Members per tier',
    'Where the members stand at the end. The points earned in one calendar year lift a member at once.',
    table(rows, ['left', 'right', 'right', 'right', 'left']),
  )
}

export const pointsSection: WriteSection = ({ program, run }) => {
  const [definition] = program.program.wallets
  if (definition === undefined) return ''
  const figure = (points: number): string =>
    `${points < 0 ? '- ' : ''}${apart(formatPoints(Math.abs(points) as Points, definition.decimals))}`
  const lines = linesOr(walletTotal(run.states.values(), definition.id), ({ sum, wallets, unbalanced }) => {
    const balance =
      unbalanced === 0
        ? `it balances, in all together and in each of ${counted(wallets, 'wallet')}`
        : `${counted(unbalanced, 'wallet does', 'wallets do')} not balance!`
    const rows: ReadonlyArray<readonly [string, number, string]> = [
      ['accrued', sum.accrued, 'earned in all'],
      ['redeemed', -sum.redeemed, 'spent'],
      ['expired', -sum.expired, 'not spent in time'],
      ['reversed', -sum.reversed, 'taken back, because goods came back'],
      ['active', -sum.active, 'can be spent now'],
      ['pending', -sum.pending, 'earned too lately to be spent'],
      ['debt', sum.debt, 'taken back after it had been spent: the next points pay it'],
      ['sum', unaccountedPoints(sum), balance],
    ]
    return table(
      rows.map(([name, points, words]) => [name, figure(points), words]),
      ['left', 'right', 'left'],
    )
  })
  return section('Points', 'Every point that was ever earned is in one of these places, so they add up to 0.', lines)
}

export const referralSection: WriteSection = ({ run }) => {
  const states = [...run.states.values()]
  const of = (status: NonNullable<MemberState['referral']>['status']): number =>
    states.filter(({ referral }) => referral?.status === status && referral.touches.length > 0).length
  const named = run.decided.filter(({ type, ...activity }) => type === 'enrolment' && 'referrer' in activity).length
  const opened = states.filter(({ referral }) => (referral?.touches.length ?? 0) > 0).length
  const rows: ReadonlyArray<readonly [string, number, string]> = [
    ['qualified', of('qualified'), 'ordered for enough in time: both sides have their points'],
    ['open', of('open'), 'no such order, or it came back'],
    ['in review', of('inReview'), 'the order came back after the reward was paid: for a person to decide'],
    ['refused', named - opened, 'named themselves, or somebody who was not there before them'],
  ]
  return named === 0
    ? ''
    : section(
        'Referrals',
        'Customers who said that another member had sent them.',
        table(
          rows.filter(([, count]) => count > 0).map(([name, count, words]) => [name, whole(count), words]),
          ['left', 'right', 'left'],
        ),
      )
}

const MOST_LINES = 24

/** The beginning and the end, where it is long. */
const shortened = <A>(lines: ReadonlyArray<A>, gap: (hidden: number) => A): ReadonlyArray<A> => {
  if (lines.length <= MOST_LINES) return lines
  const half = MOST_LINES / 2
  return [...lines.slice(0, half), gap(lines.length - 2 * half), ...lines.slice(-half)]
}

export const memberSection: WriteSection = ({ history }) => {
  if (history === undefined) return ''
  const { lines, member, progress, silence, explained } = history
  const rows = shortened(
    lines.map(({ day, what, points, active, pending, tier }) => [day, what, points, active, pending, tier]),
    (hidden) => ['…', `(${counted(hidden, 'event')} more)`],
  )
  return section(`One member: ${member}`, 'What happened, and where the member stood after it.', [
    ...table(
      [['date', 'what happened', 'points', 'active', 'pending', 'tier'], ...rows],
      ['left', 'left', 'right', 'right', 'right', 'left'],
    ),
    ...progress,
    ...wrapped(`As a customer: ${silence}.`, 92),
    '',
    ...(explained === undefined ? [] : [`Why? The ${explained.title}, in words:`]),
    ...(explained?.sentences ?? []).flatMap((sentence) =>
      wrapped(sentence, 90).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)),
    ),
  ])
}
