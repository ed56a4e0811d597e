/** Looking at tiers that are reached. */
import { addDays, type CivilDate, startOfDay } from '../foundation/index.ts'
import { raiseAfter } from './count-qualifying.ts'
import { raisedTo } from './enter-tier.ts'
import { type Ladder, rankOf } from './ladder.ts'
import { dayBefore, type Look, look, type Moment } from './look.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import type { Counts } from './threshold.ts'
import { countsOn, highestReached, turned } from './tier-counts.ts'
import { reaches } from './tier-look.ts'

/** The next tier above one that can be reached. */
const nextRank = (ladder: Ladder, held: number): number | undefined => {
  for (let rank = held + 1; rank < ladder.tiers.length; rank += 1) {
    if (ladder.tiers[rank]?.reach !== undefined) return rank
  }
  return undefined
}

/** The tier that is climbed to from one, of those up to the highest that is reached. */
const climbedRank = (ladder: Ladder, held: number, counts: Counts): number => {
  const { climb = 'toReached', consumption = 'keep' } = ladder.policy ?? {}
  const reached = highestReached(ladder, counts)
  if (reached <= held || (climb === 'toReached' && consumption === 'keep')) return reached
  const next = nextRank(ladder, held)
  const tier = next === undefined ? undefined : ladder.tiers[next]
  return next !== undefined && tier !== undefined && reaches(tier, counts) ? next : reached
}

/** A tier that is reached is entered. */
const raise = (moment: Moment, standing: Standing, reached: CivilDate): Look => {
  const { ladder, zone, at, day } = moment
  const counts = countsOn(ladder, zone, standing, reached)
  const now = { ...turned(ladder, zone, standing, day), raiseAt: null }
  const held = rankOf(ladder, now.earned.tier)
  const isOneADay = ladder.policy?.climb === 'oneADay'
  const rank = climbedRank(ladder, held, counts)
  const tomorrow = startOfDay(zone, addDays(day, 1))
  if (rank <= held) return look(now, 'reach', counts)
  if (isOneADay && held > 0 && programDay(zone, now.earned.since) === day) {
    return look({ ...now, raiseAt: tomorrow }, 'reach', counts)
  }
  const raised = raisedTo(ladder, zone, now, { rank, reached, at })
  const threshold = ladder.tiers[rank]?.reach ?? null
  const isOneByOne = isOneADay || ladder.policy?.consumption === 'deduct'
  const goesOn = isOneByOne && climbedRank(ladder, rank, countsOn(ladder, zone, raised, day)) > rank
  const raiseAt = goesOn ? (isOneADay ? tomorrow : at) : null
  return look(raiseAt === null ? raised : { ...raised, raiseAt }, 'reach', counts, threshold)
}

export const lookAtRaise = (moment: Moment, standing: Standing): Look | undefined => {
  const { ladder, zone, at, day } = moment
  if (standing.raiseAt !== null && standing.raiseAt <= at) {
    const isDelayed = (ladder.policy?.upgrade ?? 'atOnce') !== 'atOnce'
    return raise(moment, standing, isDelayed ? dayBefore(moment) : day)
  }
  if (standing.raiseAt !== null || !ladder.metrics.some(({ of }) => of === 'tenure')) return undefined
  const counts = countsOn(ladder, zone, standing, day)
  if (highestReached(ladder, counts) <= rankOf(ladder, standing.earned.tier)) return undefined
  const raiseAt = raiseAfter(ladder, zone, standing, at, day, counts)
  return raiseAt === at ? raise(moment, standing, day) : look({ ...standing, raiseAt }, 'reach', counts)
}
