/** Histories that come as near as there was one found to what never happens: the richest that rules and caps let be. */
import type { Cap } from '../../earning/index.ts'
import {
  addDays,
  addDurationToDate,
  addMonths,
  type Calendar,
  type CivilDate,
  type Instant,
  instantAt,
  nextPeriod,
  periodOf,
  startOfDay,
  type WalletId,
} from '../../foundation/index.ts'
import { type Ladder, type QualificationPeriod, qualificationPeriod } from '../../tiers/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Simulation } from '../simulate/simulate.ts'
import { anyAction, anyPurchase, earningRules } from './lint-climb.ts'
import type { WitnessHistory } from './lint-finding.ts'
import { activeOf, earnedIn, enrols, FIRST_DAY, played } from './lint-history.ts'
import type { LintedRule } from './lint-rule.ts'
import { ruleHistory } from './lint-rule-history.ts'

/** So many days are filled with what earns, and so many actions done. */
const MOST_DAYS = 60
const MOST_ACTIONS = 20

/** What is bought, in minor units: much first, since caps may refuse what is too much. */
const AMOUNTS = [1_000_000, 10_000, 100]

/** A large purchase, and every action that the program declares. */
export const everythingOnce = (compiled: CompiledProgram): ReadonlyArray<Activity> => {
  const at = instantAt(compiled.zone, FIRST_DAY, 43_200_000)
  const { actions = [] } = compiled.program.earning
  return [
    enrols(at),
    anyPurchase(compiled, AMOUNTS[0] ?? 0, at),
    ...actions.slice(0, MOST_ACTIONS).map(({ name }) => anyAction(compiled, name, at)),
  ]
}

const dayAfter = ({ window }: Cap, day: CivilDate): CivilDate | undefined => {
  if (window.type === 'calendar') return nextPeriod(window.calendar, periodOf(window.calendar, day)).from
  if (window.type !== 'rolling') return undefined
  const { amount, unit } = window.duration
  return unit === 'hour' ? addDays(day, Math.ceil(amount / 24) + 1) : addDurationToDate(day, { amount, unit })
}

/** The days, before another one, on which caps of a wallet open anew: of the one that opens most often. */
const openDays = (
  { program }: CompiledProgram,
  wallet: WalletId,
  from: CivilDate,
  until: CivilDate,
): ReadonlyArray<CivilDate> => {
  const caps = (program.earning.caps ?? []).filter((cap) => cap.wallet === wallet)
  const ofCaps = caps.map((cap) => {
    const days: Array<CivilDate> = [from]
    for (let day = dayAfter(cap, from); day !== undefined && day < until && days.length < MOST_DAYS; ) {
      days.push(day)
      day = dayAfter(cap, day)
    }
    return days
  })
  return ofCaps.reduce<ReadonlyArray<CivilDate>>((most, days) => (days.length > most.length ? days : most), [from])
}

const startsOf = (calendar: Calendar): { readonly from: CivilDate; readonly until: CivilDate } =>
  nextPeriod(calendar, periodOf(calendar, FIRST_DAY))

/** The time for which a ladder counts, as witnesses have it. */
const countedTime = (period: QualificationPeriod): { readonly from: CivilDate; readonly until: CivilDate } => {
  if (period.type === 'calendar') return startsOf(period.calendar)
  const anchored = { joined: FIRST_DAY, entered: FIRST_DAY }
  return qualificationPeriod(period, FIRST_DAY, anchored) ?? { from: FIRST_DAY, until: addMonths(FIRST_DAY, 24) }
}

/** What a rule earns on, once on each of some days. */
const onEachDay = (
  compiled: CompiledProgram,
  linted: LintedRule,
  days: ReadonlyArray<CivilDate>,
  amount: number,
): ReadonlyArray<Activity> =>
  days.flatMap((from, index) => {
    const activities = ruleHistory(compiled, linted, { amount, from }) ?? []
    if (index === 0) return activities
    return activities.slice(-1).map((one) => ({ ...one, id: `${one.id} ${index + 1}` as Activity['id'] }))
  })

/** A history, and how much came of it. */
interface Rich {
  readonly history: WitnessHistory
  readonly simulation: Simulation
  readonly earned: number
}

const richer = (a: Rich | undefined, b: Rich | undefined): Rich | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  return b.earned > a.earned ? b : a
}

const lastOf = (activities: ReadonlyArray<Activity>): Instant | undefined => activities[activities.length - 1]?.at

/** A history, where it runs and is over by some instant. */
const richOf = (
  compiled: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  wallet: WalletId,
  by: Instant,
): Rich | undefined => {
  const until = lastOf(activities)
  const simulation = until === undefined || until >= by ? undefined : played(compiled, activities)
  if (until === undefined || simulation === undefined) return undefined
  return { history: { activities, until }, simulation, earned: earnedIn(simulation, wallet) }
}

/** What earns most in a wallet, whenever caps let it, for as long as a ladder counts. */
export const richestIn = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  wallet: WalletId,
  period: QualificationPeriod = { type: 'lifetime' },
): Rich | undefined => {
  const { from, until } = countedTime(period)
  const days = openDays(compiled, wallet, from, until)
  const by = startOfDay(compiled.zone, until)
  let best: Rich | undefined
  for (const linted of earningRules(rules, wallet)) {
    for (const amount of AMOUNTS) {
      best = richer(best, richOf(compiled, onEachDay(compiled, linted, days, amount), wallet, by))
    }
  }
  return best ?? richOf(compiled, everythingOnce(compiled), wallet, Number.POSITIVE_INFINITY as Instant)
}

/** The richest history, where nobody is on a tier of a ladder after it that is not there before. */
export const belowTier = (
  { id }: Ladder,
  tier: string,
  rich: { readonly history: WitnessHistory; readonly simulation: Simulation } | undefined,
): WitnessHistory | undefined => {
  if (rich === undefined) return undefined
  const standings = [...rich.simulation.members.values()].flatMap((member) => member.standings)
  return standings.some((one) => one.ladder === id && one.tier === tier) ? undefined : rich.history
}

/** The richest history, where the member never has so many points after it. */
export const belowPrice = (wallet: WalletId, points: number, rich: Rich | undefined): WitnessHistory | undefined =>
  rich === undefined || activeOf(rich.simulation, wallet) >= points ? undefined : rich.history
