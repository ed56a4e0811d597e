/** Why rules did not earn, and the smallest change with which they would. */
import {
  type Award,
  type EarningRule,
  nextWithinSchedule,
  orderFacts,
  type RuleExplanation,
  type UnmatchedReason,
} from '../../earning/index.ts'
import type { CapId, Instant, LineId, RuleId, WalletId, Zone } from '../../foundation/index.ts'
import {
  type ChangeOptions,
  type Condition,
  type ConditionExplanation,
  decidingTests,
  type SmallestChange,
  type TestExplanation,
} from '../../rules/index.ts'
import type { EarningStep, Trace } from '../decide/decision.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import { explainStep } from './explain-step.ts'
import { changeOfFacts, vocabularyOf } from './possible-change.ts'
import { type Shortfall, type Unpaid, unpaidIn } from './unpaid-rule.ts'

/**
 * Why a rule earned nothing: it did not match; or it did, but no line of the order counts for it (`lines`), there is
 * `tooLittle` for one full step, item, value or level, a `cap` took all of it, or it has `nothingToMultiply`.
 */
export type WhyNotReason = UnmatchedReason | Unpaid['reason']

/** Why a rule did not earn, and what would have to be otherwise. */
export interface WhyNot {
  readonly rule: RuleId
  readonly wallet: WalletId
  readonly reason: WhyNotReason
  /** What would have kept it from earning as well: its schedule, its condition. */
  readonly others: ReadonlyArray<UnmatchedReason>
  /** The first test that kept its condition from holding, or of its cases or its lines; `null`: they hold. */
  readonly first: TestExplanation | null
  /**
   * The smallest change of the facts under which its condition holds, and one of its cases; for `lines` the smallest change
   * of `line`; `null`: no change of facts is asked for.
   */
  readonly change: SmallestChange | null
  /**
   * When it earns next: where its schedule or its cooldown kept it from earning, or a cap that has room again in the next
   * period. `null`: for other reasons, where it is not known, and where it never does again.
   */
  readonly from: Instant | null
  /** The line that lacks the least: of `lines`, and where each line has to be enough by itself; otherwise `null`. */
  readonly line: LineId | null
  /** What is `tooLittle`, and how much more is needed. */
  readonly shortfall: Shortfall | null
  /** The cap that took what it would have given. */
  readonly cap: CapId | null
}

const always: Condition = { all: [] }

/** What has to be known for an award to be counted. */
const valueKnown = (award: Award): Condition =>
  award.mode === 'perValue' ? { field: award.field, atLeast: award.steps === 'step' ? award.per : 1 } : always

/** The award of the case that held, or else the rule's own. */
const decidedAward = (rule: EarningRule, { cases }: RuleExplanation): Award | null => {
  const last = cases[cases.length - 1]
  const isDecided = last?.truth === 'true' || (last?.truth === 'unknown' && rule.whenUnknown === 'earn')
  return isDecided ? (rule.cases?.[cases.length - 1]?.award ?? null) : rule.award
}

/** What a rule asks for to award anything: one of its cases, and the values that its award counts. */
const askedToAward = (rule: EarningRule, explained: RuleExplanation): Condition => {
  const decided = explained.reason === 'noAward' ? decidedAward(rule, explained) : null
  if (decided !== null) return valueKnown(decided)
  const cases = (rule.cases ?? []).map((one): Condition => ({ all: [one.when, valueKnown(one.award)] }))
  const own = rule.award === null ? null : valueKnown(rule.award)
  return own === always || own === null ? (own ?? { any: cases }) : { any: [...cases, own] }
}

const changeFor = (
  { program, zone }: { readonly program: Program; readonly zone: Zone },
  rule: EarningRule,
  explained: RuleExplanation,
  { activity, context }: EarningStep,
  options: ChangeOptions,
): SmallestChange => {
  const asked = askedToAward(rule, explained)
  if (rule.when === undefined && asked === always) return { type: 'holds' }
  const facts = orderFacts(activity, zone, context, vocabularyOf(program, rule))
  return changeOfFacts(program, rule, { all: [rule.when ?? always, asked] }, facts, options)
}

/** From when on a rule earns that is in its cooldown, or waits for its time. */
const freeFrom = (
  { zone }: CompiledProgram,
  { during }: EarningRule,
  { rule, reason, others }: RuleExplanation,
  step: EarningStep,
  at: Instant,
): Instant | null => {
  if (reason !== 'cooldown' && reason !== 'schedule') return null
  const end = step.freeFrom.find((one) => one.rule === rule)?.from
  if (reason === 'cooldown' && end === undefined) return null
  const free = Math.max(at, end ?? at) as Instant
  const waits = during !== undefined && (reason === 'schedule' || others.includes('schedule') || free > at)
  return waits ? nextWithinSchedule(during, zone, free) : free
}

const isMet = ({ truth }: ConditionExplanation): boolean => truth === 'true'

const unmatchedOf = (
  compiled: CompiledProgram,
  program: Program,
  step: EarningStep,
  rule: EarningRule,
  explained: RuleExplanation & { readonly reason: UnmatchedReason },
  at: Instant,
  options: ChangeOptions,
): WhyNot => {
  const { reason, others, explanation, cases } = explained
  const failed = [explanation, ...(reason === 'noAward' ? cases : [])].find((one) => !isMet(one))
  return {
    rule: rule.id,
    wallet: step.earning.wallet,
    reason,
    others,
    first: failed === undefined ? null : (decidingTests(failed)[0] ?? null),
    change: changeFor({ program, zone: compiled.zone }, rule, explained, step, options),
    from: freeFrom(compiled, rule, explained, step, at),
    line: null,
    shortfall: null,
    cap: null,
  }
}

const unpaidOf = (rule: EarningRule, { earning }: EarningStep, unpaid: Unpaid): WhyNot => ({
  rule: rule.id,
  wallet: earning.wallet,
  others: [],
  ...unpaid,
})

const whyNotIn = (
  compiled: CompiledProgram,
  step: EarningStep,
  at: Instant,
  options: ChangeOptions,
): ReadonlyArray<WhyNot> => {
  const version = compiled.versions.get(step.version)
  if (version === undefined) return []
  const { earningRules: earning, ladders } = version
  const program: Program = { ...compiled.program, earning, ladders }
  const rules = new Map(earning.rules.map((rule) => [rule.id, rule]))
  return explainStep(compiled, step).flatMap((explained) => {
    const rule = rules.get(explained.rule)
    if (rule === undefined) return []
    const { reason } = explained
    if (reason !== null) return [unmatchedOf(compiled, program, step, rule, { ...explained, reason }, at, options)]
    const unpaid = unpaidIn({ program, zone: compiled.zone }, rule, step, options)
    return unpaid === null ? [] : [unpaidOf(rule, step, unpaid)]
  })
}

/**
 * Why the rules that earned nothing did not: the first test that failed, and the smallest change of the facts under which
 * the condition holds; the line that would have counted; how much more it takes; the cap that took it. Where a rule waits
 * for its time, it says from when it earns. Of a version of the program that is not compiled in nothing is known.
 *
 * @param program - the compiled program that decided
 * @param trace - the trace of the decision
 * @param at - when the activity happened
 * @param options - fields that cannot change, such as `weekday` or `tiers`; what else there cannot be, beside what no program
 *   knows: amounts below 0, hours after 23, two tiers of a ladder
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
  trace.flatMap((step) => (step.step === 'earning' ? whyNotIn(program, step, at, options) : []))
