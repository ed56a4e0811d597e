// A coffee roastery with about 400 customers in two years, made up from a fixed seed.
import {
  type Activity,
  type ActivityId,
  addDays,
  addMoney,
  type CivilDate,
  type Currency,
  civilDate,
  formatCivilDate,
  type Instant,
  instantAt,
  type LineId,
  type MemberId,
  type Money,
  moneyFromMinor,
  type Points,
  type PurchaseLine,
  unwrap,
  type WalletId,
  yearMonthDay,
  type Zone,
} from 'treue'
import { type Random, seededRandom } from './random.ts'
import type { Answer, Order, Shop } from './shop.ts'

const SEED = 4711
const CUSTOMERS = 400
const DAYS = 730
const EUR = 'EUR' as Currency
const POINTS = 'points' as WalletId
const OPENING = unwrap(civilDate(2024, 3, 15))

/** How likely an order is in each month, January first, against the best one: December is busy, summer is not. */
const SEASON = [0.6, 0.6, 0.65, 0.6, 0.55, 0.45, 0.35, 0.4, 0.6, 0.7, 0.9, 1]

const NAMES = ['Anna', 'Ben', 'Chiara', 'David', 'Elif', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Klara', 'Liam']

interface Shelf {
  readonly category: string
  readonly minCents: number
  readonly maxCents: number
}

const COFFEE: Shelf = { category: 'coffee', minCents: 890, maxCents: 3200 }
const SHELVES: readonly [Shelf, ...Shelf[]] = [
  COFFEE,
  COFFEE,
  COFFEE,
  { category: 'tea', minCents: 490, maxCents: 1800 },
  { category: 'equipment', minCents: 1490, maxCents: 18900 },
  { category: 'gifts', minCents: 1200, maxCents: 4900 },
]

/** Somebody who orders about every `gapDays` days, until they don't any more. */
interface Customer {
  readonly id: MemberId
  readonly firstDay: number
  readonly lastDay: number
  readonly gapDays: number
  /** 0 to 1: how much they like the shop. */
  readonly liking: number
  readonly recommendedBy: MemberId | undefined
}

const idOf = (index: number): MemberId => `${NAMES[index % NAMES.length]}-${index + 1}` as MemberId

/** One in five was sent by somebody who was there before; two name themselves, which the program refuses. */
const recommenderOf = (random: Random, index: number): MemberId | undefined => {
  if (index === 120 || index === 250) return idOf(index)
  return index > 20 && random.happens(0.2) ? idOf(random.whole(0, index - 20)) : undefined
}

const customerOf = (random: Random, index: number): Customer => {
  // More new customers in the second year, and none on the last days: they would have no history to show.
  const firstDay = Math.floor((DAYS - 20) * (index / CUSTOMERS) ** 0.8)
  const liking = random.share()
  return {
    id: idOf(index),
    firstDay,
    lastDay: firstDay + Math.floor(70 / (1.05 - liking)),
    gapDays: random.whole(9, 45),
    liking,
    recommendedBy: recommenderOf(random, index),
  }
}

const centsIn = (random: Random, { minCents, maxCents }: Shelf): number => {
  const step = 10
  return Math.round((minCents + random.share() ** 2 * (maxCents - minCents)) / step) * step
}

const lineOf = (random: Random, index: number): PurchaseLine => {
  const shelf = random.pick(SHELVES)
  const amount = unwrap(moneyFromMinor(centsIn(random, shelf), EUR))
  return { id: `${index + 1}` as LineId, amount, categories: [shelf.category] }
}

const totalOf = (lines: ReadonlyArray<PurchaseLine>): Money =>
  lines.map(({ amount }) => amount).reduce((a, b) => unwrap(addMoney(a, b)), { minor: 0, currency: EUR })

/** Between nine and twenty-one o'clock. */
const timeOn = (random: Random, zone: Zone, day: CivilDate): Instant =>
  instantAt(zone, day, random.whole(9 * 60, 21 * 60) * 60_000)

const orderOn = (random: Random, zone: Zone, customer: MemberId, day: CivilDate): Order => {
  const lines = Array.from({ length: random.whole(1, 3) }, (_, index) => lineOf(random, index))
  const id = `order/${customer}/${formatCivilDate(day)}` as ActivityId
  return { id, customer, at: timeOn(random, zone, day), day, total: totalOf(lines), lines }
}

/** The days of a customer's orders, the first one and then as their rhythm and the season have it. */
const orderDays = (random: Random, { firstDay, lastDay, gapDays }: Customer): ReadonlyArray<CivilDate> => {
  const days = [addDays(OPENING, firstDay)]
  const end = Math.min(lastDay, DAYS - 1)
  let next = firstDay
  while (next <= end) {
    next += Math.max(1, Math.round(gapDays * (0.3 + 1.4 * random.share())))
    const day = addDays(OPENING, next)
    if (next <= end && random.happens(SEASON[yearMonthDay(day).month - 1] ?? 1)) days.push(day)
  }
  return days
}

const returnOf = ({ id, customer }: Order, at: Instant, lines: ReadonlyArray<PurchaseLine>): Activity => ({
  type: 'return',
  id: id.replace('order/', 'return/') as ActivityId,
  member: customer,
  at,
  purchase: id,
  lines: lines.map((line) => ({ line: line.id })),
})

/** One order in fifteen comes back within four weeks, all of it or one line. */
const returnsOf = (random: Random, zone: Zone, order: Order): ReadonlyArray<Activity> => {
  if (!random.happens(1 / 15)) return []
  const lines = random.happens(0.5) ? order.lines : order.lines.slice(0, 1)
  return [returnOf(order, timeOn(random, zone, addDays(order.day, random.whole(3, 28))), lines)]
}

const redemption = ({ id, customer }: Order, at: Instant, points: number): Activity => ({
  type: 'redemption',
  id: id.replace('order/', 'reward/') as ActivityId,
  member: customer,
  at,
  wallet: POINTS,
  points: points as Points,
})

/** Some want to spend points when they order; not all of them have as many. */
const redemptionsOf = (random: Random, order: Order, index: number): ReadonlyArray<Activity> =>
  index >= 3 && random.happens(0.3) ? [redemption(order, order.at, random.pick([50, 100, 100, 150, 250]))] : []

/** A few spend the points of an order as soon as they can, and then send the goods back: they are in debt. */
const spendAndReturn = (random: Random, zone: Zone, order: Order): ReadonlyArray<Activity> => [
  redemption(order, timeOn(random, zone, addDays(order.day, 15)), Math.floor(order.total.minor / 100)),
  returnOf(order, timeOn(random, zone, addDays(order.day, random.whole(18, 28))), order.lines),
]

const othersOf = (random: Random, zone: Zone, order: Order, index: number): ReadonlyArray<Activity> =>
  index === 0 && random.happens(0.03)
    ? spendAndReturn(random, zone, order)
    : [...returnsOf(random, zone, order), ...redemptionsOf(random, order, index)]

/** One in three is asked after an order, and some of them leave the question out. */
const answersOf = (random: Random, { id, liking }: Customer, orders: ReadonlyArray<Order>): ReadonlyArray<Answer> => {
  const last = orders.at(-1)
  if (last === undefined || !random.happens(0.35)) return []
  const score = Math.min(10, Math.floor(4 + 6 * Math.sqrt(liking) + 2.5 * random.share()))
  return [{ customer: id, day: addDays(last.day, 2), score: random.happens(0.05) ? null : score }]
}

/** The sample shop: the same one on every call. */
export const sampleShop = (zone: Zone): Shop => {
  const random = seededRandom(SEED)
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => customerOf(random, index))
  const histories = customers.map((customer) => {
    const orders = orderDays(random, customer).map((day) => orderOn(random, zone, customer.id, day))
    const others = orders.flatMap((order, index) => othersOf(random, zone, order, index))
    return { orders, others, answers: answersOf(random, customer, orders) }
  })
  const [first, ...rest] = histories.flatMap(({ orders }) => orders).sort((a, b) => a.at - b.at)
  if (first === undefined) throw new Error('Every sample customer has an order.')
  return {
    source: 'a made-up coffee roastery (give a CSV file to see your own shop: npm run demo -- orders.csv)',
    currency: EUR,
    orders: [first, ...rest],
    others: histories.flatMap(({ others }) => others).sort((a, b) => a.at - b.at),
    recommendedBy: new Map(
      customers.flatMap(({ id, recommendedBy }) => (recommendedBy === undefined ? [] : [[id, recommendedBy] as const])),
    ),
    answers: histories.flatMap(({ answers }) => answers),
    notes: [],
  }
}
