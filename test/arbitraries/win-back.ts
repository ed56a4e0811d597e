// Generators of offers and customers who may be won back. Amounts are small, so that values tie and round.
import fc from 'fast-check'
import type { WinBackCustomer, WinBackOffer } from '../../src/churn/index.ts'
import { type Currency, currency, type Money, unwrap } from '../../src/foundation/index.ts'

const euro: Currency = unwrap(currency('EUR'))

/** An amount in euros from so many cents. */
export const cents = (minor: number): Money => ({ minor, currency: euro })

const centsArbitrary = (max: number): fc.Arbitrary<Money> => fc.integer({ min: 0, max }).map(cents)

const probabilityArbitrary: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
  fc.double({ min: 0, max: 1, noNaN: true }),
)

const offerArbitrary = fc
  .tuple(centsArbitrary(30), fc.option(centsArbitrary(100), { nil: undefined }))
  .map(([contactCost, offerCost]) => ({ contactCost, ...(offerCost === undefined ? {} : { offerCost }) }))

const customerArbitrary = fc
  .tuple(
    probabilityArbitrary,
    fc.option(probabilityArbitrary, { nil: undefined }),
    fc.array(probabilityArbitrary, { minLength: 3, maxLength: 3 }),
    centsArbitrary(400),
  )
  .map(([probabilityGone, returnWithout, returnWith, residualValue]) => ({
    probabilityGone,
    ...(returnWithout === undefined ? {} : { returnWithout }),
    returnWith,
    residualValue,
  }))

/** Up to three offers and four customers. */
export const winBackArbitrary: fc.Arbitrary<{
  readonly offers: ReadonlyArray<WinBackOffer>
  readonly customers: ReadonlyArray<WinBackCustomer>
}> = fc
  .tuple(fc.array(offerArbitrary, { minLength: 1, maxLength: 3 }), fc.array(customerArbitrary, { maxLength: 4 }))
  .map(([offers, customers]) => ({
    offers: offers.map((offer, index) => ({ id: `offer ${index}`, ...offer })),
    customers: customers.map((customer, index) => ({
      id: index === 0 ? '__proto__' : `customer ${index}`,
      ...customer,
      returnWith: customer.returnWith.slice(0, offers.length),
    })),
  }))
