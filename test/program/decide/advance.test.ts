import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, type Instant, parseInstant, unwrap } from '../../../src/foundation/index.ts'
import { type Activity, advance, decide, type MemberEvent } from '../../../src/program/index.ts'
import { activity, buys, following, joins, member, returns, shop, shopJson, statusLadder, wallet } from '../shop.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const day1 = '2026-01-01T00:00:00Z'
const hour = (n: number): string => new Date(Date.UTC(2026, 0, 1, n)).toISOString()
const terms = {
  pending: { type: 'duration', duration: { amount: 1, unit: 'day' } },
  expiry: { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' },
}

describe('advance', () => {
  test('nothing is due: nothing changes, not even how far the state has come', () => {
    const { state } = following(shop(), [joins(day1), buys('o', day1, '10.00')])
    const later = advance(shop(), state, at('2030-01-01T00:00:00Z'))
    expect(later).toEqual({
      events: [],
      state,
      trace: [],
      followUps: [],
      claims: [],
      sharedClaims: [],
      basedOn: state.revision,
    })
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
      ladders: [{ ...statusLadder, validity: { type: 'endOfPeriod' } }],
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

describe('many instants at once are one after the other', () => {
  const wait = { type: 'duration', duration: { amount: 3, unit: 'day' } }
  const live = (amount: number, from: string) => ({ type: 'rolling', after: { amount, unit: 'day' }, from })
  const policies = fc.record(
    {
      pending: fc.constantFrom(wait, { type: 'action', action: 'delivery', cancelAfter: { amount: 4, unit: 'day' } }),
      expiry: fc.constantFrom(null, live(9, 'activation'), live(3, 'earning'), live(5, 'earning')),
      decay: fc.constant({ every: { unit: 'week', startsOn: 1 }, rate: '0.5', atLeast: 1, rounding: 'floor' }),
      onExpiry: fc.constant({ type: 'donate', recipient: 'forest' }),
      reinstatement: fc.constant({ amount: 9, unit: 'day' }),
      writeOffAfter: fc.constant({ amount: 5, unit: 'day' }),
    },
    { requiredKeys: ['pending', 'expiry'] },
  )
  const act = fc.record({ hour: fc.nat({ max: 24 * 12 }), kind: fc.constantFrom('buy', 'buy', 'buy', 'take', 'hold') })

  const happening = (kind: string, index: number, date: string): Activity => {
    if (kind === 'take') return returns(`r${index}`, date, `o${index - 1}`, { line: '1' })
    if (kind === 'buy') return buys(`o${index}`, date, `${index + 1}.00`)
    return activity({ type: 'hold', id: `h${index}`, at: date, wallet: 'points', points: 1 })
  }

  test('by hours or at once, with the same events', () => {
    fc.assert(
      fc.property(policies, fc.array(act, { maxLength: 14 }), (policy, acts) => {
        const program = shop({
          ...wallet({ ...policy, holds: { validity: { amount: 2, unit: 'day' }, protectsExpiry: false } }),
          earning: { ...shopJson.earning, actions: [{ name: 'delivery', fields: [] }] },
        })
        let state = following(program, [joins(hour(0))]).state
        const sorted = [...acts].sort((a, b) => a.hour - b.hour)
        sorted.forEach((one, index) => {
          const decided = decide(program, state, happening(one.kind, index, hour(one.hour)))
          if (decided._tag === 'Right') state = decided.right.state
        })
        const end = 24 * 45
        const atOnce = advance(program, state, at(hour(end)))
        const steps: Array<MemberEvent> = []
        for (let when = sorted.at(-1)?.hour ?? 0; when <= end; when += 1) {
          const step = advance(program, state, at(hour(when)))
          steps.push(...step.events)
          state = step.state
        }
        expect(atOnce.events).toEqual(steps)
        expect(atOnce.state).toEqual(state)
      }),
    )
  })
})
