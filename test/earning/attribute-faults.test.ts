import { describe, expect, test } from 'vitest'
import { attributeFaults } from '../../src/earning/attribute-faults.ts'
import type { DeclaredField } from '../../src/earning/index.ts'
import type { Currency } from '../../src/foundation/index.ts'
import type { Facts } from '../../src/rules/index.ts'

const declared: ReadonlyArray<DeclaredField> = [
  { name: 'table', type: 'integer', required: true },
  { name: 'gift', type: 'flag' },
  { name: 'deposit', type: 'money', currency: 'EUR' as Currency },
  { name: 'size', type: 'text', values: ['small', 'large'] },
  { name: '__proto__', type: 'texts' },
]
const faults = (facts: object) =>
  attributeFaults(declared)(facts as Facts).map(({ path, expected }) => [path.join('.'), expected])

describe('attributeFaults', () => {
  test('what is declared and right, and what nobody declares', () => {
    expect(faults({ table: 0 })).toEqual([])
    expect(faults({ table: 4, gift: false, deposit: 500, size: 'small', channel: 'web', store: '', other: 7 })).toEqual(
      [],
    )
    expect(faults(JSON.parse('{"table": 1, "__proto__": ["a"]}') as object)).toEqual([])
  })

  test('what is required and not there, also where an object would inherit it', () => {
    expect(faults({})).toEqual([['table', 'an integer']])
    expect(faults({ table: undefined })).toEqual([['table', 'an integer']])
    const inherited = attributeFaults([{ name: 'constructor', type: 'text', required: true }])
    expect(inherited({})).toMatchObject([{ path: ['constructor'] }])
  })

  test('every value that is none of its field', () => {
    const wrong = { table: 1.5, gift: 'yes', deposit: '5.00', size: 'huge', channel: 1, store: true }
    expect(faults(wrong)).toEqual([
      ['channel', 'a text'],
      ['store', 'a text'],
      ['table', 'an integer'],
      ['gift', 'true or false'],
      ['deposit', 'an amount in EUR, as an integer of its minor unit'],
      ['size', 'one of "small", "large"'],
    ])
    expect(faults(JSON.parse('{"table": 1, "__proto__": "a"}') as object)).toEqual([['__proto__', 'a list of texts']])
  })
})
