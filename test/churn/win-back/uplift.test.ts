import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CampaignGroups,
  campaignGroups,
  campaignGroupsMonoid,
  qiniOf as qiniOfGroups,
  type ScoredCampaign,
  transformedOutcomeUplift,
  twoModelUplift,
  UpliftModel,
  type UpliftSample,
  upliftScores,
  upliftTable,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { logisticRegression } from '../../../src/statistics/index.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const near = (got: number, expected: number, distance: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(distance)
}

/** Numbers in (0, 1), the same in every run. */
const uniforms = (seed: number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const pathsOf = (result: { readonly _tag: string; readonly left?: unknown }) =>
  result._tag === 'Left'
    ? (result.left as ReadonlyArray<{ readonly path: ReadonlyArray<unknown> }>).map(({ path }) => path.join('.'))
    : []

const coefficientArbitrary = fc.double({ min: -3, max: 3, noNaN: true }).map((value) => value + 0)

const predictorArbitrary = fc.record({
  intercept: coefficientArbitrary,
  coefficients: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('a', 'b', '__proto__'), value: coefficientArbitrary }),
    {
      selector: ({ name }) => name,
    },
  ),
})

codecLaws(
  'UpliftModel',
  UpliftModel,
  fc.oneof(
    fc.record({
      type: fc.constant('twoModel' as const),
      treated: predictorArbitrary,
      control: predictorArbitrary,
    }),
    fc.record({ type: fc.constant('transformedOutcome' as const), uplift: predictorArbitrary }),
  ),
)

/** A campaign of which the true uplift of each customer is 0.05 + 0.25 x, x from 0 to 1. */
const campaign = (seed: number, customers: number, share = 0.5): UpliftSample & { readonly x: Float64Array } => {
  const next = uniforms(seed)
  const x = new Float64Array(customers)
  const treated = new Uint8Array(customers)
  const outcomes = new Uint8Array(customers)
  for (let row = 0; row < customers; row += 1) {
    x[row] = next()
    treated[row] = next() < share ? 1 : 0
    const probability = 0.3 + (treated[row] === 1 ? 0.05 + 0.25 * (x[row] ?? 0) : 0)
    outcomes[row] = next() < probability ? 1 : 0
  }
  return { x, columns: [{ name: 'x', values: x }], treated, outcomes }
}

describe('two models', () => {
  test('are the logistic regressions of both groups, and their difference', () => {
    const sample = campaign(11, 2000)
    const { model, treated, control } = unwrap(twoModelUplift(sample, { ridge: 0.5 }))
    for (const [wanted, fit] of [
      [1, treated],
      [0, control],
    ] as const) {
      const rows = Array.from(sample.x.keys()).filter((row) => sample.treated[row] === wanted)
      const own = unwrap(
        logisticRegression(
          {
            columns: [{ name: 'x', values: rows.map((row) => sample.x[row] ?? 0) }],
            outcomes: rows.map((row) => sample.outcomes[row] ?? 0),
          },
          { ridge: 0.5 },
        ),
      )
      expect(fit).toEqual(own)
    }
    const odds = (part: typeof model.treated, x: number) => part.intercept + (part.coefficients[0]?.value ?? 0) * x
    const rate = (value: number) => 1 / (1 + Math.exp(-value))
    const [first] = unwrap(upliftScores(model, [{ name: 'x', values: [0.7] }]))
    near(first ?? 0, rate(odds(model.treated, 0.7)) - rate(odds(model.control, 0.7)), 1e-14)
  })

  test('find the uplift that was there', () => {
    const scores = unwrap(
      upliftScores(unwrap(twoModelUplift(campaign(5, 40_000))).model, [{ name: 'x', values: [0, 1] }]),
    )
    near(scores[0] ?? 0, 0.05, 0.03)
    near(scores[1] ?? 0, 0.3, 0.03)
  })

  test('say in which group a fault is', () => {
    const columns = [{ name: 'x', values: [1, 2, 3, 4] }]
    expect(pathsOf(twoModelUplift({ columns, treated: [1, 1, 0, 0], outcomes: [1, 1, 0, 0] }))).toEqual([
      'treated.outcomes',
      'control.outcomes',
    ])
    expect(pathsOf(twoModelUplift({ columns, treated: [1, 1, 1, 1], outcomes: [1, 0, 1, 0] }))).toEqual([
      'control.outcomes',
    ])
    const wrong = { columns: [{ name: 'x', values: [1] }], treated: [1, 2], outcomes: [1] }
    expect(pathsOf(twoModelUplift(wrong))).toEqual(['columns.0.values.length', 'treated.1', 'outcomes.length'])
  })
})

describe('a transformed outcome', () => {
  test('without a column’s influence its mean is the difference of the rates', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 3 })), { minLength: 6, maxLength: 40 }),
        (rows) => {
          const sample = {
            columns: [{ name: 'x', values: rows.map(([, , x]) => x) }],
            treated: rows.map(([treated]) => treated),
            outcomes: rows.map(([, outcome]) => outcome),
          }
          const result = transformedOutcomeUplift(sample)
          if (result._tag === 'Left') return
          const rate = (wanted: boolean) => {
            const own = rows.filter(([treated]) => treated === wanted)
            return own.filter(([, outcome]) => outcome).length / own.length
          }
          const { intercept, coefficients } = result.right.model.uplift
          const mean =
            rows.reduce((sum, [, , x]) => sum + intercept + (coefficients[0]?.value ?? 0) * x, 0) / rows.length
          near(mean, rate(true) - rate(false), 1e-9)
        },
      ),
    )
  })

  test('finds the uplift that was there, also where few were left alone', () => {
    for (const share of [0.5, 0.8]) {
      const { model, fit, treatedShare } = unwrap(
        transformedOutcomeUplift(campaign(7, 60_000, share), { treatedShare: share, ridge: 1 }),
      )
      expect(treatedShare).toBe(share)
      near(model.uplift.intercept, 0.05, 4 * (fit.estimates[0]?.standardError ?? 0))
      near(model.uplift.coefficients[0]?.value ?? 0, 0.25, 4 * (fit.estimates[1]?.standardError ?? 0))
      expect(fit.estimates[1]?.pValue).toBeLessThan(0.001)
    }
  })

  test('is held within −1 and 1', () => {
    const uplift = { intercept: 0, coefficients: [{ name: 'x', value: 1 }] }
    const scores = unwrap(upliftScores({ type: 'transformedOutcome', uplift }, [{ name: 'x', values: [-3, 0.5, 3] }]))
    expect(Array.from(scores)).toEqual([-1, 0.5, 1])
  })

  test('what is wrong', () => {
    const columns = [{ name: 'x', values: [1, 2, 3, 5] }]
    const outcomes = [1, 0, 1, 0]
    expect(pathsOf(transformedOutcomeUplift({ columns, treated: [1, 1, 1, 1], outcomes }))).toEqual(['treatedShare'])
    const treated = [1, 0, 1, 0]
    expect(pathsOf(transformedOutcomeUplift({ columns, treated, outcomes }, { treatedShare: 0 }))).toEqual([
      'treatedShare',
    ])
    expect(pathsOf(transformedOutcomeUplift({ columns: [], treated: [], outcomes: [] }))).toEqual(['treated'])
    expect(pathsOf(transformedOutcomeUplift({ columns, treated: [2, 0, 1, 0], outcomes }))).toEqual(['treated.0'])
    expect(pathsOf(transformedOutcomeUplift({ columns, treated, outcomes }, { ridge: -1 }))).toEqual(['ridge'])
    const model = { type: 'twoModel', treated: { intercept: 0, coefficients: [] } } as const
    const control = { intercept: 0, coefficients: [{ name: 'y', value: 1 }] }
    expect(pathsOf(upliftScores({ ...model, control }, columns))).toEqual(['columns'])
    expect(pathsOf(upliftScores({ ...model, control: model.treated, treated: control }, columns))).toEqual(['columns'])
    expect(pathsOf(upliftScores({ type: 'transformedOutcome', uplift: control }, columns))).toEqual(['columns'])
  })
})

const campaignArbitrary = fc
  .array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.boolean()), { minLength: 4, maxLength: 30 })
  .map((rows) => ({
    scores: rows.map(([score]) => score),
    treated: rows.map(([, treated]) => treated),
    outcomes: rows.map(([, , outcome]) => outcome),
  }))

const qiniOf = (scored: ScoredCampaign) => qiniOfGroups(unwrap(campaignGroups(scored)))

const groupsArbitrary = campaignArbitrary.map((scored) => unwrap(campaignGroups(scored)))

codecLaws('CampaignGroups', CampaignGroups, groupsArbitrary)
monoidLaws('campaignGroupsMonoid', campaignGroupsMonoid, groupsArbitrary)

test('shards merged are the whole campaign', () => {
  fc.assert(
    fc.property(campaignArbitrary, fc.nat(), ({ scores, treated, outcomes }, cut) => {
      const at = cut % scores.length
      const part = (from: number, until?: number) =>
        unwrap(
          campaignGroups({
            scores: scores.slice(from, until),
            treated: treated.slice(from, until),
            outcomes: outcomes.slice(from, until),
          }),
        )
      const whole = unwrap(campaignGroups({ scores, treated, outcomes }))
      expect(campaignGroupsMonoid.concat(part(0, at), part(at))).toEqual(whole)
    }),
  )
})

describe('the uplift table', () => {
  test('has everybody once, and the rates of each group', () => {
    fc.assert(
      fc.property(campaignArbitrary, fc.integer({ min: 1, max: 5 }), ({ scores, treated, outcomes }, count) => {
        const result = upliftTable(unwrap(campaignGroups({ scores, treated, outcomes })), { count })
        const reached = treated.filter((one) => one).length
        expect(result._tag).toBe(reached >= 2 && scores.length - reached >= 2 ? 'Right' : 'Left')
        if (result._tag === 'Left') return
        const rows = result.right
        expect(rows.length).toBeLessThanOrEqual(count)
        expect(rows.reduce((sum, { customers }) => sum + customers, 0)).toBe(scores.length)
        rows.forEach((row, index) => {
          const isIn = (score: number) =>
            score >= row.lowestScore && score < (rows[index - 1]?.lowestScore ?? Number.POSITIVE_INFINITY)
          const own = scores.flatMap((score, place) => (isIn(score) ? [place] : []))
          const rate = (wanted: boolean) => {
            const members = own.filter((place) => treated[place] === wanted)
            return members.length === 0 ? null : members.filter((place) => outcomes[place]).length / members.length
          }
          const [with_, without] = [rate(true), rate(false)]
          expect(row.customers).toBe(own.length)
          expect([row.treatedRate, row.controlRate]).toEqual([with_, without])
          near(row.meanScore, own.reduce((sum, place) => sum + (scores[place] ?? 0), 0) / own.length, 1e-12)
          if (with_ === null || without === null) expect([row.uplift, row.interval]).toEqual([null, null])
          else near(row.uplift ?? 9, with_ - without, 1e-14)
        })
      }),
    )
  })

  test('what is wrong', () => {
    const groups = unwrap(campaignGroups({ scores: [1, 2, 3, 4], treated: [1, 1, 0, 0], outcomes: [0, 0, 0, 0] }))
    const pathOf = (result: ReturnType<typeof upliftTable>) =>
      result._tag === 'Left' ? result.left.path.join('.') : 'Right'
    expect(pathOf(upliftTable(groups, { count: 0 }))).toBe('count')
    expect(pathOf(upliftTable(groups, { confidence: 1 }))).toBe('confidence')
    const { treated, control } = groups
    const { empty } = campaignGroupsMonoid
    expect(pathOf(upliftTable({ treated, control: empty.control }))).toBe('control')
    expect(pathOf(upliftTable({ treated: empty.treated, control }))).toBe('treated')
  })
})

describe('the Qini curve', () => {
  test('is what each share of customers gains, and the coefficient the area between', () => {
    fc.assert(
      fc.property(campaignArbitrary, ({ scores, treated, outcomes }) => {
        const result = qiniOf({ scores, treated, outcomes })
        const reached = treated.filter((one) => one).length
        expect(result._tag).toBe(reached >= 2 && scores.length - reached >= 2 ? 'Right' : 'Left')
        if (result._tag === 'Left') return
        const { curve, coefficient, lift } = result.right
        const rateFrom = (threshold: number, wanted: boolean) =>
          scores.filter((score, row) => score >= threshold && treated[row] === wanted && outcomes[row] === true)
            .length / (wanted ? reached : scores.length - reached)
        let area = 0
        curve.thresholds.forEach((threshold, index) => {
          const gain = rateFrom(threshold, true) - rateFrom(threshold, false)
          near(curve.gains[index] ?? 0, gain, 1e-14)
          const width = (curve.shares[index] ?? 0) - (curve.shares[index - 1] ?? 0)
          area += (width * ((curve.gains[index] ?? 0) + (curve.gains[index - 1] ?? 0))) / 2
        })
        near(curve.shares.at(-1) ?? 0, 1, 1e-12)
        near(coefficient, area - lift / 2, 1e-12)
      }),
    )
  })

  test('depends on the order only, and is turned with it; one score for all is 0', () => {
    fc.assert(
      fc.property(campaignArbitrary, ({ scores, treated, outcomes }) => {
        const result = qiniOf({ scores, treated, outcomes })
        if (result._tag === 'Left') return
        const cubes = unwrap(qiniOf({ scores: scores.map((score) => score ** 3 + 5), treated, outcomes }))
        expect(cubes.coefficient).toBe(result.right.coefficient)
        const turned = unwrap(qiniOf({ scores: scores.map((score) => -score), treated, outcomes }))
        near(turned.coefficient, -result.right.coefficient, 1e-12)
        const same = unwrap(qiniOf({ scores: scores.map(() => 1), treated, outcomes }))
        expect([same.coefficient, same.standardError, same.p]).toEqual([0, 0, null])
      }),
    )
  })

  test('its interval holds the true coefficient as often as it says, over campaigns parted anew', () => {
    // With the score x and an uplift of 0.05 + 0.25 x, the area between is ∫ 0.25 x (x − ½) dx = 0.25 / 12.
    const truth = 0.25 / 12
    const held = Array.from({ length: 400 }, (_, run) => {
      const { x, treated, outcomes } = campaign(101 + 7919 * run, 600)
      const { lower, upper } = unwrap(qiniOf({ scores: x, treated, outcomes })).interval
      return lower <= truth && truth <= upper
    }).filter((one) => one).length
    expect(held / 400).toBeGreaterThan(0.91)
    expect(held / 400).toBeLessThan(0.985)
  })

  test('a model ranks customers it wasn’t learnt from better than chance', () => {
    const { model } = unwrap(twoModelUplift(campaign(3, 20_000)))
    const other = campaign(4, 20_000)
    const scores = unwrap(upliftScores(model, other.columns))
    const { interval, p } = unwrap(qiniOf({ scores, treated: other.treated, outcomes: other.outcomes }))
    expect(interval.lower).toBeGreaterThan(0)
    expect(p).toBeLessThan(0.01)
  })

  test('what is wrong', () => {
    expect(pathsOf(campaignGroups({ scores: [Number.NaN, 1], treated: [1], outcomes: [1, 3] }))).toEqual([
      'scores.0',
      'outcomes.1',
      'treated.length',
    ])
    const groups = unwrap(campaignGroups({ scores: [1, 2, 3, 4], treated: [1, 1, 0, 0], outcomes: [0, 0, 0, 0] }))
    expect(qiniOfGroups(groups, 1)._tag).toBe('Left')
  })
})
