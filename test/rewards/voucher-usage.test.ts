import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  decode,
  type Instant,
  type MemberId,
  periodIntervalAt,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  advanceVoucherUsage,
  applyVoucherEvent,
  forgetVoucherClaims,
  newVoucherUsage,
  reachedVoucherLimits,
  stepVoucher,
  type VoucherClaim,
  type VoucherCode,
  VoucherEvent,
  type VoucherLimit,
  type VoucherStep,
  VoucherUsage,
  VoucherUsePolicy,
} from '../../src/rewards/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './stamp-terms.ts'

const policyOf = (limits: ReadonlyArray<object>, holdFor: object = { amount: 4, unit: 'hour' }): VoucherUsePolicy =>
  unwrap(decode(VoucherUsePolicy, { voucher: 'summer', limits, holdFor }))
const anna = 'anna' as MemberId
const reserve = (
  id: string,
  time: Instant,
  member: MemberId | null = anna,
  code: string | null = 'A',
): VoucherStep => ({
  type: 'reserve',
  id: id as ActivityId,
  at: time,
  member,
  code: code as VoucherCode | null,
})
const end = (type: 'use' | 'release' | 'cancel', id: string, time: Instant): VoucherStep => ({
  type,
  id: id as ActivityId,
  at: time,
})
const start = at('2026-03-01T12:00:00Z')
const minutes = (count: number): Instant => (start + count * 60_000) as Instant
const tagsOf = (result: ReturnType<typeof stepVoucher>) =>
  result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []
const played = (policy: VoucherUsePolicy, steps: ReadonlyArray<VoucherStep>): VoucherUsage =>
  steps.reduce((usage, step) => unwrap(stepVoucher(policy, utc, usage, step)).usage, newVoucherUsage(policy))

describe('the life of a reservation', () => {
  const one = policyOf([{ times: 1, of: 'voucher', per: null }])
  const held = played(one, [reserve('b1', start)])

  test('it is kept for its time and free at its end', () => {
    expect(tagsOf(stepVoucher(one, utc, held, reserve('b2', minutes(239))))).toEqual(['VoucherLimitReached'])
    const { usage, events } = unwrap(stepVoucher(one, utc, held, reserve('b2', minutes(240))))
    expect(events.map(({ type, claim }) => [type, claim])).toEqual([
      ['voucherExpired', 'b1'],
      ['voucherReserved', 'b2'],
    ])
    expect(tagsOf(stepVoucher(one, utc, usage, end('use', 'b1', minutes(10))))).toEqual(['VoucherHoldOver'])
    expect(tagsOf(stepVoucher(one, utc, held, end('use', 'b1', minutes(240))))).toEqual(['VoucherHoldOver'])
  })

  test('what is used never expires, and is given back by a cancellation only', () => {
    const used = played(one, [reserve('b1', start), end('use', 'b1', minutes(239))])
    expect(advanceVoucherUsage(one, utc, used, at('2030-01-01T00:00:00Z')).events).toEqual([])
    expect(tagsOf(stepVoucher(one, utc, used, reserve('b2', minutes(10_000))))).toEqual(['VoucherLimitReached'])
    expect(tagsOf(stepVoucher(one, utc, used, end('release', 'b1', minutes(300))))).toEqual(['IllegalVoucherStep'])
    const back = unwrap(stepVoucher(one, utc, used, end('cancel', 'b1', minutes(300)))).usage
    expect(stepVoucher(one, utc, back, reserve('b2', minutes(301)))._tag).toBe('Right')
  })

  test('what is released is free at once', () => {
    const free = played(one, [reserve('b1', start), end('release', 'b1', minutes(1))])
    expect(stepVoucher(one, utc, free, reserve('b2', minutes(1)))._tag).toBe('Right')
    expect(tagsOf(stepVoucher(one, utc, free, end('use', 'b1', minutes(2))))).toEqual(['IllegalVoucherStep'])
  })

  test('steps of nothing, under a used id, or before the reservation', () => {
    expect(tagsOf(stepVoucher(one, utc, held, end('use', 'b2', start)))).toEqual(['UnknownVoucherClaim'])
    expect(tagsOf(stepVoucher(one, utc, held, reserve('b1', minutes(1))))).toEqual(['VoucherClaimConflict'])
    expect(tagsOf(stepVoucher(one, utc, held, reserve('b1', start, null)))).toEqual(['VoucherClaimConflict'])
    expect(tagsOf(stepVoucher(one, utc, held, end('use', 'b1', minutes(-1))))).toEqual(['IllegalVoucherStep'])
    expect(tagsOf(stepVoucher(one, utc, held, end('cancel', 'b1', minutes(1))))).toEqual(['IllegalVoucherStep'])
    const used = played(one, [reserve('b1', start), end('use', 'b1', minutes(9))])
    expect(tagsOf(stepVoucher(one, utc, used, end('cancel', 'b1', minutes(8))))).toEqual(['IllegalVoucherStep'])
    expect(stepVoucher(one, utc, used, end('cancel', 'b1', minutes(9)))._tag).toBe('Right')
    expect(tagsOf(stepVoucher(one, utc, used, end('use', 'b1', minutes(10))))).toEqual(['IllegalVoucherStep'])
  })
})

describe('limits', () => {
  test('total, per code, per member and per period: all that are reached are told', () => {
    const policy = policyOf([
      { times: 2, of: 'voucher', per: { unit: 'day' } },
      { times: 1, of: 'code', per: null },
      { times: 1, of: 'member', per: { unit: 'month' } },
    ])
    const usage = played(policy, [reserve('b1', start), reserve('b2', start, 'ben' as MemberId, 'B')])
    const user = { at: minutes(1), member: anna, code: 'A' as VoucherCode }
    expect(reachedVoucherLimits(policy, utc, usage, user).map(({ limit, again }) => [limit.of, again])).toEqual([
      ['voucher', at('2026-03-02T00:00:00Z')],
      ['code', null],
      ['member', at('2026-04-01T00:00:00Z')],
    ])
    const next = { at: at('2026-04-01T00:00:00Z'), member: anna, code: 'C' as VoucherCode }
    expect(reachedVoucherLimits(policy, utc, usage, next)).toEqual([])
  })

  test('a limit for each member is none for a guest, and one for each code needs a code', () => {
    const policy = policyOf([
      { times: 1, of: 'member', per: null },
      { times: 1, of: 'code', per: null },
    ])
    expect(stepVoucher(policy, utc, newVoucherUsage(policy), reserve('b1', start, null, null))).toMatchObject({
      left: [{ path: ['member'] }, { path: ['code'] }],
    })
  })

  test('limits that were lowered keep what is reserved, and count what is there', () => {
    const two = policyOf([{ times: 2, of: 'voucher', per: null }])
    const one = policyOf([{ times: 1, of: 'member', per: { unit: 'month' } }])
    const usage = played(two, [reserve('b1', start), reserve('b2', start)])
    expect(stepVoucher(one, utc, usage, end('use', 'b2', minutes(5)))._tag).toBe('Right')
    expect(tagsOf(stepVoucher(one, utc, usage, reserve('b3', minutes(5))))).toEqual(['VoucherLimitReached'])
  })

  test('texts that look like keys are ordinary', () => {
    const policy = policyOf([
      { times: 1, of: 'member', per: null },
      { times: 1, of: 'code', per: null },
    ])
    const names = ['', ':', 'member::', '__proto__', 'constructor']
    const steps = names.map((name, index) => reserve(`b${index}`, start, `m${name}` as MemberId, `c${name}`))
    expect(played(policy, steps).claims).toHaveLength(names.length)
  })
})

const limitArbitrary = fc.record({
  times: fc.integer({ min: 1, max: 3 }),
  of: fc.constantFrom('voucher', 'code', 'member'),
  per: fc.constantFrom(null, { unit: 'day' }, { unit: 'month' }),
})
const policyArbitrary = fc
  .record({
    limits: fc.array(limitArbitrary, { maxLength: 3 }),
    holdFor: fc.constantFrom({ amount: 4, unit: 'hour' }, { amount: 1, unit: 'day' }),
  })
  .map(({ limits, holdFor }) => policyOf(limits, holdFor))
const timeArbitrary = fc.nat({ max: 60 }).map((hours) => minutes(hours * 60))
const idArbitrary = fc.constantFrom('b1', 'b2', 'b3', 'b4', 'b5', 'b6')
const stepArbitrary: fc.Arbitrary<VoucherStep> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(idArbitrary, timeArbitrary, fc.constantFrom('anna', 'ben'), fc.constantFrom('A', 'B'))
      .map(([id, time, member, code]) => reserve(id, time, member as MemberId, code)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('use' as const, 'release' as const, 'cancel' as const), idArbitrary, timeArbitrary)
      .map(([type, id, time]) => end(type, id, time)),
  },
)
const stepsArbitrary = fc.array(stepArbitrary, { maxLength: 25 })
/** Some in order of time, as they mostly come, and some in any order. */
const historyArbitrary = fc.oneof(
  stepsArbitrary,
  stepsArbitrary.map((steps) => [...steps].sort((a, b) => a.at - b.at)),
)

/** What a step leaves, or the state before where it is refused. */
const tried = (policy: VoucherUsePolicy, usage: VoucherUsage, step: VoucherStep) => {
  const result = stepVoucher(policy, utc, frozen(usage), step)
  return result._tag === 'Right' ? result.right : { usage, events: [] }
}

const inSamePeriod = ({ per }: VoucherLimit, a: Instant, b: Instant): boolean =>
  per === null || periodIntervalAt(per, utc, a).from === periodIntervalAt(per, utc, b).from

const sameSubject = ({ of }: VoucherLimit, a: VoucherClaim, b: VoucherClaim): boolean =>
  of === 'voucher' || (of === 'code' ? a.code === b.code : a.member === b.member)

const liveOf = ({ claims }: VoucherUsage) => claims.filter(({ status }) => status === 'held' || status === 'used')

/** How many limits leave no room for a new reservation, by looking at every claim; `null` where a step is none. */
const fullLimits = ({ limits }: VoucherUsePolicy, { claims }: VoucherUsage, step: VoucherStep): number | null => {
  if (step.type !== 'reserve' || claims.some(({ id }) => id === step.id)) return null
  const wanted = { ...step, heldUntil: step.at, status: 'held' as const, usedAt: null, endedAt: null }
  const live = claims.filter(({ status, heldUntil }) => status === 'used' || (status === 'held' && step.at < heldUntil))
  return limits.filter((limit) => {
    const same = live.filter((one) => sameSubject(limit, wanted, one) && inSamePeriod(limit, wanted.at, one.at))
    return same.length >= limit.times
  }).length
}

test('states out of order and reservations of no length are refused, each with its path', () => {
  const policy = policyOf([{ times: 9, of: 'voucher', per: null }])
  const json = VoucherUsage.encode(played(policy, [reserve('b1', start), reserve('b2', minutes(1))])) as VoucherUsage
  const paths = (changed: object) => {
    const read = decode(VoucherUsage, { ...json, ...changed })
    return read._tag === 'Left' ? read.left.map(({ path }) => path.join('.')) : []
  }
  expect(paths({})).toEqual([])
  const turned = { claims: [...json.claims].reverse(), holds: [...json.holds].reverse() }
  expect(paths({ ...turned, tallies: [...json.tallies, ...json.tallies] })).toEqual(['claims', 'holds', 'tallies'])
  expect(decode(VoucherUsePolicy, { voucher: 'x', limits: [], holdFor: { amount: 0, unit: 'day' } })).toMatchObject({
    left: [{ path: ['holdFor', 'amount'] }],
  })
})

describe('laws', () => {
  test('no limit is ever exceeded, whatever comes in which order', () => {
    fc.assert(
      fc.property(policyArbitrary, historyArbitrary, (policy, steps) => {
        let usage = newVoucherUsage(policy)
        for (const step of steps) {
          usage = tried(policy, usage, step).usage
          const live = liveOf(usage)
          const most = policy.limits.flatMap((limit) =>
            live.map((claim) => {
              const counted = live.filter(
                (other) => sameSubject(limit, claim, other) && inSamePeriod(limit, claim.at, other.at),
              )
              return counted.length - limit.times
            }),
          )
          expect(Math.max(0, ...most)).toBe(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a reservation is refused only where a slow count finds no room', () => {
    fc.assert(
      fc.property(policyArbitrary, historyArbitrary, (policy, steps) => {
        let usage = newVoucherUsage(policy)
        for (const step of steps) {
          const full = fullLimits(policy, usage, step)
          const faults = tagsOf(stepVoucher(policy, utc, usage, step)).length
          expect(full ?? faults).toBe(faults)
          usage = tried(policy, usage, step).usage
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the state is what its events fold to, and reads back from JSON', () => {
    fc.assert(
      fc.property(policyArbitrary, historyArbitrary, (policy, steps) => {
        let usage = newVoucherUsage(policy)
        const events: Array<VoucherEvent> = []
        for (const step of steps) {
          const move = tried(policy, usage, step)
          usage = unwrap(decode(VoucherUsage, JSON.parse(JSON.stringify(VoucherUsage.encode(move.usage)))))
          events.push(...move.events)
        }
        const folded = events.reduce(
          (now, event) => applyVoucherEvent(policy, utc, now, event),
          newVoucherUsage(policy),
        )
        expect(folded).toEqual(usage)
        // An event that is known changes nothing.
        expect(events.reduce((now, event) => applyVoucherEvent(policy, utc, now, event), usage)).toEqual(usage)
      }),
    )
  })

  test('a step that was made changes nothing the second time, whenever it comes again', () => {
    fc.assert(
      fc.property(policyArbitrary, historyArbitrary, (policy, steps) => {
        let usage = newVoucherUsage(policy)
        const made: Array<VoucherStep> = []
        for (const step of steps) {
          const result = stepVoucher(policy, utc, usage, step)
          if (result._tag === 'Right') {
            usage = result.right.usage
            made.push(step)
          }
        }
        for (const step of made)
          expect(stepVoucher(policy, utc, usage, step)).toEqual({ _tag: 'Right', right: { usage, events: [] } })
      }),
    )
  })

  test('what is released or cancelled leaves room as if it had never been', () => {
    fc.assert(
      fc.property(policyArbitrary, historyArbitrary, fc.boolean(), (policy, steps, isUsed) => {
        const before = steps.reduce((usage, step) => tried(policy, usage, step).usage, newVoucherUsage(policy))
        const now = advanceVoucherUsage(policy, utc, before, minutes(100_000)).usage
        const there = stepVoucher(policy, utc, now, reserve('again', minutes(100_000)))
        if (there._tag === 'Left') return
        const back = (isUsed ? (['use', 'cancel'] as const) : (['release'] as const)).reduce(
          (usage, type) => unwrap(stepVoucher(policy, utc, usage, end(type, 'again', minutes(100_001)))).usage,
          there.right.usage,
        )
        expect([back.tallies, back.holds]).toEqual([now.tallies, now.holds])
      }),
    )
  })

  test('tallies and holds are those that a count of the claims gives', () => {
    fc.assert(
      fc.property(policyArbitrary, historyArbitrary, (policy, steps) => {
        const usage = steps.reduce((now, step) => tried(policy, now, step).usage, newVoucherUsage(policy))
        const uncounted = { ...usage, limits: [{ times: 9, of: 'voucher', per: null } as const], tallies: [] }
        expect(advanceVoucherUsage(policy, utc, uncounted, 0 as Instant).usage).toEqual(usage)
        const held = usage.claims.filter(({ status }) => status === 'held')
        expect(usage.holds.map(({ claim }) => claim).sort()).toEqual(held.map(({ id }) => id))
      }),
    )
  })
})

describe('forgetting', () => {
  test('limits are as they were from that instant on, what is reserved stays, and nothing old is left but what a limit counts', () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        historyArbitrary,
        timeArbitrary,
        fc.nat({ max: 900 }),
        (policy, steps, before, later) => {
          const usage = steps.reduce((now, step) => tried(policy, now, step).usage, newVoucherUsage(policy))
          const kept = forgetVoucherClaims(policy, utc, usage, before)
          const when = (before + later * 3_600_000) as Instant
          for (const text of ['A', 'B']) {
            const code = text as VoucherCode
            const user = { at: when, member: anna, code }
            expect(reachedVoucherLimits(policy, utc, kept, user)).toEqual(
              reachedVoucherLimits(policy, utc, usage, user),
            )
          }
          expect(kept.holds).toEqual(usage.holds)
          expect(forgetVoucherClaims(policy, utc, kept, before)).toEqual(kept)
          const old = kept.claims.filter(({ endedAt }) => endedAt !== null && endedAt < before)
          expect(old).toEqual([])
          expect(kept.claims.every((claim) => usage.claims.includes(claim))).toBe(true)
        },
      ),
    )
  })

  test('a use in a month that is over is forgotten, one that counts for ever is not', () => {
    const used = (limits: ReadonlyArray<object>) =>
      played(policyOf(limits), [reserve('b1', start), end('use', 'b1', start)])
    const april = at('2026-04-01T00:00:00Z')
    const left = (limits: ReadonlyArray<object>) =>
      forgetVoucherClaims(policyOf(limits), utc, used(limits), april).claims.length
    expect(left([{ times: 1, of: 'member', per: { unit: 'month' } }])).toBe(0)
    expect(left([{ times: 1, of: 'member', per: null }])).toBe(1)
    expect(left([{ times: 1, of: 'member', per: { unit: 'year', startMonth: 1, startDay: 1 } }])).toBe(1)
  })
})

test('a long history takes no time: 5,000 baskets, one after the other', () => {
  const policy = policyOf([
    { times: 1_000_000, of: 'voucher', per: null },
    { times: 1, of: 'member', per: { unit: 'day' } },
  ])
  let usage = newVoucherUsage(policy)
  const began = performance.now()
  for (let index = 0; index < 5000; index += 1) {
    const id = `basket ${(index * 7919) % 5000}`
    usage = unwrap(stepVoucher(policy, utc, usage, reserve(id, minutes(index), `m ${index}` as MemberId, null))).usage
    if (index % 2 === 0) usage = unwrap(stepVoucher(policy, utc, usage, end('use', id, minutes(index)))).usage
  }
  expect(liveOf(usage).length).toBeGreaterThan(2500)
  expect(performance.now() - began).toBeLessThan(20_000)
})

const usageArbitrary = fc
  .tuple(policyArbitrary, historyArbitrary)
  .map(([policy, steps]) => steps.reduce((now, step) => tried(policy, now, step).usage, newVoucherUsage(policy)))
const eventArbitrary: fc.Arbitrary<VoucherEvent> = fc.oneof(
  fc.record({
    type: fc.constant('voucherReserved' as const),
    claim: idArbitrary.map((id) => id as ActivityId),
    at: timeArbitrary,
    heldUntil: timeArbitrary,
    member: fc.constantFrom(null, anna),
    code: fc.constantFrom(null, 'A' as VoucherCode),
  }),
  fc.record({
    type: fc.constantFrom(
      'voucherUsed' as const,
      'voucherReleased' as const,
      'voucherExpired' as const,
      'voucherCancelled' as const,
    ),
    claim: idArbitrary.map((id) => id as ActivityId),
    at: timeArbitrary,
  }),
)
codecLaws('VoucherUsePolicy', VoucherUsePolicy, policyArbitrary)
codecLaws('VoucherUsage', VoucherUsage, usageArbitrary)
codecLaws('VoucherEvent', VoucherEvent, eventArbitrary)
