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

/** What counts for rules that let every line through. */
export const wholeBasis = ({ action, lines }: EarningActivity): RuleBasis => {
  if (action !== 'purchase') return ofAction
  const ids: Array<LineId> = []
  const amounts: Array<number> = []
  const counts: Array<boolean> = []
  let minor = 0
  for (const line of lines) {
    const amount = line.counts ? line.basisMinor : 0
    if (line.counts) ids.push(line.id)
    counts.push(line.counts)
    amounts.push(amount)
    minor += amount
  }
  return { ids, counts, amounts, minor, isMet: ids.length > 0 }
}

const isKnown = (facts: Facts, field: string): boolean => Object.hasOwn(facts, field) && facts[field] !== undefined

/** The fault that a rule cannot be counted without facts that are missing. */
export const unknownFact = (
  { rule, uncertain }: CompiledEarningRule,
  facts: Facts,
  path: Fault['path'],
): UnknownFact => {
  const fields = uncertain.filter((field) => !isKnown(facts, field))
  const expected = `${fields.join(', ')}, without which rule ${rule.id} cannot be counted`
  return { _tag: 'UnknownFact', path: [...path, ...fields.slice(0, 1)], expected, rule: rule.id, fields }
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
  const unknown = whenUnknown === 'reject' ? truths.indexOf('unknown') : -1
  const line = lines[unknown]
  return line === undefined
    ? E.right(truths.map((truth) => truth !== 'false'))
    : E.left(unknownFact(rule, lineFacts(line), ['lines', unknown]))
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
