import { describe, expect, test } from 'vitest'
import { lineFacts, lineVocabulary, orderFacts, orderVocabulary } from '../../src/earning/index.ts'
import { type LineId, utc } from '../../src/foundation/index.ts'
import { eur } from '../arbitraries/earning.ts'
import { realZone } from '../arbitraries/time.ts'
import { at, lines, sunday } from './counter.ts'

describe('orderFacts', () => {
  test('the sum of the lines, the categories of all, each once, and the weekday in the zone', () => {
    const bought = [
      { id: '1' as LineId, minor: 1999, categories: ['books', '__proto__'] },
      { id: '2' as LineId, minor: 1, categories: ['books', 'constructor'] },
    ]
    expect(orderFacts(bought, utc, sunday)).toEqual({
      amount: 2000,
      categories: ['books', '__proto__', 'constructor'],
      weekday: 'sunday',
    })
  })

  test('of one line, and of none', () => {
    const one = { id: '1' as LineId, minor: 100, categories: ['books', 'books'] }
    expect(orderFacts([one], utc, sunday)).toMatchObject({ amount: 100, categories: ['books', 'books'] })
    expect(orderFacts([], utc, sunday)).toEqual({ amount: 0, categories: [], weekday: 'sunday' })
  })

  test('a weekday begins at midnight in the zone', () => {
    const newYork = realZone('America/New_York')
    expect(orderFacts([], newYork, at('2026-03-02T04:59:59.999Z'))).toMatchObject({ weekday: 'sunday' })
    expect(orderFacts([], newYork, at('2026-03-02T05:00:00Z'))).toMatchObject({ weekday: 'monday' })
  })
})

test('the facts have the fields that conditions may speak of', () => {
  const [line] = lines(100)
  const names = (vocabulary: ReturnType<typeof orderVocabulary>) => vocabulary.fields.map(({ name }) => name)
  expect(Object.keys(orderFacts(lines(100), utc, sunday))).toEqual(names(orderVocabulary(eur)))
  expect(line === undefined ? [] : Object.keys(lineFacts(line))).toEqual(names(lineVocabulary(eur)))
})
