/** The referral scheme by which something is counted. */
import type { Instant, Zone } from '../../foundation/index.ts'
import { addDuration } from '../../foundation/index.ts'
import type { ReferralScheme, RevenueShareTerms, VelocityLimit } from '../../referrals/index.ts'
import type { Draft } from './draft.ts'

/** That of a version of the program; where it was not compiled in, or had none, that of now. */
export const schemeOf = ({ program }: Pick<Draft, 'program'>, version: number): ReferralScheme | undefined =>
  program.versions.get(version)?.referral ?? program.program.referral

/** The first instant at which a share of what the referee pays is over. */
export const shareEnd = (zone: Zone, { share }: RevenueShareTerms, convertedAt: Instant): Instant =>
  addDuration(zone, convertedAt, { amount: share.months, unit: 'month' })

/** Times without those that are too old for every limit. */
export const recentTimes = (
  limits: ReadonlyArray<VelocityLimit>,
  zone: Zone,
  times: ReadonlyArray<Instant>,
  at: Instant,
): ReadonlyArray<Instant> => {
  if (limits.length === 0) return []
  const after = Math.min(...limits.map(({ within }) => addDuration(zone, at, within, -1)))
  return times.filter((one) => one > after)
}
