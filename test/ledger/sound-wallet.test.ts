import { describe, expect, test } from 'vitest'
import { type ActivityId, decode, formatPath, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import { hold, type Lot, Wallet } from '../../src/ledger/index.ts'
import { at, definition, folded, grant, start, wallet } from './book.ts'

const june = at('2026-06-01T00:00:00Z')
const two = folded([grant('a', 30, june), grant('b', 50, null)])
const held = folded([unwrap(hold(definition, utc, two, 40 as Points, start, 'cart' as ActivityId))], two)
const [a, b] = two.lots as readonly [Lot, Lot]

const paths = (stored: Wallet): ReadonlyArray<string> => {
  const decoded = decode(Wallet, Wallet.encode(stored))
  return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
}

describe('a stored wallet that no entries could have given', () => {
  test('a wallet that they gave is none', () => {
    for (const sound of [wallet, two, held]) expect(paths(sound)).toEqual([])
  })

  test('two lots of one id, though they die at different times, and a lot with nothing in it', () => {
    expect(paths({ ...two, lots: [a, { ...b, id: a.id }] })).toEqual(['lots[1].id'])
    expect(paths({ ...two, lots: [a, b, { ...b, id: 'c' as Lot['id'], points: 0 as Points }] })).toEqual([
      'lots[2].points',
    ])
  })

  test('lots out of order: the search for a place would miss it', () => {
    expect(paths({ ...two, lots: [b, a] })).toEqual(['lots[1]'])
  })

  test('holds of one id, and lots twice in a hold', () => {
    const [cart] = held.holds
    if (cart === undefined) return
    const lots = cart.lots.concat(cart.lots.slice(0, 1))
    expect(paths({ ...held, holds: [cart, cart] })).toContain('holds[1].id')
    expect(paths({ ...held, holds: [{ ...cart, lots }] })).toContain('holds[0].lots[2].id')
  })

  test.each(['active', 'pending', 'held', 'accrued', 'redeemed', 'debt'] as const)(
    '%s that is not what it should be',
    (key) => {
      expect(paths({ ...held, [key]: held[key] + 1 })).toEqual([
        key === 'accrued' || key === 'redeemed' ? '' : key === 'debt' ? 'debtSince' : key,
      ])
    },
  )

  test('debt since no time, or no debt since some', () => {
    expect(paths({ ...two, debtSince: start })).toEqual(['debtSince'])
    expect(paths({ ...two, debt: 5 as Points, reversed: 5 as Points })).toEqual(['debtSince'])
    expect(paths({ ...two, debt: 5 as Points, reversed: 5 as Points, debtSince: start })).toEqual([])
  })
})
