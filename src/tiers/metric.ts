/** What a ladder counts for a member. */
import {
  type Brand,
  type Codec,
  literalCodec,
  refineCodec,
  stringCodec,
  structCodec,
  unionCodec,
  WalletId,
} from '../foundation/index.ts'

/** The id of a metric of a ladder. */
export type MetricId = Brand<string, 'MetricId'>

/** Reads the id of a metric of a ladder: any text that is not empty. */
export const MetricId: Codec<MetricId, string> = /* @__PURE__ */ refineCodec<string, string, MetricId>(
  stringCodec,
  'MetricId',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/** What every metric that is added up has. */
interface Counted {
  readonly id: MetricId
  /** Whether a qualification period starts from zero, the default, or nothing is ever forgotten. */
  readonly over?: 'period' | 'lifetime'
}

/** Points earned in a wallet, in its smallest unit. */
export interface PointsMetric extends Counted {
  readonly of: 'points'
  readonly wallet: WalletId
  /** Whether points count when they are earned, the default, or when they become active (S16). */
  readonly countedAt?: 'earning' | 'activation'
}

/** What was paid for, in minor units of the program's currency. */
export interface SpendMetric extends Counted {
  readonly of: 'spend'
}

/** Purchases that were not returned completely. */
export interface OrdersMetric extends Counted {
  readonly of: 'orders'
}

/** Times that something was done, or the sum of an integer attribute of it, such as nights of a stay. */
export interface ActionMetric extends Counted {
  readonly of: 'action'
  readonly action: string
  /** Default: each time counts 1. */
  readonly attribute?: string
}

/** Distinct calendar months with a purchase, or with an action. */
export interface ActiveMonthsMetric extends Counted {
  readonly of: 'activeMonths'
  /** Default: purchases make a month active. */
  readonly action?: string
}

/** Whole months or days since the member joined. */
export interface TenureMetric {
  readonly id: MetricId
  readonly of: 'tenure'
  readonly unit: 'day' | 'month'
}

/** Points that a member has at the moment, spendable or held, in the wallet's smallest unit: spending lowers it (S39). */
export interface BalanceMetric {
  readonly id: MetricId
  readonly of: 'balance'
  readonly wallet: WalletId
}

/** What a ladder counts: always whole units, one fixed unit for each. */
export type Metric =
  | PointsMetric
  | SpendMetric
  | OrdersMetric
  | ActionMetric
  | ActiveMonthsMetric
  | TenureMetric
  | BalanceMetric

const over: Codec<'period' | 'lifetime'> = /* @__PURE__ */ literalCodec('period', 'lifetime')
const name: Codec<string, unknown> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Name',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/**
 * Reads a {@link Metric}.
 *
 * @example
 * ```ts
 * import { decode, Metric } from 'treue'
 *
 * decode(Metric, { id: 'nights', of: 'action', action: 'stay', attribute: 'nights' })._tag // => 'Right'
 * decode(Metric, { id: 'miles', of: 'miles' })._tag // => 'Left'
 * ```
 */
export const Metric: Codec<Metric, unknown> = /* @__PURE__ */ unionCodec('Metric', 'of', {
  points: /* @__PURE__ */ structCodec(
    'PointsMetric',
    { id: MetricId, of: /* @__PURE__ */ literalCodec('points'), wallet: WalletId },
    { over, countedAt: /* @__PURE__ */ literalCodec('earning', 'activation') },
  ),
  spend: /* @__PURE__ */ structCodec(
    'SpendMetric',
    { id: MetricId, of: /* @__PURE__ */ literalCodec('spend') },
    { over },
  ),
  orders: /* @__PURE__ */ structCodec(
    'OrdersMetric',
    { id: MetricId, of: /* @__PURE__ */ literalCodec('orders') },
    { over },
  ),
  action: /* @__PURE__ */ structCodec(
    'ActionMetric',
    { id: MetricId, of: /* @__PURE__ */ literalCodec('action'), action: name },
    { over, attribute: name },
  ),
  activeMonths: /* @__PURE__ */ structCodec(
    'ActiveMonthsMetric',
    { id: MetricId, of: /* @__PURE__ */ literalCodec('activeMonths') },
    { over, action: name },
  ),
  tenure: /* @__PURE__ */ structCodec('TenureMetric', {
    id: MetricId,
    of: /* @__PURE__ */ literalCodec('tenure'),
    unit: /* @__PURE__ */ literalCodec('day', 'month'),
  }),
  balance: /* @__PURE__ */ structCodec('BalanceMetric', {
    id: MetricId,
    of: /* @__PURE__ */ literalCodec('balance'),
    wallet: WalletId,
  }),
})

/** Whether a metric forgets at the end of a qualification period; a level or a length of time has nothing to forget. */
export const isOfPeriod = (metric: Metric): boolean =>
  metric.of !== 'tenure' && metric.of !== 'balance' && metric.over !== 'lifetime'
