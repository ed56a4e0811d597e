// Ids that stand twice in a list.

import { type InvalidValue, invalidValue, type Path } from '../foundation/index.ts'

/** A fault for each id of a list that stood before, under the list's path. */
export const repeatedIds = (path: Path, list: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return list.flatMap(({ id }, index) => {
    const repeated = seen.has(id)
    seen.add(id)
    return repeated ? [invalidValue([...path, index, 'id'], id, 'an id that stands once')] : []
  })
}
