// Whole referral schemes as JSON, and activities of referrals: of a member who was sent, and of one who sends others.
import fc from 'fast-check'
import type { ActivityId, Instant, MemberId } from '../../src/foundation/index.ts'
import type { Activity } from '../../src/program/index.ts'
import { defaultFraudPolicy, type FraudSignal } from '../../src/referrals/index.ts'

const hour = 3_600_000
const day = 24 * hour

const duration = (max: number) =>
  fc.record({ amount: fc.integer({ min: 1, max }), unit: fc.constantFrom('hour', 'day', 'week') })

const units = fc.integer({ min: 0, max: 400 })

interface Surroundings {
  readonly wallets: ReadonlyArray<string>
  readonly currency: string
  /** How many ladders there are, with a metric `points` each. */
  readonly ladders: number
}

const kindJson = ({ wallets, currency, ladders }: Surroundings) =>
  fc.constantFrom<object>(
    ...[...wallets, ...wallets].map((wallet) => ({ type: 'points', wallet })),
    { type: 'money', currency },
    { type: 'voucher', voucher: 'coffee' },
    ...Array.from({ length: ladders }, (_, n) => ({ type: 'tierCredit', ladder: `ladder ${n}`, metric: 'points' })),
  )

const share = fc.record({
  units: fc.integer({ min: 0, max: 3 }),
  perMinor: fc.integer({ min: 1, max: 100 }),
  rounding: fc.constantFrom('floor', 'halfEven', 'ceil'),
  most: fc.option(units),
})

const amountJson = fc.oneof(
  units.map((of) => ({ type: 'fixed', units: of })),
  share.map((of) => ({ type: 'share', ...of })),
)

const stepsJson = fc.tuple(units, units).map(([first, third]) => ({
  type: 'byCount',
  steps: [
    { from: 1, units: first },
    { from: 3, units: third },
  ],
}))

const capJson = (id: string) =>
  fc.record({
    id: fc.constant(id),
    per: fc.constant('referrer'),
    counts: fc.constantFrom('referrals', 'units'),
    limit: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 900 })),
    window: fc.constantFrom<object>(
      { type: 'lifetime' },
      { type: 'calendar', calendar: { unit: 'month' } },
      { type: 'rolling', duration: { amount: 10, unit: 'day' } },
    ),
    onExceed: fc.constantFrom('truncate', 'reject'),
  })

const limitsJson = fc.array(fc.record({ most: fc.integer({ min: 0, max: 3 }), within: duration(5) }), { maxLength: 2 })

const termsJson = (around: Surroundings) => {
  const kind = kindJson(around)
  return fc.record({
    eligibility: fc.record({
      newCustomersOnly: fc.boolean(),
      minimumSpend: fc
        .integer({ min: 0, max: 90 })
        .map((amount) => ({ amount: String(amount), currency: around.currency })),
      purchaseNumber: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 3 }),
      within: fc.option(duration(20)),
      channels: fc.constantFrom<ReadonlyArray<string> | null>(null, null, ['web']),
      categories: fc.constant(null),
      exceptCategories: fc.subarray(['shoes', '__proto__']),
    }),
    fraud: fc.constant(defaultFraudPolicy),
    review: duration(20),
    referrer: fc.record({ kind, amount: fc.oneof(amountJson, stepsJson) }),
    referee: fc.option(
      fc.record({
        reward: fc.record({ kind, amount: amountJson }),
        release: fc.constantFrom('atOnce', 'afterReview'),
        onReturn: fc.constantFrom('proportional', 'recomputed'),
      }),
      { freq: 6 },
    ),
    caps: fc.oneof(fc.constant([]), fc.tuple(capJson('referrals a'), capJson('__proto__'))),
    milestones: fc.tuple(kind, units, kind, units).map(([first, one, second, two]) => [
      { referrals: 1, kind: first, units: one },
      { referrals: 2, kind: second, units: two },
    ]),
  })
}

/** The JSON of a scheme for a program. */
export const referralSchemeJson = (around: Surroundings): fc.Arbitrary<object> =>
  fc.record(
    {
      terms: termsJson(around),
      attribution: fc.record({
        model: fc.constantFrom<object>(
          { type: 'first' },
          { type: 'last' },
          { type: 'codeFirst', among: 'last' },
          { type: 'positionWeighted', first: 2, middle: 1, last: 2 },
          { type: 'timeDecay', halfLife: { amount: 1, unit: 'week' } },
        ),
        window: duration(60),
        cookieLife: fc.option(duration(60)),
      }),
      velocity: limitsJson,
      invitations: limitsJson,
      levels: fc.record({
        depth: fc.integer({ min: 1, max: 3 }),
        decay: fc.constantFrom({ numerator: 1, denominator: 2 }, { numerator: 1, denominator: 3 }),
        rounding: fc.constantFrom('floor', 'halfUp'),
      }),
      revenueShare: fc.record({
        kind: kindJson(around),
        share: fc.tuple(share, fc.integer({ min: 1, max: 3 })).map(([of, months]) => ({ ...of, months })),
      }),
    },
    { requiredKeys: ['terms', 'attribution', 'velocity'] },
  )

type Base = { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant }

/** What happens to a referral, given what happened before. */
export type ReferralTelling = (before: ReadonlyArray<Activity>, base: Base) => Activity | undefined

const signals: fc.Arbitrary<ReadonlyArray<FraudSignal>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.subarray<FraudSignal>(['sameDevice', 'sameIp', 'samePaymentInstrument', 'sameEmail']) },
)

const convertedOf = (before: ReadonlyArray<Activity>) =>
  before.filter((one): one is Extract<Activity, { type: 'referralConverted' }> => one.type === 'referralConverted')

/** Mostly the last: what happens last is about what happened just before. */
const pick = <A>(items: ReadonlyArray<A>, index: number): A | undefined =>
  items.at(index % 3 === 0 ? index % Math.max(1, items.length) : -1)

const touched: fc.Arbitrary<ReferralTelling> = fc
  .record({
    member: fc.constantFrom('bob', 'cleo', 'anna').map((id) => id as MemberId),
    by: fc.constantFrom('link', 'code', 'named'),
    standing: fc.constantFrom('good', 'good', 'good', 'suspended'),
    signals,
    priority: fc.integer({ min: -1, max: 1 }),
  })
  .map(({ priority, ...referrer }) => (_, base) => {
    const enrolledAt = 0 as Instant
    return { type: 'referralTouched', ...base, referrer: { ...referrer, enrolledAt }, priority }
  })

const converted: fc.Arbitrary<ReferralTelling> = fc
  .record({
    level: fc.constantFrom(1, 1, 1, 2, 3),
    spendMinor: fc.nat({ max: 40_000 }),
    levelUnits: units,
    signals,
    lateMs: fc.nat({ max: 2 * day }),
    reviewMs: fc.nat({ max: 40 * day }),
    returnMs: fc.nat({ max: 40 * day }),
  })
  .map(({ lateMs, reviewMs, returnMs, ...more }) => (_, base) => {
    const convertedAt = (base.at - lateMs) as Instant
    return {
      type: 'referralConverted',
      ...base,
      ...more,
      referee: `friend of ${base.id}` as MemberId,
      convertedAt,
      releasedAt: (convertedAt + reviewMs) as Instant,
      returnableUntil: (convertedAt + returnMs) as Instant,
    }
  })

const reassessed: fc.Arbitrary<ReferralTelling> = fc
  .record({
    which: fc.nat(),
    remaining: fc.double({ min: 0, max: 1, noNaN: true }),
    stands: fc.boolean(),
    levelUnits: units,
  })
  .map(({ which, remaining, stands, levelUnits }) => (before, base) => {
    const told = pick(convertedOf(before), which)
    if (told === undefined) return undefined
    const remainingMinor = Math.floor(told.spendMinor * remaining)
    return { type: 'referralReassessed', ...base, conversion: told.id, remainingMinor, stands, levelUnits }
  })

const revenue: fc.Arbitrary<ReferralTelling> = fc
  .record({ which: fc.nat(), minor: fc.integer({ min: -20_000, max: 40_000 }) })
  .map(({ which, minor }) => (before, base) => {
    const told = pick(convertedOf(before), which)
    return told === undefined ? undefined : { type: 'referralRevenue', ...base, conversion: told.id, minor }
  })

const reviewed: fc.Arbitrary<ReferralTelling> = fc
  .record({ which: fc.nat(), own: fc.boolean(), verdict: fc.constantFrom('approve', 'deny') })
  .map(({ which, own, verdict }) => (before, base) => {
    const told = own ? null : (pick(convertedOf(before), which)?.id ?? null)
    return { type: 'referralReview', ...base, conversion: told, verdict, reason: 'looked at' }
  })

const invited: fc.Arbitrary<ReferralTelling> = fc
  .constantFrom('ben', '__proto__')
  .map((invitee) => (_, base) => ({ type: 'referralInvitation', ...base, invitee }))

export const referralTelling: fc.Arbitrary<ReferralTelling> = fc.oneof(
  { weight: 3, arbitrary: touched },
  { weight: 5, arbitrary: converted },
  { weight: 3, arbitrary: reassessed },
  { weight: 2, arbitrary: revenue },
  { weight: 2, arbitrary: reviewed },
  { weight: 1, arbitrary: invited },
)

interface Told {
  readonly gapMs: number
  readonly tell: ReferralTelling
}

/** A referral that counts, and what becomes of it right after or when its review is over. */
const anyStory: fc.Arbitrary<ReadonlyArray<Told>> = fc
  .tuple(
    fc.constantFrom(0, hour, 30 * day),
    converted,
    fc.array(fc.tuple(fc.constantFrom(1, hour, 45 * day), fc.oneof(reassessed, reviewed, revenue, touched)), {
      minLength: 2,
      maxLength: 4,
    }),
  )
  .map(([gapMs, first, rest]) => [{ gapMs, tell: first }, ...rest.map(([after, tell]) => ({ gapMs: after, tell }))])

/** A referral that is rewarded, then returned, and looked at by a person. */
const doubtfulStory: fc.Arbitrary<ReadonlyArray<Told>> = fc
  .tuple(converted, fc.nat({ max: 20 * day }), fc.constantFrom('approve' as const, 'deny' as const))
  .map(([first, after, verdict]) => {
    const last = (before: ReadonlyArray<Activity>) => convertedOf(before).at(-1)?.id ?? ('none' as ActivityId)
    return [
      { gapMs: hour, tell: first },
      {
        gapMs: 20 * day + after,
        tell: (before, base) => ({
          type: 'referralReassessed',
          ...base,
          conversion: last(before),
          remainingMinor: 0,
          stands: false,
          levelUnits: 0,
        }),
      },
      {
        gapMs: hour,
        tell: (before, base) => ({
          type: 'referralReview',
          ...base,
          conversion: last(before),
          verdict,
          reason: 'looked at',
        }),
      },
    ]
  })

export const referralStory: fc.Arbitrary<ReadonlyArray<Told>> = fc.oneof(anyStory, doubtfulStory)
