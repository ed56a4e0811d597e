/** What an earning counts against caps, cooldowns and milestones, and what goes back when it is undone. */
import {
  type Cap,
  claimCap,
  claimedByCaps,
  giveBackCap,
  milestoneOf,
  pruneCaps,
  pruneUses,
  takeBackMilestone,
  type WalletEarning,
  withMilestone,
} from '../../earning/index.ts'
import type { CapId, Instant, RuleId } from '../../foundation/index.ts'
import type { Facts } from '../../rules/index.ts'
import type { CompiledProgram, CompiledVersion } from '../definition/compile.ts'
import { usagesByCap } from '../state/cap-usages.ts'
import type { EarningProgress } from '../state/earning-progress.ts'
import type { CapClaim, EarningGrant, MilestoneShare, OpenEarning } from '../state/open-earning.ts'
import { type Draft, emit } from './draft.ts'
import { capKeyOf } from './earning-context.ts'

/** What waits for a later window of a cap counts there. */
const deferredClaims = (
  caps: ReadonlyArray<Cap>,
  grants: ReadonlyArray<EarningGrant>,
  attributes: Facts,
): ReadonlyArray<CapClaim> =>
  grants.flatMap(({ deferredTo, deferredBy, points }) => {
    const cap = caps.find(({ id }) => id === deferredBy)
    return deferredTo === null || cap === undefined
      ? []
      : [{ cap: cap.id, key: capKeyOf(cap, attributes), at: deferredTo, points }]
  })

/** What an earning counts against the caps of the version of the program that granted. */
export const claimsOf = (
  { earningRules }: CompiledVersion,
  earned: ReadonlyArray<WalletEarning>,
  grants: ReadonlyArray<EarningGrant>,
  attributes: Facts,
  at: Instant,
): ReadonlyArray<CapClaim> => {
  const { caps = [] } = earningRules
  if (caps.length === 0) return []
  const now = claimedByCaps(caps, earned).map(({ cap, points }) => ({
    cap: cap.id,
    key: capKeyOf(cap, attributes),
    at,
    points,
  }))
  return [...now, ...deferredClaims(caps, grants, attributes)]
}

/** What an earning counts towards milestones, and the levels that it was paid. */
export const milestonesOf = (earned: ReadonlyArray<WalletEarning>): ReadonlyArray<MilestoneShare> => {
  if (earned.every(({ levels }) => levels.length === 0)) return []
  const byRule = new Map<string, MilestoneShare>()
  for (const { levels } of earned) for (const one of levels) byRule.set(one.rule, one)
  return [...byRule.values()]
}

const capOf = ({ program }: CompiledProgram, id: CapId): Cap | undefined =>
  program.earning.caps?.find((cap) => cap.id === id)

type CountCap = typeof claimCap

/** Counts claims of the member. */
const moveOwn = (
  draft: Draft,
  before: EarningProgress['caps'],
  claims: ReadonlyArray<CapClaim>,
  move: CountCap,
): EarningProgress['caps'] => {
  if (claims.length === 0) return before
  const caps = usagesByCap(before)
  for (const { cap: id, key, at, points } of claims) {
    const cap = capOf(draft.program, id)
    if (cap !== undefined) caps.set(id, move(cap, draft.program.zone, caps.get(id) ?? [], at, key, points))
  }
  return [...caps.values()].flat()
}

/** Counts claims: those of the member in their state, those of everybody as something for the app to store. */
const moveCaps = (
  draft: Draft,
  before: EarningProgress['caps'],
  claims: ReadonlyArray<CapClaim>,
  move: CountCap,
): EarningProgress['caps'] => {
  const own: Array<CapClaim> = []
  for (const claim of claims) {
    const cap = capOf(draft.program, claim.cap)
    if (cap === undefined || claim.points === 0) continue
    if (cap.per?.scope !== 'everyone') own.push(claim)
    else draft.claims.push({ ...claim, points: move === claimCap ? claim.points : -claim.points })
  }
  return moveOwn(draft, before, own, move)
}

/** Nothing that happened before can be counted any more: what only mattered for it is dropped. */
const pruned = ({ program }: Draft, progress: EarningProgress, at: Instant): EarningProgress => {
  const { zone, cooldowns, latest } = program
  const since = latest(at)
  return {
    caps: pruneCaps(program.program.earning.caps ?? [], zone, progress.caps, since),
    uses: pruneUses(cooldowns, progress.uses, zone, since),
    milestones: progress.milestones,
  }
}

const enterProgress = (draft: Draft, progress: EarningProgress, at: Instant): void => {
  const { caps, uses, milestones } = draft.state.progress
  const next = pruned(draft, progress, at)
  if (next.caps === caps && next.uses === uses && next.milestones === milestones) return
  emit(draft, { type: 'progressChanged', at, progress: next })
}

/** The rules that something earned by: where no line of an order counts for a rule, it does not earn. */
const earners = (action: string, earned: ReadonlyArray<WalletEarning>): ReadonlySet<RuleId> =>
  new Set(
    earned.flatMap(({ rules, multipliers }) =>
      [...rules, ...multipliers]
        .filter(({ lines }) => action !== 'purchase' || lines.length > 0)
        .map(({ rule }) => rule),
    ),
  )

/** The rules with a cooldown that earned. */
const usesOf = (draft: Draft, action: string, earned: ReadonlyArray<WalletEarning>): ReadonlyArray<RuleId> => {
  const { cooldowns } = draft.program
  return cooldowns.size === 0 ? [] : [...earners(action, earned)].filter((rule) => cooldowns.has(rule))
}

/** Counts what was earned against caps, cooldowns and milestones. */
export const countClaims = (draft: Draft, earning: OpenEarning, earned: ReadonlyArray<WalletEarning>): void => {
  const { progress } = draft.state
  const counts = earning.claims.length > 0 || earning.milestones.length > 0 || draft.program.cooldowns.size > 0
  if (!counts && progress.caps.length === 0 && progress.uses.length === 0) return
  const { id: activity, action, countedAt } = earning
  const used = usesOf(draft, action, earned)
  let { milestones } = progress
  for (const { rule, counted, levels } of earning.milestones) {
    const before = milestoneOf(milestones, rule)
    milestones = withMilestone(milestones, { rule, counted: before.counted + counted, paid: before.paid + levels })
  }
  const uses =
    used.length === 0 ? progress.uses : [...progress.uses, ...used.map((rule) => ({ rule, at: countedAt, activity }))]
  const caps = moveCaps(draft, progress.caps, earning.claims, claimCap)
  enterProgress(draft, { caps, uses, milestones }, earning.at)
}

/** What of some claims is no longer there. */
const lessClaims = (before: ReadonlyArray<CapClaim>, after: ReadonlyArray<CapClaim>): ReadonlyArray<CapClaim> =>
  before.map((claim) => {
    const left = after.find(({ cap, key, at }) => cap === claim.cap && key === claim.key && at === claim.at)
    return { ...claim, points: Math.max(0, claim.points - (left?.points ?? 0)) }
  })

/**
 * Gives back what an earning had counted and its rest does not: capacity of caps, cooldowns of rules that the rest does
 * not earn by, levels of milestones.
 */
export const takeBackClaims = (
  draft: Draft,
  before: OpenEarning,
  after: OpenEarning,
  rest: ReadonlyArray<WalletEarning>,
  at: Instant,
): void => {
  const { progress } = draft.state
  const caps = moveCaps(draft, progress.caps, lessClaims(before.claims, after.claims), giveBackCap)
  let { milestones } = progress
  for (const { rule, counted, levels } of before.milestones) {
    const left = after.milestones.find((one) => one.rule === rule)
    const there = milestoneOf(milestones, rule)
    const less = takeBackMilestone(there, counted - (left?.counted ?? 0), levels - (left?.levels ?? 0))
    milestones = withMilestone(milestones, less)
  }
  const earning = earners(before.action, rest)
  const uses = progress.uses.filter(({ activity, rule }) => activity !== before.id || earning.has(rule))
  enterProgress(draft, { caps, uses: uses.length === progress.uses.length ? progress.uses : uses, milestones }, at)
}
