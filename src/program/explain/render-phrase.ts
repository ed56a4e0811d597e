/** Phrases put into a language. */
import { formatAmount, formatPoints, type Points } from '../../foundation/index.ts'
import type { DateValue, FractionValue, ListJoin, Phrase, PhraseKey, PhraseValue } from './phrase.ts'

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
  /** Of `{year}`, `{month}` and `{day}`. */
  readonly date: string
  /** Of `{amount}` and `{currency}`. */
  readonly money: string
  /** Of `{points}` and `{wallet}`. */
  readonly points: string
  /** Of a `{fraction}` with more digits than are shown. */
  readonly approximately: string
  /** Which form goes with which counts, in the order in which forms are written; the last form goes with all others. */
  readonly plurals: ReadonlyArray<PluralForm>
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

const valueText = (texts: Texts, value: PhraseValue): string => {
  switch (value.type) {
    case 'text':
      return value.text
    case 'count':
      return numberText(texts, String(value.count))
    case 'decimal':
      return numberText(texts, value.decimal)
    case 'points': {
      const points = pointsText(texts, value.points, value.decimals)
      return value.wallet === null ? points : fill(texts.points, { points, wallet: value.wallet })
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
      return value.items.map((item) => valueText(texts, item)).join(texts.joins[value.join])
    case 'phrase':
      return renderPhrase(value, texts)
  }
}

const pluralText = (texts: Texts, count: number, forms: ReadonlyArray<string>): string => {
  const place = texts.plurals.findIndex((form) => fits(form, Math.abs(count)))
  const form = forms[place < 0 ? forms.length - 1 : Math.min(place, forms.length - 1)] ?? ''
  return form.replace(/#/g, () => numberText(texts, String(count)))
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
 * // => 'Vorgang order-1 war schon aufgenommen: Daraus folgt nichts.'
 * ```
 */
export const renderPhrase = ({ key, values }: Phrase, texts: Texts): string =>
  texts.phrases[key].replace(/\{(\w+)((?:\|[^{}|]*)*)\}/g, (whole, name: string, forms: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return whole
    return forms !== '' && value.type === 'count'
      ? pluralText(texts, value.count, forms.slice(1).split('|'))
      : valueText(texts, value)
  })
