/** Becoming a member. */
import type { Instant } from '../../foundation/index.ts'
import { firstStanding, reviseStanding } from '../../tiers/index.ts'
import { standingOn } from '../state/standing-on.ts'
import { emitAssessment, followSuspension } from './assess.ts'
import { type Draft, emit } from './draft.ts'

/** Every ladder of the program that the member is not on yet, as when a ladder is new; a changed one is looked at. */
export const joinLadders = (draft: Draft, at: Instant): void => {
  const { program, zone } = draft.program
  for (const ladder of program.ladders) {
    const there = standingOn(draft.state, ladder.id)
    if (there !== undefined) {
      if (there.revision !== (ladder.revision ?? 0)) emitAssessment(draft, reviseStanding(ladder, zone, there, at), at)
      continue
    }
    const standing = firstStanding(ladder, zone, at)
    emit(draft, { type: 'ladderJoined', at, standing })
    followSuspension(draft, standing, at)
  }
}

export const enrol = (draft: Draft, at: Instant): void => {
  emit(draft, { type: 'enrolled', at })
  joinLadders(draft, at)
}

/** Makes somebody a member who has earned their first points, or can spend them, where the program says so (S67). */
export const enrolByPoints = (draft: Draft, at: Instant): void => {
  const { enrolment = 'explicit' } = draft.program.program
  if (draft.state.enrolledAt !== null || enrolment === 'explicit') return
  const has = draft.state.wallets.some(({ active, accrued }) =>
    enrolment === 'firstEarned' ? accrued > 0 : active > 0,
  )
  if (has) enrol(draft, at)
}
