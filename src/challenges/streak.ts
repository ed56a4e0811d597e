/** Streaks as data: what fills a period, what a missed one does, and which freeze tokens bridge it. */
import {
  Calendar,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  literalCodec,
  structCodec,
} from '../foundation/index.ts'
import {
  type CompiledCondition,
  type Condition,
  conditionCodec,
  type Facts,
  openConditionCodec,
  type Vocabulary,
} from '../rules/index.ts'
import { ChallengeId, LevelId } from './challenge-id.ts'
import {
  compiledWhen,
  conditionFaults,
  levelFaults,
  levelsCodec,
  meets,
  type SharedTerms,
  sharedTermCodecs,
} from './shared-terms.ts'

/** A level of a streak. */
export interface StreakLevel {
  readonly id: LevelId
  /** How many filled periods in succession reach it. */
  readonly periods: number
}

/** How freeze tokens bridge missed periods; a bridged one neither counts nor breaks the streak. */
export interface FreezeSettings {
  /** How many missed periods in succession tokens bridge. */
  readonly mostInSuccession: number
  /** For how many days after a missed period a token can still be got for it; 0: before its end only. */
  readonly repairDays: number
}

/** A streak: periods in succession that a member fills, in the days of the member's own clock. */
export interface Streak extends SharedTerms {
  readonly id: ChallengeId
  readonly calendar: Calendar
  /** How many actions fill a period. */
  readonly actionsPerPeriod: number
  /** With rising numbers of periods. */
  readonly levels: ReadonlyArray<StreakLevel>
  /**
   * What a missed period does (S59): it ends the streak, or takes it back to the last level, or nothing, so that periods
   * need not be in succession. Default `reset`.
   */
  readonly onMiss?: 'reset' | 'resetToLevel' | 'ignore'
  /** Default: no missed period is bridged. */
  readonly freeze?: FreezeSettings
}

const freezeCodec: Codec<FreezeSettings, unknown> = /* @__PURE__ */ structCodec('FreezeSettings', {
  mostInSuccession: /* @__PURE__ */ integerCodec({ min: 1, max: 1000 }),
  repairDays: /* @__PURE__ */ integerCodec({ min: 0, max: 1000 }),
})

const levels: Codec<ReadonlyArray<StreakLevel>, unknown> = /* @__PURE__ */ levelsCodec(
  /* @__PURE__ */ structCodec('StreakLevel', {
    id: LevelId,
    periods: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000 }),
  }),
)

const formCodec = (when: Codec<Condition, unknown>): Codec<Streak, unknown> =>
  constrainCodec<Streak, unknown>(
    structCodec(
      'Streak',
      {
        id: ChallengeId,
        calendar: Calendar,
        actionsPerPeriod: integerCodec({ min: 1, max: 1_000_000 }),
        levels,
      },
      {
        ...sharedTermCodecs(when),
        onMiss: literalCodec('reset', 'resetToLevel', 'ignore'),
        freeze: freezeCodec,
      },
    ),
    (streak) => levelFaults(streak.levels, 'periods'),
  )

/**
 * The codec of streaks whose conditions read the fields of a vocabulary.
 *
 * @param vocabulary - the fields of the actions
 *
 * @example
 * ```ts
 * import { decode, streakCodec } from 'treue'
 *
 * const calendar = { unit: 'week', startsOn: 1 }
 * const levels = [{ id: 'three weeks', periods: 3 }]
 * const json = { id: 'gym', calendar, actionsPerPeriod: 5, levels, onMiss: 'resetToLevel' }
 * decode(streakCodec({ fields: [] }), json)._tag // => 'Right'
 * ```
 */
export const streakCodec = (vocabulary: Vocabulary): Codec<Streak, unknown> => formCodec(conditionCodec(vocabulary))

/**
 * The codec of streaks of which it is not known yet which further fields the actions have: {@link streakFaults} looks at
 * those.
 *
 * @param vocabulary - the fields of which the type is known
 *
 * @example
 * ```ts
 * import { decode, openStreakCodec } from 'treue'
 *
 * const levels = [{ id: 'week', periods: 7 }]
 * const when = { field: 'minutes', atLeast: 20 }
 * const json = { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels, when }
 * decode(openStreakCodec({ fields: [] }), json)._tag // => 'Right'
 * ```
 */
export const openStreakCodec = (vocabulary: Vocabulary): Codec<Streak, unknown> =>
  formCodec(openConditionCodec(vocabulary))

/**
 * What is wrong with the fields that a streak reads; paths start at the streak.
 *
 * @param vocabulary - the fields of the actions
 * @param streak - a streak that {@link openStreakCodec} has read
 * @returns `InvalidValue`: a field that the actions don't have, or that is of another type.
 *
 * @example
 * ```ts
 * import { type Streak, streakFaults } from 'treue'
 *
 * const workouts = { when: { field: 'minutes', atLeast: 20 } } as unknown as Streak
 * streakFaults({ fields: [] }, workouts).map(({ path }) => path) // => [['when', 'field']]
 * ```
 */
export const streakFaults = (vocabulary: Vocabulary, streak: Streak): ReadonlyArray<InvalidValue> =>
  conditionFaults(vocabulary, streak)

/** A streak that is ready to count; it holds functions, so it is no data to store. */
export interface CompiledStreak {
  readonly streak: Streak
  readonly condition: CompiledCondition | null
}

/**
 * Prepares a streak to count many actions.
 *
 * @param vocabulary - the vocabulary that the streak was decoded with
 * @param streak - a decoded streak
 *
 * @example
 * ```ts
 * import { compileStreak, decode, streakCodec, unwrap } from 'treue'
 *
 * const json = { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels: [{ id: 'week', periods: 7 }] }
 * compileStreak({ fields: [] }, unwrap(decode(streakCodec({ fields: [] }), json))).streak.id // => 'daily'
 * ```
 */
export const compileStreak = (vocabulary: Vocabulary, streak: Streak): CompiledStreak => ({
  streak,
  condition: compiledWhen(vocabulary, streak),
})

export const countsForStreak = ({ condition }: CompiledStreak, facts: Facts): boolean => meets(condition, facts)
