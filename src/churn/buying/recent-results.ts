/* eslint-disable no-param-reassign -- fills the table that it made itself */
// Results of a function, remembered while there is room: shop customers share their figures with many others.

type OfThree = (first: number, second: number, third: number) => number

const mostPlaces = 2 ** 17

interface RecentTally {
  readonly keys: Float64Array
  readonly results: Float64Array
  readonly number: Float64Array
  readonly words: Int32Array
}

const newRecent = (places: number): RecentTally => {
  const number = new Float64Array(3)
  return {
    keys: new Float64Array(3 * places).fill(Number.NaN),
    results: new Float64Array(places),
    number,
    words: new Int32Array(number.buffer),
  }
}

const placeOf = ({ number, words }: RecentTally, first: number, second: number, third: number): number => {
  number[0] = first
  number[1] = second
  number[2] = third
  let hash = 0
  for (let word = 0; word < 6; word += 1) {
    const product = Math.imul(hash ^ (words[word] as number), 0x9e3779b1)
    hash = product ^ (product >>> 15)
  }
  return hash >>> 0
}

/** The same function, which remembers at most one result for each place of a table; of about `calls` calls. */
export const rememberingRecent = (f: OfThree, calls: number): OfThree => {
  const places = Math.min(mostPlaces, 2 ** Math.ceil(Math.log2(calls + 1)))
  const recent = newRecent(places)
  const { keys, results } = recent
  return (first, second, third) => {
    const place = placeOf(recent, first, second, third) & (places - 1)
    const key = 3 * place
    if (keys[key] === first && keys[key + 1] === second && keys[key + 2] === third) return results[place] as number
    const result = f(first, second, third)
    keys[key] = first
    keys[key + 1] = second
    keys[key + 2] = third
    results[place] = result
    return result
  }
}
