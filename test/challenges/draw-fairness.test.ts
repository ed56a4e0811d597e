import { expect, test } from 'vitest'
import { type DrawTickets, drawFairness, memberOdds } from '../../src/challenges/index.ts'
import { type MemberId, unwrap } from '../../src/foundation/index.ts'

const ticketsOf = (weights: ReadonlyArray<number>): DrawTickets => ({
  draw: 'd' as DrawTickets['draw'],
  members: weights.map((tickets, index) => ({ member: `member ${index}` as MemberId, tickets, uncapped: tickets })),
  total: weights.reduce((sum, weight) => sum + weight, 0),
  excluded: [],
})
const seedsOf = (count: number, name = 'seed') => Array.from({ length: count }, (_, index) => `${name} ${index}`)

test('S61 over many seeds everybody wins as often as the tickets promise', () => {
  const { pValue, degrees, counts } = unwrap(
    drawFairness(ticketsOf([1, 2, 3, 4, 10]), { seeds: seedsOf(3000), winners: 1 }),
  )
  expect(degrees).toBe(4)
  expect(counts.reduce((sum, { won }) => sum + won, 0)).toBe(3000)
  expect(pValue).toBeGreaterThan(0.001)
})

test('S61 p-values of fair draws are spread evenly, with several winners too', () => {
  const values = Array.from({ length: 60 }, (_, trial) =>
    unwrap(drawFairness(ticketsOf([1, 1, 1, 1, 1, 1]), { seeds: seedsOf(100, `trial ${trial}`), winners: 4 })),
  ).map(({ pValue }) => pValue)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  // Their mean is ½ with a standard error of 1 / √(12 · 60); without the correction it would be above 0.8.
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 60))
  expect(values.filter((value) => value < 0.5).length).toBeGreaterThan(12)
})

test('a draw that is not fair is found: tickets that do not count as they say', () => {
  const real = ticketsOf([1, 1, 1, 2])
  const { counts } = unwrap(drawFairness(real, { seeds: seedsOf(1000), winners: 1 }))
  const won = counts.map((one) => one.won)
  const statistic = won.reduce((sum, one) => sum + (one - 250) ** 2 / 250, 0)
  expect(statistic).toBeGreaterThan(30)
  for (const { won: often, member } of counts) {
    const { low } = unwrap(memberOdds(real, member, 1))
    expect(Math.abs(often / 1000 - low)).toBeLessThan(4 * Math.sqrt((low * (1 - low)) / 1000))
  }
})

test('what cannot be tested is refused', () => {
  const seeds = seedsOf(100)
  const fault = (weights: ReadonlyArray<number>, trial: Parameters<typeof drawFairness>[1]) => {
    const result = drawFairness(ticketsOf(weights), trial)
    return result._tag === 'Left' && result.left.map(({ _tag, path }) => [_tag, path.join('.')])
  }
  expect(fault([1], { seeds, winners: 1 })).toEqual([['EmptySample', 'tickets.members']])
  expect(fault([1, 1], { seeds: [], winners: 1 })).toEqual([['EmptySample', 'seeds']])
  expect(fault([1, 1], { seeds: ['a', 'a'], winners: 2 })).toEqual([
    ['InvalidValue', 'seeds'],
    ['OutOfRange', 'winners'],
  ])
  expect(fault([1, 2, 1], { seeds, winners: 2 })).toEqual([['InvalidValue', 'winners']])
  expect(fault([1, 99], { seeds, winners: 1 })).toEqual([['OutOfRange', 'seeds']])
})
