/** The records of a streak: the days on which something counted, freeze tokens, reversals, and what was closed. */
import {
  ActivityId,
  arrayCodec,
  CivilDate,
  type Codec,
  constrainCodec,
  Instant,
  naturalCodec,
  nullableCodec,
  structCodec,
} from '../foundation/index.ts'
import { ChallengeId, LevelId } from './challenge-id.ts'
import { mostRecords } from './contribution.ts'
import { LevelGrant } from './level-grant.ts'
import { orderFaults } from './record-set.ts'
import type { Streak } from './streak.ts'
import type { LevelTimes, RunState } from './streak-run.ts'

/** An action that counts, on the day that the member's clock showed. */
export interface StreakAction {
  readonly id: ActivityId
  readonly at: Instant
  readonly day: CivilDate
}

/** A freeze token, and the day on which the member got it. */
export interface FreezeToken {
  readonly id: ActivityId
  readonly day: CivilDate
}

/** That an action or a token is undone; it may come in before what it undoes. */
export interface StreakReversal {
  readonly id: ActivityId
  readonly of: ActivityId
}

/** What was closed: the run up to a day, and how often each level was reached before. */
export interface ClosedStreak extends RunState {
  /** From this day on records are taken in. */
  readonly before: CivilDate
  readonly times: ReadonlyArray<LevelTimes>
}

/** A member's progress in one streak: sets of records, so that the order in which they come in makes no difference. */
export interface StreakProgress {
  readonly streak: ChallengeId
  readonly actions: ReadonlyArray<StreakAction>
  readonly tokens: ReadonlyArray<FreezeToken>
  readonly reversals: ReadonlyArray<StreakReversal>
  readonly grants: ReadonlyArray<LevelGrant>
  readonly closed: ClosedStreak | null
}

export const dayOf = ({ day }: { readonly day: CivilDate }): number => day
export const noOrder = (): number => 0
const actionCodec: Codec<StreakAction, unknown> = /* @__PURE__ */ structCodec('StreakAction', {
  id: ActivityId,
  at: Instant,
  day: CivilDate,
})

/** Reads a {@link FreezeToken}. */
export const FreezeToken: Codec<FreezeToken, unknown> = /* @__PURE__ */ structCodec('FreezeToken', {
  id: ActivityId,
  day: CivilDate,
})

/** Reads a {@link StreakReversal}. */
export const StreakReversal: Codec<StreakReversal, unknown> = /* @__PURE__ */ structCodec('StreakReversal', {
  id: ActivityId,
  of: ActivityId,
})

const closedCodec: Codec<ClosedStreak, unknown> = /* @__PURE__ */ structCodec('ClosedStreak', {
  before: CivilDate,
  count: naturalCodec,
  best: naturalCodec,
  next: /* @__PURE__ */ nullableCodec(CivilDate),
  bridgedInSuccession: naturalCodec,
  times: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('LevelTimes', { level: LevelId, times: naturalCodec }),
    {
      maxLength: 1000,
    },
  ),
})

const bounds = { maxLength: mostRecords }

/** Reads a {@link StreakProgress}, whose records are in order. */
export const StreakProgress: Codec<StreakProgress, unknown> = /* @__PURE__ */ constrainCodec<StreakProgress, unknown>(
  /* @__PURE__ */ structCodec('StreakProgress', {
    streak: ChallengeId,
    actions: /* @__PURE__ */ arrayCodec(actionCodec, bounds),
    tokens: /* @__PURE__ */ arrayCodec(FreezeToken, bounds),
    reversals: /* @__PURE__ */ arrayCodec(StreakReversal, bounds),
    grants: /* @__PURE__ */ arrayCodec(LevelGrant, bounds),
    closed: /* @__PURE__ */ nullableCodec(closedCodec),
  }),
  ({ actions, tokens, reversals }) => [
    ...orderFaults(actions, dayOf, 'actions'),
    ...orderFaults(tokens, dayOf, 'tokens'),
    ...orderFaults(reversals, noOrder, 'reversals'),
  ],
)

/**
 * The progress of a member who has done nothing yet.
 *
 * @param streak - the streak
 *
 * @example
 * ```ts
 * import { noStreak, type Streak } from 'treue'
 *
 * noStreak({ id: 'daily' } as unknown as Streak).actions // => []
 * ```
 */
export const noStreak = ({ id }: Pick<Streak, 'id'>): StreakProgress => ({
  streak: id,
  actions: [],
  tokens: [],
  reversals: [],
  grants: [],
  closed: null,
})
