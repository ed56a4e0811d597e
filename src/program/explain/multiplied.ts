/** Which multipliers that matched made a difference. */
import type { RuleMultiplier, WalletEarning } from '../../earning/index.ts'

/** Whether there are base points that a multiplier is for. */
export const multipliesPoints = ({ rules, byLine }: WalletEarning, { award, lines }: RuleMultiplier): boolean => {
  const of = award.of === undefined ? null : new Set(award.of)
  const on = new Set(lines)
  return rules.some(
    (one) =>
      one.stage === 'base' &&
      one.before !== '0' &&
      (of === null || of.has(one.rule)) &&
      (byLine.length === 0 || one.lines.some((line) => on.has(line))),
  )
}
