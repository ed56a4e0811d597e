/**
 * Conditions as data: decode, compile once, ask, explain, and compare two of them.
 *
 * @packageDocumentation
 */
export * from './compare.ts'
export { type CompiledCondition, compileCondition, conditionTruth, holds } from './compile.ts'
export type {
  AllOf,
  AnyOf,
  Condition,
  ConditionTest,
  EqualityTest,
  FlagTest,
  NotOf,
  PresenceTest,
  RangeTest,
  TextsTest,
  TextTest,
  Truth,
} from './condition.ts'
export { partsOf } from './condition.ts'
export * from './condition-codec.ts'
export * from './explain.ts'
export { factReader } from './requirement.ts'
export { type CompiledRuleSet, compileRuleSet, matchRules } from './rule-set.ts'
export * from './smallest-change.ts'
export * from './vocabulary.ts'
