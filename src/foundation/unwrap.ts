// The one place of the library that throws, for callers who prefer exceptions to `Either`.
import type { Either } from 'fp-ts/Either'
import type { Fault } from './fault.ts'
import { formatError } from './format-error.ts'

/** What `unwrap` throws: the fault as data, and its sentence as the message. */
export class TreueError extends Error {
  override readonly name: string = 'TreueError'
  readonly fault: Fault | ReadonlyArray<Fault>

  constructor(fault: Fault | ReadonlyArray<Fault>) {
    super(formatError(fault))
    this.fault = fault
  }
}

/**
 * The value of a successful result; throws a `TreueError` that carries the fault otherwise.
 *
 * @param result what a function of this library returned
 * @example
 * ```ts
 * import { formatAmount, money, unwrap } from 'treue'
 *
 * formatAmount(unwrap(money('19.9', 'EUR'))) // => '19.90'
 * ```
 */
export const unwrap = <A>(result: Either<Fault | ReadonlyArray<Fault>, A>): A => {
  if (result._tag === 'Left') throw new TreueError(result.left)
  return result.right
}
