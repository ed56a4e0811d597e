import { describe, expect, test } from 'vitest'
import { type Instant, type MemberId, parseInstant, unwrap } from '../../src/foundation/index.ts'
import { type Activity, advance, decide } from '../../src/program/index.ts'
import { buys, eur, following, joins, member, points, referralTerms, rejected, returns, shop } from './shop.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const program = shop({ referral: referralTerms })
const bobJoins: Activity = { ...joins('2026-01-01T00:00:00Z'), member: 'bob' as MemberId }
const broughtBy = (referrer: string, enrolledAt: string) =>
  joins('2026-02-01T00:00:00Z', { referrer: { member: referrer, enrolledAt } })
const annaJoins = broughtBy('bob', '2026-01-01T00:00:00Z')
const march1 = '2026-03-01T00:00:00Z'

describe('S51 both sides of a referral', () => {
  const bought = following(program, [annaJoins, buys('o', march1, '60.00', '40.00')])
  const bob = following(program, [bobJoins, ...bought.followUps], member('bob')).state

  test('the friend has the discount at once, the referrer points that are pending until 1 April', () => {
    expect(bought.state.referral).toMatchObject({
      status: 'qualified',
      conversion: { purchase: 'o', spendMinor: 10_000, discountMinor: 1_000, releasedAt: at('2026-04-01T00:00:00Z') },
    })
    expect(points(bob)).toEqual({ active: 0, pending: 500, debt: 0 })
    expect(points(advance(program, bob, at('2026-03-31T23:59:59.999Z')).state).pending).toBe(500)
    expect(points(advance(program, bob, at('2026-04-01T00:00:00Z')).state).active).toBe(500)
  })

  test('returned on 20 March: the reward is cancelled, the discount goes back, the referral is open again', () => {
    const march20 = '2026-03-20T00:00:00Z'
    const returned = following(program, [returns('r', march20, 'o', { line: '1' }, { line: '2' })], bought.state)
    expect(returned.trace).toContainEqual({
      step: 'reassessment',
      referrer: 'bob',
      outcome: 'cancelled',
      discountClawMinor: 1_000,
    })
    expect(returned.state.referral).toMatchObject({ status: 'open', conversion: null })
    const afterwards = following(program, returned.followUps, bob).state
    expect(points(afterwards)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(afterwards.rewards).toEqual([])
    const again = following(program, [buys('o2', march20, '50.00')], returned.state)
    expect(points(following(program, again.followUps, afterwards).state).pending).toBe(500)
  })

  test('returned in part to 40, below the minimum of 50: it does not count any more, and the discount goes back', () => {
    const returned = following(program, [returns('r', '2026-03-20T00:00:00Z', 'o', { line: '1' })], bought.state)
    expect(returned.trace).toContainEqual(expect.objectContaining({ outcome: 'cancelled', discountClawMinor: 1_000 }))
    expect(returned.followUps).toMatchObject([{ type: 'referralUndone', member: 'bob' }])
  })

  test('returned in part to 70: it stands, and the discount goes back in proportion', () => {
    const part = { line: '1', amount: eur('30.00') }
    const returned = following(program, [returns('r', '2026-03-20T00:00:00Z', 'o', part)], bought.state)
    expect(returned.state.referral).toMatchObject({ status: 'qualified', conversion: { discountClawedMinor: 300 } })
    expect(returned.followUps).toEqual([])
  })

  test('returned after the release: nothing is taken by itself, it is left for review', () => {
    const april1 = '2026-04-01T00:00:00Z'
    const returned = following(program, [returns('r', april1, 'o', { line: '1' }, { line: '2' })], bought.state)
    expect(returned.state.referral).toMatchObject({ status: 'inReview', conversion: { discountClawedMinor: 1_000 } })
    expect(returned.followUps).toEqual([])
  })

  test('a follow-up that comes late is dated anew, and the release stays', () => {
    const later = following(
      program,
      [buys('own', '2026-03-02T00:00:00Z', '1.00')].map((one) => ({ ...one, member: 'bob' as MemberId })),
      following(program, [bobJoins], member('bob')).state,
    ).state
    const [late] = bought.followUps
    if (late === undefined) throw new Error('no follow-up')
    expect(rejected(program, later, late)).toMatchObject([{ _tag: 'ActivityOutOfOrder' }])
    const { state } = following(program, [{ ...late, at: at('2026-03-03T00:00:00Z') }], later)
    expect(points(state)).toEqual({ active: 1, pending: 500, debt: 0 })
    expect(points(advance(program, state, at('2026-04-01T00:00:00Z')).state).active).toBe(501)
  })

  test('an undoing that comes after the release leaves the points, and says so', () => {
    const returned = following(program, [returns('r', '2026-03-20T00:00:00Z', 'o', { line: '1' })], bought.state)
    const late = returned.followUps.map((one): Activity => ({ ...one, at: at('2026-04-02T00:00:00Z') }))
    const decided = following(program, late, bob)
    expect(decided.events).toContainEqual(expect.objectContaining({ type: 'rewardUndone', outcome: 'inReview' }))
    expect(points(decided.state).active).toBe(500)
  })
})

test('points for the friend are taken back when the purchase does not count any more, but not those that expired', () => {
  const referee = { type: 'points', wallet: 'points', points: 40 }
  const terms = { referral: { ...referralTerms, referee } }
  const lasting = shop(terms)
  const bought = following(lasting, [annaJoins, buys('o', march1, '50.00')])
  expect(points(bought.state).active).toBe(90)
  const returned = following(lasting, [returns('r', '2026-03-20T00:00:00Z', 'o', { line: '1' })], bought.state)
  expect(points(returned.state)).toEqual({ active: 0, pending: 0, debt: 0 })
  const wallets = [
    {
      ...lasting.program.wallets[0],
      expiry: { type: 'rolling', after: { amount: 1, unit: 'day' }, from: 'activation' },
    },
  ]
  const fleeting = shop({ ...terms, wallets })
  const gone = following(fleeting, [
    annaJoins,
    buys('o', march1, '50.00'),
    returns('r', '2026-03-20T00:00:00Z', 'o', { line: '1' }),
  ])
  expect(gone.state.wallets[0]).toMatchObject({ accrued: 90, expired: 90, reversed: 0, debt: 0 })
})

describe('what does not count', () => {
  test('S49 bringing oneself, S50 a referrer who joined later: the enrolment stands, the referral is refused', () => {
    const self = following(program, [broughtBy('anna', '2026-01-01T00:00:00Z')])
    expect(self.events).toContainEqual(expect.objectContaining({ type: 'referralRefused', reason: 'SelfReferral' }))
    const later = following(program, [broughtBy('bob', '2026-02-01T00:00:00Z')])
    expect(later.events).toContainEqual(
      expect.objectContaining({ type: 'referralRefused', reason: 'ReferrerNotEarlier' }),
    )
    expect(later.state.referral).toBeNull()
    expect(following(program, [buys('o', march1, '100.00')], later.state).followUps).toEqual([])
  })

  test('a purchase below the minimum: the next one still can', () => {
    const small = following(program, [annaJoins, buys('o1', march1, '49.99')])
    expect(small.followUps).toEqual([])
    expect(small.trace).toContainEqual(
      expect.objectContaining({
        step: 'referral',
        outcome: 'refused',
        refusals: [expect.objectContaining({ _tag: 'BelowMinimumSpend' })],
      }),
    )
    expect(following(program, [buys('o2', march1, '50.00')], small.state).followUps.length).toBe(1)
  })

  test('a second purchase, and any purchase in a program without referrals', () => {
    const first = following(program, [annaJoins, buys('o1', march1, '50.00')]).state
    expect(following(program, [buys('o2', march1, '50.00')], first).followUps).toEqual([])
    expect(following(shop(), [annaJoins, buys('o1', march1, '50.00')]).state.referral).toBeNull()
  })

  test('a reward in a wallet that the program does not have', () => {
    const [one] = following(program, [annaJoins, buys('o', march1, '60.00')]).followUps
    const { state } = following(program, [bobJoins], member('bob'))
    const wrong = { ...one, wallet: 'miles' } as Activity
    expect(rejected(program, state, wrong)).toMatchObject([{ _tag: 'UnknownWallet', wallet: 'miles' }])
    expect(decide(program, state, wrong, { trace: false })._tag).toBe('Left')
  })
})
