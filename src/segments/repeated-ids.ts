// Ids that stand twice in a list of this room's definitions.

import { type InvalidValue, type Path, repeatedIds } from '../foundation/index.ts'

/** A fault for each id of a list that stood before, under the list's path. */
export const repeatedIdsOf = (path: Path, list: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<InvalidValue> =>
  repeatedIds(
    list.map(({ id }) => id),
    (index) => [...path, index, 'id'],
    'an id that stands once',
  )
