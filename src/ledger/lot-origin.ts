/** Which lot a lot came from: one that comes back, or from elsewhere, names the lot that it was in its id. */
import type { LotId } from '../foundation/index.ts'

/** The part of an id after the activity by which the lot came, or `undefined` where it was granted here. */
const earlierId = (id: string): string | undefined => {
  const slash = id.indexOf('/')
  if (slash <= 0) return undefined
  const length = Number(id.slice(0, slash))
  const end = slash + 1 + length
  return Number.isSafeInteger(length) && id[end] === '/' ? id.slice(end + 1) : undefined
}

/**
 * Whether a lot is another, or what came back of it under another date and so under an id of its own (S28, S29).
 *
 * @param id - a lot of a wallet
 * @param lot - the lot that was granted
 *
 * @example
 * ```ts
 * import { isOfLot, type LotId } from 'treue'
 *
 * isOfLot('8/cancel-1/order-1/points' as LotId, 'order-1/points' as LotId) // => true
 * isOfLot('order-1/points' as LotId, 'points' as LotId) // => false
 * ```
 */
export const isOfLot = (id: LotId, lot: LotId): boolean => {
  if (id === lot) return true
  if (id.length <= lot.length || !id.endsWith(`/${lot}`)) return false
  for (let earlier = earlierId(id); earlier !== undefined; earlier = earlierId(earlier)) {
    if (earlier === lot) return true
  }
  return false
}

/**
 * Which of some lots a lot is, or came back of; `undefined` where it is none of theirs.
 *
 * @param id - a lot of a wallet
 * @param known - the lots that were granted
 *
 * @example
 * ```ts
 * import { type LotId, originAmong } from 'treue'
 *
 * const known = new Set(['order-1/points' as LotId])
 * originAmong('8/cancel-1/order-1/points' as LotId, known) // => 'order-1/points'
 * originAmong('order-2/points' as LotId, known) // => undefined
 * ```
 */
export const originAmong = (id: LotId, known: ReadonlySet<LotId>): LotId | undefined => {
  for (let earlier: string | undefined = id; earlier !== undefined; earlier = earlierId(earlier)) {
    if (known.has(earlier as LotId)) return earlier as LotId
  }
  return undefined
}
