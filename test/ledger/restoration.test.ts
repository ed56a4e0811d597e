import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ActivityId,
  type Instant,
  type LotId,
  type Points,
  utc,
  type WalletId,
} from '../../src/foundation/index.ts'
import { applyEntry, emptyWallet, type Lot, restore, type WalletDefinition } from '../../src/ledger/index.ts'

const id = 'points' as WalletId
const definition: WalletDefinition = { id, decimals: 0, pending: null, expiry: null }

const lotOfPoints = (points: number, index: number): Lot => ({
  id: `lot ${index}` as LotId,
  points: points as Points,
  earnedAt: 0 as Instant,
  active: true,
  activeFrom: 0 as Instant,
  expiresAt: null,
  source: 'order' as ActivityId,
  kind: 'regular',
  funder: null,
  awaits: null,
})

/** What is in each lot once a redemption of all of them is given back in steps. */
const givenBack = (sizes: ReadonlyArray<number>, steps: ReadonlyArray<number>): ReadonlyArray<number> => {
  const pieces = sizes.map(lotOfPoints)
  const spent = sizes.reduce((sum, size) => sum + size, 0) as Points
  let wallet = { ...emptyWallet(id), accrued: spent, redeemed: spent }
  let restored = 0
  for (const points of steps) {
    const given = { pieces, restored: restored as Points, points: points as Points, at: 1 as Instant }
    const ids = { source: `return ${restored}` as ActivityId, redemption: 'reward' as ActivityId }
    wallet = restore(definition, utc, wallet, { ...given, ...ids }).reduce(applyEntry, wallet)
    restored += points
  }
  return pieces.map((piece) => wallet.lots.find((lot) => lot.id === piece.id)?.points ?? 0)
}

test('S29 lots of 1, 3 and 3 points, given back in 3, 1 and 3, hold what they held', () => {
  expect(givenBack([1, 3, 3], [3, 1, 3])).toEqual([1, 3, 3])
})

test('S29 how a cancellation is split makes no difference to how much each lot gets back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      (sizes, wanted) => {
        let left = sizes.reduce((sum, size) => sum + size, 0)
        const steps = wanted.flatMap((step) => {
          const taken = Math.min(step, left)
          left -= taken
          return taken === 0 ? [] : [taken]
        })
        const all = steps.reduce((sum, step) => sum + step, 0)
        expect(givenBack(sizes, steps)).toEqual(givenBack(sizes, [all]))
      },
    ),
  )
})
