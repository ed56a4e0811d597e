// Texts from JSON: a language that a translator hands over, complete or not.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import {
  decodeTexts,
  englishTexts,
  explainTrace,
  germanTexts,
  type PhraseKey,
  type Texts,
} from '../../../src/program/index.ts'
import { traceSamples } from '../../arbitraries/trace-samples.ts'
import { shop } from '../shop.ts'

const faultsOf = (json: unknown): ReadonlyArray<readonly [string, string]> => {
  const decoded = decodeTexts(json)
  return decoded._tag === 'Left' ? decoded.left.map(({ path, expected }) => [path.join('.'), expected] as const) : []
}

const keys = Object.keys(englishTexts.phrases) as ReadonlyArray<PhraseKey>

/** A third language: louder than English, with three forms where there are two, and the values in any order. */
const loud = (template: string): string =>
  template
    .replace(/\{(\w+)\|([^{}|]*)\|([^{}|]*)\}/g, '{$1|$2|$3|$3S}')
    .replace(/\{[^{}]*\}|[^{}]+/g, (part) => (part.startsWith('{') ? part : part.toUpperCase()))

const loudTexts: Texts = {
  ...englishTexts,
  plurals: [
    { from: 1, to: 1 },
    { modulo: 10, from: 2, to: 4, except: { modulo: 100, from: 12, to: 14 } },
  ],
  wallets: { points: '{points|# POINT|# POINTS|# POINTSS}' },
  phrases: Object.fromEntries(keys.map((key) => [key, loud(englishTexts.phrases[key])])) as Texts['phrases'],
}

describe('decodeTexts', () => {
  test('reads the texts that there are, and a third language, from JSON', () => {
    for (const texts of [englishTexts, germanTexts, loudTexts]) {
      expect(unwrap(decodeTexts(JSON.parse(JSON.stringify(texts))))).toEqual(texts)
    }
  })

  test('a third language says every step, with forms of its own', () => {
    const said = explainTrace(shop(), traceSamples, { texts: unwrap(decodeTexts(loudTexts)) })
    expect(said).toEqual(
      expect.arrayContaining(['1 POINT ACCRUED ON 2026-03-07, ACTIVE FROM 2026-12-24, EXPIRING ON 2026-12-24.']),
    )
    expect(said.filter((sentence) => /[{}]/.test(sentence))).toEqual([])
    expect(said.length).toBe(explainTrace(shop(), traceSamples).length)
  })

  test('a phrase that is missing, one that nobody says, and one with other placeholders are faults at their places', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.constantFrom(...keys), (gone, wrong) => {
        const { [gone]: _, ...rest } = germanTexts.phrases
        expect(faultsOf({ ...germanTexts, phrases: rest }).map(([path]) => path)).toEqual([`phrases.${gone}`])
        const more = { ...germanTexts.phrases, [wrong]: `${germanTexts.phrases[wrong]} {constructor}` }
        expect(faultsOf({ ...germanTexts, phrases: more }).map(([path]) => path)).toEqual([`phrases.${wrong}`])
      }),
    )
    expect(faultsOf({ ...germanTexts, phrases: { ...germanTexts.phrases, hello: 'Hallo' } }).length).toBe(1)
    expect(faultsOf({ ...germanTexts, phrases: { ...germanTexts.phrases, nothing: '{x}' } })).toEqual([
      ['phrases.nothing', 'a text without placeholders'],
    ])
    expect(faultsOf({ ...germanTexts, date: '{day}.{month}.', wallets: { points: 'Punkte' } })).toEqual([
      ['date', 'a text with {day}, {month}, {year}'],
      ['wallets.points', 'a text with {points}'],
    ])
    expect(faultsOf(null).length).toBe(1)
  })
})
