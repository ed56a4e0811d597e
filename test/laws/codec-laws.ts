import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Codec, decode } from '../../src/foundation/index.ts'
import { anythingArbitrary } from '../arbitraries/foundation.ts'
import { fits } from './json-schema-model.ts'

/** Objects that fight back when they are read. */
const traps: ReadonlyArray<readonly [name: string, make: () => unknown]> = [
  [
    'a proxy that throws',
    () => {
      const bite = (): never => {
        throw new Error('bitten')
      }
      return new Proxy(
        {},
        { get: bite, getOwnPropertyDescriptor: bite, ownKeys: bite, has: bite, getPrototypeOf: bite },
      )
    },
  ],
  [
    'a revoked proxy',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
  ],
  [
    'a value that contains itself',
    () => {
      const loop: Record<string, unknown> = {}
      return Object.assign(loop, { loop, all: [loop, loop], of: loop, not: loop })
    },
  ],
  [
    'arrays in arrays, 100,000 deep',
    () => {
      let deep: unknown = []
      for (let i = 0; i < 100_000; i += 1) deep = [deep]
      return deep
    },
  ],
  ['a sparse array of four billion', () => Object.assign([], { length: 4_294_967_295 })],
]

function* damagedItems(items: ReadonlyArray<unknown>): Generator<unknown> {
  for (const [i, item] of items.entries()) {
    for (const part of damaged(item)) yield [...items.slice(0, i), part, ...items.slice(i + 1)]
  }
}

function* damagedFields(json: object): Generator<unknown> {
  const entries = Object.entries(json)
  for (const [key, value] of entries) {
    for (const part of damaged(value)) yield Object.fromEntries([...entries, [key, part] as const])
    yield Object.fromEntries([...entries, [key, undefined] as const])
  }
  for (const [key] of entries) yield Object.fromEntries(entries.filter(([name]) => name !== key))
}

/** Every part of a JSON value, replaced in turn by something else. */
function* damaged(json: unknown): Generator<unknown> {
  if (Array.isArray(json)) {
    yield* damagedItems(json)
  } else if (typeof json === 'object' && json !== null) {
    yield { ...json, unheardOf: 1 }
    yield* damagedFields(json)
  } else {
    yield* [undefined, null, {}, [], 'nonsense', -1.5, Number.NaN]
  }
}

const first = <A>(count: number, items: Iterable<A>): ReadonlyArray<A> => {
  const taken: Array<A> = []
  for (const item of items) {
    if (taken.length === count) break
    taken.push(item)
  }
  return taken
}

/**
 * The laws of a codec, as tests: what it encodes it decodes to an equal value, also by way of a JSON text; `is` accepts
 * what `decode` gives; encoding what was decoded is stable; its JSON Schema fits all that it takes; and no input makes it throw, hang or change what it was given.
 */
export const codecLaws = <A, O>(name: string, codec: Codec<A, O>, values: fc.Arbitrary<A>): void => {
  test(`${name}: decode(encode(x)) = x, and is(x)`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const json = codec.encode(value)
        expect(fits(codec.jsonSchema, json)).toBe(true)
        const decoded = decode(codec, json)
        expect(decoded).toEqual({ _tag: 'Right', right: value })
        expect(decode(codec, JSON.parse(JSON.stringify(json)))).toEqual(decoded)
        expect(codec.decode(json)).toEqual(decoded)
        expect(codec['~standard'].validate(json)).toEqual({ value })
        expect(codec.is(value)).toBe(true)
      }),
    )
  })

  const decodedIsStable = (input: unknown): void => {
    const once = decode(codec, input)
    if (once._tag === 'Left') {
      if (once.left.length === 0) expect.unreachable('refused without a fault') // `expect` itself takes longer than decoding
      return
    }
    expect(codec.is(once.right)).toBe(true)
    expect(fits(codec.jsonSchema, JSON.parse(JSON.stringify(input)))).toBe(true)
    expect(decode(codec, codec.encode(once.right))).toEqual(once)
  }

  test(`${name}: decode takes any value, and encode after it is stable`, () => {
    fc.assert(fc.property(anythingArbitrary, decodedIsStable))
  })

  test(`${name}: decode takes damaged values, and leaves them alone`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const variants = first(100, damaged(codec.encode(value)))
        const before = structuredClone(variants)
        variants.forEach(decodedIsStable)
        expect(variants).toEqual(before)
      }),
      { numRuns: 20 },
    )
  })

  test.each(traps)(`${name}: %s neither throws nor hangs`, (_, make) => {
    const trap = make()
    expect(typeof codec.is(trap)).toBe('boolean')
    expect(['Left', 'Right']).toContain(decode(codec, trap)._tag)
  })

  test(`${name}: has a JSON Schema`, () => {
    const schema = codec.jsonSchema
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(codec.jsonSchema).toBe(schema)
    expect(codec['~standard'].jsonSchema.input({ target: 'draft-2020-12' })).toEqual(schema)
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })
}
