import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import {
  type ChurnDenominator,
  type CustomerCounts,
  type CustomerFlows,
  customerChurn,
  customerRetention,
} from '../../src/retention/index.ts'

interface Failed {
  readonly left: ReadonlyArray<{ readonly _tag: string; readonly path: ReadonlyArray<string | number> }>
}

const faultsOf = (result: object): ReadonlyArray<string> =>
  'left' in result ? (result as Failed).left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []

const flowsArbitrary = fc
  .tuple(fc.nat({ max: 500 }), fc.nat({ max: 500 }), fc.nat({ max: 500 }), fc.nat({ max: 500 }), fc.nat({ max: 500 }))
  .map(([start, won, a, b, c]): Required<CustomerFlows> => {
    const lostNew = Math.min(a, won)
    const lostOld = Math.min(b, start)
    return { start, new: won, lost: lostNew + lostOld, lostNew, lostReturned: Math.min(c, lostOld) }
  })

describe('customerRetention', () => {
  test('crr.200.220.40: (220 − 40) / 200', () => {
    expect(unwrap(customerRetention({ start: 200, end: 220, new: 40 }))).toEqual({
      retained: 180,
      retentionRate: 0.9,
      churnRate: 0.1,
      acquisitionRate: 0.2,
    })
  })

  test('retention and churn add up to 1, and both are rates', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.nat({ max: 10 ** 9 }), fc.nat(), (start, kept, won) => {
        const retained = Math.min(start, kept)
        const result = unwrap(customerRetention({ start, end: retained + won, new: won }))
        expect(result.retained).toBe(retained)
        expect(result.retentionRate + result.churnRate).toBeCloseTo(1, 12)
        expect(result.churnRate).toBeGreaterThanOrEqual(0)
        expect(result.retentionRate).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('counts that contradict each other are typed faults, all of them', () => {
    const of = (start: number, end: number, won: number) => faultsOf(customerRetention({ start, end, new: won }))
    expect(of(0, 5, 5)).toEqual(['ZeroDenominator start'])
    expect(of(0, 5, 6)).toEqual(['ZeroDenominator start', 'OutOfRange new'])
    expect(of(10, 5, 6)).toEqual(['OutOfRange new'])
    expect(of(10, 20, 5)).toEqual(['OutOfRange end'])
    expect(of(-1, 1.5, Number.NaN)).toEqual(['InvalidValue start', 'InvalidValue end', 'InvalidValue new'])
    expect(faultsOf(customerRetention({ start: '1', end: null } as unknown as CustomerCounts))).toHaveLength(3)
  })
})

describe('customerChurn', () => {
  const denominators: ReadonlyArray<ChurnDenominator> = ['start', 'startPlusNew', 'average', 'existing', 'opening']

  test('churn.stripe.rule: the same facts, three rates', () => {
    const flows = { start: 100, new: 20, lost: 12, lostNew: 1 }
    expect(denominators.map((denominator) => unwrap(customerChurn(flows, denominator)).rate)).toEqual([
      0.12,
      0.1,
      12 / 104,
      0.11,
      0.11,
    ])
  })

  test('churn.chartmogul.standard: neither joiners nor those who came back are lost', () => {
    expect(unwrap(customerChurn({ start: 100, new: 1, lost: 12, lostNew: 1, lostReturned: 1 }, 'existing')).rate).toBe(
      0.1,
    )
  })

  test('churn.leanAnalytics.avgTrap: by the start it can exceed 1 when joiners leave', () => {
    const flows = { start: 100, new: 10_405, lost: 505 }
    expect(unwrap(customerChurn(flows))).toMatchObject({ rate: 5.05, end: 10_000 })
    expect(unwrap(customerChurn(flows, 'average')).rate).toBe(0.1)
  })

  test('with the joiners kept apart, it is one less the retention of the same counts', () => {
    fc.assert(
      fc.property(flowsArbitrary, (flows) => {
        fc.pre(flows.start > 0)
        const { end, rate } = unwrap(customerChurn({ ...flows, lostReturned: 0 }, 'existing'))
        const stillNew = flows.new - flows.lostNew
        expect(rate).toBeCloseTo(unwrap(customerRetention({ start: flows.start, end, new: stillNew })).churnRate, 12)
      }),
    )
  })

  test('is a rate between 0 and 1 but for the start, or has no denominator', () => {
    fc.assert(
      fc.property(flowsArbitrary, fc.constantFrom('startPlusNew' as const, 'existing' as const), (flows, by) => {
        const result = customerChurn(flows, by)
        const base = by === 'existing' ? flows.start : flows.start + flows.new
        if (base === 0) {
          expect(faultsOf(result)).toEqual([`ZeroDenominator ${by}`])
          return
        }
        expect(unwrap(result).rate).toBeGreaterThanOrEqual(0)
        expect(unwrap(result).rate).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('churn.zeroStart: by the start there is none', () => {
    expect(faultsOf(customerChurn({ start: 0, new: 10, lost: 2 }))).toEqual(['ZeroDenominator start'])
    expect(unwrap(customerChurn({ start: 0, new: 10, lost: 2 }, 'startPlusNew')).rate).toBe(0.2)
    expect(faultsOf(customerChurn({ start: 0, new: 0, lost: 0 }, 'average'))).toEqual(['ZeroDenominator average'])
  })

  test('counts that contradict each other are typed faults, all of them', () => {
    const of = (flows: CustomerFlows) => faultsOf(customerChurn(flows))
    expect(of({ start: 1, new: 1, lost: 3 })).toEqual(['OutOfRange lost'])
    expect(of({ start: 5, new: 1, lost: 3, lostNew: 2, lostReturned: 2 })).toEqual([
      'OutOfRange lostNew',
      'OutOfRange lostReturned',
    ])
    expect(of({ start: 1, new: 5, lost: 4, lostNew: 1 })).toEqual(['OutOfRange lostNew'])
    expect(of({ start: -1, new: 0.5, lost: Number.NaN, lostNew: -1 })).toEqual([
      'InvalidValue start',
      'InvalidValue new',
      'InvalidValue lost',
      'InvalidValue lostNew',
    ])
  })
})
