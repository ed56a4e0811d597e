// A million referrals: is there a circle, and what is each member credited with over three levels. Beside it the map of
// referrers that apps keep, walked up from every member.
import { unwrap } from '../../src/foundation/index.ts'
import { attributeLevels, type ReferralForest, referralForest } from '../../src/referrals/index.ts'
import type { Benchmark, Contender } from './measure.ts'

const members = 1_000_000
const weights = [1, 0.5, 0.25]

/** Minimal standard generator, so that every run has the same members. */
const sequence = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** One of ten came alone; the others were brought by anybody who was there, and then all are shuffled. */
const column = (shuffled: boolean): Int32Array => {
  const next = sequence(7)
  const place = Int32Array.from({ length: members }, (_, index) => index)
  for (let index = members - 1; shuffled && index > 0; index -= 1) {
    const other = Math.floor(next() * (index + 1))
    const kept = place[index] as number
    place[index] = place[other] as number
    place[other] = kept
  }
  const referrer = new Int32Array(members).fill(-1)
  for (let index = 1; index < members; index += 1) {
    if (next() < 0.1) continue
    referrer[place[index] as number] = place[Math.floor(next() * index)] as number
  }
  return referrer
}

const mapOf = (referrer: Int32Array): ReadonlyMap<number, number> => {
  const map = new Map<number, number>()
  for (const [member, from] of referrer.entries()) if (from >= 0) map.set(member, from)
  return map
}

const shuffled = column(true)
const timely = column(false)
const values = Float64Array.from({ length: members }, (_, index) => (index * 7919) % 10_007)

/** Walks up from everybody to see whether anybody is met again; who is known to be fine is not walked past. */
const scanMap = (referrers: ReadonlyMap<number, number>): number => {
  const fine = new Set<number>()
  let deepest = 0
  for (let member = 0; member < members; member += 1) {
    const way = new Set<number>()
    let at: number | undefined = member
    while (at !== undefined && !fine.has(at)) {
      if (way.has(at)) return -1
      way.add(at)
      at = referrers.get(at)
    }
    for (const one of way) fine.add(one)
    deepest = Math.max(deepest, way.size)
  }
  return deepest > 0 ? 1 : 0
}

const creditMap = (referrers: ReadonlyMap<number, number>): Float64Array => {
  const credit = new Map<number, number>()
  for (let member = 0; member < members; member += 1) {
    let at = referrers.get(member)
    for (let level = 0; level < weights.length && at !== undefined; level += 1) {
      credit.set(at, (credit.get(at) ?? 0) + (weights[level] as number) * (values[member] as number))
      at = referrers.get(at)
    }
  }
  return Float64Array.from(values, (_, member) => credit.get(member) ?? 0)
}

const contender = (name: string, results: () => unknown): Contender => ({
  name,
  events: members,
  results,
  run: results,
})

const scan = (name: string, referrer: Int32Array): Benchmark => ({
  name,
  unit: 'time',
  prepare: async () => {
    const map = mapOf(referrer)
    return {
      ours: contender('treue', () => (referralForest(referrer)._tag === 'Right' ? 1 : -1)),
      peers: [{ ...contender('map of referrers', () => scanMap(map)), goal: 'ours 60 ms' }],
    }
  },
})

const credit: Benchmark = {
  name: 'referrals-levels',
  unit: 'time',
  prepare: async () => {
    const forest: ReferralForest = unwrap(referralForest(shuffled))
    const map = mapOf(shuffled)
    // In quarters all sums are exact, so both add up to the same in any order.
    return {
      ours: contender('treue', () => unwrap(attributeLevels(forest, values, weights))),
      peers: [{ ...contender('map of referrers', () => creditMap(map)), goal: 'ours 250 ms' }],
    }
  },
}

export const benchmarks: ReadonlyArray<Benchmark> = [
  scan('referrals-cycles', shuffled),
  scan('referrals-cycles-in-time-order', timely),
  credit,
]
