// A member's history decided with what is limited for everybody counted, as an app counts it.
import type { CapUsage } from '../../src/earning/index.ts'
import type { ActivityId } from '../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  countBudgets,
  countShared,
  type Decision,
  decide,
  type MemberState,
  newMember,
  noSharedUsage,
  type ReplayOptions,
  type SharedUsage,
} from '../../src/program/index.ts'
import { anna } from './program.ts'

export interface CountedPlay {
  readonly state: MemberState
  readonly decisions: ReadonlyArray<Decision>
  /** What had been used before each activity. */
  readonly counts: Required<Pick<ReplayOptions, 'budgets' | 'shared'>>
}

/** Decides a history; what is rejected is left out. */
export const countedPlay = (program: CompiledProgram, activities: ReadonlyArray<Activity>): CountedPlay => {
  const before = new Map<ActivityId, { readonly budgets: ReadonlyArray<CapUsage>; readonly shared: SharedUsage }>()
  const decisions: Array<Decision> = []
  let state = newMember(anna)
  let budgets: ReadonlyArray<CapUsage> = []
  let shared = noSharedUsage
  for (const activity of activities) {
    if (!before.has(activity.id)) before.set(activity.id, { budgets, shared })
    const decided = decide(program, state, activity, { budgets, shared, trace: false })
    if (decided._tag === 'Left') continue
    decisions.push(decided.right)
    state = decided.right.state
    budgets = countBudgets(program, budgets, decided.right.claims)
    shared = countShared(shared, decided.right.sharedClaims)
  }
  return {
    state,
    decisions,
    counts: {
      budgets: ({ id }) => before.get(id)?.budgets ?? [],
      shared: ({ id }) => before.get(id)?.shared ?? noSharedUsage,
    },
  }
}
