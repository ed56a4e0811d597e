import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type TierId, utc, type WalletId } from '../../src/foundation/index.ts'
import {
  advanceStanding,
  countQualifying,
  explainStanding,
  firstStanding,
  type Ladder,
  type MetricId,
  nextAssessment,
  type Standing,
} from '../../src/tiers/index.ts'
import { careerArbitrary } from '../arbitraries/tiers.ts'
import { careerOf, rankIn } from './career.ts'
import { at, earns, ladder, member, ofPoints, settled } from './ladders.ts'

const life = 'life' as MetricId

describe('explainStanding', () => {
  test('a tier held for life, alone and under a higher one', () => {
    const on: Ladder = {
      ...ladder([
        ['gold', 1000, 1000],
        ['platinum', 2000, 2000],
      ]),
      metrics: [
        { id: 'points' as MetricId, of: 'points', wallet: 'points' as WalletId },
        { id: life, of: 'points', wallet: 'points' as WalletId, over: 'lifetime' },
      ],
    }
    const tiers = on.tiers.map((one) =>
      one.id === ('gold' as TierId) ? { ...one, lifetime: ofPoints(50, life) } : one,
    )
    const forLife: Ladder = { ...on, tiers }
    const counts = (standing: Standing, when: string, count: number) =>
      settled(forLife, countQualifying(forLife, utc, standing, { metric: life, count, countedAt: at(when) }), at(when))
    const held = counts(firstStanding(forLife, utc, at('2026-01-01T12:00:00Z')), '2026-03-10T12:00:00Z', 50)
    const reasons = (standing: Standing, when: string) =>
      explainStanding(forLife, utc, standing, at(when)).reasons.map(({ by, tier, from, decides }) => [
        by,
        tier,
        from,
        decides,
      ])
    expect(reasons(held, '2026-04-01T00:00:00Z')).toEqual([
      ['earned', 'basic', at('2026-01-01T12:00:00Z'), false],
      ['lifetime', 'gold', at('2026-03-10T12:00:00Z'), true],
    ])
    const up = earns(forLife, held, at('2026-05-01T12:00:00Z'), 2000)
    expect(reasons(up, '2026-06-01T00:00:00Z')).toEqual([
      ['earned', 'platinum', at('2026-05-01T12:00:00Z'), true],
      ['lifetime', 'gold', null, false],
    ])
  })

  test('a grace, and a time in which nobody is lowered', () => {
    const on: Ladder = {
      ...ladder([['gold', 1000, 800]]),
      policy: { grace: { length: { amount: 2, unit: 'month' }, from: 'tierExpiry' } },
      suspensions: [{ from: at('2028-02-15T00:00:00Z'), until: at('2028-04-01T00:00:00Z') }],
    }
    const held = settled(on, member(on, [['2026-03-10T12:00:00Z', 1000]]), at('2028-02-20T00:00:00Z'))
    expect(explainStanding(on, utc, held, at('2028-02-20T00:00:00Z'))).toMatchObject({
      tier: 'gold',
      validUntil: at('2028-03-01T00:00:00Z'),
      grace: { until: at('2028-03-01T00:00:00Z'), fallsTo: 'basic' },
      suspendedUntil: at('2028-04-01T00:00:00Z'),
      keep: { isMet: false },
    })
  })

  test('the reasons that decide are those of the tier and of its end', () => {
    fc.assert(
      fc.property(careerArbitrary, (career) => {
        const { ladder: on, zone, start, deeds } = career
        const asOf = deeds.at(-1)?.at ?? start
        const last = careerOf(career).at(-1) ?? firstStanding(on, zone, start)
        const { standing } = advanceStanding(on, zone, last, asOf)
        const explained = explainStanding(on, zone, standing, asOf)
        const rank = rankIn(on, standing.tier)
        expect(Math.max(...explained.reasons.map(({ tier }) => rankIn(on, tier)))).toBe(rank)
        const ends = explained.reasons.filter(({ decides }) => decides).map(({ until }) => until)
        const end = ends.includes(null) ? null : Math.max(...ends.map(Number))
        expect(explained.validUntil).toBe(rank === 0 ? null : end)
        expect(explained.nextAssessment).toBe(nextAssessment(on, zone, standing))
      }),
    )
  })
})
