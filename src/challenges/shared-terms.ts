/** What challenges and streaks have in common: which actions count, levels that rise, and what becomes of levels. */
import {
  arrayCodec,
  type Codec,
  decode,
  type InvalidValue,
  invalidValue,
  literalCodec,
  underPath,
} from '../foundation/index.ts'
import {
  type CompiledCondition,
  type Condition,
  compileCondition,
  conditionCodec,
  type Facts,
  holds,
  openConditionCodec,
  type Vocabulary,
} from '../rules/index.ts'
import type { LevelId } from './challenge-id.ts'
import type { LossPolicy } from './level-grant.ts'

/** What challenges and streaks can say and need not. */
export interface SharedTerms {
  /** Which actions count. Default: all. */
  readonly when?: Condition
  /**
   * What becomes of a level that was given when what it was given for is undone. Default `takeBack`: whoever returns
   * everything has reached nothing (S31).
   */
  readonly onLoss?: LossPolicy
  /** What becomes of a level that was given when an edit asks for more. Default `keep`: an edit wipes no progress. */
  readonly onEdit?: LossPolicy
}

const lossCodec: Codec<LossPolicy> = /* @__PURE__ */ literalCodec('takeBack', 'keep')

/** The codecs of {@link SharedTerms}, as the optional keys of a struct. */
export const sharedTermCodecs = (
  when: Codec<Condition, unknown>,
): {
  readonly when: Codec<Condition, unknown>
  readonly onLoss: Codec<LossPolicy>
  readonly onEdit: Codec<LossPolicy>
} => ({ when, onLoss: lossCodec, onEdit: lossCodec })

/**
 * What is wrong with a condition that an open codec has read; paths start at what has it.
 *
 * @param vocabulary - the fields that there are
 * @param terms - what has the condition; without one everything counts
 * @returns `InvalidValue`: a field that the vocabulary lacks, or a constant that is none of its type.
 *
 * @example
 * ```ts
 * import { conditionFaults } from 'treue'
 *
 * const when = { field: 'stars', atLeast: 4 }
 * conditionFaults({ fields: [] }, { when }).map(({ path }) => path) // => [['when', 'field']]
 * conditionFaults({ fields: [{ name: 'stars', type: 'integer' }] }, { when }) // => []
 * ```
 */
export const conditionFaults = (
  vocabulary: Vocabulary,
  { when }: Pick<SharedTerms, 'when'>,
): ReadonlyArray<InvalidValue> => {
  if (when === undefined) return []
  const read = decode(conditionCodec(vocabulary), openConditionCodec(vocabulary).encode(when))
  return read._tag === 'Left' ? underPath(['when'], read.left) : []
}

export const lossOf = ({ onLoss = 'takeBack' }: SharedTerms): LossPolicy => onLoss

export const editOf = ({ onEdit = 'keep' }: SharedTerms): LossPolicy => onEdit

/** The condition made ready; `null`: everything counts. */
export const compiledWhen = (vocabulary: Vocabulary, { when }: SharedTerms): CompiledCondition | null =>
  when === undefined ? null : compileCondition(vocabulary, when)

export const meets = (condition: CompiledCondition | null, facts: Facts): boolean =>
  condition === null || holds(condition, facts)

/** A list of levels: some, and not too many. */
export const levelsCodec = <L>(level: Codec<L, unknown>): Codec<ReadonlyArray<L>, unknown> =>
  arrayCodec(level, { minLength: 1, maxLength: 100 })

/** Levels whose targets do not rise, and ids given twice; `key` names the target. */
export const levelFaults = <K extends string>(
  levels: ReadonlyArray<{ readonly id: LevelId } & { readonly [key in K]: number }>,
  key: K,
): ReadonlyArray<InvalidValue> => {
  const seen = new Set<LevelId>()
  return levels.flatMap((level, index) => {
    const again = seen.has(level.id)
    seen.add(level.id)
    const below = levels[index - 1]
    const expected = `more than ${below?.[key] ?? 0}, what the level before takes`
    return [
      ...(again ? [invalidValue(['levels', index, 'id'], level.id, 'an id that no other level has')] : []),
      ...(below === undefined || level[key] > below[key]
        ? []
        : [invalidValue(['levels', index, key], level[key], expected)]),
    ]
  })
}
