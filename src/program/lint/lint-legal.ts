/** Legal profiles: what a program says of expiry, held against the rules of a law (S65). No legal advice. */
import { addDuration, type Instant, periodIntervalAt, type WalletId } from '../../foundation/index.ts'
import { lotTerm, type WalletDefinition } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Findings, ProgramFinding, Witness } from './lint-finding.ts'
import { activeOf, DAY, enrols, givenPoints, played } from './lint-history.ts'
import type { LegalProfile } from './lint-options.ts'
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
  if (part === 'expiry') return lotTerm(definition, zone, at).expiresAt ?? undefined
  return decay === undefined ? undefined : periodIntervalAt(decay.every, zone, at).until
}

/** Points are given, more the day before they die, so that the member is not silent; and they are gone. */
const timeWitness = (compiled: CompiledProgram, definition: WalletDefinition, part: 'decay' | 'expiry'): Witness => {
  const { id: wallet } = definition
  const until = goneAt(compiled, definition, part)
  if (until === undefined) return { type: 'facts', facts: {} }
  const at = start()
  const later = Math.max(at, until - DAY) as Instant
  const more: Activity = { ...givenPoints(wallet, 1, later), id: 'more points are given' as Activity['id'] }
  const activities = [enrols(at), givenPoints(wallet, 10_000, at), more]
  const end = played(compiled, activities, until)
  return end !== undefined && activeOf(end, wallet) < 10_000
    ? { type: 'history', activities, until }
    : { type: 'facts', facts: { earnedAt: at, goneAt: until } }
}

/** Points are given, nothing happens, and they are gone before a year is over. */
const silenceWitness = (compiled: CompiledProgram, definition: WalletDefinition): Witness => {
  const at = start()
  const until = goneAt(compiled, definition, 'expiry') ?? at
  const activities = [enrols(at), givenPoints(definition.id, 100, at)]
  const end = played(compiled, activities, until)
  return end !== undefined && activeOf(end, definition.id) === 0
    ? { type: 'history', activities, until }
    : { type: 'facts', facts: { earnedAt: at, goneAt: until } }
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

const ofWallet = (
  compiled: CompiledProgram,
  profile: LegalProfile,
  definition: WalletDefinition,
  index: number,
): Findings => {
  const part = endsByTime(definition)
  if (part !== undefined) {
    const what = 'points go by time alone, whatever the member does'
    const witness = timeWitness(compiled, definition, part)
    return [finding(profile, 'expiryByTimeAlone', ['wallets', index, part], what, witness)]
  }
  if (profile.id !== 'quebec' || !isShort(compiled, definition)) return []
  const what = 'points go after less than a year without activity'
  const path = ['wallets', index, 'expiry']
  return [finding(profile, 'inactivityTooShort', path, what, silenceWitness(compiled, definition))]
}

/** Rules whose points live for a time of their own, whatever the wallet says. */
const ofRules = ({ program }: CompiledProgram, profile: LegalProfile, exempt: ReadonlySet<WalletId>): Findings =>
  program.earning.rules.flatMap(({ wallet, on = 'purchase', lot }, index): Findings => {
    const isLeftOut = exempt.has(wallet) || (profile.id === 'ontario' && on !== 'purchase')
    if (lot?.validity === undefined || isLeftOut) return []
    const path = ['earning', 'rules', index, 'lot', 'validity']
    const { amount, unit } = lot.validity
    const witness: Witness = { type: 'room', figures: { validity: { amount, unit } } }
    return [finding(profile, 'expiryByTimeAlone', path, 'points of the rule go by time alone', witness)]
  })

/** What a profile has against a program. */
export const lintLegal = (compiled: CompiledProgram, profile: LegalProfile): Findings => {
  const exempt = exemptWallets(compiled, profile)
  return [
    ...compiled.program.wallets.flatMap((definition, index) =>
      exempt.has(definition.id) ? [] : ofWallet(compiled, profile, definition, index),
    ),
    ...ofRules(compiled, profile, exempt),
  ]
}
