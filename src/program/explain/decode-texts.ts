/** Texts of a language from JSON, as translators hand them over: complete, with the values that each phrase has. */
import * as E from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  decode,
  dictionaryCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  lazyCodec,
  naturalCodec,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import { englishTexts } from './english-texts.ts'
import type { PhraseKey } from './phrase.ts'
import { type PluralForm, placeholdersOf, type Texts } from './render-phrase.ts'

const PluralFormCodec: Codec<PluralForm, unknown> = /* @__PURE__ */ lazyCodec('PluralForm', () =>
  structCodec(
    'PluralForm',
    { from: naturalCodec, to: naturalCodec },
    { modulo: integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }), except: PluralFormCodec },
  ),
)

/** An object with the texts that another has. */
const likeCodec = <Key extends string>(
  name: string,
  known: { readonly [One in Key]: string },
): Codec<{ readonly [One in Key]: string }, unknown> =>
  structCodec(name, Object.fromEntries(Object.keys(known).map((key) => [key, stringCodec]))) as never

const textsCodec: Codec<Texts, unknown> = /* @__PURE__ */ structCodec(
  'Texts',
  {
    decimalSign: stringCodec,
    groupSign: stringCodec,
    quoted: stringCodec,
    date: stringCodec,
    money: stringCodec,
    points: stringCodec,
    words: /* @__PURE__ */ dictionaryCodec(stringCodec),
    approximately: stringCodec,
    plurals: /* @__PURE__ */ arrayCodec(PluralFormCodec, { maxLength: 10 }),
    joins: /* @__PURE__ */ likeCodec('Joins', englishTexts.joins),
    phrases: /* @__PURE__ */ likeCodec('Phrases', englishTexts.phrases),
  },
  { wallets: /* @__PURE__ */ dictionaryCodec(stringCodec) },
)

const listed = (names: ReadonlyArray<string>): string =>
  names.length === 0 ? 'a text without placeholders' : `a text with ${names.map((name) => `{${name}}`).join(', ')}`

/** A template has the placeholders that the English one has, in any order and as often as the language likes. */
const templateFaults = (path: ReadonlyArray<string>, template: string, model: string): ReadonlyArray<InvalidValue> => {
  const [found, wanted] = [placeholdersOf(template), placeholdersOf(model)]
  return found.join() === wanted.join() ? [] : [invalidValue(path, template, listed(wanted))]
}

const placeholderFaults = (texts: Texts): ReadonlyArray<InvalidValue> => [
  ...(['quoted', 'date', 'money', 'points', 'approximately'] as const).flatMap((name) =>
    templateFaults([name], texts[name], englishTexts[name]),
  ),
  ...Object.entries(texts.wallets ?? {}).flatMap(([wallet, template]) =>
    templateFaults(['wallets', wallet], template, '{points}'),
  ),
  ...(Object.keys(englishTexts.phrases) as ReadonlyArray<PhraseKey>).flatMap((key) =>
    templateFaults(['phrases', key], texts.phrases[key], englishTexts.phrases[key]),
  ),
]

/**
 * Reads the texts of a language from JSON: all phrases are there, each with the placeholders that it has in English.
 * `englishTexts` and `germanTexts` are such JSON, to be translated.
 *
 * @param json - any value, such as the result of `JSON.parse`
 * @returns `InvalidValue` for each phrase that is missing or unknown, and for each template with other placeholders.
 *
 * @example
 * ```ts
 * import { decodeTexts, germanTexts } from 'treue'
 *
 * decodeTexts(JSON.parse(JSON.stringify(germanTexts)))._tag // => 'Right'
 * const bad = decodeTexts({ ...germanTexts, phrases: { ...germanTexts.phrases, duplicate: 'Schon da.' } })
 * bad._tag === 'Left' ? bad.left.map(({ path, expected }) => [path.join('.'), expected]) : []
 * // => [['phrases.duplicate', 'a text with {activity}']]
 * ```
 */
export const decodeTexts = (json: unknown): E.Either<ReadonlyArray<InvalidValue>, Texts> => {
  const texts = decode(textsCodec, json)
  if (E.isLeft(texts)) return texts
  const faults = placeholderFaults(texts.right)
  return faults.length > 0 ? E.left(faults) : texts
}
