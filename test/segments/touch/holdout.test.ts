import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import { holdoutLift } from '../../../src/retention/index.ts'
import { HoldoutDesign, holdoutGroups, isHeldOut } from '../../../src/segments/index.ts'
import { chiSquareUpperTail } from '../../../src/statistics/index.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const designArbitrary: fc.Arbitrary<HoldoutDesign> = fc.record({
  salt: fc.string({ minLength: 1, maxLength: 20 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
})

codecLaws('HoldoutDesign', HoldoutDesign, designArbitrary)

const ids = Array.from({ length: 20_000 }, (_, index) => `member-${index}`)

describe('a holdout', () => {
  test('is as large as its share, evenly over ids that follow each other', () => {
    for (const salt of ['spring', 'summer', 'a', '']) {
      const tenths = Array.from(
        { length: 10 },
        (_, index) => ids.filter((id) => isHeldOut(id, { salt, share: (index + 1) / 10 })).length,
      )
      const counts = tenths.map((count, index) => count - (tenths[index - 1] ?? 0))
      const statistic = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
      expect(unwrap(chiSquareUpperTail(statistic, 9))).toBeGreaterThan(0.001)
    }
  })

  test('with another salt is another one, independent of the first', () => {
    const [one, other] = ['spring', 'summer'].map(
      (salt) => new Set(ids.filter((id) => isHeldOut(id, { salt, share: 0.5 }))),
    )
    const both = ids.filter((id) => one?.has(id) && other?.has(id)).length
    expect(Math.abs(both - 5000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.25 * 0.75))
  })

  test('keeps everybody when it grows', () => {
    fc.assert(
      fc.property(fc.string(), designArbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (id, design, more) => {
        if (isHeldOut(id, design)) expect(isHeldOut(id, { ...design, share: Math.max(more, design.share) })).toBe(true)
        expect(isHeldOut(id, { ...design, share: 0 })).toBe(false)
        expect(isHeldOut(id, { ...design, share: 1 })).toBe(true)
      }),
    )
  })

  test('parts everybody into two groups, whose lift can be told', () => {
    const design = { salt: 'spring', share: 0.2 }
    const members = ids.map((customer, index) => ({
      customer,
      converted: index % (isHeldOut(customer, design) ? 10 : 5) === 0,
    }))
    const { treatment, control } = holdoutGroups(members, design)
    expect(treatment.members + control.members).toBe(ids.length)
    expect(treatment.converted + control.converted).toBe(members.filter(({ converted }) => converted).length)
    expect(unwrap(holdoutLift(treatment, control)).absoluteLift).toBeCloseTo(0.1, 1)
  })
})
