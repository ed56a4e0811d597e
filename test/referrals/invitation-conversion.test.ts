import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MemberId, unwrap } from '../../src/foundation/index.ts'
import { InvitationCount, invitationPrior, rankInvitations } from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { memberArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws(
  'InvitationCount',
  InvitationCount,
  fc
    .tuple(memberArbitrary, fc.maxSafeNat(), fc.maxSafeNat())
    .map(([member, a, b]) => ({ member, invitations: Math.max(a, b), conversions: Math.min(a, b) })),
)

const count = (member: string, invitations: number, conversions: number): InvitationCount => ({
  member: member as MemberId,
  invitations,
  conversions,
})

describe('small counts are drawn to the mean of all', () => {
  const counts = [count('anna', 2, 2), count('ben', 50, 30), count('cleo', 200, 20), count('dora', 40, 2)]

  test('two of two say less than thirty of fifty', () => {
    const ranked = unwrap(rankInvitations(counts, { prior: { alpha: 2, beta: 8 } }))
    expect(ranked.map(({ member }) => member)).toEqual(['ben', 'anna', 'cleo', 'dora'])
    expect(ranked.map(({ rate }) => rate.toFixed(4))).toEqual(['0.5333', '0.3333', '0.1048', '0.0800'])
  })

  test('who is surely good comes before who may be', () => {
    const prior = { alpha: 0.5, beta: 0.5 }
    expect(unwrap(rankInvitations(counts, { prior }))[0]?.member).toBe('anna')
    expect(unwrap(rankInvitations(counts, { prior, by: 'lower' }))[0]?.member).toBe('ben')
  })

  test('one who has invited nobody has the prior, and the interval of it', () => {
    const prior = { alpha: 1, beta: 1 }
    const [nobody] = unwrap(rankInvitations([count('emil', 0, 0)], { prior, confidence: 0.9 }))
    expect(nobody?.rate).toBe(0.5)
    expect(nobody?.lower).toBeCloseTo(0.05, 12)
    expect(nobody?.upper).toBeCloseTo(0.95, 12)
  })
})

describe('the prior', () => {
  test('members who differ by chance only: as strong as all the invitations', () => {
    expect(unwrap(invitationPrior([count('anna', 10, 2), count('ben', 10, 2)]))).toEqual({ alpha: 4, beta: 16 })
    expect(unwrap(invitationPrior([count('anna', 10, 2)]))).toEqual({ alpha: 2, beta: 8 })
  })

  test('members who convert all or nothing: as weak as can be', () => {
    const { alpha, beta } = unwrap(invitationPrior([count('anna', 100, 100), count('ben', 100, 0)]))
    expect(alpha + beta).toBeCloseTo(0.01, 12)
    expect(alpha / (alpha + beta)).toBe(0.5)
  })

  test('nothing converted, or everything: half a conversion is added', () => {
    const shape = (conversions: number) => {
      const { alpha, beta } = unwrap(invitationPrior([count('anna', 9, conversions)]))
      return [alpha.toFixed(12), beta.toFixed(12)]
    }
    expect(shape(0)).toEqual(['0.450000000000', '8.550000000000'])
    expect(shape(9)).toEqual(['8.550000000000', '0.450000000000'])
  })

  test('it finds the prior that counts were drawn from', () => {
    // Members at the quantiles of a beta distribution with mean 0.2 and strength 1 / 0.04 - 1 = 24.
    const prior = { alpha: 4.8, beta: 19.2 }
    const spread = Math.sqrt((0.2 * 0.8) / 25)
    const counts = [0.2 - spread, 0.2 + spread].map((rate, index) => count(`m${index}`, 1_000_000, rate * 1_000_000))
    const pairs = counts.map((one) => ({ ...one, conversions: Math.round(one.conversions) }))
    const many = Array.from({ length: 50 }, () => pairs).flat()
    const { alpha, beta } = unwrap(invitationPrior(many))
    expect(alpha / (alpha + beta)).toBeCloseTo(0.2, 6)
    expect(Math.abs(alpha + beta - (prior.alpha + prior.beta))).toBeLessThan(0.3)
  })
})

test('a found one: with a prior that is all or nothing an interval may be narrower than the last digit, never upside down', () => {
  for (const strength of [0.01, 0.02, 0.05]) {
    const prior = { alpha: strength / 2, beta: strength / 2 }
    for (const { lower, upper } of unwrap(rankInvitations([count('anna', 60, 60), count('ben', 9, 0)], { prior }))) {
      expect(upper).toBeGreaterThanOrEqual(lower)
    }
  }
})

test('faults', () => {
  expect(rankInvitations([])).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  expect(rankInvitations([count('anna', 0, 0)])).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  expect(rankInvitations([count('anna', 1, 2), count('ben', -1, 0)], { confidence: 1 })).toMatchObject({
    left: [
      { path: [0, 'conversions'] },
      { path: [1, 'invitations'] },
      { path: [1, 'conversions'] },
      { path: ['confidence'] },
    ],
  })
  expect(invitationPrior([count('anna', 0.5, 0)])).toMatchObject({ left: [{ path: [0, 'invitations'] }] })
  expect(rankInvitations([count('anna', 1, 1)], { prior: { alpha: 0, beta: -3 } })).toMatchObject({
    left: [{ _tag: 'OutOfRange', path: [0, 'beta'] }],
  })
})

const countArbitrary = fc
  .tuple(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.nat({ max: 60 }), fc.nat({ max: 60 }))
  .map(([member, a, b]) => count(member, Math.max(a, b), Math.min(a, b)))

test('every rate lies between the own one and the mean, inside its interval, and the rank falls', () => {
  fc.assert(
    fc.property(fc.array(countArbitrary, { minLength: 1, maxLength: 6 }), (counts) => {
      const prior = invitationPrior(frozen(counts))
      if (prior._tag === 'Left') return
      const mean = prior.right.alpha / (prior.right.alpha + prior.right.beta)
      const ranked = unwrap(rankInvitations(frozen(counts)))
      for (const [index, { invitations, conversions, rate, lower, upper }] of ranked.entries()) {
        const own = invitations === 0 ? mean : conversions / invitations
        expect(rate).toBeGreaterThanOrEqual(Math.min(own, mean) - 1e-12)
        expect(rate).toBeLessThanOrEqual(Math.max(own, mean) + 1e-12)
        expect(upper).toBeGreaterThanOrEqual(lower)
        expect(rate).toBeLessThanOrEqual(ranked[index - 1]?.rate ?? 1)
      }
      expect(ranked.map(({ member }) => member).sort()).toEqual(counts.map(({ member }) => member).sort())
    }),
  )
})
