import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { encodeReferrals, ReferralEdge } from '../../src/referrals/index.ts'
import { memberArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('ReferralEdge', ReferralEdge, fc.record({ referrer: memberArbitrary, referee: memberArbitrary }))

const edge = (referrer: string, referee: string) => ({ referrer, referee }) as unknown as ReferralEdge

test('members are numbered as they appear, and a referral that is told twice is one', () => {
  const { members, referrer } = unwrap(
    encodeReferrals([edge('anna', 'ben'), edge('__proto__', 'anna'), edge('anna', 'ben')]),
  )
  expect(members).toEqual(['anna', 'ben', '__proto__'])
  expect(Array.from(referrer)).toEqual([2, 0, -1])
  expect(unwrap(encodeReferrals([])).referrer.length).toBe(0)
})

test('RefereeReferredTwice: each of them', () => {
  expect(encodeReferrals([edge('anna', 'ben'), edge('cleo', 'ben'), edge('dora', 'ben')])).toMatchObject({
    left: [
      { _tag: 'RefereeReferredTwice', path: [1, 'referrer'], referee: 'ben', referrers: ['anna', 'cleo'] },
      { path: [2, 'referrer'], referrers: ['anna', 'dora'] },
    ],
  })
})

test('a referee has one referrer: the one that an edge says', () => {
  const edges = fc.array(fc.record({ referrer: memberArbitrary, referee: memberArbitrary }), { maxLength: 8 })
  fc.assert(
    fc.property(edges, (all) => {
      const of = new Map(all.map(({ referee }) => [referee, new Set<string>()]))
      for (const { referrer, referee } of all) of.get(referee)?.add(referrer)
      const result = encodeReferrals(all)
      expect(result._tag).toBe([...of.values()].some(({ size }) => size > 1) ? 'Left' : 'Right')
      if (result._tag === 'Left') return
      const { members, referrer } = result.right
      expect(new Set(members).size).toBe(members.length)
      for (const [index, member] of members.entries()) {
        const [known] = of.get(member) ?? []
        expect(members[referrer[index] as number]).toBe(known)
      }
    }),
  )
})
