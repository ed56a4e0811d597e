import { expect, test } from 'vitest'
import { type ActivityId, type Instant, type LotId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  accrue,
  applyEntry,
  burn,
  clawBack,
  expiriesDue,
  gainsDue,
  hold,
  type LedgerEntry,
  type Lot,
  pointsOf,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { at, definition, extendTo, folded, grant, left, start, wallet } from './book.ts'

const day = 86_400_000
const source = 'now' as ActivityId
const points = (n: number): Points => n as Points

/** A wallet of many lots of 10, one to die every day; the last one is still pending. */
const filled = (count: number): Wallet => {
  const lots = Array.from({ length: count }, (_, index): Lot => {
    const name = `lot ${index}` as LotId
    const isPending = index === count - 1
    return {
      id: name,
      points: points(10),
      earnedAt: start,
      active: !isPending,
      activeFrom: (isPending ? start + day : start) as Instant,
      expiresAt: (start + (index + 1) * day) as Instant,
      source,
      kind: 'regular',
      funder: null,
      awaits: null,
    }
  })
  return folded([{ type: 'opened', wallet: wallet.id, at: start, source, points: points(10 * count), lots }])
}

const wallets = new Map([1000, 2000, 4000].map((count) => [count, filled(count)]))
const walletOf = (count: number): Wallet => wallets.get(count) ?? wallet

/** How many lots of a wallet are other objects than before, and how many of them it holds. */
const newLots = (before: Wallet, after: Wallet): number => {
  const known = new Set<Lot>([...before.lots, ...before.holds.flatMap(({ lots }) => lots)])
  return [...after.lots, ...after.holds.flatMap(({ lots }) => lots)].filter((lot) => !known.has(lot)).length
}

const policies: ReadonlyArray<WalletDefinition> = [
  definition,
  { ...definition, burn: { order: 'newest', expiringWithin: { amount: 1, unit: 'day' }, promotionalFirst: true } },
]

const operations = (of: WalletDefinition): Readonly<Record<string, (now: Wallet) => ReadonlyArray<LedgerEntry>>> => {
  const tomorrow = (start + day) as Instant
  return {
    accrual: (now) => unwrap(accrue(of, utc, now, { lot: 'new' as LotId, points: points(5), at: start, source })),
    burn: (now) => [unwrap(burn(of, utc, now, points(25), start, source))],
    hold: (now) => [unwrap(hold(of, utc, now, points(25), start, source))],
    expiry: (now) => expiriesDue(of, now, tomorrow),
    activation: (now) => gainsDue(now, tomorrow),
    'claw-back': (now) => clawBack(now, { lot: 'lot 7' as LotId, points: points(15), at: start, source }),
    extension: (now) => [extendTo(now, at('2200-01-01T00:00:00Z'), ['lot 3' as LotId])],
  }
}

test('what happens to a few lots makes a few new ones, however many there are', () => {
  for (const of of policies) {
    for (const [name, entriesOf] of Object.entries(operations(of))) {
      const made = [2000, 4000].map((count) => {
        const before = walletOf(count)
        return newLots(before, entriesOf(before).reduce(applyEntry, before))
      })
      expect([name, made[1]]).toEqual([name, made[0]])
      expect(made[0], name).toBeLessThanOrEqual(4)
    }
  }
})

/** How often the lots of a wallet are looked at while something happens to it. */
const looksAt = (before: Wallet, entriesOf: (now: Wallet) => ReadonlyArray<LedgerEntry>): number => {
  let looks = 0
  const watched = before.lots.map(
    (lot) =>
      new Proxy(lot, {
        get: (target, key, receiver) => {
          looks += 1
          return Reflect.get(target, key, receiver)
        },
      }),
  )
  const now: Wallet = { ...before, lots: watched }
  entriesOf(now).reduce(applyEntry, now)
  return looks
}

test('twice as many lots are looked at about twice as often, whatever happens', () => {
  const everything = (of: WalletDefinition) => ({
    ...operations(of),
    'burn of all': (now: Wallet) => [unwrap(burn(of, utc, now, now.active, start, source))],
    'expiry of all': (now: Wallet) => expiriesDue(of, now, at('2200-01-01T00:00:00Z')),
    'extension of all': (now: Wallet) => [extendTo(now, at('2200-01-01T00:00:00Z'))],
  })
  for (const of of policies) {
    for (const [name, entriesOf] of Object.entries(everything(of))) {
      const [few = 0, many = 0] = [1000, 2000].map((count) => looksAt(walletOf(count), entriesOf))
      expect(many / few, name).toBeLessThan(2.5)
    }
  }
})

test('points of a lot that is there go into it', () => {
  const entry = { type: 'opened', wallet: wallet.id, at: start, source, points: points(5) } as const
  const full = folded([grant('a', 10, null), grant('b', 20, at('2026-07-01T00:00:00Z'))])
  const [, a] = full.lots
  const again = a === undefined ? [] : [{ ...a, points: points(5) }]
  expect(left(folded([{ ...entry, lots: again }], full))).toEqual([
    ['b', 20],
    ['a', 15],
  ])
  expect(pointsOf(full.lots)).toBe(30)
})
