/** Who may be referred, by whom, and which purchase makes a referral count: as data. */
import {
  arrayCodec,
  booleanCodec,
  type Codec,
  Duration,
  integerCodec,
  Money,
  nullableCodec,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'

/** The terms under which a referral counts. What costs nothing, was given away or entered by hand never counts (S53). */
export interface EligibilityPolicy {
  /** Whether the referee may not have been a customer before; who deletes an account and returns is no new customer. */
  readonly newCustomersOnly: boolean
  /** What the referee has to spend on lines that count, in one purchase. */
  readonly minimumSpend: Money
  /** The referee's how many-th purchase counts, from 1; `null`: any. */
  readonly purchaseNumber: number | null
  /** How long after enrolling the referee has for it; `null`: without end. The end itself is too late. */
  readonly within: Duration | null
  /** Where the purchase may be made; `null`: anywhere. */
  readonly channels: ReadonlyArray<string> | null
  /** Of which categories lines count; `null`: of all and of none. */
  readonly categories: ReadonlyArray<string> | null
  /** Of which categories lines do not count, whatever else they are in. */
  readonly exceptCategories: ReadonlyArray<string>
}

const texts = /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 10_000 })

/**
 * Reads an {@link EligibilityPolicy}.
 *
 * @example
 * ```ts
 * import { decode, EligibilityPolicy } from 'treue'
 *
 * const json = {
 *   newCustomersOnly: true,
 *   minimumSpend: { amount: '50.00', currency: 'EUR' },
 *   purchaseNumber: 1,
 *   within: { amount: 90, unit: 'day' },
 *   channels: null,
 *   categories: null,
 *   exceptCategories: ['gift cards'],
 * }
 * decode(EligibilityPolicy, json)._tag // => 'Right'
 * ```
 */
export const EligibilityPolicy: Codec<EligibilityPolicy, unknown> = /* @__PURE__ */ structCodec('EligibilityPolicy', {
  newCustomersOnly: booleanCodec,
  minimumSpend: /* @__PURE__ */ refineCodec(Money, 'MinimumSpend', 'an amount of 0 or more', ({ minor }) => minor >= 0),
  purchaseNumber: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000 })),
  within: /* @__PURE__ */ nullableCodec(Duration),
  channels: /* @__PURE__ */ nullableCodec(texts),
  categories: /* @__PURE__ */ nullableCodec(texts),
  exceptCategories: texts,
})
