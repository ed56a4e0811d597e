/** The state of a member after an event. */
import type { MemberEvent } from './member-event.ts'
import type { MemberState } from './member-state.ts'
import { stateInMaking, takeEntries, takeEvent } from './take-event.ts'

/**
 * The state after an event. It needs nothing but the two, so that stored events fold to the same state whatever became
 * of the program since.
 *
 * @param state - the state before
 * @param event - an event that a decision about this state gave
 *
 * @example
 * ```ts
 * import { evolve, type MemberId, newMember, parseInstant, unwrap } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * evolve(newMember('anna' as MemberId), { type: 'enrolled', at }).enrolledAt === at // => true
 * ```
 */
export const evolve = (state: MemberState, event: MemberEvent): MemberState => {
  const next = stateInMaking(state)
  // Of all events, only entries of a ledger name a wallet.
  if ('wallet' in event) takeEntries(next, [event])
  else takeEvent(next, event)
  return next
}
