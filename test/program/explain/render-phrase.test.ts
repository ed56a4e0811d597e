import { describe, expect, test } from 'vitest'
import type { Currency, WalletId } from '../../../src/foundation/index.ts'
import {
  explainTrace,
  germanTexts,
  type ListJoin,
  type PhraseValue,
  renderPhrase,
  type Texts,
} from '../../../src/program/index.ts'
import { buys, following, joins, shop } from '../shop.ts'

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
    expect(sentence({ type: 'text', text: '$& {value}' }, '<{value}>')).toBe('<„$& {value}“>')
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

  test('joins the last items of a list with a word, and those before with commas', () => {
    const items = (join: ListJoin, ...texts: ReadonlyArray<string>): PhraseValue => ({
      type: 'list',
      join,
      items: texts.map((text) => ({ type: 'text', text })),
    })
    expect(sentence(items('and', 'a', 'b', 'c'), '{value}')).toBe('a, b und c')
    expect(sentence(items('or', 'a', 'b'), '{value}')).toBe('a oder b')
    expect(sentence(items('and'), '<{value}>')).toBe('<>')
    expect(sentence(items('plus', 'a', 'b', 'c'), '{value}')).toBe('a + b + c')
  })

  test('sets off what is not one plain word', () => {
    const said = (text: string): string => sentence({ type: 'text', text }, '{value}')
    expect(['gold', 'status/gold', '__proto__', 'o-1'].map(said)).toEqual(['gold', 'status/gold', '__proto__', 'o-1'])
    expect(['skin care', 'wow!', '', 'a “b”'].map(said)).toEqual(['„skin care“', '„wow!“', '„“', '„a “b”“'])
  })

  test('has words of its own for fields and days; what it has none for is a name', () => {
    const said = (word: string): string => sentence({ type: 'word', word }, '{value}')
    expect(['weekday', 'monday', 'true', 'labels', 'my field', 'constructor', '__proto__'].map(said)).toEqual([
      'Wochentag',
      'Montag',
      'ja',
      'labels',
      '„my field“',
      'constructor',
      '__proto__',
    ])
  })

  test('names points as the language does, with forms that go with their number', () => {
    const wallets = { points: '{points|# Punkt|# Punkte}', stars: 'Sterne: {points} {other}' }
    const said = (points: number, wallet = 'points', decimals = 0): string =>
      sentence({ type: 'points', points, decimals, wallet: wallet as WalletId }, '{value}', { wallets })
    expect([1, 2, 1200].map((points) => said(points))).toEqual(['1 Punkt', '2 Punkte', '1.200 Punkte'])
    expect([said(100, 'points', 2), said(5, 'stars'), said(5, 'miles'), said(5, 'constructor')]).toEqual([
      '1,00 Punkte',
      'Sterne: 5 {other}',
      '5 miles',
      '5 constructor',
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
    'Zusammen 1.001,5, einmal für die Bestellung abgerundet: 1.001 points, auf die Positionen verteilt 1.000 + 1.',
    '1.001 points gutgeschrieben am 01.01.2026, sofort verfügbar, ohne Verfall.',
  ])
})
