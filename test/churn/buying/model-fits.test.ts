import { expect, test } from 'vitest'
import {
  bgNbd,
  customerLifetimeValue,
  expectedOrderValue,
  fitOccasions,
  fitRenewals,
  fitSpend,
  populationOrderValue,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { dataColumns } from '../public-data.ts'

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

const expectFit = (
  got: { readonly parameters: Record<string, number>; readonly standardErrors: Record<string, number> },
  parameters: Record<string, number>,
  standardErrors: Record<string, number>,
) => {
  for (const [name, value] of Object.entries(parameters)) near(got.parameters[name] ?? Number.NaN, value, 1e-8)
  for (const [name, value] of Object.entries(standardErrors)) near(got.standardErrors[name] ?? Number.NaN, value, 1e-6)
}

test('the order values of CDNOW: 6.25 3.74 15.44, as note 025 prints', ({ skip }) => {
  const columns = dataColumns('cdnow/cdnow_summary_btyd.csv')
  if (columns === undefined) return skip()
  const means = columns('m.x')
  const keep = <A>(values: ReadonlyArray<A>) =>
    values.filter((_, row) => (columns('x')[row] ?? 0) > 0 && (means[row] ?? 0) > 0)
  const fit = unwrap(fitSpend({ orders: keep(columns('x')), meanValues: keep(means) }))
  expect(fit.customers).toBe(946)
  expectFit(
    fit,
    { p: 6.249572271322156, q: 3.7442246671322854, v: 15.443520962594663 },
    { p: 1.1900553358369086, q: 0.2901330652073658, v: 4.159422751426601 },
  )
  expect(Math.abs(fit.logLikelihood + 4055.917694801876)).toBeLessThan(1e-6)
})

test('the order value is between the own mean and that of all', () => {
  const parameters = { p: 6.25, q: 3.74, v: 15.44 }
  const all = unwrap(populationOrderValue(parameters))
  for (const orders of [1, 5, 100]) {
    const value = unwrap(expectedOrderValue(parameters, { orders, meanValue: 80 }))
    expect(value).toBeGreaterThan(all)
    expect(value).toBeLessThan(80)
  }
})

test('a mean that does not exist is a fault, where other packages return a negative value', () => {
  expect(expectedOrderValue({ p: 0.1, q: 0.5, v: 10 }, { orders: 2, meanValue: 20 })._tag).toBe('Left')
})

test('order values that are all alike have no maximum', () => {
  const orders = Array.from({ length: 50 }, (_, index) => 1 + (index % 3))
  expect(fitSpend({ orders, meanValues: orders.map(() => 25) })).toMatchObject({
    _tag: 'Left',
    left: [{ _tag: 'NoMaximum' }],
  })
})

test('the donors of Fader, Hardie & Shang: 1.204 .750 .657 2.783, −33225.6', ({ skip }) => {
  const columns = dataColumns('models/donations_rf.csv')
  if (columns === undefined) return skip()
  const fit = unwrap(
    fitOccasions({
      purchases: columns('x'),
      lastPurchases: columns('t.x'),
      occasions: columns('n.cal'),
      counts: columns('custs'),
    }),
  )
  expect(fit.customers).toBe(11_104)
  expectFit(
    fit,
    {
      alpha: 1.2035223516018345,
      beta: 0.7497163581729096,
      gamma: 0.6567182084418929,
      delta: 2.7834422325777877,
    },
    {
      alpha: 0.06939136229802578,
      beta: 0.029447716643965133,
      gamma: 0.05100985870371403,
      delta: 0.320819001386148,
    },
  )
  expect(Math.abs(fit.logLikelihood + 33225.581274347)).toBeLessThan(1e-6)
})

const regular = [1000, 631, 468, 382, 326, 289, 262, 241]
const highEnd = [1000, 869, 743, 653, 593, 551, 517, 491]

test('the cohorts of the shifted-beta-geometric paper: .704 1.182 and .668 3.806', () => {
  const first = unwrap(fitRenewals(regular))
  expectFit(
    first,
    { alpha: 0.7040772984735141, beta: 1.1820430262094708 },
    { alpha: 0.06559896423831502, beta: 0.15247563167269756 },
  )
  expect(Math.abs(first.logLikelihood + 1680.2651884632855)).toBeLessThan(1e-6)
  expectFit(
    unwrap(fitRenewals(highEnd)),
    { alpha: 0.6680883511065066, beta: 3.806094964058736 },
    { alpha: 0.10373493071163688, beta: 0.7855316880237391 },
  )
  expectFit(
    unwrap(fitRenewals(regular.slice(0, 5))),
    { alpha: 0.7636650625645287, beta: 1.2958302721824497 },
    { alpha: 0.09679524758261775, beta: 0.21062574414992222 },
  )
})

test('a cohort of which a constant share leaves tells nobody apart', () => {
  expect(fitRenewals([1024, 512, 256, 128, 64, 32, 16])).toMatchObject({ _tag: 'Left', left: [{ _tag: 'NoMaximum' }] })
  expect(fitRenewals([10, 10, 10])).toMatchObject({ _tag: 'Left', left: [{ _tag: 'EmptySample' }] })
  expect(fitRenewals([10, 11, 9])).toMatchObject({ _tag: 'Left', left: [{ path: ['survivors', 1] }] })
})

test('the value of a year, as lifetimes counts months of 4.345 weeks', () => {
  const weeks = {
    r: 0.2425945224301571,
    alpha: 4.413602019013508,
    a: 0.7929220172256469,
    b: 2.425906776826535,
  }
  const spend = { p: 6.249572271322156, q: 3.7442246671322854, v: 15.443520962594663 }
  const orderValue = unwrap(expectedOrderValue(spend, { orders: 2, meanValue: 22.345 }))
  near(orderValue, 24.65391869822124, 1e-12)
  const buyer = { repeats: 2, recency: 30.4285714285714, age: 38.8571428571429 }
  const year = { orderValue, periods: 12, periodLength: 4.345, discountPerPeriod: 0.01 }
  near(unwrap(customerLifetimeValue(bgNbd, weeks, buyer, year)), 36.27397810634987, 1e-9)
})
