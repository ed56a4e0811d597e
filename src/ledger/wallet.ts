/** A wallet: the open lots, what is held, the debt, and the totals of all that is closed. */
import {
  arrayCodec,
  booleanCodec,
  type Codec,
  constrainCodec,
  type ExactInteger,
  exactProduct,
  exactSum,
  Instant,
  type InvalidValue,
  invalidValue,
  nullableCodec,
  Points,
  structCodec,
  WalletId,
} from '../foundation/index.ts'
import { Hold } from './hold.ts'
import { Lot } from './lot.ts'
import { walletSoundness } from './sound-wallet.ts'

/** A member's wallet. All figures are in the wallet's smallest unit. */
export interface Wallet {
  readonly id: WalletId
  /** The lots with something left that is not held, in the order in which they die. */
  readonly lots: ReadonlyArray<Lot>
  /** What is set aside. */
  readonly holds: ReadonlyArray<Hold>
  /** What can be spent. */
  readonly active: Points
  /** What is earned but cannot be spent yet. */
  readonly pending: Points
  /** What is set aside for somebody who is about to spend it. */
  readonly held: Points
  /** What was taken back and was not there any more. */
  readonly debt: Points
  /** Since when there has been debt; `null`: there is none. */
  readonly debtSince: Instant | null
  /** Whether nothing expires at present. */
  readonly suspended: boolean
  /** When points last melted away, or came into a wallet that had none active; `null`: there have been none. */
  readonly decayedAt: Instant | null
  readonly accrued: Points
  readonly opened: Points
  readonly adjustedIn: Points
  readonly transferredIn: Points
  readonly convertedIn: Points
  /** Debt that is asked for no more. */
  readonly writtenOff: Points
  /** Spent, without what came back. */
  readonly redeemed: Points
  /** Died, without what was made valid again. */
  readonly expired: Points
  readonly decayed: Points
  readonly reversed: Points
  readonly adjustedOut: Points
  readonly transferredOut: Points
  readonly convertedOut: Points
}

const totalFaults = (wallet: Wallet): ReadonlyArray<InvalidValue> => {
  const rest = unaccountedPoints(wallet)
  return rest === 0 ? [] : [invalidValue([], rest, 'totals that account for every point')]
}

/** Reads a {@link Wallet}, and refuses one that no entries could have given: see {@link unaccountedPoints}. */
export const Wallet: Codec<Wallet, unknown> = /* @__PURE__ */ constrainCodec<Wallet, unknown>(
  /* @__PURE__ */ structCodec('Wallet', {
    id: WalletId,
    lots: /* @__PURE__ */ arrayCodec(Lot),
    holds: /* @__PURE__ */ arrayCodec(Hold),
    active: Points,
    pending: Points,
    held: Points,
    debt: Points,
    debtSince: /* @__PURE__ */ nullableCodec(Instant),
    suspended: booleanCodec,
    decayedAt: /* @__PURE__ */ nullableCodec(Instant),
    accrued: Points,
    opened: Points,
    adjustedIn: Points,
    transferredIn: Points,
    convertedIn: Points,
    writtenOff: Points,
    redeemed: Points,
    expired: Points,
    decayed: Points,
    reversed: Points,
    adjustedOut: Points,
    transferredOut: Points,
    convertedOut: Points,
  }),
  (wallet) => {
    const faults = walletSoundness(wallet)
    return faults.length === 0 ? totalFaults(wallet) : faults
  },
)

const none = 0 as Points

const sumOf = (figures: ReadonlyArray<number>): ExactInteger => figures.reduce<ExactInteger>(exactSum, 0)

/**
 * A wallet in which nothing has happened yet.
 *
 * @param id - the id of the wallet in the program
 *
 * @example
 * ```ts
 * import { emptyWallet, type WalletId } from 'treue'
 *
 * emptyWallet('points' as WalletId).active // => 0
 * ```
 */
export const emptyWallet = (id: WalletId): Wallet => ({
  id,
  lots: [],
  holds: [],
  active: none,
  pending: none,
  held: none,
  debt: none,
  debtSince: null,
  suspended: false,
  decayedAt: null,
  accrued: none,
  opened: none,
  adjustedIn: none,
  transferredIn: none,
  convertedIn: none,
  writtenOff: none,
  redeemed: none,
  expired: none,
  decayed: none,
  reversed: none,
  adjustedOut: none,
  transferredOut: none,
  convertedOut: none,
})

/**
 * What a wallet's totals do not account for: all that came in, less all that went out and all that is there, plus the
 * debt. It is 0 for every wallet that was folded from entries; anything else means that a stored wallet was tampered with.
 *
 * @param wallet - the wallet, as folded or as stored
 * @returns a number of smallest units
 *
 * @example
 * ```ts
 * import { emptyWallet, unaccountedPoints, type WalletId } from 'treue'
 *
 * unaccountedPoints(emptyWallet('points' as WalletId)) // => 0
 * ```
 */
export const unaccountedPoints = (wallet: Wallet): number => {
  const { accrued, opened, adjustedIn, transferredIn, convertedIn, writtenOff, debt } = wallet
  const { redeemed, expired, decayed, reversed, adjustedOut, transferredOut, convertedOut } = wallet
  const { active, pending, held } = wallet
  const came = [accrued, opened, adjustedIn, transferredIn, convertedIn, writtenOff, debt]
  const went = [redeemed, expired, decayed, reversed, adjustedOut, transferredOut, convertedOut, active, pending, held]
  return Number(exactSum(sumOf(came), exactProduct(-1, sumOf(went))))
}

/**
 * What a member has earned in a wallet in all their time: accrued and not taken back, whatever became of it (S31). What
 * was transferred, converted, adjusted or carried over from another system was not earned here.
 *
 * @param wallet - the wallet
 *
 * @example
 * ```ts
 * import { emptyWallet, lifetimePoints, type WalletId } from 'treue'
 *
 * lifetimePoints(emptyWallet('points' as WalletId)) // => 0
 * ```
 */
export const lifetimePoints = ({ accrued, reversed }: Wallet): number => accrued - reversed

/** Points that die together. */
export interface ExpiryDue {
  /** `null`: these never expire. */
  readonly at: Instant | null
  readonly points: Points
}

const soonestFirst = (a: Instant | null, b: Instant | null): number => {
  if (a === b) return 0
  if (a === null) return 1
  return b === null ? -1 : a - b
}

/**
 * When the points of a wallet die, soonest first, pending and held ones included; it sums to active + pending + held.
 *
 * @param wallet - the wallet as it is now
 *
 * @example
 * ```ts
 * import { emptyWallet, expirySchedule, type WalletId } from 'treue'
 *
 * expirySchedule(emptyWallet('points' as WalletId)) // => []
 * ```
 */
export const expirySchedule = ({ lots, holds }: Wallet): ReadonlyArray<ExpiryDue> => {
  const byInstant = new Map<Instant | null, number>()
  const count = (lot: Lot): void => {
    byInstant.set(lot.expiresAt, (byInstant.get(lot.expiresAt) ?? 0) + lot.points)
  }
  lots.forEach(count)
  for (const hold of holds) hold.lots.forEach(count)
  const schedule = [...byInstant].map(([at, points]) => ({ at, points: points as Points }))
  return holds.length === 0 ? schedule : schedule.sort((a, b) => soonestFirst(a.at, b.at))
}
