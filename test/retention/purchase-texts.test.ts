import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Currency,
  formatCivilDate,
  formatInstant,
  formatPath,
  parseCivilDate,
  parseInstant,
  unwrap,
} from '../../src/foundation/index.ts'
import { encodePurchases, encodePurchaseTexts, type PurchaseTexts } from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, timedPurchasesArbitrary } from '../arbitraries/purchases.ts'

const ids = fc.oneof(
  fc.string({ minLength: 1, maxLength: 4 }),
  fc.string({ minLength: 14, maxLength: 17, unit: 'binary' }),
  fc.constantFrom('a', 'a\0', 'a\0\0', '__proto__', 'ÿ', 'Ā', '𝄞', '\ud834', '123456789012345', '1234567890123456'),
)

const faultsOf = (texts: PurchaseTexts): ReadonlyArray<string> => {
  const result = encodePurchaseTexts(texts)
  return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
}

describe('encodePurchaseTexts', () => {
  test('gives what rows give, by date and by instant', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, timedPurchasesArbitrary, (daily, { rows: timed }) => {
        const bare = daily.map(({ customer, day }) => ({ customer, day }))
        expect(
          encodePurchaseTexts({
            customer: bare.map((row) => row.customer),
            day: bare.map((row) => formatCivilDate(row.day)),
          }),
        ).toEqual(encodePurchases(bare))
        if (timed.length === 0) return
        expect(
          encodePurchaseTexts({
            customer: timed.map((row) => row.customer),
            at: timed.map((row) => formatInstant(row.at)),
          }),
        ).toEqual(encodePurchases(timed))
      }),
    )
  })

  test('numbers ids as a Map does, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 300 }), (customer) => {
        const numbers = new Map<string, number>()
        for (const id of customer) if (!numbers.has(id)) numbers.set(id, numbers.size)
        const log = unwrap(encodePurchaseTexts({ customer, day: customer.map(() => '2026-01-01') }))
        expect(log.customers).toEqual(Array.from(numbers.keys()))
        expect(Array.from(log.customer)).toEqual(customer.map((id) => numbers.get(id)))
      }),
    )
  })

  test('numbers a hundred thousand ids, and finds each again', () => {
    const customer = Array.from({ length: 200_000 }, (_, row) => `c${(row * 7919) % 100_000}`)
    const log = unwrap(encodePurchaseTexts({ customer, day: customer.map(() => '2026-01-01') }))
    expect(log.customers).toHaveLength(100_000)
    expect(customer.every((id, row) => log.customers[log.customer[row] as number] === id)).toBe(true)
  })

  /** Texts that are dates or instants, and those with one character changed. */
  const damaged = (text: fc.Arbitrary<string>) =>
    fc.oneof(
      text,
      fc
        .tuple(text, fc.nat({ max: 30 }), fc.constantFrom('0', '1', '9', '-', ':', 'T', 'Z', '.', '+', ' ', '٣', ''))
        .map(([whole, at, character]) => whole.slice(0, at) + character + whole.slice(at + 1)),
    )
  const epochDay = fc.integer({ min: -719_528, max: 2_932_896 })

  test('reads exactly those dates that the parser of dates reads', () => {
    fc.assert(
      fc.property(damaged(epochDay.map((day) => formatCivilDate(day as never))), (text) => {
        const parsed = parseCivilDate(text)
        const log = encodePurchaseTexts({ customer: ['ann'], day: [text] })
        const inRange = parsed._tag === 'Right' && parsed.right >= -719_528 && parsed.right <= 2_932_896
        expect(log._tag === 'Right' && log.right.kind === 'daily' ? log.right.day[0] : null).toBe(
          inRange ? parsed.right : null,
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('reads exactly those instants that the parser of instants reads', () => {
    const instants = fc
      .tuple(epochDay, fc.nat({ max: 86_399_999 }), fc.boolean())
      .map(([day, time, whole]) => formatInstant((day * 86_400_000 + (whole ? time - (time % 1000) : time)) as never))
    fc.assert(
      fc.property(damaged(instants), (text) => {
        const parsed = parseInstant(text)
        const log = encodePurchaseTexts({ customer: ['ann'], at: [text] })
        const most = 2_932_897 * 86_400_000
        const inRange = parsed._tag === 'Right' && parsed.right >= -719_528 * 86_400_000 && parsed.right < most
        expect(log._tag === 'Right' && log.right.kind === 'timed' ? log.right.at[0] : null).toBe(
          inRange ? parsed.right : null,
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('takes a dictionary as it is', () => {
    const customers = ['ann', 'bob']
    const log = unwrap(
      encodePurchaseTexts({ customers, customer: Int32Array.of(1, 0), day: ['2026-01-01', '2026-01-02'] }),
    )
    expect(log.customers).toBe(customers)
  })

  test('says everything that is wrong, at its column and row', () => {
    const strange = [3, '', 'ann'] as ReadonlyArray<unknown> as ReadonlyArray<string>
    expect(faultsOf({ customer: strange, day: ['2026-01-01', '2026-02-30', null as never] })).toEqual([
      'customer[0]',
      'customer[1]',
      'day[1]',
      'day[2]',
    ])
    expect(faultsOf({ customer: ['ann'], at: ['2026-01-01'] })).toEqual(['at[0]'])
    expect(faultsOf({ customer: ['ann'], day: [] })).toEqual(['day.length'])
    expect(faultsOf({ customer: ['ann'], at: [] })).toEqual(['at.length'])
    expect(faultsOf({ customers: ['ann'], customer: Int32Array.of(1), day: ['2026-01-01'] })).toEqual(['customer[0]'])
    const day = ['2026-01-01']
    expect(faultsOf({ customer: ['ann'], day, minor: Float64Array.of(-1), currency: 'EUR' as Currency })).toEqual([
      'minor[0]',
    ])
    expect(faultsOf({ customer: ['ann'], day, minor: Float64Array.of(1) })).toEqual(['currency'])
  })
})
