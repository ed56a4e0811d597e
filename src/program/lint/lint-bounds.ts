/** What has no end, and what cannot begin: actions without a limit, and caps below one grant. */
import type { Award, Cap, EarningRule } from '../../earning/index.ts'
import type { Instant, WalletId } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { Findings, ProgramFinding, Witness } from './lint-finding.ts'
import { earnersIn, historyFor, played } from './lint-history.ts'
import type { LintedRule } from './lint-rules.ts'

const walletsOf = ({ wallet, also = [] }: EarningRule): ReadonlyArray<WalletId> => [wallet, ...also]

const counts = ({ of = {}, wallet }: Cap, rule: EarningRule): boolean =>
  walletsOf(rule).includes(wallet) &&
  (of.rules === undefined || of.rules.includes(rule.id)) &&
  (of.campaigns === undefined || (rule.campaign !== undefined && of.campaigns.includes(rule.campaign))) &&
  (of.kind === undefined || of.kind === (rule.lot?.kind ?? 'regular'))

/** Whether a cap ends what one member can repeat. */
const ends = ({ window, per }: Cap): boolean => window.type !== 'activity' && per?.by === undefined

/** What the program does of itself, once for each occasion. */
const OWN_ACTIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(['purchase', 'enrolment', 'tierUpgraded'])

const awardsOf = ({ award, cases = [] }: EarningRule): ReadonlyArray<Award> => [
  ...cases.map((one) => one.award),
  ...(award === null ? [] : [award]),
]

const paysSomething = (award: Award): boolean =>
  award.mode === 'multiplier' ? false : !award.points.startsWith('-') && Number(award.points) > 0

const again = (activities: ReadonlyArray<Activity>): ReadonlyArray<Activity> => {
  const last = activities[activities.length - 1]
  if (last === undefined) return activities
  const more = [2, 3, 4, 5].map((time) => ({ ...last, id: `${last.id} ${time}` as Activity['id'] }))
  return [...activities, ...more]
}

/** The same action five times at one instant, of which each earns. */
const repeatedWitness = (compiled: CompiledProgram, { rule, facts }: LintedRule): Witness => {
  if (typeof facts === 'string') return { type: 'facts', facts: {} }
  const once = historyFor(compiled, rule, { facts })
  const activities = once === undefined ? [] : again(once)
  const simulation = played(compiled, activities)
  const earned = simulation === undefined ? 0 : earnersIn(simulation).filter((one) => one.rule === rule.id).length
  const until = activities[activities.length - 1]?.at ?? (0 as Instant)
  return earned >= 5 * walletsOf(rule).length ? { type: 'history', activities, until } : { type: 'facts', facts }
}

/** Actions that can be repeated, and earn each time. */
export const unboundedActions = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { caps = [] } = compiled.program.earning
  return rules.flatMap((linted): Findings => {
    const { rule, path, facts } = linted
    const { on = 'purchase', cooldown } = rule
    const isBounded = cooldown !== undefined && cooldown.amount > 0
    if (OWN_ACTIONS.has(on) || isBounded || facts === 'never' || !awardsOf(rule).some(paysSomething)) return []
    const open = walletsOf(rule).filter(
      (wallet) => !caps.some((cap) => cap.wallet === wallet && ends(cap) && counts(cap, rule)),
    )
    if (open.length === 0) return []
    const reason = `${on} earns as often as it is done: neither a cap of the member nor a cooldown ends it`
    return [{ code: 'unboundedAction', severity: 'warning', path, reason, witness: repeatedWitness(compiled, linted) }]
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
  const grants = awardsOf(rule).map((award) => oneGrant(award, decimals))
  return grants.length === 0 ? 0 : Math.min(...grants)
}

/** A purchase or action by which the cap is seen to cut a grant; or else the two figures. */
const capWitness = (
  compiled: CompiledProgram,
  { rule, facts, lineFacts }: LintedRule,
  cap: Cap,
  needed: number,
): Witness => {
  const bound: Witness = { type: 'bound', needed, most: cap.limit }
  if (typeof facts === 'string' || typeof lineFacts === 'string') return bound
  const activities = historyFor(compiled, rule, { facts, lineFacts })
  const simulation = activities === undefined ? undefined : played(compiled, activities)
  const last = activities?.[activities.length - 1]
  if (activities === undefined || simulation === undefined || last === undefined) return bound
  const isCut = simulation.steps.some(
    ({ result }) =>
      result._tag === 'Right' &&
      result.right.trace.some(
        (step) =>
          step.step === 'earning' &&
          step.earning.capSteps.some((one) => one.cap === cap.id) &&
          step.earning.points < step.earning.desired,
      ),
  )
  return isCut ? { type: 'history', activities, until: last.at } : bound
}

/** Whether a rule can make less of what others grant. */
const canLower = (rule: EarningRule): boolean =>
  awardsOf(rule).some((award) => award.mode === 'multiplier' || award.points.startsWith('-'))

/** A rule of which one grant is more than the cap lets through. */
const tooSmall = (
  compiled: CompiledProgram,
  linted: LintedRule,
  cap: Cap,
  path: ProgramFinding['path'],
): ProgramFinding => {
  const needed = grantOf(compiled.program, cap, linted.rule)
  const isRefused = cap.onExceed === 'reject' && !compiled.program.earning.rules.some(canLower)
  const reason = `one grant of ${linted.rule.id} ${isRefused ? 'never fits' : 'does not fit as a whole'}`
  const severity = isRefused ? 'error' : 'warning'
  return { code: 'capBelowGrant', severity, path, reason, witness: capWitness(compiled, linted, cap, needed) }
}

/** Caps and budgets that no grant of a rule fits into: nothing of it, or never all of it, is granted. */
export const capsBelowGrants = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings =>
  (compiled.program.earning.caps ?? []).flatMap((cap, index): Findings => {
    const path = ['earning', 'caps', index, 'limit']
    if (cap.limit === 0) {
      const reason = 'the cap lets nothing through'
      return [
        { code: 'capBelowGrant', severity: 'error', path, reason, witness: { type: 'bound', needed: 1, most: 0 } },
      ]
    }
    if (cap.counts === 'times' || cap.window.type === 'balance') return []
    const found = rules.find(
      ({ rule, facts }) => facts !== 'never' && counts(cap, rule) && grantOf(compiled.program, cap, rule) > cap.limit,
    )
    return found === undefined ? [] : [tooSmall(compiled, found, cap, path)]
  })
