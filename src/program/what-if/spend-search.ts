/** The first of all amounts that is enough, with as few tries as can be proved to be enough. */

/** What is seen of an amount. */
export interface Look {
  readonly isReached: boolean
  /** All that happens in steps: amounts between two with one path have that path. */
  readonly path: string
  /** Whether amounts of one path may nevertheless leave less where more is spent. */
  readonly isUneven: boolean
}

/** An amount; `none` of them is enough; `tooMany` would have to be tried. */
export type FirstAmount = number | 'none' | 'tooMany'

/** Looks at an amount; `null`: no more may be tried. */
export type LookAt = (minor: number) => Look | null

/** Looks at each amount once, and at no more than so many. */
export const countedLooks = (look: (minor: number) => Look, most: number): LookAt => {
  const seen = new Map<number, Look>()
  return (minor) => {
    const before = seen.get(minor)
    if (before !== undefined) return before
    if (seen.size >= most) return null
    const now = look(minor)
    seen.set(minor, now)
    return now
  }
}

/** The smallest amount of a range in which amounts from some one on are enough; the last one is. */
const firstByHalves = (look: LookAt, from: number, until: number): FirstAmount => {
  let [low, high] = [from, until]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const seen = look(middle)
    if (seen === null) return 'tooMany'
    if (seen.isReached) high = middle
    else low = middle + 1
  }
  return low
}

/** The first of all amounts of a range, of which nothing is known. */
const firstOfEach = (look: LookAt, from: number, until: number): FirstAmount => {
  for (let minor = from; minor <= until; minor += 1) {
    const seen = look(minor)
    if (seen === null) return 'tooMany'
    if (seen.isReached) return minor
  }
  return 'none'
}

const firstOfHalves = (look: LookAt, low: number, high: number): FirstAmount => {
  const middle = Math.floor((low + high) / 2)
  const lower = firstByPath(look, low, middle)
  return lower === 'none' ? firstByPath(look, middle + 1, high) : lower
}

const firstOnPath = (look: LookAt, low: number, high: number, last: Look): FirstAmount => {
  if (last.isUneven) return firstOfEach(look, low + 1, high)
  return last.isReached ? firstByHalves(look, low + 1, high) : 'none'
}

/**
 * The first amount of a range that is enough. Where its ends have one path, more is never less between them; else it is
 * halved, so that the places at which the path changes are found.
 */
export const firstByPath = (look: LookAt, low: number, high: number): FirstAmount => {
  const first = look(low)
  if (first === null) return 'tooMany'
  if (first.isReached) return low
  if (low === high) return 'none'
  const last = look(high)
  if (last === null) return 'tooMany'
  return first.path === last.path ? firstOnPath(look, low, high, last) : firstOfHalves(look, low, high)
}

/** The same where more is never less in the whole range. */
export const firstInOrder = (look: LookAt, low: number, high: number): FirstAmount => {
  const last = look(high)
  if (last === null) return 'tooMany'
  return last.isReached ? firstByHalves(look, low, high) : 'none'
}

/** The first of some amounts that is enough, range by range. */
export const firstInRanges = (
  starts: ReadonlyArray<number>,
  largest: number,
  from: number,
  firstIn: (low: number, high: number) => FirstAmount,
): FirstAmount => {
  for (const [index, start] of starts.entries()) {
    const low = Math.max(start, from)
    const high = Math.min(largest, (starts[index + 1] ?? largest + 1) - 1)
    if (low > high) continue
    const first = firstIn(low, high)
    if (first !== 'none') return first
  }
  return 'none'
}
