// The facts of one field, cut into cells that the requirements on it cannot tell apart.
import type { LiteralRequirement } from './normal-form.ts'

/** Where the integers must be cut: each cut is the first integer of a cell. */
export const cutsOf = (requirements: ReadonlyArray<LiteralRequirement>): ReadonlyArray<number> => {
  const bounds = requirements.flatMap((requirement) =>
    requirement.kind === 'range' ? [Math.ceil(requirement.least), Math.floor(requirement.most) + 1] : [],
  )
  const cuts = bounds.filter((bound) => bound > Number.MIN_SAFE_INTEGER && bound <= Number.MAX_SAFE_INTEGER)
  return [...new Set(cuts)].sort((a, b) => a - b)
}

/** One integer of each cell, in rising order. */
export const integersByCell = (cuts: ReadonlyArray<number>): ReadonlyArray<number> =>
  cuts.length === 0 ? [0] : [(cuts[0] ?? 0) - 1, ...cuts]

/** Every text that a requirement names, once, in order of appearance. */
export const textsNamed = (requirements: ReadonlyArray<LiteralRequirement>): ReadonlySet<string> =>
  new Set(requirements.flatMap((r) => (r.kind === 'text' || r.kind === 'hasAny' ? [...r.values] : [])))

/** A text that isn't among the given ones. */
export const otherText = (texts: ReadonlySet<string>): string => {
  let other = 'other'
  for (let n = 2; texts.has(other); n += 1) other = `other ${n}`
  return other
}
