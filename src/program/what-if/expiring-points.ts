/** When a member's points will expire unless they are used, by all that the program says. */
import {
  type CivilDate,
  type Instant,
  type LotId,
  localDateOf,
  type Points,
  type WalletId,
} from '../../foundation/index.ts'
import type { LedgerEntry } from '../../ledger/index.ts'
import { advance } from '../decide/advance.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { MemberState } from '../state/member-state.ts'

/** Points of a wallet that go on one day. */
export interface PointsExpiry {
  readonly wallet: WalletId
  /** The day, on the program's calendar. */
  readonly date: CivilDate
  /** When the first of them go. */
  readonly expiresAt: Instant
  /** How many, in the wallet's smallest unit. */
  readonly points: Points
  /** `expiry`: their term is over; `decay`: they melt away; `conversion`: they become points of another wallet. */
  readonly cause: 'expiry' | 'decay' | 'conversion'
  /** The wallet or partner whose points they become; `null`: nobody's. */
  readonly to: string | null
  /** The lots that they are in, in the order in which they go. */
  readonly lots: ReadonlyArray<LotId>
}

type Going = Extract<LedgerEntry, { readonly type: 'expired' | 'decayed' | 'convertedOut' }>

const isGoing = (event: MemberEvent): event is Going =>
  event.type === 'expired' || event.type === 'decayed' || event.type === 'convertedOut'

const causeOf = ({ type }: Going): PointsExpiry['cause'] => {
  if (type === 'expired') return 'expiry'
  return type === 'decayed' ? 'decay' : 'conversion'
}

const lotsOf = (entry: Going): ReadonlyArray<LotId> =>
  entry.type === 'expired' ? [entry.lot] : entry.draws.map(({ lot }) => lot)

interface Day extends Omit<PointsExpiry, 'points' | 'lots'> {
  points: number
  readonly lots: Set<LotId>
}

/**
 * When a member's points will expire unless they are used, until an instant, if nothing more happens until then: by the
 * terms of their lots, by inactivity, by decay, and by conversion into another wallet, also what is held. Tiers count as
 * they will be then: expiry that a tier suspends begins anew when the tier is over. What is redeemed automatically on the
 * way does not expire. It is what {@link advance} does to the same state; pending points that wait for an action which does
 * not come are taken back, and do not expire.
 *
 * @param program - the compiled program
 * @param state - the member's state
 * @param until - the last instant that is looked at, what falls due in it included
 * @returns by day, then by wallet and cause in the order in which the first of them go; the first one is the next
 *
 * @example
 * ```ts
 * import { Activity, compileProgram, decide, decode, decodeProgram, expiringPoints, formatCivilDate } from 'treue'
 * import { type MemberId, newMember, parseInstant, unwrap } from 'treue'
 *
 * const expiry = { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'earning' }
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry }],
 *   earning: {
 *     rounding: { mode: 'floor', on: 'order' },
 *     rules: [{ id: 'base', wallet: 'points', award: { mode: 'linear', points: '1', per: { amount: '1.00', currency: 'EUR' }, on: 'order' } }],
 *   },
 *   ladders: [],
 * }))))
 * const lines = [{ id: '1', amount: { amount: '30.00', currency: 'EUR' } }]
 * const state = [
 *   { type: 'enrolment', id: 'e', member: 'anna', at: '2026-03-01T12:00:00Z' },
 *   { type: 'purchase', id: 'o', member: 'anna', at: '2026-03-02T12:00:00Z', lines },
 * ].reduce((now, one) => unwrap(decide(program, now, unwrap(decode(Activity, one)))).state, newMember('anna' as MemberId))
 *
 * const inYears = (year: number) => expiringPoints(program, state, unwrap(parseInstant(`${year}-12-31T00:00:00Z`)))
 * inYears(2026) // => []
 * inYears(2027).map(({ date, points, cause }) => [formatCivilDate(date), points, cause])
 * // => [['2027-03-02', 30, 'expiry']]
 * ```
 */
export const expiringPoints = (
  program: CompiledProgram,
  state: MemberState,
  until: Instant,
): ReadonlyArray<PointsExpiry> => {
  const days = new Map<string, Day>()
  for (const entry of advance(program, state, until, { trace: false }).events.filter(isGoing)) {
    const { wallet, at } = entry
    const date = localDateOf(program.zone, at)
    const cause = causeOf(entry)
    const to = entry.type === 'convertedOut' ? entry.to : null
    const key = JSON.stringify([date, wallet, cause, to])
    const day = days.get(key) ?? { wallet, date, expiresAt: at, points: 0, cause, to, lots: new Set<LotId>() }
    day.points += entry.points
    for (const lot of lotsOf(entry)) day.lots.add(lot)
    days.set(key, day)
  }
  return [...days.values()].map(({ wallet, date, expiresAt, points, cause, to, lots }) => ({
    wallet,
    date,
    expiresAt,
    points: points as Points,
    cause,
    to,
    lots: [...lots],
  }))
}
