// Who is left alone, so that it can be told what touching the others changed. The assignment is a hash of the id: fair, the
// same whenever it is asked, and known to nobody's memory but arithmetic's.

import { samplingPlace } from '../../feedback/index.ts'
import { type Codec, numberCodec, structCodec } from '../../foundation/index.ts'
import type { HoldoutGroup } from '../../retention/index.ts'
import { shortText } from '../short-text.ts'

/** A share of the customers that is left alone. */
export interface HoldoutDesign {
  /** What tells this holdout from others: with another salt other customers are left alone. */
  readonly salt: string
  /** The share that is left alone, 0 to 1. */
  readonly share: number
}

const salt: Codec<string> = /* @__PURE__ */ shortText('Salt', 200)

/**
 * Reads a {@link HoldoutDesign}.
 *
 * @example
 * ```ts
 * import { decode, HoldoutDesign } from 'treue'
 *
 * decode(HoldoutDesign, { salt: 'win-back-2026', share: 0.1 })._tag // => 'Right'
 * decode(HoldoutDesign, { salt: '', share: 2 })._tag // => 'Left'
 * ```
 */
export const HoldoutDesign: Codec<HoldoutDesign> = /* @__PURE__ */ structCodec('HoldoutDesign', {
  salt,
  share: /* @__PURE__ */ numberCodec({ min: 0, max: 1 }),
})

/**
 * Whether a customer is left alone. It depends on the id and the salt only; who is left alone stays so when the share grows.
 *
 * @param customer an id
 * @param design the salt and the share
 * @example
 * ```ts
 * import { isHeldOut } from 'treue'
 *
 * const ids = Array.from({ length: 10_000 }, (_, index) => `customer ${index}`)
 * const held = ids.filter((id) => isHeldOut(id, { salt: 'spring', share: 0.1 })).length
 * Math.abs(held - 1000) < 100 // => true
 * ```
 */
export const isHeldOut = (customer: string, { salt: own, share }: HoldoutDesign): boolean =>
  samplingPlace(customer, own) < share

/** Somebody for whom a touch was due, whether they were touched or held out. */
export interface HoldoutMember {
  readonly customer: string
  /** Whether they did afterwards what the touch is for. */
  readonly converted: boolean
}

/** The two groups that `holdoutLift` compares. */
export interface HoldoutGroups {
  readonly treatment: HoldoutGroup
  readonly control: HoldoutGroup
}

const groupOf = (members: ReadonlyArray<HoldoutMember>): HoldoutGroup => ({
  members: members.length,
  converted: members.filter(({ converted }) => converted).length,
})

/**
 * Parts those for whom a touch was due into the two groups of a holdout, for `holdoutLift`. Take all of them, also whom the
 * message never reached: to leave those out of one group only would compare different people.
 *
 * @param members everybody for whom the touch was due
 * @param design as the touch had it
 * @example
 * ```ts
 * import { holdoutGroups } from 'treue'
 *
 * const members = [{ customer: 'ann', converted: true }, { customer: 'bob', converted: false }]
 * holdoutGroups(members, { salt: 'spring', share: 0 }).treatment // => { members: 2, converted: 1 }
 * ```
 */
export const holdoutGroups = (members: ReadonlyArray<HoldoutMember>, design: HoldoutDesign): HoldoutGroups => ({
  treatment: groupOf(members.filter(({ customer }) => !isHeldOut(customer, design))),
  control: groupOf(members.filter(({ customer }) => isHeldOut(customer, design))),
})
