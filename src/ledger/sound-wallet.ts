/** What makes a stored wallet none that entries could have given: a list out of order, a sum that is none, a lot twice. */
import {
  type Instant,
  type InvalidValue,
  invalidValue,
  type LotId,
  type Path,
  type Points,
} from '../foundation/index.ts'
import type { Hold } from './hold.ts'
import { compareBurnOrder } from './lot.ts'
import type { Lots } from './lot-list.ts'

/** What of a wallet is looked at. */
interface Holdings {
  readonly lots: Lots
  readonly holds: ReadonlyArray<Hold>
  readonly active: Points
  readonly pending: Points
  readonly held: Points
  readonly debt: Points
  readonly debtSince: Instant | null
}

/**
 * The faults of a list of lots: one that comes twice or holds nothing. With two of one id nobody could say which of them
 * points are taken from.
 *
 * @param lots - the lots, of one wallet or one hold
 * @param path - where the list stands
 *
 * @example
 * ```ts
 * import { distinctLotFaults } from 'treue'
 *
 * distinctLotFaults([], ['pieces']) // => []
 * ```
 */
export const distinctLotFaults = (lots: Lots, path: Path = []): ReadonlyArray<InvalidValue> => {
  const seen = new Set<LotId>()
  const faults: Array<InvalidValue> = []
  lots.forEach(({ id, points }, index) => {
    if (seen.has(id)) faults.push(invalidValue([...path, index, 'id'], id, 'an id that no other lot of the list has'))
    if (points === 0) faults.push(invalidValue([...path, index, 'points'], points, 'at least one point'))
    seen.add(id)
  })
  return faults
}

const orderFaults = (lots: Lots): ReadonlyArray<InvalidValue> =>
  lots.flatMap((lot, index) => {
    const before = lots[index - 1]
    if (before === undefined || before.id === lot.id || compareBurnOrder(before, lot) < 0) return []
    return [invalidValue(['lots', index], lot.id, 'a lot that dies after the one before it')]
  })

const holdFaults = ({ holds }: Holdings): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return holds.flatMap(({ id, lots }, index) => {
    const isNew = !seen.has(id)
    seen.add(id)
    const twice = isNew ? [] : [invalidValue(['holds', index, 'id'], id, 'an id that no other hold has')]
    return [...twice, ...distinctLotFaults(lots, ['holds', index, 'lots'])]
  })
}

const sumOf = (lots: Lots): number => lots.reduce((sum, { points }) => sum + points, 0)

const figureFaults = (wallet: Holdings): ReadonlyArray<InvalidValue> => {
  const { lots, holds, debt, debtSince } = wallet
  const sums: ReadonlyArray<readonly ['active' | 'pending' | 'held', number]> = [
    ['active', sumOf(lots.filter(({ active }) => active))],
    ['pending', sumOf(lots.filter(({ active }) => !active))],
    ['held', holds.reduce((sum, hold) => sum + sumOf(hold.lots), 0)],
  ]
  const faults = sums.flatMap(([figure, sum]) =>
    wallet[figure] === sum ? [] : [invalidValue([figure], wallet[figure], `${sum}, the sum of such points`)],
  )
  if ((debtSince === null) === (debt === (0 as Points))) return faults
  return [
    ...faults,
    invalidValue(['debtSince'], debtSince, 'an instant where there is debt, and null where there is none'),
  ]
}

/** All that is wrong with a wallet by itself, but for its totals. */
export const walletSoundness = (wallet: Holdings): ReadonlyArray<InvalidValue> => [
  ...distinctLotFaults(wallet.lots, ['lots']),
  ...orderFaults(wallet.lots),
  ...holdFaults(wallet),
  ...figureFaults(wallet),
]
