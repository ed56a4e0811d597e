/** What a purchase or an action earns: counted, put into the wallets, and noted for what comes later. */
import * as E from 'fp-ts/Either'
import {
  type CompiledEarning,
  type CountedLine,
  cooldownEnd,
  type EarningActivity,
  type EarningContext,
  earn,
  linesTotal,
  type WalletEarning,
} from '../../earning/index.ts'
import {
  type ActivityId,
  addDuration,
  type Instant,
  type InvalidValue,
  type Points,
  underPath,
} from '../../foundation/index.ts'
import type { Facts } from '../../rules/index.ts'
import type { CompiledVersion } from '../definition/compile.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import { countTowardsChallenges } from './count-challenges.ts'
import type { RuleFreedom } from './decision.ts'
import { type Draft, emit } from './draft.ts'
import { enterGrant, enterPenalty } from './draft-wallet.ts'
import { claimsOf, countClaims, milestonesOf } from './earning-claims.ts'
import { earningContextOf, type Occurrence } from './earning-context.ts'
import { type EarnedLot, earnedLots } from './earning-grant.ts'
import type { Rejection } from './rejection.ts'
import { activatedAt, countActivated, countsActivations, countTowardsTiers } from './tier-counting.ts'

/** Something that happened and is counted now. */
export interface Happening extends Occurrence {
  readonly id: ActivityId
  /** When it came in. */
  readonly at: Instant
  readonly lines: ReadonlyArray<CountedLine>
}

/** What earning looks at. */
export const earningActivity = ({
  action,
  countedAt,
  lines,
  attributes,
}: Pick<OpenEarning, 'action' | 'countedAt' | 'lines' | 'attributes'>): EarningActivity => ({
  action,
  at: countedAt,
  lines,
  attributes,
})

/** What is wrong with what an activity says of itself. */
export const attributeFaultsOf = (
  { program: { current } }: Draft,
  action: string,
  attributes: Facts,
): ReadonlyArray<InvalidValue> => {
  const compiled = current.earning.activities.get(action)
  return underPath(['attributes'], compiled?.attributeFaults(attributes) ?? [])
}

const nothing: ReadonlyArray<never> = []

/** When each rule in cooldown is free again. */
const freedomsOf = (
  { program: { cooldowns, zone }, state }: Draft,
  { cooling }: EarningContext,
  { at }: EarningActivity,
): ReadonlyArray<RuleFreedom> =>
  cooling.flatMap((rule) => {
    const cooldown = cooldowns.get(rule)
    return cooldown === undefined ? [] : [{ rule, from: cooldownEnd(cooldown, state.progress.uses, rule, zone, at) }]
  })

const traceEarning = (
  draft: Draft,
  compiled: CompiledEarning,
  earned: ReadonlyArray<WalletEarning>,
  activity: EarningActivity,
  context: EarningContext,
): void => {
  if (!draft.tracing) return
  const { version } = draft.program.program
  const { rounding } = compiled
  const freeFrom = context.cooling.length === 0 ? nothing : freedomsOf(draft, context, activity)
  for (const earning of earned) {
    draft.steps.push({ step: 'earning', version, rounding, earning, activity, context, freeFrom })
  }
}

const openEarning = (
  draft: Draft,
  compiled: CompiledVersion,
  { id, action, at, countedAt, lines, attributes }: Happening,
  context: EarningContext,
  earned: ReadonlyArray<WalletEarning>,
  lots: ReadonlyArray<EarnedLot>,
): OpenEarning => {
  const { program, zone } = draft.program
  const grants = lots.map(({ grant }) => grant)
  return {
    id,
    action,
    at,
    countedAt,
    version: program.version,
    returnableUntil: addDuration(zone, at, program.returnWindow),
    lines,
    isUndone: false,
    attributes,
    context,
    grants,
    claims: claimsOf(compiled, earned, grants, attributes, countedAt),
    milestones: milestonesOf(earned),
    rewards: [],
  }
}

/** Puts what was earned into the wallets, and takes what an action costs out of them. */
const enterEarned = (
  draft: Draft,
  { id, at, countedAt }: Happening,
  earned: ReadonlyArray<WalletEarning>,
  lots: ReadonlyArray<EarnedLot>,
): E.Either<Rejection, void> => {
  for (const { grant, kind, funder, term } of lots) {
    const { wallet, lot, points } = grant
    const entered = enterGrant(draft, wallet, { lot, points, at, source: id, kind, funder, term }, countedAt)
    if (E.isLeft(entered)) return entered
  }
  for (const { wallet, points } of earned) {
    const entered = points < 0 ? enterPenalty(draft, wallet, -points as Points, at, id) : E.right(undefined)
    if (E.isLeft(entered)) return entered
  }
  return E.right(undefined)
}

/** Points that are active at once count at once, also on ladders that count them when they become active. */
const countActiveLots = (draft: Draft, earning: OpenEarning, at: Instant): void => {
  for (const { wallet, lot, points } of earning.grants) {
    const countedAt = activatedAt(draft, wallet, lot, earning)
    if (countedAt === undefined || countedAt > at) continue
    countActivated(draft, wallet, points, { version: earning.version, countedAt }, at)
  }
}

/** Whether it matters which rules earned: to tell it, or because caps and cooldowns are counted by rule. */
const asksForRules = ({ tracing, program: { cooldowns } }: Draft, { earningRules }: CompiledVersion): boolean =>
  tracing || cooldowns.size > 0 || (earningRules.caps ?? []).length > 0

/**
 * Counts something that happened: what it earns, by the rules of now, in the context of now; and enters what follows in
 * the ledger, in the counters and towards tiers.
 */
export const decideEarning = (draft: Draft, happening: Happening): E.Either<Rejection, OpenEarning> => {
  const { current: version, zone } = draft.program
  const { at } = happening
  const { earning: compiled } = version
  const context = earningContextOf(draft, happening, compiled)
  if (E.isLeft(context)) return context
  const activity = earningActivity(happening)
  const earned = earn(compiled, activity, zone, context.right, { byRule: asksForRules(draft, version) })
  if (E.isLeft(earned)) return E.left([earned.left])
  const { wallets } = earned.right
  traceEarning(draft, compiled, wallets, activity, context.right)
  const lots = earnedLots(draft, happening, wallets)
  const earning = openEarning(draft, version, happening, context.right, wallets, lots)
  const orders = draft.state.orders + (happening.action === 'purchase' ? 1 : 0)
  emit(draft, { type: 'earningRecorded', at, earning, orders })
  countClaims(draft, earning, wallets)
  const entered = enterEarned(draft, happening, wallets, lots)
  if (E.isLeft(entered)) return entered
  const { action, attributes, lines } = happening
  const minor = action === 'purchase' ? linesTotal(lines) : 0
  const figures = { action, attributes, points: earning.grants, activated: nothing, minor, times: 1 } as const
  countTowardsTiers(draft, figures, earning, at)
  if (countsActivations(draft)) countActiveLots(draft, earning, at)
  const progressed = countTowardsChallenges(draft, earning, at)
  return E.isLeft(progressed) ? progressed : E.right(earning)
}
