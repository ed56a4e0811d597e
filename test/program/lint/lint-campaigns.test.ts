// Matches of campaigns for a charity (S62) that are smaller than what one donation asks of them.
import { describe, expect, test } from 'vitest'
import { eur, shop } from '../shop.ts'
import { codes, pair } from './lint-pair.ts'

const campaign = (match: object | null, more: object = {}) => ({
  campaigns: [
    {
      campaign: {
        id: 'trees',
        beneficiary: 'forest-fund',
        price: { points: 200, price: eur('1.00') },
        step: 1000,
        open: null,
        match,
        targetMinor: null,
        pastTarget: 'continue',
        ...more,
      },
      wallet: 'points',
    },
  ],
})
const match = (capMinor: number | null) => ({ basisPoints: 10_000, capMinor, rounding: 'floor' })

describe('what a shop adds to donations', () => {
  test('is less than the least donation asks of it', () => {
    const { finding } = pair('capBelowGrant', campaign(match(499)), campaign(match(500)))
    expect(finding.path).toEqual(['campaigns', 0, 'campaign', 'match', 'capMinor'])
    const open = { open: { from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z' } }
    pair('capBelowGrant', campaign(match(1), open), campaign(match(null), open))
  })

  test('is nothing where there is no match', () => {
    expect(codes(shop(campaign(null)))).not.toContain('capBelowGrant')
  })
})
