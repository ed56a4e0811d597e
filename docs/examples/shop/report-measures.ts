// The sections about the customers as a whole: who comes back, when, who falls silent, who recommends the shop.
import { type CohortRow, displayScore, formatCivilDate } from 'treue'
import type { WriteSection } from './findings.ts'
import { bar, counted, days, linesOr, percent, section, table, whole } from './layout.ts'
import { SILENCE } from './measure.ts'

const MOST_COHORTS = 12
const MOST_MONTHS = 12

const cohortCells = ({ cells, size, startsOn }: CohortRow, columns: number): ReadonlyArray<string> => [
  formatCivilDate(startsOn).slice(0, 7),
  whole(size),
  ...cells.slice(1, columns + 1).map(({ rate, status }) => {
    if (rate === null) return ''
    return `${Math.round(100 * rate)}${status === 'complete' ? ' ' : '*'}`
  }),
]

export const cohortSection: WriteSection = ({ measures }) => {
  const explanation =
    'Of the customers who bought first in a month, the share in % who bought again 1, 2, 3 … months later. An * marks a month that is not over.'
  const lines = linesOr(measures.cohorts, ({ rows, average }) => {
    const cohorts = rows.filter(({ size }) => size > 0).slice(-MOST_COHORTS)
    const months = Math.max(0, ...cohorts.map(({ cells }) => cells.length - 1))
    const columns = Math.min(MOST_MONTHS, months)
    const averages = average
      .slice(1, columns + 1)
      .map((column) => (column === null ? '' : `${Math.round(100 * column.rate)} `))
    const head = ['first in', 'size', ...averages.map((_, index) => `${index + 1} `)]
    return [
      ...table(
        [head, ...cohorts.map((row) => cohortCells(row, columns)), ['all', '', ...averages]],
        ['left', ...head.slice(1).map(() => 'right' as const)],
      ),
      '"all" takes the months that are over of every cohort, each customer once.',
      ...(rows.length > cohorts.length
        ? [`Shown are the last ${counted(cohorts.length, 'cohort')} with customers.`]
        : []),
    ]
  })
  return section('Monthly cohorts', explanation, lines)
}

export const repeatSection: WriteSection = ({ measures }) =>
  section(
    'Repeat purchase rate',
    'The share of all customers who have bought more than once.',
    linesOr(measures.repeat, ({ rate, repeatBuyers, buyers }) => [
      `${percent(rate)}: ${whole(repeatBuyers)} of ${counted(buyers, 'customer')}`,
    ]),
  )

/** Upper ends of the histogram's classes, in days. */
const CLASSES = [7, 14, 30, 60, 90, 180, 365, Number.POSITIVE_INFINITY]

export const gapSection: WriteSection = ({ measures }) =>
  section(
    'Time between purchases',
    'How many days pass until a customer buys again; two purchases of one day count as one.',
    linesOr(measures.gaps, ({ gaps, customers, medianDays, pooledMeanDays, meanOfCustomerMeansDays, histogram }) => {
      const rows = CLASSES.map((to, index) => {
        const from = (CLASSES[index - 1] ?? 0) + 1
        const count = histogram
          .filter((gap) => gap.days >= from && gap.days <= to)
          .reduce((sum, gap) => sum + gap.gaps, 0)
        const label = to === Number.POSITIVE_INFINITY ? `${from} or more` : `${from} to ${to}`
        return [`${label} days`, whole(count), percent(count / gaps), bar(count / gaps, 40)]
      })
      const quantiles = measures.gapQuantiles.map(({ share, days: upTo }) => `${share} within ${upTo} days`)
      return [
        `median ${days(medianDays)}, mean ${days(pooledMeanDays)} over ${counted(gaps, 'gap')} of ${counted(customers, 'customer')}`,
        `mean of the customers' own means: ${days(meanOfCustomerMeansDays)}`,
        `of all gaps ${quantiles.join(', ')}`,
        '',
        ...table(rows, ['right', 'right', 'right', 'left']),
      ]
    }),
  )

export const silenceSection: WriteSection = ({ measures }) => {
  const { atRiskMultiple, churnedMultiple, minimumGaps, fallback } = SILENCE
  return section(
    'Who is still there',
    `A customer silent for more than ${atRiskMultiple} times their own mean gap is at risk, for more than ${churnedMultiple} times it gone. With fewer than ${minimumGaps} gaps there is no rhythm yet: then it is ${fallback.atRiskDays} and ${fallback.churnedDays} days.`,
    linesOr(measures.inactivity, ({ active, activeShare, atRisk, atRiskShare, churned, churnedShare }) =>
      table(
        [
          ['active', whole(active), percent(activeShare), bar(activeShare, 40)],
          ['at risk', whole(atRisk), percent(atRiskShare), bar(atRiskShare, 40)],
          ['gone', whole(churned), percent(churnedShare), bar(churnedShare, 40)],
        ],
        ['left', 'right', 'right', 'left'],
      ),
    ),
  )
}

const points = (score: number): string => `${score > 0 ? '+' : ''}${displayScore(score)}`

export const npsSection: WriteSection = ({ measures }) =>
  measures.nps === null
    ? ''
    : section(
        'Net Promoter Score',
        '"How likely are you to recommend us, from 0 to 10?" The share of 9 and 10 less the share of 0 to 6, in points from -100 to 100.',
        linesOr(measures.nps, ({ score, interval, promoters, passives, detractors, answers, missing }) => [
          `${points(score)}, and with ${Math.round(100 * interval.confidence)} % confidence between ${points(interval.lower)} and ${points(interval.upper)} (adjusted Wald interval)`,
          `of ${counted(answers, 'answer')}: ${counted(promoters, 'promoter')}, ${counted(passives, 'passive')}, ${counted(detractors, 'detractor')}; ${whole(missing)} left the question out`,
        ]),
      )
