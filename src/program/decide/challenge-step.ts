/** What a trace says of challenges. */
import type { BadgeId, ChallengeId, DrawId, LevelId } from '../../challenges/index.ts'
import type { ActivityId } from '../../foundation/index.ts'

/** A level of a challenge that was given, or taken back. */
export interface LevelStep {
  readonly step: 'level'
  readonly challenge: ChallengeId
  readonly level: LevelId
  readonly isReached: boolean
  /** The app's id of what it is to give, or to take back; `null`: nothing. */
  readonly reward: string | null
}

/** An activity that counts towards a challenge. */
export interface ChallengeStep {
  readonly step: 'challenge'
  readonly challenge: ChallengeId
  readonly activity: ActivityId
  /** In the unit of the measure; below zero where it is undone. */
  readonly amount: number
  /** What is counted now in the window of the activity. */
  readonly counted: number
  /** What the next level takes; `null`: there is none above. */
  readonly next: number | null
}

/** How long a streak is now. */
export interface StreakStep {
  readonly step: 'streak'
  readonly streak: ChallengeId
  /** Filled periods in succession. */
  readonly count: number
  /** How many the next level takes; `null`: there is none above. */
  readonly next: number | null
}

/** What became of a badge. */
export interface BadgeStep {
  readonly step: 'badge'
  readonly badge: BadgeId
  readonly change: 'awarded' | 'revoked' | 'expired'
}

/** An entry in a draw, or one that is taken back. */
export interface DrawStep {
  readonly step: 'draw'
  readonly draw: DrawId
  readonly isEntered: boolean
}

/** What a trace says of challenges. */
export type ChallengeTraceStep = ChallengeStep | LevelStep | StreakStep | BadgeStep | DrawStep
