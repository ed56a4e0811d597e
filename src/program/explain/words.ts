/** The figures of a program as values of phrases. */
import * as E from 'fp-ts/Either'
import type { ChallengeId } from '../../challenges/index.ts'
import {
  type CapId,
  type Currency,
  type Instant,
  type LadderId,
  localDateOf,
  parseInstant,
  type WalletId,
  yearMonthDay,
} from '../../foundation/index.ts'
import type { MetricId } from '../../tiers/index.ts'
import { effectOf } from '../decide/derived-id.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import {
  count,
  type DateValue,
  type IdValue,
  type MoneyValue,
  type PhraseValue,
  type PointsValue,
  phrase,
  text,
} from './phrase.ts'

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
  /** What a metric of a ladder counts: an amount, where it counts what was paid. */
  readonly metricValue: (ladder: LadderId, metric: MetricId, value: number) => PhraseValue
  /** What counts towards a challenge: an amount, where it counts what was paid. */
  readonly challengeValue: (challenge: ChallengeId, value: number) => PhraseValue
  /** The id of an activity; of one that followed from another, what it is and of which. */
  readonly id: (id: string) => IdValue
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

type MetricWords = Pick<Words, 'figures' | 'money'>

const metricValueOf =
  ({ program }: CompiledProgram, { figures, money }: MetricWords): Words['metricValue'] =>
  (ladder, id, value) => {
    const metric = program.ladders.find((one) => one.id === ladder)?.metrics.find((one) => one.id === id)
    if (metric?.of === 'spend') return money(value)
    return metric?.of === 'points' || metric?.of === 'balance' ? figures(metric.wallet, value) : count(value)
  }

const challengeValueOf =
  ({ program }: CompiledProgram, fieldValue: Words['fieldValue']): Words['challengeValue'] =>
  (id, value) => {
    const measure = program.challenges?.goals?.find(({ challenge }) => challenge.id === id)?.challenge.measure
    return measure?.type === 'sum' ? fieldValue(measure.field, value) : count(value)
  }

const idOf =
  (date: Words['date']): Words['id'] =>
  (id) => {
    const effect = effectOf(id)
    if (effect === null) return text(id)
    const at = effect.kind === 'automatic' ? parseInstant(effect.source) : null
    return at !== null && E.isRight(at)
      ? phrase('id.automatic', { at: date(at.right) })
      : phrase('id.effect', { kind: text(effect.kind), of: text(effect.source) })
  }

const decimalsOf = ({ wallets }: CompiledProgram, wallet: WalletId): number => wallets.get(wallet)?.decimals ?? 0

export const wordsOf = (compiled: CompiledProgram): Words => {
  const money = (minor: number, currency: Currency = compiled.program.currency): MoneyValue => ({
    type: 'money',
    minor,
    currency,
  })
  const figures = (wallet: WalletId, points: number): PointsValue => ({
    type: 'points',
    points,
    decimals: decimalsOf(compiled, wallet),
    wallet: null,
  })
  const fieldValue = (field: string, value: number): PhraseValue => {
    const currency = currencyOf(compiled.program, field)
    return currency === undefined ? count(value) : money(value, currency)
  }
  const calendar = calendarWords(compiled)
  return {
    ...calendar,
    points: (wallet, points) => ({ type: 'points', points, decimals: decimalsOf(compiled, wallet), wallet }),
    figures,
    metricValue: metricValueOf(compiled, { figures, money }),
    unitsOfPoint: (wallet) => 10n ** BigInt(decimalsOf(compiled, wallet)),
    money,
    fieldValue,
    challengeValue: challengeValueOf(compiled, fieldValue),
    id: idOf(calendar.date),
    countsTimes: (cap) => compiled.program.earning.caps?.find(({ id }) => id === cap)?.counts === 'times',
  }
}
