import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  formatPath,
  type Instant,
  parseCivilDate,
  parseInstant,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  type BracketDefinition,
  BracketSummary,
  bracketMonoid,
  bracketTable,
  encodePurchases,
  finishBrackets,
  summariseBrackets,
  summariseCohorts,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, firstPurchaseDay } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'
import { cohortModel } from './cohort-model.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const at = (text: string): Instant => unwrap(parseInstant(text))
const late = at('2100-01-01T00:00:00Z')

const membership = fc.constantFrom('firstTime' as const, 'recurring' as const)
const periodsArbitrary = fc
  .tuple(fc.nat({ max: 400 }), fc.integer({ min: 4, max: 40 }))
  .map(([start, count]) => ({ unit: 'day' as const, from: addDays(firstPurchaseDay, start), count }))

describe('summariseBrackets', () => {
  test('of one period each are the cohorts by that very period', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, periodsArbitrary, membership, (rows, periods, kind) => {
        const log = unwrap(encodePurchases(rows))
        const brackets = Array.from({ length: periods.count }, (_, from) => ({ from, until: from + 1 }))
        const found = unwrap(summariseBrackets(log, { periods, asOf: late, membership: kind, brackets }))
        const cohorts = unwrap(summariseCohorts(log, { periods, asOf: late, membership: kind }))
        expect(found.sizes).toEqual(cohorts.sizes)
        expect(found.retained.map((row, cohort) => row.slice(0, periods.count - cohort))).toEqual(cohorts.retained)
      }),
    )
  })

  test('equals the slow model: who has a return in any of the periods', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary,
        fc.option(dailyPurchasesArbitrary, { nil: undefined }),
        periodsArbitrary,
        fc.nat({ max: 2 }),
        fc.integer({ min: 1, max: 2 }),
        (rows, others, periods, from, length) => {
          const log = unwrap(encodePurchases(rows))
          const brackets = [{ from, until: from + length }]
          const returns = others === undefined ? {} : { returns: unwrap(encodePurchases(others)) }
          const found = unwrap(summariseBrackets(log, { periods, asOf: late, brackets, ...returns }))
          // Who comes in two periods comes on either, less on both: by inclusion and exclusion of the streak's model.
          const { retained } = cohortModel(rows, { periods, asOf: late }, others)
          const single = (cohort: number, period: number): number => retained[cohort]?.[period] ?? 0
          found.retained.forEach(([cell = 0], cohort) => {
            if (cohort + from + length > periods.count) expect(cell).toBe(0)
            else {
              const each = Array.from({ length }, (_, index) => single(cohort, from + index))
              expect(cell).toBeGreaterThanOrEqual(Math.max(...each))
              expect(cell).toBeLessThanOrEqual(each.reduce((sum, count) => sum + count, 0))
            }
          })
        },
      ),
    )
  })

  test('a definition that makes no sense is a typed fault', () => {
    const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2024-02-03') }]))
    const good: BracketDefinition = {
      periods: { unit: 'day', from: date('2024-01-01'), count: 8 },
      asOf: late,
      brackets: [{ from: 1, until: 4 }],
    }
    const paths = (change: Partial<BracketDefinition>) => {
      const result = bracketTable(log, { ...good, ...change })
      return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    }
    expect(paths({ brackets: [] })).toEqual(['brackets'])
    expect(
      paths({
        brackets: [
          { from: 1, until: 4 },
          { from: 3, until: 5 },
        ],
      }),
    ).toEqual(['brackets[1]'])
    expect(paths({ brackets: [{ from: 1, until: 9 }] })).toEqual(['brackets[0]'])
    expect(paths({ brackets: [{ from: 0.5, until: 2 }] })).toEqual(['brackets[0]'])
    expect(paths({ periods: { ...good.periods, count: 0 } })).toEqual(['periods.count'])
    expect(bracketTable(log, good, { confidence: 0 })).toMatchObject({ left: [{ path: ['confidence'] }] })
    const summary = { sizes: [1], retained: [[1]] }
    expect(finishBrackets(summary, good)).toMatchObject({ left: { path: ['sizes'] } })
    expect(finishBrackets(summary, { ...good, brackets: [] })).toMatchObject({ left: { path: ['brackets'] } })
    expect(finishBrackets(summary, { ...good, periods: { ...good.periods, count: 0 } })._tag).toBe('Left')
  })
})

describe('finishBrackets', () => {
  test('a cell is complete when the last period of its bracket is', () => {
    const definition: BracketDefinition = {
      periods: { unit: 'day', from: date('2024-01-01'), count: 5 },
      asOf: at('2024-01-04T12:00:00Z'),
      brackets: [
        { from: 1, until: 3 },
        { from: 3, until: 5 },
      ],
    }
    const summary = { sizes: [4, 2, 0, 0, 0], retained: Array.from({ length: 5 }, () => [1, 0]) }
    const { rows, average } = unwrap(finishBrackets(summary, definition))
    expect(rows.map(({ cells }) => cells.map(({ status }) => status))).toEqual([
      ['complete', 'inProgress'],
      ['inProgress'],
      ['inProgress'],
      [],
      [],
    ])
    expect(average.map((one) => one?.rate ?? null)).toEqual([0.25, null])
  })
})

const shape = {
  periods: { unit: 'day', from: date('2024-02-20'), count: 12 },
  brackets: [
    { from: 1, until: 3 },
    { from: 4, until: 9 },
  ],
} as const
const summaries = fc
  .tuple(dailyPurchasesArbitrary, membership)
  .map(([rows, kind]) =>
    unwrap(summariseBrackets(unwrap(encodePurchases(rows)), { ...shape, asOf: late, membership: kind })),
  )
codecLaws('BracketSummary', BracketSummary, summaries)
monoidLaws('bracketMonoid', bracketMonoid(12, 2), summaries)

describe('bracketMonoid', () => {
  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, (rows) => {
        const count = (part: typeof rows) =>
          unwrap(summariseBrackets(unwrap(encodePurchases(part)), { ...shape, asOf: late }))
        const [one, other] = [true, false].map((holds) => rows.filter(({ customer }) => customer < 'c' === holds))
        expect(bracketMonoid(12, 2).concat(count(one ?? []), count(other ?? []))).toEqual(count(rows))
      }),
    )
  })
})

describe('BracketSummary', () => {
  test('refuses other shapes', () => {
    expect(BracketSummary.is({ sizes: [1, 1], retained: [[1]] })).toBe(false)
    expect(BracketSummary.is({ sizes: [1, 1], retained: [[1], [1, 1]] })).toBe(false)
  })
})
