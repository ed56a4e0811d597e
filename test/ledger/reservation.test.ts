import { describe, expect, test } from 'vitest'
import { type ActivityId, type FunderId, type Instant, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  burn,
  gainsDue,
  hold,
  lossesDue,
  nextDueInWallet,
  redeemHold,
  releaseHold,
  type Wallet,
  type WalletDefinition,
} from '../../src/ledger/index.ts'
import { at, definition, folded, grant, left, start } from './book.ts'

const phone = 'phone' as ActivityId
const desk = 'desk' as ActivityId
const set = (
  of: WalletDefinition,
  from: Wallet,
  points: number,
  source: ActivityId,
  until?: Instant,
): ReturnType<typeof hold> => hold(of, utc, from, points as Points, start, source, until)
const holding = (of: WalletDefinition, from: Wallet, points: number, source: ActivityId, until?: Instant): Wallet =>
  folded([unwrap(set(of, from, points, source, until))], from)
const week = { amount: 7, unit: 'day' } as const

describe('S35 two open sessions of a member with 100 points', () => {
  const held = holding(definition, folded([grant('a', 100, null)]), 100, phone)

  test('S35 the first one sets them aside: the second can neither hold nor spend them', () => {
    expect(held).toMatchObject({ active: 0, held: 100, lots: [] })
    expect(set(definition, held, 1, desk)).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'InsufficientPoints', path: ['points'], requested: 1, available: 0 },
    })
    expect(burn(definition, utc, held, 1 as Points, start, desk)._tag).toBe('Left')
  })

  test('S35 once the first one gives them back, the second can', () => {
    const freed = folded([unwrap(releaseHold(held, phone, start))], held)
    expect(freed).toMatchObject({ active: 100, held: 0, holds: [] })
    expect(left(freed)).toEqual([['a', 100]])
    expect(set(definition, freed, 100, desk)._tag).toBe('Right')
  })

  test('S35 what is spent of a hold is spent, the rest stays held; all of it ends the hold', () => {
    const partly = folded([unwrap(redeemHold(held, phone, 60 as Points, start, desk))], held)
    expect(partly).toMatchObject({ active: 0, held: 40, redeemed: 60 })
    const rest = folded([unwrap(redeemHold(partly, phone, 40 as Points, start, desk))], partly)
    expect(rest).toMatchObject({ held: 0, holds: [], redeemed: 100 })
    expect(redeemHold(rest, phone, 0 as Points, start, desk)).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'UnknownHold', path: ['hold'], hold: phone },
    })
    expect(releaseHold(rest, phone, start)).toMatchObject({ _tag: 'Left', left: { _tag: 'UnknownHold', hold: phone } })
  })

  test('S35 not more than is held', () => {
    expect(redeemHold(held, phone, 101 as Points, start, desk)).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'InsufficientPoints', path: ['points'], requested: 101, available: 100 },
    })
  })
})

describe('S35 a hold ends by itself', () => {
  const weekly: WalletDefinition = { ...definition, holds: { validity: week, protectsExpiry: true } }
  const end = at('2026-01-08T00:00:00Z')

  test('S35 after 7 days where the wallet says so, or when the hold itself says', () => {
    const held = holding(weekly, folded([grant('a', 100, null)]), 30, phone)
    expect(nextDueInWallet(weekly, utc, held)).toBe(end)
    expect(gainsDue(held, (end - 1) as Instant)).toEqual([])
    expect(folded(gainsDue(held, end), held)).toMatchObject({ active: 100, held: 0, holds: [] })
    const tomorrow = at('2026-01-02T00:00:00Z')
    expect(nextDueInWallet(weekly, utc, holding(weekly, folded([grant('a', 100, null)]), 30, phone, tomorrow))).toBe(
      tomorrow,
    )
  })

  test('S35 what is free again pays debt first', () => {
    const held = { ...holding(weekly, folded([grant('a', 30, null)]), 30, phone), debt: 20 as Points, debtSince: start }
    expect(gainsDue(held, end).map(({ type, points }) => [type, points])).toEqual([
      ['holdReleased', 30],
      ['debtSettled', 20],
    ])
  })
})

describe('S35 100 points are held that expire tonight', () => {
  const tonight = at('2026-01-02T00:00:00Z')
  const tomorrow = at('2026-01-02T12:00:00Z')
  const full = folded([grant('a', 100, tonight)])
  const passed = (of: WalletDefinition): Wallet => {
    const held = holding(of, full, 100, phone)
    return folded(lossesDue(of, utc, held, tonight), held)
  }

  test('S35 a hold that protects: they are spent tomorrow, or die when it ends', () => {
    const held = passed(definition)
    expect(held).toMatchObject({ held: 100, expired: 0 })
    expect(folded([unwrap(redeemHold(held, phone, 100 as Points, tomorrow, desk))], held).redeemed).toBe(100)
    const freed = folded([unwrap(releaseHold(held, phone, tomorrow))], held)
    expect(folded(lossesDue(definition, utc, freed, tomorrow), freed)).toMatchObject({ active: 0, expired: 100 })
  })

  test('S35 a hold that does not: they are gone, and the hold with them', () => {
    const bare: WalletDefinition = { ...definition, holds: { validity: null, protectsExpiry: false } }
    expect(nextDueInWallet(bare, utc, holding(bare, full, 100, phone))).toBe(tonight)
    expect(passed(bare)).toMatchObject({ held: 0, expired: 100, holds: [] })
  })
})

test('points are set aside in the order in which the wallet spends them', () => {
  const newest: WalletDefinition = { ...definition, burn: { order: 'newest' } }
  const full = folded([
    grant('old', 10, at('2026-02-01T00:00:00Z')),
    grant('new', 10, null, at('2026-01-02T00:00:00Z')),
  ])
  expect(left(holding(newest, full, 10, phone))).toEqual([['old', 10]])
})

test('a hold is spent in the order in which the wallet would have been', () => {
  const brand = 'brand' as FunderId
  const funded: WalletDefinition = { ...definition, burn: { order: 'oldest', funders: [brand] } }
  const [february, march] = [at('2026-02-01T00:00:00Z'), at('2026-03-01T00:00:00Z')]
  const full = folded([grant('soon', 50, february), { ...grant('brand', 50, march), funder: brand }])
  const held = holding(funded, full, 70, phone)
  expect(held.holds[0]?.lots.map(({ id, points }) => [id, points])).toEqual([
    ['brand', 50],
    ['soon', 20],
  ])
  expect(unwrap(redeemHold(held, phone, 60 as Points, start, desk)).draws).toEqual([
    { lot: 'brand', points: 50 },
    { lot: 'soon', points: 10 },
  ])
})

describe('points that become free after their date', () => {
  const tonight = at('2026-01-02T00:00:00Z')
  const tomorrow = at('2026-01-02T12:00:00Z')

  test('die in that instant, not before it: what is due next is never past', () => {
    const held = holding(definition, folded([grant('a', 100, tonight)]), 100, phone)
    const freed = folded([unwrap(releaseHold(held, phone, tomorrow))], held)
    expect(nextDueInWallet(definition, utc, freed)).toBe(tomorrow)
  })

  test('go back to what is left of their lot, whatever its date', () => {
    const held = holding(definition, folded([grant('a', 100, tonight)]), 60, phone)
    expect(left(folded([unwrap(releaseHold(held, phone, tomorrow))], held))).toEqual([['a', 100]])
  })
})
