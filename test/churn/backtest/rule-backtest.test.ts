import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BacktestOptions,
  BacktestSummary,
  backtestMonoid,
  compareRules,
  finishBacktest,
  lifecycleOf,
  type NamedRule,
  summariseBacktest,
} from '../../../src/churn/index.ts'
import { addDays, type CivilDate, decode, localDateOf, unwrap } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases, summariseGaps } from '../../../src/retention/index.ts'
import { lifecycleMeasureArbitrary, lifecycleRuleArbitrary } from '../../arbitraries/churn.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary, timedPurchasesArbitrary } from '../../arbitraries/purchases.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const bare = ({ customer, day }: DailyPurchase): DailyPurchase => ({ customer, day })
const rowsArbitrary = dailyPurchasesArbitrary.map((rows) => rows.map(bare))
const logOf = (rows: ReadonlyArray<DailyPurchase>) => unwrap(encodePurchases(rows))

const optionsArbitrary = fc
  .tuple(
    purchaseDayArbitrary,
    lifecycleMeasureArbitrary,
    fc.constantFrom(1, 30, 90, 200),
    fc.record(
      {
        flag: fc.constantFrom('atRisk' as const, 'lapsing' as const, 'churned' as const),
        boughtWithinDays: fc.constantFrom(1, 60, 400),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([decision, measure, holdoutDays, rest]) => ({
    ...measure,
    ...rest,
    decision,
    holdoutDays,
    completeUntil: addDays(decision, holdoutDays),
  }))

const order = ['atRisk', 'lapsing', 'churned']

/** Whether a customer is flagged and gone, and how early; by their states, one after the other. */
const judgeModel = (own: ReadonlyArray<CivilDate>, options: BacktestOptions): readonly [string, number] | null => {
  const { decision, holdoutDays, flag = 'churned', boughtWithinDays = 1e9 } = options
  const past = own.filter((day) => day <= decision)
  const last = Math.max(...past)
  if (past.length === 0 || decision - last >= boughtWithinDays) return null
  const { steps } = unwrap(lifecycleOf(past, decision, options))
  const flagged = steps.find(({ on, to }) => on > last && order.indexOf(to) >= order.indexOf(flag))
  const isGone = !own.some((day) => day > decision && day <= decision + holdoutDays)
  return [`${flagged !== undefined} ${isGone}`, flagged === undefined ? 0 : last + holdoutDays - flagged.on]
}

describe('summariseBacktest', () => {
  test('equals the slow model', () => {
    fc.assert(
      fc.property(rowsArbitrary, optionsArbitrary, (rows, options) => {
        const customers = Array.from(new Set(rows.map(({ customer }) => customer)))
        const judged = customers
          .map((id) =>
            judgeModel(
              rows.filter(({ customer }) => customer === id).map(({ day }) => day),
              options,
            ),
          )
          .filter((one) => one !== null)
        const count = (cell: string): number => judged.filter(([own]) => own === cell).length
        const found = unwrap(summariseBacktest(logOf(rows), options))
        expect(found).toMatchObject({
          truePositives: count('true true'),
          falsePositives: count('true false'),
          falseNegatives: count('false true'),
          trueNegatives: count('false false'),
        })
        const leads = found.leadDays.flatMap((days, at) =>
          Array.from({ length: found.leadCounts[at] ?? 0 }, () => days),
        )
        expect(leads).toEqual(
          judged
            .filter(([own]) => own === 'true true')
            .map(([, lead]) => lead)
            .sort((a, b) => a - b),
        )
      }),
    )
  })

  test('what is bought after the decision flags nobody else, and what is bought after the holdout changes nothing', () => {
    fc.assert(
      fc.property(rowsArbitrary, optionsArbitrary, fc.boolean(), (rows, given, lends) => {
        const { population, ...rest } = given
        const options: BacktestOptions = lends ? { ...rest, rule: { type: 'populationQuantile' } } : given
        const { decision, holdoutDays } = options
        const anchor = { customer: 'anchor', day: addDays(decision, -7) }
        const all = [...rows, anchor, { ...anchor, day: addDays(decision, -3) }]
        const flaggedOf = (kept: ReadonlyArray<DailyPurchase>): number => {
          const { truePositives, falsePositives } = unwrap(summariseBacktest(logOf(kept), options))
          return truePositives + falsePositives
        }
        expect(flaggedOf(all.filter(({ day }) => day <= decision))).toBe(flaggedOf(all))
        expect(
          unwrap(summariseBacktest(logOf(all.filter(({ day }) => day <= decision + holdoutDays)), options)),
        ).toEqual(unwrap(summariseBacktest(logOf(all), options)))
      }),
    )
  })

  test('lends the gaps of the log up to the decision where none are given', () => {
    fc.assert(
      fc.property(rowsArbitrary, optionsArbitrary, (rows, { population: _, ...rest }) => {
        const options = { ...rest, rule: { type: 'populationQuantile' } } as const
        const gaps = unwrap(summariseGaps(logOf(rows), { asOf: options.decision }))
        const found = summariseBacktest(logOf(rows), options)
        expect(found).toEqual(summariseBacktest(logOf(rows), { ...options, population: gaps }))
        expect(found._tag).toBe(gaps.days.length === 0 ? 'Left' : 'Right')
      }),
    )
  })

  test('of purchases by instant goes by the local dates', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, optionsArbitrary, fc.boolean(), ({ zone, rows }, given, lends) => {
        const { population, ...rest } = given
        const options: BacktestOptions = lends ? { ...rest, rule: { type: 'populationQuantile' } } : given
        const dated = rows.map(({ customer, at }) => ({ customer, day: localDateOf(zone, at) }))
        expect(summariseBacktest(unwrap(encodePurchases(rows)), { ...options, zone })).toEqual(
          summariseBacktest(logOf(dated), options),
        )
      }),
    )
  })

  test('of a log split by customers is that of the whole', () => {
    fc.assert(
      fc.property(rowsArbitrary, optionsArbitrary, (rows, options) => {
        const part = (holds: boolean) =>
          unwrap(summariseBacktest(logOf(rows.filter(({ customer }) => customer > 'c' === holds)), options))
        expect(backtestMonoid.concat(part(true), part(false))).toEqual(unwrap(summariseBacktest(logOf(rows), options)))
      }),
    )
  })

  const sound = { decision: 20_000 as CivilDate, holdoutDays: 30, completeUntil: 20_030 as CivilDate }

  test('reports everything that is wrong, and a holdout that is not over', () => {
    const wrong = {
      decision: 0.5 as CivilDate,
      holdoutDays: 0,
      completeUntil: 0.5 as CivilDate,
      flag: 'new' as 'churned',
      boughtWithinDays: 0,
    }
    const result = summariseBacktest(logOf([]), wrong)
    expect(result._tag === 'Left' && result.left.map(({ path }) => path[0])).toEqual([
      'decision',
      'completeUntil',
      'holdoutDays',
      'flag',
      'boughtWithinDays',
    ])
    const rule = { type: 'populationQuantile', lentGaps: 0 } as const
    expect(summariseBacktest(logOf([]), { ...sound, holdoutDays: 0, rule, lapsingShare: 2 })).toMatchObject({
      left: [{ path: ['holdoutDays'] }, { path: ['lentGaps'] }, { path: ['lapsingShare'] }],
    })
    expect(summariseBacktest(logOf([]), { ...sound, completeUntil: 20_029 as CivilDate })).toMatchObject({
      left: [{ _tag: 'OutOfRange', path: ['completeUntil'] }],
    })
    expect(summariseBacktest(logOf([]), { ...sound, lapsingShare: 2 })._tag).toBe('Left')
  })
})

describe('compareRules', () => {
  test('has the figures of each rule', () => {
    fc.assert(
      fc.property(
        rowsArbitrary,
        optionsArbitrary,
        fc.array(lifecycleRuleArbitrary, { minLength: 1, maxLength: 4 }),
        (rows, options, rules) => {
          const named = rules.map((rule, at): NamedRule => ({ name: `rule ${at}`, rule }))
          const result = compareRules(logOf(rows), named, options)
          const summaries = rules.map((rule) => unwrap(summariseBacktest(logOf(rows), { ...options, rule })))
          const [first] = summaries.map((summary) => finishBacktest(summary))
          if (first?._tag === 'Left') {
            expect(result).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
            return
          }
          expect(unwrap(result)).toEqual(
            named.map(({ name, rule }, at) => ({
              name,
              rule,
              summary: summaries[at],
              figures: unwrap(finishBacktest(summaries[at] ?? backtestMonoid.empty)),
            })),
          )
        },
      ),
    )
  })

  test('reports what is wrong with each rule, and with the options', () => {
    const sound = { decision: 20_000 as CivilDate, holdoutDays: 30, completeUntil: 20_030 as CivilDate }
    const fine: NamedRule = { name: 'fine', rule: { type: 'ownRhythm' } }
    const bad: NamedRule = { name: 'bad', rule: { type: 'fixedDays', atRiskDays: 9, churnedDays: 8 } }
    const lends: NamedRule = { name: 'lends', rule: { type: 'populationQuantile' } }
    expect(compareRules(logOf([]), [bad, fine, lends], sound)).toMatchObject({
      left: [{ path: ['rules', 0, 'churnedDays'] }, { path: ['rules', 2, 'population'] }],
    })
    expect(compareRules(logOf([]), [], { ...sound, holdoutDays: 0 })).toMatchObject({
      left: [{ path: ['holdoutDays'] }, { path: ['rules'] }],
    })
    expect(compareRules(logOf([]), [fine, bad, lends], { ...sound, lapsingShare: 2 })).toMatchObject({
      left: [{ path: ['lapsingShare'] }, { path: ['rules', 1, 'churnedDays'] }],
    })
  })
})

describe('finishBacktest', () => {
  test('has shares with their intervals, and quartiles of the lead times', () => {
    const figures = unwrap(
      finishBacktest({
        truePositives: 4,
        falsePositives: 1,
        falseNegatives: 4,
        trueNegatives: 11,
        leadDays: [-2, 10, 30],
        leadCounts: [1, 2, 1],
      }),
    )
    expect(figures).toMatchObject({ customers: 20, flagged: 5, gone: 8, flaggedShare: 0.25, goneShare: 0.4 })
    expect(unwrap(figures.precision).value).toBe(0.8)
    // Wilson: (x + z²/2 ± z √(x (n − x) / n + z²/4)) / (n + z²) with x = 4, n = 5.
    expect(unwrap(figures.precision).lower).toBeCloseTo(0.375_535, 5)
    expect(unwrap(figures.recall)).toMatchObject({ value: 0.5 })
    expect(unwrap(figures.lead)).toEqual({
      meanDays: 12,
      shortestDays: -2,
      lowerQuartileDays: 7,
      medianDays: 10,
      upperQuartileDays: 15,
      longestDays: 30,
    })
  })

  test('says which share has no value, and why', () => {
    const onlyKept = unwrap(finishBacktest({ ...backtestMonoid.empty, trueNegatives: 2 }))
    expect(onlyKept.precision).toMatchObject({ left: { _tag: 'ZeroDenominator', path: ['flagged'] } })
    expect(onlyKept.recall).toMatchObject({ left: { _tag: 'ZeroDenominator', path: ['gone'] } })
    expect(onlyKept.lead).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(finishBacktest(backtestMonoid.empty)).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(finishBacktest(backtestMonoid.empty, 1)).toMatchObject({ left: { path: ['confidence'] } })
  })
})

const summaries = fc
  .tuple(rowsArbitrary, optionsArbitrary)
  .map(([rows, options]) => unwrap(summariseBacktest(logOf(rows), options)))
monoidLaws('backtestMonoid', backtestMonoid, summaries)
codecLaws('BacktestSummary', BacktestSummary, summaries)

test('BacktestSummary: lead times rise and are as many as true positives', () => {
  const paths = (change: Partial<BacktestSummary>): unknown => {
    const read = decode(BacktestSummary, { ...backtestMonoid.empty, ...change })
    return read._tag === 'Left' && read.left.map(({ path }) => path.join('.'))
  }
  expect(paths({ truePositives: 2, leadDays: [5, 5], leadCounts: [1, 1] })).toEqual(['leadDays.1'])
  expect(paths({ leadDays: [5] })).toEqual(['leadCounts'])
  expect(paths({ truePositives: 1 })).toEqual(['truePositives'])
})
