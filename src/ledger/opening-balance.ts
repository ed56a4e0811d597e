/** Balances that another system kept before. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  type Fault,
  FunderId,
  formatInstant,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  LotId,
  nullableCodec,
  type Points,
  refineCodec,
  structCodec,
} from '../foundation/index.ts'
import type { Opened } from './entry.ts'
import { isBeyondRange } from './lifetime-total.ts'
import { type Lot, LotKind } from './lot.ts'
import { pointsOf } from './lot-list.ts'
import type { Wallet } from './wallet.ts'

/** A row of a balance that comes from another system: points with the dates that they had there. */
export interface OpeningRow {
  /** The id of the lot; the other system's, or derived from it. */
  readonly lot: LotId
  /** At least 1, in the wallet's smallest unit. */
  readonly points: Points
  readonly earnedAt: Instant
  /** The first instant at which they are no longer valid; `null`: they never expire. */
  readonly expiresAt: Instant | null
  /** When they become active. Default: they were active when they were earned. */
  readonly activeFrom?: Instant
  /** Default `regular`. */
  readonly kind?: LotKind
  /** Who pays for them; `null`, the default: the program. */
  readonly funder?: FunderId | null
  /** What earned them. Default: the activity that brings them in. */
  readonly source?: ActivityId
}

const somePoints: Codec<Points, number> = /* @__PURE__ */ refineCodec<number, number, Points>(
  /* @__PURE__ */ integerCodec({ min: 1 }),
  'OpeningPoints',
  'points as an integer from 1 to 9007199254740991',
  () => true,
)

const endsBeforeItStarts = ({ earnedAt, activeFrom = earnedAt }: OpeningRow, expiresAt: Instant): boolean =>
  expiresAt < Math.max(earnedAt, activeFrom)

const row: Codec<OpeningRow, unknown> = /* @__PURE__ */ constrainCodec<OpeningRow, unknown>(
  /* @__PURE__ */ structCodec(
    'OpeningRow',
    { lot: LotId, points: somePoints, earnedAt: Instant, expiresAt: /* @__PURE__ */ nullableCodec(Instant) },
    { activeFrom: Instant, kind: LotKind, funder: /* @__PURE__ */ nullableCodec(FunderId), source: ActivityId },
  ),
  (of) =>
    of.expiresAt !== null && endsBeforeItStarts(of, of.expiresAt)
      ? [
          invalidValue(
            ['expiresAt'],
            formatInstant(of.expiresAt),
            'an instant that is not before the points are earned and active',
          ),
        ]
      : [],
)

const repeatedLots = (rows: ReadonlyArray<OpeningRow>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<LotId>()
  return rows.flatMap(({ lot }, index): ReadonlyArray<InvalidValue> => {
    const isNew = !seen.has(lot)
    seen.add(lot)
    return isNew ? [] : [invalidValue([index, 'lot'], lot, 'an id that no other row has')]
  })
}

/**
 * Reads the rows of one wallet of one member, at most 10,000. What is wrong has the number of its row in its path: points
 * that are none or negative, a lot that comes twice, points that die before they are earned or active.
 *
 * @example
 * ```ts
 * import { decode, formatError, OpeningRows } from 'treue'
 *
 * const row = { lot: 'old-1', points: 120, earnedAt: '2025-03-01T00:00:00Z', expiresAt: null }
 * decode(OpeningRows, [row])._tag // => 'Right'
 * const wrong = decode(OpeningRows, [row, { ...row, lot: 'old-2', points: -5 }])
 * wrong._tag === 'Left' ? formatError(wrong.left) : ''
 * // => 'Invalid value at [1].points: got -5, expected points as an integer from 1 to 9007199254740991.'
 * ```
 */
export const OpeningRows: Codec<ReadonlyArray<OpeningRow>, unknown> = /* @__PURE__ */ constrainCodec<
  ReadonlyArray<OpeningRow>,
  unknown
>(/* @__PURE__ */ arrayCodec(row, { maxLength: 10_000 }), repeatedLots)

/**
 * The lots that rows of another system's balance are: active where their date has come.
 *
 * @param rows - the rows, as {@link OpeningRows} reads them
 * @param at - when they come in
 * @param source - the activity that brings them in: what earned them, where a row does not say
 *
 * @example
 * ```ts
 * import { type ActivityId, decode, openingLots, OpeningRows, parseInstant, unwrap } from 'treue'
 *
 * const json = [{ lot: 'old-1', points: 120, earnedAt: '2025-03-01T00:00:00Z', expiresAt: null }]
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * openingLots(unwrap(decode(OpeningRows, json)), at, 'import-1' as ActivityId)[0]?.active // => true
 * ```
 */
export const openingLots = (rows: ReadonlyArray<OpeningRow>, at: Instant, source: ActivityId): ReadonlyArray<Lot> =>
  rows.map((of) => {
    const activeFrom = of.activeFrom ?? of.earnedAt
    return {
      id: of.lot,
      points: of.points,
      earnedAt: of.earnedAt,
      active: activeFrom <= at,
      activeFrom,
      expiresAt: of.expiresAt,
      source: of.source ?? source,
      kind: of.kind ?? 'regular',
      funder: of.funder ?? null,
      awaits: null,
    }
  })

/** A lot of an opening balance that cannot be. */
export interface InvalidOpeningLot extends Fault<'InvalidOpeningLot'> {
  readonly lot: string
}

const LARGEST = Number.MAX_SAFE_INTEGER

/** What is wrong with a lot by itself: the key, and what would be right. */
const wrongOf = (lot: Lot, at: Instant): ReadonlyArray<readonly [key: string, expected: string]> => {
  const wrong: Array<readonly [string, string]> = []
  if (lot.points === 0) wrong.push(['points', 'at least one point'])
  if (lot.earnedAt > at) wrong.push(['earnedAt', 'an instant that is not after the opening'])
  if (lot.active === lot.activeFrom > at) wrong.push(['active', 'whether the lot is active at the opening'])
  if (lot.expiresAt !== null && lot.expiresAt < lot.activeFrom) {
    wrong.push(['expiresAt', 'an instant that is not before the one from which the points are active'])
  }
  return wrong
}

const openingFaults = (wallet: Wallet, lots: ReadonlyArray<Lot>, at: Instant): ReadonlyArray<InvalidOpeningLot> => {
  const { lots: own, holds } = wallet
  const seen = new Set<string>([...own, ...holds.flatMap((hold) => hold.lots)].map(({ id }) => id))
  let total = 0
  return lots.flatMap((lot, index): ReadonlyArray<InvalidOpeningLot> => {
    const wrong = [...wrongOf(lot, at)]
    if (seen.has(lot.id)) wrong.unshift(['id', 'an id that no other lot has'])
    if (!isBeyondRange(wallet, total) && isBeyondRange(wallet, total + lot.points)) {
      wrong.push(['points', `a total of at most ${LARGEST}`])
    }
    seen.add(lot.id)
    total += lot.points
    return wrong.map(([key, expected]) => ({
      _tag: 'InvalidOpeningLot',
      path: ['lots', index, key],
      expected,
      lot: lot.id,
    }))
  })
}

/**
 * The entry by which a balance comes in as lots, with the dates that they have; all that is wrong with them is reported.
 *
 * `InvalidOpeningLot`: an id comes twice or is that of a lot of the wallet, a lot has no points, was earned after the
 * opening, is active too early or not at all, dies before it is active, or is one too many for the range of exact integers.
 *
 * @param wallet - the wallet as it is now
 * @param lots - what comes in
 * @param at - when it happens
 * @param source - the activity
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, openBalance, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * unwrap(openBalance(emptyWallet('points' as WalletId), [], at, 'import-1' as ActivityId)).points // => 0
 * ```
 */
export const openBalance = (
  wallet: Wallet,
  lots: ReadonlyArray<Lot>,
  at: Instant,
  source: ActivityId,
): E.Either<ReadonlyArray<InvalidOpeningLot>, Opened> => {
  const faults = openingFaults(wallet, lots, at)
  if (faults.length > 0) return E.left(faults)
  const points: Points = pointsOf(lots)
  return E.right({ type: 'opened', wallet: wallet.id, at, source, points, lots })
}
