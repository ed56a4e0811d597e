import { right } from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type LotId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import { accrue, type Grant, type WalletDefinition } from '../../src/ledger/index.ts'
import { at, definition, folded, grant, id, left, start, wallet } from './book.ts'

const order = 'order-1' as ActivityId
const earned = (points: number, more: Partial<Grant> = {}): Grant => ({
  lot: 'new' as LotId,
  points: points as Points,
  at: start,
  source: order,
  ...more,
})

describe('accrue', () => {
  test('enters the points with their term', () => {
    const pending: WalletDefinition = {
      ...definition,
      pending: { type: 'duration', duration: { amount: 14, unit: 'day' } },
      expiry: { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'activation' },
    }
    expect(accrue(pending, utc, wallet, earned(100))).toEqual(
      right([
        {
          type: 'accrued',
          wallet: id,
          at: start,
          source: order,
          lot: 'new',
          points: 100,
          activeFrom: at('2026-01-15T00:00:00Z'),
          expiresAt: at('2027-01-15T00:00:00Z'),
          kind: 'regular',
          funder: null,
          awaits: null,
        },
      ]),
    )
  })

  test('enters nothing for no points', () => {
    expect(accrue(definition, utc, wallet, earned(0))).toEqual(right([]))
  })

  test('S27 earning 150 with a debt of 100 leaves 50, and only those can expire', () => {
    const indebted = { ...folded([grant('a', 100, null)]), lots: [], active: 0 as Points, debt: 100 as Points }
    const expiring: WalletDefinition = {
      ...definition,
      expiry: { type: 'rolling', after: { amount: 30, unit: 'day' }, from: 'activation' },
    }
    const entries = unwrap(accrue(expiring, utc, indebted, earned(150)))
    expect(entries.map(({ type, points }) => [type, points])).toEqual([
      ['accrued', 150],
      ['debtSettled', 100],
    ])
    const after = folded(entries, indebted)
    expect(after).toMatchObject({ active: 50, debt: 0 })
    expect(left(after)).toEqual([['new', 50]])
  })

  test('S27 points that are still pending let nothing pay that did not pay before', () => {
    const owing = { ...folded([grant('a', 30, null)]), debt: 20 as Points, debtSince: start }
    const later = earned(50, { term: { activeFrom: at('2026-02-01T00:00:00Z') } })
    expect(unwrap(accrue(definition, utc, owing, later)).map(({ type }) => type)).toEqual(['accrued'])
    expect(unwrap(accrue(definition, utc, owing, earned(50))).map(({ type }) => type)).toEqual([
      'accrued',
      'debtSettled',
    ])
  })

  test('S27 points that are still pending pay no debt', () => {
    const indebted = { ...wallet, debt: 100 as Points }
    const release = at('2026-02-01T00:00:00Z')
    const after = folded(
      unwrap(accrue(definition, utc, indebted, earned(150, { term: { activeFrom: release } }))),
      indebted,
    )
    expect(after).toMatchObject({ active: 0, pending: 150, debt: 100 })
  })

  test('a release in the past makes points active at once', () => {
    const entries = unwrap(
      accrue(definition, utc, wallet, earned(10, { term: { activeFrom: at('2025-12-01T00:00:00Z') } })),
    )
    expect(folded(entries)).toMatchObject({ active: 10, pending: 0 })
  })

  test('points whose validity is over before they come in die in that instant, not before it', () => {
    const term = { activeFrom: at('2025-12-01T00:00:00Z'), validity: { amount: 7, unit: 'day' as const } }
    const full = folded(unwrap(accrue(definition, utc, wallet, earned(10, { term }))))
    expect(full).toMatchObject({ active: 10, lots: [{ expiresAt: start }] })
  })

  test('OutOfRange: all that ever came in counts, not only what was earned', () => {
    const full = { ...wallet, opened: Number.MAX_SAFE_INTEGER as Points }
    expect(accrue(definition, utc, full, earned(1))).toMatchObject({ _tag: 'Left', left: { path: ['points'] } })
  })

  test('OutOfRange: a lifetime total that would not be exact any more', () => {
    const most = Number.MAX_SAFE_INTEGER
    const full = folded([grant('a', most - 1, null)])
    expect(folded(unwrap(accrue(definition, utc, full, earned(1))), full).accrued).toBe(most)
    expect(accrue(definition, utc, full, earned(2))).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'OutOfRange', path: ['points'], actual: '2' },
    })
  })
})

test('points with a waiting time of their own await no action, though those of the wallet do', () => {
  const awaiting: WalletDefinition = {
    ...definition,
    pending: { type: 'action', action: 'delivery', cancelAfter: { amount: 30, unit: 'day' } },
  }
  const term = { pending: { amount: 3, unit: 'day' } } as const
  expect(accrue(awaiting, utc, wallet, earned(10))).toMatchObject({ right: [{ awaits: 'delivery' }] })
  expect(accrue(awaiting, utc, wallet, earned(10, { term }))).toMatchObject({
    right: [{ awaits: null, activeFrom: at('2026-01-04T00:00:00Z') }],
  })
})
