// The part of the state about challenges, and the form of challenges in programs, come back from JSON.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Currency, decode } from '../../../src/foundation/index.ts'
import { MemberChallenges, noChallenges, programChallengesCodec } from '../../../src/program/index.ts'
import { play } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'

fewerRuns()

codecLaws(
  'MemberChallenges',
  MemberChallenges,
  wideHistory.map(({ program, activities }) => play(program, activities).state.challenges),
)

codecLaws(
  'ProgramChallenges',
  programChallengesCodec('EUR' as Currency),
  wideHistory.map(({ program }) => program.program.challenges ?? {}),
)

test('a challenge comes only once', () => {
  const goal = { challenge: 'orders', contributions: [], reversals: [], grants: [], closed: null }
  const streak = { streak: 'daily', actions: [], tokens: [], reversals: [], grants: [], closed: null }
  const json = MemberChallenges.encode(noChallenges) as object
  const bad = decode(MemberChallenges, { ...json, goals: [goal, goal], streaks: [streak, streak] })
  expect(bad._tag === 'Left' ? bad.left.map(({ path }) => path) : []).toEqual([
    ['goals', 1],
    ['streaks', 1],
  ])
})

test('nobody has anything before the program gives it', () => {
  fc.assert(
    fc.property(wideHistory, ({ program, activities }) => {
      if (program.program.challenges !== undefined) return
      const { zone: _, ...rest } = play(program, activities).state.challenges
      expect({ ...rest, zone: null }).toEqual(noChallenges)
    }),
  )
})
