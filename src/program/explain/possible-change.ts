/** The smallest change of what is known under which a rule matches, or counts a line. */
import {
  actionVocabulary,
  type CountedLine,
  type DeclaredField,
  type EarningRule,
  lineFacts,
  lineVocabulary,
  orderVocabulary,
} from '../../earning/index.ts'
import {
  type ChangeOptions,
  type Condition,
  type Facts,
  type NumberRange,
  type SmallestChange,
  smallestChange,
  type Vocabulary,
} from '../../rules/index.ts'
import type { Program } from '../definition/program.ts'

/** The fields that a program declares for what a rule is about. */
const declaredFor = ({ earning }: Program, { on = 'purchase' }: EarningRule): ReadonlyArray<DeclaredField> =>
  (on === 'purchase' ? earning.attributes : earning.actions?.find(({ name }) => name === on)?.fields) ?? []

/** The fields that the conditions of a rule read. */
export const vocabularyOf = (program: Program, rule: EarningRule): Vocabulary => {
  const declared = declaredFor(program, rule)
  const { on = 'purchase' } = rule
  return on === 'purchase' ? orderVocabulary(program.currency, declared) : actionVocabulary(declared)
}

const most = Number.MAX_SAFE_INTEGER

const ranges: ReadonlyArray<NumberRange> = [
  { field: 'amount', least: 0, most },
  { field: 'quantity', least: 0, most },
  { field: 'hour', least: 0, most: 23 },
  { field: 'month', least: 1, most: 12 },
  { field: 'orderNumber', least: 1, most },
  { field: 'tenureDays', least: 0, most },
  { field: 'tenureMonths', least: 0, most },
]

/** What is known of every activity of a member. */
const alwaysKnown: ReadonlyArray<string> = [
  ...ranges.map(({ field }) => field),
  'weekday',
  'categories',
  'skus',
  'brands',
  'tiers',
  'occasions',
]

/** What facts there can be: no order has a negative amount, nobody is on two tiers of a ladder, or on none. */
const changesOf = (program: Program, rule: EarningRule, options: ChangeOptions): ChangeOptions => {
  const required = declaredFor(program, rule).flatMap((one) => (one.required === true ? [one.name] : []))
  const ladders = program.ladders.map(({ id, tiers }) => ({
    field: 'tiers',
    texts: tiers.map((tier) => `${id}/${tier.id}`),
  }))
  return {
    fixed: options.fixed ?? [],
    present: [...alwaysKnown, ...required, ...(options.present ?? [])],
    ranges: [...ranges, ...(options.ranges ?? [])],
    exclusive: [...ladders, ...(options.exclusive ?? [])],
  }
}

/** The smallest change of the facts under which a condition on what a rule is about holds. */
export const changeOfFacts = (
  program: Program,
  rule: EarningRule,
  condition: Condition,
  facts: Facts,
  options: ChangeOptions,
): SmallestChange => smallestChange(vocabularyOf(program, rule), condition, facts, changesOf(program, rule, options))

/** No line is of no item; its SKU and its brand can be missing. */
const lineChanges: ChangeOptions = {
  present: ['amount', 'categories', 'quantity'],
  ranges: [
    { field: 'amount', least: 0, most },
    { field: 'quantity', least: 1, most },
  ],
}

/** The smallest change of a line under which a condition on lines holds. */
export const changeOfLine = (
  { currency }: Program,
  condition: Condition,
  line: CountedLine,
  { fixed = [], exclusive = [] }: ChangeOptions,
): SmallestChange =>
  smallestChange(lineVocabulary(currency), condition, lineFacts(line), { ...lineChanges, fixed, exclusive })
