// Whatever can be explained has its words, in each language; and no words are there that are never said.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { earningPhrases } from '../../../src/program/explain/explain-earning.ts'
import { wordsOf } from '../../../src/program/explain/words.ts'
import {
  type CompiledProgram,
  englishTexts,
  explain,
  germanTexts,
  type Phrase,
  type PhraseKey,
  type PhraseValue,
  renderPhrase,
  type Texts,
  whyNotPhrase,
} from '../../../src/program/index.ts'
import { play, programWithHistory } from '../../arbitraries/program.ts'
import { traceSamples, unmatchedSamples, whyNotSamples } from '../../arbitraries/trace-samples.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { shop, statusLadder } from '../shop.ts'

fewerRuns()

const placeholders = (template: string): ReadonlyArray<string> =>
  [...new Set([...template.matchAll(/\{(\w+)/g)].map(([, name]) => String(name)))].sort()

const phrasesIn = (value: PhraseValue): ReadonlyArray<Phrase> => {
  if (value.type === 'list') return value.items.flatMap(phrasesIn)
  return value.type === 'phrase' ? [value, ...Object.values(value.values).flatMap(phrasesIn)] : []
}

const keys = Object.keys(englishTexts.phrases) as ReadonlyArray<PhraseKey>

const program: CompiledProgram = shop({
  earning: {
    rounding: { mode: 'floor', on: 'order' },
    attributes: [{ name: 'gift', type: 'flag' }],
    rules: [],
    caps: [
      { id: 'once', wallet: 'points', limit: 1, counts: 'times', window: { type: 'lifetime' }, onExceed: 'reject' },
    ],
  },
  ladders: [{ ...statusLadder, metrics: [...statusLadder.metrics, { id: 'spend', of: 'spend' }] }],
})

const [someEarning] = traceSamples.flatMap((step) => (step.step === 'earning' ? [step] : []))

const sentences: ReadonlyArray<Phrase> = [
  ...explain(program, traceSamples),
  ...(someEarning === undefined ? [] : earningPhrases(wordsOf(program), someEarning, unmatchedSamples)),
  ...whyNotSamples.map((found) => whyNotPhrase(program, found)),
]

const languages = { english: englishTexts, german: germanTexts }

const expectWhole = (one: Phrase): void => {
  for (const { key, values } of phrasesIn(one)) {
    expect([key, Object.keys(values).sort()]).toEqual([key, placeholders(englishTexts.phrases[key])])
  }
  for (const texts of Object.values(languages)) {
    const sentence = renderPhrase(one, texts)
    expect(sentence).toMatch(/^\S.*\.$/)
    expect(sentence).not.toMatch(/[{}|#]|undefined|NaN|\[object| {2}| [.,;:]|\.\./)
  }
}

describe('texts', () => {
  test('have the same phrases with the same values in every language', () => {
    for (const key of keys) {
      expect([key, placeholders(germanTexts.phrases[key])]).toEqual([key, placeholders(englishTexts.phrases[key])])
    }
    expect(Object.keys(germanTexts.phrases)).toEqual(keys)
    expect(Object.keys(germanTexts.words)).toEqual(expect.arrayContaining(Object.keys(englishTexts.words)))
  })

  test('say every step, reason and change, and have no phrase that is never said', () => {
    for (const one of sentences) expectWhole(one)
    const said = new Set(sentences.flatMap(phrasesIn).map(({ key }) => key))
    expect(keys.filter((key) => !said.has(key))).toEqual([])
  })

  test('choose a form of words with every count that has forms', () => {
    for (const texts of Object.values(languages)) {
      for (const template of Object.values(texts.phrases)) {
        for (const [, forms = ''] of template.matchAll(/\{\w+\|([^{}]*)\}/g)) {
          expect([template, forms.split('|').length]).toEqual([template, texts.plurals.length + 1])
        }
      }
    }
  })

  test('say every value of every phrase, and fill every placeholder, in every generated trace', () => {
    fc.assert(
      fc.property(fc.oneof(programWithHistory, wideHistory), ({ program: by, activities }) => {
        const trace = play(by, activities).taken.flatMap(({ decision }) => decision.trace)
        for (const one of explain(by, trace)) expectWhole(one)
      }),
    )
  })
})

describe('what a native reader would say', () => {
  const said = (texts: Texts): ReadonlyArray<string> => [...new Set(sentences.map((one) => renderPhrase(one, texts)))]

  test('in English', () => expect(said(englishTexts)).toMatchSnapshot())
  test('in German', () => expect(said(germanTexts)).toMatchSnapshot())
})
