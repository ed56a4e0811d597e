/** Short histories in which a rule of a program earns, or something else happens that shows a finding. */
import * as E from 'fp-ts/Either'
import { type DeclaredField, type EarningRule, isWithinSchedule, type PurchaseLine } from '../../earning/index.ts'
import {
  type ActivityId,
  addDays,
  type CivilDate,
  type Currency,
  type Instant,
  instantAt,
  type LineId,
  localTimeOf,
  type MemberId,
  type Points,
  type WalletId,
  weekdayOf,
  yearMonthDay,
  type Zone,
} from '../../foundation/index.ts'
import type { Fact, Facts } from '../../rules/index.ts'
import type { Activity, Enrolment, Purchase } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { type Simulation, simulate } from '../simulate/simulate.ts'

const HOUR = 3_600_000
export const DAY: number = 24 * HOUR

/** 1 January 2026: witnesses begin then, where no schedule says when. */
const FIRST_DAY = 20_454 as CivilDate

export const anybody = 'anybody' as MemberId
export const somebodyElse = 'somebody else' as MemberId

export const enrols = (at: Instant, member: MemberId = anybody): Enrolment => ({
  type: 'enrolment',
  id: `${member} enrols` as ActivityId,
  member,
  at,
})

/** Points by hand: they live as earned ones do. */
export const givenPoints = (wallet: WalletId, points: number, at: Instant): Activity => ({
  type: 'adjustment',
  id: 'points are given' as ActivityId,
  member: anybody,
  at,
  wallet,
  direction: 'in',
  points: points as Points,
  reason: 'to see what becomes of them',
  actor: 'lint',
})

export const plainPurchase = (
  currency: Currency,
  minor: number,
  at: Instant,
  member: MemberId = anybody,
): Purchase => ({
  type: 'purchase',
  id: 'order' as ActivityId,
  member,
  at,
  lines: [{ id: '1' as LineId, amount: { minor, currency } }],
})

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

const isOn = (date: CivilDate, { weekday, month }: Facts): boolean =>
  (weekday === undefined || WEEKDAYS[weekdayOf(date) - 1] === weekday) &&
  (month === undefined || yearMonthDay(date).month === month)

/** Days that are tried: every weekday of every month is among them, and a 29 February. */
const DAYS_TRIED = 1500

/** The first hour of witnesses at which facts of the calendar and a schedule hold. */
const instantFor = (zone: Zone, { during }: EarningRule, facts: Facts): Instant | undefined => {
  const first = during?.instants?.from
  const start = first === undefined ? (during?.from ?? FIRST_DAY) : localTimeOf(zone, first).date
  const hours = typeof facts['hour'] === 'number' ? [facts['hour']] : [12, 0, 4, 8, 16, 18, 20, 22, 23]
  const minutes = during?.hours === undefined ? [] : [during.hours.from]
  const times = [...minutes.map((minute) => minute * 60_000), ...hours.map((hour) => hour * HOUR)]
  for (let day = 0; day < DAYS_TRIED; day += 1) {
    const date = addDays(start, day)
    if (!isOn(date, facts)) continue
    const found = times
      .map((time) => instantAt(zone, date, time))
      .find((at) => during === undefined || isWithinSchedule(during, zone, at))
    if (found !== undefined) return found
  }
  return undefined
}

const anyFact = (field: DeclaredField): Fact => {
  switch (field.type) {
    case 'text':
      return field.values?.[0] ?? 'any'
    case 'texts':
      return []
    case 'flag':
      return false
    default:
      return 1
  }
}

/** Attributes of an activity: those that facts name, and those that it must have. */
const attributesOf = (declared: ReadonlyArray<DeclaredField>, facts: Facts): Facts => {
  const known = new Map(declared.map((field) => [field.name, field]))
  const own = Object.entries(facts).filter(([name]) => name === 'channel' || name === 'store' || known.has(name))
  const missing = declared.filter(({ name, required }) => required === true && !Object.hasOwn(facts, name))
  return Object.fromEntries([...own, ...missing.map((field) => [field.name, anyFact(field)] as const)])
}

/** The attributes that every purchase must have. */
export const requiredAttributes = ({ program }: CompiledProgram): Facts =>
  attributesOf(program.earning.attributes ?? [], {})

const textsOf = (fact: Fact | undefined): ReadonlyArray<string> =>
  Array.isArray(fact) ? (fact as ReadonlyArray<string>) : []
const textOf = (fact: Fact | undefined): string | undefined => (typeof fact === 'string' ? fact : undefined)
const numberOf = (fact: Fact | undefined, otherwise: number): number => (typeof fact === 'number' ? fact : otherwise)

const lineOf = (
  currency: Currency,
  index: number,
  minor: number,
  of: { readonly sku?: string | undefined; readonly brand?: string | undefined },
): PurchaseLine => ({
  id: String(index + 1) as LineId,
  amount: { minor, currency },
  ...(of.sku === undefined ? {} : { sku: of.sku }),
  ...(of.brand === undefined ? {} : { brand: of.brand }),
})

/** Lines of an order of which facts are true, the first of which facts of a line are true. */
const linesFor = (currency: Currency, facts: Facts, lineFacts: Facts, amount: number): ReadonlyArray<PurchaseLine> => {
  const [skus, brands] = [textsOf(facts['skus']), textsOf(facts['brands'])]
  const total = numberOf(facts['amount'], Math.max(amount, numberOf(lineFacts['amount'], 0)))
  const first = Math.min(numberOf(lineFacts['amount'], total), total)
  const count = Math.max(1, skus.length, brands.length, first < total ? 2 : 1)
  const lines = Array.from({ length: count }, (_, index) => {
    const [sku, brand] = [
      skus[index] ?? (index === 0 ? textOf(lineFacts['sku']) : undefined),
      brands[index] ?? (index === 0 ? textOf(lineFacts['brand']) : undefined),
    ]
    const minor = [first, total - first][index] ?? 0
    return lineOf(currency, index, minor, { sku, brand })
  })
  const categories = [...new Set([...textsOf(facts['categories']), ...textsOf(lineFacts['categories'])])]
  const quantity = Math.max(numberOf(lineFacts['quantity'], 1), numberOf(facts['quantity'], 1) - (count - 1))
  return lines.map((line, index) => (index === 0 ? { ...line, categories, quantity } : line))
}

/** Orders before the one that counts, beyond which no history is told. */
const MOST_ORDERS = 20

/** What a rule is asked to earn on. */
export interface Occasion {
  readonly facts: Facts
  readonly lineFacts?: Facts
  /** What an order costs of which the facts do not say it, in minor units. */
  readonly amount?: number
}

const enrolledAt = (zone: Zone, at: Instant, facts: Facts): Instant => {
  const days = Math.max(numberOf(facts['tenureDays'], 0), 31 * numberOf(facts['tenureMonths'], 0))
  const { date, millisecondOfDay } = localTimeOf(zone, at)
  return instantAt(zone, addDays(date, -Math.min(days, 100_000)), millisecondOfDay)
}

const occasionOf = (
  { program }: CompiledProgram,
  rule: EarningRule,
  { facts, lineFacts = {}, amount = 10_000 }: Occasion,
  at: Instant,
): Activity => {
  const { on = 'purchase' } = rule
  const { attributes: declared = [], actions = [] } = program.earning
  const base = { id: 'what counts' as ActivityId, member: anybody, at }
  if (on !== 'purchase') {
    const fields = actions.find(({ name }) => name === on)?.fields ?? []
    return { type: 'action', ...base, name: on, attributes: attributesOf(fields, facts) }
  }
  const lines = linesFor(program.currency, facts, lineFacts, amount)
  return { type: 'purchase', ...base, lines, attributes: attributesOf(declared, facts) }
}

/**
 * A member joins, and does what a rule earns on: the last activity is that. `undefined`: no time in some years fits, or
 * there would have to be too many orders before.
 */
export const historyFor = (
  compiled: CompiledProgram,
  rule: EarningRule,
  occasion: Occasion,
): ReadonlyArray<Activity> | undefined => {
  const { zone, program } = compiled
  const { facts } = occasion
  const at = instantFor(zone, rule, facts)
  const orders = numberOf(facts['orderNumber'], 1) - 1
  if (at === undefined || orders > MOST_ORDERS) return undefined
  const joins = enrols(enrolledAt(zone, at, facts))
  if (rule.on === 'enrolment') return [joins]
  const required = requiredAttributes(compiled)
  const before = Array.from({ length: orders }, (_, index): Activity => {
    const order = plainPurchase(program.currency, 0, at)
    return { ...order, id: `order ${index + 1}` as ActivityId, attributes: required }
  })
  return [joins, ...before, occasionOf(compiled, rule, occasion, at)]
}

/** What a history comes to; `undefined`: something of it is refused, or it does not end. */
export const played = (
  compiled: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  until?: Instant,
): Simulation | undefined => {
  const simulation = simulate(compiled, activities, { trace: true, ...(until === undefined ? {} : { until }) })
  if (E.isLeft(simulation)) return undefined
  return simulation.right.steps.every(({ result }) => E.isRight(result)) ? simulation.right : undefined
}

/** The rules that earned in any wallet, in any step of a simulation, with what each was granted there. */
export const earnersIn = ({
  steps,
}: Simulation): ReadonlyArray<{ readonly rule: string; readonly isGranted: boolean }> =>
  steps.flatMap(({ result }) =>
    E.isLeft(result)
      ? []
      : result.right.trace.flatMap((step) =>
          step.step === 'earning'
            ? [
                ...step.earning.rules.map(({ rule, granted }) => ({ rule, isGranted: granted !== '0' })),
                ...step.earning.multipliers.map(({ rule }) => ({ rule, isGranted: true })),
              ]
            : [],
        ),
  )

/** The active points of a member in a wallet. */
export const activeOf = ({ members }: Simulation, wallet: WalletId, member: MemberId = anybody): number =>
  members.get(member)?.wallets.find(({ id }) => id === wallet)?.active ?? 0
