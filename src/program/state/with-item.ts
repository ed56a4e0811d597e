/** Lists in which each thing stands once. */

/** A list with an item in the place of the one it replaces, or at the end. */
export const withItem = <A>(items: ReadonlyArray<A>, item: A, replaces: (there: A) => boolean): ReadonlyArray<A> => {
  const place = items.findIndex(replaces)
  const copy = items.slice()
  copy[place < 0 ? copy.length : place] = item
  return copy
}
