import { describe, expect, test } from 'vitest'
import { type Instant, parseCivilDate, unwrap, utc } from '../../src/foundation/index.ts'
import {
  countQualifying,
  firstStanding,
  type Ladder,
  levelOf,
  type MetricId,
  type Standing,
} from '../../src/tiers/index.ts'
import { at, gold, points } from './ladders.ts'

const joined = firstStanding(gold, utc, at('2026-03-10T00:00:00Z'))
const metric = gold.metrics[0] as Ladder['metrics'][number]

const count = (standing: Standing, text: string, amount: number, asOf: string = text, on: Ladder = gold) =>
  countQualifying(on, utc, standing, { metric: points, count: amount, countedAt: at(text) }, at(asOf))

const late = (policy: Ladder['policy']) => ({ ...gold, policy: policy ?? {} })

describe('countQualifying', () => {
  test('sums what counts in a period, and starts from zero in the next', () => {
    const spring = count(count(joined, '2026-04-01T00:00:00Z', 100), '2026-12-31T23:59:59Z', 20)
    expect(levelOf(spring, metric)).toBe(120)
    const next = count(spring, '2027-01-01T00:00:00Z', 5)
    expect(levelOf(next, metric)).toBe(5)
    expect(next.periodFrom).toBe(unwrap(parseCivilDate('2027-01-01')))
  })

  test('what is taken back counts in the period in which it had counted', () => {
    const spring = count(joined, '2026-04-01T00:00:00Z', 100)
    expect(levelOf(count(spring, '2026-04-01T00:00:00Z', -30), metric)).toBe(70)
    const next = count(spring, '2027-02-01T00:00:00Z', 40)
    const returned = count(next, '2026-04-01T00:00:00Z', -30, '2027-02-02T00:00:00Z')
    expect(levelOf(returned, metric)).toBe(40)
    expect(returned.closed?.counts[0]?.buckets[0]?.count).toBe(70)
  })

  test('never counts below zero, and counts no metric that is not there', () => {
    expect(levelOf(count(joined, '2026-04-01T00:00:00Z', -30), metric)).toBe(0)
    const miles = { metric: 'miles' as MetricId, count: 5, countedAt: at('2026-04-01T00:00:00Z') }
    expect(countQualifying(gold, utc, joined, miles)).toBe(joined)
  })

  test('S37 what comes in late for a period that is over: ignored, carried, or counted there', () => {
    const spring = count(joined, '2026-04-01T00:00:00Z', 100)
    const january = (on: Ladder) => {
      const turned = count(spring, '2027-01-02T00:00:00Z', 1, '2027-01-02T00:00:00Z', on)
      return count(turned, '2026-12-28T00:00:00Z', 50, '2027-01-03T00:00:00Z', on)
    }
    expect(levelOf(january(late({ late: 'ignore' })), metric)).toBe(1)
    expect(levelOf(january(late({ late: 'carry' })), metric)).toBe(51)
    const reopened = january(late({ late: 'reopen' }))
    expect([levelOf(reopened, metric), reopened.closed?.counts[0]?.buckets[0]?.count]).toEqual([1, 150])
  })

  test('the last so many days: a day is dropped when its window is over', () => {
    const rolling: Ladder = {
      ...gold,
      period: { type: 'rolling', length: { amount: 12, unit: 'month' } },
      validity: { type: 'whileQualified' },
    }
    const first = firstStanding(rolling, utc, at('2024-02-01T00:00:00Z'))
    const leap = count(first, '2024-02-29T12:00:00Z', 10, '2024-02-29T12:00:00Z', rolling)
    const last = count(leap, '2025-02-27T12:00:00Z', 1, '2025-02-27T12:00:00Z', rolling)
    expect(levelOf(last, metric)).toBe(11)
    const over = count(leap, '2025-02-28T00:00:00Z', 1, '2025-02-28T00:00:00Z', rolling)
    expect(levelOf(over, metric)).toBe(1)
  })

  test('an instant before the member joined counts, where it is in the period', () => {
    const early = countQualifying(
      gold,
      utc,
      joined,
      { metric: points, count: 7, countedAt: (joined.joinedAt - 1) as Instant },
      joined.joinedAt,
    )
    expect(levelOf(early, metric)).toBe(7)
  })
})
