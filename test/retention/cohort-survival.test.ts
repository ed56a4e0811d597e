import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, type Instant, parseCivilDate, unwrap } from '../../src/foundation/index.ts'
import {
  type CohortDefinition,
  cohortSurvival,
  compareRetention,
  encodePurchases,
  summariseCohorts,
} from '../../src/retention/index.ts'
import { survivalTable } from '../../src/statistics/index.ts'
import { crowdedPurchasesArbitrary, crowdedStart } from '../arbitraries/purchases.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))

/** Slow, obvious: the periods since, at which each member's streak breaks or they come back, or are last seen. */
const model = (days: ReadonlyMap<string, ReadonlySet<number>>, from: number, over: number, streak: boolean) => {
  const events = Array.from({ length: over + 1 }, () => 0)
  const censored = events.slice()
  for (const own of days.values()) {
    const first = Math.min(...own)
    if (first < from || first >= from + over) continue
    const last = from + over - 1 - first
    const since = Array.from({ length: last }, (_, index) => index + 1)
    const end = since.find((time) => own.has(first + time) !== streak)
    const [list, time] = end === undefined ? [censored, last] : [events, end]
    list[time] = (list[time] ?? 0) + 1
  }
  return { events, censored }
}

const daysBefore = (
  rows: ReadonlyArray<{ readonly customer: string; readonly day: number }>,
  end: number,
): ReadonlyMap<string, ReadonlySet<number>> => {
  const days = new Map<string, Set<number>>()
  for (const { customer, day } of rows.filter((row) => row.day < end)) {
    days.set(customer, (days.get(customer) ?? new Set()).add(day))
  }
  return days
}

describe('cohortSurvival', () => {
  test('is the Kaplan–Meier curve over members, each counted up to the age of their cohort', () => {
    fc.assert(
      fc.property(
        crowdedPurchasesArbitrary,
        crowdedStart,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (rows, from, over, streak) => {
          const definition: CohortDefinition = {
            periods: { unit: 'day', from, count: over + 5 },
            asOf: ((from + over) * 86_400_000) as Instant,
            criterion: streak ? 'streak' : 'onOrBefore',
          }
          const days = daysBefore(rows, from + over)
          const summary = unwrap(summariseCohorts(unwrap(encodePurchases(rows)), definition))
          const { events, censored } = model(days, from, over, streak)
          expect(cohortSurvival(summary, definition)).toEqual(survivalTable(events, censored))
        },
      ),
    )
  })

  test('with returns of another kind counts those of the first period as well', () => {
    const [ann, bob] = ['ann', 'bob'].map((customer) => ({ customer, day: date('2024-01-01') }))
    const log = unwrap(encodePurchases([ann, bob].flatMap((row) => (row === undefined ? [] : [row]))))
    const returns = unwrap(
      encodePurchases([
        { customer: 'ann', day: date('2024-01-01') },
        { customer: 'bob', day: date('2024-01-03') },
      ]),
    )
    const definition: CohortDefinition = {
      periods: { unit: 'day', from: date('2024-01-01'), count: 3 },
      asOf: (date('2024-01-04') * 86_400_000) as Instant,
      criterion: 'onOrBefore',
      returns,
    }
    const rows = unwrap(cohortSurvival(unwrap(summariseCohorts(log, definition)), definition))
    expect(rows.map(({ time, atRisk, survival }) => [time, atRisk, survival])).toEqual([
      [0, 2, 0.5],
      [2, 1, 0],
    ])
  })

  test('refuses criteria of which nobody ends, other periods, and nothing', () => {
    const definition: CohortDefinition = {
      periods: { unit: 'day', from: date('2024-01-01'), count: 1 },
      asOf: (date('2024-01-02') * 86_400_000) as Instant,
    }
    const summary = { sizes: [0], retained: [[0]] }
    const by = (change: Partial<CohortDefinition>) =>
      cohortSurvival(summary, { ...definition, criterion: 'streak', ...change })
    expect(by({ criterion: 'on' })).toMatchObject({ left: { path: ['criterion'] } })
    expect(by({ criterion: 'onOrAfter' })._tag).toBe('Left')
    expect(by({ periods: { ...definition.periods, count: 2 } })).toMatchObject({ left: { path: ['sizes'] } })
    expect(by({ periods: { ...definition.periods, count: 0 } })._tag).toBe('Left')
    expect(by({})).toMatchObject({ left: { _tag: 'EmptySample' } })
    const two = { ...definition, periods: { ...definition.periods, count: 2 }, criterion: 'streak' } as const
    const over = { ...two, asOf: (date('2024-01-05') * 86_400_000) as Instant }
    expect(cohortSurvival({ sizes: [4, 4], retained: [] }, over)).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })
})

describe('compareRetention', () => {
  test('refuses cells of which nothing is known yet', () => {
    const good = { matured: 10, retained: 5 }
    expect(compareRetention({ matured: 0, retained: 0 }, good)).toMatchObject({
      left: [{ path: ['first', 'matured'] }],
    })
    expect(compareRetention(good, { matured: 0, retained: 3 })).toMatchObject({
      left: [{ path: ['second', 'matured'] }],
    })
    expect(unwrap(compareRetention(good, good))).toMatchObject({ difference: 0, p: 1 })
  })
})
