// What products dispute, by examples.
import { describe, expect, test } from 'vitest'
import { formatInstant, type TierId, utc, type WalletId } from '../../src/foundation/index.ts'
import {
  advanceStanding,
  countQualifying,
  firstStanding,
  type Ladder,
  type MetricId,
  nextAssessment,
  reviseStanding,
  type Standing,
} from '../../src/tiers/index.ts'
import { realZone } from '../arbitraries/time.ts'
import { at, earns, gold, ladder, member, ofPoints, points, settled, tier } from './ladders.ts'

const place = ({ tier: on, validUntil }: Standing) => [on, validUntil === null ? null : formatInstant(validUntil)]

/** Takes back what counted at an instant, at a later one. */
const returned = (on: Ladder, standing: Standing, countedAt: string, count: number, asOf: string): Standing =>
  settled(
    on,
    countQualifying(on, utc, standing, { metric: points, count: -count, countedAt: at(countedAt) }, at(asOf)),
    at(asOf),
  )

const levelIn = ({ counts }: Standing) => (counts[0]?.buckets ?? []).reduce((sum: number, { count }) => sum + count, 0)

const three = [
  ['silver', 1000, 1000],
  ['gold', 2000, 2000],
  ['platinum', 3000, 3000],
] as const

describe('S20 Gold reached on 20 July, too little on 25 July, a month of grace', () => {
  const month = { amount: 1, unit: 'month' } as const
  const held = (from: 'tierStart' | 'disqualification' | 'tierExpiry') => {
    const on: Ladder = {
      ...ladder([['gold', 100, 100]]),
      validity: { type: 'whileQualified' },
      policy: { grace: { length: month, from } },
    }
    const up = earns(on, firstStanding(on, utc, at('2026-07-01T00:00:00Z')), at('2026-07-20T12:00:00Z'), 100)
    return { on, low: returned(on, up, '2026-07-20T12:00:00Z', 60, '2026-07-25T00:00:00Z') }
  }

  test('S20 counted from when the tier was entered: to the end of 19 August', () => {
    const { on, low } = held('tierStart')
    expect(place(low)).toEqual(['gold', '2026-08-20T00:00:00Z'])
    expect(place(settled(on, low, at('2026-08-20T00:00:00Z')))).toEqual(['basic', null])
  })

  test('S20 counted from when too little was found: to the end of 24 August', () => {
    expect(place(held('disqualification').low)).toEqual(['gold', '2026-08-25T00:00:00Z'])
    expect(place(held('tierExpiry').low)).toEqual(['gold', '2026-08-25T00:00:00Z'])
  })

  test('earned again in the grace, the tier is held as before', () => {
    const { on, low } = held('tierStart')
    const again = earns(on, low, at('2026-08-01T00:00:00Z'), 60)
    expect(place(again)).toEqual(['gold', null])
    expect(again.grace).toBeNull()
  })
})

describe('S38 Gold reached on 10 March 2026', () => {
  const reached: ReadonlyArray<readonly [string, number]> = [['2026-03-10T12:00:00Z', 1000]]

  test('S38 to the end of the next year and 7 days of grace: to the end of 7 January 2028', () => {
    const on: Ladder = { ...gold, policy: { grace: { length: { amount: 7, unit: 'day' }, from: 'tierExpiry' } } }
    const graced = settled(on, member(on, reached), at('2028-01-01T00:00:00Z'))
    expect(place(graced)).toEqual(['gold', '2028-01-08T00:00:00Z'])
    expect(place(settled(on, graced, at('2028-01-08T00:00:00Z')))).toEqual(['basic', null])
  })

  test('S38 twelve months from reaching it, anew with each upgrade', () => {
    const on: Ladder = {
      ...ladder([...three]),
      period: { type: 'tierEntry', months: 12 },
      validity: { type: 'term', length: { amount: 12, unit: 'month' } },
    }
    const silver = member(on, [['2026-05-15T12:00:00Z', 1000]])
    expect(place(silver)).toEqual(['silver', '2027-05-15T00:00:00Z'])
    expect(place(earns(on, silver, at('2026-09-01T00:00:00Z'), 2000))).toEqual(['gold', '2027-09-01T00:00:00Z'])
    const fixed: Ladder = {
      ...on,
      validity: { type: 'term', length: { amount: 12, unit: 'month' }, resetOnUpgrade: false },
    }
    expect(place(earns(fixed, silver, at('2026-09-01T00:00:00Z'), 2000))).toEqual(['gold', '2027-05-15T00:00:00Z'])
  })

  test('S38 for the last twelve months: guaranteed for the term although they fall', () => {
    const on: Ladder = {
      ...ladder([['gold', 1000, 1000]]),
      period: { type: 'rolling', length: { amount: 3, unit: 'month' } },
      validity: { type: 'term', length: { amount: 12, unit: 'month' } },
    }
    const up = member(on, reached)
    expect(settled(on, up, at('2027-03-09T00:00:00Z')).tier).toBe('gold')
    expect(settled(on, up, at('2027-03-10T00:00:00Z')).tier).toBe('basic')
  })

  test('to a day of the year, at least so long after it was reached', () => {
    const on: Ladder = {
      ...gold,
      validity: {
        type: 'yearly',
        on: { unit: 'year', startMonth: 2, startDay: 1 },
        atLeast: { amount: 12, unit: 'month' },
      },
    }
    expect(place(member(on, reached))).toEqual(['gold', '2028-02-01T00:00:00Z'])
  })

  test('S18 terms are counted from the day on which it was reached, not from one another', () => {
    const on: Ladder = {
      ...ladder([['gold', 1, 1]]),
      period: { type: 'lifetime' },
      validity: { type: 'term', length: { amount: 1, unit: 'month' } },
    }
    const up = member(on, [['2026-01-31T12:00:00Z', 1]])
    const ends = ['2026-02-28T00:00:00Z', '2026-03-31T00:00:00Z', '2026-04-30T00:00:00Z']
    let now = up
    for (const end of ends) {
      expect(place(now)).toEqual(['gold', end])
      now = settled(on, now, at(end))
    }
  })
})

describe('S40 980, then 50 more to Gold, and the 50 are returned', () => {
  const deed = '2026-05-01T12:00:00Z'
  const up = (on: Ladder) =>
    member(on, [
      ['2026-04-01T12:00:00Z', 980],
      [deed, 50],
    ])

  test('S40 the tier stays to the end of its validity', () => {
    expect(place(returned(gold, up(gold), deed, 50, '2026-05-05T00:00:00Z'))).toEqual(['gold', '2028-01-01T00:00:00Z'])
  })

  test('S40 the tier is taken back at once', () => {
    const on: Ladder = { ...gold, policy: { returns: 'atOnce' } }
    const before = member(on, [['2026-04-01T12:00:00Z', 980]])
    const back = returned(on, up(on), deed, 50, '2026-05-05T00:00:00Z')
    expect({ ...back, gifts: [] }).toEqual(before)
  })

  test('S40 the tier is taken back at the end of the period, unless it is earned again by then', () => {
    const on: Ladder = { ...gold, policy: { returns: 'periodEnd' } }
    const back = returned(on, up(on), deed, 50, '2026-05-05T00:00:00Z')
    expect(place(back)).toEqual(['gold', '2028-01-01T00:00:00Z'])
    expect(place(settled(on, back, at('2027-01-01T00:00:00Z')))).toEqual(['basic', null])
    const again = earns(on, back, at('2026-12-01T00:00:00Z'), 20)
    expect(place(settled(on, again, at('2027-01-01T00:00:00Z')))).toEqual(['gold', '2028-01-01T00:00:00Z'])
  })

  test('S40 a reward for the upgrade is due once a period, however often it is reached', () => {
    const on: Ladder = { ...gold, policy: { returns: 'atOnce' } }
    const back = returned(on, up(on), deed, 50, '2026-05-05T00:00:00Z')
    const rewards = (standing: Standing, when: string) => {
      const counted = countQualifying(on, utc, standing, { metric: points, count: 1000, countedAt: at(when) })
      return advanceStanding(on, utc, counted, at(when)).assessments.map(({ isRewarded }) => isRewarded)
    }
    expect(rewards(back, '2026-06-01T00:00:00Z')).toEqual([false])
    expect(rewards(back, '2027-06-01T00:00:00Z')).toEqual([true])
  })

  test('a tier that was leapt over is what is left', () => {
    const on: Ladder = { ...ladder([...three]), policy: { returns: 'atOnce' } }
    const high = member(on, [
      ['2026-04-01T12:00:00Z', 900],
      [deed, 2200],
    ])
    expect(high.tier).toBe('platinum')
    expect(returned(on, high, deed, 1500, '2026-05-05T00:00:00Z').tier).toBe('silver')
  })
})

describe('S41 Platinum 3000, Gold 2000, Silver 1000, and 200 earned', () => {
  test('S41 one down: Gold for a year, then Silver, then the first', () => {
    const on: Ladder = { ...ladder([...three]), policy: { downgrade: 'oneDown' } }
    const top = member(on, [
      ['2026-03-10T12:00:00Z', 3000],
      ['2027-06-01T12:00:00Z', 200],
    ])
    expect(place(settled(on, top, at('2028-01-01T00:00:00Z')))).toEqual(['gold', '2029-01-01T00:00:00Z'])
    expect(place(settled(on, top, at('2029-01-01T00:00:00Z')))).toEqual(['silver', '2030-01-01T00:00:00Z'])
    expect(place(settled(on, top, at('2030-01-01T00:00:00Z')))).toEqual(['basic', null])
  })

  test('never down', () => {
    const on: Ladder = { ...ladder([...three]), policy: { downgrade: 'never' } }
    const top = member(on, [['2026-03-10T12:00:00Z', 3000]])
    expect(settled(on, top, at('2036-01-01T00:00:00Z')).tier).toBe('platinum')
  })
})

describe('when a tier that is reached is entered', () => {
  const deed: ReadonlyArray<readonly [string, number]> = [['2026-03-10T12:00:00Z', 2500]]
  const berlin = realZone('Europe/Berlin')

  test('at the beginning of the next day, of the program’s calendar', () => {
    const on: Ladder = { ...ladder([...three]), policy: { upgrade: 'nextDay' } }
    const low = member(on, deed, berlin)
    expect(low.tier).toBe('basic')
    expect(nextAssessment(on, berlin, low)).toBe(at('2026-03-10T23:00:00Z'))
    expect(settled(on, low, at('2026-03-10T23:00:00Z'), berlin)).toMatchObject({
      tier: 'gold',
      since: at('2026-03-10T23:00:00Z'),
    })
  })

  test('at the end of the period, for the next one', () => {
    const on: Ladder = { ...ladder([...three]), policy: { upgrade: 'periodEnd' } }
    const low = member(on, deed)
    expect(settled(on, low, at('2026-12-31T23:59:59Z')).tier).toBe('basic')
    expect(place(settled(on, low, at('2027-01-01T00:00:00Z')))).toEqual(['gold', '2028-01-01T00:00:00Z'])
  })

  test('one tier a day', () => {
    const on: Ladder = { ...ladder([...three]), policy: { climb: 'oneADay' } }
    const low = member(on, deed)
    expect(low.tier).toBe('silver')
    expect(settled(on, low, at('2026-03-11T00:00:00Z')).tier).toBe('gold')
    expect(settled(on, low, at('2026-05-11T00:00:00Z')).tier).toBe('gold')
  })
})

describe('S43 thresholds of 100, 180 and 300 are used up', () => {
  const steps = [
    ['silver', 100, 100],
    ['gold', 180, 180],
    ['platinum', 300, 300],
  ] as const
  const deeds: ReadonlyArray<readonly [string, number]> = [
    ['2026-02-01T12:00:00Z', 120],
    ['2026-03-01T12:00:00Z', 100],
    ['2026-04-01T12:00:00Z', 90],
  ]
  const on: Ladder = { ...ladder(steps), policy: { consumption: 'deduct', rollover: { cap: 300, periods: 1 } } }

  test('S43 120 reach Silver and leave 20; 100 more do not reach Gold; 90 more do, and leave 30', () => {
    const figures = deeds.map((_, index) => {
      const now = member(on, deeds.slice(0, index + 1))
      return [now.tier, levelIn(now)]
    })
    expect(figures).toEqual([
      ['silver', 20],
      ['silver', 120],
      ['gold', 30],
    ])
  })

  test('S43 where thresholds are kept, the same 310 reach Platinum', () => {
    expect(member(ladder(steps), deeds).tier).toBe('platinum')
  })

  test('S43 several at once are used up one after the other', () => {
    const at500 = member(on, [['2026-02-01T12:00:00Z', 500]])
    expect([at500.tier, levelIn(at500)]).toEqual(['gold', 220])
  })

  test('S43 what is left over is taken into the next year, up to the cap, for one year', () => {
    const rich = member({ ...on, tiers: [tier('basic'), tier('silver', 100, 100)] }, [['2026-02-01T12:00:00Z', 900]])
    const small: Ladder = { ...on, tiers: [tier('basic'), tier('silver', 100, 100)] }
    expect(levelIn(rich)).toBe(800)
    const next = earns(small, rich, at('2027-02-01T00:00:00Z'), 1)
    expect(levelIn(next)).toBe(301)
  })

  test('a return gives back what reaching used up', () => {
    const strict: Ladder = { ...on, policy: { ...on.policy, returns: 'atOnce' } }
    const before = member(strict, deeds.slice(0, 2))
    const up = earns(strict, before, at('2026-04-01T12:00:00Z'), 90)
    const back = returned(strict, up, '2026-04-01T12:00:00Z', 90, '2026-04-02T12:00:00Z')
    expect({ ...back, gifts: before.gifts }).toEqual(before)
  })
})

describe('surplus is taken into the next period', () => {
  const on: Ladder = { ...ladder([...three]), policy: { rollover: { cap: 300, periods: 1 } } }

  test('only what was left over after the tier that was reached, up to the cap, and only once', () => {
    const silver = member(on, [['2026-03-10T12:00:00Z', 1500]])
    const next = earns(on, silver, at('2027-01-10T00:00:00Z'), 10)
    expect(levelIn(next)).toBe(310)
    expect(levelIn(earns(on, next, at('2028-01-10T00:00:00Z'), 1))).toBe(1)
  })

  test('who reached nothing has nothing left over', () => {
    const low = member(on, [['2026-03-10T12:00:00Z', 900]])
    expect(levelIn(earns(on, low, at('2027-01-10T00:00:00Z'), 10))).toBe(10)
  })

  test('what is returned of the old year is no longer left over', () => {
    const next = earns(on, member(on, [['2026-03-10T12:00:00Z', 1200]]), at('2027-01-10T00:00:00Z'), 10)
    expect(levelIn(next)).toBe(210)
    expect(levelIn(returned(on, next, '2026-03-10T12:00:00Z', 50, '2027-01-11T00:00:00Z'))).toBe(160)
  })
})

describe('S37 what comes in late for a year that is over', () => {
  const late = (standing: Standing, on: Ladder): Standing => {
    const asOf = at('2027-01-03T00:00:00Z')
    const before = settled(on, standing, asOf)
    const deed = { metric: points, count: 200, countedAt: at('2026-12-28T12:00:00Z') }
    return settled(on, countQualifying(on, utc, before, deed, asOf), asOf)
  }
  const nearly = (on: Ladder) =>
    member(on, [
      ['2026-03-10T12:00:00Z', 900],
      ['2027-01-01T00:00:00Z', 1],
    ])

  test('S37 reopened: it raises as if it had come in time', () => {
    const on: Ladder = { ...gold, policy: { late: 'reopen' } }
    expect(place(late(nearly(on), on))).toEqual(['gold', '2028-01-01T00:00:00Z'])
  })

  test('S37 reopened: it restores what was lost at the end of the year', () => {
    const on: Ladder = { ...gold, policy: { late: 'reopen' } }
    const held = earns(on, firstStanding(on, utc, at('2025-01-01T00:00:00Z')), at('2025-03-10T12:00:00Z'), 1000)
    const fallen = earns(on, earns(on, held, at('2026-05-01T00:00:00Z'), 700), at('2027-01-01T00:00:00Z'), 1)
    expect(fallen.tier).toBe('basic')
    expect(late(fallen, on).tier).toBe('gold')
  })

  test('S37 carried: it counts in the new year; ignored: nowhere', () => {
    const carried: Ladder = { ...gold, policy: { late: 'carry' } }
    expect([late(nearly(carried), carried).tier, levelIn(late(nearly(carried), carried))]).toEqual(['basic', 201])
    expect([late(nearly(gold), gold).tier, levelIn(late(nearly(gold), gold))]).toEqual(['basic', 1])
  })
})

describe('S44 Gold is raised from 1000 to 1500, and a member has 1200', () => {
  const held = member(gold, [['2026-03-10T12:00:00Z', 1200]])
  const asOf = at('2026-06-01T00:00:00Z')
  const dearer = (onDefinitionChange: 'keepUntilExpiry' | 'upgradeOnly' | 'reassess'): Ladder => ({
    ...ladder([['gold', 1500, 1500]]),
    revision: 1,
    policy: { onDefinitionChange },
  })
  const revised = (on: Ladder, standing: Standing) =>
    settled(on, reviseStanding(on, utc, standing, asOf).standing, asOf)

  test('S44 Gold stays until its validity ends, or is lost at once', () => {
    expect(revised(dearer('keepUntilExpiry'), held).tier).toBe('gold')
    expect(revised(dearer('upgradeOnly'), held).tier).toBe('gold')
    expect(revised(dearer('reassess'), held).tier).toBe('basic')
    expect(settled(dearer('upgradeOnly'), held, at('2028-01-01T00:00:00Z')).tier).toBe('basic')
  })

  test('S44 where it became cheaper, who has enough is raised at once, or by the next thing that counts', () => {
    const low = member(gold, [['2026-03-10T12:00:00Z', 700]])
    const cheaper: Ladder = { ...ladder([['gold', 500, 500]]), revision: 1 }
    expect(revised(cheaper, low).tier).toBe('gold')
    const calm: Ladder = { ...cheaper, policy: { onDefinitionChange: 'keepUntilExpiry' } }
    expect(revised(calm, low).tier).toBe('basic')
    expect(earns(calm, revised(calm, low), asOf, 1).tier).toBe('gold')
  })

  test('S44 a tier that is gone is lost at once', () => {
    const renamed: Ladder = { ...ladder([['or', 5000, 800]]), revision: 1 }
    expect(revised(renamed, held).tier).toBe('basic')
  })
})

describe('S31 a tier for life', () => {
  const life = 'life' as MetricId
  const on: Ladder = {
    ...ladder([]),
    metrics: [
      { id: points, of: 'points', wallet: 'points' as never },
      { id: life, of: 'orders', over: 'lifetime' },
    ],
    tiers: [
      tier('basic'),
      { id: 'gold' as TierId, reach: ofPoints(1000), lifetime: ofPoints(3, life) },
      tier('platinum', 5000),
    ],
  }
  const buys = (standing: Standing, text: string, count = 1) =>
    settled(on, countQualifying(on, utc, standing, { metric: life, count, countedAt: at(text) }), at(text))

  test('S31 is held without end, and lost again when what it took is returned', () => {
    const first = firstStanding(on, utc, at('2026-01-01T00:00:00Z'))
    const held = buys(buys(first, '2026-02-01T00:00:00Z', 2), '2027-02-01T00:00:00Z')
    expect(place(held)).toEqual(['gold', null])
    expect(settled(on, held, at('2050-01-01T00:00:00Z')).tier).toBe('gold')
    expect(place(buys(held, '2027-03-01T00:00:00Z', -1))).toEqual(['basic', null])
  })

  test('a higher tier ends there', () => {
    const first = firstStanding(on, utc, at('2026-01-01T00:00:00Z'))
    const high = earns(on, buys(first, '2026-02-01T00:00:00Z', 3), at('2026-03-01T00:00:00Z'), 5000)
    expect(place(high)).toEqual(['platinum', '2028-01-01T00:00:00Z'])
    expect(place(settled(on, high, at('2028-01-01T00:00:00Z')))).toEqual(['gold', null])
  })
})

test('S39 a tier by balance is lost by spending, the same day', () => {
  const on: Ladder = {
    ...ladder([['silver', 100, 100]]),
    metrics: [{ id: points, of: 'balance', wallet: 'points' as never }],
    period: { type: 'lifetime' },
    validity: { type: 'whileQualified' },
  }
  const up = member(on, [['2026-02-01T00:00:00Z', 100]])
  expect(up.tier).toBe('silver')
  expect(earns(on, up, at('2026-02-01T12:00:00Z'), -50).tier).toBe('basic')
})

test('nobody is lowered in a suspension: what ends in it ends with it', () => {
  const until = at('2028-07-01T00:00:00Z')
  const on: Ladder = { ...gold, suspensions: [{ from: at('2027-12-01T00:00:00Z'), until }] }
  const held = settled(on, member(on, [['2026-03-10T12:00:00Z', 1000]]), at('2028-01-01T00:00:00Z'))
  expect(place(held)).toEqual(['gold', '2028-07-01T00:00:00Z'])
  expect(settled(on, held, until).tier).toBe('basic')
})

test('tenure raises by time alone', () => {
  const tenure = 'years' as MetricId
  const on: Ladder = {
    ...ladder([]),
    metrics: [{ id: tenure, of: 'tenure', unit: 'month' }],
    period: { type: 'lifetime' },
    validity: { type: 'forEver' },
    tiers: [tier('basic'), { id: 'friend' as TierId, reach: ofPoints(24, tenure) }],
  }
  const joined = firstStanding(on, utc, at('2024-02-29T12:00:00Z'))
  expect(nextAssessment(on, utc, joined)).toBe(at('2026-02-28T00:00:00Z'))
  expect(settled(on, joined, at('2026-02-27T23:59:59Z')).tier).toBe('basic')
  expect(settled(on, joined, at('2026-02-28T00:00:00Z')).tier).toBe('friend')
})

describe('a tier that takes nights and five years of membership', () => {
  const nights = 'nights' as MetricId
  const months = 'months' as MetricId
  const both = { type: 'all', of: [ofPoints(60, nights), ofPoints(60, months)] } as const
  const on: Ladder = {
    ...ladder([]),
    metrics: [
      { id: nights, of: 'action', action: 'stay', over: 'lifetime' },
      { id: months, of: 'tenure', unit: 'month' },
    ],
    tiers: [tier('basic'), { id: 'gold' as TierId, reach: both }],
  }
  const joined = (of: Ladder) => firstStanding(of, utc, at('2022-06-15T12:00:00Z'))
  const stays = (of: Ladder, standing: Standing, when: string) =>
    settled(
      of,
      countQualifying(of, utc, settled(of, standing, at(when)), { metric: nights, count: 60, countedAt: at(when) }),
      at(when),
    )

  test('is entered when the later of the two is there', () => {
    const early = stays(on, joined(on), '2023-01-01T00:00:00Z')
    expect(early.tier).toBe('basic')
    expect(settled(on, early, at('2027-07-01T00:00:00Z'))).toMatchObject({
      tier: 'gold',
      since: at('2027-06-15T00:00:00Z'),
    })
    const late = stays(on, joined(on), '2027-07-01T09:00:00Z')
    expect(late).toMatchObject({ tier: 'gold', since: at('2027-07-01T09:00:00Z') })
  })

  test('for life: as well', () => {
    const life: Ladder = { ...on, tiers: [tier('basic'), { id: 'gold' as TierId, lifetime: both }] }
    expect(stays(life, joined(life), '2027-07-01T09:00:00Z')).toMatchObject({
      tier: 'gold',
      since: at('2027-07-01T09:00:00Z'),
      validUntil: null,
    })
  })

  test('at the end of the period: also where time alone is what was missing', () => {
    const later: Ladder = { ...on, policy: { upgrade: 'periodEnd' } }
    const early = stays(later, joined(later), '2023-01-01T00:00:00Z')
    expect(settled(later, early, at('2027-12-31T23:59:59Z')).tier).toBe('basic')
    expect(settled(later, early, at('2028-01-01T00:00:00Z'))).toMatchObject({
      tier: 'gold',
      since: at('2028-01-01T00:00:00Z'),
    })
  })
})

test('S40 a return that takes back of two metrics takes back every tier that neither reaches any more', () => {
  const orders = 'orders' as MetricId
  const either = (atLeast: number, number: number) =>
    ({ type: 'any', of: [ofPoints(atLeast), ofPoints(number, orders)] }) as const
  const base = ladder([])
  const on: Ladder = {
    ...base,
    metrics: [...base.metrics, { id: orders, of: 'orders' }],
    tiers: [
      tier('basic'),
      { id: 'silver' as TierId, reach: either(100, 2) },
      { id: 'gold' as TierId, reach: either(200, 4) },
    ],
    policy: { returns: 'atOnce', climb: 'oneADay' },
  }
  const counts = (standing: Standing, when: string, amount: number, sign: 1 | -1, asOf = when) =>
    [
      { metric: points, count: sign * amount },
      { metric: orders, count: sign },
    ].reduce(
      (before, one) => countQualifying(on, utc, before, { ...one, countedAt: at(when) }, at(asOf)),
      settled(on, standing, at(asOf)),
    )
  const [first, second, later] = ['2026-02-01T12:00:00Z', '2026-02-02T12:00:00Z', '2026-03-01T12:00:00Z'] as const
  const one = settled(on, counts(firstStanding(on, utc, at('2026-01-01T12:00:00Z')), first, 0, 1), at(first))
  const two = settled(on, counts(one, second, 200, 1), at(later))
  expect(two.tier).toBe('gold')
  expect(settled(on, counts(two, second, 200, -1, later), at(later))).toMatchObject({ tier: 'basic', steps: [] })
})

test('S23 a return does not let a rolling validity go on', () => {
  const on: Ladder = {
    ...ladder([['gold', 100, 100]]),
    validity: { type: 'rolling', length: { amount: 90, unit: 'day' } },
  }
  const up = member(on, [
    ['2026-01-10T00:00:00Z', 150],
    ['2026-01-20T00:00:00Z', 10],
  ])
  expect(place(up)).toEqual(['gold', '2026-04-20T00:00:00Z'])
  expect(place(returned(on, up, '2026-01-20T00:00:00Z', 10, '2026-02-20T00:00:00Z'))).toEqual([
    'gold',
    '2026-04-20T00:00:00Z',
  ])
})

test('a tier held for life under one that is taken back has been held since it was reached', () => {
  const life = 'life' as MetricId
  const base = ladder([
    ['gold', 60, 60],
    ['platinum', 61, 61],
  ])
  const on: Ladder = {
    ...base,
    policy: { returns: 'atOnce' },
    metrics: [...base.metrics, { id: life, of: 'points', wallet: 'points' as WalletId, over: 'lifetime' }],
    tiers: base.tiers.map((each) => (each.id === 'gold' ? { ...each, lifetime: ofPoints(100, life) } : each)),
  }
  const earnsBoth = (standing: Standing, countedAt: string, count: number, asOf = countedAt) =>
    settled(
      on,
      [points, life].reduce(
        (before, metric) => countQualifying(on, utc, before, { metric, count, countedAt: at(countedAt) }, at(asOf)),
        standing,
      ),
      at(asOf),
    )
  const lastYear = earnsBoth(firstStanding(on, utc, at('2026-01-01T00:00:00Z')), '2026-05-01T00:00:00Z', 59)
  const forLife = earnsBoth(lastYear, '2027-02-01T00:00:00Z', 41)
  expect([forLife.tier, forLife.earned.tier]).toEqual(['gold', 'basic'])
  const up = earnsBoth(forLife, '2027-03-01T00:00:00Z', 20)
  expect(up.tier).toBe('platinum')
  const back = earnsBoth(up, '2027-03-01T00:00:00Z', -20, '2027-04-01T00:00:00Z')
  expect([back.tier, back.since]).toEqual(['gold', at('2027-02-01T00:00:00Z')])
})

test('a return that counts on several metrics takes back each step that it leaves without what reached it', () => {
  const base = ladder([
    ['gold', 2, 2],
    ['platinum', 3, 3],
  ])
  const orders = 'orders' as MetricId
  const on: Ladder = {
    ...base,
    policy: { returns: 'atOnce' },
    metrics: [...base.metrics, { id: orders, of: 'orders' }],
    tiers: base.tiers.map((each) =>
      each.id === 'gold' ? { ...each, reach: { type: 'any', of: [ofPoints(2), ofPoints(2, orders)] } } : each,
    ),
  }
  const buys = (standing: Standing, count: number, times: 1 | -1) =>
    [[points, count * times] as const, [orders, times] as const].reduce(
      (before, [metric, counted]) =>
        countQualifying(on, utc, before, { metric, count: counted, countedAt: at('2026-05-01T00:00:00Z') }),
      standing,
    )
  const may = at('2026-05-01T00:00:00Z')
  const up = settled(
    on,
    buys(settled(on, buys(firstStanding(on, utc, at('2026-01-01T00:00:00Z')), 2, 1), may), 1, 1),
    may,
  )
  expect(up.tier).toBe('platinum')
  expect(settled(on, buys(up, 2, -1), may).tier).toBe('basic')
})

test('S37 what is ignored lets no validity roll on, also as the first thing that is seen in a new period', () => {
  const on: Ladder = {
    ...ladder([['gold', 100, 100]]),
    validity: { type: 'rolling', length: { amount: 30, unit: 'day' } },
    policy: { late: 'ignore' },
  }
  const held = settled(
    on,
    earns(on, firstStanding(on, utc, at('2026-12-01T00:00:00Z')), at('2026-12-20T12:00:00Z'), 100),
    at('2026-12-20T12:00:00Z'),
  )
  const late = { metric: points, count: 50, countedAt: at('2026-12-21T12:00:00Z') }
  expect(countQualifying(on, utc, held, late, at('2027-01-10T12:00:00Z'))).toBe(held)
})
