/** Phrases put into a language. */
import { formatAmount, formatPoints, ownValue, type Points, type WalletId } from '../../foundation/index.ts'
import type {
  DateValue,
  FractionValue,
  ListJoin,
  ListValue,
  Phrase,
  PhraseKey,
  PhraseValue,
  PointsValue,
} from './phrase.ts'

/** For which counts a form stands: from one count to another, of the count or of its last digits. */
export interface PluralForm {
  /** `10`: the last digit, `100`: the last two. Default: the count itself. */
  readonly modulo?: number
  readonly from: number
  readonly to: number
  /** The counts for which it does not, though. */
  readonly except?: PluralForm
}

/**
 * The texts of a language. In a phrase, `{name}` stands for a value and `{name|# line|# lines}` for the form that goes
 * with a count, `#` in it for the count.
 */
export interface Texts {
  readonly decimalSign: string
  /** What stands between thousands; may be empty. */
  readonly groupSign: string
  /** How a `{text}` is set off that is not one plain word, such as a name with a space or a reason that somebody wrote. */
  readonly quoted: string
  /** Of `{year}`, `{month}` and `{day}`. */
  readonly date: string
  /** Of `{amount}` and `{currency}`. */
  readonly money: string
  /** Of `{points}` and `{wallet}`. */
  readonly points: string
  /** How points of certain wallets are written, by the wallet's id: of `{points}`, with forms as for a count. */
  readonly wallets?: { readonly [wallet: string]: string }
  /** Words for fields, days of the week, occasions, `true` and `false`; what is not there stays as it is. */
  readonly words: { readonly [word: string]: string }
  /** Of a `{fraction}` with more digits than are shown. */
  readonly approximately: string
  /** Which form goes with which counts, in the order in which forms are written; the last form goes with all others. */
  readonly plurals: ReadonlyArray<PluralForm>
  /** What stands between items; in a list with `and` or `or`, before the last one, and `comma` before. */
  readonly joins: { readonly [Join in ListJoin]: string }
  readonly phrases: { readonly [Key in PhraseKey]: string }
}

const fits = (form: PluralForm, count: number): boolean => {
  const { modulo, from, to, except } = form
  const digits = modulo === undefined ? count : count % modulo
  return digits >= from && digits <= to && (except === undefined || !fits(except, count))
}

/** A decimal number with a point, with the signs of the language. */
const numberText = ({ decimalSign, groupSign }: Texts, plain: string): string => {
  const [whole = '', behind] = plain.split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, () => groupSign)
  return behind === undefined ? grouped : `${grouped}${decimalSign}${behind}`
}

/** Fills the placeholders of a template; one without a value stays as it is. */
const fill = (template: string, values: { readonly [name: string]: string }): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole))

/** A fraction as a decimal of at most six digits, with a sign where that is not all of it. */
const fractionText = (texts: Texts, { numerator, denominator }: FractionValue): string => {
  const over = BigInt(numerator)
  const scaled = (over < 0n ? -over : over) * 1_000_000n
  const millionths = scaled / BigInt(denominator)
  const figures = String(millionths).padStart(7, '0')
  const plain = `${over < 0n ? '-' : ''}${figures.slice(0, -6)}.${figures.slice(-6)}`.replace(/\.?0+$/, '')
  const fraction = numberText(texts, plain)
  return millionths * BigInt(denominator) === scaled ? fraction : fill(texts.approximately, { fraction })
}

const dateText = ({ date }: Texts, { year, month, day }: DateValue): string =>
  fill(date, {
    year: String(year).padStart(4, '0'),
    month: String(month).padStart(2, '0'),
    day: String(day).padStart(2, '0'),
  })

const pointsText = (texts: Texts, points: number, decimals: number): string =>
  numberText(texts, `${points < 0 ? '-' : ''}${formatPoints(Math.abs(points) as Points, decimals)}`)

const placeholder = /\{(\w+)((?:\|[^{}|]*)*)\}/g

/** The names of the placeholders of a template, each once, in the order of the alphabet. */
export const placeholdersOf = (template: string): ReadonlyArray<string> =>
  [...new Set([...template.matchAll(placeholder)].map(([, name = '']) => name))].sort()

const formsOf = (written: string): ReadonlyArray<string> => written.slice(1).split('|')

/** The form that goes with a count, with what is shown for it. */
const pluralText = ({ plurals }: Texts, count: number, shown: string, forms: ReadonlyArray<string>): string => {
  const place = plurals.findIndex((form) => fits(form, Math.abs(count)))
  const form = forms[place < 0 ? forms.length - 1 : Math.min(place, forms.length - 1)] ?? ''
  return form.replace(/#/g, () => shown)
}

/** Points with the name of their wallet; those with digits behind the decimal sign go with the last form. */
const namedPoints = (texts: Texts, shown: string, { points, decimals }: PointsValue, wallet: WalletId): string => {
  const named = texts.wallets === undefined ? undefined : ownValue(texts.wallets, wallet)
  if (named === undefined) return fill(texts.points, { points: shown, wallet })
  return named.replace(placeholder, (whole, name: string, written: string) => {
    if (name !== 'points') return whole
    const forms = written === '' ? ['#'] : formsOf(written)
    return pluralText(texts, points, shown, decimals === 0 ? forms : forms.slice(-1))
  })
}

/** One plain word; anything else is set off from the sentence. */
const plainWord = /^[^\s„“”"]*[^\s„“”".,;:!?]$/u

const quotedText = ({ quoted }: Texts, text: string): string => (plainWord.test(text) ? text : fill(quoted, { text }))

/** A word of the language; one that it does not have is a name. */
const wordText = (texts: Texts, word: string): string => ownValue(texts.words, word) ?? quotedText(texts, word)

const listText = (texts: Texts, { join, items }: ListValue): string => {
  const written = items.map((item) => valueText(texts, item))
  const [comma, last] = [texts.joins.comma, written[written.length - 1]]
  if ((join !== 'and' && join !== 'or') || written.length < 3 || last === undefined) {
    return written.join(texts.joins[join])
  }
  return `${written.slice(0, -1).join(comma)}${texts.joins[join]}${last}`
}

const valueText = (texts: Texts, value: PhraseValue): string => {
  switch (value.type) {
    case 'text':
      return quotedText(texts, value.text)
    case 'word':
      return wordText(texts, value.word)
    case 'count':
      return numberText(texts, String(value.count))
    case 'decimal':
      return numberText(texts, value.decimal)
    case 'points': {
      const points = pointsText(texts, value.points, value.decimals)
      return value.wallet === null ? points : namedPoints(texts, points, value, value.wallet)
    }
    case 'money': {
      const amount = numberText(texts, formatAmount({ minor: value.minor, currency: value.currency }))
      return fill(texts.money, { amount, currency: value.currency })
    }
    case 'date':
      return dateText(texts, value)
    case 'fraction':
      return fractionText(texts, value)
    case 'list':
      return listText(texts, value)
    case 'phrase':
      return renderPhrase(value, texts)
  }
}

/**
 * A phrase as text. A placeholder of a name that the phrase has no value of stays as it is.
 *
 * @param phrase - a sentence of `explain`, or a part of one
 * @param texts - the texts of a language: `englishTexts`, `germanTexts` or your own
 *
 * @example
 * ```ts
 * import { germanTexts, renderPhrase } from 'treue'
 *
 * const values = { activity: { type: 'text', text: 'order-1' } } as const
 * renderPhrase({ type: 'phrase', key: 'duplicate', values }, germanTexts)
 * // => 'Vorgang order-1 war schon erfasst: Daraus folgt nichts.'
 * ```
 */
export const renderPhrase = ({ key, values }: Phrase, texts: Texts): string =>
  texts.phrases[key].replace(placeholder, (whole, name: string, written: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return whole
    const text = valueText(texts, value)
    return written !== '' && value.type === 'count' ? pluralText(texts, value.count, text, formsOf(written)) : text
  })
