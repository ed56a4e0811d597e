// What is wrong with a questionnaire though it can be read: questions that change nothing, products that nobody is ever shown.
// A small one is tried with every combination of answers; of a large one only what is certain is said.

import { attributesOf, excludedBy, type GiftFinder, type GiftProduct, pointsOf, ranksOf } from './gift-finder.ts'

/** Something to look at in a questionnaire. */
export type GiftFinding =
  | {
      /** Whatever is answered, also nothing, the ranking is the same. */
      readonly type: 'idleQuestion'
      readonly question: string
    }
  | {
      /** When every question is answered, whatever the answers, the product is not among those that are shown. */
      readonly type: 'unreachableProduct'
      readonly product: string
    }

/** What was found, and how thoroughly it was looked for. */
export interface GiftLint {
  readonly findings: ReadonlyArray<GiftFinding>
  /**
   * `'everyCombination'`: what isn't found isn't there. `'bounds'`: what is found is there, but there may be more: there are
   * too many combinations to try. `'questions'`: there are too many products to compare each with each, too, so that only
   * questions were looked at.
   */
  readonly looked: 'everyCombination' | 'bounds' | 'questions'
}

const mostScores = 2_000_000
const mostComparisons = 5_000_000

/** What a choice does to each product: its points, or that it is out. */
interface Effect {
  readonly points: ReadonlyArray<number>
  readonly out: ReadonlyArray<boolean>
}

/** The effects of a question: first that of no answer, then those of its answers. */
const effectsOf = ({ questions, products }: GiftFinder): ReadonlyArray<ReadonlyArray<Effect>> =>
  questions.map(({ answers }) => [
    { points: products.map(() => 0), out: products.map(() => false) },
    ...answers.map((answer) => ({
      points: products.map((product) => pointsOf(answer, product)),
      out: products.map((product) => excludedBy(answer, product) !== undefined),
    })),
  ])

/** What a combination comes to. */
interface Outcome {
  /** The ranks of all products as a text; 0 for those that are out. */
  readonly ranks: string
  /** The products that are shown. */
  readonly shown: ReadonlyArray<number>
}

const outcomeOf = (effects: ReadonlyArray<Effect>, { products, shown }: GiftFinder): Outcome => {
  const inside = products
    .map((_, product) => product)
    .filter((product) => !effects.some(({ out }) => out[product] === true))
    .map((product) => ({ product, score: effects.reduce((sum, { points }) => sum + (points[product] as number), 0) }))
    .sort((one, other) => other.score - one.score)
  const ranks = ranksOf(inside.map(({ score }) => score))
  const all = products.map(() => 0)
  inside.forEach(({ product }, index) => {
    all[product] = ranks[index] as number
  })
  return { ranks: all.join(), shown: inside.slice(0, shown).map(({ product }) => product) }
}

interface Tried {
  /** Of each question, whether its answers ever changed the ranking. */
  readonly changes: ReadonlyArray<boolean>
  /** Of each product, whether it was ever shown. */
  readonly reached: ReadonlyArray<boolean>
}

/** How far the numbers of two combinations are apart that differ in one answer of a question. */
const stridesOf = (sizes: ReadonlyArray<number>): ReadonlyArray<number> => {
  let stride = 1
  return sizes.map((size) => {
    const own = stride
    stride *= size
    return own
  })
}

/** Combinations are numbered, so that the one without an answer to a question is a known number of places before. */
const tryAll = (finder: GiftFinder, effects: ReadonlyArray<ReadonlyArray<Effect>>): Tried => {
  const sizes = effects.map(({ length }) => length)
  const strides = stridesOf(sizes)
  const total = sizes.reduce((product, size) => product * size, 1)
  const chosenIn = (combination: number, question: number): number =>
    Math.floor(combination / (strides[question] as number)) % (sizes[question] as number)
  const outcomes = Array.from({ length: total }, (_, combination) =>
    outcomeOf(
      effects.map((own, question) => own[chosenIn(combination, question)] as Effect),
      finder,
    ),
  )
  const complete = outcomes.filter((_, at) => effects.every((_effects, question) => chosenIn(at, question) > 0))
  const reached = new Set(complete.flatMap(({ shown }) => shown))
  return {
    changes: effects.map((_, question) =>
      outcomes.some(({ ranks }, at) => {
        const unanswered = at - chosenIn(at, question) * (strides[question] as number)
        return ranks !== outcomes[unanswered]?.ranks
      }),
    ),
    reached: finder.products.map((_, product) => reached.has(product)),
  }
}

/** Whether an effect is the same for all products. */
const isLevel = ({ points, out }: Effect): boolean =>
  points.every((one) => one === points[0]) && out.every((one) => !one)

/** Whether one product is never out while another is in. */
const staysWith = (product: number, other: number, effects: ReadonlyArray<ReadonlyArray<Effect>>): boolean =>
  effects.every((own) => own.every(({ out }) => out[product] !== true || out[other] === true))

/** The most that one product can be ahead of another: each question for itself, since answers are independent. */
const mostAhead = (product: number, other: number, effects: ReadonlyArray<ReadonlyArray<Effect>>): number =>
  effects.reduce((sum, [, ...answers]) => {
    const leads = answers.map(({ points }) => (points[product] as number) - (points[other] as number))
    return sum + Math.max(...leads)
  }, 0)

/** Whether as many products as are shown always stand before a product. */
const isOutranked = (
  product: number,
  { products, shown }: GiftFinder,
  effects: ReadonlyArray<ReadonlyArray<Effect>>,
) => {
  let before = 0
  for (let other = 0; other < products.length && before < shown; other += 1) {
    if (other === product || !staysWith(other, product, effects)) continue
    const lead = mostAhead(product, other, effects)
    if (lead < 0 || (lead === 0 && other < product)) before += 1
  }
  return before >= shown
}

const findingsOf = (
  { questions, products }: GiftFinder,
  isIdle: (question: number) => boolean,
  isUnreachable: (product: number) => boolean,
): ReadonlyArray<GiftFinding> => [
  ...questions.flatMap(
    ({ id }, index): ReadonlyArray<GiftFinding> => (isIdle(index) ? [{ type: 'idleQuestion', question: id }] : []),
  ),
  ...products.flatMap(
    ({ id }, index): ReadonlyArray<GiftFinding> =>
      isUnreachable(index) ? [{ type: 'unreachableProduct', product: id }] : [],
  ),
]

const combinationsOf = ({ questions }: GiftFinder): number =>
  questions.reduce((product, { answers }) => product * (answers.length + 1), 1)

const answersOf = ({ questions }: GiftFinder): number =>
  questions.reduce((sum, { answers }) => sum + answers.length + 1, 0)

/**
 * Questions that never change the ranking, and products that are never shown.
 *
 * @param finder a decoded questionnaire
 * @example
 * ```ts
 * import { type GiftFinder, lintGiftFinder } from 'treue'
 *
 * const finder: GiftFinder = {
 *   questions: [
 *     { id: 'drinks', answers: [{ id: 'tea', weights: { tea: 2 }, excludes: [] }] },
 *     { id: 'name', answers: [{ id: 'given', weights: {}, excludes: [] }] },
 *   ],
 *   products: [{ id: 'oolong', attributes: { tea: 10 } }, { id: 'assam', attributes: { tea: 10 } }],
 *   shown: 1,
 * }
 * lintGiftFinder(finder)
 * // => {
 * //   findings: [
 * //     { type: 'idleQuestion', question: 'drinks' },
 * //     { type: 'idleQuestion', question: 'name' },
 * //     { type: 'unreachableProduct', product: 'assam' },
 * //   ],
 * //   looked: 'everyCombination',
 * // }
 * ```
 */
export const lintGiftFinder = (finder: GiftFinder): GiftLint => {
  const { products } = finder
  const effects = effectsOf(finder)
  if (combinationsOf(finder) * products.length <= mostScores) {
    const { changes, reached } = tryAll(finder, effects)
    return {
      findings: findingsOf(
        finder,
        (question) => changes[question] === false,
        (product) => reached[product] === false,
      ),
      looked: 'everyCombination',
    }
  }
  const isIdle = (question: number): boolean => (effects[question] ?? []).every(isLevel)
  return products.length ** 2 * answersOf(finder) <= mostComparisons
    ? {
        findings: findingsOf(finder, isIdle, (product) => isOutranked(product, finder, effects)),
        looked: 'bounds',
      }
    : { findings: findingsOf(finder, isIdle, () => false), looked: 'questions' }
}

/** The attributes that a product has and that no question asks about: nobody finds it by them. */
export interface UnaskedAttributes {
  readonly product: string
  readonly attributes: ReadonlyArray<string>
}

/**
 * The products of which no attribute is asked about by any question.
 *
 * @param finder a decoded questionnaire
 * @example
 * ```ts
 * import { type GiftFinder, unaskedProducts } from 'treue'
 *
 * const finder: GiftFinder = {
 *   questions: [{ id: 'drinks', answers: [{ id: 'tea', weights: { tea: 2 }, excludes: [] }] }],
 *   products: [{ id: 'oolong', attributes: { tea: 10 } }, { id: 'mug', attributes: { cup: 1 } }],
 *   shown: 1,
 * }
 * unaskedProducts(finder) // => [{ product: 'mug', attributes: ['cup'] }]
 * ```
 */
export const unaskedProducts = ({ questions, products }: GiftFinder): ReadonlyArray<UnaskedAttributes> => {
  const asked = new Set(
    questions.flatMap(({ answers }) =>
      answers.flatMap(({ weights, excludes }) => [...Object.keys(weights), ...excludes]),
    ),
  )
  const isUnasked = (product: GiftProduct): boolean => attributesOf(product).every((name) => !asked.has(name))
  return products.filter(isUnasked).map((product) => ({ product: product.id, attributes: attributesOf(product) }))
}
