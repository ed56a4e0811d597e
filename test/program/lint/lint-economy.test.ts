import { describe, expect, test } from 'vitest'
import { eur, referralOf, shop, shopJson } from '../shop.ts'
import { active, atLeast, base, codes, earning, fixed, found, pair, pointsId, shown } from './lint-pair.ts'

describe('what costs more than it brings', () => {
  const wallets = ['points', 'miles', 'stars'].map((id) => ({ ...shopJson.wallets[0], id }))
  const rates = (...found: ReadonlyArray<readonly [string, string, number, number]>) => ({
    wallets,
    conversions: found.map(([from, to, units, of]) => ({
      from,
      to,
      rate: { from: units, to: of },
      validFrom: '2020-01-01T00:00:00Z',
    })),
  })

  test('conversions in a circle that gain', () => {
    const { program, finding } = pair(
      'conversionGain',
      rates(['points', 'miles', 2, 3], ['miles', 'stars', 1, 1], ['stars', 'points', 4, 3]),
      rates(['points', 'miles', 2, 3], ['miles', 'stars', 1, 1], ['stars', 'points', 3, 2]),
    )
    const simulation = shown(program, finding)
    const given = finding.witness.type === 'history' ? finding.witness.activities[1] : undefined
    const wallet = given?.type === 'adjustment' ? given.wallet : pointsId
    expect(given?.type === 'adjustment' ? active(simulation, wallet) > given.points : false).toBe(true)
  })

  test('a purchase that earns more than it leaves', () => {
    const economics = (cents: number) => ({
      margin: { numerator: 30, denominator: 100 },
      pointCost: () => ({ numerator: cents, denominator: 1 }),
    })
    // one point for a euro is a cent of thirty; a bonus for any order is worth more than an order of a cent leaves
    const { program, finding } = pair(
      'earningExceedsMargin',
      earning([base, fixed('each order', undefined)]),
      earning([base, fixed('large orders', atLeast('50'))]),
      { economics: economics(1) },
    )
    expect(finding.path).toEqual(['earning', 'rules', 1])
    expect(active(shown(program, finding))).toBe(10)
    // only together: ten times one point for a euro is 10 % of 30 %, and twice that four times is 40 %
    const times = (id: string, factor: string, when: object) => ({
      id,
      wallet: 'points',
      when,
      award: { mode: 'multiplier', factor },
    })
    const stacked = earning(
      [
        base,
        times('x5', '5', { field: 'categories', hasAny: ['tea'] }),
        times('x8', '8', { field: 'weekday', is: 'sunday' }),
      ],
      { multipliers: 'product' },
    )
    const options = { economics: economics(1) }
    const both = shop(stacked)
    expect(active(shown(both, found(both, 'earningExceedsMargin', options)))).toBeGreaterThan(30)
    expect(codes(shop(earning([base])), options)).not.toContain('earningExceedsMargin')
    expect(codes(both)).not.toContain('earningExceedsMargin')
  })

  test('a referral that costs more than its purchase brings; any purchase that counts (S53)', () => {
    const economics = {
      margin: { numerator: 30, denominator: 100 },
      pointCost: () => ({ numerator: 1, denominator: 1 }),
    }
    const dear = { numerator: 2, denominator: 1 }
    pair(
      'rewardExceedsMargin',
      referralOf(),
      referralOf(),
      { economics: { ...economics, pointCost: () => dear } },
      { economics },
    )
    const eligibility = (amount: string) => ({
      eligibility: {
        newCustomersOnly: false,
        minimumSpend: eur(amount),
        purchaseNumber: null,
        within: null,
        channels: null,
        categories: null,
        exceptCategories: [],
      },
    })
    pair('noMinimumSpend', referralOf(eligibility('0.00')), referralOf(eligibility('10.00')))
    const milestones = [{ referrals: 3, kind: { type: 'points', wallet: 'points' }, units: 9000 }]
    pair('milestoneExceedsMargin', referralOf({ milestones }), referralOf(), { economics })
  })
})
