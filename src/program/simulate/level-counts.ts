/** How many levels of challenges a population was given. */
import { ChallengeId, LevelId } from '../../challenges/index.ts'
import { type Codec, integerCodec, stringCodec, structCodec } from '../../foundation/index.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { Tally } from './tally.ts'

/** Levels that members of a segment were given, less those that were taken back. */
export interface GivenLevels {
  readonly segment: string
  /** The goal, the streak, or the gifts for membership. */
  readonly challenge: ChallengeId
  readonly level: LevelId
  readonly given: number
}

/** Reads {@link GivenLevels}. */
export const GivenLevels: Codec<GivenLevels, unknown> = /* @__PURE__ */ structCodec('GivenLevels', {
  segment: stringCodec,
  challenge: ChallengeId,
  level: LevelId,
  given: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
})

/** Levels by segment, challenge and level. */
export type LevelTally = Tally<readonly [segment: string, challenge: ChallengeId, level: LevelId]>

/** Counts what an event says of levels; where the history began later, more may be taken back than were given. */
export const countLevels = (levels: LevelTally, segment: string, event: MemberEvent): void => {
  switch (event.type) {
    case 'challengeProgressed':
    case 'streakProgressed': {
      const id = event.type === 'challengeProgressed' ? event.challenge : event.streak
      for (const { level } of event.reached) levels.add([segment, id, level], 1)
      for (const { level } of event.lost) levels.add([segment, id, level], -1)
      return
    }
    case 'tenureReached':
      levels.add([segment, event.tenure, event.level], 1)
      return
    default:
  }
}

export const givenLevelsOf = (levels: LevelTally): ReadonlyArray<GivenLevels> =>
  levels.rows().map(({ key: [segment, challenge, level], count }) => ({
    segment,
    challenge,
    level,
    given: Number(count),
  }))
