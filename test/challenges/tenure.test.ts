import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LevelId, TenureLevels, tenureLevelsDue } from '../../src/challenges/index.ts'
import { addDuration, type Instant } from '../../src/foundation/index.ts'
import { challengeZone, nearbyInstants } from '../arbitraries/challenges.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'
import { durationUpTo } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const levelsArbitrary = fc.uniqueArray(fc.record({ id: idArbitrary(LevelId), after: durationUpTo(60) }), {
  maxLength: 5,
  selector: ({ id }) => id,
})

test('each level is due once, from its instant on, however often it is asked for', () => {
  fc.assert(
    fc.property(
      levelsArbitrary,
      challengeZone,
      nearbyInstants,
      fc.array(fc.nat({ max: 90 })),
      (levels, zone, joinedAt, days) => {
        const given: Array<LevelId> = []
        const asked = [...days].sort((a, b) => a - b).map((day) => (joinedAt + day * 86_400_000) as Instant)
        for (const asOf of asked) {
          const due = tenureLevelsDue(levels, zone, { joinedAt, given }, asOf)
          for (const { level, at } of due) {
            expect(at).toBeLessThanOrEqual(asOf)
            given.push(level)
          }
        }
        const last = asked[asked.length - 1] ?? Number.NEGATIVE_INFINITY
        const all = levels.filter(({ after }) => addDuration(zone, joinedAt, after) <= last).map(({ id }) => id)
        expect([...given].sort()).toEqual([...all].sort())
      },
    ),
  )
})

codecLaws('TenureLevels', TenureLevels, levelsArbitrary)
