/** Counts by keys of several parts, which add up over parts of a population. */
import { type ExactInteger, exactSum } from '../../foundation/index.ts'

/** A count and what it is of. */
export interface TallyRow<Key extends ReadonlyArray<string>> {
  readonly key: Key
  readonly count: ExactInteger
}

/** Counts that grow. */
export interface Tally<Key extends ReadonlyArray<string>> {
  readonly add: (key: Key, count: ExactInteger) => void
  /** One row for each key, in the order of keys by UTF-16 code units; what comes to nothing is left out. */
  readonly rows: () => ReadonlyArray<TallyRow<Key>>
}

const byKey = ({ key: a }: TallyRow<ReadonlyArray<string>>, { key: b }: TallyRow<ReadonlyArray<string>>): number => {
  for (const [at, part] of a.entries()) {
    const other = b[at] ?? ''
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}

export const startTally = <Key extends ReadonlyArray<string>>(): Tally<Key> => {
  const sums = new Map<string, TallyRow<Key>>()
  return {
    add: (key, count) => {
      const name = JSON.stringify(key)
      sums.set(name, { key, count: exactSum(sums.get(name)?.count ?? 0, count) })
    },
    rows: () => [...sums.values()].filter(({ count }) => count !== 0).sort(byKey),
  }
}
