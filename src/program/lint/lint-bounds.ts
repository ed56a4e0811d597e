/** What has no end, and what cannot begin: actions without a limit, and caps below one grant. */
import type { Award, Cap, EarningRule } from '../../earning/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { Simulation } from '../simulate/simulate.ts'
import {
  type BoundWitness,
  byFacts,
  type Findings,
  type OpenFinding,
  type ProgramFinding,
  showing,
  type WitnessHistory,
} from './lint-finding.ts'
import { earnersIn, isNoAction, repeatedLast, shownIn, stepsIn } from './lint-history.ts'
import { awardsIn, canPay, isCountedBy, type LintedRule, walletsOf } from './lint-rule.ts'
import { ruleHistory } from './lint-rule-history.ts'

/** Whether a cap ends what one member can repeat. */
const ends = ({ window, per }: Cap): boolean => window.type !== 'activity' && per?.by === undefined

/** The same action five times at one instant, of which each earns. */
const repeatedHistory = (compiled: CompiledProgram, linted: LintedRule): WitnessHistory | undefined => {
  const { rule } = linted
  const once = ruleHistory(compiled, linted)
  return shownIn(compiled, once === undefined ? undefined : repeatedLast(once, 5), (simulation) => {
    const earned = earnersIn(simulation).filter((one) => one.rule === rule.id)
    return earned.length >= 5 * walletsOf(rule).length
  })
}

/** Actions that can be repeated, and earn each time. */
export const unboundedActions = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { caps = [] } = compiled.program.earning
  return rules.flatMap((linted): Findings => {
    const { rule, path, facts } = linted
    const { on = 'purchase', cooldown } = rule
    const isBounded = cooldown !== undefined && cooldown.amount > 0
    if (isNoAction(on) || isBounded || facts === 'never' || !canPay(rule)) return []
    const open = walletsOf(rule).filter(
      (wallet) => !caps.some((cap) => cap.wallet === wallet && ends(cap) && isCountedBy(cap, rule)),
    )
    if (open.length === 0) return []
    const reason = `${on} earns as often as it is done: neither a cap of the member nor a cooldown ends it`
    const witness = byFacts(typeof facts === 'string' ? {} : facts)
    const finding: ProgramFinding = { code: 'unboundedAction', severity: 'warning', path, reason, witness }
    return [showing(finding, () => repeatedHistory(compiled, linted))]
  })
}

/** The least that an award grants where it grants anything, in the wallet's smallest unit; 0: there is no such. */
const oneGrant = (award: Award, decimals: number): number => {
  if (award.mode === 'multiplier' || award.mode === 'linear') return 0
  if (award.mode === 'perValue' && award.steps === 'linear') return 0
  // points have at most six decimals
  return Math.floor((Math.round(Number(award.points) * 1_000_000) * 10 ** decimals) / 1_000_000)
}

const grantOf = ({ wallets }: Program, cap: Cap, rule: EarningRule): number => {
  const decimals = wallets.find(({ id }) => id === cap.wallet)?.decimals ?? 0
  const grants = awardsIn(rule).map((award) => oneGrant(award, decimals))
  return grants.length === 0 ? 0 : Math.min(...grants)
}

const isCutBy = (cap: Cap, simulation: Simulation): boolean =>
  stepsIn(simulation).some(
    (step) =>
      step.step === 'earning' &&
      step.earning.capSteps.some((one) => one.cap === cap.id) &&
      step.earning.points < step.earning.desired,
  )

/** So many rules are tried. */
const MOST_TRIED = 5

/** A purchase or action by one of some rules by which the cap is seen to cut what it earns. */
const cutHistory = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  cap: Cap,
): WitnessHistory | undefined => {
  for (const linted of rules.slice(0, MOST_TRIED)) {
    const found = shownIn(compiled, ruleHistory(compiled, linted), (simulation) => isCutBy(cap, simulation))
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a rule can make less of what others grant. */
const canLower = (rule: EarningRule): boolean =>
  awardsIn(rule).some((award) => award.mode === 'multiplier' || award.points.startsWith('-'))

/** A rule of which one grant is more than the cap lets through. */
const tooSmall = (
  compiled: CompiledProgram,
  linted: LintedRule,
  cap: Cap,
  path: ProgramFinding['path'],
): OpenFinding => {
  const needed = grantOf(compiled.program, cap, linted.rule)
  const isRefused = cap.onExceed === 'reject' && !compiled.program.earning.rules.some(canLower)
  const reason = `one grant of ${linted.rule.id} ${isRefused ? 'never fits' : 'does not fit as a whole'}`
  const severity = isRefused ? 'error' : 'warning'
  const witness: BoundWitness = { type: 'bound', needed, most: cap.limit }
  return showing({ code: 'capBelowGrant', severity, path, reason, witness }, () => cutHistory(compiled, [linted], cap))
}

/** Caps and budgets that no grant of a rule fits into: nothing of it, or never all of it, is granted. */
export const capsBelowGrants = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings =>
  (compiled.program.earning.caps ?? []).flatMap((cap, index): Findings => {
    const path = ['earning', 'caps', index, 'limit']
    if (cap.limit === 0) {
      const reason = 'the cap lets nothing through'
      const witness: BoundWitness = { type: 'bound', needed: 1, most: 0 }
      const counted = rules.filter(({ rule }) => isCountedBy(cap, rule) && canPay(rule))
      return [
        showing({ code: 'capBelowGrant', severity: 'error', path, reason, witness }, () =>
          cutHistory(compiled, counted, cap),
        ),
      ]
    }
    if (cap.counts === 'times' || cap.window.type === 'balance') return []
    const found = rules.find(
      ({ rule, facts }) =>
        facts !== 'never' && isCountedBy(cap, rule) && grantOf(compiled.program, cap, rule) > cap.limit,
    )
    return found === undefined ? [] : [tooSmall(compiled, found, cap, path)]
  })
