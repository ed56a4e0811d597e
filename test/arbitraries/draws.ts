// Generators of draws, entries and tickets.
import fc from 'fast-check'
import {
  type Draw,
  type DrawEntry,
  DrawId,
  type DrawTickets,
  type DrawWithdrawal,
  PrizeId,
} from '../../src/challenges/index.ts'
import { type ActivityId, type Instant, MemberId } from '../../src/foundation/index.ts'
import { idArbitrary } from './foundation.ts'

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : 1)

const prizesArbitrary: fc.Arbitrary<Draw['prizes']> = fc
  .uniqueArray(fc.tuple(idArbitrary(PrizeId), fc.integer({ min: 1, max: 4 }), fc.nat({ max: 5 })), {
    minLength: 1,
    maxLength: 4,
    selector: ([id]) => id,
  })
  .map((prizes) => {
    const counts: Array<number> = []
    return prizes.map(([id, count, place], index) => {
      const among = place < index ? place : null
      const most = among === null ? count : Math.min(count, counts[among] ?? count)
      counts.push(most)
      return { id, count: most, among: among === null ? null : (prizes[among]?.[0] ?? null) }
    })
  })

export const drawArbitrary: fc.Arbitrary<Draw> = fc
  .record({
    id: idArbitrary(DrawId),
    prizes: prizesArbitrary,
    alternates: fc.integer({ min: 0, max: 4 }),
    mostTickets: fc.constantFrom(null, 1, 2, 10),
    byPurchase: fc.integer({ min: 1, max: 3 }),
    more: fc.nat({ max: 2 }),
    wait: fc.constantFrom(0, 100),
  })
  .map(({ id, prizes, alternates, mostTickets, byPurchase, more, wait }) => ({
    id,
    opens: 0 as Instant,
    closes: 1000 as Instant,
    drawsAt: (1000 + wait) as Instant,
    methods: [
      { id: 'order', tickets: byPurchase, isPurchase: true },
      { id: 'postcard', tickets: byPurchase + more, isPurchase: false },
    ],
    mostTickets,
    prizes,
    alternates,
  }))

export const drawTicketsArbitrary: fc.Arbitrary<DrawTickets> = fc
  .uniqueArray(fc.tuple(idArbitrary(MemberId), fc.integer({ min: 1, max: 5 })), {
    maxLength: 15,
    selector: ([id]) => id,
  })
  .map((members) => ({
    draw: 'draw' as DrawTickets['draw'],
    members: [...members]
      .sort(([a], [b]) => byCodeUnits(a, b))
      .map(([member, tickets]) => ({ member, tickets, uncapped: tickets })),
    total: members.reduce((sum, [, tickets]) => sum + tickets, 0),
    excluded: [],
  }))

export const secretSeedArbitrary: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.join(''))

export const drawEntriesArbitrary: fc.Arbitrary<ReadonlyArray<DrawEntry>> = fc
  .array(
    fc.record({
      member: fc.constantFrom('anna', 'ben', '__proto__', 'constructor').map((id) => id as MemberId),
      at: fc.integer({ min: 0, max: 999 }).map((at) => at as Instant),
      method: fc.constantFrom('order', 'postcard'),
    }),
    { maxLength: 20 },
  )
  .map((entries) => entries.map((entry, index) => ({ ...entry, id: `entry ${index}` as ActivityId })))

export const withdrawalsArbitrary: fc.Arbitrary<ReadonlyArray<DrawWithdrawal>> = fc
  .array(fc.tuple(fc.nat({ max: 22 }), fc.constantFrom(500, 999, 1000, 1099, 1100, 2000)), { maxLength: 8 })
  .map((all) =>
    all.map(([place, at], index) => ({
      id: `return ${index}` as ActivityId,
      of: `entry ${place}` as ActivityId,
      at: at as Instant,
    })),
  )
