import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MemberId } from '../../src/foundation/index.ts'
import { MemberSignal, signalClusters } from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'

const shows = (member: string, kind: string, value: string): MemberSignal => ({
  member: member as MemberId,
  kind,
  value,
})

test('members hang together by way of others; who shares nothing is in no cluster', () => {
  expect(
    signalClusters([
      shows('anna', 'device', 'd1'),
      shows('emil', 'device', 'd9'),
      shows('ben', 'device', 'd1'),
      shows('ben', 'card', 'c1'),
      shows('cleo', 'card', 'c1'),
      shows('anna', 'device', 'd1'),
    ]),
  ).toEqual([
    {
      members: ['anna', 'ben', 'cleo'],
      shared: [
        { kind: 'device', value: 'd1', members: 2 },
        { kind: 'card', value: 'c1', members: 2 },
      ],
    },
  ])
})

test('one value of two kinds is two signals', () => {
  expect(signalClusters([shows('anna', 'device', 'x'), shows('ben', 'card', 'x')])).toEqual([])
  expect(signalClusters([shows('anna', 'a', 'bc'), shows('ben', 'ab', 'c')])).toEqual([])
})

test('S49 what many share says nothing', () => {
  const office = ['anna', 'ben', 'cleo'].map((member) => shows(member, 'ip', '192.0.2.1'))
  expect(signalClusters(office, { most: 2 })).toEqual([])
  expect(signalClusters(office, { most: 3 })).toHaveLength(1)
})

test('the largest first', () => {
  const pairs = [shows('a', 'k', '1'), shows('b', 'k', '1'), shows('c', 'k', '2'), shows('d', 'k', '2')]
  expect(signalClusters([...pairs, shows('e', 'k', '2')]).map(({ members }) => members)).toEqual([
    ['c', 'd', 'e'],
    ['a', 'b'],
  ])
})

/** Everybody whom a member can be reached from, one shared signal after the other. */
import { memberArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws(
  'MemberSignal',
  MemberSignal,
  fc.record({ member: memberArbitrary, kind: fc.constantFrom('device', '__proto__'), value: fc.string() }),
)
const reached = (signals: ReadonlyArray<MemberSignal>, from: MemberId): ReadonlyArray<MemberId> => {
  let found = new Set([from])
  for (let round = 0; round < 6; round += 1) {
    const shown = signals
      .filter(({ member }) => found.has(member))
      .map(({ kind, value }) => JSON.stringify([kind, value]))
    const others = signals.filter(({ kind, value }) => shown.includes(JSON.stringify([kind, value])))
    found = new Set(others.map(({ member }) => member))
  }
  return [...found].sort()
}

test('against going from member to member until nobody new is met', () => {
  const signal = fc.record({
    member: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__').map((id) => id as MemberId),
    kind: fc.constantFrom('device', 'constructor'),
    value: fc.constantFrom('1', '2', '3'),
  })
  fc.assert(
    fc.property(fc.array(signal, { maxLength: 12 }), (signals) => {
      const groups = signals.map(({ member }) => reached(signals, member)).filter(({ length }) => length > 1)
      const expected = [...new Set(groups.map((group) => group.join()))].sort()
      expect(
        signalClusters(frozen(signals))
          .map(({ members }) => [...members].sort().join())
          .sort(),
      ).toEqual(expected)
    }),
  )
})

test('a hundred thousand members of one chain', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => [
    shows(`m${index}`, 'device', String(index)),
    shows(`m${index}`, 'device', String(index + 1)),
  ]).flat()
  expect(signalClusters(chain).map(({ members }) => members.length)).toEqual([100_000])
})
