/** Alternates: who steps in for a winner who cannot be reached or may not win. */
import * as E from 'fp-ts/Either'
import { type InvalidValue, invalidValue, type MemberId } from '../foundation/index.ts'
import type { PrizeId } from './challenge-id.ts'
import type { Draw } from './draw.ts'
import type { DrawResult, PrizeWinners } from './prize-draw.ts'

const without = (members: ReadonlyArray<MemberId>, member: MemberId): ReadonlyArray<MemberId> =>
  members.filter((one) => one !== member)

/** The winners with the next in line in the place of one of them; nobody where no one is left. */
const replaced = (
  winners: ReadonlyArray<MemberId>,
  member: MemberId,
  next: MemberId | undefined,
): ReadonlyArray<MemberId> =>
  next === undefined ? without(winners, member) : winners.map((one) => (one === member ? next : one))

/** Who steps into each prize that the member has won. */
type Newcomers = ReadonlyMap<PrizeId, MemberId>

/** The line for a prize: the alternates, or the other winners of the prize it is drawn among, newcomers last. */
const lineFor = (
  among: PrizeId | null,
  reserves: ReadonlyArray<MemberId>,
  newcomers: Newcomers,
  alternate: MemberId | undefined,
): ReadonlyArray<MemberId> => {
  if (among === null) return alternate === undefined ? [] : [alternate]
  const newcomer = newcomers.get(among)
  return newcomer === undefined ? reserves : [...reserves, newcomer]
}

const stepIn = (
  draw: Draw,
  result: DrawResult,
  member: MemberId,
  alternate: MemberId | undefined,
): ReadonlyArray<PrizeWinners> => {
  const amongOf = new Map(draw.prizes.map(({ id, among }) => [id, among] as const))
  const newcomers = new Map<PrizeId, MemberId>()
  return result.prizes.map(({ prize, winners, reserves }) => {
    const among = amongOf.get(prize) ?? null
    const line = lineFor(among, without(reserves, member), newcomers, alternate)
    const isWinner = winners.includes(member)
    if (isWinner && line[0] !== undefined) newcomers.set(prize, line[0])
    const left = isWinner ? line.slice(1) : line
    return {
      prize,
      winners: isWinner ? replaced(winners, member, line[0]) : winners,
      reserves: among === null ? reserves : left,
    }
  })
}

/**
 * The result of a draw when one winner or alternate is out: the first alternate takes the winner's place, and the next in
 * line that of a prize drawn among the winners. Nobody else's prize changes. The new result has the seeds of the old one;
 * who was out and why is for the caller to publish.
 *
 * `InvalidValue`: the member is neither a winner nor an alternate.
 *
 * @param draw - the draw
 * @param result - the result so far
 * @param member - who is out
 *
 * @example
 * ```ts
 * import { type Draw, type DrawResult, type MemberId, replaceWinner, unwrap } from 'treue'
 *
 * const draw = { prizes: [{ id: 'bike', count: 1, among: null }] } as unknown as Draw
 * const prizes = [{ prize: 'bike', winners: ['anna'], reserves: [] }]
 * const result = { prizes, alternates: ['ben', 'cora'] } as unknown as DrawResult
 * const next = unwrap(replaceWinner(draw, result, 'anna' as MemberId))
 * next.prizes[0]?.winners // => ['ben']
 * next.alternates // => ['cora']
 * ```
 */
export const replaceWinner = (draw: Draw, result: DrawResult, member: MemberId): E.Either<InvalidValue, DrawResult> => {
  const isAlternate = result.alternates.includes(member)
  if (isAlternate) return E.right({ ...result, alternates: without(result.alternates, member) })
  if (!result.prizes.some(({ winners }) => winners.includes(member))) {
    return E.left(invalidValue(['member'], member, 'a winner or an alternate of the draw'))
  }
  const [alternate] = result.alternates
  const prizes = stepIn(draw, result, member, alternate)
  return E.right({ ...result, prizes, alternates: result.alternates.slice(1) })
}
