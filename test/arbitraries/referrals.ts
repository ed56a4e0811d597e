// Generators of touches, events of referrals, and the policies of the referrals room. Instants and ids are few, so that
// ties and repetitions are likely.
import fc from 'fast-check'
import {
  type ActivityId,
  type CapId,
  type Instant,
  LadderId,
  type MemberId,
  type ReferralId,
  unwrap,
  utc,
  WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  type AttributionModel,
  type AttributionPolicy,
  type EligibilityPolicy,
  type FraudPolicy,
  type FraudSignal,
  type ReferralAmount,
  type ReferralCap,
  type ReferralCapWindow,
  type ReferralCase,
  type ReferralEvent,
  type ReferralFacts,
  type ReferralMilestones,
  type ReferralReward,
  type ReferralRewardKind,
  type ReferralTerms,
  referralTransitions,
  startReferral,
  type Touch,
  type TouchId,
  transitionReferral,
} from '../../src/referrals/index.ts'
import { MetricId } from '../../src/tiers/index.ts'
import { currencyArbitrary, idArbitrary, moneyArbitrary, roundingModeArbitrary, textArbitrary } from './foundation.ts'
import { realZone } from './time.ts'

export const start = Date.UTC(2026, 2, 1, 12)
const hour = 3_600_000

export const zoneArbitrary: fc.Arbitrary<Zone> = fc.constantFrom(
  utc,
  realZone('Europe/Berlin'),
  realZone('Pacific/Apia'),
)

/** Whole hours of some weeks around a change of clocks, so that several things happen at one instant. */
export const momentArbitrary = (days = 40): fc.Arbitrary<Instant> =>
  fc.integer({ min: 0, max: days * 4 }).map((n) => (start + n * 6 * hour) as Instant)

export const memberArbitrary: fc.Arbitrary<MemberId> = fc
  .oneof({ weight: 5, arbitrary: fc.constantFrom('anna', 'ben', 'cleo') }, { weight: 1, arbitrary: textArbitrary })
  .filter((text) => text !== '')
  .map((text) => text as MemberId)

export const touchArbitrary: fc.Arbitrary<Touch> = fc.record({
  id: fc.constantFrom('t1', 't2', 't3', 't4', 't5', 't6', '__proto__').map((id) => id as TouchId),
  referrer: memberArbitrary,
  at: momentArbitrary(),
  by: fc.constantFrom('link', 'code', 'named'),
  priority: fc.integer({ min: -1, max: 1 }),
})

/** Touches with different ids. */
export const touchesArbitrary: fc.Arbitrary<ReadonlyArray<Touch>> = fc.uniqueArray(touchArbitrary, {
  selector: ({ id }) => id,
  maxLength: 7,
})

const smallDuration = fc.record({
  amount: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const),
})

const among = fc.constantFrom('first' as const, 'last' as const)
const weight = fc.integer({ min: 0, max: 5 })

const modelArbitrary: fc.Arbitrary<AttributionModel> = fc.oneof(
  fc.constantFrom<AttributionModel>({ type: 'first' }, { type: 'last' }),
  fc.record({ type: fc.constant('codeFirst' as const), among }),
  fc.record({ type: fc.constant('priority' as const), among }),
  fc
    .record({ type: fc.constant('positionWeighted' as const), first: weight, middle: weight, last: weight })
    .filter(({ first, last }) => first + last > 0),
  fc.record({ type: fc.constant('timeDecay' as const), halfLife: smallDuration }),
)

export const attributionPolicyArbitrary: fc.Arbitrary<AttributionPolicy> = fc.record({
  model: modelArbitrary,
  window: smallDuration,
  cookieLife: fc.option(smallDuration),
})

export const referralEventArbitrary: fc.Arbitrary<ReferralEvent> = fc
  .record({
    type: fc.constantFrom(...referralTransitions.map(({ event }) => event)),
    side: fc.constantFrom('referrer' as const, 'referee' as const),
    referee: memberArbitrary,
    at: momentArbitrary(),
    reason: fc.constantFrom('as agreed', 'same device', '__proto__'),
  })
  .map(({ type, side, referee, at, reason }) => {
    if (type === 'signedUp') return { type, referee, at, reason }
    if (type === 'sideApproved' || type === 'sideDenied' || type === 'sideRewarded') return { type, side, at, reason }
    return { type, at, reason }
  })

/** Referrals that events lead to: those that cannot be are left out. */
export const referralCaseArbitrary: fc.Arbitrary<ReferralCase> = fc
  .tuple(fc.constantFrom('invited' as const, 'touched' as const), fc.array(referralEventArbitrary, { size: 'large' }))
  .map(([phase, events]) => {
    let now = startReferral({
      id: 'r1' as ReferralId,
      referrer: 'anna' as MemberId,
      phase,
      at: start as Instant,
      reason: 'begun',
    })
    for (const event of events) {
      const next = transitionReferral(now, { ...event, at: Math.max(now.at, event.at) as Instant })
      if (next._tag === 'Right') now = unwrap(next)
    }
    return now
  })

const signals = [
  'sameMember',
  'sameEmail',
  'similarEmail',
  'samePaymentInstrument',
  'sameDevice',
  'sameAddress',
  'sameIpAndAgent',
  'sameIp',
  'velocity',
] as const

export const fraudSignalsArbitrary: fc.Arbitrary<ReadonlyArray<FraudSignal>> = fc.array(fc.constantFrom(...signals), {
  maxLength: 6,
})

const scoreArbitrary = fc.record({ type: fc.constant('score' as const), score: fc.integer({ min: 0, max: 120 }) })
const gradeArbitrary = fc.oneof(
  { weight: 4, arbitrary: scoreArbitrary },
  { weight: 1, arbitrary: fc.constant({ type: 'block' as const }) },
)

export const fraudPolicyArbitrary: fc.Arbitrary<FraudPolicy> = fc
  .record({
    grades: fc.record({
      sameMember: gradeArbitrary,
      sameEmail: gradeArbitrary,
      similarEmail: gradeArbitrary,
      samePaymentInstrument: gradeArbitrary,
      sameDevice: gradeArbitrary,
      sameAddress: gradeArbitrary,
      sameIpAndAgent: gradeArbitrary,
      sameIp: scoreArbitrary,
      velocity: gradeArbitrary,
    }),
    thresholds: fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 })),
  })
  .map(({ grades, thresholds: [a, b] }) => ({ grades, reviewFrom: Math.min(a, b), blockFrom: Math.max(a, b) }))

const category = fc.constantFrom('shoes', 'gift cards', '__proto__')

export const eligibilityPolicyArbitrary: fc.Arbitrary<EligibilityPolicy> = fc.record({
  newCustomersOnly: fc.boolean(),
  minimumSpend: moneyArbitrary({ min: 0, max: 10_000 }),
  purchaseNumber: fc.option(fc.integer({ min: 1, max: 2 })),
  within: fc.option(smallDuration),
  channels: fc.option(fc.subarray(['web', 'shop'])),
  categories: fc.option(fc.uniqueArray(category)),
  exceptCategories: fc.uniqueArray(category, { maxLength: 2 }),
})

/** Facts that are mostly in order, so that some purchases count. */
export const referralFactsArbitrary: fc.Arbitrary<ReferralFacts> = fc.record({
  referrer: fc.record({
    member: fc.constantFrom('anna' as MemberId, 'ben' as MemberId),
    enrolledAt: momentArbitrary(2),
    standing: fc.constantFrom('good', 'good', 'good', 'suspended', 'left'),
  }),
  referee: fc.record({
    member: fc.constantFrom('ben' as MemberId, 'cleo' as MemberId),
    enrolledAt: momentArbitrary(6),
    history: fc.constantFrom('none', 'none', 'customer', 'deletedAccount'),
    firstQualifiedAt: fc.option(momentArbitrary(10)),
  }),
  referredAt: momentArbitrary(6),
  purchase: fc.record({
    id: fc.constant('order-1' as ActivityId),
    at: momentArbitrary(),
    number: fc.integer({ min: 1, max: 2 }),
    origin: fc.constantFrom('customer', 'customer', 'customer', 'comped', 'administrator'),
    channel: fc.constantFrom('web', 'shop', 'phone'),
    lines: fc.array(
      fc.record({ paidMinor: fc.nat({ max: 12_000 }), categories: fc.array(category, { maxLength: 3 }) }),
      { maxLength: 4 },
    ),
  }),
})

const units = fc.oneof(fc.nat({ max: 1_000 }), fc.nat({ max: 20 }))

export const rewardKindArbitrary: fc.Arbitrary<ReferralRewardKind> = fc.oneof(
  fc.record({ type: fc.constant('points' as const), wallet: idArbitrary(WalletId) }),
  fc.record({ type: fc.constant('voucher' as const), voucher: fc.constantFrom('coffee', '__proto__') }),
  fc.record({ type: fc.constant('money' as const), currency: currencyArbitrary }),
  fc.record({
    type: fc.constant('tierCredit' as const),
    ladder: idArbitrary(LadderId),
    metric: idArbitrary(MetricId),
  }),
  fc.record({
    type: fc.constant('donation' as const),
    charity: fc.constantFrom('forest', 'constructor'),
    currency: currencyArbitrary,
  }),
)

/** Numbers that rise. */
const rising = (numbers: ReadonlyArray<number>): ReadonlyArray<number> => [...new Set(numbers)].sort((a, b) => a - b)

const steps = fc
  .array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
  .chain((froms) => fc.tuple(...rising(froms).map((from) => fc.record({ from: fc.constant(from), units }))))

export const amountArbitrary: fc.Arbitrary<ReferralAmount> = fc.oneof(
  fc.record({ type: fc.constant('fixed' as const), units }),
  fc.record({
    type: fc.constant('share' as const),
    units: fc.integer({ min: 0, max: 5 }),
    perMinor: fc.integer({ min: 1, max: 50 }),
    rounding: roundingModeArbitrary,
    most: fc.option(units),
  }),
  fc.record({ type: fc.constant('byCount' as const), steps }),
)

export const rewardArbitrary: fc.Arbitrary<ReferralReward> = fc.record({
  kind: rewardKindArbitrary,
  amount: amountArbitrary,
})

export const milestonesArbitrary: fc.Arbitrary<ReferralMilestones> = fc
  .array(fc.integer({ min: 1, max: 8 }), { maxLength: 4 })
  .chain((numbers) =>
    fc.tuple(
      ...rising(numbers).map((referrals) =>
        fc.record({ referrals: fc.constant(referrals), kind: rewardKindArbitrary, units }),
      ),
    ),
  )

const windowArbitrary: fc.Arbitrary<ReferralCapWindow> = fc.oneof(
  fc.constant<ReferralCapWindow>({ type: 'lifetime' }),
  fc.constantFrom<ReferralCapWindow>(
    { type: 'calendar', calendar: { unit: 'month' } },
    { type: 'calendar', calendar: { unit: 'day' } },
  ),
  fc.record({ type: fc.constant('rolling' as const), duration: smallDuration }),
)

/** Caps with different ids. */
export const referralCapsArbitrary: fc.Arbitrary<ReadonlyArray<ReferralCap>> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', '__proto__').map((id) => id as CapId),
    per: fc.constantFrom('referrer' as const, 'everyone' as const),
    counts: fc.constantFrom('referrals' as const, 'units' as const),
    limit: fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 3_000 })),
    window: windowArbitrary,
    onExceed: fc.constantFrom('truncate' as const, 'reject' as const),
  }),
  { selector: ({ id }) => id },
)

export const termsArbitrary: fc.Arbitrary<ReferralTerms> = fc.record({
  eligibility: eligibilityPolicyArbitrary,
  fraud: fraudPolicyArbitrary,
  review: smallDuration,
  referrer: rewardArbitrary,
  referee: fc.option(
    fc.record({
      reward: rewardArbitrary,
      release: fc.constantFrom('atOnce' as const, 'afterReview' as const),
      onReturn: fc.constantFrom('proportional' as const, 'recomputed' as const),
    }),
  ),
  caps: referralCapsArbitrary,
  milestones: milestonesArbitrary,
})
