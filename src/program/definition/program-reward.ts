/** The catalogue of a program: what its rewards may speak of, and what does not fit together. */
import { actionVocabulary } from '../../earning/index.ts'
import { type Currency, type InvalidValue, invalidValue, type WalletId } from '../../foundation/index.ts'
import { type CompiledReward, compileReward, type Reward, type RewardId } from '../../rewards/index.ts'
import type { Vocabulary } from '../../rules/index.ts'

/** Who asks for a reward says neither channel nor store. */
const untold: ReadonlySet<string> = /* @__PURE__ */ new Set(['channel', 'store'])

/**
 * The fields of the condition of a reward of a program: the `weekday`, `hour` (0–23) and `month` (1–12) in the program's
 * zone, and the member's `tiers` (as `ladder/tier`), `tenureDays`, `tenureMonths` and `occasions`.
 *
 * @example
 * ```ts
 * import { rewardVocabulary } from 'treue'
 *
 * rewardVocabulary().fields.map(({ name }) => name).slice(0, 4) // => ['weekday', 'hour', 'month', 'tiers']
 * ```
 */
export const rewardVocabulary = (): Vocabulary => ({
  fields: actionVocabulary([]).fields.filter(({ name }) => !untold.has(name)),
})

/** The rewards of a program by their ids, ready to be looked at. */
export const compileRewards = (rewards: ReadonlyArray<Reward>): ReadonlyMap<RewardId, CompiledReward> => {
  const vocabulary = rewardVocabulary()
  return new Map(rewards.map((reward) => [reward.id, compileReward(vocabulary, reward)]))
}

type WalletCheck = (path: InvalidValue['path'], id: WalletId) => ReadonlyArray<InvalidValue>

const priceFaults = (
  { prices }: Reward,
  index: number,
  currency: Currency,
  wallet: WalletCheck,
): ReadonlyArray<InvalidValue> =>
  prices.flatMap((price, place) => {
    const path = [index, 'prices', place]
    const { money } = price
    return [
      ...wallet([...path, 'wallet'], price.wallet),
      ...(money === null || money.currency === currency
        ? []
        : [invalidValue([...path, 'money', 'currency'], money.currency, `${currency}, the program's currency`)]),
    ]
  })

/** Ids that come twice, wallets and currencies that are not the program's; paths start at the list of rewards. */
export const rewardFaults = (
  rewards: ReadonlyArray<Reward>,
  currency: Currency,
  wallet: WalletCheck,
): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return rewards.flatMap((reward, index) => {
    const again = seen.has(reward.id)
    seen.add(reward.id)
    return [
      ...(again ? [invalidValue([index, 'id'], reward.id, 'an id that comes only once')] : []),
      ...priceFaults(reward, index, currency, wallet),
    ]
  })
}
