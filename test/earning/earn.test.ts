import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CountedLine,
  compileEarning,
  type EarningRules,
  emptyEarningContext,
  type WalletEarning,
} from '../../src/earning/index.ts'
import { localDateOf, type RoundingMode, type RuleId, unwrap, utc, type Zone } from '../../src/foundation/index.ts'
import {
  countedLinesArbitrary,
  earningRulesArbitrary,
  eur,
  largeLinesArbitrary,
  plainLine,
  walletUnits,
  weekdayName,
} from '../arbitraries/earning.ts'
import { frozen, zoneOfProgram } from '../arbitraries/ledger.ts'
import { instantIn, realZone } from '../arbitraries/time.ts'
import { at, earned, earnOn, floorOnOrder, lines, points, purchase, rule, sunday } from './counter.ts'
import { earnByHand, type ModelEarning } from './rational-model.ts'

const most = Number.MAX_SAFE_INTEGER
const of = (bought: CountedLine, ...categories: ReadonlyArray<string>): CountedLine =>
  plainLine(bought.id, bought.minor, categories)

describe('S1 a basket of 3.00 at 5 points per 2.50', () => {
  test('S1 step: 5', () => {
    expect(earned([rule('step', '5', 250)], lines(300)).points).toBe(5)
  })

  test('S1 linear: 6', () => {
    expect(earned([rule('linear', '5', 250)], lines(300)).points).toBe(6)
  })

  test('S1 steps of each line: none for two lines of 1.50, one step of the order for both', () => {
    expect(earned([rule('step', '5', 250, { on: 'line' })], lines(150, 150)).points).toBe(0)
    expect(earned([rule('step', '5', 250)], lines(150, 150)).points).toBe(5)
  })
})

describe('S2 what is rounded', () => {
  test.each<[RoundingMode, number]>([
    ['floor', 1],
    ['truncate', 1],
    ['ceil', 2],
    ['halfUp', 2],
    ['halfEven', 2],
    ['halfAway', 2],
  ])('S2 1.5 points by %s: %i', (mode, expected) => {
    expect(earned([rule('linear', '1', 100)], lines(150), { mode, on: 'order' }).points).toBe(expected)
  })

  test('S2 ties go to the even number by halfEven', () => {
    expect(earned([rule('linear', '1', 100)], lines(250), { mode: 'halfEven', on: 'order' }).points).toBe(2)
  })
})

describe('S4 three times 19.99 at 1 point per euro', () => {
  const base = [rule('linear', '1', 100)]

  test('S4 rounded on the order: 59, of the lines 20, 20 and 19', () => {
    expect(earned(base, lines(1999, 1999, 1999))).toEqual({ points: 59, byLine: [20, 20, 19] })
  })

  test('S4 rounded on each line: 57', () => {
    expect(earned(base, lines(1999, 1999, 1999), { mode: 'floor', on: 'line' })).toEqual({
      points: 57,
      byLine: [19, 19, 19],
    })
  })

  test('S4 100 points over three equal lines: 34, 33 and 33', () => {
    expect(earned([rule('step', '100', 100)], lines(40, 40, 40)).byLine).toEqual([34, 33, 33])
    expect(earned([rule('linear', '100', 300)], lines(100, 100, 100)).byLine).toEqual([34, 33, 33])
  })
})

describe('S6 rounded once', () => {
  test('S6 rules that earn fractions are summed before rounding', () => {
    const halves = [rule('linear', '0.5', 100), rule('linear', '0.5', 100, { id: 'more' as RuleId })]
    expect(earned(halves, lines(100)).points).toBe(1)
    expect(earned(halves.slice(0, 1), lines(100)).points).toBe(0)
  })

  test('S6 3 points at a rate of 1.25² are 4, not 3', () => {
    expect(earned([rule('linear', '1.5625', 100)], lines(300)).points).toBe(4)
  })
})

describe('S8 an item in two categories', () => {
  test('S8 counts once: 40 points for 40.00, not 80', () => {
    const either = rule('linear', '1', 100, { lines: { field: 'categories', hasAny: ['A', 'B'] } })
    const bought = lines(4000).map((line) => of(line, 'A', 'B'))
    expect(earned([either], bought).points).toBe(40)
  })

  test('S8 counts once, however often a category is named', () => {
    const either = rule('linear', '1', 100, { when: { field: 'categories', hasAny: ['A'] } })
    const bought = lines(4000, 0).map((line) => of(line, 'A', 'A', '__proto__'))
    expect(earned([either], bought).points).toBe(40)
  })
})

describe('what counts', () => {
  test('only the lines that meet the condition, in the order in which they were bought', () => {
    const books = rule('linear', '1', 100, { lines: { field: 'categories', hasAny: ['books'] } })
    const bought = [of(lines(100)[0] as CountedLine, 'shoes'), of({ ...(lines(0, 300)[1] as CountedLine) }, 'books')]
    const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules: [books] })
    expect(unwrap(earnOn(compiled, bought, utc, sunday))).toEqual([
      {
        wallet: points,
        points: 3,
        desired: 3,
        denominator: '100',
        rules: [
          {
            rule: 'base',
            stage: 'base',
            case: null,
            award: books.award,
            lines: ['2'],
            basisMinor: 300,
            numerator: '300',
            before: '300',
            granted: '300',
          },
        ],
        multipliers: [],
        capSteps: [],
        deferred: [],
        levels: [],
        byLine: [0, 3],
        parts: [{ kind: 'regular', funder: null, validity: null, pending: null, points: 3 }],
      },
    ])
  })

  test('categories that name members of every object are only texts', () => {
    const books = rule('linear', '1', 100, { lines: { field: 'categories', hasAny: ['__proto__'] } })
    const [first, second] = lines(100, 300) as [CountedLine, CountedLine]
    expect(earned([books], [first, of(second, '__proto__')]).points).toBe(3)
    expect(earned([books], [first, of(second, 'constructor')]).points).toBe(0)
  })

  test('S12 the weekday is that of the program’s zone', () => {
    const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], {
      rounding: floorOnOrder,
      rules: [rule('linear', '1', 100, { when: { field: 'weekday', is: 'sunday' } })],
    })
    const on = (zone: Zone) => unwrap(earnOn(compiled, lines(500), zone, at('2026-03-02T02:00:00Z')))[0]?.points
    expect(on(utc)).toBe(0)
    expect(on(realZone('America/New_York'))).toBe(5)
  })

  test('a wallet with decimals counts in its smallest unit', () => {
    const compiled = compileEarning(eur, [{ id: points, decimals: 2 }], {
      rounding: floorOnOrder,
      rules: [rule('linear', '1', 300)],
    })
    expect(unwrap(earnOn(compiled, lines(100), utc, sunday))[0]).toMatchObject({ points: 33, denominator: '3' })
  })

  test('no line earns nothing', () => {
    for (const on of ['order', 'line'] as const) {
      expect(earned([rule('linear', '1', 100), rule('step', '1', 100)], [], { mode: 'ceil', on })).toEqual({
        points: 0,
        byLine: [],
      })
    }
  })
})

const weekdayIn = (zone: Zone, instant: Parameters<typeof localDateOf>[1]): string =>
  weekdayName(localDateOf(zone, instant))

const when = zoneOfProgram.chain((zone) => fc.tuple(fc.constant(zone), instantIn(zone)))

/** The library and the model, side by side. */
const bothWays = (rules: EarningRules, bought: ReadonlyArray<CountedLine>, [zone, instant]: [Zone, typeof sunday]) => {
  const byHand = walletUnits
    .filter(({ id }) => rules.rules.some(({ wallet }) => wallet === id))
    .map((unit) => earnByHand(rules, unit, purchase(bought), emptyEarningContext, weekdayIn(zone, instant)))
  const result = earnOn(frozen(compileEarning(eur, walletUnits, frozen(rules))), frozen(bought), frozen(zone), instant)
  return { byHand, result }
}

/** What the library says, as far as the model says it too. */
const inModel = ({ wallet, points: all, desired, byLine, parts }: WalletEarning): ModelEarning => ({
  wallet,
  points: BigInt(all),
  desired: BigInt(desired),
  byLine: byLine.map(BigInt),
  parts: parts.map((part) => BigInt(part.points)),
})

describe('earn', () => {
  test('gives what fractions on paper give, in all and by line', () => {
    fc.assert(
      fc.property(earningRulesArbitrary, countedLinesArbitrary, when, (rules, bought, moment) => {
        const { byHand, result } = bothWays(rules, bought, moment)
        expect(unwrap(result).map(inModel)).toEqual(byHand)
      }),
    )
  })

  test('gives an exact result or OutOfRange, never a wrong number', () => {
    fc.assert(
      fc.property(earningRulesArbitrary, largeLinesArbitrary, when, (rules, bought, moment) => {
        const { byHand, result } = bothWays(rules, bought, moment)
        const total = bought.reduce((sum, { minor }) => sum + BigInt(minor), 0n)
        const fits = total <= most && byHand.every((one) => one.points <= most)
        expect(result._tag).toBe(fits ? 'Right' : 'Left')
        if (result._tag === 'Left') expect(result.left._tag).toBe('OutOfRange')
        else expect(result.right.map((one) => BigInt(one.points))).toEqual(byHand.map((one) => one.points))
      }),
    )
  })

  test('S4 the points of the lines sum to the points of the order, and none is negative', () => {
    fc.assert(
      fc.property(earningRulesArbitrary, countedLinesArbitrary, when, (rules, bought, [zone, instant]) => {
        for (const one of unwrap(earnOn(compileEarning(eur, walletUnits, rules), bought, zone, instant))) {
          expect(one.byLine.reduce((sum, share) => sum + share, 0)).toBe(one.points)
          expect(one.byLine.every((share) => share >= 0)).toBe(true)
          expect(one.byLine).toHaveLength(bought.length)
        }
      }),
    )
  })

  test('recomputes from what it tells: the sum of the rules over the denominator, rounded', () => {
    const onOrder = earningRulesArbitrary.map((rules) => ({ ...rules, rounding: floorOnOrder }))
    fc.assert(
      fc.property(onOrder, countedLinesArbitrary, when, (rules, bought, [zone, instant]) => {
        for (const one of unwrap(earnOn(compileEarning(eur, walletUnits, rules), bought, zone, instant))) {
          const raw = one.rules.reduce((sum, { numerator }) => sum + BigInt(numerator), 0n)
          expect(BigInt(one.points)).toBe(raw / BigInt(one.denominator))
          for (const { lines: counted, basisMinor } of one.rules) {
            const amounts = bought.filter(({ id }) => counted.includes(id)).map(({ minor }) => minor)
            expect(amounts.reduce((sum, minor) => sum + minor, 0)).toBe(basisMinor)
          }
        }
      }),
    )
  })

  test('the order of the lines changes nothing, where the order is rounded', () => {
    const onOrder = earningRulesArbitrary.map((rules) => ({
      ...rules,
      rounding: { ...rules.rounding, on: 'order' as const },
    }))
    fc.assert(
      fc.property(onOrder, countedLinesArbitrary, when, (rules, bought, [zone, instant]) => {
        const compiled = compileEarning(eur, walletUnits, rules)
        const pointsOf = (some: ReadonlyArray<CountedLine>) =>
          unwrap(earnOn(compiled, some, zone, instant)).map((one) => one.points)
        expect(pointsOf([...bought].reverse())).toEqual(pointsOf(bought))
      }),
    )
  })

  test('adding a rule that never matches changes nothing', () => {
    const position = fc.nat({ max: 5 })
    fc.assert(
      fc.property(earningRulesArbitrary, earningRulesArbitrary, position, countedLinesArbitrary, when, (...input) => {
        const [rules, others, place, bought, [zone, instant]] = input
        const idle = others.rules.map((one) => ({
          ...one,
          id: `never ${one.id}` as RuleId,
          when: {
            all: [
              { field: 'amount', atLeast: 100 },
              { field: 'amount', lessThan: 100 },
            ],
          },
        }))
        const more = [...rules.rules.slice(0, place), ...idle, ...rules.rules.slice(place)]
        const result = (of: EarningRules) =>
          new Map(
            unwrap(earnOn(compileEarning(eur, walletUnits, of), bought, zone, instant)).map((one) => [
              one.wallet,
              { points: one.points, byLine: one.byLine, rules: one.rules.map(({ rule: id }) => id) },
            ]),
          )
        const extended = result({ ...rules, rules: more })
        for (const [wallet, before] of result(rules)) expect(extended.get(wallet)).toEqual(before)
      }),
    )
  })

  test('a found one: a rule that does not match does not change how a step is shared out and rounded', () => {
    const step = rule('step', '5', 100)
    const fine = rule('linear', '0.01', 7, { id: 'fine' as RuleId, when: { field: 'amount', atLeast: 10_000 } })
    const onLine = { mode: 'floor', on: 'line' } as const
    expect(earned([step], lines(40, 40, 40), onLine)).toEqual({ points: 5, byLine: [2, 2, 1] })
    expect(earned([step, fine], lines(40, 40, 40), onLine)).toEqual({ points: 5, byLine: [2, 2, 1] })
  })

  test('raising what a line costs never lowers the points, under rules that ask for no more than a least amount', () => {
    const monotone = earningRulesArbitrary.map(({ rounding, rules }) => ({
      rounding: { ...rounding, on: 'order' as const },
      rules: rules.map(({ when: asked, lines: which, ...one }) => ({
        ...one,
        ...(asked !== undefined && 'atLeast' in asked ? { when: asked } : {}),
        ...(which !== undefined && 'atLeast' in which ? { lines: which } : {}),
      })),
    }))
    fc.assert(
      fc.property(monotone, countedLinesArbitrary, fc.nat(), fc.nat({ max: 5_000 }), when, (...input) => {
        const [rules, bought, which, more, [zone, instant]] = input
        const compiled = compileEarning(eur, walletUnits, rules)
        const raised = bought.map((line, index) =>
          index === which % bought.length ? { ...line, minor: line.minor + more } : line,
        )
        const before = unwrap(earnOn(compiled, bought, zone, instant))
        unwrap(earnOn(compiled, raised, zone, instant)).forEach((after, index) => {
          expect(after.points).toBeGreaterThanOrEqual(before[index]?.points ?? 0)
        })
      }),
    )
  })
})

describe('OutOfRange', () => {
  const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], {
    rounding: { mode: 'floor', on: 'line' },
    rules: [rule('linear', '1', 1), rule('linear', '1', 1, { id: 'again' as RuleId })],
  })
  const faultOf = (bought: ReadonlyArray<CountedLine>) => {
    const result = earnOn(compiled, bought, utc, sunday)
    return result._tag === 'Left' ? [result.left._tag, result.left.path] : result.right.map((one) => one.points)
  }

  test('the points of one line', () => {
    expect(faultOf(lines((most - 1) / 2))).toEqual([most - 1])
    expect(faultOf(lines((most - 1) / 2 + 1))).toEqual(['OutOfRange', ['lines']])
  })

  test('the sum of the points, of which each line’s are in the range', () => {
    expect(faultOf(lines(2 ** 51, 2 ** 51, 2 ** 51))).toEqual(['OutOfRange', ['lines']])
  })

  test('the sum of the amounts, also where no rule would match', () => {
    const least = compileEarning(eur, [{ id: points, decimals: 0 }], {
      rounding: floorOnOrder,
      rules: [rule('step', '1', most, { when: { field: 'amount', atLeast: 100 } })],
    })
    expect(earnOn(least, lines(most, 1), utc, sunday)).toMatchObject({ left: { _tag: 'OutOfRange', path: ['lines'] } })
    expect(unwrap(earnOn(least, lines(most), utc, sunday))[0]?.points).toBe(1)
  })

  test('an amount that is no number of minor units', () => {
    expect(faultOf(lines(100, -1))).toEqual(['OutOfRange', ['lines', 1, 'minor']])
    expect(faultOf(lines(0.5))).toEqual(['OutOfRange', ['lines', 0, 'minor']])
    expect(faultOf([plainLine('x', Number.NaN)])).toEqual(['OutOfRange', ['lines', 0, 'minor']])
  })
})
