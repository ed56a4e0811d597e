// What grows without end has no value either.

import type { Fault, Path } from '../foundation/index.ts'

/** A figure that is larger than every number: growth without losses, or a lifetime without an end. */
export interface UnboundedValue extends Fault<'UnboundedValue'> {}

/** The fault that a figure grows without end. */
export const unboundedValue = (path: Path, expected: string): UnboundedValue => ({
  _tag: 'UnboundedValue',
  path,
  expected,
})
