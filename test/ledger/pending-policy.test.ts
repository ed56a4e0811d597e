import { expect, test } from 'vitest'
import { formatInstant } from '../../src/foundation/index.ts'
import { lotTerm, PendingPolicy } from '../../src/ledger/index.ts'
import { walletDefinitionArbitrary } from '../arbitraries/ledger.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, definition } from './book.ts'

codecLaws(
  'PendingPolicy',
  PendingPolicy,
  walletDefinitionArbitrary.map(({ pending }) => pending).filter((pending) => pending !== null),
)

const berlin = realZone('Europe/Berlin')
const waits = (pending: PendingPolicy, earned: string) => lotTerm({ ...definition, pending }, berlin, at(earned))

test('points wait until the next of some days, by the clock of the program', () => {
  const quarters: PendingPolicy = {
    type: 'dates',
    dates: [
      { month: 1, day: 1 },
      { month: 4, day: 1 },
    ],
  }
  const from = (earned: string) => formatInstant(waits(quarters, earned).activeFrom)
  expect(from('2026-02-03T12:00:00Z')).toBe('2026-03-31T22:00:00Z')
  expect(from('2026-03-31T22:00:00Z')).toBe('2026-12-31T23:00:00Z')
})

test('points that await an action name it, and when they are cancelled without it', () => {
  const delivery: PendingPolicy = { type: 'action', action: 'delivery', cancelAfter: { amount: 1, unit: 'month' } }
  const { activeFrom, awaits } = waits(delivery, '2026-01-31T12:00:00Z')
  expect([formatInstant(activeFrom), awaits]).toEqual(['2026-02-28T12:00:00Z', 'delivery'])
})
