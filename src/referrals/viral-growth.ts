/** How far referrals let a customer base grow: the K-factor, cycles, projections. */
import * as E from 'fp-ts/Either'
import {
  type EmptySample,
  type Instant,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { mean, median } from '../statistics/index.ts'

/** What the K-factor is counted from. */
export interface ViralCounts {
  readonly users: number
  readonly invitations: number
  readonly accepted: number
}

/** How many new customers a customer brings. */
export interface ViralCoefficient {
  readonly invitationsPerUser: number
  /** The share of invitations that is accepted. */
  readonly acceptance: number
  /** The product of both: the new customers that one customer brings in a cycle. */
  readonly k: number
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isRate = (value: number): boolean => Number.isFinite(value) && value >= 0

const expected = (name: string, value: number, holds: boolean, right: string): ReadonlyArray<InvalidValue> =>
  holds ? [] : [invalidValue([name], value, right)]

/**
 * The K-factor of a time: invitations for each customer times the share that is accepted.
 *
 * `InvalidValue`: counts that are none, or more accepted than invited. `ZeroDenominator`: no customers, or no invitations.
 * All are reported.
 *
 * @param counts - customers, their invitations, and those accepted
 *
 * @example
 * ```ts
 * import { unwrap, viralCoefficient } from 'treue'
 *
 * unwrap(viralCoefficient({ users: 2000, invitations: 5000, accepted: 500 }))
 * // => { invitationsPerUser: 2.5, acceptance: 0.1, k: 0.25 }
 * ```
 */
export const viralCoefficient = ({
  users,
  invitations,
  accepted,
}: ViralCounts): E.Either<ReadonlyArray<InvalidValue | ZeroDenominator>, ViralCoefficient> => {
  const faults = [
    ...expected('users', users, isCount(users), 'an integer of 0 or more'),
    ...expected('invitations', invitations, isCount(invitations), 'an integer of 0 or more'),
    ...expected(
      'accepted',
      accepted,
      isCount(accepted) && accepted <= invitations,
      'an integer from 0 to the invitations',
    ),
  ]
  if (faults.length > 0) return E.left(faults)
  const zeros = [
    ...(users === 0 ? [zeroDenominator(['users'], 'a customer at least')] : []),
    ...(invitations === 0 ? [zeroDenominator(['invitations'], 'an invitation at least')] : []),
  ]
  if (zeros.length > 0) return E.left(zeros)
  // Over the customers at once: rounding twice would tell another k.
  return E.right({ invitationsPerUser: invitations / users, acceptance: accepted / invitations, k: accepted / users })
}

/**
 * The K-factor from its two rates.
 *
 * `InvalidValue`: invitations below 0, or an acceptance outside 0–1. All are reported.
 *
 * @param rates - invitations for each customer, and the share of them that is accepted
 *
 * @example
 * ```ts
 * import { unwrap, viralCoefficientOfRates } from 'treue'
 *
 * unwrap(viralCoefficientOfRates({ invitationsPerUser: 3, acceptance: 0.15 })).k.toFixed(2) // => '0.45'
 * ```
 */
export const viralCoefficientOfRates = ({
  invitationsPerUser,
  acceptance,
}: Pick<ViralCoefficient, 'invitationsPerUser' | 'acceptance'>): E.Either<
  ReadonlyArray<InvalidValue>,
  ViralCoefficient
> => {
  const faults = [
    ...expected('invitationsPerUser', invitationsPerUser, isRate(invitationsPerUser), 'a number of 0 or more'),
    ...expected('acceptance', acceptance, acceptance >= 0 && acceptance <= 1, 'a number from 0 to 1'),
  ]
  return faults.length > 0
    ? E.left(faults)
    : E.right({ invitationsPerUser, acceptance, k: invitationsPerUser * acceptance })
}

/** When a referrer and a referee enrolled. */
export interface EnrolmentPair {
  readonly referrerEnrolledAt: Instant
  readonly refereeEnrolledAt: Instant
}

/** How long a cycle takes, in days of 24 hours. */
export interface ViralCycleTime {
  readonly referrals: number
  readonly meanDays: number
  readonly medianDays: number
}

const msPerDay = 86_400_000

/**
 * How long it takes from a customer's enrolment to that of somebody whom they brought.
 *
 * `EmptySample`: no referral. `InvalidValue`: a referee who did not enrol after the referrer.
 *
 * @param pairs - both enrolments of each referral
 *
 * @example
 * ```ts
 * import { type Instant, unwrap, viralCycleTime } from 'treue'
 *
 * const day = 86_400_000
 * const pair = (days: number) => ({ referrerEnrolledAt: 0 as Instant, refereeEnrolledAt: (days * day) as Instant })
 * unwrap(viralCycleTime([pair(2), pair(3), pair(10)])) // => { referrals: 3, meanDays: 5, medianDays: 3 }
 * ```
 */
export const viralCycleTime = (
  pairs: ReadonlyArray<EnrolmentPair>,
): E.Either<ReadonlyArray<EmptySample | InvalidValue | OutOfRange>, ViralCycleTime> => {
  const days = Float64Array.from(pairs, (pair) => (pair.refereeEnrolledAt - pair.referrerEnrolledAt) / msPerDay)
  const faults: Array<InvalidValue> = []
  for (const [index, length] of days.entries()) {
    if (length > 0) continue
    faults.push(invalidValue([index, 'refereeEnrolledAt'], pairs[index]?.refereeEnrolledAt, 'after the referrer’s'))
  }
  if (faults.length > 0) return E.left(faults)
  const meanDays = mean(days)
  const medianDays = median(days)
  if (E.isLeft(meanDays)) return E.left([meanDays.left])
  if (E.isLeft(medianDays)) return E.left([medianDays.left])
  return E.right({ referrals: days.length, meanDays: meanDays.right, medianDays: medianDays.right })
}

/** What a projection begins with. */
export interface ViralStart {
  /** Customers at the beginning, all of whom invite in the first cycle. */
  readonly users: number
  /** New customers that each new customer brings in the cycle after. */
  readonly k: number
  readonly cycles: number
  /** All who could ever be customers; `null`: without end. The fuller the market, the fewer invitations meet somebody new. */
  readonly market: number | null
}

/** Customers after a cycle. */
export interface ViralCycle {
  /** 0 is the beginning. */
  readonly cycle: number
  readonly newUsers: number
  readonly users: number
}

const startFaults = ({ users, k, cycles, market }: ViralStart): ReadonlyArray<InvalidValue> => [
  ...expected('users', users, isRate(users), 'a number of 0 or more'),
  ...expected('k', k, isRate(k), 'a number of 0 or more'),
  ...expected('cycles', cycles, isCount(cycles) && cycles <= 10_000, 'an integer from 0 to 10000'),
  ...(market === null
    ? []
    : expected('market', market, isRate(market) && market >= users && market > 0, 'at least the users')),
]

/**
 * The customers after each cycle, where only those of the last cycle invite: U₀ (K^(n+1) − 1) / (K − 1), and U₀ (n + 1) for
 * K = 1. With a market, each cycle's new customers are fewer by the share of the market that is won, and never more than
 * are left.
 *
 * Sources: D. Skok, S. Reiss, "Lessons learned: viral marketing" (2009), without a market; the discrete logistic damping
 * of F. M. Bass, Management Science 15 (1969), with one.
 *
 * `InvalidValue`: a start that makes no sense, all of it. `OutOfRange`: more customers than a number can hold.
 *
 * @param start - customers, K-factor, cycles and market
 *
 * @example
 * ```ts
 * import { unwrap, viralGrowth } from 'treue'
 *
 * const growth = (market: number | null) => unwrap(viralGrowth({ users: 10, k: 2, cycles: 4, market }))
 * growth(null).map(({ users }) => users) // => [10, 30, 70, 150, 310]
 * growth(40).map(({ users }) => Math.round(users)) // => [10, 25, 36, 38, 39]
 * ```
 */
export const viralGrowth = (
  start: ViralStart,
): E.Either<ReadonlyArray<InvalidValue | OutOfRange>, ReadonlyArray<ViralCycle>> => {
  const faults = startFaults(start)
  if (faults.length > 0) return E.left(faults)
  const { k, cycles, market } = start
  let users = start.users
  let newUsers = users
  const growth: Array<ViralCycle> = [{ cycle: 0, newUsers, users }]
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const free = market === null ? 1 : 1 - users / market
    newUsers = Math.min(newUsers * k * free, market === null ? Number.POSITIVE_INFINITY : market - users)
    users += newUsers
    if (!Number.isFinite(users)) return E.left([outOfRange(['cycles'], cycle, 'fewer cycles, or a smaller k')])
    growth.push({ cycle, newUsers, users })
  }
  return E.right(growth)
}

/**
 * The customers after a time that need not be whole cycles: U₀ (K^(t/p+1) − 1) / (K − 1).
 *
 * Source: D. Skok, S. Reiss, "Lessons learned: viral marketing" (2009).
 *
 * `InvalidValue`: numbers that make no sense, all of them. `ZeroDenominator`: a cycle without length. `OutOfRange`: more
 * customers than a number can hold.
 *
 * @param start - customers and K-factor
 * @param days - how long
 * @param cycleDays - how long a cycle takes, in days
 *
 * @example
 * ```ts
 * import { unwrap, viralGrowthAfter } from 'treue'
 *
 * unwrap(viralGrowthAfter({ users: 10, k: 2 }, 20, 5)) // => 310
 * unwrap(viralGrowthAfter({ users: 10, k: 1 }, 10, 5)) // => 30
 * ```
 */
export const viralGrowthAfter = (
  { users, k }: Pick<ViralStart, 'users' | 'k'>,
  days: number,
  cycleDays: number,
): E.Either<ReadonlyArray<InvalidValue | ZeroDenominator | OutOfRange>, number> => {
  const faults = [
    ...startFaults({ users, k, cycles: 0, market: null }),
    ...expected('days', days, isRate(days), 'a number of 0 or more'),
    ...expected('cycleDays', cycleDays, isRate(cycleDays), 'a number above 0'),
  ]
  if (faults.length > 0) return E.left(faults)
  if (cycleDays === 0) return E.left([zeroDenominator(['cycleDays'], 'a number above 0')])
  const terms = days / cycleDays + 1
  // Near 1 the quotient of two small differences would lose its digits.
  const logK = Math.log(k)
  const factor = k === 1 ? terms : k === 0 ? 1 : Math.expm1(terms * logK) / Math.expm1(logK)
  const result = users * factor
  return Number.isFinite(result)
    ? E.right(result)
    : E.left([outOfRange(['days'], days, 'a shorter time, or a smaller k')])
}

/**
 * The customers that there will ever be, where each brings less than one: U₀ / (1 − K).
 *
 * `InvalidValue`: numbers that make no sense, all of them. `OutOfRange`: with a K-factor of 1 or more there is no limit.
 *
 * @param start - customers and K-factor
 *
 * @example
 * ```ts
 * import { unwrap, viralLimit } from 'treue'
 *
 * unwrap(viralLimit({ users: 100, k: 0.5 })) // => 200
 * viralLimit({ users: 100, k: 1 })._tag // => 'Left'
 * ```
 */
export const viralLimit = ({
  users,
  k,
}: Pick<ViralStart, 'users' | 'k'>): E.Either<ReadonlyArray<InvalidValue | OutOfRange>, number> => {
  const faults = startFaults({ users, k, cycles: 0, market: null })
  if (faults.length > 0) return E.left(faults)
  return k < 1 ? E.right(users / (1 - k)) : E.left([outOfRange(['k'], k, 'a number below 1')])
}
