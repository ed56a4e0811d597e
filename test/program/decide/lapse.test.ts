import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/foundation/index.ts'
import { Activity } from '../../../src/program/index.ts'
import { activity, buys, following, joins, points, returns, shop, shopJson, spends, wallet } from '../shop.ts'

const day = (n: number) => `2026-${n > 31 ? '02' : '01'}-${String(n > 31 ? n - 31 : n).padStart(2, '0')}T00:00:00Z`
const tenDays = { type: 'rolling', after: { amount: 10, unit: 'day' }, from: 'earning' }
const brief = { expiry: tenDays, reinstatement: { amount: 60, unit: 'day' } }
const bought = [joins(day(1)), buys('o', day(1), '100.00')]
const reinstates = (id: string, at: string, more: object = {}) =>
  activity({ type: 'reinstatement', id, at, wallet: 'points', ...more })

describe('S28 S29 what died of a purchase costs nothing when it is returned', () => {
  test('also where it died after a cancelled redemption had brought it back under another id', () => {
    const program = shop(
      wallet({ expiry: tenDays, restoration: { type: 'grace', atLeast: { amount: 10, unit: 'day' } } }),
    )
    const cancels = activity({ type: 'redemptionCancellation', id: 'c', at: day(13), redemption: 's' })
    const { state } = following(program, [
      ...bought,
      spends('s', day(5), 100),
      cancels,
      returns('r', day(40), 'o', { line: '1' }),
    ])
    expect(points(state)).toEqual({ active: 0, pending: 0, debt: 0 })
    const half = following(program, [
      ...bought,
      spends('s', day(5), 60),
      cancels,
      returns('r', day(40), 'o', { line: '1' }),
    ])
    expect(points(half.state).debt).toBe(0)
  })

  test('each of many purchases whose points die at once', () => {
    const program = shop(
      wallet({
        expiry: { type: 'dates', dates: [{ month: 1, day: 20 }], from: 'earning', atLeast: { amount: 0, unit: 'day' } },
      }),
    )
    const many = Array.from({ length: 9 }, (_, n) => buys(`o${n}`, day(n + 1), `${n + 1}.00`))
    const { state } = following(program, [
      joins(day(1)),
      ...many,
      spends('s', day(10), 5),
      returns('r', day(21), 'o8', { line: '1' }),
    ])
    expect(points(state)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(state.earnings.map(({ grants }) => [grants[0]?.points, grants[0]?.lapsed])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 4],
      [5, 5],
      [6, 6],
      [7, 7],
      [8, 8],
      [0, 0],
    ])
  })

  test('but what was spent of it is owed', () => {
    const program = shop(wallet({ expiry: tenDays }))
    const { state } = following(program, [
      ...bought,
      spends('s', day(5), 70),
      returns('r', day(40), 'o', { line: '1' }),
    ])
    expect(points(state).debt).toBe(70)
  })
})

describe('extension', () => {
  const program = shop(wallet({ expiry: tenDays }))
  const extended = (more: object) => activity({ type: 'extension', id: 'x', at: day(3), wallet: 'points', ...more })
  const { state: two } = following(program, [...bought, buys('p', day(3), '50.00')])
  const left = (more: object, at: string) =>
    points(following(program, [spends('s', at, 0)], following(program, [extended(more)], two).state).state).active

  test('until a date, for a time from each date, of some lots or of what dies before an instant', () => {
    expect(left({ to: day(20) }, day(19))).toBe(150)
    expect(left({ by: { amount: 2, unit: 'day' } }, day(12))).toBe(150)
    expect(left({ by: { amount: 2, unit: 'day' } }, day(13))).toBe(50)
    expect(left({ to: day(20), lots: ['0/p'] }, day(19))).toBe(50)
    expect(left({ to: day(20), expiringBefore: day(12) }, day(19))).toBe(100)
  })

  test('says either until when or for how long, and which lots or before when', () => {
    const paths = (more: object) => {
      const json = { type: 'extension', id: 'x', member: 'anna', at: day(3), wallet: 'points', ...more }
      const decoded = decode(Activity, json)
      return decoded._tag === 'Left' ? decoded.left.map(({ path }) => path.join('.')) : []
    }
    expect(paths({ to: day(9) })).toEqual([])
    expect(paths({})).toEqual(['to'])
    expect(paths({ to: day(9), by: { amount: 1, unit: 'day' } })).toEqual(['by'])
    expect(paths({ to: day(9), lots: ['a'], expiringBefore: day(9) })).toEqual(['expiringBefore'])
  })
})

describe('reinstatement', () => {
  test('may have its own date', () => {
    const program = shop(wallet(brief))
    const { state } = following(program, [...bought, reinstates('v', day(13), { expiresAt: day(15) })])
    expect(state.wallets[0]?.lots[0]?.expiresAt).toBe(Date.parse(day(15)))
    const { state: eternal } = following(program, [...bought, reinstates('v', day(13), { expiresAt: null })])
    expect(eternal.wallets[0]?.lots[0]?.expiresAt).toBe(null)
  })

  test('points that are valid again go back when their purchase is returned', () => {
    const program = shop(wallet(brief))
    const { state } = following(program, [
      ...bought,
      reinstates('v', day(13)),
      returns('r', day(15), 'o', { line: '1' }),
    ])
    expect(points(state)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(state.lapsed).toEqual([])
  })

  test('and cost nothing where they have died again', () => {
    const program = shop(wallet(brief))
    const { state } = following(program, [
      ...bought,
      reinstates('v', day(13)),
      returns('r', day(30), 'o', { line: '1' }),
    ])
    expect(points(state)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(state.wallets[0]?.expired).toBe(100)
  })

  test('does not bring back what was returned while it was dead', () => {
    const program = shop(wallet(brief))
    const part = returns('r', day(15), 'o', { line: '1', amount: { amount: '30.00', currency: 'EUR' } })
    const { state } = following(program, [...bought, part])
    expect(state.lapsed.map(({ lot }) => lot.points)).toEqual([70])
    expect(points(following(program, [reinstates('v', day(16))], state).state)).toEqual({
      active: 70,
      pending: 0,
      debt: 0,
    })
    const rest = following(program, [returns('s', day(16), 'o', { line: '1' })], state)
    expect(rest.state.lapsed).toEqual([])
    expect(points(following(program, [reinstates('v', day(17))], rest.state).state).active).toBe(0)
  })

  test('in one wallet leaves what expired in another as it is', () => {
    const rules = ['points', 'stars'].map((id) => ({ ...shopJson.earning.rules[0], id, wallet: id }))
    const wallets = ['points', 'stars'].map((id) => ({ ...shopJson.wallets[0], ...brief, id }))
    const program = shop({ wallets, earning: { ...shopJson.earning, rules } })
    const { state } = following(program, [...bought, reinstates('v', day(13))])
    expect(state.lapsed.map(({ wallet: id }) => id)).toEqual(['stars'])
    const both = following(program, [reinstates('w', day(14), { wallet: 'stars', lots: ['0/o'] })], state)
    expect(both.state.wallets.map(({ active }) => active)).toEqual([100, 100])
    expect(both.state.lapsed).toEqual([])
  })
})
