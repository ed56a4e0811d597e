/** What is wrong with earning rules together, however right each of them is. */
import { type ExactInteger, type InvalidValue, invalidValue } from '../foundation/index.ts'
import type { WalletUnit } from './compile-earning.ts'
import type { EarningRules } from './earning-rule.ts'
import { leastCommonMultiple, rateOf } from './rate.ts'

/** Raw points are counted over one denominator; it may have so many digits, which no program that people read needs. */
const LONGEST_DENOMINATOR = 60
const SMALLEST_TOO_LONG = 10n ** BigInt(LONGEST_DENOMINATOR)

/**
 * The faults of earning rules among each other: a rate that has no reasonable denominator in common with the rates of the
 * rules before it, because a program of many such rules would take ever longer to decide.
 *
 * @param wallets - the wallets of the program, with the fraction digits of their points
 * @param earning - decoded rules
 *
 * @example
 * ```ts
 * import { earningFaults, type WalletId } from 'treue'
 *
 * earningFaults([{ id: 'points' as WalletId, decimals: 0 }], { rounding: { mode: 'floor', on: 'order' }, rules: [] })
 * // => []
 * ```
 */
export const earningFaults = (
  wallets: ReadonlyArray<WalletUnit>,
  { rules }: EarningRules,
): ReadonlyArray<InvalidValue> => {
  const decimals = new Map(wallets.map((wallet) => [wallet.id, wallet.decimals]))
  const denominators = new Map<string, ExactInteger>()
  return rules.flatMap(({ wallet, award }, index) => {
    const rate = rateOf(award, decimals.get(wallet) ?? 0)
    const common = leastCommonMultiple(denominators.get(wallet) ?? 1, rate.denominator)
    if (BigInt(common) < SMALLEST_TOO_LONG) {
      denominators.set(wallet, common)
      return []
    }
    const expected = `a rate whose common denominator with those of the rules before has at most ${LONGEST_DENOMINATOR} digits`
    return [invalidValue(['rules', index, 'award', 'per'], award.per.minor, expected)]
  })
}
