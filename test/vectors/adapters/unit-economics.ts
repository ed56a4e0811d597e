import {
  averageOrderValue,
  campaignReturn,
  customerLifetime,
  type HoldoutLift,
  holdoutLift,
  lifetimeToAcquisitionCost,
  lifetimeValue,
  money,
  paybackPeriods,
  relativeLift,
  unwrap,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

interface Economics {
  readonly arpaMonthly: string
  readonly grossMargin: string
  readonly monthlyChurn: string
  readonly monthlyExpansion?: string
  readonly cac?: string
}

const termsOf = ({ arpaMonthly, grossMargin, monthlyChurn, monthlyExpansion = '0' }: Economics) => ({
  margin: Number(arpaMonthly) * Number(grossMargin),
  churnRate: Number(monthlyChurn),
  expansionRate: Number(monthlyExpansion),
})

const payback = ({ cac = '0', arpaMonthly, grossMargin }: Omit<Economics, 'monthlyChurn'>, margin = grossMargin) =>
  figure(
    paybackPeriods({ acquisitionCost: Number(cac), revenue: Number(arpaMonthly), grossMargin: Number(margin) }),
    (months) => months,
  )

const economics = adapter<Economics>((input) => {
  const terms = termsOf(input)
  const ltv = (horizon?: number) =>
    figure(lifetimeValue({ ...terms, ...(horizon === undefined ? {} : { horizon }) }), ({ value }) => value)
  return {
    lifetimeMonths: figure(customerLifetime(terms.churnRate), ({ periods }) => periods),
    ltv: ltv(),
    ltvCapped60: ltv(60),
    ltvCapped120: ltv(120),
    ltvToCac: figure(lifetimeToAcquisitionCost(Number(ltv()), Number(input.cac)), (ratio) => ratio),
    paybackMonths: payback(input),
  }
})

const paybackOnly = adapter<Omit<Economics, 'monthlyChurn'>>((input) => ({
  paybackMonths: payback(input),
  // As written without brackets: cost by revenue, times the margin.
  ifPrecedenceTakenLiterally: Number(payback(input, '1')) * Number(input.grossMargin),
}))

const lifetime = adapter<{ readonly monthlyChurn: string }>(({ monthlyChurn }) => {
  const churn = Number(monthlyChurn)
  return {
    lifetimeMonths: figure(customerLifetime(churn), ({ periods }) => periods),
    survivalAt12: figure(customerLifetime(churn, 12), ({ remaining }) => remaining),
    partialSum60Months: figure(customerLifetime(churn, 60), ({ periods }) => periods),
  }
})

interface Multiple {
  readonly margin: string
  readonly retention: string
  readonly discount: string
  readonly periods?: number
}

const multiple = adapter<Multiple>(({ margin, retention, discount, periods }) => {
  const terms = { margin: Number(margin), churnRate: 1 - Number(retention), discountRate: Number(discount) }
  const by = (first: 'now' | 'afterOnePeriod', horizon: number | undefined) =>
    figure(lifetimeValue({ ...terms, first, ...(horizon === undefined ? {} : { horizon }) }), ({ value }) => value)
  return {
    'endOfPeriodMultiple r/(1+i-r)': by('afterOnePeriod', undefined),
    'immediateMultiple (1+i)/(1+i-r)': by('now', undefined),
    clvEnd: by('afterOnePeriod', periods),
    clvImmediate: by('now', undefined),
    // The margin now, and those of the periods.
    clvFromT0: by('now', (periods ?? 0) + 1),
  }
})

const roi = adapter<{ readonly revenue: string; readonly cost: string }>(({ revenue, cost }) => {
  const result = campaignReturn({ revenue: Number(revenue), cost: Number(cost) })
  return {
    roi: figure(result, ({ returnOnInvestment }) => returnOnInvestment),
    roas: figure(result, ({ returnOnSpend }) => returnOnSpend),
  }
})

const aov = adapter<{ readonly revenue: string; readonly orders: number }>(({ revenue, orders }) => ({
  aov: figure(averageOrderValue(unwrap(money(revenue, 'EUR')), orders), (minor) => minor / 100),
}))

interface Group {
  readonly n: number
  readonly converted: number
}

const holdout = adapter<{ readonly treatment: Group; readonly control: Group; readonly confidence: string }>(
  ({ treatment, control, confidence }) => {
    const group = ({ n, converted }: Group) => ({ members: n, converted })
    const lift = holdoutLift(group(treatment), group(control), Number(confidence))
    const of = (pick: (found: HoldoutLift) => unknown) => figure(lift, pick)
    return {
      treatmentRate: of((found) => found.treatmentRate),
      controlRate: of((found) => found.controlRate),
      absoluteLift: of((found) => found.absoluteLift),
      relativeLift: of((found) => figure(relativeLift(found), (rate) => rate)),
      expectedWithout: of((found) => found.expectedWithout),
      incrementalConversions: of((found) => found.incrementalConversions),
      waldLower: of(({ wald }) => wald.lower),
      waldUpper: of(({ wald }) => wald.upper),
      newcombeLower: of(({ interval }) => interval.lower),
      newcombeUpper: of(({ interval }) => interval.upper),
      zPooled: of(({ z }) => z),
      pPooled: of(({ p }) => p),
    }
  },
)

/** Unit economics and lift. */
export const unitEconomicsAdapters: Adapters = {
  unitEconomics: economics,
  'unitEconomics.degenerate': economics,
  'unitEconomics.ltvExpansion': economics,
  'unitEconomics.payback': paybackOnly,
  'unitEconomics.lifetime': lifetime,
  'clv.marginMultiple': multiple,
  'clv.finiteHorizon': multiple,
  'marketing.roi': roi,
  'commerce.aov': aov,
  'incrementality.holdout': holdout,
}
