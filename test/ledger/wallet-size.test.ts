import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  addDuration,
  type Instant,
  type LotId,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  applyEntry,
  burn,
  clawBack,
  emptyWallet,
  expiriesDue,
  expirySchedule,
  gainsDue,
  hold,
  type LedgerEntry,
  type Lot,
  lossesDue,
  nextDueInWallet,
  piecesOf,
  redeemHold,
  releaseHold,
  resetInactivity,
  restore,
  resumeExpiry,
  suspendExpiry,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { definition, folded, grant, id, start } from './book.ts'

const source = 'now' as ActivityId
const day = 86_400_000

/** A wallet of so many lots of 2 points, each with a date of its own, and how often something of a lot has been read. */
const sized = (lots: number): { readonly wallet: Wallet; readonly reads: () => number } => {
  let reads = 0
  const watched = (lot: Lot): Lot => {
    const copy = { ...lot }
    for (const key of ['id', 'points', 'expiresAt', 'active'] as const) {
      Object.defineProperty(copy, key, {
        enumerable: true,
        get: () => {
          reads += 1
          return lot[key]
        },
      })
    }
    return copy
  }
  const grants = Array.from({ length: lots }, (_, index) => grant(`lot ${index}`, 2, start + (index + 1) * day))
  const one = folded([grants[0] ?? grant('none', 1, null)])
  const [like] = one.lots
  const all = grants.flatMap(
    (entry): ReadonlyArray<Lot> => (like === undefined ? [] : [{ ...like, id: entry.lot, expiresAt: entry.expiresAt }]),
  )
  const points = (2 * lots) as Points
  return { wallet: { ...emptyWallet(id), lots: all.map(watched), active: points, accrued: points }, reads: () => reads }
}

const inactivity: WalletDefinition = {
  ...definition,
  expiry: { type: 'inactivity', after: { amount: 1, unit: 'year' }, resetBy: [] },
}
const promised: WalletDefinition = { ...definition, burn: { order: 'newest', promotionalFirst: true } }
const spend = (points: number) => (wallet: Wallet) => burn(promised, utc, wallet, points as Points, start, source)
const held = (wallet: Wallet): Wallet =>
  applyEntry(wallet, unwrap(hold(promised, utc, wallet, wallet.active, start, source)))
const end = (wallet: Wallet): Instant => (start + (wallet.lots.length + 1) * day) as Instant

/** Everything that can be done at once. */
const operations: Record<string, (wallet: Wallet) => unknown> = {
  'spending one point': (wallet) => applyEntry(wallet, unwrap(spend(1)(wallet))),
  'spending all of them': (wallet) => applyEntry(wallet, unwrap(spend(wallet.active)(wallet))),
  'holding all of them and giving them back': (wallet) =>
    applyEntry(held(wallet), unwrap(releaseHold(held(wallet), source, start))),
  'spending a hold': (wallet) =>
    applyEntry(held(wallet), unwrap(redeemHold(held(wallet), source, 1 as Points, start, source))),
  'taking points back': (wallet) =>
    folded(clawBack(wallet, { lot: 'gone' as LotId, points: wallet.active, at: start, source }), wallet),
  'giving all spent points back': (wallet) => {
    const burnt = unwrap(spend(wallet.active)(wallet))
    const pieces = piecesOf(wallet.lots, burnt.draws)
    const given = { pieces, restored: 0 as Points, points: wallet.active, at: start, source, redemption: source }
    // Into a wallet that has them all still, so that every lot is looked for.
    const there = { ...wallet, redeemed: wallet.active }
    return folded(unwrap(restore(definition, utc, there, given)), there)
  },
  'giving all lots a new date': (wallet) => folded(resetInactivity(inactivity, utc, wallet, start, source), wallet),
  'resuming expiry': (wallet) => {
    const suspended = folded(suspendExpiry(wallet, start), wallet)
    return folded(resumeExpiry(definition, utc, suspended, end(wallet)), suspended)
  },
  'finding all that dies': (wallet) => expiriesDue(definition, wallet, end(wallet)),
  'letting one lot die': (wallet) => folded(lossesDue(definition, utc, wallet, (start + day) as Instant), wallet),
  'putting one lot in': (wallet) => applyEntry(wallet, grant('new', 5, start + day / 2)),
  'the schedule and what is due next': (wallet) => [
    expirySchedule(wallet),
    nextDueInWallet(definition, utc, wallet),
    gainsDue(wallet, start),
  ],
}

describe('ten times as many lots cost ten times as much, not a hundred times', () => {
  const cost = (lots: number, operate: (wallet: Wallet) => unknown): number => {
    const { wallet, reads } = sized(lots)
    operate(wallet)
    return reads()
  }

  test.each(Object.entries(operations))('%s', (_, operate) => {
    const [few, many] = [cost(1000, operate), cost(10_000, operate)]
    // Sorting n lots takes n log n: 13 times as much, and a little where few were put in one by one.
    expect(many).toBeLessThan(few * 16 + 1000)
    expect(many).toBeLessThan(10_000 * 200)
  })
})

test('a wallet does not grow with what is closed: after 1,000 rounds of earning and spending it is as long as after 10', () => {
  const expiring: WalletDefinition = {
    ...definition,
    expiry: { type: 'rolling', after: { amount: 1, unit: 'week' }, from: 'earning' },
  }
  const rounds = (count: number): Wallet => {
    let wallet = emptyWallet(id)
    for (let round = 0; round < count; round += 1) {
      const now = addDuration(utc, start, { amount: round, unit: 'day' })
      const dies = addDuration(utc, now, { amount: 7, unit: 'day' })
      wallet = folded([grant(`lot ${round}`, 100, dies, now)], wallet)
      const step = (entries: ReadonlyArray<LedgerEntry>): void => {
        wallet = folded(entries, wallet)
      }
      step([unwrap(hold(expiring, utc, wallet, 40 as Points, now, `hold ${round}` as ActivityId))])
      step([unwrap(redeemHold(wallet, `hold ${round}` as ActivityId, 30 as Points, now, `r ${round}` as ActivityId))])
      step([unwrap(releaseHold(wallet, `hold ${round}` as ActivityId, now))])
      step(clawBack(wallet, { lot: `lot ${round}` as LotId, points: 20 as Points, at: now, source }))
      step(lossesDue(expiring, utc, wallet, dies))
    }
    return wallet
  }
  const [short, long] = [rounds(10), rounds(1000)]
  expect(long).toMatchObject({
    lots: [],
    holds: [],
    accrued: 100_000,
    redeemed: 30_000,
    reversed: 20_000,
    expired: 50_000,
  })
  // Only the totals have more digits.
  const shape = (wallet: Wallet): string => JSON.stringify(wallet).replace(/\d+/g, '0')
  expect(shape(long)).toBe(shape(short))
})
