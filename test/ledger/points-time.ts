// What time does to single points.
import { addDuration, type Instant, periodIntervalAt } from '../../src/foundation/index.ts'
import type { DecayPolicy } from '../../src/ledger/index.ts'
import { never } from './points-term.ts'
import { activate, free, heldBy, inState, type ModelPoint, owe, type PointsModel, soonest } from './single-points.ts'

const nextMelting = (model: PointsModel): number => {
  const { definition, zone } = model.history
  if (definition.decay === undefined || inState(model, 'active').length === 0) return never
  return periodIntervalAt(definition.decay.every, zone, model.meltedAt as Instant).until
}

const nextWriteOff = ({ history, debt, debtSince }: PointsModel): number => {
  const after = history.definition.writeOffAfter ?? null
  return after === null || debt === 0 ? never : addDuration(history.zone, debtSince as Instant, after)
}

/** Points that die at a time: active ones, and held ones where a hold does not protect them. */
const mortal = (model: PointsModel): ReadonlyArray<ModelPoint> => {
  if (model.suspended) return []
  const isProtected = model.history.definition.holds?.protectsExpiry ?? true
  return isProtected ? inState(model, 'active') : inState(model, 'active', 'held')
}

const nextDue = (model: PointsModel): number =>
  Math.min(
    nextMelting(model),
    nextWriteOff(model),
    ...inState(model, 'pending').map(({ activeFrom }) => activeFrom),
    ...model.holds.map(({ until }) => until),
    ...mortal(model).map(({ expiresAt }) => expiresAt),
  )

const cancel = ({ grants }: PointsModel, point: ModelPoint): void => {
  point.state = 'reversed'
  const grant = grants.find(({ id }) => id === point.lot)
  if (grant !== undefined) grant.left -= 1
}

const gain = (model: PointsModel, due: number): void => {
  const coming = inState(model, 'pending').filter(({ activeFrom }) => activeFrom <= due)
  for (const point of coming.filter(({ awaits }) => awaits !== null)) cancel(model, point)
  activate(
    model,
    coming.filter(({ awaits }) => awaits === null),
    due,
  )
  const ending = model.holds.filter(({ until }) => until <= due)
  for (const { id } of ending) free(model, id, due)
}

/** A share of some points in millionths, which whole and half numbers of points can be told from. */
const meltingOf = ({ rate, atLeast, rounding }: DecayPolicy, active: number): number => {
  const scaled = active * Math.round(Number(rate) * 1_000_000)
  const rest = scaled % 1_000_000
  const whole = (scaled - rest) / 1_000_000
  const isUp = rounding === 'ceil' ? rest > 0 : rounding === 'halfEven' && isHalfUp(rest, whole)
  return Math.min(active, Math.max(atLeast, whole + (isUp ? 1 : 0)))
}

const isHalfUp = (millionths: number, whole: number): boolean =>
  millionths > 500_000 || (millionths === 500_000 && whole % 2 === 1)

const die = (model: PointsModel, due: number): void => {
  const { onExpiry } = model.history.definition
  for (const point of mortal(model).filter(({ expiresAt }) => expiresAt <= due)) {
    point.state = onExpiry === undefined || point.state === 'held' ? 'expired' : 'convertedOut'
    if (point.hold !== null && heldBy(model, point.hold).length === 0) {
      model.holds = model.holds.filter(({ id }) => id !== point.hold)
    }
  }
}

const lose = (model: PointsModel, due: number): void => {
  const { decay } = model.history.definition
  die(model, due)
  if (decay !== undefined && nextMelting(model) <= due) {
    const melting = soonest(model, meltingOf(decay, inState(model, 'active').length))
    for (const point of melting) point.state = 'decayed'
    model.meltedAt = due
  }
  if (nextWriteOff(model) > due) return
  model.writtenOff += model.debt
  owe(model, -model.debt, due)
}

/** Lets time pass up to an instant. */
export const pass = (model: PointsModel, until: number): void => {
  for (let due = nextDue(model); due <= until; due = nextDue(model)) {
    gain(model, due)
    lose(model, due)
  }
}
