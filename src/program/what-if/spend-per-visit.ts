/** What-if, backwards, for several visits: the smallest amount that has to be spent on each of some dates. */
import * as E from 'fp-ts/Either'
import {
  formatInstant,
  type Instant,
  type InvalidValue,
  invalidValue,
  type Money,
  outOfRange,
} from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import { advance } from '../decide/advance.ts'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decision.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { countBudgets } from '../state/budget.ts'
import type { MemberState } from '../state/member-state.ts'
import { countShared } from '../state/shared-usage.ts'
import { purchaseFor, searchBy } from './amount-search.ts'
import { type Goal, hasReached } from './goal.ts'
import { goalFault } from './goal-fault.ts'
import { outOfReach, type WhatIfFault } from './smallest-spend.ts'
import { breakpoints, type SpendPlan } from './spend-breakpoints.ts'
import { visitsOrder } from './spend-order.ts'
import type { Trial, WhatIfOptions } from './try-purchase.ts'

/** Purchases to be made, each of one line that costs the same. */
export interface VisitPlan {
  /** At least one, in the order of their dates, each with an id of its own. */
  readonly visits: ReadonlyArray<SpendPlan['purchase']>
  readonly line: SpendPlan['line']
  /** The most that could be spent on each. */
  readonly largest: Money
}

/** Purchases of one amount that reach a goal together. */
export interface SpendPerVisit {
  /** Of each purchase. */
  readonly amount: Money
  readonly purchases: ReadonlyArray<Purchase>
  readonly decisions: ReadonlyArray<Decision>
}

/** What all members have used after a decision. */
const usedAfter = (
  program: CompiledProgram,
  { budgets, shared }: WhatIfOptions,
  { claims, sharedClaims }: Decision,
): WhatIfOptions => ({
  ...(budgets === undefined ? {} : { budgets: countBudgets(program, budgets, claims) }),
  ...(shared === undefined ? {} : { shared: countShared(shared, sharedClaims) }),
})

/** The decisions about purchases one after the other, each on what the ones before left. */
const decideAll = (
  program: CompiledProgram,
  state: MemberState,
  purchases: ReadonlyArray<Purchase>,
  { budgets, shared }: WhatIfOptions,
  trace: boolean,
): E.Either<Rejection, ReadonlyArray<Decision>> => {
  let used: WhatIfOptions = {
    ...(budgets === undefined ? {} : { budgets }),
    ...(shared === undefined ? {} : { shared }),
  }
  let now = state
  const decisions: Array<Decision> = []
  for (const purchase of purchases) {
    const decided = decide(program, now, purchase, { trace, ...used })
    if (E.isLeft(decided)) return decided
    decisions.push(decided.right)
    now = decided.right.state
    used = usedAfter(program, used, decided.right)
  }
  return E.right(decisions)
}

/** What visits come to. */
interface VisitsTried extends Trial {
  readonly decisions: ReadonlyArray<Decision>
}

const tryVisits = (
  program: CompiledProgram,
  state: MemberState,
  purchases: ReadonlyArray<Purchase>,
  goal: Goal,
  options: WhatIfOptions & { readonly by: Instant },
  trace: boolean,
): VisitsTried => {
  const { by, shared } = options
  const decided = decideAll(program, state, purchases, options, trace)
  const decisions = E.isLeft(decided) ? [] : decided.right
  const [purchase, decision] = [purchases[purchases.length - 1], decisions[decisions.length - 1]]
  if (E.isLeft(decided) || purchase === undefined || decision === undefined) {
    const rejection = E.isLeft(decided) ? decided.left : null
    return { tried: { reached: false, rejection }, events: [], trace: [], decisions }
  }
  const later = advance(program, decision.state, by, { trace: false })
  const used =
    shared === undefined ? undefined : decisions.reduce((sum, one) => countShared(sum, one.sharedClaims), shared)
  const reached = hasReached(program, later.state, goal, by, used === undefined ? {} : { shared: used })
  return {
    tried: reached ? { reached, purchase, decision } : { reached, rejection: null },
    events: [...decisions.flatMap(({ events }) => events), ...later.events],
    trace: decisions.flatMap((one) => one.trace),
    decisions,
  }
}

const planFault = (
  { program: { currency } }: CompiledProgram,
  { largest }: VisitPlan,
  last: SpendPlan['purchase'],
  by: Instant,
): InvalidValue | undefined => {
  if (largest.currency !== currency) {
    return invalidValue(['plan', 'largest', 'currency'], largest.currency, `${currency}, the program's currency`)
  }
  return by < last.at
    ? invalidValue(['options', 'by'], formatInstant(by), 'an instant not before the last visit')
    : undefined
}

const MORE_TRIES = 'more tries, or a smaller largest amount'

/**
 * The smallest amount that a member has to spend on each of some visits to reach a goal with all of them: with a cap a
 * month, for instance, or a rule that earns once a day. It is exact, as {@link smallestSpend} is. It does not say which of
 * the visits could be left out, nor how to share an amount out among them unevenly: ask with fewer visits, or for each in
 * turn on the state that the one before leaves.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param plan - the visits, what would be bought on each, and the most that could be spent on each
 * @param goal - what shall be reached
 * @param options - by when, by default by the last visit, and how many amounts are tried at most
 * @returns `null` where the goal is reached without buying anything. `GoalOutOfReach`: the largest amount is too little; if
 * a purchase would be refused, the reason for that instead. `InvalidValue`: there are no visits, `largest` is of another
 * currency, `by` is before the last visit, or the goal names what the program does not have. `MissingSharedUsage`: the
 * reward has a stock, and how much of it is gone was not given. `OutOfRange`: more amounts would have to be tried than
 * allowed.
 *
 * @example
 * ```ts
 * import { type ActivityId, Activity, compileProgram, decide, decode, decodeProgram, formatAmount, type LineId } from 'treue'
 * import { type MemberId, money, newMember, parseInstant, type Points, smallestSpendPerVisit, unwrap, type WalletId } from 'treue'
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
 *       award: { mode: 'linear', points: '1', per: { amount: '1.00', currency: 'EUR' }, on: 'order' },
 *     }],
 *     caps: [{
 *       id: 'monthly',
 *       wallet: 'points',
 *       counts: 'points',
 *       limit: 100,
 *       window: { type: 'calendar', calendar: { unit: 'month' } },
 *       onExceed: 'truncate',
 *     }],
 *   },
 *   ladders: [],
 * }))))
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * const { state } = unwrap(decide(program, newMember('anna' as MemberId), joins))
 * const visit = (date: string) => ({
 *   id: `o ${date}` as ActivityId,
 *   member: state.member,
 *   at: unwrap(parseInstant(`${date}T12:00:00Z`)),
 * })
 * const plan = (...dates: ReadonlyArray<string>) => ({
 *   visits: dates.map(visit),
 *   line: { id: '1' as LineId },
 *   largest: unwrap(money('500.00', 'EUR')),
 * })
 * const goal = { type: 'points', wallet: 'points' as WalletId, points: 250 as Points } as const
 * const monthly = unwrap(smallestSpendPerVisit(program, state, plan('2026-03-10', '2026-04-10', '2026-05-10'), goal))
 * monthly === null ? '' : formatAmount(monthly.amount) // => '84.00'
 * const inMarch = smallestSpendPerVisit(program, state, plan('2026-03-10', '2026-03-20', '2026-03-30'), goal)
 * inMarch._tag === 'Left' && inMarch.left._tag // => 'GoalOutOfReach'
 * ```
 */
export const smallestSpendPerVisit = (
  program: CompiledProgram,
  state: MemberState,
  plan: VisitPlan,
  goal: Goal,
  options: WhatIfOptions = {},
): E.Either<WhatIfFault, SpendPerVisit | null> => {
  const { visits, line, largest } = plan
  const [first, last] = [visits[0], visits[visits.length - 1]]
  if (first === undefined || last === undefined) {
    return E.left(invalidValue(['plan', 'visits'], visits, 'at least one visit'))
  }
  const { by = last.at, mostTries = 100_000 } = options
  const fault = planFault(program, plan, last, by) ?? goalFault(program, state, goal, by, options)
  if (fault !== undefined) return E.left(fault)
  if (hasReached(program, state, goal, by, options)) return E.right(null)
  const order = visitsOrder(program, visits, goal, by)
  const purchasesOf = (minor: number): ReadonlyArray<Purchase> =>
    visits.map((purchase) => purchaseFor({ purchase, line, largest }, minor))
  const tryAmount = (minor: number, trace = order.asksForTrace): VisitsTried =>
    tryVisits(program, state, purchasesOf(minor), goal, { ...options, by }, trace)
  const starts = breakpoints(program, state, { purchase: first, line, largest })
  const found = searchBy(starts, largest.minor, order, tryAmount, options).firstFrom(0)
  if (found === 'tooMany') return E.left(outOfRange(['options', 'mostTries'], mostTries, MORE_TRIES))
  const minor = found === 'none' ? largest.minor : found
  const { tried, decisions } = tryAmount(minor, false)
  if (!tried.reached) return E.left(outOfReach(goal, tried))
  return E.right({ amount: { minor, currency: largest.currency }, purchases: purchasesOf(minor), decisions })
}
