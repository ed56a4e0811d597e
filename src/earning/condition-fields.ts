/** Which fields conditions read. */
import type { Condition, ConditionTest } from '../rules/index.ts'

/** Every test of a condition. */
const testsOf = (condition: Condition): ReadonlyArray<ConditionTest> => {
  if ('all' in condition) return condition.all.flatMap(testsOf)
  if ('any' in condition) return condition.any.flatMap(testsOf)
  return 'not' in condition ? testsOf(condition.not) : [condition]
}

/** The fields that conditions read. */
export const fieldsRead = (conditions: ReadonlyArray<Condition>): ReadonlySet<string> =>
  new Set(conditions.flatMap(testsOf).map(({ field }) => field))

/** The fields without which conditions may be unknown: a test that only asks whether a fact is there never is. */
export const fieldsNeeded = (conditions: ReadonlyArray<Condition>): ReadonlySet<string> =>
  new Set(
    conditions
      .flatMap(testsOf)
      .filter((test) => !('present' in test))
      .map(({ field }) => field),
  )
