import { describe, expect, test } from 'vitest'
import { utc } from '../../src/foundation/index.ts'
import { firstStanding, MetricCount, Standing, StandingClaim } from '../../src/tiers/index.ts'
import { standingArbitrary } from '../arbitraries/tiers.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, gold, ladder } from './ladders.ts'

codecLaws('Standing', Standing, standingArbitrary)
codecLaws(
  'MetricCount',
  MetricCount,
  standingArbitrary.filter(({ counts }) => counts.length > 0).map(({ counts }) => counts[0] as MetricCount),
)
codecLaws(
  'StandingClaim',
  StandingClaim,
  standingArbitrary.filter(({ claims }) => claims.length > 0).map(({ claims }) => claims[0] as StandingClaim),
)

describe('firstStanding', () => {
  test('is on the first tier, without end, with nothing counted', () => {
    const joined = at('2026-03-10T00:00:00Z')
    expect(firstStanding(gold, utc, joined)).toMatchObject({
      ladder: 'status',
      tier: 'basic',
      since: joined,
      validUntil: null,
      counts: [],
      claims: [],
    })
  })

  test('has no tier where the ladder has none, and no period where it has none', () => {
    const bare = { ...ladder([]), tiers: [], period: { type: 'lifetime' } } as const
    expect(firstStanding(bare, utc, at('2026-03-10T00:00:00Z'))).toMatchObject({ tier: '', periodFrom: null })
  })
})
