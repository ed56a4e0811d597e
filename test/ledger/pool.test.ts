import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type LotId, type MemberId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import {
  applyEntry,
  type BurnPolicy,
  burn,
  emptyWallet,
  type Lot,
  leaveWallet,
  type Opened,
  type PoolMember,
  poolBalance,
  poolBurn,
  spendablePoints,
  unaccountedPoints,
  type Wallet,
} from '../../src/ledger/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { walletArbitrary } from '../arbitraries/ledger-play.ts'
import { at, definition, folded, grant, id, left } from './book.ts'

const points = (n: number) => n as Points
const member = (name: string) => name as MemberId
const reward = 'reward-1' as ActivityId
const june = at('2026-06-01T00:00:00Z')
const february = at('2026-02-01T00:00:00Z')
const dies = at('2027-01-01T00:00:00Z')

const card1 = folded([grant('old', 400, dies), grant('new', 1600, dies, at('2026-05-01T00:00:00Z'))])
const card2 = folded([grant('card 2', 2000, dies, february)])
const household: ReadonlyArray<PoolMember> = [
  { member: member('card 1'), wallet: card1 },
  { member: member('card 2'), wallet: card2 },
]
const oldest = { burn: { order: 'oldest' } } as const

describe('S33 pooling', () => {
  test('S33 500 oldest first: 400 from card 1, 100 from card 2, which leaves 1,600 and 1,900', () => {
    const draws = unwrap(poolBurn(oldest, utc, household, points(500), june, reward))
    expect(draws.map(({ member: who, entry }) => [who, entry.points])).toEqual([
      ['card 1', 400],
      ['card 2', 100],
    ])
    expect(draws.map(({ entry }, index) => folded([entry], household[index]?.wallet).active)).toEqual([1600, 1900])
  })

  test('S33 a leaving member takes their own unburnt lots', () => {
    const [first] = unwrap(poolBurn(oldest, utc, household, points(500), june, reward))
    const after = folded(first === undefined ? [] : [first.entry], card1)
    expect(left(after)).toEqual([['new', 1600]])
    expect(leaveWallet(after, june, 'leaves' as ActivityId, member('card 1 alone')).lots).toEqual(after.lots)
  })

  test('S33 what was earned stays with who earned it: tier credit is not pooled', () => {
    const draws = unwrap(poolBurn(oldest, utc, household, points(4000), june, reward))
    const after = draws.map(({ entry }, index) => folded([entry], household[index]?.wallet))
    expect(after.map(({ accrued, transferredIn, transferredOut }) => [accrued, transferredIn, transferredOut])).toEqual(
      [
        [2000, 0, 0],
        [2000, 0, 0],
      ],
    )
  })

  test('S33 caps are each member’s: what one may not give, the others do', () => {
    const capped = household.map((of) => ({ ...of, atMost: points(300) }))
    const draws = unwrap(poolBurn(oldest, utc, capped, points(500), june, reward))
    expect(draws.map(({ entry }) => entry.draws)).toEqual([
      [{ lot: 'old', points: 300 }],
      [{ lot: 'card 2', points: 200 }],
    ])
    expect(poolBurn(oldest, utc, capped, points(601), june, reward)).toEqual({
      _tag: 'Left',
      left: [
        {
          _tag: 'InsufficientPool',
          path: ['points'],
          expected: 'at most the 600 active points that may be taken of the members',
          requested: 601,
          available: 600,
        },
      ],
    })
  })
})

describe('poolBurn', () => {
  test('of lots alike, those of the lower member id are spent first, in whatever order members come', () => {
    const same = folded([grant('a', 10, dies)])
    const members = ['b', 'a', 'c'].map((name) => ({ member: member(name), wallet: same }))
    for (const order of [members, [...members].reverse()]) {
      const draws = unwrap(poolBurn({}, utc, order, points(15), june, reward))
      expect(Object.fromEntries(draws.map(({ member: who, entry }) => [who, entry.points]))).toEqual({ a: 10, b: 5 })
    }
  })

  test('a member who comes twice is a fault, each time', () => {
    const twice = [...household, ...household].map(({ wallet }) => ({ member: member('x'), wallet }))
    const burnt = poolBurn({}, utc, twice, points(1), june, reward)
    expect(burnt._tag === 'Left' ? burnt.left.map(({ _tag, path }) => [_tag, path]) : []).toEqual([
      ['RepeatedMember', ['members', 1, 'member']],
      ['RepeatedMember', ['members', 2, 'member']],
      ['RepeatedMember', ['members', 3, 'member']],
    ])
  })

  test('nobody has nothing, and pending points are nobody’s to spend', () => {
    expect(poolBurn({}, utc, [], points(0), june, reward)).toEqual({ _tag: 'Right', right: [] })
    expect(poolBurn({}, utc, [], points(1), june, reward)._tag).toBe('Left')
    const pending = folded([{ ...grant('p', 50, null), activeFrom: dies }])
    expect(poolBurn({}, utc, [{ member: member('x'), wallet: pending }], points(1), june, reward)._tag).toBe('Left')
    const mixed = folded([grant('z', 5, null)], pending)
    const [draw] = unwrap(poolBurn({}, utc, [{ member: member('x'), wallet: mixed }], points(5), june, reward))
    expect(draw?.entry.draws).toEqual([{ lot: 'z', points: 5 }])
  })
})

const policies: ReadonlyArray<BurnPolicy | undefined> = [
  undefined,
  { order: 'oldest' },
  { order: 'newest', promotionalFirst: true },
  { order: 'soonestExpiring', expiringWithin: { amount: 40, unit: 'day' } },
]
const policyArbitrary = fc.constantFrom(...policies)

const poolArbitrary = fc
  .uniqueArray(fc.record({ member: fc.constantFrom('a', 'b', '__proto__', 'c'), wallet: walletArbitrary }), {
    selector: (of) => of.member,
    minLength: 1,
    maxLength: 4,
  })
  .map((members): ReadonlyArray<PoolMember> => frozen(members.map((of) => ({ ...of, member: member(of.member) }))))

/** One wallet with the active lots of all: lots keep their order, since no id has the separator. */
const united = (members: ReadonlyArray<PoolMember>): Wallet => {
  const lots = members.flatMap(({ member: who, wallet }) =>
    wallet.lots.filter(({ active }) => active).map((lot): Lot => ({ ...lot, id: `${lot.id}\0${who}` as LotId })),
  )
  const sum = lots.reduce((total, lot) => total + lot.points, 0) as Points
  const opened: Opened = { type: 'opened', wallet: id, at: june, source: reward, points: sum, lots }
  return applyEntry(emptyWallet(id), opened)
}

describe('a pool spends as one wallet with the lots of all would', () => {
  test('the same points of the same lots, whatever the policy, and nothing else changes, where nobody owes', () => {
    fc.assert(
      fc.property(
        poolArbitrary,
        policyArbitrary,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (members, policy, share) => {
          fc.pre(members.every(({ wallet }) => spendablePoints(wallet) === wallet.active))
          const { active } = unwrap(poolBalance(members))
          const wanted = points(Math.floor(active * share))
          const of = policy === undefined ? {} : { burn: policy }
          const draws = unwrap(poolBurn(of, utc, members, wanted, june, reward))
          const single = unwrap(burn(of, utc, united(members), wanted, june, reward))
          const pooled = draws.flatMap(({ member: who, entry }) =>
            entry.draws.map(({ lot, points: taken }) => [`${lot}\0${who}`, taken] as const),
          )
          expect(new Map(pooled)).toEqual(new Map(single.draws.map(({ lot, points: taken }) => [lot, taken])))
          expect(draws.reduce((sum, { entry }) => sum + entry.points, 0)).toBe(wanted)
          for (const { member: who, entry } of draws) {
            const before = members.find((one) => one.member === who)?.wallet ?? emptyWallet(id)
            const after = applyEntry(before, entry)
            expect(unaccountedPoints(after)).toBe(0)
            expect(after.active).toBe(before.active - entry.points)
          }
        },
      ),
    )
  })

  test('with caps: nobody pays more than theirs, and all is paid that can be', () => {
    fc.assert(
      fc.property(poolArbitrary, fc.array(fc.nat({ max: 20 }), { minLength: 4, maxLength: 4 }), (members, caps) => {
        const capped = members.map((of, index) => ({ ...of, atMost: points(caps[index] ?? 0) }))
        const most = capped.reduce((sum, { wallet, atMost }) => sum + Math.min(spendablePoints(wallet), atMost), 0)
        const draws = unwrap(poolBurn(definition, utc, capped, points(most), june, reward))
        for (const { member: who, entry } of draws) {
          expect(entry.points).toBeLessThanOrEqual(capped.find((one) => one.member === who)?.atMost ?? 0)
        }
        expect(draws.reduce((sum, { entry }) => sum + entry.points, 0)).toBe(most)
        expect(poolBurn(definition, utc, capped, points(most + 1), june, reward)._tag).toBe('Left')
      }),
    )
  })
})

describe('poolBalance', () => {
  test('sums what is active, pending, held and owed', () => {
    fc.assert(
      fc.property(poolArbitrary, (members) => {
        const sum = (of: 'active' | 'pending' | 'held' | 'debt') =>
          members.reduce((total, { wallet }) => total + wallet[of], 0)
        expect(unwrap(poolBalance(members))).toEqual({
          active: sum('active'),
          pending: sum('pending'),
          held: sum('held'),
          debt: sum('debt'),
        })
      }),
    )
  })

  test('more than can be counted is a fault', () => {
    const full = { ...emptyWallet(id), active: points(Number.MAX_SAFE_INTEGER) }
    const members = [{ member: member('a'), wallet: full }]
    expect(poolBalance(members)._tag).toBe('Right')
    expect(poolBalance([...members, { member: member('b'), wallet: { ...full, active: points(1) } }])).toMatchObject({
      left: { _tag: 'OutOfRange' },
    })
  })
})

test('a pool of 20,000 lots spends at once', () => {
  const wallet = folded([], {
    ...emptyWallet(id),
    active: points(10_000),
    lots: Array.from(
      { length: 10_000 },
      (_, index): Lot => ({
        id: `lot ${index}` as LotId,
        points: points(1),
        earnedAt: february,
        active: true,
        activeFrom: february,
        expiresAt: null,
        source: reward,
        kind: 'regular',
        funder: null,
        awaits: null,
      }),
    ),
  })
  const members = [member('a'), member('b')].map((of) => ({ member: of, wallet }))
  expect(unwrap(poolBurn(oldest, utc, members, points(20_000), june, reward)).map(({ entry }) => entry.points)).toEqual(
    [10_000, 10_000],
  )
})
