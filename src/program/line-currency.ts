/** Amounts of lines are in the currency of the program. */
import type { CurrencyMismatch, Money } from '../foundation/index.ts'
import type { Draft } from './draft.ts'

/** The fault of a line whose amount is in another currency than the program's, or none. */
export const lineCurrencyFaults = (
  { program }: Draft,
  { currency: left }: Money,
  index: number,
): ReadonlyArray<CurrencyMismatch> => {
  const { currency: right } = program.program
  if (left === right) return []
  const expected = `${right}, the program's currency`
  return [{ _tag: 'CurrencyMismatch', path: ['lines', index, 'amount', 'currency'], expected, left, right }]
}
