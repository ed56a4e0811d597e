import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customerFeatures, riskSample } from '../../../src/churn/index.ts'
import { type CivilDate, localDateOf, parseCivilDate, unwrap } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases } from '../../../src/retention/index.ts'
import { logisticProbabilities, logisticRegression } from '../../../src/statistics/index.ts'
import {
  dailyPurchasesArbitrary,
  firstPurchaseDay,
  lastPurchaseDay,
  purchaseDayArbitrary,
  timedPurchasesArbitrary,
} from '../../arbitraries/purchases.ts'

const asOfArbitrary = fc
  .integer({ min: firstPurchaseDay - 10, max: lastPurchaseDay + 200 })
  .map((day) => day as CivilDate)

const windowArbitrary = fc.constantFrom(1, 7, 30, 90, 400)

/** Figures by customer and name. */
const byCustomer = (features: {
  readonly customers: ReadonlyArray<string>
  readonly columns: ReadonlyArray<{ readonly name: string; readonly values: ArrayLike<number> }>
}) =>
  new Map(
    features.customers.map((customer, row) => [
      customer,
      new Map(features.columns.map(({ name, values }) => [name, values[row] ?? Number.NaN])),
    ]),
  )

const featuresOf = (rows: ReadonlyArray<DailyPurchase>, asOf: CivilDate, windowDays = 90) =>
  byCustomer(unwrap(customerFeatures(unwrap(encodePurchases(rows)), { asOf, windowDays })))

/** Each figure written out, of one customer's rows. */
const figures = (rows: ReadonlyArray<DailyPurchase>, asOf: CivilDate, window: number, usual: number) => {
  const known = rows.filter(({ day }) => day <= asOf)
  const days = Array.from(new Set(known.map(({ day }) => day))).sort((a, b) => a - b)
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0]
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? 0))
  const inWindow = (back: number) =>
    days.filter((day) => day > asOf - back * window && day <= asOf - (back - 1) * window)
  const before = Math.min(window, asOf - first + 1 - window)
  const spend = (own: ReadonlyArray<DailyPurchase>) => own.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0)
  const priced = rows.some(({ amount }) => amount !== undefined)
  const recent = known.filter(({ day }) => day > asOf - window)
  return {
    silentDays: asOf - last,
    customerDays: asOf - first,
    purchaseDays: days.length,
    logPurchaseDays: Math.log(days.length),
    gapRatio: (asOf - last) / ([...gaps, usual].reduce((sum, gap) => sum + gap, 0) / (gaps.length + 1)),
    recentPurchaseDays: inWindow(1).length,
    trend: before > 0 ? Math.log(((inWindow(1).length + 0.5) / window) * (before / (inWindow(2).length + 0.5))) : 0,
    ...(priced
      ? {
          logSpend: Math.log1p(spend(known)),
          logRecentSpend: Math.log1p(spend(recent)),
          logMeanSpend: Math.log1p(spend(known) / days.length),
        }
      : {}),
  }
}

describe('figures of customers', () => {
  test('are those of each customer’s own purchases, written out', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, asOfArbitrary, windowArbitrary, (rows, asOf, windowDays) => {
        const log = unwrap(encodePurchases(rows))
        const got = byCustomer(unwrap(customerFeatures(log, { asOf, windowDays, usualGapDays: 45 })))
        const known = new Set(rows.filter(({ day }) => day <= asOf).map(({ customer }) => customer))
        expect(new Set(got.keys())).toEqual(known)
        for (const customer of known) {
          const own = figures(
            rows.filter((row) => row.customer === customer),
            asOf,
            windowDays,
            45,
          )
          const figuresGot = got.get(customer)
          expect(Array.from(figuresGot?.keys() ?? []).sort()).toEqual(Object.keys(own).sort())
          for (const [name, value] of Object.entries(own)) expect(figuresGot?.get(name)).toBeCloseTo(value, 12)
        }
      }),
    )
  })

  test('no leakage: purchases after the day, of anybody, change nothing', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, purchaseDayArbitrary, windowArbitrary, (rows, asOf, windowDays) => {
        const known = rows.filter(({ day }) => day <= asOf)
        const names = byCustomer(unwrap(customerFeatures(unwrap(encodePurchases(known)), { asOf, windowDays })))
        expect(featuresOf(rows, asOf, windowDays)).toEqual(names)
      }),
    )
  })

  test('other customers change nothing: a shard has the figures of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, asOfArbitrary, (rows, asOf) => {
        const whole = featuresOf(rows, asOf)
        for (const customer of whole.keys()) {
          const alone = featuresOf(
            rows.filter((row) => row.customer === customer),
            asOf,
          )
          expect(alone.get(customer)).toEqual(whole.get(customer))
        }
      }),
    )
  })

  test('purchases by instant have the figures of their dates in the zone', () => {
    fc.assert(
      fc.property(
        timedPurchasesArbitrary,
        asOfArbitrary,
        fc.integer({ min: 0, max: 500 }),
        ({ zone, rows }, asOf, cents) => {
          const priced = rows.map((row, index) => ({
            ...row,
            amount: { minor: cents + index, currency: 'EUR' as never },
          }))
          const daily = priced.map(({ customer, at, amount }) => ({ customer, day: localDateOf(zone, at), amount }))
          const log = unwrap(encodePurchases(priced))
          const got = byCustomer(unwrap(customerFeatures(log, { asOf, zone })))
          expect(got).toEqual(featuresOf(daily, asOf))
        },
      ),
    )
  })

  test('what is wrong with the options', () => {
    const log = unwrap(encodePurchases([]))
    const result = customerFeatures(log, { asOf: 1.5 as CivilDate, windowDays: 0, usualGapDays: Number.NaN })
    expect(result._tag === 'Left' ? result.left.map(({ path }) => path.join()) : []).toEqual([
      'asOf',
      'windowDays',
      'usualGapDays',
    ])
  })
})

describe('rows to fit a score to', () => {
  test('gone is who buys nothing within the horizon; days whose horizon isn’t over are counted and left out', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary,
        fc.uniqueArray(asOfArbitrary, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 200 }),
        asOfArbitrary,
        (rows, asOf, horizonDays, observedUntil) => {
          const customersOn = (day: CivilDate) =>
            new Set(rows.filter((row) => row.day <= day).map(({ customer }) => customer))
          const result = riskSample(unwrap(encodePurchases(rows)), { asOf, horizonDays, observedUntil })
          const mature = asOf.filter((day) => day + horizonDays <= observedUntil)
          const expected = mature.reduce((sum, day) => sum + customersOn(day).size, 0)
          if (expected === 0) {
            expect(result._tag === 'Left' && result.left[0]._tag).toBe('EmptySample')
            return
          }
          const sample = unwrap(result)
          expect(sample.customers).toHaveLength(expected)
          expect(sample.immature).toEqual(
            asOf
              .filter((day) => day + horizonDays > observedUntil)
              .map((day) => ({ asOf: day, customers: customersOn(day).size })),
          )
          sample.customers.forEach((customer, row) => {
            const day = sample.days[row] ?? 0
            const back = rows.some((one) => one.customer === customer && one.day > day && one.day <= day + horizonDays)
            expect(sample.outcomes[row]).toBe(back ? 0 : 1)
            const own = featuresOf(rows, day as CivilDate).get(customer)
            for (const { name, values } of sample.columns) expect(values[row]).toBe(own?.get(name))
          })
        },
      ),
    )
  })

  test('purchases after the horizon change nothing', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary,
        asOfArbitrary,
        fc.integer({ min: 1, max: 90 }),
        (rows, asOf, horizonDays) => {
          const options = { asOf: [asOf], horizonDays, observedUntil: (asOf + horizonDays) as CivilDate }
          const known = rows.filter(({ day }) => day <= asOf + horizonDays)
          const [all, some] = [rows, known].map((own) => riskSample(unwrap(encodePurchases(own)), options))
          expect(all?._tag).toBe(some?._tag)
          if (all?._tag !== 'Right' || some?._tag !== 'Right') return
          expect(byCustomer(all.right)).toEqual(byCustomer(some.right))
          const outcomeOf = (sample: typeof all.right) =>
            new Map(sample.customers.map((customer, row) => [customer, sample.outcomes[row]]))
          expect(outcomeOf(all.right)).toEqual(outcomeOf(some.right))
        },
      ),
    )
  })

  test('what is wrong with the options', () => {
    const day = unwrap(parseCivilDate('2026-01-01'))
    const log = unwrap(encodePurchases([]))
    const pathsOf = (options: Parameters<typeof riskSample>[1]) => {
      const result = riskSample(log, options)
      return result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
    }
    expect(
      pathsOf({ asOf: [day, day, 0.5 as CivilDate], horizonDays: 0, observedUntil: Number.NaN as CivilDate }),
    ).toEqual(['asOf.1', 'asOf.2', 'horizonDays', 'observedUntil'])
    expect(pathsOf({ asOf: [9e8 as CivilDate], horizonDays: 9, observedUntil: day })).toEqual(['asOf'])
    const far = 2_932_896 as CivilDate
    expect(pathsOf({ asOf: [far], horizonDays: 9, observedUntil: (far + 9) as CivilDate })).toEqual(['asOf'])
    expect(pathsOf({ asOf: [day], horizonDays: 9, observedUntil: day, windowDays: 0 })).toEqual(['windowDays'])
  })
})

test('a score that is fitted on one day ranks customers on a later one', () => {
  // 400 customers who buy every 5 to 44 days; a quarter of them stop for ever after a time of their own.
  const start = unwrap(parseCivilDate('2025-01-01'))
  const rows = Array.from({ length: 400 }, (_, index) => {
    const gap = 5 + (index % 40)
    const stop = index % 4 === 0 ? 60 + ((index * 37) % 300) : 1000
    return Array.from({ length: 120 }, (_unused, turn) => turn * gap + ((index * 13 + turn * 29) % (gap + 5)))
      .filter((day) => day < Math.min(stop, 600))
      .map((day) => ({ customer: `c${index}`, day: (start + day) as CivilDate }))
  }).flat()
  const log = unwrap(encodePurchases(rows))
  const sample = unwrap(
    riskSample(log, {
      asOf: [150, 210, 270].map((day) => (start + day) as CivilDate),
      horizonDays: 60,
      observedUntil: (start + 599) as CivilDate,
    }),
  )
  const names = ['gapRatio', 'silentDays', 'trend']
  const columns = sample.columns.filter(({ name }) => names.includes(name))
  const { model } = unwrap(logisticRegression({ columns, outcomes: sample.outcomes }, { ridge: 1 }))
  const later = unwrap(customerFeatures(log, { asOf: (start + 330) as CivilDate }))
  const risks = unwrap(logisticProbabilities(model, later.columns))
  const stopped = later.customers.map((customer) => {
    const index = Number(customer.slice(1))
    return index % 4 === 0 && 60 + ((index * 37) % 300) < 300
  })
  const mean = (gone: boolean) => {
    const own = Array.from(risks).filter((_, row) => stopped[row] === gone)
    return own.reduce((sum, risk) => sum + risk, 0) / own.length
  }
  expect(mean(true)).toBeGreaterThan(0.8)
  expect(mean(false)).toBeLessThan(0.15)
})
