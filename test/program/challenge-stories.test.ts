// Goals in a whole program: what a member reaches from one order to the next, and what a return takes.
import { describe, expect, test } from 'vitest'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  compileProgram,
  decodeProgram,
  explainTrace,
  germanTexts,
  type MemberEvent,
  type MemberState,
} from '../../src/program/index.ts'
import { at } from '../ledger/book.ts'
import { coffeeJson } from '../rewards/stamp-terms.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  points,
  pointsOf,
  programOf,
  rejected,
  returns,
  shop,
  shopJson,
} from './shop.ts'

const day = (n: number, hour = 8) => `2026-01-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`

/** The action by which rules hear of levels. */
const challengeReached = {
  name: 'challengeReached',
  fields: [
    { name: 'challenge', type: 'text', required: true },
    { name: 'level', type: 'text', required: true },
  ],
}

const bonus = (level: string, points: string, more: object = {}) => ({
  id: `bonus for ${level}`,
  wallet: 'points',
  on: 'challengeReached',
  when: { field: 'level', is: level },
  award: { mode: 'fixed', points },
  ...more,
})

const orders = {
  id: 'orders',
  measure: { type: 'times' },
  window: { type: 'whole' },
  levels: [
    { id: 'tenth', target: 10 },
    { id: 'thirtieth', target: 30 },
  ],
}
const coupons = [
  { level: 'tenth', reward: 'coupon-10' },
  { level: 'thirtieth', reward: 'coupon-30' },
]
const goalOf = (challenge: object = {}, more: object = {}) => ({
  challenge: { ...orders, ...challenge },
  on: 'purchase',
  ...more,
})

const earningOf = (rules: ReadonlyArray<object>, actions: ReadonlyArray<object> = []) => ({
  ...shopJson.earning,
  rules: [...shopJson.earning.rules, ...rules],
  actions: [challengeReached, ...actions],
})

const withGoals = (goals: ReadonlyArray<object>, rules: ReadonlyArray<object> = [], more: object = {}) => ({
  challenges: { goals },
  earning: earningOf(rules),
  ...more,
})

/** A return of all that is left. */
const comesBack = (id: string, when: string, purchase: string): Activity =>
  activity({ type: 'return', id, at: when, purchase })

const joined = joins(day(1, 0))
const ordersUpTo = (n: number): ReadonlyArray<Activity> =>
  Array.from({ length: n }, (_, index) => buys(`o${index + 1}`, day(2 + Math.floor(index / 2)), '1.00'))
const levelsIn = (events: ReadonlyArray<MemberEvent>) =>
  events.flatMap((event) =>
    event.type === 'challengeProgressed' ? event.reached.map(({ level, reward }) => [level, reward]) : [],
  )
const standing = ({ challenges }: MemberState) =>
  challenges.goals.map(({ challenge, grants }) => [challenge, grants.map(({ level }) => level).join()])

describe('a bonus and a coupon at the 10th and at the 30th order', () => {
  const program = shop(withGoals([goalOf({}, { rewards: coupons })], [bonus('tenth', '50'), bonus('thirtieth', '200')]))

  test('come with just those orders, once each', () => {
    const nine = following(program, [joined, ...ordersUpTo(9)]).state
    expect(points(nine).active).toBe(9)
    const tenth = following(program, [buys('tenth', day(9), '1.00')], nine)
    expect(levelsIn(tenth.events)).toEqual([['tenth', 'coupon-10']])
    expect(points(tenth.state).active).toBe(60)
    const more = following(program, [joined, ...ordersUpTo(31)])
    expect(points(more.state).active).toBe(31 + 250)
    expect(levelsIn(more.events)).toEqual([])
    expect(standing(more.state)).toEqual([['orders', 'tenth,thirtieth']])
  })

  test('say why, in two languages', () => {
    const { state } = following(program, [joined, ...ordersUpTo(9)])
    const { trace } = following(program, [buys('tenth', day(9), '1.00')], state)
    expect(explainTrace(program, trace)).toEqual(
      expect.arrayContaining([
        'Activity tenth counts 1 towards orders: 10 of 30.',
        'Level tenth of orders is reached: coupon-10.',
      ]),
    )
    expect(explainTrace(program, trace, { texts: germanTexts })).toEqual(
      expect.arrayContaining([
        'Vorgang tenth zählt 1 für orders: 10 von 30.',
        'Stufe tenth von orders ist erreicht: coupon-10.',
      ]),
    )
  })

  test('S31 go back with an order that comes back, and come again with the next', () => {
    const ten = following(program, [joined, ...ordersUpTo(10)]).state
    const back = following(program, [comesBack('r', day(12), 'o3')], ten)
    expect(back.events).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ type: 'challengeProgressed', lost: [expect.objectContaining({ level: 'tenth' })] }),
      ]),
    )
    expect(explainTrace(program, back.trace)).toEqual(
      expect.arrayContaining([
        'Activity o3 counts 1 less towards orders: 9 of 10.',
        'Level tenth of orders is no longer reached: coupon-10.',
      ]),
    )
    expect(points(back.state).active).toBe(9)
    const again = following(program, [buys('o11', day(13), '1.00')], back.state)
    expect(levelsIn(again.events)).toEqual([['tenth', 'coupon-10']])
    expect(points(again.state).active).toBe(60)
  })

  test('stay where the challenge says so, and come no second time', () => {
    const generous = shop(withGoals([goalOf({ onLoss: 'keep' }, { rewards: coupons })], [bonus('tenth', '50')]))
    const ten = following(generous, [joined, ...ordersUpTo(10)]).state
    const back = following(generous, [comesBack('r', day(12), 'o3')], ten).state
    expect(points(back).active).toBe(59)
    expect(points(following(generous, [buys('o11', day(13), '1.00')], back).state).active).toBe(60)
  })
})

describe('stamps for a level', () => {
  const card = { policy: { ...coffeeJson, perDay: 1 }, products: { skus: [], categories: ['coffee'] } }
  const rewards = [{ level: 'tenth', stamps: { card: 'coffee', count: 4 } }]
  const program = shop({ ...withGoals([goalOf({}, { rewards })]), stampCards: [card] })
  const stamps = ({ stampCards }: MemberState) => stampCards.map((one) => [one.stamps, one.debt])

  test('come on the card, whatever a purchase may bring in a day, and go with the level', () => {
    const ten = following(program, [joined, ...ordersUpTo(10)])
    expect(stamps(ten.state)).toEqual([[4, 0]])
    expect(explainTrace(program, ten.trace)).toContain('4 stamps on coffee: 4 of 10.')
    const back = following(program, [comesBack('r', day(12), 'o3')], ten.state)
    expect(stamps(back.state)).toEqual([[0, 0]])
    const again = following(program, [buys('o11', day(13), '1.00')], back.state).state
    expect(stamps(again)).toEqual([[4, 0]])
    expect(stamps(following(program, [comesBack('r2', day(14), 'o4')], again).state)).toEqual([[0, 0]])
  })

  test('need a card of the program', () => {
    const decoded = decodeProgram({ ...shopJson, ...withGoals([goalOf({}, { rewards })]) })
    expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
      'challenges.goals[0].rewards[0].stamps.card',
    ])
  })
})

describe('what counts', () => {
  const bottles = (id: string, when: string, quantity: number, categories = ['wine']): Activity =>
    activity({ type: 'purchase', id, at: when, lines: [{ id: '1', amount: eur('6.00'), quantity, categories }] })
  const sum = goalOf({
    measure: { type: 'sum', field: 'quantity' },
    when: { field: 'categories', hasAny: ['wine'] },
    levels: [{ id: 'six', target: 6 }],
  })
  const program = shop(withGoals([sum], [bonus('six', '100')]))

  test('is a sum over purchases that fit, and a part that comes back counts no more', () => {
    const three = [joined, bottles('a', day(2), 4), bottles('tea', day(2), 9, ['tea']), bottles('b', day(3), 2)]
    const { state, events } = following(program, three)
    expect(levelsIn(events)).toEqual([['six', null]])
    const one = returns('r1', day(4), 'a', { line: '1', quantity: 1, amount: eur('1.00') })
    const less = following(program, [one], state)
    expect(points(less.state).active).toBe(points(state).active - 100 - 1)
    expect(explainTrace(program, less.trace)).toContain('Activity a counts 1 less towards orders: 5 of 6.')
    const rest = following(program, [returns('r2', day(5), 'a', { line: '1' })], less.state)
    expect(rest.state.challenges.goals[0]?.reversals.map(({ amount }) => amount)).toEqual([1, null])
  })

  test('is refused where the sum is no longer exact', () => {
    const spend = shop(withGoals([goalOf({ measure: { type: 'sum', field: 'amount' } })]))
    const much = '90071992547409.91'
    const { state } = following(spend, [joined, buys('a', day(2), much)])
    expect(rejected(spend, state, buys('b', day(3), much))).toMatchObject([{ _tag: 'OutOfRange' }])
  })

  test('is counted in the windows of the program’s calendar, and windows are forgotten when nothing can come back', () => {
    const monthly = shop(
      withGoals([
        goalOf({ window: { type: 'calendar', calendar: { unit: 'month' } }, levels: [{ id: 'two', target: 2 }] }),
      ]),
    )
    const bought = following(monthly, [joined, buys('a', day(30), '1.00'), buys('b', '2026-02-02T08:00:00Z', '1.00')])
    expect(levelsIn(bought.events)).toEqual([])
    const second = following(monthly, [buys('c', '2026-02-20T08:00:00Z', '1.00')], bought.state)
    expect(levelsIn(second.events)).toEqual([['two', null]])
    const { state, events } = advance(monthly, second.state, at('2026-04-15T00:00:00Z'))
    // January ends on 1 February, and what was bought in it can come back for 60 days.
    expect(events).toMatchObject([{ type: 'challengeClosed', at: at('2026-04-02T00:00:00Z') }])
    expect(state.challenges.goals[0]?.contributions.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(advance(monthly, state, at('2026-06-01T00:00:00Z')).state.challenges.goals[0]?.grants).toEqual([])
  })

  test('is an action, and undone with it', () => {
    const review = { name: 'review', fields: [{ name: 'stars', type: 'integer', required: true }] }
    const program = shop({
      challenges: {
        goals: [goalOf({ when: { field: 'stars', atLeast: 4 }, levels: [{ id: 'two', target: 2 }] }, { on: 'review' })],
      },
      earning: earningOf([bonus('two', '7')], [review]),
    })
    const reviews = (id: string, stars: number) =>
      activity({ type: 'action', id, at: day(3), name: 'review', attributes: { stars } })
    const { state } = following(program, [joined, reviews('a', 5), reviews('b', 3), reviews('c', 4)])
    expect(points(state).active).toBe(7)
    const undo = activity({ type: 'actionCancellation', id: 'x', at: day(4), action: 'a' })
    expect(points(following(program, [undo], state).state).active).toBe(0)
  })

  test('late activities count in the window in which they happened', () => {
    const late = { within: { amount: 20, unit: 'day' }, countedBy: 'activityDate' }
    const weekly = shop(
      withGoals(
        [
          goalOf({
            window: { type: 'calendar', calendar: { unit: 'week', startsOn: 1 } },
            levels: [{ id: 'two', target: 2 }],
          }),
        ],
        [bonus('two', '5')],
        { late },
      ),
    )
    const told = { ...buys('b', day(14), '1.00'), occurredAt: at(day(6)) } as Activity
    const { events, state } = following(weekly, [joined, buys('a', day(5), '1.00'), told])
    expect(levelsIn(events)).toEqual([['two', null]])
    expect(points(state).active).toBe(7)
  })
})

test('what comes in too late for a window that is forgotten earns all the same', () => {
  const monthly = { window: { type: 'calendar', calendar: { unit: 'month' } }, levels: [{ id: 'one', target: 1 }] }
  const daily = { id: 'daily', calendar: { unit: 'day' }, actionsPerPeriod: 1, levels: [{ id: 'day', periods: 1 }] }
  const json = { challenges: { goals: [goalOf(monthly)], streaks: [{ streak: daily, on: 'purchase' }] } }
  const { state } = following(shop(json), [joined, buys('a', day(30), '1.00')])
  const closed = advance(shop(json), state, at('2026-06-01T00:00:00Z')).state
  const late = { within: { amount: 300, unit: 'day' }, countedBy: 'activityDate' }
  const lenient = unwrap(compileProgram(programOf({ ...json, late, version: 2 }), { earlier: [programOf(json)] }))
  const told = { ...buys('b', '2026-06-02T08:00:00Z', '7.00'), occurredAt: at(day(20)) } as Activity
  const after = following(lenient, [told], closed)
  expect(points(after.state).active).toBe(8)
  expect(after.events.map(({ type }) => type)).not.toContain('challengeProgressed')
  expect(after.events.map(({ type }) => type)).not.toContain('streakProgressed')
})

describe('a new version of the program', () => {
  test('gives what is reached now, and wipes no progress', () => {
    const before = programOf(withGoals([goalOf()], [bonus('tenth', '50')]))
    const { state } = following(shop(withGoals([goalOf()], [bonus('tenth', '50')])), [joined, ...ordersUpTo(8)])
    const sooner = [{ id: 'tenth', target: 5 }]
    const next = programOf({ ...withGoals([goalOf({ levels: sooner })], [bonus('tenth', '50')]), version: 2 })
    const compiled = compileProgram(next, { earlier: [before] })
    if (compiled._tag === 'Left') throw new Error('does not compile')
    const revised = following(
      compiled.right,
      [activity({ type: 'birthDateChange', id: 'x', at: day(20), birthDate: null })],
      state,
    )
    expect(levelsIn(revised.events)).toEqual([['tenth', null]])
    expect(points(revised.state).active).toBe(58)
    expect(revised.state.challenges.version).toBe(2)
  })

  test('takes back what would take more now, where the challenge says so', () => {
    const json = (target: number) =>
      withGoals([goalOf({ levels: [{ id: 'tenth', target }], onEdit: 'takeBack' })], [bonus('tenth', '50')])
    const { state } = following(shop(json(2)), [joined, ...ordersUpTo(2)])
    expect(points(state).active).toBe(52)
    const compiled = compileProgram(programOf({ ...json(3), version: 2 }), { earlier: [programOf(json(2))] })
    if (compiled._tag === 'Left') throw new Error('does not compile')
    expect(points(following(compiled.right, [buys('o', day(20), '5.00')], state).state).active).toBe(7 + 50)
    const quiet = activity({ type: 'birthDateChange', id: 'x', at: day(20), birthDate: null })
    expect(points(following(compiled.right, [quiet], state).state).active).toBe(2)
  })

  test('cannot measure something else under the same id', () => {
    const next = programOf({ ...withGoals([goalOf({ measure: { type: 'sum', field: 'quantity' } })]), version: 2 })
    const compiled = compileProgram(next, { earlier: [programOf(withGoals([goalOf()]))] })
    expect(compiled._tag === 'Left' ? compiled.left.map(({ path }) => formatPath(path)) : []).toEqual([
      'challenges.goals[0].challenge.measure',
    ])
  })
})

test('reading a program says what is wrong with its goals', () => {
  const decoded = decodeProgram({
    ...shopJson,
    ...withGoals([
      goalOf({}, { rewards: [{ level: 'fifth', reward: 'x' }] }),
      goalOf({ id: 'b' }, { on: 'dance' }),
      goalOf({ measure: { type: 'sum', field: 'steps' }, when: { field: 'mood', is: 'good' } }),
    ]),
  })
  expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
    'challenges.goals[2].challenge.id',
    'challenges.goals[0].rewards[0].level',
    'challenges.goals[1].on',
    'challenges.goals[2].challenge.measure.field',
    'challenges.goals[2].challenge.when.field',
  ])
})

describe('effects that lead to one another', () => {
  const upgraded = {
    name: 'tierUpgraded',
    fields: [
      { name: 'ladder', type: 'text', required: true },
      { name: 'tier', type: 'text', required: true },
    ],
  }
  const ladder = (
    id: string,
    metric: Readonly<Record<string, string>>,
    tiers: ReadonlyArray<readonly [string, number]>,
  ) => ({
    id,
    metrics: [{ id: 'points', ...metric }],
    period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
    validity: { type: metric['of'] === 'balance' ? 'whileQualified' : 'endOfNextPeriod' },
    tiers: [
      { id: `${id} basic` },
      ...tiers.map(([tier, reach]) => ({ id: tier, reach: pointsOf(reach), keep: pointsOf(reach) })),
    ],
  })

  test('a tier’s gift completes a challenge whose reward raises the tier again', () => {
    const program = shop({
      challenges: {
        goals: [goalOf({ id: 'climber', levels: [{ id: 'first', target: 1 }] }, { on: 'tierUpgraded' })],
      },
      earning: earningOf([bonus('first', '500')], [upgraded]),
      ladders: [
        ladder('status', { of: 'points', wallet: 'points' }, [
          ['silver', 100],
          ['gold', 550],
        ]),
      ],
    })
    const { state, trace } = following(program, [joined, buys('o', day(2), '100.00')])
    expect(state.standings.map(({ tier }) => tier)).toEqual(['gold'])
    expect(points(state).active).toBe(600)
    expect(trace.flatMap((step) => (step.step === 'assessment' ? [step.to] : []))).toEqual(['silver', 'gold'])
  })

  /** Two challenges with a level for each of the other's. */
  const mutual = (more: object = {}) =>
    ['even', 'odd'].map((id) => ({
      challenge: {
        ...orders,
        id,
        levels: Array.from({ length: 40 }, (_, index) => ({ id: `${id} ${index + 1}`, target: index + 1 })),
        when: { all: [{ field: 'challenge', isNot: id }, ...(Object.keys(more).length === 0 ? [] : [more])] },
      },
      on: 'challengeReached',
    }))
  const first = goalOf({ id: 'first', levels: [{ id: 'one', target: 1 }] })

  test('a loop that the document proves is refused by name when it is read', () => {
    const decoded = decodeProgram({ ...shopJson, ...withGoals([first, ...mutual()]) })
    expect(decoded).toMatchObject({
      _tag: 'Left',
      left: [{ expected: 'a condition by which no challenge counts its own levels, as in the loop even → odd → even' }],
    })
    expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
      'challenges.goals[1].challenge.when',
    ])
    const own = { ...orders, levels: [{ id: 'three', target: 3 }] }
    const itself = { ...shopJson, ...withGoals([{ challenge: own, on: 'challengeReached' }]) }
    expect(decodeProgram(itself)).toMatchObject({ left: [{ expected: expect.stringContaining('orders → orders') }] })
  })

  test('a loop that depends on what happens is refused by name when it does, and nothing of it is done', () => {
    const program = shop(withGoals([first, ...mutual({ field: 'weekday', is: 'friday' })]))
    const { state } = following(program, [joined])
    const chain = ['first', ...Array.from({ length: 32 }, (_, index) => (index % 2 === 0 ? 'even' : 'odd'))]
    expect(rejected(program, state, buys('o', day(2), '50.00'))).toMatchObject([
      { _tag: 'EndlessEffects', chain: chain.map((of) => ({ action: 'challengeReached', of })) },
    ])
    const thursday = following(program, [buys('o', day(1, 20), '50.00')], state)
    expect(standing(thursday.state)).toEqual([['first', 'one']])
  })
})
