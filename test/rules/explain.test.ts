import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Condition,
  type ConditionExplanation,
  compileCondition,
  conditionTruth,
  decidingTests,
  explainCondition,
  type TestExplanation,
  type Truth,
} from '../../src/rules/index.ts'
import { conditionsOn, factsOn, mixedVocabulary } from '../arbitraries/rules.ts'
import { slowTruth } from './truth.ts'

const kleene = (explanation: ConditionExplanation): Truth => {
  if (explanation.type === 'test') return explanation.truth
  if (explanation.type === 'not') {
    return ({ true: 'false', false: 'true', unknown: 'unknown' } as const)[explanation.part.truth]
  }
  const truths = explanation.parts.map((part) => part.truth)
  const [settled, otherwise] = explanation.type === 'all' ? (['false', 'true'] as const) : (['true', 'false'] as const)
  return truths.includes(settled) ? settled : truths.includes('unknown') ? 'unknown' : otherwise
}

const partsOf = (explanation: ConditionExplanation): ReadonlyArray<ConditionExplanation> => {
  if (explanation.type === 'test') return []
  return explanation.type === 'not' ? [explanation.part] : explanation.parts
}

const all = (explanation: ConditionExplanation): ReadonlyArray<ConditionExplanation> => [
  explanation,
  ...partsOf(explanation).flatMap(all),
]

const testsIn = (explanation: ConditionExplanation): ReadonlyArray<TestExplanation> =>
  all(explanation).flatMap((part) => (part.type === 'test' ? [part] : []))

const conditionIn = (explanation: ConditionExplanation): Condition => {
  if (explanation.type === 'test') return explanation.required
  if (explanation.type === 'not') return { not: conditionIn(explanation.part) }
  const parts = explanation.parts.map(conditionIn)
  return explanation.type === 'all' ? { all: parts } : { any: parts }
}

const cases = [conditionsOn(mixedVocabulary), factsOn(mixedVocabulary)] as const

describe('an explanation', () => {
  test('comes to what the compiled condition comes to, and follows from its parts', () => {
    fc.assert(
      fc.property(...cases, (condition, facts) => {
        const explanation = explainCondition(mixedVocabulary, condition, facts)
        expect(explanation.truth).toBe(conditionTruth(compileCondition(mixedVocabulary, condition), facts))
        for (const part of all(explanation)) expect(part.truth).toBe(kleene(part))
      }),
    )
  })

  test('has the shape of the condition, and each test is recomputed from what was required and found', () => {
    fc.assert(
      fc.property(...cases, (condition, facts) => {
        const explanation = explainCondition(mixedVocabulary, condition, facts)
        expect(conditionIn(explanation)).toEqual(condition)
        for (const part of testsIn(explanation)) {
          const found = 'found' in part ? Object.fromEntries([[part.field, part.found]]) : {}
          expect(slowTruth(mixedVocabulary, part.required, found)).toBe(part.truth)
        }
      }),
    )
  })

  test('is plain data', () => {
    fc.assert(
      fc.property(...cases, (condition, facts) => {
        const explanation = explainCondition(mixedVocabulary, condition, facts)
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation)
      }),
    )
  })
})

describe('the deciding tests', () => {
  test('alone decide: whatever else the facts are, the condition comes to the same', () => {
    fc.assert(
      fc.property(...cases, factsOn(mixedVocabulary), (condition, facts, otherFacts) => {
        const explanation = explainCondition(mixedVocabulary, condition, facts)
        fc.pre(explanation.truth !== 'unknown')
        const deciding = new Set(decidingTests(explanation).map(({ field }) => field))
        const mixed = Object.fromEntries([
          ...Object.entries(otherFacts).filter(([name]) => !deciding.has(name)),
          ...Object.entries(facts).filter(([name]) => deciding.has(name)),
        ])
        expect(slowTruth(mixedVocabulary, condition, mixed)).toBe(explanation.truth)
      }),
    )
  })

  test('of what is unknown are the tests whose facts are missing', () => {
    fc.assert(
      fc.property(...cases, (condition, facts) => {
        const explanation = explainCondition(mixedVocabulary, condition, facts)
        fc.pre(explanation.truth === 'unknown')
        const deciding = decidingTests(explanation)
        expect(deciding.length).toBeGreaterThan(0)
        for (const one of deciding) expect('found' in one).toBe(false)
      }),
    )
  })

  test('say why a rule did not match', () => {
    const condition: Condition = {
      all: [
        { field: 'amount', atLeast: 5000 },
        {
          not: {
            any: [
              { field: 'weekday', is: 'sunday' },
              { field: 'newsletter', is: true },
            ],
          },
        },
      ],
    }
    const facts = { amount: 6000, weekday: 'sunday', newsletter: false }
    expect(decidingTests(explainCondition(mixedVocabulary, condition, facts))).toEqual([
      {
        type: 'test',
        truth: 'true',
        field: 'weekday',
        required: { field: 'weekday', is: 'sunday' },
        found: 'sunday',
      },
    ])
  })
})
