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
  type WalletId,
} from '../../src/foundation/index.ts'
import {
  accrue,
  adjustIn,
  adjustOut,
  applyEntry,
  burn,
  clawBack,
  emptyWallet,
  expiriesDue,
  extend,
  hold,
  type LedgerEntry,
  type LedgerStatement,
  leaveWallet,
  ledgerStatement,
  ledgerStatements,
  redeemHold,
  releaseHold,
  transferOut,
  unaccountedPoints,
  type Wallet,
} from '../../src/ledger/index.ts'
import { zoneOfProgram } from '../arbitraries/ledger.ts'
import { walletHistoryArbitrary } from '../arbitraries/ledger-history.ts'
import { playWallet } from '../arbitraries/ledger-play.ts'
import { calendarArbitrary } from '../arbitraries/time.ts'
import { at, definition, folded, grant, id, start } from './book.ts'

const points = (n: number) => n as Points
const day = 86_400_000
const february = at('2026-02-01T00:00:00Z')
const march = at('2026-03-01T00:00:00Z')
const april = at('2026-04-01T00:00:00Z')
const worth = ({ active, pending, held, debt }: Wallet) => active + pending + held - debt

/** A year of a member: two orders, a reward, a return that leaves a debt, points that die. */
const story = (): ReadonlyArray<LedgerEntry> => {
  const entries: Array<LedgerEntry> = []
  let now = emptyWallet(id)
  const enter = (made: ReadonlyArray<LedgerEntry>): void => {
    entries.push(...made)
    now = folded(made, now)
  }
  enter([grant('a', 100, march), grant('b', 40, null, february)])
  enter([unwrap(burn(definition, utc, now, points(120), february, 'reward' as ActivityId))])
  enter(expiriesDue(definition, now, march))
  enter(clawBack(now, { lot: 'a' as LotId, points: points(100), at: march, source: 'return' as ActivityId }))
  enter(unwrap(accrue(definition, utc, now, { ...grant('c', 70, null), at: march })))
  return entries
}

describe('ledgerStatement', () => {
  test('opening, what came and went by kind, and closing, which adds up', () => {
    expect(unwrap(ledgerStatement(story(), id, february, april))).toEqual({
      wallet: id,
      from: february,
      until: april,
      opening: 100,
      movements: [
        { type: 'accrued', count: 2, points: 110 },
        { type: 'redeemed', count: 1, points: -120 },
        { type: 'reversed', count: 1, points: -100 },
      ],
      closing: -10,
    })
  })

  test('an entry at the first instant is in, one at the end is not', () => {
    const at1 = (from: Instant, until: Instant) => unwrap(ledgerStatement(story(), id, from, until))
    expect(at1(start, february)).toMatchObject({ opening: 0, closing: 100 })
    expect(at1(february, february)).toMatchObject({ opening: 100, movements: [], closing: 100 })
    expect(at1(february, march)).toMatchObject({ opening: 100, closing: 20 })
  })

  test('of other wallets nothing counts', () => {
    const others = story().map((entry): LedgerEntry => ({ ...entry, wallet: 'stars' as WalletId }))
    expect(unwrap(ledgerStatement([...others, ...story()], id, start, april))).toEqual(
      unwrap(ledgerStatement(story(), id, start, april)),
    )
  })

  test('an end before the start, and sums that are not exact, are faults', () => {
    expect(ledgerStatement([], id, april, march)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['until'] } })
    expect(ledgerStatements([], id, utc, { unit: 'month' }, april, march)).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['until'] },
    })
    const huge = [grant('a', Number.MAX_SAFE_INTEGER, null), grant('b', 1, null)]
    expect(ledgerStatement(huge, id, start, april)).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(ledgerStatement(huge, id, april, april)).toMatchObject({ left: { _tag: 'OutOfRange' } })
    const opened: LedgerEntry = {
      type: 'opened',
      wallet: id,
      at: start,
      source: 's' as ActivityId,
      points: points(1),
      lots: [],
    }
    expect(ledgerStatement([...huge.slice(0, 1), opened], id, start, april)).toMatchObject({
      left: { _tag: 'OutOfRange' },
    })
    const later = huge.map((entry, index) => ({ ...entry, at: index === 0 ? start : march }))
    expect(ledgerStatement(later, id, february, april)).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(ledgerStatements(later, id, utc, { unit: 'month' }, start, april)).toMatchObject({
      left: { _tag: 'OutOfRange' },
    })
    expect(ledgerStatements(huge, id, utc, { unit: 'month' }, march, april)).toMatchObject({
      left: { _tag: 'OutOfRange' },
    })
    const age = at('2100-01-01T00:00:00Z')
    expect(ledgerStatements([], id, utc, { unit: 'day' }, start, age)).toMatchObject({
      left: { _tag: 'OutOfRange', path: ['until'] },
    })
  })
})

/** How many of an entry's 7 points each kind of entry changes a balance by. */
const changes: { readonly [Type in LedgerEntry['type']]: number } = {
  accrued: 7,
  opened: 7,
  adjustedIn: 7,
  transferredIn: 7,
  convertedIn: 7,
  restored: 7,
  reinstated: 7,
  debtWrittenOff: 7,
  redeemed: -7,
  expired: -7,
  decayed: -7,
  reversed: -7,
  adjustedOut: -7,
  transferredOut: -7,
  convertedOut: -7,
  activated: 0,
  held: 0,
  holdReleased: 0,
  extended: 0,
  debtSettled: 0,
  expirySuspended: 0,
  expiryResumed: 0,
}

test.each(Object.entries(changes))(
  'an entry of the kind %s changes a balance by %i of its 7 points',
  (type, change) => {
    const entry = { ...grant('a', 7, null), type } as unknown as LedgerEntry
    const { movements, closing } = unwrap(ledgerStatement([entry], id, start, april))
    expect(closing).toBe(change)
    expect(movements).toEqual(change === 0 ? [] : [{ type, count: 1, points: change }])
  },
)

describe('ledgerStatements', () => {
  test('by month, each opens with what the one before closed with; months without entries are there', () => {
    const months = unwrap(
      ledgerStatements(story(), id, utc, { unit: 'month' }, at('2026-01-15T00:00:00Z'), at('2026-05-10T00:00:00Z')),
    )
    expect(months.map(({ from, until, opening, closing }) => [from, until, opening, closing])).toEqual([
      [at('2026-01-15T00:00:00Z'), february, 100, 100],
      [february, march, 100, 20],
      [march, april, 20, -10],
      [april, at('2026-05-01T00:00:00Z'), -10, -10],
      [at('2026-05-01T00:00:00Z'), at('2026-05-10T00:00:00Z'), -10, -10],
    ])
    expect(unwrap(ledgerStatements(story(), id, utc, { unit: 'month' }, march, march))).toEqual([])
  })
})

/** Entries of every kind that a wallet can make of itself, one thing a day. */
const busy = (
  acts: ReadonlyArray<readonly [kind: number, n: number]>,
): readonly [ReadonlyArray<LedgerEntry>, Wallet] => {
  const entries: Array<LedgerEntry> = []
  let now = emptyWallet(id)
  acts.forEach(([kind, n], index) => {
    const when = (start + index * day) as Instant
    const source = `activity-${index}` as ActivityId
    const lot = `lot-${index}` as LotId
    const some = points(Math.min(n, Math.max(0, now.active - now.debt)))
    const note = { reason: 'r', actor: 'a', source, at: when }
    const cart = now.holds[0]
    const made: ReadonlyArray<LedgerEntry> =
      (
        [
          () => unwrap(accrue(definition, utc, now, { lot, points: points(n + 1), at: when, source })),
          () => [
            unwrap(
              adjustIn(definition, utc, now, {
                ...note,
                lot,
                points: points(n + 1),
                expiresAt: (when + n * day) as Instant,
              }),
            ),
          ],
          () => [unwrap(adjustOut(definition, utc, now, { ...note, points: points(n), missing: 'debt' }))],
          () => [unwrap(burn(definition, utc, now, some, when, source))],
          () => (some === 0 ? [] : [unwrap(hold(definition, utc, now, some, when, source))]),
          () => (cart === undefined ? [] : [unwrap(releaseHold(now, cart.id, when))]),
          () => (cart === undefined ? [] : [unwrap(redeemHold(now, cart.id, points(1), when, source))]),
          () => [unwrap(transferOut(definition, utc, now, some, when, source, 'bob' as MemberId)).entry],
          () => clawBack(now, { lot: `lot-${n}` as LotId, points: points(n), at: when, source }),
          () => expiriesDue(definition, now, when),
          () => {
            const term = { type: 'by', by: { amount: 1, unit: 'day' } } as const
            const longer = extend(utc, now, { selection: { type: 'all' }, term, at: when, source })
            return longer._tag === 'Left' ? [] : [longer.right]
          },
          () => (n === 0 ? leaveWallet(now, when, source, 'bob' as MemberId).entries : []),
        ] as ReadonlyArray<() => ReadonlyArray<LedgerEntry>>
      )[kind]?.() ?? []
    entries.push(...made)
    now = made.reduce(applyEntry, now)
  })
  return [entries, now]
}

const acts = fc.array(fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 12 })), { maxLength: 40 })

const sumOf = ({ movements }: LedgerStatement) => movements.reduce((sum, movement) => sum + movement.points, 0)

describe('a statement', () => {
  test('closes with what the wallet holds then, and opens with what it held before, whatever happened', () => {
    fc.assert(
      fc.property(acts, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (some, first, span) => {
        const [entries, wallet] = busy(some)
        expect(unaccountedPoints(wallet)).toBe(0)
        const from = (start + first * day) as Instant
        const until = (from + span * day) as Instant
        const statement = unwrap(ledgerStatement(entries, id, from, until))
        const heldAt = (when: Instant) => worth(folded(entries.filter((entry) => entry.at < when)))
        expect([statement.opening, statement.closing]).toEqual([heldAt(from), heldAt(until)])
        expect(statement.opening + sumOf(statement)).toBe(statement.closing)
      }),
    )
  })

  test('also of histories with pending points and clocks that change, in parts by any calendar', () => {
    fc.assert(
      fc.property(walletHistoryArbitrary, calendarArbitrary, zoneOfProgram, (history, calendar, zone) => {
        const steps = playWallet(history)
        const entries = steps.flatMap((step) => step.entries)
        const last = steps[steps.length - 1]
        if (last === undefined) return
        const { id: wallet } = history.definition
        const from = history.start
        const until = Math.min(last.at + 1, from + 300 * day) as Instant
        const whole = unwrap(ledgerStatement(entries, wallet, from, until))
        if (until > last.at) expect(whole.closing).toBe(worth(last.wallet))
        const parts = unwrap(ledgerStatements(entries, wallet, zone, calendar, from, until))
        expect([parts[0]?.opening, parts[parts.length - 1]?.closing]).toEqual([whole.opening, whole.closing])
        parts.forEach((part, index) => {
          expect(part).toEqual(unwrap(ledgerStatement(entries, wallet, part.from, part.until)))
          if (index > 0) expect([part.from, part.opening]).toEqual([parts[index - 1]?.until, parts[index - 1]?.closing])
        })
      }),
    )
  })
})
