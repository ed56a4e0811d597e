/**
 * The activities that a member's state has taken in, for idempotency. Sorted runs whose lengths are falling powers of two,
 * as in a binary counter: adding copies O(log n) entries on average, finding one compares O(log² n) ids, all in plain JSON.
 */
import { ActivityId, arrayCodec, type Codec, naturalCodec, structCodec } from '../../foundation/index.ts'

/** An activity that was taken in. */
export interface SeenActivity {
  readonly id: ActivityId
  /** Its fingerprint: what it contained. */
  readonly content: number
}

/** All activities that were taken in. */
export type SeenActivities = ReadonlyArray<ReadonlyArray<SeenActivity>>

/** Reads {@link SeenActivities}. */
export const SeenActivities: Codec<SeenActivities, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('SeenActivity', {
      id: ActivityId,
      content: naturalCodec,
    }),
  ),
)

const contentIn = (run: ReadonlyArray<SeenActivity>, id: ActivityId): number | undefined => {
  let low = 0
  let high = run.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const there = run[middle]
    if (there === undefined) return undefined
    if (there.id === id) return there.content
    if (there.id < id) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

/**
 * The fingerprint under which an activity was taken in, or `undefined`.
 *
 * @param seen - what was taken in
 * @param id - the activity
 *
 * @example
 * ```ts
 * import { type ActivityId, seenContent, withSeen } from 'treue'
 *
 * const id = 'order-1' as ActivityId
 * seenContent(withSeen([], { id, content: 7 }), id) // => 7
 * ```
 */
export const seenContent = (seen: SeenActivities, id: ActivityId): number | undefined => {
  for (let index = 0; index < seen.length; index += 1) {
    const content = contentIn(seen[index] ?? [], id)
    if (content !== undefined) return content
  }
  return undefined
}

const merged = (a: ReadonlyArray<SeenActivity>, b: ReadonlyArray<SeenActivity>): ReadonlyArray<SeenActivity> => {
  const result: Array<SeenActivity> = []
  let i = 0
  let j = 0
  for (let next = a[0], other = b[0]; next !== undefined || other !== undefined; ) {
    if (next !== undefined && (other === undefined || next.id < other.id)) {
      result.push(next)
      i += 1
      next = a[i]
    } else if (other !== undefined) {
      result.push(other)
      j += 1
      other = b[j]
    }
  }
  return result
}

/**
 * What was taken in, with one activity more.
 *
 * @param seen - what was taken in before, without it
 * @param activity - the new one
 *
 * @example
 * ```ts
 * import { type ActivityId, type SeenActivities, withSeen } from 'treue'
 *
 * const add = (seen: SeenActivities, id: string) => withSeen(seen, { id: id as ActivityId, content: 0 })
 * const all = ['c', 'a', 'b'].reduce(add, [])
 * all.map((run) => run.map(({ id }) => id).join('')) // => ['ac', 'b']
 * ```
 */
export const withSeen = (seen: SeenActivities, activity: SeenActivity): SeenActivities => {
  let run: ReadonlyArray<SeenActivity> = [activity]
  let kept = seen.length
  for (let last = seen[kept - 1]; last !== undefined && last.length === run.length; last = seen[kept - 1]) {
    run = merged(last, run)
    kept -= 1
  }
  return [...seen.slice(0, kept), run]
}

/** What two states have taken in; of an activity that both know in different forms, as the second does. */
export const allSeen = (first: SeenActivities, second: SeenActivities): SeenActivities => {
  const known = new Map([...first, ...second].flat().map((one) => [one.id, one]))
  return [...known.values()].reduce(withSeen, [])
}
