// What was earned is recomputed: from the facts that a step keeps, by rates, cases and multipliers, to the points.
import { expect } from 'vitest'
import { earn, type MultiplierStacking, orderFacts, type RuleEarning } from '../../src/earning/index.ts'
import { type LineId, roundRatio, unwrap } from '../../src/foundation/index.ts'
import { type CompiledProgram, type EarningStep, explainStep } from '../../src/program/index.ts'

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

const sumOfRaw = (rules: EarningStep['earning']['rules'], of: 'numerator' | 'granted'): bigint =>
  rules.reduce((total, rule) => total + BigInt(rule[of]), 0n)

/** A fraction, of integers of any length. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

/** A decimal number as a fraction. */
const fractionOf = (decimal: string): Fraction => {
  const [whole = '', fraction = ''] = decimal.split('.')
  return { over: BigInt(whole + fraction), under: 10n ** BigInt(fraction.length) }
}

const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under })
const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
})
const isMore = (a: Fraction, b: Fraction): boolean => a.over * b.under > b.over * a.under
const one: Fraction = { over: 1n, under: 1n }

const fullUnits = (count: number, unit: number): number => Math.floor(count / unit)

const factsOf = ({ zone }: CompiledProgram, { activity, context }: EarningStep, name: string) =>
  orderFacts(activity, zone, context, { fields: [{ name, type: 'integer' }] })[name]

/** How many units an award pays for: steps, items, values, levels, or the activity as such. */
const unitsOf = (program: CompiledProgram, step: EarningStep, earned: RuleEarning): Fraction => {
  const { award, basisMinor } = earned
  const lines = step.activity.lines.filter(({ id }) => earned.lines.includes(id))
  const isMet = step.activity.action !== 'purchase' || lines.length > 0
  const whole = (count: number): Fraction => ({ over: isMet ? BigInt(count) : 0n, under: 1n })
  switch (award.mode) {
    case 'linear':
      return { over: BigInt(basisMinor), under: BigInt(award.per.minor) }
    case 'step':
      return award.on === 'order'
        ? whole(fullUnits(basisMinor, award.per.minor))
        : whole(sum(lines.map((line) => fullUnits(line.basisMinor, award.per.minor))))
    case 'perItem':
      return whole(fullUnits(sum(lines.map(({ quantity }) => quantity)), award.every))
    case 'perValue': {
      const value = Math.max(0, Number(factsOf(program, step, award.field)))
      if (award.steps === 'step') return whole(fullUnits(value, award.per))
      return { over: whole(value).over, under: BigInt(award.per) }
    }
    case 'milestone':
      return whole(step.earning.levels.find(({ rule }) => rule === earned.rule)?.levels ?? 0)
    default:
      return whole(1)
  }
}

/** What a rule gives before multipliers: its rate, times what counts. */
const expectGiven = (program: CompiledProgram, step: EarningStep): void => {
  const { rules, denominator, wallet } = step.earning
  const decimals = program.wallets.get(wallet)?.decimals ?? 0
  for (const earned of rules) {
    const { award, before } = earned
    if (award.mode === 'multiplier') continue
    const points = times(fractionOf(award.points), { over: 10n ** BigInt(decimals), under: 1n })
    const { over, under } = times(points, unitsOf(program, step, earned))
    expect([earned.rule, BigInt(before) * under]).toEqual([earned.rule, over * BigInt(denominator)])
    expect(earned.basisMinor).toBe(
      sum(step.activity.lines.map(({ id, basisMinor }) => (earned.lines.includes(id) ? basisMinor : 0))),
    )
  }
}

/** What several multipliers of one line come to (S5). */
const stacked = (factors: ReadonlyArray<Fraction>, stacking: MultiplierStacking): Fraction => {
  if (stacking === 'product') return factors.reduce(times, one)
  if (stacking === 'best') return factors.reduce((best, next) => (isMore(next, best) ? next : best), factors[0] ?? one)
  const all = factors.reduce((total, { over, under }) => plus(total, { over: over - under, under }), one)
  return all.over < 0n ? { over: 0n, under: 1n } : all
}

/** What multipliers make of a base rule whose lines they all multiply alike; of a flat one they make nothing. */
const expectMultiplied = (step: EarningStep, stacking: MultiplierStacking): void => {
  const { rules, multipliers } = step.earning
  const isOrder = step.activity.action === 'purchase'
  for (const { rule, stage, numerator, before, lines } of rules) {
    const own = multipliers.filter(({ award }) => award.of?.includes(rule) ?? true)
    const onLine = (line: LineId | null) => own.filter((each) => line === null || each.lines.includes(line))
    const kinds = (isOrder ? lines : [null]).map((line) => onLine(line))
    const [some = []] = kinds
    if (stage === 'flat') expect(numerator).toBe(before)
    else if (kinds.every((each) => each.length === some.length && each.every((it) => some.includes(it)))) {
      const { over, under } = stacked(
        some.map(({ factor }) => fractionOf(factor)),
        stacking,
      )
      expect([rule, BigInt(numerator) * under]).toEqual([rule, BigInt(before) * over])
    }
  }
}

/** The facts that a step keeps earn the same again. */
const expectEarnedAgain = ({ versions, zone }: CompiledProgram, step: EarningStep): void => {
  const version = versions.get(step.version)
  expect(version).toBeDefined()
  if (version === undefined) return
  const { wallets } = unwrap(earn(version.earning, step.activity, zone, step.context))
  expect(wallets).toContainEqual(step.earning)
}

/** The condition of a rule that earned holds, and so does the case that decided. */
const expectReasons = (program: CompiledProgram, step: EarningStep): void => {
  const { rules, multipliers } = step.earning
  const places = new Map([...rules, ...multipliers].map((earned) => [earned.rule, earned.case]))
  const explained = explainStep(program, step)
  for (const { rule, reason, explanation, cases } of explained) {
    expect([rule, reason === null]).toEqual([rule, places.has(rule)])
    if (reason !== null) continue
    expect(explanation.truth).not.toBe('false')
    const place = places.get(rule) ?? null
    if (place === null) expect(cases.map(({ truth }) => truth)).not.toContain('true')
    else expect([cases.length, cases[place]?.truth === 'false']).toEqual([place + 1, false])
  }
  expect(explained.filter(({ reason }) => reason === null)).toHaveLength(places.size)
}

/** A cap lets through what fits into its room, or what is within it, and those after it leave no more. */
const expectCut = ({ program }: CompiledProgram, { capSteps, denominator, rules }: EarningStep['earning']): void => {
  for (const { cap: id, room, onExceed, desired, granted, kept } of capSteps) {
    const cap = program.earning.caps?.find((one) => one.id === id)
    expect(cap?.onExceed).toBe(onExceed)
    const limit = BigInt(room) * BigInt(denominator)
    const fits = cap?.counts === 'times' ? room >= 1 : BigInt(desired) <= limit
    const within = cap?.counts === 'times' || onExceed === 'reject' ? 0n : limit
    expect(BigInt(granted)).toBe(fits ? BigInt(desired) : within)
    expect(BigInt(kept)).toBeLessThanOrEqual(BigInt(granted))
  }
  if (capSteps.length === 0) expect(sumOfRaw(rules, 'granted')).toBe(sumOfRaw(rules, 'numerator'))
}

/** The raw points of the rules, rounded once or line by line, are the points. */
const expectRounded = ({ rounding, earning }: EarningStep): void => {
  const { rules, denominator, byLine, points } = earning
  const raw = sumOfRaw(rules, 'granted')
  const isCut = raw !== sumOfRaw(rules, 'numerator')
  if (byLine.length > 0 && raw <= 0n) expect(points).toBe(0)
  else if (byLine.length === 0 || rounding.on === 'order' || isCut) {
    const whole =
      raw < 0n ? Number(raw / BigInt(denominator)) : unwrap(roundRatio(raw, BigInt(denominator), rounding.mode))
    expect(whole).toBe(points)
  } else {
    const apart = BigInt(points) * BigInt(denominator) - raw
    expect(apart < 0n ? -apart : apart).toBeLessThan(BigInt(byLine.length) * BigInt(denominator))
  }
}

/** The points are those of the lines, and of the lots. */
const expectSummed = ({ byLine, parts, points, deferred }: EarningStep['earning']): void => {
  if (byLine.length > 0) expect(sum(byLine)).toBe(points)
  expect(sum(parts.map((part) => part.points))).toBe(points)
  for (const waiting of deferred) expect(sum(waiting.parts.map((part) => part.points))).toBe(waiting.points)
}

/** Checks what a step says that was earned, from the facts that it keeps to the points of each line and lot. */
export const expectEarned = (program: CompiledProgram, step: EarningStep): void => {
  expectEarnedAgain(program, step)
  expectReasons(program, step)
  expectGiven(program, step)
  expectMultiplied(step, program.versions.get(step.version)?.earningRules.multipliers ?? 'sumOfBonuses')
  expectCut(program, step.earning)
  expectRounded(step)
  expectSummed(step.earning)
}
