/** What a purchase would come to by the instant by which a goal is to be reached. */
import * as E from 'fp-ts/Either'
import type { Instant } from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import { advance } from '../decide/advance.ts'
import { decide } from '../decide/decide.ts'
import type { DecideOptions, Decision, Trace } from '../decide/decision.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { MemberState } from '../state/member-state.ts'
import { type Goal, hasReached } from './goal.ts'

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

/** What a purchase comes to at the instant by which the goal is to be reached. */
export interface Trial {
  readonly tried: Tried
  /** All that follows until then; none of a purchase that is refused. */
  readonly events: ReadonlyArray<MemberEvent>
  /** Of the decision; empty unless asked for. */
  readonly trace: Trace
}

/** Decides a purchase, and lets time pass to the instant by which the goal is to be reached. */
export const tryUntil = (
  program: CompiledProgram,
  state: MemberState,
  purchase: Purchase,
  goal: Goal,
  { by = purchase.at, budgets, shared }: WhatIfOptions,
  trace = false,
): Trial => {
  const decided = decide(program, state, purchase, {
    trace,
    ...(budgets === undefined ? {} : { budgets }),
    ...(shared === undefined ? {} : { shared }),
  })
  if (E.isLeft(decided)) return { tried: { reached: false, rejection: decided.left }, events: [], trace: [] }
  const { right: decision } = decided
  const later = advance(program, decision.state, by, { trace: false })
  const reached = hasReached(program, later.state, goal, by, shared === undefined ? {} : { shared })
  return {
    tried: reached ? { reached, purchase, decision } : { reached, rejection: null },
    events: [...decision.events, ...later.events],
    trace: decision.trace,
  }
}

/** Whether a purchase reaches the goal. */
export const tryPurchase = (
  program: CompiledProgram,
  state: MemberState,
  purchase: Purchase,
  goal: Goal,
  options: WhatIfOptions,
): Tried => tryUntil(program, state, purchase, goal, options).tried
