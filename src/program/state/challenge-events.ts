/** What becomes of challenges, streaks, badges and gifts for membership, as events. */
import {
  BadgeId,
  ChallengeId,
  ChallengeProgress,
  Contribution,
  ContributionReversal,
  DrawId,
  FreezeToken,
  LevelGrant,
  LevelId,
  type StreakAction,
  StreakProgress,
  StreakReversal,
} from '../../challenges/index.ts'
import {
  ActivityId,
  arrayCodec,
  booleanCodec,
  CivilDate,
  type Codec,
  Instant,
  integerCodec,
  literalCodec,
  naturalCodec,
  nullableCodec,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'

/** A level that was given to a member now. */
export interface GivenLevel extends LevelGrant {
  /** The app's id of what it is to give; `null`: nothing. */
  readonly reward: string | null
}

/** Something counted towards a challenge or was undone, or levels were given or taken back. */
export interface ChallengeProgressed {
  readonly type: 'challengeProgressed'
  readonly at: Instant
  readonly challenge: ChallengeId
  /** The version of the program by which it was counted. */
  readonly version: number
  /** `null`: nothing more counts. */
  readonly contribution: Contribution | null
  /** `null`: nothing was undone. */
  readonly reversal: ContributionReversal | null
  readonly reached: ReadonlyArray<GivenLevel>
  readonly lost: ReadonlyArray<LevelGrant>
  /** Whether rules hear of the levels, with the member's next activity at the latest. */
  readonly isRewarded: boolean
}

/** Windows of a challenge that nothing can come into any more are forgotten. */
export interface ChallengeClosed {
  readonly type: 'challengeClosed'
  readonly at: Instant
  readonly progress: ChallengeProgress
}

/** Levels were settled by a new version of the program. */
export interface ChallengesRevised {
  readonly type: 'challengesRevised'
  readonly at: Instant
  readonly version: number
}

/** Rules have seen the levels so far. */
export interface LevelsRewarded {
  readonly type: 'levelsRewarded'
  readonly at: Instant
}

/** Something counted towards a streak or was undone, a token came, or levels were given or taken back. */
export interface StreakProgressed {
  readonly type: 'streakProgressed'
  readonly at: Instant
  readonly streak: ChallengeId
  /** The version of the program by which it was counted. */
  readonly version: number
  /** `null`: nothing more counts. */
  readonly action: StreakAction | null
  readonly token: FreezeToken | null
  readonly reversal: StreakReversal | null
  readonly reached: ReadonlyArray<GivenLevel>
  readonly lost: ReadonlyArray<LevelGrant>
  /** Whether rules hear of the levels. */
  readonly isRewarded: boolean
}

/** Days of a streak that nothing can change any more are folded into what they came to. */
export interface StreakClosed {
  readonly type: 'streakClosed'
  readonly at: Instant
  readonly progress: StreakProgress
}

/** The member has been one for so long. */
export interface TenureLevelReached {
  readonly type: 'tenureReached'
  readonly at: Instant
  readonly tenure: ChallengeId
  readonly level: LevelId
  /** The app's id of what it is to give; `null`: nothing. */
  readonly reward: string | null
  /** Whether rules hear of it, with the member's next activity at the latest. */
  readonly isRewarded: boolean
}

/** The member was awarded a badge. */
export interface BadgeAwarded {
  readonly type: 'badgeAwarded'
  readonly at: Instant
  readonly award: ActivityId
  readonly badge: BadgeId
}

/** An award is revoked. */
export interface BadgeRevoked {
  readonly type: 'badgeRevoked'
  readonly at: Instant
  readonly revocation: ActivityId
  readonly award: ActivityId
}

/** A badge is no longer held: its time is over. */
export interface BadgeExpired {
  readonly type: 'badgeExpired'
  readonly at: Instant
  readonly badge: BadgeId
}

/** The member's days are those of another zone from now on. */
export interface ZoneChanged {
  readonly type: 'zoneChanged'
  readonly at: Instant
  readonly zone: string
}

/** The member is entered in a draw; whoever draws collects the entries of all members. */
export interface DrawEntered {
  readonly type: 'drawEntered'
  readonly at: Instant
  readonly draw: DrawId
  readonly entry: ActivityId
  /** When the entry counts. */
  readonly enteredAt: Instant
  /** The id of the method. */
  readonly method: string
}

/** An entry is taken back, because what it was for is. */
export interface DrawWithdrawn {
  readonly type: 'drawWithdrawn'
  readonly at: Instant
  readonly draw: DrawId
  readonly withdrawal: ActivityId
  readonly entry: ActivityId
}

/** What becomes of challenges. */
export type ChallengeEvent =
  | ChallengeProgressed
  | ChallengeClosed
  | ChallengesRevised
  | LevelsRewarded
  | StreakProgressed
  | StreakClosed
  | TenureLevelReached
  | BadgeAwarded
  | BadgeRevoked
  | BadgeExpired
  | ZoneChanged
  | DrawEntered
  | DrawWithdrawn

const givenLevels: Codec<ReadonlyArray<GivenLevel>, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ structCodec('GivenLevel', {
    level: LevelId,
    occurrence: /* @__PURE__ */ integerCodec(),
    target: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    reward: /* @__PURE__ */ nullableCodec(stringCodec),
  }),
)

/** The codec of each kind of event. */
export type ChallengeEventCodecs = {
  readonly [Type in ChallengeEvent['type']]: Codec<Extract<ChallengeEvent, { readonly type: Type }>, unknown>
}

/** The codecs of these events by their `type`, so that a union of more can take them in. */
export const challengeEventCodecs: ChallengeEventCodecs = {
  challengeProgressed: /* @__PURE__ */ structCodec('ChallengeProgressed', {
    type: /* @__PURE__ */ literalCodec('challengeProgressed'),
    at: Instant,
    challenge: ChallengeId,
    version: naturalCodec,
    contribution: /* @__PURE__ */ nullableCodec(Contribution),
    reversal: /* @__PURE__ */ nullableCodec(ContributionReversal),
    reached: givenLevels,
    lost: /* @__PURE__ */ arrayCodec(LevelGrant),
    isRewarded: booleanCodec,
  }),
  challengeClosed: /* @__PURE__ */ structCodec('ChallengeClosed', {
    type: /* @__PURE__ */ literalCodec('challengeClosed'),
    at: Instant,
    progress: ChallengeProgress,
  }),
  challengesRevised: /* @__PURE__ */ structCodec('ChallengesRevised', {
    type: /* @__PURE__ */ literalCodec('challengesRevised'),
    at: Instant,
    version: naturalCodec,
  }),
  levelsRewarded: /* @__PURE__ */ structCodec('LevelsRewarded', {
    type: /* @__PURE__ */ literalCodec('levelsRewarded'),
    at: Instant,
  }),
  streakProgressed: /* @__PURE__ */ structCodec('StreakProgressed', {
    type: /* @__PURE__ */ literalCodec('streakProgressed'),
    at: Instant,
    streak: ChallengeId,
    version: naturalCodec,
    action: /* @__PURE__ */ nullableCodec(
      /* @__PURE__ */ structCodec('StreakAction', { id: ActivityId, at: Instant, day: CivilDate }),
    ),
    token: /* @__PURE__ */ nullableCodec(FreezeToken),
    reversal: /* @__PURE__ */ nullableCodec(StreakReversal),
    reached: givenLevels,
    lost: /* @__PURE__ */ arrayCodec(LevelGrant),
    isRewarded: booleanCodec,
  }),
  streakClosed: /* @__PURE__ */ structCodec('StreakClosed', {
    type: /* @__PURE__ */ literalCodec('streakClosed'),
    at: Instant,
    progress: StreakProgress,
  }),
  tenureReached: /* @__PURE__ */ structCodec('TenureLevelReached', {
    type: /* @__PURE__ */ literalCodec('tenureReached'),
    at: Instant,
    tenure: ChallengeId,
    level: LevelId,
    reward: /* @__PURE__ */ nullableCodec(stringCodec),
    isRewarded: booleanCodec,
  }),
  badgeAwarded: /* @__PURE__ */ structCodec('BadgeAwarded', {
    type: /* @__PURE__ */ literalCodec('badgeAwarded'),
    at: Instant,
    award: ActivityId,
    badge: BadgeId,
  }),
  badgeRevoked: /* @__PURE__ */ structCodec('BadgeRevoked', {
    type: /* @__PURE__ */ literalCodec('badgeRevoked'),
    at: Instant,
    revocation: ActivityId,
    award: ActivityId,
  }),
  badgeExpired: /* @__PURE__ */ structCodec('BadgeExpired', {
    type: /* @__PURE__ */ literalCodec('badgeExpired'),
    at: Instant,
    badge: BadgeId,
  }),
  zoneChanged: /* @__PURE__ */ structCodec('ZoneChanged', {
    type: /* @__PURE__ */ literalCodec('zoneChanged'),
    at: Instant,
    zone: stringCodec,
  }),
  drawEntered: /* @__PURE__ */ structCodec('DrawEntered', {
    type: /* @__PURE__ */ literalCodec('drawEntered'),
    at: Instant,
    draw: DrawId,
    entry: ActivityId,
    enteredAt: Instant,
    method: stringCodec,
  }),
  drawWithdrawn: /* @__PURE__ */ structCodec('DrawWithdrawn', {
    type: /* @__PURE__ */ literalCodec('drawWithdrawn'),
    at: Instant,
    draw: DrawId,
    withdrawal: ActivityId,
    entry: ActivityId,
  }),
}
