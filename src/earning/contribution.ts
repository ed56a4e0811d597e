/** The raw points of one rule: exact fractions over the wallet's denominator, by slot. */
import { type ExactInteger, exactProduct, exactSum } from '../foundation/index.ts'
import type { CompiledAward } from './compile-award.ts'
import { levelsReached } from './milestone.ts'
import type { RuleBasis } from './rule-basis.ts'
import type { EarningScene, SelectedRule } from './rule-selection.ts'
import { split } from './split.ts'

/** Raw points by slot. */
export type RawSlots = ReadonlyArray<ExactInteger>

/** How far an activity takes a milestone. */
export interface MilestoneReach {
  /** What it adds to the member's running count. */
  readonly counted: number
  /** The levels that it reaches above those that were paid. */
  readonly levels: number
}

/** What one rule adds. */
export interface Contribution extends SelectedRule {
  /** `null`: every minor unit that counts earns the numerator of the award. */
  readonly raw: RawSlots | null
  readonly total: ExactInteger
  readonly reach: MilestoneReach | null
}

const fullUnits = (count: number, unit: number): number => (count - (count % unit)) / unit

export const times = (counts: ReadonlyArray<number>, each: ExactInteger): RawSlots => {
  const raw: Array<ExactInteger> = counts.slice()
  for (let index = 0; index < raw.length; index += 1) raw[index] = exactProduct(raw[index] ?? 0, each)
  return raw
}

export const sumOf = (raw: RawSlots): ExactInteger => {
  let sum: ExactInteger = 0
  for (let index = 0; index < raw.length; index += 1) sum = exactSum(sum, raw[index] ?? 0)
  return sum
}

/** Equal weights for what counts, where no weight is above 0: of an order that costs nothing, for instance. */
const weightsOf = (weights: ReadonlyArray<number>, counts: ReadonlyArray<boolean>): ReadonlyArray<number> =>
  weights.some((weight) => weight > 0) ? weights : counts.map((one) => (one ? 1 : 0))

/** What the activity as a whole earns belongs to its lines in proportion to weights, such as what they cost. */
const shared = (
  { numerator, ownNumerator, scale }: CompiledAward,
  count: number,
  weights: ReadonlyArray<number>,
  { counts, isMet }: RuleBasis,
): RawSlots => {
  if (!isMet || count === 0) return counts.map(() => 0)
  if (counts.length === 1) return [exactProduct(count, numerator)]
  const by = weightsOf(weights, counts)
  const earned = exactProduct(count, ownNumerator)
  return typeof earned === 'number' ? times(split(earned, by), scale) : times(split(count, by), numerator)
}

const ofSteps = (award: CompiledAward, basis: RuleBasis, on: 'order' | 'line'): RawSlots => {
  if (on === 'order') return shared(award, fullUnits(basis.minor, award.unit), basis.amounts, basis)
  return times(
    basis.amounts.map((minor) => fullUnits(minor, award.unit)),
    award.numerator,
  )
}

const ofItems = (award: CompiledAward, basis: RuleBasis, { activity }: EarningScene): RawSlots => {
  const quantities = activity.lines.map(({ quantity }, index) => (basis.counts[index] === true ? quantity : 0))
  const items = quantities.reduce((sum, quantity) => sum + quantity, 0)
  return shared(award, fullUnits(items, award.unit), quantities, basis)
}

const ofValue = (award: CompiledAward, field: string, basis: RuleBasis, { facts }: EarningScene): RawSlots => {
  const value = Math.max(0, Number(facts[field]))
  return shared(award, fullUnits(value, award.unit), basis.amounts, basis)
}

const milestoneReach = ({ rule, award, basis }: SelectedRule, { milestones }: EarningScene): MilestoneReach => {
  const progress = milestones?.get(rule.rule.id)
  const ofSpend = award.award.mode === 'milestone' && award.award.of === 'spend'
  const counted = ofSpend ? basis.minor : basis.isMet ? 1 : 0
  return { counted, levels: levelsReached((progress?.counted ?? 0) + counted, award.unit, progress?.paid ?? 0) }
}

const rawOf = (award: CompiledAward, basis: RuleBasis, scene: EarningScene): RawSlots => {
  const { award: given } = award
  switch (given.mode) {
    case 'step':
      return ofSteps(award, basis, given.on)
    case 'perItem':
      return ofItems(award, basis, scene)
    case 'perValue':
      return ofValue(award, given.field, basis, scene)
    case 'fixed':
    case 'bonus':
      return shared(award, 1, basis.amounts, basis)
    case 'linear':
    case 'multiplier':
    case 'milestone':
      return times(basis.amounts, award.numerator)
  }
}

/** What a selected rule adds; a multiplier adds nothing by itself. */
export const contribution = (selected: SelectedRule, scene: EarningScene): Contribution => {
  const { rule, award, basis } = selected
  const { mode } = award.award
  if (mode === 'linear' || mode === 'multiplier') {
    const total = exactProduct(basis.minor, award.numerator)
    return { rule, award, basis, raw: null, total, reach: null }
  }
  const reach = mode === 'milestone' ? milestoneReach(selected, scene) : null
  const raw = reach === null ? rawOf(award, basis, scene) : shared(award, reach.levels, basis.amounts, basis)
  return { rule, award, basis, raw, total: sumOf(raw), reach }
}

/** The raw points of a contribution by slot. */
export const rawSlots = ({ raw, award, basis }: Contribution): RawSlots => raw ?? times(basis.amounts, award.numerator)
