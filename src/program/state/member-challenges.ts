/** What members have reached beside points and tiers, and are on the way to. */
import {
  type BadgeId,
  ChallengeId,
  ChallengeProgress,
  type LevelGrant,
  LevelId,
  MemberBadges,
  noBadges,
  noProgress,
  noStreak,
  progressWith,
  recordBadges,
  StreakProgress,
  streakWith,
} from '../../challenges/index.ts'
import {
  type ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  type Instant,
  integerCodec,
  naturalCodec,
  nullableCodec,
  repeatedIds,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import type {
  BadgeAwarded,
  BadgeExpired,
  BadgeRevoked,
  ChallengeEvent,
  ChallengeProgressed,
  StreakProgressed,
  TenureLevelReached,
} from './challenge-events.ts'

/** A level that was reached, of which no rule has heard yet. */
export interface ReachedLevel {
  readonly challenge: ChallengeId
  readonly level: LevelId
  /** Which of several times: the start of the window in epoch milliseconds, or a count from 0 on. */
  readonly occurrence: number
}

/** A level of membership that was given. */
export interface GivenTenure {
  readonly tenure: ChallengeId
  readonly level: LevelId
}

/** What a member has reached, and is on the way to. */
export interface MemberChallenges {
  /** The version of the program by which levels were given last; 0: none was. */
  readonly version: number
  /** The id of the zone whose days are the member's; `null`: the program's. */
  readonly zone: string | null
  readonly goals: ReadonlyArray<ChallengeProgress>
  readonly streaks: ReadonlyArray<StreakProgress>
  readonly tenure: ReadonlyArray<GivenTenure>
  readonly badges: MemberBadges
  /** Levels that no rule has seen yet. */
  readonly reached: ReadonlyArray<ReachedLevel>
}

/** Reads {@link MemberChallenges}. */
export const MemberChallenges: Codec<MemberChallenges, unknown> = /* @__PURE__ */ constrainCodec<
  MemberChallenges,
  unknown
>(
  /* @__PURE__ */ structCodec('MemberChallenges', {
    version: naturalCodec,
    zone: /* @__PURE__ */ nullableCodec(stringCodec),
    goals: /* @__PURE__ */ arrayCodec(ChallengeProgress),
    streaks: /* @__PURE__ */ arrayCodec(StreakProgress),
    tenure: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('GivenTenure', { tenure: ChallengeId, level: LevelId }),
    ),
    badges: MemberBadges,
    reached: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ReachedLevel', {
        challenge: ChallengeId,
        level: LevelId,
        occurrence: /* @__PURE__ */ integerCodec(),
      }),
    ),
  }),
  ({ goals, streaks }) => [
    ...repeatedIds(
      goals.map(({ challenge }) => challenge),
      (index) => ['goals', index],
      'a challenge that comes only once',
    ),
    ...repeatedIds(
      streaks.map(({ streak }) => streak),
      (index) => ['streaks', index],
      'a challenge that comes only once',
    ),
  ],
)

/** The challenges of a member who has done nothing yet. */
export const noChallenges: MemberChallenges = {
  version: 0,
  zone: null,
  goals: [],
  streaks: [],
  tenure: [],
  badges: noBadges,
  reached: [],
}

/** A part of the whole that is being made: only this file changes it. */
type Making = { -readonly [Key in keyof MemberChallenges]: MemberChallenges[Key] }

const copyOf = (challenges: MemberChallenges): Making => ({
  version: challenges.version,
  zone: challenges.zone,
  goals: challenges.goals,
  streaks: challenges.streaks,
  tenure: challenges.tenure,
  badges: challenges.badges,
  reached: challenges.reached,
})

/** A list with an item in the place of the one of its id, or at the end. */
const withItem = <A>(items: ReadonlyArray<A>, item: A, idOf: (item: A) => ChallengeId): ReadonlyArray<A> => {
  const id = idOf(item)
  return items.some((there) => idOf(there) === id)
    ? items.map((there) => (idOf(there) === id ? item : there))
    : [...items, item]
}

const goalId = ({ challenge }: ChallengeProgress): ChallengeId => challenge
const streakId = ({ streak }: StreakProgress): ChallengeId => streak

const isLost = (lost: ReadonlyArray<LevelGrant>, { level, occurrence }: ReachedLevel): boolean =>
  lost.some((grant) => grant.level === level && grant.occurrence === occurrence)

/** Levels that wait for their rewards: those lost meanwhile wait no more. */
const waiting = (
  before: ReadonlyArray<ReachedLevel>,
  challenge: ChallengeId,
  { reached, lost, isRewarded }: Pick<ChallengeProgressed, 'reached' | 'lost' | 'isRewarded'>,
): ReadonlyArray<ReachedLevel> => {
  const kept = lost.length === 0 ? before : before.filter((one) => one.challenge !== challenge || !isLost(lost, one))
  if (!isRewarded || reached.length === 0) return kept
  return [...kept, ...reached.map(({ level, occurrence }) => ({ challenge, level, occurrence }))]
}

const goalProgressed = (challenges: MemberChallenges, event: ChallengeProgressed): MemberChallenges => {
  const { challenge, version } = event
  const next = copyOf(challenges)
  const before = challenges.goals.find((goal) => goal.challenge === challenge) ?? noProgress({ id: challenge })
  next.version = version
  next.goals = withItem(challenges.goals, progressWith(before, event), goalId)
  next.reached = waiting(challenges.reached, challenge, event)
  return next
}

const streakProgressed = (challenges: MemberChallenges, event: StreakProgressed): MemberChallenges => {
  const { streak: id, version } = event
  const next = copyOf(challenges)
  const before = challenges.streaks.find(({ streak }) => streak === id) ?? noStreak({ id })
  next.version = version
  next.streaks = withItem(challenges.streaks, streakWith(before, event), streakId)
  next.reached = waiting(challenges.reached, id, event)
  return next
}

const tenureReached = (
  challenges: MemberChallenges,
  { tenure, level, isRewarded }: TenureLevelReached,
): MemberChallenges => {
  const next = copyOf(challenges)
  next.tenure = [...challenges.tenure, { tenure, level }]
  if (isRewarded) next.reached = [...challenges.reached, { challenge: tenure, level, occurrence: 0 }]
  return next
}

/** What became of awards before the end of a badge is no longer of interest. */
const without = ({ awards, revocations }: MemberBadges, badge: BadgeId, before: Instant): MemberBadges => {
  const isOver = (award: MemberBadges['awards'][number]): boolean => award.badge === badge && award.at < before
  const gone = new Set<ActivityId>(awards.filter(isOver).map(({ id }) => id))
  return {
    awards: awards.filter(({ id }) => !gone.has(id)),
    revocations: revocations.filter(({ of }) => !gone.has(of)),
  }
}

const badgesAfter = (badges: MemberBadges, event: BadgeAwarded | BadgeRevoked | BadgeExpired): MemberBadges => {
  const { at } = event
  if (event.type === 'badgeExpired') return without(badges, event.badge, at)
  const known =
    event.type === 'badgeAwarded'
      ? recordBadges(badges, { awards: [{ id: event.award, badge: event.badge, at }] })
      : recordBadges(badges, { revocations: [{ id: event.revocation, of: event.award, at }] })
  return known._tag === 'Right' ? known.right : badges
}

const simplyChanged = (
  challenges: MemberChallenges,
  event: Exclude<ChallengeEvent, ChallengeProgressed | StreakProgressed | TenureLevelReached>,
): MemberChallenges => {
  const next = copyOf(challenges)
  switch (event.type) {
    case 'challengeClosed':
      next.goals = withItem(challenges.goals, event.progress, goalId)
      return next
    case 'streakClosed':
      next.streaks = withItem(challenges.streaks, event.progress, streakId)
      return next
    case 'challengesRevised':
      next.version = event.version
      return next
    case 'levelsRewarded':
      next.reached = []
      return next
    case 'zoneChanged':
      next.zone = event.zone
      return next
    case 'drawEntered':
    case 'drawWithdrawn':
      return challenges
    default:
      next.badges = badgesAfter(challenges.badges, event)
      return next
  }
}

/** What a member has reached after an event. */
export const challengesAfter = (challenges: MemberChallenges, event: ChallengeEvent): MemberChallenges => {
  switch (event.type) {
    case 'challengeProgressed':
      return goalProgressed(challenges, event)
    case 'streakProgressed':
      return streakProgressed(challenges, event)
    case 'tenureReached':
      return tenureReached(challenges, event)
    default:
      return simplyChanged(challenges, event)
  }
}
