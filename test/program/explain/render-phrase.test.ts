import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Currency } from '../../../src/foundation/index.ts'
import {
  englishTexts,
  explain,
  explainTrace,
  germanTexts,
  type Phrase,
  type PhraseKey,
  type PhraseValue,
  renderPhrase,
  type Texts,
} from '../../../src/program/index.ts'
import { play, programWithHistory } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { buys, following, joins, shop } from '../shop.ts'

fewerRuns()

const placeholders = (template: string): ReadonlyArray<string> =>
  [...new Set([...template.matchAll(/\{(\w+)/g)].map(([, name]) => String(name)))].sort()

const phrasesIn = (value: PhraseValue): ReadonlyArray<Phrase> => {
  if (value.type === 'list') return value.items.flatMap(phrasesIn)
  return value.type === 'phrase' ? [value, ...Object.values(value.values).flatMap(phrasesIn)] : []
}

const keys = Object.keys(englishTexts.phrases) as ReadonlyArray<PhraseKey>

describe('texts', () => {
  test('have the same values in every language', () => {
    for (const key of keys) {
      expect([key, placeholders(germanTexts.phrases[key])]).toEqual([key, placeholders(englishTexts.phrases[key])])
    }
    expect(Object.keys(germanTexts.phrases)).toEqual(keys)
  })

  test('say every value of every phrase, and fill every placeholder, in every generated trace', () => {
    const seen = new Set<PhraseKey>()
    const histories = fc.oneof(programWithHistory, wideHistory)
    fc.assert(
      fc.property(histories, ({ program, activities }) => {
        const trace = play(program, activities).taken.flatMap(({ decision }) => decision.trace)
        for (const one of explain(program, trace).flatMap(phrasesIn)) {
          seen.add(one.key)
          expect([one.key, Object.keys(one.values).sort()]).toEqual([
            one.key,
            placeholders(englishTexts.phrases[one.key]),
          ])
        }
        for (const texts of [englishTexts, germanTexts]) {
          for (const sentence of explainTrace(program, trace, { texts })) expect(sentence).not.toMatch(/[{}]|undefined/)
        }
      }),
    )
    expect(seen.size).toBeGreaterThan(60)
  })
})

describe('renderPhrase', () => {
  const sentence = (value: PhraseValue, template: string, more: Partial<Texts> = {}): string =>
    renderPhrase(
      { type: 'phrase', key: 'duplicate', values: { value } },
      { ...germanTexts, ...more, phrases: { ...germanTexts.phrases, duplicate: template } },
    )

  test('writes figures with the signs of the language', () => {
    expect(sentence({ type: 'money', minor: -123_456_789, currency: 'EUR' as Currency }, '{value}')).toBe(
      '-1.234.567,89 EUR',
    )
    expect(sentence({ type: 'count', count: 1_000 }, '{value}')).toBe('1.000')
    expect(sentence({ type: 'date', year: 2026, month: 3, day: 7 }, '{value}')).toBe('07.03.2026')
    expect(sentence({ type: 'fraction', numerator: '-10000', denominator: '3' }, '{value}')).toBe('≈ -3.333,333333')
    expect(sentence({ type: 'text', text: '$& {value}' }, '<{value}>')).toBe('<$& {value}>')
  })

  test('chooses the form that goes with a count', () => {
    const teens = { modulo: 100, from: 11, to: 14 }
    const plurals = [
      { modulo: 10, from: 1, to: 1, except: teens },
      { modulo: 10, from: 2, to: 4, except: teens },
    ]
    const russian = (count: number): string =>
      sentence({ type: 'count', count }, '{value|# балл|# балла|# баллов}', { plurals })
    expect([1, 2, 5, 11, 12, 21, 104].map(russian)).toEqual([
      '1 балл',
      '2 балла',
      '5 баллов',
      '11 баллов',
      '12 баллов',
      '21 балл',
      '104 балла',
    ])
  })

  test('leaves a placeholder without a value as it is', () => {
    expect(sentence({ type: 'count', count: 1 }, '{constructor} {other|a|b}')).toBe('{constructor} {other|a|b}')
  })
})

test('a trace in German', () => {
  const day1 = '2026-01-01T00:00:00Z'
  const program = shop()
  const { trace } = following(program, [joins(day1), buys('o', day1, '1000.50', '1.00')])
  expect(explainTrace(program, trace, { texts: germanTexts })).toEqual([
    'Regel base: 2 Positionen über 1.001,50 EUR ergeben 1.001,5.',
    'Zusammen 1.001,5, einmal für die Bestellung gerundet (ab): 1.001 points, auf den Positionen 1.000 + 1.',
    '1.001 points gutgeschrieben am 01.01.2026, sofort verfügbar, ohne Verfall.',
  ])
})
