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

  /** Texts of eight characters that all have one hash: what their second half adds, their first half takes away. */
  const colliding = (count: number, hash: number): ReadonlyArray<string> => {
    const word = (value: number): string =>
      String.fromCharCode(...[0, 8, 16, 24].map((shift) => (value >>> shift) & 255))
    // The inverse of the first factor, modulo 2^32.
    const inverse = 0x0e8b2f51
    return Array.from({ length: count }, (_, index) => {
      return word(Math.imul(inverse, hash ^ Math.imul(index + 1, 0x85ebca77))) + word(index + 1)
    })
  }

  test('numbers ids as a Map does that were made to collide, however the table grows', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 400 }), fc.array(ids, { maxLength: 900 }), (hash, count, others) => {
        const crafted = colliding(count, hash)
        const customer = [...crafted, ...others, ...crafted, ...others, ...crafted]
        const numbers = new Map(Array.from(new Set(customer), (id, index) => [id, index]))
        const log = unwrap(encodePurchaseTexts({ customer, day: customer.map(() => '2026-01-01') }))
        expect(log.customers).toEqual(Array.from(numbers.keys()))
        expect(Array.from(log.customer)).toEqual(customer.map((id) => numbers.get(id)))
      }),
    )
  })

  /** Texts that share their place in a table of 1024, and no longer do in a larger one. */
  const neighbours = (count: number, place: number): ReadonlyArray<string> => {
    const found: Array<string> = []
    for (let index = 0; found.length < count; index += 1) {
      const text = `${1000 + (index % 9000)}${1000 + Math.floor(index / 9000)}`
      const [first = 0, second = 0] = [0, 4].map((from) =>
        [0, 1, 2, 3].reduce((word, at) => word | (text.charCodeAt(from + at) << (8 * at)), 0),
      )
      const linear = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77) ^ Math.imul(8 << 24, 0x27d4eb2f)
      const mixed = Math.imul(linear ^ (linear >>> 15), 0x2c1b3c6d)
      if (((mixed ^ (mixed >>> 13)) & 1023) === place) found.push(text)
    }
    return found
  }

  test.each([5, 1000, 1023])('ids without room at place %i keep their number when there is room', (place) => {
    const crowded = neighbours(300, place)
    const others = Array.from({ length: 5000 }, (_, index) => `o${index}`)
    const customer = [...crowded, ...crowded, ...others, ...crowded]
    const log = unwrap(encodePurchaseTexts({ customer, day: customer.map(() => '2026-01-01') }))
    expect(log.customers).toEqual([...crowded, ...others])
    expect(Array.from(log.customer.subarray(-300))).toEqual(crowded.map((_, index) => index))
  })

  test('two hundred thousand ids that were made to collide take no longer than others', () => {
    const customer = colliding(200_000, 12_345)
    expect(new Set(customer).size).toBe(customer.length)
    const log = unwrap(encodePurchaseTexts({ customer, day: customer.map(() => '2026-01-01') }))
    expect(log.customers).toEqual(customer)
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

  test('takes amounts and refunds as they are', () => {
    const [minor, refunded] = [Float64Array.of(5, 7), Float64Array.of(0, 7)]
    const texts = { customer: ['ann', 'bob'], day: ['2026-01-01', '2026-01-02'], minor, currency: 'EUR' as Currency }
    expect(unwrap(encodePurchaseTexts({ ...texts, refunded }))).toMatchObject({ minor, refunded, currency: 'EUR' })
    expect(unwrap(encodePurchaseTexts(texts)).refunded).toBeNull()
    expect(faultsOf({ ...texts, refunded: Float64Array.of(6, 7) })).toEqual(['refunded[0]'])
    expect(faultsOf({ customer: ['ann'], day: ['2026-01-01'], refunded: Float64Array.of(0) })).toEqual(['refunded'])
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
    expect(faultsOf({ customer: ['ann', 'bob'], at: [null, 5] as never })).toEqual(['at[0]', 'at[1]'])
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
