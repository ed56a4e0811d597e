/** Rules that matched and gave nothing: no line counts, there is too little, a cap took it, or there is nothing to multiply. */
import {
  type Award,
  type Cap,
  type CountedLine,
  type EarningRule,
  type EarningRules,
  lineFacts,
  lineVocabulary,
  type MilestoneAward,
  orderFacts,
  type RuleEarning,
} from '../../earning/index.ts'
import { type CapId, type Instant, type LineId, periodIntervalAt, type Zone } from '../../foundation/index.ts'
import {
  type ChangeOptions,
  decidingTests,
  explainCondition,
  type FactChange,
  type SmallestChange,
  type TestExplanation,
} from '../../rules/index.ts'
import type { EarningStep } from '../decide/decision.ts'
import type { Program } from '../definition/program.ts'
import { multipliesPoints } from './multiplied.ts'
import { changeOfLine } from './possible-change.ts'

/** How much more of something a rule needs to give anything. */
export interface Shortfall {
  /**
   * `amount` (in minor units), `quantity`, or the field that the award counts; for milestones what the member has to get to
   * in all: `amount`, `orders`, or `times`.
   */
  readonly field: string
  readonly missing: number
}

/** Why a rule that matched gave nothing. */
export interface Unpaid {
  readonly reason: 'lines' | 'tooLittle' | 'cap' | 'nothingToMultiply'
  readonly first: TestExplanation | null
  readonly change: SmallestChange | null
  readonly line: LineId | null
  readonly shortfall: Shortfall | null
  readonly cap: CapId | null
  readonly from: Instant | null
}

const unpaid = (reason: Unpaid['reason'], known: Partial<Unpaid> = {}): Unpaid => ({
  reason,
  first: known.first ?? null,
  change: known.change ?? null,
  line: known.line ?? null,
  shortfall: known.shortfall ?? null,
  cap: known.cap ?? null,
  from: known.from ?? null,
})

/** Among so many lines the one is looked for that it takes the least to change. */
const MOST_LINES = 100

const distanceOf = ({ from, to }: FactChange): number =>
  typeof to === 'number' ? Math.abs(to - (typeof from === 'number' ? from : 0)) : 0

/** How much a change is: the facts that it is about, and how far their numbers go. */
const sizeOf = (change: SmallestChange): readonly [number, number] =>
  change.type === 'changes'
    ? [change.changes.length, change.changes.reduce((sum, one) => sum + distanceOf(one), 0)]
    : [Number.POSITIVE_INFINITY, 0]

const isSmaller = (a: SmallestChange, b: SmallestChange): boolean => {
  const [count, distance] = sizeOf(a)
  const [otherCount, otherDistance] = sizeOf(b)
  return count === otherCount ? distance < otherDistance : count < otherCount
}

/** No line counts: the line that it takes the least to change. */
const unmetLines = (program: Program, rule: EarningRule, { activity }: EarningStep, options: ChangeOptions): Unpaid => {
  const condition = rule.lines
  const counting = activity.lines.filter(({ counts }) => counts).slice(0, MOST_LINES)
  if (condition === undefined) return unpaid('lines')
  const found = counting.map((line) => ({ line, change: changeOfLine(program, condition, line, options) }))
  const [first, ...others] = found
  if (first === undefined) return unpaid('lines')
  const { line, change } = others.reduce((best, one) => (isSmaller(one.change, best.change) ? one : best), first)
  const explained = explainCondition(lineVocabulary(program.currency), condition, lineFacts(line))
  return unpaid('lines', { line: line.id, change, first: decidingTests(explained)[0] ?? null })
}

const rest = (counted: number, unit: number): number => unit - (counted % unit)

/** The line that lacks the least to a full step. */
const nearestLine = (lines: ReadonlyArray<CountedLine>, unit: number): Pick<Unpaid, 'line' | 'shortfall'> => {
  const [first, ...others] = lines
  if (first === undefined) return { line: null, shortfall: null }
  const { id, basisMinor } = others.reduce((best, one) => (one.basisMinor > best.basisMinor ? one : best), first)
  return { line: id, shortfall: { field: 'amount', missing: rest(basisMinor, unit) } }
}

/** What is missing to the next level of a milestone that was not paid yet. */
const milestoneShortfall = (award: MilestoneAward, { rule }: RuleEarning, step: EarningStep): Shortfall => {
  const before = step.context.milestones.find((one) => one.rule === rule)
  const counted = step.earning.levels.find((one) => one.rule === rule)?.counted ?? 0
  const total = (before?.counted ?? 0) + counted
  const every = award.of === 'spend' ? award.every.minor : award.every
  const level = Math.max((total - (total % every)) / every, before?.paid ?? 0) + 1
  return { field: award.of === 'spend' ? 'amount' : award.of, missing: level * every - total }
}

/** The integer that an award counts. */
const integerOf = (name: string, { activity, context }: EarningStep, zone: Zone): number =>
  Number(orderFacts(activity, zone, context, { fields: [{ name, type: 'integer' }] })[name])

/** What an award lacks to give anything; `null`: it gives nothing however much there is. */
const shortfallOf = (award: Award, one: RuleEarning, step: EarningStep, zone: Zone): Partial<Unpaid> | null => {
  const own = new Set(one.lines)
  const lines = step.activity.lines.filter(({ id }) => own.has(id))
  switch (award.mode) {
    case 'step':
      return award.on === 'line'
        ? nearestLine(lines, award.per.minor)
        : { shortfall: { field: 'amount', missing: rest(one.basisMinor, award.per.minor) } }
    case 'perItem': {
      const items = lines.reduce((sum, { quantity }) => sum + quantity, 0)
      return { shortfall: { field: 'quantity', missing: rest(items, award.every) } }
    }
    case 'perValue': {
      const value = integerOf(award.field, step, zone)
      return { shortfall: { field: award.field, missing: (award.steps === 'step' ? award.per : 1) - value } }
    }
    case 'milestone':
      return { shortfall: milestoneShortfall(award, one, step) }
    case 'linear':
      return { shortfall: { field: 'amount', missing: 1 } }
    default:
      return null
  }
}

const isOf = ({ of = {} }: Cap, { id, campaign, lot }: EarningRule): boolean =>
  (of.rules?.includes(id) ?? true) &&
  (of.campaigns === undefined || (campaign !== undefined && of.campaigns.includes(campaign))) &&
  (of.kind === undefined || of.kind === (lot?.kind ?? 'regular'))

/** When a cap has room again, where that is known: with the next calendar period. */
const roomFrom = ({ window }: Cap, zone: Zone, at: Instant): Instant | null =>
  window.type === 'calendar' ? periodIntervalAt(window.calendar, zone, at).until : null

/** The cap that took all that a rule would have given. */
const cutBy = (rule: EarningRule, caps: EarningRules['caps'], step: EarningStep, zone: Zone): Unpaid | null => {
  const cutting = new Set(step.earning.capSteps.flatMap((one) => (one.granted === one.desired ? [] : [one.cap])))
  const cap = caps?.find((one) => cutting.has(one.id) && isOf(one, rule))
  return cap === undefined ? null : unpaid('cap', { cap: cap.id, from: roomFrom(cap, zone, step.activity.at) })
}

const isNothing = (award: Award): boolean => award.mode !== 'multiplier' && Number(award.points) === 0

/** Why a rule that earned gave nothing; `null`: it gave something, or gives nothing by itself. */
const unpaidRule = (
  { program, zone }: { readonly program: Program; readonly zone: Zone },
  rule: EarningRule,
  one: RuleEarning,
  step: EarningStep,
  options: ChangeOptions,
): Unpaid | null => {
  if (isNothing(one.award)) return null
  if (step.activity.action === 'purchase' && one.lines.length === 0) return unmetLines(program, rule, step, options)
  if (one.before === '0') {
    const known = shortfallOf(one.award, one, step, zone)
    return known === null ? null : unpaid('tooLittle', known)
  }
  const isCut = one.granted === '0' && one.numerator !== '0'
  return isCut ? cutBy(rule, program.earning.caps, step, zone) : null
}

/** Why a rule that matched gave nothing; `null`: it gave something. */
export const unpaidIn = (
  by: { readonly program: Program; readonly zone: Zone },
  rule: EarningRule,
  step: EarningStep,
  options: ChangeOptions,
): Unpaid | null => {
  const { rules, multipliers } = step.earning
  const one = rules.find((earned) => earned.rule === rule.id)
  if (one !== undefined) return unpaidRule(by, rule, one, step, options)
  const multiplier = multipliers.find((earned) => earned.rule === rule.id)
  if (multiplier === undefined) return null
  if (step.activity.action === 'purchase' && multiplier.lines.length === 0) {
    return unmetLines(by.program, rule, step, options)
  }
  return multipliesPoints(step.earning, multiplier) ? null : unpaid('nothingToMultiply')
}
