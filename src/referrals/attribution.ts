/** Who is credited with a conversion, and why the other touches are not. */
import * as E from 'fp-ts/Either'
import {
  addDuration,
  arrayCodec,
  type Codec,
  type Fault,
  type Instant,
  integerCodec,
  literalCodec,
  MemberId,
  nullableCodec,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import type { AttributionModel, AttributionPolicy } from './attribution-policy.ts'
import { type Touch, TouchId } from './touch.ts'
import { creditParts, creditShares } from './touch-credit.ts'

/**
 * What became of a touch. It `wins`, or `sharesCredit` with the winning touch of the same referrer; it cannot be credited
 * because it is the referee's own (`ownTouch`), later than the conversion (`afterConversion`), older than the cookie
 * (`cookieExpired`) or than the window (`windowClosed`); or another one beats it: because it is earlier, later, a code, of
 * higher priority, because its referrer has more of the credit, or, all else equal, because its id comes first.
 */
export type TouchReason =
  | 'wins'
  | 'sharesCredit'
  | 'ownTouch'
  | 'afterConversion'
  | 'cookieExpired'
  | 'windowClosed'
  | 'earlierWins'
  | 'laterWins'
  | 'codeWins'
  | 'priorityWins'
  | 'moreCreditWins'
  | 'idWins'

/** What became of one touch. */
export interface TouchOutcome {
  readonly touch: TouchId
  readonly referrer: MemberId
  /** Its share of the credit, in millionths; the shares of a conversion sum to 1,000,000. */
  readonly share: number
  readonly reason: TouchReason
}

/** Who is credited. */
export interface Attribution {
  /** The one referrer who is paid; `null` where no touch can be credited. */
  readonly referrer: MemberId | null
  readonly touch: TouchId | null
  /** Every touch, in order of time. */
  readonly outcomes: ReadonlyArray<TouchOutcome>
}

/** What is credited. */
export interface ReferredConversion {
  readonly referee: MemberId
  readonly at: Instant
}

/** Two touches have one id and differ. */
export interface TouchConflict extends Fault<'TouchConflict'> {
  readonly touch: TouchId
}

type Criterion = 'earlierWins' | 'laterWins' | 'codeWins' | 'priorityWins' | 'idWins'

const codeRank = ({ by }: Touch): number => (by === 'code' ? 0 : 1)

/** Below 0 where `a` is to be preferred. */
const differences: Readonly<Record<Criterion, (a: Touch, b: Touch) => number>> = {
  earlierWins: (a, b) => a.at - b.at,
  laterWins: (a, b) => b.at - a.at,
  codeWins: (a, b) => codeRank(a) - codeRank(b),
  priorityWins: (a, b) => (a.priority === b.priority ? 0 : a.priority > b.priority ? -1 : 1),
  idWins: (a, b) => (a.id === b.id ? 0 : a.id < b.id ? -1 : 1),
}

/** By what touches are compared, one after the other. The id comes last: no two are equal. */
const criteriaOf = (model: AttributionModel): ReadonlyArray<Criterion> => {
  switch (model.type) {
    case 'first':
      return ['earlierWins', 'codeWins', 'priorityWins', 'idWins']
    case 'codeFirst':
      return ['codeWins', model.among === 'first' ? 'earlierWins' : 'laterWins', 'priorityWins', 'idWins']
    case 'priority':
      return ['priorityWins', model.among === 'first' ? 'earlierWins' : 'laterWins', 'codeWins', 'idWins']
    case 'last':
    case 'positionWeighted':
    case 'timeDecay':
      return ['laterWins', 'codeWins', 'priorityWins', 'idWins']
  }
}

/** The first criterion by which `a` beats `b`; `undefined` where it does not. */
const beats = (criteria: ReadonlyArray<Criterion>, a: Touch, b: Touch): Criterion | undefined => {
  for (const criterion of criteria) {
    const difference = differences[criterion](a, b)
    if (difference !== 0) return difference < 0 ? criterion : undefined
  }
  return undefined
}

const same = (a: Touch, b: Touch): boolean =>
  a.referrer === b.referrer && a.at === b.at && a.by === b.by && a.priority === b.priority

/** Touches by time and id, each once: the order in which they arrive means nothing. */
const inOrder = (touches: ReadonlyArray<Touch>): E.Either<ReadonlyArray<TouchConflict>, ReadonlyArray<Touch>> => {
  const byId = new Map<TouchId, Touch>()
  const conflicts: Array<TouchConflict> = []
  for (const [index, touch] of touches.entries()) {
    const known = byId.get(touch.id)
    if (known === undefined) byId.set(touch.id, touch)
    else if (!same(known, touch)) {
      const expected = 'the same touch, or another id'
      conflicts.push({ _tag: 'TouchConflict', path: ['touches', index, 'id'], expected, touch: touch.id })
    }
  }
  if (conflicts.length > 0) return E.left(conflicts)
  return E.right([...byId.values()].sort((a, b) => a.at - b.at || differences.idWins(a, b)))
}

/** Why a touch cannot be credited at all. */
const exclusion = (
  { window, cookieLife }: AttributionPolicy,
  zone: Zone,
  { referee, at }: ReferredConversion,
  touch: Touch,
): TouchReason | undefined => {
  if (touch.referrer === referee) return 'ownTouch'
  if (touch.at > at) return 'afterConversion'
  if (touch.by === 'link' && cookieLife !== null && at >= addDuration(zone, touch.at, cookieLife))
    return 'cookieExpired'
  return at >= addDuration(zone, touch.at, window) ? 'windowClosed' : undefined
}

const preferred = (criteria: ReadonlyArray<Criterion>, touches: ReadonlyArray<Touch>): Touch | undefined => {
  let best = touches[0]
  for (const touch of touches) if (best !== undefined && beats(criteria, touch, best) !== undefined) best = touch
  return best
}

/** The credit of each referrer. */
const creditOf = (touches: ReadonlyArray<Touch>, shares: ReadonlyArray<number>): ReadonlyMap<MemberId, number> => {
  const credit = new Map<MemberId, number>()
  for (const [index, { referrer }] of touches.entries()) {
    credit.set(referrer, (credit.get(referrer) ?? 0) + (shares[index] ?? 0))
  }
  return credit
}

const isWeighted = ({ type }: AttributionModel): boolean => type === 'positionWeighted' || type === 'timeDecay'

interface Verdict {
  readonly winner: Touch | undefined
  readonly ofCandidate: ReadonlyMap<Touch, { readonly share: number; readonly reason: TouchReason }>
}

const oneWinner = (criteria: ReadonlyArray<Criterion>, candidates: ReadonlyArray<Touch>): Verdict => {
  const winner = preferred(criteria, candidates)
  const reasonFor = (touch: Touch): TouchReason =>
    winner === undefined ? 'wins' : (beats(criteria, winner, touch) ?? 'wins')
  return {
    winner,
    ofCandidate: new Map(
      candidates.map((touch) => [touch, { share: touch === winner ? creditParts : 0, reason: reasonFor(touch) }]),
    ),
  }
}

/** All share the credit; who has most of it is paid, among equals the one with the later touch. */
const byCredit = (
  model: AttributionModel,
  zone: Zone,
  criteria: ReadonlyArray<Criterion>,
  candidates: ReadonlyArray<Touch>,
): Verdict => {
  const shares = candidates.length === 0 ? [] : creditShares(model, zone, candidates)
  const credit = creditOf(candidates, shares)
  let most = 0
  for (const value of credit.values()) most = Math.max(most, value)
  const leading = candidates.filter(({ referrer }) => credit.get(referrer) === most)
  const winner = preferred(criteria, leading)
  const reasonFor = (touch: Touch): TouchReason => {
    if (touch === winner || winner === undefined) return 'wins'
    if (touch.referrer === winner.referrer) return 'sharesCredit'
    return credit.get(touch.referrer) === most ? (beats(criteria, winner, touch) ?? 'wins') : 'moreCreditWins'
  }
  return {
    winner,
    ofCandidate: new Map(
      candidates.map((touch, index) => [touch, { share: shares[index] ?? 0, reason: reasonFor(touch) }]),
    ),
  }
}

/**
 * Credits a conversion to touches. The order in which touches are given does not matter, nor that one is given twice. All
 * but one referrer lose: credit may be shared for reports, a reward has one receiver. The window is half-open, from the
 * touch on, and asked at the conversion (S48). Where a model leaves two touches equal, a code goes before a link, then the
 * higher priority, then the smaller id.
 *
 * `TouchConflict`: two touches with one id differ.
 *
 * @param policy - the model, the window and the life of cookies
 * @param zone - the zone of the program's calendar
 * @param touches - all touches of the referee, in any order
 * @param conversion - who converted and when
 *
 * @example
 * ```ts
 * import { attributeConversion, decode, type MemberId, parseInstant, Touch, unwrap, utc } from 'treue'
 *
 * const touch = (id: string, referrer: string, at: string) =>
 *   unwrap(decode(Touch, { id, referrer, at, by: 'link', priority: 0 }))
 * const touches = [touch('t1', 'anna', '2026-03-01T12:00:00Z'), touch('t2', 'ben', '2026-03-10T12:00:00Z')]
 * const conversion = { referee: 'cleo' as MemberId, at: unwrap(parseInstant('2026-03-20T12:00:00Z')) }
 * const policy = { model: { type: 'last' }, window: { amount: 720, unit: 'hour' }, cookieLife: null } as const
 * const attribution = unwrap(attributeConversion(policy, utc, touches, conversion))
 * attribution.referrer // => 'ben'
 * attribution.outcomes.map(({ reason }) => reason) // => ['laterWins', 'wins']
 * ```
 */
export const attributeConversion = (
  policy: AttributionPolicy,
  zone: Zone,
  touches: ReadonlyArray<Touch>,
  conversion: ReferredConversion,
): E.Either<ReadonlyArray<TouchConflict>, Attribution> => {
  const known = inOrder(touches)
  if (E.isLeft(known)) return known
  const excluded = new Map(known.right.map((touch) => [touch, exclusion(policy, zone, conversion, touch)]))
  const candidates = known.right.filter((touch) => excluded.get(touch) === undefined)
  const criteria = criteriaOf(policy.model)
  const { winner, ofCandidate } = isWeighted(policy.model)
    ? byCredit(policy.model, zone, criteria, candidates)
    : oneWinner(criteria, candidates)
  const outcomes = known.right.map((touch): TouchOutcome => {
    const { share, reason } = ofCandidate.get(touch) ?? { share: 0, reason: excluded.get(touch) ?? 'windowClosed' }
    return { touch: touch.id, referrer: touch.referrer, share, reason }
  })
  return E.right({ referrer: winner?.referrer ?? null, touch: winner?.id ?? null, outcomes })
}

const share = /* @__PURE__ */ integerCodec({ min: 0, max: creditParts })

/** Reads a {@link TouchOutcome}. */
export const TouchOutcome: Codec<TouchOutcome, unknown> = /* @__PURE__ */ structCodec('TouchOutcome', {
  touch: TouchId,
  referrer: MemberId,
  share,
  reason: /* @__PURE__ */ literalCodec(
    'wins',
    'sharesCredit',
    'ownTouch',
    'afterConversion',
    'cookieExpired',
    'windowClosed',
    'earlierWins',
    'laterWins',
    'codeWins',
    'priorityWins',
    'moreCreditWins',
    'idWins',
  ),
})

/**
 * Reads an {@link Attribution}, as it was stored with a conversion.
 *
 * @example
 * ```ts
 * import { Attribution, decode } from 'treue'
 *
 * decode(Attribution, { referrer: null, touch: null, outcomes: [] })._tag // => 'Right'
 * ```
 */
export const Attribution: Codec<Attribution, unknown> = /* @__PURE__ */ structCodec('Attribution', {
  referrer: /* @__PURE__ */ nullableCodec(MemberId),
  touch: /* @__PURE__ */ nullableCodec(TouchId),
  outcomes: /* @__PURE__ */ arrayCodec(TouchOutcome, { maxLength: 1_000_000 }),
})
