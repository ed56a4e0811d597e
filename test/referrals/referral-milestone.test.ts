import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, decode, unwrap } from '../../src/foundation/index.ts'
import {
  countReferral,
  noReferralProgress,
  ReferralMilestones,
  ReferralProgress,
  uncountReferral,
} from '../../src/referrals/index.ts'
import { milestonesArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('ReferralMilestones', ReferralMilestones, milestonesArbitrary)
codecLaws(
  'ReferralProgress',
  ReferralProgress,
  fc.tuple(fc.nat(), fc.nat()).map(([count, more]) => ({ count, highWater: count + more })),
)

const kind = { type: 'money', currency: 'EUR' as Currency } as const
const fifth = [{ referrals: 5, kind, units: 5_000 }]

/** Conversions (+) and reversals (−) in turn: what each reaches. */
const reached = (milestones: ReferralMilestones, turns: string) => {
  let progress = noReferralProgress
  return [...turns].map((turn) => {
    if (turn === '-') {
      const back = uncountReferral(progress)
      if (back._tag === 'Right') progress = back.right
      return []
    }
    const step = countReferral(milestones, progress)
    progress = step.progress
    return step.reached.map(({ referrals }) => referrals)
  })
}

describe('S52 50 € for five referrals', () => {
  test('S52 the fifth is reversed after it was paid; the next one reaches five again and pays nothing', () => {
    expect(reached(fifth, '+++++-+').flat()).toEqual([5])
    expect(unwrap(uncountReferral({ count: 5, highWater: 5 }))).toEqual({ count: 4, highWater: 5 })
  })

  test('reversed before it was reached, it is reached later', () => {
    expect(reached(fifth, '++++-+')).toEqual([[], [], [], [], [], []])
    expect(reached(fifth, '++++-++').at(-1)).toEqual([5])
  })
})

test('NoReferralCounted', () => {
  expect(uncountReferral(noReferralProgress)).toMatchObject({ left: { _tag: 'NoReferralCounted', path: ['count'] } })
})

test('milestones rise, and the mark is not below the count', () => {
  const [one] = fifth
  expect(decode(ReferralMilestones, [one, one])).toMatchObject({ left: [{ path: [1, 'referrals'] }] })
  expect(decode(ReferralProgress, { count: 5, highWater: 4 })).toMatchObject({ left: [{ path: ['highWater'] }] })
})

test('each level is paid once, and exactly those that were ever reached, under any order of conversions and reversals', () => {
  const turns = fc.string({ unit: fc.constantFrom('+', '+', '-'), maxLength: 40, size: 'large' })
  fc.assert(
    fc.property(milestonesArbitrary, turns, (milestones, all) => {
      let count = 0
      let most = 0
      for (const turn of all) {
        count = Math.max(0, count + (turn === '+' ? 1 : -1))
        most = Math.max(most, count)
      }
      const expected = milestones.map(({ referrals }) => referrals).filter((level) => level <= most)
      expect(reached(milestones, all).flat()).toEqual(expected)
    }),
  )
})
