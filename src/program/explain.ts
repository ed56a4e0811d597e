/** A trace in words. */

import type { RuleEarning, UnmatchedRule, WalletEarning } from '../earning/index.ts'
import {
  formatAmount,
  formatCivilDate,
  formatError,
  formatPoints,
  type Instant,
  localDateOf,
  type Points,
  type WalletId,
} from '../foundation/index.ts'
import type { LedgerEntry } from '../ledger/index.ts'
import { type ConditionTest, decidingTests, type TestExplanation } from '../rules/index.ts'
import type { CompiledProgram } from './compile.ts'
import type {
  AssessmentStep,
  BurnStep,
  ClawBackStep,
  EarningStep,
  ReassessmentStep,
  ReferralStep,
  Trace,
  TraceStep,
} from './decision.ts'

/** How figures are written: in the words of one program. */
interface Words {
  readonly points: (wallet: WalletId, points: number) => string
  readonly money: (minor: number) => string
  readonly date: (at: Instant) => string
  /** The last day before an instant from which on something is no longer valid (S19). */
  readonly lastDay: (until: Instant) => string
}

const wordsOf = ({ program, zone, wallets }: CompiledProgram): Words => ({
  points: (wallet, points) => `${formatPoints(points as Points, wallets.get(wallet)?.decimals ?? 0)} ${wallet}`,
  money: (minor) => `${formatAmount({ minor, currency: program.currency })} ${program.currency}`,
  date: (at) => formatCivilDate(localDateOf(zone, at)),
  lastDay: (until) => formatCivilDate(localDateOf(zone, (until - 1) as Instant)),
})

/** A fraction as a decimal of at most six digits, with a sign where that is not all of it. */
const fraction = (numerator: string | bigint, denominator: string): string => {
  const scaled = BigInt(numerator) * 1_000_000n
  const millionths = scaled / BigInt(denominator)
  const figures = String(millionths).padStart(7, '0')
  const text = `${figures.slice(0, -6)}.${figures.slice(-6)}`.replace(/\.?0+$/, '')
  return millionths * BigInt(denominator) === scaled ? text : `≈ ${text}`
}

const plural = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`

const ruleWords = (words: Words, earning: WalletEarning, rule: RuleEarning): string => {
  const raw = fraction(rule.numerator, earning.denominator)
  const { length } = rule.lines
  if (length === 0) return `Rule ${rule.rule}: no line of the order counts for it.`
  return `Rule ${rule.rule}: ${plural(length, 'line', 'lines')} of ${words.money(rule.basisMinor)} ${length === 1 ? 'gives' : 'give'} ${raw}.`
}

const REQUIREMENTS: Readonly<Record<string, string>> = {
  equals: 'to be',
  is: 'to be',
  isNot: 'not to be',
  in: 'to be one of',
  notIn: 'to be none of',
  hasAny: 'to have one of',
  hasAll: 'to have all of',
  hasNone: 'to have none of',
  atLeast: 'to be at least',
  moreThan: 'to be more than',
  atMost: 'to be at most',
  lessThan: 'to be less than',
  present: 'to be known:',
}

const valueWords = (words: Words, field: string, value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.join(', ')
  return field === 'amount' && typeof value === 'number' ? words.money(value) : String(value)
}

const requiredWords = (words: Words, test: ConditionTest): string =>
  Object.entries(test)
    .filter(([key]) => key !== 'field')
    .map(([key, value]) => `${REQUIREMENTS[key] ?? key} ${valueWords(words, test.field, value)}`)
    .join(' and ')

const testWords = (words: Words, { field, required, found }: TestExplanation): string => {
  const seen = found === undefined ? 'it is not known' : `it is ${valueWords(words, field, found)}`
  return `it needs ${field} ${requiredWords(words, required)}, and ${seen}`
}

const unmatchedWords = (words: Words, { rule, explanation }: UnmatchedRule): string => {
  const [first] = decidingTests(explanation)
  return `Rule ${rule} did not match${first === undefined ? '' : `: ${testWords(words, first)}`}.`
}

const earningWords = (words: Words, { earning, rounding, unmatched }: EarningStep): ReadonlyArray<string> => {
  const raw = earning.rules.reduce((sum, { numerator }) => sum + BigInt(numerator), 0n)
  const on = rounding.on === 'order' ? 'once for the order' : 'on each line'
  const result = words.points(earning.wallet, earning.points)
  return [
    ...earning.rules.map((rule) => ruleWords(words, earning, rule)),
    ...unmatched.map((rule) => unmatchedWords(words, rule)),
    `In all ${fraction(raw, earning.denominator)}, rounded ${on} (${rounding.mode}): ${result}, of the lines ${earning.byLine.join(' + ')}.`,
  ]
}

const entryWords = (words: Words, entry: LedgerEntry): string => {
  const points = words.points(entry.wallet, entry.points)
  switch (entry.type) {
    case 'accrued': {
      const active = entry.activeFrom <= entry.at ? 'active at once' : `active from ${words.date(entry.activeFrom)}`
      const end = entry.expiresAt === null ? 'without expiry' : `expiring on ${words.date(entry.expiresAt)}`
      return `${points} accrued on ${words.date(entry.at)}, ${active}, ${end}.`
    }
    case 'activated':
      return `${points} became active on ${words.date(entry.at)}.`
    case 'redeemed':
      return `${points} redeemed on ${words.date(entry.at)} from ${plural(entry.draws.length, 'lot', 'lots')}.`
    case 'expired':
      return `${points} expired on ${words.date(entry.at)}.`
    case 'reversed': {
      const debt = entry.debt === 0 ? '' : `, ${words.points(entry.wallet, entry.debt)} of them as debt`
      return `${points} taken back on ${words.date(entry.at)}${debt}.`
    }
    case 'debtSettled':
      return `${points} of debt settled on ${words.date(entry.at)}.`
  }
}

const burnWords = (words: Words, { wallet, requested, available }: BurnStep): string =>
  `${words.points(wallet, requested)} asked for, ${words.points(wallet, available)} available, soonest to expire first.`

const clawBackWords = (words: Words, step: ClawBackStep): string => {
  const { wallet, purchase, granted, earnedOnRest, clawed, lapsed } = step
  const gone = lapsed === 0 ? '' : `, ${words.points(wallet, lapsed)} of which had expired and cost nothing`
  const rest = words.points(wallet, earnedOnRest)
  return `Purchase ${purchase} had ${words.points(wallet, granted)}; what is left of it earns ${rest}: ${words.points(wallet, clawed)} to take back${gone}.`
}

const assessmentWords = (words: Words, step: AssessmentStep): string => {
  const { ladder, at, change, from, to, qualifying, threshold, validUntil } = step
  const until = validUntil === null ? '' : `, valid to the end of ${words.lastDay(validUntil)}`
  const what = {
    upgraded: `raised from ${from} to ${to}`,
    renewed: `${to} renewed`,
    downgraded: `lowered from ${from} to ${to}`,
  }
  const why = change === 'upgraded' ? 'to reach it' : `to keep ${from}`
  return `Tier of ${ladder} on ${words.date(at)}: ${what[change]}${until}, with ${qualifying} qualifying points of ${threshold} ${why}.`
}

const referralWords = ({ referrer, outcome, refusals }: ReferralStep): string =>
  outcome === 'qualified'
    ? `The referral by ${referrer} counts.`
    : `The referral by ${referrer} does not count yet. ${formatError(refusals)}`

const reassessmentWords = (words: Words, { referrer, outcome, discountClawMinor }: ReassessmentStep): string => {
  const discount = discountClawMinor === 0 ? '' : ` ${words.money(discountClawMinor)} of the discount go back.`
  const what = { stands: 'stands', cancelled: 'is cancelled', inReview: 'was paid already and is left for review' }
  return `The referral by ${referrer} ${what[outcome]}.${discount}`
}

const stepWords = (words: Words, step: TraceStep): ReadonlyArray<string> => {
  switch (step.step) {
    case 'earning':
      return earningWords(words, step)
    case 'entry':
      return [entryWords(words, step.entry)]
    case 'burn':
      return [burnWords(words, step)]
    case 'clawBack':
      return [clawBackWords(words, step)]
    case 'assessment':
      return [assessmentWords(words, step)]
    case 'referral':
      return [referralWords(step)]
    case 'reassessment':
      return [reassessmentWords(words, step)]
    case 'duplicate':
      return [`Activity ${step.activity} was taken in before: nothing follows.`]
  }
}

/**
 * A trace in English sentences, one for each thing that was done, for people who ask why.
 *
 * @param program - the compiled program: its currency, wallets and zone
 * @param trace - the trace of a decision
 *
 * @example
 * ```ts
 * import { type ActivityId, type CompiledProgram, explainTrace } from 'treue'
 *
 * const program = { program: { currency: 'EUR' }, wallets: new Map() } as unknown as CompiledProgram
 * explainTrace(program, [{ step: 'duplicate', activity: 'order-1' as ActivityId }])
 * // => ['Activity order-1 was taken in before: nothing follows.']
 * ```
 */
export const explainTrace = (program: CompiledProgram, trace: Trace): ReadonlyArray<string> => {
  const words = wordsOf(program)
  return trace.flatMap((step) => stepWords(words, step))
}
