/** Touches: how somebody who may become a customer met a referrer. */
import {
  type Brand,
  type Codec,
  Instant,
  integerCodec,
  literalCodec,
  MemberId,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'

/** The id of a touch. */
export type TouchId = Brand<string, 'TouchId'>

/** Reads the id of a touch: any text that is not empty. */
export const TouchId: Codec<TouchId, string> = /* @__PURE__ */ refineCodec<string, string, TouchId>(
  stringCodec,
  'TouchId',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/** A referrer's link was followed, their code entered, or they were named. */
export interface Touch {
  readonly id: TouchId
  readonly referrer: MemberId
  readonly at: Instant
  /** A `link` is remembered by a cookie; a `code` is typed in; `named` is told to a person or on a form. */
  readonly by: 'link' | 'code' | 'named'
  /** The higher one goes first where the model asks for it: campaigns, paid partners. */
  readonly priority: number
}

/**
 * Reads a {@link Touch}.
 *
 * @example
 * ```ts
 * import { decode, Touch } from 'treue'
 *
 * decode(Touch, { id: 't1', referrer: 'anna', at: '2026-03-01T12:00:00Z', by: 'link', priority: 0 })._tag // => 'Right'
 * ```
 */
export const Touch: Codec<Touch, unknown> = /* @__PURE__ */ structCodec('Touch', {
  id: TouchId,
  referrer: MemberId,
  at: Instant,
  by: /* @__PURE__ */ literalCodec('link', 'code', 'named'),
  priority: /* @__PURE__ */ integerCodec(),
})
