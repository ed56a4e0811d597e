import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, unwrap } from '../../../src/foundation/index.ts'
import { encodePurchases } from '../../../src/retention/index.ts'
import {
  finishRfmCuts,
  quintileRfmScheme,
  type RfmRow,
  type RfmScheme,
  rfmColumns,
  rfmCuts,
  rfmMonoid,
  rfmScoreOf,
  rfmScores,
  type ScoreBands,
  scoreRfmColumns,
  summariseRfm,
  weightedRfmScore,
  weightedRfmScores,
} from '../../../src/segments/index.ts'
import { quantile } from '../../../src/statistics/index.ts'
import { dailyPurchasesArbitrary } from '../../arbitraries/purchases.ts'
import { columnsOf, EUR, rfmRowsArbitrary, rfmSchemeArbitrary } from '../../arbitraries/segments.ts'

const cutsByHand = (values: ReadonlyArray<number>, bands: ScoreBands): ReadonlyArray<number> => {
  if (bands.type === 'fixed') return bands.cuts
  const probabilities =
    bands.type === 'quantiles'
      ? bands.probabilities
      : Array.from({ length: bands.bins - 1 }, (_, i) => (i + 1) / bands.bins)
  return probabilities.map((probability) => unwrap(quantile(values, probability)))
}

/** The rule as it is written: 1 + the cuts strictly below, reversed for recency. */
const model = (rows: ReadonlyArray<RfmRow>, scheme: RfmScheme) => {
  const recency = cutsByHand(
    rows.map((row) => row.daysSinceLast),
    scheme.recency,
  )
  const frequency = cutsByHand(
    rows.map((row) => row.orders),
    scheme.frequency,
  )
  const monetary = cutsByHand(
    rows.map((row) => row.minor),
    scheme.monetary,
  )
  const scoreOf = (cuts: ReadonlyArray<number>, value: number) => 1 + cuts.filter((cut) => cut < value).length
  return rows.map((row) => ({
    recency: recency.length + 2 - scoreOf(recency, row.daysSinceLast),
    frequency: scoreOf(frequency, row.orders),
    monetary: scoreOf(monetary, row.minor),
  }))
}

const some = rfmRowsArbitrary.filter((rows) => rows.length > 0)

const scored = (rows: ReadonlyArray<RfmRow>, scheme: RfmScheme) => {
  const columns = columnsOf(rows)
  return unwrap(scoreRfmColumns(columns, unwrap(rfmCuts(columns, scheme))))
}

describe('scores by recency, frequency and monetary value', () => {
  test('are what the rule says, one by one and in columns', () => {
    fc.assert(
      fc.property(some, rfmSchemeArbitrary, (rows, scheme) => {
        const { recency, frequency, monetary, cuts } = scored(rows, scheme)
        const byHand = model(rows, scheme)
        expect(rows.map((row) => rfmScoreOf(cuts, row))).toEqual(byHand)
        expect(Array.from(recency)).toEqual(byHand.map((score) => score.recency))
        expect(Array.from(frequency)).toEqual(byHand.map((score) => score.frequency))
        expect(Array.from(monetary)).toEqual(byHand.map((score) => score.monetary))
      }),
    )
  })

  test('are equal for equal values, whatever the order of rows', () => {
    fc.assert(
      fc.property(
        some.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows], { minLength: rows.length }))),
        rfmSchemeArbitrary,
        ([rows, shuffled], scheme) => {
          const byId = (list: ReadonlyArray<RfmRow>) => {
            const { recency, frequency, monetary } = scored(list, scheme)
            return new Map(list.map(({ customer }, row) => [customer, [recency[row], frequency[row], monetary[row]]]))
          }
          const found = byId(rows)
          expect(new Map([...found].sort())).toEqual(new Map([...byId(shuffled)].sort()))
          const byValue = new Map(rows.map((row) => [row.orders, found.get(row.customer)?.[1]]))
          for (const row of rows) expect(found.get(row.customer)?.[1]).toBe(byValue.get(row.orders))
        },
      ),
    )
  })

  test('rise with the value, and count every customer once', () => {
    fc.assert(
      fc.property(some, rfmSchemeArbitrary, (rows, scheme) => {
        const { frequency, recency, counts } = scored(rows, scheme)
        rows.forEach((row, i) => {
          rows.forEach((other, j) => {
            if (row.orders > other.orders) expect(frequency[i]).toBeGreaterThanOrEqual(frequency[j] as number)
            if (row.daysSinceLast > other.daysSinceLast) expect(recency[i]).toBeLessThanOrEqual(recency[j] as number)
          })
        })
        for (const { counts: own, bins, effectiveBins } of Object.values(counts)) {
          expect(own).toHaveLength(bins)
          expect(own.reduce((sum, count) => sum + count, 0)).toBe(rows.length)
          expect(effectiveBins).toBe(own.filter((count) => count > 0).length)
        }
      }),
    )
  })

  test('of shards are those of the whole', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 4 }), rfmSchemeArbitrary, (rows, shards, scheme) => {
        const parts = Array.from({ length: shards }, (_, shard) =>
          rows.filter((_row, index) => index % shards === shard),
        )
        const summary = parts.map((part) => summariseRfm(columnsOf(part))).reduce(rfmMonoid.concat, rfmMonoid.empty)
        expect(finishRfmCuts(summary, scheme)).toEqual(rfmCuts(columnsOf(rows), scheme))
        expect(summary).toEqual(summariseRfm(columnsOf(rows)))
      }),
    )
  })

  test('of a purchase log are those of its profiles', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, (rows) => {
        fc.pre(rows[0]?.amount !== undefined)
        const log = unwrap(encodePurchases(rows))
        const asOf = rows[0]?.day ?? (0 as never)
        const columns = unwrap(rfmColumns(log, { asOf }))
        const scheme = quintileRfmScheme
        expect(rfmScores(log, { asOf })).toEqual(scoreRfmColumns(columns, unwrap(rfmCuts(columns, scheme))))
      }),
    )
  })

  test('rfm.ties.small: six customers with one order have one score', () => {
    const rows = [1, 1, 1, 1, 1, 1, 2, 2, 3, 10].map((orders, index) => ({
      customer: `c${index}`,
      daysSinceLast: 1,
      orders,
      minor: 1,
    }))
    const { frequency, counts, monetary } = scored(rows, quintileRfmScheme)
    expect(Array.from(frequency)).toEqual([1, 1, 1, 1, 1, 1, 4, 4, 5, 5])
    expect(counts.frequency).toEqual({ bins: 5, effectiveBins: 3, counts: [6, 0, 0, 2, 2] })
    expect(Array.from(monetary)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    expect(counts.recency.counts).toEqual([0, 0, 0, 0, 10])
  })

  test('have no cuts where there is nobody, amounts of several currencies, or a scheme that is none', () => {
    const tagsOf = (result: ReturnType<typeof rfmCuts>) =>
      result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []
    const nobody = columnsOf([])
    const fixed: ScoreBands = { type: 'fixed', cuts: [1] }
    const equal: ScoreBands = { type: 'equal', bins: 2 }
    expect(tagsOf(rfmCuts(nobody))).toEqual(['EmptySample', 'EmptySample', 'EmptySample'])
    expect(tagsOf(rfmCuts(nobody, { recency: fixed, frequency: fixed, monetary: equal }))).toEqual(['EmptySample'])
    expect(rfmCuts(nobody, { recency: fixed, frequency: fixed, monetary: fixed })._tag).toBe('Right')
    expect(tagsOf(finishRfmCuts(rfmMonoid.empty))).toEqual(['InvalidValue'])
    const one = { values: [1], counts: [1] }
    expect(tagsOf(finishRfmCuts({ daysSinceLast: one, orders: one, minor: { EUR: one, USD: one } }))).toEqual([
      'InvalidValue',
    ])
    expect(tagsOf(rfmCuts(nobody, { ...quintileRfmScheme, recency: { type: 'equal', bins: 1 } }))).toEqual([
      'InvalidValue',
    ])
    expect(rfmScores(unwrap(encodePurchases([])), { asOf: 1 as never })._tag).toBe('Left')
  })

  test('need cuts of their own currency', () => {
    const cuts = unwrap(rfmCuts(columnsOf([{ customer: 'a', daysSinceLast: 1, orders: 1, minor: 1 }])))
    expect(scoreRfmColumns(columnsOf([]), { ...cuts, currency: 'USD' as Currency })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['currency'] },
    })
    expect(cuts.currency).toBe(EUR)
  })

  test('have no score where the log has nobody in the window', () => {
    const log = unwrap(encodePurchases([{ customer: 'a', day: 9 as never, amount: { minor: 1, currency: EUR } }]))
    expect(rfmScores(log, { asOf: 1 as never })).toMatchObject({ left: [{ _tag: 'EmptySample' }, {}, {}] })
  })
})

describe('the weighted mean of three scores', () => {
  test('of a column is that of each', () => {
    fc.assert(
      fc.property(
        some,
        fc.record({
          recency: fc.integer({ min: 0, max: 5 }),
          frequency: fc.integer({ min: 1, max: 5 }),
          monetary: fc.integer({ min: 0, max: 5 }),
        }),
        (rows, weights) => {
          const scores = scored(rows, quintileRfmScheme)
          const means = unwrap(weightedRfmScores(scores, weights))
          rows.forEach((row, index) => {
            const mean = unwrap(weightedRfmScore(rfmScoreOf(scores.cuts, row), weights))
            expect(means[index]).toBe(mean)
            expect(mean).toBeGreaterThanOrEqual(1)
            expect(mean).toBeLessThanOrEqual(5)
          })
        },
      ),
    )
  })

  test('needs a weight above 0 and none below', () => {
    const score = { recency: 1, frequency: 2, monetary: 3 }
    expect(unwrap(weightedRfmScore(score))).toBe(2)
    expect(weightedRfmScore(score, { recency: 0, frequency: 0, monetary: 0 })).toMatchObject({
      left: { _tag: 'ZeroDenominator' },
    })
    expect(weightedRfmScore(score, { recency: 1, frequency: -1, monetary: 0 })).toMatchObject({
      left: { _tag: 'OutOfRange', path: ['weights', 'frequency'] },
    })
    expect(
      weightedRfmScores(scored([{ customer: 'a', daysSinceLast: 1, orders: 1, minor: 1 }], quintileRfmScheme), {
        recency: Number.NaN,
        frequency: 1,
        monetary: 1,
      })._tag,
    ).toBe('Left')
  })
})
