import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { breakEvenRetention, customerLifetime, type LifetimeTerms, lifetimeValue } from '../../src/retention/index.ts'

const rate = fc.double({ min: 0, max: 1, noNaN: true })

describe('lifetimeValue', () => {
  test('is the plain sum of what each period brings', () => {
    const first = fc.constantFrom('now' as const, 'afterOnePeriod' as const)
    fc.assert(
      fc.property(
        rate,
        rate,
        rate,
        first,
        fc.integer({ min: 1, max: 60 }),
        (churnRate, expansionRate, discountRate, start, horizon) => {
          const terms = { margin: 100, churnRate, expansionRate, discountRate, first: start, horizon }
          let sum = 0
          let margin = 100
          for (let period = 0; period < horizon; period += 1) {
            if (period > 0 || start === 'afterOnePeriod') margin *= (1 - churnRate + expansionRate) / (1 + discountRate)
            sum += margin
          }
          const { value } = unwrap(lifetimeValue(terms))
          expect(Math.abs(value - sum)).toBeLessThanOrEqual(1e-10 * sum)
        },
      ),
    )
  })

  test('with a long horizon is that without one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 1, noNaN: true }), (churnRate) => {
        const forever = unwrap(lifetimeValue({ margin: 10, churnRate })).value
        expect(unwrap(lifetimeValue({ margin: 10, churnRate, horizon: 2000 })).value).toBeCloseTo(forever, 8)
      }),
    )
  })

  test('ue.zeroChurn: where nobody leaves it has no end', () => {
    expect(lifetimeValue({ margin: 1, churnRate: 0 })).toMatchObject({ left: { _tag: 'UnboundedValue' } })
    expect(lifetimeValue({ margin: 1, churnRate: 0.1, expansionRate: 0.2 })._tag).toBe('Left')
    expect(lifetimeValue({ margin: 1, churnRate: 0.1, expansionRate: 0.2, discountRate: 0.2 })._tag).toBe('Right')
    expect(customerLifetime(0)).toMatchObject({ left: { _tag: 'UnboundedValue' } })
    expect(unwrap(customerLifetime(0, 12))).toEqual({ periods: 12, remaining: 1 })
    expect(unwrap(customerLifetime(1))).toEqual({ periods: 1, remaining: 0 })
  })

  test('refuses what is no term', () => {
    const path = (change: Partial<LifetimeTerms>) => {
      const result = lifetimeValue({ margin: 1, churnRate: 0.1, ...change })
      return result._tag === 'Left' ? result.left.path.join('.') : ''
    }
    expect(path({ margin: Number.NaN })).toBe('margin')
    expect(path({ churnRate: 1.1 })).toBe('churnRate')
    expect(path({ expansionRate: -0.1 })).toBe('expansionRate')
    expect(path({ discountRate: Number.NaN })).toBe('discountRate')
    for (const horizon of [0, 0.5, Number.NaN]) expect(path({ horizon })).toBe('horizon')
    expect(path({ expansionRate: 9, horizon: 1000, margin: 1 })).toBe('horizon')
  })
})

describe('breakEvenRetention', () => {
  test('pays for itself exactly', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        (retentionRate, discountRate) => {
          const terms = { margin: 100, retentionRate, discountRate, cost: 20 }
          const result = breakEvenRetention(terms)
          if (result._tag === 'Left') return
          const worth = (retained: number) =>
            unwrap(lifetimeValue({ margin: 100, churnRate: 1 - retained, discountRate, first: 'afterOnePeriod' })).value
          expect(worth(result.right.retentionRate) - 20).toBeCloseTo(worth(retentionRate), 8)
          expect(result.right.change).toBeGreaterThan(0)
        },
      ),
    )
  })

  test('refuses what cannot be', () => {
    const good = { margin: 100, retentionRate: 0.8, discountRate: 0.1, cost: 40 }
    const path = (change: Partial<typeof good>) => {
      const result = breakEvenRetention({ ...good, ...change })
      return result._tag === 'Left' ? result.left.path.join('.') : ''
    }
    expect(path({ margin: 0 })).toBe('margin')
    expect(path({ cost: Number.NaN })).toBe('cost')
    expect(path({ retentionRate: 2 })).toBe('churnRate')
    expect(path({ cost: 1e6 })).toBe('cost')
    expect(path({ retentionRate: 1, discountRate: 0 })).toBe('churnRate')
  })
})
