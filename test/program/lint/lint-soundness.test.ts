// What lint says of conditions, held against every purchase of a small world in which the conditions are written.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderVocabulary } from '../../../src/earning/index.ts'
import { type Instant, unwrap } from '../../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  type FindingCode,
  lintProgram,
  type Purchase,
  simulate,
  type WitnessHistory,
} from '../../../src/program/index.ts'
import { type Condition, compileCondition, conditionTruth, type Facts } from '../../../src/rules/index.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { eur, pointsOf, shop, statusLadder } from '../shop.ts'
import { anybody, base, earned, earning } from './lint-pair.ts'

fewerRuns()

/** Every amount, category, day, hour and channel that conditions tell apart. */
const AMOUNTS = [0, 100, 200, 300]
const CATEGORIES = [[], ['a'], ['b'], ['a', 'b']]
const DAYS = ['monday', 'tuesday', 'wednesday']
const HOURS = [0, 12]
const CHANNELS = ['web', 'shop', 'phone', undefined]

const world: ReadonlyArray<Facts> = AMOUNTS.flatMap((amount) =>
  CATEGORIES.flatMap((categories) =>
    DAYS.flatMap((weekday) =>
      HOURS.flatMap((hour) =>
        CHANNELS.map((channel) => ({
          amount,
          categories,
          weekday,
          hour,
          ...(channel === undefined ? {} : { channel }),
        })),
      ),
    ),
  ),
)

/** 5 January 2026 is a Monday. */
const instantOf = ({ weekday, hour }: Facts): Instant =>
  Date.UTC(2026, 0, 5 + DAYS.indexOf(weekday as string), hour as number) as Instant

const purchaseOf = (facts: Facts, id: string, at = instantOf(facts)): Purchase => {
  const { amount, categories, channel } = facts
  const line = { id: '1' as never, amount: { minor: amount as number, currency: 'EUR' as never } }
  return {
    type: 'purchase',
    id: id as never,
    member: anybody,
    at,
    lines: [{ ...line, categories: categories as ReadonlyArray<string> }],
    ...(channel === undefined ? {} : { attributes: { channel } }),
  }
}

const joins: Activity = {
  type: 'enrolment',
  id: 'joins' as never,
  member: anybody,
  at: Date.UTC(2026, 0, 1) as Instant,
}

/** The rules that earn on something that there is. */
const everEarned = (program: CompiledProgram): ReadonlySet<string> =>
  new Set(
    world.flatMap((facts) => earned(unwrap(simulate(program, [joins, purchaseOf(facts, 'order')], { trace: true })))),
  )

const leaf = fc.oneof(
  fc.constantFrom('1', '2', '3').map((atLeast) => ({ field: 'amount', atLeast })),
  fc.constantFrom('1', '2', '3').map((lessThan) => ({ field: 'amount', lessThan })),
  fc.constantFrom(['a'], ['b'], ['a', 'b']).map((hasAny) => ({ field: 'categories', hasAny })),
  fc.constantFrom(['a'], ['b'], ['a', 'b']).map((hasAll) => ({ field: 'categories', hasAll })),
  fc.constantFrom(['a'], ['b'], ['a', 'b']).map((hasNone) => ({ field: 'categories', hasNone })),
  fc.constantFrom('monday', 'tuesday').map((is) => ({ field: 'weekday', is })),
  fc.constantFrom({ field: 'hour', atLeast: 12 }, { field: 'hour', lessThan: 12 }),
  fc.constantFrom('web', 'shop').map((is) => ({ field: 'channel', is })),
  fc.boolean().map((present) => ({ field: 'channel', present })),
)

const condition: fc.Arbitrary<object> = fc.letrec<{ readonly any: object }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    leaf,
    tie('any').map((not) => ({ not })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
})).any

const rule = fc.record(
  {
    when: condition,
    cases: fc.array(
      condition.map((when) => ({ when, award: { mode: 'fixed', points: '1' } })),
      { minLength: 1, maxLength: 3 },
    ),
    award: fc.constantFrom<object | null>(base.award, { mode: 'fixed', points: '2' }),
    group: fc.constant('first'),
    stop: fc.boolean(),
  },
  { requiredKeys: ['award'] },
)

const program = fc.array(rule, { minLength: 1, maxLength: 4 }).map((rules) =>
  shop(
    earning(
      rules.map((one, index) => ({ id: `rule ${index}`, wallet: 'points', whenUnknown: 'skip', ...one })),
      { groups: [{ id: 'first', mode: 'firstMatch' }] },
    ),
  ),
)

/** One rule with cases and nothing for all else, or something. */
const cased = fc
  .tuple(fc.option(condition, { nil: undefined }), fc.array(condition, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([when, cases, isElse]) => {
    const award = { mode: 'fixed', points: '1' }
    const own = { ...(when === undefined ? {} : { when }), cases: cases.map((one) => ({ when: one, award })) }
    return shop(earning([{ id: 'cased', wallet: 'points', whenUnknown: 'skip', award: isElse ? award : null, ...own }]))
  })

const vocabulary = orderVocabulary('EUR' as never)
const truthOf = (one: Condition): ((facts: Facts) => string) => {
  const compiled = compileCondition(vocabulary, one)
  return (facts) => conditionTruth(compiled, facts)
}

/** What there is for the only rule, with what is true of its cases. */
const casesOf = ({ program: { earning: of } }: CompiledProgram) => {
  const [only] = of.rules
  const when = only?.when === undefined ? () => 'true' : truthOf(only.when)
  const cases = (only?.cases ?? []).map((one) => truthOf(one.when))
  return world.flatMap((facts) => (when(facts) === 'true' ? [{ facts, truths: cases.map((one) => one(facts)) }] : []))
}

type Rows = ReturnType<typeof casesOf>

const places = (program: CompiledProgram, code: FindingCode): ReadonlyArray<unknown> =>
  lintProgram(program).flatMap((one) => (one.code === code ? [one.path[4] ?? one.path[3]] : []))

/** Whether the case at a place decides on something, and whether one before it does where it holds. */
const roleOf = (rows: Rows, index: number) => {
  const before = rows.filter(({ truths }) => truths[index] === 'true').map(({ truths }) => truths.slice(0, index))
  return {
    decides: before.some((others) => !others.includes('true')),
    overlaps: before.some((others) => others.includes('true')),
  }
}

/** Purchases of which no case holds; of a missing channel it is not known whether it is one that a case asks for. */
const openRows = (rows: Rows, asksChannel: boolean): Rows =>
  rows.filter(({ facts, truths }) => !truths.includes('true') && !(asksChannel && !('channel' in facts)))

const expectCases = (one: CompiledProgram, count: (what: 'overlap' | 'covered' | 'gap') => void): void => {
  const rows = casesOf(one)
  const [only] = one.program.earning.rules
  const cases = only?.cases ?? []
  const [overlapping, covered] = [places(one, 'overlappingCases'), places(one, 'shadowedCase')]
  cases.forEach((_, index) => {
    const { decides, overlaps } = roleOf(rows, index)
    expect([index, covered.includes(index)]).toEqual([index, !decides])
    expect([index, overlapping.includes(index)]).toEqual([index, overlaps && decides])
    if (!decides) count('covered')
    else if (overlaps) count('overlap')
  })
  const isElse = only?.award !== null
  const asksChannel = JSON.stringify(cases.map(({ when }) => when)).includes('"channel","is"')
  const open = openRows(rows, !isElse && asksChannel)
  expect(covered.includes('award')).toBe(isElse && open.length === 0)
  expect(places(one, 'gapInCases')).toEqual(isElse || open.length === 0 ? [] : ['cases'])
  if (!isElse && open.length > 0) count('gap')
}

/** Rows of a group of which the first match earns. */
const table = fc.array(condition, { minLength: 2, maxLength: 4 }).map((rows) => {
  const row = { wallet: 'points', whenUnknown: 'skip', award: base.award, group: 'first' }
  return shop(
    earning(
      rows.map((when, index) => ({ id: `row ${index}`, when, ...row })),
      { groups: [{ id: 'first', mode: 'firstMatch' }] },
    ),
  )
})

const expectRows = (one: CompiledProgram, count: (what: 'overlap' | 'gap') => void): void => {
  const whens = one.program.earning.rules.flatMap(({ when }) => when ?? [])
  const truths = whens.map(truthOf)
  const all = world.map((facts) => ({ facts, truths: truths.map((truth) => truth(facts)) }))
  const findings = lintProgram(one)
  const overlapping = findings.flatMap(({ code, path }) => (code === 'overlappingRules' ? [path[2]] : []))
  whens.forEach((_, index) => {
    const { decides, overlaps } = roleOf(all, index)
    expect([index, overlapping.includes(index)]).toEqual([index, overlaps && decides])
    if (overlaps && decides) count('overlap')
  })
  const open = openRows(all, JSON.stringify(whens).includes('"channel","is"'))
  expect(findings.some(({ code }) => code === 'gapInGroup')).toBe(open.length > 0)
  if (open.length > 0) count('gap')
}

/** The rules of which it is said that they never earn. */
const saidNever = (one: CompiledProgram): ReadonlyArray<string> =>
  lintProgram(one).flatMap(({ code, path }) =>
    code === 'neverFires' || code === 'shadowedRule'
      ? [one.program.earning.rules[path[2] as number]?.id as string]
      : [],
  )

const isUnsure = (one: CompiledProgram): boolean => lintProgram(one).some(({ code }) => code === 'undecided')

/** The rules whose condition holds of nothing that there is. */
const holdNever = (one: CompiledProgram): ReadonlyArray<string> =>
  one.program.earning.rules.flatMap(({ id, when }) => {
    const truth = when === undefined ? () => 'true' : truthOf(when)
    return world.some((facts) => truth(facts) === 'true') ? [] : [id as string]
  })

const window = fc.constantFrom<object>(
  { type: 'calendar', calendar: { unit: 'month' } },
  { type: 'calendar', calendar: { unit: 'week', startsOn: 1 } },
  { type: 'calendar', calendar: { unit: 'day' } },
  { type: 'rolling', duration: { amount: 5, unit: 'day' } },
  { type: 'lifetime' },
)
const cap = fc.record({
  id: fc.constant('cap'),
  wallet: fc.constant('points'),
  limit: fc.integer({ min: 0, max: 8 }),
  counts: fc.constantFrom('points', 'times'),
  window,
  onExceed: fc.constantFrom('truncate', 'reject'),
})
const period = fc.constantFrom<object>(
  { type: 'calendar', calendar: { unit: 'month' } },
  { type: 'rolling', length: { amount: 10, unit: 'day' } },
  { type: 'enrolment', months: 1 },
)

const award = fc.constantFrom<object>(
  { mode: 'linear', points: '2', per: eur('1.00'), on: 'order' },
  { mode: 'fixed', points: '2' },
)
const cooldown = fc.constantFrom<object>({}, { cooldown: { amount: 4, unit: 'day' } })

/** Two points for a euro, or for an order, under a cap and with a cooldown, and a tier that takes some. */
const tiered = fc
  .tuple(fc.option(condition, { nil: undefined }), cap, period, fc.integer({ min: 1, max: 40 }), award, cooldown)
  .map(([when, limit, of, atLeast, given, more]) => {
    const asked = when === undefined ? {} : { when }
    const only = { id: 'only', wallet: 'points', whenUnknown: 'skip', award: given, ...asked, ...more }
    const tiers = [{ id: 'basic' }, { id: 'gold', reach: pointsOf(atLeast) }]
    const ladders = [{ ...statusLadder, period: of, validity: { type: 'whileQualified' }, tiers }]
    return shop({ ...earning([only], { caps: [limit] }), ladders })
  })

/** Purchases of some forty days. */
const orders = fc
  .array(fc.tuple(fc.constantFrom(...world), fc.nat({ max: 40 })), { maxLength: 25, size: 'max' })
  .map((told) =>
    [...told]
      .sort((a, b) => a[1] - b[1])
      .map(([facts, day], index) => purchaseOf(facts, `order ${index}`, (joins.at + day * 86_400_000 + 1) as Instant)),
  )

const tiersIn = (one: CompiledProgram, activities: ReadonlyArray<Activity>): ReadonlyArray<string | undefined> =>
  unwrap(simulate(one, activities)).steps.map(({ result }) =>
    result._tag === 'Right' ? result.right.state.standings[0]?.tier : undefined,
  )

/** How much an attempt comes to of the metric. */
const countedBy = (one: CompiledProgram, { activities }: WitnessHistory): number => {
  const standing = unwrap(simulate(one, activities)).members.get(anybody)?.standings[0]
  return standing?.counts[0]?.buckets.reduce((sum, { count }) => sum + count, 0) ?? 0
}

describe('against everything that there is', () => {
  test('rules that never fire or stand in a shadow earn nothing; those that hold of nothing are found', () => {
    let [said, kept] = [0, 0]
    fc.assert(
      fc.property(program, (one) => {
        const [ever, never] = [everEarned(one), saidNever(one)]
        for (const id of never) expect(ever).not.toContain(id)
        if (!isUnsure(one)) expect(never).toEqual(expect.arrayContaining([...holdNever(one)]))
        said += never.length
        kept += ever.size
      }),
      { numRuns: 60 },
    )
    expect(Math.min(said, kept)).toBeGreaterThan(5)
  })

  test('cases lie over one another, leave gaps or are covered just where they are said to', () => {
    const seen = { overlap: 0, gap: 0, covered: 0 }
    fc.assert(
      fc.property(cased, (one) => {
        fc.pre(!isUnsure(one) && holdNever(one).length === 0)
        expectCases(one, (what) => {
          seen[what] += 1
        })
      }),
      { numRuns: 200 },
    )
    expect(Math.min(seen.overlap, seen.gap, seen.covered)).toBeGreaterThan(5)
  })

  test('rows of a group lie over one another or leave gaps just where they are said to', () => {
    const seen = { overlap: 0, gap: 0 }
    fc.assert(
      fc.property(table, (one) => {
        fc.pre(!isUnsure(one))
        expectRows(one, (what) => {
          seen[what] += 1
        })
      }),
      { numRuns: 200 },
    )
    expect(Math.min(seen.overlap, seen.gap)).toBeGreaterThan(5)
  })

  test('nobody is ever on a tier that cannot be reached, and some attempts come just as far as it is said', () => {
    let [said, close] = [0, 0]
    fc.assert(
      fc.property(tiered, orders, (one, bought) => {
        const witness = lintProgram(one).find(({ code }) => code === 'unreachableTier')?.witness
        fc.pre(witness?.type === 'bound')
        said += 1
        expect(tiersIn(one, [joins, ...bought])).not.toContain('gold')
        const counted = witness.attempt === undefined ? 0 : countedBy(one, witness.attempt)
        expect(counted).toBeLessThanOrEqual(witness.most)
        if (counted === witness.most && counted > 0) close += 1
      }),
      { numRuns: 60 },
    )
    expect(said).toBeGreaterThan(5)
    expect(close).toBeGreaterThan(2)
  })
})
