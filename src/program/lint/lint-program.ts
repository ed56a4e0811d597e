/** What of a program hardly does what its author means: found before a member notices. */
import type { CompiledProgram } from '../definition/compile.ts'
import { unknownProfiles, withoutAccepted } from './lint-accept.ts'
import { capsBelowGrants, unboundedActions } from './lint-bounds.ts'
import { matchesBelowDonation } from './lint-campaigns.ts'
import { lintCases } from './lint-cases.ts'
import { closedRewards, closedTiers } from './lint-closed-tiers.ts'
import { lintConversions } from './lint-conversions.ts'
import { lintMargins } from './lint-economy.ts'
import { endlessDraws, endlessRewards, endlessVouchers } from './lint-endless.ts'
import type { FindingCode, Findings, ProgramFinding } from './lint-finding.ts'
import { lintGroups } from './lint-groups.ts'
import { idleMultipliers } from './lint-idle-multipliers.ts'
import { isKnownProfile, lintLegal } from './lint-legal.ts'
import type { LintOptions } from './lint-options.ts'
import { pointsLoops, voucherLoops } from './lint-points-loops.ts'
import { unknownReferences } from './lint-references.ts'
import { lintReferral } from './lint-referral.ts'
import { rewardsAboveSpend } from './lint-reward-spend.ts'
import { unreachableRewards } from './lint-rewards.ts'
import { lintedRules } from './lint-rule.ts'
import { neverFires, optionalAttributes, shadowedRules } from './lint-rules.ts'
import { deadPoints, spendableBeforeReturns } from './lint-terms.ts'
import { lintTiers } from './lint-tiers.ts'
import { unusableVouchers } from './lint-vouchers.ts'

/** Of the same kind at the same place the first is kept: two rooms may have seen the same. */
const once = (findings: Findings): Findings => {
  const seen = new Set<string>()
  return findings.filter(({ code, path, profile }) => {
    const key = JSON.stringify([code, path, profile])
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** So many findings of a kind are shown by a history that is run; the others by what says less: that bounds the time. */
const MOST_SHOWN = 100

/** The findings with the histories that were put off. */
const shown = (findings: Findings): ReadonlyArray<ProgramFinding> => {
  const counts = new Map<FindingCode, number>()
  return findings.map(({ show, ...finding }) => {
    const count = counts.get(finding.code) ?? 0
    if (show === undefined || count >= MOST_SHOWN) return finding
    counts.set(finding.code, count + 1)
    return { ...finding, witness: show() }
  })
}

/**
 * Looks for what of a program can never work, pays too early or too much, or has no end: rules that cannot earn or stand
 * in the shadow of others, cases and groups with gaps, tiers that nobody can reach, points that die before they can be spent
 * (S21, S39), rewards that nobody can pay or that cost more than it takes to have them (S53), points that pay for themselves,
 * vouchers that never apply or have no end, referrals that are paid before the goods can no longer be returned, conversions
 * that gain, and, where asked for, expiry that a law forbids (S65; no legal advice). Each finding has a witness: a history
 * that, simulated, shows it, or what excludes each other, with the history that comes nearest to what never happens. What
 * cannot be decided is a finding `undecided`. What a program of {@link decodeProgram} cannot have is not looked for: tiers
 * that are harder to keep than to reach, thresholds that do not rise, wallets into which points move in circles.
 *
 * @param compiled - the compiled program
 * @param options - what points are worth, what can be spent, which legal profiles to hold it against, and which findings are accepted
 * @returns the findings, rules first, then wallets, referrals and tiers; none says that nothing was found, not that all is well
 *
 * @example
 * ```ts
 * import { compileProgram, decodeProgram, lintProgram, unwrap } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: { type: 'duration', duration: { amount: 30, unit: 'day' } }, expiry: null }],
 *   earning: {
 *     rounding: { mode: 'floor', on: 'order' },
 *     rules: [
 *       {
 *         id: 'late',
 *         wallet: 'points',
 *         when: { all: [{ field: 'hour', atLeast: 22 }, { field: 'hour', lessThan: 6 }] },
 *         award: { mode: 'fixed', points: '10' },
 *       },
 *     ],
 *   },
 *   ladders: [],
 * }))))
 * const [finding] = lintProgram(program)
 * finding?.code // => 'neverFires'
 * finding?.path // => ['earning', 'rules', 0]
 * finding?.witness.type // => 'conflict'
 * ```
 */
export const lintProgram = (compiled: CompiledProgram, options: LintOptions = {}): ReadonlyArray<ProgramFinding> => {
  const { economics, legal = [], accept = [] } = options
  const rules = lintedRules(compiled)
  const ofTiers = lintTiers(compiled, rules, options)
  const closed = closedTiers(compiled, ofTiers, options.given)
  const found = once([
    ...rules.flatMap((linted) => neverFires(compiled, linted)),
    ...idleMultipliers(compiled, rules),
    ...shadowedRules(compiled, rules),
    ...lintGroups(compiled, rules),
    ...rules.flatMap((linted) => lintCases(compiled, linted)),
    ...rules.flatMap((linted) => optionalAttributes(compiled, linted)),
    ...unknownReferences(compiled, rules),
    ...unboundedActions(compiled, rules),
    ...endlessVouchers(compiled),
    ...endlessRewards(compiled),
    ...endlessDraws(compiled),
    ...capsBelowGrants(compiled, rules),
    ...matchesBelowDonation(compiled),
    ...deadPoints(compiled, rules),
    ...spendableBeforeReturns(compiled, rules),
    ...lintConversions(compiled),
    ...lintMargins(compiled, rules, economics),
    ...unreachableRewards(compiled, rules, closed),
    ...closedRewards(compiled, closed),
    ...rewardsAboveSpend(compiled, rules, economics),
    ...pointsLoops(compiled, rules, economics),
    ...voucherLoops(compiled, rules),
    ...unusableVouchers(compiled),
    ...lintReferral(compiled, economics),
    ...ofTiers,
    ...unknownProfiles(legal),
    ...legal.flatMap((profile) => (isKnownProfile(profile.id) ? lintLegal(compiled, rules, profile) : [])),
  ])
  return shown(withoutAccepted(found, accept))
}
