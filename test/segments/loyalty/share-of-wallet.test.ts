import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, unwrap } from '../../../src/foundation/index.ts'
import { shareOfWallet, walletAllocation, walletAllocations } from '../../../src/segments/index.ts'

const eur = (minor: number) => ({ minor, currency: 'EUR' as Currency })

describe('the share of wallet', () => {
  test('is what is spent here by what is spent everywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (own, elsewhere) => {
        expect(unwrap(shareOfWallet(eur(own), eur(own + elsewhere)))).toBe(own / (own + elsewhere))
      }),
    )
  })

  test('needs amounts of one currency, of which the category’s is not smaller', () => {
    expect(shareOfWallet(eur(1), eur(0))).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(shareOfWallet(eur(2), eur(1))).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(shareOfWallet(eur(-1), eur(1))).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(shareOfWallet(eur(1), { minor: 1, currency: 'USD' as Currency })).toMatchObject({
      left: { _tag: 'CurrencyMismatch' },
    })
  })
})

describe('the wallet allocation rule', () => {
  test('war.1, war.2, war.3: shares by rank', () => {
    const shares = (brands: number) =>
      Array.from({ length: brands }, (_, index) => unwrap(walletAllocation(index + 1, brands)).toFixed(4))
    expect(shares(1)).toEqual(['1.0000'])
    expect(shares(2)).toEqual(['0.6667', '0.3333'])
    expect(shares(3)).toEqual(['0.5000', '0.3333', '0.1667'])
  })

  test('shares out the whole wallet, equally to brands that are rated equally, and more to those rated higher', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 }), (ratings) => {
        const list = ratings.map((rating, index) => ({ brand: `b${index}`, rating }))
        const found = unwrap(walletAllocations(list))
        expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
        found.forEach(({ rank, share }, i) => {
          const better = ratings.filter((rating) => rating > (ratings[i] as number)).length
          const equal = ratings.filter((rating) => rating === ratings[i]).length
          expect(rank).toBe(better + (equal + 1) / 2)
          expect(share).toBe(unwrap(walletAllocation(rank, ratings.length)))
        })
      }),
    )
  })

  test('needs brands named once with finite ratings, and ranks that there are', () => {
    expect(walletAllocations([])).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
    const twice = [
      { brand: 'us', rating: 1 },
      { brand: 'us', rating: Number.NaN },
    ]
    expect(walletAllocations(twice)).toMatchObject({ left: [{ path: [1, 'brand'] }, { path: [1, 'rating'] }] })
    for (const rank of [0, 4, 1.3]) expect(walletAllocation(rank, 3)).toMatchObject({ left: [{ path: ['rank'] }] })
    expect(walletAllocation(1, 0)).toMatchObject({ left: [{ path: ['brands'] }] })
  })
})
