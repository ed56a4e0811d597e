/** What the conditions of an earning rule may speak of. */
import { type Currency, type Instant, localDateOf, weekdayOf, type Zone } from '../foundation/index.ts'
import type { Facts, Vocabulary } from '../rules/index.ts'
import { type CountedLine, linesTotal } from './purchase.ts'

const WEEKDAYS: ReadonlyArray<string> = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/**
 * The fields of a condition on a whole order: its `amount`, the `categories` of its lines, and the `weekday` on which
 * it was made in the program's zone.
 *
 * @param currency - the program's currency, in which amounts are written
 *
 * @example
 * ```ts
 * import { type Currency, orderVocabulary } from 'treue'
 *
 * orderVocabulary('EUR' as Currency).fields.map(({ name }) => name) // => ['amount', 'categories', 'weekday']
 * ```
 */
export const orderVocabulary = (currency: Currency): Vocabulary => ({
  fields: [
    { name: 'amount', type: 'money', currency },
    { name: 'categories', type: 'texts' },
    { name: 'weekday', type: 'text', values: WEEKDAYS },
  ],
})

/**
 * The fields of a condition on one line: its `amount` and its `categories`.
 *
 * @param currency - the program's currency, in which amounts are written
 *
 * @example
 * ```ts
 * import { type Currency, lineVocabulary } from 'treue'
 *
 * lineVocabulary('EUR' as Currency).fields.map(({ name }) => name) // => ['amount', 'categories']
 * ```
 */
export const lineVocabulary = (currency: Currency): Vocabulary => ({
  fields: [
    { name: 'amount', type: 'money', currency },
    { name: 'categories', type: 'texts' },
  ],
})

const categoriesOf = (lines: ReadonlyArray<CountedLine>): ReadonlyArray<string> => {
  const [first] = lines
  if (first === undefined) return []
  if (lines.every(({ categories }) => categories === first.categories || categories.length === 0))
    return first.categories
  const found = new Set<string>()
  for (const { categories } of lines) for (const category of categories) found.add(category)
  return [...found]
}

/**
 * What is true of an order, in the fields of {@link orderVocabulary}.
 *
 * @param lines - its lines; their sum is its amount, in minor units
 * @param zone - the zone of the program's calendar
 * @param at - when it was made
 *
 * @example
 * ```ts
 * import { type LineId, orderFacts, parseInstant, unwrap, utc } from 'treue'
 *
 * const lines = [{ id: '1' as LineId, minor: 1999, categories: ['books'] }]
 * orderFacts(lines, utc, unwrap(parseInstant('2026-03-01T12:00:00Z')))
 * // => { amount: 1999, categories: ['books'], weekday: 'sunday' }
 * ```
 */
export const orderFacts = (lines: ReadonlyArray<CountedLine>, zone: Zone, at: Instant): Facts => ({
  amount: linesTotal(lines),
  categories: categoriesOf(lines),
  weekday: WEEKDAYS[weekdayOf(localDateOf(zone, at)) - 1],
})

/**
 * What is true of a line, in the fields of {@link lineVocabulary}.
 *
 * @param line - the line
 *
 * @example
 * ```ts
 * import { lineFacts, type LineId } from 'treue'
 *
 * lineFacts({ id: '1' as LineId, minor: 1999, categories: ['books'] }) // => { amount: 1999, categories: ['books'] }
 * ```
 */
export const lineFacts = (line: CountedLine): Facts => ({ amount: line.minor, categories: line.categories })
