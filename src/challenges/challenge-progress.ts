/** A member's progress in a challenge: what counted, what was undone, and the levels that were given for it. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  type Fault,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import type { Facts } from '../rules/index.ts'
import { type Challenge, type CompiledChallenge, countedOf } from './challenge.ts'
import { ChallengeId } from './challenge-id.ts'
import {
  type Contribution,
  type ContributionLog,
  type ContributionReversal,
  contributionsCodec,
  mostRecords,
  reversalsCodec,
} from './contribution.ts'
import { LevelGrant, type LossPolicy, settleGrants } from './level-grant.ts'
import {
  type ClosedProgress,
  type ProgressWindow,
  progressWindows,
  stepReaching,
  totalOf,
  windowFrom,
} from './progress-window.ts'
import { orderFaults, type RecordConflict, withRecords } from './record-set.ts'

/** A member's progress in one challenge: a set of records, so that the order in which they come in makes no difference. */
export interface ChallengeProgress extends ContributionLog {
  readonly challenge: ChallengeId
  /** The levels that were given, by occurrence and then by level. */
  readonly grants: ReadonlyArray<LevelGrant>
  readonly closed: ClosedProgress | null
}

const timeOf = ({ at }: { readonly at: Instant }): number => at

const amountFaults = (contributions: ReadonlyArray<Contribution>): ReadonlyArray<OutOfRange> => {
  let total = 0
  for (const [index, { amount }] of contributions.entries()) {
    total += amount
    if (!Number.isSafeInteger(total)) {
      return [outOfRange(['contributions', index, 'amount'], amount, 'at most 9007199254740991 in all')]
    }
  }
  return []
}

const progressFaults = ({ contributions, reversals }: ChallengeProgress): ReadonlyArray<InvalidValue | OutOfRange> => [
  ...orderFaults(contributions, timeOf, 'contributions'),
  ...orderFaults(reversals, timeOf, 'reversals'),
  ...amountFaults(contributions),
]

/** Reads a {@link ChallengeProgress}, whose records are in order. */
export const ChallengeProgress: Codec<ChallengeProgress, unknown> = /* @__PURE__ */ constrainCodec<
  ChallengeProgress,
  unknown
>(
  /* @__PURE__ */ structCodec('ChallengeProgress', {
    challenge: ChallengeId,
    contributions: contributionsCodec,
    reversals: reversalsCodec,
    grants: /* @__PURE__ */ arrayCodec(LevelGrant, { maxLength: mostRecords }),
    closed: /* @__PURE__ */ nullableCodec(
      /* @__PURE__ */ structCodec('ClosedProgress', {
        before: Instant,
        windows: /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      }),
    ),
  }),
  progressFaults,
)

/**
 * The progress of a member who has done nothing yet.
 *
 * @param challenge - the challenge
 *
 * @example
 * ```ts
 * import { type Challenge, noProgress } from 'treue'
 *
 * noProgress({ id: 'visits' } as unknown as Challenge).contributions // => []
 * ```
 */
export const noProgress = ({ id }: Pick<Challenge, 'id'>): ChallengeProgress => ({
  challenge: id,
  contributions: [],
  reversals: [],
  grants: [],
  closed: null,
})

/** An action of the member, with what is known of it. */
export interface ChallengeAction {
  readonly id: ActivityId
  readonly at: Instant
  readonly facts: Facts
}

/** A level that is reached now. */
export interface LevelReached extends LevelGrant {
  /** When the count met the target, and with which action. */
  readonly at: Instant
  readonly activity: string
}

/** Progress after something came in. */
export interface ProgressChange {
  readonly progress: ChallengeProgress
  /** Levels to give now, in order of time of the windows and then of the levels. */
  readonly reached: ReadonlyArray<LevelReached>
  /** Levels to take back now. */
  readonly lost: ReadonlyArray<LevelGrant>
}

/** A record is dated before what has been closed. */
export interface RecordTooLate extends Fault<'RecordTooLate'> {
  readonly id: string
  readonly at: Instant
  /** From when on records are taken in. */
  readonly before: Instant
}

/** Why records cannot be taken in. */
export type ProgressFault = RecordConflict | RecordTooLate | OutOfRange

const reachedIn = (challenge: Challenge, windows: ReadonlyArray<ProgressWindow>): ReadonlyArray<LevelReached> =>
  windows.flatMap((window) =>
    challenge.levels.flatMap(({ id: level, target }) => {
      const step = stepReaching(window, target)
      return step === undefined ? [] : [{ level, occurrence: window.key, target, at: step.at, activity: step.id }]
    }),
  )

const grantOf = ({ level, occurrence, target }: LevelGrant): LevelGrant => ({ level, occurrence, target })

const settled = (
  challenge: Challenge,
  zone: Zone,
  progress: ChallengeProgress,
  { policy, byNewTargets }: { readonly policy: LossPolicy; readonly byNewTargets: boolean },
): ProgressChange => {
  const windows = progressWindows(challenge, zone, progress)
  const all = reachedIn(challenge, windows)
  const totals = new Map(windows.map((window) => [window.key, totalOf(window)] as const))
  const moves = challenge.window.type === 'fromFirst'
  const isHeld = ({ occurrence, target }: LevelGrant): boolean =>
    !byNewTargets && (totals.get(occurrence) ?? 0) >= target
  const { grants, gained, lost } = settleGrants(progress.grants, { reached: all.map(grantOf), isHeld, policy, moves })
  const keys = new Set(gained.map(({ level, occurrence }) => `${occurrence}:${level}`))
  const reached = all.filter(({ level, occurrence }) => keys.has(`${occurrence}:${level}`))
  const { contributions, reversals, closed } = progress
  return { progress: { challenge: challenge.id, contributions, reversals, grants, closed }, reached, lost }
}

const tooLate = (
  closed: ClosedProgress | null,
  records: ReadonlyArray<{ readonly id: string; readonly at: Instant }>,
  key: string,
): ReadonlyArray<RecordTooLate> =>
  closed === null
    ? []
    : records.flatMap(({ id, at }, index) =>
        at >= closed.before
          ? []
          : [
              {
                _tag: 'RecordTooLate' as const,
                path: [key, index, 'at'],
                expected: 'an instant from that on before which progress was closed',
                id,
                at,
                before: closed.before,
              },
            ],
      )

const isOpen = ({ open }: Challenge, at: Instant): boolean => open === undefined || (open.from <= at && at < open.until)

const countedActions = (
  compiled: CompiledChallenge,
  actions: ReadonlyArray<ChallengeAction>,
): ReadonlyArray<Contribution> =>
  actions.flatMap(({ id, at, facts }) => {
    const counted = isOpen(compiled.challenge, at) ? countedOf(compiled, facts) : null
    return counted === null ? [] : [{ id, at, amount: counted.amount, key: counted.key }]
  })

const lossOf = ({ onLoss = 'takeBack' }: Challenge): LossPolicy => onLoss

/**
 * Progress after actions of the member. Those that do not fit the challenge or come while it is not open leave no trace;
 * one that came in before changes nothing; a late one is counted where it belongs. With `takeBack` the result depends on
 * what came in only, not on its order or on batches (S59); with `keep`, what was given once stays given.
 *
 * `RecordConflict`: the id of an action came in before with other content that counts. `RecordTooLate`: it is dated before
 * what {@link closeProgress} has closed. `OutOfRange`: with it, more than 9007199254740991 would be counted.
 *
 * @param compiled - the challenge
 * @param zone - the zone of its calendar, the same every time
 * @param progress - the progress before
 * @param actions - in any order
 *
 * @example
 * ```ts
 * import { challengeCodec, compileChallenge, decode, noProgress, parseInstant, recordProgress, unwrap, utc } from 'treue'
 * import type { ActivityId } from 'treue'
 *
 * const vocabulary = { fields: [] }
 * const json = { id: 'orders', measure: { type: 'times' }, window: { type: 'whole' }, levels: [{ id: 'two', target: 2 }] }
 * const orders = compileChallenge(vocabulary, unwrap(decode(challengeCodec(vocabulary), json)))
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const actions = ['a', 'b'].map((id) => ({ id: id as ActivityId, at, facts: {} }))
 * const { reached } = unwrap(recordProgress(orders, utc, noProgress(orders.challenge), actions))
 * reached.map(({ level, activity }) => [level, activity]) // => [['two', 'b']]
 * ```
 */
export const recordProgress = (
  compiled: CompiledChallenge,
  zone: Zone,
  progress: ChallengeProgress,
  actions: ReadonlyArray<ChallengeAction>,
): E.Either<ReadonlyArray<ProgressFault>, ProgressChange> => {
  const counted = countedActions(compiled, actions)
  const late = tooLate(progress.closed, counted, 'actions')
  const all = withRecords(progress.contributions, counted, timeOf, 'actions')
  if (E.isLeft(all)) return E.left([...late, ...all.left])
  const faults = [...late, ...amountFaults(all.right)]
  if (faults.length > 0) return E.left(faults)
  const { challenge, reversals, grants, closed } = progress
  const next = { challenge, contributions: all.right, reversals, grants, closed }
  return E.right(settled(compiled.challenge, zone, next, { policy: lossOf(compiled.challenge), byNewTargets: false }))
}

/**
 * Progress after actions were undone: a purchase returned, a review taken down. What is undone before it came in counts
 * nothing when it comes. A level is taken back, or kept, as the challenge says, by the target by which it was given (S31).
 *
 * `RecordConflict`: the id of a reversal came in before with other content. `RecordTooLate`: it is dated before what
 * {@link closeProgress} has closed.
 *
 * @param compiled - the challenge
 * @param zone - the zone of its calendar, the same every time
 * @param progress - the progress before
 * @param reversals - in any order; amounts in the unit of the measure
 *
 * @example
 * ```ts
 * import { challengeCodec, compileChallenge, decode, noProgress, parseInstant, recordProgress, reverseProgress, unwrap, utc } from 'treue'
 * import type { ActivityId } from 'treue'
 *
 * const vocabulary = { fields: [] }
 * const json = { id: 'orders', measure: { type: 'times' }, window: { type: 'whole' }, levels: [{ id: 'one', target: 1 }] }
 * const orders = compileChallenge(vocabulary, unwrap(decode(challengeCodec(vocabulary), json)))
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const order = { id: 'a' as ActivityId, at, facts: {} }
 * const { progress } = unwrap(recordProgress(orders, utc, noProgress(orders.challenge), [order]))
 * const reversal = { id: 'r' as ActivityId, of: order.id, at, amount: null }
 * unwrap(reverseProgress(orders, utc, progress, [reversal])).lost // => [{ level: 'one', occurrence: 0, target: 1 }]
 * ```
 */
export const reverseProgress = (
  { challenge }: CompiledChallenge,
  zone: Zone,
  progress: ChallengeProgress,
  reversals: ReadonlyArray<ContributionReversal>,
): E.Either<ReadonlyArray<ProgressFault>, ProgressChange> => {
  const late = tooLate(progress.closed, reversals, 'reversals')
  const all = withRecords(progress.reversals, reversals, timeOf, 'reversals')
  if (E.isLeft(all)) return E.left([...late, ...all.left])
  if (late.length > 0) return E.left(late)
  const { contributions, grants, closed } = progress
  const next = { challenge: progress.challenge, contributions, reversals: all.right, grants, closed }
  return E.right(settled(challenge, zone, next, { policy: lossOf(challenge), byNewTargets: false }))
}

/**
 * Progress under an edited challenge: what was counted stays counted, levels that are reached now are given, and those
 * that would take more now are kept or taken back as the edited challenge says.
 *
 * `InvalidValue`: the edit changes what is measured or the window, so that nothing could be carried over; such a challenge
 * needs an id of its own.
 *
 * @param before - the challenge as it was
 * @param after - the challenge as it is now
 * @param zone - the zone of its calendar, the same every time
 * @param progress - the progress before
 *
 * @example
 * ```ts
 * import { type Challenge, editProgress, noProgress, utc } from 'treue'
 *
 * const measure = { type: 'times' } as const
 * const base = { id: 'orders', measure, window: { type: 'whole' }, levels: [{ id: 'ten', target: 10 }] }
 * const orders = base as unknown as Challenge
 * const sooner = { ...orders, levels: [{ id: 'ten', target: 8 }] } as unknown as Challenge
 * editProgress(orders, sooner, utc, noProgress(orders))._tag // => 'Right'
 * editProgress(orders, { ...orders, measure: { type: 'sum', field: 'amount' } }, utc, noProgress(orders))._tag // => 'Left'
 * ```
 */
export const editProgress = (
  before: Challenge,
  after: Challenge,
  zone: Zone,
  progress: ChallengeProgress,
): E.Either<ReadonlyArray<InvalidValue>, ProgressChange> => {
  const faults = (['measure', 'window'] as const).flatMap((key) =>
    JSON.stringify(before[key]) === JSON.stringify(after[key])
      ? []
      : [invalidValue([key], after[key], 'what it was before: another one needs another id')],
  )
  if (faults.length > 0) return E.left(faults)
  return E.right(settled(after, zone, progress, { policy: after.onEdit ?? 'keep', byNewTargets: true }))
}

/** What stays of progress when windows are forgotten. */
const keptFrom = (
  progress: ChallengeProgress,
  start: number,
): Pick<ChallengeProgress, 'contributions' | 'reversals'> => {
  const contributions = progress.contributions.filter(({ at }) => at >= start)
  const ids = new Set<string>(contributions.map(({ id }) => id))
  return { contributions, reversals: progress.reversals.filter(({ of, at }) => at >= start || ids.has(of)) }
}

/**
 * Progress without the windows that have ended by an instant: what was given in them is final. From then on nothing that
 * is dated before can be taken in, so state stays small. Closing earlier than before changes nothing.
 *
 * @param challenge - the challenge
 * @param zone - the zone of its calendar, the same every time
 * @param progress - the progress before
 * @param before - by when a window must have ended; leave time for what comes in late
 *
 * @example
 * ```ts
 * import { type Challenge, closeProgress, noProgress, parseInstant, unwrap, utc } from 'treue'
 *
 * const calendar = { unit: 'month' } as const
 * const challenge = { id: 'monthly', measure: { type: 'times' }, window: { type: 'calendar', calendar }, levels: [] }
 * const monthly = challenge as unknown as Challenge
 * const before = unwrap(parseInstant('2026-03-05T00:00:00Z'))
 * closeProgress(monthly, utc, noProgress(monthly), before).closed // => { before, windows: 0 }
 * ```
 */
export const closeProgress = (
  challenge: Challenge,
  zone: Zone,
  progress: ChallengeProgress,
  before: Instant,
): ChallengeProgress => {
  if (progress.closed !== null && progress.closed.before >= before) return progress
  const windows = progressWindows(challenge, zone, progress)
  const ended = windows.filter(({ until }) => until <= before)
  const start = Math.min(before, windows[ended.length]?.firstAt ?? before)
  const kept = keptFrom(progress, start)
  return {
    challenge: progress.challenge,
    contributions: kept.contributions,
    reversals: kept.reversals,
    grants: progress.grants.filter((grant) => windowFrom(challenge, zone, grant.occurrence as Instant).until > before),
    closed: { before, windows: (progress.closed?.windows ?? 0) + ended.length },
  }
}
