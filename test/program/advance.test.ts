import { describe, expect, test } from 'vitest'
import { formatInstant, type Instant, parseInstant, unwrap } from '../../src/foundation/index.ts'
import { advance } from '../../src/program/index.ts'
import { buys, following, joins, member, shop, statusLadder, wallet } from './shop.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const day1 = '2026-01-01T00:00:00Z'
const terms = {
  pending: { type: 'duration', duration: { amount: 1, unit: 'day' } },
  expiry: { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' },
}

describe('advance', () => {
  test('nothing is due: nothing changes, not even how far the state has come', () => {
    const { state } = following(shop(), [joins(day1), buys('o', day1, '10.00')])
    const later = advance(shop(), state, at('2030-01-01T00:00:00Z'))
    expect(later).toEqual({ events: [], state, trace: [], followUps: [], claims: [] })
    expect(advance(shop(), member(), at(day1)).state).toEqual(member())
  })

  test('everything happens at its own instant, in the order of time', () => {
    const program = shop({ ...wallet(terms), ladders: [statusLadder] })
    const { state } = following(program, [
      joins(day1),
      buys('o1', day1, '1000.00'),
      buys('o2', '2026-01-01T12:00:00Z', '10.00'),
    ])
    const { events } = advance(program, state, at('2028-01-01T00:00:00Z'))
    expect(events.map((event) => [event.type, formatInstant(event.at)])).toEqual([
      ['activated', '2026-01-02T00:00:00Z'],
      ['activated', '2026-01-02T12:00:00Z'],
      ['expired', '2026-01-03T00:00:00Z'],
      ['expired', '2026-01-03T12:00:00Z'],
      ['tierChanged', '2028-01-01T00:00:00Z'],
    ])
  })

  test('within one instant activations come before expiries, and expiries before assessments', () => {
    const year = { expiry: { type: 'rolling', after: { amount: 365, unit: 'day' }, from: 'activation' }, pending: null }
    const program = shop({
      ladders: [{ ...statusLadder, validity: 'endOfPeriod' }],
      wallets: [
        {
          id: 'miles',
          decimals: 0,
          pending: { type: 'duration', duration: { amount: 365, unit: 'day' } },
          expiry: null,
        },
        { id: 'points', decimals: 0, ...year },
      ],
      earning: {
        rounding: { mode: 'floor', on: 'order' },
        rules: ['points', 'miles'].map((to) => ({
          id: to,
          wallet: to,
          award: { mode: 'linear', points: '1', per: { amount: '1.00', currency: 'EUR' }, on: 'order' },
        })),
      },
    })
    const { state } = following(program, [joins(day1), buys('o', day1, '1000.00')])
    const { events } = advance(program, state, at('2027-01-01T00:00:00Z'))
    expect(events.map(({ type }) => type)).toEqual(['activated', 'expired', 'tierChanged'])
    expect(new Set(events.map((event) => event.at)).size).toBe(1)
  })

  test('without a trace the events are the same', () => {
    const program = shop(wallet(terms))
    const { state } = following(program, [joins(day1), buys('o', day1, '10.00')])
    const end = at('2026-02-01T00:00:00Z')
    const traced = advance(program, state, end)
    expect(advance(program, state, end, { trace: false })).toEqual({ ...traced, trace: [] })
    expect(traced.trace.length).toBe(2)
  })

  test('a standing on a ladder that the program has no more stays as it is', () => {
    const { state } = following(shop({ ladders: [statusLadder] }), [joins(day1), buys('o', day1, '1000.00')])
    const later = advance(shop(), state, at('2030-01-01T00:00:00Z'))
    expect(later.state.standings).toMatchObject([{ tier: 'gold' }])
  })
})
