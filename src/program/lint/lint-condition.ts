/** When conditions hold, of facts that there can be. */
import { type EarningRule, fieldsThatCanBeMissing } from '../../earning/index.ts'
import {
  type Condition,
  type ConditionTest,
  compareConditions,
  type Facts,
  partsOf,
  type Vocabulary,
} from '../../rules/index.ts'

/** Every test of a condition. */
export const testsOf = (condition: Condition): ReadonlyArray<ConditionTest> => {
  const parts = partsOf(condition)
  if (parts.length > 0) return parts.flatMap(testsOf)
  return 'field' in condition ? [condition] : []
}

/** The fields that conditions read; with `needed`, those alone without which they may be unknown. */
export const fieldsOf = (conditions: ReadonlyArray<Condition>, needed = false): ReadonlySet<string> =>
  new Set(
    conditions
      .flatMap(testsOf)
      .filter((test) => !needed || !('present' in test))
      .map(({ field }) => field),
  )

/** What the built-in fields can be. */
const RANGES: ReadonlyMap<string, Condition> = /* @__PURE__ */ new Map<string, Condition>([
  ['amount', { field: 'amount', atLeast: 0 }],
  ['quantity', { field: 'quantity', atLeast: 0 }],
  ['orderNumber', { field: 'orderNumber', atLeast: 1 }],
  ['hour', { field: 'hour', atLeast: 0, atMost: 23 }],
  ['month', { field: 'month', atLeast: 1, atMost: 12 }],
])

/** Fields that can be missing: some of ours, and what the program declares without requiring it. */
export const canBeMissing = (
  field: string,
  declared: ReadonlyArray<{ readonly name: string; readonly required?: boolean }>,
): boolean =>
  fieldsThatCanBeMissing.includes(field) || declared.some(({ name, required }) => name === field && required !== true)

/** What must be so of every activity, in the fields that some conditions read. */
export const realityOf = (
  conditions: ReadonlyArray<Condition>,
  declared: ReadonlyArray<{ readonly name: string; readonly required?: boolean }>,
): ReadonlyArray<Condition> =>
  [...fieldsOf(conditions)].flatMap((field): ReadonlyArray<Condition> => {
    const range = RANGES.get(field)
    if (range !== undefined) return [range]
    return canBeMissing(field, declared) ? [] : [{ field, present: true }]
  })

/** Whether conditions can hold together: facts under which they do, or that they never do, or that it is not known. */
export const satisfied = (
  vocabulary: Vocabulary,
  conditions: ReadonlyArray<Condition>,
): Facts | 'never' | 'undecided' => {
  const all: Condition = { all: conditions }
  const { relation, both } = compareConditions(vocabulary, all, all)
  if (both !== undefined) return both
  return relation === 'undecided' ? 'undecided' : 'never'
}

/** A condition with its place. */
export interface PlacedCondition {
  readonly path: ReadonlyArray<string | number>
  readonly condition: Condition
}

/** The parts of a condition that must all hold. */
export const conjuncts = (condition: Condition, path: PlacedCondition['path']): ReadonlyArray<PlacedCondition> =>
  'all' in condition && condition.all.length > 0
    ? condition.all.flatMap((part, index) => conjuncts(part, [...path, 'all', index]))
    : [{ path, condition }]

/** Beyond so many parts the whole of them is the witness. */
const MOST_PARTS = 50

/** Of parts that cannot hold together, some of which none can be left out. */
export const conflictOf = (
  vocabulary: Vocabulary,
  parts: ReadonlyArray<PlacedCondition>,
  always: ReadonlyArray<Condition>,
): ReadonlyArray<PlacedCondition> => {
  if (parts.length > MOST_PARTS) return parts
  let left = parts
  for (const part of parts) {
    const without = left.filter((one) => one !== part)
    if (satisfied(vocabulary, [...without.map(({ condition }) => condition), ...always]) === 'never') left = without
  }
  return left
}

/** Whether a rule earns where it cannot be known whether its conditions hold. */
export const earnsUnknown = (
  { whenUnknown }: EarningRule,
  conditions: ReadonlyArray<Condition>,
  declared: ReadonlyArray<{ readonly name: string; readonly required?: boolean }>,
): boolean => whenUnknown === 'earn' && [...fieldsOf(conditions, true)].some((field) => canBeMissing(field, declared))
