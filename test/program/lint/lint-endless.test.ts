// What members can have as often as they like, for nothing.
import { describe, expect, test } from 'vitest'
import { sampleBox } from '../../rewards/reward-terms.ts'
import { eur, shop } from '../shop.ts'
import { base, codes, earning, found, pair } from './lint-pair.ts'

const voucher = {
  id: 'five',
  currency: 'EUR',
  benefit: { type: 'fixed', minor: 500 },
  products: null,
  minimumSpend: { minor: 20_000, on: 'initial' },
  validFrom: '2026-03-01T00:00:00Z',
  validUntil: null,
  members: null,
  when: null,
  groups: [],
  exclusiveWith: [],
}
const terms = { use: 'open', limits: [], total: null, validity: null, reward: null }
const scheme = (more: object = {}, own: object = {}) => ({
  vouchers: {
    plan: { root: { mode: 'stack', of: [{ mode: 'voucher', voucher: 'five' }] }, maximumBasisPoints: null },
    vouchers: [{ voucher: { ...voucher, ...own }, ...terms, ...more }],
  },
})

describe('a voucher without end', () => {
  test('whoever enters it can use it as often as they like', () => {
    const { finding } = pair('unboundedVoucher', scheme(), scheme({ limits: [{ times: 1, per: null }] }))
    expect(finding).toMatchObject({ severity: 'note', path: ['vouchers', 'vouchers', 0, 'limits'] })
    pair('unboundedVoucher', scheme({}, { validFrom: null, minimumSpend: null }), scheme({ total: 100 }))
  })

  test.each([
    ['one that members are granted', scheme({ use: 'granted' })],
    ['one of some members', scheme({}, { members: ['anna'] })],
  ])('not: %s', (_name, more) => {
    expect(codes(shop(more))).not.toContain('unboundedVoucher')
  })

  test('one that asks for something, and one that asks for what no history here has', () => {
    const when = { field: 'categories', hasAny: ['tea'] }
    pair('unboundedVoucher', scheme({}, { when }), scheme({ total: 1 }, { when }))
    const products = { skus: ['mug'], categories: [] }
    expect(found(shop(scheme({}, { products })), 'unboundedVoucher')?.witness).toEqual({ type: 'facts', facts: {} })
    const never = { all: [when, { field: 'categories', hasNone: ['tea'] }] }
    expect(found(shop(scheme({}, { when: never })), 'unboundedVoucher')?.witness.type).toBe('facts')
  })
})

describe('a reward without end', () => {
  const price = (points: number, more: object = {}) => ({ wallet: 'points', points, money: null, tier: null, ...more })
  const open = { stock: null, limits: [], validFrom: null, validUntil: null, tiers: null, when: null }
  const having = (points: number, more: object = {}) => ({
    rewards: [{ ...sampleBox, ...open, prices: [price(points)], ...more }],
  })

  test('it costs nothing, and nothing ends it', () => {
    const { finding } = pair('unboundedReward', having(0), having(1))
    expect(finding).toMatchObject({ severity: 'note', path: ['rewards', 0, 'limits'] })
    pair('unboundedReward', having(0, { validFrom: '2026-03-01T00:00:00Z' }), having(0, { stock: 10 }))
  })

  test.each([
    ['with a limit', { limits: [{ times: 1, per: null }] }],
    ['paid with money', { prices: [price(0, { money: eur('1.00') })] }],
    ['with a price of nothing for one tier', { prices: [price(0, { tier: 'status/gold' }), price(5)] }],
  ])('not: %s', (_name, more) => {
    expect(codes(shop(having(0, more)))).not.toContain('unboundedReward')
  })
})

describe('tickets without end', () => {
  const draw = (mostTickets: number | null) => ({
    id: 'summer',
    opens: '2026-06-01T00:00:00Z',
    closes: '2026-07-01T00:00:00Z',
    drawsAt: '2026-07-02T00:00:00Z',
    methods: [
      { id: 'order', tickets: 1, isPurchase: true },
      { id: 'visit', tickets: 1, isPurchase: false },
    ],
    mostTickets,
    prizes: [{ id: 'trip', count: 1, among: null }],
    alternates: 0,
  })
  const actions = [
    { name: 'visit', fields: [{ name: 'minutes', type: 'integer' }] },
    { name: 'enrolment', fields: [] },
  ]
  const having = (entries: ReadonlyArray<object>, mostTickets: number | null = null) => ({
    ...earning([base], { actions }),
    challenges: { draws: [{ draw: draw(mostTickets), entries }] },
  })
  const visit = { on: 'visit', method: 'visit' }

  test('an action enters as often as it is done', () => {
    const { finding } = pair('unboundedDraw', having([visit]), having([visit], 10))
    expect(finding.path).toEqual(['challenges', 'draws', 0, 'draw', 'mostTickets'])
    const long = { ...visit, when: { field: 'minutes', atLeast: 30 } }
    pair('unboundedDraw', having([long]), having([{ on: 'purchase', method: 'order' }]))
    pair('unboundedDraw', having([visit]), having([{ on: 'enrolment', method: 'visit' }]))
  })

  test('an action that can never be what the entry asks for is told of by itself', () => {
    const never = {
      all: [
        { field: 'minutes', atLeast: 30 },
        { field: 'minutes', lessThan: 30 },
      ],
    }
    const { finding } = pair('unboundedDraw', having([{ ...visit, when: never }]), having([]), {}, {}, true)
    expect(finding.witness).toEqual({ type: 'facts', facts: {} })
  })
})
