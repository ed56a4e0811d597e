// What a program's JSON can say about earning, from one activity to the next.
import { describe, expect, test } from 'vitest'
import type { CapUsage } from '../../src/earning/index.ts'
import { formatInstant, unwrap } from '../../src/foundation/index.ts'
import { type Activity, compileProgram, decide, decodeProgram, type MemberState } from '../../src/program/index.ts'
import { activity, eur, following, joins, points, programOf, rejected, returns, shop, shopJson } from './shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const active = (state: MemberState): number => points(state).active
const perEuro = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }
const base = { id: 'base', wallet: 'points', award: perEuro }
const earning = (more: object) => ({ earning: { ...shopJson.earning, ...more } })
const fixed = (id: string, value: string, more: object = {}) => ({
  id,
  wallet: 'points',
  award: { mode: 'fixed', points: value },
  ...more,
})
const order = (id: string, at: string, lines: ReadonlyArray<object>, more: object = {}): Activity =>
  activity({
    type: 'purchase',
    id,
    at,
    lines: lines.map((line, index) => ({ id: String(index + 1), amount: eur('10.00'), ...line })),
    ...more,
  })
const acts = (id: string, at: string, name: string, more: object = {}): Activity =>
  activity({ type: 'action', id, at, name, ...more })
/** The points of a member who joins on the first day and does some things. */
const earned = (program: object, ...activities: ReadonlyArray<Activity>): number =>
  active(following(shop(program), [joins(day1), ...activities]).state)

describe('what of an order counts', () => {
  const lines = [
    { amount: eur('80.00'), discount: eur('20.00'), tax: eur('14.96'), sku: 'A', brand: 'X', categories: ['shoes'] },
    { amount: eur('8.00'), kind: 'shipping' },
    { amount: eur('25.00'), kind: 'giftCard' },
  ]
  const payments = [
    { type: 'points', amount: eur('30.00') },
    { type: 'giftCard', amount: eur('10.00') },
    { type: 'money', amount: eur('73.00') },
  ]
  const of = (basis: object): number => earned(earning({ basis }), order('o', day1, lines, { payments }))

  test.each<[string, object, number]>([
    ['everything', {}, 113],
    ['gross', { amounts: 'gross' }, 133],
    ['net', { amounts: 'net' }, 113],
    ['without tax', { tax: 'excluded' }, 98],
    ['without shipping', { shipping: 'excluded' }, 105],
    ['without gift cards that are sold', { giftCards: 'excluded' }, 88],
    ['without what points paid', { paidWithPoints: 'excluded' }, 83],
    ['without what gift cards paid', { paidWithGiftCards: 'excluded' }, 103],
    ['only a SKU', { only: { skus: ['A'] } }, 80],
    ['only a brand', { only: { brands: ['X'] } }, 80],
    ['only a category', { only: { categories: ['shoes'] } }, 80],
    ['without a SKU', { except: { skus: ['A'] } }, 33],
    ['without a brand', { except: { brands: ['X'] } }, 33],
    ['without a category', { except: { categories: ['shoes'] } }, 33],
    ['goods alone, less points', { shipping: 'excluded', giftCards: 'excluded', paidWithPoints: 'excluded' }, 50],
  ])('S7 %s', (_, basis, expected) => {
    expect(of(basis)).toBe(expected)
  })
})

describe('cooldowns', () => {
  const books = fixed('books', '50', {
    lines: { field: 'categories', hasAny: ['books'] },
    cooldown: { amount: 1, unit: 'day' },
  })
  const program = earning({ rules: [base, books] })
  const later = (hour: string) => `2026-01-01T${hour}:00:00Z`

  test('an order in which no line counts for a rule does not use its cooldown up', () => {
    const food = order('food', later('01'), [{ categories: ['food'] }])
    const read = order('read', later('02'), [{ categories: ['books'] }])
    expect(earned(program, food, read)).toBe(70)
    const again = order('again', later('03'), [{ categories: ['books'] }])
    expect(earned(program, read, again)).toBe(70)
  })

  test('the return of the line that a rule earned for frees its cooldown, also where the rest of the order stays', () => {
    const both = order('both', later('01'), [{ categories: ['food'] }, { categories: ['books'] }])
    const back = returns('back', later('02'), 'both', { line: '2' })
    const again = order('again', later('03'), [{ categories: ['books'] }])
    expect(earned(program, both, back, again)).toBe(70)
    const other = returns('back', later('02'), 'both', { line: '1' })
    expect(earned(program, both, other, again)).toBe(70)
  })
})

describe('attributes', () => {
  const attributes = [
    { name: 'table', type: 'integer', required: true },
    { name: 'gift', type: 'flag' },
  ]
  const actions = [{ name: 'review', fields: [{ name: 'stars', type: 'integer', required: true }] }]
  const rules = [
    fixed('table bonus', '5', { when: { field: 'table', atLeast: 3 } }),
    {
      id: 'stars',
      wallet: 'points',
      on: 'review',
      award: { mode: 'perValue', field: 'stars', points: '2', per: 1, steps: 'step' },
    },
  ]
  const program = shop(earning({ attributes, actions, rules }))
  const anna = following(program, [joins(day1)]).state
  const paths = (one: Activity) => rejected(program, anna, one).map(({ path }) => path.join('.'))

  test('what rules need and the program calls required is asked for: without it no rule could say what to do', () => {
    expect(paths(order('o', day1, [{}]))).toEqual(['attributes.table'])
    expect(paths(order('o', day1, [{}], { attributes: { table: 'four', gift: 'yes' } }))).toEqual([
      'attributes.table',
      'attributes.gift',
    ])
    expect(paths(acts('a', day1, 'review'))).toEqual(['attributes.stars'])
    const table = order('o', day1, [{}], { attributes: { table: 4, unheardOf: 1 } })
    expect(
      active(following(program, [table, acts('a', day1, 'review', { attributes: { stars: 5 } })], anna).state),
    ).toBe(15)
  })

  test('it is named together with what is wrong with lines and payments', () => {
    const usd = { amount: '1.00', currency: 'USD' }
    const one = order('o', day1, [{ amount: usd }], { payments: [{ type: 'points', amount: usd }] })
    expect(paths(one)).toEqual(['lines.0.amount.currency', 'payments.0.amount.currency', 'attributes.table'])
  })
})

describe('stages', () => {
  const times = (factor: string) => ({ id: `x${factor}`, wallet: 'points', award: { mode: 'multiplier', factor } })
  const bonus = { id: 'bonus', wallet: 'points', award: { mode: 'bonus', points: '50' } }
  const of = (amount: string, more: object): number =>
    earned(earning(more), order('o', day1, [{ amount: eur(amount) }]))

  test('S2 what an action takes is cut off toward 0, what a purchase would lose is nothing', () => {
    const actions = [{ name: 'complaint', fields: [] }]
    const rules = [base, fixed('loss', '-1.2', { on: 'complaint' }), fixed('fee', '-2')]
    expect(earned(earning({ actions, rules }), order('o', day1, [{}]), acts('c', day1, 'complaint'))).toBe(7)
    expect(of('1.00', { rules: [base, fixed('fee', '-2')] })).toBe(0)
  })

  test('S5 87, ×1.5, +50 is 180; ×1.5 and ×2 are ×3, ×2.5 or ×2', () => {
    expect(of('87.00', { rules: [bonus, times('1.5'), base] })).toBe(180)
    const both = [base, times('1.5'), times('2')]
    expect(['product', 'sumOfBonuses', 'best'].map((multipliers) => of('87.00', { rules: both, multipliers }))).toEqual(
      [261, 217, 174],
    )
    expect(of('87.00', { rules: both })).toBe(217)
  })

  test('S6 3 points at ×1.25 twice are 4', () => {
    const again = { ...times('1.25'), id: 'again' }
    expect(of('3.00', { rules: [base, times('1.25'), again], multipliers: 'product' })).toBe(4)
  })

  test('S9 collect 80, first match of a group 60, first case 60, stop 60', () => {
    const gold = { id: 'gold', wallet: 'points', award: { ...perEuro, points: '3' } }
    const when = { field: 'amount', atLeast: '20.00' }
    expect(of('20.00', { rules: [gold, base] })).toBe(80)
    const groups = [{ id: 'g', mode: 'firstMatch' }]
    expect(
      of('20.00', {
        groups,
        rules: [
          { ...gold, group: 'g' },
          { ...base, group: 'g' },
        ],
      }),
    ).toBe(60)
    expect(of('20.00', { rules: [{ ...base, cases: [{ when, award: gold.award }] }] })).toBe(60)
    expect(of('20.00', { rules: [{ ...gold, stop: true }, base] })).toBe(60)
  })

  test('S11 400 and 300 of a promotion under 500: the kinds of the lots say what was cut', () => {
    const promotion = fixed('promotion', '300', { lot: { kind: 'promotional', funder: 'brand' } })
    const cap = {
      id: 'c',
      wallet: 'points',
      limit: 500,
      counts: 'points',
      window: { type: 'activity' },
      onExceed: 'truncate',
    }
    const lots = (cut: object) => {
      const program = shop(earning({ rules: [base, promotion], caps: [{ ...cap, ...cut }] }))
      const { state } = following(program, [joins(day1), order('o', day1, [{ amount: eur('400.00') }])])
      return state.wallets[0]?.lots.map(({ kind, funder, points: left }) => [kind, funder, left])
    }
    const regular = (points: number) => ['regular', null, points]
    const promotional = (points: number) => ['promotional', 'brand', points]
    expect(lots({})).toEqual([regular(400), promotional(100)])
    expect(lots({ cut: 'regularFirst' })).toEqual([regular(200), promotional(300)])
    expect(lots({ cut: 'proportional' })).toEqual([regular(286), promotional(214)])
  })
})

describe('caps of every kind', () => {
  const cap = (more: object) => ({
    id: 'c',
    wallet: 'points',
    limit: 100,
    counts: 'points',
    onExceed: 'truncate',
    ...more,
  })
  const lifetime = { window: { type: 'lifetime' } }
  const of = (more: object, rules: ReadonlyArray<object>, ...activities: ReadonlyArray<Activity>): number =>
    earned(earning({ caps: [cap(more)], rules }), ...activities)
  const eighty = (id: string, more: object = {}) => order(id, day1, [{ amount: eur('80.00') }], more)

  test('per rule, per campaign, of promotional points, a number of times', () => {
    const summer = fixed('summer', '150', { campaign: 'summer', lot: { kind: 'promotional' } })
    const both = [base, summer]
    expect(of({ ...lifetime, of: { rules: ['summer'] } }, both, eighty('a'), eighty('b'))).toBe(260)
    expect(of({ ...lifetime, of: { campaigns: ['summer'] } }, both, eighty('a'), eighty('b'))).toBe(260)
    expect(of({ ...lifetime, of: { kind: 'promotional' } }, both, eighty('a'), eighty('b'))).toBe(260)
    expect(of({ ...lifetime, of: { kind: 'regular' } }, both, eighty('a'), eighty('b'))).toBe(400)
    expect(of({ ...lifetime, counts: 'times', limit: 1 }, both, eighty('a'), eighty('b'))).toBe(230)
  })

  test('S16 on the balance held, with what is spent making room', () => {
    const balance = { window: { type: 'balance', pending: 'counted' } }
    const spend = activity({ type: 'redemption', id: 's', at: day1, wallet: 'points', points: 50 })
    expect(of(balance, [base], eighty('a'), eighty('b'))).toBe(100)
    expect(of(balance, [base], eighty('a'), eighty('b'), spend, eighty('c'))).toBe(100)
  })

  test('per store of a member; what says no store has a count of its own', () => {
    const per = { ...lifetime, per: { scope: 'member', by: 'store' } }
    const at = (id: string, store: string) => eighty(id, { attributes: { store } })
    expect(of(per, [base], at('a', 'north'), at('b', 'south'), at('c', 'north'))).toBe(180)
    expect(of(per, [base], eighty('a'), eighty('b'), at('c', 'north'))).toBe(180)
  })

  test('per device of everybody: a typo in its name is no cap, and is refused', () => {
    const attributes = [{ name: 'device', type: 'text' }]
    const caps = (by: string) => [cap({ ...lifetime, per: { scope: 'everyone', by } })]
    expect(decodeProgram({ ...shopJson, ...earning({ attributes, caps: caps('devcie') }) })).toMatchObject({
      left: [{ path: ['earning', 'caps', 0, 'per', 'by'] }],
    })
    const program = shop(earning({ attributes, caps: caps('device') }))
    const { state } = following(program, [joins(day1)])
    const one = eighty('a', { attributes: { device: 'd-1' } })
    expect(rejected(program, state, one)).toMatchObject([{ _tag: 'MissingBudget' }])
    const budgets = [{ type: 'lifetime', cap: 'c', key: 'd-1', used: 70 } as unknown as CapUsage]
    const decided = unwrap(decide(program, state, one, { budgets }))
    expect(active(decided.state)).toBe(30)
    expect(decided.claims).toMatchObject([{ cap: 'c', key: 'd-1', points: 30 }])
    const back = unwrap(decide(program, decided.state, returns('r', day1, 'a', { line: '1' }), { budgets }))
    expect(back.claims).toMatchObject([{ cap: 'c', key: 'd-1', points: -30 }])
  })

  test('S13 S30 a capped order, returned after rule, cap and version changed, is counted as it was', () => {
    const activityCap = { window: { type: 'activity' }, limit: 250 }
    const one = { ...shopJson, ...earning({ caps: [cap(activityCap)] }) }
    const rules = [{ ...base, award: { ...perEuro, points: '9' } }]
    const two = { ...shopJson, version: 2, ...earning({ rules, caps: [cap({ ...activityCap, limit: 1 })] }) }
    const lines = ['100.00', '150.00', '200.00'].map((amount) => ({ amount: eur(amount) }))
    const { state } = following(unwrap(compileProgram(programOf(one))), [joins(day1), order('o', day1, lines)])
    const now = unwrap(compileProgram(programOf(two), { earlier: [programOf(one)] }))
    const left = ['3', '2', '1'].map((_, index, all) =>
      active(
        following(
          now,
          all.slice(0, index + 1).map((line) => returns(`r${line}`, day1, 'o', { line })),
          state,
        ).state,
      ),
    )
    expect(left).toEqual([250, 100, 0])
  })
})

describe('what members reach', () => {
  test('S52 every second order, as a high-water mark', () => {
    const award = { mode: 'milestone', of: 'orders', every: 2, points: '100' }
    const program = earning({ rules: [{ id: 'second', wallet: 'points', award }] })
    const buys = (id: string) => order(id, day1, [{}])
    const first = returns('r', day1, 'a', { line: '1' })
    expect(earned(program, buys('a'), buys('b'))).toBe(100)
    expect(earned(program, buys('a'), buys('b'), first, buys('c'))).toBe(100)
    const second = returns('r', day1, 'b', { line: '1' })
    expect(earned(program, buys('a'), buys('b'), second)).toBe(0)
    expect(earned(program, buys('a'), buys('b'), second, buys('c'))).toBe(100)
  })

  test('the third order, not counting what was returned as a whole; the anniversary; the tenure', () => {
    const when = (condition: object, more: object = {}) =>
      earning({ rules: [fixed('bonus', '5', { when: condition, ...more })] })
    const on = (id: string, date: string) => order(id, `${date}T12:00:00Z`, [{}])
    const third = when({ field: 'orderNumber', equals: 3 })
    const orders = [on('a', '2026-01-02'), on('b', '2026-01-03')]
    expect(earned(third, ...orders, on('c', '2026-01-04'))).toBe(5)
    expect(
      earned(third, ...orders, returns('r', '2026-01-03T13:00:00Z', 'a', { line: '1' }), on('c', '2026-01-04')),
    ).toBe(0)
    const anniversary = when({ field: 'occasions', hasAny: ['enrolmentAnniversary'] })
    expect(earned(anniversary, on('a', '2026-12-31'), on('b', '2027-01-01'), on('c', '2027-01-02'))).toBe(5)
    const tenure = when({ field: 'tenureMonths', atLeast: 6 }, { whenUnknown: 'skip' })
    expect(earned(tenure, on('a', '2026-06-30'), on('b', '2026-07-01'))).toBe(5)
  })

  test('S37 a late order counts in the window of its own day, or of the day on which it came in', () => {
    const daily = { type: 'calendar', calendar: { unit: 'day' } }
    const cap = { id: 'c', wallet: 'points', limit: 10, counts: 'points', window: daily, onExceed: 'truncate' }
    const of = (countedBy: string) =>
      earned(
        { ...earning({ caps: [cap] }), late: { within: { amount: 7, unit: 'day' }, countedBy } },
        order('a', '2026-01-03T12:00:00Z', [{}]),
        order('b', '2026-01-03T13:00:00Z', [{}], { occurredAt: '2026-01-02T12:00:00Z' }),
      )
    expect([of('activityDate'), of('postingDate')]).toEqual([20, 10])
  })
})

describe('edges', () => {
  const cap = (more: object) => ({ id: 'c', wallet: 'points', counts: 'points', onExceed: 'truncate', ...more })
  const euros = (id: string, amount: string, at: string, more: object = {}) =>
    order(id, at, [{ amount: eur(amount) }], more)

  test('S16 points that are held count to the balance', () => {
    const program = shop(earning({ caps: [cap({ limit: 100, window: { type: 'balance', pending: 'ignored' } })] }))
    const hold = activity({
      type: 'hold',
      id: 'h',
      at: day1,
      wallet: 'points',
      points: 50,
      until: '2026-02-01T00:00:00Z',
    })
    const { state } = following(program, [joins(day1), euros('a', '80.00', day1), hold, euros('b', '80.00', day1)])
    expect(state.wallets[0]).toMatchObject({ active: 50, held: 50 })
  })

  test('S10 what is deferred fills one window after the other, each store its own', () => {
    const daily = { type: 'calendar', calendar: { unit: 'day' } }
    const caps = [cap({ limit: 10, window: daily, onExceed: 'defer', per: { scope: 'member', by: 'store' } })]
    const program = shop(earning({ caps }))
    const at = (id: string, amount: string, store: string) => euros(id, amount, day1, { attributes: { store } })
    const opens = (...activities: ReadonlyArray<Activity>) => {
      const { wallets } = following(program, [joins(day1), ...activities]).state
      const said = (wallets[0]?.lots ?? []).map(
        ({ source, points: left, activeFrom }) => `${source} ${formatInstant(activeFrom).slice(0, 10)} ${left}`,
      )
      return said.sort()
    }
    expect(opens(at('a', '25.00', 'north'))).toEqual(['a 2026-01-01 10', 'a 2026-01-02 10', 'a 2026-01-03 5'])
    expect(opens(at('a', '20.00', 'north'), at('b', '10.00', 'north'), at('c', '20.00', 'south'))).toEqual([
      'a 2026-01-01 10',
      'a 2026-01-02 10',
      'b 2026-01-03 10',
      'c 2026-01-01 10',
      'c 2026-01-02 10',
    ])
  })

  test('a return of an order of which nothing is left counts no other order less', () => {
    const third = earning({ rules: [fixed('second', '5', { when: { field: 'orderNumber', equals: 2 } })] })
    const orders = [euros('a', '1.00', day1), euros('b', '1.00', day1)]
    const again = ['r', 's'].map((id) => activity({ type: 'return', id, at: day1, purchase: 'a' }))
    expect(following(shop(third), [joins(day1), ...orders, ...again]).state.orders).toBe(1)
  })

  test('of points that died, what a return takes costs nothing, part by part', () => {
    const expiry = { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' }
    const program = shop({ wallets: [{ ...shopJson.wallets[0], expiry }] })
    const back = (id: string, amount: string) =>
      returns(id, '2026-01-03T00:00:00Z', 'a', { line: '1', amount: eur(amount) })
    const all = [joins(day1), euros('a', '100.00', day1), back('r', '10.00'), back('s', '90.00')]
    expect(points(following(program, all.slice(0, 3)).state)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(points(following(program, all).state)).toEqual({ active: 0, pending: 0, debt: 0 })
  })

  test('S37 a late order can come in up to the last instant, and be returned from when it came in', () => {
    const late = { within: { amount: 7, unit: 'day' }, countedBy: 'activityDate', beforeEnrolment: 'accept' }
    const program = shop({ late })
    const { state } = following(program, [joins(day1)])
    const one = (occurredAt: string) => euros('a', '10.00', '2026-01-08T00:00:00Z', { occurredAt })
    expect(rejected(program, state, one('2025-12-31T23:59:59.999Z'))).toMatchObject([{ _tag: 'ActivityTooLate' }])
    const bought = following(program, [one(day1)], state).state
    expect(active(following(program, [returns('r', '2026-03-08T23:59:59Z', 'a', { line: '1' })], bought).state)).toBe(0)
  })
})
