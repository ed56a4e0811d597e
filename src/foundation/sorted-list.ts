// Lists kept in order, so that one of many items is found, put in or replaced without looking at all of them.

/**
 * The place of the first item of a list in order that does not come before what is looked for; the length of the list
 * where all do.
 *
 * @param list - in order
 * @param isBefore - whether an item comes before what is looked for: true for a first part of the list only
 *
 * @example
 * ```ts
 * import { sortedPlace } from 'treue'
 *
 * sortedPlace([10, 20, 30], (n) => n < 20) // => 1
 * ```
 */
export const sortedPlace = <T>(list: ReadonlyArray<T>, isBefore: (item: T) => boolean): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(list[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A list with other items at a place: what `splice` does, without changing the list.
 *
 * @param list - the list
 * @param place - where
 * @param leftOut - how many items from there on are left out
 * @param items - what stands there instead
 *
 * @example
 * ```ts
 * import { splicedList } from 'treue'
 *
 * splicedList(['a', 'b', 'c'], 1, 1, ['x', 'y']) // => ['a', 'x', 'y', 'c']
 * ```
 */
export const splicedList = <T>(
  list: ReadonlyArray<T>,
  place: number,
  leftOut: number,
  items: ReadonlyArray<T>,
): ReadonlyArray<T> => {
  if (items.length > 1) return list.slice(0, place).concat(items, list.slice(place + leftOut))
  const copy = list.slice()
  copy.splice(place, leftOut, ...items)
  return copy
}

/**
 * Whether each item of a list comes before the next.
 *
 * @param list - the list
 * @param isBefore - whether the first of two items comes before the second
 *
 * @example
 * ```ts
 * import { isSortedList } from 'treue'
 *
 * isSortedList([1, 2, 2], (a, b) => a < b) // => false
 * ```
 */
export const isSortedList = <T>(list: ReadonlyArray<T>, isBefore: (a: T, b: T) => boolean): boolean =>
  list.every((item, index) => index === 0 || isBefore(list[index - 1] as T, item))
