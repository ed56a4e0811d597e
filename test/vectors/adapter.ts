// What the runner knows of a metric: how to get its figures from the public functions.
import { type Fault, formatError } from 'treue'

/** How a metric's figures are had from the library. */
export interface Adapter {
  /** Figures by the names that vectors have for them; one that a vector doesn't ask for is left out. */
  readonly figures: (input: unknown) => object
  /** Names that vectors ask for and that the library has nothing for yet. */
  readonly notYet: ReadonlyArray<string>
}

/** An adapter for inputs of a known form. */
export const adapter = <I>(figures: (input: I) => object, notYet: ReadonlyArray<string> = []): Adapter => ({
  figures: (input) => figures(input as I),
  notYet,
})

/** Adapters by metric. */
export type Adapters = Readonly<Record<string, Adapter>>

const codes: ReadonlyMap<string, string> = new Map([
  ['ZeroDenominator', 'undefined:zeroDenominator'],
  ['EmptySample', 'undefined:noData'],
  ['UnboundedValue', 'undefined:infinite'],
])

type Result<A> =
  | { readonly _tag: 'Left'; readonly left: Fault | ReadonlyArray<Fault> }
  | { readonly _tag: 'Right'; readonly right: A }

const codeOf = (fault: Fault | ReadonlyArray<Fault>): string => {
  const faults: ReadonlyArray<Fault> = Array.isArray(fault) ? fault : [fault]
  return faults.map(({ _tag }) => codes.get(_tag)).find((code) => code !== undefined) ?? `Left: ${formatError(fault)}`
}

/** A figure of a result, or the vectors' code for why there is none. */
export const figure = <A, B>(result: Result<A>, pick: (value: A) => B): B | string =>
  result._tag === 'Right' ? pick(result.right) : codeOf(result.left)
