// The catalogue of a program, and what members do with it.
import fc from 'fast-check'
import type { ActivityId, Currency, Instant, MemberId, Points, WalletId } from '../../src/foundation/index.ts'
import type {
  Activity,
  MemberRedemption,
  MemberRewards,
  Program,
  RewardChanged,
  RewardTaken,
} from '../../src/program/index.ts'
import type { RewardId } from '../../src/rewards/index.ts'
import { lotArbitrary } from './ledger.ts'

const maybe = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | null> => fc.option(arbitrary, { nil: null, freq: 2 })

interface Names {
  readonly wallets: ReadonlyArray<string>
  readonly currency: string
  readonly ladders: number
}

const condition = fc.constantFrom(
  { field: 'weekday', in: ['saturday', 'sunday', 'monday'] },
  { field: 'tenureDays', atLeast: 3 },
  { field: 'tiers', hasNone: ['ladder 0/tier 1'] },
)

/** Part of the prices can be divided between points and money. */
const priceJson = ({ wallets, currency, ladders }: Names) =>
  fc
    .tuple(
      plainPriceJson({ wallets, currency, ladders }),
      fc.option(
        fc.record({
          price: fc.constant({ points: 1, price: { amount: currency === 'JPY' ? '1' : '0.01', currency } }),
          maximum: fc.constantFrom(null, null, 150),
          multipleOf: fc.constantFrom(1, 1, 10),
        }),
        { nil: undefined },
      ),
    )
    .map(([price, split]) =>
      split === undefined || price.money === null
        ? price
        : { ...price, points: price.points - (price.points % 10), split },
    )

const plainPriceJson = ({ wallets, currency, ladders }: Names) =>
  fc.record({
    wallet: fc.constantFrom(...wallets),
    points: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 120 }) },
      { weight: 1, arbitrary: fc.constant(0) },
    ),
    money: fc.constantFrom(null, null, { amount: currency === 'JPY' ? '3' : '2.50', currency }),
    tier: ladders === 0 ? fc.constant(null) : fc.constantFrom(null, null, 'ladder 0/tier 1'),
  })

const rewardJson = (names: Names) =>
  fc.record({
    id: fc.constantFrom('mug', '__proto__', 'event'),
    prices: fc.array(priceJson(names), { minLength: 1, maxLength: 3 }),
    stock: fc.constantFrom(null, null, null, 2),
    limits: fc.array(
      fc.record({
        times: fc.integer({ min: 1, max: 3 }),
        per: maybe(fc.constantFrom({ unit: 'month' }, { unit: 'quarter', startMonth: 2 })),
      }),
      { maxLength: 2 },
    ),
    validFrom: fc.constantFrom(null, null, '2024-02-01T00:00:00Z'),
    validUntil: fc.constantFrom(null, null, '2026-06-01T00:00:00Z'),
    tiers: names.ladders === 0 ? fc.constant(null) : fc.constantFrom(null, null, ['ladder 0/tier 1']),
    when: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: condition }),
    refundable: fc.constantFrom('untilIssued', 'untilUsed', 'always'),
    holdFor: maybe(fc.record({ amount: fc.integer({ min: 1, max: 20 }), unit: fc.constantFrom('hour', 'day') })),
    shipped: fc.boolean(),
    partner: fc.constantFrom(null, 'cinema'),
  })

type RewardJson = ReturnType<typeof rewardJson> extends fc.Arbitrary<infer A> ? A : never

/** The ways in which rewards could be redeemed automatically. */
const automaticOf = (rewards: ReadonlyArray<RewardJson>, wallets: ReadonlyArray<string>): ReadonlyArray<object> =>
  rewards.flatMap(({ id, stock, prices, refundable }) =>
    wallets.flatMap((wallet) => {
      const own = prices.filter((price) => price.wallet === wallet)
      const fits = stock === null && own.length > 0 && own.every(({ points, money }) => points > 0 && money === null)
      return fits ? [{ wallet, reward: id, onReturn: refundable === 'untilIssued' ? 'debt' : 'takeBack' }] : []
    }),
  )

/** The JSON of the catalogue of a program, some of it redeemed automatically. */
export const catalogueJson = (names: Names): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.uniqueArray(rewardJson(names), { maxLength: 3, selector: ({ id }) => id }),
      fc.constantFrom(true, false, false),
    )
    .map(([rewards, automatic]) => ({
      rewards,
      ...(automatic ? { automaticRedemptions: automaticOf(rewards, names.wallets) } : {}),
    }))

interface Told {
  readonly program: Program
  readonly before: ReadonlyArray<Activity>
  readonly base: { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant }
}

const taking = fc
  .tuple(
    fc.nat(),
    fc.option(fc.constantFrom('points', '__proto__')),
    fc.boolean(),
    fc.option(fc.nat({ max: 12 }), { nil: undefined }),
  )
  .map(([which, wallet, issue, more]) => ({ program, base }: Told): Activity | undefined => {
    const { rewards = [] } = program
    const reward = rewards[which % Math.max(1, rewards.length)]
    if (reward === undefined) return undefined
    const paid = wallet === null ? {} : { wallet: wallet as WalletId }
    const divided = reward.prices.find(({ split }) => split !== undefined)
    const points = more === undefined || divided === undefined ? {} : { points: (divided.points + more * 10) as Points }
    return { type: 'rewardRedeemed', ...base, reward: reward.id, ...paid, ...points, ...(issue ? { issue } : {}) }
  })

const stepping = fc
  .tuple(
    fc.nat({ max: 3 }),
    fc.constantFrom('issue', 'issue', 'use', 'release', 'cancel', 'cancel', 'ship', 'deliver', 'fail', 'comeBack'),
  )
  .map(([which, step]) => ({ before, base }: Told): Activity | undefined => {
    const taken = before.filter(({ type }) => type === 'rewardRedeemed')
    const last = taken[taken.length - 1 - which] ?? taken[taken.length - 1]
    return last === undefined ? undefined : { type: 'rewardStep', ...base, redemption: last.id, step }
  })

/** A reward is taken, mostly one that there is; or something becomes of one of the last. */
export const rewardActivity: fc.Arbitrary<(told: Told) => Activity | undefined> = fc.oneof(taking, stepping)

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => ms as Instant)

/** A reward that a member took, of any form that can be stored. */
const memberRedemption: fc.Arbitrary<MemberRedemption> = fc.record({
  redemption: fc.record({
    id: fc.constantFrom('r-1', '__proto__', 'r-2').map((id) => id as ActivityId),
    member: fc.constant('anna' as MemberId),
    reward: fc.constantFrom('mug', '__proto__').map((id) => id as RewardId),
    wallet: fc.constant('points' as WalletId),
    points: fc.nat().map((points) => points as Points),
    money: fc.constantFrom(null, { minor: 250, currency: 'EUR' as Currency }),
    heldAt: instant,
    heldUntil: maybe(instant),
    status: fc.constantFrom('held', 'issued', 'used', 'released', 'cancelled'),
    fulfilment: fc.constantFrom(null, 'notShipped', 'shipped', 'delivered', 'failed', 'cameBack'),
    refundable: fc.constantFrom('untilIssued', 'untilUsed', 'always'),
    steps: fc.array(
      fc.record({
        id: fc.string({ minLength: 1 }).map((id) => id as ActivityId),
        step: fc.constantFrom('issue', 'use'),
        at: instant,
      }),
      { maxLength: 2 },
    ),
  }),
  pieces: fc.uniqueArray(lotArbitrary, { maxLength: 2, selector: ({ id }) => id }),
  vouchers: fc.constantFrom([], ['v-1' as ActivityId]),
  automatic: fc.boolean(),
  keptUntil: maybe(instant),
})

const rewardTaken: fc.Arbitrary<RewardTaken> = fc.record({
  reward: fc.constantFrom('mug', '__proto__').map((id) => id as RewardId),
  at: fc.array(instant, { maxLength: 3 }),
})

/** What a member may have of the catalogue. */
export const memberRewards: fc.Arbitrary<MemberRewards> = fc.record({
  redemptions: fc.uniqueArray(memberRedemption, { maxLength: 2, selector: ({ redemption }) => redemption.id }),
  taken: fc.uniqueArray(rewardTaken, { maxLength: 2, selector: ({ reward }) => reward }),
})

/** An event about a reward, of any form that can be stored. */
export const rewardChanged: fc.Arbitrary<RewardChanged> = fc.record({
  type: fc.constant('rewardChanged'),
  at: instant,
  change: fc.constantFrom('hold', 'issue', 'cancel', 'comeBack'),
  reward: memberRedemption,
  taken: rewardTaken,
  effects: fc.subarray(['holdPoints', 'takeStock', 'refundMoney']),
})
