// Which of the touches that may be made is worth most, in money.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CurrencyMismatch,
  compareMoney,
  type InvalidValue,
  invalidValue,
  Money,
  underPath,
} from '../../foundation/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'
import type { NextTouch } from './next-touch.ts'

/** What a touch is expected to bring, such as the margin of `expectedOffer` or the value of `contactValue`. */
export interface TouchValue {
  /** The id of the rule. */
  readonly rule: string
  readonly value: Money
}

/** A touch with what it is expected to bring. */
export interface ValuedTouch extends NextTouch {
  /** `null` where no value was given. */
  readonly expectedValue: Money | null
}

/** How values rank. */
export interface TouchValueOptions {
  /** Whether a value ranks before every priority (`'all'`, when absent), or among touches of one priority only. */
  readonly within?: 'all' | 'priority'
}

/** Why values can't rank. */
export type TouchValueFaults = ReadonlyNonEmptyArray<InvalidValue | CurrencyMismatch>

const currencyFaults = (value: Money, first: Money, index: number): ReadonlyArray<CurrencyMismatch> => {
  const compared = compareMoney(value, first)
  return compared._tag === 'Left' ? underPath(['values', index, 'value'], [compared.left]) : []
}

const faultsOf = (values: ReadonlyArray<TouchValue>): ReadonlyArray<TouchValueFaults[number]> => {
  const seen = new Set<string>()
  const first = values.find(({ value }) => Money.is(value))?.value
  return values.flatMap(({ rule, value }, index) => {
    const repeated = seen.has(rule)
    seen.add(rule)
    return [
      ...(repeated ? [invalidValue(['values', index, 'rule'], rule, 'a rule that stands once')] : []),
      ...(first !== undefined && Money.is(value)
        ? currencyFaults(value, first, index)
        : [invalidValue(['values', index, 'value'], value, 'sound money')]),
    ]
  })
}

/**
 * Ranks the touches that may be made by what they are expected to bring to this customer.
 *
 * The most valuable comes first. One of which no value is given stands where it would with 0: after those that bring something,
 * before those that cost more than they bring. What is equal stays in its order, which is that of `nextTouches`: by priority.
 *
 * @param touches such as the `ranked` ones of `nextTouches`
 * @param values at most one per rule, all in one currency; those of other rules change nothing
 * @param options see {@link TouchValueOptions}
 * @returns `InvalidValue` for amounts that aren't sound and rules that stand twice, `CurrencyMismatch` for amounts of another
 * currency than the first.
 * @example
 * ```ts
 * import { explainNextTouch, type Instant, money, type NextTouch, rankTouchesByValue, unwrap } from 'treue'
 *
 * const send = { from: 0 as Instant, until: 3_600_000 as Instant }
 * const touch = (rule: string, priority: number): NextTouch =>
 *   ({ rule, kind: 'marketing', channel: 'email', send, deadline: send.until, priority, offer: null, because: [] })
 * const touches = [touch('referral', 50), touch('birthday', 40)]
 * const ranked = unwrap(rankTouchesByValue(touches, [{ rule: 'birthday', value: unwrap(money('4.20', 'EUR')) }]))
 * ranked.map(explainNextTouch)
 * // => [
 * //   'birthday by email from 1970-01-01T00:00:00Z until 1970-01-01T01:00:00Z, expected to bring 4.20 EUR',
 * //   'referral by email from 1970-01-01T00:00:00Z until 1970-01-01T01:00:00Z',
 * // ]
 * ```
 */
export const rankTouchesByValue = (
  touches: ReadonlyArray<NextTouch>,
  values: ReadonlyArray<TouchValue>,
  { within = 'all' }: TouchValueOptions = {},
): Either<TouchValueFaults, ReadonlyArray<ValuedTouch>> =>
  unlessFaulty(faultsOf(values), () => {
    const known = new Map(values.map(({ rule, value }) => [rule, value]))
    const minorOf = ({ expectedValue }: ValuedTouch): number => expectedValue?.minor ?? 0
    return touches
      .map((touch): ValuedTouch => ({ ...touch, expectedValue: known.get(touch.rule) ?? null }))
      .sort((a, b) => (within === 'priority' ? b.priority - a.priority : 0) || minorOf(b) - minorOf(a))
  })
