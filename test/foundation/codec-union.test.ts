import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  decode,
  formatError,
  literalCodec,
  Money,
  Points,
  structCodec,
  type TypeOf,
  unionCodec,
} from '../../src/foundation/index.ts'
import { moneyArbitrary, pointsArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const PointsReward = structCodec('PointsReward', { type: literalCodec('points'), points: Points })
const MoneyReward = structCodec('MoneyReward', { type: literalCodec('money'), money: Money })
const Reward = unionCodec('Reward', 'type', { points: PointsReward, money: MoneyReward })
const Plain = unionCodec('Plain', 'type', {
  points: PointsReward,
  constructor: structCodec('Odd', { type: literalCodec('constructor') }),
})

codecLaws(
  'unionCodec',
  Reward,
  fc.oneof(
    pointsArbitrary().map((points) => ({ type: 'points' as const, points })),
    moneyArbitrary().map((money) => ({ type: 'money' as const, money })),
  ),
)
codecLaws(
  'unionCodec of what is its own JSON',
  Plain,
  fc.oneof(
    pointsArbitrary().map((points) => ({ type: 'points' as const, points })),
    fc.constant({ type: 'constructor' as const }),
  ),
)

const sentence = (input: unknown): string => {
  const result = decode(Reward, input)
  return result._tag === 'Left' ? formatError(result.left) : 'decoded'
}

describe('unionCodec', () => {
  test.each([
    [{ type: 'poinst' }, 'Invalid value at type: got "poinst", expected one of "points", "money".'],
    [{ type: 'toString' }, 'Invalid value at type: got "toString", expected one of "points", "money".'],
    [{}, 'Invalid value at type: got nothing, expected one of "points", "money".'],
    [3, 'Invalid value: got 3, expected an object (Reward) with "type" as one of "points", "money".'],
    [
      { type: 'points', points: -1 },
      'Invalid value at points: got -1, expected points as an integer from 0 to 9007199254740991.',
    ],
    [
      Object.defineProperty({}, 'type', { get: () => 'points', enumerable: true }),
      'Invalid value at type: got an accessor, expected one of "points", "money".',
    ],
  ])('%j', (input, expected) => {
    expect(sentence(input)).toBe(expected)
    expect(Reward.is(input)).toBe(false)
  })

  test('its type is the union', () => {
    expectTypeOf<TypeOf<typeof Reward>>().toEqualTypeOf<
      { readonly type: 'points'; readonly points: Points } | { readonly type: 'money'; readonly money: Money }
    >()
  })
})
