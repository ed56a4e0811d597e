/** How figures are written in explanations. */
import {
  type CapId,
  type Currency,
  formatAmount,
  formatCivilDate,
  formatPoints,
  type Instant,
  localDateOf,
  type Points,
  type WalletId,
} from '../foundation/index.ts'
import type { CompiledProgram } from './compile.ts'
import type { Program } from './program.ts'

/** How figures are written: in the words of one program. */
export interface Words {
  readonly points: (wallet: WalletId, points: number) => string
  /** Points without the name of their wallet. */
  readonly figures: (wallet: WalletId, points: number) => string
  /** How many of the wallet's smallest units make a point. */
  readonly unitsOfPoint: (wallet: WalletId) => bigint
  readonly money: (minor: number) => string
  /** An integer of a field that conditions read: an amount, where the field holds one. */
  readonly fieldValue: (field: string, value: number) => string
  /** Whether a cap counts how often something is earned. */
  readonly countsTimes: (cap: CapId) => boolean
  readonly date: (at: Instant) => string
  /** The last day before an instant from which on something is no longer valid (S19). */
  readonly lastDay: (until: Instant) => string
}

const calendarWords = ({ zone }: CompiledProgram): Pick<Words, 'date' | 'lastDay'> => ({
  date: (at) => formatCivilDate(localDateOf(zone, at)),
  lastDay: (until) => formatCivilDate(localDateOf(zone, (until - 1) as Instant)),
})

/** The currency of a field that holds amounts. */
const currencyOf = ({ currency, earning }: Program, name: string): Currency | undefined => {
  if (name === 'amount') return currency
  const declared = [...(earning.attributes ?? []), ...(earning.actions ?? []).flatMap(({ fields }) => fields)]
  const found = declared.find((field) => field.name === name)
  return found?.type === 'money' ? found.currency : undefined
}

const moneyWords = (minor: number, currency: Currency): string => `${formatAmount({ minor, currency })} ${currency}`

const pointsFigures = (points: number, decimals: number): string =>
  `${points < 0 ? '-' : ''}${formatPoints(Math.abs(points) as Points, decimals)}`

const decimalsOf = ({ wallets }: CompiledProgram, wallet: WalletId): number => wallets.get(wallet)?.decimals ?? 0

export const wordsOf = (compiled: CompiledProgram): Words => ({
  ...calendarWords(compiled),
  points: (wallet, points) => `${pointsFigures(points, decimalsOf(compiled, wallet))} ${wallet}`,
  figures: (wallet, points) => pointsFigures(points, decimalsOf(compiled, wallet)),
  unitsOfPoint: (wallet) => 10n ** BigInt(decimalsOf(compiled, wallet)),
  money: (minor) => moneyWords(minor, compiled.program.currency),
  fieldValue: (field, value) => {
    const currency = currencyOf(compiled.program, field)
    return currency === undefined ? String(value) : moneyWords(value, currency)
  },
  countsTimes: (cap) => compiled.program.earning.caps?.find(({ id }) => id === cap)?.counts === 'times',
})

export const plural = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`
