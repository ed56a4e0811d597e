/** Rewards of the catalogue that nobody can pay. */
import type { Duration, WalletId } from '../../foundation/index.ts'
import type { Reward, RewardPrice } from '../../rewards/index.ts'
import type { QualificationPeriod } from '../../tiers/index.ts'
import { redeemedAt } from '../definition/automatic-redemption.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import { belowPrice, richestIn } from './lint-attempt.ts'
import { type ClosedTiers, nearestToTier, ofClosedTier } from './lint-closed-tiers.ts'
import { attempted, type BoundWitness, type Findings, type NameWitness, type WitnessHistory } from './lint-finding.ts'
import { mostEarned } from './lint-most-earned.ts'
import { canPay, type LintedRule, walletsOf } from './lint-rule.ts'
import { referralKinds } from './lint-tiers.ts'

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
  readonly witness: BoundWitness | NameWitness
}

/** Nothing but what somebody adjusts by hand brings points into the wallet. */
const isEmpty = ({ wallet }: RewardPrice, { earned, other }: Income): Obstacle | undefined =>
  earned.has(wallet) || other.has(wallet)
    ? undefined
    : {
        reason: `nothing in the program brings points into ${wallet}`,
        witness: { type: 'name', name: wallet, known: [...new Set([...earned, ...other])] },
      }

/** A time in days that is no shorter: a day may have 23 hours. */
const inDays = ({ amount, unit }: Duration): Extract<QualificationPeriod, { readonly type: 'rolling' }>['length'] =>
  unit === 'hour' ? { amount: Math.ceil(amount / 23), unit: 'day' } : { amount, unit }

/** How long points of a wallet live, where each lives for the same time from when it is earned; else for ever. */
const livesFor = ({ program }: CompiledProgram, wallet: WalletId, waits: boolean): QualificationPeriod => {
  const forEver: QualificationPeriod = { type: 'lifetime' }
  const { expiry, suspension } = program.wallets.find(({ id }) => id === wallet) ?? {}
  if (expiry?.type !== 'rolling' || expiry.endOf !== undefined || suspension !== undefined) return forEver
  const isOwn = program.earning.rules.some(
    (rule) => walletsOf(rule).includes(wallet) && rule.lot?.validity !== undefined,
  )
  return isOwn || (expiry.from === 'activation' && waits) ? forEver : { type: 'rolling', length: inDays(expiry.after) }
}

/**
 * The most that rules let a balance be: by caps that count it, or by what can be earned for as long as points live. What is
 * pending may be left out by a cap of the balance, and come later.
 */
const mostIn = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  wallet: WalletId,
  { other }: Income,
): number => {
  if (other.has(wallet)) return Number.POSITIVE_INFINITY
  const { program } = compiled
  const waits =
    program.wallets.some(({ id, pending }) => id === wallet && pending !== null) ||
    program.earning.rules.some((rule) => walletsOf(rule).includes(wallet) && rule.lot?.pending !== undefined)
  const limits = (program.earning.caps ?? []).flatMap(({ wallet: of, window, limit, of: scope }) =>
    of === wallet && window.type === 'balance' && scope === undefined && (window.pending === 'counted' || !waits)
      ? [limit]
      : [],
  )
  const period = livesFor(compiled, wallet, waits)
  return Math.min(mostEarned(program, rules, wallet, period), ...limits)
}

const isCapped = ({ points }: RewardPrice, most: number): Obstacle | undefined =>
  most < points
    ? {
        reason: 'caps and cooldowns let nobody have so many points at once',
        witness: { type: 'bound', needed: points, most },
      }
    : undefined

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

/** The price is for a tier on which nobody comes. */
const isClosed = (compiled: CompiledProgram, { tier }: RewardPrice, closed: ClosedTiers): Obstacle | undefined =>
  tier === null || !closed.has(tier)
    ? undefined
    : { reason: 'the price is only for a tier that nobody reaches', witness: ofClosedTier(compiled, tier, closed) }

/** What comes nearest to a price: of its tier, or in points. */
const nearest = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  { wallet, points, tier }: RewardPrice,
  closed: ClosedTiers,
): WitnessHistory | undefined =>
  tier !== null && closed.has(tier)
    ? nearestToTier(closed.get(tier))
    : belowPrice(wallet, points, richestIn(compiled, rules, wallet))

/** Rewards of which no price can ever be paid. */
export const unreachableRewards = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  closed: ClosedTiers,
): Findings => {
  const { program } = compiled
  const income = incomeOf(program, rules)
  const known = new Map<WalletId, number>()
  const mostOf = (wallet: WalletId): number => {
    const most = known.get(wallet) ?? mostIn(compiled, rules, wallet, income)
    known.set(wallet, most)
    return most
  }
  const obstacleTo = (reward: Reward, price: RewardPrice): Obstacle | undefined => {
    const ofTier = isClosed(compiled, price, closed)
    if (ofTier !== undefined || price.points === 0) return ofTier
    return isEmpty(price, income) ?? isCapped(price, mostOf(price.wallet)) ?? isTakenBefore(compiled, reward, price)
  }
  return (program.rewards ?? []).flatMap((reward, index): Findings => {
    const obstacles = reward.prices.map((price) => obstacleTo(reward, price))
    const [first] = obstacles
    const [price] = reward.prices
    if (first === undefined || price === undefined || obstacles.includes(undefined)) return []
    const show = () => attempted(first.witness, nearest(compiled, rules, price, closed))
    return [{ code: 'unreachableReward', severity: 'warning', path: ['rewards', index, 'prices'], ...first, show }]
  })
}
