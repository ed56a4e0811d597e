// Which tiers counts reach, one by one.
import { type Ladder, type MetricId, meetsThreshold } from '../../src/tiers/index.ts'

/** For each tier whether the counts reach it; the first one is everybody's. */
export const tiersWith = ({ tiers }: Ladder, counts: Readonly<Record<string, number>>): ReadonlyArray<boolean> => {
  const figures = new Map(Object.entries(counts).map(([metric, count]) => [metric as MetricId, count]))
  return tiers.map(({ reach }, rank) => rank === 0 || (reach !== undefined && meetsThreshold(reach, figures)))
}

export const highestReachedOf = (ladder: Ladder, counts: Readonly<Record<string, number>>): number =>
  tiersWith(ladder, counts).lastIndexOf(true)
