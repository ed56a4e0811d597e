// Rows of groups of which the first match earns.
import { describe, expect, test } from 'vitest'
import { shop } from '../shop.ts'
import { atLeast, codes, earned, earning, fixed, found, lessThan, pair, shown } from './lint-pair.ts'

const groups = [{ id: 'size', mode: 'firstMatch' }]
const rows = (conditions: ReadonlyArray<object | undefined>, more: object = {}, mode = 'firstMatch') =>
  earning(
    conditions.map((when, index) => ({ ...fixed(`row ${index}`, when), group: 'size', ...more })),
    { groups: [{ ...groups[0], mode }] },
  )
const between = (from: string, to: string) => ({ field: 'amount', atLeast: from, lessThan: to })
const exact = [lessThan('10'), between('10', '20'), atLeast('20')]

describe('rows of a group', () => {
  test('that are for the same: the first one earns', () => {
    const { program, finding } = pair('overlappingRules', rows([lessThan('30'), atLeast('20')]), rows(exact))
    expect(finding).toMatchObject({ severity: 'note', path: ['earning', 'rules', 1] })
    expect(earned(shown(program, finding))).toEqual(['row 0'])
  })

  test('and what none of them is for', () => {
    const { program, finding } = pair('gapInGroup', rows([lessThan('10'), atLeast('20')]), rows(exact))
    expect(finding).toMatchObject({ severity: 'note', path: ['earning', 'groups', 0] })
    expect(earned(shown(program, finding))).toEqual([])
  })

  test('a row for all else lies over nothing, and leaves no gap', () => {
    const all = codes(shop(rows([lessThan('10'), atLeast('20'), undefined])))
    expect(all).not.toContain('overlappingRules')
    expect(all).not.toContain('gapInGroup')
  })

  test.each([
    ['groups of which all earn', rows([lessThan('30'), atLeast('40')], {}, 'collect')],
    ['groups of one', rows([lessThan('30')])],
    ['rows that are for some lines', rows([lessThan('30'), atLeast('40')], { lines: atLeast('5') })],
    ['rows that earn in wallets of their own', earning([fixed('a', lessThan('30')), fixed('b', atLeast('40'))])],
  ])('nothing is said of %s', (_name, having) => {
    const all = codes(shop(having))
    expect(all).not.toContain('overlappingRules')
    expect(all).not.toContain('gapInGroup')
  })

  test('what nobody has to say leaves it open', () => {
    const channel = (is: string) => ({ field: 'channel', is })
    const of = (whenUnknown: string) => rows([channel('web'), channel('shop')], { whenUnknown })
    expect(found(shop(of('skip')), 'gapInGroup')?.witness.type).toBe('history')
    expect(codes(shop(of('earn')))).not.toContain('gapInGroup')
  })

  test('conditions that are too large are undecided', () => {
    const large = Array.from({ length: 9 }, (_, index) => ({
      any: [
        { field: 'categories', hasAny: [`a${index}`, `b${index}`] },
        { field: 'skus', hasAny: [`a${index}`, `b${index}`] },
      ],
    }))
    const found2 = codes(shop(rows([{ all: large }, atLeast('10')])))
    expect(found2).toContain('undecided')
    expect(found2).not.toContain('gapInGroup')
  })
})
