// What kind of movement a customer's recurring revenue makes.

/**
 * Recurring revenue of a period, in minor units of one currency.
 *
 * `end = start + currencyEffect + new + expansion + reactivation − contraction − churn`
 */
export interface RevenueMovements {
  readonly start: number
  /** What the same amounts are worth more at the closing's exchange rates; below 0 where they are worth less. */
  readonly currencyEffect: number
  /** Of customers who never were one before. */
  readonly new: number
  /** More of customers of the opening. */
  readonly expansion: number
  /** Of customers who had been one, and weren't at the opening. */
  readonly reactivation: number
  /** Less of customers of the opening who stayed. */
  readonly contraction: number
  /** Of customers of the opening who are none at the closing. */
  readonly churn: number
  readonly end: number
}

/** How customers moved, counted. */
export interface CustomerMoves {
  readonly startCustomers: number
  readonly newCustomers: number
  readonly reactivatedCustomers: number
  readonly churnedCustomers: number
  readonly endCustomers: number
}

/** Whether somebody is a customer before and after, and whether they were one ever before. */
export interface Standing {
  readonly was: boolean
  readonly is: boolean
  readonly returns: boolean
}

const kindOf = (
  { was, is, returns }: Standing,
  change: number,
): 'new' | 'reactivation' | 'churn' | 'expansion' | 'contraction' => {
  if (!was) return returns ? 'reactivation' : 'new'
  if (!is) return 'churn'
  return change > 0 ? 'expansion' : 'contraction'
}

/** The movements of one customer: `revalued` is the start at the closing's rates. Exactly one kind can differ from 0. */
export const movementsOf = (standing: Standing, start: number, revalued: number, end: number): RevenueMovements => {
  const change = end - revalued
  const none = { new: 0, expansion: 0, reactivation: 0, contraction: 0, churn: 0 }
  const moved = { start, currencyEffect: revalued - start, ...none, end }
  moved[kindOf(standing, change)] = Math.abs(change)
  return moved
}

/** One customer, counted. */
export const movesOf = ({ was, is, returns }: Standing): CustomerMoves => {
  const arrived = !was && is
  return {
    startCustomers: was ? 1 : 0,
    newCustomers: arrived && !returns ? 1 : 0,
    reactivatedCustomers: arrived && returns ? 1 : 0,
    churnedCustomers: was && !is ? 1 : 0,
    endCustomers: is ? 1 : 0,
  }
}
