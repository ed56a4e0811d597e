/** What an activity earned, as lots. */
import { type Cap, capRoom, deferredUntil, type EarnedPart, type WalletEarning } from '../../earning/index.ts'
import type { ActivityId, CapId, Duration, FunderId, Instant, Points, WalletId } from '../../foundation/index.ts'
import type { LotKind, OwnTerm } from '../../ledger/index.ts'
import type { Facts } from '../../rules/index.ts'
import type { EarningGrant } from '../state/open-earning.ts'
import { lotIdOf } from './derived-id.ts'
import type { Draft } from './draft.ts'
import { capKeyOf } from './earning-context.ts'

const durationKey = (duration: Duration | null): string =>
  duration === null ? '' : `${duration.amount} ${duration.unit}`

/**
 * Parts with equal settings have equal keys, so that a part is found again when the rest is counted anew; so have those
 * that wait for the next window of a cap.
 */
export const partKey = ({ kind, funder, validity, pending }: Omit<EarnedPart, 'points'>, deferredBy?: CapId): string =>
  funder === null && validity === null && pending === null && deferredBy === undefined
    ? kind
    : [
        kind,
        durationKey(validity),
        durationKey(pending),
        deferredBy === undefined ? '' : `after ${deferredBy}`,
        funder ?? '',
      ].join('/')

/** A grant and the lot that it becomes. */
export interface EarnedLot {
  readonly grant: EarningGrant
  readonly kind: LotKind
  readonly funder: FunderId | null
  readonly term: OwnTerm
}

const ownTerm = (validity: Duration | null, pending: Duration | null, activeFrom: Instant | undefined): OwnTerm => ({
  ...(validity === null ? {} : { validity }),
  ...(pending === null ? {} : { pending }),
  ...(activeFrom === undefined ? {} : { activeFrom }),
})

const earnedLot = (
  id: ActivityId,
  wallet: WalletId,
  position: number,
  part: EarnedPart,
  deferred?: { readonly cap: CapId; readonly at: Instant },
): EarnedLot => {
  const { kind, funder, validity, pending, points } = part
  return {
    grant: {
      wallet,
      lot: lotIdOf(id, position),
      part: partKey(part, deferred?.cap),
      points,
      lapsed: 0 as Points,
      deferredTo: deferred?.at ?? null,
      deferredBy: deferred?.cap ?? null,
    },
    kind,
    funder,
    term:
      validity === null && pending === null && deferred === undefined ? {} : ownTerm(validity, pending, deferred?.at),
  }
}

/** A full program is looked ahead so many windows; what would wait longer is not granted. */
const MOST_WINDOWS = 1000

/** Shares points out to the next windows of a cap that have room. */
const intoWindows = (
  draft: Draft,
  cap: Cap,
  key: string,
  at: Instant,
  points: number,
): ReadonlyArray<{ readonly at: Instant; readonly points: number }> => {
  const { zone } = draft.program
  const usages = cap.per?.scope === 'everyone' ? (draft.budgets ?? []) : draft.state.progress.caps
  const shares: Array<{ readonly at: Instant; readonly points: number }> = []
  let left = points
  let from = deferredUntil(cap, zone, at)
  for (let windows = 0; left > 0 && from !== null && windows < MOST_WINDOWS; windows += 1) {
    const share = Math.min(left, capRoom(cap, zone, usages, from, key, 0))
    if (share > 0) shares.push({ at: from, points: share })
    left -= share
    from = deferredUntil(cap, zone, from)
  }
  return shares
}

/** What of the parts that wait goes into which window. */
const deferredParts = (
  draft: Draft,
  cap: Cap,
  parts: ReadonlyArray<EarnedPart>,
  attributes: Facts,
  at: Instant,
): ReadonlyArray<{ readonly part: EarnedPart; readonly at: Instant }> => {
  const total = parts.reduce((sum, { points }) => sum + points, 0)
  const windows = intoWindows(draft, cap, capKeyOf(cap, attributes), at, total)
  const room = windows.map(({ points }) => points)
  return parts.flatMap((part) => {
    let left: number = part.points
    return windows.flatMap((window, index) => {
      const points = Math.min(left, room[index] ?? 0)
      left -= points
      room[index] = (room[index] ?? 0) - points
      return points === 0 ? [] : [{ part: { ...part, points: points as Points }, at: window.at }]
    })
  })
}

/** What an activity is and when it counts. */
interface Counted {
  readonly id: ActivityId
  readonly countedAt: Instant
  readonly attributes: Facts
}

const lotsOfWallet = (
  draft: Draft,
  { id, countedAt, attributes }: Counted,
  earned: WalletEarning,
): ReadonlyArray<EarnedLot> => {
  const { wallet, parts, deferred } = earned
  const [only] = parts
  // Mostly there is one part: a list that is made with it takes less room than one that starts empty.
  if (only !== undefined && parts.length === 1 && deferred.length === 0) {
    return only.points > 0 ? [earnedLot(id, wallet, 0, only)] : []
  }
  const lots: Array<EarnedLot> = []
  for (const part of parts) if (part.points > 0) lots.push(earnedLot(id, wallet, lots.length, part))
  if (deferred.length === 0) return lots
  const later = deferred.flatMap(({ cap: capId, parts: waiting }) => {
    const cap = draft.program.program.earning.caps?.find((one) => one.id === capId)
    if (cap === undefined) return []
    return deferredParts(draft, cap, waiting, attributes, countedAt).map(({ part, at }) => ({
      part,
      to: { cap: capId, at },
    }))
  })
  for (const { part, to } of later) lots.push(earnedLot(id, wallet, lots.length, part, to))
  return lots
}

/** The lots of all wallets; what was taken away is none of them. */
export const earnedLots = (
  draft: Draft,
  counted: Counted,
  earned: ReadonlyArray<WalletEarning>,
): ReadonlyArray<EarnedLot> => {
  const [only] = earned
  return earned.length === 1 && only !== undefined
    ? lotsOfWallet(draft, counted, only)
    : earned.flatMap((one) => lotsOfWallet(draft, counted, one))
}
