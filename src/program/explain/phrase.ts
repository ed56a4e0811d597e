/** Sentences as data: a key and typed values, to be put into any language. */
import type { Currency, WalletId } from '../../foundation/index.ts'

/** An id, a name, or a text that somebody wrote. */
export interface TextValue {
  readonly type: 'text'
  readonly text: string
}

/** A word for which each language has its own: a field that conditions read, a day of the week, an occasion, `true` or `false`. */
export interface WordValue {
  readonly type: 'word'
  readonly word: string
}

/** How many there are of something. */
export interface CountValue {
  readonly type: 'count'
  readonly count: number
}

/** A decimal number, such as a factor or a rate, with a point. */
export interface DecimalValue {
  readonly type: 'decimal'
  readonly decimal: string
}

/** Points of a wallet, in its smallest unit. */
export interface PointsValue {
  readonly type: 'points'
  readonly points: number
  /** How many digits of them stand behind the decimal sign. */
  readonly decimals: number
  /** `null`: the wallet need not be named. */
  readonly wallet: WalletId | null
}

/** An amount, in minor units. */
export interface MoneyValue {
  readonly type: 'money'
  readonly minor: number
  readonly currency: Currency
}

/** A day of the program's calendar. */
export interface DateValue {
  readonly type: 'date'
  readonly year: number
  readonly month: number
  readonly day: number
}

/** An exact fraction, such as points before they are rounded; decimal integers of any length. */
export interface FractionValue {
  readonly type: 'fraction'
  readonly numerator: string
  readonly denominator: string
}

/** How the items of a list are joined. */
export type ListJoin = 'none' | 'comma' | 'semicolon' | 'and' | 'or' | 'orElse' | 'plus'

/** Several values. */
export interface ListValue {
  readonly type: 'list'
  readonly join: ListJoin
  readonly items: ReadonlyArray<PhraseValue>
}

/** What stands in the place of a placeholder. */
export type PhraseValue =
  | TextValue
  | WordValue
  | CountValue
  | DecimalValue
  | PointsValue
  | MoneyValue
  | DateValue
  | FractionValue
  | ListValue
  | Phrase

/** A sentence, or a part of one: what is said, and with which values. */
export interface Phrase {
  readonly type: 'phrase'
  readonly key: PhraseKey
  readonly values: { readonly [name: string]: PhraseValue }
}

/** An id, or what an id says. */
export type IdValue = TextValue | Phrase

type Raw = FractionValue | Phrase
type Point = PointsValue
type Entry = { readonly points: Point; readonly at: DateValue }
type Reason = { readonly field: WordValue; readonly required: Phrase | ListValue; readonly found: Phrase }
type Given = { readonly rule: TextValue; readonly given: Raw }
type Touch = { readonly referrer: TextValue }
type Brought = { readonly referee: TextValue; readonly level: Phrase; readonly reward: Phrase; readonly doubt: Phrase }
type StampReward = { readonly card: TextValue; readonly number: CountValue; readonly position: CountValue }
type Progress = {
  readonly challenge: TextValue
  readonly activity: IdValue
  readonly amount: PhraseValue
  readonly counted: PhraseValue
  readonly of: Phrase
}
type Level = { readonly challenge: TextValue; readonly level: TextValue; readonly reward: Phrase }
type Price = { readonly points: Point; readonly money: Phrase }
type None = Readonly<Record<never, never>>
type Value = { readonly value: PhraseValue }
type Tier = { readonly to: TextValue }

/** Every phrase there is, with the values that it has. */
export interface PhraseValues {
  nothing: None
  'earning.given': Given
  'earning.multiplied': { readonly before: Raw; readonly after: Raw }
  'earning.lines': Given & { readonly lines: CountValue; readonly basis: MoneyValue }
  'earning.noLine': { readonly rule: TextValue }
  'earning.multiplier': { readonly rule: TextValue; readonly factor: DecimalValue }
  'earning.multipliesNothing': { readonly rule: TextValue }
  'earning.multiplierOnLines': { readonly rule: TextValue; readonly factor: DecimalValue; readonly lines: CountValue }
  'earning.capNoTime': { readonly cap: TextValue; readonly desired: Raw }
  'earning.cap': {
    readonly cap: TextValue
    readonly room: Point
    readonly desired: Raw
    readonly granted: Raw
    readonly rest: Phrase
  }
  'cap.truncate': None
  'cap.reject': None
  'cap.defer': None
  'earning.unmatched': { readonly rule: TextValue; readonly why: PhraseValue }
  'earning.unmatchedPlainly': { readonly rule: TextValue }
  'unmatched.cooldown': { readonly rule: TextValue }
  'unmatched.schedule': { readonly rule: TextValue }
  'unmatched.stopped': { readonly rule: TextValue }
  'unmatched.group': { readonly rule: TextValue }
  'unmatched.noAward': { readonly rule: TextValue }
  'whyNot.changes': { readonly rule: TextValue; readonly changes: ListValue }
  'whyNot.with': { readonly field: WordValue; readonly value: PhraseValue }
  'whyNot.without': { readonly field: WordValue }
  'whyNot.added': { readonly field: WordValue; readonly value: PhraseValue }
  'whyNot.removed': { readonly field: WordValue; readonly value: PhraseValue }
  'whyNot.instead': { readonly field: WordValue; readonly value: PhraseValue; readonly found: PhraseValue }
  'whyNot.cannot': { readonly rule: TextValue }
  'whyNot.undecided': { readonly rule: TextValue }
  'whyNot.from': { readonly rule: TextValue; readonly from: DateValue }
  'whyNot.fromWith': { readonly rule: TextValue; readonly from: DateValue; readonly changes: ListValue }
  'whyNot.never': { readonly rule: TextValue }
  'whyNot.line': { readonly rule: TextValue; readonly line: TextValue; readonly changes: ListValue }
  'whyNot.more': { readonly rule: TextValue; readonly missing: PhraseValue; readonly field: WordValue }
  'whyNot.moreOnLine': {
    readonly rule: TextValue
    readonly missing: PhraseValue
    readonly field: WordValue
    readonly line: TextValue
  }
  'whyNot.cap': { readonly rule: TextValue; readonly cap: TextValue }
  'whyNot.capUntil': { readonly rule: TextValue; readonly cap: TextValue; readonly from: DateValue }
  'reason.needs': Reason
  'reason.excludes': Reason
  'found.value': Value
  'found.nothing': None
  'found.unknown': None
  'value.nothing': None
  'needs.present': None
  'needs.absent': None
  'needs.is': Value
  'needs.isNot': Value
  'needs.in': Value
  'needs.notIn': Value
  'needs.hasAny': Value
  'needs.hasAll': Value
  'needs.hasNone': Value
  'needs.atLeast': Value
  'needs.moreThan': Value
  'needs.atMost': Value
  'needs.lessThan': Value
  'fact.present': None
  'fact.absent': None
  'fact.is': Value
  'fact.isNot': Value
  'fact.in': Value
  'fact.notIn': Value
  'fact.hasAny': Value
  'fact.hasAll': Value
  'fact.hasNone': Value
  'fact.atLeast': Value
  'fact.moreThan': Value
  'fact.atMost': Value
  'fact.lessThan': Value
  'earning.neverNegative': { readonly sum: Raw; readonly points: Point }
  'earning.rounded': {
    readonly sum: Raw
    readonly on: Phrase
    readonly mode: Phrase
    readonly points: Point
    readonly lines: Phrase
  }
  'earning.ofLines': { readonly lines: ListValue }
  'rounded.once': None
  'rounded.order': None
  'rounded.line': None
  'mode.floor': None
  'mode.ceil': None
  'mode.halfUp': None
  'mode.halfEven': None
  'mode.halfAway': None
  'mode.truncate': None
  'mode.towardZero': None
  'earning.deferred': { readonly points: Point; readonly cap: TextValue }
  'entry.accrued': Entry & { readonly active: Phrase; readonly end: Phrase }
  'active.atOnce': None
  'active.from': { readonly from: DateValue }
  'active.awaits': { readonly awaits: TextValue; readonly day: DateValue }
  'end.none': None
  'end.on': { readonly day: DateValue }
  'entry.opened': Entry
  'entry.activated': Entry
  'entry.redeemed': Entry & { readonly lots: CountValue }
  'entry.restored': Entry & { readonly redemption: IdValue }
  'entry.held': Entry
  'entry.heldUntil': Entry & { readonly until: DateValue }
  'entry.holdReleased': Entry & { readonly hold: IdValue }
  'entry.expired': Entry
  'entry.decayed': Entry
  'entry.extended': Entry & { readonly lots: CountValue }
  'entry.reinstated': Entry
  'entry.reversed': Entry & { readonly debt: Phrase; readonly left: Phrase }
  'entry.debt': { readonly points: Point }
  'entry.forgiven': { readonly points: Point }
  'entry.adjustedIn': Entry & { readonly actor: TextValue; readonly reason: TextValue }
  'entry.adjustedOut': Entry & { readonly debt: Phrase; readonly actor: TextValue; readonly reason: TextValue }
  'entry.transferredOut': Entry & { readonly to: TextValue }
  'entry.transferredIn': Entry & { readonly from: TextValue }
  'entry.convertedOut': Entry & { readonly to: TextValue }
  'entry.convertedIn': Entry & { readonly from: TextValue }
  'entry.debtSettled': Entry
  'entry.debtWrittenOff': Entry
  'entry.expirySuspended': Entry
  'entry.expiryResumed': Entry
  burn: { readonly requested: Point; readonly available: Point }
  'clawBack.purchase': {
    readonly purchase: IdValue
    readonly granted: Point
    readonly rest: Point
    readonly clawed: Point
    readonly lapsed: Phrase
  }
  'clawBack.action': {
    readonly action: TextValue
    readonly id: IdValue
    readonly granted: Point
    readonly clawed: Point
    readonly lapsed: Phrase
  }
  'clawBack.lapsed': { readonly points: Point }
  assessment: {
    readonly ladder: TextValue
    readonly at: DateValue
    readonly change: Phrase
    readonly until: Phrase
    readonly asked: Phrase
    readonly because: Phrase
  }
  'tier.held': Tier
  'tier.upgraded': Tier & { readonly from: TextValue }
  'tier.renewed': Tier
  'tier.downgraded': Tier & { readonly from: TextValue }
  'tier.validUntil': { readonly day: DateValue }
  'tier.reach': { readonly threshold: Phrase }
  'tier.keep': { readonly threshold: Phrase; readonly tier: TextValue }
  'threshold.count': { readonly count: PhraseValue; readonly metric: TextValue; readonly atLeast: PhraseValue }
  'threshold.parts': { readonly parts: ListValue }
  'threshold.some': { readonly number: CountValue; readonly parts: ListValue }
  'cause.grace': None
  'cause.return': None
  'cause.claim': None
  'cause.suspension': None
  'cause.definition': None
  exchange: {
    readonly amount: MoneyValue
    readonly exchanged: MoneyValue
    readonly rate: DecimalValue
    readonly to: TextValue
    readonly from: TextValue
    readonly validFrom: DateValue
  }
  duplicate: { readonly activity: IdValue }
  restated: { readonly actor: TextValue; readonly reason: TextValue; readonly parts: ListValue }
  'part.none': None
  'part.wallets': None
  'part.standings': None
  'part.stampCards': None
  'part.goals': None
  'part.streaks': None
  'part.tenure': None
  'part.badges': None
  'part.levels': None
  'part.days': None
  'part.rewards': None
  'part.rewardsTaken': None
  'part.vouchers': None
  'part.voucherUses': None
  'part.voucherCounts': None
  'part.earnings': None
  'part.redemptions': None
  'part.lapsed': None
  'part.caps': None
  'part.cooldowns': None
  'part.milestones': None
  'part.brought': None
  'part.upgrades': None
  'part.enrolledAt': None
  'part.birthday': None
  'part.orders': None
  'part.referral': None
  'part.referrerCounts': None
  'part.activities': None
  'id.effect': { readonly kind: TextValue; readonly of: TextValue }
  'id.automatic': { readonly at: DateValue }
  'referral.nobody': None
  'referral.qualified': Touch
  'referral.refused': Touch & { readonly why: ListValue }
  'touch.sharesCredit': Touch
  'touch.ownTouch': Touch
  'touch.afterConversion': Touch
  'touch.cookieExpired': Touch
  'touch.windowClosed': Touch
  'touch.earlierWins': Touch
  'touch.laterWins': Touch
  'touch.codeWins': Touch
  'touch.priorityWins': Touch
  'touch.moreCreditWins': Touch
  'touch.idWins': Touch
  'refusal.SelfReferral': None
  'refusal.ReferrerNotEarlier': None
  'refusal.ReferrerNotInGoodStanding': None
  'refusal.NotNewCustomer': None
  'refusal.ReferredTooLate': None
  'refusal.NotMonetised': None
  'refusal.WrongPurchaseNumber': { readonly number: CountValue; readonly wanted: CountValue }
  'refusal.ChannelNotEligible': { readonly channel: TextValue }
  'refusal.ReferralWindowClosed': { readonly closed: DateValue }
  'refusal.BelowMinimumSpend': { readonly spend: MoneyValue; readonly minimum: MoneyValue }
  'refusal.ReferralBlocked': { readonly signals: ListValue }
  'refusal.InvalidValue': { readonly expected: TextValue }
  'refusal.OutOfRange': { readonly expected: TextValue }
  'reward.points': { readonly points: Point }
  'reward.money': { readonly money: MoneyValue }
  'reward.donation': { readonly money: MoneyValue; readonly charity: TextValue }
  'reward.voucher': { readonly units: CountValue; readonly voucher: TextValue }
  'reward.tierCredit': { readonly units: PhraseValue; readonly metric: TextValue; readonly ladder: TextValue }
  'reassessment.stands': Touch & { readonly back: Phrase }
  'reassessment.cancelled': Touch & { readonly back: Phrase }
  'reassessment.inReview': Touch & { readonly back: Phrase }
  'reassessment.back': { readonly reward: Phrase }
  'brought.opened': Brought
  'brought.approved': Brought
  'brought.denied': Brought
  'brought.reduced': Brought
  'brought.cancelled': Brought
  'brought.rewarded': Brought
  'brought.shared': Brought
  'brought.questioned': Brought
  'brought.upheld': Brought
  'brought.reversed': Brought
  'brought.level': { readonly level: CountValue }
  'brought.reward': { readonly reward: Phrase }
  'brought.limited': { readonly reward: Phrase; readonly desired: Phrase; readonly limits: ListValue }
  'brought.doubt': { readonly signals: ListValue }
  stamps: {
    readonly card: TextValue
    readonly granted: CountValue
    readonly cut: Phrase
    readonly there: CountValue
    readonly slots: CountValue
    readonly rewards: ListValue
  }
  'stamps.cut': { readonly desired: CountValue; readonly by: Phrase }
  'stamps.perDay': None
  'stamps.cardFull': None
  'stamps.reward': { readonly card: CountValue; readonly reward: TextValue }
  'stamps.taken': {
    readonly card: TextValue
    readonly purchase: TextValue
    readonly taken: CountValue
    readonly left: CountValue
    readonly owed: Phrase
  }
  'stamps.owed': { readonly debt: CountValue }
  'stamps.expired': { readonly card: TextValue; readonly at: DateValue; readonly stamps: CountValue }
  'reward.change': {
    readonly reward: TextValue
    readonly redemption: IdValue
    readonly what: Phrase
  }
  'reward.hold': Price
  'reward.holdAutomatic': Price
  'reward.issue': Price
  'reward.use': None
  'reward.release': { readonly points: Point }
  'reward.cancel': Price
  'reward.ship': None
  'reward.deliver': None
  'reward.fail': None
  'reward.comeBack': None
  'reward.andMoney': { readonly money: MoneyValue }
  'voucher.applied': {
    readonly voucher: TextValue
    readonly off: MoneyValue
    readonly cut: Phrase
    readonly gifts: ListValue
  }
  donation: {
    readonly given: MoneyValue
    readonly by: Phrase
    readonly beneficiary: TextValue
    readonly campaign: TextValue
    readonly matched: Phrase
    readonly reached: Phrase
  }
  'donation.byPoints': { readonly points: Point }
  'donation.matched': { readonly money: MoneyValue }
  'donation.reached': None
  'voucher.paid': { readonly voucher: TextValue; readonly off: MoneyValue }
  'voucher.cutByVoucher': { readonly desired: MoneyValue }
  'voucher.cutByTotal': { readonly desired: MoneyValue }
  'voucher.gift': { readonly quantity: CountValue; readonly sku: TextValue }
  'voucher.declined': { readonly voucher: TextValue; readonly because: Phrase }
  'decline.notYetValid': { readonly from: DateValue }
  'decline.expired': None
  'decline.otherCurrency': None
  'decline.notForMember': None
  'decline.conditionNotMet': None
  'decline.conditionUnknown': None
  'decline.usedUp': None
  'decline.noMatchingProduct': None
  'decline.tooFewItems': { readonly missing: CountValue }
  'decline.belowMinimumSpend': { readonly missing: MoneyValue }
  'decline.belowMinimumAfterDiscount': { readonly missing: MoneyValue }
  'decline.exclusiveWith': { readonly other: TextValue }
  'decline.nothingLeft': None
  'decline.totalCapReached': None
  'decline.notFirst': None
  'decline.notBest': { readonly total: MoneyValue }
  'decline.notWorst': { readonly total: MoneyValue }
  'decline.alreadyApplied': None
  'decline.notInPlan': None
  'voucher.granted': { readonly voucher: TextValue; readonly until: Phrase }
  'voucher.until': { readonly until: DateValue }
  'voucher.expired': { readonly voucher: TextValue }
  'voucher.revoked': { readonly voucher: TextValue }
  'voucher.restored': { readonly voucher: TextValue; readonly purchase: TextValue }
  'stampReward.used': StampReward
  'stampReward.open': StampReward
  'challenge.counted': Progress
  'challenge.undone': Progress
  'challenge.of': { readonly target: PhraseValue }
  'level.reached': Level
  'level.lost': Level
  'level.reward': { readonly reward: TextValue }
  streak: { readonly streak: TextValue; readonly count: CountValue; readonly of: Phrase }
  'badge.awarded': { readonly badge: TextValue }
  'badge.revoked': { readonly badge: TextValue }
  'badge.expired': { readonly badge: TextValue }
  'draw.entered': { readonly draw: TextValue }
  'draw.withdrawn': { readonly draw: TextValue }
}

/** What can be said. */
export type PhraseKey = keyof PhraseValues

/** A phrase; its values are those of its key. */
export const phrase = <Key extends PhraseKey>(key: Key, values: PhraseValues[Key]): Phrase => ({
  type: 'phrase',
  key,
  values: values,
})

export const nothing: Phrase = { type: 'phrase', key: 'nothing', values: {} }

export const text = (of: string): TextValue => ({ type: 'text', text: of })

export const word = (of: string): WordValue => ({ type: 'word', word: of })

export const count = (of: number): CountValue => ({ type: 'count', count: of })

export const decimal = (of: string): DecimalValue => ({ type: 'decimal', decimal: of })

export const list = (join: ListJoin, items: ReadonlyArray<PhraseValue>): ListValue => ({ type: 'list', join, items })

export const texts = (join: ListJoin, items: ReadonlyArray<string>): ListValue => list(join, items.map(text))
