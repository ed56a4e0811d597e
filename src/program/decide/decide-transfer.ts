/** Points go from one member to another, or all that a member has. */
import * as E from 'fp-ts/Either'
import type { MemberId } from '../../foundation/index.ts'
import { joinWallet, leaveWallet, transferIn, transferOut } from '../../ledger/index.ts'
import type { Merge, MergedWallet, MergeIn, TransferIn, TransferOut } from '../activity/wallet-activity.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emitEntries } from './draft.ts'
import { definitionOf, keepAlive, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'
import { releaseHeldRewards } from './release-rewards.ts'

const sameMember = (draft: Draft, member: MemberId, path: string): Rejection | undefined =>
  member === draft.state.member ? [{ _tag: 'SameMember', path: [path], expected: 'another member', member }] : undefined

export const decideTransferOut = (draft: Draft, activity: TransferOut): E.Either<Rejection, void> => {
  const { id, member, at, wallet, points, to } = activity
  const same = sameMember(draft, to, 'to')
  if (same !== undefined) return E.left(same)
  const definition = definitionOf(draft, wallet)
  if (E.isLeft(definition)) return definition
  const left = transferOut(definition.right, draft.program.zone, walletOf(draft.state, wallet), points, at, id, to)
  if (E.isLeft(left)) return E.left([left.left])
  if (points === 0) return E.right(undefined)
  emitEntries(draft, [left.right.entry])
  const followUp = { id: effectId('transferIn', [member], id), member: to, at, wallet, from: member }
  draft.followUps.push({ type: 'transferIn', ...followUp, lots: left.right.lots })
  return E.right(undefined)
}

export const decideTransferIn = (
  draft: Draft,
  { id, at, wallet, from, lots }: TransferIn,
): E.Either<Rejection, void> => {
  const definition = definitionOf(draft, wallet)
  if (E.isLeft(definition)) return definition
  const came = transferIn(walletOf(draft.state, wallet), lots, at, id, from)
  if (E.isLeft(came)) return came
  emitEntries(draft, came.right)
  keepAlive(draft, id, at, ({ resetBy }) => resetBy.includes('transferIn'))
  return E.right(undefined)
}

export const decideMerge = (draft: Draft, { id, member, at, into }: Merge): E.Either<Rejection, void> => {
  const same = sameMember(draft, into, 'into')
  if (same !== undefined) return E.left(same)
  releaseHeldRewards(draft, at)
  const wallets: Array<MergedWallet> = []
  for (const { id: wallet } of draft.state.wallets) {
    const { entries, lots, debt } = leaveWallet(walletOf(draft.state, wallet), at, id, into)
    emitEntries(draft, entries)
    if (lots.length > 0 || debt > 0) wallets.push({ wallet, lots, debt })
  }
  draft.followUps.push({
    type: 'mergeIn',
    id: effectId('mergeIn', [member], id),
    member: into,
    at,
    from: member,
    wallets,
  })
  return E.right(undefined)
}

export const decideMergeIn = (draft: Draft, { id, at, from, wallets }: MergeIn): E.Either<Rejection, void> => {
  for (const [index, { wallet, lots, debt }] of wallets.entries()) {
    const joined = joinWallet(walletOf(draft.state, wallet), { lots, debt }, at, id, from)
    if (E.isLeft(joined)) {
      return E.left(joined.left.map((fault) => ({ ...fault, path: ['wallets', index, ...fault.path] })))
    }
    emitEntries(draft, joined.right)
  }
  return E.right(undefined)
}
