/** What-if, backwards, from a catalogue: the cheapest basket that reaches a goal by a date. */

import * as E from 'fp-ts/Either'
import {
  type InvalidValue,
  invalidValue,
  type LineId,
  type Money,
  type OutOfRange,
  outOfRange,
} from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { type Goal, goalFault, hasReached } from './goal.ts'
import {
  outOfReach,
  type SmallestSpend,
  type Tried,
  tryPurchase,
  type WhatIfFault,
  type WhatIfOptions,
} from './smallest-spend.ts'
import type { SpendPlan } from './spend-breakpoints.ts'

/** Something that can be bought. */
export interface CatalogueItem {
  /** Of the line that it becomes. */
  readonly id: LineId
  readonly price: Money
  readonly categories?: ReadonlyArray<string>
  readonly sku?: string
  readonly brand?: string
}

/** What can be bought, and how much of it at most. */
export interface BasketPlan {
  readonly purchase: SpendPlan['purchase']
  readonly catalogue: ReadonlyArray<CatalogueItem>
  /** How many items at most, of all kinds together. */
  readonly mostItems: number
}

interface Basket {
  readonly total: number
  readonly items: number
  /** How many of each item of the catalogue. */
  readonly counts: ReadonlyArray<number>
  /** Only this item and later ones can be added, so that no basket comes twice. */
  readonly from: number
}

/** Baskets, the cheapest first and among those the one that came in first. */
const startQueue = () => {
  const byTotal = new Map<number, Array<Basket>>()
  const totals: Array<number> = []
  const placeOf = (total: number): number => {
    let [low, high] = [0, totals.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((totals[middle] as number) > total) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    add: (basket: Basket): void => {
      const same = byTotal.get(basket.total)
      if (same !== undefined) same.push(basket)
      else {
        byTotal.set(basket.total, [basket])
        totals.splice(placeOf(basket.total), 0, basket.total)
      }
    },
    /** The next one; `undefined`: there are none left. */
    next: (): Basket | undefined => {
      const total = totals[totals.length - 1]
      const same = total === undefined ? undefined : byTotal.get(total)
      const basket = same?.shift()
      if (total !== undefined && same?.length === 0) {
        byTotal.delete(total)
        totals.pop()
      }
      return basket
    },
  }
}

const lineOf = ({ id, price, categories, sku, brand }: CatalogueItem, quantity: number): Purchase['lines'][number] => ({
  id,
  amount: { minor: price.minor * quantity, currency: price.currency },
  quantity,
  ...(categories === undefined ? {} : { categories }),
  ...(sku === undefined ? {} : { sku }),
  ...(brand === undefined ? {} : { brand }),
})

const purchaseOf = ({ purchase, catalogue }: BasketPlan, { counts }: Basket): Purchase => ({
  ...purchase,
  type: 'purchase',
  lines: catalogue.flatMap((item, index) => {
    const quantity = counts[index] ?? 0
    return quantity === 0 ? [] : [lineOf(item, quantity)]
  }),
})

const largerThan = ({ catalogue, mostItems }: BasketPlan, basket: Basket): ReadonlyArray<Basket> =>
  basket.items >= mostItems
    ? []
    : catalogue.slice(basket.from).map(({ price }, offset) => ({
        total: basket.total + price.minor,
        items: basket.items + 1,
        counts: basket.counts.map((count, index) => (index === basket.from + offset ? count + 1 : count)),
        from: basket.from + offset,
      }))

const planFaults = ({ program }: CompiledProgram, { catalogue, mostItems, purchase }: BasketPlan, by: number) => {
  const faults: Array<InvalidValue> = []
  for (const [index, { price }] of catalogue.entries()) {
    const path = ['plan', 'catalogue', index, 'price']
    if (price.currency !== program.currency) {
      faults.push(invalidValue([...path, 'currency'], price.currency, `${program.currency}, the program's currency`))
    }
    if (!(price.minor > 0)) faults.push(invalidValue([...path, 'minor'], price.minor, 'a price above 0'))
  }
  if (!(Number.isSafeInteger(mostItems) && mostItems >= 1 && mostItems <= 10_000)) {
    faults.push(invalidValue(['plan', 'mostItems'], mostItems, 'a whole number from 1 to 10000'))
  }
  if (by < purchase.at) faults.push(invalidValue(['options', 'by'], by, 'an instant not before the purchase'))
  return faults
}

type Found = E.Either<OutOfRange, { readonly basket: Basket; readonly tried: Tried } | null>

const search = (plan: BasketPlan, trial: (basket: Basket) => Tried, mostTries: number): Found => {
  const queue = startQueue()
  const empty: Basket = { total: 0, items: 0, counts: plan.catalogue.map(() => 0), from: 0 }
  largerThan(plan, empty).forEach(queue.add)
  for (let tries = 1; ; tries += 1) {
    const basket = queue.next()
    if (basket === undefined) return E.right(null)
    if (tries > mostTries) return E.left(outOfRange(['options', 'mostTries'], mostTries, 'more tries, or fewer items'))
    const tried = trial(basket)
    if (tried.reached) return E.right({ basket, tried })
    largerThan(plan, basket).forEach(queue.add)
  }
}

/**
 * The cheapest basket of items of a catalogue that reaches a goal. It is exact, whatever the rules are: baskets are tried
 * from the cheapest on.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param plan - what can be bought, and how many items at most
 * @param goal - what shall be reached
 * @param options - by when, and how many baskets are tried at most
 * @returns `null` where the goal is reached without buying anything. `GoalOutOfReach`: no basket reaches it. `InvalidValue`: a
 * price is not above 0 or of another currency, `mostItems` is no number of items, or `by` is before the purchase.
 * `MissingSharedUsage`: the reward has a stock, and how much of it is gone was not given.
 * `OutOfRange`: there are more baskets than may be tried.
 *
 * @example
 * ```ts
 * import { type ActivityId, Activity, cheapestBasket, compileProgram, decide, decode, decodeProgram, formatAmount } from 'treue'
 * import { type LineId, type MemberId, money, newMember, parseInstant, type Points, unwrap, type WalletId } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: {
 *     rounding: { mode: 'floor', on: 'order' },
 *     rules: [{ id: 'tea', wallet: 'points', lines: { field: 'categories', hasAny: ['tea'] }, award: { mode: 'perItem', points: '5', every: 1 } }],
 *   },
 *   ladders: [],
 * }))))
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * const { state } = unwrap(decide(program, newMember('anna' as MemberId), joins))
 * const price = (amount: string) => unwrap(money(amount, 'EUR'))
 * const plan = {
 *   purchase: { id: 'o' as ActivityId, member: state.member, at: unwrap(parseInstant('2026-03-02T12:00:00Z')) },
 *   catalogue: [
 *     { id: 'cake' as LineId, price: price('1.00') },
 *     { id: 'tea' as LineId, price: price('3.50'), categories: ['tea'] },
 *   ],
 *   mostItems: 5,
 * }
 * const goal = { type: 'points', wallet: 'points' as WalletId, points: 10 as Points } as const
 * const cheapest = unwrap(cheapestBasket(program, state, plan, goal))
 * cheapest?.purchase.lines.map(({ id, quantity }) => [id, quantity]) // => [['tea', 2]]
 * cheapest === null ? '' : formatAmount(cheapest.amount) // => '7.00'
 * ```
 */
export const cheapestBasket = (
  program: CompiledProgram,
  state: MemberState,
  plan: BasketPlan,
  goal: Goal,
  options: WhatIfOptions = {},
): E.Either<WhatIfFault, SmallestSpend | null> => {
  const { by = plan.purchase.at, mostTries = 100_000 } = options
  const fault = planFaults(program, plan, by)[0] ?? goalFault(program, state, goal, by, options)
  if (fault !== undefined) return E.left(fault)
  if (hasReached(program, state, goal, by, options)) return E.right(null)
  let last: Tried = { reached: false, rejection: null }
  const found = search(
    plan,
    (basket) => {
      last = tryPurchase(program, state, purchaseOf(plan, basket), goal, options)
      return last
    },
    mostTries,
  )
  if (E.isLeft(found)) return found
  if (found.right === null || !found.right.tried.reached) return E.left(outOfReach(goal, last))
  const { basket, tried } = found.right
  const amount = { minor: basket.total, currency: program.program.currency }
  return E.right({ amount, purchase: tried.purchase, decision: tried.decision })
}
