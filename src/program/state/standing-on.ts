/** Where a member is on a ladder. */
import type { LadderId } from '../../foundation/index.ts'
import type { Standing } from '../../tiers/index.ts'
import type { MemberState } from './member-state.ts'

/** The standing on a ladder; `undefined`: the member is not on it. */
export const standingOn = ({ standings }: Pick<MemberState, 'standings'>, ladder: LadderId): Standing | undefined => {
  for (const standing of standings) if (standing.ladder === ladder) return standing
  return undefined
}
