// Retention and churn of customers between two dates, from the counts that a shop knows.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'

/** Customers at the start and at the end of a period, and how many of the latter were won in it. */
export interface CustomerCounts {
  readonly start: number
  readonly end: number
  /** Won during the period and still there at its end; one who came back counts neither as new nor as retained. */
  readonly new: number
}

/** How many customers stayed. */
export interface CustomerRetention {
  /** Customers of the start who are still there: `end − new`. */
  readonly retained: number
  /** `(end − new) / start` */
  readonly retentionRate: number
  /** Customers of the start who have gone, by the start. */
  readonly churnRate: number
  /** New customers by the start. */
  readonly acquisitionRate: number
}

/** Everything that keeps a rate from being a rate. */
export type RateFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | ZeroDenominator>

type Faults = Array<InvalidValue | OutOfRange | ZeroDenominator>

const requireCount = (faults: Faults, name: string, count: number): void => {
  if (!(Number.isSafeInteger(count) && count >= 0)) faults.push(invalidValue([name], count, 'a whole number from 0'))
}

const isFaulty = (faults: Faults): faults is [Faults[number], ...Faults] => faults.length > 0

const retentionFaults = (counts: CustomerCounts): Faults => {
  const { start, end } = counts
  const faults: Faults = []
  requireCount(faults, 'start', start)
  requireCount(faults, 'end', end)
  requireCount(faults, 'new', counts.new)
  if (isFaulty(faults)) return faults
  if (start === 0) faults.push(zeroDenominator(['start'], 'customers at the start'))
  if (counts.new > end) faults.push(outOfRange(['new'], counts.new, `at most the ${end} customers at the end`))
  if (end - counts.new > start) {
    faults.push(outOfRange(['end'], end, `at most the ${start} customers at the start and the ${counts.new} new ones`))
  }
  return faults
}

/**
 * Customer retention: (CE − CN) / CS, with the churn and acquisition rates of the same counts.
 *
 * A rate above 1 or below 0 says that the counts contradict each other, mostly because customers who came back were
 * counted as retained: that is a fault, not a rate.
 *
 * @param counts whole numbers from 0
 * @returns `ZeroDenominator` without customers at the start, `OutOfRange` for counts that contradict each other,
 * `InvalidValue` for a count that is none; all that applies.
 * @example
 * ```ts
 * import { customerRetention, unwrap } from 'treue'
 *
 * unwrap(customerRetention({ start: 200, end: 220, new: 40 }))
 * // => { retained: 180, retentionRate: 0.9, churnRate: 0.1, acquisitionRate: 0.2 }
 * customerRetention({ start: 0, end: 5, new: 5 })._tag // => 'Left'
 * ```
 */
export const customerRetention = (counts: CustomerCounts): Either<RateFaults, CustomerRetention> => {
  const faults = retentionFaults(counts)
  if (isFaulty(faults)) return { _tag: 'Left', left: faults }
  const { start, end } = counts
  const retained = end - counts.new
  return {
    _tag: 'Right',
    right: {
      retained,
      retentionRate: retained / start,
      churnRate: (start - retained) / start,
      acquisitionRate: counts.new / start,
    },
  }
}

/** What happened to customers during a period. */
export interface CustomerFlows {
  readonly start: number
  /** Won during the period, whether or not they are still there at its end. */
  readonly new: number
  /** Lost during the period, those included who were won in it. */
  readonly lost: number
  /** Of the lost, those who were won in the same period; taken as 0 when absent. */
  readonly lostNew?: number
  /** Of the lost, those of the start who came back in the same period; taken as 0 when absent. */
  readonly lostReturned?: number
}

/**
 * What lost customers are divided by: those at the start (Baremetrics); those at the start and the new ones (Stripe,
 * Gumroad); the mean of start and end; or those at the start with only customers of the start counted as lost, whether or
 * not they came back (`'opening'`, ProfitWell), or if they didn't (`'existing'`, ChartMogul).
 */
export type ChurnDenominator = 'start' | 'startPlusNew' | 'average' | 'opening' | 'existing'

/** How many customers left. */
export interface CustomerChurn {
  readonly denominator: ChurnDenominator
  /** Those counted as lost by that definition. */
  readonly lost: number
  /** What they are divided by. */
  readonly base: number
  /** `lost / base`; above 1 where `'start'` counts more lost than there were at the start. */
  readonly rate: number
  /** Customers at the end: `start + new − lost + lostReturned`. */
  readonly end: number
}

const contradictions = ({ start, new: won, lost, lostNew, lostReturned }: CustomerFlows): Faults => {
  const faults: Faults = []
  const lostOld = lost - (lostNew ?? 0)
  if (lost > start + won) faults.push(outOfRange(['lost'], lost, `at most the ${start + won} customers there were`))
  if (lostNew !== undefined && lostNew > won)
    faults.push(outOfRange(['lostNew'], lostNew, `at most the ${won} new ones`))
  if (lostNew !== undefined && lostOld > start) {
    faults.push(outOfRange(['lostNew'], lostNew, `at least ${lost - start}: there were no more at the start`))
  }
  if (lostReturned !== undefined && lostReturned > lostOld) {
    faults.push(outOfRange(['lostReturned'], lostReturned, `at most the ${lostOld} lost who weren't new`))
  }
  return faults
}

const flowFaults = (flows: CustomerFlows): Faults => {
  const { start, new: won, lost, lostNew = 0, lostReturned = 0 } = flows
  const faults: Faults = []
  for (const [name, count] of Object.entries({ start, new: won, lost, lostNew, lostReturned })) {
    requireCount(faults, name, count)
  }
  return isFaulty(faults) ? faults : contradictions(flows)
}

const baseOf = (denominator: ChurnDenominator, { start, new: won }: CustomerFlows, end: number): number => {
  switch (denominator) {
    case 'startPlusNew':
      return start + won
    case 'average':
      return (start + end) / 2
    case 'start':
    case 'opening':
    case 'existing':
      return start
  }
}

const lostBy = (denominator: ChurnDenominator, { lost, lostNew = 0, lostReturned = 0 }: CustomerFlows): number => {
  if (denominator === 'opening') return lost - lostNew
  return denominator === 'existing' ? lost - lostNew - lostReturned : lost
}

/**
 * Customer churn of a period by a named denominator.
 *
 * @param flows whole numbers from 0
 * @param denominator `'start'` when absent, for a fixed set of opening customers; see {@link ChurnDenominator}
 * @returns `ZeroDenominator` when the denominator is 0, `OutOfRange` for counts that contradict each other,
 * `InvalidValue` for a count that is none; all that applies.
 * @example
 * ```ts
 * import { customerChurn, unwrap } from 'treue'
 *
 * const flows = { start: 100, new: 20, lost: 12, lostNew: 1 }
 * unwrap(customerChurn(flows)).rate // => 0.12
 * unwrap(customerChurn(flows, 'startPlusNew')).rate // => 0.1
 * unwrap(customerChurn(flows, 'existing')).rate // => 0.11
 * ```
 */
export const customerChurn = (
  flows: CustomerFlows,
  denominator: ChurnDenominator = 'start',
): Either<RateFaults, CustomerChurn> => {
  const { lostReturned = 0 } = flows
  const faults = flowFaults(flows)
  if (isFaulty(faults)) return { _tag: 'Left', left: faults }
  const end = flows.start + flows.new - flows.lost + lostReturned
  const base = baseOf(denominator, flows, end)
  if (base === 0) return { _tag: 'Left', left: [zeroDenominator([denominator], 'customers to lose')] }
  const lost = lostBy(denominator, flows)
  return { _tag: 'Right', right: { denominator, lost, base, rate: lost / base, end } }
}
