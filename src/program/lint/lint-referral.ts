/** What the lint of referral terms finds, and rewards without end. */
import {
  lintReferralTerms,
  type ReferralFinding,
  type ReferralProportion,
  type ReferralRewardKind,
  type ReferralTerms,
} from '../../referrals/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { type FindingCode, type Findings, type OpenFinding, type ProgramFinding, showing } from './lint-finding.ts'
import type { ProgramEconomics } from './lint-options.ts'
import { manyReferrals, referralHistory } from './lint-referral-history.ts'

const REASONS: Readonly<Record<ReferralFinding['type'], string>> = {
  rewardExceedsMargin: 'both sides together cost more than the least purchase brings',
  milestoneExceedsMargin: 'whoever brings just so many friends costs more than all of them bring',
  reviewShorterThanReturns: 'the referrer is paid while the goods can still be returned',
  noMinimumSpend: 'a purchase of any amount makes a referral count',
  capBelowReward: 'not even one whole reward fits the cap',
}

const CODES: Readonly<Record<ReferralFinding['type'], FindingCode>> = {
  rewardExceedsMargin: 'rewardExceedsMargin',
  milestoneExceedsMargin: 'milestoneExceedsMargin',
  reviewShorterThanReturns: 'reviewShorterThanReturns',
  noMinimumSpend: 'noMinimumSpend',
  capBelowReward: 'capBelowGrant',
}

/** Where a finding of the terms is, among the terms of the program. */
const pathOf = (terms: ReferralTerms, finding: ReferralFinding): ProgramFinding['path'] => {
  const path = ['referral', 'terms']
  switch (finding.type) {
    case 'rewardExceedsMargin':
      return [...path, 'referrer']
    case 'milestoneExceedsMargin':
      return [...path, 'milestones', terms.milestones.findIndex(({ referrals }) => referrals === finding.referrals)]
    case 'reviewShorterThanReturns':
      return [...path, 'review']
    case 'noMinimumSpend':
      return [...path, 'eligibility', 'minimumSpend']
    case 'capBelowReward':
      return [...path, 'caps', terms.caps.findIndex(({ id }) => id === finding.cap)]
  }
}

const free: ReferralProportion = { numerator: 0, denominator: 1 }

const costOf =
  (economics: ProgramEconomics | undefined) =>
  (kind: ReferralRewardKind): ReferralProportion => {
    if (economics === undefined) return free
    switch (kind.type) {
      case 'points':
        return economics.pointCost(kind.wallet)
      case 'voucher':
        return { numerator: economics.voucherMinor?.(kind.voucher) ?? 0, denominator: 1 }
      case 'tierCredit':
        return free
      default:
        return { numerator: 1, denominator: 1 }
    }
  }

/** What the lint of referral terms finds, and rewards without end. */
export const lintReferral = (compiled: CompiledProgram, economics: ProgramEconomics | undefined): Findings => {
  const { referral, returnWindow } = compiled.program
  if (referral === undefined) return []
  const { terms, levels } = referral
  const margin = economics?.margin ?? { numerator: 1, denominator: 1 }
  const cost = costOf(economics)
  const held = { margin, cost, returnWindow, ...(levels === undefined ? {} : { levels }) }
  const found = lintReferralTerms(terms, held).map((one): OpenFinding => {
    const { type } = one
    const finding: ProgramFinding = {
      code: CODES[type],
      severity: type === 'noMinimumSpend' ? 'note' : 'warning',
      path: pathOf(terms, one),
      reason: REASONS[type],
      witness: { type: 'room', figures: { ...one } },
    }
    return showing(finding, () => referralHistory(compiled, referral, one, { margin, cost }))
  })
  if (terms.caps.length > 0) return found
  const endless: ProgramFinding = {
    code: 'unboundedReferral',
    severity: 'note',
    path: ['referral', 'terms', 'caps'],
    reason: 'no cap limits for how many friends a referrer is rewarded',
    witness: { type: 'room', figures: { caps: 0 } },
  }
  return [...found, showing(endless, () => manyReferrals(compiled, referral))]
}
