// The laws of referrals among several members, over generated schemes, purchases, returns and reviews.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ActivityId,
  type Currency,
  type Instant,
  type LineId,
  type MemberId,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  type BroughtChanged,
  type CompiledProgram,
  compileProgram,
  decodeProgram,
  type MemberState,
} from '../../src/program/index.ts'
import { referralForest } from '../../src/referrals/index.ts'
import { referralOf, shopJson } from '../program/shop.ts'
import { type World, world } from '../program/world.ts'
import { unreached } from './unreached.ts'

const day = 86_400_000
const start = Date.UTC(2026, 2, 1)
const names = ['anna', 'bob', 'cleo', 'dora', 'emil', 'finn'].map((id) => id as MemberId)
const kind = { type: 'points', wallet: 'points' }
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

const budget = 1_300

const schemeJson = fc
  .record({
    onReturn: fc.constantFrom('proportional', 'recomputed'),
    share: fc.boolean(),
    depth: fc.integer({ min: 1, max: 3 }),
    capped: fc.boolean(),
    velocity: fc.boolean(),
    review: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ onReturn, share, depth, capped, velocity, review }) => {
    const fixed = { type: 'fixed', units: 500 }
    const window = { type: 'lifetime' }
    const cap = { id: 'all', per: 'everyone', counts: 'units', limit: budget, window, onExceed: 'truncate' }
    return referralOf(
      {
        review: { amount: review, unit: 'day' },
        referrer: {
          kind,
          amount: share ? { type: 'share', units: 1, perMinor: 20, rounding: 'floor', most: 800 } : fixed,
        },
        referee: { reward: { kind, amount: { type: 'fixed', units: 90 } }, release: 'afterReview', onReturn },
        caps: capped ? [cap] : [],
        milestones: [
          { referrals: 1, kind: { type: 'voucher', voucher: 'one' }, units: 1 },
          { referrals: 2, kind: { type: 'voucher', voucher: 'two' }, units: 1 },
        ],
      },
      {
        levels: { depth, decay: { numerator: 1, denominator: 2 }, rounding: 'floor' },
        velocity: velocity ? [{ most: 1, within: { amount: 5, unit: 'day' } }] : [],
      },
    )
  })

/** Whatever was bought can be returned until the end, so no referral is forgotten. */
const programOf = (json: object) =>
  unwrap(compileProgram(unwrap(decodeProgram({ ...shopJson, returnWindow: { amount: 1_000, unit: 'day' }, ...json }))))

const program = schemeJson.map(programOf)

type Step = { readonly who: number; readonly other: number; readonly days: number; readonly what: number }

const steps: fc.Arbitrary<ReadonlyArray<Step>> = fc.array(
  fc.record({
    who: fc.nat({ max: names.length - 1 }),
    other: fc.nat(),
    days: fc.constantFrom(0, 0, 1, 3, 20),
    what: fc.nat({ max: 11 }),
  }),
  { maxLength: 30, size: 'max' },
)

const line = '1' as LineId
const eur = (minor: number) => ({ minor, currency: 'EUR' as Currency })

interface Bought {
  readonly id: ActivityId
  readonly member: MemberId
  readonly minor: number
}

const enrolledAt = (n: number) => (start + n * 1_000) as Instant

/** What is done about a purchase: it comes back in part or as a whole, or a person looks at its referral, whosoever it is. */
const aboutPurchase = (
  base: { readonly id: ActivityId; readonly at: Instant },
  { what, other }: Step,
  { id: purchase, member, minor }: Bought,
): ReadonlyArray<Activity> => {
  if (what < 9) {
    const part = what === 7 ? { amount: eur(Math.floor(minor / 3)) } : {}
    return [{ type: 'return', ...base, member, purchase, lines: [{ line, ...part }] }]
  }
  const conversion = `referralConverted/${member.length}/${member}/${purchase}` as ActivityId
  const verdict = Math.floor(other / 8) % 2 === 0 ? 'approve' : 'deny'
  return names.map((referrer) => ({
    type: 'referralReview',
    ...base,
    member: referrer,
    conversion,
    verdict,
    reason: 'looked at',
  }))
}

/** Who brings the nth member: nobody, the one before, or always the first. */
const bringerOf = (shape: number, n: number): number | undefined => {
  if (n === 0 || shape % 3 === 0) return undefined
  return shape % 3 === 1 ? n - 1 : 0
}

const enrolments = (shape: number): ReadonlyArray<Activity> =>
  names.map((member, n) => {
    const by = bringerOf(shape, n)
    const referrer = by === undefined ? {} : { referrer: { member: names[by] as MemberId, enrolledAt: enrolledAt(by) } }
    return { type: 'enrolment', id: `joins ${member}` as ActivityId, member, at: enrolledAt(n), ...referrer }
  })

/** Members who join one after the other, are told of others, earlier or later than they, buy, return in parts, are reviewed. */
const activitiesOf = (told: ReadonlyArray<Step>): ReadonlyArray<Activity> => {
  const all = [...enrolments(told[0]?.other ?? 0)]
  const bought: Array<Bought> = []
  let at = start + day
  told.forEach((step, index) => {
    const { who, other, days, what } = step
    at += days * day
    const member = names[who] as MemberId
    const base = { id: `step ${index}` as ActivityId, at: at as Instant }
    const one = bought.at(index % 2 === 0 ? -1 : other % Math.max(1, bought.length))
    const n = other % names.length
    if (what < 3) {
      const referrer = { member: names[n] as MemberId, enrolledAt: enrolledAt(n) }
      all.push({ type: 'referralTouched', ...base, member, referrer })
    } else if (what < 7) {
      const minor = 4_000 + (other % 9) * 1_000
      bought.push({ id: base.id, member, minor })
      all.push({ type: 'purchase', ...base, member, lines: [{ id: line, amount: eur(minor) }] })
    } else if (one !== undefined) all.push(...aboutPurchase(base, step, one))
  })
  return all
}

const broughtOf = ({ states }: World) =>
  [...states.values()].flatMap(({ member, brought }) => brought.map((one) => ({ member, ...one })))

test('a referee has at most one paid referrer, at any time, and it is the one that they know', () => {
  fc.assert(
    fc.property(program, steps, (by, told) => {
      world(by, activitiesOf(told), true, (now) => {
        const payers = new Map<string, string>()
        for (const { level, referee, member } of broughtOf(now)) {
          if (level !== 1) continue
          expect(payers.has(referee)).toBe(false)
          payers.set(referee, member)
        }
      })
      const end = world(by, activitiesOf(told), true)
      for (const { level, referee, member } of broughtOf(end)) {
        if (level === 1) expect(end.state(referee).referral?.conversion?.referrer).toBe(member)
      }
    }),
  )
})

test('no cycle is ever accepted', () => {
  fc.assert(
    fc.property(program, steps, (by, told) => {
      world(by, activitiesOf(told), true, ({ states }) => {
        const referrer = Int32Array.from(names, (id) => {
          const conversion = states.get(id)?.referral?.conversion
          return conversion ? names.indexOf(conversion.referrer) : -1
        })
        expect(referralForest(referrer)._tag).toBe('Right')
      })
    }),
  )
})

test('totals paid ≤ budget, and what is counted of it is what is paid', () => {
  fc.assert(
    fc.property(schemeJson, steps, (json, told) => {
      const by = programOf(json)
      if (by.program.referral?.terms.caps.length === 0) return
      world(by, activitiesOf(told), true, (now) => {
        const used = sum(now.budgets.map((usage) => (usage.type === 'lifetime' ? usage.used : 0)))
        const paid = sum(broughtOf(now).map(({ units, takenUnits }) => units - takenUnits))
        expect(used).toBeLessThanOrEqual(budget)
        expect(paid).toBe(used)
      })
    }),
  )
})

test('reversal restores: where every purchase comes back before the release, nobody has anything of a referral', () => {
  fc.assert(
    fc.property(schemeJson, steps, (json, told) => {
      const by = programOf(json)
      const quick = told.filter(({ what }) => what < 9).map((step) => ({ ...step, days: 0 }))
      const activities = activitiesOf(quick)
      const last = activities[activities.length - 1]?.at ?? start
      const back = activities.flatMap((one, index): ReadonlyArray<Activity> => {
        if (one.type !== 'purchase') return []
        const id = `back ${index}` as ActivityId
        return [{ type: 'return', id, at: last as Instant, member: one.member, purchase: one.id }]
      })
      const end = world(by, [...activities, ...back], true)
      for (const [, state] of end.states) expectNothing(state)
      expect(end.budgets).toEqual([])
    }),
  )
})

const expectNothing = ({ brought, referral, referrerCounts, wallets }: MemberState): void => {
  expect(brought).toEqual([])
  expect(referral?.conversion ?? null).toBeNull()
  expect(referrerCounts).toMatchObject({ counted: 0, progress: { count: 0 }, caps: [] })
  for (const { active, pending, debt } of wallets) expect([active, pending, debt]).toEqual([0, 0, 0])
}

test('a milestone pays each level once under any order of conversions and reversals', () => {
  fc.assert(
    fc.property(program, steps, (by, told) => {
      const { states, eventsOf } = world(by, activitiesOf(told), true)
      for (const state of states.values()) {
        const end = advance(by, state, (start + 900 * day) as Instant)
        const paid = [...eventsOf(state.member), ...end.events].flatMap((event) =>
          event.type === 'referralRewardDue' && event.reward.kind.type === 'voucher' ? [event.reward.kind.voucher] : [],
        )
        const { count, highWater } = end.state.referrerCounts.progress
        expect(count).toBeLessThanOrEqual(highWater)
        expect(paid).toEqual(['one', 'two'].slice(0, highWater))
      }
    }),
  )
})

const reachedBy = ({ change, brought }: BroughtChanged): ReadonlyArray<string> => [
  change,
  `level ${brought.level}`,
  ...(brought.capLimited ? ['limited'] : []),
  ...(brought.status === 'pending' ? ['pending'] : []),
]

test('generated worlds reach every change, further levels, and the budget', () => {
  const changes = ['opened', 'denied', 'reduced', 'cancelled', 'rewarded', 'questioned', 'upheld', 'reversed']
  const others = ['approved', 'level 2', 'level 3', 'limited', 'pending']
  const reachedIn = ([by, told]: readonly [CompiledProgram, ReadonlyArray<Step>]) => {
    const { events, states } = world(by, activitiesOf(told), true)
    const late = [...states.values()].flatMap((state) => advance(by, state, (start + 900 * day) as Instant).events)
    return [...events, ...late].flatMap((event) => (event.type === 'broughtChanged' ? reachedBy(event) : []))
  }
  expect(unreached([...changes, ...others], fc.tuple(program, steps), reachedIn, 500)).toEqual([])
})
