import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MemberId } from '../../src/foundation/index.ts'
import {
  assessFraud,
  defaultFraudPolicy,
  FraudAssessment,
  FraudSignal,
  ReferralIdentity,
  signalsBetween,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { fraudPolicyArbitrary, fraudSignalsArbitrary, memberArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const textsArbitrary = fc.array(fc.constantFrom('a', '__proto__', ''), { maxLength: 3 })

codecLaws(
  'ReferralIdentity',
  ReferralIdentity,
  fc.record({
    member: memberArbitrary,
    email: fc.option(fc.constantFrom('a@example.org', 'no address')),
    devices: textsArbitrary,
    paymentInstruments: textsArbitrary,
    addresses: textsArbitrary,
    visits: fc.array(fc.record({ ip: fc.constant('192.0.2.1'), agent: fc.constantFrom('one', '') }), { maxLength: 3 }),
  }),
)

codecLaws(
  'FraudAssessment',
  FraudAssessment,
  fc.tuple(fraudSignalsArbitrary, fraudPolicyArbitrary).map(([signals, policy]) => assessFraud(signals, policy)),
)
codecLaws('FraudSignal', FraudSignal, fc.constantFrom('sameMember', 'sameIp', 'velocity'))

const anna: ReferralIdentity = {
  member: 'anna' as MemberId,
  email: 'a.b+x@gmail.com',
  devices: ['d1'],
  paymentInstruments: ['p1'],
  addresses: ['a1'],
  visits: [{ ip: '192.0.2.1', agent: 'one' }],
}
const ben: ReferralIdentity = {
  member: 'ben' as MemberId,
  email: 'ben@example.org',
  devices: ['d2', 'constructor'],
  paymentInstruments: [],
  addresses: ['a2'],
  visits: [{ ip: '192.0.2.2', agent: 'one' }],
}

describe('S49 what two members have in common', () => {
  const cases: ReadonlyArray<readonly [string, Partial<ReferralIdentity>, ReadonlyArray<FraudSignal>]> = [
    ['nothing', {}, []],
    ['the id', { member: anna.member }, ['sameMember']],
    ['the e-mail address', { email: 'A.B+x@gmail.com' }, ['sameEmail']],
    ['the inbox', { email: 'ab@gmail.com' }, ['similarEmail']],
    ['no e-mail address', { email: null }, []],
    ['two texts that are no addresses', { email: 'ab' }, []],
    ['the device', { devices: ['d2', 'd1'] }, ['sameDevice']],
    ['the payment instrument', { paymentInstruments: ['p1'] }, ['samePaymentInstrument']],
    ['the address', { addresses: ['a1'] }, ['sameAddress']],
    ['the network', { visits: [{ ip: '192.0.2.1', agent: 'two' }] }, ['sameIp']],
    ['network and browser', { visits: [{ ip: '192.0.2.1', agent: 'one' }] }, ['sameIpAndAgent']],
  ]
  test.each(cases)('%s', (_, change, expected) => {
    expect(signalsBetween(frozen(anna), frozen({ ...ben, ...change }))).toEqual(expected)
    expect(signalsBetween({ ...ben, ...change }, anna)).toEqual(expected)
  })
})

describe('S49 what follows', () => {
  test('S49 the address of a network alone never blocks, whatever it scores', () => {
    const grades = { ...defaultFraudPolicy.grades, sameIp: { type: 'score', score: 1_000 } } as const
    expect(assessFraud(['sameIp'], { ...defaultFraudPolicy, grades }).outcome).toBe('review')
    expect(assessFraud(['sameIp']).outcome).toBe('clear')
    expect(assessFraud(['sameIp', 'sameDevice'], { ...defaultFraudPolicy, grades }).outcome).toBe('block')
  })

  test('the same person is blocked, one strong signal is looked at, two strong ones block', () => {
    expect(assessFraud(['sameMember'])).toEqual({
      outcome: 'block',
      score: 0,
      because: [{ signal: 'sameMember', score: null }],
    })
    expect(assessFraud(['similarEmail'])).toMatchObject({ outcome: 'review', score: 60 })
    expect(assessFraud(['sameDevice', 'samePaymentInstrument'])).toMatchObject({ outcome: 'block', score: 110 })
  })

  test('no signal is clear, even where all is looked at', () => {
    expect(assessFraud([], { ...defaultFraudPolicy, reviewFrom: 0, blockFrom: 0 }).outcome).toBe('clear')
  })

  test('a lawful agency sets the score of what it shares to nothing', () => {
    const grades = { ...defaultFraudPolicy.grades, sameAddress: { type: 'score', score: 0 } } as const
    expect(assessFraud(['sameAddress'], { ...defaultFraudPolicy, grades }).outcome).toBe('clear')
  })
})

const severity = { clear: 0, review: 1, block: 2 } as const

test('repetition and order do not matter, and one more signal is never better', () => {
  fc.assert(
    fc.property(fraudSignalsArbitrary, fraudPolicyArbitrary, (signals, policy) => {
      const { outcome, score, because } = assessFraud(frozen(signals), frozen(policy))
      const again = assessFraud([...signals, ...signals].reverse(), policy)
      expect([again.outcome, again.score]).toEqual([outcome, score])
      expect(new Set(because.map(({ signal }) => signal)).size).toBe(because.length)
      if (signals.every((signal) => signal === 'sameIp')) expect(outcome).not.toBe('block')
    }),
  )
})

test('one more signal of another kind is never better', () => {
  fc.assert(
    fc.property(fraudSignalsArbitrary, fraudPolicyArbitrary, (signals, policy) => {
      const others = signals.filter((signal) => signal !== 'sameIp' && signal !== 'similarEmail')
      const all = assessFraud(others, policy)
      expect(severity[assessFraud(others.slice(1), policy).outcome]).toBeLessThanOrEqual(severity[all.outcome])
    }),
  )
})
