/** What a member's state, and the budgets of the program, say at an instant for what is earned. */
import * as E from 'fp-ts/Either'
import {
  type Cap,
  type CapRoom,
  type CapUsage,
  type CompiledEarning,
  capRoom,
  coolingRules,
  type EarningContext,
  emptyEarningContext,
  occasionsOn,
  type Tenure,
  tenure,
} from '../../earning/index.ts'
import type { CapId, Instant } from '../../foundation/index.ts'
import type { Fact, Facts } from '../../rules/index.ts'
import { usagesByCap } from '../state/cap-usages.ts'
import type { Draft } from './draft.ts'
import { walletOf } from './draft-wallet.ts'
import type { MissingBudget, Rejection } from './rejection.ts'

/** Something that may earn. */
export interface Occurrence {
  /** `purchase`, or the name of an action. */
  readonly action: string
  readonly countedAt: Instant
  readonly attributes: Facts
}

/** Which count of a cap an activity belongs to: that of its store, or of whatever the cap is kept for. */
export const capKeyOf = ({ per }: Cap, attributes: Facts): string => {
  const by = per?.by
  return by === undefined || !Object.hasOwn(attributes, by) ? '' : String(attributes[by])
}

const balanceOf = (draft: Draft, { wallet, window }: Cap): number => {
  const { active, pending, held } = walletOf(draft.state, wallet)
  return active + held + (window.type === 'balance' && window.pending === 'counted' ? pending : 0)
}

const missingBudget = ({ id }: Cap): MissingBudget => ({
  _tag: 'MissingBudget',
  path: ['budgets'],
  expected: 'what all members have used of the budgets, as an option of the decision',
  cap: id,
})

type Counted = ReadonlyMap<CapId, ReadonlyArray<CapUsage>>

/** What has been counted against a cap: by the member, or by everybody. */
const usagesOf = (
  { id, per }: Cap,
  own: Counted,
  budgets: Counted | undefined,
): ReadonlyArray<CapUsage> | undefined => {
  const counted = per?.scope === 'everyone' ? budgets : own
  return counted === undefined ? undefined : (counted.get(id) ?? [])
}

/** What every cap with a window still lets through. */
const roomsOf = (draft: Draft, { countedAt, attributes }: Occurrence): E.Either<Rejection, ReadonlyArray<CapRoom>> => {
  const { caps = [] } = draft.program.program.earning
  if (caps.length === 0) return E.right([])
  const own = usagesByCap(draft.state.progress.caps)
  const budgets = draft.budgets === undefined ? undefined : usagesByCap(draft.budgets)
  const rooms: Array<CapRoom> = []
  for (const cap of caps) {
    if (cap.window.type === 'activity') continue
    const usages = usagesOf(cap, own, budgets)
    if (usages === undefined) return E.left([missingBudget(cap)])
    const key = capKeyOf(cap, attributes)
    const room = capRoom(cap, draft.program.zone, usages, countedAt, key, balanceOf(draft, cap))
    rooms.push({ cap: cap.id, room })
  }
  return E.right(rooms)
}

type MemberFact = (draft: Draft, at: Instant) => Fact | undefined

const tenureOf = ({ state, program }: Draft, at: Instant): Tenure | undefined =>
  state.enrolledAt === null ? undefined : tenure(state.enrolledAt, program.zone, at)

const occasions: MemberFact = ({ state, program }, at) => {
  const { birthday, enrolledAt } = state
  const profile = { birthDate: birthday.date, birthDateChangedAt: birthday.changedAt, enrolledAt }
  return occasionsOn(profile, program.zone, at, program.program.occasions)
}

/** The facts about the member that conditions may read, each looked up only where one does. */
const memberFacts: ReadonlyMap<string, MemberFact> = /* @__PURE__ */ new Map<string, MemberFact>([
  ['orderNumber', ({ state }) => state.orders + 1],
  ['tiers', ({ state }) => state.standings.map(({ ladder, tier }) => `${ladder}/${tier}`)],
  ['tenureDays', (draft, at) => tenureOf(draft, at)?.days],
  ['tenureMonths', (draft, at) => tenureOf(draft, at)?.months],
  ['occasions', occasions],
])

/** What is known of the member by itself, by the names of the fields. */
export const memberFactsAt = (draft: Draft, names: ReadonlyArray<string>, at: Instant): Facts =>
  Object.fromEntries(names.map((name) => [name, memberFacts.get(name)?.(draft, at)]))

/** What rules and challenges want to know of the member. */
const wantedFacts = ({ program }: Draft, action: string, earning: CompiledEarning): ReadonlyArray<string> => {
  const wanted = earning.activities.get(action)?.facts.member ?? []
  const counted = program.current.challenges.fieldsOn.get(action)
  if (counted === undefined) return wanted
  return [...new Set([...wanted, ...[...counted].filter((name) => memberFacts.has(name))])]
}

const factsOf = (draft: Draft, { action, countedAt }: Occurrence, earning: CompiledEarning): Facts => {
  const wanted = wantedFacts(draft, action, earning)
  if (wanted.length === 0) return emptyEarningContext.facts
  return memberFactsAt(draft, wanted, countedAt)
}

/**
 * The context in which something is counted. Where no rule asks for anything it is the empty one, so that what is kept
 * with a purchase stays small.
 */
export const earningContextOf = (
  draft: Draft,
  occurrence: Occurrence,
  earning: CompiledEarning,
): E.Either<Rejection, EarningContext> => {
  const rooms = roomsOf(draft, occurrence)
  if (E.isLeft(rooms)) return rooms
  const facts = factsOf(draft, occurrence, earning)
  const { uses, milestones } = draft.state.progress
  const { zone, cooldowns } = draft.program
  const cooling = cooldowns.size === 0 ? [] : coolingRules(cooldowns, uses, zone, occurrence.countedAt)
  const isEmpty = facts === emptyEarningContext.facts && cooling.length === 0 && milestones.length === 0
  return E.right(
    isEmpty && rooms.right.length === 0 ? emptyEarningContext : { facts, rooms: rooms.right, cooling, milestones },
  )
}
