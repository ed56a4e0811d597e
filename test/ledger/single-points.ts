// Every single point of a wallet as an object, and what can be done with some of them.
import { addDuration, type Instant, type LotId, type Zone } from '../../src/foundation/index.ts'
import type { BurnPolicy, Lot, WalletDefinition } from '../../src/ledger/index.ts'
import type { WalletHistory } from '../arbitraries/ledger-history.ts'
import { never } from './points-term.ts'

export type Origin = 'accrued' | 'opened' | 'convertedIn' | 'adjustedIn' | 'transferredIn'
type Gone =
  | 'redeemed'
  | 'expired'
  | 'decayed'
  | 'reversed'
  | 'settled'
  | 'adjustedOut'
  | 'transferredOut'
  | 'convertedOut'

export interface ModelPoint {
  lot: string
  /** The lot that it was before it came back, or from elsewhere. */
  readonly root: string
  readonly origin: Origin
  readonly earnedAt: number
  activeFrom: number
  expiresAt: number
  /** The date that the wallet gave it when it was earned. */
  readonly datedByWallet: number
  readonly kind: 'regular' | 'promotional'
  readonly funder: string | null
  readonly awaits: string | null
  state: 'pending' | 'active' | 'held' | Gone
  hold: string | null
  /** The how manieth of its hold it is. */
  place: number
}

export interface Redemption {
  readonly size: number
  restored: number
  /** By lot: how many points were spent of it, and those that did not come back. */
  readonly pieces: Array<{ readonly lot: string; readonly size: number; readonly points: Array<ModelPoint> }>
}

export interface PointsModel {
  readonly history: WalletHistory
  readonly points: Array<ModelPoint>
  readonly grants: Array<{ readonly id: LotId; left: number }>
  holds: Array<{ readonly id: string; readonly until: number }>
  readonly redemptions: Array<Redemption>
  debt: number
  debtSince: number
  suspended: boolean
  /** When points melted last, or the wallet stopped being empty. */
  meltedAt: number
  reversedToDebt: number
  adjustedToDebt: number
  writtenOff: number
}

export const pointsModel = (history: WalletHistory): PointsModel => ({
  history,
  points: [],
  grants: [],
  holds: [],
  redemptions: [],
  debt: 0,
  debtSince: never,
  suspended: false,
  meltedAt: never,
  reversedToDebt: 0,
  adjustedToDebt: 0,
  writtenOff: 0,
})

export const inState = (
  { points }: PointsModel,
  ...states: ReadonlyArray<ModelPoint['state']>
): ReadonlyArray<ModelPoint> => points.filter(({ state }) => states.includes(state))

/** Whichever of two points dies sooner comes first; then the one earned earlier; then that of the lower lot. */
export const bySoonest = (a: ModelPoint, b: ModelPoint): number => {
  if (a.expiresAt !== b.expiresAt) return a.expiresAt < b.expiresAt ? -1 : 1
  if (a.earnedAt !== b.earnedAt) return a.earnedAt - b.earnedAt
  if (a.lot === b.lot) return 0
  return a.lot < b.lot ? -1 : 1
}

export const soonest = (model: PointsModel, count: number): ReadonlyArray<ModelPoint> =>
  [...inState(model, 'active')].sort(bySoonest).slice(0, count)

export const owe = (model: PointsModel, points: number, at: number): void => {
  if (points > 0 && model.debt === 0) model.debtSince = at
  model.debt += points
  if (model.debt === 0) model.debtSince = never
}

export const settle = (model: PointsModel, at: number): void => {
  const paying = soonest(model, model.debt)
  for (const point of paying) point.state = 'settled'
  owe(model, -paying.length, at)
}

/** Points become active: a wallet that was empty starts to melt anew. Debt is paid by them, or by what was there before. */
export const activate = (model: PointsModel, points: ReadonlyArray<ModelPoint>, at: number, pays = true): void => {
  if (points.length === 0) return
  if (inState(model, 'active').length === 0) model.meltedAt = at
  for (const point of points) {
    point.state = 'active'
    point.hold = null
  }
  if (pays) settle(model, at)
}

const placeOf = ({ funders = [] }: BurnPolicy, { funder }: ModelPoint): number => {
  const names: ReadonlyArray<string | null> = funders
  const place = names.indexOf(funder)
  return place < 0 ? funders.length : place
}

const ageOf = ({ order }: BurnPolicy, { earnedAt }: ModelPoint): number => {
  if (order === 'soonestExpiring') return 0
  return order === 'oldest' ? earnedAt : -earnedAt
}

/** By which numbers the policy of a wallet compares points: smaller is spent sooner, the first difference decides. */
const burnKeys = ({ burn }: WalletDefinition, zone: Zone, at: Instant, point: ModelPoint): ReadonlyArray<number> => {
  if (burn === undefined) return []
  if (burn.expiringWithin !== undefined && point.expiresAt < addDuration(zone, at, burn.expiringWithin)) return [0]
  return [
    1,
    burn.promotionalFirst === true && point.kind === 'regular' ? 1 : 0,
    placeOf(burn, point),
    ageOf(burn, point),
  ]
}

const spendable = (model: PointsModel, at: Instant): ReadonlyArray<ModelPoint> => {
  const { definition, zone } = model.history
  const keys = new Map(inState(model, 'active').map((point) => [point, burnKeys(definition, zone, at, point)]))
  const compare = (a: ModelPoint, b: ModelPoint): number => {
    const [ofA, ofB] = [keys.get(a) ?? [], keys.get(b) ?? []]
    const differs = ofA.findIndex((key, index) => key !== ofB[index])
    return differs < 0 ? bySoonest(a, b) : (ofA[differs] ?? 0) - (ofB[differs] ?? 0)
  }
  return [...keys.keys()].sort(compare)
}

/** Takes points in the order in which they are spent, unless there are too few, or too few more than what is owed. */
export const take = (
  model: PointsModel,
  count: number,
  at: Instant,
  state: ModelPoint['state'],
): ReadonlyArray<ModelPoint> => {
  const order = spendable(model, at)
  if (order.length - (state === 'adjustedOut' ? 0 : model.debt) < count) return []
  const taken = order.slice(0, count)
  taken.forEach((point, place) => {
    point.state = state
    point.place = place
  })
  return taken
}

export const heldBy = (model: PointsModel, id: string): ReadonlyArray<ModelPoint> =>
  inState(model, 'held')
    .filter(({ hold }) => hold === id)
    .sort((a, b) => a.place - b.place)

export const free = (model: PointsModel, id: string, at: number): void => {
  const there = inState(model, 'pending', 'active')
  const dates = new Map(there.map(({ lot, expiresAt }) => [lot, expiresAt]))
  const held = heldBy(model, id)
  for (const point of held) {
    const least = model.suspended ? point.expiresAt : Math.max(point.expiresAt, at)
    point.expiresAt = dates.get(point.lot) ?? least
  }
  activate(model, held, at)
  model.holds = model.holds.filter((hold) => hold.id !== id)
}

type ModelLot = Omit<Lot, 'id' | 'source' | 'awaits'>

/** What is left of each lot, without an order. */
const lotsOf = (points: ReadonlyArray<ModelPoint>): ReadonlyMap<string, object> => {
  const lots = new Map<string, ModelLot>()
  for (const { lot, state, expiresAt, activeFrom, earnedAt, kind, funder } of points) {
    const one = {
      points: (lots.get(lot)?.points ?? 0) + 1,
      active: state !== 'pending',
      activeFrom,
      earnedAt,
      expiresAt: expiresAt === never ? null : expiresAt,
      kind,
      funder,
    }
    lots.set(lot, one as ModelLot)
  }
  return lots
}

export const openLotsOf = (model: PointsModel): ReadonlyMap<string, object> =>
  lotsOf(inState(model, 'pending', 'active'))

export const heldLotsOf = (model: PointsModel): ReadonlyMap<string, ReadonlyMap<string, object>> =>
  new Map(model.holds.map(({ id }) => [id, lotsOf(heldBy(model, id))]))

/** Every figure of a wallet. */
export const totalsOf = (model: PointsModel): Readonly<Record<string, number | boolean | null>> => {
  const count = (state: ModelPoint['state']): number => inState(model, state).length
  const from = (origin: Origin): number => model.points.filter((point) => point.origin === origin).length
  return {
    active: count('active'),
    pending: count('pending'),
    held: count('held'),
    debt: model.debt,
    debtSince: model.debt === 0 ? null : model.debtSince,
    suspended: model.suspended,
    accrued: from('accrued'),
    opened: from('opened'),
    adjustedIn: from('adjustedIn'),
    transferredIn: from('transferredIn'),
    convertedIn: from('convertedIn'),
    writtenOff: model.writtenOff,
    redeemed: count('redeemed'),
    expired: count('expired'),
    decayed: count('decayed'),
    reversed: count('reversed') + model.reversedToDebt,
    adjustedOut: count('adjustedOut') + model.adjustedToDebt,
    transferredOut: count('transferredOut'),
    convertedOut: count('convertedOut'),
  }
}
