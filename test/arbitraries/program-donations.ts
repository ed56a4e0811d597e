// The campaigns of a program, and what members give.
import fc from 'fast-check'
import type { ActivityId, CampaignId, Currency, Instant, MemberId, Points } from '../../src/foundation/index.ts'
import type { Activity, Donated, Program } from '../../src/program/index.ts'
import type { BeneficiaryId, DonationGoalId } from '../../src/rewards/index.ts'

const campaign = (currency: string) =>
  fc.record({
    campaign: fc.record({
      id: fc.constantFrom('trees', '__proto__'),
      beneficiary: fc.constant('forest-fund'),
      price: fc.constant({ points: 1, price: { amount: currency === 'JPY' ? '1' : '0.01', currency } }),
      step: fc.constantFrom(1, 5),
      open: fc.constant(null),
      match: fc.constantFrom(null, { basisPoints: 5_000, capMinor: 60, rounding: 'floor' }),
      targetMinor: fc.constantFrom(null, 90),
      pastTarget: fc.constantFrom('continue', 'refuse'),
    }),
    wallet: fc.constant('points'),
  })

/** The JSON of the campaigns of a program. */
export const campaignsJson = (currency: string): fc.Arbitrary<ReadonlyArray<object>> =>
  fc.uniqueArray(campaign(currency), { maxLength: 2, selector: ({ campaign: { id } }) => id })

interface Told {
  readonly program: Program
  readonly base: { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant }
}

const goal = fc.option(fc.constantFrom('anna-runs', '__proto__'), { nil: undefined })

/** Points or money are given to a campaign. */
export const donationActivity: fc.Arbitrary<(told: Told) => Activity | undefined> = fc
  .tuple(
    fc.nat({ max: 1 }),
    fc.integer({ min: 1, max: 40 }),
    fc.constantFrom('points', 'points', 'roundUp', 'money'),
    goal,
  )
  .map(([which, size, type, of]) => ({ program, base }) => {
    const { campaigns = [], currency } = program
    const id = campaigns[which % Math.max(1, campaigns.length)]?.campaign.id
    if (id === undefined) return undefined
    const source =
      type === 'points'
        ? { type: 'points' as const, points: (size * 5) as Points }
        : { type: type as 'roundUp' | 'money', amount: { minor: size, currency } }
    return {
      type: 'donation',
      ...base,
      campaign: id,
      source,
      ...(of === undefined ? {} : { goal: of as DonationGoalId }),
    }
  })

/** An event about a donation. */
export const donatedArbitrary: fc.Arbitrary<Donated> = fc
  .tuple(
    fc.constantFrom('trees', '__proto__'),
    fc.integer({ min: 1, max: 9_999 }),
    fc.nat({ max: 99 }),
    fc.boolean(),
    goal,
  )
  .map(([id, minor, matched, reachesTarget, of]) => {
    const eur = (amount: number) => ({ minor: amount, currency: 'EUR' as Currency })
    return {
      type: 'donated',
      at: minor as Instant,
      campaign: id as CampaignId,
      beneficiary: 'forest-fund' as BeneficiaryId,
      donation: {
        id: id as ActivityId,
        at: minor as Instant,
        member: 'anna' as MemberId,
        from: reachesTarget ? 'points' : 'money',
        points: minor as Points,
        minor,
        goal: (of ?? null) as DonationGoalId | null,
      },
      given: eur(minor),
      matched: eur(matched),
      reachesTarget,
    }
  })

/** The JSON of one campaign. */
export const programCampaign: fc.Arbitrary<object> = campaign('EUR')
