/** What is wrong with the parts of a ladder together. */
import { type InvalidValue, invalidValue, underPath } from '../foundation/index.ts'
import { keepThreshold, type Ladder, type Tier } from './ladder.ts'
import { isOfPeriod, type Metric, type MetricId } from './metric.ts'
import { impliesThreshold, leastCounts, type Threshold, thresholdMetrics } from './threshold.ts'
import type { TierValidity } from './validity.ts'

type Path = InvalidValue['path']
type Faults = ReadonlyArray<InvalidValue>
type Metrics = ReadonlyMap<MetricId, Metric>

const repeated = (path: Path, ids: ReadonlyArray<string>): Faults => {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [invalidValue([...path, index, 'id'], id, 'an id that no other of the ladder has')] : []
  })
}

const unknownMetrics = (threshold: Threshold, metrics: Metrics, path: Path): Faults => {
  if (threshold.type !== 'count') {
    return threshold.of.flatMap((part, index) => unknownMetrics(part, metrics, [...path, 'of', index]))
  }
  const expected = `a metric of the ladder: ${[...metrics.keys()].join(', ')}`
  return metrics.has(threshold.metric) ? [] : [invalidValue([...path, 'metric'], threshold.metric, expected)]
}

const firstTierFaults = ({ reach, keep, lifetime }: Tier): Faults =>
  Object.entries({ reach, keep, lifetime }).flatMap(([key, threshold]) =>
    threshold === undefined ? [] : [invalidValue([key], threshold, 'nothing: the first tier is everybody’s')],
  )

const risingFaults = (tier: Tier, below: Tier | undefined): Faults => {
  const { reach, keep } = tier
  if (reach === undefined) {
    return keep === undefined ? [] : [invalidValue(['keep'], keep, 'nothing: the tier cannot be reached either')]
  }
  const kept = keep ?? reach
  const tooDear = impliesThreshold(reach, kept)
    ? []
    : [invalidValue(['keep'], keep, 'at most what it takes to reach the tier')]
  return [...risesAbove(reach, kept, below), ...tooDear]
}

/** Whether a tier takes more to reach, and no less to keep, than the one below. */
const risesAbove = (reach: Threshold, kept: Threshold, below: Tier | undefined): Faults => {
  if (below?.reach === undefined) return []
  const rises = impliesThreshold(reach, below.reach) && !impliesThreshold(below.reach, reach)
  const keptBelow = below.keep ?? below.reach
  return [
    ...(rises ? [] : [invalidValue(['reach'], reach, 'more than what it takes to reach the tier below')]),
    ...(impliesThreshold(kept, keptBelow)
      ? []
      : [invalidValue(['keep'], kept, 'at least what it takes to keep the tier below')]),
  ]
}

const lifetimeFaults = ({ lifetime }: Tier, metrics: Metrics): Faults =>
  lifetime === undefined
    ? []
    : thresholdMetrics(lifetime).flatMap((id) => {
        const metric = metrics.get(id)
        return metric === undefined || !(isOfPeriod(metric) || metric.of === 'balance')
          ? []
          : [invalidValue(['lifetime'], id, 'a metric over a lifetime, or tenure')]
      })

const hasPeriods = ({ period }: Ladder): boolean => period.type !== 'rolling' && period.type !== 'lifetime'

const validityFaults = (ladder: Ladder, validity: TierValidity | undefined): Faults => {
  if (validity === undefined) return []
  if (ladder.period.type === 'tierEntry' && validity.type === 'whileQualified') {
    return [invalidValue(['validity', 'type'], validity.type, 'another, as every tier starts to count anew')]
  }
  if (hasPeriods(ladder)) return []
  return validity.type === 'endOfPeriod' || validity.type === 'endOfNextPeriod'
    ? [invalidValue(['validity', 'type'], validity.type, 'a validity that needs no periods, as the ladder has none')]
    : []
}

const tierFaults = (ladder: Ladder, metrics: Metrics): Faults => {
  let below: Tier | undefined
  return ladder.tiers.flatMap((tier, index) => {
    const { reach, keep, lifetime } = tier
    const unknown = Object.entries({ reach, keep, lifetime }).flatMap(([key, threshold]) =>
      threshold === undefined ? [] : unknownMetrics(threshold, metrics, [key]),
    )
    const own = index === 0 ? firstTierFaults(tier) : risingFaults(tier, below)
    if (reach !== undefined && index > 0) below = tier
    return underPath(
      ['tiers', index],
      [...unknown, ...own, ...lifetimeFaults(tier, metrics), ...validityFaults(ladder, tier.validity)],
    )
  })
}

const canDeduct = (threshold: Threshold | undefined, metrics: Metrics): boolean => {
  if (threshold === undefined) return true
  const additive = thresholdMetrics(threshold).every((id) => {
    const metric = metrics.get(id)
    return metric === undefined || (isOfPeriod(metric) && metric.of !== 'activeMonths')
  })
  return additive && leastCounts(threshold).length === 1
}

const deductionFaults = (ladder: Ladder, metrics: Metrics): Faults =>
  ladder.policy?.consumption !== 'deduct'
    ? []
    : ladder.tiers.flatMap((tier, index) =>
        canDeduct(tier.reach, metrics) && canDeduct(keepThreshold(tier), metrics)
          ? []
          : [
              invalidValue(
                ['tiers', index],
                tier.id,
                'thresholds that can be deducted: counts of a period, in one way',
              ),
            ],
      )

const policyFaults = (ladder: Ladder): Faults => {
  const { policy = {}, period } = ladder
  const found: ReadonlyArray<readonly [key: string, value: unknown, needsPeriods: boolean, looksBack: boolean]> = [
    ['upgrade', policy.upgrade, policy.upgrade === 'periodEnd', false],
    ['returns', policy.returns, policy.returns === 'periodEnd', (policy.returns ?? 'untilExpiry') !== 'untilExpiry'],
    ['consumption', policy.consumption, false, policy.consumption === 'deduct'],
    ['rollover', policy.rollover, policy.rollover !== undefined, policy.rollover !== undefined],
  ]
  return found.flatMap(([key, value, needsPeriods, looksBack]) => {
    const path = ['policy', key]
    if (needsPeriods && !hasPeriods(ladder)) return [invalidValue(path, value, 'nothing that needs periods')]
    const isAnew = looksBack && period.type === 'tierEntry'
    return isAnew ? [invalidValue(path, value, 'nothing that looks back, as every tier starts to count anew')] : []
  })
}

const offerFaults = (ladder: Ladder, metrics: Metrics): Faults => {
  const tiers = new Set(ladder.tiers.slice(1).map(({ id }) => id))
  const fits = (id: MetricId): boolean => {
    const metric = metrics.get(id)
    return metric === undefined || (metric.of !== 'tenure' && metric.of !== 'balance')
  }
  return (ladder.offers ?? []).flatMap(({ tier, target }, index) => [
    ...(tiers.has(tier)
      ? []
      : [invalidValue(['offers', index, 'tier'], tier, `a tier above the first: ${[...tiers].join(', ')}`)]),
    ...unknownMetrics(target, metrics, ['offers', index, 'target']),
    ...(thresholdMetrics(target).every(fits)
      ? []
      : [invalidValue(['offers', index, 'target'], target, 'counts of what is done in the trial')]),
  ])
}

/**
 * Every fault of a ladder: a first tier that is not everybody's, thresholds that do not rise, a tier that is harder to
 * keep than to reach (S42), metrics that it does not have, ids given twice, choices that do not go together.
 *
 * @param ladder - a ladder; thresholds are half-open, so there are neither gaps nor overlaps between tiers (S46)
 *
 * @example
 * ```ts
 * import { decode, Ladder, ladderFaults, unwrap } from 'treue'
 *
 * const points = (atLeast: number) => ({ type: 'count', metric: 'points', atLeast })
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: points(1000), keep: points(1200) }],
 * }))
 * ladderFaults(ladder).map(({ path }) => path) // => [['tiers', 1, 'keep']]
 * ```
 */
export const ladderFaults = (ladder: Ladder): ReadonlyArray<InvalidValue> => {
  const metrics = new Map(ladder.metrics.map((metric) => [metric.id, metric]))
  return [
    ...repeated(
      ['metrics'],
      ladder.metrics.map(({ id }) => id),
    ),
    ...repeated(
      ['tiers'],
      ladder.tiers.map(({ id }) => id),
    ),
    ...repeated(
      ['offers'],
      (ladder.offers ?? []).map(({ id }) => id),
    ),
    ...validityFaults(ladder, ladder.validity),
    ...tierFaults(ladder, metrics),
    ...deductionFaults(ladder, metrics),
    ...policyFaults(ladder),
    ...offerFaults(ladder, metrics),
  ]
}
