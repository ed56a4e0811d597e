/** What an activity says of itself must be what the program declares: rules have no other way out of what is missing. */
import { type InvalidValue, invalidValue } from '../foundation/index.ts'
import { type Facts, factReader, type VocabularyField } from '../rules/index.ts'
import { type DeclaredField, PLACES } from './declared-field.ts'

/** The faults of what an activity says of itself, with paths from its attributes on. */
export type AttributeFaults = (attributes: Facts) => ReadonlyArray<InvalidValue>

const wanted = (field: VocabularyField): string => {
  switch (field.type) {
    case 'money':
      return `an amount in ${field.currency}, as an integer of its minor unit`
    case 'integer':
      return 'an integer'
    case 'text':
      return field.values === undefined
        ? 'a text'
        : `one of ${field.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'texts':
      return 'a list of texts'
    case 'flag':
      return 'true or false'
  }
}

const checkOf = (field: DeclaredField): AttributeFaults => {
  const { name, required = false } = field
  const read = factReader(field)
  return (attributes) => {
    const given = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    const isFine = given === undefined ? !required : read(attributes) !== undefined
    return isFine ? [] : [invalidValue([name], given, wanted(field))]
  }
}

/**
 * How the attributes of an activity are checked: what is given of a declared field is a value of it, and a field that is
 * `required` is given. What nobody declares is left alone.
 */
export const attributeFaults = (declared: ReadonlyArray<DeclaredField>): AttributeFaults => {
  const checks = [...PLACES, ...declared].map(checkOf)
  const mayBeNone = !declared.some(({ required }) => required === true)
  return (attributes) =>
    mayBeNone && Object.keys(attributes).length === 0 ? [] : checks.flatMap((check) => check(attributes))
}
