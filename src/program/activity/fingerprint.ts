/* eslint-disable functional/prefer-immutable-types, no-param-reassign -- a hash is fed word by word, without a copy for each */
/**
 * A number that stands for the content of an activity, to tell a repetition from a conflict. This file mutates the two
 * 32-bit lanes that it made itself.
 */
import type { PurchaseLine } from '../../earning/index.ts'
import type { Activity } from './activity.ts'

interface Lanes {
  first: number
  second: number
}

const mixedFirst = (lane: number, word: number): number => {
  const product = Math.imul(lane ^ word, 0x9e3779b1)
  return product ^ (product >>> 15)
}

const mixedSecond = (lane: number, word: number): number => {
  const product = Math.imul(lane ^ word, 0x85ebca6b)
  return product ^ (product >>> 13)
}

const feed = (lanes: Lanes, word: number): void => {
  lanes.first = mixedFirst(lanes.first, word)
  lanes.second = mixedSecond(lanes.second, word)
}

/** A text after its length, so that texts cannot flow into each other; two of its 16-bit units make a word. */
const feedText = (lanes: Lanes, text: string): void => {
  const { length } = text
  let first = mixedFirst(lanes.first, length)
  let second = mixedSecond(lanes.second, length)
  for (let index = 0; index < length; index += 2) {
    const other = index + 1 < length ? text.charCodeAt(index + 1) : 0
    const word = text.charCodeAt(index) | (other << 16)
    first = mixedFirst(first, word)
    second = mixedSecond(second, word)
  }
  lanes.first = first
  lanes.second = second
}

const feedNumber = (lanes: Lanes, value: number): void => {
  if (Number.isSafeInteger(value)) {
    feed(lanes, value | 0)
    feed(lanes, Math.floor(value / 0x100000000))
  } else {
    feedText(lanes, String(value))
  }
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0

/** Plain data of any form: each kind after a mark of its own, keys by name, what is left out as if it were not there. */
const feedValue = (lanes: Lanes, value: unknown): void => {
  switch (typeof value) {
    case 'string':
      feed(lanes, 1)
      feedText(lanes, value)
      return
    case 'number':
      feed(lanes, 2)
      feedNumber(lanes, value)
      return
    case 'object':
      feedObject(lanes, value)
      return
    default:
      feed(lanes, value === true ? 5 : 6)
  }
}

const feedObject = (lanes: Lanes, value: object | null): void => {
  if (value === null) {
    feed(lanes, 7)
  } else if (Array.isArray(value)) {
    feed(lanes, 3)
    feed(lanes, value.length)
    for (const item of value) feedValue(lanes, item)
  } else {
    feed(lanes, 4)
    feedTable(lanes, value)
  }
}

/** The entries of an object by name, but for those that were fed by hand already. */
const feedTable = (lanes: Lanes, table: object, fed?: ReadonlySet<string>): void => {
  const entries = Object.entries(table).filter(([key, value]) => value !== undefined && fed?.has(key) !== true)
  entries.sort(byName)
  feed(lanes, entries.length)
  for (const [key, value] of entries) {
    feedText(lanes, key)
    feedValue(lanes, value)
  }
}

/** What may be left out: a mark where it is. */
const feedOptional = (lanes: Lanes, value: unknown): void => {
  if (value === undefined) feed(lanes, 8)
  else feedValue(lanes, value)
}

/** The mark of what is left out, so many times. */
const feedAbsences = (lanes: Lanes, times: number): void => {
  let { first, second } = lanes
  for (let left = times; left > 0; left -= 1) {
    first = mixedFirst(first, 8)
    second = mixedSecond(second, 8)
  }
  lanes.first = first
  lanes.second = second
}

const isShort = ({ quantity, sku, brand, kind, discount, tax }: PurchaseLine): boolean =>
  quantity === undefined &&
  sku === undefined &&
  brand === undefined &&
  kind === undefined &&
  discount === undefined &&
  tax === undefined

/** By hand, because most of what is fingerprinted are lines. */
const feedPurchaseLine = (lanes: Lanes, line: PurchaseLine): void => {
  const { id, amount, categories } = line
  feedText(lanes, id)
  feedNumber(lanes, amount.minor)
  feedText(lanes, amount.currency)
  feed(lanes, categories === undefined ? -1 : categories.length)
  for (const category of categories ?? []) feedText(lanes, category)
  if (isShort(line)) feedAbsences(lanes, 6)
  else feedOptionalsOf(lanes, line)
}

const feedOptionalsOf = (lanes: Lanes, line: PurchaseLine): void => {
  feedOptional(lanes, line.quantity)
  feedOptional(lanes, line.sku)
  feedOptional(lanes, line.brand)
  feedOptional(lanes, line.kind)
  feedOptional(lanes, line.discount)
  feedOptional(lanes, line.tax)
}

const ofBase: ReadonlySet<string> = new Set(['type', 'id', 'member', 'at'])

const feedActivity = (lanes: Lanes, activity: Activity): void => {
  feedText(lanes, activity.type)
  feedText(lanes, activity.id)
  feedText(lanes, activity.member)
  feedNumber(lanes, activity.at)
  if (activity.type !== 'purchase') {
    feedTable(lanes, activity, ofBase)
    return
  }
  feed(lanes, activity.lines.length)
  for (const line of activity.lines) feedPurchaseLine(lanes, line)
  feedOptional(lanes, activity.occurredAt)
  feedOptional(lanes, activity.attributes)
  feedOptional(lanes, activity.payments)
  feedOptional(lanes, activity.referral)
  feedOptional(lanes, activity.vouchers)
}

/** The finalizer of MurmurHash3: every bit of the input reaches every bit of the result. */
const mixed = (word: number): number => {
  const half = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  const most = Math.imul(half ^ (half >>> 13), 0xc2b2ae35)
  return (most ^ (most >>> 16)) >>> 0
}

/**
 * The fingerprint of an activity: equal for equal content, and different for different content but for a chance of about
 * one in 10^16. It is no protection against somebody who looks for two activities of one fingerprint.
 *
 * @param activity - a decoded activity
 * @returns a non-negative integer below 2^53
 *
 * @example
 * ```ts
 * import { type Activity, activityFingerprint } from 'treue'
 *
 * const activity = { type: 'enrolment', id: 'e1', member: 'anna', at: 0 } as unknown as Activity
 * const reordered = { at: 0, member: 'anna', id: 'e1', type: 'enrolment' } as unknown as Activity
 * activityFingerprint(activity) === activityFingerprint(reordered) // => true
 * ```
 */
export const activityFingerprint = (activity: Activity): number => {
  const lanes: Lanes = { first: 0x243f6a88, second: 0x13198a2e }
  feedActivity(lanes, activity)
  return (mixed(lanes.first ^ lanes.second) & 0x1fffff) * 0x100000000 + mixed(lanes.second)
}
