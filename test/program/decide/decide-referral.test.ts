import { describe, expect, test } from 'vitest'
import { type Instant, type MemberId, parseInstant, unwrap } from '../../../src/foundation/index.ts'
import { type Activity, advance, compileProgram, type MemberEvent } from '../../../src/program/index.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  member,
  points,
  programOf,
  referralOf,
  referralTerms,
  rejected,
  returns,
  shop,
  statusLadder,
} from '../shop.ts'
import { world } from '../world.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const january1 = '2026-01-01T00:00:00Z'
const march1 = '2026-03-01T00:00:00Z'
const program = shop(referralOf())
const of = <A extends Activity>(one: A, who: string): A => ({ ...one, member: who as MemberId })
const bobJoins = of(joins(january1), 'bob')
const broughtBy = (referrer: string, more: object = {}, enrolledAt = january1) =>
  joins('2026-02-01T00:00:00Z', { referrer: { member: referrer, enrolledAt, ...more } })
const annaJoins = broughtBy('bob')
const ofType = <T extends MemberEvent['type']>(events: ReadonlyArray<MemberEvent>, type: T) =>
  events.filter((event): event is Extract<MemberEvent, { type: T }> => event.type === type)

const friends = (count: number, day = (n: number) => `2026-03-${String(n + 1).padStart(2, '0')}T00:00:00Z`) =>
  Array.from({ length: count }, (_, n) => [
    activity({
      type: 'enrolment',
      id: `joins ${n}`,
      member: `friend ${n}`,
      at: '2026-02-01T00:00:00Z',
      referrer: { member: 'bob', enrolledAt: january1 },
    }),
    of(buys(`order ${n}`, day(n), '100.00'), `friend ${n}`),
  ])

describe('S51 both sides of a referral', () => {
  const bought = following(program, [annaJoins, buys('o', march1, '60.00', '40.00')])
  const bob = following(program, [bobJoins, ...bought.followUps], member('bob')).state

  test('the friend has the discount at once, the referrer points that are pending until 1 April', () => {
    expect(bought.state.referral).toMatchObject({
      status: 'qualified',
      conversion: { purchase: 'o', spendMinor: 10_000, side: 'rewarded', releasedAt: at('2026-04-01T00:00:00Z') },
    })
    expect(ofType(bought.events, 'referralRewardDue')).toMatchObject([
      { side: 'referee', reward: { kind: { type: 'money' }, units: 1_000 } },
    ])
    expect(points(bob)).toEqual({ active: 0, pending: 500, debt: 0 })
    expect(points(advance(program, bob, at('2026-03-31T23:59:59.999Z')).state).pending).toBe(500)
    const released = advance(program, bob, at('2026-04-01T00:00:00Z'))
    expect(points(released.state).active).toBe(500)
    expect(ofType(released.events, 'broughtChanged').map(({ change }) => change)).toEqual(['rewarded'])
    expect(released.state.referrerCounts.progress).toEqual({ count: 1, highWater: 1 })
  })

  test('returned on 20 March: the reward is cancelled, the discount goes back, the referral is open again', () => {
    const march20 = '2026-03-20T00:00:00Z'
    const returned = following(program, [returns('r', march20, 'o', { line: '1' }, { line: '2' })], bought.state)
    expect(returned.trace).toContainEqual(
      expect.objectContaining({
        step: 'reassessment',
        outcome: 'cancelled',
        taken: expect.objectContaining({ units: 1_000 }),
      }),
    )
    expect(ofType(returned.events, 'referralRewardTaken')).toMatchObject([{ reward: { units: 1_000 } }])
    expect(returned.state.referral).toMatchObject({ status: 'open', conversion: null })
    const afterwards = following(program, returned.followUps, bob).state
    expect(points(afterwards)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(afterwards.brought).toEqual([])
    expect(afterwards.referrerCounts.counted).toBe(0)
    const again = following(program, [buys('o2', march20, '50.00')], returned.state)
    expect(points(following(program, again.followUps, afterwards).state).pending).toBe(500)
  })

  test('returned in part to 40, below the minimum of 50: it does not count any more, and the discount goes back', () => {
    const returned = following(program, [returns('r', '2026-03-20T00:00:00Z', 'o', { line: '1' })], bought.state)
    expect(ofType(returned.events, 'referralRewardTaken')).toMatchObject([{ reward: { units: 1_000 } }])
    expect(returned.followUps).toMatchObject([{ type: 'referralReassessed', member: 'bob', stands: false }])
  })

  test('returned in part to 70: it stands, and the discount goes back in proportion, in any split', () => {
    const part = (amount: string) => ({ line: '1', amount: eur(amount) })
    const at20 = '2026-03-20T00:00:00Z'
    const once = following(program, [returns('r', at20, 'o', part('30.00'))], bought.state)
    const twice = following(
      program,
      [returns('r1', at20, 'o', part('10.01')), returns('r2', at20, 'o', part('19.99'))],
      bought.state,
    )
    for (const { state } of [once, twice]) {
      expect(state.referral).toMatchObject({ status: 'qualified', conversion: { reward: { takenUnits: 300 } } })
    }
    expect(once.followUps).toEqual([])
  })

  test('returned after the release: nothing is taken from the referrer by itself, a person decides', () => {
    const april1 = '2026-04-01T00:00:00Z'
    const returned = following(program, [returns('r', april1, 'o', { line: '1' }, { line: '2' })], bought.state)
    expect(returned.state.referral).toMatchObject({ status: 'inReview', conversion: { reward: { takenUnits: 1_000 } } })
    const questioned = following(program, returned.followUps, bob).state
    expect(points(questioned).active).toBe(500)
    expect(questioned.brought).toMatchObject([{ status: 'inManualReview' }])
    const conversion = questioned.brought[0]?.conversion ?? null
    const review = { type: 'referralReview', member: 'bob', at: april1, conversion, reason: 'gone' }
    const upheld = following(program, [activity({ ...review, id: 'v', verdict: 'approve' })], questioned).state
    expect(upheld.brought).toMatchObject([{ status: 'rewarded' }])
    const reversed = following(program, [activity({ ...review, id: 'v', verdict: 'deny' })], questioned).state
    expect(points(reversed)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(reversed.referrerCounts.progress).toEqual({ count: 0, highWater: 1 })
    expect(reversed.brought).toEqual([])
  })

  test('a follow-up that comes late is dated anew, and the release stays', () => {
    const own = [bobJoins, of(buys('own', '2026-03-02T00:00:00Z', '1.00'), 'bob')]
    const later = following(program, own, member('bob')).state
    const [late] = bought.followUps
    if (late === undefined) throw new Error('no follow-up')
    expect(rejected(program, later, late)).toMatchObject([{ _tag: 'ActivityOutOfOrder' }])
    const { state } = following(program, [{ ...late, at: at('2026-03-03T00:00:00Z') }], later)
    expect(points(state)).toEqual({ active: 1, pending: 500, debt: 0 })
    expect(points(advance(program, state, at('2026-04-01T00:00:00Z')).state).active).toBe(501)
  })

  test('a reward that is a share is counted anew on what is left, before the release', () => {
    const share = { type: 'share', units: 1, perMinor: 20, rounding: 'floor', most: null }
    const kind = { type: 'points', wallet: 'points' }
    const shared = shop(referralOf({ referrer: { kind, amount: share } }))
    const { state } = world(shared, [
      bobJoins,
      annaJoins,
      buys('o', march1, '60.00', '40.00'),
      returns('r', '2026-03-02T00:00:00Z', 'o', { line: '1', amount: eur('20.00') }),
    ])
    expect(points(state('bob')).pending).toBe(400)
    expect(state('bob').brought).toMatchObject([{ units: 500, takenUnits: 100 }])
  })
})

test('a return is judged by the terms of the version that granted', () => {
  const stricter = referralOf({ eligibility: { ...referralTerms.eligibility, minimumSpend: eur('90.00') } })
  const second = unwrap(compileProgram(programOf({ version: 2, ...stricter }), { earlier: [program.program] }))
  const { state } = following(program, [annaJoins, buys('o', march1, '60.00', '40.00')])
  const part = returns('r', '2026-03-20T00:00:00Z', 'o', { line: '1', amount: eur('30.00') })
  expect(following(second, [part], state).state.referral?.status).toBe('qualified')
  const alone = unwrap(compileProgram(programOf({ version: 2, ...stricter }), { earlier: [] }))
  expect(rejected(alone, state, part)).toMatchObject([{ _tag: 'UnknownProgramVersion' }])
})

describe('points for the friend', () => {
  const kind = { type: 'points', wallet: 'points' }
  const referee = {
    reward: { kind, amount: { type: 'fixed', units: 40 } },
    release: 'atOnce',
    onReturn: 'proportional',
  }

  test('are taken back when the purchase does not count any more, but not those that expired', () => {
    const terms = referralOf({ referee })
    const lasting = shop(terms)
    const bought = following(lasting, [annaJoins, buys('o', march1, '50.00')])
    expect(points(bought.state).active).toBe(90)
    const back = returns('r', '2026-03-20T00:00:00Z', 'o', { line: '1' })
    expect(points(following(lasting, [back], bought.state).state)).toEqual({ active: 0, pending: 0, debt: 0 })
    const expiry = { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' }
    const fleeting = shop({ ...terms, wallets: [{ ...lasting.program.wallets[0], expiry }] })
    const gone = following(fleeting, [annaJoins, buys('o', march1, '50.00'), back])
    expect(gone.state.wallets[0]).toMatchObject({ accrued: 90, expired: 90, reversed: 0, debt: 0 })
  })

  test('can wait for the end of the review, and for a person where signals ask for one', () => {
    const waiting = shop(referralOf({ referee: { ...referee, release: 'afterReview' } }))
    const bought = following(waiting, [annaJoins, buys('o', march1, '50.00')]).state
    expect(points(bought)).toEqual({ active: 50, pending: 40, debt: 0 })
    const end = at('2026-04-01T00:00:00Z')
    expect(advance(waiting, bought, end).state.referral?.conversion?.side).toBe('rewarded')
    const doubtful = following(waiting, [broughtBy('bob', { signals: ['sameDevice'] }), buys('o', march1, '50.00')])
    expect(points(doubtful.state)).toEqual({ active: 50, pending: 0, debt: 0 })
    expect(points(advance(waiting, doubtful.state, end).state).active).toBe(50)
    const review = (verdict: string) =>
      activity({
        type: 'referralReview',
        id: 'v',
        at: '2026-03-02T00:00:00Z',
        conversion: null,
        verdict,
        reason: 'seen',
      })
    const approved = following(waiting, [review('approve')], doubtful.state).state
    expect(points(advance(waiting, approved, end).state).active).toBe(90)
    const denied = following(waiting, [review('deny')], doubtful.state).state
    expect(denied.referral?.conversion?.side).toBe('denied')
    expect(points(advance(waiting, denied, end).state).active).toBe(50)
    expect(
      rejected(waiting, denied, activity({ ...review('deny'), id: 'w', at: march1.replace('01T', '03T') })),
    ).toMatchObject([{ _tag: 'ReferralNotReviewable', conversion: null }])
  })
})

test('where the friend’s side was denied, a return still cancels the referrer’s, and the friend does not qualify anew', () => {
  const review = { type: 'referralReview', id: 'v', at: '2026-03-02T00:00:00Z', conversion: null }
  const { state, events } = world(program, [
    bobJoins,
    annaJoins,
    buys('o', march1, '60.00'),
    activity({ ...review, verdict: 'deny', reason: 'one household' }),
    returns('r', '2026-03-03T00:00:00Z', 'o', { line: '1' }),
    buys('o2', '2026-03-04T00:00:00Z', '60.00'),
  ])
  expect(ofType(events, 'referralRewardTaken')).toMatchObject([{ reward: { units: 1_000 } }])
  expect(state('anna').referral?.conversion?.side).toBe('reversed')
  expect(state('bob').brought).toEqual([])
  expect(points(state('bob'))).toEqual({ active: 0, pending: 0, debt: 0 })
})

describe('S48 who is credited', () => {
  const touch = (id: string, who: string, when: string, by = 'link') =>
    activity({ type: 'referralTouched', id, at: when, referrer: { member: who, enrolledAt: january1, by } })
  const touches = [touch('t1', 'bob', '2026-02-01T12:00:00Z'), touch('t2', 'cleo', '2026-02-10T12:00:00Z')]
  const joined = joins('2026-02-20T00:00:00Z')
  const buysLate = buys('o', '2026-03-03T12:00:00Z', '60.00')
  const creditedBy = (model: object, ...more: ReadonlyArray<Activity>) => {
    const window = { amount: 720, unit: 'hour' }
    const by = shop(referralOf({}, { attribution: { model, window, cookieLife: null } }))
    return following(by, [...touches, joined, ...more, buysLate])
  }

  test('before the sign-up a link can be followed; the window is half-open and asked at the purchase', () => {
    const last = creditedBy({ type: 'last' })
    expect(last.followUps.map(({ member: who }) => who)).toEqual(['cleo'])
    expect(last.trace).toContainEqual(
      expect.objectContaining({
        step: 'referral',
        referrer: 'cleo',
        touches: [
          expect.objectContaining({ touch: 't1', reason: 'windowClosed' }),
          expect.objectContaining({ touch: 't2', reason: 'wins' }),
        ],
      }),
    )
    expect(creditedBy({ type: 'first' }).followUps[0]?.member).toBe('cleo')
  })

  test('a code at the checkout beats the link', () => {
    const code = touch('t3', 'dora', '2026-02-21T00:00:00Z', 'code')
    const link = touch('t4', 'cleo', '2026-03-01T00:00:00Z')
    expect(creditedBy({ type: 'codeFirst', among: 'last' }, code, link).followUps[0]?.member).toBe('dora')
    expect(creditedBy({ type: 'last' }, code, link).followUps[0]?.member).toBe('cleo')
  })

  test('too late for everybody: nobody is paid', () => {
    const by = shop(
      referralOf(
        {},
        { attribution: { model: { type: 'last' }, window: { amount: 1, unit: 'day' }, cookieLife: null } },
      ),
    )
    const late = following(by, [...touches, joined, buysLate])
    expect(late.followUps).toEqual([])
    expect(late.state.referral?.conversion).toBeNull()
  })
})

describe('what does not count', () => {
  test('S49 bringing oneself, S50 a referrer who joined later: the enrolment stands, the referral is refused', () => {
    const self = following(program, [broughtBy('anna')])
    expect(self.events).toContainEqual(expect.objectContaining({ type: 'referralRefused', reason: 'SelfReferral' }))
    const later = following(program, [broughtBy('bob', {}, '2026-02-01T00:00:00Z')])
    expect(later.events).toContainEqual(
      expect.objectContaining({ type: 'referralRefused', reason: 'ReferrerNotEarlier' }),
    )
    expect(later.state.referral).toBeNull()
    expect(following(program, [buys('o', march1, '100.00')], later.state).followUps).toEqual([])
  })

  test('S50 a touch after the first purchase that counts', () => {
    const first = following(program, [joins('2026-02-01T00:00:00Z'), buys('o1', '2026-02-02T00:00:00Z', '50.00')]).state
    const told = { type: 'referralTouched', id: 't', at: '2026-02-03T00:00:00Z' }
    const touched = activity({ ...told, referrer: { member: 'bob', enrolledAt: january1 } })
    const second = following(program, [touched, buys('o2', march1, '50.00')], first)
    expect(second.followUps).toEqual([])
    expect(second.trace).toContainEqual(
      expect.objectContaining({ outcome: 'refused', refusals: [expect.objectContaining({ _tag: 'ReferredTooLate' })] }),
    )
  })

  test('a purchase below the minimum: the next one still can', () => {
    const small = following(program, [annaJoins, buys('o1', march1, '49.99')])
    expect(small.followUps).toEqual([])
    expect(small.trace).toContainEqual(
      expect.objectContaining({
        step: 'referral',
        outcome: 'refused',
        refusals: [expect.objectContaining({ _tag: 'BelowMinimumSpend' })],
      }),
    )
    expect(following(program, [buys('o2', march1, '50.00')], small.state).followUps.length).toBe(1)
  })

  test('S53 what is comped, S49 what signals block, a former customer, a referrer who is suspended', () => {
    const refusals = (first: Activity, more: object = {}) => {
      const { trace } = following(program, [first, { ...buys('o', march1, '60.00'), ...more } as Activity])
      return trace.flatMap((step) => (step.step === 'referral' ? step.refusals.map(({ _tag }) => _tag) : []))
    }
    expect(refusals(annaJoins, { referral: { origin: 'comped' } })).toEqual(['NotMonetised'])
    expect(refusals(annaJoins, { referral: { signals: ['sameEmail'] } })).toEqual(['ReferralBlocked'])
    expect(refusals(broughtBy('bob', { signals: ['sameIp'] }))).toEqual([])
    expect(refusals(broughtBy('bob', { standing: 'suspended' }))).toEqual(['ReferrerNotInGoodStanding'])
    expect(refusals({ ...annaJoins, history: 'deletedAccount' } as Activity)).toEqual(['NotNewCustomer'])
  })

  test('a second purchase, and any purchase in a program without referrals', () => {
    const first = following(program, [annaJoins, buys('o1', march1, '50.00')]).state
    expect(following(program, [buys('o2', march1, '50.00')], first).followUps).toEqual([])
    expect(following(shop(), [annaJoins, buys('o1', march1, '50.00')]).state.referral).toBeNull()
  })
})

describe('S54 caps and budgets', () => {
  const cap = {
    id: 'two',
    per: 'referrer',
    counts: 'referrals',
    limit: 2,
    window: { type: 'lifetime' },
    onExceed: 'reject',
  }

  test('the third of a cap of two is recorded as limited and does not count, and the friend is paid', () => {
    const { state, events } = world(shop(referralOf({ caps: [cap] })), [bobJoins, ...friends(3).flat()])
    expect(points(state('bob')).pending).toBe(1_000)
    expect(state('bob').brought[2]).toMatchObject({
      units: 0,
      desired: 500,
      capLimited: true,
      limitedBy: ['two'],
      counts: false,
    })
    expect(state('bob').referrerCounts.counted).toBe(2)
    expect(ofType(events, 'referralRewardDue').length).toBe(3)
  })

  test('a return gives the cap its room back', () => {
    const back = of(returns('r', '2026-03-03T00:00:00Z', 'order 0', { line: '1' }), 'friend 0')
    const [first, second, third] = friends(3)
    const { state } = world(shop(referralOf({ caps: [cap] })), [
      bobJoins,
      ...(first ?? []),
      ...(second ?? []),
      back,
      ...(third ?? []),
    ])
    expect(points(state('bob')).pending).toBe(1_000)
    expect(state('bob').brought.every(({ capLimited }) => !capLimited)).toBe(true)
  })

  test('a budget for everybody: what all are paid is at most the budget, and it has to be given', () => {
    const budget = { ...cap, id: 'all', per: 'everyone', counts: 'units', limit: 1_200, onExceed: 'truncate' }
    const by = shop(referralOf({ caps: [budget] }))
    const { state, budgets } = world(by, [bobJoins, ...friends(4).flat()])
    expect(points(state('bob')).pending).toBe(1_200)
    expect(budgets).toMatchObject([{ cap: 'all', used: 1_200 }])
    const [asked] = following(by, [annaJoins, buys('o', march1, '60.00')]).followUps
    if (asked === undefined) throw new Error('no follow-up')
    expect(rejected(by, following(by, [bobJoins], member('bob')).state, asked)).toMatchObject([
      { _tag: 'MissingBudget', cap: 'all' },
    ])
  })
})

describe('more for more', () => {
  const kind = { type: 'points', wallet: 'points' }
  const steps = [
    { from: 1, units: 100 },
    { from: 3, units: 300 },
  ]

  test('tiered by count', () => {
    const by = shop(referralOf({ referrer: { kind, amount: { type: 'byCount', steps } } }))
    const { state } = world(by, [bobJoins, ...friends(4).flat()])
    expect(state('bob').brought.map(({ units }) => units)).toEqual([100, 100, 300, 300])
  })

  test('S52 a milestone is paid once, also after a reversal and the next that reaches it again', () => {
    const milestones = [{ referrals: 2, kind: { type: 'money', currency: 'EUR' }, units: 5_000 }]
    const by = shop(referralOf({ milestones }))
    const may = at('2026-05-30T00:00:00Z')
    const { state } = world(by, [bobJoins, ...friends(2).flat()])
    const released = advance(by, state('bob'), at('2026-04-10T00:00:00Z'))
    expect(ofType(released.events, 'referralRewardDue')).toMatchObject([
      { cause: 'milestone', reward: { units: 5_000 } },
    ])
    const conversion = released.state.brought[1]?.conversion ?? null
    const deny = activity({
      type: 'referralReview',
      id: 'v',
      member: 'bob',
      at: '2026-04-11T00:00:00Z',
      conversion,
      verdict: 'deny',
      reason: 'own address',
    })
    const reversed = following(by, [deny], released.state).state
    expect(reversed.referrerCounts.progress).toEqual({ count: 1, highWater: 2 })
    const third = following(
      by,
      (friends(3)[2] ?? []).map((one) => ({ ...one, at: at('2026-04-12T00:00:00Z') })),
      member('friend 2'),
    )
    const again = advance(by, following(by, third.followUps, reversed).state, may)
    expect(again.state.referrerCounts.progress).toEqual({ count: 2, highWater: 2 })
    expect(ofType(again.events, 'referralRewardDue')).toEqual([])
  })

  test('a share of what the friend pays for three months, less what is returned', () => {
    const share = { units: 1, perMinor: 10, rounding: 'floor', months: 3, most: null }
    const by = shop(referralOf({}, { revenueShare: { kind, share } }))
    const { state } = world(by, [
      bobJoins,
      annaJoins,
      buys('o1', march1, '60.05'),
      buys('o2', '2026-05-31T00:00:00Z', '10.05'),
      buys('o3', '2026-06-01T00:00:00Z', '99.00'),
      returns('r', '2026-06-02T00:00:00Z', 'o2', { line: '1', amount: eur('5.00') }),
    ])
    expect(state('bob').brought[0]?.share).toMatchObject({ revenueMinor: 6_510, units: 651 })
  })

  test('each level has half of the one below it, to the stated depth; a return takes it from all of them', () => {
    const levels = { depth: 3, decay: { numerator: 1, denominator: 2 }, rounding: 'floor' }
    const by = shop(referralOf({}, { levels }))
    const chain = ['bob', 'cleo', 'dora', 'emil', 'finn']
    const activities = chain.flatMap((who, n) => [
      activity({
        type: 'enrolment',
        id: `joins ${who}`,
        member: who,
        at: `2026-02-0${n + 1}T00:00:00Z`,
        ...(n === 0 ? {} : { referrer: { member: chain[n - 1], enrolledAt: `2026-02-0${n}T00:00:00Z` } }),
      }),
      ...(n === 0 ? [] : [of(buys(`order ${who}`, `2026-03-0${n}T00:00:00Z`, '60.00'), who)]),
    ])
    const { state } = world(by, activities)
    const brought = (who: string) => state(who).brought.map(({ level, units }) => [level, units])
    expect(brought('emil')).toEqual([[1, 500]])
    expect(brought('dora')).toEqual([
      [1, 500],
      [2, 250],
    ])
    expect(brought('bob')).toEqual([
      [1, 500],
      [2, 250],
      [3, 125],
    ])
    const back = of(returns('r', '2026-03-10T00:00:00Z', 'order finn', { line: '1' }), 'finn')
    const after = world(by, [...activities, back])
    expect(after.state('emil').brought).toEqual([])
    expect(after.state('dora').brought.map(({ level }) => level)).toEqual([1])
    expect(after.state('cleo').brought.map(({ level }) => level)).toEqual([1, 2])
  })

  test('credit towards a tier is counted when the review is over', () => {
    const credit = { type: 'tierCredit', ladder: 'status', metric: 'points' }
    const referrer = { kind: credit, amount: { type: 'fixed', units: 1_000 } }
    const by = shop({ ...referralOf({ referrer }), ladders: [statusLadder] })
    const { state } = world(by, [bobJoins, annaJoins, buys('o', march1, '60.00')])
    expect(state('bob').standings[0]?.tier).toBe('basic')
    expect(advance(by, state('bob'), at('2026-04-01T00:00:00Z')).state.standings[0]?.tier).toBe('gold')
  })
})

describe('too many at once', () => {
  test('beyond the limit a person looks at the referrer’s side; approved, it is paid', () => {
    const by = shop(referralOf({}, { velocity: [{ most: 1, within: { amount: 7, unit: 'day' } }] }))
    const { state } = world(by, [bobJoins, ...friends(2).flat()])
    expect(state('bob').brought).toMatchObject([
      { status: 'approved' },
      { status: 'pending', fraud: { outcome: 'review' } },
    ])
    expect(points(state('bob')).pending).toBe(500)
    const conversion = state('bob').brought[1]?.conversion ?? null
    const review = {
      type: 'referralReview',
      id: 'v',
      member: 'bob',
      at: '2026-03-09T00:00:00Z',
      conversion,
      verdict: 'approve',
      reason: 'a party',
    }
    const { state: approved } = following(by, [activity(review)], state('bob'))
    expect(points(advance(by, approved, at('2026-04-09T00:00:00Z')).state).active).toBe(1_000)
    expect(rejected(by, approved, activity({ ...review, id: 'w' }))).toMatchObject([{ _tag: 'ReferralNotReviewable' }])
  })

  test('invitations pay nothing; too many are noted', () => {
    const by = shop(referralOf({}, { invitations: [{ most: 1, within: { amount: 1, unit: 'day' } }] }))
    const invites = ['ben', 'cleo'].map((invitee) =>
      activity({ type: 'referralInvitation', id: invitee, member: 'bob', at: march1, invitee }),
    )
    const { events } = following(by, [bobJoins, ...invites], member('bob'))
    expect(ofType(events, 'referralInvited')).toMatchObject([{ isTooMany: true }])
  })
})
