/**
 * The draw itself: winners and alternates from a published list and seeds, so that anybody can verify them.
 *
 * 1. The listing is published: a text with the prizes and every member's tickets. Its hash is its SHA-256.
 * 2. With it the commitment is published: the SHA-256 of the listing's hash and a secret seed of 32 bytes.
 * 3. Then something is awaited that nobody controls, such as the numbers of a public lottery: the public seed.
 * 4. The secret seed is published. The seed of the draw is the SHA-256 of the listing's hash and both seeds.
 * 5. Each ticket has a key: the SHA-256 of `seed:0:ticket:member`, with the member's tickets numbered from 1 on. Members
 *    stand in the order of their lowest keys, and prizes are given in this order. Each next ticket is any of those left
 *    with the same probability, so that this is a draw without replacement, with the tickets as weights.
 * 6. A prize that is drawn among the winners of another has an order of its own: by `seed:round:1:member`, where the
 *    round is the place of the prize, counted from 1 on.
 */
import * as E from 'fp-ts/Either'
import {
  type InvalidValue,
  invalidValue,
  type MemberId,
  type OutOfRange,
  outOfRange,
  sha256Hasher,
  sha256Hex,
  utf8Bytes,
} from '../foundation/index.ts'
import type { PrizeId } from './challenge-id.ts'
import type { Draw } from './draw.ts'
import type { DrawTickets } from './draw-entry.ts'
import { compareTexts } from './record-set.ts'

/** A text after its length in bytes, so that texts cannot flow into each other. */
const sized = (text: string): string => `${utf8Bytes(text).length} ${text}`

/**
 * The text that is published before a draw: its prizes and every member's tickets, a line each. A member's id can be a
 * pseudonym that only the member knows.
 *
 * @param draw - the draw
 * @param tickets - the tickets that count
 *
 * @example
 * ```ts
 * import { type Draw, drawListing, type DrawTickets } from 'treue'
 *
 * const draw = { id: 'summer', prizes: [{ id: 'bike', count: 1, among: null }], alternates: 1 } as unknown as Draw
 * const tickets = { members: [{ member: 'anna', tickets: 2 }] } as unknown as DrawTickets
 * drawListing(draw, tickets)
 * // => 'draw 6 summer\nprize 1 4 bike 0 \nalternates 1\nmember 2 4 anna\n'
 * ```
 */
export const drawListing = (draw: Draw, { members }: DrawTickets): string =>
  [
    `draw ${sized(draw.id)}`,
    ...draw.prizes.map(({ id, count, among }) => `prize ${count} ${sized(id)} ${sized(among ?? '')}`),
    `alternates ${draw.alternates}`,
    ...members.map(({ member, tickets }) => `member ${tickets} ${sized(member)}`),
    '',
  ].join('\n')

/** What is published before a draw. */
export interface DrawCommitment {
  /** The SHA-256 of the listing. */
  readonly listingHash: string
  /** The SHA-256 of the listing's hash and the secret seed. */
  readonly commitment: string
}

const hexSeed = /^[0-9a-f]{64}$/

const seedFaults = (secretSeed: string): ReadonlyArray<InvalidValue> =>
  hexSeed.test(secretSeed)
    ? []
    : [invalidValue(['secretSeed'], 'a text of another form', '32 random bytes as 64 hexadecimal digits, a to f')]

const commitmentOf = (listingHash: string, secretSeed: string): string =>
  sha256Hex(`commitment:${listingHash}:${secretSeed}`)

/**
 * What to publish before a draw, with the listing: it binds whoever draws to the tickets and to the secret seed.
 *
 * `InvalidValue`: the secret seed is not 64 hexadecimal digits in small letters.
 *
 * @param draw - the draw
 * @param tickets - the tickets that count
 * @param secretSeed - 32 random bytes as hexadecimal digits, from a good source, kept secret until the draw
 *
 * @example
 * ```ts
 * import { commitDraw, type Draw, type DrawTickets } from 'treue'
 *
 * const draw = { id: 'summer', prizes: [{ id: 'bike', count: 1, among: null }], alternates: 1 } as unknown as Draw
 * const tickets = { members: [{ member: 'anna', tickets: 2 }] } as unknown as DrawTickets
 * commitDraw(draw, tickets, '0f'.repeat(32))._tag // => 'Right'
 * commitDraw(draw, tickets, 'my secret')._tag // => 'Left'
 * ```
 */
export const commitDraw = (
  draw: Draw,
  tickets: DrawTickets,
  secretSeed: string,
): E.Either<ReadonlyArray<InvalidValue>, DrawCommitment> => {
  const faults = seedFaults(secretSeed)
  if (faults.length > 0) return E.left(faults)
  const listingHash = sha256Hex(drawListing(draw, tickets))
  return E.right({ listingHash, commitment: commitmentOf(listingHash, secretSeed) })
}

/** The seeds of a draw. */
export interface DrawSeeds {
  /** The one that was committed to: 64 hexadecimal digits. */
  readonly secretSeed: string
  /** What nobody could know when the commitment was published, such as the numbers of a lottery. May be empty. */
  readonly publicSeed: string
}

/** The winners of a prize. */
export interface PrizeWinners {
  readonly prize: PrizeId
  /** In the order in which they were drawn; fewer than there are prizes where there are not enough members. */
  readonly winners: ReadonlyArray<MemberId>
  /** Of a prize that is drawn among the winners of another: who of those comes next, in order; of others nobody. */
  readonly reserves: ReadonlyArray<MemberId>
}

/** The result of a draw, with all that is needed to verify it. */
export interface DrawResult extends DrawCommitment, DrawSeeds {
  /** The seed of the order: the SHA-256 of the listing's hash and both seeds. */
  readonly seed: string
  readonly prizes: ReadonlyArray<PrizeWinners>
  /** Who stands by, in order. */
  readonly alternates: ReadonlyArray<MemberId>
}

/** A place in line, or none: what is compared are texts of 64 hexadecimal digits. */
const keyOf = (hash: (text: string) => string, prefix: string, member: MemberId, tickets: number): string => {
  let lowest = 'z'
  for (let ticket = 1; ticket <= tickets; ticket += 1) {
    const key = hash(`${prefix}:${ticket}:${member}`)
    if (key < lowest) lowest = key
  }
  return lowest
}

const inOrder = (
  prefix: string,
  members: ReadonlyArray<{ readonly member: MemberId; readonly tickets: number }>,
): ReadonlyArray<MemberId> => {
  const hash = sha256Hasher()
  return members
    .map(({ member, tickets }) => ({ member, key: keyOf(hash, prefix, member, tickets) }))
    .sort((a, b) => compareTexts(a.key, b.key) || compareTexts(a.member, b.member))
    .map(({ member }) => member)
}

/**
 * The order in which members would be drawn, by the lowest key of each member's tickets.
 *
 * @param seed - the seed of the order
 * @param tickets - the tickets that count
 *
 * @example
 * ```ts
 * import { drawOrder, type DrawTickets } from 'treue'
 *
 * const members = ['anna', 'ben', 'cora'].map((member) => ({ member, tickets: 1, uncapped: 1 }))
 * drawOrder('seed 1', { members } as unknown as DrawTickets) // => ['anna', 'ben', 'cora']
 * ```
 */
export const drawOrder = (seed: string, { members }: DrawTickets): ReadonlyArray<MemberId> =>
  inOrder(`${seed}:0`, members)

/** The most tickets that a draw can have: each of them is hashed. */
const mostTicketsInAll = 10_000_000

const ticketFaults = ({ total }: DrawTickets): ReadonlyArray<OutOfRange> =>
  total <= mostTicketsInAll ? [] : [outOfRange(['tickets', 'total'], total, `at most ${mostTicketsInAll} tickets`)]

const prizesInOrder = (
  draw: Draw,
  seed: string,
  order: ReadonlyArray<MemberId>,
): { readonly prizes: ReadonlyArray<PrizeWinners>; readonly next: number } => {
  const drawn = new Map<PrizeId, ReadonlyArray<MemberId>>()
  const prizes: Array<PrizeWinners> = []
  let next = 0
  for (const [index, { id, count, among }] of draw.prizes.entries()) {
    const line =
      among === null
        ? order.slice(next, next + count)
        : inOrder(
            `${seed}:${index + 1}`,
            (drawn.get(among) ?? []).map((member) => ({ member, tickets: 1 })),
          )
    const winners = line.slice(0, count)
    if (among === null) next += winners.length
    drawn.set(id, winners)
    prizes.push({ prize: id, winners, reserves: line.slice(count) })
  }
  return { prizes, next }
}

/**
 * Draws the winners and the alternates: the same ones for the same tickets and seeds on any machine (S61). Nobody wins
 * twice, except a prize that is drawn among the winners of another.
 *
 * `InvalidValue`: the secret seed is not 64 hexadecimal digits in small letters. `OutOfRange`: there are more than
 * 10,000,000 tickets.
 *
 * @param draw - the draw
 * @param tickets - the tickets that count
 * @param seeds - the secret seed that was committed to, and the public one
 *
 * @example
 * ```ts
 * import { type Draw, type DrawTickets, drawPrizes, unwrap } from 'treue'
 *
 * const draw = { id: 'summer', prizes: [{ id: 'bike', count: 1, among: null }], alternates: 1 } as unknown as Draw
 * const members = ['anna', 'ben', 'cora'].map((member) => ({ member, tickets: 1, uncapped: 1 }))
 * const tickets = { members, total: 3 } as unknown as DrawTickets
 * const seeds = { secretSeed: '0f'.repeat(32), publicSeed: '4 8 15 16 23 42' }
 * const { prizes, alternates } = unwrap(drawPrizes(draw, tickets, seeds))
 * prizes[0]?.winners // => ['ben']
 * alternates // => ['anna']
 * ```
 */
export const drawPrizes = (
  draw: Draw,
  tickets: DrawTickets,
  { secretSeed, publicSeed }: DrawSeeds,
): E.Either<ReadonlyArray<InvalidValue | OutOfRange>, DrawResult> => {
  const faults = [...seedFaults(secretSeed), ...ticketFaults(tickets)]
  if (faults.length > 0) return E.left(faults)
  const listingHash = sha256Hex(drawListing(draw, tickets))
  const seed = sha256Hex(`seed:${listingHash}:${secretSeed}:${publicSeed}`)
  const order = drawOrder(seed, tickets)
  const { prizes, next } = prizesInOrder(draw, seed, order)
  return E.right({
    listingHash,
    commitment: commitmentOf(listingHash, secretSeed),
    secretSeed,
    publicSeed,
    seed,
    prizes,
    alternates: order.slice(next, next + draw.alternates),
  })
}

/**
 * What is wrong with a published result: every part that differs from what tickets and seeds give, and a commitment that
 * is not the one that was published before. Nothing: the result is right.
 *
 * @param draw - the draw
 * @param tickets - the tickets that count, as they were published
 * @param published - the commitment that was published before the draw
 * @param result - the result that was published after it
 *
 * @example
 * ```ts
 * import { type Draw, type DrawTickets, drawPrizes, unwrap, verifyDraw } from 'treue'
 *
 * const draw = { id: 'summer', prizes: [{ id: 'bike', count: 1, among: null }], alternates: 0 } as unknown as Draw
 * const members = ['anna', 'ben'].map((member) => ({ member, tickets: 1, uncapped: 1 }))
 * const tickets = { members, total: 2 } as unknown as DrawTickets
 * const result = unwrap(drawPrizes(draw, tickets, { secretSeed: '0f'.repeat(32), publicSeed: '' }))
 * verifyDraw(draw, tickets, result, result) // => []
 * verifyDraw(draw, tickets, result, { ...result, prizes: [] }).map(({ path }) => path) // => [['result', 'prizes']]
 * ```
 */
export const verifyDraw = (
  draw: Draw,
  tickets: DrawTickets,
  published: DrawCommitment,
  result: DrawResult,
): ReadonlyArray<InvalidValue | OutOfRange> => {
  const drawn = drawPrizes(draw, tickets, { secretSeed: result.secretSeed, publicSeed: result.publicSeed })
  if (E.isLeft(drawn)) return drawn.left
  const right = drawn.right
  const differs = (key: keyof DrawResult): boolean => JSON.stringify(result[key]) !== JSON.stringify(right[key])
  return [
    ...(['listingHash', 'commitment'] as const)
      .filter((key) => published[key] !== right[key])
      .map((key) => invalidValue(['published', key], published[key], right[key])),
    ...(['listingHash', 'commitment', 'seed', 'prizes', 'alternates'] as const)
      .filter(differs)
      .map((key) => invalidValue(['result', key], result[key], 'what tickets and seeds give')),
  ]
}
