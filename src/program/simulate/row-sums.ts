/** Lists of rows that add up over parts of a population: rows of the same thing become one, with the sums of their counts. */
import type { Monoid } from 'fp-ts/Monoid'
import {
  type AnyCodec,
  arrayCodec,
  type Codec,
  type ExactInteger,
  ExactIntegerText,
  exactSum,
  integerCodec,
  naturalCodec,
  structCodec,
} from '../../foundation/index.ts'

/** How numbers of a column are read and added. */
interface CountKind<A extends ExactInteger> {
  readonly codec: Codec<A, unknown>
  readonly sum: (a: A, b: A) => A
}

const plus = (a: number, b: number): number => a + b

/** Amounts of any size. */
export const exactCount: CountKind<ExactInteger> = { codec: ExactIntegerText, sum: exactSum }

/** How many there are. */
export const naturalCount: CountKind<number> = {
  codec: naturalCodec,
  sum: plus,
}

/** How many came, less those that went. */
export const netCount: CountKind<number> = {
  codec: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  sum: plus,
}

interface AnyCount {
  readonly codec: AnyCodec
  readonly sum: (a: never, b: never) => ExactInteger
}

/** Rows of one list: what they are of, and what is counted. */
export interface RowKind<Row> {
  readonly keys: ReadonlyArray<keyof Row & string>
  readonly counts: ReadonlyArray<readonly [name: keyof Row & string, sum: AnyCount['sum']]>
  readonly codec: Codec<Row, unknown>
}

/** The kind of rows of each list. */
export type RowKinds<Lists> = { readonly [Name in keyof Lists]: RowKind<RowOf<Lists[Name]>> }

type RowOf<List> = List extends ReadonlyArray<infer Row> ? Row : never

/** Rows that are told apart by their keys, and whose counts add up. */
export const rowKind = <Row extends object, Count extends keyof Row>(
  name: string,
  keys: { readonly [Key in Exclude<keyof Row, Count>]: Codec<Row[Key], unknown> },
  counts: { readonly [Key in Count]: Row[Key] extends ExactInteger ? CountKind<Row[Key]> : never },
): RowKind<Row> => {
  type Name = keyof Row & string
  const counted = Object.entries(counts as { readonly [name: string]: AnyCount })
  const codecs = counted.map(([key, { codec }]) => [key, codec] as const)
  return {
    keys: Object.keys(keys) as ReadonlyArray<string> as ReadonlyArray<Name>,
    counts: counted.map(([key, { sum }]) => [key as Name, sum]),
    codec: structCodec(name, { ...keys, ...Object.fromEntries(codecs) }) as unknown as Codec<Row, unknown>,
  }
}

/** Lists that grow. */
export interface RowSums<Lists> {
  readonly add: <Name extends keyof Lists>(list: Name, row: RowOf<Lists[Name]>) => void
  /** Each list in the order of its keys by UTF-16 code units; rows that came to nothing are left out. */
  readonly lists: () => Lists
}

type Part = string | number | null | object
type AnyRow = { readonly [key: string]: Part | ExactInteger }

const comesFirst = (a: Part, b: Part): boolean =>
  a === null || (b !== null && (typeof a === 'object' ? JSON.stringify(a) < JSON.stringify(b) : a < b))

/** Rows of different keys in the order of the first that differs. */
const byKeys =
  (keys: ReadonlyArray<string>) =>
  (a: AnyRow, b: AnyRow): number => {
    const key = keys.find((one) => JSON.stringify(a[one]) !== JSON.stringify(b[one])) as string
    return comesFirst(a[key] as Part, b[key] as Part) ? -1 : 1
  }

/** A row of which the counts grow in their places. */
interface GrowingRow {
  readonly row: AnyRow
  readonly counts: Array<ExactInteger>
}

interface GrowingList {
  readonly add: (row: AnyRow) => void
  readonly rows: () => ReadonlyArray<AnyRow>
}

const startList = ({ keys, counts: sums }: RowKind<AnyRow>): GrowingList => {
  const growing = new Map<string, GrowingRow>()
  return {
    add: (row) => {
      const key = JSON.stringify(keys.map((name) => row[name]))
      const known = growing.get(key)
      if (known === undefined) growing.set(key, { row, counts: sums.map(([name]) => row[name] as ExactInteger) })
      else
        for (const [at, [name, sum]] of sums.entries())
          known.counts[at] = sum(known.counts[at] as never, row[name] as never)
    },
    rows: () =>
      [...growing.values()]
        .filter(({ counts }) => counts.some((count) => count !== 0))
        .map(({ row, counts }) => ({
          ...row,
          ...Object.fromEntries(sums.map(([name], at) => [name, counts[at] as ExactInteger])),
        }))
        .sort(byKeys(keys)),
  }
}

const namesOf = <Lists>(kinds: RowKinds<Lists>): ReadonlyArray<keyof Lists & string> =>
  Object.keys(kinds) as ReadonlyArray<string> as ReadonlyArray<keyof Lists & string>

/** Empty lists, to be filled. */
export const startSums = <Lists>(kinds: RowKinds<Lists>): RowSums<Lists> => {
  const sums = new Map(
    namesOf(kinds).map((name) => [name as keyof Lists, startList(kinds[name] as unknown as RowKind<AnyRow>)]),
  )
  return {
    add: (list, row) => {
      ;(sums.get(list) as GrowingList).add(row as AnyRow)
    },
    lists: () => Object.fromEntries([...sums].map(([name, list]) => [name, list.rows()])) as Lists,
  }
}

const addLists = <Lists>(sums: RowSums<Lists>, kinds: RowKinds<Lists>, lists: Lists): void => {
  for (const name of namesOf(kinds)) {
    for (const row of lists[name] as ReadonlyArray<RowOf<Lists[typeof name]>>) sums.add(name, row)
  }
}

/** Lists of parts of a population merge to those of the whole. */
export const sumsMonoid = <Lists>(kinds: RowKinds<Lists>): Monoid<Lists> => ({
  empty: startSums(kinds).lists(),
  concat: (first, second) => {
    const sums = startSums(kinds)
    addLists(sums, kinds, first)
    addLists(sums, kinds, second)
    return sums.lists()
  },
})

/** The codecs of the lists. */
export const listCodecs = <Lists>(
  kinds: RowKinds<Lists>,
): { readonly [Name in keyof Lists]: Codec<Lists[Name], unknown> } =>
  Object.fromEntries(namesOf(kinds).map((name) => [name, arrayCodec(kinds[name].codec)])) as never
