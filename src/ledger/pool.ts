/** The wallets of several members as one: a household (S33). The points stay where they are, and so does tier credit. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  type Fault,
  type Instant,
  type MemberId,
  type OutOfRange,
  outOfRange,
  type Points,
  type Zone,
} from '../foundation/index.ts'
import { spendablePoints } from './burn.ts'
import { inBurnOrder } from './burn-policy.ts'
import type { LotDraw, Redeemed } from './entry.ts'
import { compareBurnOrder, type Lot, lotOf } from './lot.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** A member whose wallet is in a pool. */
export interface PoolMember {
  readonly member: MemberId
  readonly wallet: Wallet
  /** How many points the pool can take of this member at once. Default: all that are active. */
  readonly atMost?: Points
}

/** What the wallets of a pool hold together, in the wallet's smallest unit. */
export interface PoolBalance {
  readonly active: Points
  readonly pending: Points
  readonly held: Points
  readonly debt: Points
}

/** What one member pays of what a pool spends. */
export interface PoolDraw {
  readonly member: MemberId
  readonly entry: Redeemed
}

/** The members of a pool have fewer points than were to be spent, or fewer may be taken of them. */
export interface InsufficientPool extends Fault<'InsufficientPool'> {
  readonly requested: Points
  readonly available: Points
}

/** Two wallets of a pool are one member's. */
export interface RepeatedMember extends Fault<'RepeatedMember'> {
  readonly member: MemberId
}

/**
 * What the wallets of a pool hold together (S33).
 *
 * `OutOfRange`: a sum would leave the range of exact integers.
 *
 * @param members - the members and their wallets, as they are now
 *
 * @example
 * ```ts
 * import { emptyWallet, type MemberId, poolBalance, unwrap, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * unwrap(poolBalance([{ member: 'anna' as MemberId, wallet }, { member: 'bob' as MemberId, wallet }])).active // => 0
 * ```
 */
export const poolBalance = (members: ReadonlyArray<PoolMember>): E.Either<OutOfRange, PoolBalance> => {
  const sums = { active: 0, pending: 0, held: 0, debt: 0 }
  for (const { wallet } of members) {
    sums.active += wallet.active
    sums.pending += wallet.pending
    sums.held += wallet.held
    sums.debt += wallet.debt
    if (!Object.values(sums).every(Number.isSafeInteger)) {
      return E.left(outOfRange(['members'], sums, 'wallets that hold at most 9007199254740991 points together'))
    }
  }
  const { active, pending, held, debt } = sums
  return E.right({
    active: active as Points,
    pending: pending as Points,
    held: held as Points,
    debt: debt as Points,
  })
}

const repeatedMembers = (members: ReadonlyArray<PoolMember>): ReadonlyArray<RepeatedMember> => {
  const seen = new Set<MemberId>()
  return members.flatMap(({ member }, index): ReadonlyArray<RepeatedMember> => {
    const isNew = !seen.has(member)
    seen.add(member)
    if (isNew) return []
    return [{ _tag: 'RepeatedMember', path: ['members', index, 'member'], expected: 'a member who comes once', member }]
  })
}

/** How much of each member there is to take. */
const limitsOf = (members: ReadonlyArray<PoolMember>): Array<number> =>
  members.map(({ wallet, atMost = spendablePoints(wallet) }) => Math.min(spendablePoints(wallet), atMost))

/** The active lots of all members, in one order; of lots that are alike, those of the lower member id come first. */
const unitedLots = (
  { burn: policy }: Pick<WalletDefinition, 'burn'>,
  zone: Zone,
  members: ReadonlyArray<PoolMember>,
  at: Instant,
): { readonly lots: ReadonlyArray<Lot>; readonly ownerOf: ReadonlyMap<Lot, number> } => {
  const ownerOf = new Map<Lot, number>()
  // Copies: one and the same object in two wallets is two lots.
  members.forEach(({ wallet }, index) => {
    for (const lot of wallet.lots) if (lot.active) ownerOf.set(lotOf(lot, lot.points), index)
  })
  const memberOf = (lot: Lot): string => members[ownerOf.get(lot) ?? 0]?.member ?? ''
  const lots = [...ownerOf.keys()].sort((a, b) => {
    const order = compareBurnOrder(a, b)
    return order === 0 ? (memberOf(a) < memberOf(b) ? -1 : 1) : order
  })
  return { lots: inBurnOrder(policy, zone, at, lots), ownerOf }
}

const shortOf = (limits: ReadonlyArray<number>, requested: Points): InsufficientPool | undefined => {
  let available = 0
  for (const limit of limits) {
    available += limit
    if (available >= requested) return undefined
  }
  return requested === 0
    ? undefined
    : {
        _tag: 'InsufficientPool',
        path: ['points'],
        expected: `at most the ${available} active points that may be taken of the members`,
        requested,
        available: available as Points,
      }
}

const drawsOf = (
  members: ReadonlyArray<PoolMember>,
  drawn: ReadonlyArray<ReadonlyArray<LotDraw>>,
  at: Instant,
  source: ActivityId,
): ReadonlyArray<PoolDraw> =>
  members.flatMap(({ member, wallet }, index): ReadonlyArray<PoolDraw> => {
    const draws = drawn[index] ?? []
    if (draws.length === 0) return []
    const points = draws.reduce((sum, draw) => sum + draw.points, 0) as Points
    return [{ member, entry: { type: 'redeemed', wallet: wallet.id, at, source, points, draws, hold: null } }]
  })

/**
 * The entries by which the members of a pool spend points together: one order over the lots of all of them, as the
 * wallet's policy says, each draw from the member whose lot it is (S33). Of lots alike in everything, those of the lower
 * member id, by UTF-16 code units, come first, so that the order of `members` makes no difference.
 *
 * `InsufficientPool`: fewer points are active, or fewer may be taken of the members. `RepeatedMember`: a member comes
 * twice. Nothing is taken then.
 *
 * @param definition - what the program says of the wallet: which points are spent first
 * @param zone - the zone of the program's calendar
 * @param members - the members and their wallets as they are now, each with the most that may be taken of them
 * @param points - how much to spend, in the wallet's smallest unit
 * @param at - when it happens
 * @param source - the activity that spends
 * @returns the entry of each member who pays something, in the order of `members`
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, type MemberId, parseInstant, type Points, poolBurn, unwrap, utc } from 'treue'
 * import type { WalletId } from 'treue'
 *
 * const members = [{ member: 'anna' as MemberId, wallet: emptyWallet('points' as WalletId) }]
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * unwrap(poolBurn({}, utc, members, 0 as Points, at, 'reward-1' as ActivityId)) // => []
 * poolBurn({}, utc, members, 5 as Points, at, 'reward-1' as ActivityId)._tag // => 'Left'
 * ```
 */
export const poolBurn = (
  definition: Pick<WalletDefinition, 'burn'>,
  zone: Zone,
  members: ReadonlyArray<PoolMember>,
  points: Points,
  at: Instant,
  source: ActivityId,
): E.Either<ReadonlyArray<RepeatedMember | InsufficientPool>, ReadonlyArray<PoolDraw>> => {
  const repeated = repeatedMembers(members)
  if (repeated.length > 0) return E.left(repeated)
  const limits = limitsOf(members)
  const missing = shortOf(limits, points)
  if (missing !== undefined) return E.left([missing])
  const { lots, ownerOf } = unitedLots(definition, zone, members, at)
  const drawn: ReadonlyArray<Array<LotDraw>> = members.map(() => [])
  let left: number = points
  for (const lot of lots) {
    if (left === 0) break
    const owner = ownerOf.get(lot) ?? 0
    const taken = Math.min(left, lot.points, limits[owner] ?? 0)
    if (taken === 0) continue
    drawn[owner]?.push({ lot: lot.id, points: taken as Points })
    limits[owner] = (limits[owner] ?? 0) - taken
    left -= taken
  }
  return E.right(drawsOf(members, drawn, at, source))
}
