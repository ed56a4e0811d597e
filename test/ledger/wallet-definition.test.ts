import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Duration, formatInstant, type Instant, utc } from '../../src/foundation/index.ts'
import { lotTerm, WalletDefinition } from '../../src/ledger/index.ts'
import { walletDefinitionArbitrary, zoneOfProgram } from '../arbitraries/ledger.ts'
import { instantIn, realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, id, start } from './book.ts'
import { never, termOf } from './points-term.ts'

codecLaws('WalletDefinition', WalletDefinition, walletDefinitionArbitrary)

const duration = (amount: number, unit: Duration['unit']): Duration => ({ amount, unit })

const definition: WalletDefinition = {
  id,
  decimals: 0,
  pending: { type: 'duration', duration: duration(30, 'day') },
  expiry: { type: 'rolling', after: duration(90, 'day'), from: 'activation' },
}
const rolling = (after: Duration, from: 'activation' | 'earning' = 'activation') => ({
  expiry: { type: 'rolling' as const, after, from },
})
const fromEarning = { ...definition, ...rolling(duration(90, 'day'), 'earning') }

const text = (instant: Instant | null): string | null => (instant === null ? null : formatInstant(instant))

describe('S17 earned on 1 January, pending for 30 days, valid for 90', () => {
  test('from the activation: active from 31 January, dead on 1 May', () => {
    const { activeFrom, expiresAt } = lotTerm(definition, utc, start)
    expect([text(activeFrom), text(expiresAt)]).toEqual(['2026-01-31T00:00:00Z', '2026-05-01T00:00:00Z'])
  })

  test('from the earning: active from 31 January, dead on 1 April', () => {
    const { activeFrom, expiresAt } = lotTerm(fromEarning, utc, start)
    expect([text(activeFrom), text(expiresAt)]).toEqual(['2026-01-31T00:00:00Z', '2026-04-01T00:00:00Z'])
  })

  test('valid for less than they are pending: they die in the instant of their activation, not before', () => {
    const brief: WalletDefinition = { ...definition, ...rolling(duration(10, 'day'), 'earning') }
    const { activeFrom, expiresAt } = lotTerm(brief, utc, start)
    expect(text(activeFrom)).toBe('2026-01-31T00:00:00Z')
    expect(expiresAt).toBe(activeFrom)
  })
})

test('S18 a month from the last day of January ends on the last day of February', () => {
  const monthly: WalletDefinition = { ...definition, pending: null, ...rolling(duration(1, 'month')) }
  expect(text(lotTerm(monthly, utc, at('2026-01-31T00:00:00Z')).expiresAt)).toBe('2026-02-28T00:00:00Z')
})

test('S22 a day is one of the calendar, 24 hours are absolute', () => {
  const newYork = realZone('America/New_York')
  const noon = at('2026-03-07T12:00:00-05:00')
  const valid = (validity: Duration) =>
    text(lotTerm({ ...definition, pending: null, ...rolling(validity) }, newYork, noon).expiresAt)
  expect(valid(duration(1, 'day'))).toBe('2026-03-08T16:00:00Z')
  expect(valid(duration(24, 'hour'))).toBe('2026-03-08T17:00:00Z')
})

test('without validity points never die, without pending they are active at once', () => {
  const plain: WalletDefinition = { ...definition, pending: null, expiry: null }
  expect(lotTerm(plain, utc, start)).toEqual({ activeFrom: start, expiresAt: null, awaits: null })
})

test('a release that somebody else names takes the place of the pending time', () => {
  const release = at('2026-04-01T00:00:00Z')
  expect(lotTerm(definition, utc, start, { activeFrom: release })).toEqual({
    activeFrom: release,
    expiresAt: at('2026-06-30T00:00:00Z'),
    awaits: null,
  })
  expect(text(lotTerm(fromEarning, utc, start, { activeFrom: release }).expiresAt)).toBe('2026-04-01T00:00:00Z')
})

test('points never die before they are active, and both are counted as on a wall calendar', () => {
  const input = zoneOfProgram.chain((zone) => fc.tuple(walletDefinitionArbitrary, fc.constant(zone), instantIn(zone)))
  fc.assert(
    fc.property(input, ([of, zone, earnedAt]) => {
      const { activeFrom, expiresAt, awaits } = lotTerm(of, zone, earnedAt)
      expect({ activeFrom, expiresAt: expiresAt ?? never, awaits }).toEqual(termOf(of, zone, earnedAt))
      expect(expiresAt ?? never).toBeGreaterThanOrEqual(activeFrom)
    }),
  )
})
