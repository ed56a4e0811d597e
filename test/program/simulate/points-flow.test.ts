// What points cost, what became of them, and what is owed: it adds up.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactProduct, exactSum, type Instant, type MemberId, unwrap } from '../../../src/foundation/index.ts'
import { outcomeMonoid, playOutcome, pointsFlows } from '../../../src/program/index.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { buys, joins, returns, shop, spends, wallet } from '../shop.ts'

fewerRuns()

const minus = (a: number | bigint, b: number | bigint) => exactSum(a, exactProduct(-1, b))

describe('pointsFlows', () => {
  test('granted, less what came back, less redeemed and expired is what is owed', () => {
    const program = shop(wallet({ expiry: { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'earning' } }))
    const history = [
      joins('2026-01-01T00:00:00Z'),
      buys('o', '2026-01-02T00:00:00Z', '100.00', '50.00'),
      spends('s', '2026-01-03T00:00:00Z', 30),
      returns('r', '2026-01-04T00:00:00Z', 'o', { line: '2' }),
      buys('p', '2026-07-01T00:00:00Z', '10.00'),
    ]
    const until = Date.parse('2027-02-01T00:00:00Z') as Instant
    expect(pointsFlows(unwrap(playOutcome(program, history, { until })).outcome)).toEqual([
      { segment: '', wallet: 'points', granted: 110, redeemed: 30, expired: 70, moved: 0, outstanding: 10 },
    ])
  })

  test('it adds up in every history, by segment and wallet', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const until = ((activities[activities.length - 1]?.at ?? 0) + 400 * 86_400_000) as Instant
        const segmentOf = (member: MemberId): string => member
        const { outcome } = unwrap(playOutcome(program, activities, { until, segmentOf }))
        for (const { granted, redeemed, expired, moved, outstanding } of pointsFlows(outcome)) {
          expect(minus(minus(exactSum(granted, moved), redeemed), expired)).toBe(outstanding)
        }
      }),
    )
  })

  test('nothing came to nothing', () => {
    expect(pointsFlows(outcomeMonoid.empty)).toEqual([])
  })
})
