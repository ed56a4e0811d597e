import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  LifecycleCounts,
  type LifecycleState,
  lifecycleMonoid,
  lifecycleOf,
  lifecycleTransitions,
  summariseLifecycles,
} from '../../../src/churn/index.ts'
import { addDays, type CivilDate, localDateOf, unwrap } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases } from '../../../src/retention/index.ts'
import { lifecycleMeasureArbitrary } from '../../arbitraries/churn.ts'
import {
  dailyPurchasesArbitrary,
  firstPurchaseDay,
  purchaseDayArbitrary,
  timedPurchasesArbitrary,
} from '../../arbitraries/purchases.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'
import type { Measure } from './lifecycle-model.ts'

const logOf = (rows: ReadonlyArray<DailyPurchase>) => unwrap(encodePurchases(rows))
const states: ReadonlyArray<LifecycleState> = ['new', 'active', 'atRisk', 'lapsing', 'churned', 'reactivated']
const daysCounted = 9
const periodFrom = (from: CivilDate) => ({ from, until: addDays(from, daysCounted) })
const countsOf = (rows: ReadonlyArray<DailyPurchase>, from: CivilDate, measure: Measure): LifecycleCounts =>
  unwrap(summariseLifecycles(logOf(rows), { ...measure, period: periodFrom(from) }))

describe('lifecycleTransitions', () => {
  test('equal the steps of each customer', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, purchaseDayArbitrary, lifecycleMeasureArbitrary, (rows, asOf, measure) => {
        const found = unwrap(lifecycleTransitions(logOf(rows), { ...measure, asOf }))
        const expected = Array.from(new Set(rows.map(({ customer }) => customer))).flatMap((customer) => {
          const own = rows.filter((row) => row.customer === customer).map(({ day }) => day)
          const one = lifecycleOf(own, asOf, measure)
          return one._tag === 'Left' ? [] : one.right.steps.map((step) => ({ customer, ...step }))
        })
        expect(found).toEqual(expected)
      }),
    )
  })

  test('of purchases by instant go by the local dates', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, purchaseDayArbitrary, ({ zone, rows }, asOf) => {
        const dated = rows.map(({ customer, at }) => ({ customer, day: localDateOf(zone, at) }))
        expect(unwrap(lifecycleTransitions(unwrap(encodePurchases(rows)), { asOf, zone }))).toEqual(
          unwrap(lifecycleTransitions(logOf(dated), { asOf })),
        )
        const period = periodFrom(asOf)
        expect(unwrap(summariseLifecycles(unwrap(encodePurchases(rows)), { period, zone }))).toEqual(
          unwrap(summariseLifecycles(logOf(dated), { period })),
        )
      }),
    )
  })

  test('report what is wrong', () => {
    const wrong = { asOf: 0.5 as CivilDate, lapsingShare: -1 }
    expect(lifecycleTransitions(logOf([]), wrong)).toMatchObject({
      left: [{ path: ['asOf'] }, { path: ['lapsingShare'] }],
    })
    const period = periodFrom(firstPurchaseDay)
    expect(summariseLifecycles(logOf([]), { period, lapsingShare: 2 })._tag).toBe('Left')
    const long = { period: { ...period, until: addDays(period.from, 3661) } }
    expect(summariseLifecycles(logOf([]), long)).toMatchObject({ left: [{ path: ['period'] }] })
    const rule = { type: 'populationQuantile' } as const
    expect(summariseLifecycles(logOf([]), { ...long, rule, lapsingShare: 2 })).toMatchObject({
      left: [{ path: ['period'] }, { path: ['population'] }, { path: ['lapsingShare'] }],
    })
  })
})

describe('summariseLifecycles', () => {
  test('counts the states that each customer has on each day, and who comes and goes', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, purchaseDayArbitrary, lifecycleMeasureArbitrary, (rows, from, measure) => {
        const { counts, entered, left } = countsOf(rows, from, measure)
        const all = unwrap(lifecycleTransitions(logOf(rows), { ...measure, asOf: addDays(from, daysCounted - 1) }))
        for (let at = 0; at < daysCounted; at += 1) {
          const day = addDays(from, at)
          const current = new Map(all.filter(({ on }) => on <= day).map(({ customer, to }) => [customer, to]))
          const today = all.filter(({ on }) => on === day)
          for (const state of states) {
            expect(counts[state][at]).toBe(Array.from(current.values()).filter((to) => to === state).length)
            expect(entered[state][at]).toBe(today.filter(({ to }) => to === state).length)
            expect(left[state][at]).toBe(today.filter((change) => change.from === state).length)
          }
        }
      }),
    )
  })

  test('of a log split by customers is that of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, purchaseDayArbitrary, lifecycleMeasureArbitrary, (rows, from, measure) => {
        const part = (holds: boolean) =>
          countsOf(
            rows.filter(({ customer }) => customer > 'c' === holds),
            from,
            measure,
          )
        expect(lifecycleMonoid(daysCounted).concat(part(true), part(false))).toEqual(countsOf(rows, from, measure))
      }),
    )
  })

  const summaries = fc
    .tuple(dailyPurchasesArbitrary, purchaseDayArbitrary, lifecycleMeasureArbitrary)
    .map(([rows, from, measure]) => countsOf(rows, from, measure))
  monoidLaws('lifecycleMonoid', lifecycleMonoid(daysCounted), summaries)
  codecLaws('LifecycleCounts', LifecycleCounts, summaries)
})
