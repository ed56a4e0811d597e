/** Rewards for those who brought the referrer, and who brought them: smaller with each level, to a stated depth. */
import * as E from 'fp-ts/Either'
import {
  type Codec,
  constrainCodec,
  type ExactInteger,
  exactProduct,
  integerCodec,
  invalidValue,
  type MemberId,
  type OutOfRange,
  RoundingMode,
  roundRatio,
  structCodec,
  type ZeroDenominator,
} from '../foundation/index.ts'

/** How a reward goes up the levels. */
export interface MultiLevelPolicy {
  /** How many levels are rewarded: 1 is the referrer alone. */
  readonly depth: number
  /** Each level has this share of the one below it, such as 1 of 2. */
  readonly decay: { readonly numerator: number; readonly denominator: number }
  readonly rounding: RoundingMode
}

/** What one level has. */
export interface LevelReward {
  readonly member: MemberId
  /** 1 is the referrer. */
  readonly level: number
  readonly units: number
}

/**
 * What each level has: the referrer all of the reward, each level above it a share of that. A share is taken of the exact
 * share below it and rounded once.
 *
 * `OutOfRange`: a reward that is no safe integer. `ZeroDenominator`: a decay of 0 parts.
 *
 * @param policy - depth and decay
 * @param ancestors - the referrer, who brought them, and so on upwards
 * @param units - the referrer's reward
 *
 * @example
 * ```ts
 * import { type MemberId, multiLevelRewards, unwrap } from 'treue'
 *
 * const policy = { depth: 3, decay: { numerator: 1, denominator: 2 }, rounding: 'floor' } as const
 * const ancestors = ['anna', 'ben', 'cleo', 'dora'].map((id) => id as MemberId)
 * unwrap(multiLevelRewards(policy, ancestors, 501)).map(({ units }) => units) // => [501, 250, 125]
 * ```
 */
export const multiLevelRewards = (
  { depth, decay, rounding }: MultiLevelPolicy,
  ancestors: ReadonlyArray<MemberId>,
  units: number,
): E.Either<ZeroDenominator | OutOfRange, ReadonlyArray<LevelReward>> => {
  const rewards: Array<LevelReward> = []
  let numerator: ExactInteger = units
  let denominator: ExactInteger = 1
  for (const [index, member] of ancestors.slice(0, depth).entries()) {
    const share = roundRatio(numerator, denominator, rounding)
    if (E.isLeft(share)) return share
    rewards.push({ member, level: index + 1, units: share.right })
    numerator = exactProduct(numerator, decay.numerator)
    denominator = exactProduct(denominator, decay.denominator)
  }
  return E.right(rewards)
}

/**
 * What one level has of the referrer's reward: the same as in {@link multiLevelRewards}, for whoever knows only how far up
 * they are.
 *
 * `OutOfRange`: a reward that is no safe integer. `ZeroDenominator`: a decay of 0 parts.
 *
 * @param policy - depth and decay
 * @param level - how far up: 1 is the referrer; above the depth there is nothing
 * @param units - the referrer's reward
 *
 * @example
 * ```ts
 * import { levelUnits, unwrap } from 'treue'
 *
 * const policy = { depth: 3, decay: { numerator: 1, denominator: 2 }, rounding: 'floor' } as const
 * unwrap(levelUnits(policy, 3, 501)) // => 125
 * unwrap(levelUnits(policy, 4, 501)) // => 0
 * ```
 */
export const levelUnits = (
  { depth, decay, rounding }: MultiLevelPolicy,
  level: number,
  units: number,
): E.Either<ZeroDenominator | OutOfRange, number> => {
  if (level > depth) return E.right(0)
  let numerator: ExactInteger = units
  let denominator: ExactInteger = 1
  for (let below = 1; below < level; below += 1) {
    numerator = exactProduct(numerator, decay.numerator)
    denominator = exactProduct(denominator, decay.denominator)
  }
  return roundRatio(numerator, denominator, rounding)
}

const part = /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000 })

/**
 * Reads a {@link MultiLevelPolicy}. A level never has more than the one below it.
 *
 * @example
 * ```ts
 * import { decode, MultiLevelPolicy } from 'treue'
 *
 * const policy = { depth: 3, decay: { numerator: 3, denominator: 2 }, rounding: 'floor' }
 * decode(MultiLevelPolicy, policy)._tag // => 'Left'
 * ```
 */
export const MultiLevelPolicy: Codec<MultiLevelPolicy> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('MultiLevelPolicy', {
    depth: /* @__PURE__ */ integerCodec({ min: 1, max: 100 }),
    decay: /* @__PURE__ */ structCodec('LevelDecay', {
      numerator: part,
      denominator: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000 }),
    }),
    rounding: RoundingMode,
  }),
  ({ decay: { numerator, denominator } }) =>
    numerator <= denominator
      ? []
      : [invalidValue(['decay', 'numerator'], numerator, `at most ${denominator}, the denominator`)],
)
