import fc from 'fast-check'
import { right } from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { type Codec, decode } from '../../src/foundation/index.ts'
import { LedgerEntry, ledgerEntryCodecs } from '../../src/ledger/index.ts'
import { ledgerEntryArbitrary } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { grant } from './book.ts'

codecLaws('LedgerEntry', LedgerEntry, ledgerEntryArbitrary)

test('the codec of one kind of entry reads that kind, and no other', () => {
  fc.assert(
    fc.property(ledgerEntryArbitrary, (entry) => {
      const json = LedgerEntry.encode(entry)
      for (const [type, codec] of Object.entries(ledgerEntryCodecs)) {
        expect(codec.name.toLowerCase()).toBe(type.toLowerCase())
        const decoded = decode(codec as Codec<LedgerEntry, unknown>, json)
        expect(decoded).toEqual(type === entry.type ? right(entry) : expect.objectContaining({ _tag: 'Left' }))
      }
    }),
  )
})

test('instants are texts in JSON', () => {
  expect(LedgerEntry.encode(grant('a', 100, null))).toEqual({
    type: 'accrued',
    wallet: 'points',
    at: '2026-01-01T00:00:00Z',
    source: 'order of a',
    lot: 'a',
    points: 100,
    activeFrom: '2026-01-01T00:00:00Z',
    expiresAt: null,
    kind: 'regular',
    funder: null,
    awaits: null,
  })
})

test('an unknown kind of entry, negative points and unknown keys are refused', () => {
  const json = LedgerEntry.encode(grant('a', 100, null)) as object
  const paths = (input: unknown) => {
    const decoded = decode(LedgerEntry, input)
    return decoded._tag === 'Left' ? decoded.left.map(({ path }) => path) : []
  }
  expect(paths({ ...json, type: 'stolen' })).toEqual([['type']])
  expect(paths({ ...json, points: -1, at: 'today', note: '' })).toEqual([['at'], ['points'], ['note']])
})
