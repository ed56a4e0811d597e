// The program from its JSON, ready to decide in the currency of the orders.
import { type Either, left, right } from 'fp-ts/Either'
import {
  type CompiledProgram,
  type Currency,
  compileProgram,
  decodeProgram,
  type Fault,
  type Program,
  type Zone,
  zoneFromIntl,
} from 'treue'

/** A program as it stands in its file, with the table of its time zone. */
export interface ProgramFile {
  readonly json: unknown
  readonly program: Program
  readonly zone: Zone
}

type Faults = ReadonlyArray<Fault>

/** Reads a program from parsed JSON and looks up its time zone. */
export const openProgram = (json: unknown): Either<Faults, ProgramFile> => {
  const program = decodeProgram(json)
  if (program._tag === 'Left') return program
  const zone = zoneFromIntl(program.right.zone)
  return zone._tag === 'Left' ? left([zone.left]) : right({ json, program: program.right, zone: zone.right })
}

/**
 * Makes the program ready for orders in a currency. A program has one currency; where the orders have another one, the
 * program is read with that one in its place and the same figures: 1 point for 1 USD instead of 1 EUR.
 */
export const programIn = (
  { json, program, zone }: ProgramFile,
  currency: Currency,
): Either<Faults, CompiledProgram> => {
  const substituted = (key: string, value: unknown): unknown =>
    key === 'currency' && value === program.currency ? currency : value
  const decoded = decodeProgram(JSON.parse(JSON.stringify(json), substituted))
  return decoded._tag === 'Left' ? decoded : compileProgram(decoded.right, { zones: [zone] })
}
