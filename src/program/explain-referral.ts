/** What became of referrals, in words. */
import { formatError } from '../foundation/index.ts'
import type { ReferralRewardKind, TouchReason } from '../referrals/index.ts'
import type { BroughtChange, BroughtReferral } from './brought-referral.ts'
import type { BroughtStep, ReassessmentStep, ReferralStep } from './decision.ts'
import type { Words } from './words.ts'

const because: Readonly<Record<TouchReason, string>> = {
  wins: 'is credited',
  sharesCredit: 'shares the credit',
  ownTouch: 'is the member’s own',
  afterConversion: 'came after the purchase',
  cookieExpired: 'is no longer remembered',
  windowClosed: 'is too old',
  earlierWins: 'came later than the one credited',
  laterWins: 'came earlier than the one credited',
  codeWins: 'is no code',
  priorityWins: 'has a lower priority',
  moreCreditWins: 'has less of the credit',
  idWins: 'is equal to the one credited but for its id',
}

/** Whether a purchase makes a referral count, and why the other touches are not credited. */
export const referralWords = ({ referrer, outcome, refusals, touches }: ReferralStep): ReadonlyArray<string> => {
  const losing = touches
    .filter(({ reason }) => reason !== 'wins')
    .map((touch) => `The touch of ${touch.referrer} ${because[touch.reason]}.`)
  if (referrer === null) return ['Nobody is credited with the purchase.', ...losing]
  const verdict =
    outcome === 'qualified'
      ? `The referral by ${referrer} counts.`
      : `The referral by ${referrer} does not count yet. ${formatError(refusals)}`
  return [...losing, verdict]
}

const rewardWords = (words: Words, kind: ReferralRewardKind, units: number): string => {
  switch (kind.type) {
    case 'points':
      return words.points(kind.wallet, units)
    case 'money':
      return words.money(units)
    case 'donation':
      return `${words.money(units)} for ${kind.charity}`
    case 'voucher':
      return `${units} of voucher ${kind.voucher}`
    case 'tierCredit':
      return `${units} ${kind.metric} of ${kind.ladder}`
  }
}

/** What a return did to a referral. */
export const reassessmentWords = (words: Words, { referrer, outcome, taken }: ReassessmentStep): string => {
  const back = taken === null || taken.units === 0 ? '' : ` ${rewardWords(words, taken.kind, taken.units)} go back.`
  const what = { stands: 'stands', cancelled: 'is cancelled', inReview: 'was released already and is left for review' }
  return `The referral by ${referrer} ${what[outcome]}.${back}`
}

const limitWords = (words: Words, { kind, desired, units, capLimited, limitedBy }: BroughtReferral): string =>
  capLimited
    ? ` ${rewardWords(words, kind, units)} of ${rewardWords(words, kind, desired)}, limited by ${limitedBy.join(', ')}.`
    : ` ${rewardWords(words, kind, units)}.`

const doubtWords = ({ status, fraud }: BroughtReferral): string =>
  status === 'pending' ? ` A person has to approve it: ${fraud.because.map(({ signal }) => signal).join(', ')}.` : ''

const changeWords: Readonly<Record<BroughtChange, string>> = {
  opened: 'counts',
  approved: 'is approved',
  denied: 'is denied',
  reduced: 'counts for less after a return',
  cancelled: 'is cancelled by a return',
  rewarded: 'is rewarded',
  shared: 'goes on paying',
  questioned: 'was rewarded already and is left for review',
  upheld: 'stands after the review',
  reversed: 'is taken back after the review',
}

/** What became of a referral that the member brought. */
export const broughtWords = (words: Words, { change, brought }: BroughtStep): string => {
  const begins = change === 'opened' ? `${limitWords(words, brought)}${doubtWords(brought)}` : ''
  return `The referral of ${brought.referee}${brought.level === 1 ? '' : ` on level ${brought.level}`} ${changeWords[change]}.${begins}`
}
