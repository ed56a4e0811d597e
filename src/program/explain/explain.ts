/** A trace as sentences: as data, and in a language. */

import type { BurnStep, ClawBackStep, ExchangeStep, RestatedStep, Trace, TraceStep } from '../decide/decision.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { englishTexts } from './english-texts.ts'
import { assessmentPhrase } from './explain-assessment.ts'
import { challengeStepPhrase } from './explain-challenges.ts'
import { earningPhrases } from './explain-earning.ts'
import { entryPhrase } from './explain-entry.ts'
import { broughtPhrase, reassessmentPhrase, referralPhrases } from './explain-referral.ts'
import { rewardStepPhrase, voucherPhrases } from './explain-rewards.ts'
import { unmatchedIn } from './explain-step.ts'
import { decimal, list, nothing, type Phrase, phrase, text } from './phrase.ts'
import { renderPhrase, type Texts } from './render-phrase.ts'
import { type Words, wordsOf } from './words.ts'

const burnPhrase = (words: Words, { wallet, requested, available }: BurnStep): Phrase =>
  phrase('burn', { requested: words.points(wallet, requested), available: words.points(wallet, available) })

const clawBackPhrase = (words: Words, step: ClawBackStep): Phrase => {
  const { wallet, purchase, action } = step
  const lapsed = step.lapsed === 0 ? nothing : phrase('clawBack.lapsed', { points: words.points(wallet, step.lapsed) })
  const granted = words.points(wallet, step.granted)
  const clawed = words.points(wallet, step.clawed)
  if (action !== 'purchase') {
    return phrase('clawBack.action', { action: text(action), id: words.id(purchase), granted, clawed, lapsed })
  }
  const rest = words.points(wallet, step.earnedOnRest)
  return phrase('clawBack.purchase', { purchase: words.id(purchase), granted, rest, clawed, lapsed })
}

const exchangePhrase = (words: Words, { rate, minor, exchangedMinor }: ExchangeStep): Phrase =>
  phrase('exchange', {
    amount: words.money(minor, rate.from),
    exchanged: words.money(exchangedMinor, rate.to),
    rate: decimal(rate.rate),
    to: text(rate.to),
    from: text(rate.from),
    validFrom: words.date(rate.validFrom),
  })

const restatedPhrase = ({ actor, reason, parts }: RestatedStep): Phrase => {
  const said = parts.length === 0 ? [phrase('part.none', {})] : parts.map((part) => phrase(`part.${part}`, {}))
  return phrase('restated', { actor: text(actor), reason: text(reason), parts: list('comma', said) })
}

const stepPhrases = (program: CompiledProgram, words: Words, step: TraceStep): ReadonlyArray<Phrase> => {
  switch (step.step) {
    case 'earning':
      return earningPhrases(words, step, unmatchedIn(program, step))
    case 'entry':
      return [entryPhrase(words, step.entry)]
    case 'burn':
      return [burnPhrase(words, step)]
    case 'clawBack':
      return [clawBackPhrase(words, step)]
    case 'assessment':
      return [assessmentPhrase(words, step)]
    case 'referral':
      return referralPhrases(words, step)
    case 'reassessment':
      return [reassessmentPhrase(words, step)]
    case 'brought':
      return [broughtPhrase(words, step)]
    case 'exchange':
      return [exchangePhrase(words, step)]
    case 'stamps':
    case 'stampsTaken':
    case 'stampsExpired':
    case 'stampReward':
    case 'reward':
    case 'donation':
    case 'voucher':
    case 'voucherRestored':
      return [rewardStepPhrase(words, step)]
    case 'challenge':
    case 'level':
    case 'streak':
    case 'badge':
    case 'draw':
      return [challengeStepPhrase(words, step)]
    case 'vouchers':
      return voucherPhrases(words, step)
    case 'restated':
      return [restatedPhrase(step)]
    case 'duplicate':
      return [phrase('duplicate', { activity: words.id(step.activity) })]
  }
}

/** The redemptions that came by themselves and are over with the trace. */
const automaticallyIssued = (trace: Trace): ReadonlySet<string> =>
  new Set(
    trace.flatMap((step) =>
      step.step === 'reward' && step.automatic && step.change === 'issue' ? [step.redemption] : [],
    ),
  )

/** Whether a step only sets points aside that are redeemed at once: there is nothing to say of that. */
const isHoldOf = (step: TraceStep, issued: ReadonlySet<string>): boolean => {
  if (step.step === 'reward') return step.change === 'hold' && issued.has(step.redemption)
  return step.step === 'entry' && step.entry.type === 'held' && issued.has(step.entry.source)
}

/**
 * A trace as sentences without a language: each is a key and typed values, which `renderPhrase` puts into words.
 *
 * @param program - the compiled program: its currency, wallets and zone
 * @param trace - the trace of a decision
 *
 * @example
 * ```ts
 * import { type ActivityId, type CompiledProgram, explain } from 'treue'
 *
 * const program = { program: { currency: 'EUR' }, wallets: new Map() } as unknown as CompiledProgram
 * explain(program, [{ step: 'duplicate', activity: 'order-1' as ActivityId }])
 * // => [{ type: 'phrase', key: 'duplicate', values: { activity: { type: 'text', text: 'order-1' } } }]
 * ```
 */
export const explain = (program: CompiledProgram, trace: Trace): ReadonlyArray<Phrase> => {
  const words = wordsOf(program)
  const issued = automaticallyIssued(trace)
  return trace.flatMap((step) => (isHoldOf(step, issued) ? [] : stepPhrases(program, words, step)))
}

/** How to explain. */
export interface ExplainOptions {
  /** The texts of a language. Default: `englishTexts`. */
  readonly texts?: Texts
}

/**
 * A trace in sentences, one for each thing that was done, for people who ask why.
 *
 * @param program - the compiled program: its currency, wallets and zone
 * @param trace - the trace of a decision
 * @param options - the texts of another language than English
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
export const explainTrace = (
  program: CompiledProgram,
  trace: Trace,
  { texts = englishTexts }: ExplainOptions = {},
): ReadonlyArray<string> => explain(program, trace).map((sentence) => renderPhrase(sentence, texts))
