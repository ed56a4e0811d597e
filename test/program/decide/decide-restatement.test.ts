// Restatements: from whatever a member is to whatever they should be, by entries that account for every point.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  decode,
  type Instant,
  type LotId,
  type Points,
  unwrap,
} from '../../../src/foundation/index.ts'
import { emptyWallet, type LedgerEntry, type Lot, ledgerStatement, type Wallet } from '../../../src/ledger/index.ts'
import {
  Activity,
  advance,
  type Decision,
  decide,
  differentParts,
  evolve,
  type MemberEvent,
  MemberEvent as MemberEventCodec,
  type MemberParts,
  type MemberState,
  stateDifference,
} from '../../../src/program/index.ts'
import { play } from '../../arbitraries/program.ts'
import { restored, wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { expectTraceRecomputes } from '../../laws/recompute-trace.ts'
import { activity, buys, following, joins, rejected, shop, spends } from '../shop.ts'

fewerRuns()

const partsOf = ({ member: _, asOf: __, revision: ___, ...parts }: MemberState): MemberParts => parts

type Restatement = Extract<Activity, { readonly type: 'restatement' }>

const restatementOf = (state: MemberState, at: Instant, right: MemberParts): Restatement => ({
  type: 'restatement',
  id: `restatement/${state.revision}` as ActivityId,
  member: state.member,
  at,
  reason: 'a rule that was wrong',
  actor: 'care',
  basedOn: state.revision,
  right,
})

const isEntry = (event: MemberEvent): event is LedgerEntry => 'wallet' in event

const balanceOf = ({ active, pending, held, debt }: Wallet): number => active + pending + held - debt

describe('a restatement', () => {
  test('makes of any state any other, and its entries account for every point', () => {
    fc.assert(
      fc.property(wideHistory, wideHistory, (first, second) => {
        const { program } = first
        const { state: before, taken } = play(program, first.activities)
        const right = play(second.program, second.activities).state
        const at = Math.max(before.asOf ?? 0, right.asOf ?? 0) as Instant
        const restatement = restatementOf(before, at, partsOf(right))
        const decision = unwrap(decide(program, before, restatement, {}))
        const { state, events } = decision
        const { activities, ...difference } = stateDifference(state, right)
        expect(differentParts({ ...difference, activities: [] })).toEqual([])
        expect(activities).toEqual([])
        expect(events.reduce(evolve, before)).toEqual(state)
        expect(restored(state)).toEqual(state)
        expectTraceRecomputes(program, { before, activity: restatement, decision, shared: { stock: [] } as never })
        const entries = [...taken.flatMap((one) => one.decision.events), ...events].filter(isEntry)
        for (const wallet of state.wallets) {
          const { closing } = unwrap(ledgerStatement(entries, wallet.id, 0 as Instant, (at + 1) as Instant))
          expect(closing).toBe(balanceOf(wallet))
        }
      }),
    )
  })

  test('is read as it is written, and so are its events', () => {
    fc.assert(
      fc.property(wideHistory, ({ program, activities }) => {
        const { state } = play(program, activities)
        const restatement = restatementOf(state, state.asOf ?? (0 as Instant), partsOf(state))
        const json: unknown = JSON.parse(JSON.stringify(Activity.encode(restatement)))
        expect(unwrap(decode(Activity, json))).toEqual(restatement)
        const { events } = unwrap(decide(program, state, restatement))
        for (const event of events) {
          expect(unwrap(decode(MemberEventCodec, JSON.parse(JSON.stringify(MemberEventCodec.encode(event)))))).toEqual(
            event,
          )
        }
      }),
    )
  })
})

const program = shop()
const history = [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '100.00')]
const actual = following(program, history).state
const noon = (actual.asOf ?? 0) as Instant
const own = actual.wallets[0] ?? emptyWallet('points' as never)
const lot = (own.lots[0] ?? {}) as Lot

/** What becomes of the wallet where it should be another. */
const restating = (from: MemberState, changes: Partial<Wallet>): Decision => {
  const wallets = [{ ...(from.wallets[0] ?? own), ...changes }]
  return unwrap(decide(program, from, restatementOf(from, noon, { ...partsOf(from), wallets })))
}

const entriesOf = ({ events }: Decision) =>
  events.filter(isEntry).map((entry) => [entry.type, entry.points] as readonly [string, number])

describe('a wallet', () => {
  const hold = { id: 'h' as ActivityId, at: 5 as Instant, until: null, lots: [{ ...lot, points: 30 as Points }] }
  const rest = { lots: [{ ...lot, points: 70 as Points }], active: 70 as Points, held: 30 as Points }

  test('gets a hold that should be there, and loses one that should not', () => {
    const held = restating(actual, { ...rest, holds: [hold] })
    expect(entriesOf(held)).toEqual([['held', 30]])
    expect(held.state.wallets[0]?.holds).toEqual([hold])
    const free = restating(held.state, { lots: [lot], active: lot.points, held: 0 as Points, holds: [] })
    expect(entriesOf(free)).toEqual([['holdReleased', 30]])
    expect(entriesOf(restating(held.state, { ...rest, holds: [hold] }))).toEqual([])
  })

  test('gets a hold of a lot that it has not, or not so', () => {
    const other = { ...lot, kind: 'promotional' as const, points: 30 as Points }
    const held = restating(actual, { ...rest, holds: [{ ...hold, lots: [other] }] })
    expect(entriesOf(held)).toEqual([
      ['adjustedOut', 100],
      ['adjustedIn', 30],
      ['held', 30],
      ['adjustedIn', 70],
    ])
    expect(held.state.wallets[0]).toMatchObject({ holds: [{ lots: [other] }], lots: rest.lots })
  })

  test('owes more or less', () => {
    const since = { debtSince: noon }
    const owing = restating(actual, { debt: 7 as Points, reversed: 7 as Points, ...since })
    expect(entriesOf(owing)).toEqual([['adjustedOut', 7]])
    expect(owing.state.wallets[0]).toMatchObject({ active: 100, debt: 7 })
    const less = restating(owing.state, {
      debt: 2 as Points,
      reversed: 2 as Points,
      ...since,
      adjustedOut: 0 as Points,
    })
    expect(entriesOf(less)).toEqual([
      ['adjustedIn', 5],
      ['debtSettled', 5],
    ])
    expect(less.state.wallets[0]).toMatchObject({ active: 100, debt: 2, debtSince: noon })
  })

  test('expires nothing, or expires again', () => {
    const suspended = restating(actual, { suspended: true })
    expect(entriesOf(suspended)).toEqual([['expirySuspended', 0]])
    expect(entriesOf(restating(suspended.state, { suspended: false }))).toEqual([['expiryResumed', 0]])
  })

  test('that should not be there is empty', () => {
    const { state } = unwrap(
      decide(program, actual, restatementOf(actual, noon, { ...partsOf(actual), wallets: [] }), { trace: false }),
    )
    expect(state.wallets).toMatchObject([{ id: 'points', active: 0, lots: [], decayedAt: null }])
    const again = unwrap(
      decide(program, state, { ...restatementOf(state, noon, partsOf(actual)), id: 'b' as ActivityId }),
    )
    expect(again.state.wallets).toMatchObject([{ active: 100, lots: [lot] }])
  })

  test('keeps the dates that it has', () => {
    const dated = restating(actual, { decayedAt: 3 as Instant })
    expect(entriesOf(dated)).toEqual([])
    expect(dated.state.wallets[0]?.decayedAt).toBe(3)
  })

  test('does not leave the range of exact integers', () => {
    const most = Number.MAX_SAFE_INTEGER as Points
    const wallets = [{ ...own, lots: [{ ...lot, id: 'x' as LotId, points: most }], active: most, accrued: most }]
    const huge = restatementOf(actual, noon, { ...partsOf(actual), wallets })
    expect(rejected(program, actual, huge)).toMatchObject([{ _tag: 'OutOfRange', path: ['right', 'wallets'] }])
  })
})

test('what comes after a restatement is decided by what is right', () => {
  const right = following(program, [...history, spends('s', '2026-01-02T00:00:00Z', 40)]).state
  const { state } = unwrap(decide(program, actual, restatementOf(actual, noon, partsOf(right))))
  const cancels = activity({ type: 'redemptionCancellation', id: 'c', at: '2026-01-03T00:00:00Z', redemption: 's' })
  expect(following(program, [cancels], state).state.wallets[0]?.active).toBe(100)
  expect(advance(program, state, (noon + 1) as Instant).events).toEqual([])
})
