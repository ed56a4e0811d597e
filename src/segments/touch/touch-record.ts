// What was sent to a customer, or is going to be.

import { type Codec, Instant, literalCodec, structCodec } from '../../foundation/index.ts'
import { shortText } from '../short-text.ts'

/** What sells, and what a customer must know: their order, their complaint. */
export type TouchKind = 'marketing' | 'service'

/** Something that was sent to a customer, or is going to be. */
export interface TouchRecord {
  /** The id of the rule. */
  readonly rule: string
  readonly channel: string
  readonly kind: TouchKind
  readonly at: Instant
}

export const touchText: Codec<string> = /* @__PURE__ */ shortText('Name')

export const touchKind: Codec<TouchKind> = /* @__PURE__ */ literalCodec('marketing', 'service')

/**
 * Reads a {@link TouchRecord}.
 *
 * @example
 * ```ts
 * import { decode, TouchRecord } from 'treue'
 *
 * decode(TouchRecord, { rule: 'birthday', channel: 'email', kind: 'marketing', at: '2026-03-01T12:00:00Z' })._tag // => 'Right'
 * ```
 */
export const TouchRecord: Codec<TouchRecord, unknown> = /* @__PURE__ */ structCodec('TouchRecord', {
  rule: touchText,
  channel: touchText,
  kind: touchKind,
  at: Instant,
})
