/** What products dispute about tiers, each as a named choice. */
import {
  type Codec,
  integerCodec,
  literalCodec,
  naturalCodec,
  nullableCodec,
  structCodec,
} from '../foundation/index.ts'
import { DayDuration } from './qualification-period.ts'

/** A time in which a tier is kept that was not earned again. */
export interface GracePolicy {
  readonly length: DayDuration
  /** Counted from when the tier was entered, from when too little was found, or from when its validity ended (S20). */
  readonly from: 'tierStart' | 'disqualification' | 'tierExpiry'
}

/** What of a count is taken into the next period. */
export interface RolloverPolicy {
  /** At most so much of each metric, in its unit; `null`: all of it. */
  readonly cap: number | null
  /** For so many further periods, 1–100. */
  readonly periods: number
}

/** The disputed choices; every one may be left out. */
export interface TierPolicy {
  /** When a tier that is reached is entered. Default `atOnce`. */
  readonly upgrade?: 'atOnce' | 'nextDay' | 'periodEnd'
  /** Whether tiers may be leapt over, or one is climbed a day. Default `toReached`. */
  readonly climb?: 'toReached' | 'oneADay'
  /** Where a tier that is not kept falls to: what was earned, one down whatever was earned (S41), nowhere. Default `toEarned`. */
  readonly downgrade?: 'toEarned' | 'oneDown' | 'never'
  /** Default: none. */
  readonly grace?: GracePolicy
  /**
   * What a return does to a tier that was reached with what is returned: nothing until its validity ends, or it is taken
   * back at once or at the end of the period (S40). Default `untilExpiry`, which never surprises a member.
   */
  readonly returns?: 'untilExpiry' | 'atOnce' | 'periodEnd'
  /**
   * What comes in late for a period that is over: it counts nowhere, in the period that runs, or in its own, which is
   * looked at again (S37). Default `ignore`.
   */
  readonly late?: 'ignore' | 'carry' | 'reopen'
  /** Whether reaching or renewing a tier uses up what it took (S43). Default `keep`: it does not. */
  readonly consumption?: 'keep' | 'deduct'
  /** Default: nothing is taken into the next period. */
  readonly rollover?: RolloverPolicy
  /**
   * What a changed ladder does to members already on it: nothing until their validity ends, raises those who now have
   * enough, or also lowers the others, at once (S44). Default `upgradeOnly`.
   */
  readonly onDefinitionChange?: 'keepUntilExpiry' | 'upgradeOnly' | 'reassess'
}

/**
 * Reads a {@link TierPolicy}.
 *
 * @example
 * ```ts
 * import { decode, TierPolicy } from 'treue'
 *
 * decode(TierPolicy, { downgrade: 'oneDown', rollover: { cap: 300, periods: 1 } })._tag // => 'Right'
 * ```
 */
export const TierPolicy: Codec<TierPolicy, unknown> = /* @__PURE__ */ structCodec(
  'TierPolicy',
  {},
  {
    upgrade: /* @__PURE__ */ literalCodec('atOnce', 'nextDay', 'periodEnd'),
    climb: /* @__PURE__ */ literalCodec('toReached', 'oneADay'),
    downgrade: /* @__PURE__ */ literalCodec('toEarned', 'oneDown', 'never'),
    grace: /* @__PURE__ */ structCodec('GracePolicy', {
      length: DayDuration,
      from: /* @__PURE__ */ literalCodec('tierStart', 'disqualification', 'tierExpiry'),
    }),
    returns: /* @__PURE__ */ literalCodec('untilExpiry', 'atOnce', 'periodEnd'),
    late: /* @__PURE__ */ literalCodec('ignore', 'carry', 'reopen'),
    consumption: /* @__PURE__ */ literalCodec('keep', 'deduct'),
    rollover: /* @__PURE__ */ structCodec('RolloverPolicy', {
      cap: /* @__PURE__ */ nullableCodec(naturalCodec),
      periods: /* @__PURE__ */ integerCodec({ min: 1, max: 100 }),
    }),
    onDefinitionChange: /* @__PURE__ */ literalCodec('keepUntilExpiry', 'upgradeOnly', 'reassess'),
  },
)
