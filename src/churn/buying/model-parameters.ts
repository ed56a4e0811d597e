// Parameters of a model as they are given: each by its name, within what formulas can reckon with.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'

/** Whether a value can be a parameter. */
export const isParameter = (value: unknown): value is number =>
  typeof value === 'number' && value > 1e-12 && value < 1e12

/** What is wrong with parameters. */
export const parameterFaults = <Name extends string>(
  names: ReadonlyArray<Name>,
  parameters: { readonly [name in Name]: number },
): ReadonlyArray<InvalidValue> =>
  names
    .filter((name) => !isParameter(parameters[name]))
    .map((name) => invalidValue(['parameters', name], parameters[name], 'a number between 1e-12 and 1e12'))

/** The value, unless something is wrong with what it is made of. */
export const guarded = <A>(
  faults: ReadonlyArray<InvalidValue>,
  value: () => A,
): Either<ReadonlyNonEmptyArray<InvalidValue>, A> => {
  const [first, ...rest] = faults
  return first === undefined ? { _tag: 'Right', right: value() } : { _tag: 'Left', left: [first, ...rest] }
}
