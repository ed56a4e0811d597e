// What generated programs come to, for laws of summaries.
import fc from 'fast-check'
import { type MemberId, unwrap } from '../../src/foundation/index.ts'
import { comparePrograms, type ProgramComparison, type ProgramOutcome, playOutcome } from '../../src/program/index.ts'
import { wideHistory } from './wide-program.ts'

const segmentOf = (member: MemberId): string => (member < 'b' ? 'early' : 'constructor')

export const programOutcome: fc.Arbitrary<ProgramOutcome> = wideHistory.map(
  ({ program, activities }) => unwrap(playOutcome(program, activities, { segmentOf })).outcome,
)

/** Two programs that have nothing to do with one another, on the history of the first. */
export const programComparison: fc.Arbitrary<ProgramComparison> = fc
  .tuple(wideHistory, wideHistory)
  .map(([{ program, activities }, { program: other }]) =>
    unwrap(comparePrograms(program, other, activities, { segmentOf })),
  )
