import { describe, expect, test } from 'vitest'
import { decode } from '../../src/foundation/index.ts'
import { Benefit } from '../../src/tiers/index.ts'

const isBenefit = (json: unknown): boolean => decode(Benefit, json)._tag === 'Right'

describe('Benefit', () => {
  test('is a flag, or a whole number that says how several combine', () => {
    expect(isBenefit({ type: 'flag', id: 'lounge' })).toBe(true)
    expect(isBenefit({ type: 'number', id: 'multiplier', value: -5, combine: 'min' })).toBe(true)
    expect(isBenefit({ type: 'number', id: 'multiplier', value: 1.5, combine: 'max' })).toBe(false)
    expect(isBenefit({ type: 'number', id: 'multiplier', value: 1, combine: 'mean' })).toBe(false)
    expect(isBenefit({ type: 'number', id: 'multiplier', value: 1 })).toBe(false)
  })

  test('has an id that is not empty, and nothing that it does not know', () => {
    expect(isBenefit({ type: 'flag', id: '' })).toBe(false)
    expect(isBenefit({ type: 'flag', id: '__proto__' })).toBe(true)
    expect(isBenefit({ type: 'flag', id: 'lounge', value: 1 })).toBe(false)
  })
})
