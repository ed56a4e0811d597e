import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrayCodec, decode, structCodec, unknownCodec } from '../../src/foundation/index.ts'
import { anythingArbitrary } from '../arbitraries/foundation.ts'

test('unknownCodec takes any value as it is', () => {
  fc.assert(
    fc.property(anythingArbitrary, (value) => {
      expect(decode(unknownCodec, value)).toEqual({ _tag: 'Right', right: value })
      expect(unknownCodec.is(value)).toBe(true)
      expect(unknownCodec.encode(value)).toBe(value)
    }),
  )
  expect(unknownCodec.jsonSchema).toEqual({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
})

test('but nothing is no value, nor is an accessor or a hole', () => {
  const Holder = structCodec('Holder', { value: unknownCodec })
  const accessor = Object.defineProperty({}, 'value', { get: () => 1, enumerable: true })
  for (const wrong of [{}, accessor]) {
    expect(decode(Holder, wrong)._tag).toBe('Left')
    expect(Holder.is(wrong)).toBe(false)
  }
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  const sparse = [1, , 2]
  expect(decode(arrayCodec(unknownCodec), sparse)._tag).toBe('Left')
  expect(arrayCodec(unknownCodec).is(sparse)).toBe(false)
})
