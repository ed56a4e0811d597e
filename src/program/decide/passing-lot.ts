/** Lots that are there for a moment only, so that entries have something to move. */
import type { ActivityId, Instant, LotId, Points } from '../../foundation/index.ts'
import type { Lot } from '../../ledger/index.ts'

/** Points that come by hand and go in the same instant; the id tells what for. */
export const passingLot = (id: LotId, source: ActivityId, at: Instant, points: Points): Lot => ({
  id,
  points,
  earnedAt: at,
  active: true,
  activeFrom: at,
  expiresAt: null,
  source,
  kind: 'regular',
  funder: null,
  awaits: null,
})
