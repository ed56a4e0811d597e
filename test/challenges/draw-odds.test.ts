import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DrawTickets, memberOdds, ticketOdds } from '../../src/challenges/index.ts'
import { type MemberId, unwrap } from '../../src/foundation/index.ts'

const ticketsOf = (weights: ReadonlyArray<number>): DrawTickets => ({
  draw: 'd' as DrawTickets['draw'],
  members: weights.map((tickets, index) => ({ member: `${index}` as MemberId, tickets, uncapped: tickets })),
  total: weights.reduce((sum, weight) => sum + weight, 0),
  excluded: [],
})

type Fraction = readonly [numerator: bigint, denominator: bigint]
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d]

/** Every order of draws, as exact fractions. */
const oddsModel = (weights: ReadonlyArray<number>, member: number, winners: number): Fraction => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (winners === 0 || total === 0) return [0n, 1n]
  return weights.reduce<Fraction>(
    (sum, weight, index) => {
      if (weight === 0) return sum
      const rest = weights.map((one, place) => (place === index ? 0 : one))
      const [n, d] = index === member ? ([1n, 1n] as const) : oddsModel(rest, member, winners - 1)
      return plus(sum, [BigInt(weight) * n, BigInt(total) * d])
    },
    [0n, 1n],
  )
}

const weightsArbitrary = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 })

test('exact odds are those of all orders of draws', () => {
  fc.assert(
    fc.property(weightsArbitrary, fc.nat(), fc.integer({ min: 1, max: 6 }), (weights, pick, winners) => {
      const member = pick % weights.length
      const { method, low, high } = unwrap(memberOdds(ticketsOf(weights), `${member}` as MemberId, winners))
      const [numerator, denominator] = oddsModel(weights, member, winners)
      expect(method).toBe('exact')
      expect(high).toBe(low)
      expect(low).toBeCloseTo(Number((numerator * 10n ** 18n) / denominator) / 1e18, 14)
    }),
  )
})

test('the odds of all members sum up to the number of winners', () => {
  fc.assert(
    fc.property(weightsArbitrary, fc.integer({ min: 1, max: 6 }), (weights, winners) => {
      const tickets = ticketsOf(weights)
      const odds = tickets.members.map(({ member }) => unwrap(memberOdds(tickets, member, winners)).low)
      expect(odds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(Math.min(winners, weights.length), 12)
    }),
  )
})

test('where there is too much to count through, bounds hold the odds between them', () => {
  const weights = Array.from({ length: 400 }, (_, index) => 1 + (index % 97))
  const tickets = ticketsOf(weights)
  const bounds = tickets.members.map(({ member }) => unwrap(memberOdds(tickets, member, 40)))
  expect(new Set(bounds.map(({ method }) => method))).toEqual(new Set(['bounds']))
  for (const { low, high } of bounds) expect(low).toBeLessThan(high)
  expect(bounds.reduce((sum, { low }) => sum + low, 0)).toBeLessThan(40)
  expect(bounds.reduce((sum, { high }) => sum + high, 0)).toBeGreaterThan(40)
})

test('bounds hold what is counted through where both can be had', () => {
  // Few heavy ones and many light ones: two classes are counted through, one more of many weights is not.
  const tickets = ticketsOf([...Array.from({ length: 60 }, () => 1), ...Array.from({ length: 30 }, () => 7), 3])
  const exact = unwrap(memberOdds(tickets, '90' as MemberId, 20))
  expect(exact.method).toBe('exact')
  const share = (gone: number) => 3 / (tickets.total - gone)
  const odds = (gone: (draw: number) => number) =>
    1 - Array.from({ length: 20 }, (_, draw) => 1 - share(gone(draw))).reduce((a, b) => a * b)
  expect(exact.low).toBeGreaterThan(odds((draw) => draw))
  expect(exact.low).toBeLessThan(odds((draw) => draw * 7))
})

test('S61 with equal tickets the odds are winners over members', () => {
  expect(unwrap(memberOdds(ticketsOf(Array.from({ length: 1000 }, () => 3)), '7' as MemberId, 50)).low).toBe(0.05)
  expect(unwrap(memberOdds(ticketsOf([1, 2]), '0' as MemberId, 2))).toEqual({ method: 'exact', low: 1, high: 1 })
})

test('odds of nobody, and of no draw, are faults', () => {
  expect(memberOdds(ticketsOf([1]), 'x' as MemberId, 1)).toMatchObject({ left: { path: ['member'] } })
  expect(memberOdds(ticketsOf([1]), '0' as MemberId, 0)).toMatchObject({ left: { path: ['winners'] } })
})

const choose = (n: bigint, k: bigint): bigint => (k === 0n ? 1n : (choose(n - 1n, k - 1n) * n) / k)

test('odds of tickets are hypergeometric', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }), (tickets, a, b) => {
      const [own, drawn] = [Math.min(a, tickets), Math.min(b, tickets)]
      const [n, m, k] = [BigInt(tickets), BigInt(own), BigInt(drawn)]
      const missed = k > n - m ? 0n : choose(n - m, k)
      const exact = Number(((choose(n, k) - missed) * 10n ** 18n) / choose(n, k)) / 1e18
      expect(unwrap(ticketOdds({ tickets, own, drawn }))).toBeCloseTo(exact, 13)
    }),
  )
  expect(ticketOdds({ tickets: 0, own: -1, drawn: 1.5 })).toMatchObject({
    left: [{ path: ['tickets'] }, { path: ['own'] }, { path: ['drawn'] }],
  })
})
