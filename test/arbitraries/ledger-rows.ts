// Generators of the ledgers of several members as rows, on clocks of milliseconds, where everything coincides all the time,
// and of days.
import fc from 'fast-check'
import type { Instant, MemberId, Points } from '../../src/foundation/index.ts'
import type { LedgerRow } from '../../src/ledger/index.ts'
import { treacherousKeys } from './foundation.ts'

const memberNames = ['ann', 'bob', ...treacherousKeys] as ReadonlyArray<string> as ReadonlyArray<MemberId>

const day = 86_400_000

/** What is drawn for one row; times in milliseconds. */
interface Act {
  readonly member: number
  readonly gap: number
  readonly type: LedgerRow['type']
  readonly points: number
  readonly waits: number
  readonly lives: number | null
  /** For a claw-back, how many accruals ago. */
  readonly ago: number
  /** For a claw-back, whether all that is left of the grant is taken. */
  readonly all: boolean
}

const typeArbitrary = fc.constantFrom<LedgerRow['type']>('accrual', 'accrual', 'redemption', 'clawBack')

const coarseAct: fc.Arbitrary<Act> = fc.record({
  member: fc.nat({ max: 2 }),
  gap: fc.constantFrom(0, 0, 1, 2, 5),
  type: typeArbitrary,
  points: fc.nat({ max: 6 }),
  waits: fc.constantFrom(0, 0, -1, 1, 2, 3, 9),
  lives: fc.constantFrom(null, 0, 1, 2, 5, 5, 5, 30),
  ago: fc.nat({ max: 3 }),
  all: fc.boolean(),
})

const dailyAct: fc.Arbitrary<Act> = fc.record({
  member: fc.nat({ max: 4 }),
  gap: fc.oneof(fc.constantFrom(0, 0, 1, day), fc.nat({ max: 20 * day })),
  type: typeArbitrary,
  points: fc.nat({ max: 400 }),
  waits: fc.constantFrom(0, 0, 0, 3 * day, 14 * day, -10 * day),
  lives: fc.oneof(fc.constantFrom(null, 0, 40 * day, 365 * day), fc.nat({ max: 400 * day })),
  ago: fc.nat({ max: 20 }),
  all: fc.boolean(),
})

/** Members who spend at once what they have, and owe what is taken back. */
const spenderAct: fc.Arbitrary<Act> = coarseAct.map((act) => ({
  ...act,
  type: act.type === 'accrual' && act.ago % 2 === 0 ? 'redemption' : act.type,
  all: true,
}))

/** What an accrual granted and was not taken back. */
interface GrantLeft {
  readonly row: number
  points: number
}

const rowOf = (
  { type, points: drawn, waits, lives, ago, all }: Act,
  { member, at, row }: { readonly member: MemberId; readonly at: Instant; readonly row: number },
  grants: Array<GrantLeft>,
): LedgerRow => {
  const points = drawn as Points
  const grant = type === 'clawBack' ? grants[Math.max(0, grants.length - 1 - ago)] : undefined
  if (grant !== undefined) {
    const taken = Math.min(all ? grant.points : points, grant.points) as Points
    grant.points -= taken
    return { type: 'clawBack', member, at, points: taken, of: grant.row }
  }
  if (type === 'redemption') return { type, member, at, points }
  grants.push({ row, points })
  const activeFrom = (at + waits) as Instant
  const expiresAt = lives === null ? null : ((at + lives) as Instant)
  return { type: 'accrual', member, at, points, activeFrom, expiresAt }
}

const rowsOf = (acts: ReadonlyArray<Act>): ReadonlyArray<LedgerRow> => {
  const grants = memberNames.map((): Array<GrantLeft> => [])
  let at = 0 as Instant
  return acts.map((act, row) => {
    at = (at + act.gap) as Instant
    const member = memberNames[act.member] as MemberId
    return rowOf(act, { member, at, row }, grants[act.member] ?? [])
  })
}

const rowsArbitrary = (act: fc.Arbitrary<Act>, maxLength: number): fc.Arbitrary<ReadonlyArray<LedgerRow>> =>
  fc.array(act, { maxLength, size: 'max' }).map(rowsOf)

/** The ledgers of some members, all without a fault but for redemptions of too much. */
export const ledgerRowsArbitrary: fc.Arbitrary<ReadonlyArray<LedgerRow>> = fc.oneof(
  rowsArbitrary(dailyAct, 120),
  rowsArbitrary(coarseAct, 40),
  rowsArbitrary(spenderAct, 60),
)

/** An instant for a fold of rows: at the last of them, near any of them, or after all that will ever be due. */
const asOfArbitrary = (rows: ReadonlyArray<LedgerRow>): fc.Arbitrary<Instant> => {
  const last = rows.reduce((latest, { at }) => Math.max(latest, at), 0)
  const near = fc.oneof(fc.integer({ min: -2, max: 9 }), fc.integer({ min: -4e9, max: 8e9 }))
  return fc.oneof(
    fc.constantFrom(last, last + 1, last + 4e11).map((at) => at as Instant),
    fc.tuple(fc.nat(), near).map(([index, distance]) => {
      const at = rows[index % Math.max(1, rows.length)]?.at ?? 0
      return (at + distance) as Instant
    }),
  )
}

/** Ledgers with an instant to fold them to. */
export const ledgerCaseArbitrary: fc.Arbitrary<{
  readonly rows: ReadonlyArray<LedgerRow>
  readonly asOf: Instant
}> = ledgerRowsArbitrary.chain((rows) => fc.record({ rows: fc.constant(rows), asOf: asOfArbitrary(rows) }))
