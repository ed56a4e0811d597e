import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDuration, type Instant, type MemberId, unwrap, utc, type Zone } from '../../src/foundation/index.ts'
import {
  Attribution,
  type AttributionModel,
  type AttributionPolicy,
  attributeConversion,
  type ReferredConversion,
  type Touch,
  type TouchId,
  TouchOutcome,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import {
  attributionPolicyArbitrary,
  memberArbitrary,
  momentArbitrary,
  touchesArbitrary,
  zoneArbitrary,
} from '../arbitraries/referrals.ts'
import { at } from './terms.ts'

const touch = (id: string, referrer: string, when: string, more: Partial<Touch> = {}): Touch => ({
  id: id as TouchId,
  referrer: referrer as MemberId,
  at: at(when),
  by: 'link',
  priority: 0,
  ...more,
})
const policy = (model: AttributionModel, more: Partial<AttributionPolicy> = {}): AttributionPolicy => ({
  model,
  window: { amount: 720, unit: 'hour' },
  cookieLife: null,
  ...more,
})
const cleo = 'cleo' as MemberId
const march20: ReferredConversion = { referee: cleo, at: at('2026-03-20T12:00:00Z') }
const credited = (of: AttributionPolicy, touches: ReadonlyArray<Touch>, conversion: ReferredConversion = march20) => {
  const { referrer, outcomes } = unwrap(attributeConversion(of, utc, touches, conversion))
  return { referrer, reasons: outcomes.map(({ reason }) => reason), shares: outcomes.map(({ share }) => share) }
}
const anna = touch('t1', 'anna', '2026-03-01T12:00:00Z')
const ben = touch('t2', 'ben', '2026-03-10T12:00:00Z')

describe('S48 the window is half-open', () => {
  test('S48 a touch of 1 March 12:00, a conversion of 31 March 12:00: expired', () => {
    const end: ReferredConversion = { referee: cleo, at: at('2026-03-31T12:00:00Z') }
    expect(credited(policy({ type: 'first' }), [anna], end)).toEqual({
      referrer: null,
      reasons: ['windowClosed'],
      shares: [0],
    })
    const before = { referee: cleo, at: (end.at - 1) as Instant }
    expect(credited(policy({ type: 'first' }), [anna], before).referrer).toBe('anna')
  })

  test('S48 the life of the cookie is not the window: a year of cookie does not make the window longer', () => {
    const year = policy({ type: 'first' }, { cookieLife: { amount: 365, unit: 'day' } })
    const april: ReferredConversion = { referee: cleo, at: at('2026-04-02T12:00:00Z') }
    expect(credited(year, [anna], april).reasons).toEqual(['windowClosed'])
    const week = policy({ type: 'first' }, { cookieLife: { amount: 7, unit: 'day' } })
    expect(credited(week, [anna], march20).reasons).toEqual(['cookieExpired'])
    expect(credited(week, [{ ...anna, by: 'code' }], march20).reasons).toEqual(['wins'])
  })
})

describe('S48 two referrers: Anna on 1 March, Ben on 10 March', () => {
  test('S48 first touch Anna, last touch Ben', () => {
    expect(credited(policy({ type: 'first' }), [anna, ben])).toMatchObject({
      referrer: 'anna',
      reasons: ['wins', 'earlierWins'],
    })
    expect(credited(policy({ type: 'last' }), [anna, ben])).toMatchObject({
      referrer: 'ben',
      reasons: ['laterWins', 'wins'],
    })
  })

  test('S48 a code at the checkout beats the link', () => {
    const code = touch('t3', 'anna', '2026-03-01T12:00:00Z', { by: 'code' })
    expect(credited(policy({ type: 'codeFirst', among: 'last' }), [code, ben])).toMatchObject({
      referrer: 'anna',
      reasons: ['wins', 'codeWins'],
    })
    expect(credited(policy({ type: 'codeFirst', among: 'last' }), [anna, ben]).referrer).toBe('ben')
    expect(credited(policy({ type: 'codeFirst', among: 'first' }), [anna, ben]).referrer).toBe('anna')
  })

  test('the highest priority, and the last among those that have it', () => {
    const campaign = { ...anna, priority: 5 }
    const of = policy({ type: 'priority', among: 'last' })
    expect(credited(of, [campaign, ben])).toMatchObject({ referrer: 'anna', reasons: ['wins', 'priorityWins'] })
    expect(credited(of, [anna, ben]).referrer).toBe('ben')
  })
})

describe('shared credit', () => {
  const third = touch('t3', 'dora', '2026-03-12T12:00:00Z')
  const fourth = touch('t4', 'emil', '2026-03-15T12:00:00Z')

  test('40 % for the first, 40 % for the last, 20 % for those between', () => {
    const of = policy({ type: 'positionWeighted', first: 40, middle: 20, last: 40 })
    expect(credited(of, [anna, ben, third, fourth])).toEqual({
      referrer: 'emil',
      reasons: ['laterWins', 'moreCreditWins', 'moreCreditWins', 'wins'],
      shares: [400_000, 100_000, 100_000, 400_000],
    })
    expect(credited(of, [anna, ben]).shares).toEqual([500_000, 500_000])
    expect(credited(of, [anna]).shares).toEqual([1_000_000])
  })

  test('a half-life of 9 days: what is 9 days older has half', () => {
    const of = policy({ type: 'timeDecay', halfLife: { amount: 9, unit: 'day' } })
    expect(credited(of, [anna, ben]).shares).toEqual([333_333, 666_667])
    const half = policy({ type: 'timeDecay', halfLife: { amount: 18, unit: 'day' } })
    // 1 : √2
    expect(credited(half, [anna, ben]).shares).toEqual([414_214, 585_786])
  })

  test('two touches of one referrer beat one that weighs more: the referrer is paid, not the touch', () => {
    const again = touch('t5', 'anna', '2026-03-05T12:00:00Z')
    const of = policy({ type: 'positionWeighted', first: 1, middle: 1, last: 1 })
    expect(credited(of, [anna, again, ben])).toMatchObject({
      referrer: 'anna',
      reasons: ['sharesCredit', 'wins', 'moreCreditWins'],
    })
  })
})

test('the referee’s own links and what comes after the conversion do not count', () => {
  const own = touch('t6', 'cleo', '2026-03-02T12:00:00Z')
  const late = touch('t7', 'dora', '2026-03-21T12:00:00Z')
  expect(credited(policy({ type: 'first' }), [own, ben, late])).toMatchObject({
    referrer: 'ben',
    reasons: ['ownTouch', 'wins', 'afterConversion'],
  })
})

test('at one instant a code goes before a link, then the priority decides, then the id', () => {
  const first = policy({ type: 'first' })
  const now = { at: anna.at }
  expect(credited(first, [anna, { ...ben, ...now, by: 'code' }]).reasons).toEqual(['codeWins', 'wins'])
  expect(credited(first, [anna, { ...ben, ...now, priority: 1 }]).reasons).toEqual(['priorityWins', 'wins'])
  expect(credited(first, [anna, { ...ben, ...now }]).reasons).toEqual(['wins', 'idWins'])
})

test('TouchConflict: one id for two different touches', () => {
  const result = attributeConversion(policy({ type: 'first' }), utc, [anna, ben, { ...ben, priority: 1 }], march20)
  expect(result).toMatchObject({ left: [{ _tag: 'TouchConflict', path: ['touches', 2, 'id'], touch: 't2' }] })
})

test('nothing to credit', () => {
  for (const model of [{ type: 'last' }, { type: 'positionWeighted', first: 1, middle: 1, last: 1 }] as const) {
    expect(unwrap(attributeConversion(policy(model), utc, [], march20))).toEqual({
      referrer: null,
      touch: null,
      outcomes: [],
    })
  }
})

/** Who wins, by comparing every touch with every other one. */
import { codecLaws } from '../laws/codec-laws.ts'

const attributionArbitrary = fc
  .tuple(attributionPolicyArbitrary, zoneArbitrary, touchesArbitrary, memberArbitrary, momentArbitrary())
  .map(([policy, zone, touches, referee, when]) =>
    unwrap(attributeConversion(policy, zone, touches, { referee, at: when })),
  )

codecLaws('Attribution', Attribution, attributionArbitrary)
codecLaws(
  'TouchOutcome',
  TouchOutcome,
  attributionArbitrary.map(({ outcomes }) => outcomes[0]).filter((outcome) => outcome !== undefined),
)
const obviousWinner = (
  { model, window, cookieLife }: AttributionPolicy,
  zone: Zone,
  touches: ReadonlyArray<Touch>,
  { referee, at: when }: ReferredConversion,
): Touch | undefined => {
  const alive = touches.filter(
    (one) =>
      one.referrer !== referee &&
      one.at <= when &&
      when < addDuration(zone, one.at, window) &&
      (one.by !== 'link' || cookieLife === null || when < addDuration(zone, one.at, cookieLife)),
  )
  const code = ({ by }: Touch) => (by === 'code' ? 1 : 0)
  const time = (one: Touch) =>
    ('among' in model ? model.among === 'first' : model.type === 'first') ? -one.at : one.at
  const keys = (one: Touch): ReadonlyArray<number> => {
    if (model.type === 'codeFirst') return [code(one), time(one), one.priority]
    return model.type === 'priority' ? [one.priority, time(one), code(one)] : [time(one), code(one), one.priority]
  }
  const goesBefore = (a: Touch, b: Touch): boolean => {
    const [left, right] = [keys(a), keys(b)]
    const index = left.findIndex((value, place) => value !== right[place])
    return index < 0 ? a.id < b.id : Number(left[index]) > Number(right[index])
  }
  return alive.find((one) => alive.every((other) => other === one || goesBefore(one, other)))
}

const given = fc.tuple(
  attributionPolicyArbitrary,
  zoneArbitrary,
  touchesArbitrary,
  fc.record({ referee: memberArbitrary, at: momentArbitrary() }),
)

test('models with one winner, against comparing all with all', () => {
  fc.assert(
    fc.property(given, ([of, zone, touches, conversion]) => {
      if (of.model.type === 'positionWeighted' || of.model.type === 'timeDecay') return
      const { touch: won } = unwrap(attributeConversion(frozen(of), frozen(zone), frozen(touches), frozen(conversion)))
      expect(won).toBe(obviousWinner(of, zone, touches, conversion)?.id ?? null)
    }),
  )
})

test('attribution is independent of the order in which touches arrive, and of repetitions', () => {
  const shuffled = given.chain(([of, zone, touches, conversion]) =>
    fc.record({
      of: fc.constant(of),
      zone: fc.constant(zone),
      touches: fc.constant(touches),
      conversion: fc.constant(conversion),
      other: fc
        .tuple(fc.shuffledSubarray([...touches], { minLength: touches.length }), fc.subarray([...touches]))
        .map(([all, twice]) => [...twice, ...all]),
    }),
  )
  fc.assert(
    fc.property(shuffled, ({ of, zone, touches, conversion, other }) => {
      expect(attributeConversion(of, zone, other, conversion)).toEqual(
        attributeConversion(of, zone, touches, conversion),
      )
    }),
  )
})

test('one referrer is paid at most, and every touch has its reason', () => {
  fc.assert(
    fc.property(given, ([of, zone, touches, conversion]) => {
      const { referrer, touch: won, outcomes } = unwrap(attributeConversion(of, zone, touches, conversion))
      expect(outcomes.map(({ touch: id }) => id).sort()).toEqual(touches.map(({ id }) => id).sort())
      const winners = outcomes.filter(({ reason }) => reason === 'wins')
      expect(winners.map(({ touch: id }) => id)).toEqual(won === null ? [] : [won])
      expect(winners.every((one) => one.referrer === referrer && one.referrer !== conversion.referee)).toBe(true)
      for (const { reason, referrer: of } of outcomes) if (reason === 'sharesCredit') expect(of).toBe(referrer)
    }),
  )
})

test('shares sum to all of it or to nothing, and who is paid has the most', () => {
  fc.assert(
    fc.property(given, ([of, zone, touches, conversion]) => {
      const { referrer, outcomes } = unwrap(attributeConversion(of, zone, touches, conversion))
      const sum = outcomes.reduce((total, { share }) => total + share, 0)
      expect(sum).toBe(referrer === null ? 0 : 1_000_000)
      const credit = new Map<MemberId, number>()
      for (const one of outcomes) credit.set(one.referrer, (credit.get(one.referrer) ?? 0) + one.share)
      if (referrer !== null) expect(credit.get(referrer)).toBe(Math.max(...credit.values()))
    }),
  )
})

test('ten thousand touches are sorted once', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    touch(`t${index}`, `r${index % 100}`, '2026-03-10T12:00:00Z', {
      at: (at('2026-03-02T12:00:00Z') + index) as Instant,
    }),
  )
  const of = policy({ type: 'timeDecay', halfLife: { amount: 1, unit: 'hour' } })
  expect(credited(of, many).shares.reduce((sum, share) => sum + share, 0)).toBe(1_000_000)
})
