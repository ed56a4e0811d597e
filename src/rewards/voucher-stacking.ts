/** The price of a basket under all vouchers that are entered, and why each of them did or did not apply. */
import * as E from 'fp-ts/Either'
import type { Fault, InvalidValue } from '../foundation/index.ts'
import { type Basket, basketFaults } from './basket.ts'
import { shareOf, sumOf } from './discount-allocation.ts'
import type { Running, Setting, VoucherContext } from './voucher-application.ts'
import type { DeclinedVoucher, PricedBasket } from './voucher-outcome.ts'
import type { CompiledVoucherPlan } from './voucher-plan.ts'
import { evaluate, MOST_STEPS, type SearchTally, totalOf } from './voucher-search.ts'

/** The plan leaves so many choices open that they can't all be tried. */
export interface TooManyCombinations extends Fault<'TooManyCombinations'> {
  readonly limit: number
}

const settingOf = ({ plan }: CompiledVoucherPlan, basket: Basket, context: VoucherContext): Setting => {
  const initial = basket.lines.map(({ unitMinor, quantity }) => unitMinor * quantity)
  const { maximumBasisPoints } = plan
  return {
    basket,
    context,
    usedUp: new Set(context.usedUp),
    initial,
    capMinor: maximumBasisPoints === null ? null : shareOf(sumOf(initial), maximumBasisPoints, 'floor'),
  }
}

const notInPlan = ({ applied, declined }: Running, { submitted }: VoucherContext): ReadonlyArray<DeclinedVoucher> => {
  const told = new Set([...applied, ...declined].map(({ voucher }) => voucher))
  return [...new Set(submitted)]
    .filter((voucher) => !told.has(voucher))
    .map((voucher) => ({ voucher, because: { reason: 'notInPlan' } }))
}

const priced = (setting: Setting, running: Running): PricedBasket => {
  const { basket, context, initial } = setting
  const discounts = running.applied.filter(({ pays }) => !pays)
  const lines = basket.lines.map(({ id, quantity }, index) => {
    const initialMinor = initial[index] ?? 0
    const discountMinor = sumOf(discounts.map((applied) => applied.lines[index] ?? 0))
    return { id, quantity, initialMinor, discountMinor, netMinor: initialMinor - discountMinor }
  })
  const totalMinor = totalOf(setting, running)
  const creditMinor = sumOf(running.applied.filter(({ pays }) => pays).map(({ minor }) => minor))
  return {
    lines,
    shippingMinor: basket.shippingMinor - running.shippingDiscountMinor,
    discountMinor: running.discountMinor + running.shippingDiscountMinor,
    totalMinor,
    creditMinor,
    payMinor: totalMinor - creditMinor,
    applied: running.applied,
    declined: [...running.declined, ...notInPlan(running, context)],
  }
}

/**
 * Prices a basket: applies the vouchers that are entered as the plan says, and gives a reason for each that does not apply.
 * The same input gives the same result; of equal choices the first of the list is taken (S55, S56).
 *
 * `InvalidValue`: a basket with prices or quantities that are none, with a line id twice, or too large to be exact.
 * `TooManyCombinations`: the plan's `best`, `worst` and `bestCombination` groups leave too many choices to try: more
 * than 200,000 trials of a voucher. What follows a group is tried again with each of its choices and counts each time. In a
 * `bestCombination`, of orders of the same vouchers that leave the same basket one is tried: where it is the whole plan, twelve
 * fixed amounts or eight of any kind are few enough; how many more are depends on how often rounding tells orders apart.
 *
 * @param compiled - the plan and its vouchers
 * @param basket - what is to be bought
 * @param context - who buys, when, and with which vouchers
 *
 * @example
 * ```ts
 * import { Basket, compileVoucherPlan, decode, parseInstant, priceBasket, unwrap, voucherCodec, VoucherPlan } from 'treue'
 *
 * const percent = (id: string, basisPoints: number) =>
 *   unwrap(decode(voucherCodec({ fields: [] }), {
 *     id,
 *     currency: 'EUR',
 *     benefit: { type: 'percent', basisPoints, of: 'running', maximumMinor: null, rounding: 'halfUp' },
 *     products: null,
 *     minimumSpend: null,
 *     validFrom: null,
 *     validUntil: null,
 *     members: null,
 *     when: null,
 *     groups: [],
 *     exclusiveWith: [],
 *   }))
 * const voucher = (id: string) => ({ mode: 'voucher', voucher: id })
 * const plan = (mode: string) =>
 *   unwrap(decode(VoucherPlan, { root: { mode, of: [voucher('ten'), voucher('twenty')] }, maximumBasisPoints: null }))
 * const line = { id: '1', unitMinor: 10_000, quantity: 1, sku: null, categories: [] }
 * const basket = unwrap(decode(Basket, { currency: 'EUR', lines: [line], shippingMinor: 0 }))
 * const context = { at: unwrap(parseInstant('2026-03-01T12:00:00Z')), member: null, facts: {}, submitted: null, usedUp: [] }
 * const price = (mode: string) => {
 *   const compiled = unwrap(compileVoucherPlan({ fields: [] }, plan(mode), [percent('ten', 1000), percent('twenty', 2000)]))
 *   return unwrap(priceBasket(compiled, basket, context))
 * }
 * price('stack').payMinor // => 7200
 * price('best').payMinor // => 8000
 * price('best').declined // => [{ voucher: 'ten', because: { reason: 'notBest', totalMinor: 9000 } }]
 * ```
 */
export const priceBasket = (
  compiled: CompiledVoucherPlan,
  basket: Basket,
  context: VoucherContext,
): E.Either<ReadonlyArray<InvalidValue | TooManyCombinations>, PricedBasket> => {
  const faults = basketFaults(basket)
  if (faults.length > 0) return E.left(faults)
  const setting = settingOf(compiled, basket, context)
  const submitted = context.submitted === null ? null : new Set(context.submitted)
  const tally: SearchTally = { compiled, setting, submitted, steps: 0 }
  const start: Running = {
    lines: setting.initial,
    shippingMinor: basket.shippingMinor,
    discountMinor: 0,
    shippingDiscountMinor: 0,
    applied: [],
    vouchers: [],
    declined: [],
  }
  const running = evaluate(tally, compiled.plan.root, start, (now) => now)
  if (tally.steps <= MOST_STEPS) return E.right(priced(setting, running))
  const expected = 'groups that leave fewer choices'
  return E.left([{ _tag: 'TooManyCombinations', path: ['plan'], expected, limit: MOST_STEPS }])
}
