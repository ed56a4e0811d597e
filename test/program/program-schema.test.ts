// The JSON Schema of programs, checked by a validator that is not ours.
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Currency } from '../../src/foundation/index.ts'
import { decodeProgram, type Program, programCodec } from '../../src/program/index.ts'
import { compiledProgram } from '../arbitraries/program.ts'
import { wideHistory } from '../arbitraries/wide-program.ts'
import { fewerRuns } from '../laws/fewer-runs.ts'

fewerRuns()

const validators = new Map<string, (json: unknown) => boolean>()

/** Whether JSON fits the schema of programs in a currency. */
const fits = (currency: Currency, json: unknown): boolean => {
  const known = validators.get(currency)
  if (known !== undefined) return known(json)
  const validate = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    validateFormats: false,
    logger: false,
  }).compile(programCodec(currency).jsonSchema)
  validators.set(currency, validate)
  return validate(json)
}

const jsonOf = (program: Program): unknown => JSON.parse(JSON.stringify(programCodec(program.currency).encode(program)))

const programs: fc.Arbitrary<Program> = fc.oneof(
  compiledProgram.map(({ program }) => program),
  wideHistory.map(({ program }) => program.program),
)

type Json = Readonly<Record<string, unknown>> | ReadonlyArray<unknown>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Paths to all parts, the outermost first. */
const pathsIn = (value: unknown, path: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> => [
  path,
  ...(isJson(value) ? Object.entries(value).flatMap(([key, part]) => pathsIn(part, [...path, key])) : []),
]

const changedAt = (value: unknown, path: ReadonlyArray<string>, change: (part: unknown) => unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  if (Array.isArray(value)) {
    return value.map((part, index) => (String(index) === key ? changedAt(part, rest, change) : part))
  }
  const table = value as Readonly<Record<string, unknown>>
  return { ...table, [key]: changedAt(table[key], rest, change) }
}

/** Something of another form than was there. */
const otherForm = (part: unknown, which: number): unknown => {
  const forms: ReadonlyArray<unknown> = [null, true, 12.5, [], {}, [[]], { zzz: 1 }]
  const kind = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)
  const others = forms.filter((form) => kind(form) !== kind(part))
  return others[which % others.length]
}

const damages: ReadonlyArray<(part: unknown, which: number) => unknown> = [
  otherForm,
  (part) => (isJson(part) && !Array.isArray(part) ? { ...part, zzz: 1 } : { zzz: part }),
  (part, which) => {
    if (!isJson(part) || Array.isArray(part)) return [part]
    const keys = Object.keys(part)
    const gone = keys[which % Math.max(1, keys.length)]
    return Object.fromEntries(Object.entries(part).filter(([key]) => key !== gone))
  },
]

describe('the JSON Schema of programs', () => {
  test('takes every program', () => {
    fc.assert(
      fc.property(programs, (program) => {
        expect(fits(program.currency, jsonOf(program))).toBe(true)
      }),
    )
  })

  test('takes the key by which editors find it, which is dropped', () => {
    const $schema = './program.schema.json'
    fc.assert(
      fc.property(programs, (program) => {
        const json = jsonOf(program) as object
        const noted = { $schema, ...json }
        expect(fits(program.currency, noted)).toBe(true)
        expect(decodeProgram(noted)).toEqual(decodeProgram(json))
        expect(fits(program.currency, { ...json, $schema: 1 })).toBe(false)
        expect(decodeProgram({ ...json, $schema: 1 })).toMatchObject({
          left: [{ path: ['$schema'], actual: '1', expected: 'a text' }],
        })
      }),
    )
  })

  test('refuses what is refused for its form', () => {
    fc.assert(
      fc.property(programs, fc.nat(), fc.nat(), fc.nat({ max: damages.length - 1 }), (program, where, which, how) => {
        const json = jsonOf(program)
        const paths = pathsIn(json)
        const path = paths[where % paths.length] ?? []
        const damaged = changedAt(json, path, (part) => damages[how]?.(part, which))
        // A schema cannot see the type that a program declares for its own field, and `is` can ask for either.
        const declares = (program.earning.attributes ?? program.earning.actions) !== undefined
        fc.pre(!declares || path.at(-1) !== 'is')
        const codec = programCodec(program.currency)
        if (codec.decode(damaged)._tag === 'Left')
          expect([path, fits(program.currency, damaged)]).toEqual([path, false])
        else expect(fits(program.currency, damaged)).toBe(true)
      }),
    )
  })
})
