/** The first amount of a purchase that reaches a goal, from some amount on. */
import type { Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import type { Goal } from './goal.ts'
import { breakpoints, type SpendPlan } from './spend-breakpoints.ts'
import { type SpendOrder, spendOrder } from './spend-order.ts'
import { pathOf } from './spend-path.ts'
import {
  countedLooks,
  type FirstAmount,
  firstByPath,
  firstInOrder,
  firstInRanges,
  type Look,
  type LookAt,
} from './spend-search.ts'
import { type Trial, tryUntil, type WhatIfOptions } from './try-purchase.ts'

/** The purchase of an amount. */
export const purchaseFor = ({ purchase, line, largest: { currency } }: SpendPlan, minor: number): Purchase => ({
  ...purchase,
  type: 'purchase',
  lines: [{ ...line, amount: { minor, currency } }],
})

const lookOf = ({ tried, events, trace }: Trial, { isOrdered, isUneven, heedsRooms }: SpendOrder): Look => {
  const isReached = tried.reached
  if (isOrdered) return { isReached, path: '', isUneven: false }
  const refused = tried.reached ? [] : (tried.rejection ?? [])
  const path = refused.length > 0 ? refused.map(({ _tag }) => _tag).join() : pathOf(events, trace, heedsRooms)
  return { isReached, path, isUneven: isUneven(trace) }
}

/** How amounts of a purchase are tried. */
export interface AmountSearch {
  readonly look: LookAt
  /** The first amount from one on, up to the largest of the plan. */
  readonly firstFrom: (from: number) => FirstAmount
}

/** A search among amounts by what they come to; of all that it does, no more are tried than the options allow. */
export const searchBy = (
  starts: ReadonlyArray<number>,
  largest: number,
  order: SpendOrder,
  tryAmount: (minor: number) => Trial,
  { mostTries = 100_000 }: WhatIfOptions,
): AmountSearch => {
  const look = countedLooks((minor) => lookOf(tryAmount(minor), order), mostTries)
  const firstIn = order.isOrdered ? firstInOrder : firstByPath
  return {
    look,
    firstFrom: (from) => firstInRanges(starts, largest, from, (low, high) => firstIn(look, low, high)),
  }
}

/** A search among the amounts of a purchase. */
export const amountSearch = (
  program: CompiledProgram,
  state: MemberState,
  plan: SpendPlan,
  goal: Goal,
  options: WhatIfOptions,
): AmountSearch => {
  const order = spendOrder(program, plan.purchase, goal, options.by ?? plan.purchase.at)
  const tryAmount = (minor: number): Trial =>
    tryUntil(program, state, purchaseFor(plan, minor), goal, options, order.asksForTrace)
  return searchBy(breakpoints(program, state, plan), plan.largest.minor, order, tryAmount, options)
}
