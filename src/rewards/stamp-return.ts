/** Stamps that a return takes back. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  type Instant,
  type InvalidValue,
  invalidValue,
  type LineId,
  multiplyDivide,
  type Zone,
} from '../foundation/index.ts'
import type { StampCardPolicy, StampCardState, StampedPurchase, StampLine, StampReturnRecord } from './stamp-card.ts'
import { takeStamps } from './stamp-count.ts'
import { advanceStampCard } from './stamp-expiry.ts'
import { activityConflict, type StampFault } from './stamp-faults.ts'
import { stampsOfLines } from './stamp-purchase.ts'

/** Items that come back. */
export interface StampReturn {
  readonly id: ActivityId
  readonly at: Instant
  readonly purchase: ActivityId
  /** How many items of each line; `freeQuantity`: how many of them were free. */
  readonly lines: ReadonlyArray<{ readonly id: LineId; readonly quantity: number; readonly freeQuantity: number }>
}

/** What a return took. */
export interface StampsTaken {
  readonly state: StampCardState
  readonly taken: number
}

interface Rest {
  readonly line: StampLine
  quantity: number
  freeQuantity: number
}

/** What is left of each line after some returns. */
const restOf = ({ lines }: StampedPurchase, returns: ReadonlyArray<StampReturnRecord>): ReadonlyMap<LineId, Rest> => {
  const rest = new Map<LineId, Rest>(
    lines.map((line) => [line.id, { line, quantity: line.quantity, freeQuantity: line.freeQuantity }]),
  )
  for (const { lines: returned } of returns) {
    for (const { id, quantity, freeQuantity } of returned) {
      const one = rest.get(id)
      if (one === undefined) continue
      one.quantity -= quantity
      one.freeQuantity -= freeQuantity
    }
  }
  return rest
}

const minorOf = ({ line, quantity, freeQuantity }: Readonly<Rest>): number => {
  const [all, left] = [line.quantity - line.freeQuantity, quantity - freeQuantity]
  const share = all === 0 ? E.right(0) : multiplyDivide(line.minor, left, all, 'floor')
  return E.isRight(share) ? share.right : 0
}

const stampsOfRest = (policy: StampCardPolicy, rest: ReadonlyMap<LineId, Rest>): number =>
  stampsOfLines(
    policy,
    [...rest.values()].map((one) => ({
      quantity: one.quantity,
      freeQuantity: one.freeQuantity,
      minor: minorOf(one),
    })),
  )

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const countFaults = (lines: StampReturn['lines']): ReadonlyArray<InvalidValue> =>
  lines.flatMap(({ quantity, freeQuantity }, index) => [
    ...(isCount(quantity) ? [] : [invalidValue(['lines', index, 'quantity'], quantity, 'a number of items')]),
    ...(isCount(freeQuantity) && freeQuantity <= quantity
      ? []
      : [invalidValue(['lines', index, 'freeQuantity'], freeQuantity, 'at most the items that come back')]),
  ])

const exceeding = (purchase: StampedPurchase, returned: StampReturn): ReadonlyArray<StampFault> => {
  const before = restOf(purchase, purchase.returns)
  const after = restOf(purchase, [...purchase.returns, returned])
  const reported = new Set<LineId>()
  return returned.lines.flatMap(({ id, quantity }, index): ReadonlyArray<StampFault> => {
    const rest = after.get(id)
    const fits = rest !== undefined && rest.freeQuantity >= 0 && rest.quantity >= rest.freeQuantity
    if (fits || reported.has(id)) return []
    reported.add(id)
    const remaining = before.get(id)?.quantity ?? 0
    return [
      {
        _tag: 'StampReturnExceedsLine',
        path: ['lines', index, 'quantity'],
        expected: 'at most what is left of the line, free items and paid ones each',
        line: id,
        requested: quantity,
        remaining,
      },
    ]
  })
}

const isSame = (known: StampReturnRecord, { lines }: StampReturn): boolean =>
  known.lines.length === lines.length &&
  known.lines.every(
    ({ id, quantity, freeQuantity }, index) =>
      id === lines[index]?.id && quantity === lines[index].quantity && freeQuantity === lines[index].freeQuantity,
  )

/** How many stamps of a purchase lie on the card that is being filled: the latest stamps do. */
const onCurrentCard = ({ purchases, stamps }: StampCardState, place: number): number => {
  const later = purchases.slice(place + 1).reduce((sum, one) => sum + one.stamps, 0)
  return Math.max(0, Math.min(purchases[place]?.stamps ?? 0, stamps - later))
}

const takenBack = (
  policy: StampCardPolicy,
  state: StampCardState,
  place: number,
  purchase: StampedPurchase,
  { id, lines }: StampReturn,
): StampsTaken => {
  const returns = [...purchase.returns, { id, lines }]
  const kept = Math.min(purchase.room, stampsOfRest(policy, restOf(purchase, returns)))
  const surplus = Math.max(0, purchase.stamps + purchase.expired - kept)
  // Stamps that expired are gone: they are the first to be given up.
  const expired = Math.min(purchase.expired, surplus)
  const fromLive = surplus - expired
  const now = { ...purchase, stamps: purchase.stamps - fromLive, expired: purchase.expired - expired, returns }
  const own = Math.min(fromLive, onCurrentCard(state, place))
  const after = fromLive === 0 ? state : takeStamps(policy, state, fromLive, own)
  return {
    state: { ...after, purchases: after.purchases.map((one, index) => (index === place ? now : one)) },
    taken: fromLive,
  }
}

const known = (state: StampCardState, purchase: ActivityId): number =>
  state.purchases.findIndex(({ id }) => id === purchase)

/**
 * Takes back the stamps of items that come back: what the purchase gave less what the rest of it is good for, so that no
 * split of a return matters. A filled card whose last reward is unused is opened again and the reward withdrawn; where it
 * is used, the stamps come from the next card or are owed. The same return again changes nothing (S36, S58).
 *
 * `UnknownStampedPurchase`: there is no such purchase, or its time to return is over. `StampReturnExceedsLine`: more than
 * is left. `StampActivityConflict`: the id was used for another return of the purchase. `InvalidValue`: no number of items.
 *
 * @param policy - the terms of the card
 * @param zone - the zone of the member's calendar
 * @param state - what the member has
 * @param returned - what comes back
 *
 * @example
 * ```ts
 * import { type ActivityId, newStampCard, parseInstant, returnStamps, type StampCardId, type StampCardPolicy } from 'treue'
 * import { unwrap, utc } from 'treue'
 *
 * const policy = { validity: null, returnWindow: { amount: 30, unit: 'day' } } as StampCardPolicy
 * const at = unwrap(parseInstant('2026-03-01T08:00:00Z'))
 * const [id, purchase] = ['return-1' as ActivityId, 'monday' as ActivityId]
 * const result = returnStamps(policy, utc, newStampCard('coffee' as StampCardId), { id, at, purchase, lines: [] })
 * result._tag === 'Left' && result.left[0]?._tag // => 'UnknownStampedPurchase'
 * ```
 */
export const returnStamps = (
  policy: StampCardPolicy,
  zone: Zone,
  state: StampCardState,
  returned: StampReturn,
): E.Either<ReadonlyArray<StampFault>, StampsTaken> => {
  const before = state.purchases[known(state, returned.purchase)]?.returns.find(({ id }) => id === returned.id)
  if (before !== undefined) {
    return isSame(before, returned) ? E.right({ state, taken: 0 }) : E.left([activityConflict(returned.id)])
  }
  const now = advanceStampCard(policy, zone, state, returned.at)
  const place = known(now, returned.purchase)
  const purchase = now.purchases[place]
  if (purchase === undefined) {
    const expected = 'a purchase that can still be returned'
    return E.left([{ _tag: 'UnknownStampedPurchase', path: ['purchase'], expected, purchase: returned.purchase }])
  }
  const counts = countFaults(returned.lines)
  const faults = counts.length > 0 ? counts : exceeding(purchase, returned)
  return faults.length > 0 ? E.left(faults) : E.right(takenBack(policy, now, place, purchase, returned))
}
