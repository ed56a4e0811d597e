/** Rewards of the catalogue that nobody can pay. */
import type { WalletId } from '../../foundation/index.ts'
import type { Reward, RewardPrice } from '../../rewards/index.ts'
import { redeemedAt } from '../definition/automatic-redemption.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { Findings, Witness } from './lint-finding.ts'
import type { LintedRule } from './lint-rules.ts'
import { canPay, referralKinds, walletsOf } from './lint-tiers.ts'

/** How points come into the wallets of a program. */
interface Income {
  /** By rules: caps count it. */
  readonly earned: ReadonlySet<WalletId>
  /** By referrals, conversions and expiry in another wallet: caps do not. */
  readonly other: ReadonlySet<WalletId>
}

const incomeOf = (program: Program, rules: ReadonlyArray<LintedRule>): Income => ({
  earned: new Set(
    rules
      .filter(({ rule, facts, lineFacts }) => facts !== 'never' && lineFacts !== 'never' && canPay(rule))
      .flatMap(({ rule }) => walletsOf(rule)),
  ),
  other: new Set([
    ...referralKinds(program).flatMap((kind) => (kind.type === 'points' ? [kind.wallet] : [])),
    ...(program.conversions ?? []).map(({ to }) => to as WalletId),
    ...program.wallets.flatMap(({ onExpiry }) => (onExpiry?.type === 'move' ? [onExpiry.wallet] : [])),
  ]),
})

/** Why a price can never be paid. */
interface Obstacle {
  readonly reason: string
  readonly witness: Witness
}

/** Nothing but what somebody adjusts by hand brings points into the wallet. */
const isEmpty = ({ wallet }: RewardPrice, { earned, other }: Income): Obstacle | undefined =>
  earned.has(wallet) || other.has(wallet)
    ? undefined
    : {
        reason: `nothing in the program brings points into ${wallet}`,
        witness: { type: 'name', name: wallet, known: [...new Set([...earned, ...other])] },
      }

/** The most that rules let a balance be, by a cap that counts it; what is pending may be left out by the cap, and come later. */
const isCapped = (
  { program }: CompiledProgram,
  { wallet, points }: RewardPrice,
  { other }: Income,
): Obstacle | undefined => {
  if (other.has(wallet)) return undefined
  const waits =
    program.wallets.some(({ id, pending }) => id === wallet && pending !== null) ||
    program.earning.rules.some((rule) => walletsOf(rule).includes(wallet) && rule.lot?.pending !== undefined)
  const limits = (program.earning.caps ?? []).flatMap(({ wallet: of, window, limit, of: scope }) =>
    of === wallet && window.type === 'balance' && scope === undefined && (window.pending === 'counted' || !waits)
      ? [limit]
      : [],
  )
  const most = Math.min(...limits)
  return most < points
    ? { reason: 'a cap lets nobody earn so many points', witness: { type: 'bound', needed: points, most } }
    : undefined
}

/** The points are redeemed for another reward before there are enough. */
const isTakenBefore = (
  { program }: CompiledProgram,
  { id }: Reward,
  { wallet, points }: RewardPrice,
): Obstacle | undefined => {
  const { automaticRedemptions = [], rewards = [] } = program
  const own = automaticRedemptions.findIndex((one) => one.wallet === wallet && one.reward === id)
  // Where a reward is redeemed by itself, only what has its turn before takes the points.
  const before = own < 0 ? automaticRedemptions : automaticRedemptions.slice(0, own)
  const most = redeemedAt(before, rewards, wallet)
  return most !== undefined && most <= points
    ? {
        reason: 'the points are redeemed for another reward before there are enough',
        witness: { type: 'bound', needed: points, most: most - 1 },
      }
    : undefined
}

/** Rewards of which no price can ever be paid. */
export const unreachableRewards = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { program } = compiled
  const income = incomeOf(program, rules)
  return (program.rewards ?? []).flatMap((reward, index): Findings => {
    const obstacles = reward.prices.map((price) =>
      price.points === 0
        ? undefined
        : (isEmpty(price, income) ?? isCapped(compiled, price, income) ?? isTakenBefore(compiled, reward, price)),
    )
    const [first] = obstacles
    if (first === undefined || obstacles.includes(undefined)) return []
    return [{ code: 'unreachableReward', severity: 'warning', path: ['rewards', index, 'prices'], ...first }]
  })
}
