// Points that pay for purchases which earn them back, and vouchers that never apply.
import { describe, expect, test } from 'vitest'
import type { ProgramFinding } from '../../../src/program/index.ts'
import { sampleBox } from '../../rewards/reward-terms.ts'
import { activity, buys, eur, following, joins, shop } from '../shop.ts'
import { active, base, codes, earning, fixed, found, pair, shown } from './lint-pair.ts'

const worthACent = {
  economics: { margin: { numerator: 30, denominator: 100 }, pointCost: () => ({ numerator: 1, denominator: 1 }) },
}
const linear = (points: string) => ({ ...base, award: { ...base.award, points } })
const given = (finding: ProgramFinding): number =>
  finding.witness.type === 'history'
    ? finding.witness.activities.reduce((sum, one) => (one.type === 'adjustment' ? sum + one.points : sum), 0)
    : Number.NaN

describe('points that pay for themselves', () => {
  test('100 points for a euro, where a point pays a cent', () => {
    const { program, finding } = pair('pointsLoop', earning([linear('100')]), earning([linear('99')]), worthACent)
    expect(finding.path).toEqual(['earning', 'rules', 0])
    expect(active(shown(program, finding))).toBeGreaterThanOrEqual(given(finding))
    expect(codes(program)).not.toContain('pointsLoop')
    const worthless = { economics: { ...worthACent.economics, pointCost: () => ({ numerator: 0, denominator: 1 }) } }
    expect(codes(program, worthless)).not.toContain('pointsLoop')
  })

  test('not where what points pay does not count', () => {
    const rules = [linear('100')]
    pair('pointsLoop', earning(rules), earning(rules, { basis: { paidWithPoints: 'excluded' } }), worthACent)
    // A bonus for any order comes all the same.
    const each = earning([fixed('each order', undefined)], { basis: { paidWithPoints: 'excluded' } })
    const program = shop(each)
    const finding = found(program, 'pointsLoop', worthACent) as ProgramFinding
    expect(active(shown(program, finding))).toBe(10)
    expect(given(finding)).toBe(1)
  })

  test('not where nothing is paid', () => {
    const free = earning([fixed('free', { field: 'amount', lessThan: '0.01' })])
    expect(codes(shop(free), worthACent)).not.toContain('pointsLoop')
  })

  test('together with what can hold with it', () => {
    const rules = [
      linear('20'),
      {
        id: 'x5',
        wallet: 'points',
        when: { field: 'weekday', is: 'sunday' },
        award: { mode: 'multiplier', factor: '5' },
      },
      {
        ...fixed('never', {
          all: [
            { field: 'hour', atLeast: 22 },
            { field: 'hour', lessThan: 6 },
          ],
        }),
      },
    ]
    const { program, finding } = pair(
      'pointsLoop',
      earning(rules),
      earning([linear('19'), ...rules.slice(1)]),
      worthACent,
    )
    expect(active(shown(program, finding))).toBeGreaterThanOrEqual(given(finding))
  })

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
  const percent = { type: 'percent', basisPoints: 1000, of: 'running', maximumMinor: null, rounding: 'halfUp' }
  const scheme = (benefit: object, terms: object = {}, more: object = {}, planned = true) => ({
    vouchers: {
      plan: {
        root: { mode: 'stack', of: planned ? [{ mode: 'voucher', voucher: 'five' }] : [] },
        maximumBasisPoints: null,
      },
      vouchers: [
        {
          voucher: { ...plain, id: 'five', benefit, ...more },
          use: 'granted',
          limits: [],
          total: null,
          validity: null,
          reward: sampleBox.id,
          ...terms,
        },
      ],
    },
  })
  const credit = { type: 'giftCredit', balanceMinor: 500 }
  const open = { stock: null, limits: [], validFrom: null, validUntil: null, tiers: null, when: null }
  const priced = (points: number, more: object = {}) => ({
    rewards: [{ ...sampleBox, ...open, prices: [{ wallet: 'points', points, money: null, tier: null }], ...more }],
  })

  test('coupon, points, coupon: 5 euros for 50 points, and 10 points for a euro', () => {
    const rules = earning([linear('10')])
    const { program, finding } = pair(
      'pointsLoop',
      { ...rules, ...scheme(credit), ...priced(50) },
      { ...rules, ...scheme(credit), ...priced(51) },
    )
    expect(finding.path).toEqual(['vouchers', 'vouchers', 0, 'reward'])
    const simulation = shown(program, finding)
    expect([given(finding), active(simulation)]).toEqual([50, 50])
    const [member] = [...simulation.members.values()]
    // The same reward can be taken again, and nothing was paid.
    expect(member?.vouchers.held).toEqual([])
  })

  test('a discount only where amounts count before discounts', () => {
    const fixedBenefit = { type: 'fixed', minor: 500 }
    const gross = earning([linear('10')], { basis: { amounts: 'gross' } })
    pair(
      'pointsLoop',
      { ...gross, ...scheme(fixedBenefit), ...priced(50) },
      { ...earning([linear('10')]), ...scheme(fixedBenefit), ...priced(50) },
    )
  })

  test.each([
    ['what depends on the basket', scheme(percent), priced(50)],
    ['an empty card', scheme({ ...credit, balanceMinor: 0 }), priced(50)],
    ['a voucher that no reward grants', scheme(credit, { reward: null }), priced(50)],
    [
      'a reward that is paid on top',
      scheme(credit),
      priced(50, { prices: [{ wallet: 'points', points: 50, money: eur('1.00'), tier: null }] }),
    ],
    ['a reward that costs no points', scheme(credit), priced(0)],
    ['a reward that is not for everybody', scheme(credit), priced(50, { tiers: ['status/gold'] })],
    [
      'an order of another amount',
      scheme(credit),
      { ...priced(50), ...earning([{ ...linear('10'), when: { field: 'amount', atLeast: '6.00' } }]) },
    ],
  ])('no loop: %s', (_name, vouchers, more) => {
    expect(codes(shop({ ...earning([linear('10')]), ...vouchers, ...more }))).not.toContain('pointsLoop')
  })

  describe('vouchers that never apply', () => {
    const enters = (at: string) => ({ ...buys('o', at, '50.00'), vouchers: [{ voucher: 'five' as never }] })
    const declined = (program: ReturnType<typeof shop>, at: string) => {
      const grants = activity({ type: 'voucherGranted', id: 'g', at, voucher: 'five' })
      const { trace } = following(program, [joins('2026-01-01T00:00:00Z'), grants, enters(at)])
      return trace.flatMap((step) =>
        step.step === 'vouchers' ? step.priced.declined.map(({ because }) => because.reason) : [],
      )
    }
    const at = '2026-02-01T08:00:00Z'

    test('one that is not in the plan', () => {
      const { program, finding } = pair(
        'unusableVoucher',
        { ...scheme(percent, {}, {}, false), ...priced(50) },
        { ...scheme(percent), ...priced(50) },
      )
      expect(finding).toMatchObject({
        path: ['vouchers', 'vouchers', 0, 'voucher', 'id'],
        witness: { name: 'five', known: [] },
      })
      expect(declined(program, at)).toEqual(['notInPlan'])
      expect(declined(shop({ ...scheme(percent), ...priced(50) }), at)).toEqual([])
    })

    test('one that is over before its reward can be had', () => {
      const until = { validUntil: at }
      const { program, finding } = pair(
        'unusableVoucher',
        { ...scheme(percent, {}, until), ...priced(50, { validFrom: at }) },
        { ...scheme(percent, {}, until), ...priced(50, { validFrom: '2026-01-31T08:00:00Z' }) },
      )
      expect(finding.path).toEqual(['vouchers', 'vouchers', 0, 'voucher', 'validUntil'])
      expect(finding.witness).toMatchObject({ type: 'bound' })
      expect(declined(program, at)).toEqual(['expired'])
      expect(codes(shop({ ...scheme(percent, {}, until), ...priced(50) }))).not.toContain('unusableVoucher')
    })

    test('one whose condition cannot hold; a minimum above what it gives is no fault', () => {
      const when = (atLeast: string) => ({
        when: {
          all: [
            { field: 'amount', atLeast },
            { field: 'amount', lessThan: '60.00' },
          ],
        },
      })
      const { program, finding } = pair(
        'unusableVoucher',
        { ...scheme(percent, {}, when('60.00')), ...priced(50) },
        { ...scheme(percent, {}, when('59.99')), ...priced(50) },
      )
      const place = ['vouchers', 'vouchers', 0, 'voucher', 'when', 'all']
      expect(finding.witness).toMatchObject({
        type: 'conflict',
        parts: [
          [...place, 0],
          [...place, 1],
        ],
      })
      expect(declined(program, at)).toEqual(['conditionNotMet'])
      const minimum = { minimumSpend: { minor: 10_000, on: 'initial' } }
      expect(codes(shop({ ...scheme({ ...percent, maximumMinor: 100 }, {}, minimum), ...priced(50) }))).not.toContain(
        'unusableVoucher',
      )
    })
  })
})
