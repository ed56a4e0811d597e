// A streak as the fold of what was found is what recording gives.

import fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { expect, test } from 'vitest'
import {
  compileStreak,
  noStreak,
  recordStreak,
  type StreakProgress,
  type StreakRecords,
  streakWith,
} from '../../src/challenges/index.ts'
import type { ActivityId } from '../../src/foundation/index.ts'
import { addDays, localDateOf } from '../../src/foundation/index.ts'
import { actionVocabulary, challengeZone, streakActionsArbitrary, streakArbitrary } from '../arbitraries/challenges.ts'

const newIn = <R extends { readonly id: string }>(before: ReadonlyArray<R>, after: ReadonlyArray<R>): R | null => {
  const known = new Set(before.map(({ id }) => id))
  return after.find(({ id }) => !known.has(id)) ?? null
}

test('one record after the other, with the levels that each gives and takes', () => {
  fc.assert(
    fc.property(
      streakArbitrary,
      challengeZone,
      streakActionsArbitrary,
      fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 9 })), { maxLength: 6 }),
      (streak, zone, actions, more) => {
        const compiled = compileStreak(actionVocabulary, streak)
        const first = actions[0]?.at
        const others = more.map(([which, days], index): StreakRecords => {
          const id = `more ${index}` as ActivityId
          if (first === undefined || which % 2 === 0)
            return { reversals: [{ id, of: `action ${which}` as ActivityId }] }
          return { tokens: [{ id, day: addDays(localDateOf(zone, first), days) }] }
        })
        let progress: StreakProgress = noStreak(streak)
        let folded = progress
        for (const records of [...actions.map((action): StreakRecords => ({ actions: [action] })), ...others]) {
          const found = recordStreak(compiled, zone, progress, records)
          if (E.isLeft(found)) continue
          const { reached, lost, progress: after } = found.right
          const action = newIn(progress.actions, after.actions)
          const token = newIn(progress.tokens, after.tokens)
          const reversal = newIn(progress.reversals, after.reversals)
          folded = streakWith(folded, { action, token, reversal, reached, lost })
          progress = after
          expect(folded).toEqual(progress)
        }
      },
    ),
  )
})
