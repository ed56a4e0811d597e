/** A trace in words. */

import { formatAmount } from '../foundation/index.ts'
import type { AssessmentCause, Threshold } from '../tiers/index.ts'
import type { CompiledProgram } from './compile.ts'
import type { AssessmentStep, BurnStep, ClawBackStep, ExchangeStep, Trace, TraceStep } from './decision.ts'
import { earningWords } from './explain-earning.ts'
import { entryWords } from './explain-entry.ts'
import { broughtWords, reassessmentWords, referralWords } from './explain-referral.ts'
import { type Words, wordsOf } from './words.ts'

const burnWords = (words: Words, { wallet, requested, available }: BurnStep): string =>
  `${words.points(wallet, requested)} asked for, ${words.points(wallet, available)} available.`

const clawBackWords = (words: Words, step: ClawBackStep): string => {
  const { wallet, purchase, action, granted, earnedOnRest, clawed, lapsed } = step
  const gone = lapsed === 0 ? '' : `, ${words.points(wallet, lapsed)} of which had expired and cost nothing`
  const rest = words.points(wallet, earnedOnRest)
  if (action !== 'purchase') {
    return `${action} ${purchase} had ${words.points(wallet, granted)} and is undone: ${words.points(wallet, clawed)} to take back${gone}.`
  }
  return `Purchase ${purchase} had ${words.points(wallet, granted)}; what is left of it earns ${rest}: ${words.points(wallet, clawed)} to take back${gone}.`
}

/** What was there of what was asked for. */
const thresholdWords = (threshold: Threshold, { counts }: Pick<AssessmentStep, 'counts'>): string => {
  if (threshold.type === 'count') {
    const count = counts.find(({ metric }) => metric === threshold.metric)?.count ?? 0
    return `${count} ${threshold.metric} of ${threshold.atLeast}`
  }
  const parts = threshold.of.map((part) => thresholdWords(part, { counts }))
  if (threshold.type === 'some') return `${threshold.number} asked for of (${parts.join(', ')})`
  return `(${parts.join(threshold.type === 'all' ? ' and ' : ' or ')})`
}

const purposeWords = ({ change, cause, from }: AssessmentStep): string =>
  change === 'upgraded' || cause === 'reach' ? 'to reach it' : `to keep ${from}`

/** Why, where the counts do not say it. */
const becauseWords: Readonly<Record<AssessmentCause, string>> = {
  reach: '',
  keep: '',
  grace: ', in a grace',
  return: ', because of a return',
  claim: ', by what was given',
  suspension: ', because nobody is lowered at present',
  definition: ', because the ladder was changed',
}

const assessmentWords = (words: Words, step: AssessmentStep): string => {
  const { ladder, at, change, cause, from, to, threshold, validUntil } = step
  const until = validUntil === null ? '' : `, valid to the end of ${words.lastDay(validUntil)}`
  const what = {
    held: `${to} held`,
    upgraded: `raised from ${from} to ${to}`,
    renewed: `${to} renewed`,
    downgraded: `lowered from ${from} to ${to}`,
  }
  const asked = threshold === null ? '' : `, with ${thresholdWords(threshold, step)} ${purposeWords(step)}`
  return `Tier of ${ladder} on ${words.date(at)}: ${what[change]}${until}${asked}${becauseWords[cause]}.`
}

const exchangeWords = (words: Words, { rate, minor, exchangedMinor }: ExchangeStep): string => {
  const { from, to, rate: factor, validFrom } = rate
  const amount = formatAmount({ minor, currency: from })
  return `${amount} ${from} are ${words.money(exchangedMinor)}, at ${factor} ${to} for 1 ${from} as of ${words.date(validFrom)}.`
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
      return referralWords(step)
    case 'reassessment':
      return [reassessmentWords(words, step)]
    case 'brought':
      return [broughtWords(words, step)]
    case 'exchange':
      return [exchangeWords(words, step)]
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
