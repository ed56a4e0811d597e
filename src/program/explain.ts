/** A trace in words. */

import type { RuleEarning, UnmatchedRule, WalletEarning } from '../earning/index.ts'
import { formatError } from '../foundation/index.ts'
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
import { entryWords } from './explain-entry.ts'
import { plural, type Words, wordsOf } from './words.ts'

/** A fraction as a decimal of at most six digits, with a sign where that is not all of it. */
const fraction = (numerator: string | bigint, denominator: string): string => {
  const scaled = BigInt(numerator) * 1_000_000n
  const millionths = scaled / BigInt(denominator)
  const figures = String(millionths).padStart(7, '0')
  const text = `${figures.slice(0, -6)}.${figures.slice(-6)}`.replace(/\.?0+$/, '')
  return millionths * BigInt(denominator) === scaled ? text : `≈ ${text}`
}

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
