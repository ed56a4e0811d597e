import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Duration, formatCivilDate, type TierId, utc, type WalletId } from '../../src/foundation/index.ts'
import {
  countQualifying,
  firstStanding,
  type Ladder,
  type LadderFinding,
  type LadderLintOptions,
  ladderFaults,
  lintLadder,
  type Metric,
  type MetricId,
  type OfferId,
} from '../../src/tiers/index.ts'
import { anyLadderArbitrary, ladderArbitrary } from '../arbitraries/tiers.ts'
import { at, earns, gold, ladder, member, ofPoints, points, settled, tier } from './ladders.ts'

const wallet = 'points' as WalletId
const months = 'months' as MetricId
const activeMonths: Metric = { id: months, of: 'activeMonths' }

const found = (on: Ladder, options?: LadderLintOptions) =>
  lintLadder(on, options).map(({ type, severity, path }) => [type, severity, path.join('.')])

const first = <T extends LadderFinding['type']>(of: ReadonlyArray<LadderFinding>, type: T) =>
  of.find((one): one is Extract<LadderFinding, { type: T }> => one.type === type)

const withMonths = (atLeast: number, change: Partial<Ladder>): Ladder => ({
  ...gold,
  metrics: [activeMonths],
  tiers: [tier('basic'), { id: 'gold' as TierId, reach: ofPoints(atLeast, months) }],
  ...change,
})

describe('lintLadder', () => {
  test('nothing is doubtful about a plain ladder', () => {
    expect(lintLadder(gold)).toEqual([])
    expect(
      lintLadder(gold, { wallets: [{ wallet, hasCatalogue: true, pending: { amount: 14, unit: 'day' } }] }),
    ).toEqual([])
  })

  test('more active months than a period has', () => {
    expect(lintLadder(withMonths(12, {}))).toEqual([])
    expect(lintLadder(withMonths(13, {}))).toEqual([
      {
        type: 'unreachableTier',
        severity: 'error',
        path: ['tiers', 1, 'reach'],
        tier: 'gold',
        metric: months,
        atLeast: 13,
        most: 12,
      },
    ])
    // A year from the middle of a month has a part of thirteen.
    const anniversary: Partial<Ladder> = { period: { type: 'enrolment', months: 12 } }
    expect(lintLadder(withMonths(13, anniversary))).toEqual([])
    expect(first(lintLadder(withMonths(14, anniversary)), 'unreachableTier')?.most).toBe(13)
    const lifetime: Partial<Ladder> = { period: { type: 'lifetime' }, validity: { type: 'forEver' } }
    expect(lintLadder(withMonths(500, lifetime))).toEqual([])
  })

  test('the last so many days: as many months as a member active on every day has', () => {
    const lengths = fc.oneof(
      fc.record({ amount: fc.integer({ min: 1, max: 100 }), unit: fc.constant('day' as const) }),
      fc.record({ amount: fc.integer({ min: 1, max: 14 }), unit: fc.constant('month' as const) }),
    )
    fc.assert(
      fc.property(lengths, (length) => {
        const on = withMonths(999, { period: { type: 'rolling', length }, validity: { type: 'whileQualified' } })
        let standing = firstStanding(on, utc, at('2023-01-01T00:00:00Z'))
        let most = 0
        for (let day = 0; day < 1_461; day += 1) {
          const countedAt = at('2023-01-01T12:00:00Z') + day * 86_400_000
          const qualifying = { metric: months, count: 1, countedAt: countedAt as never }
          standing = countQualifying(on, utc, standing, qualifying, countedAt as never)
          most = Math.max(most, standing.counts[0]?.buckets.length ?? 0)
        }
        expect(first(lintLadder(on), 'unreachableTier')?.most).toBe(most)
      }),
      { numRuns: 12 },
    )
  })

  test('a way that can be gone is enough', () => {
    const either: Ladder = {
      ...gold,
      metrics: [...gold.metrics, activeMonths],
      tiers: [
        tier('basic'),
        { id: 'gold' as TierId, reach: { type: 'any', of: [ofPoints(13, months), ofPoints(100)] } },
      ],
    }
    expect(lintLadder(either)).toEqual([])
    const both: Ladder = {
      ...either,
      tiers: [
        tier('basic'),
        { id: 'gold' as TierId, reach: { type: 'all', of: [ofPoints(13, months), ofPoints(100)] } },
      ],
    }
    expect(found(both)).toEqual([['unreachableTier', 'error', 'tiers.1.reach']])
  })

  test('S21 S39 a balance that is redeemed by itself, or spent', () => {
    const balance = 'balance' as MetricId
    const on: Ladder = {
      ...gold,
      metrics: [{ id: balance, of: 'balance', wallet }],
      validity: { type: 'whileQualified' },
      tiers: [tier('basic'), { id: 'gold' as TierId, reach: ofPoints(100, balance) }],
    }
    expect(lintLadder(on)).toEqual([])
    expect(found(on, { wallets: [{ wallet, redeemedAt: 100 }] })).toEqual([
      ['unreachableTier', 'error', 'tiers.1.reach'],
      ['balanceSpent', 'warning', 'metrics.0'],
    ])
    expect(found(on, { wallets: [{ wallet, redeemedAt: 101 }] })).toEqual([['balanceSpent', 'warning', 'metrics.0']])
    const spent = first(lintLadder(on, { wallets: [{ wallet, hasCatalogue: true }] }), 'balanceSpent')
    expect(spent?.tiers).toEqual(['gold'])
    expect(lintLadder(on, { wallets: [{ wallet }] })).toEqual([])
    const unasked: Ladder = { ...gold, metrics: [...gold.metrics, ...on.metrics] }
    expect(lintLadder(unasked, { wallets: [{ wallet, hasCatalogue: true }] })).toEqual([])
  })

  test('a tier that no way leads to', () => {
    const on: Ladder = { ...gold, tiers: [...gold.tiers, tier('circle')] }
    expect(found(on)).toEqual([['tierWithoutWay', 'note', 'tiers.2']])
    expect(found(on, { given: ['circle' as TierId] })).toEqual([])
    const offer = {
      id: 'match' as OfferId,
      tier: 'circle' as TierId,
      within: { amount: 90, unit: 'day' },
      during: 'tier',
      target: ofPoints(6),
      reward: { amount: 1, unit: 'year' },
      counts: 'offerOnly',
      onceWithin: null,
    } as const
    expect(found({ ...on, offers: [offer] })).toEqual([])
  })

  test('S38 a keep that the next period decides, of which nothing is there yet: whatever is earned, it falls', () => {
    const on: Ladder = { ...gold, validity: { type: 'endOfPeriod' } }
    expect(found(on)).toEqual([['tierNeverKept', 'warning', 'tiers.1.keep']])
    const rich = member(on, [['2026-03-10T12:00:00Z', 1_000_000]])
    expect([rich.tier, settled(on, rich, at('2027-01-01T00:00:00Z')).tier]).toEqual(['gold', 'basic'])
    expect(found({ ...on, tiers: [tier('basic'), tier('gold', 1000)] })).toEqual([['tierNeverKept', 'note', 'tiers.1']])
    expect(found({ ...on, policy: { downgrade: 'never' } })).toEqual([])
    expect(found({ ...on, metrics: [{ id: points, of: 'points', wallet, over: 'lifetime' }] })).toEqual([])
  })

  test('S16 nothing done in a period counts in it', () => {
    const on: Ladder = {
      ...gold,
      metrics: [{ id: points, of: 'points', wallet, countedAt: 'activation' }],
      period: { type: 'calendar', calendar: { unit: 'month' } },
    }
    const pendingFor = (amount: number): LadderLintOptions => ({
      wallets: [{ wallet, pending: { amount, unit: 'day' } }],
    })
    expect(found(on, pendingFor(27))).toEqual([])
    const short = first(lintLadder(on, pendingFor(28)), 'pendingOutlastsPeriod')
    expect(short && [short.from, short.until].map(formatCivilDate)).toEqual(['2023-02-01', '2023-03-01'])
    expect(found({ ...on, metrics: gold.metrics }, pendingFor(28))).toEqual([])
  })

  test('S20 a grace that is longer than what it follows, or is over before', () => {
    const on = (grace: Duration['amount'], from: 'tierStart' | 'tierExpiry'): Ladder => ({
      ...gold,
      validity: { type: 'term', length: { amount: 3, unit: 'month' } },
      policy: { grace: { length: { amount: grace, unit: 'day' }, from } },
    })
    expect(found(on(89, 'tierExpiry'))).toEqual([])
    expect(found(on(91, 'tierExpiry'))).toEqual([['graceOutlastsValidity', 'warning', 'policy.grace']])
    expect(found(on(89, 'tierStart'))).toEqual([['graceWithoutEffect', 'warning', 'policy.grace']])
    expect(found(on(93, 'tierStart'))).toEqual([])
    const ended = settled(
      on(89, 'tierStart'),
      member(on(89, 'tierStart'), [['2026-03-10T12:00:00Z', 1000]]),
      at('2027-03-10T00:00:00Z'),
    )
    expect([ended.tier, ended.grace]).toEqual(['basic', null])
  })

  test('S31 tiers for life that do not rise', () => {
    const life = 'life' as MetricId
    const on: Ladder = {
      ...gold,
      metrics: [...gold.metrics, { id: life, of: 'points', wallet, over: 'lifetime' }],
      tiers: [
        tier('basic'),
        tier('gold', 1000, 800, { lifetime: ofPoints(9000, life) }),
        tier('top', 2000, 1000, { lifetime: ofPoints(8000, life) }),
      ],
    }
    expect(lintLadder(on)).toEqual([
      {
        type: 'lifetimeBelow',
        severity: 'warning',
        path: ['tiers', 2, 'lifetime'],
        tier: 'top',
        below: 'gold',
        counts: [{ metric: life, count: 8000 }],
      },
    ])
  })

  test('what is left over keeps the tier: the count it names does, one less does not', () => {
    const on: Ladder = { ...gold, policy: { rollover: { cap: null, periods: 1 } } }
    const finding = first(lintLadder(on), 'rolloverKeeps')
    expect(finding).toMatchObject({ severity: 'note', tier: 'gold', count: 1800 })
    const tierWith = (count: number) =>
      settled(on, earns(on, member(on, []), at('2026-03-10T12:00:00Z'), count), at('2028-01-01T00:00:00Z')).tier
    expect([tierWith(1800), tierWith(1799)]).toEqual(['gold', 'basic'])
    expect(found({ ...on, policy: { rollover: { cap: 799, periods: 1 } } })).toEqual([])
    const two = ladder(
      [
        ['gold', 1000, 800],
        ['top', 1500, 1000],
      ],
      { policy: { rollover: { cap: 900, periods: 1 } } },
    )
    expect(found(two)).toEqual([])
  })

  test('any ladder: ends, and finds nothing that has a place outside it', () => {
    fc.assert(
      fc.property(fc.oneof(ladderArbitrary, anyLadderArbitrary), (on) => {
        for (const { path } of lintLadder(on, {
          wallets: [{ wallet, hasCatalogue: true, pending: { amount: 1, unit: 'year' } }],
        })) {
          expect(['tiers', 'metrics', 'policy']).toContain(path[0])
          if (typeof path[1] === 'number') expect(path[1]).toBeLessThan(Math.max(on.tiers.length, on.metrics.length))
        }
      }),
    )
    expect(ladderFaults(gold)).toEqual([])
  })
})
