/* eslint-disable functional/prefer-immutable-types, no-param-reassign -- a hash is fed word by word, without a copy for each */
/**
 * A number that stands for the content of an activity, to tell a repetition from a conflict. This file mutates the two
 * 32-bit lanes that it made itself.
 */
import type { PurchaseLine } from '../earning/index.ts'
import type { Activity, Recommendation, ReturnLine } from './activity.ts'

interface Lanes {
  first: number
  second: number
}

const feed = (lanes: Lanes, word: number): void => {
  lanes.first = Math.imul(lanes.first ^ word, 0x9e3779b1)
  lanes.first ^= lanes.first >>> 15
  lanes.second = Math.imul(lanes.second ^ word, 0x85ebca6b)
  lanes.second ^= lanes.second >>> 13
}

/** A text after its length, so that texts cannot flow into each other. */
const feedText = (lanes: Lanes, text: string): void => {
  feed(lanes, text.length)
  for (let index = 0; index < text.length; index += 1) feed(lanes, text.charCodeAt(index))
}

const feedNumber = (lanes: Lanes, value: number): void => {
  if (Number.isSafeInteger(value)) {
    feed(lanes, value | 0)
    feed(lanes, Math.floor(value / 0x100000000))
  } else {
    feedText(lanes, String(value))
  }
}

const feedPurchaseLine = (lanes: Lanes, { id, amount, categories }: PurchaseLine): void => {
  feedText(lanes, id)
  feedNumber(lanes, amount.minor)
  feedText(lanes, amount.currency)
  feed(lanes, categories === undefined ? -1 : categories.length)
  for (const category of categories ?? []) feedText(lanes, category)
}

const feedReturnLine = (lanes: Lanes, { line, amount }: ReturnLine): void => {
  feedText(lanes, line)
  feed(lanes, amount === undefined ? -1 : 1)
  if (amount === undefined) return
  feedNumber(lanes, amount.minor)
  feedText(lanes, amount.currency)
}

const feedRecommendation = (lanes: Lanes, referrer: Recommendation | undefined): void => {
  feed(lanes, referrer === undefined ? -1 : 1)
  if (referrer === undefined) return
  feedText(lanes, referrer.member)
  feedNumber(lanes, referrer.enrolledAt)
}

const feedActivity = (lanes: Lanes, activity: Activity): void => {
  switch (activity.type) {
    case 'enrolment':
      feedRecommendation(lanes, activity.referrer)
      return
    case 'purchase':
      feed(lanes, activity.lines.length)
      for (const line of activity.lines) feedPurchaseLine(lanes, line)
      return
    case 'return':
      feedText(lanes, activity.purchase)
      feed(lanes, activity.lines.length)
      for (const line of activity.lines) feedReturnLine(lanes, line)
      return
    case 'redemption':
      feedText(lanes, activity.wallet)
      feedNumber(lanes, activity.points)
      return
    case 'referralConverted':
      feedText(lanes, activity.referee)
      feedText(lanes, activity.wallet)
      feedNumber(lanes, activity.points)
      feedNumber(lanes, activity.releasedAt)
      return
    case 'referralUndone':
      feedText(lanes, activity.conversion)
  }
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
  feedText(lanes, activity.type)
  feedText(lanes, activity.id)
  feedText(lanes, activity.member)
  feedNumber(lanes, activity.at)
  feedActivity(lanes, activity)
  return (mixed(lanes.first ^ lanes.second) & 0x1fffff) * 0x100000000 + mixed(lanes.second)
}
