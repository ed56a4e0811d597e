import {
  addMonths,
  type Currency,
  dailySumRevenueChurn,
  fixedCohortRevenue,
  formatCivilDate,
  logoChurn,
  money,
  monthlyRecurring,
  parseCivilDate,
  type RevenueMovements,
  type RevenueSpan,
  revenueAccountMonoid,
  revenueQuickRatio,
  revenueReport,
  revenueRetention,
  subscriptionEndsOn,
  unwrap,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

const date = (text: string) => unwrap(parseCivilDate(text))
const usd = 'USD' as Currency
const dollars = (amount: string) => unwrap(money(amount, 'USD')).minor

type Amounts = Partial<Readonly<Record<keyof RevenueMovements, string>>>

const accountOf = (amounts: Amounts) => ({
  ...revenueAccountMonoid.empty,
  ...Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, dollars(amount)])),
})

const churn = adapter<Amounts>((amounts) => {
  const account = accountOf(amounts)
  const result = revenueRetention(account)
  const { start, expansion, reactivation, contraction } = account
  return {
    grossMrrChurn: figure(result, ({ grossChurn }) => grossChurn),
    netMrrChurn: figure(result, ({ netChurn }) => netChurn),
    grr: figure(result, ({ gross }) => gross),
    nrr: figure(result, ({ net }) => net),
    end: (start + account.new + expansion + reactivation - account.churn - contraction) / 100,
  }
})

const netRetention = adapter<Amounts>((amounts) => {
  const net = (account: RevenueMovements) => figure(revenueRetention(account), (rates) => rates.net)
  const account = accountOf(amounts)
  // The formula as written leaves contraction out.
  return { standardNrr: net(account), baremetricsAsWritten: net({ ...account, contraction: 0 }) }
})

interface Day {
  readonly start: string
  readonly end: string
  readonly new: string
}

/** What isn't new is an expansion where the day ends higher, and churn where it ends lower. */
const dayAccount = (day: Day): RevenueMovements => {
  const [start, end, won] = [dollars(day.start), dollars(day.end), dollars(day.new)]
  const change = end - won - start
  return {
    ...revenueAccountMonoid.empty,
    start,
    new: won,
    expansion: Math.max(0, change),
    churn: Math.max(0, -change),
    end,
  }
}

const daily = adapter<{ readonly days: ReadonlyArray<Day> }>(({ days }) => {
  const result = dailySumRevenueChurn(days.map(dayAccount))
  return {
    grossMrrChurn: figure(result, ({ gross }) => gross),
    netMrrChurn: figure(result, ({ net }) => net),
  }
})

interface Subscriptions {
  readonly subscriptions: ReadonlyArray<{
    readonly count: number
    readonly amount: string
    readonly intervalMonths: number
  }>
}

const normalise = adapter<Subscriptions>(({ subscriptions }) => ({
  mrr: subscriptions.reduce((sum, { count, amount, intervalMonths }) => {
    const price = {
      amount: unwrap(money(amount, 'USD')),
      every: { unit: 'month', count: intervalMonths },
      quantity: count,
    } as const
    return sum + unwrap(monthlyRecurring(price)).minor / 100
  }, 0),
}))

const timing = adapter<{ readonly cancelled: string; readonly paidThrough: string }>(({ cancelled, paidThrough }) => {
  const end = { cancelledOn: date(`2026-${cancelled}`), paidUntil: date(`2026-${paidThrough}`) }
  return {
    churnDateAtPeriodEnd: formatCivilDate(subscriptionEndsOn(end)).slice(5),
    churnDateAtCancellation: formatCivilDate(subscriptionEndsOn(end, { ends: 'cancellation' })).slice(5),
  }
})

const quickRatio = adapter<Amounts>((amounts) => {
  const result = revenueQuickRatio(accountOf(amounts))
  return {
    quickRatio: figure(result, ({ ratio }) => ratio),
    netNew: figure(result, ({ netNew }) => netNew / 100),
  }
})

interface Playbook {
  readonly dataset: {
    readonly subscriptionPeriods: ReadonlyArray<{
      readonly customer_id: number
      readonly start_date: string
      readonly end_date: string
      readonly monthly_amount: number
    }>
  }
}

const spansOf = ({ dataset }: Playbook): ReadonlyArray<RevenueSpan> =>
  dataset.subscriptionPeriods.map((period) => ({
    customer: String(period.customer_id),
    from: date(period.start_date),
    until: date(period.end_date),
    monthly: { minor: period.monthly_amount, currency: usd },
  }))

const asOf = date('2100-01-01')

const waterfall = adapter<Playbook>((input) => {
  const periods = { unit: 'month', from: date('2017-09-01'), count: 20 } as const
  return figure(revenueReport(spansOf(input), periods, { currency: usd, asOf }), ({ periods: rows }) => ({
    months: rows.map(({ from, account }) => {
      const rates = revenueRetention(account)
      return {
        month: formatCivilDate(from).slice(0, 7),
        start: account.start,
        new: account.new,
        expansion: account.expansion,
        contraction: account.contraction,
        churn: account.churn,
        reactivation: account.reactivation,
        end: account.end,
        customersStart: account.startCustomers,
        customersEnd: account.endCustomers,
        newCustomers: account.newCustomers,
        churnedCustomers: account.churnedCustomers,
        reactivatedCustomers: account.reactivatedCustomers,
        retainedMinRevenue: account.start - account.churn - account.contraction,
        ...(rates._tag === 'Left'
          ? {}
          : { grr: rates.right.gross, nrr: rates.right.net, logoChurn: unwrap(logoChurn(account)) }),
      }
    }),
  })) as object
})

const fixedCohort = adapter<Playbook & { readonly months: number }>((input) => ({
  rows: ['2018-03', '2018-06'].map((cohortMonth) => {
    const from = date(`${cohortMonth}-01`)
    const to = addMonths(from, input.months)
    const account = unwrap(fixedCohortRevenue(spansOf(input), { from, to }, { currency: usd, asOf }))
    return {
      cohortMonth,
      asOf: formatCivilDate(to).slice(0, 7),
      start: account.start,
      grr: figure(revenueRetention(account), ({ gross }) => gross),
      nrr: figure(revenueRetention(account), ({ net }) => net),
      logoRetention: figure(logoChurn(account), (rate) => 1 - rate),
    }
  }),
}))

/** Recurring revenue. */
export const revenueAdapters: Adapters = {
  'mrr.churn': churn,
  'mrr.nrr': netRetention,
  'mrr.churn.shopifyDaily': daily,
  'mrr.normalise': normalise,
  'mrr.churnTiming': timing,
  'mrr.quickRatio': quickRatio,
  'mrr.waterfall': waterfall,
  'mrr.retention.fixedCohort': fixedCohort,
}
