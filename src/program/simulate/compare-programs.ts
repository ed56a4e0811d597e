/** Two versions of a program on one history: what each comes to, and who gains and loses. */

import * as E from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  type ExactInteger,
  exactProduct,
  exactSum,
  type LadderId,
  type MemberId,
  type TierId,
  type WalletId,
} from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import {
  type OutcomeOptions,
  outcomeMonoid,
  type PlayedOutcome,
  type ProgramOutcome,
  playOutcome,
} from './program-outcome.ts'
import type { EndlessChain } from './simulate.ts'
import { startTally, type Tally } from './tally.ts'

/** Members of a segment who got more, less or as many points of a wallet by the second program: spent ones, and those they
 * hold at the end, less debt. */
export interface WalletMovers {
  readonly segment: string
  readonly wallet: WalletId
  readonly winners: number
  readonly losers: number
  readonly unchanged: number
  /** What winners got more, in the wallet's smallest unit. */
  readonly gained: ExactInteger
  /** What losers got less. */
  readonly lost: ExactInteger
}

/** Members of a segment who end on one tier by the first program and on another by the second. */
export interface TierMovers {
  readonly segment: string
  readonly ladder: LadderId
  /** `null`: the member is on no tier of the ladder. */
  readonly from: TierId | null
  readonly to: TierId | null
  readonly members: number
}

/** What two programs come to on one history, each list in the order of its keys. */
export interface ProgramComparison {
  readonly first: ProgramOutcome
  readonly second: ProgramOutcome
  readonly wallets: ReadonlyArray<WalletMovers>
  readonly tiers: ReadonlyArray<TierMovers>
}

interface Counts {
  readonly winners: Tally<readonly [segment: string, wallet: WalletId]>
  readonly losers: Tally<readonly [segment: string, wallet: WalletId]>
  readonly unchanged: Tally<readonly [segment: string, wallet: WalletId]>
  readonly gained: Tally<readonly [segment: string, wallet: WalletId]>
  readonly lost: Tally<readonly [segment: string, wallet: WalletId]>
  readonly tiers: Tally<readonly [segment: string, ladder: LadderId, from: string, to: string]>
}

const startCounts = (): Counts => ({
  winners: startTally(),
  losers: startTally(),
  unchanged: startTally(),
  gained: startTally(),
  lost: startTally(),
  tiers: startTally(),
})

const countWallet = (counts: Counts, segment: string, wallet: WalletId, difference: ExactInteger): void => {
  const key = [segment, wallet] as const
  if (difference === 0) counts.unchanged.add(key, 1)
  else if (difference > 0) {
    counts.winners.add(key, 1)
    counts.gained.add(key, difference)
  } else {
    counts.losers.add(key, 1)
    counts.lost.add(key, exactProduct(-1, difference))
  }
}

const moversOf = ({ winners, losers, unchanged, gained, lost }: Counts): ReadonlyArray<WalletMovers> => {
  const figures = [winners, losers, unchanged, gained, lost].map(
    (tally) => new Map(tally.rows().map(({ key, count }) => [JSON.stringify(key), count])),
  )
  const all = startTally<readonly [segment: string, wallet: WalletId]>()
  for (const tally of [winners, losers, unchanged]) for (const { key } of tally.rows()) all.add(key, 1)
  return all.rows().map(({ key }) => {
    const [won = 0, lose = 0, same = 0, more = 0, less = 0] = figures.map((of) => of.get(JSON.stringify(key)) ?? 0)
    return {
      segment: key[0],
      wallet: key[1],
      winners: Number(won),
      losers: Number(lose),
      unchanged: Number(same),
      gained: more,
      lost: less,
    }
  })
}

/** A tier that may be none, as the part of a key; the id of a tier is never empty. */
const tierKey = (tier: TierId | null): string => tier ?? ''
const tierOfKey = (key: string): TierId | null => (key === '' ? null : (key as TierId))

const tierMoversOf = ({ tiers }: Counts): ReadonlyArray<TierMovers> =>
  tiers.rows().map(({ key: [segment, ladder, from, to], count }) => ({
    segment,
    ladder,
    from: tierOfKey(from),
    to: tierOfKey(to),
    members: Number(count),
  }))

/** What each member got, by wallet. */
const receivedBy = (played: PlayedOutcome): ReadonlyMap<MemberId, ReadonlyMap<WalletId, ExactInteger>> => {
  const by = new Map<MemberId, Map<WalletId, ExactInteger>>()
  for (const { member, wallet, points } of played.received) {
    const own = by.get(member)
    if (own === undefined) by.set(member, new Map([[wallet, points]]))
    else own.set(wallet, points)
  }
  return by
}

const tierOn = (state: MemberState | undefined, ladder: LadderId): TierId | null =>
  state?.standings.find((standing) => standing.ladder === ladder)?.tier ?? null

const countTiers = (
  { tiers }: Counts,
  segment: string,
  first: MemberState | undefined,
  second: MemberState | undefined,
): void => {
  const ladders = new Set([...(first?.standings ?? []), ...(second?.standings ?? [])].map(({ ladder }) => ladder))
  for (const ladder of ladders) {
    const [from, to] = [tierOn(first, ladder), tierOn(second, ladder)]
    if (from !== to) tiers.add([segment, ladder, tierKey(from), tierKey(to)], 1)
  }
}

/**
 * Plays one history by two programs and compares what they come to: for all of a population by segment, and member by
 * member. Comparisons of disjoint parts of a population merge with {@link comparisonMonoid}.
 *
 * @param first - the compiled program as it is
 * @param second - the compiled program as it may become
 * @param activities - the history, in the order in which it is taken in
 * @param options - segments, where it begins, until when time passes at the end
 * @returns `EndlessChain`: decisions of one of them ask for activities that ask for further ones for longer than allowed.
 *
 * @example
 * ```ts
 * import { comparePrograms, compileProgram, decodeProgram, unwrap } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: { rounding: { mode: 'floor', on: 'order' }, rules: [] },
 *   ladders: [],
 * }))))
 * unwrap(comparePrograms(program, program, [])).wallets // => []
 * ```
 */
export const comparePrograms = (
  first: CompiledProgram,
  second: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  options: OutcomeOptions = {},
): E.Either<EndlessChain, ProgramComparison> => {
  const before = playOutcome(first, activities, options)
  if (E.isLeft(before)) return before
  const after = playOutcome(second, activities, options)
  if (E.isLeft(after)) return after
  const { segmentOf = () => '' } = options
  const counts = startCounts()
  const [got, gets] = [receivedBy(before.right), receivedBy(after.right)]
  for (const member of new Set([...before.right.members.keys(), ...after.right.members.keys()])) {
    const segment = segmentOf(member)
    const [was, is] = [got.get(member), gets.get(member)]
    for (const wallet of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      countWallet(counts, segment, wallet, exactSum(is?.get(wallet) ?? 0, exactProduct(-1, was?.get(wallet) ?? 0)))
    }
    countTiers(counts, segment, before.right.members.get(member), after.right.members.get(member))
  }
  const { outcome } = before.right
  return E.right({
    first: outcome,
    second: after.right.outcome,
    wallets: moversOf(counts),
    tiers: tierMoversOf(counts),
  })
}

const addComparison = (counts: Counts, { wallets, tiers }: ProgramComparison): void => {
  for (const { segment, wallet, winners, losers, unchanged, gained, lost } of wallets) {
    const key = [segment, wallet] as const
    counts.winners.add(key, winners)
    counts.losers.add(key, losers)
    counts.unchanged.add(key, unchanged)
    counts.gained.add(key, gained)
    counts.lost.add(key, lost)
  }
  for (const { segment, ladder, from, to, members } of tiers) {
    counts.tiers.add([segment, ladder, tierKey(from), tierKey(to)], members)
  }
}

/**
 * Merges comparisons of the same programs over disjoint sets of members.
 *
 * @example
 * ```ts
 * import { comparisonMonoid, type WalletId } from 'treue'
 *
 * const wallet = 'points' as WalletId
 * const movers = { segment: '', wallet, winners: 1, losers: 0, unchanged: 2, gained: 10, lost: 0 }
 * const part = { ...comparisonMonoid.empty, wallets: [movers] }
 * comparisonMonoid.concat(part, part).wallets.map(({ winners, gained }) => [winners, gained]) // => [[2, 20]]
 * ```
 */
export const comparisonMonoid: Monoid<ProgramComparison> = {
  empty: { first: outcomeMonoid.empty, second: outcomeMonoid.empty, wallets: [], tiers: [] },
  concat: (one, other) => {
    const counts = startCounts()
    addComparison(counts, one)
    addComparison(counts, other)
    return {
      first: outcomeMonoid.concat(one.first, other.first),
      second: outcomeMonoid.concat(one.second, other.second),
      wallets: moversOf(counts),
      tiers: tierMoversOf(counts),
    }
  },
}
