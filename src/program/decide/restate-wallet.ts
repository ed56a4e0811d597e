/** Entries that bring a wallet to what it should be, lot by lot: no point is moved that is right where it is. */
import type { LotId, Points } from '../../foundation/index.ts'
import { type Hold, type LedgerEntry, type Lot, type LotDraw, pointsOf, type Wallet } from '../../ledger/index.ts'
import type { Restatement } from '../activity/restatement.ts'
import { sameData } from '../state/same-data.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emitEntries } from './draft.ts'
import { walletOf } from './draft-wallet.ts'
import { passingLot } from './passing-lot.ts'

type Lots = ReadonlyArray<Lot>

const withPoints = (lot: Lot, points: number): Lot => ({ ...lot, points: points as Points })

/** Whether two lots differ in nothing but how much is left of them. */
const isAlike = (a: Lot, b: Lot): boolean => sameData(withPoints(a, 0), withPoints(b, 0))

/** Those of some holds that a wallet does not have, or not so. */
const holdsBeside = (holds: ReadonlyArray<Hold>, wallet: Wallet): ReadonlyArray<Hold> => {
  const there = new Map(wallet.holds.map((hold) => [hold.id, hold]))
  return holds.filter((hold) => !sameData(there.get(hold.id), hold))
}

const noteOf = ({ id: source, at, reason, actor }: Restatement, { id: wallet }: Wallet) => ({
  wallet,
  at,
  source,
  reason,
  actor,
})

/** Ends the holds that should not be, or not so: their points are free for a moment. */
const releaseHolds = (draft: Draft, { at }: Restatement, right: Wallet): void => {
  const { holds, id: wallet } = walletOf(draft.state, right.id)
  for (const hold of holdsBeside(holds, right)) {
    emitEntries(draft, [{ type: 'holdReleased', wallet, at, points: pointsOf(hold.lots), hold: hold.id }])
  }
}

/** What should be in lots and in holds that are to be made, by the id of the lot. */
const targetsOf = (right: Wallet, holds: ReadonlyArray<Hold>): ReadonlyMap<LotId, Lots> => {
  const targets = new Map<LotId, Array<Lot>>()
  for (const lot of [...right.lots, ...holds.flatMap(({ lots }) => lots)]) {
    const found = targets.get(lot.id)
    if (found === undefined) targets.set(lot.id, [lot])
    else found.push(lot)
  }
  return targets
}

/** How much of a lot should stay: nothing where it should be another, or several of one id. */
const stays = (lot: Lot, targets: Lots): number =>
  targets.every((target) => isAlike(target, lot)) ? Math.min(lot.points, pointsOf(targets)) : 0

/** Takes what lots have too much, and makes what is owed more. */
const takeSurplus = (draft: Draft, activity: Restatement, right: Wallet, holds: ReadonlyArray<Hold>): void => {
  const wallet = walletOf(draft.state, right.id)
  const targets = targetsOf(right, holds)
  const draws = wallet.lots.flatMap((lot) => {
    const points = (lot.points - stays(lot, targets.get(lot.id) ?? [])) as Points
    return points === 0 ? [] : [{ lot: lot.id, points }]
  })
  const debt = Math.max(0, right.debt - wallet.debt) as Points
  const points = draws.reduce<number>((sum, one) => sum + one.points, debt) as Points
  if (points > 0) emitEntries(draft, [{ type: 'adjustedOut', ...noteOf(activity, wallet), points, draws, debt }])
}

/** Gives what is missing of lots, each as it should be. */
const giveMissing = (draft: Draft, activity: Restatement, id: Wallet['id'], wanted: Lots): void => {
  const wallet = walletOf(draft.state, id)
  const ids = new Set(wanted.map((lot) => lot.id))
  const there = new Map(wallet.lots.filter((lot) => ids.has(lot.id)).map((lot) => [lot.id, lot.points]))
  const lots = wanted.flatMap((lot) => {
    const missing = lot.points - (there.get(lot.id) ?? 0)
    return missing <= 0 ? [] : [withPoints(lot, missing)]
  })
  if (lots.length === 0) return
  emitEntries(draft, [{ type: 'adjustedIn', ...noteOf(activity, wallet), points: pointsOf(lots), lots }])
}

/** Makes a hold of the lots that it should have. */
const makeHold = (draft: Draft, activity: Restatement, wallet: Wallet['id'], hold: Hold): void => {
  giveMissing(draft, activity, wallet, hold.lots)
  const draws = hold.lots.map(({ id: lot, points }) => ({ lot, points }))
  const base = { type: 'held', wallet, at: activity.at, points: pointsOf(hold.lots) } as const
  emitEntries(draft, [{ ...base, source: hold.id, draws, until: hold.until }])
}

const movedLot = ({ id: source, at }: Restatement, wallet: Wallet['id'], points: number): Lot =>
  passingLot(effectId('restated', [wallet], source) as string as LotId, source, at, points as Points)

/** What moves points that come or go by hand in the same instant. */
type Mover = (
  base: Pick<LedgerEntry, 'wallet' | 'at' | 'points'>,
  lot: Lot,
  draws: ReadonlyArray<LotDraw>,
) => LedgerEntry

/** Points come by hand and go as they should have gone. */
const comeAndGo = (draft: Draft, activity: Restatement, id: Wallet['id'], points: number, go: Mover): void => {
  const lot = movedLot(activity, id, points)
  const base = { wallet: id, at: activity.at, points: lot.points }
  const note = noteOf(activity, walletOf(draft.state, id))
  emitEntries(draft, [
    { type: 'adjustedIn', ...note, points: lot.points, lots: [lot] },
    go(base, lot, [{ lot: lot.id, points: lot.points }]),
  ])
}

/** Points come back that should not have gone, and go by hand: where they should be, they are given. */
const comeBackAndGo = (draft: Draft, activity: Restatement, id: Wallet['id'], points: number, come: Mover): void => {
  const lot = movedLot(activity, id, points)
  const base = { wallet: id, at: activity.at, points: lot.points }
  const note = noteOf(activity, walletOf(draft.state, id))
  const draws = [{ lot: lot.id, points: lot.points }]
  emitEntries(draft, [
    come(base, lot, draws),
    { type: 'adjustedOut', ...note, points: lot.points, draws, debt: 0 as Points },
  ])
}

/** Pays debt that should not be with points that are given for it. */
const payDebt = (draft: Draft, activity: Restatement, right: Wallet): void => {
  const points = walletOf(draft.state, right.id).debt - right.debt
  if (points <= 0) return
  comeAndGo(draft, activity, right.id, points, (base, _, draws) => ({ type: 'debtSettled', ...base, draws }))
}

/** As many points are spent as should be: what is cancelled later comes back of them. */
const restateSpent = (draft: Draft, activity: Restatement, right: Wallet): void => {
  const points = right.redeemed - walletOf(draft.state, right.id).redeemed
  const { id: source } = activity
  const spend: Mover = (base, _, draws) => ({ type: 'redeemed', ...base, source, draws, hold: null })
  const restore: Mover = (base, lot) => ({ type: 'restored', ...base, source, redemption: source, lots: [lot] })
  if (points > 0) comeAndGo(draft, activity, right.id, points, spend)
  if (points < 0) comeBackAndGo(draft, activity, right.id, -points, restore)
}

/** As many points are dead as should be: what is made valid again later comes back of them. */
const restateExpired = (draft: Draft, activity: Restatement, right: Wallet): void => {
  const points = right.expired - walletOf(draft.state, right.id).expired
  const { id: source } = activity
  const expire: Mover = (base, lot) => ({ type: 'expired', ...base, lot: lot.id, hold: null })
  const reinstate: Mover = (base, lot) => ({ type: 'reinstated', ...base, source, lots: [lot] })
  if (points > 0) comeAndGo(draft, activity, right.id, points, expire)
  if (points < 0) comeBackAndGo(draft, activity, right.id, -points, reinstate)
}

const suspend = (draft: Draft, { at }: Restatement, right: Wallet): void => {
  const wallet = walletOf(draft.state, right.id)
  if (wallet.suspended === right.suspended) return
  const base = { wallet: right.id, at, points: 0 as Points }
  const entry: LedgerEntry = right.suspended
    ? { type: 'expirySuspended', ...base }
    : { type: 'expiryResumed', ...base, lots: [] }
  emitEntries(draft, [entry])
}

/** Brings a wallet to what it should be; of its totals, what can come back of them. Its dates follow with the event that restates. */
export const restateWallet = (draft: Draft, activity: Restatement, right: Wallet): void => {
  restateSpent(draft, activity, right)
  restateExpired(draft, activity, right)
  releaseHolds(draft, activity, right)
  const holds = holdsBeside(right.holds, walletOf(draft.state, right.id))
  takeSurplus(draft, activity, right, holds)
  for (const hold of holds) makeHold(draft, activity, right.id, hold)
  giveMissing(draft, activity, right.id, right.lots)
  payDebt(draft, activity, right)
  suspend(draft, activity, right)
}
