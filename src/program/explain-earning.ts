/** What was earned, in words. */
import type {
  CapStep,
  RuleEarning,
  RuleMultiplier,
  UnmatchedReason,
  UnmatchedRule,
  WalletEarning,
} from '../earning/index.ts'
import type { ConditionExplanation, ConditionTest, TestExplanation } from '../rules/index.ts'
import type { EarningStep } from './decision.ts'
import { plural, type Words } from './words.ts'

/** So many ways in which a rule could have matched are named. */
const MOST_REASONS = 5

/** A fraction as a decimal of at most six digits, with a sign where that is not all of it. */
const fraction = (numerator: string | bigint, denominator: string): string => {
  const over = BigInt(numerator)
  const scaled = (over < 0n ? -over : over) * 1_000_000n
  const millionths = scaled / BigInt(denominator)
  const figures = String(millionths).padStart(7, '0')
  const text = `${over < 0n ? '-' : ''}${figures.slice(0, -6)}.${figures.slice(-6)}`.replace(/\.?0+$/, '')
  return millionths * BigInt(denominator) === scaled ? text : `≈ ${text}`
}

/** Raw points in points of the wallet. */
const rawWords = (words: Words, { wallet, denominator }: WalletEarning, raw: string | bigint): string =>
  fraction(raw, String(BigInt(denominator) * words.unitsOfPoint(wallet)))

/** What a rule gives, and what multipliers made of it. */
const givenWords = (words: Words, earning: WalletEarning, { numerator, before }: RuleEarning): string => {
  const raw = rawWords(words, earning, numerator)
  return before === numerator ? raw : `${rawWords(words, earning, before)}, multiplied ${raw}`
}

const ruleWords = (words: Words, earning: WalletEarning, rule: RuleEarning): string => {
  const given = givenWords(words, earning, rule)
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
const capWords = (words: Words, earning: WalletEarning, step: CapStep): ReadonlyArray<string> => {
  const { cap, onExceed, room, desired, granted } = step
  if (desired === granted) return []
  const wanted = rawWords(words, earning, desired)
  if (words.countsTimes(cap)) return [`Cap ${cap} has no time left: nothing of ${wanted} is granted.`]
  const through = rawWords(words, earning, granted)
  return [
    `Cap ${cap} has room for ${words.figures(earning.wallet, room)}: of ${wanted} it lets ${through} through, and ${EXCEEDED[onExceed]}.`,
  ]
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
}

const valueWords = (words: Words, field: string, value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.join(', ')
  return typeof value === 'number' ? words.fieldValue(field, value) : String(value)
}

const requiredWords = (words: Words, test: ConditionTest): string => {
  if ('present' in test) return test.present ? 'to be known' : 'not to be known'
  return Object.entries(test)
    .filter(([key]) => key !== 'field')
    .map(([key, value]) => `${REQUIREMENTS[key] ?? key} ${valueWords(words, test.field, value)}`)
    .join(' and ')
}

/** A requirement as something that is so. */
const asFact = (required: string): string =>
  required
    .replace(/\bnot to be\b/g, 'is not')
    .replace(/\bto be\b/g, 'is')
    .replace(/\bto have\b/g, 'has')

/** A test that failed, or one that holds where a condition asks that it does not. */
const testWords = (words: Words, { field, required, found, truth }: TestExplanation): string => {
  const seen = found === undefined ? 'it is not known' : `it is ${valueWords(words, field, found)}`
  const asked = requiredWords(words, required)
  return truth === 'true'
    ? `it does not earn where ${field} ${asFact(asked)}, and ${seen}`
    : `it needs ${field} ${asked}, and ${seen}`
}

/** Why a condition came to what it came to: one of several reasons where one is enough, and otherwise every way out. */
const failureWords = (words: Words, explanation: ConditionExplanation): string => {
  const { type, truth } = explanation
  if (type === 'test') return testWords(words, explanation)
  if (type === 'not') return failureWords(words, explanation.part)
  const parts = explanation.parts.filter((part) => part.truth === truth)
  const isOneEnough = (type === 'any') === (truth === 'true')
  return parts
    .slice(0, isOneEnough ? 1 : MOST_REASONS)
    .map((part) => failureWords(words, part))
    .join('; or ')
}

const REASONS: Readonly<Record<Exclude<UnmatchedReason, 'condition'>, string>> = {
  cooldown: 'it earned too short a time ago',
  schedule: 'it does not earn at this time',
  stopped: 'a rule before it is the last one',
  group: 'another rule of its group earns',
  noAward: 'none of its cases holds, or what it counts is not known',
}

const unmatchedWords = (words: Words, { rule, reason, explanation }: UnmatchedRule): string => {
  if (reason !== 'condition') return `Rule ${rule} did not earn: ${REASONS[reason]}.`
  const why = failureWords(words, explanation)
  return `Rule ${rule} did not match${why === '' ? '' : `: ${why}`}.`
}

/** What a cap has cut is rounded on the order, so that lines that are rounded up do not exceed it. */
const roundedOn = ({ rounding, earning: { byLine, rules } }: EarningStep): string => {
  if (byLine.length === 0) return 'once'
  const isCut = rules.some(({ numerator, granted }) => numerator !== granted)
  return rounding.on === 'order' || isCut ? 'once for the order' : 'on each line'
}

const roundingWords = (words: Words, step: EarningStep): string => {
  const { rounding, earning } = step
  const { rules, byLine, wallet } = earning
  const sum = rules.reduce((all, { granted }) => all + BigInt(granted), 0n)
  const raw = rawWords(words, earning, sum)
  const result = words.points(wallet, earning.points)
  if (sum < 0n && byLine.length > 0) return `In all ${raw}; a purchase never earns less than 0: ${result}.`
  const lines =
    byLine.length === 0 ? '' : `, of the lines ${byLine.map((one) => words.figures(wallet, one)).join(' + ')}`
  return `In all ${raw}, rounded ${roundedOn(step)} (${sum < 0n ? 'toward 0' : rounding.mode}): ${result}${lines}.`
}

/** What an activity earned in a wallet, stage by stage, and which rules did not earn. */
export const earningWords = (words: Words, step: EarningStep): ReadonlyArray<string> => {
  const { earning, unmatched } = step
  return [
    ...earning.rules.map((rule) => ruleWords(words, earning, rule)),
    ...earning.multipliers.map(multiplierWords),
    ...earning.capSteps.flatMap((cap) => capWords(words, earning, cap)),
    ...unmatched.map((rule) => unmatchedWords(words, rule)),
    roundingWords(words, step),
    ...earning.deferred.map(
      ({ cap, points }) => `${words.points(earning.wallet, points)} wait for the next window of cap ${cap}.`,
    ),
  ]
}
