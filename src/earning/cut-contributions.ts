/** What caps leave of the contributions of rules. */
import { type CapId, type ExactInteger, exactQuotient, exactSum } from '../foundation/index.ts'
import type { Cap } from './cap.ts'
import { applyCaps, type CapComponent, type CapStep } from './cap-cut.ts'
import { type Contribution, type RawSlots, rawSlots } from './contribution.ts'
import type { CapRoom } from './earning-context.ts'

/** What caps leave. */
export interface CapOutcome {
  /** Raw points of each contribution, in their order; `null`: all of them. */
  readonly granted: RawSlots | null
  readonly steps: ReadonlyArray<CapStep>
  /** What waits for the next window of a cap. */
  readonly deferred: ReadonlyArray<{ readonly cap: CapId; readonly raw: RawSlots }>
}

const componentOf = ({ rule: { rule }, total }: Contribution): CapComponent => ({
  rule: rule.id,
  campaign: rule.campaign ?? null,
  kind: rule.lot?.kind ?? 'regular',
  raw: total,
})

/** Without caps nothing is cut, and all is granted. */
const uncut: CapOutcome = { granted: null, steps: [], deferred: [] }

/** What the caps of a wallet leave, in the order of the program (S10, S11, S13). */
export const cutContributions = (
  caps: ReadonlyArray<Cap>,
  rooms: ReadonlyArray<CapRoom>,
  contributions: ReadonlyArray<Contribution>,
  denominator: ExactInteger,
): CapOutcome => {
  if (caps.length === 0) return uncut
  const { granted, deferred, steps } = applyCaps(caps, rooms, contributions.map(componentOf), denominator)
  const isCut = contributions.some(({ total }, index) => (granted[index] ?? 0) < total)
  return { granted: isCut ? granted : null, steps, deferred }
}

/** Shares of what is cut are weighed in trillionths of a smallest unit: no other rule makes a difference to them. */
const RESOLUTION = 1_000_000_000_000n

/** What a cut contribution weighs by slot: in proportion to what each slot had earned of it. */
const cutWeights = (one: Contribution, granted: ExactInteger, denominator: ExactInteger): RawSlots => {
  const under = BigInt(one.total) * BigInt(denominator)
  const over = BigInt(granted) * RESOLUTION
  return rawSlots(one).map((points) => (under === 0n ? 0 : exactQuotient((BigInt(points) * over) / under, 1)))
}

/** What cut contributions weigh by slot, to allocate to lines what caps let through. */
export const cutSlots = (
  contributions: ReadonlyArray<Contribution>,
  granted: RawSlots,
  denominator: ExactInteger,
  slots: ReadonlyArray<unknown>,
): RawSlots => {
  const weights = contributions.map((one, index) => cutWeights(one, granted[index] ?? 0, denominator))
  return slots.map((_, slot) => weights.reduce<ExactInteger>((sum, own) => exactSum(sum, own[slot] ?? 0), 0))
}
