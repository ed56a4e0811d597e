/** What is wrong with earning rules together, however right each of them is. */
import {
  type ExactInteger,
  exactProduct,
  type InvalidValue,
  invalidValue,
  underPath,
  type WalletId,
} from '../foundation/index.ts'
import { type Award, stageOf } from './award.ts'
import { capFaults } from './cap.ts'
import type { WalletUnit } from './compile-earning.ts'
import { awardsOf, type EarningRule } from './earning-rule.ts'
import type { EarningRules, RuleGroup } from './earning-rules.ts'
import { leastCommonMultiple, pointsRate, type Rate, rateOf } from './rate.ts'

/** Raw points are counted over one denominator; it may have so many digits, which no program that people read needs. */
const LONGEST_DENOMINATOR = 60
const SMALLEST_TOO_LONG = 10n ** BigInt(LONGEST_DENOMINATOR)

type Faults = ReadonlyArray<InvalidValue>

/** The denominators of each wallet grow rule by rule; a rule that takes one too far is left out of it, and named. */
const growing = (
  join: (known: ExactInteger, next: ExactInteger) => ExactInteger,
): ((wallets: ReadonlyArray<WalletId>, denominator: (wallet: WalletId) => ExactInteger) => boolean) => {
  const known = new Map<WalletId, ExactInteger>()
  return (wallets, denominator) => {
    const next = wallets.map((wallet) => [wallet, join(known.get(wallet) ?? 1, denominator(wallet))] as const)
    if (next.some(([, common]) => BigInt(common) >= SMALLEST_TOO_LONG)) return false
    for (const [wallet, common] of next) known.set(wallet, common)
    return true
  }
}

const walletsOf = ({ wallet, also = [] }: EarningRule): ReadonlyArray<WalletId> => [wallet, ...also]

/** What of an award makes its denominator long. */
const rateOfAward = (award: Award): readonly [string, unknown] => {
  if (award.mode === 'linear') return ['per', award.per.minor]
  return award.mode === 'perValue' ? ['per', award.per] : ['points', award.mode === 'multiplier' ? '' : award.points]
}

const rateFaults = (units: ReadonlyArray<WalletUnit>, rules: ReadonlyArray<EarningRule>): Faults => {
  const decimals = new Map(units.map((wallet) => [wallet.id, wallet.decimals]))
  const fits = growing(leastCommonMultiple)
  return rules.flatMap((rule, index) =>
    awardsOf(rule).flatMap(({ award, path }) => {
      if (fits(walletsOf(rule), (wallet) => rateOf(award, decimals.get(wallet) ?? 0).denominator)) return []
      const expected = `a rate whose common denominator with those of the rules before has at most ${LONGEST_DENOMINATOR} digits`
      const [key, found] = rateOfAward(award)
      return [invalidValue(['rules', index, ...path, key], found, expected)]
    }),
  )
}

/** Factors of which all may match at once multiply their denominators; of one rule only one case does. */
const factorFaults = ({ rules, multipliers }: EarningRules): Faults => {
  if (multipliers !== 'product') return []
  const fits = growing(exactProduct)
  return rules.flatMap((rule, index) => {
    const factors = awardsOf(rule).flatMap(({ award, path }) =>
      award.mode === 'multiplier' ? [{ factor: award.factor, path }] : [],
    )
    const denominator = factors
      .map(({ factor }): Rate => pointsRate(factor, 0))
      .reduce<ExactInteger>((all, rate) => leastCommonMultiple(all, rate.denominator), 1)
    const [first] = factors
    if (first === undefined || fits(walletsOf(rule), () => denominator)) return []
    const expected = `a factor whose product with those of the rules before has a denominator of at most ${LONGEST_DENOMINATOR} digits`
    return [invalidValue(['rules', index, ...first.path, 'factor'], first.factor, expected)]
  })
}

const walletFaults = (units: ReadonlyArray<WalletUnit>, rule: EarningRule): Faults => {
  const known = new Set(units.map(({ id }) => id))
  const seen = new Set([rule.wallet])
  return (rule.also ?? []).flatMap((wallet, place) => {
    const isNew = !seen.has(wallet)
    seen.add(wallet)
    return known.has(wallet) && isNew
      ? []
      : [invalidValue(['also', place], wallet, 'a wallet of the program that the rule does not name before')]
  })
}

const groupFaults = (groups: ReadonlyMap<string, RuleGroup>, rule: EarningRule): Faults => {
  if (rule.group === undefined) return []
  const group = groups.get(rule.group)
  if (group === undefined) return [invalidValue(['group'], rule.group, 'a group of the program')]
  return group.mode === 'best' && rule.stop === true
    ? [invalidValue(['stop'], true, 'false in a group of which the best earns: which one that is, is known last')]
    : []
}

/** Multipliers name rules of base points of a wallet that they earn in. */
const multiplierFaults = (byId: ReadonlyMap<string, EarningRule>, rule: EarningRule): Faults =>
  awardsOf(rule).flatMap(({ award, path }) =>
    (award.mode === 'multiplier' ? (award.of ?? []) : []).flatMap((id, place) => {
      const named = byId.get(id)
      const isBase =
        named !== undefined &&
        (named.on ?? 'purchase') === (rule.on ?? 'purchase') &&
        awardsOf(named).some((one) => stageOf(one.award) === 'base')
      return isBase
        ? []
        : [invalidValue([...path, 'of', place], id, 'a rule that awards base points for the same activity')]
    }),
  )

const repeatedGroups = (groups: ReadonlyArray<RuleGroup>): Faults => {
  const seen = new Set<string>()
  return groups.flatMap(({ id }, index) => {
    if (seen.has(id)) return [invalidValue(['groups', index, 'id'], id, 'an id that comes only once')]
    seen.add(id)
    return []
  })
}

/** Which of some points and some factors is best, nobody can say. */
const mixedGroups = ({ groups = [], rules }: EarningRules): Faults => {
  const best = new Set(groups.filter(({ mode }) => mode === 'best').map(({ id }) => id))
  const multiplies = new Map<string, boolean>()
  return rules.flatMap((rule, index) =>
    rule.group === undefined || !best.has(rule.group)
      ? []
      : awardsOf(rule).flatMap(({ award, path }) => {
          const { group = '' } = rule
          const isMultiplier = stageOf(award) === 'multiplier'
          const first = multiplies.get(group) ?? isMultiplier
          multiplies.set(group, first)
          return first === isMultiplier
            ? []
            : [
                invalidValue(
                  ['rules', index, ...path, 'mode'],
                  award.mode,
                  'in a group of which the best earns, either multipliers or points',
                ),
              ]
        }),
  )
}

/**
 * The faults of earning rules among each other: a rate that has no reasonable denominator in common with the rates of the
 * rules before it, because a program of many such rules would take ever longer to decide; factors for which the same
 * holds; a further wallet or a group that the program does not have; a group that comes twice, or mixes what cannot be
 * compared; a multiplier of a rule that has no base points; and what is wrong with caps ({@link capFaults}).
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
  earning: EarningRules,
): ReadonlyArray<InvalidValue> => {
  const { rules, groups = [], caps = [], attributes = [], actions = [] } = earning
  const groupsById = new Map(groups.map((group) => [group.id, group]))
  const rulesById = new Map(rules.map((rule) => [rule.id as string, rule]))
  return [
    ...rateFaults(wallets, rules),
    ...factorFaults(earning),
    ...rules.flatMap((rule, index) =>
      underPath(
        ['rules', index],
        [...walletFaults(wallets, rule), ...groupFaults(groupsById, rule), ...multiplierFaults(rulesById, rule)],
      ),
    ),
    ...repeatedGroups(groups),
    ...mixedGroups(earning),
    ...capFaults(wallets, rules, caps, [...attributes, ...actions.flatMap(({ fields }) => fields)]),
  ]
}
