/** What of a basket makes a difference in a program, and whether more of anything is never less. */
import type { EarningRule } from '../../earning/index.ts'
import type { Instant } from '../../foundation/index.ts'
import { type Condition, type ConditionTest, partsOf } from '../../rules/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { Goal } from './goal.ts'
import { awardsOf, isNegative, spendOrder } from './spend-order.ts'

const ORDER_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'amount',
  'quantity',
  'categories',
  'skus',
  'brands',
])
/** A line has one price and its facts; only how much of it there is may grow. */
const LINE_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(['amount', 'quantity'])
const UNION_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(['amount', 'quantity', 'categories', 'sku', 'brand'])

const isRising = (test: ConditionTest): boolean =>
  'hasAny' in test ||
  'hasAll' in test ||
  (('atLeast' in test || 'moreThan' in test) && !('atMost' in test || 'lessThan' in test))

const isFalling = (test: ConditionTest): boolean =>
  'hasNone' in test || (('atMost' in test || 'lessThan' in test) && !('atLeast' in test || 'moreThan' in test))

/** Whether a condition that holds goes on to hold where fields grow. */
const growsWith = (fields: ReadonlySet<string>, condition: Condition, isNegated = false): boolean => {
  if ('field' in condition) {
    return !fields.has(condition.field) || (isNegated ? isFalling(condition) : isRising(condition))
  }
  const inner = 'not' in condition ? !isNegated : isNegated
  return partsOf(condition).every((part) => growsWith(fields, part, inner))
}

const reads = (field: string, condition: Condition): boolean =>
  'field' in condition ? condition.field === field : partsOf(condition).some((part) => reads(field, part))

const allConditions = ({ earning, challenges = {} }: Program): ReadonlyArray<Condition> => {
  const { goals = [], streaks = [] } = challenges
  return [
    ...earning.rules.flatMap(({ when, cases = [] }) => [when, ...cases.map((one) => one.when)]),
    ...goals.map(({ challenge }) => challenge.when),
    ...streaks.map(({ streak }) => streak.when),
  ].filter((condition) => condition !== undefined)
}

const lineConditions = ({ earning }: Program): ReadonlyArray<Condition> =>
  earning.rules.flatMap(({ lines }) => (lines === undefined ? [] : [lines]))

/** Whether of the lines of an order only the sums of those with equal facts count. */
export const isByAmounts = (program: Program, { vouchers = [] }: Pick<Purchase, 'vouchers'>): boolean => {
  const { earning, challenges = {} } = program
  return [
    earning.rounding.on === 'order',
    vouchers.length === 0,
    !allConditions(program).some((condition) => reads('quantity', condition)),
    !lineConditions(program).some((condition) => reads('quantity', condition) || reads('amount', condition)),
    earning.rules.every((rule) =>
      awardsOf(rule).every(
        ({ mode, ...award }) => mode !== 'perItem' && !(mode === 'step' && 'on' in award && award.on === 'line'),
      ),
    ),
    (challenges.goals ?? []).every(
      ({ challenge: { measure } }) => measure.type !== 'sum' || measure.field !== 'quantity',
    ),
  ].every(Boolean)
}

/** Whether a rule never gives less where more is bought. */
const isGrowing = (rule: EarningRule): boolean =>
  (rule.cases ?? []).length === 0 &&
  rule.stop !== true &&
  awardsOf(rule).every((award) => !(isNegative(award) || (award.mode === 'multiplier' && Number(award.factor) < 1)))

/** Whether more of anything in a basket never reaches less. */
export const growsWithBasket = (
  compiled: CompiledProgram,
  purchase: Omit<Purchase, 'lines' | 'type' | 'payments'>,
  goal: Goal,
  by: Instant,
): boolean => {
  const { program } = compiled
  const { rules, groups = [] } = program.earning
  return [
    spendOrder(compiled, purchase, goal, by).isOrdered,
    rules.every(isGrowing),
    groups.every(({ mode }) => mode !== 'firstMatch'),
    allConditions(program).every((condition) => growsWith(ORDER_FIELDS, condition)),
    lineConditions(program).every((condition) => growsWith(LINE_FIELDS, condition)),
    (program.referral?.terms.eligibility.exceptCategories ?? []).length === 0,
  ].every(Boolean)
}

/** Whether a line that is of all categories earns at least what lines of some of them do that cost the same. */
export const unionEarnsMost = (program: Program): boolean =>
  program.earning.basis?.except === undefined &&
  lineConditions(program).every((condition) => growsWith(UNION_FIELDS, condition))
