import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, decode, formatError, formatPath, unwrap } from '../../../src/foundation/index.ts'
import { decodeProgram, programCodec } from '../../../src/program/index.ts'
import { programJson } from '../../arbitraries/program.ts'
import { eur, pointsOf, referralOf, referralTerms, shopJson, statusLadder } from '../shop.ts'

const faults = (json: unknown): ReadonlyArray<string> => {
  const decoded = decodeProgram(json)
  return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
}

describe('decodeProgram', () => {
  test('reads a whole program, and gives it back as the same JSON', () => {
    fc.assert(
      fc.property(programJson, (json) => {
        const program = unwrap(decodeProgram(json))
        const codec = programCodec(program.currency)
        const again = JSON.parse(JSON.stringify(codec.encode(program)))
        expect(unwrap(decodeProgram(again))).toEqual(program)
        expect(codec.is(program)).toBe(true)
      }),
    )
  })

  test('reports every problem of its form at once', () => {
    const rule = {
      id: 'r',
      wallet: 'points',
      award: { mode: 'linear', points: '1.1234567', per: eur('0.00'), on: 'basket' },
    }
    const wrong = {
      ...shopJson,
      version: 0,
      zone: 7,
      earning: { rounding: { mode: 'up', on: 'order' }, rules: [rule] },
      extra: true,
    }
    expect(faults(wrong)).toEqual([
      'version',
      'zone',
      'earning.rounding.mode',
      'earning.rules[0].award.points',
      'earning.rules[0].award.per',
      'earning.rules[0].award.on',
      'extra',
    ])
  })

  test('reads amounts in the currency of the program', () => {
    const when = { field: 'amount', atLeast: '50.00' }
    const award = { mode: 'linear', points: '1', per: { amount: '1', currency: 'JPY' }, on: 'order' }
    const rules = [{ id: 'r', wallet: 'points', when, award }]
    const yen = { ...shopJson, currency: 'JPY', earning: { ...shopJson.earning, rules } }
    expect(faults(yen)).toEqual(['earning.rules[0].when.atLeast'])
    expect(faults({ ...shopJson, currency: 'JPY' })).toEqual(['earning.rules[0].award.per'])
    expect(faults({ ...shopJson, currency: 'EURO' })).toEqual(['currency'])
  })

  test('what does not fit together: wallets, currencies, ids given twice, ladders', () => {
    const [base] = shopJson.earning.rules
    const wrong = {
      ...shopJson,
      wallets: [shopJson.wallets[0], shopJson.wallets[0]],
      earning: { ...shopJson.earning, rules: [base, { ...base, wallet: 'miles' }] },
      ladders: [
        {
          ...statusLadder,
          metrics: [{ id: 'points', of: 'points', wallet: 'miles' }],
          tiers: [{ id: 'basic', reach: pointsOf(5) }],
        },
        statusLadder,
      ],
      ...referralOf(
        {
          eligibility: { ...referralTerms.eligibility, minimumSpend: { amount: '50.00', currency: 'USD' } },
          referrer: { kind: { type: 'points', wallet: 'miles' }, amount: { type: 'fixed', units: 5 } },
          referee: {
            ...referralTerms.referee,
            reward: {
              kind: { type: 'money', currency: 'USD' },
              amount: { type: 'byCount', steps: [{ from: 1, units: 1 }] },
            },
          },
          milestones: [
            { referrals: 1, kind: { type: 'tierCredit', ladder: 'none', metric: 'points' }, units: 1 },
            { referrals: 2, kind: { type: 'tierCredit', ladder: 'status', metric: 'spend' }, units: 1 },
          ],
        },
        {
          revenueShare: {
            kind: { type: 'donation', charity: 'forest', currency: 'USD' },
            share: { units: 1, perMinor: 10, rounding: 'floor', months: 1, most: null },
          },
        },
      ),
    }
    expect([...faults(wrong)].sort()).toEqual([
      'earning.rules[1].id',
      'earning.rules[1].wallet',
      'ladders[0].metrics[0].wallet',
      'ladders[0].tiers[0].reach',
      'ladders[1].id',
      'referral.revenueShare.kind.currency',
      'referral.terms.eligibility.minimumSpend.currency',
      'referral.terms.milestones[0].kind.ladder',
      'referral.terms.milestones[1].kind.metric',
      'referral.terms.referee.reward.amount.type',
      'referral.terms.referee.reward.kind.currency',
      'referral.terms.referrer.kind.wallet',
      'wallets[1].id',
    ])
    const cap = { id: 'daily', limit: 5, window: { type: 'lifetime' }, onExceed: 'reject' }
    const caps = [{ ...cap, per: 'referrer', counts: 'units' }]
    const earning = { ...shopJson.earning, caps: [{ ...cap, wallet: 'points', counts: 'points' }] }
    expect(faults({ ...shopJson, earning, ...referralOf({ caps }) })).toEqual(['referral.terms.caps[0].id'])
  })

  test('rates without a reasonable denominator in common, quickly', () => {
    const [base] = shopJson.earning.rules
    const primes: Array<number> = []
    for (let n = 2; primes.length < 5_000; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
    const rules = primes.map((prime) => ({
      ...base,
      id: `rule ${prime}`,
      award: { ...base.award, per: { amount: String(prime), currency: 'EUR' } },
    }))
    const found = faults({ ...shopJson, earning: { ...shopJson.earning, rules } })
    // The product of the first 39 primes has 64 digits; a later one fits where the earlier ones leave room.
    expect(found.length).toBeGreaterThan(4_950)
    expect(found.at(-1)).toBe('earning.rules[4999].award.per')
  })

  test('says in a sentence what is wrong and what would be right', () => {
    const decoded = decodeProgram({ ...shopJson, returnWindow: { amount: 30, unit: 'days' } })
    expect(decoded._tag === 'Left' ? formatError(decoded.left) : '').toBe(
      'Invalid value at returnWindow.unit: got "days", expected one of "hour", "day", "week", "month", "quarter", "year".',
    )
  })

  test('nothing at all', () => {
    expect(faults(undefined)).toEqual([''])
    expect(faults([])).toEqual([''])
    expect(decode(programCodec('EUR' as Currency), null)._tag).toBe('Left')
  })
})
