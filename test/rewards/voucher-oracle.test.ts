// Every outcome that a plan leaves open, by walking all of them: what is chosen must cost least of all.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Basket, Voucher } from '../../src/rewards/index.ts'
import { type ModelState, modelApply, start, toPay } from './voucher-model.ts'
import { basketArbitrary, group, leaf, price, vouchersArbitrary } from './voucher-terms.ts'

/** A plan as the test knows it; numbers are the places of vouchers. */
type Tree = number | { readonly mode: 'stack' | 'best' | 'bestCombination'; readonly of: ReadonlyArray<Tree> }

const nodeOf = (tree: Tree): object =>
  typeof tree === 'number' ? leaf(`v${tree}`) : group(tree.mode, ...tree.of.map(nodeOf))

type Apply = (voucher: number, state: ModelState) => ModelState | null

/** All outcomes of a tree from a state. */
const outcomes = (tree: Tree, state: ModelState, apply: Apply): ReadonlyArray<ModelState> => {
  if (typeof tree === 'number') return [apply(tree, state) ?? state]
  if (tree.mode === 'stack') {
    return tree.of.reduce<ReadonlyArray<ModelState>>(
      (states, part) => states.flatMap((one) => outcomes(part, one, apply)),
      [state],
    )
  }
  if (tree.mode === 'best') {
    const applied = tree.of.flatMap((part) => outcomes(part, state, apply)).filter((one) => one !== state)
    return applied.length === 0 ? [state] : applied
  }
  const inAllOrders = tree.of.flatMap((part, index) => {
    const rest = { mode: tree.mode, of: tree.of.filter((_, other) => other !== index) }
    return outcomes(part, state, apply)
      .filter((one) => one !== state)
      .flatMap((one) => outcomes(rest, one, apply))
  })
  return [state, ...inAllOrders]
}

const least = (states: ReadonlyArray<ModelState>): readonly [number, number] =>
  states
    .map((state) => [state.total, toPay(state)] as const)
    .reduce((a, b) => ((b[0] - a[0] || b[1] - a[1]) < 0 ? b : a))

const applying =
  (vouchers: ReadonlyArray<Voucher>, bought: Basket): Apply =>
  (place, state) => {
    const voucher = vouchers[place]
    return voucher === undefined ? null : modelApply(voucher, bought, state, undefined)
  }

/** Trees over five vouchers, each of which stands in them once; choices of choices and of stacks. */
const treeArbitrary: fc.Arbitrary<Tree> = fc
  .tuple(
    fc.constantFrom('stack' as const, 'best' as const),
    fc.constantFrom('stack' as const, 'best' as const, 'bestCombination' as const),
    fc.constantFrom('stack' as const, 'best' as const, 'bestCombination' as const),
    fc.integer({ min: 0, max: 5 }),
    fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2 }),
  )
  .map(([inner, middle, outer, cut, places]) => ({
    mode: 'stack' as const,
    of: [
      { mode: middle, of: [{ mode: inner, of: places.slice(0, cut) }, ...places.slice(cut, cut + 1)] },
      { mode: outer, of: places.slice(cut + 1) },
    ],
  }))

test('of all that a plan of stacks, choices and combinations leaves open, the cheapest is taken', () => {
  fc.assert(
    fc.property(basketArbitrary, vouchersArbitrary(5), treeArbitrary, (bought, vouchers, tree) => {
      const result = price(nodeOf(tree), vouchers, bought)
      const all = outcomes(tree, start(bought), applying(vouchers, bought))
      expect([result.totalMinor, result.payMinor]).toEqual(least(all))
    }),
    { numRuns: 400 },
  )
})

test('the order of the vouchers’ definitions makes no difference, and the same input gives the same result', () => {
  fc.assert(
    fc.property(basketArbitrary, vouchersArbitrary(5), treeArbitrary, (bought, vouchers, tree) => {
      const result = price(nodeOf(tree), vouchers, bought)
      expect(price(nodeOf(tree), [...vouchers].reverse(), bought)).toEqual(result)
      expect(price(nodeOf(tree), vouchers, bought)).toEqual(result)
    }),
  )
})
