/** Entries to a draw, withdrawals, and the tickets that come of them. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  type Fault,
  Instant,
  type InvalidValue,
  invalidValue,
  MemberId,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { DrawId } from './challenge-id.ts'
import type { Draw } from './draw.ts'
import { compareTexts, orderFaults, type RecordConflict, withRecords } from './record-set.ts'

/** That a member enters a draw. */
export interface DrawEntry {
  readonly id: ActivityId
  readonly member: MemberId
  readonly at: Instant
  /** The id of the method. */
  readonly method: string
}

/** That an entry is taken back, because what it was for is returned; it may come in before the entry. */
export interface DrawWithdrawal {
  readonly id: ActivityId
  /** The entry. */
  readonly of: ActivityId
  readonly at: Instant
}

/** All entries to a draw: sets of records, so that the order in which they come in makes no difference. */
export interface DrawEntries {
  readonly draw: DrawId
  readonly entries: ReadonlyArray<DrawEntry>
  readonly withdrawals: ReadonlyArray<DrawWithdrawal>
}

/** The entry was not made while the draw was open. */
export interface DrawNotOpen extends Fault<'DrawNotOpen'> {
  readonly id: ActivityId
  readonly at: Instant
}

/** Why entries cannot be taken in. */
export type DrawEntryFault = RecordConflict | DrawNotOpen | InvalidValue

const timeOf = ({ at }: { readonly at: Instant }): number => at

/** The most records of a kind that are read. */
const bounds = { maxLength: 10_000_000 }

/** Reads {@link DrawEntries}, whose records are in order. */
export const DrawEntries: Codec<DrawEntries, unknown> = /* @__PURE__ */ constrainCodec<DrawEntries, unknown>(
  /* @__PURE__ */ structCodec('DrawEntries', {
    draw: DrawId,
    entries: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('DrawEntry', { id: ActivityId, member: MemberId, at: Instant, method: stringCodec }),
      bounds,
    ),
    withdrawals: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('DrawWithdrawal', { id: ActivityId, of: ActivityId, at: Instant }),
      bounds,
    ),
  }),
  ({ entries, withdrawals }) => [
    ...orderFaults(entries, timeOf, 'entries'),
    ...orderFaults(withdrawals, timeOf, 'withdrawals'),
  ],
)

/**
 * A draw that nobody has entered yet.
 *
 * @param draw - the draw
 *
 * @example
 * ```ts
 * import { type Draw, noEntries } from 'treue'
 *
 * noEntries({ id: 'summer' } as unknown as Draw).entries // => []
 * ```
 */
export const noEntries = ({ id }: Pick<Draw, 'id'>): DrawEntries => ({ draw: id, entries: [], withdrawals: [] })

const entryFaults = (draw: Draw, entries: ReadonlyArray<DrawEntry>): ReadonlyArray<DrawNotOpen | InvalidValue> => {
  const methods = new Set(draw.methods.map(({ id }) => id))
  return entries.flatMap(({ id, at, method }, index) => [
    ...(draw.opens <= at && at < draw.closes
      ? []
      : [
          {
            _tag: 'DrawNotOpen' as const,
            path: ['entries', index, 'at'],
            expected: 'an instant at which the draw is open',
            id,
            at,
          },
        ]),
    ...(methods.has(method)
      ? []
      : [invalidValue(['entries', index, 'method'], method, 'the id of a method of the draw')]),
  ])
}

/**
 * The entries to a draw with further ones. One that is there already changes nothing.
 *
 * `RecordConflict`: the id was used before with other content. `DrawNotOpen`: the entry is dated before the draw opens or
 * after it closes. `InvalidValue`: the draw has no such method. All of them are reported, and nothing is taken in.
 *
 * @param draw - the draw
 * @param known - the entries before
 * @param entries - in any order, late ones too as long as they are dated in the entry period
 *
 * @example
 * ```ts
 * import { type Draw, type DrawEntry, enterDraw, noEntries } from 'treue'
 *
 * const methods = [{ id: 'order', tickets: 1, isPurchase: true }]
 * const draw = { id: 'summer', opens: 0, closes: 1000, methods } as unknown as Draw
 * const entry = { id: 'order-1', member: 'anna', at: 10, method: 'order' } as unknown as DrawEntry
 * enterDraw(draw, noEntries(draw), [entry])._tag // => 'Right'
 * enterDraw(draw, noEntries(draw), [{ ...entry, method: 'fax' }])._tag // => 'Left'
 * ```
 */
export const enterDraw = (
  draw: Draw,
  known: DrawEntries,
  entries: ReadonlyArray<DrawEntry>,
): E.Either<ReadonlyArray<DrawEntryFault>, DrawEntries> => {
  const faults = entryFaults(draw, entries)
  const all = withRecords(known.entries, entries, timeOf, 'entries')
  if (E.isLeft(all)) return E.left([...faults, ...all.left])
  if (faults.length > 0) return E.left(faults)
  return E.right({ draw: known.draw, entries: all.right, withdrawals: known.withdrawals })
}

/**
 * The entries to a draw after some were taken back. One that is dated from the draw on is noted and removes no ticket
 * (S61).
 *
 * `RecordConflict`: the id was used before with other content.
 *
 * @param known - the entries before
 * @param withdrawals - in any order
 *
 * @example
 * ```ts
 * import { type Draw, type DrawWithdrawal, noEntries, withdrawEntries } from 'treue'
 *
 * const withdrawal = { id: 'return-1', of: 'order-1', at: 20 } as unknown as DrawWithdrawal
 * withdrawEntries(noEntries({ id: 'summer' } as unknown as Draw), [withdrawal])._tag // => 'Right'
 * ```
 */
export const withdrawEntries = (
  known: DrawEntries,
  withdrawals: ReadonlyArray<DrawWithdrawal>,
): E.Either<ReadonlyArray<RecordConflict>, DrawEntries> => {
  const all = withRecords(known.withdrawals, withdrawals, timeOf, 'withdrawals')
  return E.isLeft(all) ? all : E.right({ draw: known.draw, entries: known.entries, withdrawals: all.right })
}

/** The tickets of a member. */
export interface MemberTickets {
  readonly member: MemberId
  /** How many count, at least 1. */
  readonly tickets: number
  /** How many there would be without the limit. */
  readonly uncapped: number
}

/** The tickets that count at a draw. */
export interface DrawTickets {
  readonly draw: DrawId
  /** In order of the members' ids, by UTF-16 code units. */
  readonly members: ReadonlyArray<MemberTickets>
  /** How many tickets there are in all. */
  readonly total: number
  /** Who entered and is excluded, in the same order. */
  readonly excluded: ReadonlyArray<MemberId>
}

const uncappedTickets = (draw: Draw, { entries, withdrawals }: DrawEntries): ReadonlyMap<MemberId, number> => {
  const weights = new Map(draw.methods.map(({ id, tickets }) => [id, tickets] as const))
  const gone = new Set<string>(withdrawals.filter(({ at }) => at < draw.drawsAt).map(({ of }) => of))
  const sums = new Map<MemberId, number>()
  for (const { id, member, at, method } of entries) {
    const isIn = draw.opens <= at && at < draw.closes && !gone.has(id)
    const tickets = isIn ? (weights.get(method) ?? 0) : 0
    if (tickets > 0) sums.set(member, (sums.get(member) ?? 0) + tickets)
  }
  return sums
}

/**
 * The tickets that count at a draw: of each member those of the entries that were not taken back before the draw, up to
 * the limit; entries without purchase count like any other (S61). Whether a member is excluded depends on the list of the
 * excluded only.
 *
 * @param draw - the draw
 * @param entries - all entries
 * @param excluded - who must not win: employees, members who have not agreed to the terms
 *
 * @example
 * ```ts
 * import { type Draw, type DrawEntries, drawTickets } from 'treue'
 *
 * const methods = [{ id: 'order', tickets: 1, isPurchase: true }]
 * const draw = { id: 'summer', opens: 0, closes: 1000, drawsAt: 2000, methods, mostTickets: 2 } as unknown as Draw
 * const entries = ['a', 'b', 'c'].map((id) => ({ id, member: 'anna', at: 10, method: 'order' }))
 * const known = { draw: 'summer', entries, withdrawals: [] } as unknown as DrawEntries
 * drawTickets(draw, known, []).members // => [{ member: 'anna', tickets: 2, uncapped: 3 }]
 * ```
 */
export const drawTickets = (draw: Draw, entries: DrawEntries, excluded: ReadonlyArray<MemberId>): DrawTickets => {
  const out = new Set(excluded)
  const sums = [...uncappedTickets(draw, entries)].sort(([a], [b]) => compareTexts(a, b))
  const limit = draw.mostTickets ?? Number.MAX_SAFE_INTEGER
  const members = sums
    .filter(([member]) => !out.has(member))
    .map(([member, uncapped]) => ({ member, tickets: Math.min(limit, uncapped), uncapped }))
  return {
    draw: draw.id,
    members,
    total: members.reduce((sum, { tickets }) => sum + tickets, 0),
    excluded: sums.filter(([member]) => out.has(member)).map(([member]) => member),
  }
}
