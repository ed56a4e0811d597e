// Named bands of health that a customer doesn't flicker between: who is in a band stays until the score is well outside.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  decode,
  type InvalidValue,
  invalidValue,
  numberCodec,
  type OutOfRange,
  outOfRange,
  structCodec,
} from '../../foundation/index.ts'
import { shortText } from '../short-text.ts'

/** A band of scores. */
export interface HealthBand {
  readonly name: string
  /** Scores from here to where the next band begins. */
  readonly from: number
}

/** The bands of a score from 0 to 100, and how far outside one a score must be to leave it. */
export interface HealthBands {
  /** Rising; the first from 0. */
  readonly bands: ReadonlyArray<HealthBand>
  /** Points beyond a border at which a customer changes the band; at least 0, below every band's width. */
  readonly margin: number
}

const bandName: Codec<string> = /* @__PURE__ */ shortText('BandName')

const bandFaults = ({ bands, margin }: HealthBands): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  const first = bands[0]?.from === 0 ? [] : [invalidValue(['bands', 0, 'from'], bands[0]?.from, '0')]
  const later = bands.flatMap(({ name, from }, index) => {
    const least = index === 0 ? Number.NEGATIVE_INFINITY : (bands[index - 1] as HealthBand).from + margin
    const repeated = seen.has(name)
    seen.add(name)
    return [
      ...(from > least
        ? []
        : [invalidValue(['bands', index, 'from'], from, `more than ${least}: a margin above the band before`)]),
      ...(repeated ? [invalidValue(['bands', index, 'name'], name, 'a name that no other band has')] : []),
    ]
  })
  const last = bands[bands.length - 1]?.from ?? 0
  const reach =
    last + margin <= 100
      ? []
      : [invalidValue(['margin'], margin, `at most ${100 - last}, or nobody reaches the last band`)]
  return [...first, ...later, ...reach]
}

/**
 * Reads {@link HealthBands}.
 *
 * @example
 * ```ts
 * import { decode, HealthBands } from 'treue'
 *
 * const bands = [{ name: 'red', from: 0 }, { name: 'amber', from: 50 }, { name: 'green', from: 75 }]
 * decode(HealthBands, { bands, margin: 5 })._tag // => 'Right'
 * decode(HealthBands, { bands, margin: 25 })._tag // => 'Left'
 * ```
 */
export const HealthBands: Codec<HealthBands> = /* @__PURE__ */ constrainCodec<HealthBands, HealthBands>(
  /* @__PURE__ */ structCodec('HealthBands', {
    bands: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('HealthBand', {
        name: bandName,
        from: /* @__PURE__ */ numberCodec({ min: 0, max: 100 }),
      }),
      { minLength: 1, maxLength: 20 },
    ),
    margin: /* @__PURE__ */ numberCodec({ min: 0, max: 100 }),
  }),
  bandFaults,
)

/** The index of the last band that begins, moved by some points, at or below a score; −1 where none does. */
const lastBand = (bands: ReadonlyArray<HealthBand>, score: number, moved: number): number => {
  let found = -1
  for (let index = 0; index < bands.length; index += 1)
    if ((bands[index] as HealthBand).from + moved <= score) found = index
  return found
}

/** Up with a score well inside a higher band, down with one well below the own. */
const nextIndex = ({ bands, margin }: HealthBands, before: number, score: number): number => {
  const up = lastBand(bands, score, margin)
  if (up > before) return up
  return Math.min(before, Math.max(0, lastBand(bands, score, -margin)))
}

const scoreFaults = (score: number | null, index: number): ReadonlyArray<OutOfRange> =>
  score === null || (score >= 0 && score <= 100)
    ? []
    : [outOfRange(['scores', index], score, 'a number from 0 to 100, or null')]

const followed = (bands: HealthBands, before: number | null, score: number | null): number | null => {
  if (score === null) return before
  return before === null ? lastBand(bands.bands, score, 0) : nextIndex(bands, before, score)
}

/**
 * The band of a customer after each of several scores. The first is by the borders alone; from then on a customer goes up
 * where the score is the margin above a border, and down where it is more than the margin below. A missing score changes
 * nothing.
 *
 * @param bands the bands and their margin
 * @param scores in order of time, 0–100 each; `null` where there is none
 * @param before the name of the band that the customer was in before; `null` when absent
 * @returns a name for each score, `null` until the first; `InvalidValue` for what is wrong with the bands and for a name that
 * no band has, `OutOfRange` for a score outside 0–100.
 * @example
 * ```ts
 * import { followHealthBands, unwrap } from 'treue'
 *
 * const bands = [{ name: 'red', from: 0 }, { name: 'amber', from: 50 }, { name: 'green', from: 75 }]
 * unwrap(followHealthBands({ bands, margin: 5 }, [74, 76, 73, 80, 71, 69]))
 * // => ['amber', 'amber', 'amber', 'green', 'green', 'amber']
 * ```
 */
export const followHealthBands = (
  bands: HealthBands,
  scores: ReadonlyArray<number | null>,
  before: string | null = null,
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, ReadonlyArray<string | null>> => {
  const checked = decode(HealthBands, bands)
  if (isLeft(checked)) return checked
  const start = bands.bands.findIndex(({ name }) => name === before)
  const [first, ...others] = [
    ...(before === null || start >= 0 ? [] : [invalidValue(['before'], before, 'the name of a band, or null')]),
    ...scores.flatMap(scoreFaults),
  ]
  if (first !== undefined) return left([first, ...others])
  let index = before === null ? null : start
  return right(
    scores.map((score) => {
      index = followed(bands, index, score)
      return index === null ? null : (bands.bands[index] as HealthBand).name
    }),
  )
}
