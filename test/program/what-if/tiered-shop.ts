// Programs in which more can be less: gifts for tiers, rewards that are redeemed by themselves, caps that refuse.
import fc from 'fast-check'
import { type Instant, unwrap } from '../../../src/foundation/index.ts'
import {
  type Activity,
  type CompiledProgram,
  compileProgram,
  decodeProgram,
  type Goal,
} from '../../../src/program/index.ts'
import { mugFor } from '../../rewards/reward-terms.ts'
import { buys, joins, shopJson, wallet } from '../shop.ts'

const fields = ['ladder', 'tier'].map((name) => ({ name, type: 'text', required: true }))
export const tierUpgraded = { name: 'tierUpgraded', fields }
const day = { amount: 1, unit: 'day' }

/** One point for so many cents. */
const linear = (cents: number, points = '1') => ({
  mode: 'linear',
  points,
  per: { amount: (cents / 100).toFixed(2), currency: 'EUR' },
  on: 'order',
})

export const rewardOf = (id: string, points: number, more: object = {}) => ({ ...mugFor(points), id, ...more })

const metrics = fc.constantFrom(
  { id: 'm', of: 'points', wallet: 'points' },
  { id: 'm', of: 'spend' },
  { id: 'm', of: 'balance', wallet: 'points' },
)

/** Three tiers; the middle one may be worth the most. */
const ladder = fc
  .record({
    metric: metrics,
    first: fc.integer({ min: 1, max: 30 }),
    more: fc.integer({ min: 1, max: 40 }),
    short: fc.boolean(),
  })
  .map(({ metric, first, more, short }) => {
    const unit = metric.of === 'spend' ? 8 : 1
    const reach = (atLeast: number) => ({ type: 'count', metric: 'm', atLeast: atLeast * unit })
    const validity = short ? { validity: { type: 'term', length: day } } : {}
    return {
      id: 'status',
      metrics: [metric],
      period: { type: 'lifetime' },
      validity: { type: 'forEver' },
      tiers: [
        { id: 'basic' },
        { id: 'silver', reach: reach(first) },
        { id: 'gold', reach: reach(first + more), ...validity },
      ],
    }
  })

const gift = fc.record({
  when: fc.constantFrom({ field: 'tier', is: 'silver' }, { field: 'tier', is: 'gold' }, undefined),
  points: fc.integer({ min: -6, max: 12 }).map(String),
  lot: fc.constantFrom(undefined, undefined, { pending: day }, { validity: { amount: 2, unit: 'day' } }),
})

const rule = fc.oneof(
  fc.record({ award: fc.integer({ min: 3, max: 40 }).map((cents) => linear(cents)) }),
  fc.record({
    award: fc.tuple(fc.integer({ min: 20, max: 90 }), fc.integer({ min: 1, max: 5 })).map(([cents, points]) => ({
      ...linear(cents, String(points)),
      mode: 'step',
    })),
    lot: fc.constantFrom(undefined, undefined, { kind: 'promotional' }, { pending: day }),
  }),
  fc.record({
    when: fc.integer({ min: 0, max: 300 }).map((cents) => ({ field: 'amount', atLeast: (cents / 100).toFixed(2) })),
    award: fc.integer({ min: -9, max: 9 }).map((points) => ({ mode: 'bonus', points: String(points) })),
  }),
  fc.record({
    when: fc.integer({ min: 50, max: 300 }).map((cents) => ({ field: 'amount', lessThan: (cents / 100).toFixed(2) })),
    award: fc.constantFrom({ mode: 'multiplier', factor: '1.5' }, { mode: 'bonus', points: '4' }),
  }),
  fc.record({
    group: fc.constant('one of'),
    award: fc.constantFrom(linear(30), { ...linear(70, '3'), mode: 'step' }, { mode: 'fixed', points: '4' }),
  }),
)

const cap = fc.record({
  limit: fc.integer({ min: 1, max: 40 }),
  onExceed: fc.constantFrom('reject', 'reject', 'truncate'),
  window: fc.constantFrom(
    { type: 'lifetime' },
    { type: 'activity' },
    { type: 'balance', pending: 'counted' },
    { type: 'calendar', calendar: { unit: 'day' } },
    { type: 'rolling', duration: { amount: 2, unit: 'day' } },
  ),
  of: fc.constantFrom(undefined, { kind: 'promotional' }, { rules: ['rule 0'] }),
})

const without = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

const programJson = fc.record({
  ladder: fc.option(ladder),
  gifts: fc.array(gift, { maxLength: 3 }),
  rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  caps: fc.array(cap, { maxLength: 2 }),
  group: fc.constantFrom('best', 'firstMatch', 'collect'),
  automatic: fc.option(fc.integer({ min: 4, max: 15 })),
  price: fc.integer({ min: 1, max: 25 }),
  reward: fc.constantFrom({}, {}, { tiers: ['status/silver'] }, { when: { field: 'tiers', hasAny: ['status/basic'] } }),
  pending: fc.constantFrom(null, null, { type: 'duration', duration: day }),
  expiry: fc.constantFrom(null, { type: 'rolling', after: { amount: 3, unit: 'day' }, from: 'earning' }),
})

const programOf = (json: typeof programJson extends fc.Arbitrary<infer A> ? A : never): CompiledProgram | undefined => {
  const hasLadder = json.ladder !== null
  const reward = hasLadder ? json.reward : {}
  const decoded = decodeProgram({
    ...shopJson,
    ...wallet({ pending: json.pending, expiry: json.expiry }),
    ladders: hasLadder ? [json.ladder] : [],
    earning: {
      ...shopJson.earning,
      groups: [{ id: 'one of', mode: json.group }],
      actions: [tierUpgraded],
      rules: [
        ...json.rules.map((one, index) => without({ id: `rule ${index}`, wallet: 'points', ...one })),
        ...json.gifts.map(({ points, ...one }, index) =>
          without({
            id: `gift ${index}`,
            wallet: 'points',
            on: 'tierUpgraded',
            award: { mode: 'fixed', points },
            ...one,
          }),
        ),
      ],
      caps: json.caps.map((one, index) => without({ id: `cap ${index}`, wallet: 'points', counts: 'points', ...one })),
    },
    rewards: [
      rewardOf('mug', json.price, reward),
      ...(json.automatic === null ? [] : [rewardOf('cup', json.automatic)]),
    ],
    ...(json.automatic === null
      ? {}
      : { automaticRedemptions: [{ wallet: 'points', reward: 'cup', onReturn: 'debt' }] }),
  })
  return decoded._tag === 'Left' ? undefined : unwrap(compileProgram(decoded.right))
}

const goal = (hasLadder: boolean): fc.Arbitrary<Goal> =>
  fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((points) => ({ type: 'points', wallet: 'points', points }) as Goal),
    fc.constant({ type: 'reward', reward: 'mug' } as Goal),
    ...(hasLadder
      ? [fc.constantFrom('silver', 'gold').map((tier) => ({ type: 'tier', ladder: 'status', tier }) as Goal)]
      : []),
  )

/** A program, what a member did before, and a goal, to be reached within so many days. */
export interface Question {
  readonly program: CompiledProgram
  readonly before: ReadonlyArray<Activity>
  readonly goal: Goal
  readonly days: number
}

export const question: fc.Arbitrary<Question> = programJson
  .map((json) => ({ json, program: programOf(json) }))
  .filter(({ program }) => program !== undefined)
  .chain(({ json, program }) =>
    fc.record({
      program: fc.constant(program as CompiledProgram),
      before: fc
        .option(fc.integer({ min: 1, max: 200 }))
        .map((cents) => [
          joins('2026-01-01T00:00:00Z'),
          ...(cents === null ? [] : [buys('before', '2026-01-02T00:00:00Z', (cents / 100).toFixed(2))]),
        ]),
      goal: goal(json.ladder !== null),
      days: fc.constantFrom(0, 0, 1, 3, 9),
    }),
  )

/** So many days after an instant. */
export const daysAfter = (at: Instant, days: number): Instant => (at + days * 86_400_000) as Instant
