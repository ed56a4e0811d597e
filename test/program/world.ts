// A small world: activities are decided on their members' states, and what they ask of others right after them.
import type { CapUsage } from '../../src/earning/index.ts'
import { formatError, type MemberId } from '../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  countBudgets,
  countShared,
  type Decision,
  decide,
  type MemberEvent,
  type MemberState,
  newMember,
  noSharedUsage,
  type SharedUsage,
} from '../../src/program/index.ts'

export interface World {
  readonly events: ReadonlyArray<MemberEvent>
  readonly eventsOf: (id: string) => ReadonlyArray<MemberEvent>
  readonly budgets: ReadonlyArray<CapUsage>
  readonly shared: SharedUsage
  readonly states: ReadonlyMap<string, MemberState>
  readonly state: (id: string) => MemberState
}

/** What is rejected fails the test in words, unless it may be: then it is left out. */
export const world = (
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  mayBeRejected = false,
  look: (now: World) => void = () => undefined,
): World => {
  const states = new Map<string, MemberState>()
  const events: Array<MemberEvent> = []
  const own = new Map<string, ReadonlyArray<MemberEvent>>()
  let budgets: ReadonlyArray<CapUsage> = []
  let shared = noSharedUsage
  const now = (): World => ({
    events,
    eventsOf: (id) => own.get(id) ?? [],
    budgets,
    shared,
    states,
    state: (id) => states.get(id) ?? newMember(id as MemberId),
  })
  const taken = (activity: Activity): Decision | undefined => {
    const before = states.get(activity.member) ?? newMember(activity.member)
    const decided = decide(program, before, activity, { budgets, shared })
    if (decided._tag === 'Right') return decided.right
    if (mayBeRejected) return undefined
    throw new Error(formatError(decided.left))
  }
  const queue = [...activities]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const decision = taken(next)
    if (decision === undefined) continue
    states.set(next.member, decision.state)
    events.push(...decision.events)
    own.set(next.member, [...(own.get(next.member) ?? []), ...decision.events])
    budgets = countBudgets(program, budgets, decision.claims)
    shared = countShared(shared, decision.sharedClaims)
    queue.unshift(...decision.followUps)
    look(now())
  }
  return now()
}
