import { describe, expect, test } from 'vitest'
import type { Points } from '../../src/foundation/index.ts'
import { activationsDue, settleDebt } from '../../src/ledger/index.ts'
import { at, folded, grant, id, start, wallet } from './book.ts'

const owing = (debt: number, ...lots: ReadonlyArray<ReturnType<typeof grant>>) => ({
  ...folded(lots),
  debt: debt as Points,
})

describe('settleDebt', () => {
  test('pays with active points, soonest to expire first', () => {
    const soon = at('2026-02-01T00:00:00Z')
    expect(settleDebt(owing(40, grant('late', 100, null), grant('soon', 30, soon)), start)).toEqual([
      {
        type: 'debtSettled',
        wallet: id,
        at: start,
        points: 40,
        draws: [
          { lot: 'soon', points: 30 },
          { lot: 'late', points: 10 },
        ],
      },
    ])
  })

  test('pays as much as there is', () => {
    const poor = owing(40, grant('a', 30, null))
    expect(folded(settleDebt(poor, start), poor)).toMatchObject({ active: 0, debt: 10, lots: [] })
  })

  test('does nothing without debt, or with nothing active', () => {
    const pending = { ...grant('p', 50, null), activeFrom: at('2026-02-01T00:00:00Z') }
    expect(settleDebt(folded([grant('a', 30, null)]), start)).toEqual([])
    expect(settleDebt(owing(40, pending), start)).toEqual([])
    expect(settleDebt({ ...wallet, debt: 40 as Points }, start)).toEqual([])
  })
})

test('points that are cancelled pay no debt, and let none be paid of what was kept back', () => {
  const awaited = { ...grant('w', 30, null), activeFrom: at('2026-02-01T00:00:00Z'), awaits: 'delivery' }
  const kept = owing(20, grant('a', 50, null), awaited)
  const cancelled = activationsDue(kept, at('2026-02-01T00:00:00Z'))
  expect(cancelled.map(({ type }) => type)).toEqual(['reversed'])
  expect(folded(cancelled, kept)).toMatchObject({ active: 50, debt: 20, pending: 0 })
})
