// Goals of programs, of every measure and window, on purchases and on actions, with levels that lead to one another.
import fc from 'fast-check'
import type { ActivityId, Instant, MemberId } from '../../src/foundation/index.ts'
import type { Activity, Program } from '../../src/program/index.ts'

const calendar = fc.constantFrom({ unit: 'day' }, { unit: 'month' }, { unit: 'week', startsOn: 1 })

const window = fc.oneof(
  fc.constant({ type: 'whole' }),
  calendar.map((of) => ({ type: 'calendar', calendar: of })),
  fc.record({
    type: fc.constant('fromFirst'),
    duration: fc.record({ amount: fc.integer({ min: 1, max: 20 }), unit: fc.constantFrom('hour', 'day', 'month') }),
    repeats: fc.boolean(),
  }),
)

const openFrom = fc.constantFrom('2025-01-01T00:00:00Z', '2026-03-01T00:00:00Z')

const levelsOf = (step: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 })
    .map((targets) =>
      [...targets].sort((a, b) => a - b).map((target, n) => ({ id: `level ${n}`, target: target * step })),
    )

const purchaseTerms = fc.oneof(
  fc.record({ measure: fc.constant({ type: 'times' }), levels: levelsOf(1) }),
  fc.record({ measure: fc.constantFrom({ type: 'sum', field: 'quantity' }), levels: levelsOf(2) }),
  fc.record({ measure: fc.constant({ type: 'sum', field: 'amount' }), levels: levelsOf(9_000) }),
  fc.record({ measure: fc.constant({ type: 'distinct', field: 'store' }), levels: levelsOf(1) }),
)

const purchaseWhen: fc.Arbitrary<object> = fc.constantFrom<object>(
  { field: 'categories', hasAny: ['books', '__proto__'] },
  { field: 'amount', atLeast: '10' },
  { field: 'orderNumber', atLeast: 2 },
  { any: [{ field: 'channel', is: 'web' }, { not: { field: 'tenureDays', atMost: 3 } }] },
)

const actionTerms = (on: string) =>
  on === 'visit'
    ? fc.record({ measure: fc.constant({ type: 'sum', field: 'minutes' }), levels: levelsOf(20) })
    : fc.record({ measure: fc.constant({ type: 'times' }), levels: levelsOf(1) })

const goal = (
  on: string,
  terms: fc.Arbitrary<{ measure: object; levels: ReadonlyArray<{ id: string }> }>,
  index: number,
) =>
  fc
    .record({
      terms,
      window,
      when: fc.option(on === 'purchase' ? purchaseWhen : fc.constant<object>({ field: 'tenureMonths', atMost: 1 }), {
        nil: undefined,
      }),
      open: fc.option(openFrom, { nil: undefined, freq: 2 }),
      onLoss: fc.constantFrom('takeBack', 'takeBack', 'keep'),
      isRewarded: fc.boolean(),
    })
    .map(({ terms: { measure, levels }, window: of, when, open, onLoss, isRewarded }) => ({
      challenge: {
        id: index === 0 ? '__proto__' : `challenge ${index}`,
        measure,
        window: of,
        levels,
        onLoss,
        ...(when === undefined ? {} : { when }),
        ...(open === undefined ? {} : { open: { from: open, until: '2026-11-05T00:00:00Z' } }),
      },
      on,
      ...(isRewarded ? { rewards: [{ level: 'level 0', reward: 'coupon' }] } : {}),
    }))

const badgesJson = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('expert', '__proto__'),
    duration: fc.option(fc.record({ amount: fc.integer({ min: 1, max: 20 }), unit: fc.constantFrom('hour', 'day') })),
    onRepeat: fc.constantFrom('restart', 'extend', 'ignore'),
    levels: fc.constantFrom([], [{ id: 'twice', awards: 2 }]),
  }),
  { maxLength: 2, selector: ({ id }) => id },
)

const streak = (on: string, index: number) =>
  fc
    .record({
      calendar,
      actionsPerPeriod: fc.constantFrom(1, 1, 2),
      levels: fc
        .uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 2 })
        .map((lengths) => [...lengths].sort((a, b) => a - b).map((periods, n) => ({ id: `level ${n}`, periods }))),
      onMiss: fc.constantFrom('reset', 'resetToLevel', 'ignore'),
      onLoss: fc.constantFrom('takeBack', 'takeBack', 'keep'),
      freeze: fc.option(
        fc.record({ mostInSuccession: fc.integer({ min: 1, max: 3 }), repairDays: fc.nat({ max: 3 }) }),
        {
          nil: undefined,
        },
      ),
    })
    .map(({ freeze, ...terms }) => ({
      streak: { id: `streak ${index}`, ...terms, ...(freeze === undefined ? {} : { freeze }) },
      on,
    }))

const tenureJson = fc.array(
  fc.record(
    {
      levels: fc
        .array(fc.record({ amount: fc.nat({ max: 40 }), unit: fc.constantFrom('hour', 'day', 'month') }), {
          maxLength: 3,
        })
        .map((all) => all.map((after, index) => ({ id: `level ${index}`, after }))),
      from: openFrom,
    },
    { requiredKeys: ['levels'] },
  ),
  { maxLength: 1 },
)

const drawsJson = fc.array(
  fc
    .tuple(openFrom, fc.constantFrom('visit', 'challengeReached'), fc.option(purchaseWhen, { nil: undefined }))
    .map(([opens, action, when]) => ({
      draw: {
        id: '__proto__',
        opens,
        closes: '2026-11-05T00:00:00Z',
        drawsAt: '2026-12-01T00:00:00Z',
        methods: [
          { id: 'order', tickets: 1, isPurchase: true },
          { id: 'action', tickets: 2, isPurchase: false },
        ],
        mostTickets: null,
        prizes: [{ id: 'trip', count: 1, among: null }],
        alternates: 0,
      },
      entries: [
        { on: 'purchase', method: 'order', ...(when === undefined ? {} : { when }) },
        { on: action, method: 'action' },
      ],
    })),
  { maxLength: 1 },
)

interface Rewarded {
  readonly rewards?: ReadonlyArray<{ readonly level: string }>
}

/** Badges for the first levels, where the program has any. */
const withBadge = <R extends object>(
  one: R,
  levels: ReadonlyArray<{ readonly id: string }>,
  badge: string | undefined,
) => {
  const level = levels[0]?.id
  if (level === undefined || badge === undefined) return one
  return { ...one, rewards: [{ ...(one as Rewarded).rewards?.[0], level, badge }] }
}

/** The JSON of the challenges of a program that declares some actions. */
export const challengesJson = (actions: ReadonlyArray<string>): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.array(fc.constantFrom('purchase', 'purchase', ...actions), { maxLength: 3 }),
      fc.array(fc.constantFrom('purchase', 'visit'), { maxLength: 1 }),
    )
    .chain(([on, streaksOn]) =>
      fc
        .record({
          goals: fc.tuple(
            ...on.map((one, index) => goal(one, one === 'purchase' ? purchaseTerms : actionTerms(one), index)),
          ),
          streaks: fc.tuple(...streaksOn.map(streak)),
          badges: badgesJson,
          tenure: tenureJson,
          draws: drawsJson,
        })
        .map(({ goals, streaks, badges, tenure, draws }) => ({
          goals: goals.map((one) => withBadge(one, one.challenge.levels, badges[0]?.id)),
          streaks: streaks.map((one) => withBadge(one, one.streak.levels, badges[1]?.id)),
          badges,
          draws,
          tenure: tenure.map((one, index) => withBadge({ id: `tenure ${index}`, ...one }, one.levels, badges[0]?.id)),
        })),
    )

interface GoalsJson {
  readonly goals?: ReadonlyArray<{ readonly rewards?: ReadonlyArray<object> }>
}

interface SchemeJson {
  readonly vouchers?: ReadonlyArray<{ readonly use: string; readonly voucher: { readonly id: string } }>
}

/** The part of a program about challenges, with stamps on the first card and the first voucher that is granted for the first reward of each goal. */
export const challengesPart = (
  challenges: object | undefined,
  cards: ReadonlyArray<object> | undefined,
  vouchers: object | undefined,
): { readonly challenges?: object } => {
  if (challenges === undefined) return {}
  const [first] = (cards ?? []) as ReadonlyArray<{ readonly policy: { readonly id: string } }>
  const { goals = [] } = challenges as GoalsJson
  const scheme = (vouchers ?? {}) as SchemeJson
  const granted = (scheme.vouchers ?? []).find(({ use }) => use === 'granted')
  const given = {
    ...(first === undefined ? {} : { stamps: { card: first.policy.id, count: 2 } }),
    ...(granted === undefined ? {} : { voucher: granted.voucher.id }),
  }
  const rewarded = goals.map(({ rewards, ...goal }) =>
    rewards === undefined ? goal : { ...goal, rewards: rewards.map((reward) => ({ ...reward, ...given })) },
  )
  return { challenges: { ...challenges, goals: rewarded } }
}

type Base = { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant }
type Telling = (program: Program, before: ReadonlyArray<Activity>, base: Base, which: number) => Activity | undefined

const picked = <A>(all: ReadonlyArray<A>, which: number): A | undefined => all[which % Math.max(1, all.length)]

const token: Telling = ({ challenges }, _, base, which) => {
  const streak = picked(challenges?.streaks ?? [], which)?.streak.id
  return streak === undefined ? undefined : { type: 'freezeTokenGrant', ...base, streak }
}

const badge: Telling = ({ challenges }, _, base, which) => {
  const id = picked(challenges?.badges ?? [], which)?.id
  return id === undefined ? undefined : { type: 'badgeGrant', ...base, badge: id }
}

const withdrawal: Telling = (_, before, base, which) => {
  const grants = before.filter(({ type }) => type === 'badgeGrant')
  const award = picked(grants, which)?.id
  return award === undefined ? undefined : { type: 'badgeWithdrawal', ...base, award }
}

const move: Telling = (_, __, base, which) => ({
  type: 'zoneChange',
  ...base,
  zone: which % 2 === 0 ? 'Pacific/Apia' : 'America/New_York',
})

/** Tokens, badges by hand, and moves to another zone. */
export const challengeActivity: fc.Arbitrary<
  (program: Program, before: ReadonlyArray<Activity>, base: Base) => Activity | undefined
> = fc.tuple(fc.constantFrom(token, token, badge, withdrawal, move), fc.nat({ max: 9 })).map(
  ([tell, which]) =>
    (program, before, base) =>
      tell(program, before, base, which),
)
