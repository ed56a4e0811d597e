/** Why rules did not earn, and the smallest change with which they would. */
import {
  actionVocabulary,
  type EarningRule,
  nextWithinSchedule,
  orderVocabulary,
  type UnmatchedReason,
  type UnmatchedRule,
} from '../../earning/index.ts'
import type { Instant, RuleId, WalletId } from '../../foundation/index.ts'
import {
  type ChangeOptions,
  type ConditionExplanation,
  decidingTests,
  type Facts,
  type SmallestChange,
  smallestChange,
  type TestExplanation,
  type Vocabulary,
} from '../../rules/index.ts'
import type { EarningStep, Trace } from '../decide/decision.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'

/** Why a rule did not earn, and what would have to be otherwise. */
export interface WhyNot {
  readonly rule: RuleId
  readonly wallet: WalletId
  readonly reason: UnmatchedReason
  /** The first test that kept its condition from holding; `null`: its condition holds. */
  readonly first: TestExplanation | null
  /** The smallest change of the facts under which its condition holds; `null`: the version is not compiled in. */
  readonly change: SmallestChange | null
  /** Where its schedule kept it from earning: when it earns next; `null` for other reasons, and where it never does again. */
  readonly from: Instant | null
}

/** The facts that an explanation found. */
const factsIn = (explanation: ConditionExplanation): Facts => {
  const found = new Map<string, Facts[string]>()
  const visit = (part: ConditionExplanation): void => {
    if (part.type === 'test') found.set(part.field, part.found)
    else if (part.type === 'not') visit(part.part)
    else part.parts.forEach(visit)
  }
  visit(explanation)
  return Object.fromEntries(found)
}

/** The fields that the conditions of a rule read. */
const vocabularyOf = ({ currency, earning }: Program, { on = 'purchase' }: EarningRule): Vocabulary => {
  if (on === 'purchase') return orderVocabulary(currency, earning.attributes)
  return actionVocabulary(earning.actions?.find(({ name }) => name === on)?.fields ?? [])
}

const whyNotOf = (
  { program, zone, versions }: CompiledProgram,
  { version, earning }: EarningStep,
  { rule: id, reason, explanation }: UnmatchedRule,
  at: Instant,
  options: ChangeOptions,
): WhyNot => {
  const rules = versions.get(version)?.earningRules
  const rule = rules?.rules.find((one) => one.id === id)
  const failed = reason === 'condition' || explanation.truth !== 'true'
  const change =
    rules === undefined || rule === undefined
      ? null
      : rule.when === undefined
        ? ({ type: 'holds' } as const)
        : smallestChange(vocabularyOf({ ...program, earning: rules }, rule), rule.when, factsIn(explanation), options)
  const during = reason === 'schedule' ? rule?.during : undefined
  return {
    rule: id,
    wallet: earning.wallet,
    reason,
    first: failed ? (decidingTests(explanation)[0] ?? null) : null,
    change,
    from: during === undefined ? null : nextWithinSchedule(during, zone, at),
  }
}

/**
 * Why the rules that did not earn did not: the first test that failed, and the smallest change of the facts under which
 * the condition holds. Where a rule waits for its time, it says from when it earns.
 *
 * @param program - the compiled program that decided
 * @param trace - the trace of the decision
 * @param at - when the activity happened
 * @param options - fields that cannot change, such as `weekday` or `tiers`
 *
 * @example
 * ```ts
 * import { type CompiledProgram, parseInstant, unwrap, whyNot } from 'treue'
 *
 * const program = { versions: new Map() } as unknown as CompiledProgram
 * whyNot(program, [], unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const whyNot = (
  program: CompiledProgram,
  trace: Trace,
  at: Instant,
  options: ChangeOptions = {},
): ReadonlyArray<WhyNot> =>
  trace.flatMap((step) =>
    step.step === 'earning' ? step.unmatched.map((rule) => whyNotOf(program, step, rule, at, options)) : [],
  )
