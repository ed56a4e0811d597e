import { describe, expect, test } from 'vitest'
import { shop, wallet } from '../shop.ts'
import { active, base, codes, days, earning, fixed, pair, pointsId, shown } from './lint-pair.ts'

describe('legal profiles (S65)', () => {
  const rolling = wallet({ expiry: { type: 'rolling', after: days(365), from: 'earning' } })
  const silence = (amount: number) =>
    wallet({ expiry: { type: 'inactivity', after: days(amount), resetBy: ['accrual', 'adjustment'] } })

  test.each(['quebec', 'ontario'] as const)('under %s points do not go by time alone', (id) => {
    const legal = { legal: [{ id }] }
    const { program, finding } = pair('expiryByTimeAlone', rolling, silence(366), legal)
    expect(finding).toMatchObject({ profile: id, severity: 'warning' })
    expect(finding.reason).toContain('no legal advice')
    expect(active(shown(program, finding))).toBe(1)
    expect(codes(program)).not.toContain('expiryByTimeAlone')
    const exempt = { legal: [{ id, exempt: [pointsId] }] }
    expect(codes(program, exempt)).not.toContain('expiryByTimeAlone')
  })

  test('under quebec a silence of less than a year ends nothing', () => {
    const { program, finding } = pair('inactivityTooShort', silence(365), silence(366), { legal: [{ id: 'quebec' }] })
    expect(active(shown(program, finding))).toBe(0)
    expect(codes(program, { legal: [{ id: 'ontario' }] })).not.toContain('inactivityTooShort')
  })

  test('under ontario points that no purchase earns may go', () => {
    const actions = [{ name: 'review', fields: [] }]
    const gifts = shop({ ...rolling, ...earning([fixed('gift', undefined, { on: 'review' })], { actions }) })
    expect(codes(gifts, { legal: [{ id: 'ontario' }] })).not.toContain('expiryByTimeAlone')
    expect(codes(gifts, { legal: [{ id: 'quebec' }] })).toContain('expiryByTimeAlone')
  })

  test('points that melt away go by time alone as well', () => {
    const decay = (rate: string) => wallet({ decay: { every: { unit: 'month' }, rate, atLeast: 0, rounding: 'floor' } })
    const { program, finding } = pair('expiryByTimeAlone', decay('0.05'), decay('0'), { legal: [{ id: 'quebec' }] })
    expect(finding.path).toEqual(['wallets', 0, 'decay'])
    // So little melts that of what a history has it rounds to nothing.
    pair('expiryByTimeAlone', decay('0.000001'), decay('0'), { legal: [{ id: 'quebec' }] }, {}, true)
    expect(active(shown(program, finding))).toBe(9_501)
  })

  test('points of a rule that live for a time of their own', () => {
    const own = earning([{ ...base, lot: { validity: days(90) } }])
    pair('expiryByTimeAlone', own, {}, { legal: [{ id: 'ontario' }] })
  })
})
