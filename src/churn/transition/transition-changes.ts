// What a second run over more complete data says differently, as data.

import type { DatedTransition } from './dated-transition.ts'

/** What two runs say differently of one customer. */
export interface TransitionChange<T extends DatedTransition<string>> {
  readonly customer: string
  /** What only the first run says, in order of time. */
  readonly withdrawn: ReadonlyArray<T>
  /** What only the second run says, in order of time. */
  readonly added: ReadonlyArray<T>
  /** The last state of the first run; `null` for a customer that it didn't know. */
  readonly before: T['to'] | null
  /** The last state of the second run; `null` for a customer that it no longer knows. */
  readonly after: T['to'] | null
}

const byCustomer = <T extends DatedTransition<string>>(run: ReadonlyArray<T>): Map<string, Array<T>> => {
  const found = new Map<string, Array<T>>()
  for (const transition of run) {
    const own = found.get(transition.customer)
    if (own === undefined) found.set(transition.customer, [transition])
    else own.push(transition)
  }
  return found
}

const isSame = <T extends object>(first: T, second: T): boolean =>
  (Object.keys(first) as Array<keyof T>).every((name) => first[name] === second[name])

/** Those of the first list that the second has not; both are in order of time. */
const missing = <T extends DatedTransition<string>>(
  first: ReadonlyArray<T>,
  second: ReadonlyArray<T>,
): ReadonlyArray<T> => {
  let at = 0
  return first.filter((transition) => {
    while (at < second.length && (second[at] as T).on < transition.on) at += 1
    const other = second[at]
    return other === undefined || !isSame(transition, other)
  })
}

/**
 * What a second run says differently from a first, such as after late data: whose dated transitions were withdrawn, and
 * which came instead. Customers of whom both say the same are left out.
 *
 * @param before the transitions of the first run, each customer's in order of time
 * @param after those of the second run, by the same rule
 * @example
 * ```ts
 * import { encodePurchases, lifecycleTransitions, parseCivilDate, transitionChanges, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const run = (days: ReadonlyArray<string>) => {
 *   const log = unwrap(encodePurchases(days.map((day) => ({ customer: 'ann', day: date(day) }))))
 *   return unwrap(lifecycleTransitions(log, { asOf: date('2026-05-01') }))
 * }
 * const [change] = transitionChanges(run(['2026-01-01']), run(['2026-01-01', '2026-04-20']))
 * change?.before // => 'atRisk'
 * change?.after // => 'active'
 * change?.withdrawn.length // => 0
 * ```
 */
export const transitionChanges = <T extends DatedTransition<string>>(
  before: ReadonlyArray<T>,
  after: ReadonlyArray<T>,
): ReadonlyArray<TransitionChange<T>> => {
  const [first, second] = [byCustomer(before), byCustomer(after)]
  const changes: Array<TransitionChange<T>> = []
  for (const customer of new Set([...first.keys(), ...second.keys()])) {
    const [old, late] = [first.get(customer) ?? [], second.get(customer) ?? []]
    const withdrawn = missing(old, late)
    const added = missing(late, old)
    if (withdrawn.length + added.length > 0) {
      const [last, latest] = [old[old.length - 1], late[late.length - 1]]
      changes.push({ customer, withdrawn, added, before: last?.to ?? null, after: latest?.to ?? null })
    }
  }
  return changes
}
