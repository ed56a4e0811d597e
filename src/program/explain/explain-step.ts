/** Why each rule earned for an activity, or did not. */
import { explainRules, type RuleExplanation, type UnmatchedRule, unmatchedRules } from '../../earning/index.ts'
import type { EarningStep } from '../decide/decision.ts'
import type { CompiledProgram } from '../definition/compile.ts'

/**
 * Why each rule of a wallet earned, or did not: its condition with what was found, and its cases up to the one that
 * decided. A step has what the rules looked at, and the program of its version has the rules.
 *
 * @param program - the compiled program, with the version of the step; without it nothing is known of the rules
 * @param step - a step of a trace that says what was earned
 *
 * @example
 * ```ts
 * import { type CompiledProgram, type EarningStep, explainStep } from 'treue'
 *
 * const program = { versions: new Map() } as unknown as CompiledProgram
 * explainStep(program, { step: 'earning', version: 1 } as EarningStep) // => []
 * ```
 */
export const explainStep = ({ versions, zone }: CompiledProgram, step: EarningStep): ReadonlyArray<RuleExplanation> => {
  const version = versions.get(step.version)
  return version === undefined ? [] : explainRules(version.earning, step.earning, step.activity, zone, step.context)
}

/** The rules of a step that did not earn. */
export const unmatchedIn = ({ versions, zone }: CompiledProgram, step: EarningStep): ReadonlyArray<UnmatchedRule> => {
  const version = versions.get(step.version)
  return version === undefined ? [] : unmatchedRules(version.earning, step.earning, step.activity, zone, step.context)
}
