/** A member is known anew: what was decided wrongly, or without something that came in late, is put right at once. */
import {
  type Codec,
  constrainCodec,
  naturalCodec,
  refineCodec,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import { knownPartCodecs, type MemberParts, repeatedPartIds, walletsCodec } from '../state/member-state.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/**
 * All that is known of a member is replaced by what it should be, and points move to where they should be. Nothing else
 * follows from it in its instant. What was taken in before stays known.
 */
export interface Restatement extends ActivityBase<'restatement'> {
  readonly reason: string
  readonly actor: string
  /** The revision of the state that it was made for: on another one it is `StaleState`. */
  readonly basedOn: number
  /** What should be known at this instant; of wallets, all but their totals. */
  readonly right: MemberParts
}

const note: Codec<string, unknown> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Note',
  'a text that is not empty',
  (text) => text !== '',
)

/** Reads a {@link Restatement}. */
export const Restatement: Codec<Restatement, unknown> = /* @__PURE__ */ structCodec('Restatement', {
  .../* @__PURE__ */ activityBase('restatement'),
  reason: note,
  actor: note,
  basedOn: naturalCodec,
  right: /* @__PURE__ */ constrainCodec<MemberParts, unknown>(
    /* @__PURE__ */ structCodec('MemberParts', { wallets: walletsCodec, ...knownPartCodecs }),
    repeatedPartIds,
  ),
})
