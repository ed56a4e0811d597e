/** A member is known anew: points move to where they should be, and what is known is replaced by what it should be. */
import * as E from 'fp-ts/Either'
import { outOfRange } from '../../foundation/index.ts'
import { emptyWallet, type Wallet } from '../../ledger/index.ts'
import type { Restatement } from '../activity/restatement.ts'
import type { MemberParts, MemberState } from '../state/member-state.ts'
import type { RestatedParts, WalletDates } from '../state/restated.ts'
import { allSeen } from '../state/seen-activities.ts'
import { differentParts, stateDifference } from '../state/state-difference.ts'
import { type Draft, emit } from './draft.ts'
import type { Rejection, StaleState } from './rejection.ts'
import { restateWallet } from './restate-wallet.ts'

/** A restatement says what a state should be, not what changes: of another state it says nothing. */
export const staleRestatement = (
  { revision }: MemberState,
  { basedOn: expectedRevision }: Restatement,
): StaleState | undefined => {
  if (revision === expectedRevision) return undefined
  const expected = `the state of revision ${expectedRevision}, for which the restatement was made`
  return { _tag: 'StaleState', path: ['basedOn'], expected, revision, expectedRevision }
}

/** All wallets as they should be: in the order of what is right, then those that should be empty. */
const rightWallets = ({ wallets: actual }: MemberState, { wallets: right }: MemberParts): ReadonlyArray<Wallet> => {
  const known = new Set(right.map(({ id }) => id))
  return [...right, ...actual.flatMap(({ id }) => (known.has(id) ? [] : [emptyWallet(id)]))]
}

const datesOf = ({ id: wallet, debtSince, decayedAt, holds }: Wallet): WalletDates => ({
  wallet,
  debtSince,
  decayedAt,
  holds: holds.map(({ id: hold, at }) => ({ hold, at })),
})

/** What has been taken in stays known, whether it should have been or not. */
const partsOf = ({ seen }: MemberState, right: MemberParts): RestatedParts => {
  const { wallets: _, seen: rightSeen, ...parts } = right
  return { ...parts, seen: allSeen(seen, rightSeen) }
}

const isInRange = ({ accrued, opened, adjustedIn, transferredIn, convertedIn, adjustedOut }: Wallet): boolean =>
  Number.isSafeInteger(accrued + opened + adjustedIn + transferredIn + convertedIn + adjustedOut)

const tell = (draft: Draft, activity: Restatement): void => {
  if (!draft.tracing) return
  const { reason, actor, right } = activity
  draft.steps.push({ step: 'restated', reason, actor, parts: differentParts(stateDifference(draft.state, right)) })
}

export const decideRestatement = (draft: Draft, activity: Restatement): E.Either<Rejection, void> => {
  const { id: restatement, at, reason, actor } = activity
  tell(draft, activity)
  const wallets = rightWallets(draft.state, activity.right)
  for (const wallet of wallets) restateWallet(draft, activity, wallet)
  const beyond = draft.state.wallets.find((wallet) => !isInRange(wallet))
  if (beyond !== undefined) {
    return E.left([outOfRange(['right', 'wallets'], beyond.adjustedIn, 'lifetime totals of at most 9007199254740991')])
  }
  const parts = partsOf(draft.state, activity.right)
  emit(draft, { type: 'restated', at, restatement, reason, actor, wallets: wallets.map(datesOf), parts })
  return E.right(undefined)
}
