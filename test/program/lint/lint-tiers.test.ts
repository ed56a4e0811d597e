import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import { type CompiledProgram, simulate } from '../../../src/program/index.ts'
import { sampleBox } from '../../rewards/reward-terms.ts'
import { activity, following, joins, pointsOf, shop, shopJson, statusLadder, wallet } from '../shop.ts'
import { anybody, base, codes, days, earning, lessThan, pair, shown } from './lint-pair.ts'

describe('tiers', () => {
  const ladders = (changes: object) => ({ ladders: [{ ...statusLadder, ...changes }] })
  const monthly = (limit: number) => ({
    id: 'month',
    wallet: 'points',
    limit,
    counts: 'points',
    window: { type: 'calendar', calendar: { unit: 'month' } },
    onExceed: 'truncate',
  })

  test('a tier that caps let nobody reach', () => {
    const program = (limit: number) => ({ ...ladders({}), ...earning([base], { caps: [monthly(limit)] }) })
    const { program: having, finding } = pair('unreachableTier', program(83), program(84))
    expect(finding.path).toEqual(['ladders', 0, 'tiers', 1, 'reach'])
    expect(finding.witness).toMatchObject({ type: 'bound', needed: 1000, most: 996 })
    // as much as can be, in every month of a year
    const at = (month: number) => Date.UTC(2026, month, 2) as never
    const base2 = { member: anybody } as const
    const history = [
      { type: 'enrolment', id: 'joins' as never, ...base2, at: at(0) } as const,
      ...Array.from({ length: 12 }, (_, month) => ({
        type: 'purchase' as const,
        id: `order ${month}` as never,
        ...base2,
        at: at(month),
        lines: [{ id: '1' as never, amount: { minor: 1_000_000, currency: 'EUR' as never } }],
      })),
    ]
    const tierOf = (one: CompiledProgram) => unwrap(simulate(one, history)).members.get(anybody)?.standings[0]?.tier
    expect(tierOf(having)).toBe('basic')
    expect(tierOf(shop(program(84)))).toBe('gold')
  })

  test('a metric to which nothing adds', () => {
    const program = (of: string) => ({
      wallets: ['points', 'status'].map((id) => ({ ...shopJson.wallets[0], id })),
      ...ladders({ metrics: [{ id: 'points', of: 'points', wallet: of }] }),
    })
    const { program: having } = pair('metricNeverCounted', program('status'), program('points'))
    expect(codes(having)).toContain('unreachableTier')
    // a rule that never fires adds nothing
    const never = { ...ladders({}), ...earning([{ ...base, when: lessThan('0') }]) }
    expect(codes(shop(never))).toContain('metricNeverCounted')
  })

  test('a balance that can be spent (S39), and one that is redeemed before it is reached (S21)', () => {
    const balance = ladders({
      metrics: [{ id: 'points', of: 'balance', wallet: 'points' }],
      period: { type: 'lifetime' },
      validity: { type: 'whileQualified' },
      tiers: [{ id: 'basic' }, { id: 'silver', reach: pointsOf(100) }],
    })
    const { program, finding } = pair('balanceSpent', balance, balance, {}, { spendable: [] })
    expect(shown(program, finding).members.get(anybody)?.standings[0]?.tier).toBe('basic')
    const automatic = (at: number, reward: object = {}) => ({
      ...balance,
      rewards: [{ ...sampleBox, prices: [{ ...sampleBox.prices[0], points: at }], ...reward }],
      automaticRedemptions: [{ wallet: 'points', reward: 'sample-box', onReturn: 'debt' }],
    })
    const { program: redeeming } = pair('unreachableTier', automatic(100), automatic(101))
    pair('unreachableTier', automatic(100), automatic(100, { limits: [{ times: 1, per: null }] }))
    // As much at once as it takes, and nobody is on the tier when the instant is over.
    const gives = { type: 'adjustment', wallet: 'points', direction: 'in', points: 190, reason: 'gift', actor: 'shop' }
    const tierOf = (one: CompiledProgram) =>
      following(one, [joins('2026-01-01T00:00:00Z'), activity({ ...gives, id: 'g', at: '2026-01-02T00:00:00Z' })]).state
        .standings[0]?.tier
    expect([tierOf(redeeming), tierOf(shop(automatic(101)))]).toEqual(['basic', 'basic'])
    expect(tierOf(shop(automatic(191)))).toBe('silver')
  })

  test('every finding of the lint of ladders is one of the program', () => {
    const counts = { type: 'count', metric: 'points' }
    pair(
      'lifetimeBelow',
      ladders({
        metrics: [...statusLadder.metrics, { id: 'ever', of: 'spend', over: 'lifetime' }],
        tiers: [
          { id: 'basic' },
          { id: 'silver', reach: pointsOf(100), lifetime: { type: 'count', metric: 'ever', atLeast: 500 } },
          { id: 'gold', reach: pointsOf(200), lifetime: { type: 'count', metric: 'ever', atLeast: 400 } },
        ],
      }),
      ladders({}),
    )
    const slow = {
      ...ladders({ metrics: [{ ...statusLadder.metrics[0], countedAt: 'activation' }] }),
      ...wallet({ pending: { type: 'duration', duration: { amount: 400, unit: 'day' } } }),
    }
    pair('pendingOutlastsPeriod', slow, ladders({}))
    const grace = (amount: number, from: string) =>
      ladders({ validity: { type: 'term', length: days(90) }, policy: { grace: { length: days(amount), from } } })
    pair('graceWithoutEffect', grace(89, 'tierStart'), grace(91, 'tierStart'))
    pair('graceOutlastsValidity', grace(91, 'tierExpiry'), grace(89, 'tierExpiry'))
    const rollover = { rollover: { cap: null, periods: 1 } }
    pair(
      'rolloverKeeps',
      ladders({ policy: rollover, tiers: [{ id: 'basic' }, { id: 'gold', reach: { ...counts, atLeast: 100 } }] }),
      ladders({}),
    )
  })

  test('what the lint of ladders finds has its place in the program', () => {
    const kept = { validity: { type: 'endOfPeriod' } }
    const { finding } = pair('tierNeverKept', ladders(kept), ladders({}))
    expect(finding.path.slice(0, 2)).toEqual(['ladders', 0])
    pair('tierWithoutWay', ladders({ tiers: [{ id: 'basic' }, { id: 'gold' }] }), ladders({}))
  })
})
