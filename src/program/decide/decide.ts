/** The decider: what follows from an activity. */
import * as E from 'fp-ts/Either'
import type { Activity } from '../activity/activity.ts'
import { activityFingerprint } from '../activity/fingerprint.ts'
import type { Restatement } from '../activity/restatement.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { seenContent } from '../state/seen-activities.ts'
import { activityFault } from './activity-form.ts'
import { passTime } from './advance.ts'
import { reviseChallenges } from './count-challenges.ts'
import { decideAction, decideActionCancellation } from './decide-action.ts'
import { decideBirthDateChange } from './decide-birthday.ts'
import { decideChallengeActivity } from './decide-challenge-activity.ts'
import { decideDonation } from './decide-donation.ts'
import { decideEnrolment } from './decide-enrolment.ts'
import { decidePurchase } from './decide-purchase.ts'
import { decideReferralActivity } from './decide-referral-activity.ts'
import { decideRestatement, staleRestatement } from './decide-restatement.ts'
import { decideReturn } from './decide-return.ts'
import { decideRewardActivity } from './decide-reward.ts'
import { decideStampActivity } from './decide-stamp-activity.ts'
import { decideTierActivity } from './decide-tier-activity.ts'
import { decideWalletActivity } from './decide-wallet-activity.ts'
import type { DecideOptions, Decision } from './decision.ts'
import { type Draft, emit, finishDraft, startDraft } from './draft.ts'
import { enrolByPoints, joinLadders } from './enrol.ts'
import { redeemAutomatically } from './redeem-automatically.ts'
import type { Rejection, RejectionReason } from './rejection.ts'
import { rewardEffects } from './reward-effects.ts'
import { assessTiers } from './tier-counting.ts'
import { undoRewards } from './undo-earning.ts'
import { undoTierGifts } from './undo-tier-gifts.ts'
import { decideVoucherActivity } from './voucher-grants.ts'

/** Who follows a link is often no member yet; and that somebody joined may be what is put right. */
const beforeEnrolment: ReadonlySet<Activity['type']> = /* @__PURE__ */ new Set([
  'enrolment',
  'referralTouched',
  'restatement',
])

/** What can be said against an activity before looking into it. */
const refusal = (
  { program }: CompiledProgram,
  state: MemberState,
  activity: Activity,
  { expectedRevision = state.revision }: DecideOptions,
): RejectionReason | undefined => {
  const { member, at } = activity
  if (member !== state.member) {
    return { _tag: 'WrongMember', path: ['member'], expected: `an activity of ${state.member}`, member }
  }
  const { revision } = state
  if (revision !== expectedRevision) {
    const expected = `the state of revision ${expectedRevision}`
    return { _tag: 'StaleState', path: ['revision'], expected, revision, expectedRevision }
  }
  const stale = activity.type === 'restatement' ? staleRestatement(state, activity) : undefined
  if (stale !== undefined) return stale
  if (state.asOf !== null && at < state.asOf) {
    const expected = 'an activity that is not earlier than the last event of the member'
    return { _tag: 'ActivityOutOfOrder', path: ['at'], expected, at, asOf: state.asOf }
  }
  const mayComeBefore = beforeEnrolment.has(activity.type)
  const mustJoin = (program.enrolment ?? 'explicit') === 'explicit' && !mayComeBefore
  if (state.enrolledAt === null && mustJoin) {
    return { _tag: 'NotEnrolled', path: ['member'], expected: 'a member who has joined', member }
  }
  return undefined
}

const reversals: ReadonlySet<Activity['type']> = /* @__PURE__ */ new Set([
  'return',
  'actionCancellation',
  'redemptionCancellation',
  'stampRewardUseCancellation',
])

/** What takes back is decided before points of its instant die. */
const isReversal = (activity: Activity): boolean =>
  reversals.has(activity.type) || (activity.type === 'rewardStep' && activity.step === 'cancel')

type RoomActivity = Exclude<
  Activity,
  {
    readonly type:
      | 'enrolment'
      | 'purchase'
      | 'return'
      | 'birthDateChange'
      | 'action'
      | 'actionCancellation'
      | 'restatement'
  }
>

const decideActivity = (draft: Draft, activity: Exclude<Activity, Restatement>): E.Either<Rejection, void> => {
  switch (activity.type) {
    case 'enrolment':
      return decideEnrolment(draft, activity)
    case 'purchase':
      return decidePurchase(draft, activity)
    case 'return':
      return decideReturn(draft, activity)
    case 'birthDateChange':
      decideBirthDateChange(draft, activity)
      return E.right(undefined)
    case 'action':
      return decideAction(draft, activity)
    case 'actionCancellation':
      return decideActionCancellation(draft, activity)
    default:
      return decideInRoom(draft, activity)
  }
}

/** What only one room has to do with. */
const decideInRoom = (draft: Draft, activity: RoomActivity): E.Either<Rejection, void> => {
  switch (activity.type) {
    case 'referralInvitation':
    case 'referralTouched':
    case 'referralReview':
    case 'referralConverted':
    case 'referralReassessed':
    case 'referralRevenue':
      return decideReferralActivity(draft, activity)
    case 'tierGrant':
    case 'tierRevocation':
    case 'tierOffer':
    case 'tierExtension':
      return decideTierActivity(draft, activity)
    case 'stampRewardUse':
    case 'stampRewardUseCancellation':
      return decideStampActivity(draft, activity)
    case 'rewardRedeemed':
    case 'rewardStep':
      return decideRewardActivity(draft, activity)
    case 'freezeTokenGrant':
    case 'badgeGrant':
    case 'badgeWithdrawal':
    case 'zoneChange':
      return decideChallengeActivity(draft, activity)
    case 'donation':
      return decideDonation(draft, activity)
    case 'voucherGranted':
    case 'voucherRevoked':
      return decideVoucherActivity(draft, activity)
    default:
      return decideWalletActivity(draft, activity)
  }
}

/** What an activity does, and all that follows from it in its instant. */
const effectsOf = (draft: Draft, activity: Exclude<Activity, Restatement>): E.Either<Rejection, void> => {
  const { at } = activity
  if (draft.state.enrolledAt !== null) joinLadders(draft, at)
  const revised = undoRewards(draft, activity, reviseChallenges(draft, activity))
  const decided = E.isLeft(revised) ? revised : decideActivity(draft, activity)
  if (E.isLeft(decided)) return decided
  assessTiers(draft, at)
  const rewarded = rewardEffects(draft, activity.id, at)
  if (E.isLeft(rewarded)) return rewarded
  const undone = undoTierGifts(draft, activity)
  if (E.isLeft(undone)) return undone
  passTime(draft, at, false)
  enrolByPoints(draft, at)
  redeemAutomatically(draft, at, activity.id)
  return E.right(undefined)
}

/** An activity sent again: nothing follows, or it is not the same activity (S36). */
const decideAgain = (
  state: MemberState,
  { id }: Activity,
  same: boolean,
  options: DecideOptions,
): E.Either<Rejection, Decision> => {
  if (!same) {
    const expected = 'an id that was not used for another activity'
    return E.left([{ _tag: 'ActivityConflict', path: ['id'], expected, activity: id }])
  }
  const trace = (options.trace ?? true) ? [{ step: 'duplicate' as const, activity: id }] : []
  const nothing = { events: [], followUps: [], claims: [], sharedClaims: [] }
  return E.right({ ...nothing, state, trace, basedOn: state.revision })
}

/**
 * Decides what follows for a member from an activity. It changes nothing: store the events, or the state, or both, and
 * pass the follow-ups on to the members that they name.
 *
 * Within the activity's instant, in this order: repetition is recognised; returns take back; points due are activated;
 * points due expire; tiers due are assessed; the activity itself earns (basis, rules, one rounding, allocation to lines,
 * lots, debt first) or spends; it counts towards challenges; cards are stamped; qualifying points raise tiers; a referral
 * counts; tiers and levels that were reached are rewarded, and what that leads to; points become rewards by themselves. What
 * was due before that instant has happened before.
 *
 * A rejection names every reason and leaves the state as it was: what is no decoded activity (`InvalidActivity`), an activity of another member, an id used for something
 * else, a state of another revision than was expected, an activity earlier than the last event, one before the enrolment, lines that are not of the purchase, more
 * points than there are, amounts of another currency or out of the exact range, rewards that lead to one another too often.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param activity - what happened
 * @param options - whether to record the trace
 *
 * @example
 * ```ts
 * import { Activity, compileProgram, decide, decode, decodeProgram, type MemberId, newMember, unwrap } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: { rounding: { mode: 'floor', on: 'order' }, rules: [] },
 *   ladders: [],
 * }))))
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * const { events, state } = unwrap(decide(program, newMember('anna' as MemberId), joins))
 * events.map(({ type }) => type) // => ['activityRecorded', 'enrolled']
 * unwrap(decide(program, state, joins)).events // => []
 * ```
 */
export const decide = (
  program: CompiledProgram,
  state: MemberState,
  activity: Activity,
  options: DecideOptions = {},
): E.Either<Rejection, Decision> => {
  const fault = activityFault(activity)
  if (fault !== undefined) return E.left([fault])
  const content = activityFingerprint(activity)
  const before = seenContent(state.seen, activity.id)
  if (before !== undefined) return decideAgain(state, activity, before === content, options)
  const refused = refusal(program, state, activity, options)
  if (refused !== undefined) return E.left([refused])
  const draft = startDraft(program, state, options)
  const { at } = activity
  passTime(draft, at, isReversal(activity))
  emit(draft, { type: 'activityRecorded', at, activity: activity.id, content })
  const decided = activity.type === 'restatement' ? decideRestatement(draft, activity) : effectsOf(draft, activity)
  return E.isLeft(decided) ? decided : E.right(finishDraft(draft))
}
