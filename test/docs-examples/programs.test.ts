// The example programs: read, made ready, and simulated over a generated year whose figures are known.
import { describe, expect, test } from 'vitest'
import beautyJson from '../../docs/examples/programs/beauty-retailer.json' with { type: 'json' }
import coffeeJson from '../../docs/examples/programs/coffee-shop.json' with { type: 'json' }
import subscriptionJson from '../../docs/examples/programs/subscription.json' with { type: 'json' }
import { type Random, seededRandom } from '../../docs/examples/shop/random.ts'
import { decode, formatPath, type Instant, localDateOf, unwrap, zoneFromIntl } from '../../src/foundation/index.ts'
import {
  Activity,
  type CompiledProgram,
  compileProgram,
  decodeProgram,
  lintProgram,
  type PlayedOutcome,
  playOutcome,
  simulate,
} from '../../src/program/index.ts'

const compiled = (json: unknown): CompiledProgram =>
  unwrap(compileProgram(unwrap(decodeProgram(json)), { zones: [unwrap(zoneFromIntl('Europe/Berlin'))] }))

const day = 86_400_000
const newYear = Date.UTC(2026, 0, 1)
const until = Date.UTC(2027, 0, 1) as Instant

interface Deed {
  readonly at: number
  readonly [key: string]: unknown
}

/** Activities of members in the order of time, each with an id of its own. */
const historyOf = (deeds: ReadonlyArray<Deed>): ReadonlyArray<Activity> =>
  [...deeds]
    .sort((a, b) => a.at - b.at)
    .map((deed, index) =>
      unwrap(decode(Activity, { ...deed, id: deed['id'] ?? `a${index}`, at: new Date(deed.at).toISOString() })),
    )

const amount = (minor: number) => ({
  amount: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
  currency: 'EUR',
})

const line = (minor: number, category: string, more: object = {}) => ({
  id: '1',
  amount: amount(minor),
  categories: [category],
  ...more,
})

/** Points of a kind in a wallet, over all segments. */
const moved = ({ outcome }: PlayedOutcome, wallet: string, kind: string): number =>
  outcome.movements
    .filter((one) => one.wallet === wallet && one.kind === kind)
    .reduce((sum, { points }) => sum + Number(points), 0)

const held = ({ outcome }: PlayedOutcome, wallet: string): number =>
  Number(outcome.balances.find((one) => one.wallet === wallet)?.points ?? 0)

const tiersOf = ({ outcome }: PlayedOutcome): Readonly<Record<string, number>> =>
  Object.fromEntries(outcome.tiers.map(({ tier, members }) => [tier, members]))

/** How many members there are, and what each does in the year. */
const year = (seed: number, members: number, deedsOf: (random: Random, member: string) => ReadonlyArray<Deed>) => {
  const random = seededRandom(seed)
  return historyOf(Array.from({ length: members }, (_, index) => deedsOf(random, `m${index}`)).flat())
}

test.each([
  ['coffee shop', coffeeJson],
  ['beauty retailer', beautyJson],
  ['subscription', subscriptionJson],
])('the lint finds nothing in the %s but notes', (_name, json) => {
  const findings = lintProgram(compiled(json)).filter(({ severity }) => severity !== 'note')
  expect(findings.map(({ code, path }) => [code, formatPath(path)])).toEqual([])
})

describe('a coffee shop: a stamp a drink, ten for a free one, a drink for the birthday', () => {
  const program = compiled(coffeeJson)
  const history = year(1, 40, (random, member) => {
    const joined = newYear + random.whole(0, 60) * day
    const born = { month: random.whole(1, 12), day: random.whole(1, 28) }
    const visits = Array.from({ length: random.whole(0, 90) }, (): Deed => {
      const drinks = random.whole(1, 4)
      return {
        type: 'purchase',
        member,
        at: joined + random.whole(1, 300 * 24) * 3_600_000,
        lines: [line(320 * drinks, 'drink', { quantity: drinks })],
        attributes: random.happens(0.2) ? { ownCup: true } : {},
      }
    })
    return [{ type: 'enrolment', member, at: joined, birthDate: born }, ...visits]
  })
  const played = unwrap(playOutcome(program, history, { until }))

  test('the year of forty members', () => {
    expect(played.outcome.members).toEqual([{ segment: '', members: 40, refused: 0 }])
    // By hand: a stamp a drink, two in one's own cup, and no more than six on a day of the calendar in Berlin.
    const byDay = new Map<string, number>()
    for (const one of history) {
      if (one.type !== 'purchase') continue
      const key = `${one.member} ${localDateOf(program.zone, one.at)}`
      const perDrink = one.attributes?.['ownCup'] === true ? 2 : 1
      byDay.set(key, (byDay.get(key) ?? 0) + perDrink * (one.lines[0]?.quantity ?? 1))
    }
    const stamps = [...byDay.values()].reduce((sum, count) => sum + Math.min(6, count), 0)
    expect(moved(played, 'stamps', 'accrued')).toBe(stamps)
    expect(stamps).toBe(5742)
    expect(moved(played, 'stamps', 'expired')).toBe(2986)
    expect([moved(played, 'drinks', 'accrued'), moved(played, 'drinks', 'expired')]).toEqual([23, 19])
    expect(held(played, 'stamps')).toBe(moved(played, 'stamps', 'accrued') - moved(played, 'stamps', 'expired'))
  })

  test('ten stamps become a drink; the rest stays', () => {
    const at = Date.UTC(2026, 5, 1, 9)
    const deeds: ReadonlyArray<Deed> = [
      { type: 'enrolment', member: 'anna', at },
      ...[0, 1, 2].map((index) => ({
        type: 'purchase',
        member: 'anna',
        at: at + index * day,
        lines: [line(1280, 'drink', { quantity: 4 })],
      })),
      { type: 'conversion', member: 'anna', at: at + 3 * day, from: 'stamps', to: 'drinks', points: 12 },
      { type: 'redemption', member: 'anna', at: at + 4 * day, wallet: 'drinks', points: 1 },
    ]
    const { members, steps } = unwrap(simulate(program, historyOf(deeds)))
    expect(steps.every(({ result }) => result._tag === 'Right')).toBe(true)
    const [state] = members.values()
    expect(state?.wallets.map(({ id, active }) => [id, active])).toEqual([
      ['stamps', 2],
      ['drinks', 0],
    ])
  })

  test('a drink in the week of the birthday, once', () => {
    const at = Date.UTC(2026, 5, 1, 9)
    const buys = (days: number): Deed => ({
      type: 'purchase',
      member: 'anna',
      at: at + days * day,
      lines: [line(320, 'drink')],
    })
    const deeds: ReadonlyArray<Deed> = [
      { type: 'enrolment', member: 'anna', at: at - 400 * day, birthDate: { month: 6, day: 4 } },
      ...[0, 1, 2, 14].map(buys),
    ]
    const [state] = unwrap(simulate(program, historyOf(deeds))).members.values()
    expect(state?.wallets.find(({ id }) => id === 'drinks')?.accrued).toBe(1)
  })
})

describe('a beauty retailer: points, three tiers, samples for points, evenings for the highest tier', () => {
  const program = compiled(beautyJson)
  const history = year(2, 60, (random, member) => {
    const joined = newYear + random.whole(0, 90) * day
    const taste = random.whole(1, 12)
    const orders = Array.from({ length: random.whole(1, 12) }, (): ReadonlyArray<Deed> => {
      const at = joined + random.whole(1, 250) * day
      const minor = random.whole(1000, 4000) * taste
      const id = `o${random.whole(0, 1e12)}`
      const lines = [line(minor, random.pick(['skin care', 'make-up', 'scent']))]
      const back = { type: 'return', member, at: at + 10 * day, purchase: id, id: `r${id}` }
      return [{ type: 'purchase', member, at, id, lines }, ...(random.happens(0.1) ? [back] : [])]
    }).flat()
    const reviews = Array.from(
      { length: random.whole(0, 8) },
      (): Deed => ({
        type: 'action',
        name: 'review',
        member,
        at: joined + random.whole(1, 250) * day + 3_600_000,
      }),
    )
    const takes = (days: number, reward: string): Deed => ({
      type: 'rewardRedeemed',
      member,
      at: joined + days * day,
      reward,
      issue: true,
    })
    const sample = takes(260, 'sample of the month')
    const evening = { type: 'action', name: 'event', member, at: joined + 261 * day }
    const ticket = takes(262, 'ticket for an evening')
    return [{ type: 'enrolment', member, at: joined }, ...orders, ...reviews, sample, evening, ticket]
  })
  const played = unwrap(playOutcome(program, history, { until }))

  test('the year of sixty members', () => {
    // Nine cannot pay the petals of a sample; of 60 who want a ticket, 20 get one: there are no more.
    expect(played.outcome.members).toEqual([{ segment: '', members: 60, refused: 9 + 40 }])
    const given = played.outcome.rewards.filter(({ change }) => change === 'issue')
    expect(given.map(({ reward, times }) => [reward, times])).toEqual([
      ['sample of the month', 51],
      ['ticket for an evening', 20],
    ])
    expect(tiersOf(played)).toEqual({ bud: 15, rose: 21, orchid: 24 })
    // A sample is 200 petals for the 26 who were on the highest tier then.
    const spent = 26 * 200 + 25 * 250 + 20 * 500
    expect(['accrued', 'redeemed', 'reversed'].map((kind) => moved(played, 'petals', kind))).toEqual([
      97_963,
      spent,
      9809,
    ])
    expect(held(played, 'petals')).toBe(97_963 - spent - 9809)
  })

  test('tickets are for the highest tier, and only as many as there are', () => {
    const { steps } = unwrap(simulate(program, history))
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
    const { steps } = unwrap(simulate(program, history))
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
    expect(prices.filter((price) => price === 'true 200').length).toBe(26)
  })

  test('an evening earns only on the highest tier', () => {
    const { steps } = unwrap(simulate(program, history))
    const evenings = steps.flatMap(({ activity, result, before }) =>
      activity.type === 'action' && activity.name === 'event' && result._tag === 'Right'
        ? [[before.standings[0]?.tier, result.right.events.some(({ type }) => type === 'accrued')]]
        : [],
    )
    expect(evenings.length).toBe(60)
    expect(evenings.every(([tier, earns]) => earns === (tier === 'orchid'))).toBe(true)
  })
})

describe('a subscription: credits of the plan, and referrals', () => {
  const program = compiled(subscriptionJson)
  const history = year(3, 50, (random, member) => {
    const joined = newYear + random.whole(0, 200) * day
    const index = Number(member.slice(1))
    const isBrought = index >= 10 && random.happens(0.6)
    const referrer = `m${random.whole(0, 9)}`
    const touch = {
      type: 'referralTouched',
      member,
      at: joined - day,
      referrer: { member: referrer, enrolledAt: new Date(newYear).toISOString(), by: 'link' },
    }
    const isYearly = random.happens(0.3)
    const pays = (month: number): Deed => ({
      type: 'purchase',
      member,
      at: joined + month * 30 * day,
      lines: [line(isYearly ? 9900 : 1200, 'plan')],
      attributes: { plan: isYearly ? 'yearly' : 'monthly' },
    })
    const stays = random.whole(1, 10)
    const payments = isYearly ? [pays(0)] : Array.from({ length: stays }, (_, month) => pays(month))
    const onboarding = [1, 2].map((days) => ({ type: 'action', name: 'onboarding', member, at: joined + days * day }))
    const joinedAt = index < 10 ? newYear : joined
    return [
      ...(isBrought ? [touch] : []),
      { type: 'enrolment', member, at: joinedAt },
      ...payments.filter(({ at }) => at < until),
      ...onboarding,
    ]
  })
  const played = unwrap(playOutcome(program, history, { until }))

  test('the year of fifty members', () => {
    expect(played.outcome.members).toEqual([{ segment: '', members: 50, refused: 0 }])
    expect(tiersOf(played)).toEqual({ new: 3, settled: 47 })
    // By hand: 0.24 credits for a month, 1.98 and 5 for a year, 3 for the first onboarding; then what 24 referrals pay; nobody has five.
    const plans = history.flatMap((one) => (one.type === 'purchase' ? [one.attributes?.['plan']] : []))
    const own = plans.reduce<number>((sum, plan) => sum + (plan === 'yearly' ? 698 : 24), 50 * 300)
    expect(moved(played, 'credits', 'accrued') - own).toBe(24 * (1000 + 500))
    expect(held(played, 'credits')).toBe(68_342)
  })

  test('each referral that counts pays both sides after the review', () => {
    const { steps } = unwrap(simulate(program, history, { until }))
    const counted = steps.filter(({ activity }) => activity.type === 'referralConverted')
    expect(counted.length).toBe(24)
    expect(counted.every(({ result, askedBy }) => result._tag === 'Right' && askedBy !== null)).toBe(true)
  })
})
