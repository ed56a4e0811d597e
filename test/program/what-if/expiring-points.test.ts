// What will expire, against the totals of wallets after time has passed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CivilDate,
  formatCivilDate,
  type Instant,
  localDateOf,
  parseInstant,
  startOfDay,
  unwrap,
} from '../../../src/foundation/index.ts'
import { nextExpiry } from '../../../src/ledger/index.ts'
import {
  advance,
  type CompiledProgram,
  expiringPoints,
  type MemberState,
  type PointsExpiry,
} from '../../../src/program/index.ts'
import { play } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { activity, buys, following, joins, shop, shopJson, statusLadder, wallet } from '../shop.ts'

fewerRuns()

const instant = (text: string): Instant => unwrap(parseInstant(text))

/** All that went without being used, by wallet. */
const gone = ({ wallets }: MemberState): ReadonlyMap<string, number> =>
  new Map(wallets.map(({ id, expired, decayed, convertedOut }) => [id, expired + decayed + convertedOut]))

/** The same of what is said, for the wallets that there will be. */
const goingUntil = (
  expiring: ReadonlyArray<PointsExpiry>,
  program: CompiledProgram,
  state: MemberState,
  end: Instant,
) => {
  const last = localDateOf(program.zone, end)
  return advance(program, state, end).state.wallets.map(({ id }) =>
    expiring.reduce((sum, one) => (one.wallet === id && one.date <= last ? sum + one.points : sum), 0),
  )
}

const goneUntil = (program: CompiledProgram, state: MemberState, end: Instant) => {
  const before = gone(state)
  return [...gone(advance(program, state, end).state)].map(([id, points]) => points - (before.get(id) ?? 0))
}

describe('expiringPoints', () => {
  test('on every day what time takes of each wallet', () => {
    fc.assert(
      fc.property(
        wideHistory,
        fc.integer({ min: 0, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, days, share) => {
          const { program, activities } = of
          const { state } = play(program, activities)
          const now = state.asOf ?? (0 as Instant)
          const until = (now + days * 86_400_000) as Instant
          const expiring = expiringPoints(program, state, until)
          const dates = expiring.map(({ date }) => date)
          expect(dates).toEqual([...dates].sort((a, b) => a - b))
          // At the end, and at the end of a day on the way.
          const day = localDateOf(program.zone, Math.floor(now + share * days * 86_400_000) as Instant)
          const midnight = (startOfDay(program.zone, (day + 1) as CivilDate) - 1) as Instant
          const ends = [until, ...(midnight > now && midnight < until ? [midnight] : [])]
          for (const end of ends)
            expect(goingUntil(expiring, program, state, end)).toEqual(goneUntil(program, state, end))
        },
      ),
    )
  })

  const rolling = { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'earning' }
  const shown = (program: ReturnType<typeof shop>, state: MemberState, until: string) =>
    expiringPoints(program, state, instant(until)).map(({ wallet: id, date, points, cause, to }) => [
      id,
      formatCivilDate(date),
      points,
      cause,
      to,
    ])
  const member = [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '1000.00')]

  test('S25 expiry that is suspended on a tier begins anew when the tier is lost', () => {
    const suspension = { ladder: 'status', tiers: ['gold'], minimumNotice: { amount: 30, unit: 'day' } }
    const program = shop({ ...wallet({ expiry: rolling, suspension }), ladders: [statusLadder] })
    const { state } = following(program, member)
    // The ledger alone knows nothing of it.
    expect(state.wallets.map(nextExpiry)).toEqual([null])
    expect(shown(program, state, '2027-12-31T00:00:00Z')).toEqual([])
    // Gold until the end of 2027, and 30 days of notice.
    expect(shown(program, state, '2029-01-01T00:00:00Z')).toEqual([['points', '2028-01-31', 1000, 'expiry', null]])
  })

  test('points that become those of another wallet, and expire there', () => {
    const wallets = [
      { ...shopJson.wallets[0], expiry: rolling, onExpiry: { type: 'move', wallet: 'stars' } },
      { ...shopJson.wallets[0], id: 'stars', expiry: rolling },
    ]
    const program = shop({ wallets })
    const { state } = following(program, member)
    expect(shown(program, state, '2028-12-31T00:00:00Z')).toEqual([
      ['points', '2027-01-02', 1000, 'conversion', 'stars'],
      ['stars', '2028-01-02', 1000, 'expiry', null],
    ])
    expect(expiringPoints(program, state, instant('2027-01-02T00:00:00Z'))).toMatchObject([
      { expiresAt: instant('2027-01-02T00:00:00Z'), lots: [state.wallets[0]?.lots[0]?.id] },
    ])
    expect(shown(program, state, '2027-01-01T23:59:59Z')).toEqual([])
  })

  test('points that melt away, and what is held', () => {
    const decay = { every: { unit: 'month' }, rate: '0.5', atLeast: 1, rounding: 'floor' }
    const program = shop(wallet({ decay, expiry: rolling, holds: { validity: null, protectsExpiry: false } }))
    const held = activity({ type: 'hold', id: 'h', at: '2026-01-03T00:00:00Z', wallet: 'points', points: 200 })
    const { state } = following(program, [...member, held])
    expect(shown(program, state, '2026-03-15T00:00:00Z')).toEqual([
      ['points', '2026-02-01', 400, 'decay', null],
      ['points', '2026-03-01', 200, 'decay', null],
    ])
    expect(shown(program, state, '2027-03-15T00:00:00Z').filter(([, , , cause]) => cause === 'expiry')).toEqual([
      ['points', '2027-01-02', 200, 'expiry', null],
    ])
  })

  test('lots that go on one day are one entry', () => {
    const program = shop(
      wallet({ expiry: rolling, pending: { type: 'duration', duration: { amount: 14, unit: 'day' } } }),
    )
    const { state } = following(program, [...member, buys('p', '2026-01-02T08:00:00Z', '5.00')])
    // Two lots of one day are one notice.
    expect(
      expiringPoints(program, state, instant('2028-01-01T00:00:00Z')).map(({ points, lots }) => [points, lots.length]),
    ).toEqual([[1005, 2]])
  })
})
