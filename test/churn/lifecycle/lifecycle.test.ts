import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type InactivityState, inactivityOf, type LifecycleState, lifecycleOf } from '../../../src/churn/index.ts'
import { addDays, type CivilDate, unwrap } from '../../../src/foundation/index.ts'
import { inactivityRuleArbitrary, lifecycleMeasureArbitrary } from '../../arbitraries/churn.ts'
import { purchaseDayArbitrary } from '../../arbitraries/purchases.ts'
import { stepsModel } from './lifecycle-model.ts'

const historyArbitrary = fc.array(purchaseDayArbitrary, { minLength: 1, maxLength: 14 })
const days = (...list: ReadonlyArray<number>): ReadonlyArray<CivilDate> => list as ReadonlyArray<CivilDate>

describe('lifecycleOf', () => {
  test('equals the slow model, day by day', () => {
    fc.assert(
      fc.property(historyArbitrary, purchaseDayArbitrary, lifecycleMeasureArbitrary, (purchases, day, measure) => {
        const asOf = addDays(day, 120)
        const known = purchases.filter((on) => on <= asOf)
        fc.pre(known.length > 0)
        const { state, since, steps } = unwrap(lifecycleOf(purchases, asOf, measure))
        expect(steps).toEqual(stepsModel(known, asOf, measure))
        expect(steps.at(-1)).toMatchObject({ on: since, to: state })
      }),
    )
  })

  test('has the same steps up to a day whatever is bought later', () => {
    fc.assert(
      fc.property(historyArbitrary, purchaseDayArbitrary, lifecycleMeasureArbitrary, (purchases, asOf, measure) => {
        const known = purchases.filter((on) => on <= asOf)
        fc.pre(known.length > 0)
        const whole = unwrap(lifecycleOf(purchases, addDays(asOf, 500), measure))
        expect(unwrap(lifecycleOf(known, asOf, measure)).steps).toEqual(whole.steps.filter(({ on }) => on <= asOf))
      }),
    )
  })

  test('says what comes next, and on which day', () => {
    fc.assert(
      fc.property(historyArbitrary, lifecycleMeasureArbitrary, (purchases, measure) => {
        const asOf = Math.max(...purchases) as CivilDate
        const { next, state, steps } = unwrap(lifecycleOf(purchases, asOf, measure))
        if (next === null) {
          expect(state).toBe('churned')
          return
        }
        expect(unwrap(lifecycleOf(purchases, addDays(next.on, -1), measure)).state).toBe(state)
        expect(unwrap(lifecycleOf(purchases, next.on, measure)).steps).toEqual([...steps, next])
      }),
    )
  })

  test('agrees with inactivityOf on every day', () => {
    const coarse: { readonly [state in LifecycleState]: InactivityState } = {
      new: 'active',
      active: 'active',
      reactivated: 'active',
      atRisk: 'atRisk',
      lapsing: 'atRisk',
      churned: 'churned',
    }
    fc.assert(
      fc.property(historyArbitrary, inactivityRuleArbitrary, fc.nat({ max: 400 }), (purchases, rule, later) => {
        const asOf = addDays(Math.min(...purchases) as CivilDate, later)
        const { state } = unwrap(lifecycleOf(purchases, asOf, { rule }))
        expect(coarse[state]).toBe(unwrap(inactivityOf(purchases, asOf, rule)).state)
      }),
    )
  })

  test('a customer without an own gap has the quantile of the population, one with many their own', () => {
    const population = { days: [10, 50], counts: [9, 1], gaps: [1], customers: [10], spans: [140] }
    const rule = { type: 'populationQuantile' } as const
    const riskOn = (purchases: ReadonlyArray<CivilDate>) =>
      unwrap(lifecycleOf(purchases, purchases.at(-1) as CivilDate, { rule, population })).next?.on
    expect(riskOn(days(20_000))).toBe(20_011)
    // Own gaps of 3 days: 40 of 45 are within 3 days, which is less than 0.9 of them; 44.5 are within 10.
    const often = days(...Array.from({ length: 41 }, (_, at) => 20_000 + 3 * at))
    expect(riskOn(often)).toBe(20_120 + 11)
    // With 50 of them 50 of 55 are.
    expect(riskOn(days(...Array.from({ length: 51 }, (_, at) => 20_000 + 3 * at)))).toBe(20_150 + 4)
    // One gap of 60 days: it and the lent one of 50 are more than a tenth of all.
    expect(riskOn(days(20_000, 20_060))).toBe(20_060 + 61)
  })

  test('reports everything that is wrong with the measure', () => {
    const paths = (...[purchases, asOf, measure]: Parameters<typeof lifecycleOf>): unknown => {
      const result = lifecycleOf(purchases, asOf, measure)
      return result._tag === 'Left' && result.left.map(({ path }) => path.join('.'))
    }
    const on = 20_000 as CivilDate
    const rule = { type: 'populationQuantile' } as const
    const population = { days: [9, 5], counts: [1, 1], gaps: [2], customers: [1], spans: [14] }
    expect(paths([on], 0.5 as CivilDate, { rule, lapsingShare: 2 })).toEqual(['population', 'asOf', 'lapsingShare'])
    expect(paths([on], on, { rule, population: { ...population, days: [], counts: [] } })).toEqual(['population'])
    expect(paths([on], on, { rule, population })).toEqual(['population.days.1'])
    expect(paths([on], on, { rule: { type: 'fixedDays', atRiskDays: 9, churnedDays: 8 } })).toEqual(['churnedDays'])
    expect(paths([0.5 as CivilDate], on, {})).toEqual(['0'])
    expect(lifecycleOf([on], addDays(on, -1))).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })

  test('a customer with very many purchases takes no time of their square', () => {
    const daily = days(...Array.from({ length: 60_000 }, (_, at) => at + (at % 7 === 0 ? 1 : 0)))
    const { state } = unwrap(lifecycleOf(daily, 60_000 as CivilDate, { rule: { type: 'ownQuantile' } }))
    expect(state).toBe('active')
  })
})
