import { describe, expect, test } from 'vitest'
import { lintProgram } from '../../../src/program/index.ts'
import { shop } from '../shop.ts'
import { codes, earning, fixed, pair } from './lint-pair.ts'

const never = { field: 'hour', atLeast: 24 }
const program = shop(earning([fixed('a', never), fixed('b', never), fixed('c', undefined)]))
const at = (index: number) => ['earning', 'rules', index]
const paths = (accept: NonNullable<Parameters<typeof lintProgram>[1]>['accept'] = []) =>
  lintProgram(program, { accept }).flatMap(({ code, path }) => (code === 'neverFires' ? [path] : []))

describe('findings that are accepted', () => {
  test('by their code, everywhere or at one place', () => {
    expect(paths()).toEqual([at(0), at(1)])
    expect(paths([{ code: 'neverFires' }])).toEqual([])
    expect(paths([{ code: 'neverFires', path: at(0) }])).toEqual([at(1)])
    const both = [{ code: 'neverFires' }, { code: 'neverFires', path: at(1) }] as const
    expect(codes(program, { accept: both })).toEqual(['spendableBeforeReturn'])
  })

  test('what is accepted and not there is told', () => {
    const accept = [{ code: 'neverFires' as const, path: at(2) }]
    const { finding } = pair(
      'acceptedNothing',
      {},
      earning([fixed('a', undefined), fixed('b', undefined), fixed('c', never)]),
      { accept },
      { accept },
      true,
    )
    expect(finding).toMatchObject({
      severity: 'note',
      path: ['accept', 0],
      witness: { type: 'name', name: 'neverFires' },
    })
    const more = [
      { code: 'neverFires' as const },
      { code: 'shadowedRule' as const },
      { code: 'neverFires' as const, path: ['earning'] },
    ]
    const told = lintProgram(program, { accept: more }).filter(({ code }) => code === 'acceptedNothing')
    expect(told.map(({ path }) => path)).toEqual([
      ['accept', 1],
      ['accept', 2],
    ])
  })
})

test('a legal profile that there is not is told, and the others are still looked at', () => {
  const legal = (id: string) => ({ legal: [{ id: 'quebec' as const }, { id: id as 'ontario' }] })
  const { finding } = pair('unknownReference', {}, {}, legal('texas'), legal('ontario'), true)
  expect(finding).toMatchObject({
    severity: 'error',
    path: ['legal', 1, 'id'],
    witness: { type: 'name', name: 'texas', known: ['quebec', 'ontario'] },
  })
  expect(codes(shop(), legal('constructor'))).toContain('unknownReference')
})
