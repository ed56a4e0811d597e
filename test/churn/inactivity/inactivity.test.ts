import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainInactivity, type Inactivity, type InactivityRule, inactivityOf } from '../../../src/churn/index.ts'
import { addDays, type CivilDate, parseCivilDate, unwrap } from '../../../src/foundation/index.ts'
import { mean, quantile } from '../../../src/statistics/index.ts'
import { inactivityRuleArbitrary } from '../../arbitraries/churn.ts'
import { purchaseDayArbitrary } from '../../arbitraries/purchases.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const everyTenDays = ['2026-01-01', '2026-01-11', '2026-01-21', '2026-01-31'].map(date)
const historyArbitrary = fc.array(purchaseDayArbitrary, { minLength: 1, maxLength: 12 })

const gapsOf = (days: ReadonlyArray<number>): ReadonlyArray<number> => {
  const distinct = Array.from(new Set(days)).sort((a, b) => a - b)
  return distinct.slice(1).map((day, index) => day - (distinct[index] as number))
}

/** The days of silence after which a customer is at risk, and gone. */
const limitsModel = (days: ReadonlyArray<number>, rule: InactivityRule): readonly [number, number] => {
  if (rule.type === 'fixedDays') return [rule.atRiskDays, rule.churnedDays]
  const gaps = gapsOf(days)
  const fallback = rule.fallback ?? { atRiskDays: 90, churnedDays: 180 }
  if (gaps.length < (rule.minimumGaps ?? 3)) return [fallback.atRiskDays, fallback.churnedDays]
  const [usual, standard] =
    rule.type === 'ownRhythm' ? [unwrap(mean(gaps)), 2] : [unwrap(quantile(gaps, rule.probability ?? 0.9)), 1]
  return [usual * (rule.atRiskMultiple ?? standard), usual * (rule.churnedMultiple ?? standard + 1)]
}

describe('inactivityOf', () => {
  test('equals the slow model by every rule', () => {
    fc.assert(
      fc.property(historyArbitrary, purchaseDayArbitrary, inactivityRuleArbitrary, (purchases, asOf, rule) => {
        const known = purchases.filter((day) => day <= asOf)
        const result = inactivityOf(purchases, asOf, rule)
        if (known.length === 0) {
          expect(result).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
          return
        }
        const [atRisk, churned] = limitsModel(known, rule)
        const silent = asOf - Math.max(...known)
        const found = unwrap(result)
        expect(found.silentDays).toBe(silent)
        expect(found.atRiskAfterDays).toBeCloseTo(atRisk, 9)
        expect(found.churnedAfterDays).toBeCloseTo(churned, 9)
        expect(found.state).toBe(silent > churned ? 'churned' : silent > atRisk ? 'atRisk' : 'active')
      }),
    )
  })

  test('does not depend on anything after asOf, nor on order, nor on a second purchase of a day', () => {
    fc.assert(
      fc.property(historyArbitrary, purchaseDayArbitrary, inactivityRuleArbitrary, (purchases, asOf, rule) => {
        const known = purchases.filter((day) => day <= asOf)
        const shuffled = [...known, ...known].sort((a, b) => b - a)
        expect(inactivityOf(purchases, asOf, rule)).toEqual(inactivityOf(shuffled, asOf, rule))
      }),
    )
  })

  test('each state begins on the day that it says, and not a day before', () => {
    fc.assert(
      fc.property(historyArbitrary, purchaseDayArbitrary, inactivityRuleArbitrary, (purchases, asOf, rule) => {
        const known = purchases.filter((day) => day <= asOf)
        fc.pre(known.length > 0)
        const { begins } = unwrap(inactivityOf(known, asOf, rule))
        const on = (day: CivilDate): Inactivity => unwrap(inactivityOf(known, day, rule))
        expect(on(begins.active).state).toBe('active')
        expect(on(addDays(begins.atRisk, -1)).state).toBe('active')
        expect(on(begins.churned)).toMatchObject({ state: 'churned', since: begins.churned })
        if (begins.atRisk < begins.churned) {
          expect(on(begins.atRisk)).toMatchObject({ state: 'atRisk', since: begins.atRisk })
          expect(on(addDays(begins.churned, -1)).state).toBe('atRisk')
        }
      }),
    )
  })

  test('only falls with silence', () => {
    const order = ['active', 'atRisk', 'churned']
    fc.assert(
      fc.property(
        historyArbitrary,
        fc.nat({ max: 900 }),
        fc.nat({ max: 900 }),
        inactivityRuleArbitrary,
        (purchases, a, b, rule) => {
          const last = Math.max(...purchases) as CivilDate
          const at = (days: number): number =>
            order.indexOf(unwrap(inactivityOf(purchases, addDays(last, days), rule)).state)
          expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)))
        },
      ),
    )
  })

  test('is measured by the mean of the own gaps unless asked otherwise', () => {
    expect(unwrap(inactivityOf(everyTenDays, date('2026-02-20')))).toEqual({
      rule: 'ownRhythm',
      gaps: 3,
      usualDays: 10,
      atRiskAfterDays: 20,
      churnedAfterDays: 30,
      state: 'active',
      since: date('2026-01-31'),
      lastPurchase: date('2026-01-31'),
      silentDays: 20,
      begins: { active: date('2026-01-31'), atRisk: date('2026-02-21'), churned: date('2026-03-03') },
    })
  })

  test('reports what is wrong with the rule or a date', () => {
    const rule = { type: 'fixedDays', atRiskDays: 9, churnedDays: 8 } as const
    expect(inactivityOf(everyTenDays, date('2026-02-20'), rule)).toMatchObject({ left: [{ path: ['churnedDays'] }] })
    expect(inactivityOf([0.5 as CivilDate], date('2026-02-20'))).toMatchObject({ left: [{ path: [0] }] })
  })
})

describe('explainInactivity', () => {
  const explain = (purchases: ReadonlyArray<CivilDate>, asOf: string, rule?: InactivityRule) =>
    explainInactivity(unwrap(inactivityOf(purchases, date(asOf), rule)))

  test('says the state, the silence and where the thresholds come from', () => {
    expect(explain(everyTenDays, '2026-02-01')).toBe(
      'active since 2026-01-31: last bought on 2026-01-31, 1 day ago; buys every 10.0 days on average, so more than 20 days are a risk and more than 30 the end',
    )
    expect(explain(everyTenDays, '2026-02-15', { type: 'ownQuantile' })).toBe(
      'at risk since 2026-02-11: last bought on 2026-01-31, 15 days ago; mostly buys again within 10.0 days, so more than 10 days are a risk and more than 20 the end',
    )
    expect(explain(everyTenDays.slice(0, 2), '2027-01-01')).toBe(
      'churned since 2026-07-11: last bought on 2026-01-11, 355 days ago; with 1 gap so far, fixed days hold, so more than 90 days are a risk and more than 180 the end',
    )
    expect(explain(everyTenDays.slice(0, 1), '2026-01-01')).toContain('with 0 gaps so far')
  })
})
