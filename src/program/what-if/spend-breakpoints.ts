/** The amounts at which something else can happen to a purchase. */
import { challengeStanding, noProgress } from '../../challenges/index.ts'
import type { EarningRule } from '../../earning/index.ts'
import type { Instant, Money } from '../../foundation/index.ts'
import { type Condition, partsOf } from '../../rules/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { MemberState } from '../state/member-state.ts'

/** The purchase to be made, but for what its one line costs. */
export interface SpendPlan {
  readonly purchase: Omit<Purchase, 'lines' | 'type' | 'payments'>
  readonly line: Omit<Purchase['lines'][number], 'amount'>
  /** The most that could be spent. */
  readonly largest: Money
}

/** The whole numbers at which tests of a condition change, in whatever unit they are. */
const constantsOf = (condition: Condition): ReadonlyArray<number> => {
  const own = Object.values(condition).flatMap((value: unknown) =>
    typeof value === 'number' ? [Math.floor(value), Math.floor(value) + 1] : [],
  )
  return [...own, ...partsOf(condition).flatMap(constantsOf)]
}

const conditionsOf = ({ when, lines, cases = [] }: EarningRule): ReadonlyArray<Condition> =>
  [when, lines, ...cases.map((one) => one.when)].filter((condition) => condition !== undefined)

/** What challenges ask of a purchase. */
const challengeConditions = ({ challenges = {} }: Program): ReadonlyArray<Condition> => {
  const { goals = [], streaks = [] } = challenges
  return [...goals.map(({ challenge }) => challenge.when), ...streaks.map(({ streak }) => streak.when)].filter(
    (condition) => condition !== undefined,
  )
}

/** What is missing to levels of challenges that sum up: from there on rules hear of another level. What is nothing does not count. */
const levelsMissing = ({ program, zone, versions }: CompiledProgram, state: MemberState, at: Instant) => {
  const goals = [...(versions.get(program.version)?.challenges.goals.values() ?? [])]
  return goals.flatMap(({ compiled: { challenge } }) => {
    if (challenge.measure.type !== 'sum') return []
    const progress = state.challenges.goals.find((one) => one.challenge === challenge.id) ?? noProgress(challenge)
    return [1, ...challengeStanding(challenge, zone, progress, at).levels.map(({ missing }) => missing)]
  })
}

/**
 * The amounts in minor units at which another set of rules can match, or another level of a challenge is given, the smallest
 * and 1 included: what is nothing may not count. A constant may be compared with what is left of the amount when tax or a discount
 * is taken off or put on.
 */
export const breakpoints = (
  compiled: CompiledProgram,
  state: MemberState,
  { line, largest, purchase }: SpendPlan,
): ReadonlyArray<number> => {
  const { program } = compiled
  const offsets = [0, line.tax?.minor ?? 0, line.discount?.minor ?? 0]
  const shifts = new Set(offsets.flatMap((a) => offsets.flatMap((b) => [a + b, a - b])))
  const conditions = [...program.earning.rules.flatMap(conditionsOf), ...challengeConditions(program)]
  const levels = levelsMissing(compiled, state, purchase.at)
  const minimum = program.referral === undefined ? [] : [program.referral.terms.eligibility.minimumSpend.minor]
  const constants = [...conditions.flatMap(constantsOf), ...levels, ...minimum]
  const points = constants.flatMap((constant) => [...shifts].map((shift) => constant + shift))
  const within = [1, ...points].filter((point) => point > 0 && point <= largest.minor)
  return [...new Set([0, ...within])].sort((a, b) => a - b)
}
