// Ten million members' tiers at two dates, counted from columns; beside it a map of texts, as apps write it by hand, from
// members' tiers by their names, and a mere sum of the same columns, which only reads them.
import type { TierId } from '../../src/foundation/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { summariseTierMoves, type TierTransitions } from '../../src/tiers/index.ts'
import type { Benchmark, Contender, Prepared } from './measure.ts'

const tiers = ['base', 'silver', 'gold', 'platinum', 'black'] as ReadonlyArray<string> as ReadonlyArray<TierId>

const placeOf = (tier: number): number => Math.min(tiers.length - 1, Math.max(0, tier))

/** Of fifty members three go up, three go down, one comes and one leaves. */
const stepOf = (turn: number): number => {
  if (turn >= 8) return 0
  return turn < 5 ? 1 : -1
}

const columnsOf = (members: number): { readonly before: Int32Array; readonly after: Int32Array } => {
  const before = new Int32Array(members)
  const after = new Int32Array(members)
  let state = 1
  for (let member = 0; member < members; member += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const tier = placeOf(Math.floor(5 - 5 * Math.sqrt(state / 4_294_967_296)))
    const turn = (state >>> 8) % 50
    before[member] = turn === 0 ? -1 : tier
    after[member] = turn === 1 ? -1 : placeOf(tier + stepOf(turn))
  }
  return { before, after }
}

type Columns = ReturnType<typeof columnsOf>

const counted = ({ before, after }: Columns): Contender => {
  const run = (members: number): TierTransitions =>
    unwrap(summariseTierMoves({ before: before.subarray(0, members), after: after.subarray(0, members) }, tiers.length))
  return { name: 'columns', events: before.length, results: run, run }
}

const nameOf = (tier: number): string => tiers[tier] ?? ''

/** From members as apps have them. */
const mapOfTexts = (columns: Columns, members: number): Contender => {
  const rows = Array.from(columns.before.subarray(0, members), (tier, member) => ({
    before: nameOf(tier),
    after: nameOf(columns.after[member] as number),
  }))
  const run = (many: number): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>()
    for (let member = 0; member < many; member += 1) {
      const { before, after } = rows[member] as { readonly before: string; readonly after: string }
      const key = `${before}>${after}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  }
  const results = (many: number): TierTransitions => {
    const counts = run(many)
    const count = (before: string, after: string): number => counts.get(`${before}>${after}`) ?? 0
    return {
      counts: tiers.map((before) => tiers.map((after) => count(before, after))),
      joined: tiers.map((after) => count('', after)),
      left: tiers.map((before) => count(before, '')),
    }
  }
  return { name: `Map of texts of ${members / 1e6}M`, events: members, results, run }
}

/** It gives no counts: there is nothing to compare. */
const reading = ({ before, after }: Columns, ours: Contender): Contender => {
  const run = (members: number): number => {
    let sum = 0
    for (let member = 0; member < members; member += 1) {
      sum = (sum + (before[member] as number) + (after[member] as number)) | 0
    }
    return sum
  }
  return { name: 'reading only', events: before.length, results: ours.results, run }
}

const prepare = async (): Promise<Prepared> => {
  const columns = columnsOf(10_000_000)
  const ours = counted(columns)
  const peers = [
    { ...mapOfTexts(columns, 2_000_000), goal: 'ratio 5' },
    { ...reading(columns, ours), goal: 'ratio near 1' },
  ]
  return { ours, peers }
}

export const benchmarks: ReadonlyArray<Benchmark> = [
  { name: 'tier-transitions-10m', unit: 'time', prepare },
  { name: 'tier-transitions-10m-warm', unit: 'time', warm: true, prepare },
]
