import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  formatPath,
  type Instant,
  localDateOf,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
  utc,
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
import { crowdedFrom, crowdedPurchasesArbitrary, crowdedStart } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const at = (text: string): Instant => unwrap(parseInstant(text))
const late = at('2100-01-01T00:00:00Z')

const membership = fc.constantFrom('firstTime' as const, 'recurring' as const)
const periodsArbitrary = fc
  .tuple(crowdedStart, fc.integer({ min: 4, max: 40 }))
  .map(([from, count]) => ({ unit: 'day' as const, from, count }))

/** Brackets of 20 periods, with gaps between them. */
const bracketsArbitrary = fc
  .uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 8 })
  .map((bounds) => [...bounds].sort((a, b) => a - b))
  .map((bounds) =>
    bounds.flatMap((from, index) => {
      const until = bounds[index + 1]
      return until === undefined || index % 3 === 2 ? [] : [{ from, until }]
    }),
  )

interface Row {
  readonly customer: string
  readonly day: CivilDate
}

/** Slow, obvious: asks of each day as a cohort, each customer and each bracket. */
const model = (
  rows: ReadonlyArray<Row>,
  others: ReadonlyArray<Row>,
  { periods, asOf, brackets, membership: kind }: BracketDefinition,
): BracketSummary => {
  const isKnown = ({ day }: Row): boolean => day <= localDateOf(utc, asOf)
  const began = rows.filter(isKnown)
  const returns = others.filter(isKnown)
  const firstOf = (who: string): number =>
    Math.min(...began.filter((row) => row.customer === who).map(({ day }) => day))
  const cohorts = Array.from({ length: periods.count }, (_, cohort) => {
    const day = (periods.from as number) + cohort
    const customers = Array.from(new Set(began.filter((row) => row.day === day).map(({ customer }) => customer)))
    return { day, members: kind === 'recurring' ? customers : customers.filter((who) => firstOf(who) === day) }
  })
  return {
    sizes: cohorts.map(({ members }) => members.length),
    retained: cohorts.map(({ day, members }, cohort) =>
      brackets.map(({ from, until }) =>
        cohort + until > periods.count
          ? 0
          : members.filter((who) =>
              returns.some((row) => row.customer === who && row.day >= day + from && row.day < day + until),
            ).length,
      ),
    ),
  }
}

describe('summariseBrackets', () => {
  test('of one period each are the cohorts by that very period', () => {
    fc.assert(
      fc.property(crowdedPurchasesArbitrary, periodsArbitrary, membership, (rows, periods, kind) => {
        const log = unwrap(encodePurchases(rows))
        const brackets = Array.from({ length: periods.count }, (_, from) => ({ from, until: from + 1 }))
        const found = unwrap(summariseBrackets(log, { periods, asOf: late, membership: kind, brackets }))
        const cohorts = unwrap(summariseCohorts(log, { periods, asOf: late, membership: kind }))
        expect(found.sizes).toEqual(cohorts.sizes)
        expect(found.retained.map((row, cohort) => row.slice(0, periods.count - cohort))).toEqual(cohorts.retained)
      }),
    )
  })

  test('equals the slow model: who has a return on any day of a bracket', () => {
    fc.assert(
      fc.property(
        crowdedPurchasesArbitrary,
        fc.option(crowdedPurchasesArbitrary, { nil: undefined }),
        periodsArbitrary,
        bracketsArbitrary,
        membership,
        fc.nat({ max: 60 }),
        (rows, others, periods, brackets, kind, known) => {
          const asOf = startOfDay(utc, addDays(crowdedFrom, known))
          const returns = others === undefined ? {} : { returns: unwrap(encodePurchases(others)) }
          const definition: BracketDefinition = {
            periods: { ...periods, count: 20 },
            asOf,
            brackets,
            membership: kind,
            ...returns,
          }
          expect(unwrap(summariseBrackets(unwrap(encodePurchases(rows)), definition))).toEqual(
            model(rows, others ?? rows, definition),
          )
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
    expect(paths({})).toEqual([])
    expect(BracketSummary.is({ sizes: [], retained: [] })).toBe(true)
    expect(BracketSummary.is({ sizes: [1], retained: [[2]] })).toBe(false)
    const many = { sizes: Array.from({ length: 8 }, () => 1), retained: Array.from({ length: 8 }, () => [2]) }
    const fit = bracketMonoid(8, 2).empty
    expect(finishBrackets(many, good)).toMatchObject({ left: { path: ['retained', 0, 0] } })
    expect(finishBrackets(fit, { ...good, brackets: [] })).toMatchObject({ left: { path: ['brackets'] } })
    expect(finishBrackets(fit, good)).toMatchObject({ left: { path: ['retained'] } })
    expect(paths({ returns: log, periods: { unit: 'hour', from: at('2024-01-01T00:00:00Z'), count: 8 } })).toEqual([
      'periods.unit',
      'kind',
    ])
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
    const summary = { sizes: [4, 2, 0, 0, 0], retained: [4, 2, 0, 0, 0].map((size) => [Math.min(size, 1), 0]) }
    const { rows, average } = unwrap(finishBrackets(summary, definition))
    expect(rows.map(({ cells }) => cells.map(({ status }) => status))).toEqual([
      ['complete', 'inProgress'],
      ['inProgress'],
      ['inProgress'],
      [],
      [],
    ])
    expect(average.map((one) => one?.rate ?? null)).toEqual([0.25, null])
    const early = unwrap(finishBrackets(summary, { ...definition, asOf: at('2024-01-01T12:00:00Z') }))
    expect(early.rows[0]?.cells.map(({ status, rate }) => [status, rate])).toEqual([
      ['notStarted', null],
      ['notStarted', null],
    ])
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
  .tuple(crowdedPurchasesArbitrary, membership)
  .map(([rows, kind]) =>
    unwrap(summariseBrackets(unwrap(encodePurchases(rows)), { ...shape, asOf: late, membership: kind })),
  )
codecLaws('BracketSummary', BracketSummary, summaries)
monoidLaws('bracketMonoid', bracketMonoid(12, 2), summaries)

describe('bracketMonoid', () => {
  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(crowdedPurchasesArbitrary, (rows) => {
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
