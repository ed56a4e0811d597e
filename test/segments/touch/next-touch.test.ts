import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatInstant,
  type Instant,
  localDateOf,
  parseCivilDate,
  parseInstant,
  unwrap,
  utc,
  type Zone,
} from '../../../src/foundation/index.ts'
import {
  type CustomerMoment,
  compileTouchPolicy,
  explainNextTouch,
  isHeldOut,
  isQuiet,
  nextTouches,
  noMoment,
  type TouchPolicy,
  type TouchRecord,
} from '../../../src/segments/index.ts'
import { realZone, realZoneIds } from '../../arbitraries/time.ts'
import { compiled, policy, shopPolicy, vocabulary } from './shop-policy.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const now = at('2026-03-10T12:00:00Z')
const hours = (count: number): Instant => (now + count * 3_600_000) as Instant

const everywhere: CustomerMoment['consents'] = ['push', 'email', 'phone'].map((channel) => ({
  channel,
  kinds: ['marketing', 'service'],
}))
const ann = (known: Partial<CustomerMoment>): CustomerMoment => ({ ...noMoment('ann'), consents: everywhere, ...known })
const ask = (known: Partial<CustomerMoment>, own = compiled) => nextTouches(own, ann(known), { at: now, zone: utc })
const best = (known: Partial<CustomerMoment>) => ask(known).ranked[0]

const tactics: ReadonlyArray<readonly [rule: string, known: Partial<CustomerMoment>, from: string, until: string]> = [
  ['silent', { lastOrderAt: hours(-24 * 20), usualGapDays: 14 }, '2026-03-10T12:00:00Z', '2026-03-10T21:00:00Z'],
  [
    'pointsExpire',
    { pointsExpiring: { points: 500, at: hours(24 * 10) } },
    '2026-03-10T12:00:00Z',
    '2026-03-10T21:00:00Z',
  ],
  ['nextTier', { pointsToNextTier: 120 }, '2026-03-10T12:00:00Z', '2026-03-10T21:00:00Z'],
  ['basket', { basketAbandonedAt: hours(-1) }, '2026-03-10T13:00:00Z', '2026-03-10T21:00:00Z'],
  ['stay', { newsletterOpenedAt: hours(-24 * 31) }, '2026-03-10T12:00:00Z', '2026-03-10T21:00:00Z'],
  ['birthday', { birthday: { month: 3, day: 11 } }, '2026-03-11T09:00:00Z', '2026-03-11T21:00:00Z'],
  ['anniversary', { joinedOn: unwrap(parseCivilDate('2024-03-10')) }, '2026-03-10T12:00:00Z', '2026-03-10T21:00:00Z'],
  ['referral', { referralUnused: true }, '2026-03-10T12:00:00Z', '2026-03-10T21:00:00Z'],
  ['complaint', { complaintOpenedAt: hours(-5) }, '2026-03-10T12:00:00Z', '2026-03-10T21:00:00Z'],
  ['survey', { surveyDueAt: hours(-5) }, '2026-03-10T12:00:00Z', '2026-03-10T21:00:00Z'],
  [
    'winBack',
    { lastOrderAt: hours(-24 * 30), usualGapDays: 14, valuePercentile: 95 },
    '2026-03-10T12:00:00Z',
    '2026-03-10T21:00:00Z',
  ],
]

describe('the next touch', () => {
  test.each(tactics)('of the tactic %s', (rule, known, from, until) => {
    const touch = best(known)
    expect(touch?.rule).toBe(rule)
    expect(touch && [formatInstant(touch.send.from), formatInstant(touch.send.until)]).toEqual([from, until])
    expect(touch?.because.length).toBeGreaterThan(0)
    expect(ask(known).ranked.length + ask(known).passed.length).toBe(shopPolicy.rules.length)
  })

  test('of high value going quiet climbs a ladder of offers, which an order resets', () => {
    const silent = { lastOrderAt: hours(-24 * 40), usualGapDays: 14, valuePercentile: 95 }
    const sent = (daysAgo: number): TouchRecord => ({
      rule: 'winBack',
      channel: 'email',
      kind: 'marketing',
      at: hours(-24 * daysAgo),
    })
    const offer = (history: ReadonlyArray<TouchRecord>) => best({ ...silent, history })?.offer
    expect(offer([])).toBe('reminder')
    expect(offer([sent(20)])).toBe('10 percent')
    expect(offer([sent(20), sent(10)])).toBe('20 percent')
    expect(offer([sent(20), sent(10), sent(5)])).toBe('20 percent')
    expect(offer([sent(60)])).toBe('reminder')
    expect(best({ ...silent, lastOrderAt: null })).toBe(undefined)
    expect(explainNextTouch(best(silent) ?? (undefined as never))).toBe(
      'winBack (reminder) by push from 2026-03-10T12:00:00Z until 2026-03-10T21:00:00Z: silencePercent is 285; valuePercentile is 95',
    )
  })

  test('is ranked by priority, then by what must be sent sooner', () => {
    const { ranked } = ask({ referralUnused: true, basketAbandonedAt: hours(-5), pointsToNextTier: 10 })
    expect(ranked.map(({ rule }) => rule)).toEqual(['basket', 'nextTier', 'referral'])
    const equal = compileTouchPolicy(vocabulary, {
      ...policy,
      rules: policy.rules.map((rule) => ({ ...rule, priority: 1 })),
    })
    expect(
      ask({ referralUnused: true, basketAbandonedAt: hours(-5), surveyDueAt: now }, equal).ranked.map(
        ({ rule }) => rule,
      ),
    ).toEqual(['basket', 'referral', 'survey'])
  })

  const passedFor = (known: Partial<CustomerMoment>, rule: string, own: TouchPolicy = policy) =>
    ask(known, compileTouchPolicy(vocabulary, own)).passed.find((one) => one.rule === rule)

  test('says of every other rule why it is not used', () => {
    expect(passedFor({ basketAbandonedAt: hours(-50) }, 'basket')).toMatchObject({
      reason: 'notDue',
      because: [{ field: 'hoursSinceBasket', found: 50 }],
    })
    expect(passedFor({}, 'nextTier')).toMatchObject({ reason: 'notDue', because: [{ truth: 'unknown' }] })
    expect(passedFor({ complaintOpenedAt: now, referralUnused: true }, 'referral')).toMatchObject({
      reason: 'suppressed',
      suppression: 'complaintFirst',
    })
    expect(passedFor({ complaintOpenedAt: hours(-49) }, 'complaint')?.reason).toBe('tooLate')
    expect(passedFor({ referralUnused: true, consents: [] }, 'referral')?.reason).toBe('noConsent')
    expect(
      passedFor({ referralUnused: true, consents: [{ channel: 'push', kinds: ['service'] }] }, 'referral')?.reason,
    ).toBe('noConsent')
    expect(
      passedFor({ referralUnused: true }, 'referral', {
        ...policy,
        caps: [{ channels: null, kinds: ['marketing'], most: 0, hours: 1 }],
      })?.reason,
    ).toBe('noTime')
    const anchored = policy.rules.map((rule) => ({ ...rule, anchor: 'lastOrder' as const }))
    expect(passedFor({ referralUnused: true }, 'referral', { ...policy, rules: anchored })?.reason).toBe('noAnchor')
    const opened = policy.rules.map((rule) => ({ ...rule, anchor: 'newsletterOpened' as const }))
    expect(
      passedFor({ referralUnused: true, newsletterOpenedAt: hours(-100) }, 'referral', { ...policy, rules: opened })
        ?.reason,
    ).toBe('tooLate')
  })

  test('leaves a fair share alone, and says so only of those whom it would have touched', () => {
    const all = { salt: 'all', share: 1 }
    const held = { ...policy, holdout: all }
    expect(passedFor({ referralUnused: true }, 'referral', held)?.reason).toBe('heldOut')
    expect(passedFor({}, 'referral', held)?.reason).toBe('notDue')
    expect(passedFor({ surveyDueAt: now }, 'survey', held)).toBe(undefined)
    const own = policy.rules.map((rule) => ({ ...rule, holdout: all }))
    expect(passedFor({ surveyDueAt: now }, 'survey', { ...policy, rules: own })?.reason).toBe('heldOut')
    expect(isHeldOut('ann', { salt: 'all', share: 0 })).toBe(false)
  })

  test('takes a channel that is liked less where the better one leaves no time', () => {
    const capped = { ...policy, caps: [{ channels: ['push'], kinds: ['marketing' as const], most: 0, hours: 1 }] }
    const { ranked } = ask({ referralUnused: true }, compileTouchPolicy(vocabulary, capped))
    expect(ranked[0]?.channel).toBe('email')
    const [quiet] = ask(
      { referralUnused: true },
      compileTouchPolicy(vocabulary, {
        ...policy,
        quiet: [
          { channels: ['push'], hours: { fromMinute: 0, untilMinute: 1439 } },
          { channels: ['push'], hours: { fromMinute: 1439, untilMinute: 0 } },
        ],
      }),
    ).ranked
    expect(quiet?.channel).toBe('email')
  })
})

describe('touches on any generated history', () => {
  const recordArbitrary: fc.Arbitrary<TouchRecord> = fc.record({
    rule: fc.constantFrom('referral', 'nextTier', 'survey', 'other'),
    channel: fc.constantFrom('push', 'email'),
    kind: fc.constantFrom('marketing' as const, 'service' as const),
    at: fc.integer({ min: -300, max: 100 }).map((half) => (now + half * 1_800_000) as Instant),
  })
  const momentArbitrary = fc.record({
    referralUnused: fc.boolean(),
    pointsToNextTier: fc.constantFrom(10, 500),
    surveyDueAt: fc.constantFrom(null, now),
    birthday: fc.constantFrom(null, { month: 3, day: 10 }, { month: 3, day: 11 }),
    basketAbandonedAt: fc.constantFrom(null, hours(-3)),
  })

  /** Whether a list of touches keeps every cap, in the window before each of them. */
  const keepsCaps = (history: ReadonlyArray<TouchRecord>, zone: Zone): boolean =>
    policy.caps.every(({ channels, kinds, most, hours: length = 0, days = 0 }) => {
      const counted = history.filter(
        ({ channel, kind }) => (channels === null || channels.includes(channel)) && kinds.includes(kind),
      )
      return counted.every((touch) => {
        const daysBefore = (one: TouchRecord) => localDateOf(zone, touch.at) - localDateOf(zone, one.at)
        const recent = counted.filter((one) => one.at <= touch.at && one.at > touch.at - length * 3_600_000)
        return (
          recent.length <= most &&
          counted.filter((one) => daysBefore(one) >= 0 && daysBefore(one) < days).length <= most
        )
      })
    })

  /** A history that keeps the caps: what would break one is left out. */
  const allowedOnly = (list: ReadonlyArray<TouchRecord>, zone: Zone): ReadonlyArray<TouchRecord> => {
    const kept: Array<TouchRecord> = []
    for (const one of list) if (keepsCaps([...kept, one], zone)) kept.push(one)
    return kept
  }

  const worlds = fc
    .record({
      zone: fc.constantFrom(...realZoneIds).map(realZone),
      known: momentArbitrary,
      history: fc.array(recordArbitrary, { maxLength: 12 }),
    })
    .map(({ zone, known, history }) => ({ zone, known, history: allowedOnly(history, zone) }))

  /** Sends the best touch four times, each at a share of its stretch: the histories that could have come of it. */
  const play = (zone: Zone, known: Partial<CustomerMoment>, history: ReadonlyArray<TouchRecord>, share: number) => {
    const tried: Array<ReadonlyArray<TouchRecord>> = []
    let sent = history
    for (let round = 0; round < 4; round += 1) {
      const [touch] = nextTouches(compiled, ann({ ...known, history: sent }), { at: now, zone }).ranked
      if (touch === undefined) return tried
      const { rule, channel, kind, send } = touch
      expect(send.from).toBeGreaterThanOrEqual(now)
      expect(send.until).toBeLessThanOrEqual(touch.deadline)
      const times = [send.from, send.until - 1, send.from + Math.floor(share * (send.until - send.from))]
      const own = times.map((time) => [...sent, { rule, channel, kind, at: time as Instant }])
      tried.push(...own)
      sent = own[2] ?? sent
    }
    return tried
  }

  test('never lie in quiet hours or over a cap, wherever in their stretch they are sent', () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0, max: 0.999, noNaN: true }), ({ zone, known, history }, share) => {
        for (const sent of play(zone, known, history, share)) {
          const last = sent[sent.length - 1]?.at ?? now
          expect(isQuiet({ fromMinute: 21 * 60, untilMinute: 8 * 60 }, zone, last)).toBe(false)
          expect(keepsCaps(sent, zone)).toBe(true)
        }
      }),
    )
  })

  test('come as early as they may: no half hour before is allowed', () => {
    fc.assert(
      fc.property(worlds, ({ zone, history }) => {
        const only = compileTouchPolicy(vocabulary, {
          ...policy,
          rules: policy.rules
            .filter(({ id }) => id === 'referral')
            .map((rule) => ({ ...rule, channels: ['push'], repeatAfterHours: null })),
        })
        const { ranked } = nextTouches(only, ann({ referralUnused: true, history }), { at: now, zone })
        const end = ranked[0]?.send.from ?? hours(72)
        for (let time = now; time < end; time = (time + 1_800_000) as Instant) {
          const quiet = isQuiet({ fromMinute: 21 * 60, untilMinute: 8 * 60 }, zone, time)
          const touch: TouchRecord = { rule: 'referral', channel: 'push', kind: 'marketing', at: time }
          expect(quiet || !keepsCaps([...history, touch], zone)).toBe(true)
        }
      }),
    )
  })

  test('do not depend on the order of the history', () => {
    fc.assert(
      fc.property(worlds, ({ zone, known, history }) => {
        const of = (list: ReadonlyArray<TouchRecord>) =>
          nextTouches(compiled, ann({ ...known, history: list }), { at: now, zone })
        expect(of([...history].reverse())).toEqual(of(history))
      }),
    )
  })
})
