import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActivityId } from '../../../src/foundation/index.ts'
import { type SeenActivities, seenContent, withSeen } from '../../../src/program/index.ts'

const ids = fc.uniqueArray(
  fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', '\ud800')),
  {
    maxLength: 200,
  },
)

const all = (given: ReadonlyArray<string>): SeenActivities =>
  given.reduce<SeenActivities>((seen, id, index) => withSeen(seen, { id: id as ActivityId, content: index }), [])

test('finds what was taken in, as a plain map does', () => {
  fc.assert(
    fc.property(ids, fc.string({ minLength: 1 }), (given, other) => {
      const seen = all(given)
      const model = new Map(given.map((id, index) => [id, index]))
      for (const id of [...given, other]) expect(seenContent(seen, id as ActivityId)).toBe(model.get(id))
    }),
  )
})

test('keeps sorted runs of falling powers of two, so that few entries are ever copied', () => {
  fc.assert(
    fc.property(ids, (given) => {
      const seen = all(given)
      const sizes = seen.map((run) => run.length)
      const digits = [...given.length.toString(2)].map(
        (digit, place, { length }) => Number(digit) * 2 ** (length - 1 - place),
      )
      expect(sizes).toEqual(digits.filter((size) => size > 0))
      for (const run of seen) expect(run.map(({ id }) => id)).toEqual(run.map(({ id }) => id).sort())
    }),
  )
})
