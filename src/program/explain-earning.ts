/** What was earned, in words. */
import type {
  CapStep,
  RuleEarning,
  RuleMultiplier,
  UnmatchedReason,
  UnmatchedRule,
  WalletEarning,
} from '../earning/index.ts'
import { type ConditionTest, decidingTests, type TestExplanation } from '../rules/index.ts'
import type { EarningStep } from './decision.ts'
import { plural, type Words } from './words.ts'

/** A fraction as a decimal of at most six digits, with a sign where that is not all of it. */
const fraction = (numerator: string | bigint, denominator: string): string => {
  const over = BigInt(numerator)
  const scaled = (over < 0n ? -over : over) * 1_000_000n
  const millionths = scaled / BigInt(denominator)
  const figures = String(millionths).padStart(7, '0')
  const text = `${over < 0n ? '-' : ''}${figures.slice(0, -6)}.${figures.slice(-6)}`.replace(/\.?0+$/, '')
  return millionths * BigInt(denominator) === scaled ? text : `≈ ${text}`
}

/** What a rule gives, and what multipliers made of it. */
const givenWords = (earning: WalletEarning, { numerator, before }: RuleEarning): string => {
  const { denominator } = earning
  const raw = fraction(numerator, denominator)
  return before === numerator ? raw : `${fraction(before, denominator)}, multiplied ${raw}`
}

const ruleWords = (words: Words, earning: WalletEarning, rule: RuleEarning): string => {
  const given = givenWords(earning, rule)
  const { length } = rule.lines
  if (earning.byLine.length === 0) return `Rule ${rule.rule} gives ${given}.`
  if (length === 0) return `Rule ${rule.rule}: no line of the order counts for it.`
  return `Rule ${rule.rule}: ${plural(length, 'line', 'lines')} of ${words.money(rule.basisMinor)} ${length === 1 ? 'gives' : 'give'} ${given}.`
}

const multiplierWords = ({ rule, factor, lines }: RuleMultiplier): string =>
  `Rule ${rule} multiplies by ${factor}${lines.length === 0 ? '' : ` on ${plural(lines.length, 'line', 'lines')}`}.`

const EXCEEDED: Readonly<Record<CapStep['onExceed'], string>> = {
  truncate: 'the rest is cut',
  reject: 'nothing of it is granted',
  defer: 'the rest waits for the next window',
}

/** A cap that let everything through says nothing. */
const capWords = (
  { denominator }: WalletEarning,
  { cap, onExceed, room, desired, granted }: CapStep,
): ReadonlyArray<string> =>
  desired === granted
    ? []
    : [
        `Cap ${cap} has room for ${room}: of ${fraction(desired, denominator)} it lets ${fraction(granted, denominator)} through, and ${EXCEEDED[onExceed]}.`,
      ]

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

const REASONS: Readonly<Record<Exclude<UnmatchedReason, 'condition'>, string>> = {
  cooldown: 'it earned too short a time ago',
  schedule: 'it does not earn at this time',
  stopped: 'a rule before it is the last one',
  group: 'another rule of its group earns',
  noAward: 'nothing counts for it',
}

const unmatchedWords = (words: Words, { rule, reason, explanation }: UnmatchedRule): string => {
  if (reason !== 'condition') return `Rule ${rule} did not earn: ${REASONS[reason]}.`
  const [first] = decidingTests(explanation)
  return `Rule ${rule} did not match${first === undefined ? '' : `: ${testWords(words, first)}`}.`
}

const roundingWords = ({ rounding, earning }: EarningStep, result: string): string => {
  const { denominator, rules, byLine } = earning
  const raw = fraction(
    rules.reduce((sum, { granted }) => sum + BigInt(granted), 0n),
    denominator,
  )
  const on = byLine.length === 0 ? 'once' : rounding.on === 'order' ? 'once for the order' : 'on each line'
  const lines = byLine.length === 0 ? '' : `, of the lines ${byLine.join(' + ')}`
  return `In all ${raw}, rounded ${on} (${rounding.mode}): ${result}${lines}.`
}

/** What an activity earned in a wallet, stage by stage, and which rules did not earn. */
export const earningWords = (words: Words, step: EarningStep): ReadonlyArray<string> => {
  const { earning, unmatched } = step
  return [
    ...earning.rules.map((rule) => ruleWords(words, earning, rule)),
    ...earning.multipliers.map(multiplierWords),
    ...earning.capSteps.flatMap((cap) => capWords(earning, cap)),
    ...unmatched.map((rule) => unmatchedWords(words, rule)),
    roundingWords(step, words.points(earning.wallet, earning.points)),
    ...earning.deferred.map(
      ({ cap, points }) => `${words.points(earning.wallet, points)} wait for the next window of cap ${cap}.`,
    ),
  ]
}
