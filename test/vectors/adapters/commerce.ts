import {
  addDays,
  commerceFigures,
  type DailyPurchase,
  encodePurchases,
  money,
  parseCivilDate,
  purchaseFrequency,
  purchaseSummaries,
  type RepeatDefinition,
  repeatPurchaseRate,
  timeBetweenOrders,
  unwrap,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

const date = (text: string) => unwrap(parseCivilDate(text))

interface Transactions {
  readonly transactions: ReadonlyArray<{ readonly customer: string; readonly date: string; readonly amount?: string }>
}

const logOf = ({ transactions }: Transactions) =>
  unwrap(
    encodePurchases(
      transactions.map(({ customer, date: day, amount }): DailyPurchase => {
        const purchase = { customer, day: date(day) }
        return amount === undefined ? purchase : { ...purchase, amount: unwrap(money(amount, 'EUR')) }
      }),
    ),
  )

const purchaseSummary = adapter<Transactions & { readonly asOf: string }>((input) => {
  const summaries = unwrap(purchaseSummaries(logOf(input), date(input.asOf)))
  return {
    rows: Object.fromEntries(
      summaries.map(({ customer, repeatPurchases, firstToLastDays, ageDays }) => [
        customer,
        { repeatPurchases, recencyFirstToLast: firstToLastDays, age: ageDays },
      ]),
    ),
    daysSinceLast: Object.fromEntries(summaries.map(({ customer, daysSinceLast }) => [customer, daysSinceLast])),
  }
})

const commerceSummary = adapter<Transactions>((input) => {
  const log = logOf(input)
  const figures = commerceFigures(log)
  const gaps = timeBetweenOrders(log, { counting: 'orders' })
  return {
    customers: figure(figures, ({ customers }) => customers),
    orders: figure(figures, ({ orders }) => orders),
    revenue: figure(figures, (found) => (found.money?.revenue.minor ?? 0) / 100),
    aov: figure(figures, (found) => (found.money?.averageOrderMinor ?? 0) / 100),
    purchaseFrequency: figure(figures, ({ ordersPerCustomer }) => ordersPerCustomer),
    repeatCustomers: figure(figures, ({ repeatCustomers }) => repeatCustomers),
    repeatPurchaseRate: figure(figures, (found) => found.repeatPurchaseRate),
    meanGapPooledDays: figure(gaps, ({ pooledMeanDays }) => pooledMeanDays),
    meanOfCustomerMeansDays: figure(gaps, (found) => found.meanOfCustomerMeansDays),
    medianGapDays: figure(gaps, ({ medianDays }) => medianDays),
    historicClvMean: figure(figures, (found) => (found.money?.perCustomerMinor ?? 0) / 100),
  }
})

const frequency = adapter<{ readonly orders: number; readonly customers: number }>((counts) => {
  const result = purchaseFrequency({ ...counts, days: 365 })
  return {
    purchaseFrequency: figure(result, ({ ordersPerCustomer }) => ordersPerCustomer),
    timeBetweenPurchases365: figure(result, ({ daysPerOrder }) => daysPerOrder),
  }
})

interface RepeatInput extends Transactions {
  /** The window's first and last day. */
  readonly window: readonly [string, string]
  readonly asOf: string
}

const repeatRate = adapter<RepeatInput>((input) => {
  const log = logOf(input)
  const window = { from: date(input.window[0]), until: addDays(date(input.window[1]), 1) }
  const by = (definition: RepeatDefinition) =>
    figure(repeatPurchaseRate(log, { window, asOf: date(input.asOf), definition }), ({ rate }) => rate)
  return {
    repeatPurchaseRateInWindow: by('inWindow'),
    returningCustomerRateToWindowEnd: by('byWindowEnd'),
    shopifyStyleLifetimeAsOf: by('lifetime'),
  }
})

/** Purchases. */
export const commerceAdapters: Adapters = {
  'purchase.summary': purchaseSummary,
  'commerce.summary': commerceSummary,
  'commerce.purchaseFrequency': frequency,
  'commerce.repeatRate': repeatRate,
}
