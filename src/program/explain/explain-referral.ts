/** What became of referrals, as phrases. */
import type { ReferralRewardKind } from '../../referrals/index.ts'
import type { BroughtStep, ReassessmentStep, ReferralBar, ReferralStep } from '../decide/decision.ts'
import type { BroughtReferral } from '../state/brought-referral.ts'
import { count, list, nothing, type Phrase, phrase, text, texts } from './phrase.ts'
import type { Words } from './words.ts'

/** Why a purchase does not make a referral count. */
const barPhrase = (words: Words, bar: ReferralBar): Phrase => {
  switch (bar._tag) {
    case 'WrongPurchaseNumber':
      return phrase('refusal.WrongPurchaseNumber', { number: count(bar.number), wanted: count(bar.wanted) })
    case 'ChannelNotEligible':
      return phrase('refusal.ChannelNotEligible', { channel: text(bar.channel) })
    case 'ReferralWindowClosed':
      return phrase('refusal.ReferralWindowClosed', { closed: words.date(bar.closedAt) })
    case 'BelowMinimumSpend': {
      const { spendMinor, minimumMinor } = bar
      return phrase('refusal.BelowMinimumSpend', {
        spend: words.money(spendMinor),
        minimum: words.money(minimumMinor),
      })
    }
    case 'ReferralBlocked':
      return phrase('refusal.ReferralBlocked', { signals: texts('comma', bar.signals) })
    case 'InvalidValue':
    case 'OutOfRange':
      return phrase(`refusal.${bar._tag}`, { expected: text(bar.expected) })
    default:
      return phrase(`refusal.${bar._tag}`, {})
  }
}

/** Whether a purchase makes a referral count, and why the other touches are not credited. */
export const referralPhrases = (words: Words, step: ReferralStep): ReadonlyArray<Phrase> => {
  const losing = step.touches.flatMap(({ reason, referrer }) =>
    reason === 'wins' ? [] : [phrase(`touch.${reason}`, { referrer: text(referrer) })],
  )
  if (step.referrer === null) return [phrase('referral.nobody', {}), ...losing]
  const referrer = text(step.referrer)
  const why = list(
    'semicolon',
    step.refusals.map((bar) => barPhrase(words, bar)),
  )
  return [
    ...losing,
    step.outcome === 'qualified'
      ? phrase('referral.qualified', { referrer })
      : phrase('referral.refused', { referrer, why }),
  ]
}

const rewardPhrase = (words: Words, kind: ReferralRewardKind, units: number): Phrase => {
  switch (kind.type) {
    case 'points':
      return phrase('reward.points', { points: words.points(kind.wallet, units) })
    case 'money':
      return phrase('reward.money', { money: words.money(units, kind.currency) })
    case 'donation':
      return phrase('reward.donation', { money: words.money(units, kind.currency), charity: text(kind.charity) })
    case 'voucher':
      return phrase('reward.voucher', { units: count(units), voucher: text(kind.voucher) })
    case 'tierCredit':
      return phrase('reward.tierCredit', {
        units: words.metricValue(kind.ladder, kind.metric, units),
        metric: text(kind.metric),
        ladder: text(kind.ladder),
      })
  }
}

/** What a return did to a referral. */
export const reassessmentPhrase = (words: Words, { referrer, outcome, taken }: ReassessmentStep): Phrase => {
  const back =
    taken === null || taken.units === 0
      ? nothing
      : phrase('reassessment.back', { reward: rewardPhrase(words, taken.kind, taken.units) })
  return phrase(`reassessment.${outcome}`, { referrer: text(referrer), back })
}

const limitPhrase = (words: Words, { kind, desired, units, capLimited, limitedBy }: BroughtReferral): Phrase => {
  const reward = rewardPhrase(words, kind, units)
  return capLimited
    ? phrase('brought.limited', {
        reward,
        desired: rewardPhrase(words, kind, desired),
        limits: texts('comma', limitedBy),
      })
    : phrase('brought.reward', { reward })
}

const doubtPhrase = ({ status, fraud }: BroughtReferral): Phrase =>
  status === 'pending'
    ? phrase('brought.doubt', {
        signals: texts(
          'comma',
          fraud.because.map(({ signal }) => signal),
        ),
      })
    : nothing

/** What became of a referral that the member brought. */
export const broughtPhrase = (words: Words, { change, brought }: BroughtStep): Phrase =>
  phrase(`brought.${change}`, {
    referee: text(brought.referee),
    level: brought.level === 1 ? nothing : phrase('brought.level', { level: count(brought.level) }),
    reward: change === 'opened' ? limitPhrase(words, brought) : nothing,
    doubt: change === 'opened' ? doubtPhrase(brought) : nothing,
  })
