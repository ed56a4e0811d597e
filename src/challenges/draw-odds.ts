/** The odds of a draw: how likely a member is to win something, exactly where that can be counted, or between bounds. */
import * as E from 'fp-ts/Either'
import { type InvalidValue, invalidValue, type MemberId, type OutOfRange, outOfRange } from '../foundation/index.ts'
import type { DrawTickets } from './draw-entry.ts'

/** How likely something is, and how that is known. */
export interface DrawOdds {
  /** `exact`: both bounds are the probability, but for rounding. `bounds`: it is not below the one nor above the other. */
  readonly method: 'exact' | 'bounds'
  readonly low: number
  readonly high: number
}

/** The other members by weight, and how many there are of each. */
interface WeightClass {
  readonly weight: number
  readonly members: number
}

const classesOf = (weights: ReadonlyArray<number>): ReadonlyArray<WeightClass> => {
  const counts = new Map<number, number>()
  for (const weight of weights) counts.set(weight, (counts.get(weight) ?? 0) + 1)
  return [...counts].map(([weight, members]) => ({ weight, members }))
}

/** How many states are counted through at most. */
const mostStates = 20_000

/** How many ways there are to have drawn fewer than so many of some classes; no more than can be counted through. */
const statesOf = (classes: ReadonlyArray<WeightClass>, drawn: number): number => {
  let states = 1
  for (const { members } of classes) states = Math.min(states * (Math.min(members, drawn - 1) + 1), mostStates * 2)
  return states
}

/** Being somewhere in a draw: how many of each class are out, what they weighed, and how likely that is. */
interface DrawnState {
  readonly out: ReadonlyArray<number>
  readonly left: number
  readonly probability: number
}

/** The states after one more draw that does not take the member; equal ones are one. */
const afterDraw = (
  states: ReadonlyArray<DrawnState>,
  classes: ReadonlyArray<WeightClass>,
): ReadonlyArray<DrawnState> => {
  const next = new Map<string, DrawnState>()
  for (const { out, left, probability } of states) {
    classes.forEach(({ weight, members }, index) => {
      const remaining = members - (out[index] ?? 0)
      if (remaining === 0) return
      const drawn = out.map((count, place) => (place === index ? count + 1 : count))
      const key = drawn.join()
      const known = next.get(key)?.probability ?? 0
      const more = (probability * remaining * weight) / left
      next.set(key, { out: drawn, left: left - weight, probability: known + more })
    })
  }
  return [...next.values()]
}

/** By counting through how many of each class can have been drawn before the member. */
const exactOdds = (own: number, total: number, classes: ReadonlyArray<WeightClass>, winners: number): number => {
  let states: ReadonlyArray<DrawnState> = [{ out: classes.map(() => 0), left: total, probability: 1 }]
  let odds = 0
  for (let draw = 0; draw < winners; draw += 1) {
    for (const { left, probability } of states) odds += (probability * own) / left
    if (draw + 1 < winners) states = afterDraw(states, classes)
  }
  return Math.min(1, odds)
}

/** Not to be drawn where a share of what is left is the member's, draw by draw. */
const oddsOf = (shares: ReadonlyArray<number>): number => {
  let logMiss = 0
  for (const share of shares) logMiss += Math.log1p(-Math.min(1, share))
  return Math.min(1, -Math.expm1(logMiss))
}

/** The least that can be gone before a draw are the lightest others, the most are the heaviest. */
const boundedOdds = (own: number, total: number, others: ReadonlyArray<number>, winners: number): DrawOdds => {
  const rising = [...others].sort((a, b) => a - b)
  const [low, high]: readonly [Array<number>, Array<number>] = [[], []]
  let [light, heavy] = [0, 0]
  for (let draw = 0; draw < winners; draw += 1) {
    low.push(own / (total - light))
    high.push(own / (total - heavy))
    light += rising[draw] ?? 0
    heavy += rising[rising.length - 1 - draw] ?? 0
  }
  return { method: 'bounds', low: oddsOf(low), high: oddsOf(high) }
}

const certain: DrawOdds = { method: 'exact', low: 1, high: 1 }

const weightedOdds = (own: number, others: ReadonlyArray<number>, winners: number): DrawOdds => {
  const total = others.reduce((sum, weight) => sum + weight, own)
  const classes = classesOf(others)
  if (statesOf(classes, winners) > mostStates) return boundedOdds(own, total, others, winners)
  const odds = exactOdds(own, total, classes, winners)
  return { method: 'exact', low: odds, high: odds }
}

/**
 * How likely a member is to be among the first so many that are drawn without replacement, with tickets as weights.
 * Where all have the same number it is winners over members; where few numbers occur it is counted through; else it lies
 * between two bounds, by which of the others can have been drawn before.
 *
 * `InvalidValue`: the member has no ticket. `OutOfRange`: the number of winners is no integer from 1 on.
 *
 * @param tickets - the tickets that count
 * @param member - the member
 * @param winners - how many are drawn
 *
 * @example
 * ```ts
 * import { type DrawTickets, type MemberId, memberOdds, unwrap } from 'treue'
 *
 * const members = [{ member: 'anna', tickets: 1 }, { member: 'ben', tickets: 1 }, { member: 'cora', tickets: 2 }]
 * const odds = unwrap(memberOdds({ members } as unknown as DrawTickets, 'cora' as MemberId, 2))
 * odds.method // => 'exact'
 * odds.low.toFixed(6) // => '0.833333'
 * ```
 */
export const memberOdds = (
  { members }: DrawTickets,
  member: MemberId,
  winners: number,
): E.Either<InvalidValue | OutOfRange, DrawOdds> => {
  const place = members.findIndex((one) => one.member === member)
  const own = members[place]?.tickets
  if (own === undefined) return E.left(invalidValue(['member'], member, 'a member with a ticket'))
  if (!(Number.isSafeInteger(winners) && winners >= 1)) {
    return E.left(outOfRange(['winners'], winners, 'an integer from 1 on'))
  }
  if (winners >= members.length) return E.right(certain)
  if (members.every(({ tickets }) => tickets === own)) {
    const odds = winners / members.length
    return E.right({ method: 'exact', low: odds, high: odds })
  }
  const others = members.filter((_, index) => index !== place).map(({ tickets }) => tickets)
  return E.right(weightedOdds(own, others, winners))
}

/** Tickets of which some are drawn. */
export interface TicketOdds {
  /** How many tickets there are. */
  readonly tickets: number
  /** How many of them are the member's. */
  readonly own: number
  /** How many are drawn, each at most once. */
  readonly drawn: number
}

/**
 * How likely it is that at least one of the member's tickets is drawn, where tickets are drawn without replacement and
 * nobody is left out for having won: the hypergeometric distribution.
 *
 * `OutOfRange`: a number is no integer from 0 on, more are the member's or drawn than there are, or there are none or more
 * than 10,000,000.
 *
 * @param odds - how many tickets there are, are the member's, and are drawn
 *
 * @example
 * ```ts
 * import { ticketOdds, unwrap } from 'treue'
 *
 * unwrap(ticketOdds({ tickets: 49, own: 6, drawn: 6 })).toFixed(6) // => '0.564035'
 * ```
 */
export const ticketOdds = ({ tickets, own, drawn }: TicketOdds): E.Either<ReadonlyArray<OutOfRange>, number> => {
  const faults = (
    [
      ['tickets', tickets, 1, 10_000_000],
      ['own', own, 0, tickets],
      ['drawn', drawn, 0, tickets],
    ] as const
  ).flatMap(([key, value, least, most]) =>
    Number.isSafeInteger(value) && value >= least && value <= most
      ? []
      : [outOfRange([key], value, `an integer from ${least} to ${most}`)],
  )
  if (faults.length > 0) return E.left(faults)
  if (own + drawn > tickets) return E.right(1)
  const [fewer, more] = own < drawn ? [own, drawn] : [drawn, own]
  let logMiss = 0
  for (let i = 0; i < fewer; i += 1) logMiss += Math.log1p(-more / (tickets - i))
  return E.right(fewer === 0 ? 0 : -Math.expm1(logMiss))
}
