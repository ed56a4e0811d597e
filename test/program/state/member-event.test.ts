import fc from 'fast-check'
import type { Instant } from '../../../src/foundation/index.ts'
import { advance, MemberEvent } from '../../../src/program/index.ts'
import { play, programWithHistory } from '../../arbitraries/program.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const events = fc
  .tuple(programWithHistory, fc.nat())
  .map(([{ program, activities }, which]) => {
    const { state, taken } = play(program, activities)
    const end = ((state.asOf ?? 0) + 400 * 86_400_000) as Instant
    const all = [...taken.flatMap(({ decision }) => decision.events), ...advance(program, state, end).events]
    return all.at(which % all.length)
  })
  .filter((event) => event !== undefined)

codecLaws('MemberEvent', MemberEvent, events)
