/** The lots of a wallet as a list in the order in which they die: putting in, taking out, changing, by copying. */
import type { Instant, LotId, Points } from '../foundation/index.ts'
import type { LotDraw } from './entry.ts'
import { compareBurnOrder, type Lot, lotOf } from './lot.ts'

/** Lots of one wallet, in the order in which they die. */
export type Lots = ReadonlyArray<Lot>

/** Points and some more, or less. */
export const plus = (a: Points, b: number): Points => (a + b) as Points

/** The place of a lot in the order, by binary search. */
const placeOf = (lots: Lots, lot: Lot): number => {
  let low = 0
  let high = lots.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const there = lots[middle]
    if (there !== undefined && compareBurnOrder(there, lot) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Copies of whole arrays: where they are long, engines make them several times faster than a spread. */
const joined = (before: Lots, between: Lots, after: Lots): Lots => before.concat(between, after)

/** Up to so many a spread is quicker. */
const SHORT = 64

const appended = (lots: Lots, lot: Lot): Lots => (lots.length <= SHORT ? [...lots, lot] : lots.concat([lot]))

/** The lots with another in a place. */
const replaced = (lots: Lots, place: number, lot: Lot): Lots => {
  const copy = lots.slice()
  copy[place] = lot
  return copy
}

/** The lots with one more; points of a lot that is there already go into it. */
const withLot = (lots: Lots, lot: Lot): Lots => {
  const place = placeOf(lots, lot)
  const there = lots[place]
  if (there === undefined || there.id !== lot.id || compareBurnOrder(there, lot) !== 0) {
    return place === lots.length ? appended(lots, lot) : joined(lots.slice(0, place), [lot], lots.slice(place))
  }
  return replaced(lots, place, lotOf(there, plus(there.points, lot.points)))
}

/** Lots in order, where those that are the same stand beside each other, with their points together. */
const united = (lots: Lots): Lots => {
  const all: Array<Lot> = []
  for (const lot of lots) {
    const last = all[all.length - 1]
    if (last === undefined || compareBurnOrder(last, lot) !== 0) all.push(lot)
    else all[all.length - 1] = lotOf(last, plus(last.points, lot.points))
  }
  return all
}

/** So many are put in one by one: each is a copy of the list, which for few is faster than sorting it. */
const FEW = 4

/** The lots with more of them. */
export const withLots = (lots: Lots, more: Lots): Lots =>
  more.length <= FEW ? more.reduce(withLot, lots) : united(joined(lots, more, []).slice().sort(compareBurnOrder))

/** The place of the first lot that does not die before a date. */
const placeOfDate = (lots: Lots, expiresAt: Instant | null): number => {
  let low = 0
  let high = lots.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const dies = lots[middle]?.expiresAt ?? null
    if (dies !== null && (expiresAt === null || dies < expiresAt)) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The place of a lot by its id: among those that die at a date, where it mostly is; else from the end, since what changes
 * by itself is mostly among the last to die.
 */
const placeById = (lots: Lots, id: LotId, date: Instant | null): number => {
  for (let place = placeOfDate(lots, date); place < lots.length; place += 1) {
    const lot = lots[place]
    if (lot?.id === id) return place
    if (lot?.expiresAt !== date) break
  }
  for (let place = lots.length - 1; place >= 0; place -= 1) if (lots[place]?.id === id) return place
  return -1
}

/** The lots without one of them, sought from the front, where those are that die; `undefined` where it is not there. */
export const takeLot = (lots: Lots, id: LotId): { readonly lot: Lot; readonly rest: Lots } | undefined => {
  const place = lots.findIndex((lot) => lot.id === id)
  const lot = lots[place]
  return lot === undefined ? undefined : { lot, rest: joined(lots.slice(0, place), [], lots.slice(place + 1)) }
}

/**
 * The lots with one changed in its place, or moved where it dies at another time; as they were where it is not there.
 * It is found sooner where it dies at `date`.
 */
export const changeLot = (lots: Lots, id: LotId, date: Instant | null, change: (lot: Lot) => Lot): Lots => {
  const place = placeById(lots, id, date)
  const lot = lots[place]
  if (lot === undefined) return lots
  const changed = change(lot)
  return changed.expiresAt === lot.expiresAt
    ? replaced(lots, place, changed)
    : withLot(joined(lots.slice(0, place), [], lots.slice(place + 1)), changed)
}

/** What draws leave, and what they take: the pieces, in the order of the lots. */
export interface Drawn {
  readonly left: Lots
  readonly pieces: Lots
}

/** Takes draws from lots; a lot with nothing left is closed. Lots after the last one that is drawn are not looked at. */
export const drawLots = (lots: Lots, draws: ReadonlyArray<LotDraw>): Drawn => {
  if (draws.length === 0) return { left: lots, pieces: [] }
  const wanted = new Map(draws.map(({ lot, points }) => [lot, points]))
  const left: Array<Lot> = []
  const pieces: Array<Lot> = []
  let place = 0
  for (; place < lots.length && pieces.length < wanted.size; place += 1) {
    const lot = lots[place]
    if (lot === undefined) break
    const points = wanted.get(lot.id)
    if (points === undefined) {
      left.push(lot)
      continue
    }
    pieces.push(lotOf(lot, points))
    if (lot.points > points) left.push(lotOf(lot, plus(lot.points, -points)))
  }
  return { left: joined(left, lots.slice(place), []), pieces }
}

/**
 * How many points some lots hold.
 *
 * @param lots - the lots, of one wallet
 *
 * @example
 * ```ts
 * import { type Lot, pointsOf } from 'treue'
 *
 * pointsOf([{ id: 'a', points: 30 }, { id: 'b', points: 50 }] as unknown as Lot[]) // => 80
 * ```
 */
export const pointsOf = (lots: Lots): Points => lots.reduce((sum, { points }) => plus(sum, points), 0 as Points)

/** How many points of lots are active. */
export const activePointsOf = (lots: Lots): number =>
  lots.reduce((sum, { active, points }) => (active ? sum + points : sum), 0)
