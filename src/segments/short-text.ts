// Names and ids in what applications write: short, and never empty.

import { type Codec, refineCodec, stringCodec } from '../foundation/index.ts'

/** Reads a text of one character to so many; the name is that of its JSON Schema. */
export const shortText = (name: string, mostCharacters = 100): Codec<string> =>
  refineCodec<string, string, string>(
    stringCodec,
    name,
    `a text of 1 to ${mostCharacters} characters`,
    (text) => text.length > 0 && text.length <= mostCharacters,
    { minLength: 1, maxLength: mostCharacters },
  )
