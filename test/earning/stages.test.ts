import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CountedLine,
  clawedBack,
  compileEarning,
  completeReturn,
  type EarningActivity,
  type EarningContext,
  type EarningRule,
  type EarningRules,
  earn,
  earningRulesCodec,
  emptyEarningContext,
  type ReturnedLine,
  remainingLines,
  type WalletEarning,
} from '../../src/earning/index.ts'
import {
  localDateOf,
  type Points,
  type RoundingMode,
  type RuleId,
  roundRatio,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import { eur, walletUnits, weekdayName } from '../arbitraries/earning.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { activityArbitrary, contextArbitrary, stagedRulesArbitrary } from '../arbitraries/staged-earning.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { sunday } from './counter.ts'
import { earnByHand, type ModelEarning, UNKNOWN } from './rational-model.ts'

/** Every rule says what to do without a fact, as some of them must. */
const saying = stagedRulesArbitrary.map((rules) => ({
  ...rules,
  rules: rules.rules.map((rule): EarningRule => ({ whenUnknown: 'skip', ...rule })),
}))

codecLaws('EarningRules', earningRulesCodec(eur), saying)

const activities = activityArbitrary(sunday)
const purchases = activities.filter(({ action }) => action === 'purchase')

const byLibrary = (rules: EarningRules, activity: EarningActivity, context: EarningContext) =>
  earn(frozen(compileEarning(eur, walletUnits, frozen(rules))), frozen(activity), utc, frozen(context))

/** What the library says, as far as the model says it too. */
const inModel = (earning: WalletEarning): ModelEarning => ({
  wallet: earning.wallet,
  points: BigInt(earning.points),
  desired: BigInt(earning.desired),
  byLine: earning.byLine.map(BigInt),
  parts: earning.parts.map((part) => BigInt(part.points)),
})

const byHand = (
  rules: EarningRules,
  activity: EarningActivity,
  context: EarningContext,
): ReadonlyArray<ModelEarning> | string => {
  const weekday = weekdayName(localDateOf(utc, activity.at))
  const on = ({ on: name = 'purchase' }: EarningRules['rules'][number]) => name === activity.action
  const units = walletUnits.filter(({ id }) =>
    rules.rules.some((rule) => on(rule) && (rule.wallet === id || rule.also?.includes(id) === true)),
  )
  try {
    return units.map((unit) => earnByHand(rules, unit, activity, context, weekday))
  } catch (error) {
    if ((error as Error).message === UNKNOWN) return UNKNOWN
    throw error
  }
}

const earnings = (rules: EarningRules, activity: EarningActivity, context: EarningContext) => {
  const result = byLibrary(rules, activity, context)
  return result._tag === 'Left' ? [] : result.right.wallets
}

/** Some items or some of the amount of one of the lines that are left. */
const partOf = (
  left: ReadonlyArray<CountedLine>,
  [place, size, isItem]: readonly [number, number, boolean],
): ReadonlyArray<ReturnedLine> => {
  const line = left[place % Math.max(1, left.length)]
  if (line === undefined) return []
  const part = isItem ? { quantity: Math.min(size, line.quantity) } : { minor: Math.min(size, line.minor) }
  return [{ line: line.id, ...part }]
}

/** The points of an order, from the raw points of its rules. */
const recomputed = (
  { rules, denominator }: WalletEarning,
  part: 'granted' | 'numerator',
  mode: RoundingMode,
  { action }: EarningActivity,
): number => {
  const raw = rules.reduce((sum, rule) => sum + BigInt(rule[part]), 0n)
  const points = unwrap(roundRatio(raw, BigInt(denominator), raw < 0n ? 'truncate' : mode))
  return action === 'purchase' ? Math.max(0, points) : points
}

describe('all stages', () => {
  test('give what fractions on paper give, in all, by line and by lot', () => {
    fc.assert(
      fc.property(stagedRulesArbitrary, activities, contextArbitrary, (rules, activity, context) => {
        const expected = byHand(rules, activity, context)
        const result = byLibrary(rules, activity, context)
        if (result._tag === 'Left') {
          expect([result.left._tag, expected]).toEqual(['UnknownFact', UNKNOWN])
        } else {
          expect(result.right.wallets.map(inModel)).toEqual(expected)
        }
      }),
    )
  })

  test('S4 lines and lots sum to the points; a purchase never earns less than nothing, nor a line of it', () => {
    fc.assert(
      fc.property(stagedRulesArbitrary, activities, contextArbitrary, (rules, activity, context) => {
        for (const { points, byLine, parts } of earnings(rules, activity, context)) {
          expect(parts.reduce((sum, part) => sum + part.points, 0)).toBe(points)
          if (activity.action !== 'purchase') continue
          expect(byLine).toHaveLength(activity.lines.length)
          expect(byLine.reduce((sum, share) => sum + share, 0)).toBe(points)
          expect(Math.min(points, ...byLine)).toBeGreaterThanOrEqual(0)
          const hidden = byLine.filter((_, index) => activity.lines[index]?.counts === false)
          expect(hidden.every((share) => share === 0)).toBe(true)
        }
      }),
    )
  })

  test('recompute from what they tell: what is granted of every rule, over the denominator, rounded', () => {
    fc.assert(
      fc.property(stagedRulesArbitrary, activities, contextArbitrary, (rules, activity, context) => {
        const onOrder = { ...rules, rounding: { ...rules.rounding, on: 'order' as const } }
        const { mode } = rules.rounding
        for (const one of earnings(onOrder, activity, context)) {
          expect(one.points).toBe(recomputed(one, 'granted', mode, activity))
          expect(one.desired).toBe(recomputed(one, 'numerator', mode, activity))
          const unchanged = one.rules.filter(({ before, numerator }) => before === numerator)
          const flat = one.rules.filter(({ stage }) => stage === 'flat')
          expect(unchanged).toEqual(expect.arrayContaining(one.multipliers.length === 0 ? [...one.rules] : flat))
        }
      }),
    )
  })

  test('law 7: adding a rule that never matches changes nothing', () => {
    const never = {
      all: [
        { field: 'weekday', is: 'monday' },
        { field: 'weekday', is: 'friday' },
      ],
    }
    fc.assert(
      fc.property(
        stagedRulesArbitrary,
        stagedRulesArbitrary,
        fc.nat({ max: 7 }),
        activities,
        contextArbitrary,
        (rules, others, place, activity, context) => {
          const idle = others.rules.map((one) => ({ ...one, id: `never ${one.id}` as RuleId, when: never }))
          const more = { ...rules, rules: [...rules.rules.slice(0, place), ...idle, ...rules.rules.slice(place)] }
          const outcome = (of: EarningRules) => {
            const result = byLibrary(of, activity, context)
            if (result._tag === 'Left') return new Map([['fault', result.left._tag as unknown]])
            return new Map<string, unknown>(
              result.right.wallets.map((one) => [
                one.wallet,
                [one.points, one.desired, one.byLine, one.rules.map(({ rule }) => rule), one.parts.length],
              ]),
            )
          }
          const extended = outcome(more)
          for (const [wallet, before] of outcome(rules)) expect(extended.get(wallet)).toEqual(before)
        },
      ),
    )
  })

  test('law 7: raising what a line costs never lowers the points, where every rule is monotone', () => {
    const monotone = stagedRulesArbitrary.map((rules) => ({
      ...rules,
      groups: rules.groups?.map((group) => ({ ...group, mode: 'collect' as const })) ?? [],
      rounding: { ...rules.rounding, on: 'order' as const },
      caps: rules.caps?.filter(({ onExceed }) => onExceed !== 'reject').slice(0, 1) ?? [],
      rules: rules.rules
        .filter(({ award, cases }) => {
          if (award === null || cases !== undefined) return false
          if (award.mode === 'multiplier') return Number(award.factor) >= 1
          return !award.points.startsWith('-')
        })
        .map(({ when, lines, stop, ...rule }) => ({
          ...rule,
          ...(when !== undefined && 'atLeast' in when ? { when } : {}),
          ...(lines !== undefined && 'atLeast' in lines ? { lines } : {}),
        })),
    }))
    fc.assert(
      fc.property(
        monotone,
        activities.filter(({ action, lines }) => action === 'purchase' && lines.length > 0),
        contextArbitrary,
        fc.nat(),
        fc.nat({ max: 5_000 }),
        (rules, activity, context, which, more) => {
          const raised = activity.lines.map((line, index) =>
            line.counts && index === which % activity.lines.length
              ? { ...line, minor: line.minor + more, basisMinor: line.basisMinor + more }
              : line,
          )
          const pointsOf = (one: EarningActivity) => {
            return earnings(rules, one, context).map(({ points }) => points)
          }
          const after = pointsOf({ ...activity, lines: raised })
          pointsOf(activity).forEach((before, index) => {
            expect(after[index]).toBeGreaterThanOrEqual(before)
          })
        },
      ),
    )
  })

  test('law 4: a complete return in parts takes back all that was granted, and never more than what is left of it', () => {
    const parts = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 3_000 }), fc.boolean()), { maxLength: 6 })
    fc.assert(
      fc.property(stagedRulesArbitrary, purchases, contextArbitrary, parts, (rules, activity, context, returns) => {
        const pointsOf = (lines: EarningActivity['lines']) =>
          unwrap(earn(compiled, { ...activity, lines }, utc, context, { mayRefuse: false })).wallets.map(
            ({ points }) => points,
          )
        const compiled = compileEarning(eur, walletUnits, rules)
        const granted = pointsOf(activity.lines)
        let [left, kept] = [activity.lines, granted]
        const giveBack = (returned: ReadonlyArray<ReturnedLine>) => {
          left = unwrap(remainingLines(left, returned))
          const rest = pointsOf(left)
          kept = kept.map((points, index) => (points - clawedBack(points, rest[index] as Points)) as Points)
        }
        for (const part of returns) {
          giveBack(partOf(left, part))
          expect(kept.every((points, index) => points >= 0 && points <= Number(granted[index]))).toBe(true)
        }
        giveBack(completeReturn(left))
        expect(kept.every((points) => points === 0)).toBe(true)
      }),
    )
  })

  test('what rules read is all that they read: other facts change nothing', () => {
    fc.assert(
      fc.property(stagedRulesArbitrary, activities, contextArbitrary, (rules, activity, context) => {
        const more = { ...activity, attributes: { ...activity.attributes, store: '1', other: 2, tiers: ['x'] } }
        const also = { ...context, facts: { ...context.facts, channel: 'web', occasions: ['birthday'] } }
        expect(byLibrary(rules, more, also)).toEqual(byLibrary(rules, activity, context))
      }),
    )
  })

  test('nothing of nothing', () => {
    const nothing = { action: 'purchase', at: sunday, lines: [], attributes: {} }
    fc.assert(
      fc.property(stagedRulesArbitrary, contextArbitrary, (rules, context) => {
        for (const one of earnings(rules, nothing, { ...context, facts: emptyEarningContext.facts })) {
          expect([one.points, one.byLine, one.parts, one.deferred]).toEqual([0, [], [], []])
          expect(one.levels.every(({ counted }) => counted === 0)).toBe(true)
        }
      }),
    )
  })
})
