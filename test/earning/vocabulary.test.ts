import { describe, expect, test } from 'vitest'
import {
  actionVocabulary,
  type CountedLine,
  emptyEarningContext,
  lineFacts,
  lineVocabulary,
  orderFacts,
  orderVocabulary,
} from '../../src/earning/index.ts'
import { type Instant, utc, type Zone } from '../../src/foundation/index.ts'
import { eur, plainLine } from '../arbitraries/earning.ts'
import { realZone } from '../arbitraries/time.ts'
import { at, lines, purchase, sunday } from './counter.ts'

const factsOf = (bought: ReadonlyArray<CountedLine>, zone: Zone = utc, when: Instant = sunday) =>
  orderFacts(purchase(bought, when), zone, emptyEarningContext, orderVocabulary(eur))

describe('orderFacts', () => {
  test('the sum of the lines, the categories of all, each once, and the weekday, hour and month in the zone', () => {
    const bought = [
      { ...plainLine('1', 1999, ['books', '__proto__'], 2), sku: 'A', brand: 'X' },
      { ...plainLine('2', 1, ['books', 'constructor']), sku: 'B', brand: 'X' },
    ]
    expect(factsOf(bought)).toEqual({
      amount: 2000,
      categories: ['books', '__proto__', 'constructor'],
      weekday: 'sunday',
      hour: 12,
      month: 3,
      skus: ['A', 'B'],
      brands: ['X'],
      quantity: 3,
      tiers: [],
      occasions: [],
    })
  })

  test('lines that do not count are not seen', () => {
    const hidden = { ...plainLine('2', 1, ['cards']), sku: 'B', brand: 'Y', counts: false }
    for (const bought of [
      [plainLine('1', 100, ['books']), hidden],
      [hidden, plainLine('1', 100, ['books'])],
    ]) {
      expect(factsOf(bought)).toMatchObject({ amount: 100, categories: ['books'], skus: [], brands: [], quantity: 1 })
    }
  })

  test('of one line, and of none', () => {
    expect(factsOf([plainLine('1', 100, ['books', 'books'])])).toMatchObject({
      amount: 100,
      categories: ['books', 'books'],
    })
    expect(factsOf([])).toMatchObject({ amount: 0, categories: [], weekday: 'sunday', quantity: 0 })
  })

  test('a weekday begins at midnight in the zone', () => {
    const newYork = realZone('America/New_York')
    expect(factsOf([], newYork, at('2026-03-02T04:59:59.999Z'))).toMatchObject({ weekday: 'sunday', hour: 23 })
    expect(factsOf([], newYork, at('2026-03-02T05:00:00Z'))).toMatchObject({ weekday: 'monday', hour: 0 })
  })

  test('the activity says its own facts, the context those of the member, and neither the other’s', () => {
    const vocabulary = orderVocabulary(eur, [{ name: '__proto__', type: 'flag' }])
    const own = { channel: 'web', store: '5', tiers: ['no'], orderNumber: 7, ...JSON.parse('{"__proto__":true}') }
    const context = {
      ...emptyEarningContext,
      facts: { tiers: ['status/gold'], orderNumber: 3, channel: 'no', tenureDays: 4 },
    }
    const facts = orderFacts(purchase([], sunday, own), utc, context, vocabulary)
    expect(facts).toMatchObject({ channel: 'web', store: '5', tiers: ['status/gold'], orderNumber: 3, tenureDays: 4 })
    expect(Object.getOwnPropertyDescriptor(facts, '__proto__')?.value).toBe(true)
  })
})

test('the facts of an order whose activity and context say all have the fields that conditions may speak of', () => {
  const [line] = lines(100)
  const names = (vocabulary: ReturnType<typeof orderVocabulary>) => vocabulary.fields.map(({ name }) => name).sort()
  const facts = { orderNumber: 1, tenureDays: 1, tenureMonths: 1 }
  const own = { channel: 'web', store: '1' }
  const all = orderFacts(
    purchase(lines(100), sunday, own),
    utc,
    { ...emptyEarningContext, facts },
    orderVocabulary(eur),
  )
  expect(Object.keys(all).sort()).toEqual(names(orderVocabulary(eur)))
  expect(line === undefined ? [] : Object.keys(lineFacts(line)).sort()).toEqual(names(lineVocabulary(eur)))
  const action = { action: 'review', at: sunday, lines: [], attributes: own }
  const ofAction = orderFacts(action, utc, { ...emptyEarningContext, facts }, actionVocabulary([]))
  expect(Object.keys(ofAction).sort()).toEqual(names(actionVocabulary([])))
})
