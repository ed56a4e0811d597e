/** What an order, and a line of it that counts, cannot be: what its basis leaves out, and what a rule asks of the whole order. */
import type { Basis } from '../../earning/index.ts'
import type { Condition, ConditionTest } from '../../rules/index.ts'
import { type PlacedCondition, testsOf } from './lint-condition.ts'

/** The lists of an order and of a basis, with the field of a line that is in them. */
const LISTS = [
  { list: 'categories', own: 'categories' },
  { list: 'skus', own: 'sku' },
  { list: 'brands', own: 'brand' },
] as const

type List = (typeof LISTS)[number]

const textsOf = (test: ConditionTest): ReadonlyArray<string> => {
  if ('hasAny' in test) return test.hasAny
  if ('hasAll' in test) return test.hasAll
  if ('in' in test) return test.in
  return 'is' in test && typeof test.is === 'string' ? [test.is] : []
}

/** The texts that conditions ask for in a field: others need not be excluded. */
const askedFor = (conditions: ReadonlyArray<Condition>, field: string): ReadonlySet<string> =>
  new Set(conditions.flatMap(testsOf).flatMap((test) => (test.field === field ? textsOf(test) : [])))

/** That a line has none of some texts; it may have no text at all. */
const noneOfLine = ({ own }: List, texts: ReadonlyArray<string>): Condition =>
  own === 'categories'
    ? { field: own, hasNone: texts }
    : {
        any: [
          { field: own, present: false },
          { field: own, notIn: texts },
        ],
      }

const excepted = (
  { except = {} }: Basis,
  conditions: ReadonlyArray<Condition>,
  of: 'order' | 'line',
): ReadonlyArray<PlacedCondition> =>
  LISTS.flatMap((one) => {
    const asked = askedFor(conditions, of === 'order' ? one.list : one.own)
    const texts = (except[one.list] ?? []).filter((text) => asked.has(text))
    if (texts.length === 0) return []
    const condition = of === 'order' ? { field: one.list, hasNone: texts } : noneOfLine(one, texts)
    return [{ path: ['earning', 'basis', 'except', one.list], condition }]
  })

/** What a basis leaves out of orders, of what conditions ask for. */
export const exceptedOfOrders = (basis: Basis, conditions: ReadonlyArray<Condition>): ReadonlyArray<PlacedCondition> =>
  excepted(basis, conditions, 'order')

/** The texts that a part of a condition on orders keeps out. */
const keptOut = (condition: Condition, list: string): ReadonlyArray<string> => {
  if ('not' in condition) {
    const { not } = condition
    return 'hasAny' in not && not.field === list ? not.hasAny : []
  }
  return 'hasNone' in condition && condition.field === list ? condition.hasNone : []
}

/** What lines that count cannot be: what a basis leaves out, and what the order as a whole must not have. */
export const exceptedOfLines = (
  basis: Basis,
  lines: Condition,
  ofOrder: ReadonlyArray<PlacedCondition>,
): ReadonlyArray<PlacedCondition> => [
  ...excepted(basis, [lines], 'line'),
  ...LISTS.flatMap((one) => {
    const asked = askedFor([lines], one.own)
    return ofOrder.flatMap(({ path, condition }) => {
      const texts = keptOut(condition, one.list).filter((text) => asked.has(text))
      return texts.length === 0 ? [] : [{ path, condition: noneOfLine(one, texts) }]
    })
  }),
]
