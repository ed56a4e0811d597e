// The example programs: read, made ready, linted, and simulated over a generated year whose figures are known.
import { describe, expect, test } from 'vitest'
import { type ExampleYear, exampleYear, yearEnd, yearReport } from '../../docs/examples/program-year.ts'
import { type Deed, day, historyOf, line } from '../../docs/examples/programs/year.ts'
import { formatPath, localDateOf, unwrap } from '../../src/foundation/index.ts'
import { type Activity, lintProgram, type PlayedOutcome, playOutcome, simulate } from '../../src/program/index.ts'

const exampleOf = (name: string): ExampleYear => {
  const example = exampleYear(name)
  if (example === undefined) throw new Error(`no example ${name}`)
  return example
}

/** Points of a kind in a wallet, over all segments. */
const moved = ({ outcome }: PlayedOutcome, wallet: string, kind: string): number =>
  outcome.movements
    .filter((one) => one.wallet === wallet && one.kind === kind)
    .reduce((sum, { points }) => sum + Number(points), 0)

const held = ({ outcome }: PlayedOutcome, wallet: string): number =>
  Number(outcome.balances.find((one) => one.wallet === wallet)?.points ?? 0)

const tiersOf = ({ outcome }: PlayedOutcome, of: string): Readonly<Record<string, number>> =>
  Object.fromEntries(outcome.tiers.filter(({ ladder }) => ladder === of).map(({ tier, members }) => [tier, members]))

const issued = ({ outcome }: PlayedOutcome): Readonly<Record<string, number>> =>
  Object.fromEntries(
    outcome.rewards.filter(({ change }) => change === 'issue').map(({ reward, times }) => [reward, times]),
  )

/** Why activities of a kind were refused, and how often. */
const refusalsOf = ({ program, activities }: ExampleYear, of: Activity['type']): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>()
  for (const { activity, result } of unwrap(simulate(program, activities)).steps) {
    if (activity.type !== of || result._tag === 'Right') continue
    const reasons = result.left.flatMap((one) =>
      one._tag === 'RewardUnavailable' ? one.obstacles.map(({ reason }) => reason) : [one._tag],
    )
    const name = [...new Set(reasons)].sort().join(' ')
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

describe.each(['coffee-shop', 'beauty-retailer', 'subscription'])('%s', (name) => {
  test('the lint finds nothing but notes', () => {
    const findings = lintProgram(exampleOf(name).program).filter(({ severity }) => severity !== 'note')
    expect(findings.map(({ code, path }) => [code, formatPath(path)])).toEqual([])
  })

  test('its report shows every figure', () => {
    const report = yearReport(exampleOf(name))
    expect(report).toMatch(/activities in a year\n\nMembers/)
    expect(report).not.toMatch(/undefined|NaN|\[object/)
  })
})

test('there is no other example', () => {
  expect(exampleYear('constructor')).toBe(undefined)
})

describe('a coffee shop: a stamp a drink, nine for a free one, a drink for the birthday, beans for one’s own cup', () => {
  const example = exampleOf('coffee-shop')
  const { program, activities } = example
  const played = unwrap(playOutcome(program, activities, { until: yearEnd }))

  /** By hand: a stamp a drink, at most six on a day; before them one for the third visit of a week. */
  const stampsByHand = (): number => {
    const days = new Map<string, number>()
    const weeks = new Map<string, number>()
    for (const one of activities.filter(({ type }) => type === 'purchase')) {
      const drinks = one.type === 'purchase' ? (one.lines[0]?.quantity ?? 1) : 0
      const date = Number(localDateOf(program.zone, one.at))
      // 5 January 2026 was a Monday; weeks count from there.
      const [day, week] = [`${one.member} ${date}`, `${one.member} ${Math.floor((date - 20_458) / 7)}`]
      const visits = (weeks.get(week) ?? 0) + 1
      weeks.set(week, visits)
      const before = (days.get(day) ?? 0) + Number(visits === 3)
      days.set(day, Math.max(before, Math.min(6, before + drinks)))
    }
    return [...days.values()].reduce((sum, stamps) => sum + stamps, 0)
  }

  test('the year of forty members', () => {
    const stamps = stampsByHand()
    const given = played.outcome.stamps.find(({ change }) => change === 'stamped')
    expect([given?.stamps, stamps]).toEqual([5218, 5218])
    const [cards] = played.outcome.stampCards
    const expired = played.outcome.stamps.find(({ change }) => change === 'expired')
    expect([expired?.times, expired?.stamps]).toEqual([1, 2])
    // Every stamp is on a full card, on one that is being filled, or ran out with its card.
    expect(9 * ((cards?.finished ?? 0) - 1) + Number(cards?.stamps) + 2).toBe(stamps)
    const used = played.outcome.stamps.find(({ change }) => change === 'rewardUsed')?.times ?? 0
    expect([cards?.finished, used, cards?.openRewards]).toEqual([562, 539, 22])
    expect(moved(played, 'beans', 'accrued')).toBe(406)
  })

  test('who asks for a drink has filled a card; a birthday drink is one a year, in the week of the birthday', () => {
    expect(issued(played)).toEqual({ 'birthday drink': 37, 'oat milk or syrup': 23 })
    expect(refusalsOf(example, 'stampRewardUse')).toEqual({ StampRewardUnavailable: 7 })
    // Each asks for a second drink, three of them when the week is over.
    expect(refusalsOf(example, 'rewardRedeemed')).toEqual({
      'conditionNotMet limitReached': 3,
      limitReached: 34,
      notEnoughPoints: 17,
    })
  })

  test('nine stamps are a drink; the rest goes to the next card', () => {
    const at = Date.UTC(2026, 5, 1, 9)
    const deeds: ReadonlyArray<Deed> = [
      { type: 'enrolment', member: 'anna', at, birthDate: { month: 6, day: 4 } },
      ...[0, 7, 14].map((days) => ({
        type: 'purchase',
        member: 'anna',
        at: at + days * day,
        lines: [line(1280, 'drink', { quantity: 4 })],
      })),
      { type: 'stampRewardUse', member: 'anna', at: at + 15 * day, card: 'drinks', number: 1, position: 9 },
      { type: 'rewardRedeemed', member: 'anna', at: at + 20 * day, reward: 'birthday drink', issue: true },
      { type: 'rewardRedeemed', member: 'anna', at: at + 3 * day, reward: 'birthday drink', issue: true },
      { type: 'rewardRedeemed', member: 'anna', at: at + 4 * day, reward: 'birthday drink', issue: true },
    ]
    const { members, steps } = unwrap(simulate(program, historyOf(deeds)))
    const refused = steps.flatMap(({ activity, result }) => (result._tag === 'Left' ? [activity.at - at] : []))
    // The second one, and the one after the week of the birthday.
    expect(refused).toEqual([4 * day, 20 * day])
    const [state] = members.values()
    expect(state?.stampCards.map(({ card, stamps, rewards }) => [card, stamps, rewards[0]?.status])).toEqual([
      [2, 3, 'used'],
    ])
  })
})

describe('a beauty retailer: points, three tiers with gifts, samples and rewards for points, evenings, a challenge', () => {
  const example = exampleOf('beauty-retailer')
  const { program, activities } = example
  const played = unwrap(playOutcome(program, activities, { until: yearEnd }))
  const steps = unwrap(simulate(program, activities)).steps

  test('the year of sixty members', () => {
    // By reward: 53 samples, 20 of 60 tickets, 33 vouchers, 12 serums; the rest was refused.
    const refused = 60 - 53 + (60 - 20) + (60 - 33) + (60 - 12)
    expect(played.outcome.members).toEqual([{ segment: '', members: 60, refused }])
    expect(issued(played)).toEqual({
      'sample of the month': 53,
      'ticket for an evening': 20,
      'ten euros off': 33,
      serum: 12,
    })
    expect(tiersOf(played, 'status')).toEqual({ bud: 14, rose: 22, orchid: 24 })
    // A sample is 200 petals for the 24 who are on the highest tier then; the rest of a serum is paid with money.
    const spent = 24 * 200 + 29 * 250 + 20 * 500 + 33 * 500 + 12 * 1000
    expect(['accrued', 'redeemed', 'reversed'].map((kind) => moved(played, 'petals', kind))).toEqual([
      101_933,
      spent,
      9080,
    ])
    expect(held(played, 'petals')).toBe(101_933 - spent - 9080)
  })

  test('who comes onto a tier gets its gift, and vouchers take off what they say', () => {
    const vouchers = Object.fromEntries(
      played.outcome.vouchers.map(({ voucher, change, times, minor }) => [`${voucher} ${change}`, [times, minor]]),
    )
    expect(vouchers['ten euros off used']).toEqual([33, 33 * 1000])
    expect(vouchers['a tenth off used']).toEqual([1, 500])
    const ups = steps.flatMap(({ result }) => (result._tag === 'Right' ? result.right.events : []))
    const reached = (tier: string): number =>
      ups.filter((one) => one.type === 'tierChanged' && one.change === 'upgraded' && one.standing.tier === tier).length
    const granted = ['a tenth off', 'gift set'].map((voucher) => vouchers[`${voucher} granted`]?.[0])
    expect(granted).toEqual([reached('rose'), reached('orchid')])
    expect(granted).toEqual([46, 25])
  })

  test('tickets are for the highest tier, and only as many as there are', () => {
    const tickets = steps.filter(
      ({ activity }) => activity.type === 'rewardRedeemed' && activity.reward === 'ticket for an evening',
    )
    const issued = tickets.filter(({ result }) => result._tag === 'Right')
    expect([tickets.length, issued.length]).toEqual([60, 20])
    expect(issued.every(({ before }) => before.standings[0]?.tier === 'orchid')).toBe(true)
    const refused = tickets.flatMap(({ result }) => (result._tag === 'Left' ? result.left : []))
    const reasons = refused.flatMap((fault) => (fault._tag === 'RewardUnavailable' ? fault.obstacles : []))
    expect(new Set(reasons.map(({ reason }) => reason))).toEqual(
      new Set(['notEnoughPoints', 'notInTier', 'outOfStock']),
    )
  })

  test('a sample costs less on the highest tier', () => {
    const prices = steps.flatMap(({ result, before }) =>
      (result._tag === 'Right' ? result.right.events : []).flatMap((event) =>
        event.type === 'rewardChanged' &&
        event.change === 'issue' &&
        event.reward.redemption.reward.startsWith('sample')
          ? [`${before.standings[0]?.tier === 'orchid'} ${event.reward.redemption.points}`]
          : [],
      ),
    )
    expect(new Set(prices)).toEqual(new Set(['true 200', 'false 250']))
    expect(prices.filter((price) => price === 'true 200').length).toBe(24)
  })

  test('an evening earns only on the highest tier', () => {
    const evenings = steps.flatMap(({ activity, result, before }) =>
      activity.type === 'action' && activity.name === 'event' && result._tag === 'Right'
        ? [[before.standings[0]?.tier, result.right.events.some(({ type }) => type === 'accrued')]]
        : [],
    )
    expect(evenings.length).toBe(60)
    expect(evenings.every(([tier, earns]) => earns === (tier === 'orchid'))).toBe(true)
  })
})

describe('a subscription: credits of the plan, tiers by tenure and by what is paid, free months, referrals', () => {
  const example = exampleOf('subscription')
  const { program, activities } = example
  const played = unwrap(playOutcome(program, activities, { until: yearEnd }))

  test('the year of fifty members', () => {
    expect(tiersOf(played, 'loyalty')).toEqual({ new: 3, settled: 47 })
    expect(tiersOf(played, 'account')).toEqual({ starter: 12, team: 38 })
    expect(issued(played)).toEqual({ 'a month for credits': 33 })
    const used = played.outcome.vouchers.find(({ change }) => change === 'used')
    expect([used?.times, used?.minor]).toEqual([32, 32 * 1200])
    expect(held(played, 'credits')).toBe(53_558)
    expect(refusalsOf(example, 'rewardRedeemed')).toEqual({ notEnoughPoints: 10 })
  })

  test('the credits of the year, by hand', () => {
    const plans = activities.flatMap((one) => (one.type === 'purchase' ? [one.attributes?.['plan']] : []))
    // 0.24 credits for a month, 1.98 and 5 for a year; a month that is free earns none.
    const ofPlans = plans.reduce<number>((sum, plan) => sum + (plan === 'yearly' ? 698 : 24), 0) - 32 * 24
    const given = (of: string): number =>
      played.outcome.levels.filter(({ level }) => level === of).reduce((sum, { given: times }) => sum + times, 0)
    expect([given('half a year'), given('one year')]).toEqual([47, 10])
    // 3 for the first onboarding; 10 and 5 for each of 24 referrals; 2 for half a year and for one year.
    const rest = 50 * 300 + 24 * (1000 + 500) + (47 + 10) * 200
    expect(moved(played, 'credits', 'accrued') - ofPlans - rest).toBe(0)
  })

  test('each referral that counts pays both sides after the review', () => {
    const { steps } = unwrap(simulate(program, activities, { until: yearEnd }))
    const counted = steps.filter(({ activity }) => activity.type === 'referralConverted')
    expect(counted.length).toBe(24)
    expect(counted.every(({ result, askedBy }) => result._tag === 'Right' && askedBy !== null)).toBe(true)
  })
})
