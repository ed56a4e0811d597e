/** Legal profiles: what a program says of expiry, held against the rules of a law (S65). No legal advice. */
import type { EarningRule } from '../../earning/index.ts'
import { addDuration, type Instant, periodIntervalAt, type WalletId } from '../../foundation/index.ts'
import { type Lot, lotTerm, type WalletDefinition } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Simulation } from '../simulate/simulate.ts'
import {
  byFacts,
  type Findings,
  type ProgramFinding,
  showing,
  type Witness,
  type WitnessHistory,
} from './lint-finding.ts'
import { anybody, DAY, enrols, givenPoints, played, repeatedLast, stepsIn } from './lint-history.ts'
import type { LegalProfile } from './lint-options.ts'
import { canPay, type LintedRule } from './lint-rule.ts'
import { ruleHistory } from './lint-rule-history.ts'
import { anchors } from './lint-terms.ts'

const NAMES = { quebec: 'Québec', ontario: 'Ontario' } as const

const start = (): Instant => anchors[0] ?? (0 as Instant)

/** When points that are given at the start of witnesses are gone, or melt for the first time. */
const goneAt = (
  { zone }: CompiledProgram,
  definition: WalletDefinition,
  part: 'decay' | 'expiry',
): Instant | undefined => {
  const at = start()
  const { decay } = definition
  // What is given by hand is active at once.
  if (part === 'expiry') return lotTerm(definition, zone, at, { activeFrom: at }).expiresAt ?? undefined
  return decay === undefined ? undefined : periodIntervalAt(decay.every, zone, at).until
}

/** Whether points of a wallet go at an instant because their time is over: they expire, melt or move on. */
const areGone = (simulation: Simulation, wallet: WalletId, at: Instant): boolean =>
  stepsIn(simulation).some(
    (step) =>
      step.step === 'entry' &&
      step.entry.wallet === wallet &&
      step.entry.at === at &&
      step.entry.points > 0 &&
      (step.entry.type === 'expired' || step.entry.type === 'decayed' || step.entry.type === 'convertedOut'),
  )

/** A history at whose last instant points of a wallet go. */
const goneAtEnd = (
  compiled: CompiledProgram,
  wallet: WalletId,
  activities: ReadonlyArray<Activity>,
  until: Instant,
): WitnessHistory | undefined => {
  const simulation = played(compiled, activities, until)
  return simulation !== undefined && areGone(simulation, wallet, until) ? { activities, until } : undefined
}

/** Points are given, more the day before they die, so that the member is not silent; and they are gone. */
const timeHistory = (
  compiled: CompiledProgram,
  { id: wallet }: WalletDefinition,
  until: Instant,
): WitnessHistory | undefined => {
  const at = start()
  const later = Math.max(at, until - DAY) as Instant
  const more: Activity = { ...givenPoints(wallet, 1, later), id: 'more points are given' as Activity['id'] }
  return goneAtEnd(compiled, wallet, [enrols(at), givenPoints(wallet, 10_000, at), more], until)
}

/** Points are given, nothing happens, and they are gone before a year is over. */
const silenceHistory = (
  compiled: CompiledProgram,
  { id: wallet }: WalletDefinition,
  until: Instant,
): WitnessHistory | undefined => {
  const at = start()
  return goneAtEnd(compiled, wallet, [enrols(at), givenPoints(wallet, 100, at)], until)
}

/** What of a wallet ends points by time alone, if anything does. */
const endsByTime = ({ expiry, decay }: WalletDefinition): 'decay' | 'expiry' | undefined => {
  if (expiry !== null) {
    const { type } = expiry
    if (type !== 'inactivity') return 'expiry'
    if (expiry.resetBy.length === 0 && (expiry.resetByActions ?? []).length === 0) return 'expiry'
  }
  return decay !== undefined && Number(decay.rate) + decay.atLeast > 0 ? 'decay' : undefined
}

/** Whether a silence that is shorter than a year can end points. */
const isShort = ({ zone }: CompiledProgram, { expiry }: WalletDefinition): boolean =>
  expiry?.type === 'inactivity' &&
  anchors.some((at) => addDuration(zone, at, expiry.after) < addDuration(zone, at, { amount: 1, unit: 'year' }))

const finding = (
  { id: profile }: LegalProfile,
  code: 'expiryByTimeAlone' | 'inactivityTooShort',
  path: ProgramFinding['path'],
  what: string,
  witness: Witness,
): ProgramFinding => ({
  code,
  severity: 'warning',
  path,
  reason: `${NAMES[profile]}: ${what} (no legal advice)`,
  witness,
  profile,
})

const exemptWallets = ({ program }: CompiledProgram, { id, exempt = [] }: LegalProfile): ReadonlySet<WalletId> => {
  if (id !== 'ontario') return new Set(exempt)
  const earning = program.earning.rules.filter(({ on = 'purchase' }) => on === 'purchase')
  const bought = new Set(earning.flatMap(({ wallet, also = [] }) => [wallet, ...also]))
  return new Set([...exempt, ...program.wallets.map(({ id: wallet }) => wallet).filter((one) => !bought.has(one))])
}

const goneFacts = (until: Instant | undefined): Witness =>
  byFacts({ earnedAt: start(), ...(until === undefined ? {} : { goneAt: until }) })

const ofWallet = (
  compiled: CompiledProgram,
  profile: LegalProfile,
  definition: WalletDefinition,
  index: number,
): Findings => {
  const part = endsByTime(definition)
  if (part !== undefined) {
    const what = 'points go by time alone, whatever the member does'
    const until = goneAt(compiled, definition, part)
    const found = finding(profile, 'expiryByTimeAlone', ['wallets', index, part], what, goneFacts(until))
    return [showing(found, () => (until === undefined ? undefined : timeHistory(compiled, definition, until)))]
  }
  if (profile.id !== 'quebec' || !isShort(compiled, definition)) return []
  const what = 'points go after less than a year without activity'
  const until = goneAt(compiled, definition, 'expiry')
  const found = finding(profile, 'inactivityTooShort', ['wallets', index, 'expiry'], what, goneFacts(until))
  return [showing(found, () => (until === undefined ? undefined : silenceHistory(compiled, definition, until)))]
}

const lotsIn = (simulation: Simulation | undefined, wallet: WalletId): ReadonlyArray<Lot> =>
  simulation?.members.get(anybody)?.wallets.find(({ id }) => id === wallet)?.lots ?? []

/** When points of a rule that lives for its own time are gone. */
const endOf = ({ wallets, zone }: CompiledProgram, { wallet, lot = {} }: EarningRule, at: Instant): Instant | null => {
  const definition = wallets.get(wallet)
  const { pending, validity } = lot
  if (definition === undefined || validity === undefined) return null
  return lotTerm(definition, zone, at, { validity, ...(pending === undefined ? {} : { pending }) }).expiresAt
}

/** The lot that the last activity of a history earns by a rule is there, and then it is gone. */
const endOfLot = (
  compiled: CompiledProgram,
  { rule }: LintedRule,
  activities: ReadonlyArray<Activity>,
): WitnessHistory | undefined => {
  const last = activities[activities.length - 1]
  const until = last === undefined ? null : endOf(compiled, rule, last.at)
  if (last === undefined || until === null || until <= last.at) return undefined
  const earned = lotsIn(played(compiled, activities, (until - 1) as Instant), rule.wallet)
  const lot = earned.find(({ source, expiresAt }) => source === last.id && expiresAt === until)
  const left = lotsIn(played(compiled, activities, until), rule.wallet)
  return lot === undefined || left.some(({ id }) => id === lot.id) ? undefined : { activities, until }
}

/** How often something is done at once, and for how much: milestones want it done several times, or more of it. */
const TRIED: ReadonlyArray<{ readonly times: number; readonly amount?: number }> = [
  { times: 1 },
  { times: 2 },
  { times: 5 },
  { times: 1, amount: 10_000_000 },
]

/** Points that a rule earns are there until just before their time is over, and then they are gone. */
const lotHistory = (compiled: CompiledProgram, linted: LintedRule): WitnessHistory | undefined => {
  for (const { times, ...occasion } of TRIED) {
    const once = ruleHistory(compiled, linted, occasion)
    const found = once === undefined ? undefined : endOfLot(compiled, linted, repeatedLast(once, times))
    if (found !== undefined) return found
  }
  return undefined
}

/** Rules whose points live for a time of their own, whatever the wallet says. */
const ofRules = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  profile: LegalProfile,
  exempt: ReadonlySet<WalletId>,
): Findings =>
  rules.flatMap((linted): Findings => {
    const { wallet, on = 'purchase', lot } = linted.rule
    const isLeftOut = exempt.has(wallet) || (profile.id === 'ontario' && on !== 'purchase')
    if (lot?.validity === undefined || isLeftOut || !canPay(linted.rule)) return []
    const path = [...linted.path, 'lot', 'validity']
    const { amount, unit } = lot.validity
    const witness: Witness = { type: 'room', figures: { validity: { amount, unit } } }
    const found = finding(profile, 'expiryByTimeAlone', path, 'points of the rule go by time alone', witness)
    return [showing(found, () => lotHistory(compiled, linted))]
  })

/** The profiles that there are. */
export const KNOWN_PROFILES: ReadonlyArray<string> = /* @__PURE__ */ Object.keys(NAMES)

export const isKnownProfile = (id: string): boolean => Object.hasOwn(NAMES, id)

/** What a profile has against a program. */
export const lintLegal = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  profile: LegalProfile,
): Findings => {
  const exempt = exemptWallets(compiled, profile)
  return [
    ...compiled.program.wallets.flatMap((definition, index) =>
      exempt.has(definition.id) ? [] : ofWallet(compiled, profile, definition, index),
    ),
    ...ofRules(compiled, rules, profile, exempt),
  ]
}
