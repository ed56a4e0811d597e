/** Which of several ladders speaks for a member. */
import { type Ladder, rankOf } from './ladder.ts'
import type { Standing } from './standing.ts'

const leastDominant = 1_000_000

const precedenceOf = (ladders: ReadonlyArray<Ladder>, standing: Standing): number | undefined => {
  const ladder = ladders.find(({ id }) => id === standing.ladder)
  if (ladder === undefined) return undefined
  return ladder.tiers[rankOf(ladder, standing.tier)]?.precedence ?? leastDominant
}

/**
 * The standing that speaks for a member who is on several ladders: the one whose tier has the lowest precedence; of equal
 * ones that which the member has been on since the latest instant (S45), and then the first.
 *
 * @param ladders - the ladders of the program
 * @param standings - the member's standings
 * @returns `undefined` where the member is on none of the ladders
 *
 * @example
 * ```ts
 * import { dominantStanding, type Ladder, type Standing } from 'treue'
 *
 * const ladders = [
 *   { id: 'spend', tiers: [{ id: 'silver', precedence: 3 }] },
 *   { id: 'club', tiers: [{ id: 'patron', precedence: 1 }] },
 * ] as unknown as ReadonlyArray<Ladder>
 * const standings = [
 *   { ladder: 'spend', tier: 'silver', since: 2 },
 *   { ladder: 'club', tier: 'patron', since: 1 },
 * ] as unknown as ReadonlyArray<Standing>
 * dominantStanding(ladders, standings)?.tier // => 'patron'
 * ```
 */
export const dominantStanding = (
  ladders: ReadonlyArray<Ladder>,
  standings: ReadonlyArray<Standing>,
): Standing | undefined => {
  let dominant: { readonly standing: Standing; readonly precedence: number } | undefined
  for (const standing of standings) {
    const precedence = precedenceOf(ladders, standing)
    if (precedence === undefined) continue
    const isLater = dominant !== undefined && standing.since > dominant.standing.since
    if (dominant === undefined || precedence < dominant.precedence || (precedence === dominant.precedence && isLater)) {
      dominant = { standing, precedence }
    }
  }
  return dominant?.standing
}
