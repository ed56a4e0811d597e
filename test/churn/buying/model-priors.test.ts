// What is believed beforehand, in the fits of order values, renewals and occasions.
import type { Either } from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import { fitOccasions, fitRenewals, fitSpend } from '../../../src/churn/index.ts'
import { type Fault, unwrap } from '../../../src/foundation/index.ts'

const orders = Array.from({ length: 60 }, (_, index) => 1 + (index % 4))
const spending = { orders, meanValues: orders.map((_, index) => 20 + ((index * 37) % 60)) }
const cohort = [1000, 869, 743, 653, 593, 551, 517, 491]
const donors = {
  purchases: [0, 1, 1, 1, 2, 2, 2, 3],
  lastPurchases: [0, 1, 2, 3, 2, 3, 3, 3],
  occasions: [3, 3, 3, 3, 3, 3, 3, 3],
  counts: [400, 120, 60, 70, 90, 60, 70, 300],
}

interface Fit {
  readonly parameters: Readonly<Record<string, number>>
  readonly logLikelihood: number
}

const fits: ReadonlyArray<
  readonly [name: string, parameter: string, fitBy: (prior?: object) => Either<ReadonlyArray<Fault>, Fit>]
> = [
  ['fitSpend', 'q', (prior) => fitSpend(spending, prior)],
  ['fitRenewals', 'beta', (prior) => fitRenewals(cohort, prior)],
  ['fitOccasions', 'delta', (prior) => fitOccasions(donors, prior)],
]

describe.each(fits)('a prior of %s', (_, parameter, fitBy) => {
  const plain = unwrap(fitBy())
  const free = plain.parameters[parameter] ?? Number.NaN
  const believed = (median: number, logDeviation: number) => unwrap(fitBy({ [parameter]: { median, logDeviation } }))

  test('that says next to nothing changes nothing, one that is sure has its way', () => {
    expect(believed(free * 3, 1000).parameters[parameter]).toBeCloseTo(free, 3)
    expect(believed(free * 3, 0.001).parameters[parameter]).toBeCloseTo(free * 3, 2)
  })

  test('lies between the data and the belief, at a likelihood that is less', () => {
    const between = believed(free * 3, 0.3)
    expect(between.parameters[parameter]).toBeGreaterThan(free)
    expect(between.parameters[parameter]).toBeLessThan(free * 3)
    expect(between.logLikelihood).toBeLessThan(plain.logLikelihood)
  })

  test('that is none is refused, at its place', () => {
    expect(fitBy({ [parameter]: { median: 0, logDeviation: 0 } })).toMatchObject({
      _tag: 'Left',
      left: [{ path: ['prior', parameter, 'median'] }, { path: ['prior', parameter, 'logDeviation'] }],
    })
  })
})
