/** Stamp cards that run out. */
import type { Instant } from '../../foundation/index.ts'
import { advanceStampCard, type StampCardState, stampCardExpiresAt } from '../../rewards/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ProgramStampCard } from '../definition/program-stamp-card.ts'
import type { MemberState } from '../state/member-state.ts'
import { changeStampCard } from './change-stamp-card.ts'
import type { Draft } from './draft.ts'

const termsOf = ({ program }: CompiledProgram, { id }: StampCardState): ProgramStampCard | undefined =>
  program.stampCards?.find(({ policy }) => policy.id === id)

/** When a card runs out. One that should have before it was last looked at does the next moment. */
const endOf = (program: CompiledProgram, card: StampCardState): Instant | null => {
  const terms = termsOf(program, card)
  const end = terms === undefined ? null : stampCardExpiresAt(terms.policy, program.zone, card)
  return end === null || card.asOf === null || end > card.asOf ? end : ((card.asOf + 1) as Instant)
}

/** When the next card runs out; `null`: none does. */
export const nextStampExpiry = (
  program: CompiledProgram,
  { stampCards }: Pick<MemberState, 'stampCards'>,
): Instant | null => {
  let next: Instant | null = null
  for (const card of stampCards) {
    const end = endOf(program, card)
    if (end !== null && (next === null || end < next)) next = end
  }
  return next
}

/** Cards that have run out are gone with their stamps. */
export const expireStamps = (draft: Draft, at: Instant): void => {
  for (const card of draft.state.stampCards) {
    const end = endOf(draft.program, card)
    const terms = termsOf(draft.program, card)
    if (end === null || end > at || terms === undefined) continue
    const { id } = card
    if (draft.tracing) draft.steps.push({ step: 'stampsExpired', card: id, stamps: card.stamps, at })
    changeStampCard(draft, at, 'expired', card.stamps, advanceStampCard(terms.policy, draft.program.zone, card, at))
  }
}
