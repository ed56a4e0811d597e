/** What-if, backwards: the smallest amount to spend, or the cheapest basket, that reaches a goal by a date. */

import * as E from 'fp-ts/Either'
import {
  type Fault,
  type Instant,
  type InvalidValue,
  invalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
} from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import { decide } from '../decide/decide.ts'
import type { DecideOptions, Decision } from '../decide/decision.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { type Goal, goalFault, hasReached } from './goal.ts'
import { breakpoints, isMonotone, type SpendPlan } from './spend-breakpoints.ts'

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
export interface WhatIfOptions extends Pick<DecideOptions, 'budgets' | 'shared'> {
  /** By when the goal shall be reached; by default by the purchase itself. */
  readonly by?: Instant
  /** How many purchases are tried at most. Default 100,000. */
  readonly mostTries?: number
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
  { by = purchase.at, budgets, shared }: WhatIfOptions,
): Tried => {
  const decided = decide(program, state, purchase, {
    trace: false,
    ...(budgets === undefined ? {} : { budgets }),
    ...(shared === undefined ? {} : { shared }),
  })
  if (E.isLeft(decided)) return { reached: false, rejection: decided.left }
  if (!hasReached(program, decided.right.state, goal, by, shared === undefined ? {} : { shared }))
    return { reached: false, rejection: null }
  return { reached: true, purchase, decision: decided.right }
}

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
 * conditions hold, more never reaches less, so each such range is searched by halves. Every amount is tried where more may
 * reach less: where rules take points away, caps refuse all that exceeds them, points are redeemed by themselves, vouchers
 * are entered, a lower tier pays, or has a reward or a price, that a higher one has not.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param plan - what would be bought, and the most that could be spent
 * @param goal - what shall be reached
 * @param options - by when, and how many purchases are tried at most
 * @returns `null` where the goal is reached without buying anything. `GoalOutOfReach`: the largest amount is too little; if
 * the purchase would be refused, the reason for that instead. `InvalidValue`: `largest` is of another currency, or `by` is
 * before the purchase. `MissingSharedUsage`: the reward has a stock, and how much of it is gone was not given. `OutOfRange`:
 * there are more amounts to be tried than allowed.
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
  const fault = planFaults(program, plan, by) ?? goalFault(program, state, goal, by, options)
  if (fault !== undefined) return E.left(fault)
  if (hasReached(program, state, goal, by, options)) return E.right(null)
  const { minor: largest, currency } = plan.largest
  const trial: Trial = (minor) => {
    const purchase: Purchase = {
      ...plan.purchase,
      type: 'purchase',
      lines: [{ ...plan.line, amount: { minor, currency } }],
    }
    return tryPurchase(program, state, purchase, goal, options)
  }
  const isOrdered = isMonotone(program, plan, goal, by)
  if (!isOrdered && largest >= mostTries) {
    return E.left(outOfRange(['plan', 'largest'], largest, `fewer than ${mostTries} minor units, since each is tried`))
  }
  const minor = isOrdered ? firstInIntervals(trial, breakpoints(program, state, plan)) : firstOfAll(trial, largest)
  const tried = trial(minor ?? largest)
  if (!tried.reached) return E.left(outOfReach(goal, tried))
  const amount: Money = { minor: minor ?? largest, currency }
  return E.right({ amount, purchase: tried.purchase, decision: tried.decision })
}
