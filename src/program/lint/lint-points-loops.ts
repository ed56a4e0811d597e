/** Points that pay for purchases which earn them back: by themselves, or as a voucher that a reward grants. */
import * as E from 'fp-ts/Either'
import { type Instant, multiplyDivide, type Points, type WalletId } from '../../foundation/index.ts'
import type { ReferralProportion } from '../../referrals/index.ts'
import type { Voucher } from '../../rewards/index.ts'
import type { Activity, Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ProgramVoucher } from '../definition/program-voucher.ts'
import { amountsFor } from './lint-economy.ts'
import type { Findings, Witness } from './lint-finding.ts'
import { anybody, givenPoints, historyFor, played } from './lint-history.ts'
import type { ProgramEconomics } from './lint-options.ts'
import type { LintedRule } from './lint-rule.ts'
import { type StackedRule, stackedRules } from './lint-stacking.ts'

/** What comes before a purchase, and the purchase. */
interface Bought {
  readonly before: ReadonlyArray<Activity>
  readonly purchase: Purchase
  readonly minor: number
}

const boughtBy = (
  compiled: CompiledProgram,
  { rule, facts, lineFacts }: LintedRule,
  amount: number,
): Bought | undefined => {
  if (typeof facts === 'string' || typeof lineFacts === 'string') return undefined
  const activities = historyFor(compiled, rule, { facts, lineFacts, amount })
  const purchase = activities?.[activities.length - 1]
  if (activities === undefined || purchase?.type !== 'purchase') return undefined
  const minor = purchase.lines.reduce((sum, line) => sum + line.amount.minor, 0)
  return { before: activities.slice(0, -1), purchase, minor }
}

/** Purchases by one rule, by itself and with all that can hold with it. */
const purchasesBy = (
  compiled: CompiledProgram,
  { ways }: StackedRule,
  amounts: ReadonlyArray<number>,
): ReadonlyArray<Bought> => ways.flatMap((way) => amounts.flatMap((amount) => boughtBy(compiled, way, amount) ?? []))

/** What the last activity of a history earns in a wallet; `undefined`: something of it is refused. */
const earnedLast = (
  compiled: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  wallet: WalletId,
): number | undefined => {
  const last = activities[activities.length - 1]
  const result = played(compiled, activities)?.steps.find(({ activity }) => activity === last)?.result
  if (result === undefined || E.isLeft(result)) return undefined
  return result.right.trace.reduce(
    (sum, step) => (step.step === 'earning' && step.earning.wallet === wallet ? sum + step.earning.points : sum),
    0,
  )
}

const historyOf = (activities: ReadonlyArray<Activity>, until: Instant): Witness => ({
  type: 'history',
  activities,
  until,
})

/** So many points an amount costs; `undefined`: points are worth nothing. */
const pointsFor = (minor: number, { numerator, denominator }: ReferralProportion): number | undefined => {
  if (numerator <= 0) return undefined
  const points = multiplyDivide(minor, denominator, numerator, 'ceil')
  return E.isRight(points) && points.right > 0 ? points.right : undefined
}

/** Points are spent, and pay for a purchase that earns no fewer. */
const loopOf = (
  compiled: CompiledProgram,
  { before, purchase, minor }: Bought,
  wallet: WalletId,
  worth: ReferralProportion,
): Witness | undefined => {
  const points = pointsFor(minor, worth)
  if (points === undefined) return undefined
  const { at } = purchase
  const amount = { minor, currency: compiled.program.currency }
  const activities: ReadonlyArray<Activity> = [
    ...before,
    givenPoints(wallet, points, at),
    { type: 'redemption', id: 'spends' as Activity['id'], member: anybody, at, wallet, points: points as Points },
    { ...purchase, payments: [{ type: 'points', amount }] },
  ]
  return (earnedLast(compiled, activities, wallet) ?? 0) >= points ? historyOf(activities, at) : undefined
}

/** Rules by which points that pay a purchase come back with it. */
export const pointsLoops = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  economics: ProgramEconomics | undefined,
): Findings => {
  if (economics === undefined) return []
  return stackedRules(compiled, rules).flatMap((stacked): Findings => {
    const { rule, path } = stacked.linted
    const worth = economics.pointCost(rule.wallet)
    for (const bought of purchasesBy(compiled, stacked, amountsFor(rule))) {
      const witness = loopOf(compiled, bought, rule.wallet, worth)
      if (witness === undefined) continue
      const reason = 'a purchase that points pay earns no fewer points than it took'
      return [{ code: 'pointsLoop', severity: 'warning', path, reason, witness }]
    }
    return []
  })
}

/** What a voucher takes off or pays, whatever is bought; `undefined`: it depends on that. */
const worthOf = ({ benefit }: Voucher): number | undefined => {
  if (benefit.type === 'fixed') return benefit.minor
  return benefit.type === 'giftCredit' && benefit.balanceMinor > 0 ? benefit.balanceMinor : undefined
}

/** A reward is taken, and its voucher pays for a purchase that earns the price of the reward. */
const voucherLoopOf = (
  compiled: CompiledProgram,
  { before, purchase, minor }: Bought,
  { voucher, reward }: ProgramVoucher,
): Witness | undefined => {
  const [price] = compiled.program.rewards?.find(({ id }) => id === reward)?.prices ?? []
  if (reward === null || price === undefined || price.money !== null || price.points === 0) return undefined
  const { wallet, points } = price
  const { at } = purchase
  if (minor !== worthOf(voucher)) return undefined
  const activities: ReadonlyArray<Activity> = [
    ...before,
    givenPoints(wallet, points, at),
    { type: 'rewardRedeemed', id: 'takes' as Activity['id'], member: anybody, at, reward, wallet, issue: true },
    { ...purchase, vouchers: [{ voucher: voucher.id }] },
  ]
  return (earnedLast(compiled, activities, wallet) ?? 0) >= points ? historyOf(activities, at) : undefined
}

const firstVoucherLoop = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<StackedRule>,
  one: ProgramVoucher,
): Witness | undefined => {
  const worth = one.reward === null ? undefined : worthOf(one.voucher)
  if (worth === undefined) return undefined
  for (const stacked of rules) {
    for (const bought of purchasesBy(compiled, stacked, [worth])) {
      const witness = voucherLoopOf(compiled, bought, one)
      if (witness !== undefined) return witness
    }
  }
  return undefined
}

/** So many vouchers are looked at. */
const MOST_VOUCHERS = 100

/** Rewards whose voucher pays for a purchase by which their points come back. */
export const voucherLoops = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { vouchers = [] } = compiled.program.vouchers ?? {}
  if (vouchers.length === 0) return []
  const stacked = stackedRules(compiled, rules)
  return vouchers.slice(0, MOST_VOUCHERS).flatMap((one, index): Findings => {
    const witness = firstVoucherLoop(compiled, stacked, one)
    if (witness === undefined) return []
    const reason = 'the voucher pays for a purchase that earns the points of the reward that grants it'
    const path = ['vouchers', 'vouchers', index, 'reward']
    return [{ code: 'pointsLoop', severity: 'warning', path, reason, witness }]
  })
}
