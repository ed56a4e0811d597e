import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MemberId, roundRatio, unwrap } from '../../src/foundation/index.ts'
import { MultiLevelPolicy, multiLevelRewards } from '../../src/referrals/index.ts'
import { roundingModeArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const policyArbitrary: fc.Arbitrary<MultiLevelPolicy> = fc
  .record({
    depth: fc.integer({ min: 1, max: 6 }),
    parts: fc.tuple(fc.nat(20), fc.nat(20)),
    rounding: roundingModeArbitrary,
  })
  .map(({ depth, parts: [numerator, more], rounding }) => ({
    depth,
    decay: { numerator, denominator: Math.max(1, numerator + more) },
    rounding,
  }))

codecLaws('MultiLevelPolicy', MultiLevelPolicy, policyArbitrary)

const ancestors = ['anna', 'ben', 'cleo', 'dora'].map((id) => id as MemberId)
const half: MultiLevelPolicy = { depth: 3, decay: { numerator: 1, denominator: 2 }, rounding: 'floor' }

test('half for each level, to the depth', () => {
  expect(unwrap(multiLevelRewards(half, ancestors, 501))).toEqual([
    { member: 'anna', level: 1, units: 501 },
    { member: 'ben', level: 2, units: 250 },
    { member: 'cleo', level: 3, units: 125 },
  ])
  expect(unwrap(multiLevelRewards(half, ancestors.slice(0, 1), 501)).length).toBe(1)
  expect(unwrap(multiLevelRewards(half, [], 501))).toEqual([])
})

test('each level is rounded from the exact share: a third of a third of 100 is 11', () => {
  const third: MultiLevelPolicy = { depth: 4, decay: { numerator: 1, denominator: 3 }, rounding: 'halfUp' }
  expect(unwrap(multiLevelRewards(third, ancestors, 100)).map(({ units }) => units)).toEqual([100, 33, 11, 4])
})

test('a decay of nothing, of everything, and of 0 parts', () => {
  const decay = (numerator: number, denominator: number) =>
    multiLevelRewards({ ...half, decay: { numerator, denominator } }, ancestors, 7)
  expect(unwrap(decay(0, 1)).map(({ units }) => units)).toEqual([7, 0, 0])
  expect(unwrap(decay(1, 1)).map(({ units }) => units)).toEqual([7, 7, 7])
  expect(decay(1, 0)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
})

test('OutOfRange: units that are no safe integer', () => {
  expect(multiLevelRewards(half, ancestors, 2 ** 53)).toMatchObject({ left: { _tag: 'OutOfRange' } })
})

test('against powers of the decay, never rising', () => {
  fc.assert(
    fc.property(policyArbitrary, fc.maxSafeNat(), (policy, units) => {
      const { numerator, denominator } = policy.decay
      const rewards = unwrap(multiLevelRewards(policy, ancestors, units)).map((reward) => reward.units)
      const exact = Array.from({ length: Math.min(policy.depth, 4) }, (_, level) =>
        unwrap(
          roundRatio(
            BigInt(units) * BigInt(numerator) ** BigInt(level),
            BigInt(denominator) ** BigInt(level),
            policy.rounding,
          ),
        ),
      )
      expect(rewards).toEqual(exact)
      for (const [index, reward] of rewards.entries()) expect(reward).toBeLessThanOrEqual(rewards[index - 1] ?? units)
    }),
  )
})
