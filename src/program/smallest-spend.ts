/** What-if, backwards: the smallest amount to spend, or the cheapest basket, that reaches a goal by a date. */

import * as E from 'fp-ts/Either'
import type { Award, EarningRule } from '../earning/index.ts'
import {
  type Fault,
  type Instant,
  type InvalidValue,
  invalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import { type Condition, partsOf } from '../rules/index.ts'
import type { Purchase } from './activity.ts'
import type { CompiledProgram } from './compile.ts'
import { decide } from './decide.ts'
import type { DecideOptions, Decision } from './decision.ts'
import { type Goal, hasReached } from './goal.ts'
import type { MemberState } from './member-state.ts'
import type { Rejection } from './rejection.ts'

/** A purchase of an amount that reaches a goal. */
export interface SmallestSpend {
  readonly amount: Money
  readonly purchase: Purchase
  readonly decision: Decision
}

/** No amount up to the largest one reaches the goal. */
export interface GoalOutOfReach extends Fault<'GoalOutOfReach'> {
  readonly goal: Goal
}

/** Why there is no smallest purchase. */
export type WhatIfFault = GoalOutOfReach | InvalidValue | OutOfRange | Rejection[number]

/** How a smallest purchase is looked for. */
export interface WhatIfOptions extends Pick<DecideOptions, 'budgets'> {
  /** By when the goal shall be reached; by default by the purchase itself. */
  readonly by?: Instant
  /** How many purchases are tried at most. Default 100,000. */
  readonly mostTries?: number
}

/** The purchase to be made, but for what its one line costs. */
export interface SpendPlan {
  readonly purchase: Omit<Purchase, 'lines' | 'type' | 'payments'>
  readonly line: Omit<Purchase['lines'][number], 'amount'>
  /** The most that could be spent. */
  readonly largest: Money
}

/** What trying a purchase comes to. */
export type Tried =
  | { readonly reached: false; readonly rejection: Rejection | null }
  | { readonly reached: true; readonly purchase: Purchase; readonly decision: Decision }

export const tryPurchase = (
  program: CompiledProgram,
  state: MemberState,
  purchase: Purchase,
  goal: Goal,
  { by = purchase.at, budgets }: WhatIfOptions,
): Tried => {
  const decided = decide(program, state, purchase, { trace: false, ...(budgets === undefined ? {} : { budgets }) })
  if (E.isLeft(decided)) return { reached: false, rejection: decided.left }
  if (!hasReached(program, decided.right.state, goal, by)) return { reached: false, rejection: null }
  return { reached: true, purchase, decision: decided.right }
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

/**
 * The amounts in minor units at which another set of rules can match, the smallest and the one after the largest included.
 * A constant may be compared with what is left of the amount when tax or a discount is taken off or put on.
 */
const breakpoints = ({ program }: CompiledProgram, { line, largest }: SpendPlan): ReadonlyArray<number> => {
  const offsets = [0, line.tax?.minor ?? 0, line.discount?.minor ?? 0]
  const shifts = new Set(offsets.flatMap((a) => offsets.flatMap((b) => [a + b, a - b])))
  const constants = program.earning.rules.flatMap((rule) => conditionsOf(rule).flatMap(constantsOf))
  const minimum = program.referral === undefined ? [] : [program.referral.terms.eligibility.minimumSpend.minor]
  const points = [...constants, ...minimum].flatMap((constant) => [...shifts].map((shift) => constant + shift))
  const within = points.filter((point) => point > 0 && point <= largest.minor)
  return [...new Set([0, ...within, largest.minor + 1])].sort((a, b) => a - b)
}

const isNegative = (award: Award): boolean => 'points' in award && award.points.startsWith('-')

const awardsOf = ({ award, cases = [] }: EarningRule): ReadonlyArray<Award> => [
  ...(award === null ? [] : [award]),
  ...cases.map((one) => one.award),
]

/** Whether, as long as the same rules match, spending more never leaves a member with less. */
const isMonotone = ({ program }: CompiledProgram, at: Instant, by: Instant): boolean =>
  program.earning.rules.every((rule) => !awardsOf(rule).some(isNegative)) &&
  (program.earning.caps ?? []).every(({ onExceed }) => onExceed !== 'reject') &&
  // A higher tier may be valid for a shorter time than a lower one.
  (by <= at || program.ladders.every(({ tiers }) => tiers.every(({ validity }) => validity === undefined)))

type Trial = (minor: number) => Tried

/** The smallest amount of a range in which amounts from some one on reach the goal; the last one does. */
const bisect = (trial: Trial, from: number, until: number): number => {
  let [low, high] = [from, until]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (trial(middle).reached) high = middle
    else low = middle + 1
  }
  return low
}

const firstInIntervals = (trial: Trial, points: ReadonlyArray<number>): number | undefined => {
  for (const [index, from] of points.slice(0, -1).entries()) {
    const last = (points[index + 1] ?? from + 1) - 1
    if (trial(last).reached) return bisect(trial, from, last)
  }
  return undefined
}

const firstOfAll = (trial: Trial, largest: number): number | undefined => {
  for (let minor = 0; minor <= largest; minor += 1) if (trial(minor).reached) return minor
  return undefined
}

const planFaults = (
  { program }: CompiledProgram,
  { largest, purchase }: SpendPlan,
  by: Instant,
): InvalidValue | undefined => {
  if (largest.currency !== program.currency) {
    return invalidValue(
      ['plan', 'largest', 'currency'],
      largest.currency,
      `${program.currency}, the program's currency`,
    )
  }
  if (by < purchase.at) return invalidValue(['options', 'by'], by, 'an instant not before the purchase')
  return undefined
}

export const outOfReach = (goal: Goal, tried: Tried): WhatIfFault => {
  const [reason] = tried.reached ? [] : (tried.rejection ?? [])
  return reason ?? { _tag: 'GoalOutOfReach', path: ['goal'], expected: 'a goal that the purchase can reach', goal }
}

/**
 * The smallest amount that a member has to spend at once to reach a goal. It is exact: among amounts for which the same
 * conditions hold, more never reaches less, so each such range is searched by halves; where rules take points away or caps
 * refuse all that exceeds them, every amount is tried.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param plan - what would be bought, and the most that could be spent
 * @param goal - what shall be reached
 * @param options - by when, and how many purchases are tried at most
 * @returns `null` where the goal is reached without buying anything. `GoalOutOfReach`: the largest amount is too little; if
 * the purchase would be refused, the reason for that instead. `InvalidValue`: `largest` is of another currency, or `by` is
 * before the purchase. `OutOfRange`: there are more amounts to be tried than allowed.
 *
 * @example
 * ```ts
 * import { type ActivityId, Activity, compileProgram, decide, decode, decodeProgram, formatAmount, type LineId } from 'treue'
 * import { type MemberId, money, newMember, parseInstant, type Points, smallestSpend, unwrap, type WalletId } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: {
 *     rounding: { mode: 'floor', on: 'order' },
 *     rules: [{
 *       id: 'base',
 *       wallet: 'points',
 *       award: { mode: 'linear', points: '3', per: { amount: '2.00', currency: 'EUR' }, on: 'order' },
 *     }],
 *   },
 *   ladders: [],
 * }))))
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * const { state } = unwrap(decide(program, newMember('anna' as MemberId), joins))
 * const at = unwrap(parseInstant('2026-03-02T12:00:00Z'))
 * const plan = {
 *   purchase: { id: 'o' as ActivityId, member: state.member, at },
 *   line: { id: '1' as LineId },
 *   largest: unwrap(money('500.00', 'EUR')),
 * }
 * const goal = { type: 'points', wallet: 'points' as WalletId, points: 100 as Points } as const
 * const smallest = unwrap(smallestSpend(program, state, plan, goal))
 * smallest === null ? '' : formatAmount(smallest.amount) // => '66.67'
 * ```
 */
export const smallestSpend = (
  program: CompiledProgram,
  state: MemberState,
  plan: SpendPlan,
  goal: Goal,
  options: WhatIfOptions = {},
): E.Either<WhatIfFault, SmallestSpend | null> => {
  const { at } = plan.purchase
  const { by = at, mostTries = 100_000 } = options
  const fault = planFaults(program, plan, by)
  if (fault !== undefined) return E.left(fault)
  if (hasReached(program, state, goal, by)) return E.right(null)
  const { minor: largest, currency } = plan.largest
  const trial: Trial = (minor) => {
    const purchase: Purchase = {
      ...plan.purchase,
      type: 'purchase',
      lines: [{ ...plan.line, amount: { minor, currency } }],
    }
    return tryPurchase(program, state, purchase, goal, options)
  }
  const isOrdered = isMonotone(program, at, by)
  if (!isOrdered && largest >= mostTries) {
    return E.left(outOfRange(['plan', 'largest'], largest, `fewer than ${mostTries} minor units, since each is tried`))
  }
  const minor = isOrdered ? firstInIntervals(trial, breakpoints(program, plan)) : firstOfAll(trial, largest)
  const tried = trial(minor ?? largest)
  if (!tried.reached) return E.left(outOfReach(goal, tried))
  const amount: Money = { minor: minor ?? largest, currency }
  return E.right({ amount, purchase: tried.purchase, decision: tried.decision })
}
