/** Two versions of a program on one history: what each comes to, and who gains and loses. */

import * as E from 'fp-ts/Either'
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
import { type OutcomeOptions, type PlayedOutcome, playOutcome } from './play-outcome.ts'
import { type MoverLists, moverKinds, type ProgramComparison } from './program-comparison.ts'
import { type RowSums, startSums } from './row-sums.ts'
import type { EndlessChain } from './simulate.ts'

const noPoints = { winners: 0, losers: 0, unchanged: 0, gained: 0, lost: 0 } as const

const countWallet = (
  sums: RowSums<MoverLists>,
  of: { readonly segment: string; readonly wallet: WalletId },
  difference: ExactInteger,
): void => {
  const { segment, wallet } = of
  if (difference === 0) sums.add('wallets', { ...noPoints, segment, wallet, unchanged: 1 })
  else if (difference > 0) sums.add('wallets', { ...noPoints, segment, wallet, winners: 1, gained: difference })
  else sums.add('wallets', { ...noPoints, segment, wallet, losers: 1, lost: exactProduct(-1, difference) })
}

/** What each member got, by wallet. */
const receivedBy = ({ received }: PlayedOutcome): ReadonlyMap<MemberId, ReadonlyMap<WalletId, ExactInteger>> => {
  const by = new Map<MemberId, Map<WalletId, ExactInteger>>()
  for (const { member, wallet, points } of received) {
    const own = by.get(member)
    if (own === undefined) by.set(member, new Map([[wallet, points]]))
    else own.set(wallet, points)
  }
  return by
}

const tierOn = (state: MemberState | undefined, ladder: LadderId): TierId | null =>
  state?.standings.find((standing) => standing.ladder === ladder)?.tier ?? null

/** The tiers of a ladder from the lowest to the highest; none where a program does not have it. */
const tiersOf = ({ program }: CompiledProgram, ladder: LadderId): ReadonlyArray<TierId> =>
  program.ladders.find(({ id }) => id === ladder)?.tiers.map(({ id }) => id) ?? []

type Move = 'winners' | 'losers' | 'unchanged' | 'unranked'

/** Whether a tier is higher than another, by the first ladder that has both; no tier is lower than any. */
const moveOf = (ladders: ReadonlyArray<ReadonlyArray<TierId>>, from: TierId | null, to: TierId | null): Move => {
  if (from === to) return 'unchanged'
  if (from === null) return 'winners'
  if (to === null) return 'losers'
  const ladder = ladders.find((tiers) => tiers.includes(from) && tiers.includes(to))
  if (ladder === undefined) return 'unranked'
  return ladder.indexOf(to) > ladder.indexOf(from) ? 'winners' : 'losers'
}

/** A ladder, with its tiers in the second program and in the first. */
type BothLadders = readonly [ladder: LadderId, tiers: ReadonlyArray<ReadonlyArray<TierId>>]

const laddersOf = (first: CompiledProgram, second: CompiledProgram): ReadonlyArray<BothLadders> =>
  [...new Set([first, second].flatMap(({ program }) => program.ladders.map(({ id }) => id)))].map(
    (ladder) => [ladder, [tiersOf(second, ladder), tiersOf(first, ladder)]] as const,
  )

/** A member, as both programs leave them. */
interface Ends {
  readonly segment: string
  readonly before: MemberState | undefined
  readonly after: MemberState | undefined
}

const countTiers = (
  sums: RowSums<MoverLists>,
  ladders: ReadonlyArray<BothLadders>,
  { segment, before, after }: Ends,
): void => {
  for (const [ladder, tiers] of ladders) {
    const [from, to] = [tierOn(before, ladder), tierOn(after, ladder)]
    if (from === null && to === null) continue
    sums.add('tiers', { segment, ladder, from, to, members: 1 })
    const none = { winners: 0, losers: 0, unchanged: 0, unranked: 0 }
    sums.add('ladders', { segment, ladder, ...none, [moveOf(tiers, from, to)]: 1 })
  }
}

const moversOf = (
  [first, before]: readonly [CompiledProgram, PlayedOutcome],
  [second, after]: readonly [CompiledProgram, PlayedOutcome],
  segmentOf: (member: MemberId) => string,
): MoverLists => {
  const sums = startSums(moverKinds)
  const [got, gets] = [receivedBy(before), receivedBy(after)]
  const wallets = new Set([first, second].flatMap(({ program }) => program.wallets.map(({ id }) => id)))
  const ladders = laddersOf(first, second)
  for (const member of new Set([...before.members.keys(), ...after.members.keys()])) {
    const segment = segmentOf(member)
    const [was, is] = [got.get(member), gets.get(member)]
    for (const wallet of wallets) {
      const difference = exactSum(is?.get(wallet) ?? 0, exactProduct(-1, was?.get(wallet) ?? 0))
      countWallet(sums, { segment, wallet }, difference)
    }
    countTiers(sums, ladders, { segment, before: before.members.get(member), after: after.members.get(member) })
  }
  return sums.lists()
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
 * import { Activity, comparePrograms, compileProgram, decode, decodeProgram, unwrap } from 'treue'
 *
 * const giving = (points: string) => unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: {
 *     rounding: { mode: 'floor', on: 'order' },
 *     actions: [{ name: 'enrolment', fields: [] }],
 *     rules: [{ id: 'welcome', on: 'enrolment', wallet: 'points', award: { mode: 'fixed', points } }],
 *   },
 *   ladders: [],
 * }))))
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * unwrap(comparePrograms(giving('10'), giving('25'), [joins])).wallets
 * // => [{ segment: '', wallet: 'points', winners: 1, losers: 0, unchanged: 0, gained: 15, lost: 0 }]
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
  const movers = moversOf([first, before.right], [second, after.right], segmentOf)
  return E.right({ first: before.right.outcome, second: after.right.outcome, ...movers })
}
