// Whole programs, and whole histories of a member: purchases, returns in parts, redemptions, referrals, repetitions and
// quiet stretches, on dates where calendars break.
import fc from 'fast-check'
import {
  type ActivityId,
  type Currency,
  type Instant,
  type LineId,
  type MemberId,
  type Points,
  parseInstant,
  unwrap,
  utc,
  type WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  compileProgram,
  countShared,
  type Decision,
  decide,
  decodeProgram,
  type MemberState,
  newMember,
  noSharedUsage,
  type Program,
  type Purchase,
  type SharedUsage,
} from '../../src/program/index.ts'
import { generatedOnce } from './generated-once.ts'
import { type ReferralTelling, referralSchemeJson, referralStory, referralTelling } from './referral-activities.ts'
import { realZone } from './time.ts'

export const zones: ReadonlyArray<Zone> = [
  utc,
  ...['Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Pacific/Apia'].map(realZone),
]

export const anna = 'anna' as MemberId
const categories = ['books', 'shoes', '__proto__', 'constructor']

const maybe = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | null> => fc.option(arbitrary, { nil: null, freq: 2 })

const duration = (max: number): fc.Arbitrary<{ readonly amount: number; readonly unit: string }> =>
  fc.record({ amount: fc.integer({ min: 1, max }), unit: fc.constantFrom('hour', 'day', 'week', 'month') })

const walletJson = (id: string) =>
  fc.record({
    id: fc.constant(id),
    decimals: fc.constantFrom(0, 0, 2),
    pending: maybe(duration(30).map((of) => ({ type: 'duration', duration: of }))),
    expiry: maybe(
      fc.record({
        type: fc.constant('rolling'),
        after: duration(14),
        from: fc.constantFrom('activation', 'earning'),
      }),
    ),
  })

const amountText = (digits: number) =>
  fc
    .integer({ min: 1, max: 30_000 })
    .map((minor) =>
      digits === 0
        ? String(minor)
        : `${Math.floor(minor / 10 ** digits)}.${String(minor % 10 ** digits).padStart(digits, '0')}`,
    )

const digitsOf: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3 }

const orderCondition = (amount: fc.Arbitrary<string>) =>
  fc.oneof(
    amount.map((atLeast) => ({ field: 'amount', atLeast })),
    fc.subarray(categories, { minLength: 1 }).map((hasAny) => ({ field: 'categories', hasAny })),
    fc.subarray(['monday', 'saturday', 'sunday'], { minLength: 1 }).map((days) => ({ field: 'weekday', in: days })),
    amount.map((atLeast) => ({
      any: [
        { field: 'amount', atLeast },
        { field: 'weekday', is: 'friday' },
      ],
    })),
    fc.constant({ not: { field: 'weekday', is: 'tuesday' } }),
  )

const lineCondition = (amount: fc.Arbitrary<string>) =>
  fc.oneof(
    amount.map((atLeast) => ({ field: 'amount', atLeast })),
    fc.subarray(categories, { minLength: 1 }).map((hasAny) => ({ field: 'categories', hasAny })),
    fc.subarray(categories, { minLength: 1 }).map((hasNone) => ({ field: 'categories', hasNone })),
  )

const ruleJson = (wallets: ReadonlyArray<string>, currency: string, id: string) => {
  const amount = amountText(digitsOf[currency] ?? 2)
  return fc
    .record({
      wallet: fc.constantFrom(...wallets),
      when: fc.option(orderCondition(amount), { nil: undefined }),
      lines: fc.option(lineCondition(amount), { nil: undefined }),
      mode: fc.constantFrom('linear', 'step'),
      points: fc.constantFrom('1', '5', '0.5', '2.25', '10'),
      per: fc.oneof(fc.constant(digitsOf[currency] === 0 ? '100' : '1'), amount),
      on: fc.constantFrom('order', 'line'),
    })
    .map(({ wallet, when, lines, mode, points, per, on }) => ({
      id,
      wallet,
      ...(when === undefined ? {} : { when }),
      ...(lines === undefined ? {} : { lines }),
      award: { mode, points, per: { amount: per, currency }, on },
    }))
}

export const ladderJson = (wallets: ReadonlyArray<string>, id: string) =>
  fc
    .record({
      wallet: fc.constantFrom(...wallets),
      calendar: fc.oneof(
        fc.record({
          unit: fc.constant('year'),
          startMonth: fc.integer({ min: 1, max: 12 }),
          startDay: fc.constantFrom(1, 15, 29),
        }),
        fc.record({ unit: fc.constant('quarter'), startMonth: fc.integer({ min: 1, max: 12 }) }),
        fc.constant({ unit: 'month' }),
      ),
      validity: fc.constantFrom('endOfPeriod', 'endOfNextPeriod'),
      reach: fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 3 }),
      share: fc.constantFrom(1, 0.8, 0.5),
      policy: fc.constant({}),
    })
    .map(({ wallet, calendar, validity, reach, share, policy }) => ({
      id,
      metrics: [{ id: 'points', of: 'points', wallet }],
      period: { type: 'calendar', calendar },
      validity: { type: validity },
      policy,
      tiers: [
        { id: 'tier 0' },
        ...[...reach]
          .sort((a, b) => a - b)
          .map((points, index) => ({
            id: `tier ${index + 1}`,
            reach: { type: 'count', metric: 'points', atLeast: points },
            keep: { type: 'count', metric: 'points', atLeast: Math.max(1, Math.floor(points * share)) },
          })),
      ],
    }))

const programJsonOf = (referred: fc.Arbitrary<boolean>): fc.Arbitrary<object> =>
  fc
    .record({
      currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
      zone: fc.constantFrom(...zones.map(({ id }) => id)),
      walletIds: fc.constantFrom(['points'], ['points', '__proto__']),
      returnWindow: duration(6),
      rounding: fc.record({
        mode: fc.constantFrom('floor', 'ceil', 'halfUp', 'halfEven', 'halfAway', 'truncate'),
        on: fc.constantFrom('order', 'line'),
      }),
      ruleCount: fc.integer({ min: 1, max: 4 }),
      ladderCount: fc.integer({ min: 0, max: 2 }),
      referred,
    })
    .chain(({ currency, zone, walletIds, returnWindow, rounding, ruleCount, ladderCount, referred }) =>
      fc
        .record({
          wallets: fc.tuple(...walletIds.map(walletJson)),
          rules: fc.tuple(...Array.from({ length: ruleCount }, (_, n) => ruleJson(walletIds, currency, `rule ${n}`))),
          ladders: fc.tuple(...Array.from({ length: ladderCount }, (_, n) => ladderJson(walletIds, `ladder ${n}`))),
          referral: referralSchemeJson({ wallets: walletIds, currency, ladders: ladderCount }),
        })
        .map(({ wallets, rules, ladders, referral }) => ({
          id: 'shop',
          version: 1,
          currency,
          zone,
          returnWindow,
          wallets,
          earning: { rounding, rules },
          ladders,
          ...(referred ? { referral } : {}),
        })),
    )

/** The JSON of a program that decodes. */
export const programJson: fc.Arbitrary<object> = programJsonOf(fc.boolean())

export const compiledOf = (program: Program, earlier: ReadonlyArray<Program> = []): CompiledProgram =>
  unwrap(compileProgram(program, { zones, earlier }))

const compiledFrom = (json: object): CompiledProgram => compiledOf(unwrap(decodeProgram(json)))

/** A program ready to decide. */
export const compiledProgram: fc.Arbitrary<CompiledProgram> = generatedOnce(programJson.map(compiledFrom))

/** A step of a history, told apart from the ids and dates that it gets when the history is laid out. */
export type Step =
  | {
      readonly kind: 'purchase'
      readonly lines: ReadonlyArray<{ readonly minor: number; readonly categories: string[] }>
    }
  | { readonly kind: 'return'; readonly purchase: number; readonly line: number; readonly share: number | null }
  | { readonly kind: 'redemption'; readonly wallet: number; readonly points: number }
  | { readonly kind: 'referral'; readonly tell: ReferralTelling }
  | { readonly kind: 'repetition'; readonly activity: number }

export interface History {
  readonly start: Instant
  readonly referred: boolean
  readonly steps: ReadonlyArray<{ readonly gapMs: number; readonly step: Step }>
}

const hour = 3_600_000
const day = 24 * hour

export const purchaseLines = fc.array(
  fc.record({
    minor: fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 40_000 }), weight: 5 },
      { arbitrary: fc.constant(0), weight: 1 },
    ),
    categories: fc.subarray(categories),
  }),
  { minLength: 1, maxLength: 4 },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('purchase' as const), lines: purchaseLines }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('return' as const),
      purchase: fc.nat(),
      line: fc.nat(),
      share: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('redemption' as const),
      wallet: fc.nat(),
      points: fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 300 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('referral' as const), tell: referralTelling }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repetition' as const), activity: fc.nat() }) },
)

export const gap = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0, 1, hour, day, 30 * day) },
  { weight: 3, arbitrary: fc.nat({ max: 3 * day }) },
  { weight: 1, arbitrary: fc.nat({ max: 60 * day }) },
  { weight: 1, arbitrary: fc.nat({ max: 500 * day }) },
)

export const starts = [
  '2023-12-31T22:30:00Z',
  '2024-01-31T10:00:00Z',
  '2024-02-29T12:00:00Z',
  '2024-03-30T12:00:00Z',
  '2024-10-26T23:30:00Z',
  '2024-11-03T05:59:59.999Z',
].map((text) => unwrap(parseInstant(text)))

/** Bought, partly spent, and returned, one right after the other: where debt comes from. */
const regret = fc.tuple(gap, purchaseLines, fc.integer({ min: 1, max: 30 })).map(([gapMs, lines, points]) => [
  { gapMs, step: { kind: 'purchase' as const, lines } },
  { gapMs: 1, step: { kind: 'redemption' as const, wallet: 0, points } },
  { gapMs: 1, step: { kind: 'return' as const, purchase: -1, line: 0, share: null } },
])

const toldReferral = referralStory.map((story) =>
  story.map(({ gapMs, tell }) => ({ gapMs, step: { kind: 'referral' as const, tell } })),
)

export const history: fc.Arbitrary<History> = fc.record({
  start: fc.constantFrom(...starts),
  referred: fc.boolean(),
  steps: fc
    .array(
      fc.oneof(
        { weight: 9, arbitrary: fc.record({ gapMs: gap, step }).map((one) => [one]) },
        { weight: 1, arbitrary: regret },
        { weight: 2, arbitrary: toldReferral },
      ),
      { maxLength: 16, size: 'max' },
    )
    .map((parts) => parts.flat()),
})

/** A purchase of the program's currency. */
export const purchaseOf = (
  currency: Currency,
  id: string,
  at: number,
  lines: ReadonlyArray<{ readonly minor: number; readonly categories: ReadonlyArray<string> }>,
): Purchase => ({
  type: 'purchase',
  id: id as ActivityId,
  member: anna,
  at: at as Instant,
  lines: lines.map(({ minor, categories: of }, index) => ({
    id: `line ${index}` as LineId,
    amount: { minor, currency },
    categories: of,
  })),
})

/** By an index that wraps around; −1 is the last. */
export const pick = <A>(items: ReadonlyArray<A>, index: number): A | undefined =>
  items.at(index % Math.max(1, items.length))

const returnOf = (
  purchases: ReadonlyArray<Purchase>,
  wanted: Extract<Step, { kind: 'return' }>,
  id: ActivityId,
  at: Instant,
): Activity | undefined => {
  const purchase = pick(purchases, wanted.purchase)
  const line = purchase === undefined ? undefined : pick(purchase.lines, wanted.line)
  if (purchase === undefined || line === undefined) return undefined
  const { share } = wanted
  const amount = share === null ? {} : { amount: { ...line.amount, minor: Math.floor(line.amount.minor * share) } }
  return { type: 'return', id, member: anna, at, purchase: purchase.id, lines: [{ line: line.id, ...amount }] }
}

/** The activities laid out so far, by type. */
const ofType = <T extends Activity['type']>(
  activities: ReadonlyArray<Activity>,
  type: T,
): ReadonlyArray<Extract<Activity, { type: T }>> =>
  activities.filter((activity): activity is Extract<Activity, { type: T }> => activity.type === type)

const activityOf = (
  program: Program,
  before: ReadonlyArray<Activity>,
  wanted: Step,
  id: ActivityId,
  at: Instant,
): Activity | undefined => {
  const base = { id, member: anna, at }
  const wallet = pick(program.wallets, wanted.kind === 'redemption' ? wanted.wallet : 0)?.id ?? ('points' as WalletId)
  switch (wanted.kind) {
    case 'purchase':
      return purchaseOf(program.currency, id, at, wanted.lines)
    case 'return':
      return returnOf(ofType(before, 'purchase'), wanted, id, at)
    case 'redemption':
      return { type: 'redemption', ...base, wallet, points: wanted.points as Points }
    case 'referral':
      return wanted.tell(before, base)
    case 'repetition':
      return pick(before, wanted.activity)
  }
}

/** Lays a history out: ids, dates, and references to what came before. */
export const activitiesOf = (
  { program }: CompiledProgram,
  { start, referred, steps }: History,
): ReadonlyArray<Activity> => {
  const referrer = { member: 'bob' as MemberId, enrolledAt: (start - day) as Instant }
  const enrolment: Activity = {
    type: 'enrolment',
    id: 'enrolment' as ActivityId,
    member: anna,
    at: start,
    ...(referred ? { referrer } : {}),
  }
  const activities: Array<Activity> = [enrolment]
  let at: number = start
  steps.forEach(({ gapMs, step: wanted }, index) => {
    at += gapMs
    const activity = activityOf(program, activities, wanted, `activity ${index}` as ActivityId, at as Instant)
    if (activity !== undefined) activities.push(activity)
  })
  return activities
}

/** What became of a history: each decision that was taken, with the state before it. */
export interface Taken {
  readonly before: MemberState
  readonly activity: Activity
  readonly decision: Decision
  /** What had been used together before. */
  readonly shared: SharedUsage
}

interface Played {
  readonly state: MemberState
  readonly taken: ReadonlyArray<Taken>
}

const playFrom = (program: CompiledProgram, activities: ReadonlyArray<Activity>, from: MemberState): Played => {
  let state = from
  let shared = noSharedUsage
  const taken: Array<Taken> = []
  for (const activity of activities) {
    const decided = decide(program, state, activity, { shared })
    if (decided._tag === 'Left') continue
    taken.push({ before: state, activity, decision: decided.right, shared })
    state = decided.right.state
    shared = countShared(shared, decided.right.sharedClaims)
  }
  return { state, taken }
}

const played = new WeakMap<CompiledProgram, WeakMap<ReadonlyArray<Activity>, Played>>()

/** Decides a history; activities that are rejected are left out. What a new member came to is remembered. */
export const play = (
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  from: MemberState | null = null,
): Played => {
  if (from !== null) return playFrom(program, activities, from)
  const byHistory = played.get(program) ?? new WeakMap<ReadonlyArray<Activity>, Played>()
  const result = byHistory.get(activities) ?? playFrom(program, activities, newMember(anna))
  played.set(program, byHistory.set(activities, result))
  return result
}

const withHistory = (programs: fc.Arbitrary<CompiledProgram>, histories: fc.Arbitrary<History>) =>
  generatedOnce(
    fc.tuple(programs, histories).map(([program, told]) => ({ program, activities: activitiesOf(program, told) })),
  )

/** A program with a member's history. */
export const programWithHistory: fc.Arbitrary<{
  readonly program: CompiledProgram
  readonly activities: ReadonlyArray<Activity>
}> = withHistory(compiledProgram, history)

/** The same where the member has brought others, not long ago. */
export const referringProgramWithHistory: typeof programWithHistory = withHistory(
  programJsonOf(fc.constant(true)).map(compiledFrom),
  fc.tuple(history, toldReferral).map(([told, last]) => ({ ...told, steps: [...told.steps, ...last] })),
)
