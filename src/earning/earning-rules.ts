/** The earning part of a program as data. */
import {
  arrayCodec,
  type Codec,
  type Currency,
  type JsonSchema,
  literalCodec,
  RoundingMode,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import type { EarningScope } from './award.ts'
import { Basis } from './basis.ts'
import { Cap } from './cap.ts'
import { type DeclaredAction, type DeclaredField, declaredActionsCodec, declaredFieldsCodec } from './declared-field.ts'
import { dependentCodec, partOf } from './dependent-codec.ts'
import { type Declarations, type EarningRule, earningRuleCodec, openRuleCodec } from './earning-rule.ts'
import { BUILT_IN_FIELDS } from './vocabulary.ts'

/** How raw points become whole ones: one rounding for the sum over all rules, on the order or on each line (S4, S6). */
export interface EarningRounding {
  readonly mode: RoundingMode
  readonly on: EarningScope
}

/**
 * How several multipliers on one line combine (S5): ×1.5 and ×2 are ×3 as `product`, ×2.5 as `sumOfBonuses`
 * (1 + 0.5 + 1, and never below 0), ×2 as `best`.
 */
export type MultiplierStacking = 'product' | 'sumOfBonuses' | 'best'

/** Rules of which all that match earn, or the first in the order of the program, or the one with the most points (S9). */
export interface RuleGroup {
  readonly id: string
  readonly mode: 'collect' | 'firstMatch' | 'best'
}

/** The earning part of a program. */
export interface EarningRules {
  readonly rounding: EarningRounding
  readonly rules: ReadonlyArray<EarningRule>
  /** What of a purchase counts. Default: the amount of every line. */
  readonly basis?: Basis
  /** Default `sumOfBonuses`, which never surprises by its size. */
  readonly multipliers?: MultiplierStacking
  readonly groups?: ReadonlyArray<RuleGroup>
  /** Limits on what is earned, in the order in which they cut. Default: none. */
  readonly caps?: ReadonlyArray<Cap>
  /** The program's own fields of purchases. */
  readonly attributes?: ReadonlyArray<DeclaredField>
  /** What members do beside buying. */
  readonly actions?: ReadonlyArray<DeclaredAction>
}

/**
 * Reads an {@link EarningRounding}.
 *
 * @example
 * ```ts
 * import { decode, EarningRounding } from 'treue'
 *
 * decode(EarningRounding, { mode: 'floor', on: 'order' })._tag // => 'Right'
 * ```
 */
export const EarningRounding: Codec<EarningRounding, unknown> = /* @__PURE__ */ structCodec('EarningRounding', {
  mode: RoundingMode,
  on: /* @__PURE__ */ literalCodec('order', 'line'),
})

const groupCodec: Codec<RuleGroup, unknown> = /* @__PURE__ */ structCodec('RuleGroup', {
  id: /* @__PURE__ */ refineCodec(stringCodec, 'GroupName', 'a name', (text) => text !== '', { minLength: 1 }),
  mode: /* @__PURE__ */ literalCodec('collect', 'firstMatch', 'best'),
})

const fieldsCodec: Codec<ReadonlyArray<DeclaredField>, unknown> = /* @__PURE__ */ declaredFieldsCodec(
  BUILT_IN_FIELDS,
  1_000,
)
const actionsCodec: Codec<ReadonlyArray<DeclaredAction>, unknown> = /* @__PURE__ */ declaredActionsCodec(
  BUILT_IN_FIELDS,
)

/** What some JSON declares, as far as it is right: what is wrong with it is reported where it stands. */
const declarationsOf = (input: unknown): Declarations => {
  const [attributes, actions] = [partOf(input, 'attributes'), partOf(input, 'actions')]
  const [ofPurchases, ofActions] = [fieldsCodec.decode(attributes), actionsCodec.decode(actions)]
  return {
    ...(ofPurchases._tag === 'Right' ? { attributes: ofPurchases.right } : {}),
    ...(ofActions._tag === 'Right' ? { actions: ofActions.right } : {}),
  }
}

const formCodec = (currency: Currency, declarations: Declarations): Codec<EarningRules, unknown> =>
  structCodec(
    'EarningRules',
    { rounding: EarningRounding, rules: arrayCodec(earningRuleCodec(currency, declarations), { maxLength: 10_000 }) },
    {
      basis: Basis,
      multipliers: literalCodec('product', 'sumOfBonuses', 'best'),
      groups: arrayCodec(groupCodec, { maxLength: 1_000 }),
      caps: arrayCodec(Cap, { maxLength: 1_000 }),
      attributes: fieldsCodec,
      actions: actionsCodec,
    },
  )

/** A JSON Schema cannot say that conditions read what is declared beside them: there it says all but that of rules. */
const withDeclared = (schema: JsonSchema, rules: JsonSchema): JsonSchema => ({
  ...schema,
  properties: { ...(schema['properties'] as JsonSchema), rules },
  anyOf: [{ required: ['attributes'] }, { required: ['actions'] }],
})

/**
 * A codec of the earning part of a program; {@link earningFaults} also checks that its parts fit together.
 *
 * @param currency - the program's currency: amounts in conditions and awards are in it
 *
 * @example
 * ```ts
 * import { type Currency, decode, earningRulesCodec } from 'treue'
 *
 * const json = {
 *   rounding: { mode: 'floor', on: 'order' },
 *   actions: [{ name: 'review', fields: [{ name: 'stars', type: 'integer', required: true }] }],
 *   rules: [{ id: 'review', wallet: 'points', on: 'review', award: { mode: 'fixed', points: '10' } }],
 * }
 * decode(earningRulesCodec('EUR' as Currency), json)._tag // => 'Right'
 * decode(earningRulesCodec('EUR' as Currency), { ...json, actions: [] })._tag // => 'Left'
 * ```
 */
export const earningRulesCodec = (currency: Currency): Codec<EarningRules, unknown> => {
  const plain = formCodec(currency, {})
  // The last one is kept: reading, checking and writing one program ask for the same.
  let last = { key: JSON.stringify({}), codec: plain }
  const choose = (input: unknown): Codec<EarningRules, unknown> => {
    const declarations = declarationsOf(input)
    const key = JSON.stringify(declarations)
    if (key !== last.key) last = { key, codec: formCodec(currency, declarations) }
    return last.codec
  }
  return dependentCodec(plain, choose, (builder) => {
    const schema = plain['~parts'].schema(builder)
    const rules = arrayCodec(openRuleCodec(currency), { maxLength: 10_000 })['~parts'].schema(builder)
    return { title: 'EarningRules', anyOf: [schema, withDeclared(schema, rules)] }
  })
}
