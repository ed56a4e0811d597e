/** What of a purchase counts for points: with or without discounts, tax, shipping, gift cards, and what points paid. */
import * as E from 'fp-ts/Either'
import { allocate, arrayCodec, type Codec, literalCodec, stringCodec, structCodec } from '../foundation/index.ts'
import type { CountedLine, Payment, PurchaseLine } from './purchase.ts'

/** Lines that are named by what is sold: one of the texts of one of the lists is enough. */
export interface LineSelection {
  readonly skus?: ReadonlyArray<string>
  readonly brands?: ReadonlyArray<string>
  readonly categories?: ReadonlyArray<string>
}

/** Whether something counts for points. */
export type Inclusion = 'included' | 'excluded'

/**
 * What of a purchase counts for points (S7). Products disagree on every one of these, so each is named; by default the
 * amount of every line counts as it stands, because that is what a line without further data says.
 */
export interface Basis {
  /** `net`: after discounts; `gross`: before them. Default `net`. */
  readonly amounts?: 'net' | 'gross'
  /** The tax that amounts contain. Default `included`. */
  readonly tax?: Inclusion
  /** Lines of shipping. Default `included`. */
  readonly shipping?: Inclusion
  /** Lines that sell a gift card. Default `included`. */
  readonly giftCards?: Inclusion
  /** What was paid with points; it is taken off the lines that count, in proportion. Default `included`. */
  readonly paidWithPoints?: Inclusion
  /** What was paid with gift cards; it is taken off the lines that count, in proportion. Default `included`. */
  readonly paidWithGiftCards?: Inclusion
  /** Only such lines count. Default: all. */
  readonly only?: LineSelection
  /** Such lines do not count, also where `only` names them. Default: none. */
  readonly except?: LineSelection
}

const inclusion: Codec<Inclusion> = /* @__PURE__ */ literalCodec('included', 'excluded')
const texts: Codec<ReadonlyArray<string>> = /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 10_000 })
const selection: Codec<LineSelection, unknown> = /* @__PURE__ */ structCodec(
  'LineSelection',
  {},
  { skus: texts, brands: texts, categories: texts },
)

/**
 * Reads a {@link Basis}.
 *
 * @example
 * ```ts
 * import { Basis, decode } from 'treue'
 *
 * decode(Basis, { amounts: 'gross', shipping: 'excluded' })._tag // => 'Right'
 * ```
 */
export const Basis: Codec<Basis, unknown> = /* @__PURE__ */ structCodec(
  'Basis',
  {},
  {
    amounts: /* @__PURE__ */ literalCodec('net', 'gross'),
    tax: inclusion,
    shipping: inclusion,
    giftCards: inclusion,
    paidWithPoints: inclusion,
    paidWithGiftCards: inclusion,
    only: selection,
    except: selection,
  },
)

type Selects = (line: PurchaseLine) => boolean

const selecting = ({ skus = [], brands = [], categories = [] }: LineSelection): Selects => {
  const [ofSkus, ofBrands, ofCategories] = [new Set(skus), new Set(brands), new Set(categories)]
  return ({ sku, brand, categories: own }) =>
    (sku !== undefined && ofSkus.has(sku)) ||
    (brand !== undefined && ofBrands.has(brand)) ||
    (own?.some((category) => ofCategories.has(category)) ?? false)
}

/** Whether a line counts, for the switches of a basis. */
const counting = ({ shipping, giftCards, only, except }: Basis): Selects => {
  const [isOnly, isExcepted] = [only && selecting(only), except && selecting(except)]
  return (line) =>
    !(line.kind === 'shipping' && shipping === 'excluded') &&
    !(line.kind === 'giftCard' && giftCards === 'excluded') &&
    isOnly?.(line) !== false &&
    isExcepted?.(line) !== true
}

const basisMinorOf = ({ amounts, tax }: Basis, line: PurchaseLine): number => {
  const discount = amounts === 'gross' ? (line.discount?.minor ?? 0) : 0
  return line.amount.minor + discount - (tax === 'excluded' ? (line.tax?.minor ?? 0) : 0)
}

const paidOtherwise = (basis: Basis, payments: ReadonlyArray<Payment>): number => {
  const excluded = { points: basis.paidWithPoints, giftCard: basis.paidWithGiftCards, money: undefined }
  return payments.reduce((sum, { type, amount }) => (excluded[type] === 'excluded' ? sum + amount.minor : sum), 0)
}

/** Takes what was paid otherwise off what counts, in proportion. */
const lessPaid = (counted: ReadonlyArray<number>, paid: number): ReadonlyArray<number> => {
  if (paid === 0) return counted
  const total = counted.reduce((sum, minor) => sum + minor, 0)
  if (paid >= total) return counted.map(() => 0)
  const shares = allocate(paid, counted)
  return E.isLeft(shares) ? counted : counted.map((minor, index) => minor - (shares.right[index] ?? 0))
}

const noCategories: ReadonlyArray<string> = []

const counted = (line: PurchaseLine, counts: boolean, basisMinor: number): CountedLine => {
  const { id, amount, categories = noCategories, quantity = 1, sku = null, brand = null } = line
  const { minor } = amount
  return { id, minor, categories, quantity, sku, brand, counts, basisMinor, original: { minor, basisMinor, quantity } }
}

/** Whether a program says nothing of the basis: every amount counts as it stands. */
const countsAll = (basis: Basis): boolean => Object.keys(basis).length === 0

const countedWhole = (line: PurchaseLine): CountedLine => counted(line, true, line.amount.minor)

/**
 * The lines of a purchase as they are kept and counted: of each what counts for points, by the switches of the program
 * (S7). What is left of it after a return is counted by {@link remainingLines}.
 *
 * @param basis - what counts; `{}` for the defaults
 * @param lines - the lines as they were bought, all in one currency
 * @param payments - how the purchase was paid, as far as that matters; by default with money
 *
 * @example
 * ```ts
 * import { countedLines, type LineId, money, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const line = { id: '1' as LineId, amount: eur('80.00'), discount: eur('20.00') }
 * const shipping = { id: '2' as LineId, amount: eur('8.00'), kind: 'shipping' } as const
 * const paid = { type: 'points', amount: eur('30.00') } as const
 * countedLines({}, [line, shipping], [paid]).map(({ basisMinor }) => basisMinor) // => [8000, 800]
 * const without = { shipping: 'excluded', paidWithPoints: 'excluded' } as const
 * countedLines(without, [line, shipping], [paid]).map(({ basisMinor }) => basisMinor) // => [5000, 0]
 * ```
 */
export const countedLines = (
  basis: Basis,
  lines: ReadonlyArray<PurchaseLine>,
  payments: ReadonlyArray<Payment> = [],
): ReadonlyArray<CountedLine> => {
  if (countsAll(basis)) return lines.map(countedWhole)
  const isCounted = counting(basis)
  const counts = lines.map(isCounted)
  const amounts = lines.map((line, index) => (counts[index] === true ? basisMinorOf(basis, line) : 0))
  const left = lessPaid(amounts, paidOtherwise(basis, payments))
  return lines.map((line, index) => counted(line, counts[index] === true, left[index] ?? 0))
}
