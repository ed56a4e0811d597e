import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, type Instant, unwrap, utc } from '../../src/foundation/index.ts'
import {
  applyReferralClaim,
  decideSettlement,
  noReferralProgress,
  ReferralSettlement,
  type ReferralTerms,
  releaseReferralUses,
  releaseSettlement,
  returnSettlement as returnEither,
  type SettlementChange,
  settleReferral,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { termsArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { input, terms } from './settlement-terms.ts'

const returnSettlement = (of: ReferralTerms, settlement: ReferralSettlement, remainingMinor: number) =>
  unwrap(returnEither(of, settlement, remainingMinor))
const bought = (paidMinor: number, of: ReferralTerms = terms) => unwrap(settleReferral(of, utc, input(paidMinor)))
const released = (settlement: ReferralSettlement, of: ReferralTerms = terms) =>
  unwrap(releaseSettlement(of, settlement, noReferralProgress, { at: settlement.referrer.releasedAt, approved: true }))
    .settlement
const figures = ({ settlement, referrerUnits, refereeUnits }: SettlementChange) => [
  settlement.status,
  referrerUnits,
  refereeUnits,
]

describe('S51 100 € on 1 March, in review until 1 April', () => {
  test('S51 all returned on 20 March: the referrer’s reward is cancelled, the discount goes back', () => {
    expect(figures(returnSettlement(terms, bought(10_000), 0))).toEqual(['cancelled', 500, 1_000])
  })

  test('S51 returned in part, to 70: it stands, and 3 € of the discount go back', () => {
    expect(figures(returnSettlement(terms, bought(10_000), 7_000))).toEqual(['pending', 0, 300])
  })

  test('S51 returned in part, to 40, below the minimum of 50: it does not count', () => {
    const change = returnSettlement(terms, bought(10_000), 4_000)
    expect(figures(change)).toEqual(['cancelled', 500, 1_000])
    expect(change.uses).toEqual([{ cap: 'twelve', uses: 1 }])
    expect(figures(returnSettlement(terms, change.settlement, 0))).toEqual(['cancelled', 0, 0])
  })

  test('S51 after the release a person decides, and nothing is taken from the referrer until then', () => {
    const change = returnSettlement(terms, released(bought(10_000)), 4_000)
    expect(figures(change)).toEqual(['inReview', 0, 600])
    expect(figures(unwrap(decideSettlement(terms, change.settlement, 'uphold')))).toEqual(['released', 0, 0])
    const cancelled = unwrap(decideSettlement(terms, change.settlement, 'cancel'))
    expect(figures(cancelled)).toEqual(['cancelled', 500, 400])
    expect(cancelled.uses).toEqual([{ cap: 'twelve', uses: 1 }])
    expect(decideSettlement(terms, cancelled.settlement, 'cancel')._tag).toBe('Left')
  })

  test('a rest that qualifies changes nothing for a referrer with a fixed reward who is paid', () => {
    expect(figures(returnSettlement(terms, released(bought(10_000)), 5_000))).toEqual(['released', 0, 500])
  })
})

test('InvalidValue: a rest that is more than the spend, below nothing, or no whole number of cents', () => {
  for (const rest of [10_001, -1, 0.5, Number.NaN]) {
    expect(returnEither(terms, bought(10_000), rest)).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['remainingMinor'] },
    })
  }
})

describe('shares of the spend', () => {
  const amount = { type: 'share', units: 1, perMinor: 10, rounding: 'floor', most: null } as const
  const shares: ReferralTerms = {
    ...terms,
    referrer: { kind: terms.referrer.kind, amount },
    referee: { reward: { kind: terms.referrer.kind, amount }, release: 'afterReview', onReturn: 'recomputed' },
  }

  test('before the release both are counted anew on the rest', () => {
    expect(figures(returnSettlement(shares, bought(10_000, shares), 6_005))).toEqual(['pending', 400, 400])
  })

  test('after it a referrer who had too much is looked at', () => {
    expect(figures(returnSettlement(shares, released(bought(10_000, shares), shares), 6_000))).toEqual([
      'inReview',
      0,
      400,
    ])
  })
})

describe('release', () => {
  const settlement = bought(10_000)
  const early = { at: (settlement.referrer.releasedAt - 1) as Instant, approved: true }
  const now = { at: settlement.referrer.releasedAt, approved: false }

  test('S51 not before the review is over, not twice, and not without the approval that is needed', () => {
    expect(releaseSettlement(terms, settlement, noReferralProgress, early)).toMatchObject({
      left: { _tag: 'SettlementNotReady', status: 'pending' },
    })
    expect(releaseSettlement(terms, released(settlement), noReferralProgress, now)._tag).toBe('Left')
    const doubtful = { ...settlement, needsApproval: true }
    expect(releaseSettlement(terms, doubtful, noReferralProgress, now)._tag).toBe('Left')
    expect(releaseSettlement(terms, doubtful, noReferralProgress, { ...now, approved: true })._tag).toBe('Right')
  })

  test('S52 the fifth referral reaches the milestone when it is released', () => {
    const { reached, progress } = unwrap(releaseSettlement(terms, settlement, { count: 4, highWater: 4 }, now))
    expect(reached.map(({ units }) => units)).toEqual([5_000])
    expect(progress).toEqual({ count: 5, highWater: 5 })
  })

  test('S54 one that caps left nothing of is not counted', () => {
    const limited = { ...settlement, claim: { ...settlement.claim, granted: 0, capLimited: true } }
    const progress = { count: 4, highWater: 4 }
    expect(unwrap(releaseSettlement(terms, limited, progress, now))).toMatchObject({ reached: [], progress })
  })

  test('nothing to decide before anything is in review', () => {
    expect(decideSettlement(terms, settlement, 'uphold')).toMatchObject({ left: { _tag: 'SettlementNotReady' } })
    expect(figures(unwrap(decideSettlement(terms, settlement, 'cancel')))).toEqual(['cancelled', 500, 1_000])
    const alone = bought(10_000, { ...terms, referee: null })
    expect(figures(unwrap(decideSettlement(terms, alone, 'cancel')))).toEqual(['cancelled', 500, 0])
    expect(figures(returnSettlement(terms, alone, 0))).toEqual(['cancelled', 500, 0])
    expect(figures(returnSettlement(terms, alone, 9_000))).toEqual(['pending', 0, 0])
  })
})

/** Returns of parts in turn, with a release after some of them. */
const partsOf = (spend: number, cuts: ReadonlyArray<number>): ReadonlyArray<number> => {
  let left = spend
  return cuts.map((cut) => {
    left -= cut % (left + 1)
    return left
  })
}

const settledArbitrary = fc
  .tuple(termsArbitrary, fc.integer({ min: 1, max: 30_000 }))
  .map(([of, spend]) => {
    const anyone = { ...terms.eligibility, minimumSpend: of.eligibility.minimumSpend }
    return { of: { ...of, eligibility: anyone }, spend }
  })
  .filter(({ of, spend }) => settleReferral(of, utc, input(spend))._tag === 'Right')

const cutsArbitrary = fc.array(fc.nat({ max: 12_000 }), { minLength: 1, maxLength: 5 })

const play = (of: ReferralTerms, from: ReferralSettlement, rests: ReadonlyArray<number>) => {
  let settlement = from
  const changes = rests.map((rest) => {
    const change = returnSettlement(frozen(of), frozen(settlement), rest)
    settlement = change.settlement
    return change
  })
  const sum = (pick: (change: SettlementChange) => number) => changes.reduce((total, one) => total + pick(one), 0)
  return {
    settlement,
    changes,
    taken: [sum(({ referrerUnits }) => referrerUnits), sum(({ refereeUnits }) => refereeUnits)],
  }
}

codecLaws(
  'ReferralSettlement',
  ReferralSettlement,
  fc
    .tuple(settledArbitrary, cutsArbitrary, fc.boolean())
    .map(([{ of, spend }, cuts, paid]) => play(of, settled(of, spend, paid), partsOf(spend, cuts)).settlement),
)

test('a stored settlement takes back no more than it granted, and grants what caps left', () => {
  const json = ReferralSettlement.encode(bought(10_000)) as { readonly referrer: object }
  const paths = (referrer: object) => {
    const decoded = decode(ReferralSettlement, { ...json, referrer: { ...json.referrer, ...referrer } })
    return decoded._tag === 'Left' ? decoded.left.map(({ path }) => path.join('.')) : []
  }
  expect(paths({ takenUnits: 500 })).toEqual([])
  expect(paths({ takenUnits: 501 })).toEqual(['referrer.takenUnits'])
  expect(paths({ units: 400 })).toEqual(['referrer.units'])
})

/** Settled, and paid or not. */
const settled = (of: ReferralTerms, spend: number, paid: boolean) => {
  const pending = bought(spend, of)
  return paid ? released(pending, of) : pending
}

const sides = ({ referrer, referee }: ReferralSettlement) => (referee === null ? [referrer] : [referrer, referee])

test('no split into parts changes what goes back', () => {
  fc.assert(
    fc.property(settledArbitrary, cutsArbitrary, fc.boolean(), ({ of, spend }, cuts, paid) => {
      const settlement = settled(of, spend, paid)
      const rests = partsOf(spend, cuts)
      const inParts = play(of, settlement, rests)
      const atOnce = play(of, settlement, rests.slice(-1))
      expect(inParts.taken).toEqual(atOnce.taken)
      expect(inParts.settlement).toEqual(atOnce.settlement)
    }),
  )
})

test('never more goes back than was granted, and nothing silently from a referrer who is paid', () => {
  fc.assert(
    fc.property(settledArbitrary, cutsArbitrary, fc.boolean(), ({ of, spend }, cuts, paid) => {
      const { settlement, changes } = play(of, settled(of, spend, paid), partsOf(spend, cuts))
      for (const side of sides(settlement)) expect(side.takenUnits).toBeLessThanOrEqual(side.units)
      for (const { referrerUnits, refereeUnits } of changes) {
        expect(Math.min(referrerUnits, refereeUnits)).toBeGreaterThanOrEqual(0)
        if (paid) expect(referrerUnits).toBe(0)
      }
    }),
  )
})

/** What a person does who cancels everything: nothing where it is cancelled already. */
const cancelAll = (of: ReferralTerms, settlement: ReferralSettlement): ReadonlyArray<SettlementChange> =>
  settlement.status === 'cancelled' ? [] : [unwrap(decideSettlement(of, settlement, 'cancel'))]

test('a complete return, in any split, restores caps and budgets and leaves nobody anything', () => {
  fc.assert(
    fc.property(settledArbitrary, cutsArbitrary, fc.boolean(), ({ of, spend }, cuts, paid) => {
      const settlement = settled(of, spend, paid)
      const { usage } = input(spend)
      const returned = play(of, settlement, [...partsOf(spend, cuts), 0])
      const changes = [...returned.changes, ...cancelAll(of, returned.settlement)]
      const used = unwrap(applyReferralClaim(usage, settlement.claim))
      expect(changes.reduce((now, { uses }) => releaseReferralUses(now, uses), used).used).toEqual(usage.used)
      const end = changes[changes.length - 1]?.settlement ?? settlement
      expect(end.status).toBe('cancelled')
      for (const side of sides(end)) expect(side.takenUnits).toBe(side.units)
    }),
  )
})
