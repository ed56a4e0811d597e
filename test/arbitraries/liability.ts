// Generators of what moves a points liability: of few periods and funders, so that they meet; with ids that are members of
// every object and amounts at the end of the exact range.
import fc from 'fast-check'
import type { FunderId } from '../../src/foundation/index.ts'
import type { LiabilityMovement, LiabilityMovementKind } from '../../src/ledger/index.ts'

export const liabilityKinds: ReadonlyArray<LiabilityMovementKind> = [
  'accrued',
  'opened',
  'adjustedIn',
  'transferredIn',
  'convertedIn',
  'restored',
  'reinstated',
  'debtWrittenOff',
  'redeemed',
  'expired',
  'decayed',
  'reversed',
  'adjustedOut',
  'transferredOut',
  'convertedOut',
  'debtSettled',
]

export const funderArbitrary: fc.Arbitrary<FunderId | null> = fc.constantFrom(
  null,
  ...['bank', '__proto__', 'null', 'constructor'].map((id) => id as FunderId),
)

const periodArbitrary: fc.Arbitrary<string> = fc.constantFrom('2026-01', '2026-02', '2026-03', '__proto__', 'Ω')

export const liabilityMovementArbitrary = (most: number): fc.Arbitrary<LiabilityMovement> =>
  fc.record({
    period: periodArbitrary,
    funder: funderArbitrary,
    kind: fc.constantFrom(...liabilityKinds),
    points: fc.oneof(fc.nat(most), fc.constantFrom(0, 1, most)),
  })
