/** How many points rules, caps and cooldowns let there be in a wallet, at most, in a time. */
import type { Award, Cap, EarningRule } from '../../earning/index.ts'
import {
  type Calendar,
  type CivilDate,
  type Duration,
  nextPeriod,
  periodOf,
  type WalletId,
} from '../../foundation/index.ts'
import type { QualificationPeriod } from '../../tiers/index.ts'
import type { Program } from '../definition/program.ts'
import { awardsIn, canPay, isCountedBy, type LintedRule, walletsOf } from './lint-rule.ts'

const LEAST_DAYS: Readonly<Record<Duration['unit'], number>> = {
  hour: 1 / 25,
  day: 1,
  week: 7,
  month: 28,
  quarter: 89,
  year: 365,
}
const MOST_DAYS: Readonly<Record<Duration['unit'], number>> = {
  hour: 1 / 23,
  day: 1,
  week: 7,
  month: 31,
  quarter: 92,
  year: 366,
}

/** The most days that a period can have. */
const mostDays = (period: QualificationPeriod): number => {
  switch (period.type) {
    case 'lifetime':
      return Number.POSITIVE_INFINITY
    case 'rolling':
      return period.length.amount * MOST_DAYS[period.length.unit]
    case 'calendar':
      return period.calendar.unit === 'anniversary' ? period.calendar.months * 31 : MOST_DAYS[period.calendar.unit]
    default:
      return period.months * 31
  }
}

const leastDays = (calendar: Calendar): number =>
  calendar.unit === 'anniversary' ? calendar.months * 28 : LEAST_DAYS[calendar.unit]

/** 1 January 2024; after 28 years weekdays and leap years come again. */
const CYCLE_FROM = 19_723 as CivilDate
const CYCLE_UNTIL = 29_951

/** Windows of one calendar that lie in one period of another, at most. */
const windowsOf = (period: Calendar, window: Calendar): number => {
  let most = 0
  for (let outer = periodOf(period, CYCLE_FROM); outer.from < CYCLE_UNTIL; outer = nextPeriod(period, outer)) {
    let count = 0
    for (let inner = periodOf(window, outer.from); inner.from < outer.until; inner = nextPeriod(window, inner))
      count += 1
    most = Math.max(most, count)
  }
  return most
}

/** How often a cap opens anew in a period, at most. */
const openings = ({ window, onExceed }: Cap, period: QualificationPeriod): number => {
  if (window.type === 'lifetime') return 1
  if (period.type === 'lifetime' || onExceed === 'defer') return Number.POSITIVE_INFINITY
  if (window.type === 'rolling') {
    return Math.ceil(mostDays(period) / (window.duration.amount * LEAST_DAYS[window.duration.unit])) + 1
  }
  if (window.type !== 'calendar') return Number.POSITIVE_INFINITY
  return period.type === 'calendar'
    ? windowsOf(period.calendar, window.calendar)
    : Math.floor(mostDays(period) / leastDays(window.calendar)) + 2
}

/** Nothing of what is infinite is nothing. */
const product = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b)

/** The points of an award, in the wallet's smallest unit. */
const inUnits = (points: string, decimals: number): number => Number(points) * 10 ** decimals

const isMultiplying = (award: Award, { id }: EarningRule): number =>
  award.mode === 'multiplier' && (award.of === undefined || award.of.includes(id)) ? Number(award.factor) : 1

/** Beyond so many multipliers in a wallet nothing is said: that bounds the time. */
const MOST_MULTIPLIERS = 100

/** All that can multiply a rule, at once: no way in which multipliers are joined gives more. */
const mostFactor = (multipliers: ReadonlyArray<EarningRule>, rule: EarningRule): number =>
  multipliers.length > MOST_MULTIPLIERS
    ? Number.POSITIVE_INFINITY
    : multipliers
        .filter((one) => (one.on ?? 'purchase') === (rule.on ?? 'purchase'))
        .reduce((all, one) => all * Math.max(1, ...awardsIn(one).map((award) => isMultiplying(award, rule))), 1)

const NEVER_UP: ReadonlySet<string> = /* @__PURE__ */ new Set(['floor', 'truncate'])

/** The most that an award gives for one activity; infinite: it depends on how much is bought, or on what is said of it. */
const mostOfAward = (award: Award, factor: number, decimals: number): number => {
  switch (award.mode) {
    case 'fixed':
      return Math.max(0, Math.ceil(product(inUnits(award.points, decimals), factor)))
    case 'bonus':
      return Math.max(0, Math.ceil(inUnits(award.points, decimals)))
    case 'milestone':
      return award.of === 'spend' ? Number.POSITIVE_INFINITY : Math.ceil(inUnits(award.points, decimals))
    case 'multiplier':
      return 0
    default:
      return Number(award.points) > 0 ? Number.POSITIVE_INFINITY : 0
  }
}

/** The most that a rule earns in a wallet by one activity. */
const mostOnce = (
  program: Program,
  rule: EarningRule,
  wallet: WalletId,
  multipliers: ReadonlyArray<EarningRule>,
): number => {
  const { mode, on } = program.earning.rounding
  // Each of any number of lines may be rounded up.
  if (on === 'line' && (rule.on ?? 'purchase') === 'purchase' && !NEVER_UP.has(mode)) return Number.POSITIVE_INFINITY
  const decimals = program.wallets.find(({ id }) => id === wallet)?.decimals ?? 0
  const factor = mostFactor(multipliers, rule)
  return Math.max(0, ...awardsIn(rule).map((award) => mostOfAward(award, factor, decimals)))
}

/** How often a rule with a cooldown earns in a period, at most. */
const occasions = ({ cooldown }: EarningRule, period: QualificationPeriod): number =>
  cooldown === undefined || cooldown.amount === 0
    ? Number.POSITIVE_INFINITY
    : Math.floor(mostDays(period) / (cooldown.amount * LEAST_DAYS[cooldown.unit])) + 1

/** The most that a rule earns in a wallet in a period, by its cooldown and by each cap that counts it. */
const mostByRule = (
  program: Program,
  { rule }: LintedRule,
  wallet: WalletId,
  period: QualificationPeriod,
  caps: ReadonlyArray<Cap>,
  multipliers: ReadonlyArray<EarningRule>,
): number => {
  const once = mostOnce(program, rule, wallet, multipliers)
  const limits = caps
    .filter((cap) => isCountedBy(cap, rule))
    .map((cap) => product(product(cap.limit, openings(cap, period)), cap.counts === 'times' ? once : 1))
  return Math.min(product(once, occasions(rule, period)), ...limits)
}

/** The most that rules let a member earn in a wallet in a period; infinite: nothing limits it. */
export const mostEarned = (
  program: Program,
  rules: ReadonlyArray<LintedRule>,
  wallet: WalletId,
  period: QualificationPeriod,
): number => {
  const earning = rules.filter(
    ({ rule, facts, lineFacts }) =>
      facts !== 'never' && lineFacts !== 'never' && walletsOf(rule).includes(wallet) && canPay(rule),
  )
  const caps = (program.earning.caps ?? []).filter((cap) => cap.wallet === wallet && cap.per?.by === undefined)
  const overall = caps
    .filter((cap) => cap.counts === 'points' && earning.every(({ rule }) => isCountedBy(cap, rule)))
    .map((cap) => product(cap.limit, openings(cap, period)))
  const multipliers = program.earning.rules.filter(
    (rule) => walletsOf(rule).includes(wallet) && awardsIn(rule).some(({ mode }) => mode === 'multiplier'),
  )
  const each = earning.map((linted) => mostByRule(program, linted, wallet, period, caps, multipliers))
  return Math.min(
    each.reduce((sum, one) => sum + one, 0),
    ...overall,
  )
}
