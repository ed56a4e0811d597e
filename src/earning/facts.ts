/** What is true of an activity and of a line, in the fields that conditions may speak of. */
import { type Instant, localDateOf, localTimeOf, weekdayOf, yearMonthDay, type Zone } from '../foundation/index.ts'
import type { Fact, Facts, Vocabulary } from '../rules/index.ts'
import type { EarningActivity, EarningContext } from './earning-context.ts'
import type { CountedLine } from './purchase.ts'
import { BUILT_IN_FIELDS, MEMBER_FIELDS, WEEKDAYS } from './vocabulary.ts'

/** Which facts are wanted: what no condition asks for is not looked up. */
export interface FactPlan {
  /** Amount, categories and weekday: nearly every program asks for them. */
  readonly isOrder: boolean
  /** Whether no other facts are wanted. */
  readonly isShort: boolean
  readonly weekday: boolean
  readonly clock: boolean
  readonly skus: boolean
  readonly brands: boolean
  readonly quantity: boolean
  /** Fields from the context. */
  readonly member: ReadonlyArray<string>
  /** Fields of the activity's own. */
  readonly own: ReadonlyArray<string>
}

/** A plan for the fields that some conditions ask for, of an order or of another action. */
export const factPlan = (isOrder: boolean, fields: ReadonlySet<string>): FactPlan => {
  const builtIn = new Set(BUILT_IN_FIELDS)
  const isOwn = (name: string): boolean => name === 'channel' || name === 'store' || !builtIn.has(name)
  const short: ReadonlySet<string> = new Set(['amount', 'categories', 'weekday'])
  return {
    isOrder,
    isShort: [...fields].every((name) => short.has(name)),
    weekday: fields.has('weekday'),
    clock: fields.has('hour') || fields.has('month'),
    skus: isOrder && fields.has('skus'),
    brands: isOrder && fields.has('brands'),
    quantity: isOrder && fields.has('quantity'),
    member: [...fields].filter((name) => MEMBER_FIELDS.has(name)),
    own: [...fields].filter(isOwn),
  }
}

type FactDraft = Record<string, Fact | undefined>

const distinctOf = (lines: ReadonlyArray<CountedLine>, part: 'sku' | 'brand'): ReadonlyArray<string> => {
  const found: Array<string> = []
  for (const { counts, [part]: text } of lines) if (counts && text !== null) found.push(text)
  return distinct(found)
}

/** Among so few texts, looking for each is quicker than a set. */
const FEW = 8

const isFirst = (text: string, index: number, texts: ReadonlyArray<string>): boolean => texts.indexOf(text) === index

const distinct = (texts: ReadonlyArray<string>): ReadonlyArray<string> =>
  texts.length > FEW ? [...new Set(texts)] : texts.every(isFirst) ? texts : texts.filter(isFirst)

const categoriesOf = (lines: ReadonlyArray<CountedLine>): ReadonlyArray<string> => {
  const [first] = lines
  if (first === undefined) return []
  if (first.counts && lines.every(({ categories, counts }) => !counts || categories === first.categories)) {
    return first.categories
  }
  const found: Array<string> = []
  for (const { categories, counts } of lines) if (counts) for (const category of categories) found.push(category)
  return distinct(found)
}

/** The sum of what counts, in minor units. */
export const basisTotal = (lines: ReadonlyArray<CountedLine>): number => {
  let sum = 0
  for (const { counts, basisMinor } of lines) if (counts) sum += basisMinor
  return sum
}

const quantityOf = (lines: ReadonlyArray<CountedLine>): number =>
  lines.reduce((sum, { counts, quantity }) => (counts ? sum + quantity : sum), 0)

const weekdayAt = (zone: Zone, at: Instant): string | undefined => WEEKDAYS[weekdayOf(localDateOf(zone, at)) - 1]

const addClock = (draft: FactDraft, zone: Zone, at: Instant): void => {
  const { date, millisecondOfDay } = localTimeOf(zone, at)
  draft['hour'] = Math.floor(millisecondOfDay / 3_600_000)
  draft['month'] = yearMonthDay(date).month
}

/** Copies facts by name, as own properties whatever the name. */
const addFacts = (draft: FactDraft, names: ReadonlyArray<string>, facts: Facts): void => {
  for (const name of names) {
    if (!Object.hasOwn(facts, name)) continue
    const value = facts[name]
    if (name === '__proto__') Object.defineProperty(draft, name, { value, enumerable: true })
    else draft[name] = value
  }
}

/** A member of whom nothing is said is on no tier and has no occasion. */
const addMember = (draft: FactDraft, names: ReadonlyArray<string>, facts: Facts): void => {
  if (names.length === 0) return
  draft['tiers'] = []
  draft['occasions'] = []
  addFacts(draft, names, facts)
}

/** The facts of a plan. */
export const factsByPlan = (plan: FactPlan, activity: EarningActivity, zone: Zone, context: EarningContext): Facts => {
  const { lines, at } = activity
  const weekday = plan.weekday ? weekdayAt(zone, at) : undefined
  const draft: FactDraft = plan.isOrder
    ? { amount: basisTotal(lines), categories: categoriesOf(lines), weekday }
    : { weekday }
  if (plan.isShort) return draft
  if (plan.clock) addClock(draft, zone, at)
  if (plan.skus) draft['skus'] = distinctOf(lines, 'sku')
  if (plan.brands) draft['brands'] = distinctOf(lines, 'brand')
  if (plan.quantity) draft['quantity'] = quantityOf(lines)
  addMember(draft, plan.member, context.facts)
  addFacts(draft, plan.own, activity.attributes)
  return draft
}

/**
 * What is true of an activity, in the fields of a vocabulary: an order's amount is what counts of its lines, in minor
 * units.
 *
 * @param activity - a purchase, or another action
 * @param zone - the zone of the program's calendar
 * @param context - what the member's state says
 * @param vocabulary - the fields that are wanted: {@link orderVocabulary} or {@link actionVocabulary}
 *
 * @example
 * ```ts
 * import { countedLines, type Currency, emptyEarningContext, type LineId, money, orderFacts, orderVocabulary } from 'treue'
 * import { parseInstant, unwrap, utc } from 'treue'
 *
 * const line = { id: '1' as LineId, amount: unwrap(money('19.99', 'EUR')), categories: ['books'] }
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const activity = { action: 'purchase', at, lines: countedLines({}, [line]), attributes: { channel: 'web' } }
 * const facts = orderFacts(activity, utc, emptyEarningContext, orderVocabulary('EUR' as Currency))
 * const { amount, categories, weekday, hour, channel } = facts
 * ;[amount, categories, weekday, hour, channel] // => [1999, ['books'], 'sunday', 12, 'web']
 * ```
 */
export const orderFacts = (
  activity: EarningActivity,
  zone: Zone,
  context: EarningContext,
  vocabulary: Vocabulary,
): Facts =>
  factsByPlan(
    factPlan(activity.action === 'purchase', new Set(vocabulary.fields.map(({ name }) => name))),
    activity,
    zone,
    context,
  )

/**
 * What is true of a line, in the fields of {@link lineVocabulary}.
 *
 * @param line - the line
 *
 * @example
 * ```ts
 * import { countedLines, lineFacts, type LineId, money, unwrap } from 'treue'
 *
 * const [line] = countedLines({}, [{ id: '1' as LineId, amount: unwrap(money('19.99', 'EUR')), sku: 'A-1' }])
 * line === undefined ? {} : lineFacts(line)
 * // => { amount: 1999, categories: [], sku: 'A-1', brand: undefined, quantity: 1 }
 * ```
 */
export const lineFacts = ({ basisMinor, categories, sku, brand, quantity }: CountedLine): Facts => ({
  amount: basisMinor,
  categories,
  sku: sku ?? undefined,
  brand: brand ?? undefined,
  quantity,
})
