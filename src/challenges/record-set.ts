/**
 * Sets of records of what happened, each with an id, kept in one order that does not depend on how they came in. All that
 * rooms count is a function of such a set: so late records, repetitions and batches cannot make a difference.
 */
import * as E from 'fp-ts/Either'
import { type Fault, type InvalidValue, invalidValue, sortedPlace, splicedList } from '../foundation/index.ts'

/** A record: flat, so that two of them are compared value by value. */
export interface SetRecord {
  readonly id: string
}

/** A record came in again under its id, with other content (S36). */
export interface RecordConflict extends Fault<'RecordConflict'> {
  /** The id that was used before. */
  readonly id: string
}

/** Where a record stands among others: by this number, then by its id. */
export type OrderOf<R> = (record: R) => number

const isSame = (a: SetRecord, b: SetRecord): boolean => {
  const left = Object.entries(a)
  const right = new Map<string, unknown>(Object.entries(b))
  return left.length === right.size && left.every(([key, value]) => right.has(key) && right.get(key) === value)
}

/** Texts by their UTF-16 code units: the same on every machine. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const compareBy =
  <R extends SetRecord>(orderOf: OrderOf<R>) =>
  (a: R, b: R): number =>
    orderOf(a) - orderOf(b) || compareTexts(a.id, b.id)

/** Two lists in order as one. */
const merged = <R>(a: ReadonlyArray<R>, b: ReadonlyArray<R>, compare: (a: R, b: R) => number): ReadonlyArray<R> => {
  const all: Array<R> = []
  let next = 0
  for (const record of a) {
    for (let other = b[next]; other !== undefined && compare(other, record) < 0; other = b[next]) {
      all.push(other)
      next += 1
    }
    all.push(record)
  }
  for (const other of b.slice(next)) all.push(other)
  return all
}

/** So few records are looked for one by one: that is faster than to note all that are kept. */
const few = 4

const withId = <R extends SetRecord>(kept: ReadonlyArray<R>, id: string): R | undefined => {
  for (const record of kept) if (record.id === id) return record
  return undefined
}

/** Where known records are found by their ids, those that come in one after the other included. */
const knownRecords = <R extends SetRecord>(
  kept: ReadonlyArray<R>,
  incoming: ReadonlyArray<R>,
): { readonly get: (id: string) => R | undefined; readonly add: (record: R) => void } => {
  if (incoming.length > few) {
    const known = new Map(kept.map((record) => [record.id, record] as const))
    return { get: (id) => known.get(id), add: (record) => known.set(record.id, record) }
  }
  const fresh: Array<R> = []
  return { get: (id) => withId(fresh, id) ?? withId(kept, id), add: (record) => fresh.push(record) }
}

/** A set of records, and which of them are new. */
export interface RecordSet<R> {
  readonly all: ReadonlyArray<R>
  /** In order. */
  readonly fresh: ReadonlyArray<R>
}

const joined = <R extends SetRecord>(
  kept: ReadonlyArray<R>,
  fresh: ReadonlyArray<R>,
  compare: (a: R, b: R) => number,
): ReadonlyArray<R> =>
  fresh.length > few
    ? merged(kept, fresh, compare)
    : fresh.reduce((all, record) => {
        const place = sortedPlace(all, (other) => compare(other, record) < 0)
        return splicedList(all, place, 0, [record])
      }, kept)

/**
 * A set of records with further ones, and which of them are new. One that is in it already changes nothing; the same id
 * with other content is a conflict, and every conflict is reported.
 *
 * @param kept - the set, in order
 * @param incoming - further records, in any order
 * @param orderOf - where a record stands among others
 * @param key - the name of the list of incoming records, for the paths of faults
 */
export const withFreshRecords = <R extends SetRecord>(
  kept: ReadonlyArray<R>,
  incoming: ReadonlyArray<R>,
  orderOf: OrderOf<R>,
  key: string,
): E.Either<ReadonlyArray<RecordConflict>, RecordSet<R>> => {
  const known = knownRecords(kept, incoming)
  const fresh: Array<R> = []
  const faults: Array<RecordConflict> = []
  incoming.forEach((record, index) => {
    const before = known.get(record.id)
    if (before === undefined) {
      known.add(record)
      fresh.push(record)
    } else if (!isSame(before, record)) {
      const expected = 'an id that was not used before, or the content it was used for'
      faults.push({ _tag: 'RecordConflict', path: [key, index], expected, id: record.id })
    }
  })
  if (faults.length > 0) return E.left(faults)
  if (fresh.length === 0) return E.right({ all: kept, fresh })
  const compare = compareBy(orderOf)
  fresh.sort(compare)
  return E.right({ all: joined(kept, fresh, compare), fresh })
}

/** {@link withFreshRecords}, for whom it does not matter which are new. */
export const withRecords = <R extends SetRecord>(
  kept: ReadonlyArray<R>,
  incoming: ReadonlyArray<R>,
  orderOf: OrderOf<R>,
  key: string,
): E.Either<ReadonlyArray<RecordConflict>, ReadonlyArray<R>> => {
  const result = withFreshRecords(kept, incoming, orderOf, key)
  return E.isLeft(result) ? result : E.right(result.right.all)
}

/** What is out of order in a list that should be a set of records. */
export const orderFaults = <R extends SetRecord>(
  records: ReadonlyArray<R>,
  orderOf: OrderOf<R>,
  key: string,
): ReadonlyArray<InvalidValue> => {
  const compare = compareBy(orderOf)
  const ids = new Set<string>()
  return records.flatMap((record, index) => {
    const before = records[index - 1]
    const isNext = before === undefined || compare(before, record) < 0
    const isNew = !ids.has(record.id)
    ids.add(record.id)
    const expected = 'a record with an id of its own, in order of time and then of id'
    return isNext && isNew ? [] : [invalidValue([key, index], record.id, expected)]
  })
}
