// Whatever comes in, no figure of a wallet leaves the range of exact integers: it is a fault, in every operation.
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type Instant,
  type LotId,
  type MemberId,
  type Points,
  utc,
} from '../../src/foundation/index.ts'
import {
  accrue,
  adjustIn,
  adjustOut,
  convertIn,
  convertPartnerIn,
  type Lot,
  mergeWallets,
  openBalance,
  restore,
  transferIn,
  type Wallet,
} from '../../src/ledger/index.ts'
import { definition, folded, grant, start, wallet } from './book.ts'

const most = Number.MAX_SAFE_INTEGER as Points
const one = 1 as Points
const source = 'x' as ActivityId
const lot: Lot = {
  id: 'b' as LotId,
  points: one,
  earnedAt: start,
  active: true,
  activeFrom: start,
  expiresAt: null,
  source,
  kind: 'regular',
  funder: null,
  awaits: null,
}
const own = { lot: lot.id, points: one, at: start, source }
const note = { reason: 'r', actor: 'a' }
const anna = 'anna' as MemberId
const bob = { member: 'bob' as MemberId, wallet: folded([grant('b', 1, null)]) }

const coming: Readonly<Record<string, (into: Wallet) => { readonly _tag: 'Left' | 'Right' }>> = {
  accrue: (into) => accrue(definition, utc, into, own),
  adjustIn: (into) => adjustIn(definition, utc, into, { ...own, ...note }),
  'adjustOut with debt': (into) =>
    adjustOut(definition, utc, { ...into, active: 0 as Points }, { ...own, ...note, missing: 'debt' }),
  transferIn: (into) => transferIn(into, [lot], start, source, anna),
  mergeWallets: (into) => mergeWallets(bob, { member: anna, wallet: into }, start, source),
  convertIn: (into) =>
    convertIn(definition, utc, into, { pieces: [lot], points: one, from: 'miles', at: start, source }),
  convertPartnerIn: (into) => convertPartnerIn(definition, utc, into, { ...own, from: 'miles' }),
  openBalance: (into) => openBalance(into, [lot], start, source),
}

describe.each(Object.entries(coming))('%s', (_, come) => {
  test.each(['accrued', 'opened', 'adjustedIn', 'transferredIn', 'convertedIn', 'adjustedOut'] as const)(
    'is refused where with what was %s it would be too much, by any way that it came',
    (figure) => {
      expect(come({ ...wallet, [figure]: most - 1 })).toMatchObject({ _tag: 'Right' })
      expect(come({ ...wallet, [figure]: most })).toMatchObject({ _tag: 'Left' })
    },
  )
})

test('S29 no more comes back than was spent', () => {
  const given = {
    pieces: [{ ...lot, points: most }],
    restored: 0 as Points,
    points: 11 as Points,
    at: start as Instant,
    source,
  }
  const spent = { ...wallet, redeemed: 10 as Points }
  expect(restore(definition, utc, spent, { ...given, redemption: source })).toMatchObject({
    _tag: 'Left',
    left: { _tag: 'OutOfRange', path: ['points'], expected: 'at most the 10 points of the wallet that are spent' },
  })
  expect(restore(definition, utc, spent, { ...given, points: 10 as Points, redemption: source })._tag).toBe('Right')
})
