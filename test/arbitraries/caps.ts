// Generators of caps, of what they cut, and of schedules: few ids, so that caps meet what they count, and limits near to
// what is earned.
import fc from 'fast-check'
import type { Cap, CapComponent, CapUsage, CapWindow, Schedule } from '../../src/earning/index.ts'
import type {
  CampaignId,
  CapId,
  ExactInteger,
  Instant,
  RuleId,
  WalletId,
  Weekday,
  Zone,
} from '../../src/foundation/index.ts'
import {
  calendarArbitrary,
  durationArbitrary,
  instantArbitrary,
  recentDateArbitrary,
  zonedInstantArbitrary,
} from './time.ts'

export const ruleIds = ['base', '__proto__', 'constructor', 'bonus'] as ReadonlyArray<string> as ReadonlyArray<RuleId>
export const campaignIds = ['summer', '__proto__'] as ReadonlyArray<string> as ReadonlyArray<CampaignId>
export const pointsWallet = 'points' as WalletId

/** An object without the keys that are undefined. */
const given = <A extends object>(value: { readonly [K in keyof A]: A[K] | undefined }): A =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as A

const optional = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.option(arbitrary, { nil: undefined })

const kindArbitrary = fc.constantFrom('regular', 'promotional')

const capWindowArbitrary: fc.Arbitrary<CapWindow> = fc.oneof(
  fc.constantFrom<CapWindow>({ type: 'activity' }, { type: 'lifetime' }),
  calendarArbitrary.map((calendar): CapWindow => ({ type: 'calendar', calendar })),
  durationArbitrary.map(
    ({ amount, unit }): CapWindow => ({ type: 'rolling', duration: { amount: Math.max(1, amount), unit } }),
  ),
  fc.constantFrom('counted', 'ignored').map((pending): CapWindow => ({ type: 'balance', pending })),
)

const scopeArbitrary: fc.Arbitrary<NonNullable<Cap['of']>> = fc
  .record({
    rules: optional(fc.subarray([...ruleIds], { minLength: 1 })),
    campaigns: optional(fc.subarray([...campaignIds], { minLength: 1 })),
    kind: optional(kindArbitrary),
  })
  .map((scope) => given(scope))

/** A cap without faults of its own. */
export const capArbitrary: fc.Arbitrary<Cap> = fc
  .record({
    id: fc.constantFrom('daily', '__proto__', 'constructor').map((id) => id as CapId),
    limit: fc.oneof(fc.nat({ max: 30 }), fc.maxSafeNat()),
    times: fc.boolean(),
    window: capWindowArbitrary,
    onExceed: fc.constantFrom('truncate', 'reject', 'defer'),
    of: optional(scopeArbitrary),
    scope: fc.constantFrom('member', 'everyone'),
    by: optional(fc.constantFrom('store', '__proto__')),
    cut: optional(fc.constantFrom('promotionalFirst', 'regularFirst', 'proportional')),
  })
  .map(({ times, scope, by, onExceed, window, of, cut, ...rest }) => {
    const isShared = window.type !== 'activity' && window.type !== 'balance'
    const counts = times && isShared ? 'times' : 'points'
    return given<Cap>({
      ...rest,
      wallet: pointsWallet,
      counts,
      window,
      onExceed: onExceed === 'defer' && (window.type !== 'calendar' || counts === 'times') ? 'truncate' : onExceed,
      of,
      per: isShared ? given({ scope, by }) : undefined,
      cut,
    })
  })

/** Raw points, now and then none, below zero, or more than a number holds exactly. */
const rawArbitrary: fc.Arbitrary<ExactInteger> = fc.oneof(
  { arbitrary: fc.nat({ max: 60 }), weight: 6 },
  { arbitrary: fc.integer({ min: -20, max: 0 }), weight: 1 },
  { arbitrary: fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }), weight: 1 },
)

const componentArbitrary: fc.Arbitrary<CapComponent> = fc.record({
  rule: fc.constantFrom(...ruleIds),
  campaign: fc.constantFrom(null, ...campaignIds),
  kind: kindArbitrary,
  raw: rawArbitrary,
})

export const componentsArbitrary: fc.Arbitrary<ReadonlyArray<CapComponent>> = fc.array(componentArbitrary, {
  maxLength: 6,
})

const weekdays: ReadonlyArray<Weekday> = [1, 2, 3, 4, 5, 6, 7]
const upTo = (last: number): ReadonlyArray<number> => Array.from({ length: last }, (_, index) => index + 1)

const ordered = <A extends number>([a, b]: readonly [A, A]): { readonly from: A; readonly until: A } =>
  a < b ? { from: a, until: b } : { from: b, until: (a === b ? a + 1 : a) as A }

const instantsArbitrary = fc.oneof(
  fc.tuple(instantArbitrary, instantArbitrary).map((ends) => {
    const { from, until } = ordered(ends)
    return Number.isSafeInteger(until) ? { from, until } : { until: (from - 1) as Instant }
  }),
  instantArbitrary.map((from) => ({ from })),
  instantArbitrary.map((until) => ({ until })),
  fc.constant({}),
)

export const hoursArbitrary: fc.Arbitrary<NonNullable<Schedule['hours']>> = fc
  .tuple(fc.nat({ max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([from, until]) => ({ from, until: from === until ? until + 1 : until }))

export const scheduleArbitrary: fc.Arbitrary<Schedule> = fc
  .record({
    days: optional(fc.tuple(recentDateArbitrary, recentDateArbitrary).map(ordered)),
    open: fc.constantFrom('both', 'from', 'until'),
    weekdays: optional(fc.subarray([...weekdays], { minLength: 1 })),
    months: optional(fc.subarray([...upTo(12)], { minLength: 1 })),
    daysOfMonth: optional(fc.subarray([...upTo(31)], { minLength: 1 })),
    hours: optional(hoursArbitrary),
    instants: optional(instantsArbitrary),
  })
  .map(({ days, open, ...rest }) =>
    given<Schedule>({
      from: open === 'until' ? undefined : days?.from,
      until: open === 'from' ? undefined : days?.until,
      ...rest,
    }),
  )

const usedArbitrary = fc.oneof(fc.nat({ max: 100 }), fc.maxSafeNat())
const capIdArbitrary = fc.constantFrom('daily', '__proto__', 'constructor').map((id) => id as CapId)
const keyArbitrary = fc.constantFrom('', 'store 1', '__proto__')

export const capUsageArbitrary: fc.Arbitrary<CapUsage> = fc.oneof(
  fc.record({
    type: fc.constant('calendar' as const),
    cap: capIdArbitrary,
    key: keyArbitrary,
    from: instantArbitrary,
    used: usedArbitrary,
  }),
  fc.record({ type: fc.constant('lifetime' as const), cap: capIdArbitrary, key: keyArbitrary, used: usedArbitrary }),
  fc.record({
    type: fc.constant('rolling' as const),
    cap: capIdArbitrary,
    key: keyArbitrary,
    uses: fc
      .uniqueArray(fc.record({ at: instantArbitrary, used: usedArbitrary }), { selector: ({ at }) => at, maxLength: 5 })
      .map((uses) => [...uses].sort((a, b) => a.at - b.at)),
  }),
)

/** A day or a few in a zone, often around a change of its clocks or a month's end, and claims made then, in any order. */
export interface ClaimHistory {
  readonly caps: ReadonlyArray<Cap>
  readonly zone: Zone
  readonly claims: ReadonlyArray<{
    readonly cap: Cap
    readonly key: string
    readonly at: Instant
    readonly points: number
  }>
  /** An instant around those of the claims. */
  readonly since: Instant
}

const HOUR = 3_600_000

const countingCapArbitrary: fc.Arbitrary<Cap> = fc
  .record({
    limit: fc.nat({ max: 200 }),
    window: fc.oneof(
      fc.constantFrom<CapWindow>(
        { type: 'calendar', calendar: { unit: 'day' } },
        { type: 'calendar', calendar: { unit: 'week', startsOn: 7 } },
        { type: 'calendar', calendar: { unit: 'month' } },
        { type: 'lifetime' },
        { type: 'rolling', duration: { amount: 1, unit: 'month' } },
        { type: 'rolling', duration: { amount: 1, unit: 'day' } },
      ),
      fc
        .record({ amount: fc.integer({ min: 1, max: 30 }), unit: fc.constantFrom('hour', 'day', 'week', 'month') })
        .map((duration): CapWindow => ({ type: 'rolling', duration })),
    ),
  })
  .map(({ limit, window }) => ({
    id: '' as CapId,
    wallet: pointsWallet,
    limit,
    counts: 'points',
    window,
    onExceed: 'truncate',
  }))

export const claimHistoryArbitrary: fc.Arbitrary<ClaimHistory> = fc
  .record({
    caps: fc.array(countingCapArbitrary, { minLength: 1, maxLength: 3 }),
    zoned: zonedInstantArbitrary,
    steps: fc.array(
      fc.record({
        which: fc.nat(),
        key: keyArbitrary,
        hours: fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -1500, max: 1500 })),
        points: fc.nat({ max: 120 }),
      }),
      { maxLength: 14 },
    ),
    hours: fc.integer({ min: -1500, max: 1500 }),
  })
  .map(({ caps, zoned: { zone, instant }, steps, hours }) => {
    const named = caps.map((cap, index) => ({ ...cap, id: `cap ${index}` as CapId }))
    const near = (count: number): Instant => (instant + count * HOUR) as Instant
    return {
      caps: named,
      zone,
      claims: steps.map(({ which, key, hours: after, points }) => ({
        cap: named[which % named.length] as Cap,
        key,
        at: near(after),
        points,
      })),
      since: near(hours),
    }
  })
