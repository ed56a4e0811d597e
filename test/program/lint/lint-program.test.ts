// The lint of programs over large and generated ones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import { type CompiledProgram, type LintOptions, lintProgram, simulate } from '../../../src/program/index.ts'
import { compiledOf, programWithHistory } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { shop, shopJson } from '../shop.ts'
import { atLeast, days, earned, earning, fixed } from './lint-pair.ts'
import { expectShown } from './witness-checks.ts'

fewerRuns()

/** Programs of which some rules contradict themselves or stand behind others. */
const contradictions = [
  {
    all: [
      { field: 'hour', atLeast: 12 },
      { field: 'hour', lessThan: 12 },
    ],
  },
  { field: 'amount', present: false },
  { all: [{ field: 'weekday', is: 'monday' }, { not: { field: 'weekday', in: ['monday', 'tuesday'] } }] },
  { field: 'hour', atLeast: 0 },
] as const

/** The program with a condition joined to one rule, or with one rule that stops. */
const changed = ({ program }: CompiledProgram, at: number, which: number, isStop: boolean): CompiledProgram => {
  const rules = program.earning.rules.map((rule, index) => {
    if (index !== at % program.earning.rules.length || (rule.on ?? 'purchase') !== 'purchase') return rule
    if (isStop && rule.group !== 'best') return { ...rule, stop: true }
    const condition = contradictions[which % contradictions.length] as never
    return { ...rule, when: rule.when === undefined ? condition : ({ all: [rule.when, condition] } as never) }
  })
  return compiledOf({ ...program, earning: { ...program.earning, rules } })
}

describe('large programs', () => {
  test('are looked at in a time that grows with them', () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      fixed(`rule ${index}`, atLeast(String(index)), { group: 'size', lot: { validity: days(1 + (index % 3)) } }),
    )
    const groups = [{ id: 'size', mode: 'firstMatch' }]
    const wallets = Array.from({ length: 40 }, (_, index) => ({
      ...shopJson.wallets[0],
      id: index === 0 ? 'points' : `wallet ${index}`,
      pending: { type: 'duration', duration: days(3) },
      expiry: { type: 'rolling', after: days(30), from: 'earning' },
    }))
    const program = shop({ ...earning(many, { groups }), wallets })
    const started = performance.now()
    const findings = lintProgram(program)
    expect(performance.now() - started).toBeLessThan(30_000)
    const shadowed = findings.filter(({ code }) => code === 'shadowedRule').length
    const unsure = findings.filter(({ code, path }) => code === 'undecided' && path[1] === 'rules').length
    expect(findings.map(({ path }) => path)).toContainEqual(['earning', 'groups', 0])
    expect(shadowed).toBeGreaterThan(200)
    expect(shadowed + unsure).toBe(1_999)
  })
})

const options: LintOptions = {
  economics: {
    margin: { numerator: 3, denominator: 10 },
    pointCost: () => ({ numerator: 1, denominator: 1 }),
    rewardMinor: () => 500,
  },
  legal: [{ id: 'quebec' }, { id: 'ontario' }],
}

describe('over generated programs', () => {
  test.each([
    ['programs', programWithHistory],
    ['wide programs', wideHistory],
  ] as const)(
    'of %s: a rule that is said never to earn never does, and histories show what they are for',
    (_name, arbitrary) => {
      let said = 0
      fc.assert(
        fc.property(arbitrary, fc.nat(), fc.nat(), fc.boolean(), ({ program, activities }, at, which, isStop) => {
          const other = changed(program, at, which, isStop)
          const findings = lintProgram(other, options)
          const never = findings.flatMap(({ code, path }) =>
            code === 'neverFires' || code === 'shadowedRule'
              ? [other.program.earning.rules[path[2] as number]?.id]
              : [],
          )
          said += never.length
          const simulation = unwrap(simulate(other, activities, { trace: true }))
          for (const rule of earned(simulation)) expect(never).not.toContain(rule)
          for (const finding of findings) {
            expectShown(other, finding, options)
          }
        }),
        { numRuns: 100 },
      )
      expect(said).toBeGreaterThan(10)
    },
  )
})
