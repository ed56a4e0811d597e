// The ledger as anyone would write it who has all the time in the world: every single point is an object.
import { addDuration, type Instant, type LotId } from '../../src/foundation/index.ts'
import { type Command, lotName, type WalletHistory } from '../arbitraries/ledger.ts'

type State = 'pending' | 'active' | 'redeemed' | 'expired' | 'reversed' | 'settled'

interface ModelPoint {
  readonly lot: LotId
  readonly earnedAt: number
  readonly activeFrom: number
  readonly expiresAt: number
  state: State
}

export interface PointsModel {
  readonly history: WalletHistory
  readonly points: Array<ModelPoint>
  readonly grants: Array<{ readonly id: LotId; left: number }>
  debt: number
  clawed: number
}

export const pointsModel = (history: WalletHistory): PointsModel => ({
  history,
  points: [],
  grants: [],
  debt: 0,
  clawed: 0,
})

const inState = ({ points }: PointsModel, ...states: ReadonlyArray<State>): ReadonlyArray<ModelPoint> =>
  points.filter(({ state }) => states.includes(state))

const never = Number.POSITIVE_INFINITY

const isSpentBefore = (a: ModelPoint, b: ModelPoint): boolean => {
  if (a.expiresAt !== b.expiresAt) return a.expiresAt < b.expiresAt
  return a.earnedAt === b.earnedAt ? a.lot < b.lot : a.earnedAt < b.earnedAt
}

const soonest = (model: PointsModel): ModelPoint | undefined => {
  let best: ModelPoint | undefined
  for (const point of inState(model, 'active')) {
    if (best === undefined || isSpentBefore(point, best)) best = point
  }
  return best
}

const settle = (model: PointsModel): void => {
  for (let point = soonest(model); model.debt > 0 && point !== undefined; point = soonest(model)) {
    point.state = 'settled'
    model.debt -= 1
  }
}

type Act<Kind extends Command['act']['kind']> = Extract<Command['act'], { kind: Kind }>

const accrue = (model: PointsModel, { points, releaseMs }: Act<'accrue'>, at: Instant): void => {
  const { definition, zone } = model.history
  const { pending, expiry } = definition
  const wait = pending?.type === 'duration' ? pending.duration : null
  const life = expiry?.type === 'rolling' ? expiry : null
  const lot = lotName(model.grants.length)
  model.grants.push({ id: lot, left: points })
  const waited = wait === null ? at : addDuration(zone, at, wait)
  const activeFrom = releaseMs === null ? waited : ((at + releaseMs) as Instant)
  const anchor = life?.from === 'activation' ? activeFrom : at
  const expiresAt = life === null ? never : Math.max(activeFrom, addDuration(zone, anchor, life.after))
  for (let i = 0; i < points; i += 1) {
    const state = activeFrom <= at ? 'active' : 'pending'
    model.points.push({ lot, earnedAt: at, activeFrom, expiresAt, state })
  }
  settle(model)
}

const burn = (model: PointsModel, { points }: Act<'burn'>): void => {
  if (inState(model, 'active').length < points) return
  for (let i = 0; i < points; i += 1) {
    const point = soonest(model)
    if (point !== undefined) point.state = 'redeemed'
  }
}

const claw = (model: PointsModel, { lot, share }: Act<'claw'>): void => {
  const grant = model.grants[lot % Math.max(1, model.grants.length)]
  if (grant === undefined) return
  const count = Math.floor(grant.left * share)
  grant.left -= count
  model.clawed += count
  for (let i = 0; i < count; i += 1) {
    const own = inState(model, 'active', 'pending').find((point) => point.lot === grant.id)
    if (own === undefined) model.debt += 1
    else own.state = 'reversed'
  }
  settle(model)
}

const nextDue = (model: PointsModel): number =>
  Math.min(
    never,
    ...inState(model, 'pending').map(({ activeFrom }) => activeFrom),
    ...inState(model, 'active').map(({ expiresAt }) => expiresAt),
  )

const pass = (model: PointsModel, until: number): void => {
  for (let due = nextDue(model); due <= until; due = nextDue(model)) {
    const isDue = (instant: number): boolean => instant <= due
    for (const point of inState(model, 'pending').filter((one) => isDue(one.activeFrom))) point.state = 'active'
    settle(model)
    for (const point of inState(model, 'active').filter((one) => isDue(one.expiresAt))) point.state = 'expired'
  }
}

/** Lets time pass up to an instant, and then does what a command says. */
export const command = (model: PointsModel, act: Command['act'], at: Instant): void => {
  pass(model, at)
  if (act.kind === 'accrue') accrue(model, act, at)
  else if (act.kind === 'burn') burn(model, act)
  else if (act.kind === 'claw') claw(model, act)
}

/** What is left of each lot, without an order. */
export const lotsOf = (
  model: PointsModel,
): ReadonlyMap<LotId, { readonly points: number; readonly active: boolean }> => {
  const lots = new Map<LotId, { readonly points: number; readonly active: boolean }>()
  for (const { lot, state } of inState(model, 'pending', 'active')) {
    lots.set(lot, { points: (lots.get(lot)?.points ?? 0) + 1, active: state === 'active' })
  }
  return lots
}

type Totals = Record<'active' | 'pending' | 'debt' | 'accrued' | 'redeemed' | 'expired' | 'reversed', number>

export const totalsOf = (model: PointsModel): Totals => ({
  active: inState(model, 'active').length,
  pending: inState(model, 'pending').length,
  debt: model.debt,
  accrued: model.points.length,
  redeemed: inState(model, 'redeemed').length,
  expired: inState(model, 'expired').length,
  reversed: model.clawed,
})
