// Parameters that simulated customers were made with are found again, and intervals hold them as often as they say.
import type { Either } from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import {
  type BuyingModel,
  bgNbd,
  fitOccasions,
  fitRenewals,
  fitSpend,
  mbgCnbd,
  mbgNbd,
  type ParameterEstimates,
  paretoNbd,
  repeatBuying,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { gammaFrom, uniforms } from '../../../src/statistics/index.ts'
import { longRun } from '../../laws/long-run.ts'

const samples = longRun(60, 20)

const betaFrom = (next: () => number, a: number, b: number) => {
  const [first, second] = [gammaFrom(next, a), gammaFrom(next, b)]
  return first / (first + second)
}
const customers = 1500

/** The fewest of `count` trials of a chance of 0.95 that succeed, unless something happens that does once in 10,000. */
const fewestOf = (count: number) => {
  let probability = 0.05 ** count
  let below = probability
  let successes = 0
  while (below < 1e-4) {
    successes += 1
    probability *= ((count - successes + 1) / successes) * (0.95 / 0.05)
    below += probability
  }
  return successes
}

type Parameters<Name extends string> = { readonly [name in Name]: number }

/** The fit of the customers that a seed makes. */
type FitBy<Name extends string> = (seed: number) => Either<unknown, ParameterEstimates<Name>>

const recovery = <Name extends string>(model: string, parameters: Parameters<Name>, fitBy: FitBy<Name>) => {
  const fits = Array.from({ length: samples }, (_, seed) => {
    const fit = fitBy(seed)
    return fit._tag === 'Right' ? [fit.right] : []
  }).flat()
  const names = Object.keys(parameters) as Array<string> as Array<Name>
  const table = names.map((name) => {
    const [truth, count] = [parameters[name], fits.length]
    const logs = fits.map((fit) => Math.log(fit.parameters[name] / truth))
    const logBias = logs.reduce((sum, log) => sum + log, 0) / count
    const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - logBias) ** 2, 0) / (count - 1))
    const covered = fits.filter(({ intervals }) => intervals[name][0] <= truth && truth <= intervals[name][1]).length
    const mean = fits.reduce((sum, fit) => sum + fit.parameters[name], 0) / count
    const standardError = fits.reduce((sum, fit) => sum + fit.standardErrors[name] / fit.parameters[name], 0) / count
    return { name, truth, mean, bias: mean / truth - 1, logBias, spread, standardError, covered, count }
  })
  console.log(
    [
      `${model}: ${samples} samples of ${customers} customers, ${fits.length} fits`,
      'parameter   truth    mean    bias  spread of logs  their standard error  covered',
      ...table.map(({ name, truth, mean, bias, spread, standardError, covered, count }) =>
        [
          name.padEnd(9),
          truth.toFixed(3).padStart(7),
          mean.toFixed(3).padStart(8),
          `${(100 * bias).toFixed(1)}%`.padStart(7),
          spread.toFixed(4).padStart(15),
          standardError.toFixed(4).padStart(21),
          `${covered}/${count}`.padStart(9),
        ].join(' '),
      ),
    ].join('\n'),
  )
  return table
}

describe('what customers were simulated with is found again', () => {
  const checkFit = <Name extends string>(model: string, parameters: Parameters<Name>, fitBy: FitBy<Name>) => {
    for (const { logBias, spread, standardError, covered, count } of recovery(model, parameters, fitBy)) {
      expect(count).toBeGreaterThanOrEqual(samples - 3)
      expect(covered).toBeGreaterThanOrEqual(fewestOf(count))
      // 4 standard errors of the mean, and what an estimator of so few customers may be off
      expect(Math.abs(logBias)).toBeLessThan((4 * spread) / Math.sqrt(count) + 0.3 * spread)
      expect(Math.abs(Math.log(spread / standardError))).toBeLessThan(0.5)
    }
  }

  const check = <Name extends string>(model: BuyingModel<Name>, parameters: Parameters<Name>) => {
    const ages = Array.from({ length: customers }, (_, row) => 40 + (row % 60))
    checkFit(model.name, parameters, (seed) =>
      model.fit(unwrap(repeatBuying(unwrap(model.simulate(parameters, ages, seed))))),
    )
  }

  test('BG/NBD', () => {
    check(bgNbd, { r: 0.8, alpha: 6, a: 0.8, b: 2.5 })
  })

  test('MBG/NBD', () => {
    check(mbgNbd, { r: 0.9, alpha: 6, a: 0.9, b: 1.6 })
  })

  test('MBG/CNBD-3', () => {
    check(unwrap(mbgCnbd(3)), { r: 1.4, alpha: 2.5, a: 0.9, b: 1.6 })
  })

  test('Pareto/NBD', () => {
    check(paretoNbd, { r: 0.8, alpha: 8, s: 0.8, beta: 12 })
  })

  test('Gamma–Gamma', () => {
    const [p, q, v] = [6, 4, 15]
    checkFit('Gamma–Gamma', { p, q, v }, (seed) => {
      const orders = Array.from({ length: customers }, (_, row) => 1 + (row % 6))
      const meanValues = orders.map((count, row) => {
        const next = uniforms({ seed, stream: row })
        return ((gammaFrom(next, p * count) / gammaFrom(next, q)) * v) / count
      })
      return fitSpend({ orders, meanValues })
    })
  })

  test('shifted-beta-geometric', () => {
    const [alpha, beta] = [0.7, 2]
    checkFit('sBG', { alpha, beta }, (seed) => {
      const renewals = Array.from({ length: customers }, (_, row) => {
        const next = uniforms({ seed, stream: row })
        const leaves = betaFrom(next, alpha, beta)
        let count = 0
        while (count < 8 && next() >= leaves) count += 1
        return count
      })
      return fitRenewals(Array.from({ length: 9 }, (_, after) => renewals.filter((count) => count >= after).length))
    })
  })

  test('BG/BB', () => {
    const [alpha, beta, gamma, delta] = [1.2, 0.8, 0.9, 2.5]
    checkFit('BG/BB', { alpha, beta, gamma, delta }, (seed) => {
      const occasions = 8
      const histories = Array.from({ length: customers }, (_, row) => {
        const next = uniforms({ seed, stream: row })
        const [buys, leaves] = [betaFrom(next, alpha, beta), betaFrom(next, gamma, delta)]
        let [purchases, last] = [0, 0]
        for (let occasion = 1; occasion <= occasions && next() >= leaves; occasion += 1) {
          if (next() >= buys) continue
          purchases += 1
          last = occasion
        }
        return [purchases, last] as const
      })
      const keys = Array.from(new Set(histories.map((history) => history.join())))
      const rows = keys.map((key) => key.split(',').map(Number))
      return fitOccasions({
        purchases: rows.map(([purchases = 0]) => purchases),
        lastPurchases: rows.map(([, last = 0]) => last),
        occasions: rows.map(() => occasions),
        counts: keys.map((key) => histories.filter((history) => history.join() === key).length),
      })
    })
  })
})

test('simulated customers are the same for a seed and others for another', () => {
  const parameters = { r: 0.9, alpha: 6, a: 0.9, b: 1.6 }
  const some = (seed: number) => unwrap(mbgNbd.simulate(parameters, [20, 30, 400], seed))
  expect(some(1)).toEqual(some(1))
  expect(some(1)).not.toEqual(some(2))
  const tiny = unwrap(mbgNbd.simulate({ r: 0.9, alpha: 6, a: 1e-9, b: 1e-9 }, Array<number>(200).fill(30), 1))
  expect(tiny.repeats.some((repeats) => repeats > 1)).toBe(true)
  const endless = mbgNbd.simulate({ r: 1e6, alpha: 1e-6, a: 1e-6, b: 1e6 }, [1e6], 1)
  expect(endless).toMatchObject({ _tag: 'Left', left: [{ path: ['ages'] }] })
  const broken = mbgNbd.simulate(parameters, [1, -1, Number.NaN], 0.5)
  expect(broken._tag === 'Left' && broken.left.map(({ path }) => path.join('.'))).toEqual(['ages.1', 'seed'])
})
