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
  invalidValue,
  naturalCodec,
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
import { compareGrants, type GrantChange, LevelGrant, type LossPolicy, settleGrants } from './level-grant.ts'
import {
  type ClosedProgress,
  contributionReaching,
  type ProgressWindow,
  progressWindows,
  totalOf,
  windowsAt,
} from './progress-window.ts'
import { orderFaults, type RecordConflict, withFreshRecords } from './record-set.ts'
import { editOf, lossOf } from './shared-terms.ts'

/** A member's progress in one challenge: a set of records, so that the order in which they come in makes no difference. */
export interface ChallengeProgress extends ContributionLog {
  readonly challenge: ChallengeId
  /** The levels that were given, by occurrence and then by level. */
  readonly grants: ReadonlyArray<LevelGrant>
  readonly closed: ClosedProgress | null
}

const timeOf = ({ at }: { readonly at: Instant }): Instant => at

const amountFaults = (contributions: ReadonlyArray<Contribution>): ReadonlyArray<OutOfRange> => {
  let total = 0
  let index = 0
  for (const { amount } of contributions) {
    total += amount
    if (!Number.isSafeInteger(total)) {
      return [outOfRange(['contributions', index, 'amount'], amount, 'at most 9007199254740991 in all')]
    }
    index += 1
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
        windows: naturalCodec,
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

const reachedIn = (
  challenge: Challenge,
  windows: ReadonlyArray<ProgressWindow>,
  totals: ReadonlyMap<number, number>,
): ReadonlyArray<LevelGrant> =>
  windows.flatMap(({ key }) =>
    challenge.levels
      .filter(({ target }) => (totals.get(key) ?? 0) >= target)
      .map(({ id: level, target }) => ({ level, occurrence: key, target })),
  )

const noMore = { gained: [], lost: [] } as const

/** Grants settled against windows; of those of other windows nothing changes. */
const settledGrants = (
  challenge: Challenge,
  grants: ReadonlyArray<LevelGrant>,
  windows: ReadonlyArray<ProgressWindow>,
  { policy, byNewTargets }: SettlePolicy,
): GrantChange => {
  const totals = new Map(windows.map((window) => [window.key, totalOf(challenge, window)] as const))
  const reached = reachedIn(challenge, windows, totals)
  if (reached.length === 0 && grants.length === 0) return { grants, ...noMore }
  const moves = challenge.window.type === 'fromFirst'
  const isHeld = ({ occurrence, target }: LevelGrant): boolean =>
    !byNewTargets && (totals.get(occurrence) ?? 0) >= target
  return settleGrants(grants, { reached, isHeld, policy, moves })
}

interface SettlePolicy {
  readonly policy: LossPolicy
  readonly byNewTargets: boolean
}

/** Which windows something was counted in, by what came in or was undone; `null`: it can be in all of them. */
const touched = (
  challenge: Challenge,
  zone: Zone,
  progress: ChallengeProgress,
  instants: ReadonlyArray<Instant> | null,
): { readonly windows: ReadonlyArray<ProgressWindow>; readonly isAll: boolean } =>
  instants === null || challenge.window.type === 'fromFirst'
    ? { windows: progressWindows(challenge, zone, progress), isAll: true }
    : { windows: windowsAt(challenge, zone, progress, instants), isAll: false }

/** Progress with its grants settled: those of all windows, or of the windows that some instants are in. */
const settled = (
  challenge: Challenge,
  zone: Zone,
  progress: ChallengeProgress,
  instants: ReadonlyArray<Instant> | null,
  policy: SettlePolicy,
): ProgressChange => {
  const { windows, isAll } = touched(challenge, zone, progress, instants)
  const byKey = new Map(windows.map((window) => [window.key, window] as const))
  const concerned = isAll ? progress.grants : progress.grants.filter(({ occurrence }) => byKey.has(occurrence))
  const { grants: now, gained, lost } = settledGrants(challenge, concerned, windows, policy)
  const others = isAll ? [] : progress.grants.filter(({ occurrence }) => !byKey.has(occurrence))
  const isSame = gained.length === 0 && lost.length === 0
  const grants = isSame ? progress.grants : [...others, ...now].sort(compareGrants)
  const { contributions, reversals, closed } = progress
  const reached = gained.flatMap((grant) => {
    const window = byKey.get(grant.occurrence)
    const by = window === undefined ? undefined : contributionReaching(challenge, window, grant.target)
    return by === undefined ? [] : [{ ...grant, at: by.at, activity: by.id }]
  })
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

/**
 * Progress after actions of the member. Those that do not fit the challenge or come while it is not open leave no trace;
 * one that came in before changes nothing; a late one is counted where it belongs. Only the windows that something new
 * came into are looked at; after an edit of the challenge, {@link editProgress} must have gone before. With `takeBack` the
 * result depends on what came in only, not on its order or on batches (S59); with `keep`, what was given once stays given.
 *
 * `RecordConflict`: the id of an action came in before with other content that counts. `RecordTooLate`: it is dated before
 * what `closeProgress` has closed. `OutOfRange`: with it, more than 9007199254740991 would be counted.
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
  const all = withFreshRecords(progress.contributions, counted, timeOf, 'actions')
  if (E.isLeft(all)) return E.left([...late, ...all.left])
  const faults = [...late, ...(all.right.fresh.length === 0 ? [] : amountFaults(all.right.all))]
  if (faults.length > 0) return E.left(faults)
  const { challenge, reversals, grants, closed } = progress
  const next = { challenge, contributions: all.right.all, reversals, grants, closed }
  const instants = all.right.fresh.map(timeOf)
  const policy = { policy: lossOf(compiled.challenge), byNewTargets: false }
  return E.right(settled(compiled.challenge, zone, next, instants, policy))
}

/**
 * Progress after actions were undone: a purchase returned, a review taken down. What is undone before it came in counts
 * nothing when it comes. A level is taken back, or kept, as the challenge says, by the target by which it was given (S31).
 *
 * `RecordConflict`: the id of a reversal came in before with other content. `RecordTooLate`: it is dated before what
 * `closeProgress` has closed.
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
  const all = withFreshRecords(progress.reversals, reversals, timeOf, 'reversals')
  if (E.isLeft(all)) return E.left([...late, ...all.left])
  if (late.length > 0) return E.left(late)
  const { contributions, grants, closed } = progress
  const next = { challenge: progress.challenge, contributions, reversals: all.right.all, grants, closed }
  const undone = new Set<string>(all.right.fresh.map(({ of }) => of))
  const instants = contributions.filter(({ id }) => undone.has(id)).map(timeOf)
  return E.right(settled(challenge, zone, next, instants, { policy: lossOf(challenge), byNewTargets: false }))
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
  return E.right(settled(after, zone, progress, null, { policy: editOf(after), byNewTargets: true }))
}
