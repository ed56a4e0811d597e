/** The figures of a program as values of phrases. */
import {
  type CapId,
  type Currency,
  type Instant,
  localDateOf,
  type WalletId,
  yearMonthDay,
} from '../../foundation/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import type { DateValue, MoneyValue, PhraseValue, PointsValue } from './phrase.ts'

/** How figures become values of phrases: with what one program says of them. */
export interface Words {
  readonly points: (wallet: WalletId, points: number) => PointsValue
  /** Points without the name of their wallet. */
  readonly figures: (wallet: WalletId, points: number) => PointsValue
  /** How many of the wallet's smallest units make a point. */
  readonly unitsOfPoint: (wallet: WalletId) => bigint
  readonly money: (minor: number, currency?: Currency) => MoneyValue
  /** An integer of a field that conditions read: an amount, where the field holds one. */
  readonly fieldValue: (field: string, value: number) => PhraseValue
  /** Whether a cap counts how often something is earned. */
  readonly countsTimes: (cap: CapId) => boolean
  readonly date: (at: Instant) => DateValue
  /** The last day before an instant from which on something is no longer valid (S19). */
  readonly lastDay: (until: Instant) => DateValue
}

const calendarWords = ({ zone }: CompiledProgram): Pick<Words, 'date' | 'lastDay'> => {
  const date = (at: Instant): DateValue => {
    const { year, month, day } = yearMonthDay(localDateOf(zone, at))
    return { type: 'date', year, month, day }
  }
  return { date, lastDay: (until) => date((until - 1) as Instant) }
}

/** The currency of a field that holds amounts. */
const currencyOf = ({ currency, earning }: Program, name: string): Currency | undefined => {
  if (name === 'amount') return currency
  const declared = [...(earning.attributes ?? []), ...(earning.actions ?? []).flatMap(({ fields }) => fields)]
  const found = declared.find((field) => field.name === name)
  return found?.type === 'money' ? found.currency : undefined
}

const decimalsOf = ({ wallets }: CompiledProgram, wallet: WalletId): number => wallets.get(wallet)?.decimals ?? 0

export const wordsOf = (compiled: CompiledProgram): Words => {
  const money = (minor: number, currency: Currency = compiled.program.currency): MoneyValue => ({
    type: 'money',
    minor,
    currency,
  })
  return {
    ...calendarWords(compiled),
    points: (wallet, points) => ({ type: 'points', points, decimals: decimalsOf(compiled, wallet), wallet }),
    figures: (wallet, points) => ({ type: 'points', points, decimals: decimalsOf(compiled, wallet), wallet: null }),
    unitsOfPoint: (wallet) => 10n ** BigInt(decimalsOf(compiled, wallet)),
    money,
    fieldValue: (field, value) => {
      const currency = currencyOf(compiled.program, field)
      return currency === undefined ? { type: 'count', count: value } : money(value, currency)
    },
    countsTimes: (cap) => compiled.program.earning.caps?.find(({ id }) => id === cap)?.counts === 'times',
  }
}
