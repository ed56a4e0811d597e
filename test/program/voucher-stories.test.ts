// Vouchers of a program: granted, used with a purchase, back with its return, and over.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, decode, formatPath, type MemberId, unwrap } from '../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  decodeProgram,
  explain,
  explainTrace,
  germanTexts,
  type MemberState,
  MemberVouchers,
  type Purchase,
  renderPhrase,
  simulate,
  VoucherHeldChanged,
  VoucherUseChanged,
} from '../../src/program/index.ts'
import { RewardLimit, type VoucherDecline, voucherCode } from '../../src/rewards/index.ts'
import { memberVouchers, voucherHeldChanged, voucherUseChanged } from '../arbitraries/program-vouchers.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from '../ledger/book.ts'
import { sampleBox } from '../rewards/reward-terms.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  member,
  points,
  rejected,
  returns,
  shop,
  shopJson,
  spends,
  statusLadder,
} from './shop.ts'

const plain = {
  currency: 'EUR',
  products: null,
  minimumSpend: null,
  validFrom: null,
  validUntil: null,
  members: null,
  when: null,
  groups: [],
  exclusiveWith: [],
}
const percent = (basisPoints: number) => ({
  type: 'percent',
  basisPoints,
  of: 'running',
  maximumMinor: null,
  rounding: 'halfUp',
})
const voucher = (id: string, benefit: object, terms: object = {}, more: object = {}) => ({
  voucher: { ...plain, id, benefit, ...more },
  use: 'granted',
  limits: [],
  total: null,
  validity: null,
  reward: null,
  ...terms,
})
const scheme = (mode: string, ...vouchers: ReadonlyArray<ReturnType<typeof voucher>>) => ({
  vouchers: {
    plan: {
      root: { mode, of: vouchers.map((one) => ({ mode: 'voucher', voucher: one.voucher.id })) },
      maximumBasisPoints: null,
    },
    vouchers,
  },
})
const day = (n: number, hour = 8) => `2026-01-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`
const joined = joins(day(1, 0))
const grants = (id: string, when: string, of: string, more: object = {}): Activity =>
  activity({ type: 'voucherGranted', id, at: when, voucher: of, ...more })
const enters = (bought: Activity, ...of: ReadonlyArray<string>): Activity => ({
  ...(bought as Purchase),
  vouchers: of.map((one) => ({ voucher: one as never })),
})
const held = ({ vouchers }: MemberState) => vouchers.held.map(({ id, credit }) => [id, credit?.leftMinor ?? null])
const amounts = (state: MemberState, purchase: string) =>
  state.earnings.find(({ id }) => id === purchase)?.lines.map(({ minor }) => minor)

describe('an abandoned-basket discount that holds for hours, for those who qualify', () => {
  const program = shop(scheme('stack', voucher('stay', percent(1000), { validity: { amount: 4, unit: 'hour' } })))
  const offered = following(program, [joined, grants('g', day(2, 8), 'stay')])

  test('it takes 10 % off within four hours, before anything is earned', () => {
    expect(explainTrace(program, offered.trace)).toEqual(['Voucher stay granted, valid until 2026-01-02.'])
    const { state, trace } = following(
      program,
      [enters(buys('o', day(2, 11), '100.00', '50.00'), 'stay')],
      offered.state,
    )
    expect([points(state).active, held(state), amounts(state, 'o')]).toEqual([135, [], [9000, 4500]])
    expect(explainTrace(program, trace)).toContain('Voucher stay takes 15.00 EUR off.')
    expect(explainTrace(program, trace, { texts: germanTexts })).toContain(
      'Gutschein stay senkt den Preis um 15,00 EUR.',
    )
  })

  test('it is gone when the time is over, by time alone', () => {
    const over = advance(program, offered.state, at(day(2, 12)))
    expect(over.events).toMatchObject([{ type: 'voucherHeldChanged', change: 'expired', at: at(day(2, 12)) }])
    expect(explainTrace(program, over.trace)).toEqual(['Voucher stay has expired.'])
    const late = following(program, [enters(buys('o', day(2, 12), '100.00'), 'stay')], offered.state)
    expect(points(late.state).active).toBe(100)
    expect(explainTrace(program, late.trace)).toContain('Voucher stay does not apply: it is used up.')
  })

  test('a purchase that comes back completely, in parts, gives it back as long as it lasts', () => {
    const bought = following(program, [enters(buys('o', day(2, 9), '100.00', '50.00'), 'stay')], offered.state).state
    const part = following(program, [returns('r1', day(2, 10), 'o', { line: '1' })], bought)
    expect([points(part.state).active, held(part.state)]).toEqual([45, []])
    const whole = following(program, [returns('r2', day(2, 10), 'o', { line: '2' })], part.state)
    expect([points(whole.state).active, held(whole.state)]).toEqual([0, [['g', null]]])
    expect(explainTrace(program, whole.trace)).toContain(
      'Voucher stay can be used again: nothing is left of purchase o.',
    )
    const late = following(program, [returns('r2', day(3), 'o', { line: '2' })], part.state)
    expect([held(late.state), late.events.at(-1)]).toMatchObject([[], { change: 'expired' }])
  })
})

describe('S55 vouchers of one purchase stack as the program says', () => {
  const open = { use: 'open' }
  const all = [
    voucher('ten', percent(1000), open),
    voucher('twenty', percent(2000), open),
    voucher('fifteen', { type: 'fixed', minor: 1500 }, open),
  ]

  test('one after the other, or the best for the whole basket', () => {
    const paid = (mode: string, ...of: ReadonlyArray<string>) => {
      const program = shop(scheme(mode, ...all))
      return amounts(following(program, [joined, enters(buys('o', day(2), '100.00'), ...of)]).state, 'o')
    }
    expect(paid('stack', 'ten', 'twenty')).toEqual([7200])
    expect(paid('stack', 'ten', 'twenty', 'fifteen')).toEqual([5700])
    expect(paid('best', 'ten', 'twenty')).toEqual([8000])
    expect(paid('bestCombination', 'ten', 'fifteen')).toEqual([7500])
  })

  test('shipping, gift cards and what is bought for nothing', () => {
    const vouchers = [
      voucher('ship', { type: 'shipping', basisPoints: 5000, maximumMinor: null, rounding: 'floor' }, open),
      voucher('mug', { type: 'product', sku: 'mug', quantity: 2 }, open),
      voucher('half', percent(5000), open),
    ]
    const program = shop(scheme('stack', ...vouchers))
    const lines = [
      { id: '1', amount: eur('10.00'), sku: 'mug', tax: eur('1.60') },
      { id: '2', amount: eur('30.00'), quantity: 3 },
      { id: 's', amount: eur('5.00'), kind: 'shipping', discount: eur('1.00') },
      { id: 'c', amount: eur('20.00'), kind: 'giftCard' },
    ]
    const bought = activity({ type: 'purchase', id: 'o', at: day(2), lines })
    const { state, events } = following(program, [joined, enters(bought, 'ship', 'mug', 'half')])
    expect(amounts(state, 'o')).toEqual([0, 1500, 250, 2000])
    expect(
      events.filter((one) => one.type === 'voucherUseChanged').map(({ use, gifts }) => [use.voucher, use.minor, gifts]),
    ).toEqual([
      ['ship', 250, []],
      ['mug', 1000, [{ sku: 'mug', quantity: 1 }]],
      ['half', 1500, []],
    ])
  })

  test('what is returned of a reduced line is counted by what it cost (S57)', () => {
    const buyTwo = {
      type: 'buyXGetY',
      buy: 2,
      get: 1,
      basisPoints: 10_000,
      maximumSets: null,
      shareOver: 'set',
      rounding: 'halfUp',
    }
    const program = shop(scheme('stack', voucher('three', buyTwo, open)))
    const lines = [{ id: '1', amount: eur('90.00'), quantity: 3 }]
    const bought = enters(activity({ type: 'purchase', id: 'o', at: day(2), lines }), 'three')
    const { state } = following(program, [joined, bought])
    expect(points(state).active).toBe(60)
    const one = following(program, [returns('r', day(3), 'o', { line: '1', quantity: 1 })], state).state
    expect(points(one).active).toBe(40)
  })
})

describe('how often', () => {
  test('a member uses it as often as its limits say, in each period, and a use that came back does not count', () => {
    const limits = [{ times: 1, per: { unit: 'month' } }]
    const program = shop(scheme('stack', voucher('ten', percent(1000), { use: 'open', limits })))
    const first = following(program, [joined, enters(buys('a', day(2), '100.00'), 'ten')]).state
    expect(amounts(following(program, [enters(buys('b', day(3), '100.00'), 'ten')], first).state, 'b')).toEqual([
      10_000,
    ])
    const later = enters(buys('b', '2026-02-01T00:00:00Z', '100.00'), 'ten')
    expect(amounts(following(program, [later], first).state, 'b')).toEqual([9000])
    const back = following(program, [returns('r', day(3), 'a', { line: '1' })], first).state
    expect(amounts(following(program, [enters(buys('b', day(3), '100.00'), 'ten')], back).state, 'b')).toEqual([9000])
  })

  test('all members together use it as often as its total says', () => {
    const program = shop(scheme('stack', voucher('ten', percent(1000), { use: 'open', total: 1 })))
    const told = (who: string): ReadonlyArray<Activity> =>
      [joined, enters(buys('o', day(2), '100.00'), 'ten')].map((one) => ({ ...one, member: who as MemberId }))
    const { members, shared } = unwrap(simulate(program, [...told('anna'), ...told('bob')]))
    expect(['anna', 'bob'].map((who) => members.get(who as MemberId)?.wallets[0]?.active)).toEqual([90, 100])
    expect(shared.vouchers).toEqual([{ voucher: 'ten', uses: 1 }])
    const anna = following(program, [joined]).state
    expect(rejected(program, anna, enters(buys('o', day(2), '9.00'), 'ten'))).toMatchObject([
      { _tag: 'MissingSharedUsage', of: 'ten' },
    ])
  })

  test('of several that a member has, the one that ends first is used, or the one whose code is entered', () => {
    const program = shop(scheme('stack', voucher('ten', percent(1000))))
    const format = { prefix: 'T', symbols: 8, group: null }
    const code = unwrap(voucherCode(format, 'a secret of the shop', 7))
    const two = following(program, [
      joined,
      grants('long', day(2), 'ten', { code }),
      grants('short', day(2), 'ten', { validUntil: day(20) }),
    ]).state
    const plainly = following(program, [enters(buys('o', day(3), '9.00'), 'ten')], two).state
    expect(held(plainly)).toEqual([['long', null]])
    const entered = { ...(buys('o', day(3), '9.00') as Purchase), vouchers: [{ voucher: 'ten' as never, code }] }
    expect(held(following(program, [entered], two).state)).toEqual([['short', null]])
    const revoked = activity({ type: 'voucherRevoked', id: 'x', at: day(3), grant: 'long' })
    const { state, trace } = following(program, [revoked], two)
    expect([held(state), explainTrace(program, trace)]).toEqual([[['short', null]], ['Voucher ten is taken back.']])
  })
})

describe('a gift card over several orders', () => {
  const program = shop({
    ...scheme('stack', voucher('card', { type: 'giftCredit', balanceMinor: 5000 })),
    earning: { ...shopJson.earning, basis: { paidWithGiftCards: 'excluded' } },
  })
  const given = following(program, [joined, grants('g', day(2), 'card')]).state

  test('pays as much as it has, keeps the rest, and gets back what a returned order was paid with', () => {
    const first = following(program, [enters(buys('a', day(3), '30.00'), 'card')], given)
    expect([points(first.state).active, held(first.state)]).toEqual([0, [['g', 2000]]])
    expect(explainTrace(program, first.trace)).toContain('Voucher card pays 30.00 EUR.')
    const second = following(program, [enters(buys('b', day(4), '50.00'), 'card')], first.state).state
    expect([points(second).active, held(second)]).toEqual([30, []])
    const back = following(program, [returns('r', day(5), 'a', { line: '1' })], second).state
    expect(held(back)).toEqual([['g', 3000]])
    const all = following(program, [returns('s', day(5), 'b', { line: '1' })], back).state
    expect([points(all).active, held(all)]).toEqual([0, [['g', 5000]]])
  })

  test('can be of another amount than the program says', () => {
    const { state } = following(program, [joined, grants('g', day(2), 'card', { creditMinor: 700 })])
    expect(held(state)).toEqual([['g', 700]])
  })
})

describe('a voucher as a reward', () => {
  const program = shop({
    ...scheme('stack', voucher('five', { type: 'fixed', minor: 500 }, { reward: 'five-off' })),
    rewards: [{ ...sampleBox, id: 'five-off', prices: [{ ...sampleBox.prices[0], points: 100 }] }],
    automaticRedemptions: [{ wallet: 'points', reward: 'five-off', onReturn: 'takeBack' }],
  })
  const state = following(program, [joined, buys('a', day(2), '120.00')]).state
  const redemption = state.rewards.redemptions[0]?.redemption.id as ActivityId
  const cancels = activity({ type: 'rewardStep', id: 'c', at: day(5), redemption, step: 'cancel' })

  test('100 points become 5 € off the next order', () => {
    expect([points(state).active, held(state)]).toEqual([20, [[`voucher/4/five/${redemption}`, null]]])
    const next = following(program, [enters(buys('b', day(3), '20.00'), 'five')], state).state
    expect([amounts(next, 'b'), points(next).active, held(next)]).toEqual([[1500], 35, []])
    expect(rejected(program, next, cancels)).toMatchObject([{ _tag: 'RedemptionNotRefundable' }])
    const returned = following(program, [returns('r', day(4), 'a', { line: '1' })], next).state
    expect(points(returned).debt).toBe(85)
  })

  test('a return takes the reward back with its voucher while it is unused', () => {
    const returned = following(program, [returns('r', day(4), 'a', { line: '1' })], state).state
    expect([points(returned), held(returned), returned.rewards.redemptions]).toEqual([
      { active: 0, pending: 0, debt: 0 },
      [],
      [],
    ])
  })

  test('gift credit that is partly used is no longer whole', () => {
    const credit = voucher('five', { type: 'giftCredit', balanceMinor: 500 }, { reward: 'five-off' })
    const cards = shop({
      ...scheme('stack', credit),
      rewards: [{ ...sampleBox, id: 'five-off', prices: [{ ...sampleBox.prices[0], points: 100 }] }],
    })
    const takes = activity({ type: 'rewardRedeemed', id: 't', at: day(3), reward: 'five-off', issue: true })
    const { state: has } = following(cards, [joined, buys('a', day(2), '120.00'), takes])
    const used = following(cards, [enters(buys('b', day(4), '2.00'), 'five')], has).state
    expect(held(used)).toEqual([['voucher/4/five/t', 300]])
    const cancel = activity({ type: 'rewardStep', id: 'c', at: day(5), redemption: 't', step: 'cancel' })
    expect(rejected(cards, used, cancel)).toMatchObject([{ _tag: 'RedemptionNotRefundable' }])
    expect(held(following(cards, [cancel], has).state)).toEqual([])
  })
})

describe('a voucher for what a member reaches', () => {
  const brief = { validity: { amount: 20, unit: 'day' } }
  const ten = voucher('ten', percent(1000), brief)
  const card = voucher('card', { type: 'giftCredit', balanceMinor: 500 })
  const challenge = {
    id: 'orders',
    measure: { type: 'times' },
    window: { type: 'whole' },
    levels: [
      { id: 'second', target: 2 },
      { id: 'third', target: 3 },
    ],
    onLoss: 'takeBack',
  }
  const rewards = [
    { level: 'second', voucher: 'ten' },
    { level: 'third', voucher: 'card' },
  ]
  const goals = (more: object = {}) => ({
    ...scheme('stack', ten, card),
    challenges: { goals: [{ challenge: { ...challenge, ...more }, on: 'purchase', rewards }] },
  })
  const comesBack = (id: string, when: string, purchase: string) => activity({ type: 'return', id, at: when, purchase })
  const twice = [joined, buys('a', day(2), '10.00'), buys('b', day(3), '10.00')]
  const has = ({ vouchers }: MemberState) => vouchers.held.map((one) => [one.voucher, one.validUntil])

  test('a level grants one for its own time, and a return that loses the level takes it back unused', () => {
    const program = shop(goals())
    const reached = following(program, twice)
    expect(has(reached.state)).toEqual([['ten', at(day(23))]])
    expect(explainTrace(program, reached.trace)).toContain('Voucher ten granted, valid until 2026-01-23.')
    const lost = following(program, [comesBack('r', day(4), 'b')], reached.state)
    expect(has(lost.state)).toEqual([])
    expect(lost.events).toContainEqual(expect.objectContaining({ type: 'voucherHeldChanged', change: 'revoked' }))
    const again = following(program, [buys('c', day(5), '10.00')], lost.state)
    expect(has(again.state)).toEqual([['ten', at(day(25))]])
  })

  test('a level that is kept keeps its voucher, and one that was used stays used', () => {
    const kept = shop(goals({ onLoss: 'keep' }))
    expect(has(following(kept, [...twice, comesBack('r', day(4), 'b')]).state)).toHaveLength(1)
    const program = shop(goals())
    const used = following(program, [...twice, enters(buys('c', day(4), '100.00'), 'ten')]).state
    expect([has(used), amounts(used, 'c')]).toEqual([[['card', null]], [9000]])
    const lost = following(program, [comesBack('r', day(5), 'b')], used).state
    expect([has(lost), amounts(lost, 'c')]).toEqual([[], [9000]])
    const begun = following(program, [enters(buys('d', day(5), '2.00'), 'card')], used).state
    expect(held(following(program, [comesBack('r', day(6), 'b'), comesBack('s', day(6), 'a')], begun).state)).toEqual([
      [expect.stringContaining('levelVoucher'), 300],
    ])
  })

  const tiered = (policy: object = {}) =>
    shop({
      ...scheme('stack', voucher('ten', percent(1000), { ...brief, tiers: ['status/gold'] })),
      ladders: [{ ...statusLadder, policy }],
    })
  const rich = [joined, buys('a', day(2), '900.00'), buys('b', day(3), '200.00')]

  test('an upgrade grants one, once in a period', () => {
    const program = tiered()
    const { state, trace } = following(program, rich)
    expect(has(state)).toEqual([['ten', at(day(23))]])
    expect(explainTrace(program, trace)).toContain('Voucher ten granted, valid until 2026-01-23.')
    // Without another policy the tier stays after a return, and so does what it gave.
    expect(has(following(program, [comesBack('r', day(4), 'b')], state).state)).toHaveLength(1)
    expect(has(following(program, [buys('c', day(4), '2000.00')], state).state)).toHaveLength(1)
  })

  test('an upgrade that a return takes back takes it back, unless it was used', () => {
    const program = tiered({ returns: 'atOnce' })
    const { state } = following(program, rich)
    const back = following(program, [comesBack('r', day(4), 'b')], state)
    expect([back.state.standings[0]?.tier, has(back.state)]).toEqual(['basic', []])
    expect(explainTrace(program, back.trace)).toContain('Voucher ten is taken back.')
    const used = following(program, [enters(buys('c', day(4), '10.00'), 'ten')], state).state
    const late = following(program, [comesBack('r', day(5), 'b')], used).state
    expect([late.standings[0]?.tier, has(late), amounts(late, 'c')]).toEqual(['basic', [], [900]])
    const granted = following(program, [grants('g', day(4), 'ten')], state).state
    expect(held(following(program, [comesBack('r', day(5), 'b')], granted).state)).toEqual([['g', null]])
    expect(has(following(program, [comesBack('r', day(4), 'a'), buys('c', day(4), '5.00')], state).state)).toEqual([])
  })

  test('what is not of the program is reported with its place', () => {
    const faults = (json: object) => {
      const decoded = decodeProgram({ ...shopJson, ...json })
      return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
    }
    const open = voucher('ten', percent(1), { use: 'open' })
    const { challenges } = goals()
    expect(faults({ ...scheme('stack', open, card), challenges })).toEqual(['challenges.goals[0].rewards[0].voucher'])
    expect(faults({ challenges })).toEqual([0, 1].map((n) => `challenges.goals[0].rewards[${n}].voucher`))
    const of = (tiers: ReadonlyArray<string>, more: object = {}) =>
      faults({ ...scheme('stack', voucher('ten', percent(1), { tiers, ...more })), ladders: [statusLadder] })
    expect(of(['status/gold'])).toEqual([])
    expect(of(['status/basic', 'status/gold', 'gold'])).toEqual([0, 2].map((n) => `vouchers.vouchers[0].tiers[${n}]`))
    expect(of(['status/gold'], { use: 'open' })).toEqual(['vouchers.vouchers[0].use'])
  })
})

describe('what does not fit', () => {
  test('is reported with its place in the program', () => {
    const faults = (json: object) => {
      const decoded = decodeProgram({ ...shopJson, ...json })
      return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
    }
    const ten = voucher('ten', percent(1000))
    expect(faults(scheme('stack', ten, ten))).toEqual([
      'vouchers.vouchers[1].voucher.id',
      'vouchers.plan.root.of[1].voucher',
    ])
    expect(faults(scheme('stack', voucher('ten', percent(1), {}, { currency: 'USD' })))).toEqual([
      'vouchers.vouchers[0].voucher.currency',
    ])
    expect(faults(scheme('stack', voucher('ten', { type: 'giftCredit', balanceMinor: 1 }, { use: 'open' })))).toEqual([
      'vouchers.vouchers[0].use',
    ])
    expect(faults(scheme('stack', voucher('ten', percent(1), { validity: { amount: 0, unit: 'day' } })))).toEqual([
      'vouchers.vouchers[0].validity.amount',
    ])
    expect(faults(scheme('stack', voucher('ten', percent(1), { reward: 'none' })))).toEqual([
      'vouchers.vouchers[0].reward',
    ])
  })

  test('is refused with every reason', () => {
    const program = shop(scheme('stack', voucher('ten', percent(1000)), voucher('open', percent(1), { use: 'open' })))
    const { state } = following(program, [joined])
    const bought = activity({
      type: 'purchase',
      id: 'o',
      at: day(2),
      lines: [
        { id: '1', amount: eur('10.00'), quantity: 3 },
        { id: '2', amount: { amount: '1.00', currency: 'USD' } },
      ],
    })
    expect(
      rejected(program, state, enters(bought, 'ten', 'ten', 'none')).map(({ _tag, path }) => [_tag, formatPath(path)]),
    ).toEqual([
      ['InvalidValue', 'vouchers[1].voucher'],
      ['UnknownVoucher', 'vouchers[2].voucher'],
      ['InvalidValue', 'lines[0].amount'],
      ['CurrencyMismatch', 'lines[1].amount'],
    ])
    expect(rejected(program, state, grants('g', day(2), 'open'))).toMatchObject([{ _tag: 'UnknownVoucher' }])
    expect(rejected(shop(), state, grants('g', day(2), 'ten'))).toMatchObject([{ _tag: 'UnknownVoucher' }])
    expect(rejected(shop(), state, enters(buys('o', day(2), '1.00'), 'ten'))).toMatchObject([
      { _tag: 'UnknownVoucher' },
    ])
    const revokes = activity({ type: 'voucherRevoked', id: 'x', at: day(2), grant: 'g' })
    expect(rejected(program, state, revokes)).toMatchObject([{ _tag: 'UnknownVoucherGrant', grant: 'g' }])
    const twice = [1, 2].map(() => ({ id: '1', amount: eur('10.00') }))
    const repeated = activity({ type: 'purchase', id: 'o', at: day(2), lines: twice })
    expect(rejected(program, state, enters(repeated, 'open'))).toMatchObject([{ path: ['lines', 1, 'id'] }])
  })

  test('every reason why a voucher does not apply has its sentence', () => {
    const program = shop()
    const reasons: ReadonlyArray<VoucherDecline> = [
      { reason: 'notYetValid', validFrom: at(day(5)) },
      { reason: 'expired', validUntil: at(day(5)) },
      { reason: 'tooFewItems', missingItems: 2 },
      { reason: 'belowMinimumSpend', missingMinor: 250 },
      { reason: 'belowMinimumAfterDiscount', missingMinor: 250 },
      { reason: 'exclusiveWith', other: 'sale' as never },
      { reason: 'notBest', totalMinor: 900 },
      { reason: 'notWorst', totalMinor: 900 },
      { reason: 'nothingLeft' },
    ]
    const applied = { voucher: 'ten' as never, lines: [], shippingMinor: 0, minor: 100, desiredMinor: 300, pays: false }
    const cut = [
      { ...applied, cappedBy: 'voucher' as const, gifts: [{ sku: 'mug', quantity: 1 }] },
      { ...applied, cappedBy: 'total' as const, gifts: [] },
    ]
    const priced = { applied: cut, declined: reasons.map((because) => ({ voucher: 'ten' as never, because })) } as never
    const phrases = explain(program, [{ step: 'vouchers', priced, currency: 'EUR' as never }])
    const english = explainTrace(program, [{ step: 'vouchers', priced, currency: 'EUR' as never }])
    expect(english.slice(0, 5)).toEqual([
      'Voucher ten takes 1.00 EUR off instead of 3.00 EUR, limited by its maximum. It adds 1 × mug.',
      'Voucher ten takes 1.00 EUR off instead of 3.00 EUR, limited by the maximum for all discounts.',
      'Voucher ten does not apply: it is valid from 2026-01-05.',
      'Voucher ten does not apply: it has expired.',
      'Voucher ten does not apply: 2 items are missing.',
    ])
    const german = phrases.map((one) => renderPhrase(one, germanTexts))
    expect(new Set([...english, ...german]).size).toBe(22)
    expect(english.join().match(/[{}]|undefined/)).toBe(null)
  })
})

test('points that pay, and vouchers that do: what was spent before does not stand in the way', () => {
  const program = shop(scheme('stack', voucher('ten', percent(1000))))
  const { state } = following(program, [
    joined,
    grants('g', day(2), 'ten'),
    buys('a', day(2), '20.00'),
    spends('s', day(3), 5),
  ])
  const { state: after } = following(program, [enters(buys('b', day(4), '10.00'), 'ten')], state)
  expect([points(after).active, held(after), member().vouchers.held]).toEqual([24, [], []])
})

codecLaws('MemberVouchers', MemberVouchers, memberVouchers)
codecLaws('VoucherHeldChanged', VoucherHeldChanged, voucherHeldChanged)
codecLaws('VoucherUseChanged', VoucherUseChanged, voucherUseChanged)
codecLaws(
  'RewardLimit',
  RewardLimit,
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(null, { unit: 'month' as const }))
    .map(([times, per]) => unwrap(decode(RewardLimit, { times, per }))),
)
