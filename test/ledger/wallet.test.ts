import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type Instant,
  type LotId,
  type MemberId,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  accrue,
  applyEntry,
  burn,
  clawBack,
  compareBurnOrder,
  emptyWallet,
  expiriesDue,
  expirySchedule,
  hold,
  type LedgerEntry,
  type Lot,
  lifetimePoints,
  redeemHold,
  releaseHold,
  unaccountedPoints,
  Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { frozen, ledgerEntryArbitrary } from '../arbitraries/ledger.ts'
import { walletHistoryArbitrary } from '../arbitraries/ledger-history.ts'
import { playWallet, walletArbitrary } from '../arbitraries/ledger-play.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, definition, folded, grant, id, start, wallet } from './book.ts'
import { command } from './points-model.ts'
import { heldLotsOf, openLotsOf, pointsModel, totalsOf } from './single-points.ts'

codecLaws('Wallet', Wallet, walletArbitrary)

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

const idsOf = (lots: ReadonlyArray<Lot>): ReadonlyArray<string> => lots.map(({ id: lot }) => lot)
const pointsIn = (lots: ReadonlyArray<Lot>): number => sum(lots.map(({ points }) => points))

const isInOrder = (lots: ReadonlyArray<Lot>): boolean =>
  lots.every((lot, index) => lot.points > 0 && (index === 0 || compareBurnOrder(lots[index - 1] ?? lot, lot) < 0))

const isUnique = (names: ReadonlyArray<string>): boolean => new Set(names).size === names.length

const hasNegative = ({ decayedAt: _, debtSince: __, ...figures }: Wallet): boolean =>
  Object.values(figures).some((figure) => typeof figure === 'number' && figure < 0)

/** Law 1: no point is lost or made, and the list of lots is in order. Only the lot itself may leave debt beside points. */
const lawOf = (one: Wallet, { clawBack: policy }: WalletDefinition): object => ({
  unaccounted: unaccountedPoints(one),
  open: pointsIn(one.lots) - one.active - one.pending,
  active: pointsIn(one.lots.filter(({ active }) => active)) - one.active,
  held: sum(one.holds.map(({ lots }) => pointsIn(lots))) - one.held,
  schedule: sum(expirySchedule(one).map(({ points }) => points)) - one.active - one.pending - one.held,
  isInOrder: isInOrder(one.lots),
  isSomethingHeld: one.holds.every(({ lots }) => lots.every(({ points }) => points > 0)),
  isUnique: [one.lots, ...one.holds.map(({ lots }) => lots)].every((lots) => isUnique(idsOf(lots))),
  hasUniqueHolds: isUnique(one.holds.map(({ id: hold }) => hold)),
  isDebtDated: (one.debt === 0) === (one.debtSince === null),
  hasNegative: hasNegative(one),
  debtBesidePoints: policy?.from === 'ownLotOnly' ? 0 : Math.min(one.debt, one.active),
})

const law = {
  unaccounted: 0,
  open: 0,
  active: 0,
  held: 0,
  schedule: 0,
  isInOrder: true,
  isSomethingHeld: true,
  isUnique: true,
  hasUniqueHolds: true,
  isDebtDated: true,
  hasNegative: false,
  debtBesidePoints: 0,
}

/** Kinds of entries that can be about no points at all. */
const mayBeEmpty: ReadonlySet<LedgerEntry['type']> = new Set([
  'redeemed',
  'held',
  'holdReleased',
  'reversed',
  'decayed',
  'transferredOut',
  'expirySuspended',
  'expiryResumed',
])

const pointsMoved = (entry: LedgerEntry): number => {
  if ('draws' in entry) return sum(entry.draws.map(({ points }) => points)) + ('debt' in entry ? entry.debt : 0)
  const isBringing = 'lots' in entry && entry.type !== 'extended' && entry.type !== 'expiryResumed'
  return isBringing ? pointsIn(entry.lots) : entry.points
}

/** An entry moves as many points as it says, at least one unless it is of a kind that need not, and each lot once. */
const isSound = (entry: LedgerEntry): boolean => {
  const draws = 'draws' in entry ? entry.draws : []
  const isSomething = mayBeEmpty.has(entry.type) || entry.points > 0
  const isEachLotOnce = isUnique(draws.map(({ lot }) => lot)) && draws.every(({ points }) => points > 0)
  return isSomething && isEachLotOnce && pointsMoved(entry) === entry.points
}

const byId = (lots: ReadonlyArray<Lot>): ReadonlyMap<string, object> =>
  new Map(lots.map(({ id: lot, source: _, awaits: __, ...rest }) => [lot, rest]))

/** Many histories are played where many cases are asked for: each shows only a few of the policies together. */
const histories =
  process.env['FC_RUNS'] === undefined ? {} : { numRuns: 10 * (fc.readConfigureGlobal().numRuns ?? 100) }

describe('a wallet', () => {
  test('is what a simulation of every single point gives', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        const model = pointsModel(history)
        playWallet(history).forEach(({ at: now, act, wallet: one }, index) => {
          command(model, act, now, index)
          expect(one).toMatchObject(totalsOf(model))
          expect(byId(one.lots)).toEqual(openLotsOf(model))
          expect(new Map(one.holds.map(({ id: hold, lots }) => [hold, byId(lots)]))).toEqual(heldLotsOf(model))
        })
      }),
      histories,
    )
  })

  test('has a history that never goes back in time', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        const instants = playWallet(history).flatMap(({ entries }) => entries.map((entry) => entry.at))
        expect([...instants].sort((a, b) => a - b)).toEqual(instants)
      }),
      histories,
    )
  })

  test('loses no point and makes none, whatever happens', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        for (const { wallet: one, entries } of playWallet(history)) {
          expect(lawOf(one, history.definition)).toEqual(law)
          expect(entries.filter((entry) => !isSound(entry))).toEqual([])
        }
      }),
    )
  })

  test('is the fold of its entries', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, (history) => {
        const steps = playWallet(history)
        const entries = steps.flatMap((step) => step.entries)
        const last = steps[steps.length - 1]?.wallet ?? emptyWallet(history.definition.id)
        expect(entries.reduce(applyEntry, emptyWallet(history.definition.id))).toEqual(last)
      }),
    )
  })

  test('is not changed by an entry: a new one is made, even by an entry that does not belong to it', () => {
    fc.assert(
      fc.property(walletArbitrary, ledgerEntryArbitrary, (one, entry) => {
        const before = structuredClone(one)
        applyEntry(frozen(one), frozen(entry))
        expect(one).toEqual(before)
      }),
    )
  })
})

describe('unaccountedPoints', () => {
  test('is 0 for a new wallet, and tells of one that was tampered with', () => {
    const full = folded([grant('a', 100, null)])
    expect(unaccountedPoints(wallet)).toBe(0)
    expect(unaccountedPoints(full)).toBe(0)
    expect(unaccountedPoints({ ...full, active: 90 as Points })).toBe(10)
    expect(unaccountedPoints({ ...full, debt: 5 as Points })).toBe(5)
  })

  test('is 0 for no other wallet, at the end of the range too', () => {
    const points = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER))
    const totals = fc.record({
      active: points,
      pending: points,
      debt: points,
      accrued: points,
      redeemed: points,
      expired: points,
      reversed: points,
    })
    fc.assert(
      fc.property(totals, (of) => {
        const exact =
          BigInt(of.accrued) -
          BigInt(of.redeemed) -
          BigInt(of.expired) -
          BigInt(of.reversed) -
          BigInt(of.active) -
          BigInt(of.pending) +
          BigInt(of.debt)
        expect(unaccountedPoints({ ...wallet, ...of } as Wallet) === 0).toBe(exact === 0n)
      }),
    )
  })
})

describe('S31 what a member has earned in all their time', () => {
  const source = 'order-1' as ActivityId

  test('S31 1,000 earned and all returned, before or after they were spent: 0 again', () => {
    const earned = folded([grant('a', 1000, null)])
    expect(lifetimePoints(earned)).toBe(1000)
    const claw = { lot: 'a' as LotId, points: 1000 as Points, at: start, source }
    expect(lifetimePoints(folded(clawBack(earned, claw), earned))).toBe(0)
    const spent = folded([unwrap(burn(definition, utc, earned, 700 as Points, start, source))], earned)
    expect(lifetimePoints(spent)).toBe(1000)
    expect(lifetimePoints(folded(clawBack(spent, claw), spent))).toBe(0)
  })

  test('S31 what is spent, pending or expired counts', () => {
    const pending = { ...grant('p', 30, null), activeFrom: at('2026-02-01T00:00:00Z') }
    const full = folded([grant('a', 100, at('2026-01-02T00:00:00Z')), pending])
    expect(lifetimePoints(folded(expiriesDue(definition, full, at('2026-01-02T00:00:00Z')), full))).toBe(130)
  })

  test('S31 what came from another member, by hand, by conversion or from another system does not count', () => {
    const lots = folded([grant('a', 100, null)]).lots
    const of = { wallet: id, at: start, source, points: 100 as Points, lots }
    const arrivals: ReadonlyArray<LedgerEntry> = [
      { ...of, type: 'transferredIn', from: 'bob' as MemberId },
      { ...of, type: 'adjustedIn', reason: 'goodwill', actor: 'service' },
      { ...of, type: 'convertedIn', from: 'miles' },
      { ...of, type: 'opened' },
    ]
    const full = folded(arrivals)
    expect(full.active).toBe(400)
    expect(lifetimePoints(full)).toBe(0)
  })
})

/** A wallet after so many rounds in which points are earned and spent. */
const afterRounds = (rounds: number): Wallet => {
  let now = wallet
  for (let round = 0; round < rounds; round += 1) {
    const source = `order ${round}` as ActivityId
    const earned = { lot: `lot ${round}` as LotId, points: 7 as Points, at: start, source }
    now = folded(unwrap(accrue(definition, utc, now, earned)), now)
    now = folded([unwrap(hold(definition, utc, now, 3 as Points, start, source))], now)
    now = folded([unwrap(redeemHold(now, source, 2 as Points, start, source))], now)
    now = folded([unwrap(releaseHold(now, source, start))], now)
    now = folded([unwrap(burn(definition, utc, now, 5 as Points, start, source))], now)
  }
  return now
}

test('a wallet does not grow by what is over: after 1,000 rounds it is as long as after 10, but for digits', () => {
  const text = (rounds: number): string => JSON.stringify(Wallet.encode(afterRounds(rounds)))
  const withoutDigits = (json: string): string => json.replace(/\d+/g, '0')
  expect(withoutDigits(text(1000))).toBe(withoutDigits(text(10)))
  expect(text(1000).length - text(10).length).toBe(2 * '00'.length)
})

describe('expirySchedule', () => {
  test('says what dies when, soonest first, never last, pending points with the others', () => {
    const june = at('2026-06-01T00:00:00Z')
    const july = at('2026-07-01T00:00:00Z')
    const pending = { ...grant('p', 7, july), activeFrom: june }
    const full = folded([grant('a', 100, null), grant('b', 30, july), pending, grant('c', 5, june)])
    expect(full).toMatchObject({ active: 135, pending: 7 })
    expect(expirySchedule(full)).toEqual([
      { at: june, points: 5 },
      { at: july, points: 37 },
      { at: null, points: 100 },
    ])
  })
})

test('an entry about a lot that is not there changes the totals only', () => {
  const entry = { wallet: id, at: 0 as Instant, lot: grant('gone', 1, null).lot, points: 0 as Points }
  const full = folded([grant('a', 100, null)])
  expect(applyEntry(full, { ...entry, type: 'activated', expiresAt: null })).toEqual(full)
  expect(applyEntry(full, { ...entry, type: 'expired', hold: null })).toEqual(full)
})
