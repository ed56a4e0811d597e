import { describe, expect, test } from 'vitest'
import { type CivilDate, unwrap } from '../../../src/foundation/index.ts'
import {
  type EngagementModel,
  encodeUsage,
  engagementScores,
  explainEngagement,
  fitEngagementWeights,
  type UsageRow,
} from '../../../src/segments/index.ts'
import { logisticRegression } from '../../../src/statistics/index.ts'

const today = 20_000 as CivilDate
const model: EngagementModel = {
  measures: [
    { name: 'visit', weight: 7, cap: 20 },
    { name: 'complaint', weight: 7, cap: null },
  ],
  windowDays: 60,
  halfLifeDays: 30,
  full: { type: 'fixed', points: 500 },
}

/** Customers who stay the more likely the more often they come, and the less the more they complain. */
const world = (complaints: number) => {
  const customers = Array.from({ length: 300 }, (_, index) => `c${index}`)
  const noise = (index: number, salt: number): number =>
    ((Math.imul(index + 1, 2_654_435_761 + salt * 40_503) >>> 0) % 1000) / 1000
  const visits = (index: number): number => Math.floor(noise(index, 1) * 25)
  const complained = (index: number): number => Math.floor(noise(index, 2) * 4)
  const rows = customers.flatMap(
    (customer, index): ReadonlyArray<UsageRow> => [
      { customer, day: today, measure: 'visit', amount: visits(index) },
      { customer, day: (today - 30) as CivilDate, measure: 'complaint', amount: complained(index) },
    ],
  )
  const retained = customers.map((_, index) => {
    const logOdds = -1.5 + 0.15 * Math.min(20, visits(index)) + complaints * complained(index) * 0.5
    return noise(index, 3) < 1 / (1 + Math.exp(-logOdds))
  })
  return { rows, retained, usage: unwrap(encodeUsage(model, rows)) }
}

describe('fitted weights of engagement', () => {
  test('are the coefficients of the regression on what counts of each measure', () => {
    const { usage, retained } = world(0.8)
    const { model: fitted, fit, dropped } = unwrap(fitEngagementWeights(model, usage, today, retained))
    const counted = (measure: string) =>
      usage.customers.map(
        (customer) =>
          unwrap(explainEngagement(model, usage, today, customer)).parts.find((part) => part.measure === measure)
            ?.counted ?? 0,
      )
    const columns = ['visit', 'complaint'].map((name) => ({ name, values: counted(name) }))
    const byHand = unwrap(logisticRegression({ columns, outcomes: retained }))
    expect(fit).toEqual(byHand)
    expect(dropped).toEqual([])
    expect(fitted.measures.map(({ weight }) => weight)).toEqual(
      byHand.model.coefficients.map(({ value }) => value * 100),
    )
    expect(fitted.measures[0]?.weight).toBeGreaterThan(10)
    expect({ ...fitted, measures: [] }).toEqual({ ...model, measures: [] })
    expect(unwrap(engagementScores(fitted, usage, today)).score.some((score) => score > 0)).toBe(true)
  })

  test('leave out a measure that tells of leaving, and fit the rest anew', () => {
    const { usage, retained } = world(-1.5)
    const { model: fitted, fit, dropped } = unwrap(fitEngagementWeights(model, usage, today, retained))
    expect(dropped).toEqual(['complaint'])
    expect(fitted.measures.map(({ name, weight }) => [name, weight > 0])).toEqual([
      ['visit', true],
      ['complaint', false],
    ])
    expect(fit.model.coefficients.map(({ name }) => name)).toEqual(['visit'])
  })

  test('are all 0 where every measure tells of leaving', () => {
    const { usage, retained } = world(0)
    const only: EngagementModel = { ...model, measures: model.measures.slice(0, 1) }
    const visits = { ...usage, customer: usage.customer.filter((_, row) => usage.measure[row] === 0) }
    const rows = {
      ...visits,
      day: usage.day.filter((_, row) => usage.measure[row] === 0),
      amount: usage.amount.filter((_, row) => usage.measure[row] === 0),
      measure: new Uint8Array(visits.customer.length),
    }
    const fitted = unwrap(
      fitEngagementWeights(
        only,
        rows,
        today,
        retained.map((stayed) => !stayed),
      ),
    )
    expect(fitted.dropped).toEqual(['visit'])
    expect(fitted.model.measures).toEqual([{ name: 'visit', weight: 0, cap: 20 }])
    expect(fitted.fit.model.coefficients).toEqual([])
  })

  test('need a sound model, an outcome per customer, and outcomes of both kinds', () => {
    const { usage, retained } = world(0.8)
    const tag = (result: ReturnType<typeof fitEngagementWeights>) =>
      result._tag === 'Left' ? `${result.left[0]._tag} ${result.left[0].path.join('.')}`.trim() : 'Right'
    expect(tag(fitEngagementWeights({ ...model, windowDays: 0 }, usage, today, retained))).toBe(
      'InvalidValue windowDays',
    )
    expect(tag(fitEngagementWeights(model, usage, today, [1]))).toBe('InvalidValue retained.length')
    expect(
      tag(
        fitEngagementWeights(
          model,
          usage,
          today,
          retained.map(() => true),
        ),
      ),
    ).toBe('EmptySample outcomes')
    expect(tag(fitEngagementWeights(model, usage, today, retained, { ridge: -1 }))).toContain('OutOfRange')
  })
})
