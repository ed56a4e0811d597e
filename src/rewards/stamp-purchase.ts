/** Stamps for a purchase. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  type CivilDate,
  type Instant,
  type InvalidValue,
  invalidValue,
  type LineId,
  localDateOf,
  type Zone,
} from '../foundation/index.ts'
import type { StampCardPolicy, StampCardState, StampedPurchase, StampLine, StampReward } from './stamp-card.ts'
import { putStamps } from './stamp-count.ts'
import { advanceStampCard, isReturnOver } from './stamp-expiry.ts'
import { activityConflict, type StampActivityConflict, type StampPurchaseTooLate } from './stamp-faults.ts'

/** A purchase, as far as a stamp card looks at it. */
export interface StampPurchase {
  readonly id: ActivityId
  readonly at: Instant
  readonly lines: ReadonlyArray<StampLine>
}

/** What a purchase gave. */
export interface StampsGiven {
  readonly state: StampCardState
  /** Stamps by the lines alone. */
  readonly desired: number
  /** Stamps given, those that paid a debt included. */
  readonly granted: number
  /** What cut the rest off: the day's limit, or the end of the card; `null` where nothing did. */
  readonly cutBy: 'perDay' | 'cardFull' | null
  /** Rewards that the stamps reached. */
  readonly rewards: ReadonlyArray<StampReward>
}

/** What of a line is left. */
interface LineRest {
  readonly quantity: number
  readonly freeQuantity: number
  readonly minor: number
}

/** The stamps that lines are good for: free items give none, and below the minimum none are given. */
export const stampsOfLines = (policy: StampCardPolicy, lines: ReadonlyArray<LineRest>): number => {
  const spent = lines.reduce((sum, { minor }) => sum + minor, 0)
  const paid = lines.reduce((sum, { quantity, freeQuantity }) => sum + (quantity - freeQuantity), 0)
  if (paid === 0 || spent < policy.minimumSpendMinor) return 0
  return policy.stampsFor === 'item' ? paid : 1
}

const roomOfDay = ({ perDay }: StampCardPolicy, { purchases }: StampCardState, day: CivilDate): number => {
  if (perDay === null) return Number.MAX_SAFE_INTEGER
  const given = purchases.reduce((sum, one) => (one.day === day ? sum + one.stamps + one.expired : sum), 0)
  return Math.max(0, perDay - given)
}

const roomOfCard = ({ overflow, slots }: StampCardPolicy, { stamps, debt }: StampCardState): number =>
  overflow === 'carry' ? Number.MAX_SAFE_INTEGER : slots - stamps + debt

const sameLine = (a: StampLine, b: StampLine | undefined): boolean =>
  a.id === b?.id && a.quantity === b.quantity && a.freeQuantity === b.freeQuantity && a.minor === b.minor

const isSame = (known: StampedPurchase, { at, lines }: StampPurchase): boolean =>
  known.at === at &&
  known.lines.length === lines.length &&
  known.lines.every((line, index) => sameLine(line, lines[index]))

const mostItems = 1_000_000_000

const isNatural = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most

const lineFaults = (lines: ReadonlyArray<StampLine>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<LineId>()
  return lines.flatMap(({ id, quantity, freeQuantity, minor }, index) => {
    const at = (key: string, value: unknown, expected: string): InvalidValue =>
      invalidValue(['lines', index, key], value, expected)
    const again = seen.has(id)
    seen.add(id)
    return [
      ...(again ? [at('id', id, 'an id that no other line has')] : []),
      ...(isNatural(quantity, mostItems) ? [] : [at('quantity', quantity, `an integer from 0 to ${mostItems}`)]),
      ...(isNatural(freeQuantity, quantity) ? [] : [at('freeQuantity', freeQuantity, 'at most the items of the line')]),
      ...(isNatural(minor, Number.MAX_SAFE_INTEGER) ? [] : [at('minor', minor, 'an amount of 0 or more')]),
    ]
  })
}

const cutBy = (desired: number, day: number, card: number): StampsGiven['cutBy'] => {
  if (desired <= Math.min(day, card)) return null
  return day <= card ? 'perDay' : 'cardFull'
}

const nothingNew = (state: StampCardState): StampsGiven => ({ state, desired: 0, granted: 0, cutBy: null, rewards: [] })

/** What a purchase gives to a state of its time. */
const given = (policy: StampCardPolicy, zone: Zone, now: StampCardState, purchase: StampPurchase): StampsGiven => {
  const { id, at, lines } = purchase
  const day = localDateOf(zone, at)
  const desired = stampsOfLines(policy, lines)
  const [ofDay, ofCard] = [roomOfDay(policy, now, day), roomOfCard(policy, now)]
  const room = Math.min(ofDay, ofCard)
  const granted = Math.min(desired, room)
  const after = putStamps(policy, now, granted, at)
  const kept: StampedPurchase = { id, at, day, lines, room, stamps: granted, expired: 0, returns: [] }
  return {
    state: { ...after, purchases: [...after.purchases, kept] },
    desired,
    granted,
    cutBy: cutBy(desired, ofDay, ofCard),
    rewards: after.rewards.slice(now.rewards.length),
  }
}

/**
 * Stamps for a purchase: as many as its lines are good for, cut by the day's limit and, where nothing is carried over, by
 * the end of the card. Debt is paid first. The same purchase again changes nothing (S36, S58).
 *
 * `StampActivityConflict`: the id was used for another purchase. `StampPurchaseTooLate`: by the latest instant of the state
 * its return window is over; ids are kept as long, so no purchase counts twice, whenever it comes. `InvalidValue`: a line id twice, or numbers that are none.
 *
 * @param policy - the terms of the card
 * @param zone - the zone of the member's calendar: the day's limit is counted in it
 * @param state - what the member has
 * @param purchase - the purchase, with the lines that the card is for
 *
 * @example
 * ```ts
 * import { type ActivityId, decode, type LineId, newStampCard, parseInstant, StampCardPolicy } from 'treue'
 * import { stampPurchase, unwrap, utc } from 'treue'
 *
 * const policy = unwrap(decode(StampCardPolicy, {
 *   id: 'coffee',
 *   slots: 10,
 *   rewards: [{ position: 10, reward: 'free-coffee' }],
 *   stampsFor: 'item',
 *   overflow: 'carry',
 *   perDay: null,
 *   minimumSpendMinor: 0,
 *   validity: null,
 *   returnWindow: { amount: 30, unit: 'day' },
 *   takeBack: 'nextCard',
 * }))
 * const coffees = (id: string, quantity: number) => ({
 *   id: id as ActivityId,
 *   at: unwrap(parseInstant('2026-03-01T08:00:00Z')),
 *   lines: [{ id: '1' as LineId, quantity, freeQuantity: 0, minor: quantity * 300 }],
 * })
 * const eight = unwrap(stampPurchase(policy, utc, newStampCard(policy.id), coffees('monday', 8)))
 * const thirteen = unwrap(stampPurchase(policy, utc, eight.state, coffees('tuesday', 5)))
 * thirteen.state.stamps // => 3
 * thirteen.rewards.map(({ card, reward }) => [card, reward]) // => [[1, 'free-coffee']]
 * ```
 */
export const stampPurchase = (
  policy: StampCardPolicy,
  zone: Zone,
  state: StampCardState,
  purchase: StampPurchase,
): E.Either<ReadonlyArray<StampActivityConflict | StampPurchaseTooLate | InvalidValue>, StampsGiven> => {
  const known = state.purchases.find(({ id }) => id === purchase.id)
  if (known !== undefined) {
    return isSame(known, purchase) ? E.right(nothingNew(state)) : E.left([activityConflict(purchase.id)])
  }
  const { at } = purchase
  const { asOf } = state
  if (asOf !== null && at < asOf && isReturnOver(policy, zone, at, asOf)) {
    const expected = 'an instant whose return window is still open'
    return E.left([{ _tag: 'StampPurchaseTooLate', path: ['at'], expected, at, asOf }])
  }
  const faults = lineFaults(purchase.lines)
  if (faults.length > 0) return E.left(faults)
  return E.right(given(policy, zone, advanceStampCard(policy, zone, state, purchase.at), purchase))
}
