/** The cheapest basket where of its lines only sums count: which amounts items add up to, and which of them is enough. */
import type { LineId } from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberState } from '../state/member-state.ts'
import { amountSearch } from './amount-search.ts'
import { type ClassAmounts, cheapestMix, type Mix, type MixQuestion } from './basket-boxes.ts'
import { type ItemClass, type ItemFacts, itemClasses, unionOf } from './basket-classes.ts'
import { growsWithBasket, unionEarnsMost } from './basket-order.ts'
import type { BasketPlan, CatalogueItem } from './basket-plan.ts'
import type { Goal } from './goal.ts'
import { countsOf, type ItemSums, itemSums } from './item-sums.ts'
import type { SpendPlan } from './spend-breakpoints.ts'
import { tryPurchase, type WhatIfOptions } from './try-purchase.ts'

/** What is asked. */
export interface BasketQuestion {
  readonly program: CompiledProgram
  readonly state: MemberState
  readonly plan: BasketPlan
  readonly goal: Goal
  readonly options: WhatIfOptions
}

/** So many of each item; `none`: no basket is enough; `tooMany` would have to be tried. */
export type BasketFound =
  | ReadonlyArray<{ readonly item: CatalogueItem; readonly quantity: number }>
  | 'none'
  | 'tooMany'

/** The tables of sums take so many steps at most, which is about two seconds. */
const MOST_STEPS = 1_000_000_000

const pricesOf = ({ items }: ItemClass): ReadonlyArray<number> => items.map(({ price }) => price.minor)

const highestOf = (prices: ReadonlyArray<number>): number => prices.reduce((high, price) => Math.max(high, price), 0)

const most = ({ plan: { mostItems } }: BasketQuestion, highestPrice: number): number =>
  Math.min(mostItems * highestPrice, Number.MAX_SAFE_INTEGER)

const basketId = 'basket' as LineId

const spendPlan = ({ program, plan }: BasketQuestion, facts: ItemFacts, largest: number): SpendPlan => ({
  purchase: plan.purchase,
  line: { id: basketId, ...facts },
  largest: { minor: largest, currency: program.program.currency },
})

/** The next amount that items add up to, none of them more often than may be. */
const nextSum = ({ fewest }: ItemSums, from: number, mostItems: number): number | undefined => {
  for (let sum = from; sum < fewest.length; sum += 1) if ((fewest[sum] as number) <= mostItems) return sum
  return undefined
}

/** The next sum of items of a class from an amount on; the tables of sums grow as they are asked for more. */
const startSums = (one: ItemClass, largest: number, mostItems: number) => {
  const prices = pricesOf(one)
  const highest = highestOf(prices)
  let sums = itemSums(prices, 0)
  return (from: number): number | 'none' | 'tooMany' => {
    if (from + highest >= sums.fewest.length) {
      const limit = Math.min(largest, Math.max(from + highest, 2 * sums.fewest.length))
      if (limit * prices.length > MOST_STEPS) return 'tooMany'
      sums = itemSums(prices, limit)
    }
    return nextSum(sums, from, mostItems) ?? 'none'
  }
}

/** The smallest sum of items of one class that is enough. */
const firstSum = (question: BasketQuestion, one: ItemClass): number | 'none' | 'tooMany' => {
  const { program, state, plan, goal, options } = question
  const largest = most(question, highestOf(pricesOf(one)))
  const search = amountSearch(program, state, spendPlan(question, one.facts, largest), goal, options)
  const nextFrom = startSums(one, largest, plan.mostItems)
  for (let from = 1; ; ) {
    const first = search.firstFrom(from)
    const sum = typeof first === 'string' ? first : nextFrom(first)
    if (typeof sum === 'string') return sum
    const look = search.look(sum)
    if (look === null) return 'tooMany'
    if (look.isReached) return sum
    from = sum + 1
  }
}

/** The amounts of a class up to a limit. */
const amountsUpTo = (one: ItemClass, limit: number, mostItems: number): ClassAmounts => {
  const { fewest } = itemSums(pricesOf(one), limit)
  const amounts: Array<number> = []
  for (let sum = nextSum({ fewest, last: fewest }, 0, mostItems); sum !== undefined; ) {
    amounts.push(sum)
    sum = nextSum({ fewest, last: fewest }, sum + 1, mostItems)
  }
  return {
    amounts,
    fewest: amounts.map((amount) => fewest[amount] as number),
    highestPrice: highestOf(pricesOf(one)),
  }
}

const mixPurchase = (
  { program, plan }: BasketQuestion,
  classes: ReadonlyArray<ItemClass>,
  amounts: ReadonlyArray<number>,
): Purchase => ({
  ...plan.purchase,
  type: 'purchase',
  lines: classes.flatMap(({ facts }, index) => {
    const minor = amounts[index] ?? 0
    const id = `${basketId} ${index}` as LineId
    return minor === 0 ? [] : [{ id, ...facts, amount: { minor, currency: program.program.currency } }]
  }),
})

/** No basket that costs less is enough: a line that has all that any item has would not be. */
export const leastTotal = (question: BasketQuestion, classes: ReadonlyArray<ItemClass>): number | 'none' => {
  const { program, state, plan, goal, options } = question
  const union = unionEarnsMost(program.program) ? unionOf(classes) : null
  if (union === null) return 0
  const largest = most(question, highestOf(classes.flatMap(pricesOf)))
  const spending = spendPlan(question, { ...union, quantity: plan.mostItems } as ItemFacts, largest)
  const first = amountSearch(program, state, spending, goal, options).firstFrom(0)
  return first === 'tooMany' ? 0 : first
}

/** The cheapest basket of items of one class alone. */
const cheapestAlone = (question: BasketQuestion, classes: ReadonlyArray<ItemClass>): Mix | null => {
  const found = classes.flatMap((one, index): ReadonlyArray<Mix> => {
    const total = firstSum(question, one)
    return typeof total === 'string'
      ? []
      : [{ total, amounts: classes.map((_, place) => (place === index ? total : 0)) }]
  })
  return found.reduce<Mix | null>((best, one) => (best === null || one.total < best.total ? one : best), null)
}

/** The cheapest mix in which no class has more than a limit. */
const mixUpTo = (
  question: BasketQuestion,
  classes: ReadonlyArray<ItemClass>,
  limit: number,
  bounds: Pick<MixQuestion, 'least' | 'known'>,
): Mix | 'none' | 'tooMany' => {
  const { program, state, plan, goal, options } = question
  const { mostItems } = plan
  if (limit * classes.flatMap(pricesOf).length > MOST_STEPS) return 'tooMany'
  return cheapestMix({
    ...bounds,
    classes: classes.map((one) => amountsUpTo(one, limit, mostItems)),
    isEnough: (amounts) =>
      amounts.some((amount) => amount > 0) &&
      tryPurchase(program, state, mixPurchase(question, classes, amounts), goal, options).reached,
    mostItems,
    mostTries: options.mostTries ?? 100_000,
  })
}

/** The cheapest mix of amounts of several classes, where more of each is never less. */
const mixOfClasses = (question: BasketQuestion, classes: ReadonlyArray<ItemClass>): Mix | 'none' | 'tooMany' => {
  const least = leastTotal(question, classes)
  if (least === 'none') return 'none'
  const known = cheapestAlone(question, classes)
  if (known?.total === least) return known
  const highest = highestOf(classes.flatMap(pricesOf))
  const largest = most(question, highest)
  for (let limit = known?.total ?? 2 * (least + highest); ; limit *= 2) {
    const reach = Math.min(limit, largest)
    const found = mixUpTo(question, classes, reach, { least, known })
    // A mix that costs more than the limit may not be the cheapest: there may be one with more of a class.
    const isSettled = typeof found !== 'string' && found.total <= reach
    if (isSettled || found === 'tooMany' || reach === largest) return found
  }
}

const itemsOf = (one: ItemClass, sum: number): Exclude<BasketFound, string> => {
  const prices = pricesOf(one)
  const counts = countsOf(prices, itemSums(prices, sum), sum)
  return one.items.flatMap((item, place) => {
    const quantity = counts[place] ?? 0
    return quantity === 0 ? [] : [{ item, quantity }]
  })
}

/** The cheapest basket by sums; `undefined`: more of some class may be less, so that baskets have to be tried. */
export const cheapestBySums = (question: BasketQuestion): BasketFound | undefined => {
  const { program, plan, goal, options } = question
  const classes = itemClasses(program.program, plan.catalogue)
  const [only] = classes
  if (only === undefined) return 'none'
  if (classes.length === 1) {
    const sum = firstSum(question, only)
    return typeof sum === 'string' ? sum : itemsOf(only, sum)
  }
  if (!growsWithBasket(program, plan.purchase, goal, options.by ?? plan.purchase.at)) return undefined
  const mix = mixOfClasses(question, classes)
  return typeof mix === 'string' ? mix : classes.flatMap((one, index) => itemsOf(one, mix.amounts[index] ?? 0))
}
