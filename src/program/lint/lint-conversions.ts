/** Points that grow by being converted in a circle. */
import type { Points, WalletId } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Findings, Witness } from './lint-finding.ts'
import { activeOf, anybody, enrols, givenPoints, played } from './lint-history.ts'

/** A rate between two wallets. */
interface Way {
  readonly from: WalletId
  readonly to: WalletId
  readonly over: bigint
  readonly under: bigint
  /** How many units are converted at least, and in multiples of what. */
  readonly least: number
  readonly multiple: number
  readonly index: number
  readonly validFrom: number
}

const waysOf = ({ program, wallets }: CompiledProgram): ReadonlyArray<Way> =>
  (program.conversions ?? []).flatMap(({ from, to, rate, validFrom, multipleOf, minimum = 0 }, index) => {
    const [leaving, entering] = [wallets.get(from as WalletId), wallets.get(to as WalletId)]
    if (leaving === undefined || entering === undefined) return []
    const multiple = multipleOf ?? rate.from
    const ends = { from: leaving.id, to: entering.id, over: BigInt(rate.to), under: BigInt(rate.from) }
    return [{ ...ends, least: minimum, multiple, index, validFrom }]
  })

/** The rates that are valid at a time: of each pair the latest. */
const validWays = (ways: ReadonlyArray<Way>, at: number): ReadonlyArray<Way> => {
  const latest = new Map<string, Way>()
  for (const way of ways) {
    const key = JSON.stringify([way.from, way.to])
    const known = latest.get(key)
    if (way.validFrom <= at && (known === undefined || known.validFrom <= way.validFrom)) latest.set(key, way)
  }
  return [...latest.values()]
}

const isGain = (circle: ReadonlyArray<Way>): boolean => {
  let [over, under] = [1n, 1n]
  for (const way of circle) {
    over *= way.over
    under *= way.under
  }
  return over > under
}

/** The circle in which a way of a longest path lies, going back over the ways by which each wallet was reached. */
const circleFrom = (start: WalletId, into: ReadonlyMap<WalletId, Way>): ReadonlyArray<Way> => {
  const passed: Array<WalletId> = []
  let at = start
  while (!passed.includes(at)) {
    passed.push(at)
    const way = into.get(at)
    if (way === undefined) return []
    at = way.from
  }
  const circle: Array<Way> = []
  const end = at
  do {
    const way = into.get(at)
    if (way === undefined) return []
    circle.unshift(way)
    at = way.from
  } while (at !== end)
  return circle
}

/** Rounding of logarithms: less than that is no gain that is looked at; what is found is checked exactly. */
const SMALLEST = 1e-12

/** How far points come, and by which way each wallet was reached best. */
interface Reached {
  readonly best: Map<WalletId, number>
  readonly into: Map<WalletId, Way>
}

/** Goes every way once; the last wallet that is reached better than before. */
const goOnce = (ways: ReadonlyArray<Way>, { best, into }: Reached): WalletId | undefined => {
  let last: WalletId | undefined
  for (const way of ways) {
    const reached = (best.get(way.from) ?? 0) + Math.log(Number(way.over)) - Math.log(Number(way.under))
    if (reached <= (best.get(way.to) ?? 0) + SMALLEST) continue
    best.set(way.to, reached)
    into.set(way.to, way)
    last = way.to
  }
  return last
}

/** A circle of rates that gains, found by the logarithms of rates and checked exactly (Bellman and Ford). */
const gainingCircle = (ways: ReadonlyArray<Way>): ReadonlyArray<Way> => {
  const reached: Reached = { best: new Map(), into: new Map() }
  const wallets = new Set(ways.flatMap(({ from, to }) => [from, to]))
  let last: WalletId | undefined
  for (let round = 0; round <= wallets.size; round += 1) {
    last = goOnce(ways, reached)
    if (last === undefined) return []
  }
  const circle = last === undefined ? [] : circleFrom(last, reached.into)
  return isGain(circle) ? circle : []
}

/** The circle is gone through once, with as few points as come through without a rest. */
const circleWitness = (compiled: CompiledProgram, circle: ReadonlyArray<Way>, at: number): Witness | undefined => {
  const [first] = circle
  const start = Math.max(at, 1_704_110_400_000) as Activity['at']
  const multiple = circle.reduce((product, way) => product * BigInt(way.multiple), 1n)
  const times = BigInt(Math.max(1, ...circle.map(({ least }) => least)))
  const points = multiple >= times ? multiple : multiple * times
  if (first === undefined || points > 1_000_000_000_000n) return undefined
  const base = { member: anybody, at: start }
  const activities: Array<Activity> = [enrols(start), givenPoints(first.from, Number(points), start)]
  let units = points
  for (const [index, { from, to, over, under }] of circle.entries()) {
    const id = `conversion ${index + 1}` as Activity['id']
    activities.push({ type: 'conversion', id, ...base, from, to, points: Number(units) as Points })
    units = (units * over) / under
  }
  const end = played(compiled, activities)
  return end !== undefined && activeOf(end, first.from) > Number(points)
    ? { type: 'history', activities, until: start }
    : undefined
}

/** So many steps are spent on looking for circles, over all the dates from which rates are valid. */
const MOST_STEPS = 5_000_000

/** Points that grow by being converted from wallet to wallet and back. */
export const lintConversions = (compiled: CompiledProgram): Findings => {
  const ways = waysOf(compiled)
  const dates = [...new Set(ways.map(({ validFrom }) => validFrom))].sort((a, b) => b - a)
  let steps = 0
  for (const at of dates) {
    steps += ways.length * (compiled.wallets.size + 1)
    if (steps > MOST_STEPS) {
      const reason = 'there are too many rates to look for circles at all of their dates'
      const path = ['conversions']
      return [{ code: 'undecided', severity: 'note', path, reason, witness: { type: 'conflict', parts: [path] } }]
    }
    const circle = gainingCircle(validWays(ways, at))
    if (circle.length === 0) continue
    const parts = circle.map(({ index }) => ['conversions', index])
    const witness = circleWitness(compiled, circle, at) ?? { type: 'conflict' as const, parts }
    const path = ['conversions', circle[0]?.index ?? 0]
    const reason = `points grow by being converted in a circle: ${circle.map(({ from }) => from).join(', ')}`
    return [{ code: 'conversionGain', severity: 'error', path, reason, witness }]
  }
  return []
}
