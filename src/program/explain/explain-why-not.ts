/** Why a rule did not earn, and with what it would, as a phrase. */
import type { FactChange } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { factValue } from './explain-condition.ts'
import { type ListValue, list, type Phrase, phrase, text, type WordValue, word } from './phrase.ts'
import type { WhyNot } from './why-not.ts'
import { type Words, wordsOf } from './words.ts'

/** Texts of a list that come or go; both at once are another list. */
const listChangePhrase = (
  words: Words,
  field: WordValue,
  from: ReadonlyArray<unknown>,
  to: ReadonlyArray<unknown>,
): Phrase => {
  const [old, now] = [new Set(from), new Set(to)]
  const [added, removed] = [to.filter((one) => !old.has(one)), from.filter((one) => !now.has(one))]
  const value = (some: ReadonlyArray<unknown>) => factValue(words, field.word, some)
  if (removed.length === 0) return phrase('whyNot.added', { field, value: value(added) })
  if (added.length === 0) return phrase('whyNot.removed', { field, value: value(removed) })
  return phrase('whyNot.instead', { field, value: value(to), found: value(from) })
}

const changePhrase = (words: Words, { field, from, to }: FactChange): Phrase => {
  const name = word(field)
  if (to === undefined) return phrase('whyNot.without', { field: name })
  if (Array.isArray(from) && Array.isArray(to)) return listChangePhrase(words, name, from, to)
  const value = factValue(words, field, to)
  if (from === undefined) return phrase('whyNot.with', { field: name, value })
  return phrase('whyNot.instead', { field: name, value, found: factValue(words, field, from) })
}

const changesOf = (words: Words, { change }: WhyNot): ListValue | null =>
  change?.type === 'changes'
    ? list(
        'and',
        change.changes.map((one) => changePhrase(words, one)),
      )
    : null

/** From when on it earns, and what else it takes. */
const timePhrase = (words: Words, found: WhyNot): Phrase => {
  const { reason, from, change } = found
  const rule = text(found.rule)
  if (from === null)
    return reason === 'cooldown' ? phrase('unmatched.cooldown', { rule }) : phrase('whyNot.never', { rule })
  if (change === null || change.type === 'holds') return phrase('whyNot.from', { rule, from: words.date(from) })
  const changes = changesOf(words, found)
  if (changes !== null) return phrase('whyNot.fromWith', { rule, from: words.date(from), changes })
  return phrase(change.type === 'cannot' ? 'whyNot.cannot' : 'whyNot.undecided', { rule })
}

const linesPhrase = (words: Words, found: WhyNot): Phrase => {
  const rule = text(found.rule)
  const changes = changesOf(words, found)
  return changes === null || found.line === null
    ? phrase('earning.noLine', { rule })
    : phrase('whyNot.line', { rule, line: text(found.line), changes })
}

const shortfallPhrase = (words: Words, { rule: id, shortfall, line }: WhyNot): Phrase => {
  const rule = text(id)
  const { field, missing } = shortfall ?? { field: 'amount', missing: 0 }
  const values = { rule, missing: words.fieldValue(field, missing), field: word(field) }
  return line === null ? phrase('whyNot.more', values) : phrase('whyNot.moreOnLine', { ...values, line: text(line) })
}

const capPhrase = (words: Words, { rule: id, cap: by, from }: WhyNot): Phrase => {
  const [rule, cap] = [text(id), text(by ?? '')]
  return from === null
    ? phrase('whyNot.cap', { rule, cap })
    : phrase('whyNot.capUntil', { rule, cap, from: words.date(from) })
}

const conditionPhrase = (words: Words, found: WhyNot): Phrase => {
  const { reason, change } = found
  const rule = text(found.rule)
  const changes = changesOf(words, found)
  if (changes !== null) return phrase('whyNot.changes', { rule, changes })
  if (reason === 'noAward') return phrase('unmatched.noAward', { rule })
  return phrase(change?.type === 'cannot' ? 'whyNot.cannot' : 'whyNot.undecided', { rule })
}

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
  const rule = text(found.rule)
  switch (found.reason) {
    case 'cooldown':
    case 'schedule':
      return timePhrase(words, found)
    case 'stopped':
    case 'group':
      return phrase(`unmatched.${found.reason}`, { rule })
    case 'lines':
      return linesPhrase(words, found)
    case 'tooLittle':
      return shortfallPhrase(words, found)
    case 'cap':
      return capPhrase(words, found)
    case 'nothingToMultiply':
      return phrase('earning.multipliesNothing', { rule })
    case 'condition':
    case 'noAward':
      return conditionPhrase(words, found)
  }
}
