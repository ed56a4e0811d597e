// Outcomes as summaries: read from JSON, and merged.

import { expect, test } from 'vitest'
import { decode, unwrap } from '../../../src/foundation/index.ts'
import { outcomeMonoid, ProgramOutcome } from '../../../src/program/index.ts'
import { programOutcome } from '../../arbitraries/program-outcomes.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

fewerRuns()

codecLaws('ProgramOutcome', ProgramOutcome, programOutcome)
monoidLaws('outcomeMonoid', outcomeMonoid, programOutcome)

test('amounts of any size add up, what comes to nothing is left out, and ids are plain texts', () => {
  const json = {
    ...(ProgramOutcome.encode(outcomeMonoid.empty) as object),
    balances: [
      { segment: '', wallet: '__proto__', points: '9007199254740991' },
      { segment: 'constructor', wallet: 'points', points: '-5' },
    ],
  }
  const one = unwrap(decode(ProgramOutcome, json))
  const wallet = one.balances[1]?.wallet as never
  const other = { ...outcomeMonoid.empty, balances: [{ segment: 'constructor', wallet, points: 5 }] }
  expect(outcomeMonoid.concat(outcomeMonoid.concat(one, one), other).balances).toEqual([
    { segment: '', wallet: '__proto__', points: 18_014_398_509_481_982n },
    { segment: 'constructor', wallet: 'points', points: -5 },
  ])
  expect(outcomeMonoid.concat(one, other).balances.length).toBe(1)
})
