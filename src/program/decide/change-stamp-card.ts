/** A member's stamp cards, and what becomes of them. */
import type { Instant } from '../../foundation/index.ts'
import { newStampCard, type StampCardState, type StampsGiven } from '../../rewards/index.ts'
import type { ProgramStampCard } from '../definition/program-stamp-card.ts'
import type { StampCardChange } from '../state/stamp-card-changed.ts'
import { type Draft, emit } from './draft.ts'

/** The member's card of a kind; one that has no stamp yet is new. */
export const stampCardOf = (draft: Draft, { policy }: ProgramStampCard): StampCardState =>
  draft.state.stampCards.find(({ id }) => id === policy.id) ?? newStampCard(policy.id)

export const changeStampCard = (
  draft: Draft,
  at: Instant,
  change: StampCardChange,
  stamps: number,
  card: StampCardState,
): void => {
  emit(draft, { type: 'stampCardChanged', at, change, stamps, card })
}

export const traceStamps = (draft: Draft, card: ProgramStampCard, given: StampsGiven): void => {
  if (!draft.tracing) return
  const { desired, granted, cutBy, rewards, state } = given
  const { id, slots } = card.policy
  draft.steps.push({ step: 'stamps', card: id, slots, desired, granted, cutBy, rewards, stamps: state.stamps })
}
