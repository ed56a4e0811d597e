/** What counted towards a challenge, and what of it was undone. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  Instant,
  integerCodec,
  nullableCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'

/** Something that counted. */
export interface Contribution {
  readonly id: ActivityId
  readonly at: Instant
  /** In the unit of the measure, at least 1. */
  readonly amount: number
  /** The text under which it is one of several different ones; `null` where that does not matter. */
  readonly key: string | null
}

/** That something is undone, as a whole or in part; it may come in before what it undoes. */
export interface ContributionReversal {
  readonly id: ActivityId
  /** What is undone. */
  readonly of: ActivityId
  readonly at: Instant
  /** In the unit of the measure; `null`: all of it. */
  readonly amount: number | null
}

/** What counted and what was undone, each in order of time and then of id. */
export interface ContributionLog {
  readonly contributions: ReadonlyArray<Contribution>
  readonly reversals: ReadonlyArray<ContributionReversal>
}

/** The most records of a kind that a state may hold. */
export const mostRecords = 100_000

const amountCodec = /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })

/** Reads a {@link Contribution}. */
export const Contribution: Codec<Contribution, unknown> = /* @__PURE__ */ structCodec('Contribution', {
  id: ActivityId,
  at: Instant,
  amount: amountCodec,
  key: /* @__PURE__ */ nullableCodec(stringCodec),
})

/** Reads a {@link ContributionReversal}. */
export const ContributionReversal: Codec<ContributionReversal, unknown> = /* @__PURE__ */ structCodec(
  'ContributionReversal',
  { id: ActivityId, of: ActivityId, at: Instant, amount: /* @__PURE__ */ nullableCodec(amountCodec) },
)

export const contributionsCodec: Codec<ReadonlyArray<Contribution>, unknown> = /* @__PURE__ */ arrayCodec(
  Contribution,
  { maxLength: mostRecords },
)

export const reversalsCodec: Codec<ReadonlyArray<ContributionReversal>, unknown> = /* @__PURE__ */ arrayCodec(
  ContributionReversal,
  { maxLength: mostRecords },
)
