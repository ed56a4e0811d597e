/**
 * Challenges: goals with progress, streaks, badges, content under review, leaderboards, and prize draws that anybody can
 * verify.
 *
 * @packageDocumentation
 */

export * from './alternate.ts'
export * from './badge.ts'
export {
  type Challenge,
  type ChallengeLevel,
  type ChallengeMeasure,
  type ChallengeWindow,
  type CompiledChallenge,
  challengeCodec,
  challengeFaults,
  compileChallenge,
  openChallengeCodec,
} from './challenge.ts'
export * from './challenge-id.ts'
export * from './challenge-progress.ts'
export * from './challenge-standing.ts'
export * from './content.ts'
export { Contribution, type ContributionLog, ContributionReversal } from './contribution.ts'
export * from './draw.ts'
export * from './draw-entry.ts'
export * from './draw-fairness.ts'
export * from './draw-odds.ts'
export * from './leaderboard.ts'
export { LevelGrant, type LossPolicy } from './level-grant.ts'
export * from './prize-draw.ts'
export * from './progress-closing.ts'
export { type ProgressRecords, progressWith } from './progress-records.ts'
export type { ClosedProgress } from './progress-window.ts'
export type { RecordConflict } from './record-set.ts'
export { conditionFaults, type SharedTerms } from './shared-terms.ts'
export {
  type CompiledStreak,
  compileStreak,
  type FreezeSettings,
  openStreakCodec,
  type Streak,
  type StreakLevel,
  streakCodec,
  streakFaults,
} from './streak.ts'
export * from './streak-closing.ts'
export { type StreakFindings, streakWith } from './streak-fold.ts'
export * from './streak-progress.ts'
export type { StreakLevelReached } from './streak-reach.ts'
export {
  type ClosedStreak,
  FreezeToken,
  noStreak,
  type StreakAction,
  StreakProgress,
  StreakReversal,
} from './streak-records.ts'
export type { BridgedPeriod, LevelTimes, RunState } from './streak-run.ts'
export * from './streak-standing.ts'
export * from './tenure.ts'
