/** What happened although the points were not there: goods are gone, so the history goes on with what is missing as debt. */
import * as E from 'fp-ts/Either'
import type { LotId, Points, WalletId } from '../../foundation/index.ts'
import { type LedgerEntry, settleDebt } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import { decide } from '../decide/decide.ts'
import type { DecideOptions } from '../decide/decision.ts'
import { effectId } from '../decide/derived-id.ts'
import { walletOf } from '../decide/draft-wallet.ts'
import { passingLot } from '../decide/passing-lot.ts'
import type { Rejection } from '../decide/rejection.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { evolve } from '../state/evolve.ts'
import type { MemberState } from '../state/member-state.ts'
import type { Taking } from './replay-history.ts'

/**
 * What becomes of points that were spent and by the right rules would not have been there: the member owes them, or they
 * are left to the member.
 */
export type Unaffordable = 'debt' | 'forgive'

/** What is lacking in a wallet. */
interface Lack {
  readonly wallet: WalletId
  readonly points: number
}

/** What spends points; a hold only sets them aside, but what is spent of it later is gone too. */
const spending: ReadonlySet<Activity['type']> = /* @__PURE__ */ new Set([
  'redemption',
  'rewardRedeemed',
  'donation',
  'transferOut',
  'conversion',
])

/** What was lacking, where nothing else is said against it. */
const lackOf = (rejection: Rejection): Lack | undefined => {
  const [reason, other] = rejection
  if (reason === undefined || other !== undefined) return undefined
  if (reason._tag === 'InsufficientPoints') {
    return { wallet: reason.wallet, points: reason.requested - reason.available }
  }
  const [obstacle, another] = reason._tag === 'RewardUnavailable' ? reason.obstacles : []
  if (obstacle?.reason !== 'notEnoughPoints' || another !== undefined) return undefined
  return { wallet: obstacle.wallet, points: obstacle.missing }
}

const noteOf = ({ id: source, at }: Activity, { wallet, points }: Lack) => ({
  wallet,
  at,
  source,
  points: points as Points,
  reason: 'spent, and not there by the right rules',
  actor: 'correction',
})

/** Lends what is lacking, for as long as it takes to spend it. */
const lent = (state: MemberState, activity: Activity, lack: Lack): MemberState => {
  const { id: source, at } = activity
  const loan = effectId('loan', [lack.wallet], source) as string as LotId
  const lot = passingLot(loan, source, at, lack.points as Points)
  return evolve(state, { type: 'adjustedIn', ...noteOf(activity, lack), lots: [lot] })
}

/** What was lent is owed; what is active since then pays it. */
const owing = (state: MemberState, activity: Activity, lack: Lack): MemberState => {
  const owed: LedgerEntry = { type: 'adjustedOut', ...noteOf(activity, lack), draws: [], debt: lack.points as Points }
  const after = evolve(state, owed)
  return settleDebt(walletOf(after, lack.wallet), activity.at).reduce<MemberState>(evolve, after)
}

/** What is lacking for something that cannot be undone: goods are gone. */
const lackFor = ({ type }: Activity, rejection: Rejection, unaffordable: Unaffordable): Lack | undefined =>
  spending.has(type) || (type === 'hold' && unaffordable === 'debt') ? lackOf(rejection) : undefined

/** Takes in an activity; one that spends what is not there too, and says so. */
export const takeAnyway =
  (unaffordable: Unaffordable) =>
  (program: CompiledProgram, state: MemberState, activity: Activity, options: DecideOptions): Taking => {
    const decided = decide(program, state, activity, options)
    if (E.isRight(decided)) return { taken: decided.right, rejection: null }
    const rejection = decided.left
    const lack = lackFor(activity, rejection, unaffordable)
    if (lack === undefined) return { taken: null, rejection }
    const again = decide(program, lent(state, activity, lack), activity, options)
    if (E.isLeft(again)) return { taken: null, rejection }
    const { state: spent } = again.right
    const after = unaffordable === 'debt' ? owing(spent, activity, lack) : spent
    return { taken: { ...again.right, state: after }, rejection }
  }
