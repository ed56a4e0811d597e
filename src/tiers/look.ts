/** One look at a standing in an instant, and what it came to. */
import { type CivilDate, type Codec, type Instant, literalCodec, type Zone } from '../foundation/index.ts'
import type { Ladder } from './ladder.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'
import type { Counts, Threshold } from './threshold.ts'

/** What made an assessment change something. */
export type AssessmentCause =
  /** What was counted reached a tier. */
  | 'reach'
  /** The validity of a tier ended, or what it took to keep it was no longer there. */
  | 'keep'
  /** A grace ended, or the tier was earned again in it. */
  | 'grace'
  /** What had reached the tier was returned. */
  | 'return'
  /** A claim began or ended, or something that is held for life did. */
  | 'claim'
  /** A time in which nobody is lowered. */
  | 'suspension'
  /** The ladder was changed. */
  | 'definition'

/** Reads an {@link AssessmentCause}. */
export const AssessmentCause: Codec<AssessmentCause> = /* @__PURE__ */ literalCodec(
  'reach',
  'keep',
  'grace',
  'return',
  'claim',
  'suspension',
  'definition',
)

/** What one look came to. */
export interface Look {
  readonly standing: Standing
  readonly cause: AssessmentCause
  readonly counts: Counts
  readonly threshold: Threshold | null
  readonly isRenewed: boolean
}

export interface Moment {
  readonly ladder: Ladder
  readonly zone: Zone
  readonly at: Instant
  readonly day: CivilDate
}

export const noCounts: Counts = new Map()

export const look = (
  standing: Standing,
  cause: AssessmentCause,
  counts: Counts = noCounts,
  threshold: Threshold | null = null,
  isRenewed = false,
): Look => ({ standing, cause, counts, threshold, isRenewed })

export const dayBefore = ({ zone, at }: Moment): CivilDate => programDay(zone, (at - 1) as Instant)
