import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, decode, formatError, unwrap } from '../../../src/foundation/index.ts'
import {
  EngagementModel,
  encodeUsage,
  engagementPerActive,
  engagementScores,
  explainEngagement,
  type UsageRow,
} from '../../../src/segments/index.ts'
import { quantile } from '../../../src/statistics/index.ts'
import { engagementModelArbitrary, usageArbitrary, usageEnd } from '../../arbitraries/segments.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

codecLaws('EngagementModel', EngagementModel, engagementModelArbitrary)

/** Every customer's rows looked at again and again. */
const rawByHand = (model: EngagementModel, rows: ReadonlyArray<UsageRow>, customer: string): number =>
  model.measures.reduce((sum, { name, weight, cap }) => {
    const amount = rows
      .filter((row) => row.customer === customer && row.measure === name)
      .filter(({ day }) => day <= usageEnd && usageEnd - day < model.windowDays)
      .reduce((total, row) => {
        const age = usageEnd - row.day
        return total + row.amount * (model.halfLifeDays === null ? 1 : 2 ** (-age / model.halfLifeDays))
      }, 0)
    return sum + weight * Math.min(amount, cap ?? Number.POSITIVE_INFINITY)
  }, 0)

/** The points that make 100, or the fault that says why there are none. */
const fullByHand = ({ full }: EngagementModel, raw: ReadonlyArray<number>): number | string => {
  if (full.type === 'fixed') return full.points
  const population = full.of === 'active' ? raw.filter((points) => points > 0) : raw
  if (population.length === 0) return 'EmptySample'
  const found = unwrap(quantile(population, full.probability))
  return found > 0 ? found : 'ZeroDenominator'
}

const world = engagementModelArbitrary.chain((model) => fc.tuple(fc.constant(model), usageArbitrary(model)))

describe('engagement scores', () => {
  test('are amounts by weights, faded, capped and scaled', () => {
    fc.assert(
      fc.property(world, ([model, rows]) => {
        const usage = unwrap(encodeUsage(model, rows, ['idle']))
        const raw = usage.customers.map((customer) => rawByHand(model, rows, customer))
        const full = fullByHand(model, raw)
        const found = engagementScores(model, usage, usageEnd)
        expect(found._tag === 'Left' ? found.left[0]._tag : 'Right').toBe(typeof full === 'number' ? 'Right' : full)
        if (found._tag === 'Left' || typeof full !== 'number') return
        expect(found.right.full).toBeCloseTo(full, 9)
        raw.forEach((points, index) => {
          expect(found.right.raw[index]).toBeCloseTo(points, 9)
          expect(found.right.score[index]).toBeCloseTo(Math.min(100, (100 * points) / full), 6)
        })
      }),
    )
  })

  test('do not depend on the order of rows, but for rounding', () => {
    fc.assert(
      fc.property(
        world.chain(([model, rows]) =>
          fc.tuple(fc.constant(model), fc.constant(rows), fc.shuffledSubarray([...rows], { minLength: rows.length })),
        ),
        ([model, rows, shuffled]) => {
          const fixed: EngagementModel = { ...model, full: { type: 'fixed', points: 10 } }
          const of = (list: ReadonlyArray<UsageRow>) => {
            const { customers, score } = unwrap(engagementScores(fixed, unwrap(encodeUsage(model, list)), usageEnd))
            return new Map(customers.map((customer, index) => [customer, (score[index] as number).toFixed(6)]))
          }
          expect(new Map([...of(rows)].sort())).toEqual(new Map([...of(shuffled)].sort()))
        },
      ),
    )
  })

  test('are explained by parts that add up to them', () => {
    fc.assert(
      fc.property(world, ([model, rows]) => {
        const fixed: EngagementModel = { ...model, full: { type: 'fixed', points: 10 } }
        const usage = unwrap(encodeUsage(fixed, rows, ['idle']))
        const { raw } = unwrap(engagementScores(fixed, usage, usageEnd))
        usage.customers.forEach((customer, index) => {
          const explained = unwrap(explainEngagement(fixed, usage, usageEnd, customer))
          expect(explained.raw).toBe(raw[index])
          expect(explained.parts.reduce((sum, { points }) => sum + points, 0)).toBe(explained.raw)
        })
      }),
    )
  })

  const model: EngagementModel = {
    measures: [{ name: 'visit', weight: 1, cap: null }],
    windowDays: 10,
    halfLifeDays: null,
    full: { type: 'quantile', probability: 0.5, of: 'all' },
  }
  const visits = (customer: string, amount: number): UsageRow => ({ customer, day: usageEnd, measure: 'visit', amount })
  const tagOf = (result: ReturnType<typeof engagementScores>) =>
    result._tag === 'Left' ? result.left[0]._tag : 'Right'

  test('have none where nobody did anything, or too few for the quantile', () => {
    const active: EngagementModel = { ...model, full: { type: 'quantile', probability: 0.5, of: 'active' } }
    const idle = unwrap(encodeUsage(model, [visits('ann', 1)], ['b', 'c', 'd']))
    expect(tagOf(engagementScores(model, idle, usageEnd))).toBe('ZeroDenominator')
    expect(tagOf(engagementScores(active, idle, usageEnd))).toBe('Right')
    expect(tagOf(engagementScores(active, unwrap(encodeUsage(model, [])), usageEnd))).toBe('EmptySample')
    expect(tagOf(engagementScores(active, unwrap(encodeUsage(model, [visits('a', 0)])), usageEnd))).toBe('EmptySample')
  })

  test('need a model, a date and usage that belong together', () => {
    const usage = unwrap(encodeUsage(model, [visits('ann', 1)]))
    expect(tagOf(engagementScores({ ...model, windowDays: 0 }, usage, usageEnd))).toBe('InvalidValue')
    expect(tagOf(engagementScores(model, usage, 0.5 as CivilDate))).toBe('InvalidValue')
    expect(tagOf(engagementScores(model, { ...usage, measure: Uint8Array.of(1) }, usageEnd))).toBe('InvalidValue')
    expect(explainEngagement(model, usage, usageEnd, 'nobody')).toMatchObject({ left: [{ path: ['customer'] }] })
    const twice = decode(EngagementModel, { ...model, measures: [...model.measures, ...model.measures] })
    expect(twice._tag === 'Left' && formatError(twice.left)).toContain('measures[1].name')
  })

  test('take rows with an id, a date, a known measure and an amount', () => {
    const wrong = encodeUsage(model, [
      visits('ann', -1),
      { ...visits('', 1), measure: 'click' },
      { ...visits('ann', 1), day: 0.5 as CivilDate },
    ])
    expect(encodeUsage(model, [null, 3] as never)).toMatchObject({ left: [{ path: [0] }, { path: [1] }] })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
      '0.amount',
      '1.customer',
      '1.measure',
      '2.day',
    ])
  })

  test('engage.calculory: of all, by those who were active', () => {
    expect(unwrap(engagementPerActive(19_900, 22_000, 10))).toBeCloseTo(9.04545454545, 10)
    expect(engagementPerActive(1, 0)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(engagementPerActive(-1, 1)).toMatchObject({ left: { path: ['points'] } })
    expect(engagementPerActive(1, 0.5)).toMatchObject({ left: { path: ['active'] } })
    expect(engagementPerActive(1, 1, 0)).toMatchObject({ left: { path: ['scale'] } })
  })
})
