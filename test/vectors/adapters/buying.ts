import {
  type BuyingModel,
  bgNbd,
  customerLifetimeValue,
  discountedLifetime,
  discountedOccasionPurchases,
  discountedResidualLifetime,
  expectedOccasionPurchases,
  expectedOrderValue,
  gompertzNbd,
  mbgNbd,
  newCustomerOccasionPurchases,
  type OccasionParameters,
  occasionLogLikelihood,
  occasionProbabilityAlive,
  occasionProbabilityOf,
  paretoDiscountedPurchases,
  paretoNbd,
  populationOrderValue,
  type RenewalParameters,
  renewalLogEnd,
  renewalRetention,
  renewalSurvival,
  type SpendParameters,
  spendLogLikelihood,
} from 'treue'
import { type Adapter, type Adapters, adapter, figure } from '../adapter.ts'

interface Population {
  readonly t: ReadonlyArray<number>
  readonly pmf?: ReadonlyArray<{ readonly t: number; readonly n: ReadonlyArray<number> }>
}

interface Customer {
  readonly x: number
  readonly t_x: number
  readonly T: number
  readonly t: ReadonlyArray<number>
}

const value = (result: Parameters<typeof figure<number, number | string>>[0]) =>
  figure(result, (number) => (Number.isFinite(number) ? number : String(number)))

const population = <Name extends string>(model: BuyingModel<Name>): Adapter =>
  adapter<Population & { readonly [name in Name]: number }>((input) => ({
    ...input,
    expected: input.t.map((horizon) => value(model.newCustomerPurchases(input, horizon))),
    pmf: (input.pmf ?? []).map(({ t, n }) => ({
      t,
      n,
      p: n.map((count) => value(model.probabilityOf(input, t, count))),
    })),
  }))

const customer = <Name extends string>(model: BuyingModel<Name>): Adapter =>
  adapter<Customer & { readonly [name in Name]: number }>((input) => {
    const buyer = { repeats: input.x, recency: input.t_x, age: input.T }
    return {
      ...input,
      ll: value(model.logLikelihood(input, buyer)),
      p_alive: value(model.probabilityAlive(input, buyer)),
      log_odds_dead: value(model.logOddsGone(input, buyer)),
      cond_exp_alive: input.t.map((horizon) => value(model.expectedPurchasesIfAlive(input, buyer, horizon))),
      cond_exp: input.t.map((horizon) => value(model.expectedPurchases(input, buyer, horizon))),
    }
  })

const paretoCustomer = adapter<
  Customer & { readonly discount: ReadonlyArray<number> } & Parameters<typeof paretoDiscountedPurchases>[0]
>((input) => ({
  ...customer(paretoNbd).figures(input),
  dert: input.discount.map((rate) =>
    value(paretoDiscountedPurchases(input, { repeats: input.x, recency: input.t_x, age: input.T }, rate)),
  ),
}))

const occasions = adapter<OccasionParameters & { readonly n: number }>((input) => ({
  ...input,
  expected: value(newCustomerOccasionPurchases(input, input.n)),
  pmf: Array.from({ length: input.n + 1 }, (_, count) => value(occasionProbabilityOf(input, input.n, count))),
}))

interface Occasions extends OccasionParameters {
  readonly x: number
  readonly t_x: number
  readonly n: number
  readonly m: ReadonlyArray<number>
  readonly discount: ReadonlyArray<number>
}

const occasionCustomer = adapter<Occasions>((input) => {
  const buyer = { purchases: input.x, lastPurchase: input.t_x, occasions: input.n }
  return {
    ...input,
    ll: value(occasionLogLikelihood(input, buyer)),
    p_alive_n: value(occasionProbabilityAlive(input, buyer, 0)),
    p_alive_n1: value(occasionProbabilityAlive(input, buyer)),
    cond_exp: input.m.map((coming) => value(expectedOccasionPurchases(input, buyer, coming))),
    dert: input.discount.map((rate) => value(discountedOccasionPurchases(input, buyer, rate))),
  }
})

// The vectors say NaN for a mean that doesn't exist; here that is a fault at q.
const orderValues = adapter<SpendParameters>((input) => {
  const mean = populationOrderValue(input)
  const isInfinite = mean._tag === 'Left' && mean.left.length === 1 && mean.left[0].path.join('.') === 'parameters.q'
  return { ...input, mean: isInfinite && input.q <= 1 ? 'NaN' : value(mean) }
})

const orderValue = adapter<SpendParameters & { readonly x: number; readonly zbar: number }>((input) => {
  const history = { orders: input.x, meanValue: input.zbar }
  return {
    ...input,
    ll: value(spendLogLikelihood(input, history)),
    cond_mean: value(expectedOrderValue(input, history)),
  }
})

interface Renewals extends RenewalParameters {
  readonly t: ReadonlyArray<number>
  readonly discount: ReadonlyArray<number>
  readonly DERL: ReadonlyArray<{ readonly n: ReadonlyArray<number> }>
}

const renewals = adapter<Renewals>((input) => ({
  ...input,
  log_p_churn: input.t.map((period) => value(renewalLogEnd(input, period))),
  log_S: input.t.map((period) => figure(renewalSurvival(input, period), Math.log)),
  S: input.t.map((period) => value(renewalSurvival(input, period))),
  retention: input.t.map((period) => value(renewalRetention(input, period))),
  DEL: input.discount.map((rate) => value(discountedLifetime(input, rate))),
  DERL: input.DERL.map(({ n }, index) => ({
    n,
    v: n.map((renewal) => value(discountedResidualLifetime(input, renewal, input.discount[index] as number))),
  })),
}))

interface LifetimeValue extends Omit<Customer, 't'> {
  readonly bg: Parameters<typeof bgNbd.probabilityAlive>[0]
  readonly gg: SpendParameters
  readonly m: number
}

// As lifetimes has it: twelve months of 4.345 weeks, at 1 % a month; who bought once spends what all do.
const lifetimeValue = adapter<LifetimeValue>(({ bg, gg, x, t_x, T, m }) => {
  const orderValueOf = x === 0 ? populationOrderValue(gg) : expectedOrderValue(gg, { orders: x, meanValue: m })
  const orderValueOrNone = orderValueOf._tag === 'Right' ? orderValueOf.right : Number.NaN
  const year = { orderValue: orderValueOrNone, periods: 12, periodLength: 4.345, discountPerPeriod: 0.01 }
  return {
    cond_profit: value(orderValueOf),
    clv12: value(customerLifetimeValue(bgNbd, bg, { repeats: x, recency: t_x, age: T }, year)),
  }
})

/** Buy-till-you-die models. */
export const buyingAdapters: Adapters = {
  'BG/NBD.unconditional': population(bgNbd),
  'BG/NBD.customer': customer(bgNbd),
  'MBG/NBD.unconditional': population(mbgNbd),
  'MBG/NBD.customer': customer(mbgNbd),
  'Pareto/NBD.unconditional': population(paretoNbd),
  'Pareto/NBD.customer': paretoCustomer,
  'GGompertz/NBD.unconditional': population(gompertzNbd),
  'GGompertz/NBD.customer': customer(gompertzNbd),
  'BG/BB.unconditional': occasions,
  'BG/BB.customer': occasionCustomer,
  'Gamma-Gamma.population': orderValues,
  'Gamma-Gamma.customer': orderValue,
  sBG: renewals,
  'clv.lifetimesConvention': lifetimeValue,
}
