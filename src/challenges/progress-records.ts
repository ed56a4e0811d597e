/** Progress as the fold of what was found: what counts, what is undone, and the levels given and taken back for it. */
import { sortedPlace, splicedList } from '../foundation/index.ts'
import type { ChallengeProgress } from './challenge-progress.ts'
import type { Contribution, ContributionReversal } from './contribution.ts'
import { compareGrants, grantKey, type LevelGrant } from './level-grant.ts'
import { compareTexts } from './record-set.ts'

/** What became of progress. */
export interface ProgressRecords {
  /** What counts from now on. */
  readonly contribution: Contribution | null
  readonly reversal: ContributionReversal | null
  /** Levels that were given. */
  readonly reached: ReadonlyArray<LevelGrant>
  /** Levels that were taken back. */
  readonly lost: ReadonlyArray<LevelGrant>
}

const withRecord = <R extends Contribution | ContributionReversal>(
  records: ReadonlyArray<R>,
  record: R | null,
): ReadonlyArray<R> => {
  if (record === null) return records
  const place = sortedPlace(records, ({ at, id }) => (at - record.at || compareTexts(id, record.id)) < 0)
  return splicedList(records, place, 0, [record])
}

/** Grants without those that were taken back, and with those that were given, in order. */
export const grantsWith = (
  grants: ReadonlyArray<LevelGrant>,
  { reached, lost }: Pick<ProgressRecords, 'reached' | 'lost'>,
): ReadonlyArray<LevelGrant> => {
  if (reached.length === 0 && lost.length === 0) return grants
  const gone = new Set(lost.map(grantKey))
  const given = reached.map(({ level, occurrence, target }) => ({ level, occurrence, target }))
  return [...grants.filter((grant) => !gone.has(grantKey(grant))), ...given].sort(compareGrants)
}

/**
 * Progress with what {@link recordProgress} or {@link reverseProgress} found: for who stores what was found and not
 * what it comes to.
 *
 * @param progress - the progress before
 * @param records - what was found; a record must be new
 *
 * @example
 * ```ts
 * import { type Challenge, type Contribution, noProgress, progressWith } from 'treue'
 *
 * const contribution = { id: 'order-1', at: 0, amount: 1, key: null } as unknown as Contribution
 * const before = noProgress({ id: 'orders' } as unknown as Challenge)
 * progressWith(before, { contribution, reversal: null, reached: [], lost: [] }).contributions.length // => 1
 * ```
 */
export const progressWith = (progress: ChallengeProgress, records: ProgressRecords): ChallengeProgress => ({
  challenge: progress.challenge,
  contributions: withRecord(progress.contributions, records.contribution),
  reversals: withRecord(progress.reversals, records.reversal),
  grants: grantsWith(progress.grants, records),
  closed: progress.closed,
})
