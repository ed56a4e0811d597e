/** Time passes: activations, expiries and assessments, in the order in which they fall due. */
import * as E from 'fp-ts/Either'
import { type ActivityId, earlierOf, formatInstant, type Instant, type Points } from '../../foundation/index.ts'
import {
  activationsInARow,
  expiriesInARow,
  gainsDue,
  type LedgerEntry,
  lossesDue,
  nextDueInWallet,
  type Wallet,
} from '../../ledger/index.ts'
import { type Ladder, nextAssessment, type Standing } from '../../tiers/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { closeChallenges, nextChallengeClosing } from './close-challenges.ts'
import type { DecideOptions, Decision } from './decision.ts'
import { type Draft, emitEntries, finishDraft, savepoint, startDraft } from './draft.ts'
import { heldWalletDefinition } from './draft-wallet.ts'
import { enrolByPoints } from './enrol.ts'
import { expireStamps, nextStampExpiry } from './expire-stamps.ts'
import { recordLapses } from './lapse.ts'
import { enterMovedPoints } from './move-on-expiry.ts'
import { nextReachedByTime, reachByTime } from './reach-by-time.ts'
import { nextAutomaticRedemption, redeemAutomatically } from './redeem-automatically.ts'
import { nextRelease, releaseReferrals } from './referral-release.ts'
import { nextRewardRelease, releaseRewards } from './release-rewards.ts'
import { rewardingTime } from './reward-effects.ts'
import { assessTiers, countActivations, followsWallets } from './tier-counting.ts'
import { undoTierGifts } from './undo-tier-gifts.ts'
import { expireVouchers, nextVoucherExpiry } from './voucher-grants.ts'

const ladderOf = ({ program }: CompiledProgram, standing: Standing): Ladder | undefined => {
  for (const ladder of program.ladders) if (ladder.id === standing.ladder) return ladder
  return undefined
}

const nextDue = (program: CompiledProgram, state: MemberState): Instant | null => {
  let due = earlierOf(earlierOf(nextRelease(state), nextStampExpiry(program, state)), nextRewardRelease(state))
  due = earlierOf(due, earlierOf(nextVoucherExpiry(state), nextAutomaticRedemption(program, state)))
  due = earlierOf(due, earlierOf(nextChallengeClosing(program, state), nextReachedByTime(program, state)))
  for (const wallet of state.wallets) {
    due = earlierOf(due, nextDueInWallet(heldWalletDefinition(program, wallet.id), program.zone, wallet))
  }
  for (const standing of state.standings) {
    const ladder = ladderOf(program, standing)
    if (ladder !== undefined) due = earlierOf(due, nextAssessment(ladder, program.zone, standing))
  }
  return due
}

/** What rules gave for tiers that a return took at the end of their period. */
const undoLostGifts = (draft: Draft, at: Instant): void => {
  if (draft.lostTiers.length === 0) return
  const undo = savepoint(draft)
  // Time cannot be refused: what a version gave that is not there stays.
  if (E.isLeft(undoTierGifts(draft, { id: formatInstant(at) as ActivityId, at }))) undo()
  draft.lostTiers.splice(0)
}

/** What falls due in an instant, before it is rewarded. */
const passDue = (draft: Draft, at: Instant): void => {
  const { program } = draft
  for (const wallet of draft.state.wallets) {
    const gains = gainsDue(wallet, at)
    emitEntries(draft, gains)
    countActivations(draft, gains)
  }
  enrolByPoints(draft, at)
  releaseReferrals(draft, at)
  releaseRewards(draft, at)
  for (const wallet of draft.state.wallets) {
    const losses = lossesDue(heldWalletDefinition(program, wallet.id), program.zone, wallet, at)
    if (losses.length === 0) continue
    recordLapses(draft, wallet, losses)
    emitEntries(draft, losses)
    enterMovedPoints(draft, losses)
  }
  expireStamps(draft, at)
  expireVouchers(draft, at)
  closeChallenges(draft, at)
  reachByTime(draft, at)
  assessTiers(draft, at)
  undoLostGifts(draft, at)
}

/**
 * Within one instant: activations and ends of holds, reviews of referrals that are over, then expiries and other losses, then
 * assessments, then rewards for tiers and levels that were reached, then what is redeemed automatically.
 */
const passInstant = (draft: Draft, at: Instant): void => {
  rewardingTime(draft, at, passDue)
  redeemAutomatically(draft, at)
}

/**
 * What happens in a wallet at several instants one after the other before anything else does: activations or expiries. It is
 * asked first whether there would be several at all, since mostly there are none.
 */
const entriesInARow = (draft: Draft, wallet: Wallet, from: Instant, end: number): ReadonlyArray<LedgerEntry> => {
  const { program, state } = draft
  const definition = heldWalletDefinition(program, wallet.id)
  const restDue = (changed: Wallet): number => {
    const wallets = state.wallets.map((one) => (one === wallet ? changed : one))
    return Math.min(end, nextDue(program, { ...state, wallets }) ?? end)
  }
  if (activationsInARow(definition, wallet, from, end).length > 1) {
    return activationsInARow(definition, wallet, from, restDue({ ...wallet, pending: 0 as Points }))
  }
  return expiriesInARow(definition, wallet, from, end).length > 1
    ? expiriesInARow(definition, wallet, from, restDue({ ...wallet, active: 0 as Points }))
    : []
}

/**
 * Several instants at once, where that can be; whether it could. A member who joins by points joins at one of them, and
 * where tiers follow what becomes active or expires, or points are redeemed automatically, each instant may change more.
 */
const passInstants = (draft: Draft, until: Instant, before: boolean): boolean => {
  const { enrolledAt, asOf } = draft.state
  if (enrolledAt === null || asOf === null || followsWallets(draft)) return false
  if ((draft.program.program.automaticRedemptions ?? []).length > 0) return false
  for (const wallet of draft.state.wallets) {
    const entries = entriesInARow(draft, wallet, asOf, before ? until : until + 1)
    if (entries.length > 1) {
      emitEntries(draft, entries)
      return true
    }
  }
  return false
}

/** Lets everything happen that is due before an instant, and, unless `before`, in it. */
export const passTime = (draft: Draft, until: Instant, before: boolean): void => {
  for (let due = nextDue(draft.program, draft.state); due !== null; due = nextDue(draft.program, draft.state)) {
    if (due > until || (before && due === until)) return
    if (passInstants(draft, until, before)) continue
    // What a hold kept from dying in time dies when it is free: never before what has happened already.
    const { asOf } = draft.state
    passInstant(draft, asOf !== null && asOf > due ? asOf : due)
  }
}

/**
 * Lets time pass up to and including an instant: pending points activate, points, cards and badges expire, windows of
 * challenges close, gifts for membership fall due, tiers are assessed, what was reached is rewarded, each at the instant at
 * which it is due, in this order within one. A reward that cannot be given, such as one with a budget of which nothing is
 * known, waits for the member's next activity. Advancing in steps gives the same as advancing at once, and where nothing is
 * due nothing changes.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param asOf - how far time passes
 * @param options - whether to record the trace, and what has been used of budgets
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
