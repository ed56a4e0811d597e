import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ActivityId, LotId } from '../../src/foundation/index.ts'
import { isOfLot, originAmong } from '../../src/ledger/index.ts'
import { arrivedLotId } from '../../src/ledger/transfer.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'

const is = (id: string, lot: string): boolean => isOfLot(id as LotId, lot as LotId)

describe('isOfLot', () => {
  test('a lot is itself, and what came back of it, however often', () => {
    fc.assert(
      fc.property(idArbitrary(LotId), fc.array(idArbitrary(ActivityId), { maxLength: 3 }), (lot, sources) => {
        const id = sources.reduce((one, source) => arrivedLotId(source, one), lot)
        expect(isOfLot(id, lot)).toBe(true)
      }),
    )
  })

  test('is no other, though its id ends alike', () => {
    expect(is('order-1/points', 'points')).toBe(false)
    expect(is('4/order-1/points', 'points')).toBe(false)
    expect(is('x/y/points', 'points')).toBe(false)
    expect(is('/points', 'points')).toBe(false)
    expect(is('points', '7/order-1/points')).toBe(false)
    expect(is('7/order-1/points', 'points')).toBe(true)
    expect(is('7/order-1/points', '1/points')).toBe(false)
  })

  test('takes no time on ids that are long', () => {
    const long = '1/a/'.repeat(20_000)
    expect(is(`${long}lot`, 'lot')).toBe(true)
    expect(is(`${long}other`, 'lot')).toBe(false)
  })
})

test('originAmong finds the one lot of many that a lot is of, as isOfLot does one by one', () => {
  const lots = fc.uniqueArray(idArbitrary(LotId), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(lots, fc.nat(), fc.array(idArbitrary(ActivityId), { maxLength: 3 }), (known, place, sources) => {
      const lot = known[place % known.length] as LotId
      const id = sources.reduce((one, source) => arrivedLotId(source, one), lot)
      expect(known.filter((one) => isOfLot(id, one))).toContain(originAmong(id, new Set(known)))
      expect(originAmong(id, new Set(['another lot' as LotId]))).toBeUndefined()
    }),
  )
})
