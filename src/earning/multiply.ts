/** Multipliers: how several on one line combine, and what they make of base points (S5). */
import { type ExactInteger, exactProduct, exactQuotient, exactSum, type RuleId } from '../foundation/index.ts'
import { type Contribution, rawSlots, sumOf } from './contribution.ts'
import type { MultiplierStacking } from './earning-rules.ts'
import { leastCommonMultiple } from './rate.ts'

/** Factors by slot, `over ÷ under`. */
interface Factors {
  readonly over: ReadonlyArray<ExactInteger>
  readonly under: ExactInteger
}

/** How factors are joined: over a denominator of all, where they are added or compared. */
interface Joining {
  readonly start: Factors
  readonly join: (factors: Factors, multiplier: Contribution) => Factors
  /** The common factor of a denominator of all multipliers. */
  readonly finish: (over: ExactInteger) => ExactInteger
  readonly denominator: ExactInteger
}

const product = (multipliers: ReadonlyArray<Contribution>, slots: ReadonlyArray<unknown>): Joining => ({
  start: { over: slots.map(() => 1), under: 1 },
  join: ({ over, under }, { award: { factor }, basis }) => ({
    over: over.map((one, slot) =>
      exactProduct(one, basis.counts[slot] === true ? factor.numerator : factor.denominator),
    ),
    under: exactProduct(under, factor.denominator),
  }),
  finish: (over) => over,
  denominator: multipliers.reduce<ExactInteger>((all, { award }) => exactProduct(all, award.factor.denominator), 1),
})

const denominatorOf = (multipliers: ReadonlyArray<Contribution>): ExactInteger =>
  multipliers.reduce<ExactInteger>((all, { award }) => leastCommonMultiple(all, award.factor.denominator), 1)

/** The factor of a multiplier over a denominator that its own divides. */
const scaled = ({ award: { factor } }: Contribution, under: ExactInteger): ExactInteger =>
  exactProduct(factor.numerator, exactQuotient(under, factor.denominator))

const sumOfBonuses = (multipliers: ReadonlyArray<Contribution>, slots: ReadonlyArray<unknown>): Joining => {
  const denominator = denominatorOf(multipliers)
  return {
    start: { over: slots.map(() => denominator), under: denominator },
    join: ({ over, under }, multiplier) => {
      const bonus = exactSum(scaled(multiplier, under), exactProduct(-1, under))
      return {
        over: over.map((one, slot) => (multiplier.basis.counts[slot] === true ? exactSum(one, bonus) : one)),
        under,
      }
    },
    finish: (over) => (over < 0 ? 0 : over),
    denominator,
  }
}

/** Below every factor: no multiplier was met yet. */
const NONE = -1

const best = (multipliers: ReadonlyArray<Contribution>, slots: ReadonlyArray<unknown>): Joining => {
  const denominator = denominatorOf(multipliers)
  return {
    start: { over: slots.map(() => NONE), under: denominator },
    join: ({ over, under }, multiplier) => {
      const factor = scaled(multiplier, under)
      return {
        over: over.map((one, slot) => (multiplier.basis.counts[slot] === true && factor > one ? factor : one)),
        under,
      }
    },
    finish: (over) => (over < 0 ? denominator : over),
    denominator,
  }
}

const joinings = { product, sumOfBonuses, best }

/** The multipliers of certain rules only, by rule. */
const byRule = (multipliers: ReadonlyArray<Contribution>): ReadonlyMap<RuleId, ReadonlyArray<Contribution>> => {
  const found = new Map<RuleId, Array<Contribution>>()
  for (const multiplier of multipliers) {
    for (const id of multiplier.award.of ?? []) {
      const known = found.get(id)
      if (known === undefined) found.set(id, [multiplier])
      else known.push(multiplier)
    }
  }
  return found
}

/** Contributions after multipliers, over a denominator that is `scale` times the one before. */
export interface Multiplied {
  readonly contributions: ReadonlyArray<Contribution>
  readonly scale: ExactInteger
}

const withFactors = (one: Contribution, factors: RawFactors): Contribution => {
  const before = rawSlots(one)
  const raw = before.map((points, slot) => exactProduct(points, factors[slot] ?? 1))
  return { rule: one.rule, award: one.award, basis: one.basis, raw, total: sumOf(raw), reach: one.reach }
}

type RawFactors = ReadonlyArray<ExactInteger>

/** Multiplies base contributions by what applies to each of their lines; what is flat only changes its denominator. */
export const multiply = (
  contributions: ReadonlyArray<Contribution>,
  multipliers: ReadonlyArray<Contribution>,
  stacking: MultiplierStacking,
  slots: ReadonlyArray<unknown>,
): Multiplied => {
  const { start, join, finish, denominator } = joinings[stacking](multipliers, slots)
  const common = multipliers.filter(({ award }) => award.of === null).reduce(join, start)
  const special = byRule(multipliers.filter(({ award }) => award.of !== null))
  const factorsOf = ({ over, under }: Factors): RawFactors => {
    const rest = exactQuotient(denominator, under)
    return over.map((one) => exactProduct(finish(one), rest))
  }
  const ofAll = factorsOf(common)
  const flat = slots.map(() => denominator)
  return {
    contributions: contributions.map((one) => {
      if (one.award.stage === 'flat') return withFactors(one, flat)
      const own = special.get(one.rule.rule.id)
      return withFactors(one, own === undefined ? ofAll : factorsOf(own.reduce(join, common)))
    }),
    scale: denominator,
  }
}
