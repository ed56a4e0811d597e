/** What became of stamp cards, as phrases. */

import type { Currency } from '../../foundation/index.ts'
import type { AppliedVoucher, VoucherDecline } from '../../rewards/index.ts'
import type {
  CatalogueStep,
  DonationStep,
  RewardTraceStep,
  StampRewardStep,
  StampsExpiredStep,
  StampsStep,
  StampsTakenStep,
  VoucherHeldStep,
  VouchersStep,
} from '../decide/reward-step.ts'
import { count, list, nothing, type Phrase, phrase, text } from './phrase.ts'
import type { Words } from './words.ts'

const cutPhrase = ({ desired, cutBy }: StampsStep): Phrase => {
  if (cutBy === null) return nothing
  return phrase('stamps.cut', { desired: count(desired), by: phrase(`stamps.${cutBy}`, {}) })
}

const stampsPhrase = (step: StampsStep): Phrase =>
  phrase('stamps', {
    card: text(step.card),
    granted: count(step.granted),
    cut: cutPhrase(step),
    there: count(step.stamps),
    slots: count(step.slots),
    rewards: list(
      'none',
      step.rewards.map(({ card, reward }) => phrase('stamps.reward', { card: count(card), reward: text(reward) })),
    ),
  })

const takenPhrase = ({ card, purchase, taken, stamps, debt }: StampsTakenStep): Phrase =>
  phrase('stamps.taken', {
    card: text(card),
    purchase: text(purchase),
    taken: count(taken),
    left: count(stamps),
    owed: debt === 0 ? nothing : phrase('stamps.owed', { debt: count(debt) }),
  })

const expiredPhrase = (words: Words, { card, stamps, at }: StampsExpiredStep): Phrase =>
  phrase('stamps.expired', { card: text(card), at: words.date(at), stamps: count(stamps) })

const rewardPhrase = ({ card, number, position, used }: StampRewardStep): Phrase =>
  phrase(used ? 'stampReward.used' : 'stampReward.open', {
    card: text(card),
    number: count(number),
    position: count(position),
  })

const pricePhrase = (words: Words, { change, wallet, points, money, automatic }: CatalogueStep): Phrase => {
  const price = {
    points: words.points(wallet, points),
    money: money === null ? nothing : phrase('reward.andMoney', { money: words.money(money.minor, money.currency) }),
  }
  switch (change) {
    case 'hold':
      return phrase(automatic ? 'reward.holdAutomatic' : 'reward.hold', price)
    case 'issue':
    case 'cancel':
      return phrase(`reward.${change}`, price)
    case 'release':
      return phrase('reward.release', { points: price.points })
    default:
      return phrase(`reward.${change}`, {})
  }
}

const cataloguePhrase = (words: Words, step: CatalogueStep): Phrase =>
  phrase('reward.change', {
    reward: text(step.reward),
    redemption: words.id(step.redemption),
    what: pricePhrase(words, step),
  })

const declinePhrase = (words: Words, because: VoucherDecline, currency: Currency): Phrase => {
  switch (because.reason) {
    case 'notYetValid':
      return phrase('decline.notYetValid', { from: words.date(because.validFrom) })
    case 'tooFewItems':
      return phrase('decline.tooFewItems', { missing: count(because.missingItems) })
    case 'belowMinimumSpend':
    case 'belowMinimumAfterDiscount':
      return phrase(`decline.${because.reason}`, { missing: words.money(because.missingMinor, currency) })
    case 'exclusiveWith':
      return phrase('decline.exclusiveWith', { other: text(because.other) })
    case 'notBest':
    case 'notWorst':
      return phrase(`decline.${because.reason}`, { total: words.money(because.totalMinor, currency) })
    default:
      return phrase(`decline.${because.reason}`, {})
  }
}

const appliedPhrase = (words: Words, applied: AppliedVoucher, currency: Currency): Phrase => {
  const { minor, desiredMinor, cappedBy, gifts, pays } = applied
  const voucher = text(applied.voucher)
  const off = words.money(minor, currency)
  if (pays) return phrase('voucher.paid', { voucher, off })
  const desired = words.money(desiredMinor, currency)
  const cuts = { voucher: 'voucher.cutByVoucher', total: 'voucher.cutByTotal' } as const
  return phrase('voucher.applied', {
    voucher,
    off,
    cut: cappedBy === null ? nothing : phrase(cuts[cappedBy], { desired }),
    gifts: list(
      'none',
      gifts.map(({ sku, quantity }) => phrase('voucher.gift', { sku: text(sku), quantity: count(quantity) })),
    ),
  })
}

/** What vouchers did to a purchase, and why others did nothing, as phrases. */
export const voucherPhrases = (words: Words, { priced, currency }: VouchersStep): ReadonlyArray<Phrase> => [
  ...priced.applied.map((applied) => appliedPhrase(words, applied, currency)),
  ...priced.declined.map(({ voucher, because }) =>
    phrase('voucher.declined', { voucher: text(voucher), because: declinePhrase(words, because, currency) }),
  ),
]

const heldPhrase = (words: Words, { change, voucher, validUntil }: VoucherHeldStep): Phrase => {
  if (change !== 'granted') return phrase(`voucher.${change}`, { voucher: text(voucher) })
  const until = validUntil === null ? nothing : phrase('voucher.until', { until: words.lastDay(validUntil) })
  return phrase('voucher.granted', { voucher: text(voucher), until })
}

const donationPhrase = (words: Words, step: DonationStep): Phrase => {
  const { wallet, points, given, matched } = step
  const added = phrase('donation.matched', { money: words.money(matched.minor, matched.currency) })
  return phrase('donation', {
    given: words.money(given.minor, given.currency),
    by: points === 0 ? nothing : phrase('donation.byPoints', { points: words.points(wallet, points) }),
    beneficiary: text(step.beneficiary),
    campaign: text(step.campaign),
    matched: matched.minor === 0 ? nothing : added,
    reached: step.reachesTarget ? phrase('donation.reached', {}) : nothing,
  })
}

/** A step about rewards as a phrase. */
export const rewardStepPhrase = (words: Words, step: Exclude<RewardTraceStep, VouchersStep>): Phrase => {
  switch (step.step) {
    case 'stamps':
      return stampsPhrase(step)
    case 'stampsTaken':
      return takenPhrase(step)
    case 'stampsExpired':
      return expiredPhrase(words, step)
    case 'stampReward':
      return rewardPhrase(step)
    case 'reward':
      return cataloguePhrase(words, step)
    case 'donation':
      return donationPhrase(words, step)
    case 'voucher':
      return heldPhrase(words, step)
    case 'voucherRestored':
      return phrase('voucher.restored', { voucher: text(step.voucher), purchase: text(step.purchase) })
  }
}
