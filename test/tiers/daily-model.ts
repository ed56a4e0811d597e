// Tiers as the terms of a program describe them, slowly: the whole list of what was done, and every day, one after the
// other, what its beginning brings and what is done on it.
import {
  addDurationToDate,
  addMonths,
  type CivilDate,
  type Duration,
  type Instant,
  startOfDay,
  yearMonthDay,
} from '../../src/foundation/index.ts'
import type { Threshold, TierValidity } from '../../src/tiers/index.ts'
import { programDay, qualificationPeriod } from '../../src/tiers/index.ts'
import type { Career, Deed } from '../arbitraries/tiers.ts'

interface Done {
  readonly day: number
  readonly at: number
  points: number
  forLife: number
  isUndone: boolean
}

export interface ModelStanding {
  readonly tier: number
  readonly since: number
  readonly validUntil: number | null
}

interface Model {
  readonly career: Career
  readonly done: Array<Done>
  held: number
  since: number
  validUntil: number | null
  terms: number
  /** How much of what was done a ladder that starts anew with each tier counts no more. */
  doneBefore: number
  graceFallsTo: number | null
  /** The day on which a tier is to be entered that was reached. */
  raiseOn: number | null
  place: ModelStanding
}

const isOver = (model: Model, { day }: Done, today: number): boolean => {
  const { period } = model.career.ladder
  return period.type === 'rolling' && addDurationToDate(day as CivilDate, period.length) <= today
}

const periodOf = ({ career, since }: Model, day: number) => {
  const { ladder, zone, start } = career
  const anchors = { joined: programDay(zone, start), entered: programDay(zone, since as Instant) }
  return qualificationPeriod(ladder.period, day as CivilDate, anchors)
}

/** What counts for a day, of all that was done. */
const countedFor = (model: Model, today: number): ReadonlyArray<Done> => {
  const period = periodOf(model, today)
  const all = model.done.slice(model.doneBefore).filter((one) => !one.isUndone)
  if (period === undefined) return all.filter((one) => !isOver(model, one, today))
  return all.filter(({ day }) => period.from <= day && day < period.until)
}

const monthOf = (day: number): number => {
  const { year, month } = yearMonthDay(day as CivilDate)
  return year * 12 + month
}

const monthsIn = (model: Model, today: number): number => {
  const { period } = model.career.ladder
  const first = (day: number): CivilDate => (day - yearMonthDay(day as CivilDate).day + 1) as CivilDate
  const all = model.done.slice(model.doneBefore).filter((one) => !one.isUndone)
  // In a window of days, a month counts for as long as its first day does.
  const there =
    period.type === 'rolling'
      ? all.filter(({ day }) => addDurationToDate(first(day), period.length) > today)
      : countedFor(model, today)
  return new Set(there.map(({ day }) => monthOf(day))).size
}

const countOf = (model: Model, metric: string, today: number): number => {
  const sum = (done: ReadonlyArray<Done>): number => done.reduce((total, { points }) => total + points, 0)
  if (metric === 'points') return sum(countedFor(model, today))
  if (metric === 'orders') return countedFor(model, today).length
  if (metric === 'months') return monthsIn(model, today)
  if (metric === 'life') return model.done.reduce((total, { forLife }) => total + forLife, 0)
  let months = 0
  const joined = programDay(model.career.zone, model.career.start)
  while (addMonths(joined, months + 1) <= today) months += 1
  return months
}

const isMet = (model: Model, threshold: Threshold, today: number): boolean => {
  if (threshold.type === 'count') return countOf(model, threshold.metric, today) >= threshold.atLeast
  const met = threshold.of.filter((part) => isMet(model, part, today)).length
  if (threshold.type === 'all') return met === threshold.of.length
  return met >= (threshold.type === 'any' ? 1 : threshold.number)
}

const highest = (model: Model, key: 'reach' | 'keep' | 'lifetime', today: number, upTo: number): number => {
  let best = 0
  model.career.ladder.tiers.forEach((tier, rank) => {
    const threshold = tier[key]
    if (rank > 0 && rank <= upTo && threshold !== undefined && isMet(model, threshold, today)) best = rank
  })
  return best
}

const endAfter = ({ career }: Model, day: number, length: Duration, times = 1): number =>
  startOfDay(career.zone, addDurationToDate(day as CivilDate, length, times))

/** The end of the period of a day. */
const periodEnd = (model: Model, day: number): number =>
  startOfDay(model.career.zone, (periodOf(model, day)?.until ?? 0) as CivilDate)

const yearlyEnd = (model: Model, validity: Extract<TierValidity, { type: 'yearly' }>, day: number): number => {
  const least =
    validity.atLeast === undefined ? day + 1 : Math.max(day + 1, addDurationToDate(day as CivilDate, validity.atLeast))
  for (let on = least; ; on += 1) {
    const { month, day: ofMonth } = yearMonthDay(on as CivilDate)
    if (month === validity.on.startMonth && ofMonth === validity.on.startDay)
      return startOfDay(model.career.zone, on as CivilDate)
  }
}

/** When a tier ends that is entered on a day, because of what was counted on a day. */
const entered = (model: Model, reached: number, today: number, isNew: boolean): number | null => {
  const { validity } = model.career.ladder
  const { zone } = model.career
  switch (validity.type) {
    case 'endOfPeriod':
      return periodEnd(model, reached)
    case 'endOfNextPeriod': {
      const end = periodEnd(model, reached)
      return isNew ? periodEnd(model, programDay(zone, end as Instant)) : end
    }
    case 'term':
      return endAfter(model, programDay(zone, model.since as Instant), validity.length, model.terms + 1)
    case 'rolling':
      return endAfter(model, today, validity.length)
    case 'yearly':
      return yearlyEnd(model, validity, today)
    default:
      return null
  }
}

/** Notes where the member stands now. */
const note = (model: Model, today: number, at: number): void => {
  const life = highest(model, 'lifetime', today, model.career.ladder.tiers.length)
  const tier = Math.max(model.held, life)
  const validUntil = tier === 0 || life === tier ? null : model.validUntil
  const newSince = tier === model.held ? model.since : at
  const since = tier === model.place.tier ? model.place.since : newSince
  model.place = { tier, since, validUntil }
}

/** When a higher tier ends that is entered. */
const endOfClimb = (model: Model, counted: number, today: number, at: number, before: number | null): number | null => {
  const { validity } = model.career.ladder
  const isShort = validity.type === 'term' && validity.resetOnUpgrade === false
  if (isShort && before !== null) return before
  const end = entered(model, counted, today, true)
  const until = end !== null && end <= at ? entered(model, today, today, true) : end
  return before !== null && until !== null ? Math.max(before, until) : until
}

const climb = (model: Model, counted: number, today: number, at: number): void => {
  const { ladder, zone } = model.career
  const reached = highest(model, 'reach', counted, ladder.tiers.length)
  const isOne = ladder.policy?.climb === 'oneADay'
  const isBlocked = isOne && model.held > 0 && programDay(zone, model.since as Instant) === today
  if (reached <= model.held || isBlocked) return
  const before = model.validUntil
  model.held = isOne ? model.held + 1 : reached
  model.since = at
  model.terms = 0
  model.graceFallsTo = null
  model.validUntil = endOfClimb(model, counted, today, at, before)
  if (ladder.period.type === 'tierEntry') model.doneBefore = model.done.length
  note(model, today, at)
}

const fall = (model: Model, rank: number, today: number, at: number): void => {
  model.held = rank
  model.since = at
  model.terms = 0
  model.graceFallsTo = null
  model.validUntil = rank === 0 ? null : entered(model, today, today, false)
  if (model.career.ladder.period.type === 'tierEntry') model.doneBefore = model.done.length
  note(model, today, at)
}

const renew = (model: Model, today: number, at: number): void => {
  model.graceFallsTo = null
  do {
    model.terms += 1
    model.validUntil = entered(model, today, today, false)
  } while (model.validUntil !== null && model.validUntil <= at)
}

const fallsTo = (model: Model, counted: number): number => {
  const { policy = {}, validity } = model.career.ladder
  const kept = Math.max(highest(model, 'keep', counted, model.held), validity.type === 'forEver' ? model.held - 1 : 0)
  return policy.downgrade === 'oneDown' ? Math.max(kept, model.held - 1) : kept
}

const lose = (model: Model, counted: number, today: number, at: number): void => {
  const { grace } = model.career.ladder.policy ?? {}
  const rank = fallsTo(model, counted)
  const from = grace?.from === 'tierStart' ? programDay(model.career.zone, model.since as Instant) : today
  const until = grace === undefined ? Number.NEGATIVE_INFINITY : endAfter(model, from, grace.length)
  if (until <= at) {
    fall(model, rank, today, at)
    return
  }
  model.graceFallsTo = rank
  model.validUntil = until
}

const isKept = (model: Model, counted: number): boolean => highest(model, 'keep', counted, model.held) === model.held

const endOfValidity = (model: Model, today: number, at: number): void => {
  const { validity, period, policy = {} } = model.career.ladder
  const yesterday = programDay(model.career.zone, (at - 1) as Instant)
  if (model.graceFallsTo !== null) {
    fall(model, Math.max(model.graceFallsTo, highest(model, 'keep', yesterday, model.held)), today, at)
    return
  }
  const counted = validity.type === 'endOfPeriod' || period.type === 'rolling' ? today : yesterday
  if (policy.downgrade === 'never' || isKept(model, counted)) renew(model, today, at)
  else lose(model, counted, today, at)
}

/** A tier that is held only with enough. */
const loseAtOnce = (model: Model, today: number, at: number): void => {
  const { validity, policy = {} } = model.career.ladder
  if (validity.type !== 'whileQualified' || policy.downgrade === 'never') return
  while (model.held > 0 && model.graceFallsTo === null && !isKept(model, today)) {
    lose(model, today, today, at)
  }
}

/** A tier is entered that was reached on a day before. */
const climbLater = (model: Model, today: number, at: number): void => {
  if (model.raiseOn === null || model.raiseOn > today) return
  const yesterday = programDay(model.career.zone, (at - 1) as Instant)
  model.raiseOn = null
  const { held } = model
  climb(model, yesterday, today, at)
  loseAtOnce(model, today, at)
  const isMore = (day: number): boolean => highest(model, 'reach', day, 99) > model.held
  const isOne = model.career.ladder.policy?.climb === 'oneADay'
  if (isOne && isMore(model.held > held ? today : yesterday)) model.raiseOn = today + 1
}

/** Whether having been a member for long enough is part of what a tier takes. */
const asksForTenure = ({ career }: Model): boolean =>
  career.ladder.tiers.some(
    ({ reach }) => reach?.type === 'all' && reach.of.some((part) => part.type === 'count' && part.metric === 'tenure'),
  )

/** A tier that is reached, by what is done or by having been a member for so long, is entered later. */
const raiseLater = (model: Model, today: number): void => {
  const { upgrade = 'atOnce' } = model.career.ladder.policy ?? {}
  if (upgrade === 'atOnce' || highest(model, 'reach', today, 99) <= model.held) return
  model.raiseOn ??= upgrade === 'nextDay' ? today + 1 : (periodOf(model, today)?.until ?? 0)
}

const beginDay = (model: Model, today: number, at: number): void => {
  const { policy = {} } = model.career.ladder
  while (model.validUntil !== null && model.validUntil <= at) endOfValidity(model, today, at)
  loseAtOnce(model, today, at)
  if ((policy.upgrade ?? 'atOnce') !== 'atOnce') climbLater(model, today, at)
  else if (policy.climb === 'oneADay' || asksForTenure(model)) climb(model, today, today, at)
  if (asksForTenure(model)) raiseLater(model, today)
}

/** Notes what is done or undone, and says whether it is something new. */
const enter = (model: Model, { at, points, takenBackOf }: Deed, today: number): boolean => {
  const before = takenBackOf === null ? undefined : model.done[takenBackOf % Math.max(1, model.done.length)]
  if (before === undefined) {
    model.done.push({ day: today, at, points, forLife: points, isUndone: false })
    return true
  }
  before.forLife = 0
  // What had been done when the tier was entered counts no more, so it cannot be taken back either.
  before.isUndone ||= model.career.ladder.period.type !== 'tierEntry' || before.at > model.since
  return false
}

/** A tier that is held is earned again: in a grace, or where its validity rolls. */
const holdAgain = (model: Model, isNew: boolean, today: number, at: number): void => {
  const { validity, tiers } = model.career.ladder
  if (model.held === 0) return
  if (model.graceFallsTo !== null) {
    if (isKept(model, today)) renew(model, today, at)
    return
  }
  const reach = tiers[model.held]?.reach
  if (!isNew || validity.type !== 'rolling' || reach === undefined || !isMet(model, reach, today)) return
  model.validUntil = Math.max(model.validUntil ?? 0, endAfter(model, today, validity.length))
}

const doDeed = (model: Model, deed: Deed, today: number): void => {
  const isNew = enter(model, deed, today)
  loseAtOnce(model, today, deed.at)
  holdAgain(model, isNew, today, deed.at)
  const { upgrade = 'atOnce' } = model.career.ladder.policy ?? {}
  if (upgrade === 'atOnce') climb(model, today, today, deed.at)
  else raiseLater(model, today)
}

/** Where a member stands after each deed, and at an instant some time later. */
export const careerDayByDay = (career: Career, end: Instant): ReadonlyArray<ModelStanding> => {
  const { zone, start, deeds } = career
  const model: Model = {
    career,
    done: [],
    held: 0,
    since: start,
    validUntil: null,
    terms: 0,
    doneBefore: 0,
    graceFallsTo: null,
    raiseOn: null,
    place: { tier: 0, since: start, validUntil: null },
  }
  const standings: Array<ModelStanding> = []
  const lastDay = programDay(zone, end)
  for (let today = programDay(zone, start); today <= lastDay; today = (today + 1) as CivilDate) {
    const at = startOfDay(zone, today)
    if (startOfDay(zone, (today + 1) as CivilDate) <= at) continue
    if (at > start) {
      beginDay(model, today, at)
      note(model, today, at)
    }
    for (const deed of deeds.filter((one) => programDay(zone, one.at) === today)) {
      doDeed(model, deed, today)
      note(model, today, deed.at)
      standings.push(model.place)
    }
  }
  return [...standings, model.place]
}
