/** What rules earn of which nothing but the whole order counts, for each minor unit, where no cap cuts. */
import * as E from 'fp-ts/Either'
import { type ExactInteger, exactProduct, exactSum, type OutOfRange, type Points } from '../foundation/index.ts'
import { matchRules } from '../rules/index.ts'
import type { CompiledWalletEarning } from './compile-earning.ts'
import { times } from './contribution.ts'
import type { EarningRounding } from './earning-rules.ts'
import type { EarningScene } from './rule-selection.ts'
import { partsOf, settlePurchase } from './settlement.ts'
import type { RuleEarning, WalletEarning } from './wallet-earning.ts'

/** Whether what the rules of a wallet earn can be added up by the minor unit, without looking at each of them. */
export const isPlain = (wallet: CompiledWalletEarning, { activity, cooling }: EarningScene): boolean =>
  wallet.isPlain &&
  cooling === null &&
  wallet.caps.length === 0 &&
  wallet.lots.length === 1 &&
  activity.action === 'purchase'

/** What all rules earn for a minor unit. */
const rateOf = ({ rules }: CompiledWalletEarning, places: ReadonlyArray<number>): ExactInteger => {
  let rate: ExactInteger = 0
  for (let index = 0; index < places.length; index += 1) {
    rate = exactSum(rate, rules[places[index] ?? -1]?.award?.numerator ?? 0)
  }
  return rate
}

const plainRules = (
  { rules }: CompiledWalletEarning,
  places: ReadonlyArray<number>,
  { whole: { ids, minor } }: EarningScene,
): ReadonlyArray<RuleEarning> => {
  const earned: Array<RuleEarning> = []
  for (const place of places) {
    const one = rules[place]
    if (one === undefined || one.award === null) continue
    const numerator = String(exactProduct(minor, one.award.numerator))
    earned.push({
      rule: one.rule.id,
      stage: 'base',
      case: null,
      award: one.award.award,
      lines: ids,
      basisMinor: minor,
      numerator,
      before: numerator,
      granted: numerator,
    })
  }
  return earned
}

const nothing: ReadonlyArray<never> = []

/** What a purchase earns in a wallet by plain rules: the sum of their rates, times what counts. */
export const plainEarning = (
  rounding: EarningRounding,
  compiled: CompiledWalletEarning,
  scene: EarningScene,
): E.Either<OutOfRange, WalletEarning> => {
  const { wallet, denominator, lots } = compiled
  const places = matchRules(compiled.orders, scene.facts)
  const raw = times(scene.whole.amounts, rateOf(compiled, places))
  const settled = settlePurchase(raw, denominator, rounding)
  if (E.isLeft(settled)) return settled
  const { points, byLine } = settled.right
  return E.right({
    wallet,
    points: points as Points,
    desired: points as Points,
    denominator: compiled.denominatorText,
    rules: scene.byRule ? plainRules(compiled, places, scene) : nothing,
    multipliers: nothing,
    capSteps: nothing,
    deferred: nothing,
    levels: nothing,
    byLine,
    parts: partsOf(points, nothing, null, lots),
  })
}
