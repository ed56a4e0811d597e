// The codes under which complaints, and reasons for leaving, are filed.

import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  invalidValue,
  nullableCodec,
  ReasonId,
  structCodec,
} from '../foundation/index.ts'

/** One reason that can be given. */
export interface Reason {
  readonly id: ReasonId
  /** The wider reason that it belongs to, which stands before it; `null` for one of the widest. */
  readonly parent: ReasonId | null
}

/** All reasons that can be given, wider ones before those that belong to them. */
export interface ReasonTaxonomy {
  readonly reasons: ReadonlyArray<Reason>
}

const deepestLevel = 10

/** How deep each reason is, the widest being 1; a parent that does not stand before it makes it one of those. */
const levelsOf = (reasons: ReadonlyArray<Reason>): ReadonlyMap<string, number> => {
  const levels = new Map<string, number>()
  for (const { id, parent } of reasons) levels.set(id, 1 + (parent === null ? 0 : (levels.get(parent) ?? 0)))
  return levels
}

const taxonomyFaults = ({ reasons }: ReasonTaxonomy): ReadonlyArray<InvalidValue> => {
  const levels = levelsOf(reasons)
  const seen = new Set<string>()
  return reasons.flatMap(({ id, parent }, at) => {
    const faults: Array<InvalidValue> = []
    if (seen.has(id)) faults.push(invalidValue(['reasons', at, 'id'], id, 'an id that no other reason has'))
    if (parent !== null && !seen.has(parent)) {
      faults.push(invalidValue(['reasons', at, 'parent'], parent, 'the id of a reason that stands before this one'))
    }
    if ((levels.get(id) ?? 1) > deepestLevel) {
      faults.push(invalidValue(['reasons', at, 'parent'], parent, `a reason with at most ${deepestLevel - 2} above it`))
    }
    seen.add(id)
    return faults
  })
}

/**
 * Reads a {@link ReasonTaxonomy} of at most 1,000 reasons on at most 10 levels.
 *
 * @example
 * ```ts
 * import { decode, ReasonTaxonomy } from 'treue'
 *
 * const reasons = [{ id: 'delivery', parent: null }, { id: 'late', parent: 'delivery' }]
 * decode(ReasonTaxonomy, { reasons })._tag // => 'Right'
 * decode(ReasonTaxonomy, { reasons: [...reasons].reverse() })._tag // => 'Left'
 * ```
 */
export const ReasonTaxonomy: Codec<ReasonTaxonomy, unknown> = /* @__PURE__ */ constrainCodec<ReasonTaxonomy, unknown>(
  /* @__PURE__ */ structCodec('ReasonTaxonomy', {
    reasons: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('Reason', { id: ReasonId, parent: /* @__PURE__ */ nullableCodec(ReasonId) }),
      { maxLength: 1_000 },
    ),
  }),
  taxonomyFaults,
)

const taxonomyOf = (groups: ReadonlyArray<readonly [wide: string, narrow: ReadonlyArray<string>]>): ReasonTaxonomy => ({
  reasons: groups.flatMap(
    ([wide, narrow]): ReadonlyArray<Reason> => [
      { id: wide as ReasonId, parent: null },
      ...narrow.map((id) => ({ id: id as ReasonId, parent: wide as ReasonId })),
    ],
  ),
})

/** Common reasons for complaints of shops and services. */
export const complaintReasons: ReasonTaxonomy = /* @__PURE__ */ taxonomyOf([
  ['product', ['defective', 'notAsDescribed', 'poorQuality', 'outOfStock', 'unsafe']],
  ['delivery', ['late', 'damaged', 'lost', 'wrongItem', 'incomplete']],
  ['returns', ['returnRefused', 'refundLate', 'refundWrong', 'exchange']],
  ['billing', ['overcharged', 'chargedTwice', 'hiddenCost', 'discountMissing', 'invoice']],
  ['service', ['unreachable', 'slow', 'unfriendly', 'wrongInformation', 'promiseBroken']],
  ['digital', ['signIn', 'outage', 'error', 'hardToUse']],
  ['loyalty', ['pointsMissing', 'pointsExpired', 'rewardUnavailable', 'tierLost']],
  ['privacy', ['unwantedContact', 'dataMisused']],
  ['other', []],
])

/** Common reasons for leaving, those that nobody chose under `involuntary`. */
export const leavingReasons: ReasonTaxonomy = /* @__PURE__ */ taxonomyOf([
  ['price', ['tooExpensive', 'priceIncrease', 'noBudget']],
  ['product', ['missingFeature', 'poorQuality', 'unreliable', 'tooComplex']],
  ['service', ['support', 'delivery', 'billingProblem']],
  ['competitor', ['cheaperElsewhere', 'betterElsewhere']],
  ['need', ['noLongerNeeded', 'tooLittleUsed', 'pausing', 'projectEnded']],
  ['circumstance', ['moved', 'businessClosed', 'changeOfOwner']],
  ['involuntary', ['paymentFailed', 'fraud', 'termsBroken', 'deceased']],
  ['other', []],
])
