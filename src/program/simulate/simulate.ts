/** Simulation: a history of many members, decided activity by activity, with all that follows for others. */

import * as E from 'fp-ts/Either'
import type { CapUsage } from '../../earning/index.ts'
import type { ActivityId, Fault, Instant, MemberId } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import { advance } from '../decide/advance.ts'
import { decide } from '../decide/decide.ts'
import type { DecideOptions, Decision } from '../decide/decision.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { countBudgets } from '../state/budget.ts'
import { type MemberState, newMember } from '../state/member-state.ts'
import { countShared, noSharedUsage, type SharedUsage } from '../state/shared-usage.ts'

/** One activity of a simulation, and what followed from it. */
export interface SimulationStep {
  readonly activity: Activity
  /** The activity whose decision asked for this one; `null`: it is of the history. */
  readonly askedBy: ActivityId | null
  readonly before: MemberState
  readonly result: E.Either<Rejection, Decision>
}

/** Time that passed for a member at the end of a simulation. */
export interface SimulationEnd {
  readonly before: MemberState
  readonly decision: Decision
}

/** Where a simulation begins, and how it goes on. */
export interface SimulateOptions {
  /** Members who are there already. Default: nobody is; who appears in the history is new. */
  readonly members?: ReadonlyArray<MemberState>
  /** What all members have used of budgets. Default: nothing. */
  readonly budgets?: ReadonlyArray<CapUsage>
  /** What all members have used together beside budgets. Default: nothing. */
  readonly shared?: SharedUsage
  /** Until when time passes for everybody after the last activity. Default: it does not. */
  readonly until?: Instant
  /** Whether decisions record their trace. Default `false`. */
  readonly trace?: boolean
  /** How long a chain of activities that ask for one another can be. Default 16. */
  readonly longestChain?: number
}

/** Where members are, and what they have used together. */
export interface SimulationState {
  readonly members: ReadonlyMap<MemberId, MemberState>
  readonly budgets: ReadonlyArray<CapUsage>
  readonly shared: SharedUsage
}

/** What a simulation came to. */
export interface Simulation extends SimulationState {
  readonly steps: ReadonlyArray<SimulationStep>
  readonly ends: ReadonlyArray<SimulationEnd>
}

/** Activities ask for one another without end, or for longer than was allowed. */
export interface EndlessChain extends Fault<'EndlessChain'> {
  /** The activities, each asked for by the one before it. */
  readonly chain: ReadonlyArray<ActivityId>
}

/** What is made of each step of a simulation, for histories of which not all decisions shall be kept. */
export interface SimulationFold<A> {
  readonly initial: A
  /** What there is after a step. */
  readonly step: (sum: A, step: SimulationStep) => A
  /** What there is after the time that passed for a member at the end. */
  readonly end: (sum: A, end: SimulationEnd) => A
}

interface Asked {
  readonly activity: Activity
  readonly chain: ReadonlyArray<ActivityId>
}

const endlessAt = (index: number, { chain }: Asked, longest: number): EndlessChain => ({
  _tag: 'EndlessChain',
  path: ['activities', index],
  expected: `at most ${longest} activities that ask for one another`,
  chain,
})

const stepOf = (
  program: CompiledProgram,
  before: MemberState,
  { activity, chain }: Asked,
  options: DecideOptions,
): SimulationStep => ({
  activity,
  askedBy: chain[chain.length - 1] ?? null,
  before,
  result: decide(program, before, activity, options),
})

const askedAfter = ({ followUps }: Decision, { activity, chain }: Asked): ReadonlyArray<Asked> =>
  followUps.map((followUp) => ({ activity: followUp, chain: [...chain, activity.id] }))

type Used = Pick<SimulationState, 'budgets' | 'shared'>

type StateOf = (member: MemberId) => MemberState | undefined

/** What follows from an activity and from all that it asks for, in the order in which it is asked. */
const chainOf = (
  program: CompiledProgram,
  stateOf: StateOf,
  first: Activity,
  index: number,
  options: SimulateOptions & Used,
): E.Either<EndlessChain, ReadonlyArray<SimulationStep>> => {
  const { trace = false, longestChain = 16 } = options
  const changed = new Map<MemberId, MemberState>()
  const steps: Array<SimulationStep> = []
  const asked: Array<Asked> = [{ activity: first, chain: [] }]
  let { budgets, shared } = options
  for (let at = 0; at < asked.length; at += 1) {
    const next = asked[at] as Asked
    if (next.chain.length > longestChain) return E.left(endlessAt(index, next, longestChain))
    const { member } = next.activity
    const before = changed.get(member) ?? stateOf(member) ?? newMember(member)
    const step = stepOf(program, before, next, { trace, budgets, shared })
    steps.push(step)
    if (E.isLeft(step.result)) continue
    const decision = step.result.right
    changed.set(member, decision.state)
    budgets = countBudgets(program, budgets, decision.claims)
    shared = countShared(shared, decision.sharedClaims)
    asked.push(...askedAfter(decision, next))
  }
  return E.right(steps)
}

/** Time passes for everybody, up to an instant if there is one; each member finds what the ones before left of budgets. */
const endsOf = (
  program: CompiledProgram,
  members: ReadonlyMap<MemberId, MemberState>,
  { until, trace = false, ...used }: SimulateOptions & Used,
): Used & { readonly ends: ReadonlyArray<SimulationEnd> } => {
  let { budgets, shared } = used
  const ends: Array<SimulationEnd> = []
  for (const before of until === undefined ? [] : members.values()) {
    const decision = advance(program, before, until as Instant, { trace, budgets, shared })
    ends.push({ before, decision })
    budgets = countBudgets(program, budgets, decision.claims)
    shared = countShared(shared, decision.sharedClaims)
  }
  return { ends, budgets, shared }
}

/**
 * Simulates a history and folds its steps, keeping none: for histories of many members.
 *
 * @param program - the compiled program
 * @param activities - the history, in the order in which it is taken in
 * @param fold - what is made of the steps
 * @param options - where it begins, and how it goes on
 * @returns `EndlessChain`: decisions ask for activities that ask for further ones for longer than allowed.
 *
 * @example
 * ```ts
 * import { type CompiledProgram, foldSimulation, unwrap } from 'treue'
 *
 * const program = { program: { ladders: [] } } as unknown as CompiledProgram
 * const rejections = { initial: 0, step: (sum: number, { result }: { readonly result: { readonly _tag: string } }) =>
 *   result._tag === 'Left' ? sum + 1 : sum, end: (sum: number) => sum }
 * unwrap(foldSimulation(program, [], rejections)).sum // => 0
 * ```
 */
export const foldSimulation = <A>(
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  fold: SimulationFold<A>,
  options: SimulateOptions = {},
): E.Either<EndlessChain, SimulationState & { readonly sum: A }> => {
  const members = new Map((options.members ?? []).map((state) => [state.member, state]))
  let { budgets = [], shared = noSharedUsage } = options
  let sum = fold.initial
  for (const [index, activity] of activities.entries()) {
    const steps = chainOf(program, (member) => members.get(member), activity, index, { ...options, budgets, shared })
    if (E.isLeft(steps)) return steps
    for (const step of steps.right) {
      sum = fold.step(sum, step)
      if (E.isLeft(step.result)) continue
      members.set(step.activity.member, step.result.right.state)
      budgets = countBudgets(program, budgets, step.result.right.claims)
      shared = countShared(shared, step.result.right.sharedClaims)
    }
  }
  const { ends, ...used } = endsOf(program, members, { ...options, budgets, shared })
  for (const { decision } of ends) members.set(decision.state.member, decision.state)
  return E.right({ members, ...used, sum: ends.reduce(fold.end, sum) })
}

/**
 * Simulates a history of any number of members: decides each activity on the state that the ones before left, passes on
 * what decisions ask of other members at once, and counts budgets for everybody. It gives exactly what an app that calls
 * `decide` in this order comes to.
 *
 * @param program - the compiled program
 * @param activities - the history, in the order in which it is taken in; what a decision refuses is in its step
 * @param options - where it begins, and how it goes on
 * @returns `EndlessChain`: decisions ask for activities that ask for further ones for longer than allowed.
 *
 * @example
 * ```ts
 * import { Activity, compileProgram, decode, decodeProgram, type MemberId, simulate, unwrap } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: { rounding: { mode: 'floor', on: 'order' }, rules: [] },
 *   ladders: [],
 * }))))
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * const { members, steps } = unwrap(simulate(program, [joins]))
 * steps.map(({ result }) => result._tag) // => ['Right']
 * members.get('anna' as MemberId)?.enrolledAt === joins.at // => true
 * ```
 */
export const simulate = (
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  options: SimulateOptions = {},
): E.Either<EndlessChain, Simulation> => {
  const steps: Array<SimulationStep> = []
  const ends: Array<SimulationEnd> = []
  const keep: SimulationFold<null> = {
    initial: null,
    step: (sum, step) => {
      steps.push(step)
      return sum
    },
    end: (sum, end) => {
      ends.push(end)
      return sum
    },
  }
  const played = foldSimulation(program, activities, keep, options)
  if (E.isLeft(played)) return played
  const { members, budgets, shared } = played.right
  return E.right({ members, budgets, shared, steps, ends })
}
