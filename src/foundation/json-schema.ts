// How a codec says its form as JSON Schema. Definitions of recursive forms are collected while the schema is built.

/** A JSON Schema of draft 2020-12, or of draft 07 where that was asked for. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** Which draft a schema is written in. */
export type JsonSchemaTarget = 'draft-2020-12' | 'draft-07'

/** Which side of a codec is described: what it decodes, or what it gives. */
export type SchemaSide = 'input' | 'output'

/** What is handed down while a schema is built. */
export interface SchemaBuilder {
  readonly side: SchemaSide
  readonly target: JsonSchemaTarget
  /** the reference of each recursive form met so far, by identity */
  readonly references: Map<object, string>
  readonly definitions: Map<string, JsonSchema>
  /** names of the forms that have no JSON Schema on this side */
  readonly unsupported: Array<string>
}

export const schemaBuilder = (side: SchemaSide, target: JsonSchemaTarget): SchemaBuilder => ({
  side,
  target,
  references: new Map(),
  definitions: new Map(),
  unsupported: [],
})

const definitionsKey = (target: JsonSchemaTarget): string => (target === 'draft-07' ? 'definitions' : '$defs')

const dialects: Readonly<Record<JsonSchemaTarget, string>> = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
}

/** Two recursive forms may have one name: the second is then numbered. */
const freeName = (name: string, taken: ReadonlyMap<string, JsonSchema>): string => {
  let free = name
  for (let n = 2; taken.has(free); n += 1) free = `${name}${n}`
  return free
}

const pointer = (name: string): string => encodeURIComponent(name.replace(/~/g, '~0').replace(/\//g, '~1'))

/** The reference to a recursive form, which is defined on first sight. */
export const referTo = (builder: SchemaBuilder, form: object, name: string, define: () => JsonSchema): JsonSchema => {
  const known = builder.references.get(form)
  if (known !== undefined) return { $ref: known }
  const free = freeName(name, builder.definitions)
  const $ref = `#/${definitionsKey(builder.target)}/${pointer(free)}`
  builder.references.set(form, $ref)
  builder.definitions.set(free, {})
  builder.definitions.set(free, define())
  return { $ref }
}

/** The whole document: the dialect, the form and its definitions. */
export const schemaDocument = (builder: SchemaBuilder, schema: JsonSchema): JsonSchema => ({
  $schema: dialects[builder.target],
  ...schema,
  ...(builder.definitions.size === 0
    ? {}
    : { [definitionsKey(builder.target)]: Object.fromEntries(builder.definitions) }),
})
