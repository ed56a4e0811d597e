/** What the conditions of an earning rule may speak of. */
import type { Currency } from '../foundation/index.ts'
import type { Vocabulary, VocabularyField } from '../rules/index.ts'
import { type DeclaredField, PLACES } from './declared-field.ts'
import { OCCASIONS } from './occasion.ts'

export const WEEKDAYS: ReadonlyArray<string> = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]

/** What is known of the member at the activity; it comes from the context. */
export const MEMBER_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'orderNumber',
  'tiers',
  'tenureDays',
  'tenureMonths',
  'occasions',
])

/** The fields of ours that can be missing. */
export const fieldsThatCanBeMissing: ReadonlyArray<string> = [
  'channel',
  'store',
  'sku',
  'brand',
  'tenureDays',
  'tenureMonths',
]

const calendarFields: ReadonlyArray<VocabularyField> = [
  { name: 'weekday', type: 'text', values: WEEKDAYS },
  { name: 'hour', type: 'integer' },
  { name: 'month', type: 'integer' },
]

const memberFields: ReadonlyArray<VocabularyField> = [
  { name: 'tiers', type: 'texts' },
  { name: 'tenureDays', type: 'integer' },
  { name: 'tenureMonths', type: 'integer' },
  { name: 'occasions', type: 'texts', values: OCCASIONS },
]

/**
 * The fields of a condition on a whole order: of its lines that count their `amount`, `categories`, `skus`, `brands` and
 * `quantity`; the `weekday`, `hour` (0–23) and `month` (1–12) at which it was made in the program's zone; its `channel`
 * and `store`; the member's `orderNumber` (this one included), `tiers` (as `ladder/tier`), `tenureDays`, `tenureMonths`
 * and `occasions`; and the fields that the program declares.
 *
 * @param currency - the program's currency, in which amounts are written
 * @param declared - the program's own fields; none by default
 *
 * @example
 * ```ts
 * import { type Currency, orderVocabulary } from 'treue'
 *
 * const { fields } = orderVocabulary('EUR' as Currency, [{ name: 'gift', type: 'flag' }])
 * fields.map(({ name }) => name).slice(0, 3) // => ['amount', 'categories', 'weekday']
 * fields.at(-1)?.name // => 'gift'
 * ```
 */
export const orderVocabulary = (currency: Currency, declared: ReadonlyArray<DeclaredField> = []): Vocabulary => ({
  fields: [
    { name: 'amount', type: 'money', currency },
    { name: 'categories', type: 'texts' },
    ...calendarFields,
    ...PLACES,
    { name: 'skus', type: 'texts' },
    { name: 'brands', type: 'texts' },
    { name: 'quantity', type: 'integer' },
    { name: 'orderNumber', type: 'integer' },
    ...memberFields,
    ...declared,
  ],
})

/**
 * The fields of a condition on one line: its `amount` as far as it counts, its `categories`, `sku`, `brand` and
 * `quantity`.
 *
 * @param currency - the program's currency, in which amounts are written
 *
 * @example
 * ```ts
 * import { type Currency, lineVocabulary } from 'treue'
 *
 * lineVocabulary('EUR' as Currency).fields.map(({ name }) => name)
 * // => ['amount', 'categories', 'sku', 'brand', 'quantity']
 * ```
 */
export const lineVocabulary = (currency: Currency): Vocabulary => ({
  fields: [
    { name: 'amount', type: 'money', currency },
    { name: 'categories', type: 'texts' },
    { name: 'sku', type: 'text' },
    { name: 'brand', type: 'text' },
    { name: 'quantity', type: 'integer' },
  ],
})

/**
 * The fields of a condition on a named action, such as a review: those of {@link orderVocabulary} that are not about an
 * order, and the fields that the program declares for the action.
 *
 * @param declared - the action's own fields
 *
 * @example
 * ```ts
 * import { actionVocabulary } from 'treue'
 *
 * actionVocabulary([{ name: 'stars', type: 'integer' }]).fields.map(({ name }) => name).slice(-3)
 * // => ['tenureMonths', 'occasions', 'stars']
 * ```
 */
export const actionVocabulary = (declared: ReadonlyArray<DeclaredField>): Vocabulary => ({
  fields: [...calendarFields, ...PLACES, ...memberFields, ...declared],
})

/** The names that a program's own fields cannot have. */
export const BUILT_IN_FIELDS: ReadonlyArray<string> = [
  'amount',
  'categories',
  'skus',
  'brands',
  'quantity',
  'sku',
  'brand',
  'orderNumber',
  ...[...calendarFields, ...PLACES, ...memberFields].map(({ name }) => name),
]
