import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type MemberId, unwrap, type WalletId } from '../../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  comparePrograms,
  comparisonMonoid,
  type MemberState,
  type ProgramComparison,
  playOutcome,
  simulate,
} from '../../../src/program/index.ts'
import { compiledOf } from '../../arbitraries/program.ts'
import { sharingNothing, wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { activity, buys, eur, joins, pointsOf, referralOf, shop, shopJson, spends, statusLadder } from '../shop.ts'

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

/** A program in which nothing is shared by members. */
const alone = ({ program: { referral: _, ...program } }: CompiledProgram): CompiledProgram => {
  const { earning } = program
  const caps = earning.caps?.filter(({ per }) => per?.scope !== 'everyone') ?? []
  return compiledOf(sharingNothing({ ...program, earning: { ...earning, caps } }))
}

/** An activity without what it asks of other members. */
const asking = (one: Activity): ReadonlyArray<Activity> => {
  if (one.type !== 'enrolment') return [one]
  const { referrer: _, ...rest } = one
  return [rest]
}

/** What was spent and is still held. */
const receivedIn = (found: MemberState['wallets'][number] | undefined): number =>
  found === undefined ? 0 : found.redeemed + found.active + found.pending + found.held - found.debt

const history = [
  ...told('anna', joins('2026-01-01T00:00:00Z'), buys('o', at, '600.00'), spends('s', at, 100)),
  ...told('ben', joins('2026-01-01T00:00:00Z'), buys('o', at, '30.00')),
  ...told('cleo', joins('2026-01-01T00:00:00Z')),
]

type Found = MemberState | undefined

/** The tiers of a member by ladder. */
const tiersOf = (state: Found) => Object.fromEntries(state?.standings.map(({ ladder, tier }) => [ladder, tier]) ?? [])

/** What a comparison says of one member, where each is a segment. */
const expectMovers = (
  { wallets, tiers }: ProgramComparison,
  member: MemberId,
  ends: readonly [Found, Found],
  walletIds: ReadonlyArray<WalletId>,
): void => {
  for (const id of walletIds) {
    const [got, gets] = ends.map((state) => receivedIn(state?.wallets.find((one) => one.id === id)))
    const difference = (gets ?? 0) - (got ?? 0)
    expect(wallets.find(({ segment, wallet }) => segment === member && wallet === id)).toMatchObject({
      winners: Number(difference > 0),
      losers: Number(difference < 0),
      unchanged: Number(difference === 0),
      gained: Math.max(0, difference),
      lost: Math.max(0, -difference),
    })
  }
  const own = tiers.filter(({ segment }) => segment === member)
  const [from, to] = (['from', 'to'] as const).map((end) => own.filter((row) => row[end] !== null))
  expect(Object.fromEntries(from?.map((row) => [row.ladder, row.from]) ?? [])).toEqual(tiersOf(ends[0]))
  expect(Object.fromEntries(to?.map((row) => [row.ladder, row.to]) ?? [])).toEqual(tiersOf(ends[1]))
}

describe('comparePrograms', () => {
  test('who gains, who loses, and who changes the tier', () => {
    const [first, second] = [shop(earning('1', '1.00')), shop(earning('2', '50.00'))]
    const comparison = unwrap(comparePrograms(first, second, history))
    expect(comparison.wallets).toEqual([
      { segment: '', wallet: 'points', winners: 1, losers: 1, unchanged: 1, gained: 600, lost: 30 },
    ])
    expect(comparison.tiers).toEqual([
      { segment: '', ladder: 'status', from: 'basic', to: 'basic', members: 2 },
      { segment: '', ladder: 'status', from: 'basic', to: 'gold', members: 1 },
    ])
    expect(comparison.ladders).toEqual([
      { segment: '', ladder: 'status', winners: 1, losers: 0, unchanged: 2, unranked: 0 },
    ])
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

  test('parts of a population, however it is split, merge to the whole', () => {
    const members = ['ada', 'bo', 'cy', 'di']
    const places = fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 })
    const segmentOf = (member: MemberId): string => (member < 'c' ? 'a to b' : 'c to d')
    fc.assert(
      fc.property(wideHistory, wideHistory, places, (one, other, shardOf) => {
        const [first, second] = [alone(one.program), alone(other.program)]
        const own = [one.activities, other.activities].map((list) => list.flatMap(asking))
        // Each member has a history of their own.
        const histories = members.map((member, index) =>
          told(member, ...(own[index % 2] ?? []).slice(0, 6 + 5 * index)),
        )
        const longest = Math.max(...histories.map(({ length }) => length))
        const mixed = Array.from({ length: longest }, (_, at) => histories.flatMap((list) => list[at] ?? [])).flat()
        const compare = (some: ReadonlyArray<Activity>) => unwrap(comparePrograms(first, second, some, { segmentOf }))
        const shards = [0, 1, 2].map((shard) =>
          compare(mixed.filter(({ member }) => shardOf[members.indexOf(member)] === shard)),
        )
        const whole = compare(mixed)
        expect(shards.reduce(comparisonMonoid.concat, comparisonMonoid.empty)).toEqual(whole)
        expect(shards.reduceRight(comparisonMonoid.concat, comparisonMonoid.empty)).toEqual(whole)
      }),
    )
  })

  test('movers are those of a plain count over members', () => {
    fc.assert(
      fc.property(wideHistory, wideHistory, ({ program, activities }, { program: other }) => {
        const comparison = unwrap(comparePrograms(program, other, activities, { segmentOf: (member) => member }))
        const [before, after] = [program, other].map((by) => unwrap(simulate(by, activities)).members)
        const wallets = [program, other].flatMap((by) => by.program.wallets.map(({ id }) => id))
        for (const member of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
          expectMovers(comparison, member, [before?.get(member), after?.get(member)], wallets)
        }
      }),
    )
  })

  test('a tier that only one version has, a ladder that comes or goes, and tiers that no version ranks', () => {
    const ladder = (...tiers: ReadonlyArray<string>) => ({
      ...statusLadder,
      tiers: tiers.map((id, index) =>
        index === 0 ? { id } : { id, reach: pointsOf(500 * index), keep: pointsOf(500 * index) },
      ),
    })
    const versions = [
      shop({ ladders: [ladder('basic', 'gold')] }),
      shop({ ladders: [ladder('basic', 'silver', 'gold')] }),
      shop({ ladders: [ladder('start', 'star')] }),
      shop(),
    ]
    const movers = (from: number, to: number) => {
      const [first, second] = [versions[from], versions[to]]
      if (first === undefined || second === undefined) return []
      const { ladders } = unwrap(comparePrograms(first, second, history))
      return ladders.map(({ winners, losers, unchanged, unranked }) => [winners, losers, unchanged, unranked])
    }
    // Anna has 600 points: she is on gold, silver, star, and on no tier.
    expect(movers(0, 1)).toEqual([[0, 1, 2, 0]])
    expect(movers(1, 0)).toEqual([[1, 0, 2, 0]])
    expect(movers(0, 2)).toEqual([[0, 0, 0, 3]])
    expect(movers(0, 3)).toEqual([[0, 3, 0, 0]])
    expect(movers(3, 0)).toEqual([[3, 0, 0, 0]])
    expect(movers(3, 3)).toEqual([])
  })

  test('a chain that is longer than allowed in either program ends the comparison', () => {
    const [plain, asking] = [shop(), shop(referralOf())]
    const day = '2026-01-01T00:00:00Z'
    const asked = [
      activity({ type: 'enrolment', id: 'bob joins', member: 'bob', at: day }),
      joins('2026-01-02T00:00:00Z', { referrer: { member: 'bob', enrolledAt: day } }),
      buys('o', '2026-01-03T00:00:00Z', '80.00'),
    ]
    for (const [first, second] of [
      [plain, asking],
      [asking, plain],
    ] as const) {
      expect(comparePrograms(first, second, asked, { longestChain: 0 })._tag).toBe('Left')
      expect(comparePrograms(first, second, asked)._tag).toBe('Right')
    }
  })

  test('a program compared with itself changes nothing for anybody', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const { wallets, tiers, ladders, first, second } = unwrap(comparePrograms(program, program, activities))
        expect(tiers.every(({ from, to }) => from === to)).toBe(true)
        expect(ladders.every(({ winners, losers, unranked }) => winners + losers + unranked === 0)).toBe(true)
        expect(wallets.every(({ winners, losers, gained, lost }) => winners + losers === 0 && !gained && !lost)).toBe(
          true,
        )
        expect(second).toEqual(first)
      }),
    )
  })
})
