// The ledger as anyone would write it who has all the time in the world: every single point is an object.
import { type ActivityId, addDuration, type Instant, type LotId } from '../../src/foundation/index.ts'
import type { ClawBackPolicy } from '../../src/ledger/index.ts'
import {
  type Act,
  activityName,
  type GivenLot,
  lotName,
  signOfLife,
  strangerName,
  type WalletHistory,
} from '../arbitraries/ledger-history.ts'
import { never, termOf } from './points-term.ts'
import { pass } from './points-time.ts'
import {
  activate,
  bySoonest,
  free,
  heldBy,
  inState,
  type ModelPoint,
  type Origin,
  owe,
  type PointsModel,
  type Redemption,
  settle,
  soonest,
  take,
} from './single-points.ts'

type ActOf<Kind extends Act['kind']> = Extract<Act, { readonly kind: Kind }>

/** When and in the course of which activity something happens. */
interface Now {
  readonly at: Instant
  readonly source: ActivityId
}

const accrue = (model: PointsModel, act: ActOf<'accrue'>, { at }: Now): void => {
  const { definition, zone } = model.history
  const lot = lotName(model.grants.length)
  model.grants.push({ id: lot, left: act.points })
  const term = termOf(definition, zone, at, {
    ...(act.releaseMs === null ? {} : { activeFrom: (at + act.releaseMs) as Instant }),
    ...(act.pending === null ? {} : { pending: act.pending }),
    ...(act.validity === null ? {} : { validity: act.validity }),
  })
  const datedByWallet = termOf(definition, zone, at).expiresAt
  const { lotKind: kind, funder } = act
  const points = Array.from({ length: act.points }, (): ModelPoint => {
    const own = { lot, root: lot, origin: 'accrued', earnedAt: at, ...term, datedByWallet, kind, funder } as const
    return { ...own, expiresAt: Math.max(term.expiresAt, at), state: 'pending', hold: null, place: 0 }
  })
  model.points.push(...points)
  if (term.awaits === null && term.activeFrom <= at) activate(model, points, at)
}

const remember = (model: PointsModel, size: number, spent: ReadonlyArray<ModelPoint>): void => {
  const lots = [...new Set(spent.map(({ lot }) => lot))]
  const pieces = lots.map((lot) => {
    const points = spent.filter((point) => point.lot === lot)
    return { lot, size: points.length, points }
  })
  model.redemptions.push({ size, restored: 0, pieces })
}

const burn = (model: PointsModel, { points }: ActOf<'burn'>, { at }: Now): void => {
  const spent = take(model, points, at, 'redeemed')
  if (spent.length === points) remember(model, points, [...spent].sort(bySoonest))
}

/** What becomes debt of what is missing: all, nothing, or as much as held points would pay. */
const owedOf = (model: PointsModel, lot: string, missing: number): number => {
  const { limit, from } = policyOf(model)
  if (limit !== 'withinBalance') return limit === 'unlimited' ? missing : 0
  const held = inState(model, 'held')
  const reach = from === 'ownLotOnly' ? held.filter(({ root }) => root === lot) : held
  return Math.max(0, Math.min(missing, reach.length, held.length - model.debt))
}

const policyOf = ({ history }: PointsModel): ClawBackPolicy =>
  history.definition.clawBack ?? { limit: 'unlimited', from: 'soonestExpiring' }

const claw = (model: PointsModel, { lot, share }: ActOf<'claw'>, { at }: Now): void => {
  const grant = model.grants[lot % Math.max(1, model.grants.length)]
  if (grant === undefined) return
  const { limit, from } = policyOf(model)
  const count = Math.floor(grant.left * share)
  grant.left -= count
  const own = inState(model, ...(limit === 'pendingOnly' ? (['pending'] as const) : (['pending', 'active'] as const)))
    .filter((point) => point.root === grant.id)
    .sort((a, b) => Number(a.lot !== a.root) - Number(b.lot !== b.root) || bySoonest(a, b))
    .slice(0, count)
  const others = soonest(model, never).filter((point) => point.root !== grant.id)
  const payers = from === 'latestExpiring' ? others.reverse() : others
  const mayPay = from !== 'ownLotOnly' && limit !== 'pendingOnly'
  const reversed = [...own, ...(mayPay ? payers.slice(0, count - own.length) : [])]
  for (const point of reversed) point.state = 'reversed'
  const debt = owedOf(model, grant.id, count - reversed.length)
  model.reversedToDebt += debt
  owe(model, debt, at)
  if (from !== 'ownLotOnly' && count > 0) settle(model, at)
}

const setAside = (model: PointsModel, { points, untilMs }: ActOf<'hold'>, { at, source }: Now): void => {
  if (Math.max(0, inState(model, 'active').length - model.debt) < points) return
  const { definition, zone } = model.history
  const validity = definition.holds?.validity ?? null
  const byPolicy = validity === null ? never : addDuration(zone, at, validity)
  for (const point of take(model, points, at, 'held')) point.hold = source
  model.holds.push({ id: source, until: untilMs === null ? byPolicy : at + untilMs })
}

const release = (model: PointsModel, act: ActOf<'release'>, { at }: Now): void => {
  const hold = model.holds[act.hold % Math.max(1, model.holds.length)]
  if (hold === undefined) return
  free(model, hold.id, at)
  settle(model, at)
}

const redeem = (model: PointsModel, act: ActOf<'redeem'>): void => {
  const hold = model.holds[act.hold % Math.max(1, model.holds.length)]
  if (hold === undefined) return
  const held = heldBy(model, hold.id)
  const spent = held.slice(0, Math.floor(held.length * act.share))
  for (const point of spent) point.state = 'redeemed'
  if (spent.length === held.length) model.holds = model.holds.filter(({ id }) => id !== hold.id)
  remember(model, spent.length, spent)
}

/** Which of two pieces is owed a point sooner: that which is the least of the way to the middle of its next one. */
const isSooner = (a: { size: number; back: number }, b: { size: number; back: number }): boolean =>
  (2 * a.back + 1) * b.size < (2 * b.back + 1) * a.size

/** How many points of each piece have come back once so many of all have: one after another. */
const sharesOf = ({ pieces }: Redemption, restored: number): ReadonlyArray<number> => {
  const shares = pieces.map(({ size }) => ({ size, back: 0 }))
  for (let point = 0; point < restored; point += 1) {
    let next = shares[0]
    for (const share of shares) if (next !== undefined && isSooner(share, next)) next = share
    if (next !== undefined) next.back += 1
  }
  return shares.map(({ back }) => back)
}

const restoredDate = ({ definition, zone }: WalletHistory, before: number, at: Instant): number => {
  const policy = definition.restoration ?? { type: 'grace', atLeast: { amount: 30, unit: 'day' } }
  if (policy.type === 'originalExpiry') return before
  if (policy.type === 'reissue') return termOf(definition, zone, at, { activeFrom: at }).expiresAt
  return Math.max(before, addDuration(zone, at, policy.atLeast))
}

const arrivedName = (source: string, lot: string): string => `${source.length}/${source}/${lot}`

const restore = (model: PointsModel, act: ActOf<'restore'>, { at, source }: Now): void => {
  const redemption = model.redemptions[act.redemption % Math.max(1, model.redemptions.length)]
  if (redemption === undefined) return
  redemption.restored += Math.floor((redemption.size - redemption.restored) * act.share)
  const shares = sharesOf(redemption, redemption.restored)
  const there = inState(model, 'pending', 'active', 'held').map(({ lot, expiresAt }) => ({ lot, expiresAt }))
  const back: Array<ModelPoint> = []
  redemption.pieces.forEach(({ lot, size, points }, index) => {
    const count = (shares[index] ?? 0) - (size - points.length)
    for (const point of points.splice(0, count)) {
      const before = restoredDate(model.history, point.expiresAt, at)
      const date = model.suspended ? before : Math.max(before, at)
      const isAnother = there.some((other) => other.lot === lot && other.expiresAt !== date)
      if (date !== point.expiresAt || isAnother) point.lot = arrivedName(source, lot)
      point.expiresAt = date
      back.push(point)
    }
  })
  activate(model, back, at)
}

const redate = (model: PointsModel, lots: ReadonlySet<string>, date: number): void => {
  for (const point of inState(model, 'pending', 'active', 'held')) if (lots.has(point.lot)) point.expiresAt = date
}

const extend = (model: PointsModel, { byMs, lot }: ActOf<'extend'>, { at }: Now): void => {
  const only = lot === null ? undefined : model.grants[lot % Math.max(1, model.grants.length)]
  const dying = inState(model, 'pending', 'active', 'held').filter(({ expiresAt }) => expiresAt < at + byMs)
  const chosen = only === undefined ? dying : dying.filter((point) => point.lot === only.id)
  redate(model, new Set(chosen.map((point) => point.lot)), at + byMs)
}

const resume = (model: PointsModel, at: Instant): void => {
  if (!model.suspended) return
  const { definition, zone } = model.history
  const end = definition.suspension === undefined ? at : addDuration(zone, at, definition.suspension.minimumNotice)
  model.suspended = false
  for (const point of inState(model, 'pending', 'active', 'held')) point.expiresAt = Math.max(point.expiresAt, end)
}

/** The member did something: all points get a new date. */
const visit = (model: PointsModel, at: Instant): void => {
  const { expiry } = model.history.definition
  if (expiry?.type !== 'inactivity') return
  const date = addDuration(model.history.zone, at, expiry.after)
  const there = inState(model, 'pending', 'active', 'held')
  const latest = Math.max(date, ...there.map(({ expiresAt }) => expiresAt).filter((one) => one < never))
  for (const point of there) {
    const least = point.state === 'pending' ? point.activeFrom : -never
    if (expiry.merge === 'replace') point.expiresAt = Math.max(date, least)
    else point.expiresAt = Math.max(point.expiresAt, expiry.merge === 'latest' ? latest : date)
  }
}

const adjustIn = (model: PointsModel, { points: count }: ActOf<'adjustIn'>, { at, source }: Now): void => {
  const { expiresAt } = termOf(model.history.definition, model.history.zone, at, { activeFrom: at })
  const points = Array.from({ length: count }, (): ModelPoint => {
    const lot = `by ${source}`
    const own = { lot, root: lot, origin: 'adjustedIn', earnedAt: at, activeFrom: at, expiresAt } as const
    const rest = { datedByWallet: expiresAt, kind: 'regular', funder: null, awaits: null } as const
    return { ...own, ...rest, state: 'pending', hold: null, place: 0 }
  })
  model.points.push(...points)
  activate(model, points, at)
}

const adjustOut = (model: PointsModel, { points, missing }: ActOf<'adjustOut'>, { at }: Now): void => {
  const there = inState(model, 'active').length
  if (missing === 'refuse' && there < points) return
  take(model, Math.min(points, there), at, 'adjustedOut')
  model.adjustedToDebt += Math.max(0, points - there)
  owe(model, Math.max(0, points - there), at)
}

/** The points of lots that come in, and those of them that are active. */
const arriving = (
  lots: ReadonlyArray<GivenLot>,
  at: number,
  origin: Origin,
  nameOf: (lot: LotId) => string,
): { readonly all: ReadonlyArray<ModelPoint>; readonly active: ReadonlyArray<ModelPoint> } => {
  const all: Array<ModelPoint> = []
  const active: Array<ModelPoint> = []
  const rootOf = (lot: string, index: number): string => (origin === 'transferredIn' ? lotName(index) : lot)
  lots.forEach(({ points, ageMs, activeInMs, expiresInMs, funder }, index) => {
    const activeFrom = at + (activeInMs ?? 0)
    const expiresAt = expiresInMs === null ? never : Math.max(activeFrom, at + expiresInMs)
    for (let i = 0; i < points; i += 1) {
      const lot = nameOf(lotName(index))
      const own = { lot, root: rootOf(lot, index), origin, earnedAt: at - ageMs } as const
      const rest = { activeFrom, expiresAt, datedByWallet: Number.NaN, kind: 'regular', funder, awaits: null } as const
      const point: ModelPoint = { ...own, ...rest, state: 'pending', hold: null, place: 0 }
      all.push(point)
      if (activeInMs === null) active.push(point)
    }
  })
  return { all, active }
}

const transferIn = (model: PointsModel, { lots }: ActOf<'transferIn'>, { at, source }: Now): void => {
  const { all, active } = arriving(lots, at, 'transferredIn', (lot) => arrivedName(source, lot))
  model.points.push(...all)
  activate(model, active, at)
}

const arrive = (model: PointsModel, { how, lots }: ActOf<'arrive'>, { at, source }: Now): void => {
  // Points that are valid again had come in once before: as many expired ones are forgotten, with where they came from.
  const expired = inState(model, 'expired')
  const { all, active } = arriving(lots, at, how === 'reinstated' ? 'accrued' : how, (lot) =>
    strangerName(source, lot as LotId),
  )
  if (how === 'reinstated') {
    if (expired.length < all.length) return
    all.forEach((point, index) => {
      const before = expired[index]
      if (before !== undefined) model.points[model.points.indexOf(before)] = { ...point, origin: before.origin }
    })
    activate(
      model,
      model.points.filter((point) => point.lot.endsWith(` of ${source}`) && point.activeFrom <= at),
      at,
    )
  } else {
    model.points.push(...all)
    activate(model, active, at)
  }
  settle(model, at)
}

const action = (model: PointsModel, { action: what }: ActOf<'action'>, at: Instant): void => {
  const { definition, zone } = model.history
  const awaited = inState(model, 'pending').filter(({ awaits }) => awaits === what)
  for (const point of awaited) {
    point.activeFrom = at
    if (point.expiresAt !== point.datedByWallet) continue
    point.expiresAt = termOf(definition, zone, point.earnedAt as Instant, { activeFrom: at }).expiresAt
  }
  activate(model, awaited, at)
}

const perform = (model: PointsModel, act: Act, now: Now): void => {
  switch (act.kind) {
    case 'accrue':
      accrue(model, act, now)
      break
    case 'arrive':
      arrive(model, act, now)
      break
    case 'burn':
      burn(model, act, now)
      break
    case 'claw':
      claw(model, act, now)
      break
    case 'hold':
      setAside(model, act, now)
      break
    case 'release':
      release(model, act, now)
      break
    case 'redeem':
      redeem(model, act)
      break
    case 'restore':
      restore(model, act, now)
      break
    case 'extend':
      extend(model, act, now)
      break
    case 'suspend':
      model.suspended = true
      break
    case 'resume':
      resume(model, now.at)
      break
    case 'visit':
      visit(model, now.at)
      break
    case 'adjustIn':
      adjustIn(model, act, now)
      break
    case 'adjustOut':
      adjustOut(model, act, now)
      break
    case 'transferOut':
      take(model, act.points, now.at, 'transferredOut')
      break
    case 'transferIn':
      transferIn(model, act, now)
      break
    case 'action':
      action(model, act, now.at)
      break
    default:
      break
  }
}

/** Lets time pass up to an instant, and then does what the command of this number says. */
export const command = (model: PointsModel, act: Act, at: Instant, index: number): void => {
  pass(model, at)
  perform(model, act, { at, source: activityName(index) })
  const { expiry } = model.history.definition
  const sign = signOfLife(act.kind)
  if (expiry?.type === 'inactivity' && sign !== undefined && expiry.resetBy.includes(sign)) visit(model, at)
}
