import fc from 'fast-check'
import { right } from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import { type ActivityId, formatError, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import { burn, drawActive } from '../../src/ledger/index.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { at, definition, folded, grant, id, left, start } from './book.ts'

const reward = 'reward-1' as ActivityId
const points = (n: number) => n as Points

describe('S15 which lots are spent', () => {
  const march = at('2026-03-01T00:00:00Z')
  const december = at('2026-12-01T00:00:00Z')
  const february = at('2026-02-01T00:00:00Z')

  test('S15 soonest to expire first, not first earned: nothing is lost', () => {
    const full = folded([grant('A', 100, december), grant('B', 100, march, february)])
    const burnt = unwrap(burn(definition, utc, full, points(100), february, reward))
    expect(burnt.draws).toEqual([{ lot: 'B', points: 100 }])
    expect(left(folded([burnt], full))).toEqual([['A', 100]])
  })

  test('S15 ties: the same expiry, then the earlier earned, then the lower id; never-expiring last', () => {
    const full = folded([
      grant('d', 10, null),
      grant('c', 10, march, february),
      grant('b', 10, march),
      grant('a', 10, march, february),
      grant('e', 10, at('2026-02-02T00:00:00Z'), february),
    ])
    expect(left(full).map(([lot]) => lot)).toEqual(['e', 'b', 'a', 'c', 'd'])
    expect(unwrap(burn(definition, utc, full, points(35), february, reward)).draws).toEqual([
      { lot: 'e', points: 10 },
      { lot: 'b', points: 10 },
      { lot: 'a', points: 10 },
      { lot: 'c', points: 5 },
    ])
  })
})

describe('burn', () => {
  const pending = { ...grant('p', 50, null), activeFrom: at('2026-02-01T00:00:00Z') }
  const full = folded([grant('a', 30, null), pending])

  test('takes a part of a lot', () => {
    const after = folded([unwrap(burn(definition, utc, full, points(12), start, reward))], full)
    expect(after).toMatchObject({ active: 18, pending: 50, redeemed: 12 })
    expect(left(after)).toEqual([
      ['a', 18],
      ['p', 50],
    ])
  })

  test('takes all that is active', () => {
    expect(left(folded([unwrap(burn(definition, utc, full, points(30), start, reward))], full))).toEqual([['p', 50]])
  })

  test('spends nothing, where nothing is asked for', () => {
    expect(burn(definition, utc, full, points(0), start, reward)).toEqual(
      right({ type: 'redeemed', wallet: id, at: start, source: reward, points: 0, draws: [], hold: null }),
    )
  })

  test('InsufficientPoints: pending points cannot be spent', () => {
    const refused = burn(definition, utc, full, points(31), start, reward)
    expect(refused).toEqual({
      _tag: 'Left',
      left: {
        _tag: 'InsufficientPoints',
        path: ['points'],
        expected: 'at most the 30 active points of the wallet',
        wallet: id,
        requested: 31,
        available: 30,
      },
    })
    expect(refused._tag === 'Left' && formatError(refused.left)).toContain('at most the 30 active points')
  })

  test('takes just what is asked for, each lot empty before the next one is touched', () => {
    fc.assert(
      fc.property(walletArbitrary, fc.nat({ max: 100 }), (wallet, asked) => {
        const burnt = burn(definition, utc, wallet, points(asked), start, reward)
        expect(burnt._tag).toBe(asked <= Math.max(0, wallet.active - wallet.debt) ? 'Right' : 'Left')
        if (burnt._tag === 'Left') return
        const { draws } = burnt.right
        expect(draws.reduce((sum, draw) => sum + draw.points, 0)).toBe(asked)
        const active = wallet.lots.filter((lot) => lot.active)
        expect(draws.map(({ lot }) => lot)).toEqual(active.slice(0, draws.length).map((lot) => lot.id))
        expect(draws.slice(0, -1).map((draw) => draw.points)).toEqual(
          active.slice(0, Math.max(0, draws.length - 1)).map((lot) => lot.points),
        )
      }),
    )
  })
})

test('drawActive passes over pending lots', () => {
  const pending = { ...grant('a', 50, at('2026-03-01T00:00:00Z')), activeFrom: at('2026-02-01T00:00:00Z') }
  expect(drawActive(folded([pending, grant('b', 5, null)]).lots, points(4))).toEqual([{ lot: 'b', points: 4 }])
})
