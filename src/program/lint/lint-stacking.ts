/** Rules that purchases earn by, each with all the multipliers and bonuses that can hold with it. */
import { lineVocabulary, type Schedule } from '../../earning/index.ts'
import type { Condition } from '../../rules/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { realityOf, satisfied } from './lint-condition.ts'
import type { LintedRule } from './lint-rule.ts'
import { neverComing } from './lint-schedule.ts'

/** So many rules are tried together; conditions that are too large are left out anyway. */
const MOST_STACKED = 100

type Days<A> = ReadonlyArray<A> | undefined

const common = <A>(a: Days<A>, b: Days<A>): Days<A> => {
  if (a === undefined || b === undefined) return a ?? b
  return a.filter((one) => b.includes(one))
}

/** What both of two bounds let through: the later start, or the earlier end. */
const tighter = <A extends number>(a: A | undefined, b: A | undefined, later: boolean): A | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  return a > b === later ? a : b
}

type Window = Partial<Record<'from' | 'until', number>>

const bothWindows = (a: Window = {}, b: Window = {}): Window | undefined => {
  const from = tighter(a.from, b.from, true)
  const until = tighter(a.until, b.until, false)
  if (from === undefined && until === undefined) return undefined
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
}

/** When both of two schedules hold; of hours those of the first that has some: what is not met is seen when it is run. */
const bothSchedules = (a: Schedule = {}, b: Schedule = {}): Schedule => {
  const parts = {
    ...bothWindows(a, b),
    weekdays: common(a.weekdays, b.weekdays),
    months: common(a.months, b.months),
    daysOfMonth: common(a.daysOfMonth, b.daysOfMonth),
    hours: a.hours ?? b.hours,
    instants: bothWindows(a.instants, b.instants),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined))
}

const neverMeets = ({ weekdays = [1], months = [1], daysOfMonth = [1] }: Schedule): boolean =>
  weekdays.length === 0 || months.length === 0 || daysOfMonth.length === 0

const ofLines = ({ lineParts }: LintedRule): ReadonlyArray<Condition> => lineParts.map(({ condition }) => condition)

/** What rules that hold at once ask of an order, and of one of its lines. */
interface Stack {
  readonly linted: LintedRule
  readonly order: ReadonlyArray<Condition>
  readonly line: ReadonlyArray<Condition>
}

const orderOf = ({ rule, always }: LintedRule): ReadonlyArray<Condition> => [
  ...(rule.when === undefined ? [] : [rule.when]),
  ...always,
]

/** A rule more; `undefined`: it cannot hold with the others, or it is not known. */
const withOne = (
  { program: { currency }, zone }: CompiledProgram,
  stack: Stack,
  one: LintedRule,
): Stack | undefined => {
  const { linted } = stack
  const order = [...stack.order, ...orderOf(one)]
  const line = [...stack.line, ...ofLines(one)]
  const during = bothSchedules(linted.rule.during, one.rule.during)
  if (neverMeets(during) || neverComing(during, zone).length > 0) return undefined
  const facts = satisfied(linted.vocabulary, order)
  const lineFacts = line.length === 0 ? {} : satisfied(lineVocabulary(currency), [...line, ...realityOf(line, [])])
  if (typeof facts === 'string' || typeof lineFacts === 'string') return undefined
  return { linted: { ...linted, rule: { ...linted.rule, during }, facts, lineFacts }, order, line }
}

/** Whether a rule asks for something: else it holds anyway. */
const asks = ({ rule: { when, lines, during } }: LintedRule): boolean =>
  when !== undefined || lines !== undefined || during !== undefined

/** A rule with facts and a time at which as many rules as possible hold with it, taken in their order. */
export const stackedWith = (
  compiled: CompiledProgram,
  first: LintedRule,
  rules: ReadonlyArray<LintedRule>,
): LintedRule => {
  let stack: Stack = { linted: first, order: orderOf(first), line: ofLines(first) }
  for (const one of rules.slice(0, MOST_STACKED)) {
    if (one !== first && asks(one)) stack = withOne(compiled, stack, one) ?? stack
  }
  return stack.linted
}

/** So many rules are tried, one by one. */
const MOST_TRIED = 200

/** The rules that purchases earn by, as far as they are tried. */
export const purchaseRules = (rules: ReadonlyArray<LintedRule>): ReadonlyArray<LintedRule> =>
  rules.filter(({ rule }) => (rule.on ?? 'purchase') === 'purchase').slice(0, MOST_TRIED)

/** Whether a rule adds to what others earn. */
export const isMultiplied = ({ rule }: LintedRule): boolean =>
  rule.award?.mode === 'multiplier' || rule.award?.mode === 'bonus'

/** A rule as it earns by itself, and with as many multipliers and bonuses as can hold with it. */
export interface StackedRule {
  readonly linted: LintedRule
  readonly ways: ReadonlyArray<LintedRule>
}

/** So many rules are tried where each is held against something else. */
const MOST_PAIRED = 50

/** The rules that purchases earn by, each under its best stacking. */
export const stackedRules = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
): ReadonlyArray<StackedRule> => {
  const ofPurchases = purchaseRules(rules)
  const multiplied = ofPurchases.filter(isMultiplied)
  return ofPurchases
    .filter(({ rule }) => rule.award?.mode !== 'multiplier')
    .slice(0, MOST_PAIRED)
    .map((linted) => ({ linted, ways: [...new Set([linted, stackedWith(compiled, linted, multiplied)])] }))
}
