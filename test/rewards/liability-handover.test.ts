import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money, unwrap } from '../../src/foundation/index.ts'
import {
  type BeneficiaryId,
  type HandoverPosting,
  handOverLiability,
  reverseHandover,
} from '../../src/rewards/index.ts'

const eur = (minor: number) => ({ ...unwrap(money('0.00', 'EUR')), minor })
const cinema = 'cinema' as BeneficiaryId
const sums = (postings: ReadonlyArray<HandoverPosting>) => {
  const of = (side: string) =>
    postings.filter((one) => one.side === side).reduce((sum, { amount }) => sum + amount.minor, 0)
  return [of('debit'), of('credit')]
}

test('debits and credits are equal, the beneficiary is owed what was said, and the reversal undoes it', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (booked, owed) => {
      const postings = unwrap(handOverLiability(eur(booked), eur(owed), cinema))
      const [debit, credit] = sums(postings)
      expect(debit).toBe(credit)
      const payable = postings.filter(({ account }) => account === 'payable')
      expect(payable.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(owed)
      expect(payable.every(({ beneficiary }) => beneficiary === cinema)).toBe(true)
      expect(postings.every(({ amount }) => amount.minor > 0)).toBe(true)
      expect(reverseHandover(reverseHandover(postings))).toEqual(postings)
    }),
  )
})

test('other currencies and amounts that are none are refused', () => {
  expect(handOverLiability(eur(1), unwrap(money('1', 'USD')), cinema)._tag).toBe('Left')
  expect(handOverLiability(eur(-1), eur(1), cinema)._tag).toBe('Left')
  expect(handOverLiability(eur(1), eur(0.5), cinema)._tag).toBe('Left')
})
