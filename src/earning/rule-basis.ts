/** What of an activity counts for a rule. */
import * as E from 'fp-ts/Either'
import type { Fault, LineId, RuleId } from '../foundation/index.ts'
import { conditionTruth, type Facts, holds } from '../rules/index.ts'
import type { CompiledEarningRule } from './compile-earning.ts'
import type { EarningActivity } from './earning-context.ts'
import { basisTotal, lineFacts } from './facts.ts'
import type { CountedLine } from './purchase.ts'

/** A rule asks for the activity to be refused where a fact that it needs is missing. */
export interface UnknownFact extends Fault<'UnknownFact'> {
  readonly rule: RuleId
  readonly fields: ReadonlyArray<string>
}

/**
 * What counts for a rule, by slot: a slot for each line of a purchase, or one for an action as such. Slots that do not
 * count are there with an amount of 0.
 */
export interface RuleBasis {
  readonly ids: ReadonlyArray<LineId>
  readonly counts: ReadonlyArray<boolean>
  readonly amounts: ReadonlyArray<number>
  readonly minor: number
  /** Whether there is something that counts. */
  readonly isMet: boolean
}

const ofAction: RuleBasis = { ids: [], counts: [true], amounts: [0], minor: 0, isMet: true }

const isCounted = ({ counts }: CountedLine): boolean => counts
const idOf = ({ id }: CountedLine): LineId => id
const amountOf = ({ counts, basisMinor }: CountedLine): number => (counts ? basisMinor : 0)

/** What counts for rules that let every line through. */
export const wholeBasis = ({ action, lines }: EarningActivity): RuleBasis => {
  if (action !== 'purchase') return ofAction
  const counting = lines.every(isCounted) ? lines : lines.filter(isCounted)
  return {
    ids: counting.map(idOf),
    counts: lines.map(isCounted),
    amounts: lines.map(amountOf),
    minor: basisTotal(lines),
    isMet: counting.length > 0,
  }
}

const isKnown = (facts: Facts, field: string): boolean => Object.hasOwn(facts, field) && facts[field] !== undefined

const LINE_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(['sku', 'brand'])

const unknown = ({ rule }: CompiledEarningRule, fields: ReadonlyArray<string>, path: Fault['path']): UnknownFact => {
  const expected = `${fields.join(', ')}, without which rule ${rule.id} cannot be counted`
  return { _tag: 'UnknownFact', path: [...path, ...fields.slice(0, 1)], expected, rule: rule.id, fields }
}

/** The fault that facts of an activity are missing, without which a rule cannot be counted. */
export const unknownFact = (rule: CompiledEarningRule, facts: Facts): UnknownFact => {
  const missing = rule.needed.filter((field) => !LINE_FIELDS.has(field) && !isKnown(facts, field))
  return unknown(rule, missing, ['attributes'])
}

/** The same for facts of a line. */
const unknownLineFact = (rule: CompiledEarningRule, line: CountedLine, index: number): UnknownFact => {
  const facts = lineFacts(line)
  const missing = rule.needed.filter((field) => LINE_FIELDS.has(field) && !isKnown(facts, field))
  return unknown(rule, missing, ['lines', index])
}

/** Whether each line counts for a rule with a condition on lines. */
const countsOf = (
  rule: CompiledEarningRule,
  lines: ReadonlyArray<CountedLine>,
  mayRefuse: boolean,
): E.Either<UnknownFact, ReadonlyArray<boolean>> => {
  const {
    lines: condition,
    rule: { whenUnknown },
  } = rule
  if (condition === null) return E.right(lines.map(({ counts }) => counts))
  if (whenUnknown !== 'earn' && !(whenUnknown === 'reject' && mayRefuse)) {
    return E.right(lines.map((line) => line.counts && holds(condition, lineFacts(line))))
  }
  const truths = lines.map((line) => (line.counts ? conditionTruth(condition, lineFacts(line)) : 'false'))
  const place = whenUnknown === 'reject' ? truths.indexOf('unknown') : -1
  const line = lines[place]
  return line === undefined
    ? E.right(truths.map((truth) => truth !== 'false'))
    : E.left(unknownLineFact(rule, line, place))
}

/** What counts for a rule. */
export const ruleBasis = (
  rule: CompiledEarningRule,
  lines: ReadonlyArray<CountedLine>,
  whole: RuleBasis,
  mayRefuse: boolean,
): E.Either<UnknownFact, RuleBasis> => {
  if (rule.lines === null) return E.right(whole)
  const counts = countsOf(rule, lines, mayRefuse)
  if (E.isLeft(counts)) return counts
  const counting = lines.filter((_, index) => counts.right[index] === true)
  return E.right({
    ids: counting.map(({ id }) => id),
    counts: counts.right,
    amounts: lines.map(({ basisMinor }, index) => (counts.right[index] === true ? basisMinor : 0)),
    minor: basisTotal(counting),
    isMet: counting.length > 0,
  })
}
