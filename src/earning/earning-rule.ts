/** An earning rule as data: which lines of which orders, or which actions, earn how much in which wallet. */
import {
  arrayCodec,
  booleanCodec,
  CampaignId,
  type Codec,
  type Currency,
  constrainCodec,
  Duration,
  FunderId,
  type InvalidValue,
  invalidValue,
  literalCodec,
  nullableCodec,
  RuleId,
  refineCodec,
  stringCodec,
  structCodec,
  underPath,
  WalletId,
} from '../foundation/index.ts'
import { type Condition, conditionCodec, openConditionCodec, type Vocabulary } from '../rules/index.ts'
import { type Award, awardCodec, type CaseAward, caseAwardCodec } from './award.ts'
import { fieldsNeeded } from './condition-fields.ts'
import type { DeclaredAction, DeclaredField } from './declared-field.ts'
import { dependentCodec, partOf } from './dependent-codec.ts'
import { Schedule } from './schedule.ts'
import { actionVocabulary, fieldsThatCanBeMissing, lineVocabulary, orderVocabulary } from './vocabulary.ts'

/**
 * What to do where it cannot be known whether a condition holds, because a fact is missing: the rule does not earn, it
 * earns, or the activity is refused.
 */
export type WhenUnknown = 'skip' | 'earn' | 'reject'

/** One case of a rule: the first whose condition holds decides what the rule awards (S9). */
export interface EarningCase {
  readonly when: Condition
  readonly award: CaseAward
}

/** What becomes of the points of a rule: rules with equal settings earn one lot together. */
export interface LotSettings {
  /** Default `regular`. */
  readonly kind?: 'regular' | 'promotional'
  /** Who pays for the points. Default: nobody in particular. */
  readonly funder?: FunderId
  /** How long they are valid. Default: as the wallet says. */
  readonly validity?: Duration
  /** How long they are pending. Default: as the wallet says. */
  readonly pending?: Duration
}

/** A rule by which purchases or actions earn points. */
export interface EarningRule {
  readonly id: RuleId
  readonly wallet: WalletId
  /** Further wallets that get the same award, such as one for qualifying points beside the redeemable ones. */
  readonly also?: ReadonlyArray<WalletId>
  /** `purchase`, or the name of an action of the program; by default `purchase`. */
  readonly on?: string
  /** The activities that earn; by default all. */
  readonly when?: Condition
  /** The lines that count; by default all. */
  readonly lines?: Condition
  /** Needed where a condition reads a field that can be missing. */
  readonly whenUnknown?: WhenUnknown
  /** Cases that come before `award`: the first that holds decides (S9). */
  readonly cases?: ReadonlyArray<EarningCase>
  /** What is awarded where no case holds; `null`: nothing. */
  readonly award: Award | null
  /** The group of rules of which all, the first, or the best earns; by default each rule earns by itself. */
  readonly group?: string
  /** Whether the rules after this one do not earn in its wallets where it does; by default they do. */
  readonly stop?: boolean
  /** The campaign that caps may count. */
  readonly campaign?: CampaignId
  /** When the rule earns; by default always. */
  readonly during?: Schedule
  /** How long the rule does not match again for a member after it did; by default it always does. */
  readonly cooldown?: Duration
  readonly lot?: LotSettings
}

const lotCodec: Codec<LotSettings, unknown> = /* @__PURE__ */ structCodec(
  'LotSettings',
  {},
  {
    kind: /* @__PURE__ */ literalCodec('regular', 'promotional'),
    funder: FunderId,
    validity: Duration,
    pending: Duration,
  },
)

const groupName: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'GroupName',
  'a name of 1 to 100 characters',
  (text) => text.length > 0 && text.length <= 100,
  { minLength: 1, maxLength: 100 },
)

/** The keys that every rule may have. */
const commonKeys = {
  also: /* @__PURE__ */ arrayCodec(WalletId, { minLength: 1, maxLength: 100 }),
  whenUnknown: /* @__PURE__ */ literalCodec('skip', 'earn', 'reject'),
  group: groupName,
  stop: booleanCodec,
  campaign: CampaignId,
  during: Schedule,
  cooldown: Duration,
  lot: lotCodec,
}

/** What a program declares beside its rules. */
export interface Declarations {
  /** Fields of purchases. */
  readonly attributes?: ReadonlyArray<DeclaredField>
  readonly actions?: ReadonlyArray<DeclaredAction>
}

/** The awards of a rule: those of its cases, then its own, with their paths. */
export const awardsOf = ({
  cases = [],
  award,
}: EarningRule): ReadonlyArray<{ readonly award: Award; readonly path: ReadonlyArray<string | number> }> => [
  ...cases.map((one, index) => ({ award: one.award, path: ['cases', index, 'award'] })),
  ...(award === null ? [] : [{ award, path: ['award'] }]),
]

/** The conditions of a rule that are asked of the whole activity. */
export const activityConditions = ({ when, cases = [] }: EarningRule): ReadonlyArray<Condition> => [
  ...(when === undefined ? [] : [when]),
  ...cases.map((one) => one.when),
]

/** The fields whose values are multiplied. */
export const valueFields = (rule: EarningRule): ReadonlyArray<string> =>
  awardsOf(rule).flatMap(({ award }) => (award.mode === 'perValue' ? [award.field] : []))

/** The fields of activities and of lines without which a rule may not be counted. */
export const neededFields = (rule: EarningRule): ReadonlyArray<string> => {
  const ofLines = rule.lines === undefined ? [] : [rule.lines]
  return [...new Set([...fieldsNeeded([...activityConditions(rule), ...ofLines]), ...valueFields(rule)])]
}

/** Those of them that can be missing. */
const uncertainFields = (rule: EarningRule, declared: ReadonlyArray<DeclaredField>): ReadonlyArray<string> => {
  const uncertain = new Set([
    ...fieldsThatCanBeMissing,
    ...declared.filter(({ required }) => required !== true).map(({ name }) => name),
  ])
  return neededFields(rule).filter((field) => uncertain.has(field))
}

const PURCHASE_AWARDS: ReadonlySet<string> = /* @__PURE__ */ new Set(['step', 'linear', 'perItem'])

const awardFaults = (award: Award, { fields }: Vocabulary, isPurchase: boolean): ReadonlyArray<InvalidValue> => {
  if (!isPurchase && PURCHASE_AWARDS.has(award.mode)) {
    return [invalidValue(['mode'], award.mode, 'an award for an action: it has no lines')]
  }
  if (!isPurchase && award.mode === 'milestone' && award.of !== 'times') {
    return [invalidValue(['of'], award.of, '"times": an action is no order')]
  }
  if (award.mode !== 'perValue') return []
  const field = fields.find(({ name }) => name === award.field)
  return field?.type === 'integer' ? [] : [invalidValue(['field'], award.field, 'a field that holds an integer')]
}

const ruleFaults =
  (vocabulary: Vocabulary, declared: ReadonlyArray<DeclaredField>, isPurchase: boolean) =>
  (rule: EarningRule): ReadonlyArray<InvalidValue> => {
    const uncertain = rule.whenUnknown === undefined ? uncertainFields(rule, declared) : []
    const unsaid =
      uncertain.length === 0
        ? []
        : [
            invalidValue(
              ['whenUnknown'],
              undefined,
              `skip, earn or reject, since the rule reads what can be missing: ${uncertain.join(', ')}`,
            ),
          ]
    const nothing =
      rule.award === null && rule.cases === undefined
        ? [invalidValue(['award'], null, 'an award, where the rule has no cases')]
        : []
    const awards = awardsOf(rule).flatMap(({ award, path }) =>
      underPath(path, awardFaults(award, vocabulary, isPurchase)),
    )
    return [...unsaid, ...nothing, ...awards]
  }

/** The form of a rule, with the codec of its conditions on activities and of the name of what it is about. */
const formCodec = (
  currency: Currency,
  on: Codec<string>,
  condition: Codec<Condition, unknown>,
  hasLines: boolean,
): Codec<EarningRule, unknown> =>
  structCodec(
    'EarningRule',
    { id: RuleId, wallet: WalletId, award: nullableCodec(awardCodec(currency)) },
    {
      on,
      when: condition,
      ...(hasLines ? { lines: conditionCodec(lineVocabulary(currency)) } : {}),
      cases: arrayCodec(structCodec('EarningCase', { when: condition, award: caseAwardCodec(currency) }), {
        minLength: 1,
        maxLength: 1_000,
      }),
      ...commonKeys,
    },
  ) as unknown as Codec<EarningRule, unknown>

/**
 * The form of rules of any activity, whose conditions may be about whatever the program declares: what a JSON Schema can
 * say of them, where a schema cannot look at the declarations.
 */
export const openRuleCodec = (currency: Currency): Codec<EarningRule, unknown> => {
  return formCodec(currency, stringCodec, openConditionCodec(orderVocabulary(currency)), true)
}

/** Rules on one kind of activity. */
const ruleCodecOn = (
  currency: Currency,
  on: string,
  vocabulary: Vocabulary,
  declared: ReadonlyArray<DeclaredField>,
): Codec<EarningRule, unknown> => {
  const isPurchase = on === 'purchase'
  const name = refineCodec(
    stringCodec,
    'ActionName',
    'purchase, or the name of an action that the program declares',
    (text) => text === on,
    { const: on },
  )
  const form = formCodec(currency, name, conditionCodec(vocabulary), isPurchase)
  return constrainCodec(form, ruleFaults(vocabulary, declared, isPurchase))
}

/**
 * A codec of earning rules in a currency.
 *
 * @param currency - the program's currency: amounts in conditions and awards are in it
 * @param declarations - the fields and actions that the program declares; none by default
 *
 * @example
 * ```ts
 * import { type Currency, decode, earningRuleCodec } from 'treue'
 *
 * const json = {
 *   id: 'books',
 *   wallet: 'points',
 *   lines: { field: 'categories', hasAny: ['books'] },
 *   award: { mode: 'step', points: '5', per: { amount: '2.50', currency: 'EUR' }, on: 'order' },
 * }
 * decode(earningRuleCodec('EUR' as Currency), json)._tag // => 'Right'
 * const online = { ...json, when: { field: 'channel', is: 'web' } }
 * decode(earningRuleCodec('EUR' as Currency), online)._tag // => 'Left'
 * decode(earningRuleCodec('EUR' as Currency), { ...online, whenUnknown: 'skip' })._tag // => 'Right'
 * ```
 */
export const earningRuleCodec = (
  currency: Currency,
  { attributes = [], actions = [] }: Declarations = {},
): Codec<EarningRule, unknown> => {
  const onPurchase = ruleCodecOn(currency, 'purchase', orderVocabulary(currency, attributes), attributes)
  const onAction = new Map(
    actions.map(({ name, fields }) => [name, ruleCodecOn(currency, name, actionVocabulary(fields), fields)] as const),
  )
  const all = [onPurchase, ...onAction.values()]
  return dependentCodec(
    onPurchase,
    (input) => onAction.get(partOf(input, 'on') as string) ?? onPurchase,
    (builder) =>
      all.length === 1
        ? onPurchase['~parts'].schema(builder)
        : { title: 'EarningRule', anyOf: all.map((codec) => codec['~parts'].schema(builder)) },
  )
}
