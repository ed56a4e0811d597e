/** Lists in which each thing stands once. */
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'

/** A list with an item in the place of the one it replaces, or at the end. */
export const withItem = <A>(items: ReadonlyArray<A>, item: A, replaces: (there: A) => boolean): ReadonlyArray<A> => {
  const place = items.findIndex(replaces)
  const copy = items.slice()
  copy[place < 0 ? copy.length : place] = item
  return copy
}

/** Ids that come again, each at its path. */
export const repeatedIds = (
  ids: ReadonlyArray<string>,
  pathOf: (index: number) => InvalidValue['path'],
): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [invalidValue(pathOf(index), id, 'an id that comes only once')] : []
  })
}
