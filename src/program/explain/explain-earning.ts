/** What was earned, as phrases. */
import type {
  CapStep,
  RuleEarning,
  RuleMultiplier,
  UnmatchedReason,
  UnmatchedRule,
  WalletEarning,
} from '../../earning/index.ts'
import type { EarningStep } from '../decide/decision.ts'
import { failureReasons } from './explain-condition.ts'
import { multipliesPoints } from './multiplied.ts'
import { count, decimal, type FractionValue, list, nothing, type Phrase, phrase, text } from './phrase.ts'
import type { Words } from './words.ts'

/** Raw points in points of the wallet. */
const rawValue = (words: Words, { wallet, denominator }: WalletEarning, raw: string | bigint): FractionValue => ({
  type: 'fraction',
  numerator: String(raw),
  denominator: String(BigInt(denominator) * words.unitsOfPoint(wallet)),
})

/** What a rule gives, and what multipliers made of it. */
const givenValue = (words: Words, earning: WalletEarning, { numerator, before }: RuleEarning) => {
  const after = rawValue(words, earning, numerator)
  return before === numerator
    ? after
    : phrase('earning.multiplied', { before: rawValue(words, earning, before), after })
}

const rulePhrase = (words: Words, earning: WalletEarning, one: RuleEarning): Phrase => {
  const rule = text(one.rule)
  const given = givenValue(words, earning, one)
  if (earning.byLine.length === 0) return phrase('earning.given', { rule, given })
  if (one.lines.length === 0) return phrase('earning.noLine', { rule })
  return phrase('earning.lines', { rule, lines: count(one.lines.length), basis: words.money(one.basisMinor), given })
}

const multiplierPhrase = (earning: WalletEarning, multiplier: RuleMultiplier): Phrase => {
  const { lines, factor } = multiplier
  const rule = text(multiplier.rule)
  const values = { rule, factor: decimal(factor) }
  if (earning.byLine.length > 0 && lines.length === 0) return phrase('earning.noLine', { rule })
  if (!multipliesPoints(earning, multiplier)) return phrase('earning.multipliesNothing', { rule })
  return lines.length === 0
    ? phrase('earning.multiplier', values)
    : phrase('earning.multiplierOnLines', { ...values, lines: count(lines.length) })
}

/** A cap that let everything through says nothing. */
const capPhrase = (words: Words, earning: WalletEarning, step: CapStep): ReadonlyArray<Phrase> => {
  const { cap: id, onExceed, room, granted } = step
  if (step.desired === granted) return []
  const cap = text(id)
  const desired = rawValue(words, earning, step.desired)
  if (words.countsTimes(id)) return [phrase('earning.capNoTime', { cap, desired })]
  const through = rawValue(words, earning, granted)
  const rest = phrase(`cap.${onExceed}`, {})
  return [phrase('earning.cap', { cap, room: words.figures(earning.wallet, room), desired, granted: through, rest })]
}

const reasonPhrase = (words: Words, { rule: id, explanation }: UnmatchedRule, reason: UnmatchedReason): Phrase => {
  const rule = text(id)
  if (reason !== 'condition') return phrase(`unmatched.${reason}`, { rule })
  const why = failureReasons(words, explanation)
  return why.length === 0
    ? phrase('earning.unmatchedPlainly', { rule })
    : phrase('earning.unmatched', { rule, why: list('orElse', why) })
}

/** A sentence for each reason that kept a rule from earning. */
const unmatchedPhrases = (words: Words, one: UnmatchedRule): ReadonlyArray<Phrase> =>
  [one.reason, ...one.others].map((reason) => reasonPhrase(words, one, reason))

/** What a cap has cut is rounded on the order, so that lines that are rounded up do not exceed it. */
const roundedOn = ({ rounding, earning: { byLine, rules } }: EarningStep): Phrase => {
  if (byLine.length === 0) return phrase('rounded.once', {})
  const isCut = rules.some(({ numerator, granted }) => numerator !== granted)
  return phrase(rounding.on === 'order' || isCut ? 'rounded.order' : 'rounded.line', {})
}

const roundingPhrase = (words: Words, step: EarningStep): Phrase => {
  const { rounding, earning } = step
  const { rules, byLine, wallet } = earning
  const total = rules.reduce((all, { granted }) => all + BigInt(granted), 0n)
  const sum = rawValue(words, earning, total)
  const points = words.points(wallet, earning.points)
  if (total < 0n && byLine.length > 0) return phrase('earning.neverNegative', { sum, points })
  const lines =
    byLine.length === 0
      ? nothing
      : phrase('earning.ofLines', {
          lines: list(
            'plus',
            byLine.map((one) => words.figures(wallet, one)),
          ),
        })
  const mode = phrase(total < 0n ? 'mode.towardZero' : `mode.${rounding.mode}`, {})
  return phrase('earning.rounded', { sum, on: roundedOn(step), mode, points, lines })
}

/** What an activity earned in a wallet, stage by stage, and which rules did not earn. */
export const earningPhrases = (
  words: Words,
  step: EarningStep,
  unmatched: ReadonlyArray<UnmatchedRule>,
): ReadonlyArray<Phrase> => {
  const { earning } = step
  return [
    ...earning.rules.map((rule) => rulePhrase(words, earning, rule)),
    ...earning.multipliers.map((one) => multiplierPhrase(earning, one)),
    ...earning.capSteps.flatMap((cap) => capPhrase(words, earning, cap)),
    ...unmatched.flatMap((rule) => unmatchedPhrases(words, rule)),
    roundingPhrase(words, step),
    ...earning.deferred.map(({ cap, points }) =>
      phrase('earning.deferred', { points: words.points(earning.wallet, points), cap: text(cap) }),
    ),
  ]
}
