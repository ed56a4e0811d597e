/** What-if, backwards: the smallest amount to spend, or the cheapest basket, that reaches a goal by a date. */

import * as E from 'fp-ts/Either'
import {
  type Fault,
  formatInstant,
  type Instant,
  type InvalidValue,
  invalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
} from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { Decision } from '../decide/decision.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { amountSearch, purchaseFor } from './amount-search.ts'
import { type Goal, hasReached } from './goal.ts'
import { goalFault } from './goal-fault.ts'
import type { SpendPlan } from './spend-breakpoints.ts'
import { type Tried, tryPurchase, type WhatIfOptions } from './try-purchase.ts'

export { tryPurchase } from './try-purchase.ts'

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
  if (by < purchase.at) return invalidValue(['options', 'by'], formatInstant(by), 'an instant not before the purchase')
  return undefined
}

export const outOfReach = (goal: Goal, tried: Tried): WhatIfFault => {
  const [reason] = tried.reached ? [] : (tried.rejection ?? [])
  return reason ?? { _tag: 'GoalOutOfReach', path: ['goal'], expected: 'a goal that the purchase can reach', goal }
}

const MORE_TRIES = 'more tries, or a smaller largest amount'

/**
 * The smallest amount that a member has to spend at once to reach a goal. It is exact. The amounts are cut into ranges for
 * which the same conditions hold; each is searched by halves, where more never reaches less in it. Where that cannot be
 * said beforehand, ranges are halved until all that happens at both ends is the same but for amounts: the same tiers, gifts,
 * rewards, refusals of caps. Every amount of a range is tried only where more may then still reach less: where vouchers are
 * entered, where rules whose points wait or live differently long share one rounding or one cap, and where the best of a
 * group earns that is capped or multiplied by itself.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param plan - what would be bought, and the most that could be spent
 * @param goal - what shall be reached
 * @param options - by when, and how many purchases are tried at most
 * @returns `null` where the goal is reached without buying anything. `GoalOutOfReach`: the largest amount is too little; if
 * the purchase would be refused, the reason for that instead. `InvalidValue`: `largest` is of another currency, or `by` is
 * before the purchase, or the goal names what the program does not have. `MissingSharedUsage`: the reward has a stock, and how much of it is gone was not given. `OutOfRange`:
 * more amounts would have to be tried than allowed.
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
  const first = amountSearch(program, state, plan, goal, options).firstFrom(0)
  if (first === 'tooMany') return E.left(outOfRange(['options', 'mostTries'], mostTries, MORE_TRIES))
  const tried = tryPurchase(program, state, purchaseFor(plan, first === 'none' ? largest : first), goal, options)
  if (!tried.reached) return E.left(outOfReach(goal, tried))
  const amount: Money = { minor: first === 'none' ? largest : first, currency }
  return E.right({ amount, purchase: tried.purchase, decision: tried.decision })
}
