/**
 * A decision in the making. This file mutates the draft that it made itself: events and steps are pushed, and the state
 * runs along, so that a decision costs no more than its events.
 */
import type { CapUsage } from '../../earning/index.ts'
import type { LedgerEntry } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { evolve, evolveEntries } from '../state/evolve.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { MemberState } from '../state/member-state.ts'
import type { CapClaim } from '../state/open-earning.ts'
import type { SharedClaim, SharedUsage } from '../state/shared-usage.ts'
import type { DecideOptions, Decision, TraceStep } from './decision.ts'

export interface Draft {
  readonly program: CompiledProgram
  readonly tracing: boolean
  state: MemberState
  readonly events: Array<MemberEvent>
  readonly steps: Array<TraceStep>
  readonly followUps: Array<Activity>
  /** What all members have used of budgets; `undefined`: it was not given. */
  readonly budgets: ReadonlyArray<CapUsage> | undefined
  /** What this decision uses of them. */
  readonly claims: Array<CapClaim>
  /** What all members have used beside budgets; `undefined`: it was not given. */
  readonly shared: SharedUsage | undefined
  /** What this decision uses of it. */
  readonly sharedClaims: Array<SharedClaim>
}

export const startDraft = (program: CompiledProgram, state: MemberState, options: DecideOptions): Draft => ({
  program,
  tracing: options.trace ?? true,
  state,
  events: [],
  steps: [],
  followUps: [],
  budgets: options.budgets,
  claims: [],
  shared: options.shared,
  sharedClaims: [],
})

/** Adds an event: the state is at every moment the fold of the events so far. */
export const emit = (draft: Draft, event: MemberEvent): void => {
  draft.events.push(event)
  draft.state = evolve(draft.state, event)
}

/** Adds entries of one wallet. */
export const emitEntries = (draft: Draft, entries: ReadonlyArray<LedgerEntry>): void => {
  for (const entry of entries) {
    draft.events.push(entry)
    if (draft.tracing) draft.steps.push({ step: 'entry', entry })
  }
  draft.state = evolveEntries(draft.state, entries)
}

export const finishDraft = ({ events, state, steps, followUps, claims, sharedClaims }: Draft): Decision => ({
  events,
  state,
  trace: steps,
  followUps,
  claims,
  sharedClaims,
  basedOn: state.revision - events.length,
})
