/** What a program says of a wallet: how fine its points are, how long they wait and live, and what happens to them. */
import {
  arrayCodec,
  booleanCodec,
  Calendar,
  type Codec,
  Duration,
  integerCodec,
  LadderId,
  literalCodec,
  nullableCodec,
  Points,
  RoundingMode,
  refineCodec,
  stringCodec,
  structCodec,
  TierId,
  unionCodec,
  WalletId,
} from '../foundation/index.ts'
import { BurnPolicy } from './burn-policy.ts'
import { ExpiryPolicy } from './expiry-policy.ts'
import { PendingPolicy } from './pending-policy.ts'

/** How far points that were earned can be taken back, and where from once their own lot does not hold them (S27, S28). */
export interface ClawBackPolicy {
  /** `pendingOnly`: what waits still; `withinBalance`: never more than there is; `unlimited`: the rest becomes debt. */
  readonly limit: 'pendingOnly' | 'withinBalance' | 'unlimited'
  /** Other lots pay, soonest or latest to expire first; or nothing else does, and it is all debt. */
  readonly from: 'soonestExpiring' | 'latestExpiring' | 'ownLotOnly'
}

/** What becomes of the dates of spent points that come back (S29). */
export type RestorationPolicy =
  | { readonly type: 'originalExpiry' }
  /** They live at least so long from their return. */
  | { readonly type: 'grace'; readonly atLeast: Duration }
  /** They get a new date, as if they were earned now. */
  | { readonly type: 'reissue' }

/** How holds behave (S35). */
export interface HoldPolicy {
  /** How long a hold lasts where it does not say itself; `null`: until it is released. */
  readonly validity: Duration | null
  /** Whether points that are held do not expire before they are released. */
  readonly protectsExpiry: boolean
}

/** Points melt away at the start of every period: a share of them, but at least so many (S26). */
export interface DecayPolicy {
  readonly every: Calendar
  /** A share of the active points from 0 to 1, such as `0.05`. */
  readonly rate: string
  /** In the wallet's smallest unit. */
  readonly atLeast: Points
  readonly rounding: RoundingMode
}

/** In some tiers points do not expire; after them those whose date has passed live on for the notice (S25). */
export interface SuspensionPolicy {
  readonly ladder: LadderId
  readonly tiers: ReadonlyArray<TierId>
  readonly minimumNotice: Duration
}

/** What becomes of points that would expire. */
export type OnExpiry =
  | { readonly type: 'move'; readonly wallet: WalletId }
  | { readonly type: 'donate'; readonly recipient: string }

/** A wallet of a program. */
export interface WalletDefinition {
  readonly id: WalletId
  /** Fraction digits of a point: 2 means that points are counted in hundredths. */
  readonly decimals: number
  /** How earned points wait before they can be spent; `null`: they are active at once. */
  readonly pending: PendingPolicy | null
  /** When points die; `null`: never. */
  readonly expiry: ExpiryPolicy | null
  /** Which points are spent first. Default: the soonest to expire, which loses the member least (S15). */
  readonly burn?: BurnPolicy
  /** Default: unlimited, from the soonest to expire: nothing can be earned by returning what was bought. */
  readonly clawBack?: ClawBackPolicy
  /** Default: they live at least 30 days more, so that nobody loses points by a shop's cancellation. */
  readonly restoration?: RestorationPolicy
  /** Default: holds last until they are released, and protect from expiry. */
  readonly holds?: HoldPolicy
  /** How long debt is asked for; `null`, the default: until it is paid. */
  readonly writeOffAfter?: Duration | null
  /** Default: nothing melts away. */
  readonly decay?: DecayPolicy
  /** Default: tiers make no difference to expiry. */
  readonly suspension?: SuspensionPolicy
  /** Default: they are gone. */
  readonly onExpiry?: OnExpiry
  /** How long after their expiry points can be made valid again; `null`, the default: never. */
  readonly reinstatement?: Duration | null
}

const RATE = /^(?:0|1|0\.\d{1,6})$/

const clawBack: Codec<ClawBackPolicy, unknown> = /* @__PURE__ */ structCodec('ClawBackPolicy', {
  limit: /* @__PURE__ */ literalCodec('pendingOnly', 'withinBalance', 'unlimited'),
  from: /* @__PURE__ */ literalCodec('soonestExpiring', 'latestExpiring', 'ownLotOnly'),
})

const restoration: Codec<RestorationPolicy, unknown> = /* @__PURE__ */ unionCodec('RestorationPolicy', 'type', {
  originalExpiry: /* @__PURE__ */ structCodec('OriginalExpiry', {
    type: /* @__PURE__ */ literalCodec('originalExpiry'),
  }),
  grace: /* @__PURE__ */ structCodec('GraceExpiry', {
    type: /* @__PURE__ */ literalCodec('grace'),
    atLeast: Duration,
  }),
  reissue: /* @__PURE__ */ structCodec('Reissue', { type: /* @__PURE__ */ literalCodec('reissue') }),
})

const decay: Codec<DecayPolicy, unknown> = /* @__PURE__ */ structCodec('DecayPolicy', {
  every: Calendar,
  rate: /* @__PURE__ */ refineCodec(stringCodec, 'DecayRate', 'a share from "0" to "1" such as "0.05"', (text) =>
    RATE.test(text),
  ),
  atLeast: Points,
  rounding: RoundingMode,
})

const onExpiry: Codec<OnExpiry, unknown> = /* @__PURE__ */ unionCodec('OnExpiry', 'type', {
  move: /* @__PURE__ */ structCodec('MoveOnExpiry', { type: /* @__PURE__ */ literalCodec('move'), wallet: WalletId }),
  donate: /* @__PURE__ */ structCodec('DonateOnExpiry', {
    type: /* @__PURE__ */ literalCodec('donate'),
    recipient: stringCodec,
  }),
})

/**
 * Reads a {@link WalletDefinition}.
 *
 * @example
 * ```ts
 * import { decode, WalletDefinition } from 'treue'
 *
 * const expiry = { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'activation' }
 * decode(WalletDefinition, { id: 'points', decimals: 0, pending: null, expiry })._tag // => 'Right'
 * ```
 */
export const WalletDefinition: Codec<WalletDefinition, unknown> = /* @__PURE__ */ structCodec(
  'WalletDefinition',
  {
    id: WalletId,
    decimals: /* @__PURE__ */ integerCodec({ min: 0, max: 6 }),
    pending: /* @__PURE__ */ nullableCodec(PendingPolicy),
    expiry: /* @__PURE__ */ nullableCodec(ExpiryPolicy),
  },
  {
    burn: BurnPolicy,
    clawBack,
    restoration,
    holds: /* @__PURE__ */ structCodec('HoldPolicy', {
      validity: /* @__PURE__ */ nullableCodec(Duration),
      protectsExpiry: booleanCodec,
    }),
    writeOffAfter: /* @__PURE__ */ nullableCodec(Duration),
    decay,
    suspension: /* @__PURE__ */ structCodec('SuspensionPolicy', {
      ladder: LadderId,
      tiers: /* @__PURE__ */ arrayCodec(TierId, { maxLength: 1000 }),
      minimumNotice: Duration,
    }),
    onExpiry,
    reinstatement: /* @__PURE__ */ nullableCodec(Duration),
  },
)
