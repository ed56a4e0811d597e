// Stamp cards in a whole program: what a member sees from one purchase to the next.
import { describe, expect, test } from 'vitest'
import { decode, formatPath } from '../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  compileProgram,
  decodeProgram,
  explainTrace,
  type MemberState,
  ProgramStampCard,
} from '../../src/program/index.ts'
import { stampCardsJson } from '../arbitraries/stamp-cards.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from '../ledger/book.ts'
import { coffeeJson } from '../rewards/stamp-terms.ts'
import { activity, eur, following, joins, programOf, rejected, returns, shop, shopJson } from './shop.ts'

const card = (changes: object = {}, products: object | null = { skus: [], categories: ['coffee'] }) => ({
  policy: { ...coffeeJson, ...changes },
  products,
})
const cafe = (...cards: ReadonlyArray<object>) => shop({ stampCards: cards })
const day = (n: number, hour = 8) => `2026-01-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`

const coffees = (id: string, when: string, quantity: number, ...more: ReadonlyArray<object>): Activity =>
  activity({
    type: 'purchase',
    id,
    at: when,
    lines: [{ id: '1', amount: eur(`${quantity * 3}.00`), quantity, categories: ['coffee'] }, ...more],
  })
const uses = (id: string, when: string, number: number, more: object = {}): Activity =>
  activity({ type: 'stampRewardUse', id, at: when, card: 'coffee', number, position: 10, ...more })

const joined = joins(day(1, 0))
const figures = ({ stampCards }: MemberState) =>
  stampCards.map((one) => [one.card, one.stamps, one.debt, one.rewards.map(({ status }) => status).join()])

describe('S58 stamps of a program', () => {
  const program = cafe(card())
  const eight = following(program, [joined, coffees('eight', day(2), 8)]).state

  test('five coffees on a card with 8 stamps fill it, and 3 go to the next', () => {
    const { state, events, trace } = following(program, [coffees('five', day(3), 5)], eight)
    expect(figures(state)).toEqual([[2, 3, 0, 'open']])
    expect(events.filter(({ type }) => type === 'stampCardChanged')).toMatchObject([{ change: 'stamped', stamps: 5 }])
    expect(explainTrace(program, trace)).toContain('5 stamps on coffee: 3 of 10. Card 1 gives free-coffee.')
  })

  test('the overflow is lost where the card says so', () => {
    const lossy = cafe(card({ overflow: 'lose' }))
    const { state, trace } = following(lossy, [coffees('five', day(3), 5)], eight)
    expect(figures(state)).toEqual([[2, 0, 0, 'open']])
    expect(explainTrace(lossy, trace)).toContain(
      '2 stamps on coffee of 5, limited by the end of the card: 0 of 10. Card 1 gives free-coffee.',
    )
  })

  test('the free coffee earns no stamp, and goods that the card is not for neither', () => {
    const free = { id: 'free', amount: eur('0.00'), categories: ['coffee'] }
    const cake = { id: 'cake', amount: eur('4.00'), quantity: 2, categories: ['cake'] }
    expect(figures(following(program, [coffees('one', day(3), 1, free, cake)], eight).state)).toEqual([[1, 9, 0, '']])
  })

  test('a limit of 1 a day gives 1 of 5, counted on the days of the program’s zone', () => {
    const daily = cafe(card({ perDay: 1 }))
    const twice = following(daily, [joined, coffees('a', day(2), 5), coffees('b', day(2, 23), 1)])
    expect(figures(twice.state)).toEqual([[1, 1, 0, '']])
    expect(figures(following(daily, [coffees('c', day(3, 0), 1)], twice.state).state)).toEqual([[1, 2, 0, '']])
  })

  test('a coffee that comes back after the card is full opens it again while its reward is unused', () => {
    const full = following(program, [coffees('two', day(3), 2)], eight).state
    const { state, trace } = following(program, [returns('r', day(4), 'two', { line: '1', quantity: 1 })], full)
    expect(figures(state)).toEqual([[1, 9, 0, '']])
    expect(explainTrace(program, trace)).toContain('1 stamp of purchase two taken back from coffee: 9 left.')
    expect(rejected(program, state, uses('u', day(5), 1))).toMatchObject([{ _tag: 'StampRewardUnavailable' }])
  })

  test('after the reward is used, a coffee that comes back is a stamp owed, which the next one pays', () => {
    const used = following(program, [coffees('two', day(3), 2), uses('u', day(3, 9), 1)], eight).state
    expect(figures(used)).toEqual([[2, 0, 0, 'used']])
    const owing = following(program, [returns('r', day(4), 'two', { line: '1', quantity: 1 })], used).state
    expect(figures(owing)).toEqual([[2, 0, 1, 'used']])
    expect(figures(following(program, [coffees('three', day(5), 3)], owing).state)).toEqual([[2, 2, 0, 'used']])
  })

  test('a use that is cancelled is open again, and the debt that it caused comes off its card', () => {
    const used = following(program, [coffees('two', day(3), 2), uses('u', day(3, 9), 1)], eight).state
    expect(rejected(program, used, uses('again', day(4), 1))).toMatchObject([{ _tag: 'StampRewardUnavailable' }])
    const cancel = uses('c', day(5), 1, { type: 'stampRewardUseCancellation' })
    expect(figures(following(program, [cancel], used).state)).toEqual([[2, 0, 0, 'open']])
    const owing = following(program, [returns('r', day(4), 'two', { line: '1', quantity: 1 })], used).state
    expect(figures(following(program, [cancel], owing).state)).toEqual([[1, 9, 0, '']])
  })

  test('a complete return in parts restores the card, and a late one by the card’s own window takes nothing', () => {
    const three = following(program, [coffees('three', day(3), 3)], eight).state
    const parts = [1, 2].map((quantity) => returns(`r${quantity}`, day(4), 'three', { line: '1', quantity }))
    expect(figures(following(program, parts, three).state)).toEqual([[1, 8, 0, '']])
    const short = cafe(card({ returnWindow: { amount: 1, unit: 'day' } }))
    const late = following(
      short,
      [coffees('three', day(3), 3), returns('r', day(9), 'three', { line: '1' })],
      eight,
    ).state
    expect(figures(late)).toEqual([[2, 1, 0, 'open']])
  })

  test('a card runs out with its stamps when its time is over, and by no purchase', () => {
    const brief = cafe(card({ validity: { amount: 10, unit: 'day' } }))
    const { state } = following(brief, [joined, coffees('a', day(2), 4)])
    expect(advance(brief, state, at(day(12, 7))).events).toEqual([])
    const over = advance(brief, state, at(day(20)))
    expect(over.events).toMatchObject([{ type: 'stampCardChanged', change: 'expired', stamps: 4, at: at(day(12)) }])
    expect(explainTrace(brief, over.trace)).toEqual(['The coffee card ran out on 2026-01-12 with 4 stamps.'])
    expect(figures(over.state)).toEqual([[2, 0, 0, '']])
  })

  test('stamps count by the day on which a purchase was made that comes in later', () => {
    const late = { within: { amount: 20, unit: 'day' }, countedBy: 'activityDate' }
    const program = shop({ stampCards: [card({ perDay: 2 })], late })
    const told = (id: string): Activity =>
      ({ ...coffees(id, day(9), 2), occurredAt: at(day(id === 'c' ? 3 : 2)) }) as Activity
    const { state } = following(program, [joined, told('a'), told('b'), told('c')])
    expect(figures(state)).toEqual([[1, 4, 0, '']])
  })
})

test('a purchase is taken back by the terms that stamped, whatever the card says since', () => {
  const before = programOf({ stampCards: [card()] })
  const { state } = following(cafe(card()), [joined, coffees('a', day(2), 4)])
  const next = programOf({ version: 2, stampCards: [card({ stampsFor: 'purchase' })] })
  const compiled = compileProgram(next, { earlier: [before] })
  if (compiled._tag === 'Left') throw new Error('does not compile')
  expect(
    figures(following(compiled.right, [returns('r', day(3), 'a', { line: '1', quantity: 1 })], state).state),
  ).toEqual([[1, 3, 0, '']])
})

test('unknown cards, cards that come twice, and items beyond all reason are refused', () => {
  const program = cafe(card({ slots: 1, rewards: [] }))
  const { state } = following(program, [joined])
  expect(rejected(program, state, uses('u', day(2), 1, { card: 'tea' }))).toMatchObject([
    { _tag: 'UnknownStampCard', card: 'tea' },
  ])
  const many = activity({
    type: 'purchase',
    id: 'many',
    at: day(2),
    lines: [{ id: '1', amount: eur('1.00'), quantity: 1_000_000_000, categories: ['coffee'] }],
  })
  expect(rejected(program, state, many)).toMatchObject([{ _tag: 'OutOfRange', path: ['lines'] }])
  const twice = decodeProgram({ ...shopJson, stampCards: [card(), card()] })
  expect(twice._tag === 'Left' ? twice.left.map(({ path }) => formatPath(path)) : []).toEqual([
    'stampCards[1].policy.id',
  ])
})

test('reading a card says where it is wrong', () => {
  const decoded = decode(ProgramStampCard, card({ slots: 9 }))
  expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
    'policy.rewards[0].position',
  ])
})

codecLaws(
  'ProgramStampCard',
  ProgramStampCard,
  stampCardsJson
    .filter((cards) => cards.length > 0)
    .map(([first]) => {
      const decoded = decode(ProgramStampCard, first)
      if (decoded._tag === 'Left') throw new Error('does not decode')
      return decoded.right
    }),
)
