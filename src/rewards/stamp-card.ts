/** Stamp cards: what gives a stamp, what a full card gives, and what a member has on it. */
import {
  ActivityId,
  arrayCodec,
  CivilDate,
  type Codec,
  constrainCodec,
  Duration,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  LineId,
  literalCodec,
  naturalCodec,
  nullableCodec,
  structCodec,
} from '../foundation/index.ts'
import { RewardId, StampCardId } from './reward-ids.ts'

/** What a card gives when so many stamps are on it. */
export interface StampPosition {
  /** From 1 to the slots of the card. */
  readonly position: number
  readonly reward: RewardId
}

/** The terms of a stamp card (S58). */
export interface StampCardPolicy {
  readonly id: StampCardId
  /** Stamps that fill a card, 1 to 1,000. */
  readonly slots: number
  /** Rising; at most one reward a position. */
  readonly rewards: ReadonlyArray<StampPosition>
  /** A stamp for each item, or one for the purchase. */
  readonly stampsFor: 'item' | 'purchase'
  /** What becomes of stamps beyond a full card: they go to the next one, or are lost. */
  readonly overflow: 'carry' | 'lose'
  /** The most stamps in one day of the member's calendar; `null`: no limit. */
  readonly perDay: number | null
  /** What the stamped lines of a purchase must cost at least, in minor units; 0: no minimum. */
  readonly minimumSpendMinor: number
  /** How long a card lasts from its first stamp on; `null`: without end. */
  readonly validity: Duration | null
  /** How long a purchase is kept for a return, and how late it may come in. */
  readonly returnWindow: Duration
  /**
   * Where a stamp is taken that belongs to a full card whose last reward is used: from the next card as far as it goes,
   * or as a debt at once. What the next card doesn't have is a debt in both.
   */
  readonly takeBack: 'nextCard' | 'debt'
}

/** A line that can give stamps; the caller names only lines of what the card is for. */
export interface StampLine {
  readonly id: LineId
  /** Items of the line. */
  readonly quantity: number
  /** How many of them were free, as a reward; they give no stamp. */
  readonly freeQuantity: number
  /** What the line cost, in minor units. */
  readonly minor: number
}

/** A return that was counted. */
export interface StampReturnRecord {
  readonly id: ActivityId
  readonly lines: ReadonlyArray<{ readonly id: LineId; readonly quantity: number; readonly freeQuantity: number }>
}

/** A purchase that can still be returned. */
export interface StampedPurchase {
  readonly id: ActivityId
  readonly at: Instant
  /** The day that it counts to. */
  readonly day: CivilDate
  /** As bought. */
  readonly lines: ReadonlyArray<StampLine>
  /** What day and card had room for. */
  readonly room: number
  /** Stamps that it gave and still has. */
  readonly stamps: number
  /** Stamps of it that expired with their card. */
  readonly expired: number
  readonly returns: ReadonlyArray<StampReturnRecord>
}

/** A reward that a card has given. */
export interface StampReward {
  /** The card's number; the first is 1. */
  readonly card: number
  readonly position: number
  readonly reward: RewardId
  readonly at: Instant
  readonly status: 'open' | 'used'
}

/** A card that was filled, and since when it ran. */
export interface FilledCard {
  readonly card: number
  readonly startedAt: Instant
  readonly filledAt: Instant
  /** Stamps that came off after the card that followed ran out, when it could not be opened again. */
  readonly missing: number
}

/** What a member has on the cards of one kind. */
export interface StampCardState {
  readonly id: StampCardId
  /** The latest instant that was looked at; `null` before the first. */
  readonly asOf: Instant | null
  /** The number of the card that is being filled; the first is 1. */
  readonly card: number
  /** Stamps on it. */
  readonly stamps: number
  /** When it got its first stamp; `null` while it is empty. */
  readonly startedAt: Instant | null
  /** Stamps owed: the next ones pay them first. */
  readonly debt: number
  /** Cards filled of late; a return can open the last of them again. */
  readonly filled: ReadonlyArray<FilledCard>
  /** Open ones, and used ones as long as a return or a cancelled use can concern them. */
  readonly rewards: ReadonlyArray<StampReward>
  readonly purchases: ReadonlyArray<StampedPurchase>
}

const quantity: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000_000 })
const positive: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })

const policyFaults = ({ slots, rewards }: StampCardPolicy): ReadonlyArray<InvalidValue> =>
  rewards.flatMap(({ position }, index) => {
    const before = rewards[index - 1]?.position ?? 0
    return position > before && position <= slots
      ? []
      : [invalidValue(['rewards', index, 'position'], position, `a position from ${before + 1} to ${slots}`)]
  })

/**
 * Reads a {@link StampCardPolicy}: positions rise and lie on the card.
 *
 * @example
 * ```ts
 * import { decode, StampCardPolicy } from 'treue'
 *
 * const json = {
 *   id: 'coffee',
 *   slots: 10,
 *   rewards: [{ position: 10, reward: 'free-coffee' }],
 *   stampsFor: 'item',
 *   overflow: 'carry',
 *   perDay: null,
 *   minimumSpendMinor: 0,
 *   validity: { amount: 6, unit: 'month' },
 *   returnWindow: { amount: 30, unit: 'day' },
 *   takeBack: 'nextCard',
 * }
 * decode(StampCardPolicy, json)._tag // => 'Right'
 * decode(StampCardPolicy, { ...json, slots: 9 })._tag // => 'Left'
 * ```
 */
export const StampCardPolicy: Codec<StampCardPolicy, unknown> = /* @__PURE__ */ constrainCodec<
  StampCardPolicy,
  unknown
>(
  /* @__PURE__ */ structCodec('StampCardPolicy', {
    id: StampCardId,
    slots: /* @__PURE__ */ integerCodec({ min: 1, max: 1000 }),
    rewards: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('StampPosition', { position: positive, reward: RewardId }),
      { maxLength: 1000 },
    ),
    stampsFor: /* @__PURE__ */ literalCodec('item', 'purchase'),
    overflow: /* @__PURE__ */ literalCodec('carry', 'lose'),
    perDay: /* @__PURE__ */ nullableCodec(positive),
    minimumSpendMinor: naturalCodec,
    validity: /* @__PURE__ */ nullableCodec(Duration),
    returnWindow: Duration,
    takeBack: /* @__PURE__ */ literalCodec('nextCard', 'debt'),
  }),
  policyFaults,
)

const lineFaults = ({ quantity: all, freeQuantity }: StampLine): ReadonlyArray<InvalidValue> =>
  freeQuantity <= all ? [] : [invalidValue(['freeQuantity'], freeQuantity, `at most ${all}, the items of the line`)]

/** Reads a {@link StampLine}. */
export const StampLine: Codec<StampLine, unknown> = /* @__PURE__ */ constrainCodec<StampLine, unknown>(
  /* @__PURE__ */ structCodec('StampLine', { id: LineId, quantity, freeQuantity: quantity, minor: naturalCodec }),
  lineFaults,
)

const ReturnedStampLine: Codec<StampReturnRecord['lines'][number], unknown> = /* @__PURE__ */ structCodec(
  'ReturnedStampLine',
  { id: LineId, quantity, freeQuantity: quantity },
)

const StampedPurchase: Codec<StampedPurchase, unknown> = /* @__PURE__ */ structCodec('StampedPurchase', {
  id: ActivityId,
  at: Instant,
  day: CivilDate,
  lines: /* @__PURE__ */ arrayCodec(StampLine, { maxLength: 10_000 }),
  room: naturalCodec,
  stamps: naturalCodec,
  expired: naturalCodec,
  returns: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('StampReturnRecord', {
      id: ActivityId,
      lines: /* @__PURE__ */ arrayCodec(ReturnedStampLine, { maxLength: 10_000 }),
    }),
  ),
})

/** Reads a {@link StampCardState}. */
export const StampCardState: Codec<StampCardState, unknown> = /* @__PURE__ */ structCodec('StampCardState', {
  id: StampCardId,
  asOf: /* @__PURE__ */ nullableCodec(Instant),
  card: positive,
  stamps: naturalCodec,
  startedAt: /* @__PURE__ */ nullableCodec(Instant),
  debt: naturalCodec,
  filled: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('FilledCard', {
      card: positive,
      startedAt: Instant,
      filledAt: Instant,
      missing: naturalCodec,
    }),
  ),
  rewards: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('StampReward', {
      card: positive,
      position: positive,
      reward: RewardId,
      at: Instant,
      status: /* @__PURE__ */ literalCodec('open', 'used'),
    }),
  ),
  purchases: /* @__PURE__ */ arrayCodec(StampedPurchase),
})

/**
 * The state of a member who has no stamp yet.
 *
 * @param id - the kind of card
 *
 * @example
 * ```ts
 * import { newStampCard, type StampCardId } from 'treue'
 *
 * newStampCard('coffee' as StampCardId).card // => 1
 * ```
 */
export const newStampCard = (id: StampCardId): StampCardState => ({
  id,
  asOf: null,
  card: 1,
  stamps: 0,
  startedAt: null,
  debt: 0,
  filled: [],
  rewards: [],
  purchases: [],
})
