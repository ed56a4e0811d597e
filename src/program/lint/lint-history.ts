/** Short histories in which a rule of a program earns, or something else happens that shows a finding. */
import * as E from 'fp-ts/Either'
import { type DeclaredField, type EarningRule, isWithinSchedule, type PurchaseLine } from '../../earning/index.ts'
import {
  type ActivityId,
  addDays,
  addMonths,
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
import type { TraceStep } from '../decide/decision.ts'
import { isReservedAction } from '../decide/reserved-action.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import { type Simulation, simulate } from '../simulate/simulate.ts'
import { fieldsOf } from './lint-condition.ts'
import type { WitnessHistory } from './lint-finding.ts'

const HOUR = 3_600_000
export const DAY: number = 24 * HOUR

/** 1 January 2026: witnesses begin then, where no schedule says when. */
export const FIRST_DAY = 20_454 as CivilDate

/** What cannot be repeated at will: a purchase costs, a member joins once, tiers and levels are reached once for each occasion. */
export const isNoAction = (on: string): boolean => on === 'purchase' || on === 'enrolment' || isReservedAction(on)

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

/** The day on which witnesses of a rule begin: not before its schedule does. */
const firstDayOf = (zone: Zone, { during }: EarningRule, from: CivilDate | undefined): CivilDate => {
  const first = during?.instants?.from
  const scheduled = first === undefined ? during?.from : localTimeOf(zone, first).date
  if (scheduled === undefined) return from ?? FIRST_DAY
  return from === undefined || from < scheduled ? scheduled : from
}

/** The first hour of witnesses, from a day on, at which facts of the calendar and a schedule hold. */
const instantFor = (zone: Zone, rule: EarningRule, facts: Facts, from: CivilDate | undefined): Instant | undefined => {
  const { during } = rule
  const start = firstDayOf(zone, rule, from)
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

/** Fields without which rules on something refuse it. */
const insisted = ({ earning }: Program, on: string): ReadonlySet<string> => {
  const strict = earning.rules.filter((rule) => rule.whenUnknown === 'reject' && (rule.on ?? 'purchase') === on)
  return fieldsOf(
    strict.flatMap(({ when, cases = [] }) => [...(when === undefined ? [] : [when]), ...cases.map((one) => one.when)]),
    true,
  )
}

const places: ReadonlyArray<DeclaredField> = [
  { name: 'channel', type: 'text' },
  { name: 'store', type: 'text' },
]

/** Attributes of an activity: those that facts name, those that it must have, and those that rules insist on. */
const attributesOf = (program: Program, on: string, facts: Facts, without?: string): Facts => {
  const { attributes = [], actions = [] } = program.earning
  const declared = on === 'purchase' ? attributes : (actions.find(({ name }) => name === on)?.fields ?? [])
  const all = [...places, ...declared]
  const known = new Set(all.map(({ name }) => name))
  const asked = insisted(program, on)
  const own = Object.entries(facts).filter(([name]) => known.has(name))
  const missing = all.filter(
    ({ name, required }) => name !== without && (required === true || asked.has(name)) && !Object.hasOwn(facts, name),
  )
  return Object.fromEntries([...own, ...missing.map((field) => [field.name, anyFact(field)] as const)])
}

/** What an action of the program must say of itself, and what facts say of it. */
export const actionAttributes = ({ program }: CompiledProgram, action: string, facts: Facts = {}): Facts =>
  attributesOf(program, action, facts)

/** The attributes that every purchase must have. */
export const requiredAttributes = ({ program }: CompiledProgram): Facts => attributesOf(program, 'purchase', {})

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

/** The categories of the first line, and those that the order has beside it: the line may not be in them. */
const categoriesFor = (facts: Facts, lineFacts: Facts): ReadonlyArray<ReadonlyArray<string>> => {
  const ofOrder = textsOf(facts['categories'])
  if (!Object.hasOwn(lineFacts, 'categories')) return [ofOrder]
  const ofLine = textsOf(lineFacts['categories'])
  return [ofLine, ofOrder.filter((category) => !ofLine.includes(category))]
}

/** Lines of an order of which facts are true, the first of which facts of a line are true. */
const linesFor = (currency: Currency, facts: Facts, lineFacts: Facts, amount: number): ReadonlyArray<PurchaseLine> => {
  const [skus, brands] = [textsOf(facts['skus']), textsOf(facts['brands'])]
  const total = numberOf(facts['amount'], Math.max(amount, numberOf(lineFacts['amount'], 0)))
  const first = Math.min(numberOf(lineFacts['amount'], total), total)
  const categories = categoriesFor(facts, lineFacts)
  const isShared = first < total || (categories[1]?.length ?? 0) > 0
  const count = Math.max(1, skus.length, brands.length, isShared ? 2 : 1)
  const lines = Array.from({ length: count }, (_, index) => {
    const [sku, brand] = [
      skus[index] ?? (index === 0 ? textOf(lineFacts['sku']) : undefined),
      brands[index] ?? (index === 0 ? textOf(lineFacts['brand']) : undefined),
    ]
    const minor = [first, total - first][index] ?? 0
    return lineOf(currency, index, minor, { sku, brand })
  })
  const quantity = Math.max(numberOf(lineFacts['quantity'], 1), numberOf(facts['quantity'], 1) - (count - 1))
  return lines.map((line, index) => ({
    ...line,
    ...(index < 2 ? { categories: categories[index] ?? [] } : {}),
    ...(index === 0 ? { quantity } : {}),
  }))
}

/** Orders before the one that counts, beyond which no history is told. */
const MOST_ORDERS = 20

/** What a rule is asked to earn on. */
export interface Occasion {
  readonly facts: Facts
  readonly lineFacts?: Facts
  /** What an order costs of which the facts do not say it, in minor units. */
  readonly amount?: number
  /** An attribute that is left out. */
  readonly without?: string
  /** The first day on which it may be. Default: the first of witnesses, or of the schedule. */
  readonly from?: CivilDate
}

const enrolledAt = (zone: Zone, at: Instant, facts: Facts): Instant => {
  const days = Math.max(numberOf(facts['tenureDays'], 0), 31 * numberOf(facts['tenureMonths'], 0))
  const { date, millisecondOfDay } = localTimeOf(zone, at)
  const isYearly = textsOf(facts['occasions']).includes('enrolmentAnniversary')
  const joined = isYearly && days === 0 ? addMonths(date, -12) : addDays(date, -Math.min(days, 100_000))
  return instantAt(zone, joined, millisecondOfDay)
}

/** Who joins, and has a birthday at that time where facts say so. */
const joining = (zone: Zone, at: Instant, facts: Facts): Enrolment => {
  const joins = enrols(enrolledAt(zone, at, facts))
  if (!textsOf(facts['occasions']).some((occasion) => occasion.startsWith('birthday'))) return joins
  const { month, day } = yearMonthDay(localTimeOf(zone, at).date)
  return { ...joins, birthDate: { month, day } }
}

/** The tiers that facts say a member is on, given by hand. */
const grantedTiers = ({ program }: CompiledProgram, at: Instant, facts: Facts): ReadonlyArray<Activity> => {
  const asked = new Set(textsOf(facts['tiers']))
  return program.ladders.flatMap(({ id: ladder, tiers }) =>
    tiers.slice(1).flatMap(({ id: tier }): ReadonlyArray<Activity> => {
      const name = `${ladder}/${tier}`
      if (!asked.has(name)) return []
      const id = `gets ${name}` as ActivityId
      const base = { id, member: anybody, at, ladder, tier, until: null, reason: 'to see what it earns' }
      return [{ type: 'tierGrant', kind: 'grant', ...base }]
    }),
  )
}

const occasionOf = (
  { program }: CompiledProgram,
  rule: EarningRule,
  { facts, lineFacts = {}, amount = 10_000, without }: Occasion,
  at: Instant,
): Activity => {
  const { on = 'purchase' } = rule
  const base = { id: 'what counts' as ActivityId, member: anybody, at }
  const attributes = attributesOf(program, on, facts, without)
  if (on !== 'purchase') return { type: 'action', ...base, name: on, attributes }
  const lines = linesFor(program.currency, facts, lineFacts, amount)
  return { type: 'purchase', ...base, lines, attributes }
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
  // Nobody can send what only follows from a decision.
  if (rule.on !== undefined && isReservedAction(rule.on)) return undefined
  const { zone, program } = compiled
  const { facts, from } = occasion
  const at = instantFor(zone, rule, facts, from)
  const orders = numberOf(facts['orderNumber'], 1) - 1
  if (at === undefined || orders > MOST_ORDERS) return undefined
  const joins = joining(zone, at, facts)
  if (rule.on === 'enrolment') return [joins]
  const required = requiredAttributes(compiled)
  const before = Array.from({ length: orders }, (_, index): Activity => {
    const order = plainPurchase(program.currency, 0, at)
    return { ...order, id: `order ${index + 1}` as ActivityId, attributes: required }
  })
  return [joins, ...grantedTiers(compiled, at, facts), ...before, occasionOf(compiled, rule, occasion, at)]
}

/** A history whose last activity happens so often at once; nobody joins twice. */
export const repeatedLast = (activities: ReadonlyArray<Activity>, times: number): ReadonlyArray<Activity> => {
  const last = activities[activities.length - 1]
  if (last === undefined || last.type === 'enrolment') return activities
  const more = Array.from({ length: times - 1 }, (_, index) => ({
    ...last,
    id: `${last.id} ${index + 2}` as ActivityId,
  }))
  return [...activities, ...more]
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

/** A history that ends with its last activity, where it runs and shows something. */
export const shownIn = (
  compiled: CompiledProgram,
  activities: ReadonlyArray<Activity> | undefined,
  shows: (simulation: Simulation) => boolean,
): WitnessHistory | undefined => {
  const last = activities?.[activities.length - 1]
  if (activities === undefined || last === undefined) return undefined
  const simulation = played(compiled, activities)
  return simulation !== undefined && shows(simulation) ? { activities, until: last.at } : undefined
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

/** Every step of a simulation's trace, those of the time that passes at its end too. */
export const stepsIn = ({ steps, ends }: Simulation): ReadonlyArray<TraceStep> => [
  ...steps.flatMap(({ result }) => (E.isLeft(result) ? [] : result.right.trace)),
  ...ends.flatMap(({ decision }) => decision.trace),
]

/** What a history earns in a wallet in all. */
export const earnedIn = ({ steps }: Simulation, wallet: WalletId): number =>
  steps.reduce(
    (sum, { result }) =>
      E.isLeft(result)
        ? sum
        : result.right.trace.reduce(
            (all, step) =>
              step.step === 'earning' && step.earning.wallet === wallet ? all + step.earning.points : all,
            sum,
          ),
    0,
  )

/** The active points of a member in a wallet. */
export const activeOf = ({ members }: Simulation, wallet: WalletId, member: MemberId = anybody): number =>
  members.get(member)?.wallets.find(({ id }) => id === wallet)?.active ?? 0
