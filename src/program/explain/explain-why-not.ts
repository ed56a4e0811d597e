/** Why a rule did not earn, and with what it would, as a phrase. */
import type { FactChange } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { factValue } from './explain-condition.ts'
import { list, type Phrase, phrase, text } from './phrase.ts'
import type { WhyNot } from './why-not.ts'
import { type Words, wordsOf } from './words.ts'

const changePhrase = (words: Words, { field, from, to }: FactChange): Phrase => {
  const name = text(field)
  if (to === undefined) return phrase('whyNot.without', { field: name })
  const value = factValue(words, field, to)
  if (from === undefined) return phrase('whyNot.with', { field: name, value })
  return phrase('whyNot.instead', { field: name, value, found: factValue(words, field, from) })
}

const schedulePhrase = (words: Words, { rule, from }: WhyNot): Phrase =>
  from === null
    ? phrase('whyNot.never', { rule: text(rule) })
    : phrase('whyNot.from', { rule: text(rule), from: words.date(from) })

/**
 * What would make a rule earn that did not, as a sentence without a language: `renderPhrase` puts it into words.
 *
 * @param program - the compiled program: its currency and zone
 * @param found - one of what `whyNot` gives
 *
 * @example
 * ```ts
 * import { type CompiledProgram, englishTexts, renderPhrase, type WhyNot, whyNotPhrase } from 'treue'
 *
 * const program = { program: { currency: 'EUR', earning: { rules: [] } }, wallets: new Map() } as unknown as CompiledProgram
 * const changes = [{ field: 'amount', from: 1650, to: 2000 }]
 * const found = { rule: 'large', reason: 'condition', change: { type: 'changes', changes }, from: null } as unknown as WhyNot
 * renderPhrase(whyNotPhrase(program, found), englishTexts)
 * // => 'Rule large would have matched with amount 20.00 EUR instead of 16.50 EUR.'
 * ```
 */
export const whyNotPhrase = (program: CompiledProgram, found: WhyNot): Phrase => {
  const words = wordsOf(program)
  const { reason, change } = found
  const rule = text(found.rule)
  if (reason === 'schedule') return schedulePhrase(words, found)
  if (reason !== 'condition') return phrase(`unmatched.${reason}`, { rule })
  switch (change?.type) {
    case 'changes': {
      const changes = change.changes.map((one) => changePhrase(words, one))
      return phrase('whyNot.changes', { rule, changes: list('and', changes) })
    }
    case 'cannot':
      return phrase('whyNot.cannot', { rule })
    default:
      return phrase('whyNot.undecided', { rule })
  }
}
