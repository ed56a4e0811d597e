// Ladders to write examples with.
import {
  type Instant,
  type LadderId,
  parseInstant,
  type TierId,
  unwrap,
  utc,
  type WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import { assessTier, countQualifying, firstStanding, type Ladder, type Standing } from '../../src/tiers/index.ts'

export const at = (text: string): Instant => unwrap(parseInstant(text))

/** Tiers as `[name, reach, keep]`, above a basic one, by calendar years. */
export const ladder = (
  tiers: ReadonlyArray<readonly [name: string, reach: number, keep: number]>,
  more: Partial<Ladder> = {},
): Ladder => ({
  id: 'status' as LadderId,
  wallet: 'points' as WalletId,
  period: { unit: 'year', startMonth: 1, startDay: 1 },
  validity: 'endOfNextPeriod',
  tiers: [['basic', 0, 0] as const, ...tiers].map(([id, reach, keep]) => ({ id: id as TierId, reach, keep })),
  ...more,
})

export const gold: Ladder = ladder([['gold', 1000, 800]])

/** Assesses until nothing changes any more. */
export const settled = (on: Ladder, standing: Standing, asOf: Instant, zone: Zone = utc): Standing => {
  let now = standing
  for (let done = false; !done; ) {
    const { change, standing: next } = assessTier(on, zone, now, asOf)
    done = change === 'none'
    now = next
  }
  return now
}

/** A member who joined on 1 January 2026 and earned points at some instants, each assessed before and after. */
export const member = (
  on: Ladder,
  earned: ReadonlyArray<readonly [at: string, points: number]>,
  zone: Zone = utc,
): Standing => {
  let standing = firstStanding(on, zone, at('2026-01-01T12:00:00Z'))
  for (const [text, points] of earned) {
    const when = at(text)
    standing = settled(on, standing, when, zone)
    standing = settled(on, countQualifying(on, zone, standing, when, points), when, zone)
  }
  return standing
}
