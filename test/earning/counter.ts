// A shop counter to write examples with.
import * as E from 'fp-ts/Either'
import {
  type CompiledEarning,
  type CountedLine,
  compileEarning,
  type Earned,
  type EarningActivity,
  type EarningContext,
  type EarningFault,
  type EarningRounding,
  type EarningRule,
  type EarningRules,
  earn,
  emptyEarningContext,
  type WalletEarning,
} from '../../src/earning/index.ts'
import {
  type Instant,
  parseInstant,
  type RuleId,
  unwrap,
  utc,
  type WalletId,
  type Zone,
} from '../../src/foundation/index.ts'
import { eur, plainLine } from '../arbitraries/earning.ts'

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
  amounts.map((minor, index) => plainLine(`${index + 1}`, minor))

export const floorOnOrder: EarningRounding = { mode: 'floor', on: 'order' }

export const purchase = (
  bought: ReadonlyArray<CountedLine>,
  when: Instant = sunday,
  attributes: EarningActivity['attributes'] = {},
): EarningActivity => ({ action: 'purchase', at: when, lines: bought, attributes })

/** What a purchase earns in each wallet. */
export const earnOn = (
  compiled: CompiledEarning,
  bought: ReadonlyArray<CountedLine>,
  zone: Zone,
  when: Instant,
  context: EarningContext = emptyEarningContext,
): E.Either<EarningFault, ReadonlyArray<WalletEarning>> =>
  E.map((all: Earned) => all.wallets)(earn(compiled, purchase(bought, when), zone, context))

/** What a purchase on that Sunday earns in a wallet without decimals; faults throw. */
export const earned = (
  rules: ReadonlyArray<EarningRule>,
  bought: ReadonlyArray<CountedLine>,
  rounding: EarningRounding = floorOnOrder,
): Pick<WalletEarning, 'points' | 'byLine'> => {
  const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding, rules })
  const [earning] = unwrap(earnOn(compiled, bought, utc, sunday))
  return { points: earning?.points ?? (0 as WalletEarning['points']), byLine: earning?.byLine ?? [] }
}

/** A rule with any award, in the wallet of points. */
export const awarding = (id: string, award: EarningRule['award'], more: Partial<EarningRule> = {}): EarningRule => ({
  id: id as RuleId,
  wallet: points,
  award,
  ...more,
})

/** One point for each euro. */
export const perEuro = (more: Partial<EarningRule> = {}, number = '1'): EarningRule => ({
  ...rule('linear', number, 100),
  ...more,
})

export const ruleId = (text: string): RuleId => text as RuleId

export const times = (factor: string, more: Partial<EarningRule> = {}): EarningRule =>
  awarding(`times ${factor}`, { mode: 'multiplier', factor }, more)

export const bonus = (text: string, more: Partial<EarningRule> = {}): EarningRule =>
  awarding('bonus', { mode: 'bonus', points: text }, more)

export const fixed = (text: string, more: Partial<EarningRule> = {}): EarningRule =>
  awarding('fixed', { mode: 'fixed', points: text }, more)

/** What an activity earns by some rules in the wallet of points; faults throw. */
export const earnedBy = (
  rules: Partial<EarningRules>,
  activity: EarningActivity,
  context: EarningContext = emptyEarningContext,
): WalletEarning => {
  const compiled = compileEarning(eur, [{ id: points, decimals: 0 }], { rounding: floorOnOrder, rules: [], ...rules })
  const all = unwrap(earn(compiled, activity, utc, context)).wallets
  return all[0] as WalletEarning
}

/** A review, or another action. */
export const action = (name: string, attributes: EarningActivity['attributes'] = {}): EarningActivity => ({
  action: name,
  at: sunday,
  lines: [],
  attributes,
})
