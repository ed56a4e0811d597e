import { describe, expect, test } from 'vitest'
import type { MemberId } from '../../../src/foundation/index.ts'
import { referralOf, shop, wallet } from '../shop.ts'
import { active, anybody, base, days, earning, found, pair, pointsId, shown } from './lint-pair.ts'

describe('times', () => {
  const pending = (amount: number) => ({ type: 'duration', duration: days(amount) })
  const expiry = (amount: number) => ({ type: 'rolling', after: days(amount), from: 'earning' })

  test('points that die while they are pending', () => {
    const { program, finding } = pair(
      'diesWhilePending',
      wallet({ pending: pending(30), expiry: expiry(30) }),
      wallet({ pending: pending(30), expiry: expiry(31) }),
    )
    expect(finding.path).toEqual(['wallets', 0])
    const simulation = shown(program, finding)
    expect(active(simulation)).toBe(0)
    expect(simulation.members.get(anybody)?.wallets[0]?.pending).toBe(0)
    const own = shop(earning([{ ...base, lot: { validity: days(0) } }]))
    expect(found(own, 'diesWhilePending')?.path).toEqual(['earning', 'rules', 0, 'lot'])
  })

  test('points that can be spent before the purchase can no longer be returned', () => {
    const { program, finding } = pair(
      'spendableBeforeReturn',
      wallet({ pending: pending(59) }),
      wallet({ pending: pending(60) }),
    )
    const simulation = shown(program, finding)
    expect(simulation.members.get(anybody)?.wallets[0]).toMatchObject({ active: 0, debt: 100 })
    const lenient = shop(wallet({ clawBack: { limit: 'withinBalance', from: 'soonestExpiring' } }))
    const lost = found(lenient, 'spendableBeforeReturn')
    expect(lost?.severity).toBe('warning')
    expect(shown(lenient, lost).members.get(anybody)?.wallets[0]).toMatchObject({ active: 0, debt: 0 })
  })

  test('a review that is shorter than the time to return goods (S51)', () => {
    const { program, finding } = pair(
      'reviewShorterThanReturns',
      referralOf({ review: days(59) }),
      referralOf({ review: days(60) }),
    )
    expect(active(shown(program, finding), pointsId, 'somebody else' as MemberId)).toBe(500)
  })
})
