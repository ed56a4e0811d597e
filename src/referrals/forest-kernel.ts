// Walks over a column of referrers, which fills arrays that it makes itself. A member is at depth 1 without a referrer,
// and one deeper than the referrer otherwise.

/** Depths, and the circles that are in the way: each counts as if it began at depth 1. */
export interface Depths {
  readonly depth: Int32Array
  readonly cycles: ReadonlyArray<ReadonlyArray<number>>
}

// Until a depth is known, its place holds the referrer, so that a step up looks at one place only: −2 less the index, −1
// for nobody. On the way that is being walked it holds 0.
const onTheWay = 0
const coded = (referrer: number): number => -2 - referrer

/** Members from a place of a way on, from the smallest one. */
const circleOf = (way: Int32Array, from: number, until: number): ReadonlyArray<number> => {
  const circle = Array.from(way.subarray(from, until))
  const smallest = circle.reduce((place, member, index) => (member < (circle[place] as number) ? index : place), 0)
  return [...circle.slice(smallest), ...circle.slice(0, smallest)]
}

/** Everybody from a place of the way down to its beginning is one deeper than the one before. */
const goDown = (tally: Int32Array, way: Int32Array, from: number, depth: number): void => {
  let below = depth
  for (let step = from; step >= 0; step -= 1) {
    below += 1
    tally[way[step] as number] = below
  }
}

/** A way that has met itself: its end is a circle, at depth 1; what leads to it hangs below. */
const settleCircle = (tally: Int32Array, way: Int32Array, steps: number, entry: number): ReadonlyArray<number> => {
  const from = way.lastIndexOf(entry, steps - 1)
  for (let step = from; step < steps; step += 1) tally[way[step] as number] = 1
  goDown(tally, way, from - 1, 1)
  return circleOf(way, from, steps)
}

/** Goes up from a member until a depth is known, and down again. Returns the circle that it comes to, if it is a new one. */
const resolve = (tally: Int32Array, draft: Int32Array, member: number): ReadonlyArray<number> | undefined => {
  let steps = 0
  let at = member
  let found = tally[member] as number
  while (found < onTheWay) {
    draft[steps] = at
    tally[at] = onTheWay
    steps += 1
    at = coded(found)
    if (at < 0) break
    found = tally[at] as number
  }
  if (at >= 0 && found === onTheWay) return settleCircle(tally, draft, steps, at)
  goDown(tally, draft, steps - 1, at < 0 ? 0 : found)
  return undefined
}

/** The depth of every member: each is walked past once. */
export const depthsOf = (referrer: Int32Array): Depths => {
  const depth = new Int32Array(referrer.length)
  const way = new Int32Array(referrer.length)
  const cycles: Array<ReadonlyArray<number>> = []
  for (let member = 0; member < depth.length; member += 1) depth[member] = coded(referrer[member] as number)
  for (let member = 0; member < depth.length; member += 1) {
    if ((depth[member] as number) > 0) continue
    const circle = resolve(depth, way, member)
    if (circle !== undefined) cycles.push(circle)
  }
  return { depth, cycles }
}

/** Members by depth, the highest first: who brought somebody comes before them. */
export const orderByDepth = (depth: Int32Array, deepest: number): Int32Array => {
  const starts = new Int32Array(deepest + 2)
  for (let member = 0; member < depth.length; member += 1) {
    const below = (depth[member] as number) + 1
    starts[below] = (starts[below] as number) + 1
  }
  for (let level = 1; level < starts.length; level += 1) {
    starts[level] = (starts[level] as number) + (starts[level - 1] as number)
  }
  const order = new Int32Array(depth.length)
  for (let member = 0; member < depth.length; member += 1) {
    const level = depth[member] as number
    const place = starts[level] as number
    order[place] = member
    starts[level] = place + 1
  }
  return order
}

/** Of each member the sum of a value over those whom they brought. */
export const sumOfReferees = (referrer: Int32Array, values: Float64Array): Float64Array => {
  const sums = new Float64Array(referrer.length)
  for (let member = 0; member < referrer.length; member += 1) {
    const from = referrer[member] as number
    if (from >= 0) sums[from] = (sums[from] as number) + (values[member] as number)
  }
  return sums
}

/** Of each member the sum of a value over all below, each level with a share of the one above it. */
export const sumBelow = (
  referrer: Int32Array,
  order: Int32Array,
  values: Float64Array,
  decay: number,
): Float64Array => {
  const sums = new Float64Array(referrer.length)
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const member = order[place] as number
    const from = referrer[member] as number
    if (from < 0) continue
    sums[from] = (sums[from] as number) + decay * (sums[member] as number) + (values[member] as number)
  }
  return sums
}
