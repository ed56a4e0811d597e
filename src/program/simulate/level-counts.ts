/** How many levels of challenges a population was given. */
import { ChallengeId, LevelId } from '../../challenges/index.ts'
import { stringCodec } from '../../foundation/index.ts'
import type { MemberEvent } from '../state/member-event.ts'
import { netCount, type RowKind, rowKind } from './row-sums.ts'

/** Levels that members of a segment were given, less those that were taken back. */
export interface GivenLevels {
  readonly segment: string
  /** The goal, the streak, or the gifts for membership. */
  readonly challenge: ChallengeId
  readonly level: LevelId
  readonly given: number
}

export const givenLevels: RowKind<GivenLevels> = /* @__PURE__ */ rowKind<GivenLevels, 'given'>(
  'GivenLevels',
  { segment: stringCodec, challenge: ChallengeId, level: LevelId },
  { given: netCount },
)

/** What an event says of levels; where the history began later, more may be taken back than were given. */
export const levelRows = (segment: string, event: MemberEvent): ReadonlyArray<GivenLevels> => {
  switch (event.type) {
    case 'challengeProgressed':
    case 'streakProgressed': {
      const challenge = event.type === 'challengeProgressed' ? event.challenge : event.streak
      return [
        ...event.reached.map(({ level }) => ({ segment, challenge, level, given: 1 })),
        ...event.lost.map(({ level }) => ({ segment, challenge, level, given: -1 })),
      ]
    }
    case 'tenureReached':
      return [{ segment, challenge: event.tenure, level: event.level, given: 1 }]
    default:
      return []
  }
}
