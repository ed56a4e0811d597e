// What changes how many points are owed to members, by kind: what the roll-forward of the liability counts. The loops fill
// lists and maps that they made themselves.
import * as E from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type ExactInteger,
  exactSum,
  FunderId,
  type InvalidValue,
  invalidValue,
  literalCodec,
  nullableCodec,
  refineCodec,
  stringCodec,
  structCodec,
  textCodec,
} from '../foundation/index.ts'
import { pointsFaults } from './points-price.ts'

/**
 * Kinds of movements, named like the entries of a ledger. What is reversed or taken by hand counts in full, also where it
 * became debt, so that what is owed is net of debt. A debt that is settled moves nothing then; it is counted to be seen.
 */
export type LiabilityMovementKind =
  | 'accrued'
  | 'opened'
  | 'adjustedIn'
  | 'transferredIn'
  | 'convertedIn'
  | 'restored'
  | 'reinstated'
  | 'debtWrittenOff'
  | 'redeemed'
  | 'expired'
  | 'decayed'
  | 'reversed'
  | 'adjustedOut'
  | 'transferredOut'
  | 'convertedOut'
  | 'debtSettled'

/** All kinds, in the order in which summaries have them. */
const kinds: ReadonlyArray<LiabilityMovementKind> = [
  'accrued',
  'opened',
  'adjustedIn',
  'transferredIn',
  'convertedIn',
  'restored',
  'reinstated',
  'debtWrittenOff',
  'redeemed',
  'expired',
  'decayed',
  'reversed',
  'adjustedOut',
  'transferredOut',
  'convertedOut',
  'debtSettled',
]

/**
 * Reads the kind of a movement.
 *
 * @example
 * ```ts
 * import { decode, LiabilityMovementKind } from 'treue'
 *
 * decode(LiabilityMovementKind, 'redeemed') // => { _tag: 'Right', right: 'redeemed' }
 * ```
 */
export const LiabilityMovementKind: Codec<LiabilityMovementKind> = /* @__PURE__ */ literalCodec(...kinds)

/** Points that moved in a period. */
export interface LiabilityMovement {
  /** The key of an accounting period. Keys sort by UTF-16 code units: `2026-01`, `2026-Q1`. */
  readonly period: string
  /** Who pays for the points; `null`: the program itself. */
  readonly funder: FunderId | null
  readonly kind: LiabilityMovementKind
  /** How many, in the wallet's smallest unit, 0 or more: the kind has the sign. */
  readonly points: number
}

/** All points of a kind in a period. */
export interface LiabilityTotal {
  readonly period: string
  readonly funder: FunderId | null
  readonly kind: LiabilityMovementKind
  /** Above 0; a bigint where a number isn't exact. */
  readonly points: ExactInteger
}

/** Movements, added up: by period, then by funder (the program itself first), then by kind. */
export interface LiabilitySummary {
  readonly totals: ReadonlyArray<LiabilityTotal>
}

/** The JSON of a summary: totals are texts, since they may be larger than what a number holds. */
export interface LiabilitySummaryJson {
  readonly totals: ReadonlyArray<{
    readonly period: string
    readonly funder: string | null
    readonly kind: string
    readonly points: string
  }>
}

/** How two texts, or no text, are ordered: by UTF-16 code units, none first. */
export const compareKeys = (a: string | null, b: string | null): number => {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  return a < b ? -1 : 1
}

type TotalKey = Pick<LiabilityTotal, 'period' | 'funder' | 'kind'>

const compareTotals = (a: TotalKey, b: TotalKey): number =>
  compareKeys(a.period, b.period) || compareKeys(a.funder, b.funder) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind)

const digits = /^[1-9][0-9]{0,39}$/
const expectedTotal = 'points as a text of 1 to 40 digits, above 0'

const exactOf = (text: string): ExactInteger => {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

const isTotal = (value: unknown): boolean =>
  typeof value === 'bigint'
    ? value > BigInt(Number.MAX_SAFE_INTEGER)
    : typeof value === 'number' && Number.isSafeInteger(value) && value > 0

const TotalPoints: Codec<ExactInteger, string> = /* @__PURE__ */ textCodec<ExactInteger>('TotalPoints', {
  expected: expectedTotal,
  parse: (text) => (digits.test(text) ? E.right(exactOf(text)) : E.left(invalidValue([], text, expectedTotal))),
  format: String,
  holds: isTotal,
  schema: { pattern: digits.source },
})

const Period: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Period',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

const orderFaults = ({ totals }: LiabilitySummary): ReadonlyArray<InvalidValue> =>
  totals.flatMap((total, index) => {
    const before = totals[index - 1]
    return before === undefined || compareTotals(before, total) < 0
      ? []
      : [invalidValue(['totals', index], total.kind, 'one total for each period, funder and kind, in that order')]
  })

/**
 * Reads a {@link LiabilitySummary}.
 *
 * @example
 * ```ts
 * import { decode, LiabilitySummary } from 'treue'
 *
 * const total = { period: '2026-01', funder: null, kind: 'accrued', points: '1200' }
 * decode(LiabilitySummary, { totals: [total] })._tag // => 'Right'
 * decode(LiabilitySummary, { totals: [total, total] })._tag // => 'Left'
 * ```
 */
export const LiabilitySummary: Codec<LiabilitySummary, LiabilitySummaryJson> = /* @__PURE__ */ constrainCodec<
  LiabilitySummary,
  LiabilitySummaryJson
>(
  /* @__PURE__ */ structCodec('LiabilitySummary', {
    totals: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('LiabilityTotal', {
        period: Period,
        funder: /* @__PURE__ */ nullableCodec(FunderId),
        kind: LiabilityMovementKind,
        points: TotalPoints,
      }),
    ),
  }),
  orderFaults,
)

const noteMovement = (
  { period, funder, kind, points }: LiabilityMovement,
  index: number,
  faults: Array<InvalidValue>,
): void => {
  if (period === '') faults.push(invalidValue([index, 'period'], period, 'the key of a period'))
  if (funder === '') faults.push(invalidValue([index, 'funder'], funder, 'the id of a funder, or null'))
  if (!kinds.includes(kind)) faults.push(invalidValue([index, 'kind'], kind, 'the kind of a movement'))
  faults.push(...pointsFaults([index, 'points'], points))
}

type Totals = Map<string, Map<FunderId | null, Map<LiabilityMovementKind, ExactInteger>>>

const addTo = (tally: Totals, { period, funder, kind, points }: LiabilityTotal): void => {
  const funders = tally.get(period) ?? new Map<FunderId | null, Map<LiabilityMovementKind, ExactInteger>>()
  const ofFunder = funders.get(funder) ?? new Map<LiabilityMovementKind, ExactInteger>()
  ofFunder.set(kind, exactSum(ofFunder.get(kind) ?? 0, points))
  funders.set(funder, ofFunder)
  tally.set(period, funders)
}

const totalsOf = (sums: Readonly<Totals>): ReadonlyArray<LiabilityTotal> => {
  const totals: Array<LiabilityTotal> = []
  sums.forEach((funders, period) => {
    funders.forEach((ofFunder, funder) => {
      ofFunder.forEach((points, kind) => {
        if (points !== 0) totals.push({ period, funder, kind, points })
      })
    })
  })
  return totals.sort(compareTotals)
}

/** What is of one period, funder and kind, as one total; without points it is none. */
const addUp = (...lists: ReadonlyArray<ReadonlyArray<LiabilityTotal>>): LiabilitySummary => {
  const sums: Totals = new Map()
  for (const list of lists) for (const total of list) addTo(sums, total)
  return { totals: totalsOf(sums) }
}

/**
 * Adds up movements by period, funder and kind.
 *
 * @param movements in any order
 * @returns `InvalidValue` for every empty period or funder, unknown kind, and for points that are none, at the movement's
 * index.
 * @example
 * ```ts
 * import { summariseLiability, unwrap } from 'treue'
 *
 * const move = (kind: 'accrued' | 'redeemed', points: number) => ({ period: '2026-01', funder: null, kind, points })
 * unwrap(summariseLiability([move('redeemed', 30), move('accrued', 100), move('redeemed', 20)])).totals
 * // => [
 * //   { period: '2026-01', funder: null, kind: 'accrued', points: 100 },
 * //   { period: '2026-01', funder: null, kind: 'redeemed', points: 50 },
 * // ]
 * ```
 */
export const summariseLiability = (
  movements: ReadonlyArray<LiabilityMovement>,
): E.Either<ReadonlyNonEmptyArray<InvalidValue>, LiabilitySummary> => {
  const faults: Array<InvalidValue> = []
  movements.forEach((movement, index) => {
    noteMovement(movement, index, faults)
  })
  const [fault, ...more] = faults
  return fault === undefined ? E.right(addUp(movements)) : E.left([fault, ...more])
}

/**
 * Merges summaries of disjoint sets of movements: of other members, or of other times.
 *
 * @example
 * ```ts
 * import { liabilityMonoid, summariseLiability, unwrap } from 'treue'
 *
 * const shop = unwrap(summariseLiability([{ period: '2026-01', funder: null, kind: 'accrued', points: 100 }]))
 * liabilityMonoid.concat(shop, shop).totals[0]?.points // => 200
 * ```
 */
export const liabilityMonoid: Monoid<LiabilitySummary> = {
  empty: { totals: [] },
  concat: (first, second) => addUp(first.totals, second.totals),
}
