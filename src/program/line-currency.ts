/** Amounts of a purchase are in the currency of the program. */
import type { Payment } from '../earning/index.ts'
import type { CurrencyMismatch, Money } from '../foundation/index.ts'
import type { Draft } from './draft.ts'

const currencyFaults = (
  { program }: Draft,
  { currency: left }: Money,
  path: CurrencyMismatch['path'],
): ReadonlyArray<CurrencyMismatch> => {
  const { currency: right } = program.program
  if (left === right) return []
  return [{ _tag: 'CurrencyMismatch', path, expected: `${right}, the program's currency`, left, right }]
}

/** The fault of a line whose amount is in another currency than the program's, or none. */
export const lineCurrencyFaults = (draft: Draft, amount: Money, index: number): ReadonlyArray<CurrencyMismatch> =>
  currencyFaults(draft, amount, ['lines', index, 'amount', 'currency'])

/** The faults of payments in another currency than the program's. */
export const paymentFaults = (draft: Draft, payments: ReadonlyArray<Payment>): ReadonlyArray<CurrencyMismatch> =>
  payments.flatMap(({ amount }, index) => currencyFaults(draft, amount, ['payments', index, 'amount', 'currency']))
