// Contracts as spans of customers, grace included: what churn rates and lifetimes are had from.

import type { CivilDate } from '../../foundation/index.ts'
import type { CustomerSpan } from '../../retention/index.ts'
import type { ContractTransition } from './contract-transitions.ts'

/**
 * From when until when each was a customer, by the transitions of contracts: from a beginning or a return until the day on
 * which they had churned, so that days of grace count. `customerAccount` has every churn rate from these spans, up to the day
 * until which the contracts were followed.
 *
 * @param transitions from {@link contractTransitions}: each customer's in order of time, from the first on
 * @returns spans in the order in which they begin in the list; `until` is `null` for those who hadn't churned.
 * @example
 * ```ts
 * import { accountChurn, contractCustomers, contractTransitions, customerAccount, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const contracts = [
 *   { customer: 'ann', from: date('2026-01-01'), until: date('2026-02-20'), reason: 'involuntary' },
 *   { customer: 'bob', from: date('2026-01-01'), until: null },
 * ] as const
 * const february = { from: date('2026-02-01'), until: date('2026-03-01') }
 * const churnWith = (involuntaryDays: number) => {
 *   const transitions = unwrap(contractTransitions(contracts, { asOf: date('2026-03-31'), grace: { involuntaryDays } }))
 *   return unwrap(accountChurn(unwrap(customerAccount(contractCustomers(transitions), february)))).rate
 * }
 * churnWith(0) // => 0.5
 * churnWith(14) // => 0
 * ```
 */
export const contractCustomers = (transitions: ReadonlyArray<ContractTransition>): ReadonlyArray<CustomerSpan> => {
  const spans: Array<CustomerSpan> = []
  const open = new Map<string, { readonly at: number; readonly from: CivilDate }>()
  for (const { customer, on, to, reason } of transitions) {
    const begun = open.get(customer)
    if (begun === undefined && to !== 'churned') {
      open.set(customer, { at: spans.length, from: on })
      spans.push({ customer, from: on, until: null })
    }
    if (begun !== undefined && to === 'churned') {
      open.delete(customer)
      spans[begun.at] = { customer, from: begun.from, until: on, ...(reason === null ? {} : { reason }) }
    }
  }
  return spans
}
