/**
 * A decision in the making. This file mutates the draft that it made itself: events and steps are pushed, and the state
 * runs along in one copy, so that a decision costs no more than its events. Who needs the state as it was before an event
 * takes what is needed of it before.
 */
import type { CapUsage } from '../../earning/index.ts'
import type { Instant, LadderId, TierId } from '../../foundation/index.ts'
import type { LedgerEntry } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { MemberState } from '../state/member-state.ts'
import type { CapClaim } from '../state/open-earning.ts'
import type { SharedClaim, SharedUsage } from '../state/shared-usage.ts'
import { type ProgramEvent, type StateInMaking, stateInMaking, takeEntries, takeEvent } from '../state/take-event.ts'
import type { DecideOptions, Decision, TraceStep } from './decision.ts'

/** A tier that a return took. */
export interface LostTier {
  readonly ladder: LadderId
  readonly tier: TierId
  /** When it had been reached. */
  readonly at: Instant
}

export interface Draft {
  readonly program: CompiledProgram
  readonly tracing: boolean
  /** The state as it is now. */
  readonly state: Readonly<StateInMaking>
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
  /** Those for which what rules gave is still to be undone. */
  readonly lostTiers: Array<LostTier>
}

export const startDraft = (program: CompiledProgram, state: MemberState, options: DecideOptions): Draft => ({
  program,
  tracing: options.trace ?? true,
  state: stateInMaking(state),
  events: [],
  steps: [],
  followUps: [],
  budgets: options.budgets,
  claims: [],
  shared: options.shared,
  sharedClaims: [],
  lostTiers: [],
})

/** Adds an event: the state is at every moment the fold of the events so far. */
export const emit = (draft: Draft, event: ProgramEvent): void => {
  draft.events.push(event)
  takeEvent(draft.state, event)
}

/** Adds entries of one wallet. */
export const emitEntries = (draft: Draft, entries: ReadonlyArray<LedgerEntry>): void => {
  for (const entry of entries) {
    draft.events.push(entry)
    if (draft.tracing) draft.steps.push({ step: 'entry', entry })
  }
  takeEntries(draft.state, entries)
}

/** What makes everything undone that is done from now on. */
export const savepoint = (draft: Draft): (() => void) => {
  const state = stateInMaking(draft.state)
  const { events, steps, followUps, claims, sharedClaims, lostTiers } = draft
  const lists: ReadonlyArray<Array<unknown>> = [events, steps, followUps, claims, sharedClaims, lostTiers]
  const lengths = lists.map(({ length }) => length)
  return () => {
    Object.assign(draft.state, state)
    for (const [index, list] of lists.entries()) list.splice(lengths[index] ?? 0)
  }
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
