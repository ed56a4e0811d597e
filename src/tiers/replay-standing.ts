/* eslint-disable no-param-reassign -- writes into columns that were made for it */
/** One member's rows counted and assessed one after the other. */
import type { Instant, Zone } from '../foundation/index.ts'
import { advanceStanding } from './assessment.ts'
import { countQualifying } from './count-qualifying.ts'
import { type Ladder, rankOf } from './ladder.ts'
import { programDay } from './qualification-period.ts'
import type { QualifyingColumns, StandingColumns } from './qualifying-columns.ts'
import { firstStanding, type Standing } from './standing.ts'
import { countsOn } from './tier-counts.ts'

/** The standing after a row, which is not assessed yet. */
const counted = (ladder: Ladder, zone: Zone, standing: Standing, columns: QualifyingColumns, row: number): Standing => {
  const metric = ladder.metrics[columns.metric[row] as number]
  if (metric === undefined) return standing
  const at = columns.at[row] as Instant
  const countedAt = (columns.countedAt?.[row] ?? at) as Instant
  return countQualifying(
    ladder,
    zone,
    standing,
    { metric: metric.id, count: columns.count[row] as number, countedAt },
    at,
  )
}

/**
 * The standings of a member at rising instants, `null` before the member joined: `onStanding` gets each, and the place of
 * its instant.
 */
export const replayMember = (
  ladder: Ladder,
  zone: Zone,
  columns: QualifyingColumns,
  rows: ReadonlyArray<number> | Int32Array,
  member: number,
  asOf: ReadonlyArray<Instant>,
  onStanding: (standing: Standing | null, place: number) => void,
): void => {
  const joinedAt = columns.joinedAt[member] as Instant
  let standing = firstStanding(ladder, zone, joinedAt)
  let next = 0
  const countUntil = (until: Instant): void => {
    while (next < rows.length) {
      const at = columns.at[rows[next] as number] as Instant
      if (at > until) return
      standing = advanceStanding(ladder, zone, standing, at).standing
      // What came in at one instant is counted together: a purchase brings points, and is an order.
      for (; next < rows.length && columns.at[rows[next] as number] === at; next += 1) {
        standing = counted(ladder, zone, standing, columns, rows[next] as number)
      }
      standing = advanceStanding(ladder, zone, standing, at).standing
    }
  }
  for (const [place, instant] of asOf.entries()) {
    if (joinedAt <= instant) {
      countUntil(instant)
      standing = advanceStanding(ladder, zone, standing, instant).standing
    }
    onStanding(joinedAt <= instant ? standing : null, place)
  }
}

/** Writes where a member stands into columns that were made for it. */
export const writeStanding = (
  ladder: Ladder,
  zone: Zone,
  standing: Standing,
  { asOf, rank, since, validUntil, counts }: StandingColumns,
  member: number,
): void => {
  rank[member] = rankOf(ladder, standing.tier)
  since[member] = standing.since
  validUntil[member] = standing.validUntil ?? Number.POSITIVE_INFINITY
  if (counts === null) return
  const figures = countsOn(ladder, zone, standing, programDay(zone, asOf))
  for (const [index, { id }] of ladder.metrics.entries()) {
    const column = counts[index]
    if (column !== undefined) column[member] = figures.get(id) ?? 0
  }
}
