/** Somebody gives or takes points by hand, lets points live longer, or brings a balance over from another system. */
import * as E from 'fp-ts/Either'
import { invalidValue } from '../../foundation/index.ts'
import {
  adjustIn,
  adjustOut,
  type ExtensionSelection,
  type ExtensionTerm,
  extend,
  openBalance,
} from '../../ledger/index.ts'
import type { Adjustment, Extension, OpeningBalance } from '../activity/wallet-activity.ts'
import { lotIdOf } from './derived-id.ts'
import { type Draft, emitEntries } from './draft.ts'
import { definitionOf, enterArrival, keepAlive, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'

export const decideAdjustment = (draft: Draft, activity: Adjustment): E.Either<Rejection, void> => {
  const { id: source, wallet, points, at, direction, reason, actor, missing = 'refuse', expiresAt } = activity
  const definition = definitionOf(draft, wallet)
  if (E.isLeft(definition)) return definition
  if (points === 0) return E.right(undefined)
  const { zone } = draft.program
  if (direction === 'in') {
    const dies = expiresAt === undefined ? {} : { expiresAt }
    const given = { lot: lotIdOf(source, 0), points, at, source, reason, actor, ...dies }
    const came = adjustIn(definition.right, zone, walletOf(draft.state, wallet), given)
    if (E.isLeft(came)) return E.left([came.left])
    enterArrival(draft, came.right)
  } else {
    const claim = { points, at, source, reason, actor, missing }
    const taken = adjustOut(definition.right, zone, walletOf(draft.state, wallet), claim)
    if (E.isLeft(taken)) return E.left([taken.left])
    emitEntries(draft, [taken.right])
  }
  keepAlive(draft, source, at, ({ resetBy }) => resetBy.includes('adjustment'))
  return E.right(undefined)
}

const termOf = ({ to, by }: Extension): ExtensionTerm | undefined => {
  if (to !== undefined) return { type: 'to', to }
  return by === undefined ? undefined : { type: 'by', by }
}

const selectionOf = ({ lots, expiringBefore }: Extension): ExtensionSelection => {
  if (lots !== undefined) return { type: 'lots', lots }
  return expiringBefore === undefined ? { type: 'all' } : { type: 'expiringBefore', before: expiringBefore }
}

export const decideExtension = (draft: Draft, activity: Extension): E.Either<Rejection, void> => {
  const { id: source, wallet, at } = activity
  const definition = definitionOf(draft, wallet)
  if (E.isLeft(definition)) return definition
  const term = termOf(activity)
  if (term === undefined) return E.left([invalidValue(['to'], activity.to, 'either "to" or "by"')])
  const request = { selection: selectionOf(activity), term, at, source }
  const extended = extend(draft.program.zone, walletOf(draft.state, wallet), request)
  if (E.isLeft(extended)) return E.left([extended.left])
  emitEntries(draft, [extended.right])
  return E.right(undefined)
}

export const decideOpeningBalance = (draft: Draft, activity: OpeningBalance): E.Either<Rejection, void> => {
  const { id, wallet, at, lots } = activity
  const definition = definitionOf(draft, wallet)
  if (E.isLeft(definition)) return definition
  const opened = openBalance(walletOf(draft.state, wallet), lots, at, id)
  if (E.isLeft(opened)) return E.left(opened.left)
  if (opened.right.points > 0) enterArrival(draft, opened.right)
  return E.right(undefined)
}
