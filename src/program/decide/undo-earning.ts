/** What a purchase or action was granted is counted anew on what is left of it; the difference is taken back. */
import * as E from 'fp-ts/Either'
import { type CountedLine, clawedBack, earn, linesTotal, type WalletEarning } from '../../earning/index.ts'
import type { ActivityId, Instant, Points, WalletId } from '../../foundation/index.ts'
import { clawBack } from '../../ledger/index.ts'
import type { EarningGrant, OpenEarning } from '../state/open-earning.ts'
import { takeProgressBack } from './count-challenges.ts'
import { earningActivity } from './decide-earning.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { heldWalletDefinition, walletOf } from './draft-wallet.ts'
import { claimsOf, milestonesOf, takeBackClaims } from './earning-claims.ts'
import { partKey } from './earning-grant.ts'
import { returnLapses } from './lapse.ts'
import type { Rejection } from './rejection.ts'
import { activatedAt, countActivated, countsActivations, countTowardsTiers } from './tier-counting.ts'

/** An earning that can still be undone. */
export const openEarningOf = (
  draft: Draft,
  id: ActivityId,
  at: Instant,
  kind: 'purchase' | 'action',
): E.Either<Rejection, OpenEarning> => {
  const open = draft.state.earnings.find((earning) => earning.id === id)
  const isKind = open !== undefined && (open.action === 'purchase') === (kind === 'purchase')
  if (isKind && open.returnableUntil > at) return E.right(open)
  return E.left([
    kind === 'purchase'
      ? {
          _tag: 'PurchaseNotReturnable',
          path: ['purchase'],
          expected: 'a purchase of the member within its return window',
          purchase: id,
        }
      : {
          _tag: 'ActionNotCancellable',
          path: ['action'],
          expected: 'an action of the member within the return window',
          action: id,
        },
  ])
}

/** A grant after the return, and what of it is taken back. */
interface Clawed {
  readonly before: EarningGrant
  readonly after: EarningGrant
  readonly clawed: Points
  readonly lapsed: Points
}

const clawedGrant = (before: EarningGrant, clawed: Points): Clawed => {
  const lapsed = Math.min(before.lapsed, clawed) as Points
  const { wallet, lot, part, points, deferredTo, deferredBy } = before
  const after = {
    wallet,
    lot,
    part,
    points: (points - clawed) as Points,
    lapsed: (before.lapsed - lapsed) as Points,
    deferredTo,
    deferredBy,
  }
  return { before, after, clawed, lapsed }
}

/** What the rest earns in a wallet, by part; what waits for a window of a cap is a part of its own. */
const restByPart = (earned: ReadonlyArray<WalletEarning>, wallet: WalletId): Map<string, number> => {
  const one = earned.find((there) => there.wallet === wallet)
  const parts = new Map((one?.parts ?? []).map((part) => [partKey(part), Math.max(0, part.points)]))
  for (const { cap, parts: waiting } of one?.deferred ?? []) {
    for (const part of waiting) parts.set(partKey(part, cap), part.points)
  }
  return parts
}

/**
 * What goes back of the grants of one wallet: in all what they were less what the rest earns; first from those of which the
 * rest earns less, the last first.
 */
const clawsOfWallet = (
  grants: ReadonlyArray<EarningGrant>,
  earned: ReadonlyArray<WalletEarning>,
  wallet: WalletId,
): ReadonlyArray<Clawed> => {
  const rest = restByPart(earned, wallet)
  const total = [...rest.values()].reduce((sum, points) => sum + points, 0)
  const granted = grants.reduce((sum, { points }) => sum + points, 0)
  let left: number = clawedBack(granted as Points, total as Points)
  const kept = grants.map((grant) => {
    const keeps = Math.min(grant.points, rest.get(grant.part) ?? 0)
    rest.set(grant.part, (rest.get(grant.part) ?? 0) - keeps)
    return { grant, keeps }
  })
  return kept
    .reverse()
    .map(({ grant, keeps }) => {
      const clawed = Math.min(grant.points - keeps, left)
      left -= clawed
      return clawedGrant(grant, clawed as Points)
    })
    .reverse()
}

const clawsOf = (grants: ReadonlyArray<EarningGrant>, earned: ReadonlyArray<WalletEarning>): ReadonlyArray<Clawed> =>
  [...new Set(grants.map(({ wallet }) => wallet))].flatMap((wallet) =>
    clawsOfWallet(
      grants.filter((grant) => grant.wallet === wallet),
      earned,
      wallet,
    ),
  )

/** Takes back in the ledger and in the tiers. Points that died meanwhile cost the member nothing a second time. */
const enterClaw = (
  draft: Draft,
  { id: source, at }: { readonly id: ActivityId; readonly at: Instant },
  open: OpenEarning,
  { before, clawed, lapsed }: Clawed,
): void => {
  const { wallet: id, lot, points: granted } = before
  const { program } = draft
  if (draft.tracing) {
    const earnedOnRest = (granted - clawed) as Points
    const { id: purchase, action, version } = open
    draft.steps.push({ step: 'clawBack', wallet: id, purchase, action, version, granted, earnedOnRest, clawed, lapsed })
  }
  const activeFrom = countsActivations(draft) ? activatedAt(draft, id, lot, open) : undefined
  const claw = { lot, points: (clawed - lapsed) as Points, at, source }
  emitEntries(draft, clawBack(walletOf(draft.state, id), claw, heldWalletDefinition(program, id).clawBack))
  returnLapses(draft, id, lot, lapsed, at)
  if (activeFrom === undefined || clawed === 0) return
  countActivated(draft, id, -clawed, { version: open.version, countedAt: activeFrom }, at)
}

/** What was counted towards tiers is taken back with it. */
const uncount = (
  draft: Draft,
  open: OpenEarning,
  lines: ReadonlyArray<CountedLine>,
  claws: ReadonlyArray<Clawed>,
  at: Instant,
): void => {
  const { action, attributes } = open
  const points = claws.map(({ before: { wallet }, clawed }) => ({ wallet, points: -clawed }))
  const isUndone = lines.length === 0 && !open.isUndone
  const minor = action === 'purchase' ? linesTotal(lines) - linesTotal(open.lines) : 0
  const times = isUndone ? -1 : 0
  countTowardsTiers(draft, { action, attributes, points, activated: [], minor, times }, open, at)
}

/**
 * Counts an earning anew on the lines that are left of it, by the version of the program that granted and in the context
 * in which it did, takes back what the rest does not earn, and gives back what it had used of caps (S3, S13, S30).
 */
export const undoEarning = (
  draft: Draft,
  activity: { readonly id: ActivityId; readonly at: Instant },
  open: OpenEarning,
  lines: ReadonlyArray<CountedLine>,
): E.Either<Rejection, void> => {
  const { version } = open
  const compiled = draft.program.versions.get(version)
  if (compiled === undefined) {
    const expected = 'an earlier version of the program that was given when compiling'
    return E.left([
      { _tag: 'UnknownProgramVersion', path: [open.action === 'purchase' ? 'purchase' : 'action'], expected, version },
    ])
  }
  const isGone = lines.length === 0
  const rest = { ...open, lines }
  const earned = isGone
    ? E.right({ wallets: [] })
    : earn(compiled.earning, earningActivity(rest), draft.program.zone, open.context, { mayRefuse: false })
  if (E.isLeft(earned)) return E.left([earned.left])
  const { wallets } = earned.right
  const claws = clawsOf(open.grants, wallets)
  const grants = claws.map(({ after }) => after)
  const reduced: OpenEarning = {
    ...rest,
    isUndone: isGone,
    grants,
    claims: claimsOf(compiled, wallets, grants, open.attributes, open.countedAt),
    milestones: milestonesOf(wallets),
  }
  const orders = draft.state.orders - (isGone && open.action === 'purchase' && !open.isUndone ? 1 : 0)
  emit(draft, { type: 'earningReduced', at: activity.at, earning: reduced, orders })
  for (const claw of claws) enterClaw(draft, activity, open, claw)
  uncount(draft, open, lines, claws, activity.at)
  takeBackClaims(draft, open, reduced, wallets, activity.at)
  return undoRewards(draft, activity, takeProgressBack(draft, activity, open, reduced))
}

/** Undoes what rules gave for levels that are lost, and what that led to. */
export const undoRewards = (
  draft: Draft,
  activity: { readonly id: ActivityId; readonly at: Instant },
  rewards: ReadonlyArray<OpenEarning>,
): E.Either<Rejection, void> => {
  for (const reward of rewards) {
    const undone = undoEarning(draft, activity, reward, [])
    if (E.isLeft(undone)) return undone
  }
  return E.right(undefined)
}
