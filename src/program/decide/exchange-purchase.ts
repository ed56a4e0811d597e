/** A purchase in other currencies as one in the program's: at the rates of the instant at which it was made. */
import * as E from 'fp-ts/Either'
import type { ForeignAmount, Payment, PurchaseLine } from '../../earning/index.ts'
import {
  allocate,
  type Currency,
  type CurrencyMismatch,
  type ExchangeRate,
  exchangeMoney,
  exchangeRateAt,
  type Instant,
  type Money,
  outOfRange,
  type Path,
  type UnknownExchangeRate,
} from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { Draft } from './draft.ts'
import type { Rejection, RejectionReason } from './rejection.ts'

/** The lines and payments of a purchase, all in the program's currency. */
export interface ExchangedPurchase {
  readonly lines: ReadonlyArray<PurchaseLine>
  readonly payments: ReadonlyArray<Payment>
  /** Of each line what it cost in its own currency, where that is another. */
  readonly foreign: ReadonlyArray<ForeignAmount | undefined>
}

/** The rates to the program's currency. */
export type Rates = ReadonlyMap<Currency, ExchangeRate>

const total = (minors: ReadonlyArray<number>): number => minors.reduce((sum, minor) => sum + minor, 0)

const noRates: Rates = new Map()

/** Whether all amounts are in the program's currency, as they nearly always are. */
const isDomestic = ({ program }: Draft, { lines, payments = [] }: Purchase): boolean => {
  const { currency } = program.program
  const isOwn = ({ amount }: { readonly amount: Money }): boolean => amount.currency === currency
  return lines.every(isOwn) && payments.every(isOwn)
}

const rateFrom = (
  { program }: Draft,
  left: Currency,
  path: Path,
  at: Instant,
): E.Either<CurrencyMismatch | UnknownExchangeRate, ExchangeRate> => {
  const { currency: right, exchange } = program.program
  if (exchange === undefined) {
    return E.left({ _tag: 'CurrencyMismatch', path, expected: `${right}, the program's currency`, left, right })
  }
  const rate = exchangeRateAt(exchange.rates, left, right, at)
  return E.isLeft(rate) ? E.left({ ...rate.left, path }) : rate
}

/** The rates that a purchase needs, by currency; or each amount for which there is none. */
export const exchangeRatesFor = (draft: Draft, activity: Purchase): E.Either<Rejection, Rates> => {
  if (isDomestic(draft, activity)) return E.right(noRates)
  const { at, occurredAt = at, lines, payments = [] } = activity
  const rates = new Map<Currency, ExchangeRate>()
  const faults: Array<RejectionReason> = []
  const note =
    (list: string) =>
    (amount: Money, index: number): void => {
      const { currency: from } = amount
      if (from === draft.program.program.currency || rates.has(from)) return
      const rate = rateFrom(draft, from, [list, index, 'amount', 'currency'], occurredAt)
      if (E.isLeft(rate)) faults.push(rate.left)
      else rates.set(from, rate.right)
    }
  lines.map(({ amount }) => amount).forEach(note('lines'))
  payments.map(({ amount }) => amount).forEach(note('payments'))
  return faults.length > 0 ? E.left(faults) : E.right(rates)
}

/** Amounts of one currency: their sum is exchanged and rounded once, and shared out to them again (S4). */
const exchangedMinors = (
  draft: Draft,
  rate: ExchangeRate,
  minors: ReadonlyArray<number>,
): E.Either<Rejection, ReadonlyArray<number>> => {
  const { rounding } = draft.program.program.exchange ?? {}
  const exchanged = exchangeMoney({ minor: total(minors), currency: rate.from }, rate, rounding)
  const shares = E.isLeft(exchanged) ? exchanged : allocate(exchanged.right.minor, minors)
  if (E.isRight(shares)) return shares
  const expected = `amounts that are at most 9007199254740991 minor units of ${rate.to} together`
  return E.left([outOfRange(['lines'], total(minors), expected)])
}

/** What the lines of one currency are in the program's: amounts, discounts and taxes. */
const exchangedColumns = (
  draft: Draft,
  rate: ExchangeRate,
  lines: ReadonlyArray<PurchaseLine>,
): E.Either<Rejection, ReadonlyArray<PurchaseLine>> => {
  const columnOf = (key: 'amount' | 'discount' | 'tax') =>
    exchangedMinors(
      draft,
      rate,
      lines.map((line) => line[key]?.minor ?? 0),
    )
  const [amounts, discounts, taxes] = [columnOf('amount'), columnOf('discount'), columnOf('tax')]
  if (E.isLeft(amounts)) return amounts
  if (E.isLeft(discounts)) return discounts
  if (E.isLeft(taxes)) return taxes
  const { to: currency } = rate
  return E.right(
    lines.map((line, index) => {
      const amount = amounts.right[index] ?? 0
      // Shared out apart from the amounts, a tax could be a minor unit more than the amount that contains it.
      const tax = Math.min(taxes.right[index] ?? 0, amount)
      return {
        ...line,
        amount: { minor: amount, currency },
        ...(line.discount === undefined ? {} : { discount: { minor: discounts.right[index] ?? 0, currency } }),
        ...(line.tax === undefined ? {} : { tax: { minor: tax, currency } }),
      }
    }),
  )
}

const exchangedLines = (
  draft: Draft,
  rates: Rates,
  lines: ReadonlyArray<PurchaseLine>,
): E.Either<Rejection, ReadonlyArray<PurchaseLine>> => {
  const all = [...lines]
  for (const [from, rate] of rates) {
    const places = [...lines.keys()].filter((place) => lines[place]?.amount.currency === from)
    const own = places.flatMap((place) => lines[place] ?? [])
    const exchanged = exchangedColumns(draft, rate, own)
    if (E.isLeft(exchanged)) return exchanged
    exchanged.right.forEach((line, index) => {
      all[places[index] ?? 0] = line
    })
    const [minor, exchangedMinor] = [own, exchanged.right].map((some) => total(some.map(({ amount }) => amount.minor)))
    if (draft.tracing && own.length > 0) {
      draft.steps.push({ step: 'exchange', rate, minor: minor ?? 0, exchangedMinor: exchangedMinor ?? 0 })
    }
  }
  return E.right(all)
}

const exchangedPayments = (
  draft: Draft,
  rates: Rates,
  payments: ReadonlyArray<Payment>,
): E.Either<Rejection, ReadonlyArray<Payment>> => {
  const all: Array<Payment> = []
  for (const payment of payments) {
    const rate = rates.get(payment.amount.currency)
    const minors = rate === undefined ? undefined : exchangedMinors(draft, rate, [payment.amount.minor])
    if (minors !== undefined && E.isLeft(minors)) return minors
    const { currency } = draft.program.program
    all.push(minors === undefined ? payment : { ...payment, amount: { minor: minors.right[0] ?? 0, currency } })
  }
  return E.right(all)
}

/**
 * A purchase with all its amounts in the program's currency, by the rates that were valid when it was made. Amounts must
 * have been checked.
 */
export const exchangePurchase = (
  draft: Draft,
  { lines: bought, payments: paid = [] }: Purchase,
  rates: Rates,
): E.Either<Rejection, ExchangedPurchase> => {
  const lines = exchangedLines(draft, rates, bought)
  if (E.isLeft(lines)) return lines
  const payments = exchangedPayments(draft, rates, paid)
  if (E.isLeft(payments)) return payments
  const foreign = bought.map(({ amount: { currency, minor } }): ForeignAmount | undefined =>
    rates.has(currency) ? { currency, minor, originalMinor: minor } : undefined,
  )
  return E.right({ lines: lines.right, payments: payments.right, foreign })
}
