import {
  encodePurchases,
  growthAccounting,
  parseCivilDate,
  parseInstant,
  powerUserCurve,
  pulse,
  revenueBetween,
  revenueQuickRatio,
  revenueRetention,
  stickinessRatio,
  unwrap,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

const date = (text: string) => unwrap(parseCivilDate(text))

interface Activity {
  readonly activity: Readonly<Record<string, ReadonlyArray<string>>>
  readonly granularity: 'day'
  readonly first: string
  readonly periods: number
}

const growth = adapter<Activity>(({ activity, granularity, first, periods }) => {
  const rows = Object.entries(activity).flatMap(([customer, days]) => days.map((day) => ({ customer, day: date(day) })))
  const result = growthAccounting(unwrap(encodePurchases(rows)), {
    periods: { unit: granularity, from: date(first), count: periods },
    asOf: unwrap(parseInstant('2100-01-01T00:00:00Z')),
  })
  return {
    rows: figure(result, (found) =>
      found.map((row) => ({
        new: row.new,
        retained: row.retained,
        resurrected: row.resurrected,
        churned: row.churned,
        active: row.active,
        quickRatio: figure(pulse(row), (ratio) => ratio),
      })),
    ),
  }
})

const pulseOnly = adapter<{ readonly new: number; readonly resurrected: number; readonly dormant: number }>(
  ({ dormant, ...row }) => ({ pulse: figure(pulse({ ...row, churned: dormant }), (ratio) => ratio) }),
)

interface Revenue {
  readonly previous: Readonly<Record<string, string>>
  readonly current: Readonly<Record<string, string>>
  readonly firstEver: ReadonlyArray<string>
}

const amounts = (by: Readonly<Record<string, string>>) =>
  new Map(Object.entries(by).map(([customer, amount]) => [customer, Number(amount)]))

const revenueGrowth = adapter<Revenue>(({ previous, current, firstEver }) => {
  const returning = new Set(Object.keys(current).filter((customer) => !firstEver.includes(customer)))
  const account = revenueBetween(amounts(previous), amounts(current), returning)
  return figure(account, (found) => ({
    new: found.new,
    resurrected: found.reactivation,
    expansion: found.expansion,
    retained: found.start - found.churn - found.contraction,
    contraction: found.contraction,
    churned: found.churn,
    grossRetention: figure(revenueRetention(found), ({ gross }) => gross),
    netChurn: figure(revenueRetention(found), ({ netChurnWithReactivation }) => netChurnWithReactivation),
    quickRatio: figure(revenueQuickRatio(found), ({ ratio }) => ratio),
  })) as object
})

interface Days {
  readonly activeDaysPerUser: ReadonlyArray<number>
  readonly windowDays: number
}

const curve = adapter<Days>(({ activeDaysPerUser, windowDays }) => {
  const customers = Array.from(
    { length: windowDays },
    (_, index) => activeDaysPerUser.filter((days) => days === index + 1).length,
  )
  return figure(powerUserCurve({ customers }), (found) => ({
    histogram: found.histogram,
    cumulativeAtLeast: found.atLeast,
    mau: found.active,
    averageDau: found.averageDaily,
    dauOverMau: found.stickiness,
    meanActiveDays: found.meanActiveDays,
  })) as object
})

const ratio = adapter<{ readonly dau: number; readonly mau: number; readonly windowDays: number }>(
  ({ dau, mau, windowDays }) => {
    const result = stickinessRatio({ daily: dau, active: mau, windowDays })
    return {
      ratio: figure(result, (found) => found.ratio),
      daysPerMonth: figure(result, ({ activeDays }) => activeDays),
    }
  },
)

/** Lifecycle and growth. */
export const lifecycleAdapters: Adapters = {
  'lifecycle.growthAccounting': growth,
  'lifecycle.pulse': pulseOnly,
  'growthAccounting.revenue': revenueGrowth,
  'stickiness.powerUserCurve': curve,
  'stickiness.ratio': ratio,
}
