/** Prize draws of a program: what enters a member. */
import { conditionFaults, Draw } from '../../challenges/index.ts'
import { orderVocabulary } from '../../earning/index.ts'
import {
  arrayCodec,
  type Codec,
  type Currency,
  type InvalidValue,
  invalidValue,
  refineCodec,
  stringCodec,
  structCodec,
  underPath,
} from '../../foundation/index.ts'
import { type Condition, openConditionCodec } from '../../rules/index.ts'
import { type ActivitySetting, fieldFaults } from './challenge-vocabulary.ts'

/** An activity that enters the member in a draw while it is open. */
export interface ProgramDrawEntry {
  /** `purchase`, or an action that the program declares. */
  readonly on: string
  /** The id of a method of the draw. */
  readonly method: string
  /** Which of these activities do. Default: all. */
  readonly when?: Condition
}

/** A draw, and what enters members in it. The entries are events: whoever draws collects them from all members. */
export interface ProgramDraw {
  readonly draw: Draw
  readonly entries: ReadonlyArray<ProgramDrawEntry>
}

const name: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Name',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)

/** Reads a {@link ProgramDraw}, but for fields that the program declares. */
export const programDrawCodec = (currency: Currency): Codec<ProgramDraw, unknown> =>
  structCodec('ProgramDraw', {
    draw: Draw,
    entries: arrayCodec(
      structCodec(
        'ProgramDrawEntry',
        { on: name, method: name },
        { when: openConditionCodec(orderVocabulary(currency)) },
      ),
      { maxLength: 100 },
    ),
  })

/** A purchase enters by a method that takes one, so that nobody is told that none is needed. */
const methodFaults = ({ methods }: Draw, { on, method }: ProgramDrawEntry): ReadonlyArray<InvalidValue> => {
  const fits = methods.filter(({ isPurchase }) => isPurchase || on !== 'purchase').map(({ id }) => id)
  const kind = on === 'purchase' ? 'a method of the draw that takes a purchase' : 'a method of the draw'
  return fits.includes(method) ? [] : [invalidValue(['method'], method, `${kind}: ${fits.join(', ')}`)]
}

/** What is wrong with what enters members; paths start at the draw of the program. */
export const programDrawFaults = (
  program: ActivitySetting,
  { draw, entries }: ProgramDraw,
): ReadonlyArray<InvalidValue> =>
  entries.flatMap((entry, index) =>
    underPath(
      ['entries', index],
      [
        ...fieldFaults(program, entry.on, (vocabulary) => conditionFaults(vocabulary, entry)),
        ...methodFaults(draw, entry),
      ],
    ),
  )
