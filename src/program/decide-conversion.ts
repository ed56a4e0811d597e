/** Points of one wallet, or units of a partner, become points of a wallet. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant, Points, WalletId } from '../foundation/index.ts'
import {
  type Converted,
  type ConvertedIn,
  convertPoints,
  drawActive,
  inBurnOrder,
  insufficientPoints,
  lotTerm,
} from '../ledger/index.ts'
import { lotIdOf } from './derived-id.ts'
import { type Draft, emitEntries } from './draft.ts'
import { definitionOf, enterArrival, heldWalletDefinition, keepAlive, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'
import type { Conversion, PartnerConversion } from './wallet-activity.ts'

const converted = (
  draft: Draft,
  from: string,
  to: string,
  units: Points,
  at: Instant,
): E.Either<Rejection, Converted> => {
  const result = convertPoints(draft.program.program.conversions ?? [], from, to, units, at)
  return E.isLeft(result) ? E.left([result.left]) : result
}

/** What comes in gets the dates of points that are earned now. */
const arrive = (draft: Draft, to: WalletId, points: Points, from: string, source: ActivityId, at: Instant): void => {
  if (points === 0) return
  const { activeFrom, expiresAt, awaits } = lotTerm(heldWalletDefinition(draft.program, to), draft.program.zone, at)
  const active = awaits === null && activeFrom <= at
  const lot = { id: lotIdOf(source, 0), points, earnedAt: at, active, activeFrom, expiresAt, source }
  const lots: ConvertedIn['lots'] = [{ ...lot, kind: 'regular', funder: null, awaits }]
  enterArrival(draft, { type: 'convertedIn', wallet: to, at, source, points, lots, from })
  keepAlive(draft, source, at, ({ resetBy }) => resetBy.includes('conversion'))
}

export const decideConversion = (draft: Draft, activity: Conversion): E.Either<Rejection, void> => {
  const { id, at, from, to, points: units } = activity
  for (const [wallet, path] of [[from, 'from'] as const, [to, 'to'] as const]) {
    const definition = definitionOf(draft, wallet, [path])
    if (E.isLeft(definition)) return definition
  }
  const wallet = walletOf(draft.state, from)
  const result = converted(draft, from, to, units, at)
  if (E.isLeft(result)) return result
  const { taken, points } = result.right
  if (units > wallet.active) return E.left([insufficientPoints(from, units, wallet.active)])
  if (taken > 0) {
    const { burn } = heldWalletDefinition(draft.program, from)
    const draws = drawActive(inBurnOrder(burn, draft.program.zone, at, wallet.lots), taken)
    emitEntries(draft, [{ type: 'convertedOut', wallet: from, at, source: id, points: taken, draws, to }])
  }
  arrive(draft, to, points, from, id, at)
  return E.right(undefined)
}

export const decidePartnerConversion = (draft: Draft, activity: PartnerConversion): E.Either<Rejection, void> => {
  const { id, at, partner, to, units } = activity
  const definition = definitionOf(draft, to, ['to'])
  if (E.isLeft(definition)) return definition
  const result = converted(draft, partner, to, units, at)
  if (E.isLeft(result)) return result
  arrive(draft, to, result.right.points, partner, id, at)
  return E.right(undefined)
}
