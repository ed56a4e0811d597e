/** A test of fairness: whether the order of draws over many seeds has the odds that the tickets promise. */
import * as E from 'fp-ts/Either'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type MemberId,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import { chiSquareUpperTail } from '../statistics/index.ts'
import type { DrawTickets } from './draw-entry.ts'
import { drawOrder } from './prize-draw.ts'

/** What to try. */
export interface FairnessTrial {
  /** Texts from which the orders are drawn, each once. */
  readonly seeds: ReadonlyArray<string>
  /** How many are drawn with each seed; more than 1 only where all have the same number of tickets. */
  readonly winners: number
}

/** How often a member won, and how often that was to be expected. */
export interface FairnessCount {
  readonly member: MemberId
  readonly won: number
  readonly expected: number
}

/** The result of a chi-square test of fairness. */
export interface DrawFairness {
  readonly statistic: number
  readonly degrees: number
  /** How likely a fair draw is to be at least as far off. */
  readonly pValue: number
  readonly counts: ReadonlyArray<FairnessCount>
}

/** Why fairness cannot be tested. */
export type FairnessFault = InvalidValue | OutOfRange | EmptySample

/** The least expected count at which the statistic is near its distribution (Cochran). */
const leastExpected = 5

const trialFaults = ({ members }: DrawTickets, { seeds, winners }: FairnessTrial): ReadonlyArray<FairnessFault> => {
  if (members.length < 2) return [emptySample(['tickets', 'members'], 'at least two members with tickets')]
  if (seeds.length === 0) return [emptySample(['seeds'], 'at least one seed')]
  const faults: Array<FairnessFault> = []
  if (new Set(seeds).size < seeds.length) {
    faults.push(invalidValue(['seeds'], seeds, 'seeds that all differ'))
  }
  if (!(Number.isSafeInteger(winners) && winners >= 1 && winners < members.length)) {
    return [...faults, outOfRange(['winners'], winners, `an integer from 1 to ${members.length - 1}`)]
  }
  if (winners > 1 && members.some(({ tickets }) => tickets !== members[0]?.tickets)) {
    faults.push(invalidValue(['winners'], winners, '1 where members have different numbers of tickets'))
  }
  return faults
}

const expectedCounts = ({ members }: DrawTickets, { seeds, winners }: FairnessTrial): ReadonlyArray<number> => {
  const total = members.reduce((sum, { tickets }) => sum + tickets, 0)
  return members.map(({ tickets }) => (seeds.length * winners * tickets) / total)
}

const countWins = (tickets: DrawTickets, { seeds, winners }: FairnessTrial): ReadonlyMap<MemberId, number> => {
  const wins = new Map<MemberId, number>()
  for (const seed of seeds) {
    for (const member of drawOrder(seed, tickets).slice(0, winners)) wins.set(member, (wins.get(member) ?? 0) + 1)
  }
  return wins
}

/**
 * Tests by chi-square whether members win as often as their tickets promise, over many seeds. Several winners of one seed
 * are drawn without replacement, so that their counts vary less than independent ones: the statistic is corrected for that
 * by (n − 1) / (n − k), with n members and k winners.
 *
 * `EmptySample`: there are fewer than two members or no seeds. `InvalidValue`: seeds are given twice, or several winners
 * where tickets differ. `OutOfRange`: the number of winners is not from 1 to one less than there are members, or somebody
 * is expected to win fewer than 5 times, so that more seeds are needed.
 *
 * @param tickets - the tickets that count
 * @param trial - the seeds and how many win with each
 *
 * @example
 * ```ts
 * import { drawFairness, type DrawTickets, unwrap } from 'treue'
 *
 * const members = [{ member: 'anna', tickets: 1 }, { member: 'ben', tickets: 3 }]
 * const seeds = Array.from({ length: 400 }, (_, index) => `seed ${index}`)
 * const { counts, pValue } = unwrap(drawFairness({ members } as unknown as DrawTickets, { seeds, winners: 1 }))
 * counts.map(({ expected }) => expected) // => [100, 300]
 * pValue > 0.01 // => true
 * ```
 */
export const drawFairness = (
  tickets: DrawTickets,
  trial: FairnessTrial,
): E.Either<ReadonlyArray<FairnessFault>, DrawFairness> => {
  const faults = trialFaults(tickets, trial)
  if (faults.length > 0) return E.left(faults)
  const expected = expectedCounts(tickets, trial)
  const least = expected.reduce((a, b) => Math.min(a, b))
  if (least < leastExpected) {
    return E.left([outOfRange(['seeds'], trial.seeds.length, 'so many that everybody is expected to win 5 times')])
  }
  const wins = countWins(tickets, trial)
  const counts = tickets.members.map(({ member }, index) => ({
    member,
    won: wins.get(member) ?? 0,
    expected: expected[index] ?? 0,
  }))
  const pearson = counts.reduce((sum, one) => sum + (one.won - one.expected) ** 2 / one.expected, 0)
  const members = counts.length
  const statistic = (pearson * (members - 1)) / (members - trial.winners)
  const tail = chiSquareUpperTail(statistic, members - 1)
  if (E.isLeft(tail)) return E.left([tail.left])
  return E.right({ statistic, degrees: members - 1, pValue: tail.right, counts })
}
