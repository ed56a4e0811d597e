/** Points set aside for somebody who is about to spend them, as data. */
import { ActivityId, arrayCodec, type Codec, Instant, nullableCodec, structCodec } from '../foundation/index.ts'
import { Lot } from './lot.ts'

/** Points set aside: they are in no lot of the wallet, and only this hold can spend them (S35). */
export interface Hold {
  /** The activity that set them aside. */
  readonly id: ActivityId
  readonly at: Instant
  /** When they are free again by themselves; `null`: never. */
  readonly until: Instant | null
  /** The pieces of lots that are held, in the order in which they are spent. */
  readonly lots: ReadonlyArray<Lot>
}

/** Reads a {@link Hold}. */
export const Hold: Codec<Hold, unknown> = /* @__PURE__ */ structCodec('Hold', {
  id: ActivityId,
  at: Instant,
  until: /* @__PURE__ */ nullableCodec(Instant),
  lots: /* @__PURE__ */ arrayCodec(Lot),
})
