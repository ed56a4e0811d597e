// Stamp cards of programs, and what members do with what they give.
import fc from 'fast-check'
import type { ActivityId, Instant, MemberId } from '../../src/foundation/index.ts'
import type { Activity, Program } from '../../src/program/index.ts'

const policy = fc
  .record({
    id: fc.constantFrom('coffee', '__proto__'),
    slots: fc.integer({ min: 1, max: 8 }),
    positions: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
    stampsFor: fc.constantFrom('item', 'purchase'),
    overflow: fc.constantFrom('carry', 'lose'),
    perDay: fc.option(fc.integer({ min: 1, max: 4 })),
    minimumSpendMinor: fc.constantFrom(0, 0, 600),
    validity: fc.option(fc.record({ amount: fc.integer({ min: 1, max: 9 }), unit: fc.constantFrom('day', 'week') })),
    returnWindow: fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constant('day') }),
    takeBack: fc.constantFrom('nextCard', 'debt'),
  })
  .map(({ positions, ...rest }) => ({
    ...rest,
    rewards: positions
      .filter((position) => position <= rest.slots)
      .sort((a, b) => a - b)
      .map((position) => ({ position, reward: `reward ${position}` })),
  }))

const products = fc.constantFrom(null, null, { skus: [], categories: ['books', '__proto__'] })

const card = fc.record({ policy, products })

/** The JSON of the stamp cards of a program. */
export const stampCardsJson: fc.Arbitrary<ReadonlyArray<object>> = fc.uniqueArray(card, {
  maxLength: 2,
  selector: ({ policy: { id } }) => id,
})

type Base = { readonly id: ActivityId; readonly member: MemberId; readonly at: Instant }

/** A reward of a card is used, or open again; mostly one that an early card may have given. */
export const stampActivity: fc.Arbitrary<(program: Program, base: Base) => Activity | undefined> = fc
  .tuple(
    fc.constantFrom('stampRewardUse' as const, 'stampRewardUse' as const, 'stampRewardUseCancellation' as const),
    fc.nat({ max: 1 }),
    fc.integer({ min: 1, max: 3 }),
    fc.nat({ max: 2 }),
  )
  .map(([type, which, number, place]) => (program, base) => {
    const cards = program.stampCards ?? []
    const card = cards[which % Math.max(1, cards.length)]
    if (card === undefined) return undefined
    const { id, rewards } = card.policy
    return { type, ...base, card: id, number, position: rewards[place % Math.max(1, rewards.length)]?.position ?? 1 }
  })
