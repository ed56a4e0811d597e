// Schemes as airlines, hotels and shops publish them, under invented names, each with a member's years.
import { describe, expect, test } from 'vitest'
import { decode, unwrap } from '../../../src/foundation/index.ts'
import { Activity, decide } from '../../../src/program/index.ts'
import airline from './airline.json' with { type: 'json' }
import beauty from './beauty.json' with { type: 'json' }
import cafe from './cafe.json' with { type: 'json' }
import deducted from './deducted-airline.json' with { type: 'json' }
import hotel from './hotel.json' with { type: 'json' }
import lodges from './lodges.json' with { type: 'json' }
import { buys, does, joins, returns, schemeOf, undoes, walks } from './walk.ts'

const flies = (id: string, route: string, cabin: string, more: object = {}) => ({
  ...does('flight', id, { route, cabin }),
  ...more,
})
const long = (id: string, more: object = {}) => flies(id, 'intercontinental', 'business', more)

describe('an airline with calendar years and a soft landing', () => {
  const program = schemeOf(airline)

  test('S37 S40 S41 a member’s years', () => {
    walks(program, [
      {
        at: '2026-01-05T09:00:00+01:00',
        deed: joins,
        on: 'member since 2026-01-05',
        next: [
          'bronze: 200 points before 2027-01-01',
          'silver: 500 points before 2027-01-01',
          'gold: 1000 points before 2027-01-01',
        ],
        keep: null,
        events: ['enrolled', 'ladderJoined'],
      },
      {
        at: '2026-02-10T22:15:00+01:00',
        deed: long('f1'),
        on: 'bronze since 2026-02-10 until 2028-01-01',
        next: ['silver: 300 points before 2027-01-01', 'gold: 800 points before 2027-01-01'],
        keep: '200 points from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+200 points', 'upgraded by reach: member to bronze'],
      },
      {
        at: '2026-03-02T10:00:00+01:00',
        deed: long('f2'),
        on: 'bronze since 2026-02-10 until 2028-01-01',
        next: ['silver: 100 points before 2027-01-01', 'gold: 600 points before 2027-01-01'],
        keep: '200 points from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+200 points'],
      },
      {
        // The evening of the day on which summer time begins.
        at: '2026-03-29T23:30:00+02:00',
        deed: long('f3'),
        on: 'silver since 2026-03-29 until 2028-01-01',
        next: ['gold: 400 points before 2027-01-01'],
        keep: '500 points from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+200 points', 'upgraded by reach: bronze to silver'],
      },
      {
        // The flight was credited by mistake: the tier would be taken back at the end of the year …
        at: '2026-05-04T09:00:00+02:00',
        deed: undoes('u1', 'f3'),
        on: 'silver since 2026-03-29 until 2028-01-01',
        next: ['gold: 600 points before 2027-01-01'],
        keep: '500 points from 2027-01-01 before 2028-01-01',
        events: ['earningReduced', 'reversed', '-200 points'],
      },
      {
        // … were it not reached again by then.
        at: '2026-08-20T10:00:00+02:00',
        deed: long('f4'),
        on: 'silver since 2026-03-29 until 2028-01-01',
        next: ['gold: 400 points before 2027-01-01'],
        keep: '500 points from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+200 points'],
      },
      {
        at: '2026-12-31T23:59:59.999+01:00',
        deed: flies('f5', 'intercontinental', 'economy'),
        on: 'silver since 2026-03-29 until 2028-01-01',
        next: ['gold: 340 points before 2027-01-01'],
        keep: '500 points from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+60 points'],
      },
      {
        at: '2027-01-01T00:00:00+01:00',
        deed: null,
        on: 'silver since 2026-03-29 until 2028-01-01',
        next: ['gold: 1000 points before 2028-01-01'],
        keep: '500 points before 2028-01-01',
        events: ['held by return'],
      },
      {
        // Two flights of December are credited in January: they count to the old year, which is looked at again.
        at: '2027-01-04T09:00:00+01:00',
        deed: long('f6', { occurredAt: '2026-12-28T08:00:00+01:00' }),
        on: 'silver since 2026-03-29 until 2028-01-01',
        next: ['gold: 1000 points before 2028-01-01'],
        keep: '500 points before 2028-01-01',
        events: ['accrued', '+200 points', 'held by keep'],
      },
      {
        at: '2027-01-05T09:00:00+01:00',
        deed: long('f7', { occurredAt: '2026-12-30T08:00:00+01:00' }),
        on: 'gold since 2027-01-05 until 2028-01-01',
        next: [],
        keep: '1000 points before 2028-01-01',
        events: ['accrued', '+200 points', 'upgraded by reach: silver to gold'],
      },
      {
        at: '2027-07-01T10:00:00+02:00',
        deed: long('f8'),
        on: 'gold since 2027-01-05 until 2028-01-01',
        next: [],
        keep: '800 points before 2028-01-01',
        events: ['accrued', '+200 points'],
      },
      {
        at: '2027-12-31T23:59:59.999+01:00',
        deed: null,
        on: 'gold since 2027-01-05 until 2028-01-01',
        next: [],
        keep: '800 points before 2028-01-01',
        events: [],
      },
      {
        // 200 points are those of bronze: one tier down is silver.
        at: '2028-01-01T00:00:00+01:00',
        deed: null,
        on: 'silver since 2028-01-01 until 2029-01-01',
        next: ['gold: 1000 points before 2029-01-01'],
        keep: '500 points before 2029-01-01',
        events: ['downgraded by keep: gold to silver'],
      },
      {
        at: '2029-01-01T00:00:00+01:00',
        deed: null,
        on: 'bronze since 2029-01-01 until 2030-01-01',
        next: ['silver: 500 points before 2030-01-01', 'gold: 1000 points before 2030-01-01'],
        keep: '200 points before 2030-01-01',
        events: ['downgraded by keep: silver to bronze'],
      },
      {
        at: '2029-06-01T10:00:00+02:00',
        deed: long('f9'),
        on: 'bronze since 2029-01-01 until 2030-01-01',
        next: ['silver: 300 points before 2030-01-01', 'gold: 800 points before 2030-01-01'],
        keep: 'nothing before 2030-01-01',
        events: ['accrued', '+200 points'],
      },
      {
        at: '2030-01-01T00:00:00+01:00',
        deed: null,
        on: 'bronze since 2029-01-01 until 2031-01-01',
        next: ['silver: 500 points before 2031-01-01', 'gold: 1000 points before 2031-01-01'],
        keep: '200 points before 2031-01-01',
        events: ['renewed by keep'],
      },
    ])
  })
})

describe('an airline whose thresholds are deducted, with rollover, by years from enrolment', () => {
  const program = schemeOf(deducted)
  const trip = (id: string, segments: number) => does('trip', id, { segments })

  test('S43 a member’s years, who joined on 29 February', () => {
    walks(program, [
      {
        at: '2024-02-29T10:00:00+01:00',
        deed: joins,
        on: 'explorer since 2024-02-29',
        next: [
          'silver: 100 points before 2025-02-28',
          'gold: 280 points before 2025-02-28',
          'platinum: 580 points before 2025-02-28',
        ],
        keep: null,
        events: ['enrolled', 'ladderJoined'],
      },
      {
        // Half an hour after the clock went from two to three.
        at: '2024-03-31T03:30:00+02:00',
        deed: trip('t1', 12),
        on: 'silver since 2024-03-31 until 2026-02-28',
        next: ['gold: 160 points before 2025-02-28', 'platinum: 460 points before 2025-02-28'],
        keep: '80 points from 2025-02-28 before 2026-02-28',
        events: ['accrued', '+120 points', 'upgraded by reach: explorer to silver'],
      },
      {
        at: '2024-06-01T10:00:00+02:00',
        deed: trip('t2', 10),
        on: 'silver since 2024-03-31 until 2026-02-28',
        next: ['gold: 60 points before 2025-02-28', 'platinum: 360 points before 2025-02-28'],
        keep: 'nothing from 2025-02-28 before 2026-02-28',
        events: ['accrued', '+100 points'],
      },
      {
        at: '2024-09-01T10:00:00+02:00',
        deed: trip('t3', 9),
        on: 'gold since 2024-09-01 until 2026-02-28',
        next: ['platinum: 270 points before 2025-02-28'],
        keep: '150 points from 2025-02-28 before 2026-02-28',
        events: ['accrued', '+90 points', 'upgraded by reach: silver to gold'],
      },
      {
        at: '2024-09-10T10:00:00+02:00',
        deed: undoes('u1', 't3'),
        on: 'silver since 2024-03-31 until 2026-02-28',
        next: ['gold: 60 points before 2025-02-28', 'platinum: 360 points before 2025-02-28'],
        keep: 'nothing from 2025-02-28 before 2026-02-28',
        events: ['earningReduced', 'reversed', '-90 points', 'downgraded by return: gold to silver'],
      },
      {
        // The second half past two of the night in which summer time ends.
        at: '2024-10-27T02:30:00+01:00',
        deed: trip('t4', 9),
        on: 'gold since 2024-10-27 until 2026-02-28',
        next: ['platinum: 270 points before 2025-02-28'],
        keep: '150 points from 2025-02-28 before 2026-02-28',
        events: ['accrued', '+90 points', 'upgraded by reach: silver to gold'],
      },
      {
        at: '2025-02-27T23:59:59.999+01:00',
        deed: trip('t5', 1),
        on: 'gold since 2024-10-27 until 2026-02-28',
        next: ['platinum: 260 points before 2025-02-28'],
        keep: '140 points from 2025-02-28 before 2026-02-28',
        events: ['accrued', '+10 points'],
      },
      {
        at: '2025-02-28T00:00:00+01:00',
        deed: null,
        on: 'gold since 2024-10-27 until 2026-02-28',
        next: ['platinum: 260 points before 2026-02-28'],
        keep: '140 points before 2026-02-28',
        events: [],
      },
      {
        at: '2025-05-01T10:00:00+02:00',
        deed: trip('t6', 16),
        on: 'gold since 2024-10-27 until 2026-02-28',
        next: ['platinum: 100 points before 2026-02-28'],
        keep: 'nothing before 2026-02-28',
        events: ['accrued', '+160 points'],
      },
      {
        // Keeping gold uses up 180 of the 200, those of the year before first.
        at: '2026-02-28T00:00:00+01:00',
        deed: null,
        on: 'gold since 2024-10-27 until 2027-02-28',
        next: ['platinum: 280 points before 2027-02-28'],
        keep: '160 points before 2027-02-28',
        events: ['renewed by keep'],
      },
      {
        // 320 are left over, of which 300 are taken into the next year.
        at: '2026-03-05T10:00:00+01:00',
        deed: trip('t7', 60),
        on: 'platinum since 2026-03-05 until 2028-02-29',
        next: [],
        keep: 'nothing from 2027-02-28 before 2028-02-29',
        events: ['accrued', '+600 points', 'upgraded by reach: gold to platinum'],
      },
      {
        at: '2027-02-28T00:00:00+01:00',
        deed: null,
        on: 'platinum since 2026-03-05 until 2028-02-29',
        next: [],
        keep: 'nothing before 2028-02-29',
        events: [],
      },
      {
        at: '2028-02-29T00:00:00+01:00',
        deed: null,
        on: 'platinum since 2026-03-05 until 2029-02-28',
        next: [],
        keep: '300 points before 2029-02-28',
        events: ['renewed by keep'],
      },
      {
        at: '2029-02-28T00:00:00+01:00',
        deed: null,
        on: 'gold since 2029-02-28 until 2030-02-28',
        next: ['platinum: 300 points before 2030-02-28'],
        keep: '180 points before 2030-02-28',
        events: ['downgraded by keep: platinum to gold'],
      },
    ])
  })
})

describe('a hotel by nights or spend, with a tier for life', () => {
  const program = schemeOf(hotel)
  const stays = (id: string, nights: number) => does('stay', id, { nights })

  test('S20 a member’s years', () => {
    walks(program, [
      {
        at: '2022-06-15T12:00:00+02:00',
        deed: joins,
        on: 'guest since 2022-06-15',
        next: [
          'silver: 10 nights or 200000 spend before 2023-01-01',
          'gold: 25 nights or 600000 spend before 2023-01-01',
          'platinum: 60 nights or 1500000 spend before 2023-01-01',
        ],
        keep: null,
        events: ['enrolled', 'ladderJoined'],
      },
      {
        at: '2022-07-10T09:00:00+02:00',
        deed: stays('s1', 6),
        on: 'guest since 2022-06-15',
        next: [
          'silver: 4 nights or 200000 spend before 2023-01-01',
          'gold: 19 nights or 600000 spend before 2023-01-01',
          'platinum: 54 nights or 1500000 spend before 2023-01-01',
        ],
        keep: null,
        events: ['+6 nights', '+6 lifetimeNights'],
      },
      {
        at: '2022-07-10T09:01:00+02:00',
        deed: buys('b1', '900.00'),
        on: 'guest since 2022-06-15',
        next: [
          'silver: 4 nights or 110000 spend before 2023-01-01',
          'gold: 19 nights or 510000 spend before 2023-01-01',
          'platinum: 54 nights or 1410000 spend before 2023-01-01',
        ],
        keep: null,
        events: ['accrued', '+90000 spend'],
      },
      {
        at: '2022-11-20T17:00:00+01:00',
        deed: buys('b2', '5200.00'),
        on: 'gold since 2022-11-20 until 2024-01-01',
        next: ['platinum: 54 nights or 890000 spend before 2023-01-01'],
        keep: '25 nights or 600000 spend from 2023-01-01 before 2024-01-01',
        events: ['accrued', '+520000 spend', 'extended', 'upgraded by reach: guest to gold'],
      },
      {
        // The bill is refunded, and the tier stays to the end of its validity.
        at: '2022-11-28T17:00:00+01:00',
        deed: returns('r1', 'b2'),
        on: 'gold since 2022-11-20 until 2024-01-01',
        next: ['platinum: 54 nights or 1410000 spend before 2023-01-01'],
        keep: '25 nights or 600000 spend from 2023-01-01 before 2024-01-01',
        events: ['earningReduced', 'reversed', '-520000 spend'],
      },
      {
        at: '2023-12-31T23:59:59.999+01:00',
        deed: stays('s2', 20),
        on: 'gold since 2022-11-20 until 2024-01-01',
        next: ['platinum: 40 nights or 1500000 spend before 2024-01-01'],
        keep: '5 nights or 600000 spend before 2024-01-01',
        events: ['+20 nights', '+20 lifetimeNights'],
      },
      {
        // Too few nights: two months more, in which gold could be earned again.
        at: '2024-01-01T00:00:00+01:00',
        deed: null,
        on: 'gold since 2022-11-20 until 2024-03-01',
        next: ['platinum: 60 nights or 1500000 spend before 2025-01-01'],
        keep: '25 nights or 600000 spend before 2024-03-01',
        events: ['held by keep'],
      },
      {
        at: '2024-02-10T09:00:00+01:00',
        deed: stays('s3', 5),
        on: 'gold since 2022-11-20 until 2024-03-01',
        next: ['platinum: 55 nights or 1500000 spend before 2025-01-01'],
        keep: '20 nights or 600000 spend before 2024-03-01',
        events: ['+5 nights', '+5 lifetimeNights'],
      },
      {
        // The 20 nights of 2023 are those of silver.
        at: '2024-03-01T00:00:00+01:00',
        deed: null,
        on: 'silver since 2024-03-01 until 2025-01-01',
        next: [
          'gold: 20 nights or 600000 spend before 2025-01-01',
          'platinum: 55 nights or 1500000 spend before 2025-01-01',
        ],
        keep: '5 nights or 200000 spend before 2025-01-01',
        events: ['downgraded by grace: gold to silver'],
      },
      {
        at: '2024-05-01T09:00:00+02:00',
        deed: stays('s4', 30),
        on: 'gold since 2024-05-01 until 2026-01-01',
        next: ['platinum: 25 nights or 1500000 spend before 2025-01-01'],
        keep: '25 nights or 600000 spend from 2025-01-01 before 2026-01-01',
        events: ['+30 nights', '+30 lifetimeNights', 'upgraded by reach: silver to gold'],
      },
      {
        at: '2026-01-01T00:00:00+01:00',
        deed: null,
        on: 'gold since 2024-05-01 until 2026-03-01',
        next: ['platinum: 60 nights or 1500000 spend before 2027-01-01'],
        keep: '25 nights or 600000 spend before 2026-03-01',
        events: ['expired', 'held by keep'],
      },
      {
        at: '2026-03-01T00:00:00+01:00',
        deed: null,
        on: 'guest since 2026-03-01',
        next: [
          'silver: 10 nights or 200000 spend before 2027-01-01',
          'gold: 25 nights or 600000 spend before 2027-01-01',
          'platinum: 60 nights or 1500000 spend before 2027-01-01',
        ],
        keep: null,
        events: ['downgraded by grace: gold to guest'],
      },
      {
        at: '2027-06-14T23:59:59.999+02:00',
        deed: null,
        on: 'guest since 2026-03-01',
        next: [
          'silver: 10 nights or 200000 spend before 2028-01-01',
          'gold: 25 nights or 600000 spend before 2028-01-01',
          'platinum: 60 nights or 1500000 spend before 2028-01-01',
        ],
        keep: null,
        events: [],
      },
      {
        // 61 nights in all, and five years a member: gold for life.
        at: '2027-06-15T00:00:00+02:00',
        deed: null,
        on: 'gold since 2027-06-15',
        next: [
          'silver: 10 nights or 200000 spend before 2028-01-01',
          'gold: 25 nights or 600000 spend before 2028-01-01',
          'platinum: 60 nights or 1500000 spend before 2028-01-01',
        ],
        keep: null,
        events: ['upgraded by claim: guest to gold'],
      },
      {
        at: '2027-07-01T09:00:00+02:00',
        deed: stays('s5', 60),
        on: 'platinum since 2027-07-01 until 2029-01-01',
        next: [],
        keep: '60 nights or 1500000 spend from 2028-01-01 before 2029-01-01',
        events: ['+60 nights', '+60 lifetimeNights', 'upgraded by reach: gold to platinum'],
      },
      {
        at: '2029-01-01T00:00:00+01:00',
        deed: null,
        on: 'platinum since 2027-07-01 until 2029-03-01',
        next: [],
        keep: '60 nights or 1500000 spend before 2029-03-01',
        events: ['held by keep'],
      },
      {
        at: '2029-03-01T00:00:00+01:00',
        deed: null,
        on: 'gold since 2029-03-01',
        next: [
          'silver: 10 nights or 200000 spend before 2030-01-01',
          'gold: 25 nights or 600000 spend before 2030-01-01',
          'platinum: 60 nights or 1500000 spend before 2030-01-01',
        ],
        keep: null,
        events: ['downgraded by grace: platinum to gold'],
      },
    ])
  })
})

describe('a beauty retailer with calendar years', () => {
  const program = schemeOf(beauty)

  test('S38 S40 a member’s years', () => {
    walks(program, [
      {
        at: '2026-01-02T12:00:00+01:00',
        deed: joins,
        on: 'friend since 2026-01-02',
        next: ['muse: 35000 spend before 2027-01-01', 'icon: 100000 spend before 2027-01-01'],
        keep: null,
        events: ['enrolled', 'ladderJoined'],
      },
      {
        at: '2026-02-14T12:00:00+01:00',
        deed: buys('o1', '400.00'),
        on: 'muse since 2026-02-14 until 2028-01-01',
        next: ['icon: 60000 spend before 2027-01-01'],
        keep: '35000 spend from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+40000 spend', 'upgraded by reach: friend to muse'],
      },
      {
        // To the end of the next year, with the gift for it.
        at: '2026-03-10T18:00:00+01:00',
        deed: buys('o2', '620.00'),
        on: 'icon since 2026-03-10 until 2028-01-01',
        next: [],
        keep: '100000 spend from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+62000 spend', 'upgraded by reach: muse to icon', 'accrued'],
      },
      {
        at: '2026-03-20T12:00:00+01:00',
        deed: returns('r1', 'o2'),
        on: 'muse since 2026-02-14 until 2028-01-01',
        next: ['icon: 60000 spend before 2027-01-01'],
        keep: '35000 spend from 2027-01-01 before 2028-01-01',
        // The gift goes with the tier.
        events: [
          'earningReduced',
          'reversed',
          '-62000 spend',
          'downgraded by return: icon to muse',
          'earningReduced',
          'reversed',
        ],
      },
      {
        // Reached again in the same year: no second gift.
        at: '2026-04-01T12:00:00+02:00',
        deed: buys('o3', '700.00'),
        on: 'icon since 2026-04-01 until 2028-01-01',
        next: [],
        keep: '100000 spend from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+70000 spend', 'upgraded by reach: muse to icon'],
      },
      {
        at: '2026-12-31T23:59:59.999+01:00',
        deed: buys('o4', '40.00'),
        on: 'icon since 2026-04-01 until 2028-01-01',
        next: [],
        keep: '100000 spend from 2027-01-01 before 2028-01-01',
        events: ['accrued', '+4000 spend'],
      },
      {
        at: '2027-01-01T00:00:00+01:00',
        deed: buys('o5', '60.00'),
        on: 'icon since 2026-04-01 until 2028-01-01',
        next: [],
        keep: '94000 spend before 2028-01-01',
        events: ['accrued', '+6000 spend'],
      },
      {
        // What is returned of the year before takes nothing from this one.
        at: '2027-01-15T12:00:00+01:00',
        deed: returns('r2', 'o4'),
        on: 'icon since 2026-04-01 until 2028-01-01',
        next: [],
        keep: '94000 spend before 2028-01-01',
        events: ['earningReduced', 'reversed', '-4000 spend'],
      },
      {
        at: '2027-05-05T12:00:00+02:00',
        deed: buys('o6', '300.00'),
        on: 'icon since 2026-04-01 until 2028-01-01',
        next: [],
        keep: '64000 spend before 2028-01-01',
        events: ['accrued', '+30000 spend'],
      },
      {
        at: '2028-01-01T00:00:00+01:00',
        deed: null,
        on: 'muse since 2028-01-01 until 2029-01-01',
        next: ['icon: 100000 spend before 2029-01-01'],
        keep: '35000 spend before 2029-01-01',
        events: ['downgraded by keep: icon to muse'],
      },
    ])
  })
})

describe('a café that looks at the last twelve months', () => {
  const program = schemeOf(cafe)
  const drinks = (id: string, amount: string) => buys(id, amount, 'USD')

  test('S42 S38 a member’s years', () => {
    walks(program, [
      {
        at: '2025-11-20T08:00:00-05:00',
        deed: joins,
        on: 'green since 2025-11-20',
        next: ['gold: 300 stars'],
        keep: null,
        events: ['enrolled', 'ladderJoined'],
      },
      {
        at: '2025-12-31T23:59:59.999-05:00',
        deed: drinks('o1', '100.00'),
        on: 'green since 2025-11-20',
        next: ['gold: 200 stars'],
        keep: null,
        events: ['accrued', '+100 stars'],
      },
      {
        at: '2026-03-08T03:30:00-04:00',
        deed: drinks('o2', '120.00'),
        on: 'green since 2025-11-20',
        next: ['gold: 80 stars'],
        keep: null,
        events: ['accrued', '+120 stars'],
      },
      {
        at: '2026-05-15T08:00:00-04:00',
        deed: drinks('o3', '85.00'),
        on: 'gold since 2026-05-15 until 2027-05-15',
        next: [],
        keep: '240 stars from 2026-05-16 before 2027-05-15',
        events: ['accrued', '+85 stars', 'upgraded by reach: green to gold'],
      },
      {
        at: '2026-05-20T08:00:00-04:00',
        deed: returns('r1', 'o3'),
        on: 'green since 2025-11-20',
        next: ['gold: 80 stars'],
        keep: null,
        events: ['earningReduced', 'reversed', '-85 stars', 'downgraded by return: gold to green'],
      },
      {
        at: '2026-06-01T08:00:00-04:00',
        deed: drinks('o4', '90.00'),
        on: 'gold since 2026-06-01 until 2027-06-01',
        next: [],
        keep: '240 stars from 2026-06-02 before 2027-06-01',
        events: ['accrued', '+90 stars', 'upgraded by reach: green to gold'],
      },
      {
        // The second half past one of the night in which summer time ends.
        at: '2026-11-01T01:30:00-05:00',
        deed: drinks('o5', '150.00'),
        on: 'gold since 2026-06-01 until 2027-06-01',
        next: [],
        keep: '90 stars before 2027-06-01',
        events: ['expired', 'expired', 'accrued', '+150 stars'],
      },
      {
        // 260 are left of the last twelve months: the tier is held for its term.
        at: '2026-12-31T00:00:00-05:00',
        deed: null,
        on: 'gold since 2026-06-01 until 2027-06-01',
        next: [],
        keep: '90 stars before 2027-06-01',
        events: [],
      },
      {
        at: '2027-05-31T23:59:59.999-04:00',
        deed: drinks('o6', '90.00'),
        on: 'gold since 2026-06-01 until 2027-06-01',
        next: [],
        keep: 'nothing before 2027-06-01',
        events: ['expired', 'accrued', '+90 stars'],
      },
      {
        // 240 would not reach the tier, but keep it.
        at: '2027-06-01T00:00:00-04:00',
        deed: null,
        on: 'gold since 2026-06-01 until 2028-06-01',
        next: [],
        keep: '240 stars from 2027-06-02 before 2028-06-01',
        events: ['expired', 'renewed by keep'],
      },
      {
        at: '2028-06-01T00:00:00-04:00',
        deed: null,
        on: 'green since 2028-06-01',
        next: ['gold: 300 stars'],
        keep: null,
        events: ['expired', 'downgraded by keep: gold to green'],
      },
    ])
  })
})

describe('lodges that match the status of others, and share it in a household', () => {
  const program = schemeOf(lodges)
  const stays = (id: string, nights: number) => does('stay', id, { nights })
  const given = (id: string, tier: string, kind: string, until: string | null) => ({
    type: 'tierGrant',
    id,
    ladder: 'status',
    tier,
    kind,
    until,
    reason: '',
  })
  const match = (id: string) => ({ type: 'tierOffer', id, ladder: 'status', offer: 'match', reason: 'gold elsewhere' })

  test('S47 a member’s years', () => {
    const state = walks(program, [
      {
        at: '2026-03-01T12:00:00+01:00',
        deed: joins,
        on: 'guest since 2026-03-01',
        next: ['gold: 25 nights before 2027-01-01'],
        keep: null,
        events: ['enrolled', 'ladderJoined'],
      },
      {
        // For 90 days, of which one has 23 hours.
        at: '2026-03-10T12:00:00+01:00',
        deed: match('m1'),
        on: 'gold since 2026-03-10 until 2026-06-08',
        next: ['gold: 25 nights before 2027-01-01'],
        keep: null,
        events: ['tierClaimed', 'upgraded by claim: guest to gold'],
      },
      {
        at: '2026-04-02T09:00:00+02:00',
        deed: stays('s1', 4),
        on: 'gold since 2026-03-10 until 2026-06-08',
        next: ['gold: 25 nights before 2027-01-01'],
        keep: null,
        events: ['+4 nights'],
      },
      {
        at: '2026-05-20T09:00:00+02:00',
        deed: stays('s2', 2),
        on: 'gold since 2026-03-10 until 2027-05-20',
        next: ['gold: 25 nights before 2027-01-01'],
        keep: null,
        events: ['+2 nights', 'held by claim'],
      },
      {
        // The trial is over: nights count on the ladder again.
        at: '2026-05-21T09:00:00+02:00',
        deed: stays('s3', 3),
        on: 'gold since 2026-03-10 until 2027-05-20',
        next: ['gold: 22 nights before 2027-01-01'],
        keep: null,
        events: ['+3 nights'],
      },
      {
        at: '2027-05-19T23:59:59.999+02:00',
        deed: null,
        on: 'gold since 2026-03-10 until 2027-05-20',
        next: ['gold: 25 nights before 2028-01-01'],
        keep: null,
        events: [],
      },
      {
        at: '2027-05-20T00:00:00+02:00',
        deed: null,
        on: 'guest since 2026-03-01',
        next: ['gold: 25 nights before 2028-01-01'],
        keep: null,
        events: ['downgraded by claim: gold to guest'],
      },
      {
        // Somebody of the household has come onto gold.
        at: '2027-06-01T12:00:00+02:00',
        deed: given('g1', 'gold', 'relationship', null),
        on: 'gold since 2027-06-01',
        next: ['gold: 25 nights before 2028-01-01'],
        keep: null,
        events: ['tierClaimed', 'upgraded by claim: guest to gold'],
      },
      {
        at: '2027-09-01T12:00:00+02:00',
        deed: stays('s4', 30),
        on: 'gold since 2027-06-01',
        next: [],
        keep: '25 nights from 2028-01-01 before 2029-01-01',
        events: ['+30 nights', 'held by reach'],
      },
      {
        // The other one moves out: what was earned meanwhile remains.
        at: '2027-10-01T12:00:00+02:00',
        deed: { type: 'tierRevocation', id: 'v1', ladder: 'status', claim: 'g1' },
        on: 'gold since 2027-06-01 until 2029-01-01',
        next: [],
        keep: '25 nights from 2028-01-01 before 2029-01-01',
        events: ['tierClaimed', 'held by claim'],
      },
      {
        at: '2027-12-24T12:00:00+01:00',
        deed: given('g2', 'patron', 'invitation', '2028-12-24T00:00:00+01:00'),
        on: 'patron since 2027-12-24 until 2028-12-24',
        next: [],
        keep: '25 nights from 2028-01-01 before 2029-01-01',
        events: ['tierClaimed', 'upgraded by claim: gold to patron'],
      },
      {
        at: '2028-12-24T00:00:00+01:00',
        deed: null,
        on: 'gold since 2027-09-01 until 2029-01-01',
        next: [],
        keep: '25 nights before 2029-01-01',
        events: ['downgraded by claim: patron to gold'],
      },
      {
        at: '2029-01-01T00:00:00+01:00',
        deed: null,
        on: 'guest since 2029-01-01',
        next: ['gold: 25 nights before 2030-01-01'],
        keep: null,
        events: ['downgraded by keep: gold to guest'],
      },
    ])
    const again = (when: string) =>
      decide(program, state, unwrap(decode(Activity, { member: 'anna', at: when, ...match('m2') })))
    expect(again('2031-03-09T23:59:59.999+01:00')).toMatchObject({ left: [{ _tag: 'OfferUsed' }] })
    expect(again('2031-03-10T00:00:00+01:00')._tag).toBe('Right')
  })
})
