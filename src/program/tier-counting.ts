/** Points towards tiers. */
import type { Instant, WalletId } from '../foundation/index.ts'
import { assessTier, countQualifying } from '../tiers/index.ts'
import { emitAssessment } from './assess.ts'
import { type Draft, emit } from './draft.ts'
import type { OpenEarning } from './open-earning.ts'

/**
 * Counts points of a purchase or action towards the tiers of every ladder of their wallet, negative where they are taken
 * back: the ladders that the program had when they were granted, so that a newer one loses nothing that it never counted.
 */
export const countTowardsTiers = (
  draft: Draft,
  wallet: WalletId,
  points: number,
  { version, countedAt }: Pick<OpenEarning, 'version' | 'countedAt'>,
  at: Instant,
): void => {
  if (points === 0) return
  const { program, zone, versions } = draft.program
  for (const { id, wallet: counted } of versions.get(version)?.ladders ?? []) {
    const ladder = program.ladders.find((there) => there.id === id)
    const before = draft.state.standings.find((standing) => standing.ladder === id)
    if (ladder === undefined || before === undefined || counted !== wallet) continue
    const standing = countQualifying(ladder, zone, before, countedAt, points)
    if (standing !== before) emit(draft, { type: 'qualifyingCounted', at, points, standing })
  }
}

/** Raises the member at once on every ladder where the points suffice. */
export const raiseTiers = (draft: Draft, at: Instant): void => {
  for (const ladder of draft.program.program.ladders) {
    const standing = draft.state.standings.find((there) => there.ladder === ladder.id)
    if (standing !== undefined) emitAssessment(draft, assessTier(ladder, draft.program.zone, standing, at), at)
  }
}
