/** Points that become a reward by themselves, as soon as there are enough. */
import {
  arrayCodec,
  type Codec,
  type InvalidValue,
  invalidValue,
  literalCodec,
  structCodec,
  WalletId,
} from '../../foundation/index.ts'
import { type Reward, RewardId } from '../../rewards/index.ts'

/** Points of a wallet that are redeemed without being asked, as soon as there are as many as the reward costs. */
export interface AutomaticRedemption {
  readonly wallet: WalletId
  readonly reward: RewardId
  /**
   * What follows where a return takes points back that were redeemed since they were earned: the member owes them, as after any
   * redemption; or rewards that came after the purchase and were not used are taken back first, the last one first.
   */
  readonly onReturn: 'debt' | 'takeBack'
}

/** Reads the automatic redemptions of a program. */
export const automaticRedemptions: Codec<ReadonlyArray<AutomaticRedemption>, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ structCodec('AutomaticRedemption', {
    wallet: WalletId,
    reward: RewardId,
    onReturn: /* @__PURE__ */ literalCodec('debt', 'takeBack'),
  }),
  { maxLength: 100 },
)

/** The prices of a reward in a wallet. */
const pricesIn = ({ prices }: Reward, { wallet }: AutomaticRedemption): Reward['prices'] =>
  prices.filter((price) => price.wallet === wallet)

const oneFaults = (
  automatic: AutomaticRedemption,
  index: number,
  reward: Reward | undefined,
): ReadonlyArray<InvalidValue> => {
  if (reward === undefined) return [invalidValue([index, 'reward'], automatic.reward, 'a reward of the program')]
  const prices = pricesIn(reward, automatic)
  const hasPrice = prices.length > 0 && prices.every(({ points, money }) => points > 0 && money === null)
  return [
    ...(hasPrice ? [] : [invalidValue([index, 'wallet'], automatic.wallet, 'a wallet in which it costs points alone')]),
    ...(reward.stock === null
      ? []
      : [invalidValue([index, 'reward'], reward.id, 'a reward without a stock to run out of')]),
    ...(automatic.onReturn === 'debt' || reward.refundable !== 'untilIssued'
      ? []
      : [
          invalidValue(
            [index, 'onReturn'],
            'takeBack',
            '"debt", since the reward is refundable only until it is issued',
          ),
        ]),
  ]
}

/** What cannot be redeemed automatically, and what comes twice; paths start at the list. */
export const automaticFaults = (
  automatic: ReadonlyArray<AutomaticRedemption>,
  rewards: ReadonlyArray<Reward>,
): ReadonlyArray<InvalidValue> => {
  const known = new Map(rewards.map((reward) => [reward.id, reward]))
  const seen = new Set<string>()
  return automatic.flatMap((one, index) => {
    const key = JSON.stringify([one.wallet, one.reward])
    const again = seen.has(key)
    seen.add(key)
    const twice = again
      ? [invalidValue([index, 'reward'], one.reward, 'a reward that the wallet redeems only once')]
      : []
    return [...twice, ...oneFaults(one, index, known.get(one.reward))]
  })
}

const isFree = ({ limits, validFrom, validUntil, tiers, when }: Reward): boolean =>
  limits.length === 0 && validFrom === null && validUntil === null && tiers === null && when === null

/** So many points nobody has for longer than an instant, since they are redeemed; `undefined`: there may be more. */
export const redeemedAt = (
  automatic: ReadonlyArray<AutomaticRedemption>,
  rewards: ReadonlyArray<Reward>,
  wallet: WalletId,
): number | undefined => {
  const free = rewards.filter(isFree)
  const least = automatic.flatMap((one) => {
    const reward = one.wallet === wallet ? free.find(({ id }) => id === one.reward) : undefined
    return reward === undefined
      ? []
      : pricesIn(reward, one).flatMap(({ tier, points }) => (tier === null ? [points] : []))
  })
  return least.length === 0 ? undefined : Math.min(...least)
}
