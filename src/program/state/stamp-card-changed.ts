/** The event that something became of a member's stamp cards. */
import { type Codec, Instant, literalCodec, naturalCodec, structCodec } from '../../foundation/index.ts'
import { StampCardState } from '../../rewards/index.ts'

/** What became of a stamp card. */
export type StampCardChange = 'stamped' | 'takenBack' | 'expired' | 'rewardUsed' | 'useCancelled'

/** Stamps came, went or expired, or a reward of a card was used. */
export interface StampCardChanged {
  readonly type: 'stampCardChanged'
  readonly at: Instant
  readonly change: StampCardChange
  /** How many stamps came or went; 0 where it is about a reward. */
  readonly stamps: number
  readonly card: StampCardState
}

/** Reads a {@link StampCardChanged}. */
export const StampCardChanged: Codec<StampCardChanged, unknown> = /* @__PURE__ */ structCodec('StampCardChanged', {
  type: /* @__PURE__ */ literalCodec('stampCardChanged'),
  at: Instant,
  change: /* @__PURE__ */ literalCodec('stamped', 'takenBack', 'expired', 'rewardUsed', 'useCancelled'),
  stamps: naturalCodec,
  card: StampCardState,
})
