// A member with a wallet at a shop: what redemptions ask of the ledger is done in the ledger.
import {
  type ActivityId,
  decode,
  type Instant,
  type LotId,
  type MemberId,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  accrue,
  applyEntry,
  emptyWallet,
  gainsDue,
  hold,
  type LedgerEntry,
  type Lot,
  lossesDue,
  piecesOf,
  redeemHold,
  releaseHold,
  restore,
  spendablePoints,
  type Wallet,
  WalletDefinition,
} from '../../src/ledger/index.ts'
import {
  compileReward,
  type RedemptionEffect,
  type RedemptionMove,
  type RedemptionStep,
  type Reward,
  type RewardAvailability,
  type RewardContext,
  type RewardPrice,
  type RewardRedemption,
  redeemReward,
  rewardAvailability,
  stepRedemption,
} from '../../src/rewards/index.ts'
import { at } from './stamp-terms.ts'
import { vocabulary } from './voucher-terms.ts'

export const pointsWallet: WalletDefinition = unwrap(
  decode(WalletDefinition, {
    id: 'points',
    decimals: 0,
    pending: null,
    expiry: { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'earning' },
  }),
)

export const id = (text: string): ActivityId => text as ActivityId

/** What the member has, and what was spent on a redemption. */
export interface Member {
  readonly wallet: Wallet
  readonly tiers: ReadonlyArray<string>
  readonly spent: ReadonlyMap<ActivityId, ReadonlyArray<Lot>>
}

const applied = (member: Member, entries: ReadonlyArray<LedgerEntry>): Member => ({
  ...member,
  wallet: entries.reduce(applyEntry, member.wallet),
})

export const earns = (member: Member, lot: string, points: number, when: string): Member =>
  applied(
    member,
    unwrap(
      accrue(pointsWallet, utc, member.wallet, {
        lot: lot as LotId,
        points: points as Points,
        at: at(when),
        source: id(lot),
      }),
    ),
  )

export const memberWith = (points: number, tiers: ReadonlyArray<string> = []): Member =>
  earns({ wallet: emptyWallet(pointsWallet.id), tiers, spent: new Map() }, 'earned', points, '2026-01-01T00:00:00Z')

/** What a night does to the wallet. */
export const overnight = (member: Member, morning: Instant): Member => {
  const gained = applied(member, gainsDue(member.wallet, morning))
  return applied(gained, lossesDue(pointsWallet, utc, gained.wallet, morning))
}

/** What the member sees of a reward: the points that are neither held nor spent are those of the ledger. */
export const sees = (
  reward: Reward,
  { wallet, tiers }: Member,
  when: Instant,
  rest: Partial<RewardContext> = {},
): RewardAvailability =>
  rewardAvailability(compileReward(vocabulary, reward), {
    at: when,
    zone: utc,
    tiers,
    facts: {},
    balances: [{ wallet: wallet.id, points: spendablePoints(wallet) }],
    stockTaken: 0,
    takenAt: [],
    ...rest,
  })

/** An effect on points, done in the ledger; those on money and stock are none of its. */
const does = (member: Member, redemption: RewardRedemption, effect: RedemptionEffect, when: Instant): Member => {
  const { wallet, spent } = member
  const { id: source, points, heldUntil } = redemption
  switch (effect) {
    case 'holdPoints':
      return applied(member, [unwrap(hold(pointsWallet, utc, wallet, points, when, source, heldUntil ?? undefined))])
    case 'burnHeldPoints': {
      const entry = unwrap(redeemHold(wallet, source, points, when, source))
      const lots = wallet.holds.find((one) => one.id === source)?.lots ?? []
      return { ...applied(member, [entry]), spent: new Map([...spent, [source, piecesOf(lots, entry.draws)]]) }
    }
    case 'releasePoints':
      return applied(member, [unwrap(releaseHold(wallet, source, when))])
    case 'returnPoints': {
      const pieces = spent.get(source) ?? []
      const back = { pieces, restored: 0 as Points, points, at: when, source: id(`${source}/cancelled`) }
      return applied(member, unwrap(restore(pointsWallet, utc, wallet, { ...back, redemption: source })))
    }
    default:
      return member
  }
}

export interface Redeeming {
  readonly member: Member
  readonly redemption: RewardRedemption
}

const done = (member: Member, { redemption, effects }: RedemptionMove, when: Instant): Redeeming => ({
  member: effects.reduce((now, effect) => does(now, redemption, effect, when), member),
  redemption,
})

export const redeems = (reward: Reward, member: Member, name: string, price: RewardPrice, when: Instant): Redeeming =>
  done(member, redeemReward(reward, utc, { id: id(name), member: 'anna' as MemberId, at: when, price }), when)

export const steps = (
  { member, redemption }: Redeeming,
  step: RedemptionStep,
  when: Instant,
  name: string = step,
): Redeeming => done(member, unwrap(stepRedemption(redemption, { id: id(name), step, at: when })), when)
