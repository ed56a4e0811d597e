import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  finishInactivity,
  InactivitySummary,
  inactivityMonoid,
  inactivityOf,
  inactivityStates,
  summariseInactivity,
} from '../../../src/churn/index.ts'
import { type CivilDate, localDateOf, unwrap } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases } from '../../../src/retention/index.ts'
import { inactivityRuleArbitrary } from '../../arbitraries/churn.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary, timedPurchasesArbitrary } from '../../arbitraries/purchases.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const optionsArbitrary = fc.record({ asOf: purchaseDayArbitrary, rule: inactivityRuleArbitrary })
type Options = Parameters<typeof summariseInactivity>[1]

const summaryOf = (rows: ReadonlyArray<DailyPurchase>, options: Options): InactivitySummary =>
  unwrap(summariseInactivity(unwrap(encodePurchases(rows)), options))

const summaries = fc.tuple(dailyPurchasesArbitrary, optionsArbitrary).map(([rows, options]) => summaryOf(rows, options))

describe('inactivityStates', () => {
  test('equal inactivityOf of each customer', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, optionsArbitrary, (rows, { asOf, rule }) => {
        const columns = unwrap(inactivityStates(unwrap(encodePurchases(rows)), { asOf, rule }))
        columns.customers.forEach((customer, index) => {
          const own = rows.filter((row) => row.customer === customer).map(({ day }) => day)
          const one = inactivityOf(own, asOf, rule)
          const got = {
            state: columns.states[index],
            silentDays: columns.silentDays[index],
            atRiskAfterDays: columns.atRiskAfterDays[index],
            churnedAfterDays: columns.churnedAfterDays[index],
          }
          if (one._tag === 'Right') expect(one.right).toMatchObject(got)
          else expect(got).toEqual({ state: null, silentDays: -1, atRiskAfterDays: 0, churnedAfterDays: 0 })
        })
      }),
    )
  })

  test('of purchases by instant go by the local dates', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, optionsArbitrary, ({ zone, rows }, options) => {
        const dated = rows.map(({ customer, at }) => ({ customer, day: localDateOf(zone, at) }))
        expect(unwrap(inactivityStates(unwrap(encodePurchases(rows)), { ...options, zone }))).toEqual(
          unwrap(inactivityStates(unwrap(encodePurchases(dated)), options)),
        )
      }),
    )
  })

  test('reports what is wrong with the rule or the date', () => {
    const log = unwrap(encodePurchases([]))
    const asOf = 20_000 as CivilDate
    const rule = { type: 'fixedDays', atRiskDays: 9, churnedDays: 8 } as const
    expect(inactivityStates(log, { asOf, rule })).toMatchObject({ left: [{ path: ['churnedDays'] }] })
    expect(inactivityStates(log, { asOf: 0.5 as CivilDate })).toMatchObject({ left: [{ path: ['asOf'] }] })
    expect(summariseInactivity(log, { asOf: 0.5 as CivilDate })._tag).toBe('Left')
  })
})

describe('summariseInactivity', () => {
  test('counts every customer once', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, optionsArbitrary, (rows, options) => {
        const { active, atRisk, churned, notYet } = summaryOf(rows, options)
        expect(active + atRisk + churned + notYet).toBe(new Set(rows.map(({ customer }) => customer)).size)
        expect(notYet).toBe(
          new Set(rows.map(({ customer }) => customer)).size -
            new Set(rows.filter(({ day }) => day <= options.asOf).map(({ customer }) => customer)).size,
        )
      }),
    )
  })
})

describe('inactivityMonoid', () => {
  const { concat } = inactivityMonoid

  monoidLaws('inactivityMonoid', inactivityMonoid, summaries)

  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, optionsArbitrary, (rows, options) => {
        const part = (holds: boolean) =>
          summaryOf(
            rows.filter(({ customer }) => customer > 'c' === holds),
            options,
          )
        expect(concat(part(true), part(false))).toEqual(summaryOf(rows, options))
      }),
    )
  })
})

describe('finishInactivity', () => {
  test('gives shares of those who have bought', () => {
    expect(unwrap(finishInactivity({ active: 5, atRisk: 2, churned: 3, notYet: 4 }))).toEqual({
      customers: 10,
      active: 5,
      atRisk: 2,
      churned: 3,
      activeShare: 0.5,
      atRiskShare: 0.2,
      churnedShare: 0.3,
    })
  })

  test('has none when nobody has bought', () => {
    expect(finishInactivity({ ...inactivityMonoid.empty, notYet: 3 })).toMatchObject({ left: { _tag: 'EmptySample' } })
  })
})

codecLaws('InactivitySummary', InactivitySummary, summaries)
