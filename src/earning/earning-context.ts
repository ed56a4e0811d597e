/** What earning needs to know beside the activity itself. */
import {
  arrayCodec,
  CapId,
  type Codec,
  dictionaryCodec,
  type Instant,
  naturalCodec,
  RuleId,
  refineCodec,
  structCodec,
  unknownCodec,
} from '../foundation/index.ts'
import type { Fact, Facts } from '../rules/index.ts'
import type { CountedLine } from './purchase.ts'

/** What earning looks at: a purchase, or an action that the program declares. */
export interface EarningActivity {
  /** `purchase`, or the name of an action. */
  readonly action: string
  /** The instant that counts for weekday, hour, month and schedules. */
  readonly at: Instant
  /** The lines of a purchase; none for an action. */
  readonly lines: ReadonlyArray<CountedLine>
  /** The activity's own facts: channel, store, and what the program declares. */
  readonly attributes: Facts
}

/** What a cap with a window or of a balance still lets through, in the wallet's smallest unit, or times. */
export interface CapRoom {
  readonly cap: CapId
  readonly room: number
}

/** How far a member is with a milestone. */
export interface MilestoneProgress {
  readonly rule: RuleId
  /** Minor units spent, orders, or times. */
  readonly counted: number
  /** The levels that were paid, at most: none of them is paid again. */
  readonly paid: number
}

/**
 * What the member's state says when the activity is counted. It is kept with a purchase, so that a return is counted in
 * the same context.
 */
export interface EarningContext {
  /** `tiers` and `occasions` (texts), `orderNumber`, `tenureDays` and `tenureMonths` (integers). */
  readonly facts: Facts
  /** What is left of caps; one that is not there is unlimited, unless it is of the activity alone. */
  readonly rooms: ReadonlyArray<CapRoom>
  /** Rules in cooldown: they do not match. */
  readonly cooling: ReadonlyArray<RuleId>
  /** How far the member was before the activity; a rule that is not there has counted nothing. */
  readonly milestones: ReadonlyArray<MilestoneProgress>
}

/** The context of somebody of whom nothing is known. */
export const emptyEarningContext: EarningContext = { facts: {}, rooms: [], cooling: [], milestones: [] }

const isFact = (value: unknown): value is Fact =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  Number.isSafeInteger(value) ||
  (Array.isArray(value) && value.every((text) => typeof text === 'string'))

const fact: Codec<Fact, unknown> = /* @__PURE__ */ refineCodec<unknown, unknown, Fact>(
  unknownCodec,
  'Fact',
  'an integer, a text, true or false, or a list of texts',
  isFact,
)

/** Reads {@link Facts}, as they are reported or kept with a purchase. */
export const EarningFacts: Codec<Facts, unknown> = /* @__PURE__ */ dictionaryCodec(fact) as Codec<Facts, unknown>

/** Reads a {@link CapRoom}. */
export const CapRoom: Codec<CapRoom, unknown> = /* @__PURE__ */ structCodec('CapRoom', {
  cap: CapId,
  room: naturalCodec,
})

/** Reads a {@link MilestoneProgress}. */
export const MilestoneProgress: Codec<MilestoneProgress, unknown> = /* @__PURE__ */ structCodec('MilestoneProgress', {
  rule: RuleId,
  counted: naturalCodec,
  paid: naturalCodec,
})

/**
 * Reads an {@link EarningContext}, as it is kept with a purchase.
 *
 * @example
 * ```ts
 * import { decode, EarningContext, emptyEarningContext } from 'treue'
 *
 * decode(EarningContext, { facts: { tiers: ['status/gold'] }, rooms: [], cooling: [], milestones: [] })._tag // => 'Right'
 * decode(EarningContext, EarningContext.encode(emptyEarningContext))._tag // => 'Right'
 * ```
 */
export const EarningContext: Codec<EarningContext, unknown> = /* @__PURE__ */ structCodec('EarningContext', {
  facts: EarningFacts,
  rooms: /* @__PURE__ */ arrayCodec(CapRoom),
  cooling: /* @__PURE__ */ arrayCodec(RuleId),
  milestones: /* @__PURE__ */ arrayCodec(MilestoneProgress),
})
