/** Times that do not fit together: waiting, validity, returns, reviews. */
import type { EarningRule, LotSettings } from '../../earning/index.ts'
import {
  addDuration,
  type Duration,
  type Instant,
  localTimeOf,
  type Points,
  type WalletId,
  type Zone,
} from '../../foundation/index.ts'
import { lotTerm, type OwnTerm, type WalletDefinition } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Simulation } from '../simulate/simulate.ts'
import {
  byFacts,
  type Findings,
  type OpenFinding,
  type ProgramFinding,
  showing,
  type Witness,
  type WitnessHistory,
} from './lint-finding.ts'
import { activeOf, anybody, DAY, played, stepsIn } from './lint-history.ts'
import { canPay, type LintedRule, walletsOf } from './lint-rule.ts'
import { ruleHistory } from './lint-rule-history.ts'

/** 1 January 2024: four years from then on have every length of month and year. */
const FIRST = 1_704_110_400_000

export const anchors: ReadonlyArray<Instant> = /* @__PURE__ */ Array.from(
  { length: 1461 },
  (_, day) => (FIRST + day * DAY) as Instant,
)

/** The first of some days on which points die before anybody could spend them. */
const diesOn = (definition: WalletDefinition, zone: Zone, own: OwnTerm): Instant | undefined =>
  anchors.find((at) => {
    const { activeFrom, expiresAt, awaits } = lotTerm(definition, zone, at, own)
    return awaits === null && expiresAt !== null && expiresAt <= activeFrom
  })

/** So many rules are tried for a witness. */
const MOST_TRIED = 20

const earnsIn = ({ rule: { wallet, also = [], on = 'purchase' } }: LintedRule, id: WalletId): boolean =>
  on === 'purchase' && [wallet, ...also].includes(id)

/** Whether points of a history are gone without ever having been active. */
const isGone = (simulation: Simulation, wallet: WalletId): boolean => {
  const entries = stepsIn(simulation).flatMap((step) => (step.step === 'entry' ? [step.entry] : []))
  const gone = new Set(
    entries.flatMap((entry) => {
      if (entry.type === 'expired') return [entry.lot]
      return entry.type === 'convertedOut' ? entry.draws.map(({ lot }) => lot) : []
    }),
  )
  return entries.some(
    (entry) =>
      entry.type === 'accrued' &&
      entry.wallet === wallet &&
      gone.has(entry.lot) &&
      entry.expiresAt !== null &&
      entry.expiresAt <= entry.activeFrom,
  )
}

/** Points that a purchase or action earns by one of some rules, wait, and are gone. */
const deathHistory = (
  compiled: CompiledProgram,
  definition: WalletDefinition,
  rules: ReadonlyArray<LintedRule>,
  earnedAt: Instant,
  own: OwnTerm,
): WitnessHistory | undefined => {
  const { zone } = compiled
  const from = localTimeOf(zone, earnedAt).date
  for (const linted of rules.slice(0, MOST_TRIED)) {
    const activities = ruleHistory(compiled, linted, { from })
    const at = activities?.[activities.length - 1]?.at
    if (activities === undefined || at === undefined) continue
    const until = lotTerm(definition, zone, at, own).activeFrom
    const simulation = played(compiled, activities, until)
    if (simulation !== undefined && isGone(simulation, definition.id)) return { activities, until }
  }
  return undefined
}

const death = (
  { compiled, definition, rules }: Deadly,
  path: ProgramFinding['path'],
  earnedAt: Instant,
  own: OwnTerm,
): OpenFinding => {
  const { activeFrom } = lotTerm(definition, compiled.zone, earnedAt, own)
  const witness = byFacts({ earnedAt, activeFrom })
  const reason = 'points die before they are active'
  const finding: ProgramFinding = { code: 'diesWhilePending', severity: 'error', path, reason, witness }
  return showing(finding, () => deathHistory(compiled, definition, rules, earnedAt, own))
}

/** A wallet in which points die, and the rules that earn them. */
interface Deadly {
  readonly compiled: CompiledProgram
  readonly definition: WalletDefinition
  readonly rules: ReadonlyArray<LintedRule>
}

const ownTerm = ({ pending, validity }: LotSettings): OwnTerm => ({
  ...(pending === undefined ? {} : { pending }),
  ...(validity === undefined ? {} : { validity }),
})

/** Looks at the settings of rules, each of those that are equal once. */
const deathsOfLots = ({ zone, wallets }: CompiledProgram): ((rule: EarningRule) => Instant | undefined) => {
  const known = new Map<string, Instant | undefined>()
  return ({ wallet, lot = {} }) => {
    const definition = wallets.get(wallet)
    if (definition === undefined || (lot.pending === undefined && lot.validity === undefined)) return undefined
    const key = JSON.stringify([wallet, lot.pending, lot.validity])
    const earnedAt = known.has(key) ? known.get(key) : diesOn(definition, zone, ownTerm(lot))
    known.set(key, earnedAt)
    return earnedAt
  }
}

/** Wallets and rules whose points die before they can be spent. */
export const deadPoints = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { zone, program, wallets } = compiled
  const ofWallets = program.wallets.flatMap((definition, index): Findings => {
    const at = diesOn(definition, zone, {})
    const own = rules.filter(({ rule }) => walletsOf(rule).includes(definition.id))
    return at === undefined ? [] : [death({ compiled, definition, rules: own }, ['wallets', index], at, {})]
  })
  const earnedAtOf = deathsOfLots(compiled)
  const ofRules = rules.flatMap((linted): Findings => {
    const { rule, path } = linted
    const earnedAt = earnedAtOf(rule)
    const definition = wallets.get(rule.wallet)
    if (earnedAt === undefined || definition === undefined || !canPay(rule)) return []
    return [death({ compiled, definition, rules: [linted] }, [...path, 'lot'], earnedAt, ownTerm(rule.lot ?? {}))]
  })
  return [...ofWallets, ...ofRules]
}

/** Whether one time can be over before another one that begins with it. */
const endsEarlier = (zone: Zone, first: Duration, second: Duration): boolean =>
  anchors.some((at) => addDuration(zone, at, first) < addDuration(zone, at, second))

const waitOf = ({ pending }: WalletDefinition): Duration | undefined => {
  if (pending === null) return { amount: 0, unit: 'day' }
  return pending.type === 'duration' ? pending.duration : undefined
}

const canBeSpent = (definition: WalletDefinition, returnWindow: Duration, zone: Zone): boolean => {
  const wait = waitOf(definition)
  return wait !== undefined && endsEarlier(zone, wait, returnWindow)
}

/** Bought, spent as soon as it can be, and returned: what the member keeps was never paid for. */
const regretWitness = (
  compiled: CompiledProgram,
  definition: WalletDefinition,
  linted: LintedRule,
): Witness | undefined => {
  const { rule } = linted
  const bought = ruleHistory(compiled, linted)
  const purchase = bought?.[bought.length - 1]
  if (bought === undefined || purchase?.type !== 'purchase') return undefined
  const { activeFrom } = lotTerm(
    definition,
    compiled.zone,
    purchase.at,
    rule.lot?.pending === undefined ? {} : { pending: rule.lot.pending },
  )
  const waited = played(compiled, bought, activeFrom)
  const points = waited === undefined ? 0 : activeOf(waited, definition.id)
  if (points <= 0) return undefined
  const base = { member: anybody, at: activeFrom }
  const activities: ReadonlyArray<Activity> = [
    ...bought,
    { type: 'redemption', id: 'spends' as Activity['id'], ...base, wallet: definition.id, points: points as Points },
    { type: 'return', id: 'returns' as Activity['id'], ...base, purchase: purchase.id },
  ]
  return played(compiled, activities, activeFrom) === undefined
    ? undefined
    : { type: 'history', activities, until: activeFrom }
}

const firstWitness = (
  compiled: CompiledProgram,
  definition: WalletDefinition,
  rules: ReadonlyArray<LintedRule>,
): Witness | undefined => {
  const earning = rules.filter((linted) => earnsIn(linted, definition.id)).slice(0, MOST_TRIED)
  for (const linted of earning) {
    const witness = regretWitness(compiled, definition, linted)
    if (witness !== undefined) return witness
  }
  return undefined
}

/** Wallets whose points can be spent while the purchase can still be returned. */
export const spendableBeforeReturns = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { program, zone } = compiled
  return program.wallets.flatMap((definition, index): Findings => {
    if (!canBeSpent(definition, program.returnWindow, zone)) return []
    const witness = firstWitness(compiled, definition, rules)
    if (witness === undefined) return []
    const isOwed = (definition.clawBack?.limit ?? 'unlimited') === 'unlimited'
    const whose = isOwed ? 'the member owes them' : 'the shop loses them'
    const reason = `points can be spent before the purchase is returned: ${whose}`
    const severity = isOwed ? 'note' : 'warning'
    return [{ code: 'spendableBeforeReturn', severity, path: ['wallets', index, 'pending'], reason, witness }]
  })
}
