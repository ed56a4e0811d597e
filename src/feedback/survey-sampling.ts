// Who belongs to a sample, by a hash of the id: no random number, and the same answer whenever it is asked.

const mix = (hash: number): number => {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const feedText = (hash: number, text: string): number => {
  let fed = Math.imul(hash ^ text.length, 0x9e3779b1)
  for (let at = 0; at < text.length; at += 1) {
    fed = Math.imul(fed ^ text.charCodeAt(at), 0x01000193)
    fed = (fed << 13) | (fed >>> 19)
  }
  return fed
}

/**
 * Where an id lies between 0 and 1, evenly over many ids: it is in a sample of a share where this is below the share.
 *
 * The place depends on the salt too, so that the samples of two surveys don't ask the same people, and on nothing else: who
 * is in a sample of 10 % stays in when it grows to 20 %. It never changes between versions. Source: the finalizer of
 * A. Appleby's MurmurHash3 over the UTF-16 units.
 *
 * @param id such as that of a member
 * @param salt such as the id of the survey
 * @example
 * ```ts
 * import { samplingPlace } from 'treue'
 *
 * samplingPlace('anna', 'nps-2026').toFixed(4) // => '0.4780'
 * samplingPlace('anna', 'ces') === samplingPlace('anna', 'nps-2026') // => false
 * ```
 */
export const samplingPlace = (id: string, salt: string): number =>
  mix(feedText(feedText(0x811c9dc5, salt), id)) / 4_294_967_296
