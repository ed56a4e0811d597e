/**
 * A decision in the making. This file mutates the draft that it made itself: events and steps are pushed, and the state
 * runs along, so that a decision costs no more than its events.
 */
import type { LedgerEntry } from '../ledger/index.ts'
import type { Activity } from './activity.ts'
import type { CompiledProgram } from './compile.ts'
import type { DecideOptions, Decision, TraceStep } from './decision.ts'
import { evolve } from './evolve.ts'
import type { MemberEvent } from './member-event.ts'
import type { MemberState } from './member-state.ts'

export interface Draft {
  readonly program: CompiledProgram
  readonly tracing: boolean
  state: MemberState
  readonly events: Array<MemberEvent>
  readonly steps: Array<TraceStep>
  readonly followUps: Array<Activity>
}

export const startDraft = (program: CompiledProgram, state: MemberState, options: DecideOptions): Draft => ({
  program,
  tracing: options.trace ?? true,
  state,
  events: [],
  steps: [],
  followUps: [],
})

/** Adds an event: the state is at every moment the fold of the events so far. */
export const emit = (draft: Draft, event: MemberEvent): void => {
  draft.events.push(event)
  draft.state = evolve(draft.state, event)
}

export const emitEntries = (draft: Draft, entries: ReadonlyArray<LedgerEntry>): void => {
  for (const entry of entries) {
    emit(draft, entry)
    if (draft.tracing) draft.steps.push({ step: 'entry', entry })
  }
}

export const finishDraft = ({ events, state, steps, followUps }: Draft): Decision => ({
  events,
  state,
  trace: steps,
  followUps,
})
