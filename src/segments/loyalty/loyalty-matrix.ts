// Loyalty is more than buying again: attitude and behaviour together, and what stands behind buying without liking.

import { type Either, isLeft, right } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type Codec,
  constrainCodec,
  decode,
  type EmptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  numberCodec,
  type OutOfRange,
  outOfRange,
  structCodec,
  unionCodec,
} from '../../foundation/index.ts'
import { type ProportionInterval, wilsonInterval } from '../../statistics/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'

/** What a customer's attitude is told by: the answer from 0 to 10 to "would you recommend us", or another rating. */
export type AttitudeScale =
  | { readonly of: 'recommendation'; readonly highFrom: number }
  | { readonly of: 'rating'; readonly least: number; readonly most: number; readonly highFrom: number }

/** What a customer's behaviour is told by: the share of what they spend on the category, or how often they ordered. */
export type PatronageScale =
  | { readonly of: 'shareOfWallet'; readonly highFrom: number }
  | { readonly of: 'orders'; readonly highFrom: number }

/** From where on attitude and patronage are high. */
export interface LoyaltyDefinition {
  readonly attitude: AttitudeScale
  readonly patronage: PatronageScale
}

const withinScale = (attitude: AttitudeScale): ReadonlyArray<InvalidValue> => {
  if (attitude.of === 'recommendation') return []
  const { least, most, highFrom } = attitude
  return [
    ...(least < most ? [] : [invalidValue(['most'], most, `more than ${least}`)]),
    ...(highFrom > least && highFrom <= most
      ? []
      : [invalidValue(['highFrom'], highFrom, `above ${least}, at most ${most}`)]),
  ]
}

const rating: Codec<number> = /* @__PURE__ */ numberCodec({ min: -1e6, max: 1e6 })

const attitudeCodec: Codec<AttitudeScale> = /* @__PURE__ */ constrainCodec<AttitudeScale, AttitudeScale>(
  /* @__PURE__ */ unionCodec('AttitudeScale', 'of', {
    recommendation: /* @__PURE__ */ structCodec('RecommendationScale', {
      of: /* @__PURE__ */ literalCodec('recommendation'),
      highFrom: /* @__PURE__ */ integerCodec({ min: 1, max: 10 }),
    }),
    rating: /* @__PURE__ */ structCodec('AttitudeRatingScale', {
      of: /* @__PURE__ */ literalCodec('rating'),
      least: rating,
      most: rating,
      highFrom: rating,
    }),
  }),
  withinScale,
)

/**
 * Reads a {@link LoyaltyDefinition}.
 *
 * @example
 * ```ts
 * import { decode, LoyaltyDefinition } from 'treue'
 *
 * const patronage = { of: 'shareOfWallet', highFrom: 0.5 }
 * decode(LoyaltyDefinition, { attitude: { of: 'recommendation', highFrom: 9 }, patronage })._tag // => 'Right'
 * decode(LoyaltyDefinition, { attitude: { of: 'rating', least: 1, most: 5, highFrom: 6 }, patronage })._tag // => 'Left'
 * ```
 */
export const LoyaltyDefinition: Codec<LoyaltyDefinition> = /* @__PURE__ */ structCodec('LoyaltyDefinition', {
  attitude: attitudeCodec,
  patronage: /* @__PURE__ */ unionCodec('PatronageScale', 'of', {
    shareOfWallet: /* @__PURE__ */ structCodec('ShareOfWalletScale', {
      of: /* @__PURE__ */ literalCodec('shareOfWallet'),
      highFrom: /* @__PURE__ */ numberCodec({ min: 0.001, max: 1 }),
    }),
    orders: /* @__PURE__ */ structCodec('OrdersScale', {
      of: /* @__PURE__ */ literalCodec('orders'),
      highFrom: /* @__PURE__ */ integerCodec({ min: 1 }),
    }),
  }),
})

/** What is known of a customer. */
export interface LoyaltyFacts {
  /** On the scale of the definition. */
  readonly attitude: number
  /** On the scale of the definition. */
  readonly patronage: number
  /** Between how many other sellers the customer can choose; `null` where that isn't known. */
  readonly alternatives: number | null
}

/**
 * `true`: likes us and buys; `latent`: likes us and buys elsewhere, so something is in the way; `spurious`: buys without
 * liking us; `none`: neither.
 */
export type LoyaltyKind = 'true' | 'latent' | 'spurious' | 'none'

/** Where a customer stands, and what stands behind it. */
export interface Loyalty {
  readonly kind: LoyaltyKind
  /** Buys much and could not buy elsewhere: their retention says nothing of loyalty, and ends with the first alternative. */
  readonly captive: boolean
  /** Of spurious loyalty: no alternatives, or habit, price or convenience in spite of them; otherwise `null`. */
  readonly cause: 'noAlternatives' | 'inertia' | 'unknown' | null
}

const kinds = {
  high: { high: 'true', low: 'latent' },
  low: { high: 'spurious', low: 'none' },
} as const

const causeOf = (alternatives: number | null): 'noAlternatives' | 'inertia' | 'unknown' => {
  if (alternatives === null) return 'unknown'
  return alternatives === 0 ? 'noAlternatives' : 'inertia'
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const attitudeFaults = (scale: AttitudeScale, value: number): ReadonlyArray<OutOfRange> => {
  if (scale.of === 'rating') {
    return value >= scale.least && value <= scale.most
      ? []
      : [outOfRange(['attitude'], value, `a number from ${scale.least} to ${scale.most}`)]
  }
  return isCount(value) && value <= 10 ? [] : [outOfRange(['attitude'], value, 'a whole number from 0 to 10')]
}

const patronageFaults = (scale: PatronageScale, value: number): ReadonlyArray<OutOfRange> => {
  if (scale.of === 'orders') {
    return isCount(value) ? [] : [outOfRange(['patronage'], value, 'a whole number from 0')]
  }
  return value >= 0 && value <= 1 ? [] : [outOfRange(['patronage'], value, 'a share from 0 to 1')]
}

const classified = (definition: LoyaltyDefinition, facts: LoyaltyFacts): Loyalty => {
  const attitude = facts.attitude >= definition.attitude.highFrom ? 'high' : 'low'
  const patronage = facts.patronage >= definition.patronage.highFrom ? 'high' : 'low'
  const kind = kinds[attitude][patronage]
  return {
    kind,
    captive: patronage === 'high' && facts.alternatives === 0,
    cause: kind === 'spurious' ? causeOf(facts.alternatives) : null,
  }
}

const factFaults = ({ attitude, patronage }: LoyaltyDefinition, facts: LoyaltyFacts): ReadonlyArray<OutOfRange> => [
  ...attitudeFaults(attitude, facts.attitude),
  ...patronageFaults(patronage, facts.patronage),
  ...(facts.alternatives === null || isCount(facts.alternatives)
    ? []
    : [outOfRange(['alternatives'], facts.alternatives, 'a whole number from 0, or null')]),
]

/**
 * Where a customer stands between attitude and behaviour.
 *
 * Source: A. S. Dick & K. Basu, Journal of the Academy of Marketing Science 22 (1994).
 *
 * @param definition from where on attitude and patronage are high
 * @param facts what is known of the customer
 * @returns `InvalidValue` for what is wrong with the definition, `OutOfRange` for facts outside their scales.
 * @example
 * ```ts
 * import { loyaltyOf, type LoyaltyDefinition, unwrap } from 'treue'
 *
 * const definition: LoyaltyDefinition = {
 *   attitude: { of: 'recommendation', highFrom: 9 },
 *   patronage: { of: 'shareOfWallet', highFrom: 0.5 },
 * }
 * unwrap(loyaltyOf(definition, { attitude: 9, patronage: 0.2, alternatives: 3 })).kind // => 'latent'
 * unwrap(loyaltyOf(definition, { attitude: 4, patronage: 0.9, alternatives: 0 }))
 * // => { kind: 'spurious', captive: true, cause: 'noAlternatives' }
 * ```
 */
export const loyaltyOf = (
  definition: LoyaltyDefinition,
  facts: LoyaltyFacts,
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, Loyalty> => {
  const checked = decode(LoyaltyDefinition, definition)
  if (isLeft(checked)) return checked
  return unlessFaulty(factFaults(definition, facts), () => classified(definition, facts))
}

/** Customers by loyalty, counted. */
export interface LoyaltyCounts {
  readonly true: number
  readonly latent: number
  readonly spurious: number
  readonly none: number
  /** Of all of them, those who buy much and could not buy elsewhere. */
  readonly captive: number
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/**
 * Reads {@link LoyaltyCounts}.
 *
 * @example
 * ```ts
 * import { decode, LoyaltyCounts } from 'treue'
 *
 * decode(LoyaltyCounts, { true: 4, latent: 2, spurious: 3, none: 1, captive: 2 })._tag // => 'Right'
 * decode(LoyaltyCounts, { true: 4, latent: 2, spurious: 3, none: 1, captive: 8 })._tag // => 'Left'
 * ```
 */
export const LoyaltyCounts: Codec<LoyaltyCounts> = /* @__PURE__ */ constrainCodec<LoyaltyCounts, LoyaltyCounts>(
  /* @__PURE__ */ structCodec('LoyaltyCounts', {
    true: count,
    latent: count,
    spurious: count,
    none: count,
    captive: count,
  }),
  (counts) => {
    const most = counts.true + counts.spurious
    return counts.captive <= most
      ? []
      : [invalidValue(['captive'], counts.captive, `at most ${most}, those who buy much`)]
  },
)

/**
 * Merges counts of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { loyaltyMonoid } from 'treue'
 *
 * const shard = { true: 4, latent: 2, spurious: 3, none: 1, captive: 2 }
 * loyaltyMonoid.concat(shard, shard).spurious // => 6
 * ```
 */
export const loyaltyMonoid: Monoid<LoyaltyCounts> = {
  empty: { true: 0, latent: 0, spurious: 0, none: 0, captive: 0 },
  concat: (first, second) => ({
    true: first.true + second.true,
    latent: first.latent + second.latent,
    spurious: first.spurious + second.spurious,
    none: first.none + second.none,
    captive: first.captive + second.captive,
  }),
}

/**
 * Counts customers by loyalty.
 *
 * @param definition from where on attitude and patronage are high
 * @param customers what is known of each
 * @returns `InvalidValue` for what is wrong with the definition, `OutOfRange` for facts outside their scales, each at its
 * index.
 * @example
 * ```ts
 * import { countLoyalty, unwrap } from 'treue'
 *
 * const definition = { attitude: { of: 'recommendation', highFrom: 9 }, patronage: { of: 'orders', highFrom: 2 } } as const
 * unwrap(countLoyalty(definition, [{ attitude: 10, patronage: 5, alternatives: 2 }, { attitude: 3, patronage: 1, alternatives: 2 }]))
 * // => { true: 1, latent: 0, spurious: 0, none: 1, captive: 0 }
 * ```
 */
export const countLoyalty = (
  definition: LoyaltyDefinition,
  customers: ReadonlyArray<LoyaltyFacts>,
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, LoyaltyCounts> => {
  const checked = decode(LoyaltyDefinition, definition)
  if (isLeft(checked)) return checked
  const faults = customers.flatMap((facts, index) =>
    factFaults(definition, facts).map((fault) => ({ ...fault, path: [index, ...fault.path] })),
  )
  return unlessFaulty(faults, () => {
    const counts = { true: 0, latent: 0, spurious: 0, none: 0, captive: 0 }
    for (const facts of customers) {
      const { kind, captive } = classified(definition, facts)
      counts[kind] += 1
      counts.captive += captive ? 1 : 0
    }
    return counts
  })
}

/** A share of the customers with its Wilson interval. */
export interface LoyaltyShare {
  readonly customers: number
  readonly share: number
  readonly interval: ProportionInterval
}

/** The loyalty of a population. */
export interface LoyaltyShares {
  readonly customers: number
  readonly true: LoyaltyShare
  readonly latent: LoyaltyShare
  readonly spurious: LoyaltyShare
  readonly none: LoyaltyShare
  /**
   * Of those who buy much, the share who also like us: what retention alone would take for 1; `null` where nobody buys much.
   */
  readonly loyalOfRetained: number | null
}

/**
 * The shares of a population by loyalty.
 *
 * @param counts from {@link countLoyalty}, or merged by {@link loyaltyMonoid}
 * @param confidence of the intervals, 0.95 when absent
 * @returns `EmptySample` without customers, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { loyaltyShares, unwrap } from 'treue'
 *
 * const shares = unwrap(loyaltyShares({ true: 4, latent: 2, spurious: 12, none: 2, captive: 5 }))
 * shares.spurious.share // => 0.6
 * shares.loyalOfRetained // => 0.25
 * ```
 */
export const loyaltyShares = (
  counts: LoyaltyCounts,
  confidence: number = 0.95,
): Either<EmptySample | InvalidValue | OutOfRange, LoyaltyShares> => {
  const customers = counts.true + counts.latent + counts.spurious + counts.none
  const intervals = {
    true: wilsonInterval(counts.true, customers, confidence),
    latent: wilsonInterval(counts.latent, customers, confidence),
    spurious: wilsonInterval(counts.spurious, customers, confidence),
    none: wilsonInterval(counts.none, customers, confidence),
  }
  if (isLeft(intervals.true)) return intervals.true
  if (isLeft(intervals.latent)) return intervals.latent
  if (isLeft(intervals.spurious)) return intervals.spurious
  if (isLeft(intervals.none)) return intervals.none
  const shareOf = (own: number, { right: interval }: { readonly right: ProportionInterval }): LoyaltyShare => ({
    customers: own,
    share: own / customers,
    interval,
  })
  const retained = counts.true + counts.spurious
  return right({
    customers,
    true: shareOf(counts.true, intervals.true),
    latent: shareOf(counts.latent, intervals.latent),
    spurious: shareOf(counts.spurious, intervals.spurious),
    none: shareOf(counts.none, intervals.none),
    loyalOfRetained: retained === 0 ? null : counts.true / retained,
  })
}
