// Why a touch is to be made, in words.

import { formatAmount, formatInstant } from '../../foundation/index.ts'
import type { TestExplanation } from '../../rules/index.ts'
import type { NextTouch } from './next-touch.ts'
import type { ValuedTouch } from './touch-value.ts'

const foundText = ({ field, found }: TestExplanation): string =>
  found === undefined
    ? `${field} is not known`
    : `${field} is ${Array.isArray(found) ? found.join(', ') : String(found)}`

const worthText = (touch: NextTouch | ValuedTouch): string =>
  'expectedValue' in touch && touch.expectedValue !== null
    ? `, expected to bring ${formatAmount(touch.expectedValue)} ${touch.expectedValue.currency}`
    : ''

/**
 * Says why a touch is to be made, when, and what it is expected to bring where that is known, in a sentence.
 *
 * @param touch from `nextTouches` or `rankTouchesByValue`
 * @example
 * ```ts
 * import { explainNextTouch, type Instant, type NextTouch } from 'treue'
 *
 * const send = { from: 0 as Instant, until: 3_600_000 as Instant }
 * const touch: NextTouch = {
 *   rule: 'survey', kind: 'service', channel: 'email', send, deadline: send.until, priority: 1, offer: null, because: [],
 * }
 * explainNextTouch(touch) // => 'survey by email from 1970-01-01T00:00:00Z until 1970-01-01T01:00:00Z'
 * ```
 */
export const explainNextTouch = (touch: NextTouch | ValuedTouch): string => {
  const { rule, channel, send, offer, because } = touch
  const what = offer === null ? rule : `${rule} (${offer})`
  const why = because.map(foundText).join('; ')
  const when = `from ${formatInstant(send.from)} until ${formatInstant(send.until)}`
  return `${what} by ${channel} ${when}${worthText(touch)}${why === '' ? '' : `: ${why}`}`
}
