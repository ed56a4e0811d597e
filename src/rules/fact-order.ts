// The facts of one event by the place of their field in a vocabulary. They are read in their own order, all at once:
// looking up one name after the other takes several times as long.
import type { Fact, Facts } from './vocabulary.ts'

/** The fields of a vocabulary in its order. */
export interface FieldOrder {
  /** the names, then nothing */
  readonly names: ReadonlyArray<string | undefined>
  readonly placeByName: ReadonlyMap<string, number>
  /** what is known of each field at first */
  readonly nothing: ReadonlyArray<undefined>
  /** the places of the fields that are looked at */
  readonly asked: ReadonlyArray<number>
}

/** The same text as the engine keeps it for names of properties: those it compares by their address. */
const asPropertyName = (name: string): string => Object.keys(Object.fromEntries([[name, 0]]))[0] ?? name

export const fieldOrder = (names: ReadonlyArray<string>, asked: ReadonlySet<string>): FieldOrder => ({
  names: [...names.map(asPropertyName), undefined],
  placeByName: new Map(names.map((name, place) => [name, place])),
  nothing: names.map(() => undefined),
  asked: [...names.keys()].filter((place) => asked.has(names[place] ?? '')),
})

/** What is known, by the place of the field. */
export type FoundFacts = ReadonlyArray<Fact | undefined>

/** A fact that isn't among the values is missing, unless it is hidden from being walked through. */
const hiddenFact = (name: string, facts: Facts): Fact | undefined =>
  Object.hasOwn(facts, name) ? facts[name] : undefined

/** Some facts are left out, or there are more, or they are in another order: each is put at its place. */
const placed = ({ names, placeByName, nothing, asked }: FieldOrder, facts: Facts, values: FoundFacts): FoundFacts => {
  const found: Array<Fact | undefined> = nothing.slice()
  let at = 0
  let next = 0
  for (const name in facts) {
    const value = values[at++]
    const place = names[next] === name ? next : placeByName.get(name)
    if (place === undefined) continue
    found[place] = value
    next = place + 1
  }
  // with inherited names, or facts that change while they are read, names and values don't go together
  const together = at === values.length
  for (let i = 0; i < asked.length; i++) {
    const place = asked[i] as number
    if (found[place] === undefined || !together) found[place] = hiddenFact(names[place] as string, facts)
  }
  return found
}

/**
 * The facts of the fields that are asked about, by place. The values are those of own properties alone, whose names come
 * first when names are walked through. Names are only compared: that stays fast for facts of every shape.
 */
export const factsByPlace = (order: FieldOrder, facts: Facts): FoundFacts => {
  const { names, nothing } = order
  const values: FoundFacts = Object.values(facts)
  let at = 0
  for (const name in facts) {
    if (names[at] !== name) break
    at++
  }
  return at === nothing.length ? values : placed(order, facts, values)
}
