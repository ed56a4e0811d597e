/** What members earn by coming onto a higher tier. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant } from '../foundation/index.ts'
import { decideEarning } from './decide-earning.ts'
import { effectId } from './derived-id.ts'
import type { Draft } from './draft.ts'
import type { Rejection } from './rejection.ts'
import { assessTiers } from './tier-counting.ts'

/** The action that rules name to reward an upgrade, with the fields `ladder` and `tier`. */
const TIER_UPGRADED = 'tierUpgraded'

/** What an upgrade earns may lead to the next: so far, and no further. */
const DEEPEST = 8

/**
 * Lets the rules for upgrades earn, for each upgrade of the activity so far. Coming onto the first tier is none, so a
 * program that is launched pays nobody for it; nor is being on a tier when a rule for it is new (S68).
 */
export const rewardUpgrades = (draft: Draft, source: ActivityId, at: Instant): E.Either<Rejection, void> => {
  if (draft.upgrades.length === 0) return E.right(undefined)
  const isWanted = draft.program.program.earning.actions?.some(({ name }) => name === TIER_UPGRADED) === true
  for (let depth = 0; draft.upgrades.length > 0; depth += 1) {
    const upgrades = draft.upgrades.splice(0)
    if (!isWanted || depth >= DEEPEST) continue
    for (const { ladder, tier } of upgrades) {
      const id = effectId(TIER_UPGRADED, [ladder, tier], source)
      const happening = { id, action: TIER_UPGRADED, at, countedAt: at, lines: [], attributes: { ladder, tier } }
      const decided = decideEarning(draft, happening)
      if (E.isLeft(decided)) return decided
    }
    assessTiers(draft, at)
  }
  return E.right(undefined)
}
