/** What members earn by coming onto a higher tier. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant } from '../foundation/index.ts'
import { TIER_UPGRADED } from './assess.ts'
import { decideEarning } from './decide-earning.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import type { ReachedTier } from './member-state.ts'
import type { Rejection } from './rejection.ts'
import { assessTiers } from './tier-counting.ts'

/** What an upgrade earns may lead to the next: so far, and no further. */
const DEEPEST = 8

/** The id of what an upgrade earns: a tier that was lost and reached again since the last activity comes more than once. */
const upgradeId = (
  source: ActivityId,
  { ladder, tier }: ReachedTier,
  before: ReadonlyArray<ReachedTier>,
): ActivityId => {
  const times = before.filter((one) => one.ladder === ladder && one.tier === tier).length
  return effectId(TIER_UPGRADED, times === 0 ? [ladder, tier] : [ladder, tier, String(times)], source)
}

/**
 * Lets the rules for upgrades earn, for each upgrade that none has seen yet: those of the activity, and those that came by
 * time alone since the member's last one. Coming onto the first tier is none, so a program that is launched pays nobody for
 * it; nor is being on a tier when a rule for it is new (S68).
 */
export const rewardUpgrades = (draft: Draft, source: ActivityId, at: Instant): E.Either<Rejection, void> => {
  const rewarded: Array<ReachedTier> = []
  for (let depth = 0; draft.state.upgrades.length > 0; depth += 1) {
    const { upgrades } = draft.state
    emit(draft, { type: 'upgradesRewarded', at })
    if (depth >= DEEPEST) continue
    for (const reached of upgrades) {
      const { ladder, tier } = reached
      const id = upgradeId(source, reached, rewarded)
      rewarded.push(reached)
      const happening = { id, action: TIER_UPGRADED, at, countedAt: at, lines: [], attributes: { ladder, tier } }
      const decided = decideEarning(draft, happening)
      if (E.isLeft(decided)) return decided
    }
    assessTiers(draft, at)
  }
  return E.right(undefined)
}
