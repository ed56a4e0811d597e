import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDuration,
  type Calendar,
  type Duration,
  formatCivilDate,
  formatInstant,
  type Instant,
  lastDayOf,
  utc,
  type Zone,
} from '../../src/foundation/index.ts'
import { ExpiryPolicy, lotTerm, type WalletDefinition } from '../../src/ledger/index.ts'
import { walletDefinitionArbitrary } from '../arbitraries/ledger.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, definition } from './book.ts'

codecLaws(
  'ExpiryPolicy',
  ExpiryPolicy,
  walletDefinitionArbitrary.map(({ expiry }) => expiry).filter((expiry) => expiry !== null),
)

const year: Calendar = { unit: 'year', startMonth: 1, startDay: 1 }
const months = (amount: number): Duration => ({ amount, unit: 'month' })
const dies = (expiry: ExpiryPolicy, earned: string, zone: Zone = utc): Instant =>
  lotTerm({ ...definition, expiry } satisfies WalletDefinition, zone, at(earned)).expiresAt ?? (0 as Instant)
const rolling = (after: Duration, endOf?: Calendar): ExpiryPolicy => ({
  type: 'rolling',
  after,
  from: 'earning',
  ...(endOf === undefined ? {} : { endOf }),
})

describe('S18 months are added to the day of the earning, never one by one', () => {
  test('31 January: one month to 28 February, two to 31 March', () => {
    expect(formatInstant(dies(rolling(months(1)), '2026-01-31T00:00:00Z'))).toBe('2026-02-28T00:00:00Z')
    expect(formatInstant(dies(rolling(months(2)), '2026-01-31T00:00:00Z'))).toBe('2026-03-31T00:00:00Z')
  })

  test('29 February 2024: 12 months to 28 February 2025, 48 to 29 February 2028', () => {
    expect(formatInstant(dies(rolling(months(12)), '2024-02-29T00:00:00Z'))).toBe('2025-02-28T00:00:00Z')
    expect(formatInstant(dies(rolling(months(48)), '2024-02-29T00:00:00Z'))).toBe('2028-02-29T00:00:00Z')
  })
})

describe('S19 the end of the period', () => {
  test('S19 6 July 2020 and 12 months, to the end of the month: not valid from 1 August 2021', () => {
    const end = dies(rolling(months(12), { unit: 'month' }), '2020-07-06T14:00:00Z')
    expect(formatInstant(end)).toBe('2021-08-01T00:00:00Z')
    expect(formatCivilDate(lastDayOf(utc, { from: at('2020-07-06T14:00:00Z'), until: end }))).toBe('2021-07-31')
  })

  test('S19 to the end of the calendar year, by the clock of the program: the last valid day is 31 December', () => {
    const berlin = realZone('Europe/Berlin')
    const end = dies(rolling({ amount: 0, unit: 'day' }, year), '2025-03-01T12:00:00Z', berlin)
    expect(formatInstant(end)).toBe('2025-12-31T23:00:00Z')
    expect(formatCivilDate(lastDayOf(berlin, { from: at('2025-03-01T12:00:00Z'), until: end }))).toBe('2025-12-31')
    expect(formatInstant(dies(rolling({ amount: 1, unit: 'year' }, year), '2025-12-31T23:00:00Z', berlin))).toBe(
      '2027-12-31T23:00:00Z',
    )
  })

  test('S19 points live until the next of some days, and one that they are earned on is not the next', () => {
    const twice: ExpiryPolicy = {
      type: 'dates',
      dates: [
        { month: 2, day: 29 },
        { month: 8, day: 1 },
      ],
      from: 'earning',
      atLeast: { amount: 0, unit: 'day' },
    }
    expect(formatInstant(dies(twice, '2026-02-27T23:59:59Z'))).toBe('2026-02-28T00:00:00Z')
    expect(formatInstant(dies(twice, '2026-02-28T00:00:00Z'))).toBe('2026-08-01T00:00:00Z')
    expect(formatInstant(dies(twice, '2027-08-01T00:00:00Z'))).toBe('2028-02-29T00:00:00Z')
    expect(formatInstant(dies({ ...twice, atLeast: months(1) }, '2026-07-05T00:00:00Z'))).toBe('2027-02-28T00:00:00Z')
  })
})

test('S22 the day on which clocks change is a day: validity in days keeps the time on the clock', () => {
  const newYork = realZone('America/New_York')
  const noon = at('2026-03-07T12:00:00-05:00')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (days) => {
      const byDays = dies(rolling({ amount: days, unit: 'day' }), '2026-03-07T17:00:00Z', newYork)
      const byHours = dies(rolling({ amount: days * 24, unit: 'hour' }), '2026-03-07T17:00:00Z', newYork)
      expect(byDays).toBe(addDuration(newYork, noon, { amount: days, unit: 'day' }))
      const isSummer = byDays < at('2026-11-01T06:00:00Z')
      expect(byHours - byDays).toBe(isSummer ? 3_600_000 : 0)
    }),
  )
})
