/** Purchases and actions that earned, as long as they can be undone. */
import { CountedLine, EarningContext, EarningFacts } from '../../earning/index.ts'
import {
  ActivityId,
  arrayCodec,
  booleanCodec,
  CapId,
  type Codec,
  Instant,
  integerCodec,
  LotId,
  naturalCodec,
  nullableCodec,
  Points,
  RuleId,
  stringCodec,
  structCodec,
  WalletId,
} from '../../foundation/index.ts'
import type { Facts } from '../../rules/index.ts'

/** What was granted in one lot. */
export interface EarningGrant {
  readonly wallet: WalletId
  readonly lot: LotId
  /** Which lots of the wallet it is one of: those of one kind, funder and term. */
  readonly part: string
  /** Granted and not taken back. */
  readonly points: Points
  /** How much of it died in its lot and was not set off against a return yet. */
  readonly lapsed: Points
  /** When the window of a cap that it waits for opens, and that cap; `null`: it does not wait for one. */
  readonly deferredTo: Instant | null
  readonly deferredBy: CapId | null
}

/** What was counted against a cap. */
export interface CapClaim {
  readonly cap: CapId
  /** Which count of the cap: the store or whatever it is kept for; empty where there is one count. */
  readonly key: string
  /** When it counts. */
  readonly at: Instant
  /** Points in the wallet's smallest unit, or times. */
  readonly points: number
}

/** What was counted towards a milestone. */
export interface MilestoneShare {
  readonly rule: RuleId
  /** Minor units, orders or times. */
  readonly counted: number
  /** The levels that were paid. */
  readonly levels: number
}

/** A purchase or action that can still be undone, with all that is needed to count it anew. */
export interface OpenEarning {
  readonly id: ActivityId
  /** `purchase`, or the name of the action. */
  readonly action: string
  readonly at: Instant
  /** When it counts: when it happened or when it came in, as the program says. */
  readonly countedAt: Instant
  /** The version of the program that granted. */
  readonly version: number
  /** The first instant at which it can no longer be undone. */
  readonly returnableUntil: Instant
  /** What is left of a purchase. */
  readonly lines: ReadonlyArray<CountedLine>
  /** Whether nothing is left of it. */
  readonly isUndone: boolean
  readonly attributes: Facts
  readonly context: EarningContext
  readonly grants: ReadonlyArray<EarningGrant>
  readonly claims: ReadonlyArray<CapClaim>
  readonly milestones: ReadonlyArray<MilestoneShare>
  /** What the member was paid besides, because the purchase made a referral count. */
  readonly rewards: ReadonlyArray<EarningGrant>
}

/** Reads an {@link EarningGrant}. */
export const EarningGrant: Codec<EarningGrant, unknown> = /* @__PURE__ */ structCodec('EarningGrant', {
  wallet: WalletId,
  lot: LotId,
  part: stringCodec,
  points: Points,
  lapsed: Points,
  deferredTo: /* @__PURE__ */ nullableCodec(Instant),
  deferredBy: /* @__PURE__ */ nullableCodec(CapId),
})

/** Reads a {@link CapClaim}. */
export const CapClaim: Codec<CapClaim, unknown> = /* @__PURE__ */ structCodec('CapClaim', {
  cap: CapId,
  key: stringCodec,
  at: Instant,
  points: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
})

/** Reads a {@link MilestoneShare}. */
export const MilestoneShare: Codec<MilestoneShare, unknown> = /* @__PURE__ */ structCodec('MilestoneShare', {
  rule: RuleId,
  counted: naturalCodec,
  levels: naturalCodec,
})

/** Reads an {@link OpenEarning}. */
export const OpenEarning: Codec<OpenEarning, unknown> = /* @__PURE__ */ structCodec('OpenEarning', {
  id: ActivityId,
  action: stringCodec,
  at: Instant,
  countedAt: Instant,
  version: naturalCodec,
  returnableUntil: Instant,
  lines: /* @__PURE__ */ arrayCodec(CountedLine),
  isUndone: booleanCodec,
  attributes: EarningFacts,
  context: EarningContext,
  grants: /* @__PURE__ */ arrayCodec(EarningGrant),
  claims: /* @__PURE__ */ arrayCodec(CapClaim),
  milestones: /* @__PURE__ */ arrayCodec(MilestoneShare),
  rewards: /* @__PURE__ */ arrayCodec(EarningGrant),
})
