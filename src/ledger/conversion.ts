/** Points that become those of another wallet or of a partner, by a dated table of rates (S63). */
import * as E from 'fp-ts/Either'
import {
  type Codec,
  constrainCodec,
  type Fault,
  Instant,
  integerCodec,
  invalidValue,
  literalCodec,
  multiplyDivide,
  type OutOfRange,
  outOfRange,
  type Points,
  stringCodec,
  structCodec,
  validAt,
} from '../foundation/index.ts'

/**
 * When converted points die: as they would have, or as points that are earned now. The default is `keep`: else points
 * could be kept alive for ever by converting them to and fro, as by handing them to and fro (S32).
 */
export type ConvertedExpiry = 'keep' | 'renew'

/** So many units of the one are so many of the other, from an instant on. */
export interface ConversionRate {
  /** A wallet of the program, or a partner. */
  readonly from: string
  readonly to: string
  /** So many units of `from` for so many of `to`, both in smallest units. */
  readonly rate: { readonly from: number; readonly to: number }
  readonly validFrom: Instant
  /** Only so many units of `from`, or a multiple, are converted. Default: the `from` of the rate. */
  readonly multipleOf?: number
  /** Fewer units of `from` are not converted at all. Default: none are too few. */
  readonly minimum?: number
  /** Default `keep`. */
  readonly expiry?: ConvertedExpiry
}

const count = /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 })

/** The product of two of up to a milliard is beyond exact numbers. */
const isWhole = (units: number, { from, to }: ConversionRate['rate']): boolean =>
  (BigInt(units) * BigInt(to)) % BigInt(from) === 0n

/**
 * Reads a {@link ConversionRate}.
 *
 * @example
 * ```ts
 * import { ConversionRate, decode } from 'treue'
 *
 * const rate = { from: 'miles', to: 'points', rate: { from: 3, to: 1 }, validFrom: '2026-01-01T00:00:00Z' }
 * decode(ConversionRate, rate)._tag // => 'Right'
 * ```
 */
export const ConversionRate: Codec<ConversionRate, unknown> = /* @__PURE__ */ constrainCodec<ConversionRate, unknown>(
  /* @__PURE__ */ structCodec(
    'ConversionRate',
    {
      from: stringCodec,
      to: stringCodec,
      rate: /* @__PURE__ */ structCodec('Rate', { from: count, to: count }),
      validFrom: Instant,
    },
    { multipleOf: count, minimum: count, expiry: /* @__PURE__ */ literalCodec('keep', 'renew') },
  ),
  ({ rate, multipleOf, from, to }) => [
    ...(from === to ? [invalidValue(['to'], to, 'another wallet or partner than "from"')] : []),
    ...(multipleOf === undefined || isWhole(multipleOf, rate)
      ? []
      : [invalidValue(['multipleOf'], multipleOf, 'a number of units that the rate converts without a rest')]),
  ],
)

/** No rate is valid between the two at the time. */
export interface UnknownConversion extends Fault<'UnknownConversion'> {
  readonly from: string
  readonly to: string
}

/** What is converted, and what is not. */
export interface Converted {
  /** Units of the other, in its smallest unit. */
  readonly points: Points
  /** Units that are taken for them. */
  readonly taken: Points
  /** Units that stay where they are. */
  readonly remainder: Points
  readonly rate: ConversionRate
}

/**
 * The rate between two at an instant: it is valid from its `validFrom` on, and until before the next one's (S63).
 *
 * `UnknownConversion`: no rate between the two is valid yet.
 *
 * @param rates - the table, in any order; of two for one pair and instant the later in the table counts
 * @param from - a wallet or a partner
 * @param to - a wallet or a partner
 * @param at - when
 *
 * @example
 * ```ts
 * import { conversionRateAt, parseInstant, unwrap } from 'treue'
 *
 * const [january, june] = [unwrap(parseInstant('2026-01-01T00:00:00Z')), unwrap(parseInstant('2026-06-01T00:00:00Z'))]
 * const pair = { from: 'miles', to: 'points' }
 * const rates = [
 *   { ...pair, rate: { from: 3, to: 1 }, validFrom: january },
 *   { ...pair, rate: { from: 4, to: 1 }, validFrom: june },
 * ]
 * unwrap(conversionRateAt(rates, 'miles', 'points', january)).rate.from // => 3
 * unwrap(conversionRateAt(rates, 'miles', 'points', june)).rate.from // => 4
 * conversionRateAt(rates, 'points', 'miles', june)._tag // => 'Left'
 * ```
 */
export const conversionRateAt = (
  rates: ReadonlyArray<ConversionRate>,
  from: string,
  to: string,
  at: Instant,
): E.Either<UnknownConversion, ConversionRate> => {
  const found = validAt(
    rates.filter((rate) => rate.from === from && rate.to === to),
    at,
  )
  if (found !== undefined) return E.right(found)
  const expected = 'two that a rate of the program connects at the time'
  return E.left({ _tag: 'UnknownConversion', path: ['to'], expected, from, to })
}

/**
 * What units come to at the rate of an instant: as many whole multiples as there are; the rest stays where it is, and all
 * of it where it is less than the rate's minimum (S63). So nothing is ever rounded away.
 *
 * `UnknownConversion`: no rate between the two is valid yet. `OutOfRange`: the result would leave the exact range.
 *
 * @param rates - the table; of several for one pair the latest that is valid counts
 * @param from - a wallet or a partner
 * @param to - a wallet or a partner
 * @param units - how many of `from`, in its smallest unit
 * @param at - when
 *
 * @example
 * ```ts
 * import { convertPoints, parseInstant, type Points, unwrap } from 'treue'
 *
 * const validFrom = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const rates = [{ from: 'partner', to: 'points', rate: { from: 3, to: 1 }, validFrom }]
 * const { points, remainder } = unwrap(convertPoints(rates, 'partner', 'points', 10_001 as Points, validFrom))
 * points // => 3333
 * remainder // => 2
 * ```
 */
export const convertPoints = (
  rates: ReadonlyArray<ConversionRate>,
  from: string,
  to: string,
  units: Points,
  at: Instant,
): E.Either<UnknownConversion | OutOfRange, Converted> => {
  const found = conversionRateAt(rates, from, to, at)
  if (E.isLeft(found)) return found
  const { rate, multipleOf = rate.from, minimum = 0 } = found.right
  const remainder = units < minimum ? units : units % multipleOf
  const points = multiplyDivide(units - remainder, rate.to, rate.from, 'floor')
  if (E.isLeft(points)) return E.left(outOfRange(['points'], units, 'units that come to at most 9007199254740991'))
  return E.right({
    points: points.right as Points,
    taken: (units - remainder) as Points,
    remainder: remainder as Points,
    rate: found.right,
  })
}
