import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BuyingModel,
  bgNbd,
  discountedPurchases,
  gompertzNbd,
  mbgNbd,
  paretoDiscountedPurchases,
  paretoNbd,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

const buyer = { repeats: 3, recency: 28, age: 38.86 }

describe('all purchases to come, discounted', () => {
  test('are those of the Pareto/NBD by its one integral', () => {
    const parameter = fc.double({ min: -1.5, max: 2.5, noNaN: true }).map(Math.exp)
    fc.assert(
      fc.property(
        fc.record({ r: parameter, alpha: parameter, s: parameter, beta: parameter }),
        fc.double({ min: -8, max: 1, noNaN: true }).map(Math.exp),
        (p, rate) => {
          near(
            unwrap(discountedPurchases(paretoNbd, p, buyer, rate)),
            unwrap(paretoDiscountedPurchases(p, buyer, rate)),
            1e-11,
          )
        },
      ),
    )
  })

  const slow = <Name extends string>(
    model: BuyingModel<Name>,
    parameters: { readonly [name in Name]: number },
    rate: number,
  ) => {
    const steps = 20_000
    const width = 40 / rate / steps
    let [sum, before] = [0, 0]
    for (let step = 1; step <= steps; step += 1) {
      const by = unwrap(model.expectedPurchases(parameters, buyer, step * width))
      sum += (by - before) * Math.exp(-rate * (step - 0.5) * width)
      before = by
    }
    return sum
  }

  test('are the purchases of many short periods, each discounted', () => {
    const betaGeometric = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
    const gompertz = { r: 0.55, alpha: 10.5, b: 0.01, s: 0.6, beta: 0.5 }
    for (const rate of [0.01, 0.2]) {
      near(unwrap(discountedPurchases(bgNbd, betaGeometric, buyer, rate)), slow(bgNbd, betaGeometric, rate), 1e-6)
      near(unwrap(discountedPurchases(mbgNbd, betaGeometric, buyer, rate)), slow(mbgNbd, betaGeometric, rate), 1e-6)
      near(unwrap(discountedPurchases(gompertzNbd, gompertz, buyer, rate)), slow(gompertzNbd, gompertz, rate), 1e-6)
    }
  })

  test('of a customer who is surely gone are none, and a rate of none is refused', () => {
    const betaGeometric = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
    const gone = { repeats: 100_000, recency: 1, age: 1e6 }
    expect(unwrap(discountedPurchases(mbgNbd, betaGeometric, gone, 0.01))).toBe(0)
    const wrong = discountedPurchases(mbgNbd, { ...betaGeometric, a: -1 }, buyer, 0)
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual(['parameters.a', 'rate'])
  })
})
