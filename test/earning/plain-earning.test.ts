import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cap,
  compileEarning,
  type EarningRules,
  type EarnOptions,
  earn,
  emptyEarningContext,
  type WalletEarning,
} from '../../src/earning/index.ts'
import { type CapId, type RuleId, unwrap, utc } from '../../src/foundation/index.ts'
import {
  amountAwardArbitrary,
  countedLinesArbitrary,
  eur,
  orderConditionArbitrary,
  plainLine,
  roundingArbitrary,
  walletUnits,
} from '../arbitraries/earning.ts'
import { activityArbitrary, contextArbitrary, stagedRulesArbitrary } from '../arbitraries/staged-earning.ts'
import { points, purchase, rule, sunday } from './counter.ts'

/** Rules of which nothing but the whole order counts, for each minor unit. */
const plainRulesArbitrary: fc.Arbitrary<EarningRules> = fc.record({
  rounding: roundingArbitrary,
  rules: fc
    .array(fc.record({ award: amountAwardArbitrary, when: fc.option(orderConditionArbitrary, { nil: undefined }) }), {
      maxLength: 5,
    })
    .map((all) =>
      all.map(({ award, when }, index) =>
        Object.assign(rule('linear', award.points, award.per.minor), {
          id: `rule ${index}` as RuleId,
          ...(when === undefined ? {} : { when }),
        }),
      ),
    ),
})

const wallets = [{ id: points, decimals: 0 }]

const earnedBy = (rules: EarningRules, lines: Parameters<typeof purchase>[0], options: EarnOptions = {}) =>
  earn(compileEarning(eur, wallets, rules), { ...purchase(lines), at: sunday }, utc, emptyEarningContext, options)

describe('plain rules', () => {
  test('of the whole order: 20.00 at 1 and at 0.5 points per euro are 30, told by rule', () => {
    const rules = [rule('linear', '1', 100), rule('linear', '0.5', 100, { id: 'more' as RuleId })]
    const [earned] = unwrap(
      earnedBy({ rounding: { mode: 'floor', on: 'order' }, rules }, [plainLine('1', 2000)]),
    ).wallets
    expect(earned).toMatchObject({ points: 30, desired: 30, byLine: [30], denominator: '200' })
    expect(earned?.rules.map(({ rule: id, numerator }) => [id, numerator])).toEqual([
      ['base', '4000'],
      ['more', '2000'],
    ])
  })

  test('are added up as rules one by one are: with a cap that cuts nothing they are looked at one by one', () => {
    const endless = (wallet: Cap['wallet']): Cap => ({
      id: 'endless' as CapId,
      wallet,
      limit: Number.MAX_SAFE_INTEGER,
      counts: 'points',
      window: { type: 'activity' },
      onExceed: 'truncate',
    })
    const withoutSteps = ({ wallets: all }: { readonly wallets: ReadonlyArray<WalletEarning> }) =>
      all.map((one) => ({ ...one, capSteps: [] }))
    fc.assert(
      fc.property(plainRulesArbitrary, countedLinesArbitrary, (rules, lines) => {
        const caps = rules.rules.slice(0, 1).map(({ wallet }) => endless(wallet))
        const plain = earnedBy(rules, lines)
        const slow = earnedBy({ ...rules, caps }, lines)
        expect(withoutSteps(unwrap(plain))).toEqual(withoutSteps(unwrap(slow)))
      }),
    )
  })
})

describe('without telling what each rule adds', () => {
  test('nothing else differs, for rules of every kind', () => {
    const scenes = fc.tuple(stagedRulesArbitrary, activityArbitrary(sunday), contextArbitrary)
    fc.assert(
      fc.property(scenes, ([rules, activity, context]) => {
        const compiled = compileEarning(eur, walletUnits, rules)
        const told = earn(compiled, activity, utc, context)
        const untold = earn(compiled, activity, utc, context, { byRule: false })
        if (told._tag === 'Left') {
          expect(untold).toEqual(told)
          return
        }
        expect(unwrap(untold).wallets).toEqual(told.right.wallets.map((one) => ({ ...one, rules: [] })))
      }),
    )
  })
})
