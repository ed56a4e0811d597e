/** The kinds of ledger entries. Each names the lots that it touched, and by how much. */
import type { ActivityId, FunderId, Instant, LotId, MemberId, Points, WalletId } from '../foundation/index.ts'
import type { Lot, LotKind } from './lot.ts'

/** Points taken from one lot. */
export interface LotDraw {
  readonly lot: LotId
  readonly points: Points
}

/** A lot and when it dies from now on. */
export interface LotExpiry {
  readonly lot: LotId
  readonly expiresAt: Instant | null
}

/** What every entry has. */
export interface EntryBase<Type extends string> {
  readonly type: Type
  readonly wallet: WalletId
  readonly at: Instant
  /** How many points moved, in the wallet's smallest unit. */
  readonly points: Points
}

/** An entry that follows from an activity. */
export interface SourcedEntry<Type extends string> extends EntryBase<Type> {
  /** The activity that it follows from. */
  readonly source: ActivityId
}

/** Points that leave a wallet, from these lots. */
export interface DrawingEntry<Type extends string> extends SourcedEntry<Type> {
  readonly draws: ReadonlyArray<LotDraw>
}

/** Points that come into a wallet as lots; into a lot that is there already where it has the same id. */
export interface BringingEntry<Type extends string> extends SourcedEntry<Type> {
  readonly lots: ReadonlyArray<Lot>
}

/** Points were earned; they can be spent from `activeFrom` until before `expiresAt`. */
export interface Accrued extends SourcedEntry<'accrued'> {
  readonly lot: LotId
  readonly activeFrom: Instant
  readonly expiresAt: Instant | null
  readonly kind: LotKind
  readonly funder: FunderId | null
  /** The action that makes them active; `activeFrom` is then when they are cancelled without it. */
  readonly awaits: string | null
}

/** Points of a balance that another system kept before. */
export type Opened = BringingEntry<'opened'>

/** Pending points became spendable. */
export interface Activated extends EntryBase<'activated'> {
  readonly lot: LotId
  readonly expiresAt: Instant | null
}

/** Points were spent; `draws` names the lots they came from. */
export interface Redeemed extends DrawingEntry<'redeemed'> {
  /** The hold that they were taken from; `null`: active points. */
  readonly hold: ActivityId | null
}

/** Spent points came back: the redemption was cancelled, in whole or in part. */
export interface Restored extends BringingEntry<'restored'> {
  readonly redemption: ActivityId
}

/** Active points were set aside, so that nobody else can spend them. */
export interface Held extends DrawingEntry<'held'> {
  /** When they are free again by themselves; `null`: never. */
  readonly until: Instant | null
}

/** What was left of a hold is free again. */
export interface HoldReleased extends EntryBase<'holdReleased'> {
  readonly hold: ActivityId
}

/** What was left of a lot died: in the wallet, or in a hold. */
export interface Expired extends EntryBase<'expired'> {
  readonly lot: LotId
  readonly hold: ActivityId | null
}

/** Points melted away. */
export interface Decayed extends EntryBase<'decayed'> {
  readonly draws: ReadonlyArray<LotDraw>
}

/** Lots live until another date. */
export interface Extended extends SourcedEntry<'extended'> {
  readonly lots: ReadonlyArray<LotExpiry>
}

/** Points that had expired are valid again. */
export type Reinstated = BringingEntry<'reinstated'>

/** Earned points were taken back: from `draws` as far as they were there, the rest as `debt`. */
export interface Reversed extends DrawingEntry<'reversed'> {
  readonly debt: Points
  /** What the wallet's policy left to the member; it is no part of `points`. */
  readonly forgiven: Points
}

/** Points were given by hand. */
export interface AdjustedIn extends BringingEntry<'adjustedIn'> {
  readonly reason: string
  readonly actor: string
}

/** Points were taken by hand: from `draws` as far as they were there, the rest as `debt`. */
export interface AdjustedOut extends DrawingEntry<'adjustedOut'> {
  readonly debt: Points
  readonly reason: string
  readonly actor: string
}

/** Points went to another member, or to whom points are given away to. */
export interface TransferredOut extends DrawingEntry<'transferredOut'> {
  readonly to: MemberId
}

/** Points came from another member. */
export interface TransferredIn extends BringingEntry<'transferredIn'> {
  readonly from: MemberId
}

/** Points became those of another wallet or of a partner. */
export interface ConvertedOut extends DrawingEntry<'convertedOut'> {
  readonly to: string
}

/** Points of another wallet or of a partner became those of this one. */
export interface ConvertedIn extends BringingEntry<'convertedIn'> {
  readonly from: string
}

/** Active points went to pay debt. */
export interface DebtSettled extends EntryBase<'debtSettled'> {
  readonly draws: ReadonlyArray<LotDraw>
}

/** Debt is asked for no more. */
export type DebtWrittenOff = EntryBase<'debtWrittenOff'>

/** From now on nothing of the wallet expires; `points` is 0. */
export type ExpirySuspended = EntryBase<'expirySuspended'>

/** Points expire again: those whose date has passed meanwhile on these dates. */
export interface ExpiryResumed extends EntryBase<'expiryResumed'> {
  readonly lots: ReadonlyArray<LotExpiry>
}
