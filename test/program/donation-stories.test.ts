// Points given to a non-profit: matched, towards a target, with the member's goal shared.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatPath, type MemberId, unwrap } from '../../src/foundation/index.ts'
import {
  type Activity,
  countShared,
  Donated,
  decide,
  decodeProgram,
  explainTrace,
  germanTexts,
  noSharedUsage,
  ProgramCampaign,
  playOutcome,
  simulate,
} from '../../src/program/index.ts'
import { donatedArbitrary, programCampaign } from '../arbitraries/program-donations.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { activity, buys, eur, following, joins, points, rejected, returns, shop, shopJson } from './shop.ts'
import { world } from './world.ts'

const trees = {
  campaign: {
    id: 'trees',
    beneficiary: 'forest-fund',
    price: { points: 200, price: eur('1.00') },
    step: 1000,
    open: null,
    match: { basisPoints: 10_000, capMinor: 2500, rounding: 'floor' },
    targetMinor: 4000,
    pastTarget: 'refuse',
  },
  wallet: 'points',
}
const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T08:00:00Z`
const gives = (id: string, when: string, source: object, more: object = {}): Activity =>
  activity({ type: 'donation', id, at: when, campaign: 'trees', source, ...more })
const inPoints = (of: number) => ({ type: 'points', points: of })
const joined = joins(day(1))

describe('S62 points for a charity', () => {
  const program = shop({ campaigns: [trees] })
  const { state } = following(program, [joined, buys('o', day(2), '2350.00')])
  const decided = (one: Activity) => unwrap(decide(program, state, one, { shared: noSharedUsage }))

  test('2,000 of 2,350 points are 10 €, and the shop doubles it', () => {
    const { events, state: after, trace, sharedClaims } = decided(gives('d', day(3), inPoints(2000)))
    expect(points(after).active).toBe(350)
    expect(events.at(-1)).toMatchObject({
      type: 'donated',
      beneficiary: 'forest-fund',
      given: { minor: 1000 },
      matched: { minor: 1000 },
      reachesTarget: false,
    })
    expect(sharedClaims).toEqual([
      { type: 'donation', campaign: 'trees', givenMinor: 1000, matchedMinor: 1000, goal: null },
    ])
    expect(explainTrace(program, trace).at(-1)).toBe(
      '10.00 EUR (2,000 points) for forest-fund in campaign trees. The shop adds 10.00 EUR.',
    )
    expect(explainTrace(program, trace, { texts: germanTexts }).at(-1)).toBe(
      '10,00 EUR (2.000 points) für forest-fund in der Aktion trees. Der Laden legt 10,00 EUR dazu.',
    )
  })

  test('it is for good: it cannot be cancelled, and a return leaves it and is owed', () => {
    const { state: after } = decided(gives('d', day(3), inPoints(2000)))
    const cancel = activity({ type: 'redemptionCancellation', id: 'c', at: day(4), redemption: 'd' })
    expect(rejected(program, after, cancel)).toMatchObject([{ _tag: 'RedemptionNotCancellable' }])
    expect(points(following(program, [returns('r', day(4), 'o', { line: '1' })], after).state).debt).toBe(2000)
  })

  test('no part of a step, no points that are not there, and nothing to a campaign that there is not', () => {
    const refused = (one: Activity) => {
      const result = decide(program, state, one, { shared: noSharedUsage })
      return result._tag === 'Left' ? result.left : []
    }
    expect(refused(gives('d', day(3), inPoints(1500)))).toMatchObject([{ _tag: 'PointsNotPayable', below: 1000 }])
    expect(refused(gives('d', day(3), inPoints(3000)))).toMatchObject([{ _tag: 'InsufficientPoints' }])
    expect(refused(gives('d', day(3), inPoints(1000), { campaign: 'seas' }))).toMatchObject([
      { _tag: 'UnknownCampaign', campaign: 'seas' },
    ])
    expect(rejected(program, state, gives('d', day(3), inPoints(1000)))).toMatchObject([
      { _tag: 'MissingSharedUsage', of: 'trees' },
    ])
  })
})

describe('the goal that a member shares', () => {
  const program = shop({ campaigns: [trees] })
  const told = (who: string, source: object, more: object = {}): ReadonlyArray<Activity> =>
    [joined, buys('o', day(2), '2000.00'), gives('d', day(3), source, more)].map((one) => ({
      ...one,
      member: who as MemberId,
    }))
  const goal = { goal: 'anna-runs' }
  const history = [
    ...told('anna', inPoints(1000), goal),
    ...told('bob', { type: 'roundUp', amount: eur('0.65') }, goal),
    ...told('cleo', { type: 'money', amount: eur('20.00') }),
  ]

  test('counts what others give under its name, and the match ends at its cap', () => {
    expect(world(program, history).shared.campaigns).toEqual([
      { campaign: 'trees', givenMinor: 2565, matchedMinor: 2500, goals: [{ goal: 'anna-runs', givenMinor: 565 }] },
    ])
    const { steps } = unwrap(simulate(program, history, { trace: true }))
    const last = steps.at(-1)?.result
    expect(last?._tag === 'Right' ? explainTrace(program, last.right.trace).at(-1) : '').toBe(
      '20.00 EUR for forest-fund in campaign trees. The shop adds 19.35 EUR. The target is reached.',
    )
  })

  test('what is reached is closed, where the campaign says so', () => {
    const after = unwrap(simulate(program, [...history, ...told('dora', inPoints(1000))])).steps.at(-1)
    expect(after?.result).toMatchObject({ left: [{ _tag: 'DonationRefused', reason: 'targetReached' }] })
  })

  test('an outcome adds up what was given, by segment', () => {
    const { outcome } = unwrap(playOutcome(program, history, { segmentOf: (who) => (who === 'cleo' ? 'new' : 'old') }))
    expect(outcome.donations).toEqual([
      { segment: 'new', campaign: 'trees', givenMinor: 2000, matchedMinor: 1935 },
      { segment: 'old', campaign: 'trees', givenMinor: 565, matchedMinor: 565 },
    ])
  })

  test('any split of what is given comes to the same', () => {
    const halfUp = {
      ...trees,
      campaign: { ...trees.campaign, match: { basisPoints: 3333, capMinor: null, rounding: 'halfUp' } },
    }
    const one = shop({ campaigns: [{ ...halfUp, campaign: { ...halfUp.campaign, targetMinor: null } }] })
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 6 }), (minors) => {
        const give = (all: ReadonlyArray<number>) =>
          all.reduce(
            ({ state, shared }, minor, index) => {
              const amount = { minor, currency: 'EUR' as never }
              const donation = {
                ...gives(`d${index}`, day(3), { type: 'money', amount: eur('1.00') }),
                source: { type: 'money', amount },
              }
              const decision = unwrap(decide(one, state, donation as Activity, { shared }))
              return { state: decision.state, shared: countShared(shared, decision.sharedClaims) }
            },
            { state: following(one, [joined]).state, shared: noSharedUsage },
          ).shared
        const sum = minors.reduce((total, minor) => total + minor, 0)
        expect(give(minors)).toEqual(give([sum]))
      }),
    )
  })
})

test('a campaign that does not fit is reported with its place', () => {
  const foreign = { ...trees.campaign, price: { points: 200, price: { amount: '1.00', currency: 'USD' } } }
  const decoded = decodeProgram({ ...shopJson, campaigns: [trees, { campaign: foreign, wallet: 'miles' }] })
  expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
    'campaigns[1].campaign.id',
    'campaigns[1].wallet',
    'campaigns[1].campaign.price.price.currency',
  ])
})

codecLaws('Donated', Donated, donatedArbitrary)
codecLaws(
  'ProgramCampaign',
  ProgramCampaign,
  programCampaign.map((json) => unwrap(decode(ProgramCampaign, json))),
)
