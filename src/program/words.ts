/** How figures are written in explanations. */
import {
  formatAmount,
  formatCivilDate,
  formatPoints,
  type Instant,
  localDateOf,
  type Points,
  type WalletId,
} from '../foundation/index.ts'
import type { CompiledProgram } from './compile.ts'

/** How figures are written: in the words of one program. */
export interface Words {
  readonly points: (wallet: WalletId, points: number) => string
  readonly money: (minor: number) => string
  readonly date: (at: Instant) => string
  /** The last day before an instant from which on something is no longer valid (S19). */
  readonly lastDay: (until: Instant) => string
}

export const wordsOf = ({ program, zone, wallets }: CompiledProgram): Words => ({
  points: (wallet, points) => {
    const figures = formatPoints(Math.abs(points) as Points, wallets.get(wallet)?.decimals ?? 0)
    return `${points < 0 ? '-' : ''}${figures} ${wallet}`
  },
  money: (minor) => `${formatAmount({ minor, currency: program.currency })} ${program.currency}`,
  date: (at) => formatCivilDate(localDateOf(zone, at)),
  lastDay: (until) => formatCivilDate(localDateOf(zone, (until - 1) as Instant)),
})

export const plural = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`
