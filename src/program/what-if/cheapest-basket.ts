/** What-if, backwards, from a catalogue: the cheapest basket that reaches a goal by a date. */

import * as E from 'fp-ts/Either'
import {
  formatInstant,
  type Instant,
  type InvalidValue,
  invalidValue,
  type LineId,
  outOfRange,
  repeatedIds,
} from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { itemClasses } from './basket-classes.ts'
import { growsWithBasket, isByAmounts } from './basket-order.ts'
import type { BasketPlan, CatalogueItem } from './basket-plan.ts'
import { type BasketQuestion, cheapestBySums, leastTotal } from './basket-sums.ts'
import { cheapestFirst } from './cheapest-first.ts'
import { type Goal, hasReached } from './goal.ts'
import { goalFault } from './goal-fault.ts'
import { outOfReach, type SmallestSpend, type WhatIfFault } from './smallest-spend.ts'
import { type Tried, tryPurchase, type WhatIfOptions } from './try-purchase.ts'

/** A basket: an item more than another one; items come in the order of their prices, so that no basket comes twice. */
interface Basket {
  readonly items: number
  readonly place: number
  readonly before: Basket | null
}

const lineOf = ({ id, price, categories, sku, brand }: CatalogueItem, quantity: number): Purchase['lines'][number] => ({
  id,
  amount: { minor: price.minor * quantity, currency: price.currency },
  quantity,
  ...(categories === undefined ? {} : { categories }),
  ...(sku === undefined ? {} : { sku }),
  ...(brand === undefined ? {} : { brand }),
})

const purchaseOf = ({ purchase, catalogue }: BasketPlan, quantities: ReadonlyMap<LineId, number>): Purchase => ({
  ...purchase,
  type: 'purchase',
  lines: catalogue.flatMap((item) => {
    const quantity = quantities.get(item.id) ?? 0
    return quantity === 0 ? [] : [lineOf(item, quantity)]
  }),
})

const planFaults = ({ program }: CompiledProgram, { catalogue, mostItems, purchase }: BasketPlan, by: Instant) => {
  const faults: Array<InvalidValue> = [
    ...repeatedIds(
      catalogue.map(({ id }) => id),
      (index) => ['plan', 'catalogue', index, 'id'],
    ),
  ]
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
  if (by < purchase.at)
    faults.push(invalidValue(['options', 'by'], formatInstant(by), 'an instant not before the purchase'))
  return faults
}

const quantitiesOf = (basket: Basket, items: ReadonlyArray<CatalogueItem>): ReadonlyMap<LineId, number> => {
  const quantities = new Map<LineId, number>()
  for (let one: Basket | null = basket; one !== null; one = one.before) {
    const id = items[one.place]?.id
    if (id !== undefined) quantities.set(id, (quantities.get(id) ?? 0) + 1)
  }
  return quantities
}

/** Baskets that are too cheap are not tried, but met; so many of them. */
const MOST_MET = 1_000_000

/** Tries baskets from the cheapest on. */
const searchEach = (question: BasketQuestion, least: number, mostTries: number): Found => {
  const { program, state, plan, goal, options } = question
  const items = [...plan.catalogue].sort((a, b) => a.price.minor - b.price.minor)
  const queue = cheapestFirst<Basket>()
  const add = (before: Basket | null, total: number, place: number): void => {
    const item = items[place]
    const count = (before?.items ?? 0) + 1
    if (item !== undefined && count <= plan.mostItems)
      queue.add(total + item.price.minor, { items: count, place, before })
  }
  add(null, 0, 0)
  let last: Tried = { reached: false, rejection: null }
  let tries = 0
  for (let met = 0; met < MOST_MET; met += 1) {
    const next = queue.next()
    if (next === undefined) return last
    const { total, one } = next
    add(one, total, one.place)
    add(one.before, total - (items[one.place]?.price.minor ?? 0), one.place + 1)
    if (total < least) continue
    tries += 1
    if (tries > mostTries) return 'tooMany'
    last = tryPurchase(program, state, purchaseOf(plan, quantitiesOf(one, items)), goal, options)
    if (last.reached) return last
  }
  return 'tooMany'
}

/** A basket, the last try where none is enough, or that too many would have to be tried. */
type Found = Tried | 'tooMany'

/** Why no basket is enough: the reason for which any is refused, if there is one. */
const tryCheapest = ({ program, state, plan, goal, options }: BasketQuestion): Tried => {
  const [item] = plan.catalogue
  return item === undefined
    ? { reached: false, rejection: null }
    : tryPurchase(program, state, purchaseOf(plan, new Map([[item.id, 1]])), goal, options)
}

const search = (question: BasketQuestion, mostTries: number): Found => {
  const { program, state, plan, goal, options } = question
  const { purchase, catalogue } = plan
  const by = options.by ?? purchase.at
  const found = isByAmounts(program.program, purchase) ? cheapestBySums(question) : undefined
  if (found === 'none') return tryCheapest(question)
  if (found === 'tooMany') return 'tooMany'
  if (found !== undefined) {
    const quantities = new Map(found.map(({ item, quantity }) => [item.id, quantity]))
    const tried = tryPurchase(program, state, purchaseOf(plan, quantities), goal, options)
    if (tried.reached) return tried
  }
  const grows = growsWithBasket(program, purchase, goal, by)
  const least = grows ? leastTotal(question, itemClasses(program.program, catalogue)) : 0
  return least === 'none' ? tryCheapest(question) : searchEach(question, least, mostTries)
}

const totalOf = ({ lines }: Purchase): number => lines.reduce((sum, { amount }) => sum + amount.minor, 0)

const FEWER = 'more tries, fewer items, or a goal that is nearer'

/**
 * The cheapest basket of items of a catalogue that reaches a goal. It is exact. Where of lines of equal facts only their sum
 * counts, it is the smallest sum of prices from the smallest amount on that is enough; with several kinds of items the best
 * mix is found by branch and bound, if more of each never reaches less. So thousands of items are no more than a few. Where
 * items or lines are counted, or more may be less, baskets are tried from the cheapest on that may be enough.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param plan - what can be bought, and how many items at most
 * @param goal - what shall be reached
 * @param options - by when, and how many baskets are tried at most
 * @returns `null` where the goal is reached without buying anything. `GoalOutOfReach`: no basket reaches it. `InvalidValue`: a
 * price is not above 0 or of another currency, `mostItems` is no number of items, `by` is before the purchase, or the goal
 * names what the program does not have.
 * `MissingSharedUsage`: the reward has a stock, and how much of it is gone was not given.
 * `OutOfRange`: more baskets
 * would have to be tried than allowed, or so many are cheaper than what is needed that they cannot be met one by one.
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
  const found = search({ program, state, plan, goal, options }, mostTries)
  if (found === 'tooMany') return E.left(outOfRange(['options', 'mostTries'], mostTries, FEWER))
  if (!found.reached) return E.left(outOfReach(goal, found))
  const { purchase, decision } = found
  return E.right({ amount: { minor: totalOf(purchase), currency: program.program.currency }, purchase, decision })
}
