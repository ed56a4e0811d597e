/** What a member's state says at an instant for a reward of the catalogue. */
import * as E from 'fp-ts/Either'
import { emptyEarningContext, orderFacts } from '../../earning/index.ts'
import type { Instant, WalletId } from '../../foundation/index.ts'
import { spendablePoints } from '../../ledger/index.ts'
import type { CompiledReward, RewardContext } from '../../rewards/index.ts'
import type { Facts } from '../../rules/index.ts'
import { rewardVocabulary } from '../definition/program-reward.ts'
import { stockTaken } from '../state/shared-usage.ts'
import type { Draft } from './draft.ts'
import { walletOf } from './draft-wallet.ts'
import { memberFactsAt } from './earning-context.ts'
import type { Rejection } from './rejection.ts'

/** The same reward with the prices of one wallet alone. */
export const paidFrom = (compiled: CompiledReward, wallet: WalletId | undefined): CompiledReward => {
  if (wallet === undefined) return compiled
  const { reward, condition, explain } = compiled
  const prices = reward.prices.filter((price) => price.wallet === wallet)
  return { reward: { ...reward, prices }, condition, explain }
}

const noFacts: Facts = {}

const factsAt = (draft: Draft, at: Instant): Facts => {
  const vocabulary = rewardVocabulary()
  const facts = memberFactsAt(
    draft,
    vocabulary.fields.map(({ name }) => name),
    at,
  )
  const nothing = { action: 'reward', at, lines: [], attributes: {} }
  return orderFacts(nothing, draft.program.zone, { ...emptyEarningContext, facts }, vocabulary)
}

/** How many are gone of the stock of a reward, with what this decision took; a reward without limit needs no count. */
const takenOfStock = (draft: Draft, { id, stock }: CompiledReward['reward']): E.Either<Rejection, number> => {
  if (stock === null) return E.right(0)
  if (draft.shared === undefined) {
    const expected = 'how many were taken of the stock, as an option of the decision'
    return E.left([{ _tag: 'MissingSharedUsage', path: ['shared'], expected, of: id }])
  }
  const own = draft.sharedClaims.reduce(
    (sum, claim) => (claim.type === 'stock' && claim.reward === id ? sum + claim.pieces : sum),
    0,
  )
  return E.right(stockTaken(draft.shared, id) + own)
}

/** What is known of the member, the stock and the time, for a reward. */
export const rewardContextOf = (
  draft: Draft,
  { reward }: CompiledReward,
  at: Instant,
): E.Either<Rejection, RewardContext> => {
  const stock = takenOfStock(draft, reward)
  if (E.isLeft(stock)) return stock
  const { standings, rewards } = draft.state
  const wallets = new Set(reward.prices.map(({ wallet }) => wallet))
  return E.right({
    at,
    zone: draft.program.zone,
    tiers: standings.map(({ ladder, tier }) => `${ladder}/${tier}`),
    facts: reward.when === null ? noFacts : factsAt(draft, at),
    balances: [...wallets].map((wallet) => ({ wallet, points: spendablePoints(walletOf(draft.state, wallet)) })),
    stockTaken: stock.right,
    takenAt: rewards.taken.find((one) => one.reward === reward.id)?.at ?? [],
  })
}
