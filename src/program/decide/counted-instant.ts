/** When something counts that the app learnt of later than it happened. */
import * as E from 'fp-ts/Either'
import { addDuration, type Instant } from '../../foundation/index.ts'
import type { LatePolicy } from '../definition/program.ts'
import type { Draft } from './draft.ts'
import type { Rejection } from './rejection.ts'

const tooLate = (occurredAt: Instant, at: Instant, expected: string): E.Either<Rejection, never> =>
  E.left([{ _tag: 'ActivityTooLate', path: ['occurredAt'], expected, occurredAt, at }])

/** Why something cannot come in so late, or `undefined`. */
const lateFault = (
  { state, program }: Draft,
  late: LatePolicy,
  occurredAt: Instant,
  at: Instant,
): string | undefined => {
  const { amount, unit } = late.within
  if (addDuration(program.zone, occurredAt, late.within) < at) {
    return `an instant at most ${amount} ${unit}${amount === 1 ? '' : 's'} before it came in`
  }
  const isEarlier = state.enrolledAt !== null && occurredAt < state.enrolledAt
  return isEarlier && late.beforeEnrolment !== 'accept' ? 'an instant at which the member had joined' : undefined
}

/**
 * The instant that counts for conditions, windows of caps, terms of points and tiers: when it happened or when it came
 * in, as the program says (S37). Without a policy of the program nothing can come in later than it happened.
 */
export const countedInstant = (
  draft: Draft,
  { at, occurredAt }: { readonly at: Instant; readonly occurredAt?: Instant },
): E.Either<Rejection, Instant> => {
  if (occurredAt === undefined || occurredAt === at) return E.right(at)
  const { late } = draft.program.program
  if (occurredAt > at) return tooLate(occurredAt, at, 'an instant that is not after the one at which it came in')
  if (late === undefined)
    return tooLate(occurredAt, at, 'the instant at which it came in: the program takes nothing late')
  const fault = lateFault(draft, late, occurredAt, at)
  if (fault !== undefined) return tooLate(occurredAt, at, fault)
  return E.right(late.countedBy === 'activityDate' ? occurredAt : at)
}
