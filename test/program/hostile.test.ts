// Programs, activities and states from somebody who means harm: a typed fault with its path, and in bounded time.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CapUsage } from '../../src/earning/index.ts'
import { decode, formatPath, type InvalidValue } from '../../src/foundation/index.ts'
import { Activity, compileProgram, decide, decodeProgram, MemberEvent, MemberState } from '../../src/program/index.ts'
import { activity, eur, following, joins, member, shop, shopJson } from './shop.ts'

/** What a parser makes of 1e400. */
const huge = JSON.parse('1e400') as number
const day1 = '2026-01-01T00:00:00Z'

const nested = (depth: number, inside: unknown = null): unknown => {
  let value = inside
  for (let level = 0; level < depth; level += 1) value = { all: [value] }
  return value
}

type Decoded = { readonly _tag: 'Left'; readonly left: ReadonlyArray<InvalidValue> } | { readonly _tag: 'Right' }

const pathsOf = (decoded: Decoded): ReadonlyArray<string> =>
  decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []

const rule = (change: object) => ({
  ...shopJson,
  earning: { ...shopJson.earning, rules: [{ ...shopJson.earning.rules[0], ...change }] },
})

describe('hostile programs', () => {
  test('conditions nested a hundred thousand deep are refused, not recursed into', () => {
    expect(pathsOf(decodeProgram(rule({ when: nested(100_000) })))).toHaveLength(1)
    expect(pathsOf(decodeProgram(nested(100_000))).length).toBeGreaterThan(0)
    expect(pathsOf(decodeProgram(JSON.parse('['.repeat(5_000) + ']'.repeat(5_000))))).toEqual([''])
  })

  test('lists beyond their bound are refused as a whole, without a fault for every item', () => {
    const rules = Array.from({ length: 10_001 }, (_, index) => ({ ...shopJson.earning.rules[0], id: `rule ${index}` }))
    expect(pathsOf(decodeProgram({ ...shopJson, earning: { ...shopJson.earning, rules } }))).toEqual(['earning.rules'])
    const wallets = new Array(5_000_000).fill(null)
    expect(pathsOf(decodeProgram({ ...shopJson, wallets }))).toContain('wallets')
  })

  test('declarations have their bounds, one by one', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `f${index}`, type: 'flag' }))
    const declaring = (more: object) =>
      pathsOf(decodeProgram({ ...shopJson, earning: { ...shopJson.earning, ...more } }))
    expect(declaring({ attributes: many(1_000), actions: [{ name: 'visit', fields: many(100) }] })).toEqual([])
    expect(declaring({ attributes: many(1_001) })).toEqual(['earning.attributes'])
    expect(declaring({ actions: [{ name: 'visit', fields: many(101) }] })).toEqual(['earning.actions[0].fields'])
  })

  test('many caps, each with many counts: no cap looks through those of the others', () => {
    const caps = Array.from({ length: 300 }, (_, index) => ({
      id: `cap ${index}`,
      wallet: 'points',
      limit: 1_000,
      counts: 'points',
      window: { type: 'lifetime' },
      onExceed: 'truncate',
      per: { scope: 'member', by: 'store' },
    }))
    const program = shop({ earning: { ...shopJson.earning, caps } })
    const joined = following(program, [joins(day1)]).state
    const stores = Array.from({ length: 300 }, (_, index) => `store ${index}`)
    const counted = stores.flatMap((key) =>
      caps.map(({ id: cap }) => ({ type: 'lifetime', cap, key, used: 1 }) as CapUsage),
    )
    const state = { ...joined, progress: { ...joined.progress, caps: counted } }
    const lines = [{ id: '1', amount: eur('5.00') }]
    const order = activity({ type: 'purchase', id: 'o', at: day1, lines, attributes: { store: 'store 299' } })
    const times = [1, 2, 3].map(() => {
      const before = performance.now()
      expect(following(program, [order], state).state.progress.caps).toHaveLength(90_000)
      return performance.now() - before
    })
    expect(Math.min(...times)).toBeLessThan(800)
  })

  test('numbers that are none', () => {
    for (const version of [Number.NaN, huge, -huge, 1.5, 2 ** 53, '1', 1n, null]) {
      expect(pathsOf(decodeProgram({ ...shopJson, version }))).toEqual(['version'])
    }
    for (const decimals of [Number.NaN, huge, -1, 7]) {
      const wallets = [{ ...shopJson.wallets[0], decimals }]
      expect(pathsOf(decodeProgram({ ...shopJson, wallets }))).toEqual(['wallets[0].decimals'])
    }
    for (const points of ['NaN', 'Infinity', '1e400', '0x10', '١', '1'.repeat(400), '']) {
      const award = { ...shopJson.earning.rules[0].award, points }
      expect(pathsOf(decodeProgram(rule({ award })))).toEqual(['earning.rules[0].award.points'])
    }
  })

  test('ids that are members of every object are ordinary', () => {
    for (const id of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '\ud800', '\u0000']) {
      const json = {
        ...shopJson,
        wallets: [{ ...shopJson.wallets[0], id }],
        earning: { ...shopJson.earning, rules: [{ ...shopJson.earning.rules[0], id, wallet: id }] },
      }
      const program = shop(json)
      const buys = { type: 'purchase', id, at: day1, lines: [{ id, amount: eur('10.00'), categories: [id] }] }
      const { state } = following(program, [joins(day1), activity(buys)])
      expect(state.wallets).toMatchObject([{ id, active: 10 }])
      const copy = decode(MemberState, JSON.parse(JSON.stringify(MemberState.encode(state))))
      expect(copy).toEqual({ _tag: 'Right', right: state })
    }
    expect(Object.hasOwn(Object.prototype, 'active')).toBe(false)
  })

  test('an own key named __proto__ is an unknown key', () => {
    const json = JSON.parse(`{"__proto__": {"version": 1}, ${JSON.stringify(shopJson).slice(1)}`) as unknown
    expect(pathsOf(decodeProgram(json))).toEqual(['__proto__'])
  })

  test('ids that come twice are named at their second place', () => {
    const twice = { ...shopJson, wallets: [shopJson.wallets[0], shopJson.wallets[0]] }
    expect(pathsOf(decodeProgram(twice))).toEqual(['wallets[1].id'])
    const rules = [shopJson.earning.rules[0], shopJson.earning.rules[0]]
    expect(pathsOf(decodeProgram({ ...shopJson, earning: { ...shopJson.earning, rules } }))).toEqual([
      'earning.rules[1].id',
    ])
  })
})

describe('hostile activities, events and states', () => {
  test('amounts, dates and ids that are none', () => {
    const buys = (line: object) => ({ type: 'purchase', id: 'o', member: 'anna', at: day1, lines: [line] })
    for (const amount of ['NaN', '1e400', '0.001', '9'.repeat(40), '']) {
      expect(pathsOf(decode(Activity, buys({ id: '1', amount: eur(amount) })))).toEqual(['lines[0].amount.amount'])
    }
    expect(pathsOf(decode(Activity, buys({ id: '1', amount: eur('-1.00') })))).toEqual(['lines[0].amount'])
    for (const at of ['2026-02-30T00:00:00Z', '+1000000-01-01T00:00:00Z', '', 0]) {
      expect(pathsOf(decode(Activity, { type: 'enrolment', id: 'e', member: 'anna', at }))).toEqual(['at'])
    }
    const many = Array.from({ length: 10_001 }, (_, id) => ({ id: String(id), amount: eur('1.00') }))
    expect(pathsOf(decode(Activity, { ...buys({}), lines: many }))).toEqual(['lines'])
  })

  test('anything at all decodes or is refused', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
    })
    fc.assert(
      fc.property(anything, anything, (json, part) => {
        for (const codec of [Activity, MemberEvent, MemberState]) expect(codec.decode(json)).toHaveProperty('_tag')
        expect(decodeProgram(json)).toHaveProperty('_tag')
        for (const key of Object.keys(shopJson)) {
          expect(decodeProgram({ ...shopJson, [key]: part })).toHaveProperty('_tag')
        }
      }),
    )
  })

  test('whatever is decided without being decoded is decided or rejected', () => {
    const program = shop()
    const state = following(program, [joins(day1)]).state
    const type = fc.constantFrom(
      ...['purchase', 'return', 'action', 'enrolment', 'redemption', 'transferIn', 'openingBalance', 'tierGrant'],
      ...['referralConverted', 'donation', 'rewardStep', 'merge', 'constructor', '__proto__', 'zzz'],
    )
    const at = fc.constantFrom(state.asOf, 0, Number.NaN, '2026-01-01T00:00:00Z')
    const activities = fc.oneof(
      fc.jsonValue(),
      fc.record({ type, id: fc.constantFrom('o', 1), member: fc.constant('anna'), at, lines: fc.jsonValue() }),
    )
    fc.assert(
      fc.property(activities, (json) => {
        const decided = decide(program, state, json as never)
        const isRejected = decided._tag === 'Left' && decided.left[0]?._tag === 'InvalidActivity'
        expect(isRejected).toBe(!Activity.is(json))
      }),
    )
  })

  test('a purchase with one part replaced by anything is decided or rejected', () => {
    const program = shop({ exchange: { rates: [] } })
    const state = following(program, [joins(day1)]).state
    const money = { minor: 1000, currency: 'EUR' }
    const line = { id: '1', amount: money, categories: ['a'], quantity: 1, sku: 's', brand: 'b', kind: 'goods' }
    const whole = { type: 'purchase', id: 'o', member: 'anna', at: state.asOf, lines: [line], attributes: {} }
    const ofLine = fc.constantFrom(...Object.keys(line), 'discount', 'tax')
    const ofWhole = fc.constantFrom(...Object.keys(whole), 'payments', 'vouchers', 'referral', 'occurredAt')
    const put = (of: object, key: string, part: unknown) => ({ ...of, [key]: part })
    expect(decide(program, state, whole as never)).toHaveProperty('_tag', 'Right')
    expect(decide(program, state, put(whole, 'lines', []) as never)).toMatchObject({
      left: [{ _tag: 'InvalidActivity', path: ['lines'] }],
    })
    const bad: ReadonlyArray<readonly [string, unknown]> = [
      ...([
        ['id', 1],
        ['member', 1],
        ['at', 'x'],
        ['attributes', []],
        ['payments', 1],
      ] as const),
      ...([
        ['vouchers', 1],
        ['referral', 1],
        ['occurredAt', 'x'],
        ['lines', [1]],
      ] as const),
      ...[{ amount: 1 }, { amount: { minor: 1 } }, { id: 1 }, { categories: [1] }, { quantity: 'x' }, { sku: 1 }].map(
        (more) => ['lines', [{ ...line, ...more }]] as const,
      ),
      ...[{ brand: 1 }, { kind: 1 }, { discount: 1 }, { tax: {} }].map(
        (more) => ['lines', [{ ...line, ...more }]] as const,
      ),
    ]
    for (const [key, part] of bad) {
      const decided = decide(program, state, put(whole, key, part) as never)
      expect([key, part, decided]).toMatchObject([key, part, { left: [{ _tag: 'InvalidActivity' }] }])
    }
    fc.assert(
      fc.property(ofWhole, ofLine, fc.oneof(fc.jsonValue(), fc.anything()), (key, own, part) => {
        expect(decide(program, state, put(whole, key, part) as never)).toHaveProperty('_tag')
        expect(decide(program, state, put(whole, 'lines', [put(line, own, part)]) as never)).toHaveProperty('_tag')
      }),
    )
  })

  test('a program with one part replaced by anything compiles and decides, or is refused', () => {
    const texts = fc.constantFrom('__proto__', 'constructor', '', '0', 'points', 'NaN', '\ud800')
    fc.assert(
      fc.property(
        fc.constantFrom('id', 'wallet', 'lines', 'when', 'award'),
        fc.oneof(texts, fc.anything()),
        (key, part) => {
          const program = decodeProgram(rule({ [key]: part }))
          if (program._tag === 'Left') return
          const compiled = compileProgram(program.right)
          if (compiled._tag === 'Left') return
          expect(decide(compiled.right, member(), joins(day1))).toHaveProperty('_tag', 'Right')
        },
      ),
    )
  })
})
