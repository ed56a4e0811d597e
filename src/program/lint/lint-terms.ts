/** Times that do not fit together: waiting, validity, returns, reviews. */
import type { EarningRule, LotSettings } from '../../earning/index.ts'
import {
  addDuration,
  type Duration,
  type Instant,
  type Points,
  type WalletId,
  type Zone,
} from '../../foundation/index.ts'
import { lotTerm, type OwnTerm, type WalletDefinition } from '../../ledger/index.ts'
import type { ReferralTerms } from '../../referrals/index.ts'
import { leastReferralSpend } from '../../referrals/index.ts'
import type { Activity, Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Findings, ProgramFinding, Witness } from './lint-finding.ts'
import {
  activeOf,
  anybody,
  DAY,
  enrols,
  historyFor,
  plainPurchase,
  played,
  requiredAttributes,
  somebodyElse,
} from './lint-history.ts'
import type { LintedRule } from './lint-rules.ts'

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

/** Whether points wait and then are gone, without ever having been active. */
const isGone = (
  compiled: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  wallet: WalletId,
  until: Instant,
): boolean => {
  const [before, after] = [played(compiled, activities), played(compiled, activities, until)]
  const waits = before?.members.get(anybody)?.wallets.find(({ id }) => id === wallet)?.pending ?? 0
  const own = after?.members.get(anybody)?.wallets.find(({ id }) => id === wallet)
  return waits > 0 && own?.active === 0 && own.pending === 0
}

/** Points that a purchase earns, wait, and are gone. */
const deathWitness = (
  compiled: CompiledProgram,
  definition: WalletDefinition,
  rules: ReadonlyArray<LintedRule>,
  earnedAt: Instant,
): Witness => {
  const { id } = definition
  const facts: Witness = {
    type: 'facts',
    facts: { earnedAt, activeFrom: lotTerm(definition, compiled.zone, earnedAt).activeFrom },
  }
  for (const { rule, facts: of, lineFacts } of rules.filter((linted) => earnsIn(linted, id)).slice(0, MOST_TRIED)) {
    if (typeof of === 'string' || typeof lineFacts === 'string') continue
    const activities = historyFor(compiled, rule, { facts: of, lineFacts })
    const at = activities?.[activities.length - 1]?.at
    if (activities === undefined || at === undefined) continue
    const until = lotTerm(definition, compiled.zone, at).activeFrom
    if (isGone(compiled, activities, id, until)) return { type: 'history', activities, until }
  }
  return facts
}

const death = (path: ProgramFinding['path'], witness: Witness): ProgramFinding => ({
  code: 'diesWhilePending',
  severity: 'error',
  path,
  reason: 'points die before they are active',
  witness,
})

const ownTerm = ({ pending, validity }: LotSettings): OwnTerm => ({
  ...(pending === undefined ? {} : { pending }),
  ...(validity === undefined ? {} : { validity }),
})

/** Looks at the settings of rules, each of those that are equal once. */
const deathsOfLots = ({ zone, wallets }: CompiledProgram): ((rule: EarningRule) => Witness | undefined) => {
  const known = new Map<string, Witness | undefined>()
  const look = (definition: WalletDefinition, own: OwnTerm): Witness | undefined => {
    const earnedAt = diesOn(definition, zone, own)
    if (earnedAt === undefined) return undefined
    return { type: 'facts', facts: { earnedAt, activeFrom: lotTerm(definition, zone, earnedAt, own).activeFrom } }
  }
  return ({ wallet, lot = {} }) => {
    const definition = wallets.get(wallet)
    if (definition === undefined || (lot.pending === undefined && lot.validity === undefined)) return undefined
    const key = JSON.stringify([wallet, lot.pending, lot.validity])
    const witness = known.has(key) ? known.get(key) : look(definition, ownTerm(lot))
    known.set(key, witness)
    return witness
  }
}

/** Wallets and rules whose points die before they can be spent. */
export const deadPoints = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { zone, program } = compiled
  const ofWallets = program.wallets.flatMap((definition, index): Findings => {
    const at = diesOn(definition, zone, {})
    return at === undefined ? [] : [death(['wallets', index], deathWitness(compiled, definition, rules, at))]
  })
  const witnessOf = deathsOfLots(compiled)
  const ofRules = rules.flatMap(({ rule, path }): Findings => {
    const witness = witnessOf(rule)
    return witness === undefined ? [] : [death([...path, 'lot'], witness)]
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
  const { facts, lineFacts, rule } = linted
  if (typeof facts === 'string' || typeof lineFacts === 'string') return undefined
  const bought = historyFor(compiled, rule, { facts, lineFacts })
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

/** A friend joins, buys the least that counts, and the referrer is paid before the return window is over. */
const referralHistory = (
  compiled: CompiledProgram,
  terms: ReferralTerms,
): { readonly activities: ReadonlyArray<Activity>; readonly at: Instant } => {
  const at = anchors[0] as Instant
  const { program } = compiled
  const later = (hours: number): Instant => (at + hours * 3_600_000) as Instant
  const joins = { ...enrols(later(1)), referrer: { member: somebodyElse, enrolledAt: at } }
  const { channels, categories } = terms.eligibility
  const bought = plainPurchase(program.currency, leastReferralSpend(terms.eligibility), later(2))
  const purchase: Purchase = {
    ...bought,
    lines: bought.lines.map((line) => (categories === null ? line : { ...line, categories: categories.slice(0, 1) })),
    attributes: { ...requiredAttributes(compiled), ...(channels?.[0] === undefined ? {} : { channel: channels[0] }) },
  }
  return { activities: [enrols(at, somebodyElse), joins, purchase], at: purchase.at }
}

/** The first instant at which the referrer's points of such a history are active. */
export const paidReferrer = (
  compiled: CompiledProgram,
  terms: ReferralTerms,
  wallet: WalletId,
): Witness | undefined => {
  const { activities, at } = referralHistory(compiled, terms)
  const until = addDuration(compiled.zone, at, terms.review)
  const simulation = played(compiled, activities, until)
  const isPaid = simulation !== undefined && activeOf(simulation, wallet, somebodyElse) > 0
  return isPaid ? { type: 'history', activities, until } : undefined
}
