// Tiers as the states of a Markov chain: the probabilities to be in which tier one period later.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  numberCodec,
  structCodec,
  TierId,
} from '../foundation/index.ts'
import { membersBefore } from './tier-transition-table.ts'
import { idFaults, isNonEmpty, mostTiers, type TierTransitions, transitionFaults } from './tier-transitions.ts'

/** The probabilities of one period: for the members of each tier, to be in each tier or to have left. */
export interface TierChain {
  /** The tiers in the order of rows and columns, lowest first. */
  readonly tiers: ReadonlyArray<TierId>
  /** Of each tier, the probability of each tier one period later. */
  readonly moves: ReadonlyArray<ReadonlyArray<number>>
  /** Of each tier, the probability to be no member one period later. With its row of `moves` it sums to 1. */
  readonly leaving: ReadonlyArray<number>
}

/** A {@link TierChain} in JSON. */
export interface TierChainJson {
  readonly tiers: ReadonlyArray<string>
  readonly moves: ReadonlyArray<ReadonlyArray<number>>
  readonly leaving: ReadonlyArray<number>
}

/** Everything that is wrong with a chain, each at its place. */
export type TierChainFaults = ReadonlyNonEmptyArray<InvalidValue>

/** How far a row's sum may be from 1: what is left of decimals with ten digits. */
const tolerance = 1e-9

const isProbability = (value: number): boolean => value >= 0 && value <= 1

const rowFaults = ({ moves, leaving }: TierChain, from: number, tiers: number): ReadonlyArray<InvalidValue> => {
  const row = moves[from] ?? []
  if (row.length !== tiers) return [invalidValue(['moves', from], row, `${tiers} probabilities, one per tier`)]
  const faults = row.flatMap((value, to) =>
    isProbability(value) ? [] : [invalidValue(['moves', from, to], value, 'a probability from 0 to 1')],
  )
  const exit = leaving[from] as number
  if (!isProbability(exit)) faults.push(invalidValue(['leaving', from], exit, 'a probability from 0 to 1'))
  const sum = row.reduce((total, value) => total + value, exit)
  return faults.length > 0 || Math.abs(sum - 1) <= tolerance
    ? faults
    : [invalidValue(['moves', from], sum, 'probabilities that sum to 1 with that of leaving')]
}

/** What is wrong with a chain that may have come by no codec. */
export const chainFaults = (chain: TierChain): ReadonlyArray<InvalidValue> => {
  const tiers = chain.tiers.length
  const shape = [
    ...idFaults(chain.tiers),
    ...(chain.moves.length === tiers ? [] : [invalidValue(['moves'], chain.moves, `${tiers} rows, one per tier`)]),
    ...(chain.leaving.length === tiers
      ? []
      : [invalidValue(['leaving'], chain.leaving, `${tiers} probabilities, one per tier`)]),
  ]
  return shape.length > 0 ? shape : chain.tiers.flatMap((_, from) => rowFaults(chain, from, tiers))
}

const probability: Codec<number> = /* @__PURE__ */ numberCodec({ min: 0, max: 1 })
const perTier: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(probability, {
  minLength: 1,
  maxLength: mostTiers,
})

/**
 * Reads a {@link TierChain}: probabilities that come from elsewhere than from counts.
 *
 * @example
 * ```ts
 * import { decode, TierChain } from 'treue'
 *
 * const tiers = ['base', 'gold']
 * decode(TierChain, { tiers, moves: [[0.8, 0.15], [0.3, 0.7]], leaving: [0.05, 0] })._tag // => 'Right'
 * decode(TierChain, { tiers, moves: [[0.8, 0.3], [0.3, 0.7]], leaving: [0, 0] })._tag // => 'Left'
 * ```
 */
export const TierChain: Codec<TierChain, TierChainJson> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('TierChain', {
    tiers: /* @__PURE__ */ arrayCodec(TierId, { minLength: 1, maxLength: mostTiers }),
    moves: /* @__PURE__ */ arrayCodec(perTier, { minLength: 1, maxLength: mostTiers }),
    leaving: perTier,
  }),
  chainFaults,
)

/**
 * What becomes of members who left: a way out of the chain (`'leave'`), or nothing, as if only those who stayed had been
 * counted (`'excluded'`).
 */
export type TierLeavers = 'leave' | 'excluded'

const memberFaults = (
  transitions: TierTransitions,
  tiers: ReadonlyArray<TierId>,
  leavers: TierLeavers,
): ReadonlyArray<InvalidValue | EmptySample> => {
  const wrong: ReadonlyArray<InvalidValue> = [...idFaults(tiers), ...transitionFaults(transitions)]
  if (wrong.length > 0) return wrong
  if (tiers.length !== transitions.counts.length) {
    return [invalidValue(['tiers'], tiers, `${transitions.counts.length} tiers, as many as were counted`)]
  }
  return tiers.flatMap((_, from) =>
    rowTotal(transitions, from, leavers) > 0
      ? []
      : [emptySample(['counts', from], `at least one member${leavers === 'leave' ? '' : ' who stayed'}`)],
  )
}

const rowTotal = (transitions: TierTransitions, from: number, leavers: TierLeavers): number =>
  membersBefore(transitions, from) - (leavers === 'leave' ? 0 : (transitions.left[from] ?? 0))

/**
 * The chain of counted moves: each row of counts over its sum.
 *
 * Source: the maximum likelihood estimate of T. W. Anderson and L. A. Goodman, Annals of Mathematical Statistics 28
 * (1957).
 *
 * @param transitions counted, or merged
 * @param tiers the tiers in the order of the counts
 * @param options `leavers`: see {@link TierLeavers}, `'leave'` when absent, which forgets nobody
 * @returns `InvalidValue` for counts or tiers that make no sense, `EmptySample` for every tier without members.
 * @example
 * ```ts
 * import { tierChainOf, type TierId, unwrap } from 'treue'
 *
 * const counts = { counts: [[80, 15], [30, 70]], joined: [9, 0], left: [5, 0] }
 * unwrap(tierChainOf(counts, ['base', 'gold'] as TierId[])).moves // => [[0.8, 0.15], [0.3, 0.7]]
 * ```
 */
export const tierChainOf = (
  transitions: TierTransitions,
  tiers: ReadonlyArray<TierId>,
  options: { readonly leavers?: TierLeavers } = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | EmptySample>, TierChain> => {
  const { leavers = 'leave' } = options
  const faults = memberFaults(transitions, tiers, leavers)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const totals = tiers.map((_, from) => rowTotal(transitions, from, leavers))
  const moves = transitions.counts.map((row, from) => row.map((members) => members / (totals[from] as number)))
  const leaving = transitions.left.map((members, from) =>
    leavers === 'leave' ? members / (totals[from] as number) : 0,
  )
  return { _tag: 'Right', right: { tiers: [...tiers], moves, leaving } }
}
