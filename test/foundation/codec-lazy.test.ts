import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AnyCodec,
  arrayCodec,
  type Codec,
  decode,
  dictionaryCodec,
  formatError,
  integerCodec,
  lazyCodec,
  Money,
  nullableCodec,
  structCodec,
} from '../../src/foundation/index.ts'
import { moneyArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

interface Tree {
  readonly value: Money
  readonly branches: ReadonlyArray<Tree>
}
interface TreeJson {
  readonly value: unknown
  readonly branches: ReadonlyArray<TreeJson>
}
const Tree: Codec<Tree, TreeJson> = lazyCodec('Tree', () =>
  structCodec('Tree', { value: Money, branches: arrayCodec(Tree) }),
)
const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    value: moneyArbitrary(),
    branches: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }),
})).tree

interface Chain {
  readonly next: Chain | null
}
const Chain: Codec<Chain> = lazyCodec('Chain', () => structCodec('Chain', { next: nullableCodec(Chain) }))
const chainOf = (length: number): Chain => {
  let chain: Chain = { next: null }
  for (let i = 1; i < length; i += 1) chain = { next: chain }
  return chain
}

type Nest = number | ReadonlyArray<Nest>
interface Fork {
  readonly left: Fork | null
  readonly right: Fork | null
}
const Fork: Codec<Fork> = lazyCodec('Fork', () =>
  structCodec('Fork', { left: nullableCodec(Fork), right: nullableCodec(Fork) }),
)

codecLaws('lazyCodec', Tree, trees)
codecLaws('lazyCodec of a chain', Chain, fc.integer({ min: 1, max: 64 }).map(chainOf))

describe('lazyCodec', () => {
  test('values are read 64 levels deep', () => {
    expect(decode(Chain, chainOf(64))).toEqual({ _tag: 'Right', right: chainOf(64) })
    const wrong = decode(Chain, chainOf(65))
    expect(wrong._tag === 'Left' && wrong.left.map(({ path, ...rest }) => ({ ...rest, depth: path.length }))).toEqual([
      { _tag: 'InvalidValue', depth: 64, actual: 'deeper nesting', expected: 'at most 64 levels of nesting' },
    ])
    expect(Chain.is(chainOf(64))).toBe(true)
    expect(Chain.is(chainOf(65))).toBe(false)
  })

  interface Nested extends ReadonlyArray<Nested> {}
  interface Book {
    readonly [key: string]: Book
  }
  const Nested: Codec<Nested, unknown> = lazyCodec('Nested', () => arrayCodec(Nested))
  const Book: Codec<Book, unknown> = lazyCodec('Book', () => dictionaryCodec(Book))

  test.each<[string, AnyCodec, unknown, (inner: unknown) => unknown]>([
    ['lists', Nested, [], (inner) => [inner]],
    ['dictionaries', Book, {}, (inner) => ({ inner })],
  ])('of %s too', (_, codec, innermost, wrap) => {
    let value = innermost
    for (let i = 1; i < 64; i += 1) value = wrap(value)
    expect(decode(codec, value)).toEqual({ _tag: 'Right', right: value })
    expect(codec.is(value)).toBe(true)
    expect(decode(codec, wrap(value))._tag).toBe('Left')
    expect(codec.is(wrap(value))).toBe(false)
  })

  test('a value that contains itself is refused where it does', () => {
    const loop: { next: unknown } = { next: null }
    loop.next = { next: loop }
    const wrong = decode(Chain, loop)
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toBe(
      'Invalid value at next.next: got a value that contains itself, expected a value of finite depth.',
    )
    expect(Chain.is(loop)).toBe(false)
  })

  test('a part that occurs in many places is read in linear time', () => {
    let shared: Fork = { left: null, right: null }
    for (let i = 1; i < 64; i += 1) shared = { left: shared, right: shared }
    expect(decode(Fork, shared)._tag).toBe('Right')
    expect(Fork.is(shared)).toBe(true)
    const tooDeep = { left: shared, right: shared }
    expect(decode(Fork, tooDeep)._tag).toBe('Left')
    expect(Fork.is(tooDeep)).toBe(false)
  })

  test('a wrong part that occurs in many places is reported once', () => {
    let shared: unknown = { left: null, right: 1 }
    for (let i = 1; i < 60; i += 1) shared = { left: shared, right: shared }
    const wrong = decode(Fork, shared)
    expect(wrong._tag === 'Left' && wrong.left.length).toBe(1)
  })

  test('a shared part that fits in one place may be too deep in another', () => {
    const shared = chainOf(40)
    let deep: Fork = { left: null, right: shared as unknown as Fork }
    expect(decode(Fork, deep)._tag).toBe('Left') // a chain is no fork
    let fork: Fork = { left: null, right: null }
    for (let i = 1; i < 40; i += 1) fork = { left: fork, right: null }
    deep = { left: fork, right: null }
    for (let i = 1; i < 30; i += 1) deep = { left: deep, right: null }
    expect(decode(Fork, { left: fork, right: deep })._tag).toBe('Left')
    expect(decode(Fork, { left: deep, right: fork })._tag).toBe('Left')
  })

  test('forms that are no objects are read as they are', () => {
    const Nest: Codec<Nest | null> = lazyCodec('Nest', () =>
      nullableCodec(integerCodec()),
    ) as unknown as Codec<Nest | null>
    expect(decode(Nest, 3)).toEqual({ _tag: 'Right', right: 3 })
    expect([Nest.is(3), Nest.is(null), Nest.is('x'), decode(Nest, 'x')._tag]).toEqual([true, true, false, 'Left'])
  })

  test('its schema refers to itself', () => {
    expect(Chain.jsonSchema).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $ref: '#/$defs/Chain',
      $defs: {
        Chain: {
          type: 'object',
          title: 'Chain',
          properties: { next: { anyOf: [{ $ref: '#/$defs/Chain' }, { type: 'null' }] } },
          required: ['next'],
          additionalProperties: false,
        },
      },
    })
    expect(Chain['~standard'].jsonSchema.input({ target: 'draft-07' })).toHaveProperty(
      'definitions.Chain.title',
      'Chain',
    )
  })

  test('forms of one name are told apart, and names are escaped', () => {
    const Other: Codec<Chain> = lazyCodec('Chain', () => structCodec('Chain', { next: nullableCodec(Chain) }))
    const odd = lazyCodec('a/b~c d', () => integerCodec())
    const schema = structCodec('Both', { one: Chain, two: Other, three: odd }).jsonSchema
    expect(schema).toMatchObject({
      properties: {
        one: { $ref: '#/$defs/Chain' },
        two: { $ref: '#/$defs/Chain2' },
        three: { $ref: '#/$defs/a~1b~0c%20d' },
      },
      $defs: { Chain: {}, Chain2: {}, 'a/b~c d': { type: 'integer' } },
    })
  })
})
