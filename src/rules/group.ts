/** The values of each key, both in order of appearance. */
export const group = <K, V>(entries: Iterable<readonly [key: K, value: V]>): ReadonlyMap<K, ReadonlyArray<V>> => {
  const groups = new Map<K, Array<V>>()
  for (const [key, value] of entries) {
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [value])
    else known.push(value)
  }
  return groups
}
