// Rules on the public CDNOW log, against counts by a program in another language that goes through each customer's days. The
// log is not part of this repository: the counts are checked where it lies beside it.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compareRules, type NamedRule } from '../../../src/churn/index.ts'
import { addDays, civilDate, unwrap } from '../../../src/foundation/index.ts'
import { encodePurchases } from '../../../src/retention/index.ts'

const rules: ReadonlyArray<NamedRule> = [
  { name: 'fixed days', rule: { type: 'fixedDays', atRiskDays: 90, churnedDays: 180 } },
  { name: 'own rhythm', rule: { type: 'ownRhythm' } },
  { name: 'own quantile', rule: { type: 'ownQuantile' } },
  { name: 'population quantile', rule: { type: 'populationQuantile' } },
]

const log = ['../../../../../shared/', '../../../../shared/']
  .map((shared) => fileURLToPath(new URL(`${shared}data/cdnow/CDNOW_master.txt`, import.meta.url)))
  .find((place) => existsSync(place))
if (log === undefined) console.log('CDNOW backtest: skipped, since ../shared is not there')

test.skipIf(log === undefined)('CDNOW: 23,570 customers, decided on the last day of 1997', () => {
  const rows = readFileSync(log ?? '', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [customer = '', date = ''] = line.trim().split(/\s+/)
      if (!/^\d{8}$/.test(date)) return []
      const day = unwrap(civilDate(Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6))))
      return [{ customer, day }]
    })
  const decision = unwrap(civilDate(1997, 12, 31))
  const table = unwrap(
    compareRules(unwrap(encodePurchases(rows)), rules, {
      decision,
      holdoutDays: 181,
      completeUntil: addDays(decision, 181),
    }),
  )
  const figures = table.map(({ summary, figures: { lead } }) => [
    summary.truePositives,
    summary.falsePositives,
    summary.falseNegatives,
    summary.trueNegatives,
    Number(unwrap(lead).meanDays.toFixed(9)),
    unwrap(lead).medianDays,
  ])
  expect(figures).toEqual([
    [15_274, 1946, 2922, 3428, 0, 0],
    [15_465, 2187, 2731, 3187, 3.615454252, 0],
    [15_391, 2103, 2805, 3271, 3.058865571, 0],
    [7626, 793, 10_570, 4581, -129.984002098, -140],
  ])
})
