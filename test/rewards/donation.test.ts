import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type Currency,
  decode,
  type MemberId,
  type Money,
  type Points,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  Donation,
  DonationCampaign,
  DonationGoal,
  type DonationGoalId,
  type DonationRequest,
  DonationState,
  donate,
  donationGoalProgress,
  donationPostings,
  donationProgress,
  mostDonation,
  noDonations,
  roundUpDonation,
} from '../../src/rewards/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './stamp-terms.ts'

const json = {
  id: 'trees',
  beneficiary: 'forest-fund',
  // 0.005 of the currency for a point.
  price: { points: 200, price: { amount: '1.00', currency: 'EUR' } },
  step: 1000,
  open: null,
  match: { basisPoints: 10_000, capMinor: null, rounding: 'floor' },
  targetMinor: null,
  pastTarget: 'continue',
}
const campaignOf = (rest: object = {}): DonationCampaign => unwrap(decode(DonationCampaign, { ...json, ...rest }))
const eur = (minor: number): Money => ({ minor, currency: 'EUR' as Currency })
const request = (
  id: string,
  source: DonationRequest['source'],
  rest: Partial<DonationRequest> = {},
): DonationRequest => ({
  id: id as ActivityId,
  at: at('2026-03-01T12:00:00Z'),
  member: 'anna' as MemberId,
  source,
  goal: null,
  ...rest,
})
const points = (count: number) => ({ type: 'points' as const, points: count as Points })
const cash = (minor: number) => ({ type: 'money' as const, amount: eur(minor) })
const given = (campaign: DonationCampaign, requests: ReadonlyArray<DonationRequest>): DonationState =>
  requests.reduce((state, one) => unwrap(donate(campaign, state, one)).state, noDonations(campaign))

describe('S62', () => {
  test('S62 steps of 1,000 at 0.005: of 2,350 points 2,000 are given, worth 10.00; 1:1 makes 20.00', () => {
    const campaign = campaignOf()
    const most = unwrap(mostDonation(campaign, 2350 as Points))
    expect(most).toEqual({ points: 2000, amount: eur(1000) })
    const made = unwrap(donate(campaign, noDonations(campaign), request('d1', points(most.points))))
    expect([made.given, made.matched]).toEqual([eur(1000), eur(1000)])
    expect(donationProgress(campaign, made.state)).toMatchObject({ raisedMinor: 2000, members: 1 })
  })

  test('S62 the liability becomes a debt to the charity, and nothing of it revenue', () => {
    const made = { given: eur(1000), matched: eur(1000) }
    const postings = unwrap(donationPostings(campaignOf(), points(2000), made, eur(1000)))
    expect(
      postings.map(({ account, side, amount, beneficiary }) => [account, side, amount.minor, beneficiary]),
    ).toEqual([
      ['pointsLiability', 'debit', 1000, null],
      ['payable', 'credit', 1000, 'forest-fund'],
      ['rewardCost', 'debit', 1000, null],
      ['payable', 'credit', 1000, 'forest-fund'],
    ])
    const ofMoney = unwrap(donationPostings(campaignOf(), cash(65), { given: eur(65), matched: eur(0) }, eur(0)))
    expect(ofMoney.map(({ account, side }) => [account, side])).toEqual([
      ['moneyReceived', 'debit'],
      ['payable', 'credit'],
    ])
  })

  test('S62 no step in between is given, and the next lower one is told', () => {
    const campaign = campaignOf()
    const below = (count: number) => {
      const result = donate(campaign, noDonations(campaign), request('d1', points(count)))
      return result._tag === 'Left' ? result.left.map((fault) => 'below' in fault && fault.below) : []
    }
    expect(below(2350)).toEqual([2000])
    expect(below(999)).toEqual([null])
    expect(below(0)).toEqual([null])
    expect(below(2000.5)).toEqual([2000])
    expect(below(Number.NaN)).toEqual([null])
    expect(below(-1000)).toEqual([null])
  })
})

describe('what the shop adds', () => {
  test('at most its cap, in all', () => {
    const campaign = campaignOf({ match: { basisPoints: 5000, capMinor: 600, rounding: 'floor' } })
    const first = unwrap(donate(campaign, noDonations(campaign), request('d1', cash(999))))
    expect(first.matched.minor).toBe(499)
    // One more cent makes 500: what was rounded off is not lost.
    const second = unwrap(donate(campaign, first.state, request('d2', cash(1))))
    expect(second.matched.minor).toBe(1)
    const third = unwrap(donate(campaign, second.state, request('d3', cash(100_000))))
    expect(third.matched.minor).toBe(100)
  })

  test('S10 a cap of 1,000 with 900 used: of 150 that are wanted 100 are added, and both are told', () => {
    const campaign = campaignOf({ match: { basisPoints: 10_000, capMinor: 1000, rounding: 'floor' } })
    const state = given(campaign, [request('d1', cash(900))])
    const made = unwrap(donate(campaign, state, request('d2', cash(150))))
    expect([made.desiredMatch.minor, made.matched.minor, made.state.matchedMinor]).toEqual([150, 100, 1000])
  })

  test('an edit that lowers it takes nothing back', () => {
    const state = given(campaignOf(), [request('d1', cash(1000))])
    const lower = campaignOf({ match: null })
    expect(unwrap(donate(lower, state, request('d2', cash(10)))).matched.minor).toBe(0)
    expect(unwrap(donate(lower, state, request('d2', cash(10)))).state.matchedMinor).toBe(1000)
  })
})

describe('a campaign', () => {
  test('with a target: progress, when it is reached, and then as the policy says', () => {
    const campaign = campaignOf({ targetMinor: 3000, pastTarget: 'refuse' })
    const first = unwrap(donate(campaign, noDonations(campaign), request('d1', cash(1000))))
    expect([first.reachesTarget, donationProgress(campaign, first.state).missingMinor]).toEqual([false, 1000])
    const second = unwrap(donate(campaign, first.state, request('d2', cash(700))))
    expect([second.reachesTarget, donationProgress(campaign, second.state).missingMinor]).toEqual([true, 0])
    expect(donate(campaign, second.state, request('d3', cash(1)))).toMatchObject({
      left: [{ _tag: 'DonationRefused', reason: 'targetReached' }],
    })
    const open = campaignOf({ targetMinor: 3000 })
    expect(unwrap(donate(open, second.state, request('d3', cash(1)))).reachesTarget).toBe(false)
  })

  test('is open from its first instant to its end; faults are all told', () => {
    const campaign = campaignOf({ open: { from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z' } })
    const reasons = (time: string) => {
      const result = donate(campaign, noDonations(campaign), request('d1', cash(0), { at: at(time) }))
      return result._tag === 'Left'
        ? result.left.map((fault) => ('reason' in fault ? fault.reason : fault.path[2]))
        : []
    }
    expect(reasons('2026-02-28T23:59:59Z')).toEqual(['notYetOpen', 'minor'])
    expect(reasons('2026-03-01T00:00:00Z')).toEqual(['minor'])
    expect(reasons('2026-04-01T00:00:00Z')).toEqual(['ended', 'minor'])
    const dollars = { type: 'money' as const, amount: { minor: 100, currency: 'USD' as Currency } }
    expect(donate(campaign, noDonations(campaign), request('d1', dollars))).toMatchObject({
      left: [{ path: ['source', 'amount', 'currency'] }],
    })
  })

  test('the same donation again changes nothing; another one under its id is refused', () => {
    const campaign = campaignOf()
    const state = given(campaign, [request('d1', points(1000))])
    expect(unwrap(donate(campaign, state, request('d1', points(1000))))).toEqual({
      state,
      given: eur(0),
      matched: eur(0),
      desiredMatch: eur(0),
      reachesTarget: false,
    })
    for (const other of [points(2000), cash(500), { type: 'roundUp' as const, amount: eur(500) }]) {
      expect(donate(campaign, state, request('d1', other))).toMatchObject({ left: [{ _tag: 'DonationConflict' }] })
    }
  })

  test('sums stay exact', () => {
    const campaign = campaignOf()
    const state = given(campaign, [request('d1', cash(2 ** 52 - 1))])
    expect(donate(campaign, state, request('d2', cash(1)))).toMatchObject({ left: [{ _tag: 'OutOfRange' }] })
    const dear = campaignOf({ price: { points: 1, price: { amount: '1000.00', currency: 'EUR' } } })
    const all = (Number.MAX_SAFE_INTEGER - 991) as Points
    expect(mostDonation(dear, all)._tag).toBe('Left')
    expect(donate(dear, noDonations(dear), request('d1', points(all)))).toMatchObject({
      left: [{ _tag: 'OutOfRange' }],
    })
  })

  test('a state whose sum or order is wrong is refused', () => {
    const campaign = campaignOf()
    const json = DonationState.encode(
      given(campaign, [request('d1', cash(5)), request('d2', cash(7))]),
    ) as DonationState
    const wrong = { ...json, givenMinor: 13, donations: [...json.donations].reverse() }
    expect(decode(DonationState, wrong)).toMatchObject({ left: [{ path: ['donations'] }, { path: ['givenMinor'] }] })
  })

  test('a step must be worth whole minor units', () => {
    expect(decode(DonationCampaign, { ...json, step: 1 })).toMatchObject({ left: [{ path: ['step'] }] })
    expect(decode(DonationCampaign, { ...json, step: 2 })._tag).toBe('Right')
    const nothing = { points: 200, price: { amount: '0.00', currency: 'EUR' } }
    expect(decode(DonationCampaign, { ...json, price: nothing })._tag).toBe('Left')
  })
})

describe('a round-up', () => {
  test('17.35 to whole euros is 0.65; 18.00 is nothing; 17.35 to fives is 2.65', () => {
    expect(unwrap(roundUpDonation(eur(1735), 100)).minor).toBe(65)
    expect(unwrap(roundUpDonation(eur(1800), 100)).minor).toBe(0)
    expect(unwrap(roundUpDonation(eur(1735), 500)).minor).toBe(265)
    expect(roundUpDonation(eur(-1), 0)).toMatchObject({ left: [{ path: ['total', 'minor'] }, { path: ['fullMinor'] }] })
  })

  test('it is the least amount that makes the total full', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 10_000 }), (total, full) => {
        const { minor } = unwrap(roundUpDonation(eur(total), full))
        expect((total + minor) % full).toBe(0)
        expect(minor).toBeGreaterThanOrEqual(0)
        expect(minor).toBeLessThan(full)
      }),
    )
  })
})

test('a goal that a member shares: what all give for it, and what the owner did', () => {
  const campaign = campaignOf()
  const goal = unwrap(decode(DonationGoal, { id: 'anna-runs', owner: 'anna', targetMinor: 1500 }))
  const its = { goal: goal.id }
  const state = given(campaign, [
    request('d1', cash(500), its),
    request('d2', points(1000), { ...its, member: 'ben' as MemberId }),
    request('d3', { type: 'roundUp', amount: eur(65) }, { ...its, member: null }),
    request('d4', cash(9999)),
  ])
  expect(donationGoalProgress(goal, state)).toEqual({
    goal: 'anna-runs',
    ownMinor: 500,
    givenMinor: 1065,
    missingMinor: 435,
    isReached: false,
    members: 2,
  })
  const reached = unwrap(donate(campaign, state, request('d5', cash(435), its))).state
  expect(donationGoalProgress(goal, reached)).toMatchObject({ isReached: true, missingMinor: 0 })
})

const campaignArbitrary = fc
  .record({
    step: fc.constantFrom(2, 1000),
    match: fc.option(
      fc.record({
        basisPoints: fc.integer({ min: 1, max: 20_000 }),
        capMinor: fc.option(fc.integer({ min: 1, max: 5000 })),
        rounding: fc.constantFrom('floor', 'ceil', 'halfUp', 'halfEven'),
      }),
    ),
    targetMinor: fc.option(fc.integer({ min: 1, max: 10_000 })),
    open: fc.constantFrom(null, { from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }),
  })
  .map(campaignOf)
const requestsArbitrary = fc
  .array(
    fc.record({
      source: fc.oneof(
        fc.integer({ min: 1, max: 5 }).map((steps) => points(steps * 1000)),
        fc.integer({ min: 1, max: 3000 }).map(cash),
        fc.integer({ min: 1, max: 99 }).map((minor) => ({ type: 'roundUp' as const, amount: eur(minor) })),
      ),
      member: fc.constantFrom(null, 'anna', 'ben').map((name) => name as MemberId | null),
      goal: fc.constantFrom(null, 'anna-runs').map((id) => id as DonationGoalId | null),
    }),
    { maxLength: 12 },
  )
  .map((list) => list.map((one, index) => request(`d${(index * 7) % 13}`, one.source, one)))

describe('laws', () => {
  test('the order of donations makes no difference to what is raised', () => {
    fc.assert(
      fc.property(campaignArbitrary, requestsArbitrary, fc.nat(), (campaign, requests, turn) => {
        const turned = [...requests.slice(turn % 13), ...requests.slice(0, turn % 13)].reverse()
        expect(given(campaign, turned)).toEqual(given(campaign, frozen(requests)))
      }),
    )
  })

  test('however an amount is split, the shop adds the same, never more than its cap, and never takes back', () => {
    fc.assert(
      fc.property(
        campaignArbitrary,
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 }),
        (campaign, parts) => {
          let state = noDonations(campaign)
          let matched = 0
          for (const [index, minor] of parts.entries()) {
            const made = unwrap(donate(campaign, state, request(`d${index}`, cash(minor))))
            expect(made.matched.minor).toBeGreaterThanOrEqual(0)
            matched += made.matched.minor
            state = made.state
          }
          const whole = unwrap(donate(campaign, noDonations(campaign), request('d', cash(state.givenMinor))))
          expect([matched, state.matchedMinor]).toEqual([whole.matched.minor, whole.matched.minor])
          expect(matched).toBeLessThanOrEqual(campaign.match?.capMinor ?? Number.POSITIVE_INFINITY)
        },
      ),
    )
  })

  test('what is given is exactly what the charity gets: debits are credits', () => {
    fc.assert(
      fc.property(campaignArbitrary, requestsArbitrary, fc.nat({ max: 5000 }), (campaign, requests, booked) => {
        let state = noDonations(campaign)
        let owed = 0
        for (const one of requests) {
          const made = unwrap(donate(campaign, state, one))
          state = made.state
          const postings = unwrap(donationPostings(campaign, one.source, made, eur(booked)))
          const sum = (side: string) =>
            postings.filter((one) => one.side === side).reduce((total, { amount }) => total + amount.minor, 0)
          expect(sum('debit')).toBe(sum('credit'))
          owed += postings.reduce((total, { account, amount }) => total + (account === 'payable' ? amount.minor : 0), 0)
        }
        expect(owed).toBe(donationProgress(campaign, state).raisedMinor)
      }),
    )
  })
})

codecLaws('DonationCampaign', DonationCampaign, campaignArbitrary)
codecLaws(
  'DonationState',
  DonationState,
  fc.tuple(campaignArbitrary, requestsArbitrary).map(([campaign, requests]) => given(campaign, requests)),
)
codecLaws(
  'Donation',
  Donation,
  requestsArbitrary
    .filter((requests) => requests.length > 0)
    .map((requests) => given(campaignOf(), requests).donations[0] as Donation),
)
codecLaws(
  'DonationGoal',
  DonationGoal,
  fc.record({
    id: fc.constantFrom('a', '__proto__').map((id) => id as DonationGoalId),
    owner: fc.constantFrom('anna', 'constructor').map((id) => id as MemberId),
    targetMinor: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  }),
)
