import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generatedOnce } from './generated-once.ts'

const parameters = { seed: 7, numRuns: 50 }
const source = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 8 })

test('values, and what is drawn after them, are those of the source; none is made twice', () => {
  let made = 0
  const counted = generatedOnce(
    source.map((items) => {
      made += 1
      return items
    }),
  )
  const expected = fc.sample(fc.tuple(source, fc.nat()), parameters)
  expect(fc.sample(fc.tuple(counted, fc.nat()), parameters)).toEqual(expected)
  expect(fc.sample(fc.tuple(counted, fc.nat()), parameters)).toEqual(expected)
  expect(made).toBe(50)
  expect(fc.sample(counted, { ...parameters, seed: 8 })).toEqual(fc.sample(source, { ...parameters, seed: 8 }))
})

test('a counterexample is shrunk as one of the source is, also one that was remembered', () => {
  const shrunk = (items: typeof source) =>
    fc.check(
      fc.property(fc.tuple(items, fc.nat()), ([some]) => some.every((item) => item < 700)),
      parameters,
    ).counterexample
  const once = generatedOnce(source)
  expect(shrunk(once)).toEqual(shrunk(source))
  expect(shrunk(once)).toEqual(shrunk(source))
  expect(shrunk(source)?.[0]?.[0]).toEqual([700])
})
