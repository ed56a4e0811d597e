// What the report is made from, wherever it came from: a file, or the sample shop.
import type {
  Activity,
  ActivityId,
  CivilDate,
  Currency,
  Enrolment,
  Instant,
  MemberId,
  Money,
  PurchaseLine,
} from 'treue'

/** One order of one customer. */
export interface Order {
  readonly id: ActivityId
  readonly customer: MemberId
  /** The instant; an order of which only the date is known counts as made when its day began. */
  readonly at: Instant
  readonly day: CivilDate
  readonly total: Money
  readonly lines: ReadonlyArray<PurchaseLine>
}

/** An answer to "How likely are you to recommend us?"; `null`: the question was left out. */
export interface Answer {
  readonly customer: string
  readonly day: CivilDate
  readonly score: number | null
}

/** All that is known of a shop. */
export interface Shop {
  /** Where it is from, for the first line of the report. */
  readonly source: string
  readonly currency: Currency
  /** At least one, in order of time. */
  readonly orders: readonly [Order, ...Order[]]
  /** Returns and redemptions, in order of time. */
  readonly others: ReadonlyArray<Activity>
  /** Of each customer who came by a recommendation, who made it. */
  readonly recommendedBy: ReadonlyMap<MemberId, MemberId>
  readonly answers: ReadonlyArray<Answer>
  /** What the reader should know about how it was read. */
  readonly notes: ReadonlyArray<string>
}

/** When each customer ordered first: that is when they join the program. */
const firstOrders = (orders: ReadonlyArray<Order>): ReadonlyMap<MemberId, Instant> => {
  const first = new Map<MemberId, Instant>()
  for (const { customer, at } of orders) if (!first.has(customer)) first.set(customer, at)
  return first
}

const enrolment = (
  member: MemberId,
  at: Instant,
  { recommendedBy }: Shop,
  first: ReadonlyMap<MemberId, Instant>,
): Enrolment => {
  const joins = { type: 'enrolment', id: `join/${member}` as ActivityId, member, at } as const
  const referrer = recommendedBy.get(member)
  const enrolledAt = referrer === undefined ? undefined : first.get(referrer)
  return referrer === undefined || enrolledAt === undefined
    ? joins
    : { ...joins, referrer: { member: referrer, enrolledAt } }
}

/** Everything that happened, in order of time: every customer joins with the first order. */
const activitiesOf = (shop: Shop): ReadonlyArray<Activity> => {
  const first = firstOrders(shop.orders)
  const joined = new Set<MemberId>()
  const activities: Array<Activity> = []
  for (const { id, customer, at, lines } of shop.orders) {
    if (!joined.has(customer)) {
      joined.add(customer)
      activities.push(enrolment(customer, at, shop, first))
    }
    activities.push({ type: 'purchase', id, member: customer, at, lines })
  }
  // The sort is stable: of one instant, joining stays before ordering, and ordering before what follows it.
  return shop.others.length === 0 ? activities : [...activities, ...shop.others].sort((a, b) => a.at - b.at)
}

/** The member at the beginning of a chain of recommendations. */
const founderOf = (member: MemberId, { recommendedBy }: Shop): MemberId => {
  const seen = new Set([member])
  let founder = member
  for (let next = recommendedBy.get(founder); next !== undefined && !seen.has(next); next = recommendedBy.get(next)) {
    seen.add(next)
    founder = next
  }
  return founder
}

/**
 * Everything that happened, family by family, in order of time within each. A family is all whom recommendations connect;
 * without any it is one member. What a decision needs is the state of one member, and what it asks for goes to one of
 * the same family: so families can be run in any order, one by one or on many machines.
 */
export const familiesOf = (shop: Shop): ReadonlyArray<ReadonlyArray<Activity>> => {
  const families = new Map<MemberId, Array<Activity>>()
  for (const activity of activitiesOf(shop)) {
    const founder = shop.recommendedBy.size === 0 ? activity.member : founderOf(activity.member, shop)
    const family = families.get(founder)
    if (family === undefined) families.set(founder, [activity])
    else family.push(activity)
  }
  return [...families.values()]
}

/** The day of the last order. */
export const lastDayOf = ({ orders }: Shop): CivilDate => (orders[orders.length - 1] ?? orders[0]).day
