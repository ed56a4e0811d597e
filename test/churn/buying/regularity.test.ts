import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fitRegularity,
  mbgCnbd,
  mbgNbd,
  type RepeatBuyer,
  repeatBuyers,
  repeatBuying,
} from '../../../src/churn/index.ts'
import { parseCivilDate, unwrap } from '../../../src/foundation/index.ts'
import { encodePurchases } from '../../../src/retention/index.ts'
import { gammaFrom, uniforms } from '../../../src/statistics/index.ts'

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

const parameter = fc.double({ min: -2, max: 2, noNaN: true }).map(Math.exp)
const someParameters = fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter })
const someBuyer: fc.Arbitrary<RepeatBuyer> = fc
  .record({ repeats: fc.integer({ min: 0, max: 40 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ repeats, share }) => ({ repeats, recency: repeats === 0 ? 0 : 30 * share, age: 30 }))

test('with one stage it is the MBG/NBD', () => {
  const one = unwrap(mbgCnbd(1))
  fc.assert(
    fc.property(someParameters, someBuyer, fc.double({ min: 0.1, max: 90, noNaN: true }), (p, buyer, horizon) => {
      near(unwrap(one.logLikelihood(p, buyer)), unwrap(mbgNbd.logLikelihood(p, buyer)), 1e-11)
      near(unwrap(one.probabilityAlive(p, buyer)), unwrap(mbgNbd.probabilityAlive(p, buyer)), 1e-11)
      near(unwrap(one.expectedPurchases(p, buyer, horizon)), unwrap(mbgNbd.expectedPurchases(p, buyer, horizon)), 1e-10)
      near(unwrap(one.newCustomerPurchases(p, horizon)), unwrap(mbgNbd.newCustomerPurchases(p, horizon)), 1e-10)
      near(unwrap(one.probabilityOf(p, horizon, 3)), unwrap(mbgNbd.probabilityOf(p, horizon, 3)), 1e-10)
    }),
  )
})

interface Played {
  readonly repeats: number
  readonly recency: number
  readonly later: number
  readonly logGaps: number
}

const parameters = { r: 1.2, alpha: 1.5, a: 0.8, b: 2.4 }

/** One customer, purchase by purchase: what is known at an age, and what comes until the end. */
const play = (seed: number, k: number, age: number, end: number): Played => {
  const next = uniforms({ seed, stream: 1 })
  const rate = gammaFrom(next, parameters.r) / parameters.alpha
  const first = gammaFrom(next, parameters.a)
  const chance = first / (first + gammaFrom(next, parameters.b))
  let [at, repeats, recency, later, logGaps] = [0, 0, 0, 0, 0]
  while (next() >= chance) {
    let gap = 0
    for (let stage = 0; stage < k; stage += 1) gap -= Math.log(next()) / rate
    at += gap
    if (at > end) break
    if (at > age) later += 1
    else {
      repeats += 1
      recency = at
      logGaps += Math.log(gap)
    }
  }
  return { repeats, recency, later, logGaps }
}

describe('three stages', () => {
  const regular = unwrap(mbgCnbd(3))

  test('the expectation is the mean of what simulated customers buy, by how often they had bought', () => {
    const many = Array.from({ length: 30_000 }, (_, seed) => play(seed, 3, 20, 45))
    const groups = new Map<number, { customers: number; expected: number; actual: number; squares: number }>()
    for (const { repeats, recency, later } of many) {
      const key = Math.min(6, repeats)
      const group = groups.get(key) ?? { customers: 0, expected: 0, actual: 0, squares: 0 }
      group.customers += 1
      group.expected += unwrap(regular.expectedPurchases(parameters, { repeats, recency, age: 20 }, 25))
      group.actual += later
      group.squares += later * later
      groups.set(key, group)
    }
    for (const { customers, expected, actual, squares } of groups.values()) {
      const spread = Math.sqrt(squares - actual ** 2 / customers)
      expect(Math.abs(expected - actual)).toBeLessThan(4 * spread)
    }
    const all = many.reduce((sum, { repeats }) => sum + repeats, 0)
    const mean = 30_000 * unwrap(regular.newCustomerPurchases(parameters, 20))
    expect(Math.abs(all / mean - 1)).toBeLessThan(0.03)
    const none = many.filter(({ repeats }) => repeats === 0).length
    expect(Math.abs(none / 30_000 - unwrap(regular.probabilityOf(parameters, 20, 0)))).toBeLessThan(0.012)
    const own = unwrap(regular.simulate(parameters, Array<number>(30_000).fill(20), 9))
    const ownSum = own.repeats.reduce((sum, repeats) => sum + repeats, 0)
    expect(Math.abs(ownSum / mean - 1)).toBeLessThan(0.03)
  })

  test('are chosen for customers who were simulated with them, and their parameters found', () => {
    const many = Array.from({ length: 2500 }, (_, seed) => play(seed, 3, 40 + (seed % 20), 100)).map((one, seed) => ({
      ...one,
      age: 40 + (seed % 20),
    }))
    const rows = unwrap(
      repeatBuying({
        repeats: many.map(({ repeats }) => repeats),
        recencies: many.map(({ recency }) => recency),
        ages: many.map(({ age }) => age),
      }),
    )
    const logGaps = many.reduce((sum, one) => sum + one.logGaps, 0)
    const found = unwrap(fitRegularity(rows, logGaps, 5))
    expect(found.k).toBe(3)
    expect(found.model.name).toBe('MBG/CNBD-3')
    expect(found.candidates.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5])
    expect(found.failed).toEqual([])
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      const off = Math.log(found.fit.parameters[name] / parameters[name])
      expect(Math.abs(off)).toBeLessThan((4 * found.fit.standardErrors[name]) / found.fit.parameters[name])
    }
    // The same customers in days: the same choice by as much.
    const days = unwrap(
      repeatBuying({
        repeats: many.map(({ repeats }) => repeats),
        recencies: many.map(({ recency }) => recency * 7),
        ages: many.map(({ age }) => age * 7),
      }),
    )
    const purchases = many.reduce((sum, { repeats }) => sum + repeats, 0)
    const inDays = unwrap(fitRegularity(days, logGaps + purchases * Math.log(7), 2))
    const lead = ([first, second]: typeof inDays.candidates) =>
      (second?.logLikelihood ?? 0) - (first?.logLikelihood ?? 0)
    expect(lead(inDays.candidates)).toBeCloseTo(lead(found.candidates), 4)
  })
})

test('customers who all buy every seventh day are too much alike, and each k says so', () => {
  const log = unwrap(
    encodePurchases(
      Array.from({ length: 40 }, (_, customer) =>
        Array.from({ length: 3 + (customer % 7) }, (_, week) => ({
          customer: `customer-${customer}`,
          day: unwrap(
            parseCivilDate(new Date(Date.UTC(2026, 0, 4 + 7 * week + (customer % 3))).toISOString().slice(0, 10)),
          ),
        })),
      ).flat(),
    ),
  )
  const buyers = unwrap(repeatBuyers(log, { until: unwrap(parseCivilDate('2026-06-01')) }))
  const logGaps = buyers.logGaps.reduce((sum, value) => sum + value, 0)
  expect(logGaps).toBeCloseTo(0, 9)
  const found = fitRegularity(unwrap(repeatBuying(buyers)), logGaps, 4)
  expect(found).toMatchObject({ left: [1, 2, 3, 4].map(() => ({ _tag: 'NoMaximum', seen: 'boundary' })) })
})

test('faults: a k that is none, a sum that is none, nobody who came back, and more stages than can be summed', () => {
  for (const k of [0, 1.5, 21]) expect(mbgCnbd(k)).toMatchObject({ _tag: 'Left', left: { path: ['k'] } })
  const none = unwrap(repeatBuying({ repeats: [0], recencies: [0], ages: [9] }))
  expect(fitRegularity(none, Number.NaN, 0)).toMatchObject({ left: [{ path: ['logGaps'] }, { path: ['most'] }] })
  expect(fitRegularity(none, 0, 2)).toMatchObject({ left: [{ _tag: 'EmptySample' }, { _tag: 'EmptySample' }] })
  const two = unwrap(mbgCnbd(2))
  const buyer = { repeats: 3, recency: 20, age: 21 }
  expect(two.expectedPurchases(parameters, buyer, 1e9)).toMatchObject({ left: [{ path: ['parameters'] }] })
  expect(unwrap(two.expectedPurchases(parameters, buyer, 0))).toBe(0)
  // So many stages that those of probability 0 to all digits are passed over.
  const busy = { repeats: 900, recency: 20, age: 21 }
  const [near1, near2] = [3, 6].map((horizon) => unwrap(two.expectedPurchases(parameters, busy, horizon)))
  expect((near2 ?? 0) / (near1 ?? 1)).toBeGreaterThan(1.9)
})
