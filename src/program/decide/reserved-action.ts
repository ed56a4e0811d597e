/** Actions that follow from decisions: no app sends them or undoes them. */
import { CHALLENGE_REACHED } from '../definition/challenge-loops.ts'
import { TIER_UPGRADED } from './assess.ts'
import type { Rejection } from './rejection.ts'

/** Whether an action is one that only a decision does: whoever could send it would be paid for what was never reached. */
export const isReservedAction = (name: string): boolean => name === TIER_UPGRADED || name === CHALLENGE_REACHED

/** The action that rules name to welcome members; who joins says so with an activity of its own, and joins once. */
export const ENROLMENT = 'enrolment' as const

/** The rejection of such an action, or of its cancellation. */
export const reservedAction = (key: 'name' | 'action', name: string): Rejection => {
  const when = name === ENROLMENT ? 'when a member joins' : 'where a tier or a level is reached'
  const expected = `an action that the app tells of: ${name} happens by itself, ${when}`
  return [{ _tag: 'ReservedAction', path: [key], expected, name }]
}
