// Streaks, badges and gifts for membership in a whole program.
import { describe, expect, test } from 'vitest'
import {
  Draw,
  type DrawEntries,
  drawTickets,
  enterDraw,
  noEntries,
  withdrawEntries,
} from '../../src/challenges/index.ts'
import { decode, formatPath, unwrap, zoneFromIntl } from '../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  type CompiledProgram,
  compileProgram,
  decodeProgram,
  explainTrace,
  germanTexts,
  type MemberEvent,
  type MemberState,
} from '../../src/program/index.ts'
import { at } from '../ledger/book.ts'
import { activity, buys, following, joins, member, points, programOf, rejected, shop, shopJson } from './shop.ts'

const day = (n: number, hour = 8) => `2026-03-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`

const text = (name: string) => ({ name, type: 'text', required: true })
const actions = [
  { name: 'challengeReached', fields: [text('challenge'), text('level')] },
  { name: 'visit', fields: [{ name: 'minutes', type: 'integer' }] },
]
const bonus = (level: string, points: string) => ({
  id: `bonus for ${level}`,
  wallet: 'points',
  on: 'challengeReached',
  when: { field: 'level', is: level },
  award: { mode: 'fixed', points },
})

const daily = {
  id: 'daily',
  calendar: { unit: 'day' },
  actionsPerPeriod: 1,
  levels: [
    { id: 'three days', periods: 3 },
    { id: 'week', periods: 7 },
  ],
}
const streakOf = (changes: object = {}, more: object = {}) => ({
  streak: { ...daily, ...changes },
  on: 'visit',
  ...more,
})

const gym = (challenges: object, rules: ReadonlyArray<object> = [], more: object = {}) => ({
  earning: { ...shopJson.earning, rules: [...shopJson.earning.rules, ...rules], actions },
  challenges,
  ...more,
})

const joined = joins(day(1, 0))
const visit = (id: string, when: string, more: object = {}): Activity =>
  activity({ type: 'action', id, at: when, name: 'visit', ...more })
const visits = (...days: ReadonlyArray<number>) => days.map((n) => visit(`v${n}`, day(n)))

const levelsIn = (events: ReadonlyArray<MemberEvent>) =>
  events.flatMap((event) => (event.type === 'streakProgressed' ? event.reached.map(({ level }) => level) : []))
const awards = ({ challenges }: MemberState) => {
  const revoked = new Set(challenges.badges.revocations.map(({ of }) => of))
  return challenges.badges.awards.filter(({ id }) => !revoked.has(id)).map(({ badge }) => badge)
}
const expert = { id: 'expert', duration: { amount: 10, unit: 'day' }, onRepeat: 'restart', levels: [] }

describe('S59 a streak', () => {
  const program = shop(
    gym(
      {
        streaks: [streakOf({}, { rewards: [{ level: 'three days', reward: 'towel', badge: 'expert' }] })],
        badges: [expert],
      },
      [bonus('three days', '30')],
    ),
  )

  test('of three days gives points, a gift and a badge, and says why', () => {
    const two = following(program, [joined, ...visits(2, 3)]).state
    const third = following(program, visits(4), two)
    expect(levelsIn(third.events)).toEqual(['three days'])
    expect(points(third.state).active).toBe(30)
    expect(awards(third.state)).toEqual(['expert'])
    expect(explainTrace(program, third.trace)).toEqual(
      expect.arrayContaining([
        'Streak daily stands at 3 of 7.',
        'Level “three days” of daily is reached: towel.',
        'Badge expert is awarded.',
      ]),
    )
    expect(explainTrace(program, third.trace, { texts: germanTexts })).toEqual(
      expect.arrayContaining(['Serie daily steht bei 3 von 7.', 'Abzeichen expert verliehen.']),
    )
  })

  test('is broken by a missed day, and whole again when a visit comes in late', () => {
    const late = { within: { amount: 10, unit: 'day' }, countedBy: 'activityDate' }
    const taking = shop(gym({ streaks: [streakOf()] }, [bonus('three days', '30')], { late }))
    const broken = following(taking, [joined, ...visits(2, 4)])
    expect(levelsIn(broken.events)).toEqual([])
    const told = visit('late', day(5), { occurredAt: day(3) })
    const { events, state } = following(taking, [told], broken.state)
    expect(levelsIn(events)).toEqual(['three days'])
    expect(points(state).active).toBe(30)
  })

  test('loses what it gave when a day of it is undone', () => {
    const { state } = following(program, [joined, ...visits(2, 3, 4)])
    const undo = activity({ type: 'actionCancellation', id: 'x', at: day(5), action: 'v3' })
    const after = following(program, [undo], state)
    expect(points(after.state).active).toBe(0)
    expect(awards(after.state)).toEqual([])
    expect(explainTrace(program, after.trace)).toEqual(
      expect.arrayContaining(['Level “three days” of daily is no longer reached: towel.', 'Badge expert is revoked.']),
    )
    const twice = activity({ type: 'actionCancellation', id: 'y', at: day(6), action: 'v3' })
    expect(following(program, [twice], after.state).events.map(({ type }) => type)).not.toContain('streakProgressed')
  })

  test('keeps a day of which a return leaves something that counts', () => {
    const buying = shop(
      gym({ streaks: [{ streak: { ...daily, when: { field: 'amount', atLeast: '5' } }, on: 'purchase' }] }),
    )
    const { state } = following(buying, [joined, buys('a', day(2), '6.00', '4.00')])
    const part = activity({ type: 'return', id: 'r', at: day(3), purchase: 'a', lines: [{ line: '2' }] })
    const kept = following(buying, [part], state).state
    expect(kept.challenges.streaks[0]?.reversals).toEqual([])
    const rest = activity({ type: 'return', id: 'r2', at: day(3), purchase: 'a' })
    expect(following(buying, [rest], kept).state.challenges.streaks[0]?.reversals.length).toBe(1)
    expect(following(buying, [buys('small', day(4), '4.00')], kept).state.challenges.streaks[0]?.actions.length).toBe(1)
  })

  test('is bridged over a missed day by a freeze token', () => {
    const frozen = shop(gym({ streaks: [streakOf({ freeze: { mostInSuccession: 1, repairDays: 0 } })] }))
    const token = activity({ type: 'freezeTokenGrant', id: 't', at: day(3), streak: 'daily' })
    const { events } = following(frozen, [joined, ...visits(2), token, ...visits(4, 5)])
    expect(levelsIn(events)).toEqual(['three days'])
    const { state } = following(frozen, [joined])
    expect(
      rejected(frozen, state, activity({ type: 'freezeTokenGrant', id: 't', at: day(3), streak: 'x' })),
    ).toMatchObject([{ _tag: 'UnknownChallenge', challenge: 'x', expected: 'a streak of the program: daily' }])
  })

  test('S22 is counted on the days of the member’s own clock, over a change of clocks', () => {
    const zones = ['Europe/Berlin', 'America/New_York'].map((id) => unwrap(zoneFromIntl(id)))
    const compiled = unwrap(
      compileProgram(programOf({ ...gym({ streaks: [streakOf()] }), zone: 'Europe/Berlin' }), { zones }),
    )
    // Half past eleven in the evening, in New York, on three days of which the second has 23 hours.
    const evenings = ['2026-03-08T04:30:00Z', '2026-03-09T03:30:00Z', '2026-03-10T03:30:00Z'].map((when, index) =>
      visit(`v${index}`, when),
    )
    const move = activity({ type: 'zoneChange', id: 'move', at: day(2), zone: 'America/New_York' })
    const { state, events } = following(compiled, [joined, move, ...evenings])
    expect(levelsIn(events)).toEqual(['three days'])
    expect(state.challenges.streaks[0]?.actions.map(({ day: filled }) => filled)).toEqual([20_519, 20_520, 20_521])
    const again = activity({ type: 'zoneChange', id: 'again', at: day(12), zone: 'America/New_York' })
    expect(following(compiled, [again], state).events.map(({ type }) => type)).not.toContain('zoneChanged')
    expect(
      rejected(compiled, state, activity({ type: 'zoneChange', id: 'z', at: day(12), zone: 'Mars' })),
    ).toMatchObject([{ _tag: 'InvalidValue', path: ['zone'] }])
    // Who stores a state and compiles without that table gets the program's own days.
    const without = unwrap(compileProgram(compiled.program, { zones: zones.slice(0, 1) }))
    const later = following(without, [visit('v9', '2026-03-12T23:30:00Z')], state).state
    expect(later.challenges.streaks[0]?.actions.at(-1)?.day).toBe(20_525)
  })

  test('is folded when nothing of its first days can come back, and goes on from there', () => {
    const { state } = following(program, [joined, ...visits(2, 3, 4)])
    expect(advance(program, state, at('2026-06-02T23:59:00Z')).events.map(({ type }) => type)).not.toContain(
      'streakClosed',
    )
    const later = advance(program, state, at('2026-08-01T00:00:00Z'))
    expect(later.events.filter(({ type }) => type === 'streakClosed').length).toBe(1)
    expect(later.state.challenges.streaks[0]).toMatchObject({ actions: [], grants: [], closed: { best: 3 } })
  })

  test('counts by a new version of the program, and cannot have another calendar under the same id', () => {
    const json = (changes: object) => gym({ streaks: [streakOf(changes)] }, [bonus('three days', '30')])
    const { state } = following(shop(json({})), [joined, ...visits(2, 3)])
    const compiled = (changes: object) =>
      compileProgram(programOf({ ...json(changes), version: 2 }), { earlier: [programOf(json({}))] })
    const sooner = unwrap(compiled({ levels: [{ id: 'three days', periods: 2 }] }))
    const quiet = activity({ type: 'birthDateChange', id: 'x', at: day(9), birthDate: null })
    expect(points(following(sooner, [quiet], state).state).active).toBe(30)
    const weekly = compiled({ calendar: { unit: 'week', startsOn: 1 } })
    expect(weekly._tag === 'Left' ? weekly.left.map(({ path }) => formatPath(path)) : []).toEqual([
      'challenges.streaks[0].streak.calendar',
    ])
    const gone = unwrap(compileProgram(programOf({ ...gym({}), version: 2 }), { earlier: [programOf(json({}))] }))
    expect(following(gone, visits(20), state).state.challenges.streaks).toEqual(state.challenges.streaks)
  })
})

describe('a badge', () => {
  const program = shop(gym({ badges: [expert] }))
  const grant = (id: string, when: string, badge = 'expert') => activity({ type: 'badgeGrant', id, at: when, badge })
  const expiries = (compiled: CompiledProgram, state: MemberState, until: string) =>
    advance(compiled, state, at(until)).events.flatMap((event) => (event.type === 'badgeExpired' ? [event.at] : []))

  test('is held for its time, which begins anew with each award', () => {
    const { state } = following(program, [joined, grant('a', day(2)), grant('b', day(6))])
    expect(awards(state)).toEqual(['expert', 'expert'])
    expect(expiries(program, state, day(30))).toEqual([at(day(16))])
    const over = advance(program, state, at(day(30)))
    expect(over.state.challenges.badges).toEqual({ awards: [], revocations: [] })
    expect(explainTrace(program, over.trace)).toEqual(['Badge expert has expired.'])
  })

  test('is taken from who should not have had it, once', () => {
    const { state } = following(program, [joined, grant('a', day(2)), grant('b', day(6))])
    const withdraw = (id: string, award: string) => activity({ type: 'badgeWithdrawal', id, at: day(7), award })
    const after = following(program, [withdraw('w', 'b')], state).state
    expect(expiries(program, after, day(30))).toEqual([at(day(12))])
    expect(rejected(program, after, withdraw('w2', 'b'))).toMatchObject([{ _tag: 'InvalidValue', path: ['award'] }])
    expect(rejected(program, after, grant('c', day(8), 'novice'))).toMatchObject([
      { _tag: 'UnknownBadge', badge: 'novice' },
    ])
  })
})

describe('S18 gifts for membership', () => {
  const tenure = {
    id: 'membership',
    levels: [
      { id: 'month', after: { amount: 1, unit: 'month' } },
      { id: 'year', after: { amount: 1, unit: 'year' } },
    ],
    rewards: [
      { level: 'month', reward: 'mug' },
      { level: 'year', reward: 'shirt', badge: 'expert' },
    ],
  }
  const json = (changes: object = {}) =>
    gym({ tenure: [{ ...tenure, ...changes }], badges: [expert] }, [bonus('month', '10'), bonus('year', '100')])
  const given = (events: ReadonlyArray<MemberEvent>) =>
    events.flatMap((event) => (event.type === 'tenureReached' ? [[event.level, event.reward, event.at]] : []))

  test('come on the day, counted from the day of joining, with the points for it', () => {
    const program = shop(json())
    const { state } = following(program, [joins('2026-01-31T10:00:00Z')])
    const month = advance(program, state, at('2026-03-01T00:00:00Z'))
    expect(given(month.events)).toEqual([['month', 'mug', at('2026-02-28T10:00:00Z')]])
    expect(explainTrace(program, month.trace).slice(0, 2)).toEqual([
      'Level month of membership is reached: mug.',
      'Rule “bonus for month” gives 10.',
    ])
    expect(points(month.state).active).toBe(10)
    expect(points(following(program, visits(2), month.state).state).active).toBe(10)
    const year = advance(program, month.state, at('2027-02-02T00:00:00Z'))
    expect(given(year.events)).toEqual([['year', 'shirt', at('2027-01-31T10:00:00Z')]])
    expect(awards(year.state)).toEqual(['expert'])
    expect(advance(program, year.state, at('2028-02-02T00:00:00Z')).events.map(({ type }) => type)).toEqual([
      'badgeExpired',
    ])
    const both = following(
      program,
      [activity({ type: 'birthDateChange', id: 'x', at: '2027-02-03T00:00:00Z', birthDate: null })],
      state,
    )
    expect(points(both.state).active).toBe(110)
  })

  test('of days before the program began to give them are not given', () => {
    const program = shop(json({ from: '2026-06-01T00:00:00Z' }))
    const { state } = following(program, [joins('2026-01-31T10:00:00Z')])
    expect(given(advance(program, state, at('2027-03-01T00:00:00Z')).events).map(([level]) => level)).toEqual(['year'])
  })
})

describe('S61 a draw', () => {
  const summer = {
    id: 'summer',
    opens: day(1, 0),
    closes: day(20, 0),
    drawsAt: day(25, 0),
    methods: [
      { id: 'order', tickets: 1, isPurchase: true },
      { id: 'visit', tickets: 1, isPurchase: false },
    ],
    mostTickets: 10,
    prizes: [{ id: 'trip', count: 1, among: null }],
    alternates: 0,
  }
  const entries = [
    { on: 'purchase', method: 'order', when: { field: 'amount', atLeast: '5' } },
    { on: 'visit', method: 'visit' },
  ]
  const program = shop(gym({ draws: [{ draw: summer, entries }] }))
  const draw = unwrap(decode(Draw, summer))

  /** What whoever draws makes of an event. */
  const collect = (known: DrawEntries, event: MemberEvent): DrawEntries => {
    if (event.type === 'drawEntered') {
      const { entry: id, enteredAt, method } = event
      return unwrap(enterDraw(draw, known, [{ id, member: member().member, at: enteredAt, method }]))
    }
    if (event.type !== 'drawWithdrawn') return known
    return unwrap(withdrawEntries(known, [{ id: event.withdrawal, of: event.entry, at: event.at }]))
  }

  const collected = (activities: ReadonlyArray<Activity>) => {
    let known = noEntries(draw)
    let { state } = following(program, [joined])
    const said: Array<string> = []
    for (const one of activities) {
      const decision = following(program, [one], state)
      state = decision.state
      said.push(...explainTrace(program, decision.trace).filter((sentence) => sentence.includes('summer')))
      known = decision.events.reduce(collect, known)
    }
    return { known, said, tickets: drawTickets(draw, known, []).total }
  }
  const back = (id: string, when: string, purchase: string, line?: string) =>
    activity({ type: 'return', id, at: when, purchase, ...(line === undefined ? {} : { lines: [{ line }] }) })

  test('is entered by orders that fit and by visits, while it is open', () => {
    const { tickets, said } = collected([
      buys('a', day(2), '6.00'),
      buys('small', day(2), '4.00'),
      visit('v', day(3)),
      buys('late', day(20, 0), '60.00'),
    ])
    expect(tickets).toBe(2)
    expect(said).toEqual(Array.from({ length: 2 }, () => 'The member is entered in draw summer.'))
  })

  test('is left with an order that no longer fits, once, and not after the draw', () => {
    const bought = [buys('a', day(2), '4.00', '4.00'), buys('b', day(2), '9.00')]
    const parts = collected([...bought, back('r1', day(4), 'a', '1'), back('r2', day(4), 'a', '2')])
    expect(parts.tickets).toBe(1)
    expect(parts.known.withdrawals.length).toBe(1)
    expect(parts.said.at(-1)).toBe('The entry in draw summer is taken back.')
    expect(collected([...bought, back('r1', day(25), 'a')]).tickets).toBe(2)
    const undo = activity({ type: 'actionCancellation', id: 'x', at: day(4), action: 'v' })
    expect(collected([visit('v', day(3)), undo]).tickets).toBe(0)
  })

  test('takes no order for free, and only what members do', () => {
    const wrong = [
      { on: 'purchase', method: 'visit' },
      { on: 'dance', method: 'fax', when: { field: 'mood', is: 'good' } },
      { on: 'visit', method: 'visit', when: { field: 'mood', is: 'good' } },
    ]
    const decoded = decodeProgram({
      ...shopJson,
      ...gym({
        draws: [
          { draw: summer, entries: wrong },
          { draw: summer, entries: [] },
        ],
      }),
    })
    expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
      'challenges.draws[1].draw.id',
      'challenges.draws[0].entries[0].method',
      'challenges.draws[0].entries[1].on',
      'challenges.draws[0].entries[1].method',
      'challenges.draws[0].entries[2].when.field',
    ])
  })
})

test('reading a program says what is wrong with streaks, badges and gifts', () => {
  const decoded = decodeProgram({
    ...shopJson,
    ...gym({
      streaks: [
        streakOf({ when: { field: 'mood', is: 'good' } }, { rewards: [{ level: 'week', badge: 'novice' }] }),
        streakOf({ id: 'b' }, { on: 'dance' }),
      ],
      badges: [expert, expert],
      tenure: [{ id: 'daily', levels: [], rewards: [{ level: 'month' }] }],
    }),
  })
  expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
    'challenges.tenure[0].id',
    'challenges.badges[1].id',
    'challenges.streaks[0].streak.when.field',
    'challenges.streaks[0].rewards[0].badge',
    'challenges.streaks[1].on',
    'challenges.tenure[0].rewards[0].level',
  ])
})
