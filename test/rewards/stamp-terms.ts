import fc from 'fast-check'
import { type ActivityId, decode, type Instant, type LineId, parseInstant, unwrap } from '../../src/foundation/index.ts'
import { StampCardPolicy, type StampPurchase, type StampReturn } from '../../src/rewards/index.ts'

export const at = (text: string): Instant => unwrap(parseInstant(text))

export const coffeeJson = {
  id: 'coffee',
  slots: 10,
  rewards: [{ position: 10, reward: 'free-coffee' }],
  stampsFor: 'item',
  overflow: 'carry',
  perDay: null,
  minimumSpendMinor: 0,
  validity: null,
  returnWindow: { amount: 30, unit: 'day' },
  takeBack: 'nextCard',
}

export const coffeeCard: StampCardPolicy = unwrap(decode(StampCardPolicy, coffeeJson))

export const buy = (id: string, quantity: number, when = '2026-03-01T08:00:00Z', freeQuantity = 0): StampPurchase => ({
  id: id as ActivityId,
  at: at(when),
  lines: [{ id: '1' as LineId, quantity, freeQuantity, minor: (quantity - freeQuantity) * 300 }],
})

export const bringBack = (
  id: string,
  purchase: string,
  quantity: number,
  when = '2026-03-02T08:00:00Z',
  freeQuantity = 0,
): StampReturn => ({
  id: id as ActivityId,
  at: at(when),
  purchase: purchase as ActivityId,
  lines: [{ id: '1' as LineId, quantity, freeQuantity }],
})

export const policyArbitrary: fc.Arbitrary<StampCardPolicy> = fc
  .record({
    slots: fc.integer({ min: 1, max: 12 }),
    positions: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    stampsFor: fc.constantFrom('item', 'purchase'),
    overflow: fc.constantFrom('carry', 'lose'),
    perDay: fc.option(fc.integer({ min: 1, max: 6 })),
    minimumSpendMinor: fc.constantFrom(0, 0, 600),
    validity: fc.option(fc.constant({ amount: 10, unit: 'day' })),
    takeBack: fc.constantFrom('nextCard', 'debt'),
  })
  .map(({ positions, slots, ...rest }) =>
    unwrap(
      decode(StampCardPolicy, {
        ...coffeeJson,
        ...rest,
        slots,
        rewards: positions
          .filter((position) => position <= slots)
          .sort((a, b) => a - b)
          .map((position) => ({ position, reward: `reward-${position}` })),
      }),
    ),
  )
