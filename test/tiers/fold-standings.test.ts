// The batch path against the single one, row by row, and what it refuses.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, unwrap, utc } from '../../src/foundation/index.ts'
import {
  advanceStanding,
  countQualifying,
  firstStanding,
  foldStandings,
  type Ladder,
  type Metric,
  programDay,
  type QualifyingColumns,
  type Standing,
  standingOfMember,
} from '../../src/tiers/index.ts'
import { countsOn } from '../../src/tiers/tier-counts.ts'
import { type Population, populationArbitrary } from '../arbitraries/tier-columns.ts'
import { rankIn } from './career.ts'
import { at, gold, ladder } from './ladders.ts'

interface Place {
  readonly rank: number
  readonly since: number
  readonly validUntil: number
}

const nobody: Place = { rank: -1, since: 0, validUntil: 0 }

const placeOf = (on: Ladder, { tier, since, validUntil }: Standing): Place => ({
  rank: rankIn(on, tier),
  since,
  validUntil: validUntil ?? Number.POSITIVE_INFINITY,
})

/** A member's rows until an instant, one by one. */
const single = ({ ladder: on, zone, columns }: Population, member: number, asOf: Instant): Standing | null => {
  const joinedAt = columns.joinedAt[member] as Instant
  if (joinedAt > asOf) return null
  let standing = firstStanding(on, zone, joinedAt)
  let last: number = joinedAt
  for (const [row, index] of columns.member.entries()) {
    const when = columns.at[row] as Instant
    if (index !== member || when > asOf) continue
    if (when > last) {
      standing = advanceStanding(on, zone, standing, last as Instant).standing
      standing = advanceStanding(on, zone, standing, when).standing
    }
    last = when
    const metric = on.metrics[columns.metric[row] as number]
    if (metric === undefined) continue
    const countedAt = (columns.countedAt?.[row] ?? when) as Instant
    const qualifying = { metric: metric.id, count: columns.count[row] as number, countedAt }
    standing = countQualifying(on, zone, standing, qualifying, when)
  }
  standing = advanceStanding(on, zone, standing, last as Instant).standing
  return advanceStanding(on, zone, standing, asOf).standing
}

const expectSingle = (population: Population): void => {
  const { ladder: on, zone, columns, asOf } = population
  const fold = unwrap(foldStandings(on, zone, columns, { asOf }))
  expect(fold.map((one) => one.asOf)).toEqual(asOf)
  for (const { asOf: instant, rank, since, validUntil, membersByRank } of fold) {
    const singles = [...columns.joinedAt.keys()].map((member) => single(population, member, instant))
    const places = singles.map((standing) => (standing === null ? nobody : placeOf(on, standing)))
    const found = [...rank.keys()].map((member) => ({
      rank: rank[member],
      since: since[member],
      validUntil: validUntil[member],
    }))
    expect(found).toEqual(places)
    const counted = on.tiers.map((_, tier) => places.filter((place) => place.rank === tier).length)
    expect(Array.from(membersByRank)).toEqual(counted)
  }
}

/** What counts of a metric on the day of an instant. */
const figure = ({ ladder: on, zone }: Population, standing: Standing | null, { id }: Metric, asOf: Instant): number =>
  standing === null ? 0 : (countsOn(on, zone, standing, programDay(zone, asOf)).get(id) ?? 0)

const reordered = (columns: QualifyingColumns, order: ReadonlyArray<number>): QualifyingColumns => {
  const { joinedAt, member, at: instants, metric, count, countedAt } = columns
  return {
    joinedAt: joinedAt.slice(),
    member: Int32Array.from(order, (row) => member[row] as number),
    at: Float64Array.from(order, (row) => instants[row] as number),
    metric: Uint8Array.from(order, (row) => metric[row] as number),
    count: Float64Array.from(order, (row) => count[row] as number),
    ...(countedAt === undefined ? {} : { countedAt: Float64Array.from(order, (row) => countedAt[row] as number) }),
  }
}

const noRows = {
  member: new Int32Array(0),
  at: new Float64Array(0),
  metric: new Uint8Array(0),
  count: new Float64Array(0),
}

/** Rows of points of two members who joined on 1 January 2026. */
const rows = (all: ReadonlyArray<readonly [member: number, at: string, count: number]>): QualifyingColumns => ({
  joinedAt: Float64Array.of(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:00Z')),
  member: Int32Array.from(all, ([member]) => member),
  at: Float64Array.from(all, ([, text]) => at(text)),
  metric: new Uint8Array(all.length),
  count: Float64Array.from(all, ([, , count]) => count),
})

describe('many members at once', () => {
  test('stand where each stands alone, counted and assessed row by row', () => {
    fc.assert(fc.property(populationArbitrary, expectSingle))
  })

  test('have the standing that one of them has', () => {
    fc.assert(
      fc.property(populationArbitrary, fc.nat({ max: 2 }), (population, member) => {
        const { ladder: on, zone, columns, asOf } = population
        const last = asOf[asOf.length - 1] as Instant
        const model = single(population, member, last)
        const found = standingOfMember(on, zone, columns, { member, asOf: last })
        if (model === null) expect(found._tag).toBe('Left')
        else expect(unwrap(found)).toEqual(model)
      }),
    )
  })

  test('have the counts that each has, of every metric', () => {
    fc.assert(
      fc.property(populationArbitrary, (population) => {
        const { ladder: on, zone, columns, asOf } = population
        const fold = unwrap(foldStandings(on, zone, columns, { asOf, counts: true }))
        for (const { asOf: instant, counts } of fold) {
          const found = [...columns.joinedAt.keys()].map((member) => counts?.map((column) => column[member]))
          const singles = [...columns.joinedAt.keys()].map((member) => single(population, member, instant))
          expect(found).toEqual(
            singles.map((standing) => on.metrics.map((metric) => figure(population, standing, metric, instant))),
          )
        }
      }),
    )
  })

  test('are the same whether rows come member by member or in the order of time', () => {
    fc.assert(
      fc.property(populationArbitrary, ({ ladder: on, zone, columns, asOf }) => {
        const order = [...columns.member.keys()].sort(
          (a, b) => (columns.at[a] as number) - (columns.at[b] as number) || a - b,
        )
        const byTime = reordered(columns, order)
        const options = { asOf, counts: true }
        expect(foldStandings(on, zone, byTime, options)).toEqual(foldStandings(on, zone, columns, options))
      }),
    )
  })

  test('are counted from the same arrays, which stay as they are', () => {
    fc.assert(
      fc.property(populationArbitrary, ({ ladder: on, zone, columns, asOf }) => {
        const before = reordered(columns, [...columns.member.keys()])
        foldStandings(on, zone, columns, { asOf })
        expect(columns).toEqual(before)
      }),
      { numRuns: 20 },
    )
  })

  test('need not do anything, nor be any', () => {
    const none = { joinedAt: new Float64Array(0), ...noRows }
    expect(unwrap(foldStandings(gold, utc, none, { asOf: [at('2026-01-01T00:00:00Z')] }))[0]?.membersByRank).toEqual(
      Int32Array.of(0, 0),
    )
    const idle = { ...none, joinedAt: Float64Array.of(at('2026-01-01T00:00:00Z')) }
    const asOf = [at('2025-12-31T23:59:59.999Z'), at('2026-01-01T00:00:00Z')]
    expect(unwrap(foldStandings(gold, utc, idle, { asOf })).map(({ rank }) => rank[0])).toEqual([-1, 0])
  })

  test('count more than a safe integer as the single path does', () => {
    const columns = rows([
      [0, '2026-02-01T00:00:00Z', Number.MAX_SAFE_INTEGER],
      [0, '2026-02-02T00:00:00Z', Number.MAX_SAFE_INTEGER],
      [0, '2026-02-03T00:00:00Z', -Number.MAX_SAFE_INTEGER],
    ])
    const asOf = [at('2026-03-01T00:00:00Z')]
    expectSingle({ ladder: gold, zone: utc, columns, asOf })
    expect(unwrap(foldStandings(gold, utc, columns, { asOf, counts: true }))[0]?.counts?.[0]?.[0]).toBe(0)
  })

  test('may stand in a time that is too long for a table of its days', () => {
    const columns = rows([[0, '2026-02-01T00:00:00Z', 1000]])
    const asOf = [at('2027-12-31T23:59:59Z'), at('9000-01-01T00:00:00Z')]
    expectSingle({ ladder: gold, zone: utc, columns, asOf })
  })

  test('stand where several things are due in one instant, and after a grace in which something was earned', () => {
    const climbers = rows([
      [0, '2026-03-01T00:00:00Z', 120],
      [1, '2026-03-01T00:00:00Z', 250],
      [0, '2026-11-01T00:00:00Z', 130],
      [1, '2027-02-01T00:00:00Z', 150],
    ])
    const two: Ladder = ladder([
      ['silver', 100, 100],
      ['gold', 200, 200],
    ])
    const ends = ['2026-12-31T00:00:00Z', '2027-01-01T00:00:00Z', '2027-03-01T00:00:00Z', '2027-05-01T00:00:00Z']
    const asOf = [...ends, '2028-01-01T00:00:00Z', '2029-01-01T00:00:00Z'].map(at)
    const ranksOn = (on: Ladder) => {
      expectSingle({ ladder: on, zone: utc, columns: climbers, asOf })
      return unwrap(foldStandings(on, utc, climbers, { asOf })).map(({ rank }) => Array.from(rank))
    }
    // What was reached in a year is entered when the tier before ends or is renewed.
    expect(ranksOn({ ...two, policy: { upgrade: 'periodEnd' } }).slice(0, 2)).toEqual([
      [0, 0],
      [2, 2],
    ])
    expect(ranksOn({ ...two, validity: { type: 'endOfPeriod' }, policy: { upgrade: 'periodEnd' } })[1]).toEqual([2, 2])
    const grace = { length: { amount: 3, unit: 'month' }, from: 'tierExpiry' } as const
    // The second member earned silver in the grace.
    expect(ranksOn({ ...two, validity: { type: 'endOfPeriod' }, policy: { grace } }).slice(1, 4)).toEqual([
      [2, 2],
      [2, 2],
      [0, 1],
    ])
  })

  test('stand on a tier that waits although the one below ends with the year', () => {
    const two: Ladder = ladder(
      [
        ['silver', 100, 100],
        ['gold', 200, 200],
      ],
      { policy: { upgrade: 'nextDay' } },
    )
    const columns = rows([
      [0, '2025-12-31T10:00:00Z', 120],
      [0, '2026-12-31T10:00:00Z', 250],
    ])
    const earlier = { ...columns, joinedAt: columns.joinedAt.map((joinedAt) => joinedAt - 86_400_000) }
    const asOf = [at('2026-12-31T23:59:59Z'), at('2027-01-01T00:00:00Z')]
    expectSingle({ ladder: two, zone: utc, columns: earlier, asOf })
    expect(unwrap(foldStandings(two, utc, earlier, { asOf })).map(({ rank }) => rank[0])).toEqual([1, 2])
  })

  test('S40 lose by a return what it had reached, where the ladder says so', () => {
    const strict: Ladder = { ...gold, policy: { returns: 'atOnce' } }
    const columns = rows([
      [0, '2026-02-01T00:00:00Z', 1000],
      [1, '2026-02-01T00:00:00Z', 1000],
      [0, '2026-02-05T00:00:00Z', -100],
    ])
    const asOf = [at('2026-02-04T00:00:00Z'), at('2026-02-06T00:00:00Z')]
    const fold = unwrap(foldStandings(strict, utc, columns, { asOf }))
    expect(fold.map(({ rank }) => Array.from(rank))).toEqual([
      [1, 1],
      [0, 1],
    ])
  })
})

describe('columns are refused', () => {
  const good = rows([
    [0, '2026-02-01T00:00:00Z', 600],
    [1, '2026-02-02T00:00:00Z', 600],
    [0, '2026-03-01T00:00:00Z', 600],
  ])
  const asOf = [at('2026-04-01T00:00:00Z')]
  const faultsOf = (columns: QualifyingColumns, instants: ReadonlyArray<Instant> = asOf) => {
    const fold = foldStandings(gold, utc, columns, { asOf: instants })
    const alone = standingOfMember(gold, utc, columns, { member: 0, asOf: instants[0] as Instant })
    if (instants === asOf) expect(alone._tag).toBe(fold._tag)
    return fold._tag === 'Left' ? fold.left.map(({ _tag, path }) => [_tag, path]) : []
  }

  test('where nothing is wrong with them: no', () => {
    expect(faultsOf(good)).toEqual([])
  })

  test('of other lengths', () => {
    const columns = { ...good, at: good.at.subarray(1), count: new Float64Array(4), countedAt: new Float64Array(1) }
    expect(faultsOf(columns)).toEqual([
      ['InvalidValue', ['at', 'length']],
      ['InvalidValue', ['count', 'length']],
      ['InvalidValue', ['countedAt', 'length']],
    ])
  })

  test('with entries of the wrong form, all reported with their rows', () => {
    const columns: QualifyingColumns = {
      joinedAt: Float64Array.of(0, Number.NaN),
      member: Int32Array.of(0, 2, -1, 0),
      at: Float64Array.of(1, 2, Number.POSITIVE_INFINITY, 1.5),
      metric: Uint8Array.of(0, 1, 0, 0),
      count: Float64Array.of(Number.NaN, 0.5, Number.NEGATIVE_INFINITY, 2 ** 53),
      countedAt: Float64Array.of(1, 2, 3, Number.NaN),
    }
    expect(faultsOf(columns)).toEqual([
      ['InvalidValue', ['joinedAt', 1]],
      ['InvalidValue', ['count', 0]],
      ['InvalidValue', ['member', 1]],
      ['InvalidValue', ['count', 1]],
      ['InvalidValue', ['metric', 1]],
      ['InvalidValue', ['member', 2]],
      ['InvalidValue', ['at', 2]],
      ['InvalidValue', ['count', 2]],
      ['InvalidValue', ['at', 3]],
      ['InvalidValue', ['countedAt', 3]],
      ['InvalidValue', ['count', 3]],
    ])
  })

  test('where time goes backwards within a member, or starts before the member joined', () => {
    const early = at('2025-12-31T00:00:00Z')
    const columns = { ...good, at: Float64Array.of(good.at[2] as number, early, good.at[0] as number) }
    const fold = foldStandings(gold, utc, columns, { asOf })
    const faults = fold._tag === 'Left' ? fold.left : []
    expect(faults).toEqual([
      expect.objectContaining({
        _tag: 'RowBeforeJoining',
        path: ['at', 1],
        row: 1,
        at: early,
        joinedAt: good.joinedAt[1],
      }),
      expect.objectContaining({ _tag: 'RowOutOfOrder', path: ['at', 2], row: 2, at: good.at[0], previous: good.at[2] }),
    ])
  })

  test('with instants to look at that fall, or none', () => {
    const [instant] = asOf as [Instant]
    expect(faultsOf(good, [])).toEqual([['InvalidValue', ['asOf']]])
    expect(faultsOf(good, [instant, (instant - 1) as Instant, 0.5 as Instant])).toEqual([
      ['InvalidValue', ['asOf', 1]],
      ['InvalidValue', ['asOf', 2]],
    ])
    expect(faultsOf(good, [instant, instant])).toEqual([])
  })

  test('for one member that is none, or none yet', () => {
    const of = (member: number, instant: Instant) => {
      const found = standingOfMember(gold, utc, good, { member, asOf: instant })
      return found._tag === 'Left' ? found.left.map(({ _tag, path }) => [_tag, path]) : found.right.tier
    }
    expect(of(0, asOf[0] as Instant)).toBe('gold')
    expect(of(2, asOf[0] as Instant)).toEqual([['InvalidValue', ['member']]])
    expect(of(-1, asOf[0] as Instant)).toEqual([['InvalidValue', ['member']]])
    expect(of(0, at('2025-01-01T00:00:00Z'))).toEqual([['InvalidValue', ['asOf']]])
  })
})
