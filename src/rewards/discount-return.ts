/** What comes back when items of a discounted basket are returned. */
import * as E from 'fp-ts/Either'
import { type Fault, type InvalidValue, invalidValue, type LineId, multiplyDivide } from '../foundation/index.ts'
import type { Basket } from './basket.ts'
import type { VoucherContext } from './voucher-application.ts'
import type { PricedBasket } from './voucher-outcome.ts'
import type { CompiledVoucherPlan } from './voucher-plan.ts'
import { priceBasket, type TooManyCombinations } from './voucher-stacking.ts'

/** Items that have come back so far, all returns together. */
export interface ReturnedItems {
  readonly line: LineId
  readonly quantity: number
}

/** More items than were bought. */
export interface BasketReturnExceedsLine extends Fault<'BasketReturnExceedsLine'> {
  readonly line: LineId
  readonly requested: number
  readonly bought: number
}

/** What a return can have wrong with it. */
export type BasketReturnFault = BasketReturnExceedsLine | InvalidValue

/** Whether shipping comes back: never, or once everything is returned. */
export type ShippingRefund = 'never' | 'complete'

type Bought = ReadonlyArray<{ readonly id: LineId; readonly quantity: number }>

/** How many items of each line have come back, or what is wrong. */
const returnedByLine = (
  lines: Bought,
  returned: ReadonlyArray<ReturnedItems>,
): E.Either<ReadonlyArray<BasketReturnFault>, ReadonlyMap<LineId, number>> => {
  const bought = new Map(lines.map(({ id, quantity }) => [id, quantity]))
  const back = new Map<LineId, number>()
  const faults: Array<BasketReturnFault> = []
  for (const [index, { line, quantity }] of returned.entries()) {
    const requested = (back.get(line) ?? 0) + quantity
    const most = bought.get(line) ?? 0
    back.set(line, requested)
    if (!Number.isSafeInteger(quantity) || quantity < 0) {
      faults.push(invalidValue(['returned', index, 'quantity'], quantity, 'a number of items of 0 or more'))
    } else if (requested > most) {
      const expected = 'at most as many items as were bought'
      const path = ['returned', index, 'quantity']
      faults.push({ _tag: 'BasketReturnExceedsLine', path, expected, line, requested, bought: most })
    }
  }
  return faults.length > 0 ? E.left(faults) : E.right(back)
}

const isComplete = (lines: Bought, back: ReadonlyMap<LineId, number>): boolean =>
  lines.every(({ id, quantity }) => (back.get(id) ?? 0) === quantity)

/**
 * What has come back in all by the unit value: each item at its share of what its line cost after discounts, counted from
 * all returns together, so that no split of them matters and everything returned is everything paid (S57: of three for
 * 60 one is worth 20). Pay out what is new since the last return.
 *
 * `BasketReturnExceedsLine`: more items of a line than were bought. `InvalidValue`: a number of items that is none.
 *
 * @param priced - the basket as it was sold
 * @param returned - what has come back in all, this time included
 * @param shipping - whether shipping comes back with the last item
 *
 * @example
 * ```ts
 * import { type LineId, type PricedBasket, unitValueRefund } from 'treue'
 *
 * const line = '1' as LineId
 * const lines = [{ id: line, quantity: 3, initialMinor: 9000, discountMinor: 3000, netMinor: 6000 }]
 * const priced = { lines, shippingMinor: 490, totalMinor: 6490 } as unknown as PricedBasket
 * unitValueRefund(priced, [{ line, quantity: 1 }], 'complete') // => { _tag: 'Right', right: 2000 }
 * unitValueRefund(priced, [{ line, quantity: 3 }], 'complete') // => { _tag: 'Right', right: 6490 }
 * ```
 */
export const unitValueRefund = (
  priced: PricedBasket,
  returned: ReadonlyArray<ReturnedItems>,
  shipping: ShippingRefund,
): E.Either<ReadonlyArray<BasketReturnFault>, number> => {
  const back = returnedByLine(priced.lines, returned)
  if (E.isLeft(back)) return back
  const goods = priced.lines.reduce((sum, { id, quantity, netMinor }) => {
    const share = multiplyDivide(netMinor, back.right.get(id) ?? 0, quantity, 'floor')
    return sum + (E.isRight(share) ? share.right : 0)
  }, 0)
  const withShipping = shipping === 'complete' && isComplete(priced.lines, back.right)
  return E.right(goods + (withShipping ? priced.shippingMinor : 0))
}

const restOf = (basket: Basket, back: ReadonlyMap<LineId, number>): Basket => ({
  currency: basket.currency,
  lines: basket.lines.flatMap((line) => {
    const quantity = line.quantity - (back.get(line.id) ?? 0)
    return quantity === 0 ? [] : [{ ...line, quantity }]
  }),
  shippingMinor: basket.shippingMinor,
})

/**
 * What has come back in all by pricing anew what is kept: the price of the whole basket less the price of the rest under
 * the same vouchers, and never below 0 (S57: of three for 60 the first one back is worth nothing, as two cost 60). Pay
 * out what is more than before; everything returned is everything paid.
 *
 * `BasketReturnExceedsLine`: more items of a line than were bought. `InvalidValue`: a number of items that is none. The
 * faults of `priceBasket`.
 *
 * @param compiled - the plan and the vouchers that the basket was sold under
 * @param basket - the basket as it was bought
 * @param context - who bought, when, and with which vouchers
 * @param returned - what has come back in all, this time included
 * @param shipping - whether shipping comes back with the last item
 *
 * @example
 * ```ts
 * import { compileVoucherPlan, type Currency, type LineId, parseInstant, repricedRefund, unwrap } from 'treue'
 *
 * const plan = { root: { mode: 'stack', of: [] }, maximumBasisPoints: null } as const
 * const compiled = unwrap(compileVoucherPlan({ fields: [] }, plan, []))
 * const line = { id: '1' as LineId, unitMinor: 3000, quantity: 3, sku: null, categories: [] }
 * const basket = { currency: 'EUR' as Currency, lines: [line], shippingMinor: 0 }
 * const context = { at: unwrap(parseInstant('2026-03-01T12:00:00Z')), member: null, facts: {}, submitted: null, usedUp: [] }
 * repricedRefund(compiled, basket, context, [{ line: line.id, quantity: 1 }], 'never') // => { _tag: 'Right', right: 3000 }
 * ```
 */
export const repricedRefund = (
  compiled: CompiledVoucherPlan,
  basket: Basket,
  context: VoucherContext,
  returned: ReadonlyArray<ReturnedItems>,
  shipping: ShippingRefund,
): E.Either<ReadonlyArray<BasketReturnFault | TooManyCombinations>, number> => {
  const back = returnedByLine(basket.lines, returned)
  if (E.isLeft(back)) return back
  const whole = priceBasket(compiled, basket, context)
  if (E.isLeft(whole)) return whole
  if (isComplete(basket.lines, back.right)) {
    const { totalMinor, shippingMinor } = whole.right
    return E.right(shipping === 'complete' ? totalMinor : totalMinor - shippingMinor)
  }
  const rest = priceBasket(compiled, restOf(basket, back.right), context)
  return E.isLeft(rest) ? rest : E.right(Math.max(0, whole.right.totalMinor - rest.right.totalMinor))
}
