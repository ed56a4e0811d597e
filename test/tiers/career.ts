// A career by the library: where a member stands after each deed.
import type { Instant, TierId, Zone } from '../../src/foundation/index.ts'
import { countQualifying, firstStanding, type Ladder, type MetricId, type Standing } from '../../src/tiers/index.ts'
import type { Career, Deed } from '../arbitraries/tiers.ts'
import { settled } from './ladders.ts'

interface Done {
  readonly at: Instant
  points: number
  isUndone: boolean
}

/** Counts something done on every metric of the ladders of the tests. */
export const countAll = (on: Ladder, zone: Zone, standing: Standing, done: Deed, asOf: Instant, sign: 1 | -1) =>
  [
    ['points', done.points],
    ['orders', 1],
    ['months', 1],
    ['life', done.points],
  ].reduce(
    (before, [metric, count]) =>
      countQualifying(
        on,
        zone,
        before,
        { metric: metric as MetricId, count: sign * Number(count), countedAt: done.at },
        asOf,
      ),
    standing,
  )

/** Where a member stands after each deed, assessed before and after. */
export const careerOf = (
  { ladder, zone, start, deeds }: Career,
  from: Standing = firstStanding(ladder, zone, start),
): ReadonlyArray<Standing> => {
  const all: Array<Done> = []
  let standing = from
  return deeds.map(({ at, points, takenBackOf }) => {
    standing = settled(ladder, standing, at, zone)
    const before = takenBackOf === null ? undefined : all[takenBackOf % Math.max(1, all.length)]
    if (before === undefined) {
      const done = { at, points, takenBackOf: null }
      all.push({ at, points, isUndone: false })
      standing = countAll(ladder, zone, standing, done, at, 1)
    } else if (!before.isUndone) {
      const done = { at: before.at, points: before.points, takenBackOf: null }
      before.isUndone = true
      standing = countAll(ladder, zone, standing, done, at, -1)
    }
    standing = settled(ladder, standing, at, zone)
    return standing
  })
}

export const rankIn = (ladder: Ladder, tier: TierId): number => ladder.tiers.findIndex(({ id }) => id === tier)
