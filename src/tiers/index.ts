/**
 * Tiers: ladders, where a member stands, how a standing is assessed, and what is missing to the next tier.
 *
 * @packageDocumentation
 */
export * from './assessment.ts'
export * from './ladder.ts'
export * from './progress.ts'
export * from './standing.ts'
export { TierChain, type TierChainFaults, type TierChainJson, type TierLeavers, tierChainOf } from './tier-chain.ts'
export * from './tier-change-effect.ts'
export { type TierClass, tierClasses } from './tier-classes.ts'
export * from './tier-cost.ts'
export * from './tier-forecast.ts'
export {
  type TierDistribution,
  type TierPassage,
  type TierPassageFaults,
  tierPassages,
  tierStays,
  tiersAfter,
} from './tier-passage.ts'
export * from './tier-steady-state.ts'
export * from './tier-transition-change.ts'
export {
  type TierTransitionCell,
  type TierTransitionRow,
  type TierTransitionRowFault,
  type TierTransitionTable,
  type TierTransitionTableFaults,
  type TierTransitionTableOptions,
  tierTransitionTable,
} from './tier-transition-table.ts'
export {
  encodeTierMoves,
  summariseTierMoveRows,
  summariseTierMoves,
  type TierMove,
  type TierMoveColumns,
  type TierPopulationFaults,
  TierTransitions,
  tierTransitionsMonoid,
} from './tier-transitions.ts'
