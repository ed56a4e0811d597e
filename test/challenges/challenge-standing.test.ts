import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  challengeStanding,
  compileChallenge,
  noProgress,
  recordProgress,
  reverseProgress,
} from '../../src/challenges/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import {
  actionsArbitrary,
  actionVocabulary,
  challengeArbitrary,
  challengeZone,
  nearbyInstants,
  reversalsArbitrary,
} from '../arbitraries/challenges.ts'
import { challengeModel } from './challenge-model.ts'

test('what is counted now is what the slow model counts in the window of now', () => {
  fc.assert(
    fc.property(
      fc.record({
        challenge: challengeArbitrary,
        zone: challengeZone,
        actions: actionsArbitrary,
        reversals: reversalsArbitrary,
      }),
      nearbyInstants,
      ({ challenge, zone, actions, reversals }, asOf) => {
        const compiled = compileChallenge(actionVocabulary, challenge)
        const known = actions.filter(({ at }) => at <= asOf)
        const recorded = unwrap(recordProgress(compiled, zone, noProgress(challenge), actions)).progress
        const { progress } = unwrap(reverseProgress(compiled, zone, recorded, reversals))
        const standing = challengeStanding(challenge, zone, progress, asOf)
        const key = standing.levels[0]?.occurrence ?? 0
        expect(standing.counted).toBe(challengeModel(challenge, zone, known, reversals).totals.get(key) ?? 0)
        for (const { target, missing, isReached } of standing.levels) {
          expect(missing).toBe(Math.max(0, target - standing.counted))
          expect(isReached).toBe(missing === 0)
        }
        if (standing.until !== null && challenge.window.type !== 'whole') expect(standing.until).toBeGreaterThan(asOf)
      },
    ),
  )
})
