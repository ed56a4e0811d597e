/** What members can reach in a program beside points and tiers: goals, streaks, badges, gifts for membership. */

import {
  Badge,
  BadgeId,
  type Challenge,
  ChallengeId,
  challengeFaults,
  LevelId,
  openChallengeCodec,
  openStreakCodec,
  type Streak,
  streakFaults,
  type TenureLevel,
  TenureLevels,
} from '../../challenges/index.ts'
import { orderVocabulary } from '../../earning/index.ts'
import {
  arrayCodec,
  type Codec,
  type Currency,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  refineCodec,
  repeatedIds,
  stringCodec,
  structCodec,
  underPath,
} from '../../foundation/index.ts'
import { StampCardId, VoucherId } from '../../rewards/index.ts'
import { type ActivitySetting, fieldFaults } from './challenge-vocabulary.ts'
import { type ProgramDraw, programDrawCodec, programDrawFaults } from './program-draw.ts'
import type { ProgramStampCard } from './program-stamp-card.ts'
import type { VoucherScheme } from './program-voucher.ts'

/** So many stamps on a card. */
export interface LevelStamps {
  readonly card: StampCardId
  readonly count: number
}

/** What a level gives beside points, which come of rules for the level. */
export interface ChallengeReward {
  readonly level: LevelId
  /** The app's id of what it is to give: a coupon, a gift. Default: nothing. */
  readonly reward?: string
  /** A badge of the program that the member is awarded. Default: none. */
  readonly badge?: BadgeId
  /** Stamps on a card of the program. Default: none. */
  readonly stamps?: LevelStamps
  /** A voucher of the program that the member is granted. Default: none. */
  readonly voucher?: VoucherId
}

/** A goal of a program: a challenge, and which activities count towards it. */
export interface ProgramGoal {
  readonly challenge: Challenge
  /** `purchase`, or an action that the program declares. */
  readonly on: string
  /** Default: none; rules on `challengeReached` may give points all the same. */
  readonly rewards?: ReadonlyArray<ChallengeReward>
}

/** A streak of a program, and which activities fill its periods, in the days of the member's own zone. */
export interface ProgramStreak {
  readonly streak: Streak
  /** `purchase`, or an action that the program declares. */
  readonly on: string
  /** Default: none. */
  readonly rewards?: ReadonlyArray<ChallengeReward>
}

/** Gifts for having been a member for so long. */
export interface ProgramTenure {
  /** The id under which rules hear of the levels, as of those of a challenge. */
  readonly id: ChallengeId
  readonly levels: ReadonlyArray<TenureLevel>
  /** Levels whose day was before are not given. Default: all are, also to who has been a member for long. */
  readonly from?: Instant
  /** Default: none. */
  readonly rewards?: ReadonlyArray<ChallengeReward>
}

/** What members can reach in a program, each with an id of its own. */
export interface ProgramChallenges {
  readonly goals?: ReadonlyArray<ProgramGoal>
  readonly streaks?: ReadonlyArray<ProgramStreak>
  readonly badges?: ReadonlyArray<Badge>
  readonly tenure?: ReadonlyArray<ProgramTenure>
  readonly draws?: ReadonlyArray<ProgramDraw>
}

const name: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Name',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

const rewardsCodec: Codec<ReadonlyArray<ChallengeReward>, unknown> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ structCodec(
    'ChallengeReward',
    { level: LevelId },
    {
      reward: name,
      badge: BadgeId,
      stamps: /* @__PURE__ */ structCodec('LevelStamps', {
        card: StampCardId,
        count: /* @__PURE__ */ integerCodec({ min: 1, max: 1000 }),
      }),
      voucher: VoucherId,
    },
  ),
  { maxLength: 100 },
)

/**
 * The codec of what members can reach: the form alone, since a condition may be on fields that the program declares;
 * `decodeProgram` looks at those.
 *
 * @param currency - the program's currency
 *
 * @example
 * ```ts
 * import { type Currency, decode, programChallengesCodec } from 'treue'
 *
 * const challenge = {
 *   id: 'orders',
 *   measure: { type: 'times' },
 *   window: { type: 'whole' },
 *   levels: [{ id: 'ten', target: 10 }],
 * }
 * const goals = [{ challenge, on: 'purchase', rewards: [{ level: 'ten', reward: 'coupon' }] }]
 * decode(programChallengesCodec('EUR' as Currency), { goals })._tag // => 'Right'
 * ```
 */
export const programChallengesCodec = (currency: Currency): Codec<ProgramChallenges, unknown> =>
  structCodec(
    'ProgramChallenges',
    {},
    {
      goals: arrayCodec(
        structCodec(
          'ProgramGoal',
          { challenge: openChallengeCodec(orderVocabulary(currency)), on: name },
          { rewards: rewardsCodec },
        ),
        { maxLength: 100 },
      ),
      streaks: arrayCodec(
        structCodec(
          'ProgramStreak',
          { streak: openStreakCodec(orderVocabulary(currency)), on: name },
          { rewards: rewardsCodec },
        ),
        { maxLength: 100 },
      ),
      badges: arrayCodec(Badge, { maxLength: 1000 }),
      tenure: arrayCodec(
        structCodec(
          'ProgramTenure',
          { id: ChallengeId, levels: TenureLevels },
          { from: Instant, rewards: rewardsCodec },
        ),
        { maxLength: 100 },
      ),
      draws: arrayCodec(programDrawCodec(currency), { maxLength: 100 }),
    },
  )

/** What of a program challenges look at. */
export interface ChallengeSetting extends ActivitySetting {
  readonly challenges?: ProgramChallenges
  readonly stampCards?: ReadonlyArray<ProgramStampCard>
  readonly vouchers?: VoucherScheme
}

/** What a level gives must be of the program. */
const missing = (
  path: InvalidValue['path'],
  id: string | undefined,
  known: ReadonlySet<string>,
  what: string,
): ReadonlyArray<InvalidValue> =>
  id === undefined || known.has(id) ? [] : [invalidValue(path, id, `${what} of the program`)]

const grantedVouchers = ({ vouchers }: ChallengeSetting): ReadonlySet<string> =>
  new Set((vouchers?.vouchers ?? []).filter(({ use }) => use === 'granted').map(({ voucher }) => voucher.id))

/** Levels that are none of the challenge, and badges, cards and vouchers that are none of the program. */
const rewardFaults = (
  program: ChallengeSetting,
  rewards: ReadonlyArray<ChallengeReward>,
  levels: ReadonlyArray<{ readonly id: LevelId }>,
): ReadonlyArray<InvalidValue> => {
  const left = new Set(levels.map(({ id }) => id))
  const badges = new Set((program.challenges?.badges ?? []).map(({ id }) => id))
  const cards = new Set((program.stampCards ?? []).map(({ policy }) => policy.id))
  const vouchers = grantedVouchers(program)
  return rewards.flatMap(({ level, badge, stamps, voucher }, index) => [
    ...(left.delete(level) ? [] : [invalidValue([index, 'level'], level, 'a level of the challenge, each once')]),
    ...missing([index, 'badge'], badge, badges, 'a badge'),
    ...missing([index, 'stamps', 'card'], stamps?.card, cards, 'a stamp card'),
    ...missing([index, 'voucher'], voucher, vouchers, 'a granted voucher'),
  ])
}

const goalFaults = (program: ChallengeSetting, { challenge, on, rewards = [] }: ProgramGoal) => [
  ...fieldFaults(program, on, (vocabulary) => underPath(['challenge'], challengeFaults(vocabulary, challenge))),
  ...underPath(['rewards'], rewardFaults(program, rewards, challenge.levels)),
]

const programStreakFaults = (program: ChallengeSetting, { streak, on, rewards = [] }: ProgramStreak) => [
  ...fieldFaults(program, on, (vocabulary) => underPath(['streak'], streakFaults(vocabulary, streak))),
  ...underPath(['rewards'], rewardFaults(program, rewards, streak.levels)),
]

type Named = readonly [path: InvalidValue['path'], id: string]

/** Rules hear of levels by the id of what they are levels of. */
const namesOf = ({ goals = [], streaks = [], tenure = [] }: ProgramChallenges): ReadonlyArray<Named> => [
  ...goals.map(({ challenge: { id } }, index): Named => [['goals', index, 'challenge', 'id'], id]),
  ...streaks.map(({ streak: { id } }, index): Named => [['streaks', index, 'streak', 'id'], id]),
  ...tenure.map(({ id }, index): Named => [['tenure', index, 'id'], id]),
]

const repeatedNames = (named: ReadonlyArray<Named>): ReadonlyArray<InvalidValue> =>
  repeatedIds(
    named.map(([, id]) => id),
    (index) => named[index]?.[0] ?? [],
  )

/** What is wrong with what members can reach; paths start at `challenges`. */
export const programChallengeFaults = (program: ChallengeSetting): ReadonlyArray<InvalidValue> => {
  const { challenges = {} } = program
  const { goals = [], streaks = [], badges = [], tenure = [], draws = [] } = challenges
  return [
    ...repeatedNames(namesOf(challenges)),
    ...repeatedIds(
      badges.map(({ id }) => id),
      (index) => ['badges', index, 'id'],
    ),
    ...goals.flatMap((goal, index) => underPath(['goals', index], goalFaults(program, goal))),
    ...streaks.flatMap((streak, index) => underPath(['streaks', index], programStreakFaults(program, streak))),
    ...tenure.flatMap(({ levels, rewards = [] }, index) =>
      underPath(['tenure', index, 'rewards'], rewardFaults(program, rewards, levels)),
    ),
    ...repeatedIds(
      draws.map(({ draw }) => draw.id),
      (index) => ['draws', index, 'draw', 'id'],
    ),
    ...draws.flatMap((draw, index) => underPath(['draws', index], programDrawFaults(program, draw))),
  ]
}
