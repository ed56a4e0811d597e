// A questionnaire that finds a gift, as data, and the ranking that some answers give. Everything is whole numbers, so that ties
// are ties.

import { type Either, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type Dictionary,
  dictionaryCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  ownValue,
  structCodec,
} from '../../foundation/index.ts'
import { repeatedIdsOf } from '../repeated-ids.ts'
import { shortText } from '../short-text.ts'

/** An answer, and what it means for products. */
export interface GiftAnswer {
  readonly id: string
  /** Points by attribute, for each unit that a product has of it: −1,000 to 1,000. */
  readonly weights: Dictionary<number>
  /** A product that has any of these attributes is out. */
  readonly excludes: ReadonlyArray<string>
}

/** A question with its answers, of which one may be chosen. */
export interface GiftQuestion {
  readonly id: string
  readonly answers: ReadonlyArray<GiftAnswer>
}

/** A product, and how much it has of each attribute: 0–1,000. */
export interface GiftProduct {
  readonly id: string
  readonly attributes: Dictionary<number>
}

/** A questionnaire and the products that it ranks. */
export interface GiftFinder {
  readonly questions: ReadonlyArray<GiftQuestion>
  readonly products: ReadonlyArray<GiftProduct>
  /** How many products are shown to the customer. */
  readonly shown: number
}

const giftText: Codec<string> = /* @__PURE__ */ shortText('Name')

/** The attributes that a product has. */
export const attributesOf = ({ attributes }: GiftProduct): ReadonlyArray<string> =>
  Object.keys(attributes).filter((name) => ownValue(attributes, name) !== 0)

const unknownAttributes = ({ questions, products }: GiftFinder): ReadonlyArray<InvalidValue> => {
  const known = new Set(products.flatMap(({ attributes }) => Object.keys(attributes)))
  return questions.flatMap(({ answers }, question) =>
    answers.flatMap(({ weights, excludes }, answer) => [
      ...Object.keys(weights).flatMap((name) =>
        known.has(name)
          ? []
          : [
              invalidValue(
                ['questions', question, 'answers', answer, 'weights', name],
                name,
                'an attribute of a product',
              ),
            ],
      ),
      ...excludes.flatMap((name, at) =>
        known.has(name)
          ? []
          : [
              invalidValue(
                ['questions', question, 'answers', answer, 'excludes', at],
                name,
                'an attribute of a product',
              ),
            ],
      ),
    ]),
  )
}

/**
 * Reads a {@link GiftFinder}: at most 50 questions of 50 answers and 10,000 products.
 *
 * @example
 * ```ts
 * import { decode, GiftFinder } from 'treue'
 *
 * const answers = [{ id: 'tea', weights: { tea: 10 }, excludes: [] }, { id: 'none', weights: {}, excludes: ['tea'] }]
 * const products = [{ id: 'oolong', attributes: { tea: 5 } }, { id: 'mug', attributes: { cup: 1 } }]
 * decode(GiftFinder, { questions: [{ id: 'drink', answers }], products, shown: 3 })._tag // => 'Right'
 * decode(GiftFinder, { questions: [{ id: 'drink', answers }], products: [], shown: 3 })._tag // => 'Left'
 * ```
 */
export const GiftFinder: Codec<GiftFinder> = /* @__PURE__ */ constrainCodec<GiftFinder, GiftFinder>(
  /* @__PURE__ */ structCodec('GiftFinder', {
    questions: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('GiftQuestion', {
        id: giftText,
        answers: /* @__PURE__ */ arrayCodec(
          /* @__PURE__ */ structCodec('GiftAnswer', {
            id: giftText,
            weights: /* @__PURE__ */ dictionaryCodec(/* @__PURE__ */ integerCodec({ min: -1000, max: 1000 })),
            excludes: /* @__PURE__ */ arrayCodec(giftText, { maxLength: 200 }),
          }),
          { minLength: 1, maxLength: 50 },
        ),
      }),
      { minLength: 1, maxLength: 50 },
    ),
    products: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('GiftProduct', {
        id: giftText,
        attributes: /* @__PURE__ */ dictionaryCodec(/* @__PURE__ */ integerCodec({ min: 0, max: 1000 })),
      }),
      { minLength: 1, maxLength: 10_000 },
    ),
    shown: /* @__PURE__ */ integerCodec({ min: 1, max: 1000 }),
  }),
  (finder) => [
    ...repeatedIdsOf(['questions'], finder.questions),
    ...finder.questions.flatMap(({ answers }, index) => repeatedIdsOf(['questions', index, 'answers'], answers)),
    ...repeatedIdsOf(['products'], finder.products),
    ...unknownAttributes(finder),
  ],
)

/** The points that an answer gives to a product. */
export const pointsOf = ({ weights }: GiftAnswer, { attributes }: GiftProduct): number =>
  Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (ownValue(attributes, name) ?? 0), 0)

/** The attribute by which an answer excludes a product, if it does. */
export const excludedBy = ({ excludes }: GiftAnswer, { attributes }: GiftProduct): string | undefined =>
  excludes.find((name) => (ownValue(attributes, name) ?? 0) > 0)

/** What a question's answer gave a product by one of its attributes. */
export interface GiftReason {
  readonly question: string
  readonly answer: string
  readonly attribute: string
  /** The answer's weight × how much the product has of the attribute. */
  readonly points: number
}

/** A product in its place. */
export interface RankedGift {
  readonly product: string
  readonly score: number
  /** 1 for the best; products with the same score have the same rank, and the next rank is left out. */
  readonly rank: number
  /** Whether another product has the same score. */
  readonly tied: boolean
  /** What makes up the score; nothing that gives no points. */
  readonly because: ReadonlyArray<GiftReason>
}

/** A product that an answer has excluded. */
export interface ExcludedGift {
  readonly product: string
  readonly question: string
  readonly answer: string
  readonly attribute: string
}

/** All products that are in, the best first, and all that are out. */
export interface GiftRanking {
  /** Of equal score in the order of the catalogue. */
  readonly ranked: ReadonlyArray<RankedGift>
  readonly excluded: ReadonlyArray<ExcludedGift>
}

/** A question that was answered. */
export interface GiftChoice {
  readonly question: string
  readonly answer: string
}

interface Chosen {
  readonly question: string
  readonly answer: GiftAnswer
}

const reasonsFor = (product: GiftProduct, chosen: ReadonlyArray<Chosen>): ReadonlyArray<GiftReason> =>
  chosen.flatMap(({ question, answer }) =>
    Object.entries(answer.weights).flatMap(([attribute, weight]) => {
      const points = weight * (ownValue(product.attributes, attribute) ?? 0)
      return points === 0 ? [] : [{ question, answer: answer.id, attribute, points }]
    }),
  )

const exclusionOf = (product: GiftProduct, chosen: ReadonlyArray<Chosen>): ReadonlyArray<ExcludedGift> =>
  chosen
    .flatMap(({ question, answer }) => {
      const attribute = excludedBy(answer, product)
      return attribute === undefined ? [] : [{ product: product.id, question, answer: answer.id, attribute }]
    })
    .slice(0, 1)

/** Ranks of scores that fall: equal ones share the first place that they take. */
export const ranksOf = (falling: ReadonlyArray<number>): ReadonlyArray<number> => {
  let rank = 0
  return falling.map((score, index) => {
    if (index === 0 || score !== falling[index - 1]) rank = index + 1
    return rank
  })
}

const rankedOf = (products: ReadonlyArray<GiftProduct>, chosen: ReadonlyArray<Chosen>): ReadonlyArray<RankedGift> => {
  const scored = products
    .map((product) => {
      const because = reasonsFor(product, chosen)
      return { product: product.id, because, score: because.reduce((sum, { points }) => sum + points, 0) }
    })
    .sort((one, other) => other.score - one.score)
  const ranks = ranksOf(scored.map(({ score }) => score))
  return scored.map(({ product, because, score }, index) => ({
    product,
    score,
    rank: ranks[index] as number,
    tied: scored[index - 1]?.score === score || scored[index + 1]?.score === score,
    because,
  }))
}

const chosenOf = (
  { questions }: GiftFinder,
  choices: ReadonlyArray<GiftChoice>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, ReadonlyArray<Chosen>> => {
  const known = new Map(questions.map((question) => [question.id, question]))
  const seen = new Set<string>()
  const chosen: Array<Chosen> = []
  const faults: Array<InvalidValue> = []
  choices.forEach(({ question, answer: id }, index) => {
    const answers = known.get(question)?.answers
    const answer = answers?.find((one) => one.id === id)
    if (answers === undefined || seen.has(question)) {
      faults.push(invalidValue([index, 'question'], question, 'a question of the questionnaire, once'))
    } else if (answer === undefined) faults.push(invalidValue([index, 'answer'], id, 'an answer of the question'))
    else chosen.push({ question, answer })
    seen.add(question)
  })
  const [first, ...others] = faults
  return first === undefined ? right(chosen) : left([first, ...others])
}

/**
 * The products in the order in which they fit some answers, with reasons; ties are stated.
 *
 * @param finder a decoded questionnaire
 * @param choices the answers; a question that wasn't answered counts for nothing
 * @returns `InvalidValue` for a question or an answer that there isn't, and for a question that is answered twice.
 * @example
 * ```ts
 * import { type GiftFinder, rankGifts, unwrap } from 'treue'
 *
 * const finder: GiftFinder = {
 *   questions: [
 *     { id: 'drinks', answers: [{ id: 'tea', weights: { tea: 2 }, excludes: ['coffee'] }] },
 *     { id: 'budget', answers: [{ id: 'small', weights: { price: -1 }, excludes: [] }] },
 *   ],
 *   products: [
 *     { id: 'oolong', attributes: { tea: 10, price: 12 } },
 *     { id: 'mug', attributes: { price: 8 } },
 *     { id: 'beans', attributes: { coffee: 10, price: 9 } },
 *   ],
 *   shown: 2,
 * }
 * const choices = [{ question: 'drinks', answer: 'tea' }, { question: 'budget', answer: 'small' }]
 * const { ranked, excluded } = unwrap(rankGifts(finder, choices))
 * ranked.map(({ product, score }) => [product, score]) // => [['oolong', 8], ['mug', -8]]
 * excluded // => [{ product: 'beans', question: 'drinks', answer: 'tea', attribute: 'coffee' }]
 * ```
 */
export const rankGifts = (
  finder: GiftFinder,
  choices: ReadonlyArray<GiftChoice>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, GiftRanking> => {
  const chosen = chosenOf(finder, choices)
  if (chosen._tag === 'Left') return chosen
  const excluded = finder.products.flatMap((product) => exclusionOf(product, chosen.right))
  const out = new Set(excluded.map(({ product }) => product))
  const products = finder.products.filter(({ id }) => !out.has(id))
  return right({ ranked: rankedOf(products, chosen.right), excluded })
}
