// Choosing among vouchers by what the whole basket costs in the end: each choice is tried with all that comes after it.
import { sumOf } from './discount-allocation.ts'
import type { VoucherId } from './reward-ids.ts'
import { applyVoucher, isDeclined, type Running, type Setting } from './voucher-application.ts'
import type { DeclinedVoucher, VoucherDecline } from './voucher-outcome.ts'
import type { CompiledVoucherPlan, VoucherGroup, VoucherNode } from './voucher-plan.ts'

/** What a search needs, and how many vouchers it has tried. */
export interface SearchTally {
  readonly compiled: CompiledVoucherPlan
  readonly setting: Setting
  readonly submitted: ReadonlySet<VoucherId> | null
  steps: number
}

/** The most vouchers that are tried for one basket. */
export const MOST_STEPS = 200_000

type Next = (running: Running) => Running

const itself: Next = (running) => running

const declinedWith = (running: Running, declined: ReadonlyArray<DeclinedVoucher>): Running =>
  declined.length === 0 ? running : { ...running, declined: [...running.declined, ...declined] }

/** What lines and shipping cost after discounts. */
export const totalOf = ({ initial, basket }: Setting, running: Running): number =>
  sumOf(initial) + basket.shippingMinor - running.discountMinor - running.shippingDiscountMinor

const owed = ({ lines, shippingMinor }: Running): number => sumOf(lines) + shippingMinor

/** Below 0 where the first basket costs less; gift credit decides only between equals. */
const compare = (setting: Setting, a: Running, b: Running): number =>
  totalOf(setting, a) - totalOf(setting, b) || owed(a) - owed(b)

const applies = (before: Running, after: Running): boolean => after.applied.length > before.applied.length

const one = (tally: SearchTally, id: VoucherId, running: Running, next: Next): Running => {
  const ready = tally.compiled.vouchers.get(id)
  if (ready === undefined || (tally.submitted !== null && !tally.submitted.has(id))) return next(running)
  tally.steps += 1
  const result = applyVoucher(ready, tally.setting, running)
  return next(isDeclined(result) ? declinedWith(running, [{ voucher: id, because: result }]) : result)
}

const stack = (tally: SearchTally, parts: ReadonlyArray<VoucherNode>, running: Running, next: Next): Running => {
  const [first, ...rest] = parts
  return first === undefined ? next(running) : evaluate(tally, first, running, (now) => stack(tally, rest, now, next))
}

/** What a part alone would apply, declined for another reason. */
const declinedAs = (before: Running, alone: Running, because: VoucherDecline): ReadonlyArray<DeclinedVoucher> => [
  ...alone.declined.slice(before.declined.length),
  ...alone.applied.slice(before.applied.length).map(({ voucher }) => ({ voucher, because })),
]

const listOrder = (tally: SearchTally, parts: ReadonlyArray<VoucherNode>, running: Running, next: Next): Running => {
  let now = running
  for (const [index, part] of parts.entries()) {
    const alone = evaluate(tally, part, now, itself)
    if (!applies(now, alone)) {
      now = alone
      continue
    }
    const before = now
    const others = parts
      .slice(index + 1)
      .flatMap((other) => declinedAs(before, evaluate(tally, other, before, itself), { reason: 'notFirst' }))
    return evaluate(tally, part, declinedWith(now, others), next)
  }
  return next(now)
}

/** A part that applies, what it does alone, and the basket with it in the end. */
interface Choice {
  readonly alone: Running
  readonly outcome: Running
}

/** The index of the choice that is best, or worst; of equal ones the first. */
const chosenOf = (setting: Setting, choices: ReadonlyArray<Choice>, sign: 1 | -1): number => {
  let chosen = 0
  for (const [index, { outcome }] of choices.entries()) {
    const best = choices[chosen]
    if (best !== undefined && compare(setting, outcome, best.outcome) * sign < 0) chosen = index
  }
  return chosen
}

const extreme = (tally: SearchTally, { mode, of: parts }: VoucherGroup, running: Running, next: Next): Running => {
  let before = running
  const able: Array<VoucherNode> = []
  for (const part of parts) {
    const alone = evaluate(tally, part, running, itself)
    if (applies(running, alone)) able.push(part)
    else before = declinedWith(before, alone.declined.slice(running.declined.length))
  }
  const choices = able.map((part) => ({
    alone: evaluate(tally, part, before, itself),
    outcome: evaluate(tally, part, before, next),
  }))
  const chosen = chosenOf(tally.setting, choices, mode === 'best' ? 1 : -1)
  const best = choices[chosen]
  if (best === undefined) return next(before)
  const reason = mode === 'best' ? 'notBest' : 'notWorst'
  const others = choices.flatMap(({ alone, outcome }, index) =>
    index === chosen ? [] : declinedAs(before, alone, { reason, totalMinor: totalOf(tally.setting, outcome) }),
  )
  return declinedWith(best.outcome, others)
}

/** States that were tried, each by all that decides what can follow from it. */
type Tried = ReadonlySet<string> & { readonly add: (state: string) => unknown }

/** What can follow depends on which parts are left and what the basket costs, not on the order that led there. */
const stateOf = (places: ReadonlyArray<number>, { lines, shippingMinor, discountMinor, vouchers }: Running): string =>
  JSON.stringify([places, lines, shippingMinor, discountMinor, vouchers.map(({ id }) => id).sort()])

/**
 * Of all orders of all subsets the cheapest; of equal ones the one with fewer vouchers, then by the order of the list. A
 * state that another order led to before is left out: what follows from it cost no less then.
 */
const combination = (
  tally: SearchTally,
  parts: ReadonlyArray<VoucherNode>,
  places: ReadonlyArray<number>,
  running: Running,
  next: Next,
  tried: Tried,
): Running => {
  const left = places.flatMap((place) => parts[place] ?? [])
  let best = next(leftOut(tally, left, running))
  for (const place of places) {
    const part = parts[place]
    if (part === undefined || tally.steps > MOST_STEPS) return best
    const now = evaluate(tally, part, running, itself)
    const rest = places.filter((other) => other !== place)
    const state = stateOf(rest, now)
    if (!applies(running, now) || tried.has(state)) continue
    tried.add(state)
    const outcome = combination(tally, parts, rest, now, next, tried)
    if (compare(tally.setting, outcome, best) < 0) best = outcome
  }
  return best
}

/** Why the parts that are left out of a combination are: for a reason of their own, or because it is better without. */
const leftOut = (tally: SearchTally, parts: ReadonlyArray<VoucherNode>, running: Running): Running =>
  parts.reduce((now, part) => {
    const alone = evaluate(tally, part, running, itself)
    return declinedWith(
      now,
      declinedAs(running, alone, { reason: 'notBest', totalMinor: totalOf(tally.setting, alone) }),
    )
  }, running)

/** The basket after a part of the plan and all that comes after it. */
export const evaluate = (tally: SearchTally, node: VoucherNode, running: Running, next: Next): Running => {
  if (tally.steps > MOST_STEPS) return running
  switch (node.mode) {
    case 'voucher':
      return one(tally, node.voucher, running, next)
    case 'stack':
      return stack(tally, node.of, running, next)
    case 'listOrder':
      return listOrder(tally, node.of, running, next)
    case 'best':
    case 'worst':
      return extreme(tally, node, running, next)
    case 'bestCombination':
      return combination(tally, node.of, [...node.of.keys()], running, next, new Set())
  }
}
