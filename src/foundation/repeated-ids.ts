// Ids that come again in a list where each may stand once.

import { type InvalidValue, invalidValue, type Path } from './fault.ts'

/**
 * A fault for each id of a list that came before, at its path.
 *
 * @param ids - the ids, in their order
 * @param pathOf - the path of the id at an index
 * @param expected - what would have been right
 *
 * @example
 * ```ts
 * import { repeatedIds } from 'treue'
 *
 * repeatedIds(['tea', 'milk', 'tea'], (index) => ['items', index, 'id']).map(({ path }) => path) // => [['items', 2, 'id']]
 * ```
 */
export const repeatedIds = (
  ids: ReadonlyArray<string>,
  pathOf: (index: number) => Path,
  expected: string = 'an id that comes only once',
): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [invalidValue(pathOf(index), id, expected)] : []
  })
}
