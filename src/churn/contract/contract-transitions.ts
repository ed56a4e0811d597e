// Contracts as dated states: paid, cancelled but still paid, in grace, churned, and back.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addDays,
  type CivilDate,
  type CivilPeriod,
  type Codec,
  type InvalidValue,
  invalidValue,
} from '../../foundation/index.ts'
import type { ChurnReason } from '../../retention/index.ts'
import { isDate } from '../inactivity/own-rhythm.ts'
import type { DatedTransition } from '../transition/dated-transition.ts'
import {
  emptyStateTally,
  finishStateTally,
  periodFaults,
  type StateCounts,
  stateCountsCodec,
  stateCountsMonoid,
  tallyTransition,
} from '../transition/state-counts.ts'
import {
  type ContractGrace,
  type ContractSpan,
  compareSpans,
  contractSpanFaults,
  graceDays,
  graceFaults,
} from './contract-span.ts'

/**
 * The state of a contract: `'subscribed'` while it is paid; `'ending'` while it is paid but cancelled; `'grace'` after the
 * end of the paid period, as long as the grace lasts; then `'churned'`.
 */
export type ContractState = 'subscribed' | 'ending' | 'grace' | 'churned'

const contractStates: ReadonlyArray<ContractState> = ['subscribed', 'ending', 'grace', 'churned']

/** A change of a contract's state: from nothing to `'subscribed'` for new customers, from `'churned'` for those who return. */
export interface ContractTransition extends DatedTransition<ContractState> {
  /** Of an end: whether the customer wanted it; `null` where that isn't known, and for a beginning. */
  readonly reason: ChurnReason | null
  /** Of an end: why, in the shop's own words; `null` where that isn't known, and for a beginning. */
  readonly cause: string | null
}

/** Until when contracts are followed, and how. */
export interface ContractOptions {
  /** The last day that counts: spans that begin later change nothing. */
  readonly asOf: CivilDate
  /** No grace when absent: a customer has gone with the first day that isn't paid. */
  readonly grace?: ContractGrace
}

/** Everything that is wrong with contracts. */
export type ContractFaults = ReadonlyNonEmptyArray<InvalidValue>

interface ContractDraft {
  readonly transitions: Array<ContractTransition>
  state: ContractState | null
}

const step = (draft: ContractDraft, span: ContractSpan, on: number, to: ContractState): void => {
  if (draft.state === to) return
  const isEnd = to !== 'subscribed'
  draft.transitions.push({
    customer: span.customer,
    on: on as CivilDate,
    from: draft.state,
    to,
    reason: isEnd ? (span.reason ?? null) : null,
    cause: isEnd ? (span.cause ?? null) : null,
  })
  draft.state = to
}

const endOf = ({ until }: ContractSpan): number => until ?? Number.POSITIVE_INFINITY

/** What happens to a span before a day, if no other span comes. */
const advance = (draft: ContractDraft, span: ContractSpan, before: number, grace: ContractGrace): void => {
  const end = endOf(span)
  const cancelled = Math.max(span.cancelledOn ?? Number.POSITIVE_INFINITY, span.from)
  if (cancelled < end && cancelled < before) step(draft, span, cancelled, 'ending')
  const days = graceDays(span.reason, grace)
  if (days > 0 && end < before) step(draft, span, end, 'grace')
  if (end + days < before) step(draft, span, end + days, 'churned')
}

/** A span begins: the one with the latest end says how the customer stands. */
const lead = (
  draft: ContractDraft,
  span: ContractSpan,
  before: ContractSpan | null,
  grace: ContractGrace,
): ContractSpan => {
  if (before !== null) {
    advance(draft, before, span.from, grace)
    if (endOf(span) < endOf(before)) return before
  }
  const isCancelled = span.cancelledOn !== undefined && span.cancelledOn <= span.from
  step(draft, span, span.from, isCancelled ? 'ending' : 'subscribed')
  return span
}

/** The transitions of one customer's spans, which are in order. */
const transitionsOf = (
  spans: ReadonlyArray<ContractSpan>,
  asOf: CivilDate,
  grace: ContractGrace,
): ReadonlyArray<ContractTransition> => {
  const draft: ContractDraft = { transitions: [], state: null }
  let leading: ContractSpan | null = null
  // Of several that begin on one day the last in order has the latest end.
  const known = spans.filter(({ from }, index) => from <= asOf && spans[index + 1]?.from !== from)
  for (const span of known) leading = lead(draft, span, leading, grace)
  if (leading !== null) advance(draft, leading, asOf + 1, grace)
  return draft.transitions
}

const byCustomer = (spans: ReadonlyArray<ContractSpan>): ReadonlyArray<Array<ContractSpan>> => {
  const found = new Map<string, Array<ContractSpan>>()
  for (const span of spans) {
    const own = found.get(span.customer)
    if (own === undefined) found.set(span.customer, [span])
    else own.push(span)
  }
  return Array.from(found.values())
}

/**
 * When each contract began, was cancelled, ran out, ended after its grace, and came back, as dated transitions.
 *
 * A customer with several spans stands as the one with the latest end does. Each day is told by what was known on it: a span
 * changes nothing before it begins, and a cancellation nothing before its day.
 *
 * @param spans of any customers, in any order; of subscriptions from {@link contractSpans}
 * @param options see {@link ContractOptions}
 * @returns each customer's transitions in order of time; `InvalidValue` for everything that is wrong with a span, at its
 * index, or with the options.
 * @example
 * ```ts
 * import { contractTransitions, formatCivilDate, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const ann = { customer: 'ann', from: date('2026-01-01'), until: date('2026-03-01'), reason: 'involuntary' } as const
 * const back = { customer: 'ann', from: date('2026-04-01'), until: null }
 * const found = contractTransitions([ann, back], { asOf: date('2026-06-30'), grace: { involuntaryDays: 14 } })
 * unwrap(found).map(({ on, to }) => `${formatCivilDate(on)} ${to}`)
 * // => ['2026-01-01 subscribed', '2026-03-01 grace', '2026-03-15 churned', '2026-04-01 subscribed']
 * ```
 */
export const contractTransitions = (
  spans: ReadonlyArray<ContractSpan>,
  options: ContractOptions,
): Either<ContractFaults, ReadonlyArray<ContractTransition>> => {
  const { asOf, grace = {} } = options
  const [first, ...rest] = [
    ...(isDate(asOf) ? [] : [invalidValue(['asOf'], asOf, 'a date')]),
    ...graceFaults(grace),
    ...spans.flatMap(contractSpanFaults),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const right = byCustomer(spans).flatMap((own) => transitionsOf(own.sort(compareSpans), asOf, grace))
  return { _tag: 'Right', right }
}

/** Contracts by state and day. */
export type ContractCounts = StateCounts<ContractState>

/**
 * Reads {@link ContractCounts}; each day must follow from the one before.
 *
 * @example
 * ```ts
 * import { ContractCounts, contractMonoid, decode } from 'treue'
 *
 * decode(ContractCounts, contractMonoid(7).empty)._tag // => 'Right'
 * ```
 */
export const ContractCounts: Codec<ContractCounts> = /* @__PURE__ */ stateCountsCodec('ContractCounts', contractStates)

/**
 * Merges counts of contracts of disjoint sets of customers over the same period.
 *
 * @param days how many days the period has
 * @example
 * ```ts
 * import { contractMonoid } from 'treue'
 *
 * contractMonoid(2).empty.counts.grace // => [0, 0]
 * ```
 */
export const contractMonoid = (days: number): Monoid<ContractCounts> => stateCountsMonoid(contractStates, days)

/**
 * How many customers are in each state of a contract on each day of a period.
 *
 * @param spans all of each customer up to the period's end, in any order
 * @param period at most 3,660 days
 * @param grace none when absent
 * @returns `InvalidValue` as of {@link contractTransitions}, and for the period.
 * @example
 * ```ts
 * import { parseCivilDate, summariseContracts, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const spans = [
 *   { customer: 'ann', from: date('2026-01-01'), until: date('2026-03-02') },
 *   { customer: 'bob', from: date('2026-02-01'), until: null },
 * ]
 * const found = unwrap(summariseContracts(spans, { from: date('2026-03-01'), until: date('2026-03-04') }))
 * found.counts.subscribed // => [2, 1, 1]
 * found.entered.churned // => [0, 1, 0]
 * ```
 */
export const summariseContracts = (
  spans: ReadonlyArray<ContractSpan>,
  period: CivilPeriod,
  grace: ContractGrace = {},
): Either<ContractFaults, ContractCounts> => {
  const [first, ...rest] = periodFaults(period)
  if (first !== undefined) {
    return { _tag: 'Left', left: [first, ...rest, ...graceFaults(grace), ...spans.flatMap(contractSpanFaults)] }
  }
  const transitions = contractTransitions(spans, { asOf: addDays(period.until, -1), grace })
  if (transitions._tag === 'Left') return transitions
  const tally = emptyStateTally(contractStates.length, period)
  for (const { on, from, to } of transitions.right) {
    tallyTransition(tally, on, from === null ? -1 : contractStates.indexOf(from), contractStates.indexOf(to))
  }
  return { _tag: 'Right', right: finishStateTally(contractStates, tally) }
}
