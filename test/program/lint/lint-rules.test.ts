import { describe, expect, test } from 'vitest'
import { shop } from '../shop.ts'
import { atLeast, base, codes, earned, earning, fixed, found, lessThan, pair, shown } from './lint-pair.ts'

describe('rules', () => {
  test.each([
    ['an amount that is both', { all: [atLeast('10'), lessThan('5')] }, {}, ['when', 'all', 0]],
    ['an amount below zero', lessThan('0'), {}, ['when']],
    ['an hour that no day has', { field: 'hour', atLeast: 24 }, {}, ['when']],
    ['a day out of the schedule', { field: 'weekday', is: 'monday' }, { during: { weekdays: [6, 7] } }, ['when']],
    ['a missing field that is always there', { field: 'amount', present: false }, {}, ['when']],
  ])('%s never fires', (_name, when, more, part) => {
    const having = earning([fixed('never', when, more)])
    const { finding } = pair('neverFires', having, earning([fixed('fires', atLeast('10'), more)]))
    expect(finding.path).toEqual(['earning', 'rules', 0])
    expect(finding.witness).toMatchObject({ type: 'conflict' })
    const parts = finding.witness.type === 'conflict' ? finding.witness.parts : []
    expect(parts[0]).toEqual(['earning', 'rules', 0, ...part])
  })

  test('a condition on lines that no line meets never fires; parts that are not to blame are not named', () => {
    const lines = { all: [{ field: 'categories', hasAny: ['tea'] }, atLeast('10'), lessThan('10')] }
    const { finding } = pair('neverFires', earning([{ ...base, lines }]), earning([{ ...base, lines: lines.all[0] }]))
    expect(finding.witness).toMatchObject({
      type: 'conflict',
      parts: [1, 2].map((index) => ['earning', 'rules', 0, 'lines', 'all', index]),
    })
  })

  test('where a missing fact lets a rule earn, whether it fires is undecided', () => {
    const when = {
      all: [
        { field: 'channel', is: 'web' },
        { field: 'channel', is: 'shop' },
      ],
    }
    const program = shop(earning([fixed('unsure', when, { whenUnknown: 'earn' })]))
    expect(codes(program)).toContain('undecided')
    expect(codes(program)).not.toContain('neverFires')
    expect(codes(shop(earning([fixed('never', when, { whenUnknown: 'skip' })])))).toContain('neverFires')
  })

  test('a row of a group of which the first match earns stands in the shadow of one before it', () => {
    const groups = [{ id: 'size', mode: 'firstMatch' }]
    const rows = (first: string, second: string) =>
      earning(
        [fixed('first', atLeast(first), { group: 'size' }), fixed('second', atLeast(second), { group: 'size' })],
        {
          groups,
        },
      )
    const { program, finding } = pair('shadowedRule', rows('10', '50'), rows('50', '10'))
    expect(finding.path).toEqual(['earning', 'rules', 1])
    expect(earned(shown(program, finding))).toEqual(['first'])
    // two rows together cover a third
    const three = earning(
      [fixed('few', lessThan('50')), fixed('many', atLeast('50')), fixed('any', undefined)].map((one) => ({
        ...one,
        group: 'size',
      })),
      { groups },
    )
    expect(found(shop(three), 'shadowedRule')?.path).toEqual(['earning', 'rules', 2])
    expect(codes(shop(earning([fixed('first', atLeast('10')), fixed('second', atLeast('50'))])))).not.toContain(
      'shadowedRule',
    )
  })

  test('one that stops stops nothing where another one of its group comes first', () => {
    const groups = [{ id: 'size', mode: 'firstMatch' }]
    const rules = [
      fixed('large', atLeast('50'), { group: 'size' }),
      fixed('stops', atLeast('10'), { group: 'size', stop: true }),
      fixed('any', atLeast('20')),
    ]
    expect(codes(shop(earning(rules, { groups })))).not.toContain('shadowedRule')
  })

  test('a rule after one that stops stands in its shadow, in the same wallet', () => {
    const rules = (stop: boolean) => earning([fixed('first', atLeast('10'), { stop }), fixed('second', atLeast('20'))])
    const { program, finding } = pair('shadowedRule', rules(true), rules(false))
    expect(earned(shown(program, finding))).toEqual(['first'])
  })

  test('cases in the shadow of others, cases over one another, and gaps, each with a purchase', () => {
    const cases = (conditions: ReadonlyArray<object>, award: object | null = null) =>
      earning([
        { id: 'sizes', wallet: 'points', award, cases: conditions.map((when) => ({ when, award: base.award })) },
      ])
    const exact = [lessThan('10'), { field: 'amount', atLeast: '10', lessThan: '20' }, atLeast('20')]
    const shadowed = pair('shadowedCase', cases([atLeast('10'), atLeast('20')]), cases(exact))
    expect(shadowed.finding.path).toEqual(['earning', 'rules', 0, 'cases', 1])
    const overlap = pair('overlappingCases', cases([atLeast('20'), lessThan('30')]), cases(exact))
    const gap = pair('gapInCases', cases([lessThan('10'), atLeast('20')]), cases(exact))
    const amountOf = ({ finding }: typeof gap): number => {
      const bought = finding.witness.type === 'history' ? finding.witness.activities.at(-1) : undefined
      return bought?.type === 'purchase' ? bought.lines.reduce((sum, { amount }) => sum + amount.minor, 0) : Number.NaN
    }
    expect(amountOf(shadowed)).toBeGreaterThanOrEqual(2000)
    expect(amountOf(overlap)).toBeGreaterThanOrEqual(2000)
    expect(amountOf(overlap)).toBeLessThan(3000)
    expect(amountOf(gap)).toBe(1000)
    // an award for what no case is for closes the gap, and is of no use where there is none
    expect(codes(shop(cases([lessThan('10'), atLeast('20')], base.award)))).not.toContain('gapInCases')
    expect(found(shop(cases(exact, base.award)), 'shadowedCase')?.path).toEqual(['earning', 'rules', 0, 'award'])
  })

  test('conditions that are too large are undecided, and it is said', () => {
    const names = Array.from({ length: 9 }, (_, index) => ({
      any: [
        { field: 'categories', hasAny: [`a${index}`, `b${index}`] },
        { field: 'skus', hasAny: [`a${index}`, `b${index}`] },
      ],
    }))
    const small = earning([fixed('small', { all: names.slice(0, 2) })])
    pair('undecided', earning([fixed('large', { all: names })]), small, {}, {}, true)
  })

  test('an attribute that activities need not have', () => {
    const attributes = (required: boolean) => ({ attributes: [{ name: 'gift', type: 'flag', required }] })
    const rule = fixed('gifts', { field: 'gift', is: true }, { whenUnknown: 'skip' })
    const { program, finding } = pair(
      'optionalAttribute',
      earning([rule], attributes(false)),
      earning([rule], attributes(true)),
    )
    expect(earned(shown(program, finding))).toEqual([])
  })
})
