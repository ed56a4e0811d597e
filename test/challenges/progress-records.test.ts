// Progress as the fold of what was found is what recording and reversing give.

import fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { expect, test } from 'vitest'
import {
  type ChallengeProgress,
  compileChallenge,
  firstProgressEnd,
  noProgress,
  progressWith,
  recordProgress,
  reverseProgress,
} from '../../src/challenges/index.ts'
import { parseInstant, unwrap, utc } from '../../src/foundation/index.ts'
import {
  actionsArbitrary,
  actionVocabulary,
  challengeArbitrary,
  challengeZone,
  reversalsArbitrary,
} from '../arbitraries/challenges.ts'

const newIn = <R extends { readonly id: string }>(before: ReadonlyArray<R>, after: ReadonlyArray<R>): R | null => {
  const known = new Set(before.map(({ id }) => id))
  return after.find(({ id }) => !known.has(id)) ?? null
}

test('one record after the other, with the levels that each gives and takes', () => {
  fc.assert(
    fc.property(
      challengeArbitrary,
      challengeZone,
      actionsArbitrary,
      reversalsArbitrary,
      (challenge, zone, actions, reversals) => {
        const compiled = compileChallenge(actionVocabulary, challenge)
        let progress: ChallengeProgress = noProgress(challenge)
        let folded = progress
        const steps = [
          ...actions.map((action) => () => recordProgress(compiled, zone, progress, [action])),
          ...reversals.map((reversal) => () => reverseProgress(compiled, zone, progress, [reversal])),
        ]
        for (const step of steps) {
          const found = step()
          if (E.isLeft(found)) continue
          const { reached, lost, progress: after } = found.right
          const contribution = newIn(progress.contributions, after.contributions)
          const reversal = newIn(progress.reversals, after.reversals)
          folded = progressWith(folded, { contribution, reversal, reached, lost })
          progress = after
          expect(folded).toEqual(progress)
        }
      },
    ),
  )
})

test('the end of the first window is that of the first contribution that counts', () => {
  const at = unwrap(parseInstant('2026-03-05T12:00:00Z'))
  const base = { id: 'visits', measure: { type: 'times' }, levels: [{ id: 'one', target: 1 }] }
  const progress = (more: object = {}) =>
    ({
      ...noProgress({ id: 'visits' as never }),
      contributions: [
        { id: 'a', at, amount: 1, key: null },
        { id: 'b', at: at + 40 * 86_400_000, amount: 1, key: null },
      ],
      ...more,
    }) as unknown as ChallengeProgress
  const end = (window: object, more: object = {}, of: object = {}) => {
    const found = firstProgressEnd({ ...base, window, ...of } as never, utc, progress(more))
    return found === null ? null : new Date(found).toISOString().slice(0, 10)
  }
  const monthly = { type: 'calendar', calendar: { unit: 'month' } }
  expect(end(monthly)).toBe('2026-04-01')
  expect(end(monthly, { reversals: [{ id: 'r', of: 'a', at, amount: null }] })).toBe('2026-05-01')
  expect(end(monthly, { reversals: [{ id: 'r', of: 'a', at, amount: 1 }] })).toBe('2026-04-01')
  expect(end(monthly, { contributions: [] })).toBe(null)
  expect(end({ type: 'whole' })).toBe(null)
  expect(end({ type: 'whole' }, {}, { open: { from: at, until: at + 90 * 86_400_000 } })).toBe('2026-06-03')
})
