import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EmployeeNpsSummary,
  employeeNetPromoterScore,
  employeeNpsMonoid,
  netPromoterScore,
  summariseAnswers,
  summariseEmployeeAnswers,
} from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { answersArbitrary } from '../arbitraries/feedback.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const summaryArbitrary = answersArbitrary.map((answers) => unwrap(summariseEmployeeAnswers(answers)))

describe('employeeNetPromoterScore', () => {
  test('is the arithmetic of NPS, under its own name', () => {
    fc.assert(
      fc.property(answersArbitrary, (answers) => {
        const employees = employeeNetPromoterScore(unwrap(summariseEmployeeAnswers(answers)))
        const customers = netPromoterScore(unwrap(summariseAnswers(answers)))
        if (customers._tag === 'Left') expect(employees).toEqual(customers)
        else expect(unwrap(employees)).toEqual({ ...customers.right, question: 'eNPS' })
      }),
    )
  })

  test('the types of customers and employees do not mix', () => {
    const employees = unwrap(summariseEmployeeAnswers([9]))
    const customers = unwrap(summariseAnswers([9]))
    // @ts-expect-error -- employees' answers are no answers of customers
    expect(() => netPromoterScore(employees)).toThrow()
    // @ts-expect-error -- and the other way round
    expect(() => employeeNetPromoterScore(customers)).toThrow()
    // @ts-expect-error -- nor can they be merged
    expect(() => employeeNpsMonoid.concat(employees, customers)).toThrow()
  })
})

monoidLaws('employeeNpsMonoid', employeeNpsMonoid, summaryArbitrary)
codecLaws('EmployeeNpsSummary', EmployeeNpsSummary, summaryArbitrary)
