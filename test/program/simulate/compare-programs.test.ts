import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type MemberId, unwrap } from '../../../src/foundation/index.ts'
import { type Activity, comparePrograms, comparisonMonoid, playOutcome } from '../../../src/program/index.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { buys, eur, joins, shop, shopJson, spends, statusLadder } from '../shop.ts'

fewerRuns()

const told = (member: string, ...activities: ReadonlyArray<Activity>): ReadonlyArray<Activity> =>
  activities.map((one) => ({ ...one, id: `${one.id} of ${member}` as ActivityId, member: member as MemberId }))

const earning = (points: string, atLeast: string) => ({
  earning: {
    ...shopJson.earning,
    rules: [
      {
        ...shopJson.earning.rules[0],
        award: { mode: 'linear', points, per: eur('1.00'), on: 'order' },
        when: { field: 'amount', atLeast },
      },
    ],
  },
  ladders: [statusLadder],
})

const at = '2026-01-02T00:00:00Z'

const history = [
  ...told('anna', joins('2026-01-01T00:00:00Z'), buys('o', at, '600.00'), spends('s', at, 100)),
  ...told('ben', joins('2026-01-01T00:00:00Z'), buys('o', at, '30.00')),
  ...told('cleo', joins('2026-01-01T00:00:00Z')),
]

describe('comparePrograms', () => {
  test('who gains, who loses, and who changes the tier', () => {
    const [first, second] = [shop(earning('1', '1.00')), shop(earning('2', '50.00'))]
    const comparison = unwrap(comparePrograms(first, second, history))
    expect(comparison.wallets).toEqual([
      { segment: '', wallet: 'points', winners: 1, losers: 1, unchanged: 0, gained: 600, lost: 30 },
    ])
    expect(comparison.tiers).toEqual([{ segment: '', ladder: 'status', from: 'basic', to: 'gold', members: 1 }])
    expect(comparison.first).toEqual(unwrap(playOutcome(first, history)).outcome)
    expect(comparison.second).toEqual(unwrap(playOutcome(second, history)).outcome)
  })

  test('what one program refuses and the other grants is no gain by itself: points are spent, or still there', () => {
    const [first, second] = [shop(earning('0.1', '1.00')), shop(earning('0.2', '1.00'))]
    const { wallets, first: before, second: after } = unwrap(comparePrograms(first, second, history))
    expect(before.members).toEqual([{ segment: '', members: 3, refused: 1 }])
    expect(after.members).toEqual([{ segment: '', members: 3, refused: 0 }])
    expect(wallets).toMatchObject([{ winners: 2, losers: 0, gained: 63, lost: 0 }])
  })

  test('segments apart add up to all, and parts merge', () => {
    const [first, second] = [shop(earning('1', '1.00')), shop(earning('2', '50.00'))]
    const segmentOf = (member: MemberId): string => (member === 'anna' ? 'a' : 'b')
    const whole = unwrap(comparePrograms(first, second, history, { segmentOf }))
    const part = (keep: (member: MemberId) => boolean) =>
      unwrap(
        comparePrograms(
          first,
          second,
          history.filter(({ member }) => keep(member)),
          { segmentOf },
        ),
      )
    const [one, other] = [part((member) => member === 'ben'), part((member) => member !== 'ben')]
    expect(comparisonMonoid.concat(one, other)).toEqual(whole)
    expect(comparisonMonoid.concat(other, one)).toEqual(whole)
    expect(whole.wallets.map(({ segment, winners, losers }) => [segment, winners, losers])).toEqual([
      ['a', 1, 0],
      ['b', 0, 1],
    ])
  })

  test('a program compared with itself changes nothing for anybody', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const { wallets, tiers, first, second } = unwrap(comparePrograms(program, program, activities))
        expect(tiers).toEqual([])
        expect(wallets.every(({ winners, losers, gained, lost }) => winners + losers === 0 && !gained && !lost)).toBe(
          true,
        )
        expect(second).toEqual(first)
      }),
    )
  })
})
