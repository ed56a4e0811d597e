/** Groups of rules of which the best one earns. */
import { type ExactInteger, exactProduct } from '../foundation/index.ts'
import type { Contribution } from './contribution.ts'

/** Whether one rule gives more than another: points, or the factor of a multiplier. */
const isMore = (one: Contribution, than: Contribution): boolean => {
  if (one.award.stage !== 'multiplier' || than.award.stage !== 'multiplier') return one.total > than.total
  const [a, b] = [one.award.factor, than.award.factor]
  const [left, right]: ReadonlyArray<ExactInteger> = [
    exactProduct(a.numerator, b.denominator),
    exactProduct(b.numerator, a.denominator),
  ]
  return (left ?? 0) > (right ?? 0)
}

/** Of each group of which the best earns, the rule that gives most is left; among equals the first. */
export const bestOfGroups = (contributions: ReadonlyArray<Contribution>): ReadonlyArray<Contribution> => {
  const best = new Map<string, Contribution>()
  for (const one of contributions) {
    const { group } = one.rule
    if (group?.mode !== 'best' || !one.basis.isMet) continue
    const known = best.get(group.id)
    if (known === undefined || isMore(one, known)) best.set(group.id, one)
  }
  return contributions.filter((one) => {
    const chosen = one.rule.group?.mode === 'best' ? best.get(one.rule.group.id) : one
    return chosen === undefined || chosen === one
  })
}
