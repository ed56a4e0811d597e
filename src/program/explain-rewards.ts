/** What became of stamp cards, as phrases. */
import { count, list, nothing, type Phrase, phrase, text } from './phrase.ts'
import type { RewardTraceStep, StampRewardStep, StampsExpiredStep, StampsStep, StampsTakenStep } from './reward-step.ts'
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

/** A step about rewards as a phrase. */
export const rewardStepPhrase = (words: Words, step: RewardTraceStep): Phrase => {
  switch (step.step) {
    case 'stamps':
      return stampsPhrase(step)
    case 'stampsTaken':
      return takenPhrase(step)
    case 'stampsExpired':
      return expiredPhrase(words, step)
    case 'stampReward':
      return rewardPhrase(step)
  }
}
