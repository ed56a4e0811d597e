import { averageChurn, type ChurnDenominator, convertChurnRate, customerChurn, customerRetention, unwrap } from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

const retention = adapter<{ readonly start: number; readonly end: number; readonly new: number }>((counts) => {
  const result = customerRetention(counts)
  return {
    retentionRate: figure(result, (rates) => rates.retentionRate),
    churnRate: figure(result, (rates) => rates.churnRate),
    acquisitionRate: figure(result, (rates) => rates.acquisitionRate),
  }
})

/** The vectors' several names for the same counts. */
interface ChurnInput {
  readonly start: number
  readonly end?: number
  readonly new?: number
  readonly lost?: number
  readonly churned?: number
  readonly churnedNew?: number
  readonly churnedInPeriod?: number
  readonly ofWhichJoinedInPeriod?: number
  readonly ofWhichReactivatedInPeriod?: number
}

const churn = adapter<ChurnInput>((input) => {
  const lost = input.lost ?? input.churned ?? input.churnedInPeriod ?? 0
  const lostNew = input.churnedNew ?? input.ofWhichJoinedInPeriod
  const won = input.new ?? (input.end === undefined ? (lostNew ?? 0) : input.end - input.start + lost)
  const lostReturned = input.ofWhichReactivatedInPeriod
  const flows = {
    start: input.start,
    new: won,
    lost,
    ...(lostNew === undefined ? {} : { lostNew }),
    ...(lostReturned === undefined ? {} : { lostReturned }),
  }
  const rateBy = (denominator: ChurnDenominator) => figure(customerChurn(flows, denominator), ({ rate }) => rate)
  const end = figure(customerChurn(flows, 'startPlusNew'), (result) => result.end)
  const retained = customerRetention({ start: input.start, end: Number(end), new: won })
  return {
    startOfPeriod: rateBy('start'),
    naive: rateBy('start'),
    baremetricsStart: rateBy('start'),
    startPlusNew: rateBy('startPlusNew'),
    stripe: rateBy('startPlusNew'),
    averageCustomers: rateBy('average'),
    chartmogulStandard: rateBy('existing'),
    end,
    retentionCRR: figure(retained, ({ retentionRate }) => retentionRate),
  }
})

interface HalfYear {
  readonly start: number
  readonly new: number
  readonly lost: number
  readonly periodMonths: number
  readonly denominator: ChurnDenominator
}

/** New and lost customers of the source's six months; the vector has only their sums. */
const months = [
  [85, 18],
  [25, 11],
  [41, 20],
  [30, 13],
  [36, 24],
  [46, 23],
] as const

const convert = adapter<HalfYear>(({ periodMonths, denominator, ...flows }) => {
  const whole = unwrap(customerChurn(flows, denominator))
  let start = flows.start
  const monthly = months.map(([won, lost]) => {
    const month = unwrap(customerChurn({ start, new: won, lost }, denominator))
    start = month.end
    return month
  })
  const average = averageChurn(monthly)
  return {
    periodRate: whole.rate,
    monthlyEquivalent: figure(convertChurnRate(whole.rate, { from: periodMonths, to: 1 }), (rate) => rate),
    simpleMeanOfMonthly: figure(average, ({ simpleMean }) => simpleMean),
    pooledMonthly: figure(average, ({ pooled }) => pooled),
  }
})

/** Retention and churn of customers. */
export const customerAdapters: Adapters = {
  'retention.customer': retention,
  'churn.customer': churn,
  'churn.convertPeriod': convert,
}
