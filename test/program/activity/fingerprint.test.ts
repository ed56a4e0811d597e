import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActivityId, Instant, LineId, MemberId, Points, WalletId } from '../../../src/foundation/index.ts'
import { type Activity, activityFingerprint } from '../../../src/program/index.ts'
import { activitiesOf, compiledProgram, history } from '../../arbitraries/program.ts'
import { buys, joins } from '../shop.ts'

/** The same value with the keys of every object in reverse. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  )
}

/** Every value that differs from the given one in one place. */
const changed = (value: unknown): ReadonlyArray<unknown> => {
  if (typeof value === 'string') return [`${value}x`, value.slice(1), `y${value.slice(1)}`]
  if (typeof value === 'number') return [value + 1, value - 1, value + 2 ** 32]
  if (Array.isArray(value)) {
    const inside = value.flatMap((item, at) => changed(item).map((other) => value.with(at, other)))
    return [...inside, value.slice(1), [...value, ...value]].filter(
      (other) => other.length !== value.length || other !== value,
    )
  }
  const entries = Object.entries(value as object)
  return entries.flatMap(([key, item]) =>
    key === 'type' ? [] : changed(item).map((other) => ({ ...(value as object), [key]: other })),
  )
}

const fingerprint = (value: unknown): number => activityFingerprint(value as Activity)

test('equal content has one fingerprint, whatever the order of keys', () => {
  fc.assert(
    fc.property(compiledProgram, history, (program, told) => {
      for (const activity of activitiesOf(program, told)) {
        expect(fingerprint(reversed(activity))).toBe(fingerprint(activity))
        expect(Number.isSafeInteger(fingerprint(activity)) && fingerprint(activity) >= 0).toBe(true)
      }
    }),
    { numRuns: 50 },
  )
})

const base = { id: 'a' as ActivityId, member: 'anna' as MemberId, at: 1_700_000_000_000 as Instant }
const one: ReadonlyArray<Activity> = [
  joins('2026-01-01T00:00:00Z'),
  joins('2026-01-01T00:00:00Z', { referrer: { member: 'bob', enrolledAt: '2025-01-01T00:00:00Z' } }),
  { ...buys('o', '2026-01-01T00:00:00Z', '19.99', '5.00') },
  {
    ...base,
    type: 'purchase',
    lines: [{ id: '1' as LineId, amount: { minor: 5, currency: 'EUR' as never }, categories: ['books', 'new'] }],
  },
  {
    ...base,
    type: 'purchase',
    lines: [
      {
        id: '1' as LineId,
        amount: { minor: 5, currency: 'EUR' as never },
        quantity: 2,
        sku: 'A-1',
        brand: 'A',
        kind: 'shipping',
        discount: { minor: 1, currency: 'EUR' as never },
        tax: { minor: 2, currency: 'EUR' as never },
      },
    ],
  },
  { ...base, type: 'return', purchase: 'o' as ActivityId, lines: [{ line: '1' as LineId }] },
  {
    ...base,
    type: 'return',
    purchase: 'o' as ActivityId,
    lines: [{ line: '1' as LineId, amount: { minor: 5, currency: 'EUR' as never } }],
  },
  { ...base, type: 'redemption', wallet: 'points' as WalletId, points: 5 as Points },
  {
    ...base,
    type: 'referralConverted',
    referee: 'bob' as MemberId,
    level: 2,
    spendMinor: 5_000,
    levelUnits: 250,
    signals: ['sameIp'],
    convertedAt: 1_700_000_000_000 as Instant,
    releasedAt: 1_800_000_000_000 as Instant,
    returnableUntil: 1_790_000_000_000 as Instant,
  },
  {
    ...base,
    type: 'referralReassessed',
    conversion: 'c' as ActivityId,
    remainingMinor: 4_000,
    stands: false,
    levelUnits: 0,
  },
  {
    ...base,
    type: 'purchase',
    lines: [{ id: '1' as LineId, amount: { minor: 5, currency: 'EUR' as never } }],
    referral: { origin: 'comped', signals: ['sameDevice'] },
  },
]

test('a change in any one place, of any activity, has another fingerprint', () => {
  for (const activity of one) {
    const others = changed(activity).filter((other) => JSON.stringify(other) !== JSON.stringify(activity))
    expect(others.length).toBeGreaterThan(8)
    for (const other of others) expect(fingerprint(other)).not.toBe(fingerprint(activity))
  }
  expect(new Set(one.map(fingerprint)).size).toBe(one.length)
})

test('texts do not flow into their neighbours, nor fractions into integers', () => {
  expect(fingerprint({ ...one[0], id: 'ab', member: 'c' })).not.toBe(fingerprint({ ...one[0], id: 'a', member: 'bc' }))
  expect(fingerprint({ ...one[0], at: 0.5 })).not.toBe(fingerprint({ ...one[0], at: 0 }))
})

test('activities that differ in a few digits have fingerprints of their own', () => {
  const found = new Set<number>()
  for (let index = 0; index < 200_000; index += 1)
    found.add(activityFingerprint({ ...base, type: 'enrolment', id: `order-${index}` as ActivityId }))
  expect(found.size).toBe(200_000)
})
