import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { productMarketFit } from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'

const count = fc.nat({ max: 60 })

describe('productMarketFit', () => {
  test('is the share of the very disappointed of those whom the question applies to', () => {
    fc.assert(
      fc.property(count, count, count, count, (very, somewhat, not, notApplicable) => {
        fc.pre(very + somewhat + not > 0)
        const counts = { veryDisappointed: very, somewhatDisappointed: somewhat, notDisappointed: not }
        const found = unwrap(productMarketFit({ ...counts, notApplicable }))
        expect(found).toEqual(unwrap(productMarketFit(counts)))
        expect(found.share).toBeCloseTo(very / (very + somewhat + not), 12)
        expect(found.passes).toBe(found.share >= 0.4)
        if (found.verdict === 'above') expect(found.passes).toBe(true)
        if (found.verdict === 'below') expect(found.passes).toBe(false)
      }),
    )
  })

  test('is sure with many answers only', () => {
    const of = (very: number, other: number) =>
      unwrap(productMarketFit({ veryDisappointed: very, somewhatDisappointed: other, notDisappointed: 0 })).verdict
    expect([of(6, 4), of(600, 400), of(200, 800)]).toEqual(['unsure', 'above', 'below'])
  })

  test('reports all faults', () => {
    const pathsOf = (result: ReturnType<typeof productMarketFit>) =>
      result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    const wrong = { veryDisappointed: -1, somewhatDisappointed: 1, notDisappointed: 0, notApplicable: 0.5 }
    expect(pathsOf(productMarketFit(wrong, { threshold: 1, confidence: 0 }))).toEqual([
      'veryDisappointed',
      'notApplicable',
      'threshold',
      'confidence',
    ])
    const none = { veryDisappointed: 0, somewhatDisappointed: 0, notDisappointed: 0, notApplicable: 3 }
    expect(productMarketFit(none)).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })
})
