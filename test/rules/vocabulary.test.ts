import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, formatError } from '../../src/foundation/index.ts'
import { Vocabulary } from '../../src/rules/index.ts'
import { mixedVocabulary } from '../arbitraries/rules.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws(
  'Vocabulary',
  Vocabulary,
  fc.subarray([...mixedVocabulary.fields]).map((fields) => ({ fields })),
)

test('every field has a name of its own', () => {
  const field = { name: 'stars', type: 'integer' }
  const wrong = decode(Vocabulary, { fields: [field, { name: 'newsletter', type: 'flag' }, field, field] })
  expect(wrong._tag === 'Left' && formatError(wrong.left)).toBe(
    [
      'Invalid value at fields[2].name: got "stars", expected a name that no other field has.',
      'Invalid value at fields[3].name: got "stars", expected a name that no other field has.',
    ].join('\n'),
  )
})

test.each([
  [{ name: '', type: 'flag' }],
  [{ name: 'a'.repeat(101), type: 'flag' }],
  [{ name: 'a', type: 'flag', values: ['b'] }],
  [{ name: 'a', type: 'number' }],
  [{ name: 'a', type: 'money' }],
  [{ name: 'a', type: 'text', values: [] }],
])('refuses the field %j', (field) => {
  expect(decode(Vocabulary, { fields: [field] })._tag).toBe('Left')
})
