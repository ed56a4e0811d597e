/** Time passes: activations, expiries and assessments, in the order in which they fall due. */
import type { Instant } from '../foundation/index.ts'
import { activationsDue, expiriesDue, nextDueInWallet } from '../ledger/index.ts'
import { type Assessment, assessTier, type Ladder, type Standing } from '../tiers/index.ts'
import type { CompiledProgram } from './compile.ts'
import type { DecideOptions, Decision } from './decision.ts'
import { type Draft, emit, emitEntries, finishDraft, startDraft } from './draft.ts'
import type { MemberState } from './member-state.ts'

const earlier = (a: Instant | null, b: Instant | null): Instant | null => {
  if (a === null) return b
  return b !== null && b < a ? b : a
}

const ladderOf = (program: CompiledProgram, standing: Standing): Ladder | undefined =>
  program.program.ladders.find(({ id }) => id === standing.ladder)

const nextDue = (program: CompiledProgram, state: MemberState): Instant | null => {
  let due: Instant | null = null
  for (const wallet of state.wallets) due = earlier(due, nextDueInWallet(wallet))
  for (const standing of state.standings) {
    if (standing.validUntil !== null && ladderOf(program, standing) !== undefined)
      due = earlier(due, standing.validUntil)
  }
  return due
}

/** Enters what an assessment changed. */
export const emitAssessment = (draft: Draft, assessment: Assessment, at: Instant): void => {
  const { change, from, standing, qualifying, threshold } = assessment
  if (change === 'none') return
  emit(draft, { type: 'tierChanged', at, change, from, standing })
  if (!draft.tracing) return
  const { ladder, tier: to, validUntil } = standing
  draft.steps.push({ step: 'assessment', ladder, at, change, from, to, qualifying, threshold, validUntil })
}

/** Within one instant: activations, then expiries, then assessments. */
const passInstant = (draft: Draft, at: Instant): void => {
  for (const { id } of draft.state.wallets) {
    const wallet = draft.state.wallets.find((there) => there.id === id)
    if (wallet !== undefined) emitEntries(draft, activationsDue(wallet, at))
  }
  for (const wallet of draft.state.wallets) emitEntries(draft, expiriesDue(wallet, at))
  for (const standing of draft.state.standings) {
    const ladder = ladderOf(draft.program, standing)
    if (ladder !== undefined && standing.validUntil !== null && standing.validUntil <= at) {
      emitAssessment(draft, assessTier(ladder, draft.program.zone, standing, at), at)
    }
  }
}

/** Lets everything happen that is due before an instant, and, unless `before`, in it. */
export const passTime = (draft: Draft, until: Instant, before: boolean): void => {
  for (let due = nextDue(draft.program, draft.state); due !== null; due = nextDue(draft.program, draft.state)) {
    if (due > until || (before && due === until)) return
    passInstant(draft, due)
  }
}

/**
 * Lets time pass up to and including an instant: pending points activate, points expire, tiers are assessed, each at
 * the instant at which it is due, in this order within one. Advancing in steps gives the same as advancing at once, and
 * where nothing is due nothing changes.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param asOf - how far time passes
 * @param options - whether to record the trace
 *
 * @example
 * ```ts
 * import { advance, type CompiledProgram, type MemberId, newMember, parseInstant, unwrap } from 'treue'
 *
 * const program = { program: { ladders: [] } } as unknown as CompiledProgram
 * const asOf = unwrap(parseInstant('2027-01-01T00:00:00Z'))
 * advance(program, newMember('anna' as MemberId), asOf).events // => []
 * ```
 */
export const advance = (
  program: CompiledProgram,
  state: MemberState,
  asOf: Instant,
  options: DecideOptions = {},
): Decision => {
  const draft = startDraft(program, state, options)
  passTime(draft, asOf, false)
  return finishDraft(draft)
}
