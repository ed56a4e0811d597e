/* eslint-disable no-param-reassign -- the kernel's own notes on the member whose rows are folded now */
/**
 * Assessments in numbers: what `assessTier` does, on a seat. Every function here is one there, of the same order and the
 * same days; a property holds the two together.
 */
import type { CivilDate } from '../foundation/index.ts'
import { dayIn, startIn } from './day-table.ts'
import { ofWholePeriod } from './enter-tier.ts'
import { highestMet, isMetBy } from './kernel-ladder.ts'
import { blankFigures, figuresBefore, type Kernel, never, periodOfDay, turn } from './kernel-seat.ts'
import { fallRank } from './look-at-end.ts'
import { startAfter } from './qualification-period.ts'
import { type TierValidity, validityEnd } from './validity.ts'

const noEnd = Number.NEGATIVE_INFINITY

const computedEnd = (
  kernel: Kernel,
  validity: TierValidity,
  reached: number,
  day: number,
  anchor: number,
  terms: number,
): number =>
  validityEnd(validity, kernel.rules.days.zone, (of) => periodOfDay(kernel, of), {
    reached: reached as CivilDate,
    day: day as CivilDate,
    anchor: anchor as CivilDate,
    terms,
  }) ?? never

/** When a tier ends that is entered or renewed on a day by what counts on it; computed once for all members. */
const endOn = (kernel: Kernel, rank: number, isWhole: boolean, day: number): number => {
  const { rules } = kernel
  const { days } = rules
  const ends = isWhole ? rules.wholeEnds : rules.ends
  const place = rank * days.starts.length + day - days.first
  const known = ends[place]
  if (known !== undefined && !Number.isNaN(known)) return known
  const validity = validityAt(kernel, rank)
  const end = computedEnd(kernel, isWhole ? ofWholePeriod(validity) : validity, day, day, day, 0)
  if (known !== undefined) ends[place] = end
  return end
}

const validityAt = ({ rules }: Kernel, rank: number): TierValidity => rules.validity[rank] ?? rules.ladder.validity

const isKept = ({ rules, seat }: Kernel, figures: Float64Array): boolean => {
  const keep = rules.keep[seat.earned]
  return keep !== null && keep !== undefined && isMetBy(keep, figures)
}

/** Whether the tier is one that is lost as soon as what keeps it is not there. */
const isOpenHeld = ({ rules, seat }: Kernel): boolean =>
  rules.hasOpen && seat.earned > 0 && seat.fallsTo < 0 && seat.earnedUntil === never && rules.isOpen[seat.earned] === 1

const isLost = (kernel: Kernel): boolean => isOpenHeld(kernel) && !isKept(kernel, kernel.seat.counts)

/** The later end of a tier whose validity rolls; `-Infinity` where it does not roll. */
const rolledEnd = (kernel: Kernel): number => {
  const { rules, seat } = kernel
  if (!rules.hasRolling || seat.earned === 0 || seat.lastCountedOn === never) return noEnd
  const validity = validityAt(kernel, seat.earned)
  const reach = rules.reach[seat.earned]
  if (validity.type !== 'rolling' || reach === null || reach === undefined) return noEnd
  if (!isMetBy(reach, seat.counts)) return noEnd
  const until = startAfter(rules.days.zone, seat.lastCountedOn as CivilDate, validity.length)
  return seat.earnedUntil === never || seat.earnedUntil < until ? until : noEnd
}

/** The rank that is held for life. */
const lifeRank = ({ rules, seat }: Kernel): number =>
  rules.hasLifetime ? highestMet(rules.lifetime, seat.counts, rules.lifetime.length - 1) : 0

/** Whether the tier is the one that all that speaks for one comes to. */
const isSettled = (kernel: Kernel): boolean => {
  const { seat } = kernel
  const life = lifeRank(kernel)
  const isForLife = life > 0 && life >= seat.earned
  const until = isForLife || seat.earned === 0 ? never : seat.earnedUntil
  return seat.rank === (isForLife ? life : seat.earned) && seat.until === until
}

/** Brings the tier to what speaks for one, from an instant on. */
const settle = (kernel: Kernel, at: number): void => {
  const { seat } = kernel
  const life = lifeRank(kernel)
  const isForLife = life > 0 && life >= seat.earned
  const rank = isForLife ? life : seat.earned
  if (isForLife || rank === 0) seat.until = never
  else seat.until = seat.earnedUntil
  if (rank === seat.rank) return
  seat.rank = rank
  if (rank === seat.earned) seat.since = seat.earnedSince
  else seat.since = at
}

/** Whether the seat is to be looked at again because of what is counted. */
const isLookDue = (kernel: Kernel): boolean => {
  const { rules, seat } = kernel
  if (rules.hasLifetime && !isSettled(kernel)) return true
  if (seat.earned === 0) return false
  if (seat.fallsTo >= 0) return isKept(kernel, seat.counts)
  return isLost(kernel) || (rules.hasRolling && rolledEnd(kernel) !== noEnd)
}

const conclude = (kernel: Kernel, at: number): void => {
  const { seat } = kernel
  settle(kernel, at)
  if (isLookDue(kernel)) seat.dueAt = at
  else if (seat.dueAt <= at) seat.dueAt = never
}

const renew = (kernel: Kernel, day: number, at: number): void => {
  const { rules, seat } = kernel
  const validity = ofWholePeriod(validityAt(kernel, seat.earned))
  const anchor = dayIn(rules.days, seat.earnedSince)
  do {
    seat.terms += 1
    seat.earnedUntil =
      validity.type === 'term'
        ? computedEnd(kernel, validity, day, day, anchor, seat.terms)
        : endOn(kernel, seat.earned, true, day)
  } while (seat.earnedUntil <= at)
  seat.fallsTo = -1
}

const lower = (kernel: Kernel, rank: number, day: number, at: number): void => {
  const { seat } = kernel
  seat.earned = rank
  seat.earnedSince = at
  seat.earnedUntil = rank === 0 ? never : endOn(kernel, rank, true, day)
  seat.terms = 0
  seat.fallsTo = -1
}

/** When the grace for a tier that is not kept ends; `-Infinity` without one. */
const graceEnd = ({ rules, seat }: Kernel, day: number, at: number): number => {
  const grace = rules.ladder.policy?.grace
  if (grace === undefined) return noEnd
  const from = grace.from === 'tierStart' ? dayIn(rules.days, seat.earnedSince) : day
  const until = startAfter(rules.days.zone, from as CivilDate, grace.length)
  return until > at ? until : noEnd
}

const lose = (kernel: Kernel, kept: number, day: number, at: number): void => {
  const { rules, seat } = kernel
  const rank = fallRank(rules.ladder, seat.earned, kept)
  const until = graceEnd(kernel, day, at)
  if (until === noEnd) {
    lower(kernel, rank, day, at)
    return
  }
  seat.earnedUntil = until
  seat.fallsTo = rank
}

const lookAtEnd = (kernel: Kernel, day: number, at: number): void => {
  const { rules, seat } = kernel
  const { period, policy } = rules.ladder
  const isGrace = seat.fallsTo >= 0
  const startsAnew = validityAt(kernel, seat.earned).type === 'endOfPeriod' || period.type === 'rolling'
  if (startsAnew && !isGrace) turn(kernel, day)
  const figures = startsAnew && !isGrace ? seat.counts : figuresBefore(kernel, dayIn(rules.days, at - 1))
  const kept = highestMet(rules.keep, figures, seat.earned)
  turn(kernel, day)
  if (isGrace) lower(kernel, Math.max(kept, seat.fallsTo), day, at)
  else if (policy?.downgrade === 'never' || kept === seat.earned) renew(kernel, day, at)
  else lose(kernel, kept, day, at)
}

const lookAtLoss = (kernel: Kernel, day: number, at: number): void => {
  const { rules, seat } = kernel
  lose(kernel, highestMet(rules.keep, seat.counts, seat.earned), day, at)
}

const lookAtDue = (kernel: Kernel, day: number, at: number): void => {
  const { seat } = kernel
  seat.dueAt = never
  if (seat.earned === 0) return
  if (seat.fallsTo >= 0) {
    if (isKept(kernel, seat.counts)) renew(kernel, day, at)
    return
  }
  const until = rolledEnd(kernel)
  if (until !== noEnd) seat.earnedUntil = until
}

/** The tier that is climbed to from one, of those up to the highest that is reached. */
const climbedRank = ({ rules }: Kernel, held: number, figures: Float64Array): number => {
  const { reach, ladder } = rules
  const reached = highestMet(reach, figures, reach.length - 1)
  if (reached <= held || ladder.policy?.climb !== 'oneADay') return reached
  let next = held + 1
  while (next < reach.length && (reach[next] ?? null) === null) next += 1
  const target = reach[next] ?? null
  return target !== null && isMetBy(target, figures) ? next : reached
}

const endOfRaise = (kernel: Kernel, rank: number, reached: number, day: number, at: number): number => {
  const { earnedUntil } = kernel.seat
  const validity = validityAt(kernel, rank)
  if (validity.type === 'term' && validity.resetOnUpgrade === false && earnedUntil !== never) return earnedUntil
  const end = reached === day ? endOn(kernel, rank, false, day) : computedEnd(kernel, validity, reached, day, day, 0)
  const until = end <= at ? endOn(kernel, rank, false, day) : end
  return until === never || earnedUntil === never || earnedUntil < until ? until : earnedUntil
}

const raise = (kernel: Kernel, day: number, at: number): void => {
  const { rules, seat } = kernel
  const { upgrade = 'atOnce', climb } = rules.ladder.policy ?? {}
  const reached = upgrade === 'atOnce' ? day : dayIn(rules.days, at - 1)
  if (upgrade === 'atOnce') turn(kernel, day)
  const rank = climbedRank(kernel, seat.earned, upgrade === 'atOnce' ? seat.counts : figuresBefore(kernel, reached))
  turn(kernel, day)
  seat.raiseAt = never
  if (rank <= seat.earned) return
  const isOneADay = climb === 'oneADay'
  const tomorrow = isOneADay ? startIn(rules.days, day + 1) : never
  if (isOneADay && seat.earned > 0 && dayIn(rules.days, seat.earnedSince) === day) {
    seat.raiseAt = tomorrow
    return
  }
  seat.earnedUntil = endOfRaise(kernel, rank, reached, day, at)
  seat.earned = rank
  seat.earnedSince = at
  seat.terms = 0
  seat.fallsTo = -1
  if (isOneADay && climbedRank(kernel, rank, seat.counts) > rank) seat.raiseAt = tomorrow
}

/** Looks at what is due first in an instant; says whether anything was. */
const assessAt = (kernel: Kernel, at: number): boolean => {
  const { rules, seat } = kernel
  const day = dayIn(rules.days, at)
  if (seat.earnedUntil <= at) {
    lookAtEnd(kernel, day, at)
  } else if (isOpenHeld(kernel) && isLostOn(kernel, day)) {
    lookAtLoss(kernel, day, at)
  } else if (seat.dueAt <= at) {
    turn(kernel, day)
    lookAtDue(kernel, day, at)
  } else if (seat.raiseAt <= at) raise(kernel, day, at)
  else return false
  conclude(kernel, at)
  return true
}

const isLostOn = (kernel: Kernel, day: number): boolean => {
  turn(kernel, day)
  return isLost(kernel)
}

/** When the window loses something, or a period begins, that may lose the tier. */
const lossAt = (kernel: Kernel): number => {
  const { rules, seat, parts } = kernel
  if (!isOpenHeld(kernel)) return never
  if (rules.windowEnd.length === 0) {
    return seat.periodEnd === never || isKept(kernel, blankFigures(kernel)) ? never : seat.periodEnd
  }
  if (seat.head === seat.tail) return never
  const end = rules.windowEnd[(parts.day[seat.head] as number) - rules.days.first] as number
  return startIn(rules.days, end)
}

/** Notes when the seat is to be looked at next. */
const noteNext = (kernel: Kernel): void => {
  const { rules, seat } = kernel
  seat.next = seat.earnedUntil
  if (seat.raiseAt < seat.next) seat.next = seat.raiseAt
  if (seat.dueAt < seat.next) seat.next = seat.dueAt
  if (!rules.hasOpen) return
  const loss = lossAt(kernel)
  if (loss < seat.next) seat.next = loss
}

/** Assesses until nothing more is due by an instant. */
export const advanceSeat = (kernel: Kernel, until: number): void => {
  const { seat } = kernel
  while (seat.next <= until) {
    const { next } = seat
    const isSeen = assessAt(kernel, next)
    noteNext(kernel)
    // Where the window loses something and the tier is kept, the next loss is a later one.
    if (!isSeen && seat.next === next) return
  }
}

const noteRaise = ({ rules, seat }: Kernel): void => {
  const { upgrade = 'atOnce' } = rules.ladder.policy ?? {}
  if (upgrade === 'atOnce') {
    seat.raiseAt = seat.at
    return
  }
  const isEnd = upgrade === 'periodEnd' && seat.periodEnd !== never
  const at = isEnd ? seat.periodEnd : startIn(rules.days, seat.day + 1)
  if (at < seat.raiseAt) seat.raiseAt = at
}

/** Notes when the seat is to be looked at, after something was counted. */
export const noteDue = (kernel: Kernel): void => {
  const { rules, seat } = kernel
  const { reach } = rules
  if (highestMet(reach, seat.counts, reach.length - 1) > seat.earned) noteRaise(kernel)
  if (seat.at < seat.dueAt && isLookDue(kernel)) seat.dueAt = seat.at
  noteNext(kernel)
}
