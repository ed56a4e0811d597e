// The choice of a model for simulated customers, where no public data are needed.
import { describe, expect, test } from 'vitest'
import { chooseBuyingModel, mbgNbd, paretoNbd, type RepeatBuyers, repeatBuyers } from '../../../src/churn/index.ts'
import { type CivilDate, parseCivilDate, unwrap } from '../../../src/foundation/index.ts'
import { encodePurchases } from '../../../src/retention/index.ts'

const ages = Float64Array.from({ length: 2000 }, (_, row) => 40 + (row % 50))

const known = (columns: Pick<RepeatBuyers, 'repeats' | 'recencies'>): RepeatBuyers => ({
  ...columns,
  customers: Array.from(ages, (_, row) => `c${row}`),
  ages,
  logGaps: new Float64Array(ages.length),
  holdout: null,
  horizon: 0,
})

describe('without a holdout', () => {
  test('the model of greater likelihood is taken, and nothing is said of purchases to come', () => {
    const weeks = { r: 0.8, alpha: 6, s: 0.8, beta: 12 }
    const choice = unwrap(chooseBuyingModel(known(unwrap(paretoNbd.simulate(weeks, ages, 1)))))
    expect(choice.by).toBe('likelihood')
    const [first, second] = choice.candidates
    const best = (first?.logLikelihood ?? 0) >= (second?.logLikelihood ?? 0) ? first : second
    expect(choice.model).toBe(best?.model)
    expect(choice.fit.logLikelihood).toBe(best?.logLikelihood)
    expect(best).toMatchObject({ expectedPurchases: null, actualPurchases: null, meanAbsoluteError: null })
  })

  test('where one of them has no maximum the other is taken, and the fault is kept', () => {
    // All leave at the same rate: the shape of the Pareto/NBD has no best value.
    const alike = { r: 0.8, alpha: 6, s: 1e6, beta: 2e7 }
    const buyers = known(unwrap(paretoNbd.simulate(alike, ages, 5)))
    expect(paretoNbd.fit({ ...buyers, counts: new Float64Array(ages.length).fill(1) })._tag).toBe('Left')
    const choice = unwrap(chooseBuyingModel(buyers))
    expect(choice.model).toBe('MBG/NBD')
    expect(choice.failed.map(({ _tag }) => _tag)).toEqual(['NoMaximum'])
    expect(choice.candidates.map(({ model }) => model)).toEqual(['MBG/NBD'])
  })

  test('where neither can be fitted both faults are told; columns that are none are refused', () => {
    const none = new Float64Array(ages.length)
    const silent = chooseBuyingModel(known({ repeats: none, recencies: none }))
    expect(silent._tag === 'Left' && silent.left.map(({ _tag }) => _tag)).toEqual(['EmptySample', 'EmptySample'])
    const short = chooseBuyingModel(known({ repeats: none, recencies: new Float64Array(1) }))
    expect(short._tag === 'Left' && short.left[0]._tag).toBe('InvalidValue')
  })
})

test('the last days of a log are told by their own names where they are none', () => {
  const day = unwrap(parseCivilDate('2026-01-01'))
  const log = unwrap(encodePurchases([{ customer: 'ann', day }]))
  const paths = (until: number, holdoutUntil?: number) => {
    const dates = { until: until as CivilDate }
    const result = repeatBuyers(
      log,
      holdoutUntil === undefined ? dates : { ...dates, holdoutUntil: holdoutUntil as CivilDate },
    )
    return result._tag === 'Left' && result.left.map(({ path }) => path.join())
  }
  expect(paths(1.5)).toEqual(['until'])
  expect(paths(1e9)).toEqual(['until'])
  expect(paths(day, 1e9)).toEqual(['holdoutUntil'])
})

test('within no time nothing is bought', () => {
  const [beta, pareto] = [
    { r: 0.9, alpha: 6, a: 0.9, b: 1.6 },
    { r: 0.8, alpha: 6, s: 0.8, beta: 12 },
  ]
  expect([0, 1].map((count) => unwrap(mbgNbd.probabilityOf(beta, 0, count)))).toEqual([1, 0])
  expect([0, 1].map((count) => unwrap(paretoNbd.probabilityOf(pareto, 0, count)))).toEqual([1, 0])
})
