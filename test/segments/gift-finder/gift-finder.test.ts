import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatError, unwrap } from '../../../src/foundation/index.ts'
import { type GiftChoice, GiftFinder, lintGiftFinder, rankGifts, unaskedProducts } from '../../../src/segments/index.ts'
import { treacherousKeys } from '../../arbitraries/foundation.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const attributes = ['tea', 'price', ...treacherousKeys.slice(0, 3)]

const tableArbitrary = (values: fc.Arbitrary<number>): fc.Arbitrary<{ readonly [name: string]: number }> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...attributes), values), { maxLength: 3, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries))

const finderArbitrary: fc.Arbitrary<GiftFinder> = fc
  .record({
    questions: fc.array(
      fc.array(
        fc.record({
          weights: tableArbitrary(fc.integer({ min: -2, max: 2 })),
          excludes: fc.oneof(
            { arbitrary: fc.constant([]), weight: 4 },
            { arbitrary: fc.constantFrom(['tea'], ['price']), weight: 1 },
          ),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    products: fc.array(tableArbitrary(fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 5 }),
    shown: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ questions, products, shown }) => ({
    questions: questions.map((answers, q) => ({
      id: `q${q}`,
      answers: answers.map((answer, a) => ({ id: `a${a}`, ...answer })),
    })),
    // The last one has everything, so that every attribute is one of a product.
    products: [...products, Object.fromEntries(attributes.map((name) => [name, 1]))].map((own, p) => ({
      id: `p${p}`,
      attributes: own,
    })),
    shown,
  }))

codecLaws('GiftFinder', GiftFinder, finderArbitrary)

/** All ways to answer, with or without leaving questions out. */
const everyChoice = ({ questions }: GiftFinder, skipping: boolean): ReadonlyArray<ReadonlyArray<GiftChoice>> =>
  questions.reduce<ReadonlyArray<ReadonlyArray<GiftChoice>>>(
    (all, { id, answers }) =>
      all.flatMap((choices) => [
        ...(skipping ? [choices] : []),
        ...answers.map((answer) => [...choices, { question: id, answer: answer.id }]),
      ]),
    [[]],
  )

const own = (table: { readonly [name: string]: number }, name: string): number =>
  Object.hasOwn(table, name) ? (table[name] ?? 0) : 0

describe('a gift finder', () => {
  test('ranks by weights × attributes, and leaves out what is excluded', () => {
    fc.assert(
      fc.property(finderArbitrary, fc.nat(), (finder, pick) => {
        const all = everyChoice(finder, true)
        const choices = all[pick % all.length] ?? []
        const { ranked, excluded } = unwrap(rankGifts(finder, choices))
        const chosen = finder.questions.flatMap(({ id, answers }) =>
          answers.filter((answer) => choices.some((choice) => choice.question === id && choice.answer === answer.id)),
        )
        const isOut = (product: GiftFinder['products'][number]) =>
          chosen.some(({ excludes }) => excludes.some((name) => own(product.attributes, name) > 0))
        const scoreOf = (product: GiftFinder['products'][number]) =>
          chosen.reduce(
            (sum, { weights }) =>
              sum + attributes.reduce((points, name) => points + own(weights, name) * own(product.attributes, name), 0),
            0,
          )
        const inside = finder.products.filter((product) => !isOut(product))
        expect(excluded.map(({ product }) => product)).toEqual(finder.products.filter(isOut).map(({ id }) => id))
        const expected = inside
          .map((product) => ({ product: product.id, score: scoreOf(product) }))
          .sort((a, b) => b.score - a.score)
        expect(ranked.map(({ product, score }) => ({ product, score }))).toEqual(expected)
        for (const { score, rank, tied, because } of ranked) {
          expect(because.reduce((sum, { points }) => sum + points, 0)).toBe(score)
          expect(rank).toBe(expected.filter((one) => one.score > score).length + 1)
          expect(tied).toBe(expected.filter((one) => one.score === score).length > 1)
        }
      }),
    )
  })

  test('does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(finderArbitrary, (finder) => {
        const choices = everyChoice(finder, false)[0] ?? []
        const products = (list: ReadonlyArray<GiftChoice>) =>
          unwrap(rankGifts(finder, list)).ranked.map(({ product, rank }) => [product, rank])
        expect(products([...choices].reverse())).toEqual(products(choices))
      }),
    )
  })

  test('refuses answers that there are not', () => {
    const finder: GiftFinder = {
      questions: [{ id: 'q', answers: [{ id: 'a', weights: {}, excludes: [] }] }],
      products: [{ id: 'p', attributes: {} }],
      shown: 1,
    }
    expect(
      rankGifts(finder, [
        { question: 'q', answer: 'constructor' },
        { question: 'q', answer: 'a' },
        { question: '__proto__', answer: 'a' },
      ]),
    ).toMatchObject({ left: [{ path: [0, 'answer'] }, { path: [1, 'question'] }, { path: [2, 'question'] }] })
  })

  test('is refused with repeated ids and attributes that no product has', () => {
    const answer = { id: 'a', weights: { tea: 1 }, excludes: ['tea'] }
    const found = decode(GiftFinder, {
      questions: [
        { id: 'q', answers: [answer, answer] },
        { id: 'q', answers: [answer] },
      ],
      products: [
        { id: 'p', attributes: {} },
        { id: 'p', attributes: {} },
      ],
      shown: 1,
    })
    const text = found._tag === 'Left' ? formatError(found.left) : ''
    for (const place of [
      'questions[1].id',
      'questions[0].answers[1].id',
      'products[1].id',
      'weights.tea',
      'excludes[0]',
    ]) {
      expect(text).toContain(place)
    }
  })
})

describe('the lint of a gift finder', () => {
  const rankText = (finder: GiftFinder, choices: ReadonlyArray<GiftChoice>) =>
    JSON.stringify([...unwrap(rankGifts(finder, choices)).ranked.map(({ product, rank }) => [product, rank])].sort())

  const idleByHand = (finder: GiftFinder): ReadonlyArray<string> =>
    finder.questions
      .map(({ id }) => id)
      .filter((id) =>
        everyChoice(finder, true).every(
          (choices) =>
            rankText(finder, choices) ===
            rankText(
              finder,
              choices.filter(({ question }) => question !== id),
            ),
        ),
      )

  const unreachableByHand = (finder: GiftFinder): ReadonlyArray<string> => {
    const shown = everyChoice(finder, false).flatMap((choices) =>
      unwrap(rankGifts(finder, choices)).ranked.slice(0, finder.shown),
    )
    const reached = new Set(shown.map(({ product }) => product))
    return finder.products.map(({ id }) => id).filter((id) => !reached.has(id))
  }

  test('finds exactly the questions that change nothing and the products that are never shown', () => {
    fc.assert(
      fc.property(finderArbitrary, (finder) => {
        const { findings, looked } = lintGiftFinder(finder)
        expect(looked).toBe('everyCombination')
        expect(findings.flatMap((one) => (one.type === 'idleQuestion' ? [one.question] : []))).toEqual(
          idleByHand(finder),
        )
        expect(findings.flatMap((one) => (one.type === 'unreachableProduct' ? [one.product] : []))).toEqual(
          unreachableByHand(finder),
        )
      }),
      { numRuns: 40 },
    )
  })

  /** The same questionnaire with questions that say nothing, so many that not all combinations can be tried. */
  const enlarged = (finder: GiftFinder, count: number): GiftFinder => ({
    ...finder,
    questions: [
      ...finder.questions,
      ...Array.from({ length: count }, (_, index) => ({
        id: `x${index}`,
        answers: [{ id: 'a', weights: {}, excludes: [] }],
      })),
    ],
  })

  test('of a large one finds only what is there', () => {
    fc.assert(
      fc.property(finderArbitrary, (finder) => {
        const { findings, looked } = lintGiftFinder(enlarged(finder, 21))
        expect(looked).toBe('bounds')
        const [idle, unreachable] = [new Set(idleByHand(finder)), new Set(unreachableByHand(finder))]
        for (const one of findings) {
          if (one.type === 'unreachableProduct') expect(unreachable.has(one.product)).toBe(true)
          else expect(one.question.startsWith('x') || idle.has(one.question)).toBe(true)
        }
        expect(findings.filter((one) => one.type === 'idleQuestion' && one.question.startsWith('x'))).toHaveLength(21)
      }),
      { numRuns: 40 },
    )
  })

  test('finds in a large one a product that another always outranks, also by the order of the catalogue', () => {
    const finder: GiftFinder = {
      questions: [{ id: 'q', answers: [{ id: 'a', weights: { tea: 1 }, excludes: [] }] }],
      products: [{ tea: 3 }, { tea: 2 }, { tea: 3 }].map((own, index) => ({ id: `p${index}`, attributes: own })),
      shown: 1,
    }
    expect(lintGiftFinder(enlarged(finder, 21)).findings.filter(({ type }) => type === 'unreachableProduct')).toEqual([
      { type: 'unreachableProduct', product: 'p1' },
      { type: 'unreachableProduct', product: 'p2' },
    ])
  })

  test('of one with very many products looks at questions only', () => {
    const products = Array.from({ length: 3000 }, (_, index) => ({ id: `p${index}`, attributes: { tea: index % 7 } }))
    const answers = [{ id: 'a', weights: { tea: 1 }, excludes: [] }]
    const finder = enlarged({ questions: [{ id: 'q', answers }], products, shown: 3 }, 10)
    const { findings, looked } = lintGiftFinder(finder)
    expect(looked).toBe('questions')
    expect(findings).toHaveLength(10)
  })

  test('names products of which nothing is asked', () => {
    const finder: GiftFinder = {
      questions: [{ id: 'q', answers: [{ id: 'a', weights: {}, excludes: ['tea'] }] }],
      products: [
        { id: 'p', attributes: { tea: 1, cup: 1 } },
        { id: 'r', attributes: { cup: 1, tea: 0 } },
      ],
      shown: 1,
    }
    expect(unaskedProducts(finder)).toEqual([{ product: 'r', attributes: ['cup'] }])
  })
})
