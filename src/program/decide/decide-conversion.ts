/** Points of one wallet, or units of a partner, become points of a wallet. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant } from '../../foundation/index.ts'
import { convertIn, convertOut, convertPartnerIn, convertPoints } from '../../ledger/index.ts'
import type { Conversion, PartnerConversion } from '../activity/wallet-activity.ts'
import { lotIdOf } from './derived-id.ts'
import { type Draft, emitEntries } from './draft.ts'
import { definitionOf, keepAlive, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'

const keepConverted = (draft: Draft, id: ActivityId, at: Instant): void => {
  keepAlive(draft, id, at, ({ resetBy }) => resetBy.includes('conversion'))
}

export const decideConversion = (draft: Draft, activity: Conversion): E.Either<Rejection, void> => {
  const { id: source, at, from, to, points: units } = activity
  const { program, zone } = draft.program
  const [leaving, entering] = [definitionOf(draft, from, ['from']), definitionOf(draft, to, ['to'])]
  if (E.isLeft(leaving)) return leaving
  if (E.isLeft(entering)) return entering
  const claim = { rates: program.conversions ?? [], to, points: units, at, source }
  const left = convertOut(leaving.right, zone, walletOf(draft.state, from), claim)
  if (E.isLeft(left)) return E.left([left.left])
  const { entries, pieces, converted } = left.right
  emitEntries(draft, entries)
  const arrival = { pieces, points: converted.points, from, at, source, expiry: converted.rate.expiry ?? 'keep' }
  const came = convertIn(entering.right, zone, walletOf(draft.state, to), arrival)
  if (E.isLeft(came)) return E.left([came.left])
  emitEntries(draft, came.right)
  if (converted.points > 0) keepConverted(draft, source, at)
  return E.right(undefined)
}

export const decidePartnerConversion = (draft: Draft, activity: PartnerConversion): E.Either<Rejection, void> => {
  const { id: source, at, partner: from, to, units } = activity
  const { program, zone } = draft.program
  const definition = definitionOf(draft, to, ['to'])
  if (E.isLeft(definition)) return definition
  const converted = convertPoints(program.conversions ?? [], from, to, units, at)
  if (E.isLeft(converted)) return E.left([converted.left])
  const arrival = { lot: lotIdOf(source, 0), points: converted.right.points, from, at, source }
  const came = convertPartnerIn(definition.right, zone, walletOf(draft.state, to), arrival)
  if (E.isLeft(came)) return E.left([came.left])
  emitEntries(draft, came.right)
  if (converted.right.points > 0) keepConverted(draft, source, at)
  return E.right(undefined)
}
