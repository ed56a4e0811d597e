import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, decode, type Instant, unwrap, utc } from '../../src/foundation/index.ts'
import {
  advanceStampCard,
  cancelStampReward,
  newStampCard,
  returnStamps,
  StampCardPolicy,
  StampCardState,
  type StampReturn,
  stampCardExpiresAt,
  stampPurchase,
  useStampReward,
} from '../../src/rewards/index.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, bringBack, buy, coffeeCard, coffeeJson, policyArbitrary } from './stamp-terms.ts'

const empty = newStampCard(coffeeCard.id)
const give = (state: StampCardState, purchase: ReturnType<typeof buy>, policy = coffeeCard, zone = utc) =>
  unwrap(stampPurchase(policy, zone, state, purchase))
const take = (state: StampCardState, returned: StampReturn, policy = coffeeCard) =>
  unwrap(returnStamps(policy, utc, state, returned))
const eight = give(empty, buy('a', 8)).state

describe('S58 a card of 10 with 8 stamps, and 5 coffees', () => {
  test('S58 the card is complete, and 3 go to the next one', () => {
    const { state, granted, rewards } = give(eight, buy('b', 5))
    expect([state.card, state.stamps, granted]).toEqual([2, 3, 5])
    expect(rewards).toEqual([
      { card: 1, position: 10, reward: 'free-coffee', at: at('2026-03-01T08:00:00Z'), status: 'open' },
    ])
  })

  test('S58 or they are lost', () => {
    const { state, desired, granted, cutBy } = give(eight, buy('b', 5), { ...coffeeCard, overflow: 'lose' })
    expect([state.card, state.stamps, desired, granted, cutBy]).toEqual([2, 0, 5, 2, 'cardFull'])
  })

  test('S58 the free coffee itself earns no stamp', () => {
    expect(give(eight, buy('b', 2, '2026-03-01T08:00:00Z', 1)).state.stamps).toBe(9)
    expect(give({ ...empty }, buy('b', 1, '2026-03-01T08:00:00Z', 1)).granted).toBe(0)
  })

  test('S58 one coffee back after completion and use: −1 on the new card', () => {
    const used = unwrap(useStampReward(give(eight, buy('b', 5)).state, { card: 1, position: 10 }))
    const { state, taken } = take(used, bringBack('r', 'b', 1))
    expect([state.card, state.stamps, state.debt, taken]).toEqual([2, 2, 0, 1])
  })

  test('S58 or a debt, where the new card has none', () => {
    const used = unwrap(useStampReward(give(eight, buy('b', 2)).state, { card: 1, position: 10 }))
    const owed = take(used, bringBack('r', 'b', 1)).state
    expect([owed.card, owed.stamps, owed.debt]).toEqual([2, 0, 1])
    const later = give(owed, buy('c', 2)).state
    expect([later.stamps, later.debt]).toEqual([1, 0])
  })

  test('S58 a stamp of the filled card is a debt at once where the policy says so', () => {
    const policy = { ...coffeeCard, takeBack: 'debt' } as const
    const used = unwrap(useStampReward(give(eight, buy('b', 5), policy).state, { card: 1, position: 10 }))
    const { state } = take(used, bringBack('r', 'a', 1), policy)
    expect([state.stamps, state.debt]).toEqual([3, 1])
  })

  test('S58 an unused reward is withdrawn, and the card opened again', () => {
    const { state } = take(give(eight, buy('b', 5)).state, bringBack('r', 'b', 4))
    expect([state.card, state.stamps, state.rewards]).toEqual([1, 9, []])
  })

  test('S58 at most 1 a day: only 1 of 5', () => {
    const daily = { ...coffeeCard, perDay: 1 }
    const { state, granted, cutBy } = give(empty, buy('a', 5), daily)
    expect([granted, cutBy]).toEqual([1, 'perDay'])
    expect(give(state, buy('b', 1), daily).granted).toBe(0)
    expect(give(state, buy('b', 1, '2026-03-02T00:00:00Z'), daily).granted).toBe(1)
  })

  test('S58 the day is the member’s: in New York 1 March 03:00Z is still February', () => {
    const daily = { ...coffeeCard, perDay: 1 }
    const newYork = realZone('America/New_York')
    const night = give(empty, buy('a', 1, '2026-03-01T03:00:00Z'), daily, newYork).state
    expect(give(night, buy('b', 1, '2026-03-01T06:00:00Z'), daily, newYork).granted).toBe(1)
    expect(give(night, buy('b', 1, '2026-03-01T04:00:00Z'), daily, newYork).granted).toBe(0)
  })
})

test('what the day suppressed is not given later, and a return of it takes nothing', () => {
  const daily = { ...coffeeCard, perDay: 1 }
  const five = give(empty, buy('a', 5), daily).state
  expect(take(five, bringBack('r', 'a', 4), daily).taken).toBe(0)
  expect(take(five, bringBack('r', 'a', 5), daily).taken).toBe(1)
})

test('rewards at positions on the way, each given once', () => {
  const policy = unwrap(
    decode(StampCardPolicy, {
      ...coffeeJson,
      rewards: [
        { position: 5, reward: 'cookie' },
        { position: 10, reward: 'free-coffee' },
      ],
    }),
  )
  const five = give(empty, buy('a', 5), policy)
  expect(five.rewards.map(({ reward }) => reward)).toEqual(['cookie'])
  const used = unwrap(useStampReward(five.state, { card: 1, position: 5 }))
  const back = take(used, bringBack('r', 'a', 2), policy).state
  expect(give(back, buy('b', 3), policy).rewards).toEqual([])
})

test('below the minimum spend there is no stamp, and a return below it takes all', () => {
  const policy = { ...coffeeCard, minimumSpendMinor: 600 }
  expect(give(empty, buy('a', 1), policy).granted).toBe(0)
  const two = give(empty, buy('a', 2), policy).state
  expect(two.stamps).toBe(2)
  expect(take(two, bringBack('r', 'a', 1), policy).taken).toBe(2)
})

test('a card lasts from its first stamp on; its end itself is too late', () => {
  const policy = unwrap(decode(StampCardPolicy, { ...coffeeJson, validity: { amount: 1, unit: 'month' } }))
  const one = give(empty, buy('a', 3, '2026-01-31T08:00:00Z'), policy).state
  const end = at('2026-02-28T08:00:00Z')
  expect(stampCardExpiresAt(policy, utc, one)).toBe(end)
  expect(advanceStampCard(policy, utc, one, (end - 1) as Instant).stamps).toBe(3)
  const gone = advanceStampCard(policy, utc, one, end)
  expect([gone.card, gone.stamps, gone.startedAt]).toEqual([2, 0, null])
  // Its stamps are gone, so a return takes nothing from the new card.
  const again = give(gone, buy('b', 2, '2026-02-28T09:00:00Z'), policy).state
  expect(take(again, bringBack('r', 'a', 3, '2026-02-28T10:00:00Z'), policy).state.stamps).toBe(2)
})

test('a cancelled use settles what was owed because of it', () => {
  const used = unwrap(useStampReward(give(eight, buy('b', 2)).state, { card: 1, position: 10 }))
  const owed = take(used, bringBack('r', 'b', 1)).state
  const open = unwrap(cancelStampReward(coffeeCard, owed, { card: 1, position: 10 }))
  expect([open.card, open.stamps, open.debt, open.rewards]).toEqual([1, 9, 0, []])
  expect(useStampReward(open, { card: 1, position: 10 })._tag).toBe('Left')
  expect(cancelStampReward(coffeeCard, open, { card: 1, position: 10 })._tag).toBe('Left')
})

test('faults: conflicts, unknown purchases, too much, numbers that are none', () => {
  const tags = (result: ReturnType<typeof returnStamps> | ReturnType<typeof stampPurchase>) =>
    result._tag === 'Left' ? result.left.map(({ _tag, path }) => [_tag, ...path]) : []
  expect(tags(stampPurchase(coffeeCard, utc, eight, buy('a', 7)))).toEqual([['StampActivityConflict', 'id']])
  expect(tags(returnStamps(coffeeCard, utc, eight, bringBack('r', 'b', 1)))).toEqual([
    ['UnknownStampedPurchase', 'purchase'],
  ])
  expect(tags(returnStamps(coffeeCard, utc, eight, bringBack('r', 'a', 9)))).toEqual([
    ['StampReturnExceedsLine', 'lines', 0, 'quantity'],
  ])
  const back = take(eight, bringBack('r', 'a', 1)).state
  expect(tags(returnStamps(coffeeCard, utc, back, bringBack('r', 'a', 2)))).toEqual([['StampActivityConflict', 'id']])
  const wrong = { ...buy('c', 1), lines: [{ ...buy('c', -1).lines[0], minor: 0.5 }, buy('c', 1).lines[0]] }
  expect(tags(stampPurchase(coffeeCard, utc, empty, wrong as ReturnType<typeof buy>)).length).toBe(4)
  expect(tags(returnStamps(coffeeCard, utc, eight, bringBack('r', 'a', Number.NaN))).length).toBe(2)
})

/** Purchases and returns of parts, in any order, with days between. */
const playArbitrary = fc.array(
  fc.record({
    quantity: fc.integer({ min: 0, max: 7 }),
    free: fc.integer({ min: 0, max: 2 }),
    back: fc.integer({ min: 0, max: 30 }),
    items: fc.integer({ min: 1, max: 4 }),
    use: fc.boolean(),
    day: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 14 },
)

const played = (
  policy: StampCardPolicy,
  play: ReadonlyArray<{ quantity: number; free: number; back: number; items: number; use: boolean; day: number }>,
) => {
  let state = newStampCard(policy.id)
  let day = 0
  for (const [index, step] of play.entries()) {
    day += step.day - 1
    const when = `2026-03-${String(1 + Math.min(25, day)).padStart(2, '0')}T08:00:00Z`
    const bought = stampPurchase(
      policy,
      utc,
      state,
      buy(`p${index}`, step.quantity, when, Math.min(step.free, step.quantity)),
    )
    if (bought._tag === 'Right') state = bought.right.state
    const open = state.rewards.find(({ status }) => status === 'open')
    if (step.use && open !== undefined) state = unwrap(useStampReward(state, open))
    const back = returnStamps(
      policy,
      utc,
      state,
      bringBack(`r${index}`, `p${step.back % (index + 1)}`, step.items, when),
    )
    if (back._tag === 'Right') state = back.right.state
  }
  return state
}

test('a used reward is forgotten with the card that gave it, an open one is kept', () => {
  const two = give(empty, buy('a', 20)).state
  const used = unwrap(useStampReward(two, { card: 1, position: 10 }))
  const end = at('2026-03-31T08:00:00Z')
  expect(advanceStampCard(coffeeCard, utc, used, (end - 1) as Instant).rewards).toHaveLength(2)
  const kept = advanceStampCard(coffeeCard, utc, used, end).rewards
  expect(kept.map(({ card, status }) => [card, status])).toEqual([[2, 'open']])
})

test('S58 after a card that ran out, a return withdraws the unused reward of the one before', () => {
  const policy = { ...coffeeCard, validity: { amount: 10, unit: 'day' } } as const
  const both = give(give(empty, buy('a', 10), policy).state, buy('b', 2), policy).state
  const once = take(both, bringBack('r', 'a', 1, '2026-03-12T08:00:00Z'), policy).state
  expect([once.card, once.stamps, once.debt, once.rewards]).toEqual([3, 0, 0, []])
  const all = take(once, bringBack('s', 'a', 9, '2026-03-12T08:00:00Z'), policy).state
  expect([all.card, all.debt, all.filled]).toEqual([3, 0, []])
})

test('a purchase that was forgotten is too late to come in again', () => {
  const later = give(eight, buy('b', 1, '2026-03-31T08:00:00Z')).state
  expect(later.purchases.map(({ id }) => id)).toEqual(['b'])
  const again = stampPurchase(coffeeCard, utc, later, buy('a', 8))
  expect(again).toMatchObject({
    left: [{ _tag: 'StampPurchaseTooLate', path: ['at'], asOf: at('2026-03-31T08:00:00Z') }],
  })
  expect(give(later, buy('late', 1, '2026-03-01T08:00:00.001Z')).granted).toBe(1)
})

describe('laws', () => {
  test('any purchase again, whenever it comes, changes nothing', () => {
    const dayArbitrary = fc.integer({ min: 1, max: 31 })
    fc.assert(
      fc.property(policyArbitrary, fc.array(dayArbitrary, { minLength: 1, maxLength: 12 }), (policy, days) => {
        const short = { ...policy, returnWindow: { amount: 5, unit: 'day' } } as const
        const stamped = (state: StampCardState, purchase: ReturnType<typeof buy>) => {
          const result = stampPurchase(short, utc, state, purchase)
          return result._tag === 'Right' ? result.right.state : state
        }
        const when = days.map((day) => `2026-03-${String(day).padStart(2, '0')}T08:00:00Z`)
        const purchases = when.map((instant, index) => buy(`p${index}`, 2, instant))
        let state = empty
        for (const [index, purchase] of purchases.entries()) {
          state = stamped(state, purchase)
          const again = purchases.slice(0, index + 1).map((before) => stamped(state, before))
          expect(again.every((one) => one === state)).toBe(true)
        }
      }),
    )
  })

  test('stamps of purchases = stamps on all cards − debt, where nothing expires', () => {
    fc.assert(
      fc.property(policyArbitrary, playArbitrary, (policy, play) => {
        const state = played({ ...policy, validity: null }, play)
        const live = state.purchases.reduce((sum, { stamps }) => sum + stamps, 0)
        expect((state.card - 1) * policy.slots + state.stamps - state.debt).toBe(live)
        expect(state.stamps).toBeLessThan(policy.slots)
      }),
    )
  })

  test('a purchase and its return, in any split, restores stamps, debt and open rewards; twice changes nothing', () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        playArbitrary,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 8 }),
        (policy, play, quantity, first) => {
          const before = played({ ...policy, validity: null }, play)
          const lasting = { ...policy, validity: null }
          const when = '2026-03-27T08:00:00Z'
          const bought = give(before, buy('new', quantity, when), lasting).state
          expect(give(bought, buy('new', quantity, when), lasting).state).toBe(bought)
          const parts = first < quantity ? [first, quantity - first] : [quantity]
          let state = bought
          for (const [index, part] of parts.entries()) {
            const returned = bringBack(`back-${index}`, 'new', part, when)
            state = take(state, returned, lasting).state
            expect(take(state, returned, lasting)).toEqual({ state, taken: 0 })
          }
          const figures = ({ card, stamps, debt, rewards, startedAt }: StampCardState) => ({
            card,
            stamps,
            debt,
            rewards,
            startedAt,
          })
          expect(figures(state)).toEqual(figures(before))
        },
      ),
    )
  })

  test('returning everything leaves nothing but what was used: a slow count over the used rewards', () => {
    fc.assert(
      fc.property(policyArbitrary, playArbitrary, (policy, play) => {
        const lasting = { ...policy, validity: null }
        let state = played(lasting, play)
        for (const { id, lines, returns } of state.purchases) {
          const left = (key: 'quantity' | 'freeQuantity') =>
            (lines[0]?.[key] ?? 0) - returns.reduce((sum, one) => sum + (one.lines[0]?.[key] ?? 0), 0)
          state = take(
            state,
            bringBack(`all-${id}`, id, left('quantity'), '2026-03-27T08:00:00Z', left('freeQuantity')),
            lasting,
          ).state
        }
        expect(state.stamps).toBe(0)
        expect(state.debt).toBe((state.card - 1) * policy.slots)
        expect(state.rewards.filter(({ status, card }) => status === 'open' && card >= state.card)).toEqual([])
      }),
    )
  })

  test('a state that went through JSON goes on the same way', () => {
    fc.assert(
      fc.property(policyArbitrary, playArbitrary, (policy, play) => {
        const state = played(policy, play)
        expect(decode(StampCardState, JSON.parse(JSON.stringify(StampCardState.encode(state))))).toEqual({
          _tag: 'Right',
          right: state,
        })
      }),
      { numRuns: 50 },
    )
  })
})

codecLaws('StampCardPolicy', StampCardPolicy, policyArbitrary)
codecLaws(
  'StampCardState',
  StampCardState,
  fc.tuple(policyArbitrary, playArbitrary).map(([policy, play]) => played(policy, play)),
)

test('ids are ordinary texts', () => {
  const state = give(empty, { ...buy('x', 1), id: '__proto__' as ActivityId }).state
  expect(state.purchases[0]?.id).toBe('__proto__')
})
