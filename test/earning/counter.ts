// A shop counter to write examples with.
import {
  type CountedLine,
  compileEarning,
  type EarningRounding,
  type EarningRule,
  earn,
  type WalletEarning,
} from '../../src/earning/index.ts'
import {
  type Instant,
  type LineId,
  parseInstant,
  type RuleId,
  unwrap,
  utc,
  type WalletId,
} from '../../src/foundation/index.ts'
import { eur } from '../arbitraries/earning.ts'

export const at = (text: string): Instant => unwrap(parseInstant(text))

/** A Sunday. */
export const sunday: Instant = at('2026-03-01T12:00:00Z')

export const points = 'points' as WalletId

/** Some points for an amount in cents. */
export const rule = (
  mode: 'step' | 'linear',
  number: string,
  per: number,
  more: Partial<EarningRule> & { readonly on?: 'order' | 'line' } = {},
): EarningRule => {
  const { on = 'order', ...parts } = more
  return {
    id: 'base' as RuleId,
    wallet: points,
    award: { mode, points: number, per: { minor: per, currency: eur }, on },
    ...parts,
  }
}

export const lines = (...amounts: ReadonlyArray<number>): ReadonlyArray<CountedLine> =>
  amounts.map((minor, index) => ({ id: `${index + 1}` as LineId, minor, categories: [] }))

export const floorOnOrder: EarningRounding = { mode: 'floor', on: 'order' }

/** What a purchase on that Sunday earns in a wallet without decimals; faults throw. */
export const earned = (
  rules: ReadonlyArray<EarningRule>,
  bought: ReadonlyArray<CountedLine>,
  rounding: EarningRounding = floorOnOrder,
): Pick<WalletEarning, 'points' | 'byLine'> => {
  const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding, rules })
  const [earning] = unwrap(earn(compiled, bought, utc, sunday))
  return { points: earning?.points ?? (0 as WalletEarning['points']), byLine: earning?.byLine ?? [] }
}
