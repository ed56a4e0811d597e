/** Assessments of tiers, and what follows from a tier for the wallets. */
import type { Instant } from '../../foundation/index.ts'
import { resumeExpiry, suspendExpiry } from '../../ledger/index.ts'
import type { Assessment, Standing } from '../../tiers/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { standingOn } from '../state/standing-on.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { walletOf } from './draft-wallet.ts'
import { grantForTier, revokeForTier } from './voucher-grants.ts'

/** In some tiers points of a wallet do not expire; coming into one suspends expiry, leaving them resumes it (S25). */
export const followSuspension = (draft: Draft, { ladder, tier }: Standing, at: Instant): void => {
  for (const definition of draft.program.program.wallets) {
    const { suspension, id } = definition
    if (suspension?.ladder !== ladder) continue
    const wallet = walletOf(draft.state, id)
    if (suspension.tiers.includes(tier) === wallet.suspended) continue
    emitEntries(
      draft,
      wallet.suspended ? resumeExpiry(definition, draft.program.zone, wallet, at) : suspendExpiry(wallet, at),
    )
  }
}

/** The action that rules name to reward an upgrade, with the fields `ladder` and `tier`. */
export const TIER_UPGRADED = 'tierUpgraded' as const

const rewardsUpgrades = ({ program }: CompiledProgram): boolean =>
  program.earning.actions?.some(({ name }) => name === TIER_UPGRADED) === true

/**
 * Vouchers for the tier that is reached; those for upgrades that a return takes back are taken back with them. What rules
 * gave for those is noted, to be undone as well.
 */
const followUpgrades = (draft: Draft, { cause, standing, isRewarded }: Assessment, at: Instant): void => {
  const { ladder, tier, steps } = standing
  if (isRewarded) grantForTier(draft, `${ladder}/${tier}`, at)
  if (cause !== 'return') return
  const before = standingOn(draft.state, ladder)?.steps ?? []
  for (const lost of before) {
    if (steps.some((step) => step.at === lost.at && step.tier === lost.tier)) continue
    revokeForTier(draft, `${ladder}/${lost.tier}`, lost.at, at)
    draft.lostTiers.push({ ladder, tier: lost.tier, at: lost.at })
  }
}

/** Enters what an assessment changed. */
export const emitAssessment = (draft: Draft, assessment: Assessment, at: Instant): void => {
  const { change, cause, from, standing, counts, threshold } = assessment
  if (change === 'none' || cause === null) return
  const isRewarded = assessment.isRewarded && rewardsUpgrades(draft.program)
  followUpgrades(draft, assessment, at)
  emit(draft, { type: 'tierChanged', at, change, cause, from, standing, isRewarded })
  followSuspension(draft, standing, at)
  if (!draft.tracing) return
  const { ladder, tier: to, validUntil } = standing
  const counted = [...counts].map(([metric, count]) => ({ metric, count }))
  draft.steps.push({ step: 'assessment', ladder, at, change, cause, from, to, counts: counted, threshold, validUntil })
}
