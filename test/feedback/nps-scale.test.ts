import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { categoriseAnswer, type NpsBreaks, standardNpsBreaks } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'

describe('categoriseAnswer', () => {
  test('0–6, 7–8, 9–10', () => {
    const categories = Array.from({ length: 11 }, (_, answer) => unwrap(categoriseAnswer(answer)))
    expect(categories).toEqual([
      ...Array(7).fill('detractor'),
      ...Array(2).fill('passive'),
      ...Array(2).fill('promoter'),
    ])
  })

  test('nps.custom.breaks: a scale to 15', () => {
    const breaks: NpsBreaks = { ...standardNpsBreaks, scaleMaximum: 15 }
    expect(unwrap(categoriseAnswer(15, { breaks }))).toBe('promoter')
    expect(categoriseAnswer(16, { breaks })._tag).toBe('Left')
  })

  test('nps.trap.fractional: refused, or counted as the number below', () => {
    expect(categoriseAnswer(6.5)).toMatchObject({
      left: { _tag: 'InvalidValue', expected: 'a whole number from 0 to 10' },
    })
    expect(unwrap(categoriseAnswer(6.5, { fractional: 'floor' }))).toBe('detractor')
    expect(unwrap(categoriseAnswer(8.5, { fractional: 'floor' }))).toBe('passive')
    expect(categoriseAnswer(10.5, { fractional: 'floor' })._tag).toBe('Left')
    expect(categoriseAnswer(-0.5, { fractional: 'floor' })._tag).toBe('Left')
  })

  test('takes any value', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('reject' as const, 'floor' as const), (value, fractional) => {
        const isAnswer = typeof value === 'number' && value >= 0 && value <= 10
        const fits = isAnswer && (fractional === 'floor' || Number.isInteger(value))
        expect(categoriseAnswer(value as number, { fractional })._tag).toBe(fits ? 'Right' : 'Left')
      }),
    )
  })
})
