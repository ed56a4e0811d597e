/** Multipliers that have nothing to multiply. */
import type { Award, EarningRule } from '../../earning/index.ts'
import type { RuleId, WalletId } from '../../foundation/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Simulation } from '../simulate/simulate.ts'
import { attempted, type Findings, type NameWitness } from './lint-finding.ts'
import { shownIn, stepsIn } from './lint-history.ts'
import { awardsIn, type LintedRule, walletsOf } from './lint-rule.ts'
import { ruleHistory } from './lint-rule-history.ts'

/** Whether an award gives points that multipliers raise. */
const isBase = (award: Award): boolean =>
  award.mode !== 'multiplier' && award.mode !== 'bonus' && award.mode !== 'milestone' && Number(award.points) !== 0

/** The rules that give what multipliers raise, by wallet, of one kind of activity. */
type BaseRules = ReadonlyMap<WalletId, ReadonlySet<RuleId>>

const onOf = ({ on = 'purchase' }: EarningRule): string => on

const baseRules = (rules: ReadonlyArray<LintedRule>): ReadonlyMap<string, BaseRules> => {
  const found = new Map<string, Map<WalletId, Set<RuleId>>>()
  for (const { rule, facts, lineFacts } of rules) {
    if (facts === 'never' || lineFacts === 'never' || !awardsIn(rule).some(isBase)) continue
    const ofActivity = found.get(onOf(rule)) ?? new Map<WalletId, Set<RuleId>>()
    found.set(onOf(rule), ofActivity)
    for (const wallet of walletsOf(rule)) {
      const known = ofActivity.get(wallet) ?? new Set<RuleId>()
      ofActivity.set(wallet, known)
      known.add(rule.id)
    }
  }
  return found
}

/** Whether an award multiplies, and nothing of it is there in some wallets. */
const isIdle = (award: Award, wallets: ReadonlyArray<WalletId>, base: BaseRules): boolean =>
  award.mode === 'multiplier' &&
  wallets.every((wallet) => {
    const rules = base.get(wallet)
    return rules === undefined || (award.of !== undefined && !award.of.some((rule) => rules.has(rule)))
  })

const NONE: BaseRules = /* @__PURE__ */ new Map()

/** Whether a rule multiplies, and there is nothing that it multiplies. */
const multipliesNothing = (simulation: Simulation, { id }: EarningRule): boolean =>
  stepsIn(simulation)
    .flatMap((step) => (step.step === 'earning' ? [step.earning] : []))
    .every(({ multipliers, rules }) =>
      multipliers
        .filter(({ rule }) => rule === id)
        .every(({ award: { of } }) =>
          rules.every(
            ({ rule, stage, before }) => stage === 'flat' || before === '0' || (of !== undefined && !of.includes(rule)),
          ),
        ),
    )

/** Rules that do nothing but multiply, in wallets in which none of the rules that they multiply gives base points. */
export const idleMultipliers = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const byActivity = baseRules(rules)
  return rules.flatMap((linted): Findings => {
    const { rule, path, facts, lineFacts } = linted
    const base = byActivity.get(onOf(rule)) ?? NONE
    if (facts === 'never' || lineFacts === 'never') return []
    if (!awardsIn(rule).every((award) => isIdle(award, walletsOf(rule), base))) return []
    const reason = `there is nothing to multiply: no rule on ${onOf(rule)} that it is for gives base points in its wallets`
    const witness: NameWitness = { type: 'name', name: rule.wallet, known: [...base.keys()] }
    const show = () =>
      attempted(
        witness,
        shownIn(compiled, ruleHistory(compiled, linted), (simulation) => multipliesNothing(simulation, rule)),
      )
    return [{ code: 'neverFires', severity: 'error', path, reason, witness, show }]
  })
}
