import { describe, expect, test } from 'vitest'
import { type Instant, type MemberId, parseInstant, unwrap } from '../../../src/foundation/index.ts'
import { type Activity, advance, compileProgram, decide } from '../../../src/program/index.ts'
import { realZone } from '../../arbitraries/time.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  member,
  points,
  programOf,
  rejected,
  returns,
  shop,
  spends,
  statusLadder,
  wallet,
} from '../shop.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const day1 = '2026-01-01T00:00:00Z'

describe('earning', () => {
  const rule = (award: object) => ({
    earning: { rounding: { mode: 'floor', on: 'order' }, rules: [{ id: 'rule', wallet: 'points', award }] },
  })
  const per250 = { points: '5', per: eur('2.50'), on: 'order' }

  test('S1 5 points per 2.50 on 3.00: by step 5, linear 6', () => {
    const earned = (mode: string) => following(shop(rule({ mode, ...per250 })), [joins(day1), buys('o', day1, '3.00')])
    expect(points(earned('step').state).active).toBe(5)
    expect(points(earned('linear').state).active).toBe(6)
  })

  test('S4 three lines of 19.99: 59 on the order, allocated 20 + 20 + 19; 57 on lines', () => {
    const onOrder = following(shop(), [joins(day1), buys('o', day1, '19.99', '19.99', '19.99')])
    expect(points(onOrder.state).active).toBe(59)
    expect(onOrder.trace[0]).toMatchObject({ step: 'earning', earning: { points: 59, byLine: [20, 20, 19] } })
    const rounding = { mode: 'floor', on: 'line' }
    const onLines = shop({ earning: { rounding, rules: programOf().earning.rules.map(() => baseRule) } })
    expect(points(following(onLines, [joins(day1), buys('o', day1, '19.99', '19.99', '19.99')]).state).active).toBe(57)
  })

  const baseRule = {
    id: 'base',
    wallet: 'points',
    award: { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' },
  }

  test('S8 an item in two categories of a rule counts once', () => {
    const ruleOn = { ...baseRule, lines: { field: 'categories', hasAny: ['A', 'B'] } }
    const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, rules: [ruleOn] } })
    const bought = activity({
      type: 'purchase',
      id: 'o',
      at: day1,
      lines: [{ id: '1', amount: eur('40.00'), categories: ['A', 'B'] }],
    })
    expect(points(following(program, [joins(day1), bought]).state).active).toBe(40)
  })

  test('conditions look at amount, category and weekday in the zone of the program', () => {
    const weekend = { ...baseRule, when: { field: 'weekday', in: ['saturday', 'sunday'] } }
    const rules = { earning: { rounding: { mode: 'floor', on: 'order' }, rules: [weekend] } }
    const newYork = shop({ ...rules, zone: 'America/New_York' }, [realZone('America/New_York')])
    // Monday in UTC, still Sunday in New York.
    const bought = buys('o', '2026-03-09T02:00:00Z', '10.00')
    expect(points(following(newYork, [joins(day1), bought]).state).active).toBe(10)
    expect(points(following(shop(rules), [joins(day1), bought]).state).active).toBe(0)
  })
})

describe('returns', () => {
  test('S3 ten refunds of 1 € of a purchase of 10 € at a point per 10 €: the first takes the point back', () => {
    const award = { mode: 'linear', points: '1', per: eur('10.00'), on: 'order' }
    const rules = [{ id: 'base', wallet: 'points', award }]
    const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, rules } })
    let { state } = following(program, [joins(day1), buys('o', day1, '10.00')])
    expect(points(state).active).toBe(1)
    const left = Array.from({ length: 10 }, (_, index) => {
      state = following(program, [returns(`r${index}`, day1, 'o', { line: '1', amount: eur('1.00') })], state).state
      return points(state).active
    })
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(state.wallets[0]?.reversed).toBe(1)
    expect(points(state).debt).toBe(0)
  })

  test('points that were spent meanwhile become debt, which the next points pay first (S27)', () => {
    const program = shop()
    const { state } = following(program, [
      joins(day1),
      buys('o1', day1, '100.00'),
      spends('s', day1, 100),
      returns('r', day1, 'o1', { line: '1' }),
    ])
    expect(points(state)).toEqual({ active: 0, pending: 0, debt: 100 })
    const next = following(program, [buys('o2', day1, '150.00')], state).state
    expect(points(next)).toEqual({ active: 50, pending: 0, debt: 0 })
    expect(next.wallets[0]?.lots.map((lot) => lot.points)).toEqual([50])
    expect(rejected(program, state, spends('s2', day1, 1))).toMatchObject([
      { _tag: 'InsufficientPoints', available: 0 },
    ])
  })

  test('S30 a return is counted by the version that granted, whatever the rules are now', () => {
    const first = programOf()
    const award = { mode: 'linear', points: '2', per: eur('1.00'), on: 'order' }
    const doubled = programOf({
      version: 2,
      earning: { rounding: { mode: 'floor', on: 'order' }, rules: [{ id: 'base', wallet: 'points', award }] },
    })
    const { state } = following(unwrap(compileProgram(first)), [joins(day1), buys('o', day1, '50.00')])
    const second = unwrap(compileProgram(doubled, { earlier: [first] }))
    const returned = following(second, [returns('r', day1, 'o', { line: '1' })], state).state
    expect(returned.wallets[0]?.reversed).toBe(50)
    const alone = unwrap(compileProgram(doubled))
    expect(rejected(alone, state, returns('r', day1, 'o', { line: '1' }))).toMatchObject([
      { _tag: 'UnknownProgramVersion', version: 1 },
    ])
  })

  test('points that expired are not taken a second time', () => {
    const program = shop(wallet({ expiry: { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' } }))
    const { state } = following(program, [
      joins(day1),
      buys('o', day1, '100.00'),
      spends('s', day1, 60),
      returns('r1', '2026-01-03T00:00:00Z', 'o', { line: '1', amount: eur('50.00') }),
      returns('r2', '2026-01-03T00:00:00Z', 'o', { line: '1' }),
    ])
    expect(state.wallets[0]).toMatchObject({ accrued: 100, redeemed: 60, expired: 40, reversed: 60, debt: 60 })
  })

  test('every fault of a return is named, and nothing is half-done', () => {
    const program = shop()
    const { state } = following(program, [joins(day1), buys('o', day1, '10.00', '20.00')])
    const bad = returns('r', day1, 'o', { line: '1', amount: eur('10.01') }, { line: '3' }, { line: '2' })
    expect(rejected(program, state, bad)).toEqual([
      {
        _tag: 'ReturnExceedsPurchase',
        path: ['lines', 0, 'amount'],
        expected: 'at most what is left of the line',
        line: '1',
        requestedMinor: 1001,
        remainingMinor: 1000,
      },
      {
        _tag: 'UnknownLine',
        path: ['lines', 1, 'line'],
        expected: 'a line of the purchase that is not returned yet',
        line: '3',
      },
    ])
    const yen = returns('r', day1, 'o', { line: '1', amount: { amount: '5', currency: 'JPY' } })
    expect(rejected(program, state, yen)).toMatchObject([{ _tag: 'CurrencyMismatch', left: 'JPY', right: 'EUR' }])
  })

  test('the return window is half-open, and unknown purchases are refused alike', () => {
    const program = shop({ returnWindow: { amount: 1, unit: 'day' } })
    const { state } = following(program, [joins(day1), buys('o', day1, '10.00')])
    const end = '2026-01-02T00:00:00Z'
    expect(rejected(program, state, returns('r', end, 'o', { line: '1' }))).toMatchObject([
      { _tag: 'PurchaseNotReturnable', purchase: 'o' },
    ])
    expect(rejected(program, state, returns('r', '2026-01-01T23:59:59.999Z', 'o', { line: '1' }))).toEqual([])
    expect(rejected(program, state, returns('r', day1, 'other', { line: '1' }))).toMatchObject([
      { _tag: 'PurchaseNotReturnable' },
    ])
    expect(following(program, [buys('o2', end, '1.00')], state).state.earnings.map(({ id }) => id)).toEqual(['o2'])
  })
})

describe('time', () => {
  test('S14 earned 500 until 1 July and 300 until 1 August, 400 spent in March: 300 are left on 2 July', () => {
    const program = shop(
      wallet({ expiry: { type: 'rolling', after: { amount: 6, unit: 'month' }, from: 'activation' } }),
    )
    const { state } = following(program, [
      joins(day1),
      buys('o1', '2026-01-01T00:00:00Z', '500.00'),
      buys('o2', '2026-02-01T00:00:00Z', '300.00'),
      spends('s', '2026-03-01T00:00:00Z', 400),
    ])
    const later = advance(program, state, at('2026-07-02T00:00:00Z')).state
    expect(points(later)).toEqual({ active: 300, pending: 0, debt: 0 })
    expect(later.wallets[0]?.expired).toBe(100)
  })

  test('S17 earned 1 January, pending 30 days, valid 90 days from activation: until 1 May', () => {
    const terms = {
      pending: { type: 'duration', duration: { amount: 30, unit: 'day' } },
      expiry: { type: 'rolling', after: { amount: 90, unit: 'day' }, from: 'activation' },
    }
    const program = shop(wallet(terms))
    const { state } = following(program, [joins(day1), buys('o', day1, '10.00')])
    expect(points(state)).toEqual({ active: 0, pending: 10, debt: 0 })
    expect(points(advance(program, state, at('2026-01-31T00:00:00Z')).state).active).toBe(10)
    expect(points(advance(program, state, at('2026-04-30T23:59:59.999Z')).state).active).toBe(10)
    expect(points(advance(program, state, at('2026-05-01T00:00:00Z')).state).active).toBe(0)
    const fromEarning = shop(wallet({ ...terms, expiry: { ...terms.expiry, from: 'earning' } }))
    const early = following(fromEarning, [joins(day1), buys('o', day1, '10.00')]).state
    expect(points(advance(fromEarning, early, at('2026-04-01T00:00:00Z')).state).active).toBe(0)
  })

  test('points of the instant itself: activated before, expired before, what happens in it', () => {
    const program = shop(wallet({ expiry: { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' } }))
    const { state } = following(program, [joins(day1), buys('o', day1, '10.00')])
    expect(rejected(program, state, spends('s', '2026-01-02T00:00:00Z', 1))).toMatchObject([
      { _tag: 'InsufficientPoints', available: 0 },
    ])
    const pending = shop(wallet({ pending: { type: 'duration', duration: { amount: 1, unit: 'day' } } }))
    const waiting = following(pending, [joins(day1), buys('o', day1, '10.00')]).state
    expect(rejected(pending, waiting, spends('s', '2026-01-02T00:00:00Z', 10))).toEqual([])
  })

  test('a return takes back before what falls due in the same instant', () => {
    const program = shop(wallet({ expiry: { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' } }))
    const { state } = following(program, [
      joins(day1),
      buys('o', day1, '10.00'),
      returns('r', '2026-01-02T00:00:00Z', 'o', { line: '1' }),
    ])
    expect(state.wallets[0]).toMatchObject({ reversed: 10, expired: 0, debt: 0 })
  })
})

/** So many points, counted in one period. */
const counted = (count: number) => [{ metric: 'points', buckets: [{ count }] }]

describe('tiers', () => {
  const program = shop({ ladders: [statusLadder], zone: 'Europe/Berlin' }, [realZone('Europe/Berlin')])
  const gold = following(program, [joins(day1), buys('o', '2026-03-10T12:00:00Z', '1000.00')])

  test('S38 gold reached on 10 March 2026 is valid to the end of 2027', () => {
    expect(gold.state.standings).toMatchObject([{ tier: 'gold', validUntil: at('2027-12-31T23:00:00Z') }])
  })

  test('S42 reached with 1,000 it is kept with 850, and with 799 it is lost', () => {
    const kept = following(program, [buys('o2', '2027-05-01T12:00:00Z', '850.00')], gold.state).state
    const end = at('2027-12-31T23:00:00Z')
    expect(advance(program, kept, end).state.standings).toMatchObject([
      { tier: 'gold', validUntil: at('2028-12-31T23:00:00Z') },
    ])
    const lost = following(program, [buys('o2', '2027-05-01T12:00:00Z', '799.00')], gold.state).state
    expect(advance(program, lost, end).state.standings).toMatchObject([{ tier: 'basic', validUntil: null, since: end }])
  })

  test('a return takes the qualifying points back; the tier stays to the end of its validity', () => {
    const { state } = following(program, [returns('r', '2026-03-20T12:00:00Z', 'o', { line: '1' })], gold.state)
    expect(state.standings).toMatchObject([{ tier: 'gold', counts: [] }])
    expect(advance(program, state, at('2028-01-01T00:00:00Z')).state.standings).toMatchObject([{ tier: 'basic' }])
  })

  test('a ladder that is new in the program is joined with the next activity', () => {
    const joined = following(shop(), [joins(day1)]).state
    const { state, events } = following(program, [buys('o', '2026-03-10T12:00:00Z', '1.00')], joined)
    expect(events.map(({ type }) => type)).toContain('ladderJoined')
    expect(state.standings).toMatchObject([{ ladder: 'status', tier: 'basic', counts: counted(1) }])
  })

  test('a return of what was bought before a ladder was there takes nothing from it', () => {
    const first = programOf()
    const second = programOf({ version: 2, ladders: [statusLadder] })
    const old = following(unwrap(compileProgram(first)), [joins(day1), buys('o1', '2026-01-02T00:00:00Z', '100.00')])
    const now = unwrap(compileProgram(second, { earlier: [first] }))
    const both = following(now, [buys('o2', '2026-01-02T00:00:00Z', '50.00')], old.state)
    const returned = following(now, [returns('r', '2026-01-03T00:00:00Z', 'o1', { line: '1' })], both.state)
    expect(returned.state.standings).toMatchObject([{ counts: counted(50) }])
    const again = following(now, [returns('r2', '2026-01-03T00:00:00Z', 'o2', { line: '1' })], returned.state)
    expect(again.state.standings).toMatchObject([{ counts: [] }])
  })
})

describe('what is refused', () => {
  const program = shop()
  const joined = following(program, [joins(day1)]).state
  const tags = (one: Activity, state = joined) => rejected(program, state, one).map(({ _tag }) => _tag)

  test('S36 the same activity again gives no event; another under its id is a conflict', () => {
    const { state } = following(program, [buys('o', day1, '10.00')], joined)
    expect(unwrap(decide(program, state, buys('o', day1, '10.00')))).toEqual({
      events: [],
      state,
      trace: [{ step: 'duplicate', activity: 'o' }],
      basedOn: state.revision,
      followUps: [],
      claims: [],
      sharedClaims: [],
    })
    expect(unwrap(decide(program, state, buys('o', day1, '10.00'), { trace: false })).trace).toEqual([])
    expect(tags(buys('o', day1, '10.01'), state)).toEqual(['ActivityConflict'])
  })

  test('activities of others, before the enrolment, a second enrolment, out of order', () => {
    expect(tags({ ...buys('o', day1, '1.00'), member: 'bob' as MemberId })).toEqual(['WrongMember'])
    expect(tags(buys('o', day1, '1.00'), member())).toEqual(['NotEnrolled'])
    expect(tags({ ...joins(day1), id: 'again' as Activity['id'] })).toEqual(['AlreadyEnrolled'])
    expect(tags(buys('o', '2025-12-31T23:59:59Z', '1.00'))).toEqual(['ActivityOutOfOrder'])
  })

  test('wallets and currencies that the program does not have, lines given twice, amounts out of range', () => {
    expect(tags(activity({ type: 'redemption', id: 's', at: day1, wallet: 'miles', points: 1 }))).toEqual([
      'UnknownWallet',
    ])
    const line = { id: '1', amount: { minor: -1, currency: 'USD' } }
    const wrong = { ...buys('o', day1, '1.00'), lines: [line, line] } as unknown as Activity
    expect(tags(wrong)).toEqual(['OutOfRange', 'RepeatedLine', 'OutOfRange', 'CurrencyMismatch', 'CurrencyMismatch'])
    const huge = { id: '1', amount: { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' } }
    const sum = { ...buys('o', day1, '1.00'), lines: [huge, { ...huge, id: '2' }] } as unknown as Activity
    expect(tags(sum)).toEqual(['OutOfRange'])
  })

  test('points that would leave the exact range', () => {
    const award = { mode: 'linear', points: '999999999', per: eur('0.01'), on: 'order' }
    const rich = shop({
      earning: { rounding: { mode: 'floor', on: 'order' }, rules: [{ id: 'rich', wallet: 'points', award }] },
    })
    const { state } = following(rich, [joins(day1), buys('o1', day1, '80000.00')])
    expect(rejected(rich, state, buys('o2', day1, '80000.00'))).toMatchObject([{ _tag: 'OutOfRange' }])
    expect(rejected(rich, state, buys('o2', day1, '8000000.00'))).toMatchObject([{ _tag: 'OutOfRange' }])
  })

  test('a redemption of nothing enters nothing', () => {
    expect(following(program, [spends('s', day1, 0)], joined).events.map(({ type }) => type)).toEqual([
      'activityRecorded',
    ])
  })
})
