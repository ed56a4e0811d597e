import { describe, expect, test } from 'vitest'
import { chooseBuyingModel, madePurchaseCurve, repeatBuyers, repeatBuying } from '../../../src/churn/index.ts'
import { type CivilDate, parseCivilDate, unwrap, utc } from '../../../src/foundation/index.ts'
import { encodePurchases } from '../../../src/retention/index.ts'
import { cdnowLog, dataColumns } from '../public-data.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))

describe('CDNOW, known for 39 weeks and foretold for 39', () => {
  const options = { until: date('1997-09-30'), holdoutUntil: date('1998-06-30') }

  test('the rows are those of R’s BTYD, and so are the purchases held out', ({ skip }) => {
    const [log, columns] = [cdnowLog(), dataColumns('cdnow/cdnow_summary_btyd.csv')]
    if (log === undefined || columns === undefined) return skip()
    const buyers = unwrap(repeatBuyers(log, options))
    const rows = unwrap(repeatBuying(buyers))
    const peer = unwrap(repeatBuying({ repeats: columns('x'), recencies: columns('t.x'), ages: columns('T.cal') }))
    expect(buyers.customers.length).toBe(2357)
    expect(buyers.horizon).toBe(39)
    expect(Array.from(rows.counts)).toEqual(Array.from(peer.counts))
    expect(Array.from(rows.repeats)).toEqual(Array.from(peer.repeats))
    rows.recencies.forEach((recency, row) => {
      expect(recency).toBeCloseTo(peer.recencies[row] ?? -1, 12)
    })
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0)
    expect(sum(buyers.holdout ?? [])).toBe(sum(columns('x.star')))
  })

  test('the purchases made, week by week, end at those of the tables', ({ skip }) => {
    const log = cdnowLog()
    if (log === undefined) return skip()
    const times = Array.from({ length: 79 }, (_, week) => week - 39)
    const { cumulative, incremental } = unwrap(madePurchaseCurve(log, options, times))
    expect([cumulative[0], cumulative[39], cumulative[78]]).toEqual([0, 2457, 2457 + 1882])
    expect(incremental.reduce((sum, value) => sum + value, 0)).toBe(2457 + 1882)
  })

  test('the choice says by what it was made, and what each model foretold', ({ skip }) => {
    const log = cdnowLog()
    if (log === undefined) return skip()
    const buyers = unwrap(repeatBuyers(log, options))
    const choice = unwrap(chooseBuyingModel(buyers))
    expect(choice.by).toBe('holdout')
    expect(choice.failed).toEqual([])
    const [mbg, pareto] = choice.candidates
    expect(mbg?.expectedPurchases).toBeCloseTo(1576.7283, 3)
    expect(pareto?.expectedPurchases).toBeCloseTo(1665.5131, 3)
    expect(mbg?.actualPurchases).toBe(1882)
    expect(mbg?.customersAlive).toBeCloseTo(1057.6364, 3)
    const errors = choice.candidates.map(({ meanAbsoluteError }) => meanAbsoluteError ?? Number.NaN)
    const chosen = choice.candidates.findIndex(({ model }) => model === choice.model)
    expect(errors[chosen]).toBe(Math.min(...errors))
    const byLikelihood = unwrap(chooseBuyingModel(unwrap(repeatBuyers(log, { until: options.until }))))
    expect([byLikelihood.by, byLikelihood.model]).toEqual(['likelihood', 'MBG/NBD'])
  })
})

test('what comes after the last day does not change what is known, and later customers are left out', () => {
  const buy = (customer: string, day: string) => ({ customer, day: date(day) })
  const early = [buy('ann', '2026-01-01'), buy('ann', '2026-01-01'), buy('ann', '2026-01-15')]
  const late = [buy('ann', '2026-03-01'), buy('bob', '2026-03-02')]
  const until = date('2026-02-01')
  const known = unwrap(repeatBuyers(unwrap(encodePurchases([...late, ...early])), { until }))
  expect(known).toEqual(unwrap(repeatBuyers(unwrap(encodePurchases(early)), { until })))
  expect([known.repeats[0], known.recencies[0], known.ages[0]]).toEqual([1, 2, 31 / 7])
  expect(known.logGaps[0]).toBeCloseTo(Math.log(2), 12)
})

test('purchases made are counted by day, of customers who had bought by then', () => {
  const buy = (customer: string, day: string) => ({ customer, day: date(day) })
  const log = unwrap(
    encodePurchases([
      buy('ann', '2026-01-01'),
      buy('ann', '2026-01-03'),
      buy('ann', '2026-01-08'),
      buy('bob', '2026-01-06'),
      buy('bob', '2026-01-07'),
    ]),
  )
  const until = date('2026-01-05')
  const inDays = unwrap(madePurchaseCurve(log, { until, unitDays: 1, zone: utc }, [-3, -2, 0, 2, 3]))
  expect(inDays.cumulative).toEqual([0, 1, 1, 1, 2])
  expect(inDays.incremental).toEqual([0, 1, 0, 0, 1])
  const wrong = madePurchaseCurve(log, { until: 0.5 as CivilDate, unitDays: 0 }, [1, 0])
  expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
    'until',
    'unitDays',
    'times.1',
  ])
})

test('a holdout that ends before it begins, and a unit that is no time', () => {
  const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2026-01-01') }]))
  const wrong = repeatBuyers(log, { until: date('2026-02-01'), holdoutUntil: date('2026-02-01'), unitDays: 0 })
  expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path[0])).toEqual(['holdoutUntil', 'unitDays'])
})
