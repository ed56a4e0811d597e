// All that the report tells, before it is text.
import type { CompiledProgram } from 'treue'
import type { MemberHistory } from './history.ts'
import type { Measures } from './measure.ts'
import type { ProgramRun } from './run-program.ts'
import type { Shop } from './shop.ts'

/** What was read, decided and measured. */
export interface Findings {
  readonly shop: Shop
  readonly program: CompiledProgram
  /** The currency that the program is written for. */
  readonly writtenFor: string
  readonly run: ProgramRun
  readonly history: MemberHistory | undefined
  readonly measures: Measures
}

/** Writes one section of the report; the empty text where there is nothing to tell. */
export type WriteSection = (findings: Findings) => string
