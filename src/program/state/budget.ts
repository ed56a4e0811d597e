/** Budgets for everybody: what decisions about single members used of them. */

import { type CapUsage, claimCap } from '../../earning/index.ts'
import { capOfReferrals } from '../definition/cap-of-referrals.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { usagesByCap } from './cap-usages.ts'
import type { CapClaim } from './open-earning.ts'

/**
 * What has been used of budgets for everybody after a decision: give it to the next decision. Claims of caps that are no
 * budgets, or that the program does not have, change nothing.
 *
 * @param program - the compiled program
 * @param budgets - what had been used before
 * @param claims - the `claims` of the decision; negative ones give back
 *
 * @example
 * ```ts
 * import { type CompiledProgram, countBudgets } from 'treue'
 *
 * const program = { program: { earning: { caps: [] } } } as unknown as CompiledProgram
 * countBudgets(program, [], []) // => []
 * ```
 */
export const countBudgets = (
  program: CompiledProgram,
  budgets: ReadonlyArray<CapUsage>,
  claims: ReadonlyArray<CapClaim>,
): ReadonlyArray<CapUsage> => {
  if (claims.length === 0) return budgets
  const { earning, referral } = program.program
  const caps = [...(earning.caps ?? []), ...(referral?.terms.caps ?? []).map(capOfReferrals)]
  const usages = usagesByCap(budgets)
  for (const { cap: id, key, at, points } of claims) {
    const cap = caps.find((one) => one.id === id)
    if (cap === undefined || cap.per?.scope !== 'everyone') continue
    usages.set(id, claimCap(cap, program.zone, usages.get(id) ?? [], at, key, points))
  }
  return [...usages.values()].flat()
}
