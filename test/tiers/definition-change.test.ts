import { describe, expect, test } from 'vitest'
import { type TierId, utc } from '../../src/foundation/index.ts'
import { type Ladder, reviseStanding, type TierPolicy } from '../../src/tiers/index.ts'
import { at, gold, ladder, member, settled, tier } from './ladders.ts'

const standing = member(gold, [['2026-03-10T12:00:00Z', 1200]])
const asOf = at('2026-06-01T00:00:00Z')

/** Gold at 1,500, and at 1,400 to keep it. */
const dearer = (onDefinitionChange?: TierPolicy['onDefinitionChange']): Ladder => ({
  ...ladder([['gold', 1500, 1400]]),
  revision: 1,
  ...(onDefinitionChange === undefined ? {} : { policy: { onDefinitionChange } }),
})

describe('reviseStanding', () => {
  test('the same revision changes nothing at all', () => {
    const assessed = reviseStanding(gold, utc, standing, asOf)
    expect([assessed.change, assessed.cause]).toEqual(['none', null])
    expect(assessed.standing).toBe(standing)
  })

  test('S44 Gold becomes dearer: it stays until its validity ends, by default too, or is lost at once', () => {
    for (const policy of ['keepUntilExpiry', 'upgradeOnly', undefined] as const) {
      const assessed = reviseStanding(dearer(policy), utc, standing, asOf)
      expect([assessed.change, assessed.standing.tier, assessed.standing.revision]).toEqual(['held', 'gold', 1])
      expect(assessed.standing.validUntil).toBe(standing.validUntil)
    }
    const assessed = reviseStanding(dearer('reassess'), utc, standing, asOf)
    expect([assessed.change, assessed.cause, assessed.standing.tier]).toEqual(['downgraded', 'definition', 'basic'])
    expect(assessed.standing.since).toBe(asOf)
  })

  test('S44 it becomes cheaper: who has enough is raised by the next assessment, or only by the next thing that counts', () => {
    const before = member(gold, [['2026-03-10T12:00:00Z', 900]])
    const cheaper = (onDefinitionChange: NonNullable<TierPolicy['onDefinitionChange']>): Ladder => ({
      ...ladder([['gold', 900, 800]]),
      revision: 2,
      policy: { onDefinitionChange },
    })
    const tierAfter = (on: Ladder): TierId => settled(on, reviseStanding(on, utc, before, asOf).standing, asOf).tier
    expect(tierAfter(cheaper('upgradeOnly'))).toBe('gold')
    expect(tierAfter(cheaper('reassess'))).toBe('gold')
    expect(tierAfter(cheaper('keepUntilExpiry'))).toBe('basic')
  })

  test('S44 a tier that is gone is lost at once, whatever the policy', () => {
    const on: Ladder = {
      ...ladder([]),
      revision: 1,
      tiers: [tier('basic')],
      policy: { onDefinitionChange: 'keepUntilExpiry' },
    }
    expect(reviseStanding(on, utc, standing, asOf)).toMatchObject({
      cause: 'definition',
      from: 'gold',
      standing: { tier: 'basic', validUntil: null },
    })
  })

  test('once revised, it is not looked at again', () => {
    const once = reviseStanding(dearer('reassess'), utc, standing, asOf).standing
    expect(reviseStanding(dearer('reassess'), utc, once, asOf).change).toBe('none')
  })
})
