import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  contractTransitions,
  type LifecycleTransition,
  lifecycleTransitions,
  transitionChanges,
} from '../../../src/churn/index.ts'
import { addDays, type CivilDate, unwrap } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases } from '../../../src/retention/index.ts'
import { dailyPurchasesArbitrary, lastPurchaseDay } from '../../arbitraries/purchases.ts'

const runOf = (rows: ReadonlyArray<DailyPurchase>): ReadonlyArray<LifecycleTransition> =>
  unwrap(lifecycleTransitions(unwrap(encodePurchases(rows)), { asOf: lastPurchaseDay }))

const bare = ({ customer, day }: DailyPurchase): DailyPurchase => ({ customer, day })
const keyOf = ({ customer, on, from, to }: LifecycleTransition): string => `${customer} ${on} ${from} ${to}`

const lastOf = (run: ReadonlyArray<LifecycleTransition>, customer: string) =>
  run.filter((one) => one.customer === customer).at(-1)?.to ?? null

describe('transitionChanges', () => {
  test('turn the first run into the second', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, dailyPurchasesArbitrary, (rows, late) => {
        const before = runOf(rows.map(bare))
        const after = runOf([...rows.map(bare), ...late.map(bare)])
        const changes = transitionChanges(before, after)
        const kept = new Set(before.map(keyOf))
        const withdrawn = changes.flatMap((change) => change.withdrawn.map(keyOf))
        expect(withdrawn.filter((key) => !kept.delete(key))).toEqual([])
        const added = changes.flatMap((change) => change.added.map(keyOf))
        expect(new Set([...kept, ...added])).toEqual(new Set(after.map(keyOf)))
        for (const { customer, ...change } of changes) {
          expect(change).toMatchObject({ before: lastOf(before, customer), after: lastOf(after, customer) })
        }
      }),
    )
  })

  test('are none between equal runs, and the other way round backwards', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, dailyPurchasesArbitrary, (rows, late) => {
        const [first, second] = [runOf(rows.map(bare)), runOf(late.map(bare))]
        expect(transitionChanges(first, runOf(rows.map(bare)))).toEqual([])
        const back = transitionChanges(second, first).map(({ customer, withdrawn, added, before, after }) => ({
          customer,
          withdrawn: added,
          added: withdrawn,
          before: after,
          after: before,
        }))
        const there = transitionChanges(first, second)
        expect(back).toHaveLength(there.length)
        expect(back).toEqual(expect.arrayContaining([...there]))
      }),
    )
  })

  test('tell of a contract whose reason was found out later', () => {
    const span = { customer: 'ann', from: 20_000 as CivilDate, until: 20_030 as CivilDate }
    const run = (cause?: string) =>
      unwrap(contractTransitions([cause === undefined ? span : { ...span, cause }], { asOf: addDays(span.until, 9) }))
    const [change, ...others] = transitionChanges(run(), run('price'))
    expect(others).toEqual([])
    expect(change).toMatchObject({ before: 'churned', after: 'churned' })
    expect(change?.withdrawn.map(({ cause }) => cause)).toEqual([null])
    expect(change?.added.map(({ cause }) => cause)).toEqual(['price'])
    expect(transitionChanges(run(), [])).toMatchObject([{ after: null, added: [] }])
  })
})
