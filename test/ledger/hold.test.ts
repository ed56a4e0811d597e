import fc from 'fast-check'
import { ActivityId } from '../../src/foundation/index.ts'
import { Hold } from '../../src/ledger/index.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'
import { lotArbitrary } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const instant = lotArbitrary.map(({ earnedAt }) => earnedAt)

codecLaws(
  'Hold',
  Hold,
  fc.record({
    id: idArbitrary(ActivityId),
    at: instant,
    until: fc.option(instant),
    lots: fc.array(lotArbitrary, { maxLength: 3 }),
  }),
)
