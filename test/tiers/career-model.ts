// Tiers as the terms of a program describe them: the whole list of what was earned, and the periods one after another.
import {
  addDays,
  type CivilDate,
  type Instant,
  localDateOf,
  nextPeriod,
  periodInterval,
  periodOf,
} from '../../src/foundation/index.ts'
import type { Ladder } from '../../src/tiers/index.ts'
import type { Career, Climb } from '../arbitraries/tiers.ts'

interface Span {
  readonly from: number
  readonly until: number
}

/** The period that an instant is in, found by walking from four days and two periods before. */
const spanAt = ({ ladder, zone }: Career, at: number): Span => {
  const calendar = ladder.period
  const early = addDays(localDateOf(zone, at as Instant), -4)
  let period = periodOf(calendar, addDays(periodOf(calendar, early).from, -1) as CivilDate)
  for (;;) {
    const { from, until } = periodInterval(zone, period)
    if (from <= at && at < until) return { from, until }
    period = nextPeriod(calendar, period)
  }
}

export interface ModelStanding {
  readonly tier: number
  readonly since: number
  readonly validUntil: number | null
}

const highest = (ladder: Ladder, key: 'reach' | 'keep', points: number, upTo: number): number =>
  ladder.tiers.reduce((best, tier, rank) => (rank <= upTo && tier[key] <= points ? rank : best), 0)

interface Earned {
  readonly at: number
  points: number
}

const earnedIn = (earned: ReadonlyArray<Earned>, { from, until }: Span): number =>
  earned.filter(({ at }) => from <= at && at < until).reduce((sum, { points }) => sum + points, 0)

const reviewed = (
  career: Career,
  earned: ReadonlyArray<Earned>,
  standing: ModelStanding,
  end: number,
): ModelStanding => {
  const decides = spanAt(career, career.ladder.validity === 'endOfPeriod' ? end : end - 1)
  const tier = highest(career.ladder, 'keep', earnedIn(earned, decides), standing.tier)
  return {
    tier,
    since: tier === standing.tier ? standing.since : end,
    validUntil: tier === 0 ? null : spanAt(career, end).until,
  }
}

const raised = (career: Career, earned: ReadonlyArray<Earned>, standing: ModelStanding, at: number): ModelStanding => {
  const { ladder } = career
  const span = spanAt(career, at)
  const tier = highest(ladder, 'reach', earnedIn(earned, span), ladder.tiers.length - 1)
  if (tier <= standing.tier) return standing
  const validUntil = ladder.validity === 'endOfPeriod' ? span.until : spanAt(career, span.until).until
  return { tier, since: at, validUntil }
}

/** What a climb changes in the list of what was earned: how many points, and when they were earned. */
export const changeOf = (
  earned: Array<Earned>,
  { at, points, takenBackOf }: Climb,
): { readonly earnedAt: number; readonly points: number } => {
  const before = takenBackOf === null ? undefined : earned[takenBackOf % Math.max(1, earned.length)]
  if (before === undefined) {
    earned.push({ at, points })
    return { earnedAt: at, points }
  }
  const taken = Math.min(points, before.points)
  before.points -= taken
  return { earnedAt: before.at, points: 0 - taken }
}

/** Where a member stands after each climb. */
export const careerByTheTerms = (career: Career): ReadonlyArray<ModelStanding> => {
  const earned: Array<Earned> = []
  let standing: ModelStanding = { tier: 0, since: career.start, validUntil: null }
  return career.climbs.map((climb) => {
    while (standing.validUntil !== null && standing.validUntil <= climb.at) {
      standing = reviewed(career, earned, standing, standing.validUntil)
    }
    changeOf(earned, climb)
    standing = raised(career, earned, standing, climb.at)
    return standing
  })
}
