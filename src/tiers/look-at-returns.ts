/** Looking at upgrades whose purchase was returned. */
import { mergedBuckets, raisedTo } from './enter-tier.ts'
import { rankOf } from './ladder.ts'
import { dayBefore, type Look, look, type Moment } from './look.ts'
import { bucketsOf, withBuckets } from './metric-count.ts'
import { type Standing, settled } from './standing.ts'
import { countsOn, highestReached, turned } from './tier-counts.ts'
import { lifetimeRankOn, stepsStillReached } from './tier-look.ts'

/** The standing before its last steps. */
const withoutSteps = (standing: Standing, lost: number): Standing => {
  const place = standing.steps.length - lost
  const first = standing.steps[place]
  if (lost === 0 || first === undefined) return standing
  let { counts } = standing
  for (const { periodFrom, deducted } of standing.steps.slice(place)) {
    if (periodFrom !== standing.periodFrom) continue
    for (const { metric, buckets } of deducted) {
      counts = withBuckets(counts, metric, mergedBuckets(bucketsOf(counts, metric), buckets))
    }
  }
  return { ...standing, steps: standing.steps.slice(0, place), earned: first.before, counts, grace: null }
}

/** The standing before its last steps, on its tier of then since it was on it then, where that is what it comes to. */
const restored = ({ ladder, zone, at, day }: Moment, standing: Standing, lost: number): Standing => {
  const undone = { ...withoutSteps(standing, lost), undo: null }
  const first = standing.steps[standing.steps.length - lost]
  const { tier } = settled(ladder, undone, lifetimeRankOn(ladder, zone, undone, day), at)
  if (tier === standing.tier || tier !== first?.tierBefore) return undone
  return { ...undone, tier, since: first.sinceBefore }
}

/** Upgrades are taken back whose purchase was returned: the tier before is held as it was. */
export const lookAtUndo = (moment: Moment, standing: Standing): Look | undefined => {
  const { ladder, zone, at, day } = moment
  const { undo } = standing
  if (undo === null || undo.at > at) return undefined
  const still = stepsStillReached(ladder, zone, standing, day)
  const kept = still.findIndex((isStill, index) => isStill || index >= undo.steps)
  const undone = restored(moment, standing, kept < 0 ? still.length : kept)
  const { earned } = undone
  // A tier between the two, leapt over before, can be what is left.
  const reached = ladder.policy?.returns === 'periodEnd' ? dayBefore(moment) : day
  const figures = countsOn(ladder, zone, undone, reached)
  const rank = highestReached(ladder, figures)
  const threshold = ladder.tiers[rank]?.reach ?? null
  if (rank <= rankOf(ladder, earned.tier) || earned === standing.earned) return look(undone, 'return', figures)
  return look(
    raisedTo(ladder, zone, turned(ladder, zone, undone, day), { rank, reached, at }),
    'return',
    figures,
    threshold,
  )
}
