import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, decode, type LineId, type MemberId, unwrap } from '../../src/foundation/index.ts'
import {
  Basket,
  compileVoucherPlan,
  type PricedBasket,
  ProductSelection,
  priceBasket,
  type Voucher,
  VoucherBenefit,
  type VoucherId,
  VoucherNode,
  VoucherPlan,
  voucherCodec,
} from '../../src/rewards/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './stamp-terms.ts'
import { cheapest, type ModelState, modelApply, start, toPay } from './voucher-model.ts'
import {
  basket,
  basketArbitrary,
  buyTwoGetOne,
  context,
  credit,
  fixed,
  freeShipping,
  group,
  leaf,
  line,
  percent,
  price,
  stacked,
  vocabulary,
  voucher,
  voucherArbitrary,
  vouchersArbitrary,
} from './voucher-terms.ts'

const hundred = basket([line('1', 10_000)])
const reasons = ({ declined }: PricedBasket) => declined.map(({ voucher: id, because }) => [id, because.reason])
const id = (text: string) => text as VoucherId

describe('S55 100 €', () => {
  test('S55 10 % and 20 %: 72 one after the other, 70 on the initial amount', () => {
    expect(stacked([percent('a', 1000), percent('b', 2000)], hundred).payMinor).toBe(7200)
    expect(stacked([percent('a', 1000, 'initial'), percent('b', 2000, 'initial')], hundred).payMinor).toBe(7000)
  })

  test('S55 15 € off first: 85 → 76.50 → 61.20; last: 72 → 57', () => {
    const [ten, twenty, fifteen] = [percent('a', 1000), percent('b', 2000), fixed('c', 1500)]
    expect(stacked([fifteen, ten], hundred).payMinor).toBe(7650)
    expect(stacked([fifteen, ten, twenty], hundred).payMinor).toBe(6120)
    expect(stacked([ten, twenty, fifteen], hundred).payMinor).toBe(5700)
  })

  test('S55 a cap on all percents: at most 25 % off', () => {
    const result = stacked([percent('a', 1000, 'initial'), percent('b', 2000, 'initial'), fixed('c', 1)], hundred, {
      maximumBasisPoints: 2500,
    })
    expect(result.payMinor).toBe(7500)
    expect(result.applied.map(({ minor, cappedBy }) => [minor, cappedBy])).toEqual([
      [1000, null],
      [1500, 'total'],
    ])
    expect(reasons(result)).toEqual([['c', 'totalCapReached']])
  })

  test('S55 a voucher’s own maximum', () => {
    const result = stacked([percent('a', 5000, 'running', {}, 2000)], hundred)
    expect([result.payMinor, result.applied[0]?.cappedBy]).toEqual([8000, 'voucher'])
  })

  test('S55 minimum 50 after discount: 10 % on 54 leaves 48.60, so it does not apply', () => {
    const minimum = (on: string) => percent('a', 1000, 'running', { minimumSpend: { minor: 5000, on } })
    const result = stacked([minimum('afterDiscount')], basket([line('1', 5400)]))
    expect(result.declined).toEqual([
      { voucher: 'a', because: { reason: 'belowMinimumAfterDiscount', missingMinor: 140 } },
    ])
    expect(stacked([minimum('running')], basket([line('1', 5400)])).payMinor).toBe(4860)
  })

  test('S55 the order decides: a gift card of 10.50 first leaves 9.50, below the coupon’s minimum of 10', () => {
    const coupon = fixed('coupon', 500, { minimumSpend: { minor: 1000, on: 'running' } })
    const twenty = basket([line('1', 2000)])
    const cardFirst = stacked([credit('card', 1050), coupon], twenty)
    expect(cardFirst.declined).toEqual([
      { voucher: 'coupon', because: { reason: 'belowMinimumSpend', missingMinor: 50 } },
    ])
    expect([cardFirst.totalMinor, cardFirst.payMinor]).toEqual([2000, 950])
    const couponFirst = stacked([coupon, credit('card', 1050)], twenty)
    expect([couponFirst.totalMinor, couponFirst.creditMinor, couponFirst.payMinor]).toEqual([1500, 1050, 450])
  })

  test('S55 best is decided by the whole basket: the better one alone would block a later one', () => {
    const big = fixed('big', 3000)
    const small = fixed('small', 2000)
    const later = fixed('later', 4000, { minimumSpend: { minor: 7500, on: 'running' } })
    const root = group('stack', group('best', leaf('big'), leaf('small')), leaf('later'))
    const result = price(root, [big, small, later], hundred)
    expect(result.payMinor).toBe(4000)
    expect(result.declined).toEqual([{ voucher: 'big', because: { reason: 'notBest', totalMinor: 7000 } }])
  })

  test('S55 of equal choices the first in the list, whatever the order of the vouchers', () => {
    const [a, b] = [fixed('a', 1000), percent('b', 1000)]
    for (const vouchers of [
      [a, b],
      [b, a],
    ]) {
      expect(price(group('best', leaf('b'), leaf('a')), vouchers, hundred).applied.map((one) => one.voucher)).toEqual([
        'b',
      ])
    }
  })

  test('S55 of equal combinations the one with fewer vouchers, then the first in the list', () => {
    const all = (name: string) => fixed(name, 10_000)
    const offers = [all('a'), all('b'), freeShipping('c')]
    const applied = (...names: ReadonlyArray<string>) =>
      price(group('bestCombination', ...names.map(leaf)), offers, hundred).applied.map((one) => one.voucher)
    expect(applied('a', 'b', 'c')).toEqual(['a'])
    expect(applied('c', 'b', 'a')).toEqual(['b'])
  })

  test('worst, listOrder, nested', () => {
    const vouchers = [fixed('a', 1000), fixed('b', 2000), fixed('c', 500, { validUntil: '2026-03-01T12:00:00Z' })]
    expect(reasons(price(group('worst', leaf('a'), leaf('b')), vouchers, hundred))).toEqual([['b', 'notWorst']])
    const first = price(group('listOrder', leaf('c'), leaf('b'), leaf('a')), vouchers, hundred)
    expect(reasons(first)).toEqual([
      ['c', 'expired'],
      ['a', 'notFirst'],
    ])
    const nested = group('best', group('stack', leaf('a'), leaf('c')), group('listOrder', leaf('b')))
    expect(price(nested, vouchers, hundred).payMinor).toBe(8000)
  })
})

describe('S56 exclusive with', () => {
  const solo = (name: string, minor: number) => fixed(name, minor, { groups: ['solo'], exclusiveWith: ['solo'] })

  test('S56 two of one group that excludes itself do not stack; others do', () => {
    const result = stacked([solo('a', 1000), solo('b', 2000), fixed('c', 300)], hundred)
    expect(result.payMinor).toBe(8700)
    expect(result.declined).toEqual([{ voucher: 'b', because: { reason: 'exclusiveWith', other: 'a' } }])
  })

  test('S56 it holds whichever of the two says so', () => {
    const sale = fixed('sale', 1000, { groups: ['sale'] })
    const coupon = fixed('coupon', 500, { exclusiveWith: ['sale'] })
    expect(reasons(stacked([sale, coupon], hundred))).toEqual([['coupon', 'exclusiveWith']])
    expect(reasons(stacked([coupon, sale], hundred))).toEqual([['sale', 'exclusiveWith']])
  })
})

describe('kinds', () => {
  test('free shipping and a free product, in the basket or as a gift', () => {
    const mugs = basket([line('1', 900, 1, { sku: 'mug' })], 490)
    const result = stacked([freeShipping('ship'), voucher('gift', { type: 'product', sku: 'mug', quantity: 2 })], mugs)
    expect([result.payMinor, result.shippingMinor]).toEqual([0, 0])
    expect(result.applied[1]?.gifts).toEqual([{ sku: 'mug', quantity: 1 }])
  })

  test('S57 buy 2, get 1', () => {
    const result = stacked([buyTwoGetOne('bogo')], basket([line('1', 3000, 3)]))
    expect(result.payMinor).toBe(6000)
    const two = stacked([buyTwoGetOne('bogo')], basket([line('1', 3000, 2)]))
    expect(two.declined).toEqual([{ voucher: 'bogo', because: { reason: 'tooFewItems', missingItems: 1 } }])
  })

  test('S8 an item in two categories of a voucher counts once', () => {
    const products = { skus: ['mug'], categories: ['kitchen', 'sale'] }
    const both = basket([line('1', 4000, 1, { sku: 'mug', categories: ['kitchen', 'sale'] }), line('2', 1000)])
    expect(stacked([percent('a', 1000, 'running', { products })], both).discountMinor).toBe(400)
  })
})

describe('why a voucher does not apply', () => {
  const because = (one: Voucher, bought = hundred, rest = {}) => stacked([one], bought, rest).declined[0]?.because

  test('each reason says what is missing', () => {
    expect(because(fixed('a', 1, { validFrom: '2026-03-01T12:00:00.001Z' }))).toEqual({
      reason: 'notYetValid',
      validFrom: at('2026-03-01T12:00:00.001Z'),
    })
    expect(because(fixed('a', 1, { validUntil: '2026-03-01T12:00:00Z' }))).toEqual({
      reason: 'expired',
      validUntil: context.at,
    })
    expect(because(fixed('a', 1, { currency: 'USD' }))).toEqual({ reason: 'otherCurrency' })
    expect(because(fixed('a', 1, { members: ['berta'] }))).toEqual({ reason: 'notForMember' })
    expect(because(fixed('a', 1, { members: ['anna'] }), hundred, { member: null })).toEqual({ reason: 'notForMember' })
    expect(because(fixed('a', 1, { when: { field: 'orderNumber', equals: 10 } }))).toEqual({
      reason: 'conditionUnknown',
    })
    expect(
      because(fixed('a', 1, { when: { field: 'orderNumber', equals: 10 } }), hundred, { facts: { orderNumber: 9 } }),
    ).toEqual({ reason: 'conditionNotMet' })
    expect(because(fixed('a', 1), hundred, { usedUp: [id('a')] })).toEqual({ reason: 'usedUp' })
    expect(because(fixed('a', 1, { products: { skus: ['x'], categories: [] } }))).toEqual({
      reason: 'noMatchingProduct',
    })
    expect(because(fixed('a', 1), basket([line('1', 0)]))).toEqual({ reason: 'nothingLeft' })
  })

  test('a code that is in no plan; one that was not entered is not mentioned', () => {
    const root = group('stack', leaf('a'), leaf('b'))
    const vouchers = [fixed('a', 100), fixed('b', 100)]
    const result = price(root, vouchers, hundred, { submitted: [id('b'), id('nonsense')] })
    expect(result.applied.map((one) => one.voucher)).toEqual(['b'])
    expect(reasons(result)).toEqual([['nonsense', 'notInPlan']])
  })
})

test('what is wrong with a plan or a basket is told, all of it', () => {
  const plan = unwrap(
    decode(VoucherPlan, { root: group('stack', leaf('a'), leaf('a'), leaf('b')), maximumBasisPoints: null }),
  )
  const compiled = compileVoucherPlan(vocabulary, plan, [fixed('a', 1), fixed('a', 2)])
  expect(compiled._tag === 'Left' && compiled.left.map(({ path }) => path.join('.'))).toEqual([
    'vouchers.1.id',
    'plan.root.of.1.voucher',
    'plan.root.of.2.voucher',
  ])
  const empty = unwrap(
    compileVoucherPlan(vocabulary, unwrap(decode(VoucherPlan, { root: group('stack'), maximumBasisPoints: null })), []),
  )
  const wrong = { ...basket([line('1', -1, 0), line('1', 5)]), shippingMinor: 0.5 }
  const result = priceBasket(empty, wrong, context)
  expect(result._tag === 'Left' && result.left.map(({ path }) => path.join('.'))).toEqual([
    'lines.0.unitMinor',
    'lines.0.quantity',
    'lines.1.id',
    'shippingMinor',
  ])
  const large = priceBasket(empty, basket([line('1', Number.MAX_SAFE_INTEGER, 2)]), context)
  expect(large._tag).toBe('Left')
})

test('a voucher that ends before it begins is refused', () => {
  const json = voucherCodec(vocabulary).encode(fixed('a', 1)) as object
  const during = (validFrom: string, validUntil: string) =>
    decode(voucherCodec(vocabulary), { ...json, validFrom, validUntil })
  expect(during('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z')._tag).toBe('Right')
  expect(during('2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z')).toMatchObject({ left: [{ path: ['validUntil'] }] })
})

test('a plan with too many choices is refused, quickly', () => {
  const vouchers = Array.from({ length: 20 }, (_, index) => percent(`v${index}`, 100 + index))
  const plan = unwrap(
    decode(VoucherPlan, {
      root: group('bestCombination', ...vouchers.map((one) => leaf(one.id))),
      maximumBasisPoints: null,
    }),
  )
  const result = priceBasket(unwrap(compileVoucherPlan(vocabulary, plan, vouchers)), hundred, context)
  expect(result._tag === 'Left' && result.left[0]?._tag).toBe('TooManyCombinations')
})

const orderNumberArbitrary = fc.constantFrom(undefined, 3, 12)
const facts = (orderNumber: number | undefined) => ({ facts: { orderNumber } })

describe('laws', () => {
  test('a stack is what a slow model says, one voucher after the other', () => {
    fc.assert(
      fc.property(basketArbitrary, vouchersArbitrary(4), orderNumberArbitrary, (bought, vouchers, orderNumber) => {
        let state: ModelState = start(bought)
        for (const one of vouchers) state = modelApply(one, bought, state, orderNumber) ?? state
        const result = stacked(vouchers, bought, facts(orderNumber))
        expect([result.totalMinor, result.payMinor]).toEqual([state.total, toPay(state)])
        expect(result.applied.map((one) => one.voucher)).toEqual(state.used.map((one) => one.id))
      }),
      { numRuns: 400 },
    )
  })

  test('bestCombination is the cheapest of all orders of all subsets', () => {
    fc.assert(
      fc.property(basketArbitrary, vouchersArbitrary(4), orderNumberArbitrary, (bought, vouchers, orderNumber) => {
        const root = group('bestCombination', ...vouchers.map((one) => leaf(one.id)))
        const result = price(root, vouchers, bought, facts(orderNumber))
        expect([result.totalMinor, result.payMinor]).toEqual(cheapest(vouchers, bought, orderNumber))
      }),
    )
  })

  test('best and worst groups, one after the other, are the best or worst of all choices', () => {
    const choose = (
      sets: ReadonlyArray<readonly [mode: string, of: ReadonlyArray<Voucher>]>,
      bought: Basket,
      state: ModelState,
      orderNumber: number | undefined,
    ): ModelState => {
      const [first, ...rest] = sets
      if (first === undefined) return state
      const able = first[1].flatMap((one) => modelApply(one, bought, state, orderNumber) ?? [])
      const outcomes = (able.length === 0 ? [state] : able).map((next) => choose(rest, bought, next, orderNumber))
      const sign = first[0] === 'best' ? 1 : -1
      return outcomes.reduce((a, b) => ((b.total - a.total || toPay(b) - toPay(a)) * sign < 0 ? b : a))
    }
    fc.assert(
      fc.property(
        basketArbitrary,
        vouchersArbitrary(6),
        fc.constantFrom('best', 'worst'),
        fc.constantFrom('best', 'worst'),
        (bought, vouchers, one, two) => {
          const sets = [
            [one, vouchers.slice(0, 3)],
            [two, vouchers.slice(3, 5)],
            ['best', vouchers.slice(5)],
          ] as const
          const root = group('stack', ...sets.map(([mode, of]) => group(mode, ...of.map((each) => leaf(each.id)))))
          const result = price(root, vouchers, bought)
          const expected = choose(sets, bought, start(bought), undefined)
          expect([result.totalMinor, result.payMinor]).toEqual([expected.total, toPay(expected)])
        },
      ),
    )
  })

  test('lines add up, none is below 0, and every voucher is told of once', () => {
    const modes = ['stack', 'listOrder', 'best', 'worst', 'bestCombination']
    fc.assert(
      fc.property(
        basketArbitrary,
        vouchersArbitrary(5),
        fc.constantFrom(...modes),
        fc.constantFrom(...modes),
        fc.option(fc.integer({ min: 1, max: 10_000 })),
        (bought, vouchers, outer, inner, maximumBasisPoints) => {
          const leaves = vouchers.map((one) => leaf(one.id))
          const root = group(outer, group(inner, ...leaves.slice(0, 3)), ...leaves.slice(3))
          const result = price(root, frozen(vouchers), frozen(bought), { maximumBasisPoints })
          const net = result.lines.map(({ netMinor }) => netMinor)
          expect(net.every((minor) => minor >= 0)).toBe(true)
          expect(net.reduce((a, b) => a + b, result.shippingMinor)).toBe(result.totalMinor)
          expect(
            result.lines.reduce((sum, one) => sum + one.discountMinor, bought.shippingMinor - result.shippingMinor),
          ).toBe(result.discountMinor)
          for (const applied of result.applied)
            expect(applied.lines.reduce((a, b) => a + b, applied.shippingMinor)).toBe(applied.minor)
          expect(result.payMinor).toBeGreaterThanOrEqual(0)
          const initial = bought.lines.reduce((sum, one) => sum + one.unitMinor * one.quantity, 0)
          const lineDiscounts = result.lines.reduce((sum, one) => sum + one.discountMinor, 0)
          if (maximumBasisPoints !== null)
            expect(lineDiscounts * 10_000).toBeLessThanOrEqual(initial * maximumBasisPoints)
          const told = [...result.applied, ...result.declined].map((one) => one.voucher)
          expect([...told].sort()).toEqual(vouchers.map((one) => one.id).sort())
        },
      ),
    )
  })

  test('a voucher that never applies changes nothing', () => {
    fc.assert(
      fc.property(
        basketArbitrary,
        vouchersArbitrary(3),
        fc.constantFrom('stack', 'best', 'bestCombination'),
        (bought, vouchers, mode) => {
          const never = fixed('never', 100, { when: { field: 'orderNumber', equals: -1 } })
          const without = price(group(mode, ...vouchers.map((one) => leaf(one.id))), vouchers, bought)
          const root = group(mode, leaf('never'), ...vouchers.map((one) => leaf(one.id)))
          const withIt = price(root, [...vouchers, never], bought)
          expect(withIt.lines).toEqual(without.lines)
          expect(withIt.applied).toEqual(without.applied)
        },
      ),
    )
  })
})

const nodeArbitrary: fc.Arbitrary<VoucherNode> = fc.letrec<{ node: VoucherNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.string({ minLength: 1 }).map((text) => ({ mode: 'voucher' as const, voucher: id(text) })),
    fc.record({
      mode: fc.constantFrom('stack', 'listOrder', 'best', 'worst', 'bestCombination'),
      of: fc.array(tie('node'), { maxLength: 3 }),
    }),
  ),
})).node

codecLaws('Basket', Basket, basketArbitrary)
codecLaws(
  'ProductSelection',
  ProductSelection,
  fc.record({ skus: fc.array(fc.string()), categories: fc.array(fc.string()) }),
)
codecLaws(
  'VoucherBenefit',
  VoucherBenefit,
  voucherArbitrary('v').map(({ benefit }) => benefit),
)
codecLaws('voucherCodec', voucherCodec(vocabulary), voucherArbitrary('v'))
codecLaws('VoucherNode', VoucherNode, nodeArbitrary)
codecLaws(
  'VoucherPlan',
  VoucherPlan,
  fc.record({ root: nodeArbitrary, maximumBasisPoints: fc.option(fc.integer({ min: 1, max: 10_000 })) }),
)

describe('how many vouchers one combination can have', () => {
  const result = (vouchers: ReadonlyArray<Voucher>, ...lines: ReadonlyArray<number>) => {
    const root = group('bestCombination', ...vouchers.map((one) => leaf(one.id)))
    const plan = unwrap(decode(VoucherPlan, { root, maximumBasisPoints: null }))
    const bought = basket(lines.map((minor, index) => line(String(index), minor)))
    return priceBasket(unwrap(compileVoucherPlan(vocabulary, plan, vouchers)), bought, context)
  }
  const some = (count: number, make: (index: number) => Voucher) => Array.from({ length: count }, (_, n) => make(n))
  const amounts = (count: number) => some(count, (n) => fixed(`v${n}`, 10 + n))
  const mixed = (count: number) =>
    some(count, (n) => (n % 2 === 0 ? fixed(`v${n}`, 90 + n) : percent(`v${n}`, 300 + 111 * n)))

  test('orders that leave the same basket are tried once: twelve amounts are few enough, sixteen are too many', () => {
    expect(result(amounts(12), 100_000)).toMatchObject({ right: { discountMinor: 186 } })
    expect(result(amounts(16), 100_000)).toMatchObject({ left: [{ _tag: 'TooManyCombinations', limit: 200_000 }] })
  })

  test('eight that rounding tells apart are few enough, and percents come before amounts', () => {
    const found = result(mixed(8), 9999, 4711, 1234)
    const applied = found._tag === 'Right' ? found.right.applied : []
    expect(applied).toHaveLength(8)
    expect(applied.slice(4).map(({ voucher: id }) => Number(id.slice(1)) % 2)).toEqual([0, 0, 0, 0])
    expect(result(mixed(14), 9999, 4711, 1234)._tag).toBe('Left')
  })
})

test('ids and categories are ordinary texts', () => {
  const products = { skus: ['constructor'], categories: ['__proto__'] }
  const odd = {
    currency: 'EUR' as Currency,
    shippingMinor: 0,
    lines: [line('__proto__' as LineId, 100, 1, { sku: 'constructor' })],
  }
  expect(
    stacked([fixed('__proto__', 10, { products, members: ['__proto__'] })], odd, { member: '__proto__' as MemberId })
      .payMinor,
  ).toBe(90)
})
