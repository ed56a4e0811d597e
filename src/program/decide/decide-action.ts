/** A member does something that the program declares, or it is undone. */
import * as E from 'fp-ts/Either'
import { activateAwaited } from '../../ledger/index.ts'
import type { Action, ActionCancellation } from '../activity/activity.ts'
import { countedInstant } from './counted-instant.ts'
import { attributeFaultsOf, decideEarning } from './decide-earning.ts'
import { type Draft, emitEntries } from './draft.ts'
import { heldWalletDefinition, keepAlive } from './draft-wallet.ts'
import { automaticDebts, takeAutomaticBack } from './redeem-automatically.ts'
import type { Rejection } from './rejection.ts'
import { ENROLMENT, isReservedAction, reservedAction } from './reserved-action.ts'
import { assessTiers, countActivations } from './tier-counting.ts'
import { openEarningOf, undoEarning } from './undo-earning.ts'

const unknownAction = (name: string, known: ReadonlyArray<string>): Rejection => [
  {
    _tag: 'UnknownAction',
    path: ['name'],
    expected:
      known.length === 0
        ? 'an action of the program, which declares none'
        : `an action of the program: ${known.join(', ')}`,
    name,
  },
]

/** Points that waited for the action become active. */
const activate = (draft: Draft, name: string, at: Action['at']): void => {
  const { zone } = draft.program
  for (const wallet of draft.state.wallets) {
    if (wallet.pending === 0) continue
    const entries = activateAwaited(heldWalletDefinition(draft.program, wallet.id), zone, wallet, name, at)
    emitEntries(draft, entries)
    countActivations(draft, entries)
  }
}

export const decideAction = (draft: Draft, activity: Action): E.Either<Rejection, void> => {
  const { id, at, name, attributes = {} } = activity
  if (name === ENROLMENT || isReservedAction(name)) return E.left(reservedAction('name', name))
  const known = (draft.program.program.earning.actions ?? []).map((action) => action.name)
  if (!known.includes(name)) return E.left(unknownAction(name, known))
  const faults = attributeFaultsOf(draft, name, attributes)
  if (faults.length > 0) return E.left(faults)
  const countedAt = countedInstant(draft, activity)
  if (E.isLeft(countedAt)) return countedAt
  activate(draft, name, at)
  const decided = decideEarning(draft, { id, action: name, at, countedAt: countedAt.right, lines: [], attributes })
  if (E.isLeft(decided)) return decided
  keepAlive(draft, id, at, (policy) => policy.resetByActions?.includes(name) === true)
  assessTiers(draft, at)
  return E.right(undefined)
}

export const decideActionCancellation = (draft: Draft, activity: ActionCancellation): E.Either<Rejection, void> => {
  const open = openEarningOf(draft, activity.action, activity.at, 'action')
  if (E.isLeft(open)) return open
  const { action } = open.right
  if (isReservedAction(action)) return E.left(reservedAction('action', action))
  const before = automaticDebts(draft)
  const undone = undoEarning(draft, activity, open.right, [])
  if (E.isLeft(undone)) return undone
  const { id: source, at } = activity
  takeAutomaticBack(draft, { source, at, earnedAt: open.right.at, before })
  return undone
}
