// Whether a JSON value fits a JSON Schema: the keywords that codecs use, each as the standard words it.
import type { JsonSchema } from '../../src/foundation/index.ts'

type Check = (wanted: never, value: unknown, schema: JsonSchema, root: JsonSchema) => boolean

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const typeChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isTable,
}

const resolve = (reference: string, root: JsonSchema): JsonSchema => {
  let part: unknown = root
  for (const name of reference.slice(2).split('/')) {
    const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
    part = isTable(part) ? part[key] : undefined
  }
  if (!isTable(part)) throw new Error(`nothing at ${reference}`)
  return part
}

/** Lengths count code points in JSON Schema. */
const lengthOf = (text: string): number => [...text].length

const ignored: Check = () => true

const checks: Readonly<Record<string, Check>> = {
  $schema: ignored,
  $defs: ignored,
  title: ignored,
  description: ignored,
  format: ignored,
  $ref: (reference: string, value, _, root) => fits(resolve(reference, root), value, root),
  type: (type: string, value) => typeChecks[type]?.(value) === true,
  const: (wanted: unknown, value) => wanted === value,
  enum: (wanted: ReadonlyArray<unknown>, value) => wanted.includes(value),
  minimum: (least: number, value) => typeof value !== 'number' || value >= least,
  maximum: (most: number, value) => typeof value !== 'number' || value <= most,
  multipleOf: (n: number, value) => typeof value !== 'number' || value % n === 0,
  minLength: (least: number, value) => typeof value !== 'string' || lengthOf(value) >= least,
  maxLength: (most: number, value) => typeof value !== 'string' || lengthOf(value) <= most,
  pattern: (pattern: string, value) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  minItems: (least: number, value) => !Array.isArray(value) || value.length >= least,
  maxItems: (most: number, value) => !Array.isArray(value) || value.length <= most,
  uniqueItems: (unique: boolean, value) =>
    !unique || !Array.isArray(value) || new Set(value.map((item) => JSON.stringify(item))).size === value.length,
  items: (item: JsonSchema, value, _, root) => !Array.isArray(value) || value.every((part) => fits(item, part, root)),
  minProperties: (least: number, value) => !isTable(value) || Object.keys(value).length >= least,
  maxProperties: (most: number, value) => !isTable(value) || Object.keys(value).length <= most,
  required: (keys: ReadonlyArray<string>, value) => !isTable(value) || keys.every((key) => Object.hasOwn(value, key)),
  properties: (properties: Readonly<Record<string, JsonSchema>>, value, _, root) =>
    !isTable(value) ||
    Object.entries(properties).every(([key, part]) => !Object.hasOwn(value, key) || fits(part, value[key], root)),
  propertyNames: (names: JsonSchema, value, _, root) =>
    !isTable(value) || Object.keys(value).every((key) => fits(names, key, root)),
  additionalProperties: (rest: JsonSchema | boolean, value, schema, root) => {
    if (!isTable(value)) return true
    const named = isTable(schema['properties']) ? schema['properties'] : {}
    const others = Object.keys(value).filter((key) => !Object.hasOwn(named, key))
    return others.every((key) => (typeof rest === 'boolean' ? rest : fits(rest, value[key], root)))
  },
  anyOf: (some: ReadonlyArray<JsonSchema>, value, _, root) => some.some((part) => fits(part, value, root)),
  allOf: (all: ReadonlyArray<JsonSchema>, value, _, root) => all.every((part) => fits(part, value, root)),
  oneOf: (one: ReadonlyArray<JsonSchema>, value, _, root) => one.filter((part) => fits(part, value, root)).length === 1,
  not: (other: JsonSchema, value, _, root) => !fits(other, value, root),
}

/** Whether a JSON value fits a schema; throws for a keyword that it doesn't know. */
export const fits = (schema: JsonSchema, value: unknown, root: JsonSchema = schema): boolean =>
  Object.entries(schema).every(([keyword, wanted]) => {
    const check = Object.hasOwn(checks, keyword) ? checks[keyword] : undefined
    if (check === undefined) throw new Error(`unknown keyword ${keyword}`)
    return check(wanted as never, value, schema, root)
  })
