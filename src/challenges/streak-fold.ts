/** A streak as the fold of what was found: days that count, tokens, what is undone, and the levels given and taken back. */
import { sortedPlace, splicedList } from '../foundation/index.ts'
import type { LevelGrant } from './level-grant.ts'
import { grantsWith } from './progress-records.ts'
import { compareTexts } from './record-set.ts'
import {
  dayOf,
  type FreezeToken,
  noOrder,
  type StreakAction,
  type StreakProgress,
  type StreakReversal,
} from './streak-records.ts'

/** What became of a streak. */
export interface StreakFindings {
  /** What counts from now on, on its day. */
  readonly action: StreakAction | null
  readonly token: FreezeToken | null
  readonly reversal: StreakReversal | null
  /** Levels that were given. */
  readonly reached: ReadonlyArray<LevelGrant>
  /** Levels that were taken back. */
  readonly lost: ReadonlyArray<LevelGrant>
}

const withRecord = <R extends { readonly id: string }>(
  records: ReadonlyArray<R>,
  record: R | null,
  orderOf: (record: R) => number,
): ReadonlyArray<R> => {
  if (record === null) return records
  const order = orderOf(record)
  const place = sortedPlace(records, (one) => (orderOf(one) - order || compareTexts(one.id, record.id)) < 0)
  return splicedList(records, place, 0, [record])
}

/**
 * A streak with what {@link recordStreak} found: for who stores what was found and not what it comes to.
 *
 * @param progress - the streak before
 * @param findings - what was found; a record must be new
 *
 * @example
 * ```ts
 * import { type FreezeToken, noStreak, type Streak, streakWith } from 'treue'
 *
 * const token = { id: 'freeze-1', day: 0 } as unknown as FreezeToken
 * const before = noStreak({ id: 'daily' } as unknown as Streak)
 * streakWith(before, { action: null, token, reversal: null, reached: [], lost: [] }).tokens.length // => 1
 * ```
 */
export const streakWith = (progress: StreakProgress, findings: StreakFindings): StreakProgress => ({
  streak: progress.streak,
  actions: withRecord(progress.actions, findings.action, dayOf),
  tokens: withRecord(progress.tokens, findings.token, dayOf),
  reversals: withRecord(progress.reversals, findings.reversal, noOrder),
  grants: grantsWith(progress.grants, findings),
  closed: progress.closed,
})
