/** Earning rules made ready to run: conditions compiled once, rates as fractions of integers over one denominator. */
import type { Currency, Duration, ExactInteger, FunderId, WalletId } from '../foundation/index.ts'
import {
  type CompiledCondition,
  type CompiledRuleSet,
  type Condition,
  type ConditionExplanation,
  compileCondition,
  compileExplanation,
  compileRuleSet,
  type Facts,
  type Vocabulary,
} from '../rules/index.ts'
import { type AttributeFaults, attributeFaults } from './attribute-faults.ts'
import type { Cap } from './cap.ts'
import { type CompiledAward, compileAward, isExactAward } from './compile-award.ts'
import { fieldsRead } from './condition-fields.ts'
import type { DeclaredField } from './declared-field.ts'
import {
  activityConditions,
  awardsOf,
  type EarningRule,
  type LotSettings,
  neededFields,
  valueFields,
} from './earning-rule.ts'
import type { EarningRounding, EarningRules, MultiplierStacking, RuleGroup } from './earning-rules.ts'
import { type FactPlan, factPlan } from './facts.ts'
import { leastCommonMultiple, rateOf } from './rate.ts'
import { actionVocabulary, lineVocabulary, orderVocabulary } from './vocabulary.ts'

/** One case of a rule, ready to be asked. */
export interface CompiledCase {
  readonly when: CompiledCondition
  readonly award: CompiledAward
}

/** A rule ready to run. */
export interface CompiledEarningRule {
  readonly rule: EarningRule
  /** Why the rule matches an activity, or not. */
  readonly explain: (facts: Facts) => ConditionExplanation
  /** The rule's own condition, where something else than skipping is to be done when it is unknown. */
  readonly when: CompiledCondition | null
  /** `null`: every line counts. */
  readonly lines: CompiledCondition | null
  /** The fields that it needs, where something else than skipping is to be done without one. */
  readonly needed: ReadonlyArray<string>
  readonly cases: ReadonlyArray<CompiledCase>
  readonly award: CompiledAward | null
  readonly group: RuleGroup | null
  /** Its place in the lots of the wallet. */
  readonly lot: number
  /** Whether nothing but its condition and a cooldown decides that it earns for every line of a purchase. */
  readonly isPlain: boolean
}

/** What becomes of points that one lot is made of; `null`: as the wallet says. */
export interface LotClass {
  readonly kind: 'regular' | 'promotional'
  readonly funder: FunderId | null
  readonly validity: Duration | null
  readonly pending: Duration | null
}

/** The rules that earn in one wallet for one kind of activity. */
export interface CompiledWalletEarning {
  readonly wallet: WalletId
  readonly denominator: ExactInteger
  /** The same as a decimal integer. */
  readonly denominatorText: string
  readonly rules: ReadonlyArray<CompiledEarningRule>
  /** The conditions of the rules, matched together. */
  readonly orders: CompiledRuleSet
  /** The places of the rules that earn, or refuse the activity, where their condition is unknown. */
  readonly asked: ReadonlyArray<number>
  /** The lots that the rules may earn. */
  readonly lots: ReadonlyArray<LotClass>
  /** What limits the points of the wallet, in the order of the program. */
  readonly caps: ReadonlyArray<Cap>
  /** Whether all rules are plain. */
  readonly isPlain: boolean
  /** Whether some rules are in a group of which the best earns, or the first match. */
  readonly hasBest: boolean
  readonly hasFirstMatch: boolean
  /** Whether some rules multiply, or award milestones. */
  readonly hasMultipliers: boolean
  readonly hasMilestones: boolean
}

/** The rules for one kind of activity. */
export interface CompiledActivityEarning {
  readonly vocabulary: Vocabulary
  /** The facts that their conditions read. */
  readonly facts: FactPlan
  /** What is wrong with what an activity says of itself. */
  readonly attributeFaults: AttributeFaults
  readonly wallets: ReadonlyArray<CompiledWalletEarning>
}

/** Earning rules ready to run. */
export interface CompiledEarning {
  readonly currency: Currency
  readonly rounding: EarningRounding
  readonly multipliers: MultiplierStacking
  /** By `purchase`, or the name of an action. */
  readonly activities: ReadonlyMap<string, CompiledActivityEarning>
}

/** What compiling needs to know of a wallet. */
export interface WalletUnit {
  readonly id: WalletId
  readonly decimals: number
}

const always: Condition = { all: [] }

const lotClass = ({ kind = 'regular', funder, validity, pending }: LotSettings): LotClass => ({
  kind,
  funder: funder ?? null,
  validity: validity ?? null,
  pending: pending ?? null,
})

const durationKey = (duration: Duration | null): unknown =>
  duration === null ? null : [duration.amount, duration.unit]

/** Equal settings have equal keys. */
const lotKey = ({ lot = {} }: EarningRule): string => {
  const { kind, funder, validity, pending } = lotClass(lot)
  return JSON.stringify([kind, funder, durationKey(validity), durationKey(pending)])
}

/** The different lots of some rules, by their keys, in the order in which they first come. */
const lotsOf = (rules: ReadonlyArray<EarningRule>): ReadonlyMap<string, LotClass> => {
  const lots = new Map<string, LotClass>()
  for (const rule of rules) {
    const key = lotKey(rule)
    if (!lots.has(key)) lots.set(key, lotClass(rule.lot ?? {}))
  }
  return lots
}

const isPlain = ({ award, cases, lines, group, stop, during, whenUnknown }: EarningRule): boolean =>
  award?.mode === 'linear' && [cases, lines, group, stop, during, whenUnknown].every((part) => part === undefined)

/** What the rules of one kind of activity share. */
interface Compilation {
  readonly currency: Currency
  readonly vocabulary: Vocabulary
  readonly groups: ReadonlyMap<string, RuleGroup>
  readonly caps: ReadonlyArray<Cap>
}

const compileRule = (
  { currency, vocabulary, groups }: Compilation,
  rule: EarningRule,
  lot: number,
  award: (award: Parameters<typeof compileAward>[0]) => CompiledAward,
): CompiledEarningRule => {
  const decides = rule.whenUnknown === 'earn' || rule.whenUnknown === 'reject'
  return {
    rule,
    explain: compileExplanation(vocabulary, rule.when ?? always),
    when: decides ? compileCondition(vocabulary, rule.when ?? always) : null,
    lines: rule.lines === undefined ? null : compileCondition(lineVocabulary(currency), rule.lines),
    needed: decides ? neededFields(rule) : [],
    cases: (rule.cases ?? []).map((one) => ({
      when: compileCondition(vocabulary, one.when),
      award: award(one.award),
    })),
    award: rule.award === null ? null : award(rule.award),
    group: (rule.group === undefined ? undefined : groups.get(rule.group)) ?? null,
    lot,
    isPlain: isPlain(rule),
  }
}

const compileWallet = (
  compilation: Compilation,
  { id, decimals }: WalletUnit,
  rules: ReadonlyArray<EarningRule>,
): CompiledWalletEarning => {
  const denominator = rules
    .flatMap((rule) => awardsOf(rule).map(({ award }) => rateOf(award, decimals).denominator))
    .reduce<ExactInteger>(leastCommonMultiple, 1)
  const modes = new Set(rules.flatMap((rule) => awardsOf(rule).map(({ award }) => award.mode)))
  const lots = lotsOf(rules)
  const places = new Map([...lots.keys()].map((key, place) => [key, place]))
  const compiled = rules.map((rule) =>
    compileRule(compilation, rule, places.get(lotKey(rule)) ?? 0, (award) =>
      compileAward(award, decimals, denominator),
    ),
  )
  return {
    wallet: id,
    denominator,
    denominatorText: String(denominator),
    rules: compiled,
    orders: compileRuleSet(
      compilation.vocabulary,
      rules.map(({ when }) => when ?? always),
    ),
    asked: compiled.flatMap(({ when }, index) => (when === null ? [] : [index])),
    lots: [...lots.values()],
    caps: compilation.caps.filter(({ wallet }) => wallet === id),
    isPlain: compiled.every((one) => one.isPlain),
    hasBest: compiled.some(({ group }) => group?.mode === 'best'),
    hasFirstMatch: compiled.some(({ group }) => group?.mode === 'firstMatch'),
    hasMultipliers: modes.has('multiplier'),
    hasMilestones: modes.has('milestone'),
  }
}

const compileActivity = (
  compilation: Omit<Compilation, 'vocabulary'>,
  isOrder: boolean,
  declared: ReadonlyArray<DeclaredField>,
  wallets: ReadonlyArray<WalletUnit>,
  rules: ReadonlyArray<EarningRule>,
): CompiledActivityEarning => {
  const read = new Set([...fieldsRead(rules.flatMap(activityConditions)), ...rules.flatMap(valueFields)])
  const whole = isOrder ? orderVocabulary(compilation.currency, declared) : actionVocabulary(declared)
  const vocabulary = { fields: whole.fields.filter(({ name }) => read.has(name)) }
  return {
    vocabulary,
    facts: factPlan(isOrder, read),
    attributeFaults: attributeFaults(declared),
    wallets: wallets.flatMap((wallet) => {
      const own = rules.filter((rule) => rule.wallet === wallet.id || rule.also?.includes(wallet.id) === true)
      return own.length === 0 ? [] : [compileWallet({ ...compilation, vocabulary }, wallet, own)]
    }),
  }
}

/**
 * Makes earning rules ready to run.
 *
 * @param currency - the program's currency
 * @param wallets - the wallets that rules may name, with the fraction digits of their points
 * @param earning - the rules; left out is one that names another wallet or action, or awards what is no number of points
 *   for an amount above zero (a program with such a rule does not decode)
 *
 * @example
 * ```ts
 * import { compileEarning, type Currency, type WalletId } from 'treue'
 *
 * const wallets = [{ id: 'points' as WalletId, decimals: 0 }]
 * const compiled = compileEarning('EUR' as Currency, wallets, { rounding: { mode: 'floor', on: 'order' }, rules: [] })
 * compiled.activities.get('purchase')?.wallets // => []
 * ```
 */
export const compileEarning = (
  currency: Currency,
  wallets: ReadonlyArray<WalletUnit>,
  earning: EarningRules,
): CompiledEarning => {
  const { rounding, multipliers = 'sumOfBonuses', attributes = [], actions = [], caps = [] } = earning
  const groups = new Map((earning.groups ?? []).map((group) => [group.id, group]))
  const exact = earning.rules.filter((rule) => awardsOf(rule).every(({ award }) => isExactAward(award)))
  const on = (name: string): ReadonlyArray<EarningRule> => exact.filter((rule) => (rule.on ?? 'purchase') === name)
  const shared = { currency, groups, caps }
  return {
    currency,
    rounding,
    multipliers,
    activities: new Map([
      ...actions.map(({ name, fields }) => [name, compileActivity(shared, false, fields, wallets, on(name))] as const),
      ['purchase', compileActivity(shared, true, attributes, wallets, on('purchase'))] as const,
    ]),
  }
}
