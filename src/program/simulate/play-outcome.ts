/** Plays a history and adds up what the program came to. */

import * as E from 'fp-ts/Either'
import type { Cap } from '../../earning/index.ts'
import { type ExactInteger, exactSum, MemberId, periodIntervalAt, WalletId } from '../../foundation/index.ts'
import { balanceSign, type StatementMovementType } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import { capOfReferrals } from '../definition/cap-of-referrals.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { MemberState } from '../state/member-state.ts'
import type { CapClaim } from '../state/open-earning.ts'
import { levelRows } from './level-counts.ts'
import { countRewardEvent, countStampCards } from './outcome-rewards.ts'
import { type ProgramOutcome, programOutcomeKinds } from './program-outcome.ts'
import { exactCount, type RowKinds, type RowSums, rowKind, startSums } from './row-sums.ts'
import { type EndlessChain, foldSimulation, type SimulateOptions, type SimulationFold } from './simulate.ts'

/** How a population is looked at. */
export interface OutcomeOptions extends SimulateOptions {
  /** Which segment a member belongs to. Default: all belong to one, the empty text. */
  readonly segmentOf?: (member: MemberId) => string
}

/** Points that a member got in a wallet and did not lose: spent or still held, less debt. */
export interface ReceivedPoints {
  readonly member: MemberId
  readonly wallet: WalletId
  readonly points: ExactInteger
}

/** An outcome, and where each member ended. */
export interface PlayedOutcome {
  readonly outcome: ProgramOutcome
  readonly members: ReadonlyMap<MemberId, MemberState>
  readonly received: ReadonlyArray<ReceivedPoints>
}

type Received = Pick<PlayedOutcome, 'received'>

const receivedKinds: RowKinds<Received> = {
  received: /* @__PURE__ */ rowKind<ReceivedPoints, 'points'>(
    'ReceivedPoints',
    { member: MemberId, wallet: WalletId },
    { points: exactCount },
  ),
}

/** The counts of an outcome while it is made. */
interface Counts {
  readonly sums: RowSums<ProgramOutcome>
  readonly received: RowSums<Received>
}

const isSpending = (type: string): boolean => type === 'redeemed' || type === 'restored'

const countEvents = (
  { sums, received }: Counts,
  segment: string,
  member: MemberId,
  events: ReadonlyArray<MemberEvent>,
): void => {
  for (const event of events) {
    countRewardEvent(sums, segment, event)
    for (const row of levelRows(segment, event)) sums.add('levels', row)
    // Of all events, only entries of a ledger name a wallet.
    const sign = 'wallet' in event ? balanceSign(event.type) : 0
    if (!('wallet' in event) || sign === 0) continue
    const { wallet, points } = event
    sums.add('movements', { segment, wallet, kind: event.type as StatementMovementType, points })
    if (!isSpending(event.type)) received.add('received', { member, wallet, points: sign * points })
  }
}

const capsOf = ({ program: { earning, referral } }: CompiledProgram): ReadonlyArray<Cap> => [
  ...(earning.caps ?? []),
  ...(referral?.terms.caps ?? []).map(capOfReferrals),
]

const countClaims = (
  { sums }: Counts,
  segment: string,
  program: CompiledProgram,
  claims: ReadonlyArray<CapClaim>,
): void => {
  if (claims.length === 0) return
  const caps = capsOf(program)
  for (const { cap: id, key, at, points: used } of claims) {
    const cap = caps.find((one) => one.id === id)
    if (cap?.per?.scope !== 'everyone') continue
    const { window } = cap
    const from = window.type === 'calendar' ? periodIntervalAt(window.calendar, program.zone, at).from : null
    sums.add('budgets', { segment, cap: id, key, from, used })
  }
}

const countMember = ({ sums }: Counts, segment: string, state: MemberState): void => {
  sums.add('members', { segment, members: 1, refused: 0 })
  for (const { id: wallet, active, pending, held, debt } of state.wallets) {
    sums.add('balances', { segment, wallet, points: exactSum(active + pending, held - debt) })
  }
  for (const { ladder, tier } of state.standings) sums.add('tiers', { segment, ladder, tier, members: 1 })
  countStampCards(sums, segment, state)
}

/**
 * Plays a history and adds up what the program came to, by segment: points by kind, balances, tiers, budgets, rewards,
 * vouchers, stamp cards, levels of challenges. Parts of a population that ask nothing of each other can be played apart:
 * their outcomes merge with {@link outcomeMonoid}.
 *
 * @param program - the compiled program
 * @param activities - the history, in the order in which it is taken in
 * @param options - segments, where it begins, until when time passes at the end
 * @returns `EndlessChain`: decisions ask for activities that ask for further ones for longer than allowed.
 *
 * @example
 * ```ts
 * import { Activity, compileProgram, decode, decodeProgram, playOutcome, unwrap } from 'treue'
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
 * unwrap(playOutcome(program, [joins])).outcome.members // => [{ segment: '', members: 1, refused: 0 }]
 * ```
 */
export const playOutcome = (
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  options: OutcomeOptions = {},
): E.Either<EndlessChain, PlayedOutcome> => {
  const { segmentOf = () => '' } = options
  const counts: Counts = { sums: startSums(programOutcomeKinds), received: startSums(receivedKinds) }
  const fold: SimulationFold<null> = {
    initial: null,
    step: (sum, { activity: { member }, result }) => {
      const segment = segmentOf(member)
      if (E.isLeft(result)) counts.sums.add('members', { segment, members: 0, refused: 1 })
      else {
        countEvents(counts, segment, member, result.right.events)
        countClaims(counts, segment, program, result.right.claims)
      }
      return sum
    },
    end: (sum, { before: { member }, decision }) => {
      countEvents(counts, segmentOf(member), member, decision.events)
      return sum
    },
  }
  const played = foldSimulation(program, activities, fold, options)
  if (E.isLeft(played)) return played
  const { members } = played.right
  for (const [member, state] of members) countMember(counts, segmentOf(member), state)
  return E.right({ outcome: counts.sums.lists(), members, received: counts.received.lists().received })
}
