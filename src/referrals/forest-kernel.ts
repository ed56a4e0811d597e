// Walks over a column of referrers, which fills arrays that it makes itself. A member is at depth 1 without a referrer,
// and one deeper than the referrer otherwise; 0 is not known yet, −1 is on the way that is being walked.

const onTheWay = -1

/** Depths, and the circles that are in the way: each counts as if it began at depth 1. */
export interface Depths {
  readonly depth: Int32Array
  readonly cycles: ReadonlyArray<ReadonlyArray<number>>
}

/** The members of a circle, each brought by the next, from the smallest on. */
const circleFrom = (referrer: Int32Array, entry: number): ReadonlyArray<number> => {
  const circle: Array<number> = []
  let smallest = 0
  let at = entry
  do {
    if (at < (circle[smallest] ?? at)) smallest = circle.length
    circle.push(at)
    at = referrer[at] as number
  } while (at !== entry)
  return [...circle.slice(smallest), ...circle.slice(0, smallest)]
}

/** Goes up from a member until a depth is known, and again to fill those in between. Returns where it met itself. */
const walkUp = (referrer: Int32Array, tally: Int32Array, member: number): number => {
  let steps = 0
  let at = member
  while (at >= 0 && tally[at] === 0) {
    tally[at] = onTheWay
    at = referrer[at] as number
    steps += 1
  }
  if (at >= 0 && tally[at] === onTheWay) return at
  let below = (at < 0 ? 0 : (tally[at] as number)) + steps
  for (at = member; steps > 0; steps -= 1) {
    tally[at] = below
    at = referrer[at] as number
    below -= 1
  }
  return -1
}

/** After a walk that met itself: the circle is at depth 1, those on the way to it are unknown again. */
const settleCircle = (
  referrer: Int32Array,
  tally: Int32Array,
  member: number,
  entry: number,
): ReadonlyArray<number> => {
  const circle = circleFrom(referrer, entry)
  for (const at of circle) tally[at] = 1
  for (let at = member; tally[at] === onTheWay; at = referrer[at] as number) tally[at] = 0
  return circle
}

/** Finds the depth of a member and of all above; returns the circle that it comes to, if there is a new one. */
const resolve = (referrer: Int32Array, tally: Int32Array, member: number): ReadonlyArray<number> | undefined => {
  const entry = walkUp(referrer, tally, member)
  if (entry < 0) return undefined
  const circle = settleCircle(referrer, tally, member, entry)
  if (tally[member] === 0) walkUp(referrer, tally, member)
  return circle
}

/** The depth above a member: 0 where nobody is, and −1 where it is not known yet. */
const depthAbove = (referrer: Int32Array, depth: Int32Array, member: number): number => {
  const from = referrer[member] as number
  return from < 0 ? 0 : (depth[from] as number) || onTheWay
}

/** The depth of every member in one pass: where the referrer comes first in the column, at once. */
export const depthsOf = (referrer: Int32Array): Depths => {
  const depth = new Int32Array(referrer.length)
  const cycles: Array<ReadonlyArray<number>> = []
  for (let member = 0; member < referrer.length; member += 1) {
    if (depth[member] !== 0) continue
    const above = depthAbove(referrer, depth, member)
    depth[member] = above + 1
    const circle = above < 0 ? resolve(referrer, depth, member) : undefined
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
