/** How well members' invitations convert, with what little says of a member held against what is known of all. */
import * as E from 'fp-ts/Either'
import {
  type Codec,
  constrainCodec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  MemberId,
  type NonConvergence,
  naturalCodec,
  type OutOfRange,
  structCodec,
  underPath,
} from '../foundation/index.ts'
import { type BetaShape, betaQuantile } from '../statistics/index.ts'

/** A member's invitations and how many of them converted. */
export interface InvitationCount {
  readonly member: MemberId
  readonly invitations: number
  readonly conversions: number
}

/** How well a member's invitations convert. */
export interface InvitationConversion extends InvitationCount {
  /** The mean of what the rate may be, given the member's counts and the prior: small counts are drawn to the mean of all. */
  readonly rate: number
  /** The rate lies between with the confidence that was asked for: quantiles of what it may be. */
  readonly lower: number
  readonly upper: number
}

/** How to rank. */
export interface ConversionOptions {
  /** What is known of members before their own counts; estimated from all counts by default. */
  readonly prior?: BetaShape
  /** Between 0 and 1; 0.95 by default. */
  readonly confidence?: number
  /** `rate` by default; `lower` puts those first who are surely good, not those who may be. */
  readonly by?: 'rate' | 'lower'
}

/** Why conversions cannot be ranked. */
export type ConversionFault = InvalidValue | EmptySample | OutOfRange | NonConvergence

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const countFaults = (counts: ReadonlyArray<InvitationCount>): ReadonlyArray<InvalidValue> =>
  counts.flatMap(({ invitations, conversions }, index) => [
    ...(isCount(invitations) ? [] : [invalidValue([index, 'invitations'], invitations, 'an integer of 0 or more')]),
    ...(isCount(conversions) && conversions <= invitations
      ? []
      : [invalidValue([index, 'conversions'], conversions, 'an integer from 0 to the number of invitations')]),
  ])

/** Of counts with invitations: how many invitations and conversions, and the squares that the spread is told from. */
const moments = (counts: ReadonlyArray<InvitationCount>) => {
  let invitations = 0
  let conversions = 0
  let squares = 0
  for (const one of counts) {
    invitations += one.invitations
    conversions += one.conversions
    squares += one.invitations * one.invitations
  }
  return { invitations, conversions, squares, members: counts.length }
}

/** How much members differ beyond chance: 0 where no more than by it, 1 where each converts all or nothing. */
const overdispersion = (counts: ReadonlyArray<InvitationCount>, mean: number): number => {
  const { invitations, squares, members } = moments(counts)
  let between = 0
  for (const one of counts) between += one.invitations * (one.conversions / one.invitations - mean) ** 2
  const chance = mean * (1 - mean) * (members - 1)
  const room = mean * (1 - mean) * (invitations - squares / invitations - (members - 1))
  return room > 0 ? Math.min(1, Math.max(0, (between - chance) / room)) : 0
}

const leastStrength = 0.01
const greatestStrength = 1_000_000

/**
 * What is known of any member's conversion rate before their own counts: a beta distribution with the mean of all
 * invitations and the spread between members that is left beyond chance, by the method of moments. Where they differ by no
 * more than chance the prior is as strong as all the invitations together; it is never weaker than a hundredth of one, nor
 * stronger than a million.
 *
 * Source: J. C. Kleinman, Journal of the American Statistical Association 68 (1973), with weights in proportion to counts.
 *
 * `EmptySample`: nobody has invited anybody. `InvalidValue`: counts that are none. Where no invitation converted, or all
 * did, half a conversion is added to either side, so that there is a distribution.
 *
 * @param counts - invitations and conversions of each member
 *
 * @example
 * ```ts
 * import { type InvitationCount, invitationPrior, type MemberId, unwrap } from 'treue'
 *
 * const count = (member: string, invitations: number, conversions: number): InvitationCount =>
 *   ({ member: member as MemberId, invitations, conversions })
 * const { alpha, beta } = unwrap(invitationPrior([count('anna', 10, 2), count('ben', 10, 2)]))
 * alpha / (alpha + beta) // => 0.2
 * alpha + beta // => 20
 * ```
 */
export const invitationPrior = (
  counts: ReadonlyArray<InvitationCount>,
): E.Either<ReadonlyArray<InvalidValue | EmptySample>, BetaShape> => {
  const faults = countFaults(counts)
  if (faults.length > 0) return E.left(faults)
  const some = counts.filter(({ invitations }) => invitations > 0)
  const { invitations, conversions } = moments(some)
  if (invitations === 0) return E.left([emptySample([], 'an invitation at least')])
  const extreme = conversions === 0 || conversions === invitations
  const mean = extreme ? (conversions + 0.5) / (invitations + 1) : conversions / invitations
  const share = extreme ? 0 : overdispersion(some, mean)
  const limit = Math.min(invitations, greatestStrength)
  const strength = share > 0 ? Math.min(limit, Math.max(leastStrength, 1 / share - 1)) : limit
  return E.right({ alpha: mean * strength, beta: (1 - mean) * strength })
}

const conversionOf = (
  { member, invitations, conversions }: InvitationCount,
  { alpha, beta }: BetaShape,
  confidence: number,
): E.Either<ReadonlyArray<OutOfRange | NonConvergence>, InvitationConversion> => {
  const shape = { alpha: alpha + conversions, beta: beta + invitations - conversions }
  const lower = betaQuantile((1 - confidence) / 2, shape)
  const upper = betaQuantile((1 + confidence) / 2, shape)
  if (E.isLeft(lower)) return lower
  if (E.isLeft(upper)) return upper
  const rate = shape.alpha / (shape.alpha + shape.beta)
  // Next to 1 both may be the same number but for the last digit.
  const most = Math.max(lower.right, upper.right)
  return E.right({ member, invitations, conversions, rate, lower: lower.right, upper: most })
}

/**
 * Members by how well their invitations convert, the best first: empirical Bayes. Two of two say less than forty of fifty,
 * so rates are drawn to the mean of all, small counts further than large ones, and each has an interval. Members who have
 * invited nobody have the prior. Equal ones keep their order.
 *
 * `InvalidValue`: counts that are none, or a confidence outside 0–1. `EmptySample`: nobody has invited anybody and no prior
 * is given. `OutOfRange`: a prior outside the range of a shape. `NonConvergence`: no interval for a shape.
 *
 * @param counts - invitations and conversions of each member
 * @param options - the prior, the confidence and what to rank by
 *
 * @example
 * ```ts
 * import { type InvitationCount, type MemberId, rankInvitations, unwrap } from 'treue'
 *
 * const count = (member: string, invitations: number, conversions: number): InvitationCount =>
 *   ({ member: member as MemberId, invitations, conversions })
 * const prior = { alpha: 2, beta: 8 }
 * const ranked = unwrap(rankInvitations([count('anna', 2, 2), count('ben', 50, 40)], { prior }))
 * ranked.map(({ member, rate }) => [member, rate.toFixed(3)]) // => [['ben', '0.700'], ['anna', '0.333']]
 * ```
 */
export const rankInvitations = (
  counts: ReadonlyArray<InvitationCount>,
  { prior, confidence = 0.95, by = 'rate' }: ConversionOptions = {},
): E.Either<ReadonlyArray<ConversionFault>, ReadonlyArray<InvitationConversion>> => {
  const faults = [
    ...countFaults(counts),
    ...(confidence > 0 && confidence < 1
      ? []
      : [invalidValue(['confidence'], confidence, 'a number above 0 and below 1')]),
  ]
  if (faults.length > 0) return E.left(faults)
  const known = prior === undefined ? invitationPrior(counts) : E.right(prior)
  if (E.isLeft(known)) return known
  const ranked: Array<InvitationConversion> = []
  for (const [index, count] of counts.entries()) {
    const one = conversionOf(count, known.right, confidence)
    if (E.isLeft(one)) return E.left(underPath([index], one.left))
    ranked.push(one.right)
  }
  return E.right(ranked.sort((a, b) => b[by] - a[by]))
}

/**
 * Reads an {@link InvitationCount}: no more conversions than invitations.
 *
 * @example
 * ```ts
 * import { decode, InvitationCount } from 'treue'
 *
 * decode(InvitationCount, { member: 'anna', invitations: 3, conversions: 4 })._tag // => 'Left'
 * ```
 */
export const InvitationCount: Codec<InvitationCount, unknown> = /* @__PURE__ */ constrainCodec<
  InvitationCount,
  unknown
>(
  /* @__PURE__ */ structCodec('InvitationCount', {
    member: MemberId,
    invitations: naturalCodec,
    conversions: naturalCodec,
  }),
  ({ invitations, conversions }) =>
    conversions <= invitations
      ? []
      : [invalidValue(['conversions'], conversions, `at most ${invitations}, the invitations`)],
)
