/** What of purchases and actions died: it costs nothing when they are undone. */
import type { LotId, Points, WalletId } from '../../foundation/index.ts'
import { isOfLot, type LedgerEntry, originAmong } from '../../ledger/index.ts'
import type { EarningGrant, OpenEarning } from './open-earning.ts'

/** Points of a lot that died or, below 0, that are valid again. */
interface Lapse {
  readonly lot: LotId
  readonly points: number
}

type Earnings = ReadonlyArray<OpenEarning>
type Lapses = ReadonlyArray<Lapse>

/**
 * What an entry takes from lots without anybody spending it: it died, melted away, or waited for something in vain; and
 * what of that is valid again.
 */
const lapsesOf = (entry: LedgerEntry, isEarned: (source: string) => boolean): Lapses => {
  switch (entry.type) {
    case 'expired':
      return [entry]
    case 'decayed':
      return entry.draws
    case 'reinstated':
      return entry.lots.map(({ id: lot, points }) => ({ lot, points: -points }))
    case 'reversed':
      // What is cancelled for want of an action names what earned it; what is taken back names the return.
      return isEarned(entry.source) ? entry.draws : []
    default:
      return []
  }
}

const allLapses = (earnings: Earnings, entries: ReadonlyArray<LedgerEntry>): Lapses => {
  const [first] = entries
  if (entries.length === 1 && first !== undefined) {
    return lapsesOf(first, (source) => earnings.some(({ id }) => id === source))
  }
  const earned = new Set<string>(entries.some(({ type }) => type === 'reversed') ? earnings.map(({ id }) => id) : [])
  return entries.flatMap((entry) => lapsesOf(entry, (source) => earned.has(source)))
}

type LapsedOf = (grant: EarningGrant) => number

const ofFew =
  (lapses: Lapses): LapsedOf =>
  ({ lot: own }) =>
    lapses.reduce((sum, { lot, points }) => (isOfLot(lot, own) ? sum + points : sum), 0)

const grantsIn = (earnings: Earnings, wallet: WalletId): ReadonlyArray<EarningGrant> =>
  earnings.flatMap(({ grants, rewards }) => [...grants, ...rewards].filter((grant) => grant.wallet === wallet))

/** Each lapse finds its grant by the ids that its lot had, so that many lapses of many purchases are no product of both. */
const ofMany = (earnings: Earnings, wallet: WalletId, lapses: Lapses): LapsedOf => {
  const known = new Set(grantsIn(earnings, wallet).map(({ lot }) => lot))
  const lapsed = new Map<LotId, number>()
  for (const { lot, points } of lapses) {
    const origin = originAmong(lot, known)
    if (origin !== undefined) lapsed.set(origin, (lapsed.get(origin) ?? 0) + points)
  }
  return ({ lot }) => lapsed.get(lot) ?? 0
}

/** So few are compared with every grant. */
const FEW = 4

const noted = (earning: OpenEarning, wallet: WalletId, lapsedOf: LapsedOf): OpenEarning => {
  const added = (grant: EarningGrant): number => (grant.wallet === wallet ? lapsedOf(grant) : 0)
  const isTouched = (grant: EarningGrant): boolean => added(grant) !== 0
  if (!earning.grants.some(isTouched) && !earning.rewards.some(isTouched)) return earning
  const note = (grant: EarningGrant): EarningGrant => {
    const points = added(grant)
    return points === 0 ? grant : { ...grant, lapsed: Math.max(0, grant.lapsed + points) as Points }
  }
  return { ...earning, grants: earning.grants.map(note), rewards: earning.rewards.map(note) }
}

/**
 * Points that die in the lot of a purchase, or in one in which points of it came back, are noted there: a return does not
 * take them a second time. Those that are valid again it does.
 */
export const withLapses = (
  earnings: ReadonlyArray<OpenEarning>,
  wallet: WalletId,
  entries: ReadonlyArray<LedgerEntry>,
): ReadonlyArray<OpenEarning> => {
  if (earnings.length === 0) return earnings
  const lapses = allLapses(earnings, entries)
  if (lapses.length === 0) return earnings
  const lapsedOf = lapses.length <= FEW ? ofFew(lapses) : ofMany(earnings, wallet, lapses)
  const after = earnings.map((earning) => noted(earning, wallet, lapsedOf))
  return after.every((earning, index) => earning === earnings[index]) ? earnings : after
}
