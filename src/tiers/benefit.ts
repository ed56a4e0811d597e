/** What a tier gives, as data. */
import {
  type Codec,
  integerCodec,
  literalCodec,
  refineCodec,
  stringCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'

/** A benefit that is there or is not, such as free shipping. */
export interface FlagBenefit {
  readonly type: 'flag'
  readonly id: string
}

/** A benefit with a size in whole units of its own, such as a multiplier in hundredths or vouchers a year. */
export interface NumberBenefit {
  readonly type: 'number'
  readonly id: string
  readonly value: number
  /** What several tiers at once give: the largest, the smallest, such as a waiting time, or all of it. */
  readonly combine: 'max' | 'min' | 'sum'
}

/** What a tier gives. */
export type Benefit = FlagBenefit | NumberBenefit

const id: Codec<string, unknown> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'BenefitId',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/**
 * Reads a {@link Benefit}.
 *
 * @example
 * ```ts
 * import { Benefit, decode } from 'treue'
 *
 * decode(Benefit, { type: 'number', id: 'multiplier', value: 150, combine: 'max' })._tag // => 'Right'
 * decode(Benefit, { type: 'flag', id: 'lounge' })._tag // => 'Right'
 * ```
 */
export const Benefit: Codec<Benefit, unknown> = /* @__PURE__ */ unionCodec('Benefit', 'type', {
  flag: /* @__PURE__ */ structCodec('FlagBenefit', { type: /* @__PURE__ */ literalCodec('flag'), id }),
  number: /* @__PURE__ */ structCodec('NumberBenefit', {
    type: /* @__PURE__ */ literalCodec('number'),
    id,
    value: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    combine: /* @__PURE__ */ literalCodec('max', 'min', 'sum'),
  }),
})
