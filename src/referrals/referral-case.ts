/** A referral through its whole life: what it is now, and what an event makes of it. */
import * as E from 'fp-ts/Either'
import {
  type Codec,
  constrainCodec,
  type Fault,
  Instant,
  type InvalidValue,
  invalidValue,
  MemberId,
  nullableCodec,
  ReferralId,
  structCodec,
} from '../foundation/index.ts'
import type { SelfReferral } from './eligibility.ts'
import { type ReferralEvent, ReferralReason } from './referral-event.ts'
import {
  phaseOfSides,
  ReferralPhase,
  ReferralSideStatus,
  type ReferralSides,
  type ReferralTransition,
  referralTransitions,
} from './referral-phase.ts'

/** A referral as it is now. */
export interface ReferralCase {
  readonly id: ReferralId
  readonly referrer: MemberId
  /** `null` as long as nobody has signed up. */
  readonly referee: MemberId | null
  readonly phase: ReferralPhase
  readonly sides: ReferralSides
  /** When it last changed. */
  readonly at: Instant
  /** Why it last changed. */
  readonly reason: string
}

/** The event cannot happen to the referral as it is. */
export interface IllegalTransition extends Fault<'IllegalTransition'> {
  readonly referral: ReferralId
  readonly event: ReferralEvent['type']
  readonly phase: ReferralPhase
}

/** The event is older than the last one. */
export interface TransitionOutOfOrder extends Fault<'TransitionOutOfOrder'> {
  readonly referral: ReferralId
  readonly at: Instant
  /** When the referral last changed. */
  readonly since: Instant
}

/** Why an event cannot be. */
export type ReferralTransitionFault = IllegalTransition | TransitionOutOfOrder | SelfReferral

const undecided: ReferralSides = { referrer: 'pending', referee: 'pending' }

/** How a referral begins. */
export interface ReferralStart {
  readonly id: ReferralId
  readonly referrer: MemberId
  /** Whether somebody was invited, or came by a link or a code without an invitation that is known. */
  readonly phase: 'invited' | 'touched'
  readonly at: Instant
  readonly reason: string
}

/**
 * A referral at its beginning.
 *
 * @param start - who refers, how and when
 *
 * @example
 * ```ts
 * import { type MemberId, parseInstant, type ReferralId, startReferral, unwrap } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const reason = 'invited by e-mail'
 * startReferral({ id: 'r1' as ReferralId, referrer: 'anna' as MemberId, phase: 'invited', at, reason }).sides
 * // => { referrer: 'pending', referee: 'pending' }
 * ```
 */
export const startReferral = ({ id, referrer, phase, at, reason }: ReferralStart): ReferralCase => ({
  id,
  referrer,
  referee: null,
  phase,
  sides: undecided,
  at,
  reason,
})

const byEvent: ReadonlyMap<ReferralEvent['type'], ReferralTransition> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ referralTransitions.map((transition) => [transition.event, transition]),
)

const someRewarded = ({ referrer, referee }: ReferralSides): boolean =>
  referrer === 'rewarded' || referee === 'rewarded'

/** What is missing for the event, in words; `undefined` where it may happen. */
const obstacle = (referral: ReferralCase, event: ReferralEvent, rule: ReferralTransition): string | undefined => {
  if (!rule.from.includes(referral.phase)) return `a referral that is ${rule.from.join(' or ')}`
  if (rule.rewarded !== null && rule.rewarded !== someRewarded(referral.sides)) {
    return rule.rewarded ? 'a referral with a side that is rewarded' : 'a referral of which no side is rewarded'
  }
  if (rule.side === null || !('side' in event)) return undefined
  const { side } = event
  return rule.side.from.includes(referral.sides[side]) ? undefined : `a ${side} who is ${rule.side.from.join(' or ')}`
}

const reversedSide = (status: ReferralSideStatus): ReferralSideStatus => (status === 'rewarded' ? 'reversed' : 'denied')

const sidesAfter = (sides: ReferralSides, event: ReferralEvent, side: ReferralTransition['side']): ReferralSides => {
  if (event.type === 'disqualified') return undecided
  if (event.type === 'reversed') {
    return { referrer: reversedSide(sides.referrer), referee: reversedSide(sides.referee) }
  }
  if (side === null || !('side' in event)) return sides
  return event.side === 'referrer'
    ? { referrer: side.to, referee: sides.referee }
    : { referrer: sides.referrer, referee: side.to }
}

const faultsOf = (
  referral: ReferralCase,
  event: ReferralEvent,
  missing: string | undefined,
): ReadonlyArray<ReferralTransitionFault> => {
  const { id, phase, at: since, referrer } = referral
  const { at, type } = event
  const found: Array<ReferralTransitionFault> = []
  if (missing !== undefined) {
    found.push({ _tag: 'IllegalTransition', path: ['type'], expected: missing, referral: id, event: type, phase })
  }
  if (at < since) {
    const expected = 'an event that is not older than the last one'
    found.push({ _tag: 'TransitionOutOfOrder', path: ['at'], expected, referral: id, at, since })
  }
  if (event.type === 'signedUp' && event.referee === referrer) {
    found.push({ _tag: 'SelfReferral', path: ['referee'], expected: 'another member', member: referrer })
  }
  return found
}

/**
 * What an event makes of a referral. The result says when it changed and why; whoever wants the whole story keeps the
 * events. A disqualified referral may qualify again, with both sides undecided as before.
 *
 * `IllegalTransition`: the event cannot happen in this phase, to a side in this state, or with a reward that is paid.
 * `TransitionOutOfOrder`: it is older than the last one. `SelfReferral`: the referrer signs up (S49). All are reported.
 *
 * @param referral - the referral
 * @param event - what happens, when and why
 *
 * @example
 * ```ts
 * import { type MemberId, parseInstant, type ReferralId, startReferral, transitionReferral, unwrap } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const start = { id: 'r1' as ReferralId, referrer: 'anna' as MemberId, phase: 'touched', at, reason: 'link' } as const
 * const ben = { type: 'signedUp', referee: 'ben' as MemberId, at, reason: 'new account' } as const
 * const signedUp = unwrap(transitionReferral(startReferral(start), ben))
 * signedUp.phase // => 'signedUp'
 * const paid = transitionReferral(signedUp, { type: 'sideRewarded', side: 'referrer', at, reason: 'too early' })
 * paid._tag // => 'Left'
 * ```
 */
export const transitionReferral = (
  referral: ReferralCase,
  event: ReferralEvent,
): E.Either<ReadonlyArray<ReferralTransitionFault>, ReferralCase> => {
  const rule = byEvent.get(event.type)
  const missing = rule === undefined ? 'an event of a referral' : obstacle(referral, event, rule)
  const faults = faultsOf(referral, event, missing)
  if (rule === undefined || faults.length > 0) return E.left(faults)
  const sides = sidesAfter(referral.sides, event, rule.side)
  return E.right({
    id: referral.id,
    referrer: referral.referrer,
    referee: event.type === 'signedUp' ? event.referee : referral.referee,
    phase: rule.to ?? phaseOfSides(sides),
    sides,
    at: event.at,
    reason: event.reason,
  })
}

/**
 * A referral after several events, one after the other. The faults are those of {@link transitionReferral} for the first
 * event that cannot be, with its index in their paths.
 *
 * @param referral - the referral to begin with
 * @param events - what happens, in order of time
 *
 * @example
 * ```ts
 * import { type MemberId, parseInstant, type ReferralId, replayReferral, startReferral, unwrap } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const start = { id: 'r1' as ReferralId, referrer: 'anna' as MemberId, phase: 'invited', at, reason: 'mail' } as const
 * const events = [
 *   { type: 'touched', at, reason: 'link' },
 *   { type: 'lapsed', at, reason: '30 days are over' },
 * ] as const
 * unwrap(replayReferral(startReferral(start), events)).phase // => 'lapsed'
 * ```
 */
export const replayReferral = (
  referral: ReferralCase,
  events: ReadonlyArray<ReferralEvent>,
): E.Either<ReadonlyArray<ReferralTransitionFault>, ReferralCase> => {
  let now = referral
  for (const [index, event] of events.entries()) {
    const next = transitionReferral(now, event)
    if (E.isLeft(next)) return E.left(next.left.map((fault) => ({ ...fault, path: [index, ...fault.path] })))
    now = next.right
  }
  return E.right(now)
}

const Sides: Codec<ReferralSides> = /* @__PURE__ */ structCodec('ReferralSides', {
  referrer: ReferralSideStatus,
  referee: ReferralSideStatus,
})

const fromReview: ReadonlySet<ReferralPhase> = /* @__PURE__ */ new Set<ReferralPhase>([
  'inReview',
  'approved',
  'denied',
  'rewarded',
])

const isReversed = (status: ReferralSideStatus): boolean => status === 'reversed'

/** Whether the sides can be so in the phase. */
const sidesFit = ({ phase, sides }: ReferralCase): boolean => {
  const both = [sides.referrer, sides.referee]
  if (phase === 'reversed') {
    return both.some(isReversed) && both.every((status) => isReversed(status) || status === 'denied')
  }
  if (both.some(isReversed)) return false
  if (phase === 'inManualReview') return someRewarded(sides)
  return fromReview.has(phase) ? phaseOfSides(sides) === phase : both.every((status) => status === 'pending')
}

const caseFaults = (referral: ReferralCase): ReadonlyArray<InvalidValue> => {
  const { phase, referee, referrer, sides } = referral
  const faults: Array<InvalidValue> = []
  if (!sidesFit(referral)) faults.push(invalidValue(['sides'], sides, `what both sides can be when it is ${phase}`))
  const early = phase === 'invited' || phase === 'touched'
  if (phase !== 'lapsed' && early !== (referee === null)) {
    faults.push(invalidValue(['referee'], referee, early ? 'null before the sign-up' : 'the member who signed up'))
  }
  if (referee === referrer) faults.push(invalidValue(['referee'], referee, 'another member than the referrer'))
  return faults
}

/**
 * Reads a {@link ReferralCase}; one that no events lead to is refused.
 *
 * @example
 * ```ts
 * import { decode, ReferralCase } from 'treue'
 *
 * const sides = { referrer: 'rewarded', referee: 'pending' }
 * const at = '2026-03-01T12:00:00Z'
 * const json = { id: 'r1', referrer: 'anna', referee: 'ben', phase: 'signedUp', sides, at, reason: 'paid too early' }
 * decode(ReferralCase, json)._tag // => 'Left'
 * ```
 */
export const ReferralCase: Codec<ReferralCase, unknown> = /* @__PURE__ */ constrainCodec<ReferralCase, unknown>(
  /* @__PURE__ */ structCodec('ReferralCase', {
    id: ReferralId,
    referrer: MemberId,
    referee: /* @__PURE__ */ nullableCodec(MemberId),
    phase: ReferralPhase,
    sides: Sides,
    at: Instant,
    reason: ReferralReason,
  }),
  caseFaults,
)
