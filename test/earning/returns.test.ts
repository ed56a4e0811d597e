import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CountedLine,
  clawedBack,
  compileEarning,
  completeReturn,
  type EarningRules,
  linesTotal,
  type ReturnedLine,
  remainingLines,
} from '../../src/earning/index.ts'
import { formatError, type LineId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import { countedLinesArbitrary, earningRulesArbitrary, eur, plainLine, walletUnits } from '../arbitraries/earning.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { earnOn, floorOnOrder, lines, points, rule, sunday } from './counter.ts'

const line = (id: string, minor?: number): ReturnedLine =>
  minor === undefined ? { line: id as LineId } : { line: id as LineId, minor }

/** Returns one after the other: what each takes back, in each wallet. */
const claws = (
  rules: EarningRules,
  bought: ReadonlyArray<CountedLine>,
  returns: ReadonlyArray<ReadonlyArray<ReturnedLine>>,
) => {
  const compiled = compileEarning(eur, walletUnits, rules)
  const pointsOf = (some: ReadonlyArray<CountedLine>) =>
    unwrap(earnOn(compiled, some, utc, sunday)).map((one) => one.points)
  const granted = pointsOf(bought)
  let left = bought
  let kept = granted
  const taken = returns.map((returned) => {
    left = unwrap(remainingLines(left, returned))
    const rest = pointsOf(left)
    const claw = kept.map((of, index) => clawedBack(of, rest[index] as Points))
    kept = kept.map((of, index) => (of - (claw[index] as number)) as Points)
    return claw
  })
  return { granted, left, kept, taken }
}

describe('S3 ten refunds of 1 € on a purchase of 10 € at 1 point per 10 €', () => {
  test.each(['step', 'linear'] as const)(
    'S3 %s: the first refund takes 1 point back, and all together take 1',
    (mode) => {
      const rules = { rounding: floorOnOrder, rules: [rule(mode, '1', 1000)] }
      const refunds = Array.from({ length: 10 }, () => [line('1', 100)])
      const { granted, taken, left } = claws(rules, lines(1000), refunds)
      expect(granted).toEqual([1])
      expect(taken.flat()).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
      expect(left).toEqual([])
    },
  )
})

describe('S4 a return of one of three lines of 19.99', () => {
  test('S4 takes 20 of 59 points: two lines alone earn 39', () => {
    const rules = { rounding: floorOnOrder, rules: [rule('linear', '1', 100)] }
    const { granted, taken } = claws(rules, lines(1999, 1999, 1999), [[line('2')], [line('3')], [line('1')]])
    expect([granted, ...taken]).toEqual([[59], [20], [20], [19]])
  })
})

describe('remainingLines', () => {
  const bought = lines(1000, 500, 0)

  test('takes parts of lines, whole lines, and lines that cost nothing', () => {
    expect(unwrap(remainingLines(bought, [line('1', 100), line('2'), line('3', 0)]))).toEqual([
      { ...bought[0], minor: 900, basisMinor: 900 },
    ])
  })

  test('takes a line several times, as long as there is something left', () => {
    expect(unwrap(remainingLines(bought, [line('1', 100), line('1', 200), line('1')]))).toEqual(bought.slice(1))
    expect(remainingLines(bought, [line('1'), line('1', 1)])).toMatchObject({
      left: [{ _tag: 'UnknownLine', path: ['lines', 1, 'line'], line: '1' }],
    })
  })

  test('returning nothing of a line leaves it', () => {
    expect(unwrap(remainingLines(bought, [line('1', 0)]))).toEqual(bought)
    expect(unwrap(remainingLines(bought, []))).toEqual(bought)
  })

  test('reports every fault', () => {
    const wrong = remainingLines(bought, [
      line('2', 501),
      line('__proto__'),
      line('1', -1),
      line('1', 0.5),
      line('1', 1),
    ])
    expect(wrong).toMatchObject({
      left: [
        { _tag: 'ReturnExceedsPurchase', path: ['lines', 0, 'amount'], requestedMinor: 501, remainingMinor: 500 },
        { _tag: 'UnknownLine', path: ['lines', 1, 'line'], line: '__proto__' },
        { _tag: 'OutOfRange', path: ['lines', 2, 'amount'] },
        { _tag: 'OutOfRange', path: ['lines', 3, 'amount'] },
      ],
    })
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toContain('at most what is left of the line')
  })

  test('a negative amount would make the purchase grow: it is refused', () => {
    expect(remainingLines(lines(1000), [line('1', -1000)])._tag).toBe('Left')
  })

  test('takes away exactly what is returned, and changes no line that it was given', () => {
    fc.assert(
      fc.property(countedLinesArbitrary, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 20_000 }))), (many, wanted) => {
        const returned = wanted.flatMap(([index, minor]) => {
          const one = many[index % Math.max(1, many.length)]
          return one === undefined ? [] : [{ line: one.id, minor }]
        })
        const rest = remainingLines(frozen(many), frozen(returned))
        if (rest._tag === 'Left') {
          for (const fault of rest.left) expect(['UnknownLine', 'ReturnExceedsPurchase']).toContain(fault._tag)
          return
        }
        const given = returned.reduce((sum, { minor }) => sum + minor, 0)
        expect(linesTotal(rest.right)).toBe(linesTotal(many) - given)
      }),
    )
  })
})

describe('returns by items', () => {
  const items = (id: string, quantity: number): ReturnedLine => ({ line: id as LineId, quantity })
  const left = (bought: ReadonlyArray<CountedLine>, ...returned: ReadonlyArray<ReturnedLine>) =>
    unwrap(remainingLines(bought, returned)).map(({ minor, quantity, basisMinor }) => [minor, quantity, basisMinor])
  const three = [
    { ...plainLine('1', 1000, [], 3), basisMinor: 100, original: { minor: 1000, basisMinor: 100, quantity: 3 } },
  ]

  test('items take their share of what the line cost, and of what counts of it, from the remainder', () => {
    expect(left(three, items('1', 1))).toEqual([[666, 2, 66]])
    expect(left(three, items('1', 2))).toEqual([[333, 1, 33]])
    expect(left(three, items('1', 1), items('1', 1))).toEqual(left(three, items('1', 2)))
    expect(left(three, items('1', 3))).toEqual([])
    expect(left(three, items('1', 0))).toEqual([[1000, 3, 100]])
  })

  test('an amount takes items only when all of their amount is given back', () => {
    expect(left(three, line('1', 333))).toEqual([[667, 3, 66]])
    expect(left(three, line('1', 334))).toEqual([[666, 2, 66]])
    expect(left(three, line('1', 333), items('1', 1))).toEqual([[666, 2, 66]])
  })

  test('items and an amount together', () => {
    expect(left(three, { ...items('1', 1), minor: 900 })).toEqual([[100, 2, 10]])
    expect(left(three, { ...items('1', 3), minor: 900 })).toEqual([[100, 0, 10]])
    expect(left(three, { ...items('1', 3), minor: 1000 })).toEqual([])
    expect(left(three, { ...items('1', 1), minor: 1000 })).toEqual([[0, 2, 0]])
  })

  test('more items than are left, and no number of items', () => {
    expect(remainingLines(three, [items('1', 4), items('1', -1), items('1', 0.5)])).toMatchObject({
      left: [
        { _tag: 'ReturnExceedsQuantity', path: ['lines', 0, 'quantity'], requestedQuantity: 4, remainingQuantity: 3 },
        { _tag: 'OutOfRange', path: ['lines', 1, 'quantity'] },
        { _tag: 'OutOfRange', path: ['lines', 2, 'quantity'] },
      ],
    })
  })

  test('S3 what counts of the rest is the same in whatever parts an amount is given back', () => {
    const parts = fc.array(fc.nat({ max: 300 }), { maxLength: 8 })
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 9 }), fc.nat({ max: 2000 }), (amounts, quantity, basisMinor) => {
        const whole = amounts.reduce((sum, one) => sum + one, 0)
        const bought = [
          { ...plainLine('1', 2500, [], quantity), basisMinor, original: { minor: 2500, basisMinor, quantity } },
        ]
        expect(left(bought, ...amounts.map((minor) => line('1', minor)))).toEqual(left(bought, line('1', whole)))
      }),
    )
  })

  test('a complete return leaves nothing', () => {
    fc.assert(
      fc.property(countedLinesArbitrary, (bought) => {
        expect(unwrap(remainingLines(bought, completeReturn(bought)))).toEqual([])
      }),
    )
  })
})

/** A complete return, cut into parts in some order. */
const returnInParts = (
  bought: ReadonlyArray<CountedLine>,
  cuts: ReadonlyArray<number>,
  keys: ReadonlyArray<number>,
): ReadonlyArray<ReadonlyArray<ReturnedLine>> => {
  const parts = bought.flatMap(({ id, minor }, index) => {
    const first = minor === 0 ? 0 : (cuts[index % cuts.length] ?? 0) % minor
    return first === 0
      ? [{ line: id }]
      : [
          { line: id, minor: first },
          { line: id, minor: minor - first },
        ]
  })
  const shuffled = parts
    .map((part, index) => ({ part, key: keys[index % keys.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ part }) => part)
  return shuffled.map((part) => [part])
}

describe('clawedBack', () => {
  test('S3 what was granted less what the rest earns, never less than 0', () => {
    expect(clawedBack(59 as Points, 39 as Points)).toBe(20)
    expect(clawedBack(10 as Points, 12 as Points)).toBe(0)
  })

  test('a complete return, in any parts and any order, takes exactly what was granted', () => {
    const cuts = fc.array(fc.nat({ max: 20_000 }), { minLength: 1 })
    fc.assert(
      fc.property(earningRulesArbitrary, countedLinesArbitrary, cuts, cuts, (rules, bought, cut, keys) => {
        const { granted, taken, kept, left } = claws(rules, bought, returnInParts(bought, cut, keys))
        if (bought.length === 0) return
        expect(left).toEqual([])
        expect(kept.every((of) => of === 0)).toBe(true)
        const sums = granted.map((_, index) => taken.reduce((sum, claw) => sum + (claw[index] ?? 0), 0))
        expect(sums).toEqual(granted)
        expect(taken.flat().every((claw) => claw >= 0)).toBe(true)
      }),
    )
  })

  test('a found one: what the rest would earn more than was granted is not given, and not taken twice', () => {
    const small = rule('linear', '1', 100, { wallet: points, when: { field: 'amount', lessThan: 1000 } })
    const { granted, taken } = claws({ rounding: floorOnOrder, rules: [small] }, lines(1000), [
      [line('1', 500)],
      [line('1')],
    ])
    expect([granted, ...taken]).toEqual([[0], [0], [0]])
  })
})
