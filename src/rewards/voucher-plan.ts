/** How vouchers stack: evaluation groups, as data. */
import * as E from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  lazyCodec,
  literalCodec,
  nullableCodec,
  type Path,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'
import { type CompiledCondition, compileCondition, type Vocabulary } from '../rules/index.ts'
import { VoucherId } from './reward-ids.ts'
import type { Voucher } from './voucher.ts'

/**
 * How the parts of a group come together: `stack`: one after the other, each on what the ones before left;
 * `listOrder`: only the first that applies; `best` and `worst`: the one with which the whole basket, all later vouchers
 * included, costs least or most; `bestCombination`: of all subsets in all orders the one with which it costs least.
 */
export type VoucherGroupMode = 'stack' | 'listOrder' | 'best' | 'worst' | 'bestCombination'

/** Vouchers, or groups of them, that are evaluated together. */
export interface VoucherGroup {
  readonly mode: VoucherGroupMode
  readonly of: ReadonlyArray<VoucherNode>
}

/** One voucher of a group. */
export interface VoucherLeaf {
  readonly mode: 'voucher'
  readonly voucher: VoucherId
}

/** A part of a plan. */
export type VoucherNode = VoucherLeaf | VoucherGroup

/** How all vouchers of a shop stack. */
export interface VoucherPlan {
  readonly root: VoucherNode
  /** The most that all discounts on the lines can take off what they cost at first, in hundredths of a percent. */
  readonly maximumBasisPoints: number | null
}

const group = <M extends VoucherGroupMode>(
  mode: M,
): Codec<{ readonly mode: M; readonly of: ReadonlyArray<VoucherNode> }, unknown> =>
  structCodec('VoucherGroup', {
    mode: literalCodec(mode),
    of: arrayCodec(VoucherNode, { maxLength: 1000 }),
  })

/** Reads a {@link VoucherNode}. */
export const VoucherNode: Codec<VoucherNode, unknown> = /* @__PURE__ */ lazyCodec<VoucherNode, unknown>(
  'VoucherNode',
  () =>
    unionCodec('VoucherNode', 'mode', {
      voucher: structCodec('VoucherLeaf', { mode: literalCodec('voucher'), voucher: VoucherId }),
      stack: group('stack'),
      listOrder: group('listOrder'),
      best: group('best'),
      worst: group('worst'),
      bestCombination: group('bestCombination'),
    }),
)

/**
 * Reads a {@link VoucherPlan}.
 *
 * @example
 * ```ts
 * import { decode, VoucherPlan } from 'treue'
 *
 * const voucher = (id: string) => ({ mode: 'voucher', voucher: id })
 * const root = { mode: 'stack', of: [{ mode: 'best', of: [voucher('ten'), voucher('sale')] }, voucher('free-shipping')] }
 * decode(VoucherPlan, { root, maximumBasisPoints: 5000 })._tag // => 'Right'
 * ```
 */
export const VoucherPlan: Codec<VoucherPlan, unknown> = /* @__PURE__ */ structCodec('VoucherPlan', {
  root: VoucherNode,
  maximumBasisPoints: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ integerCodec({ min: 1, max: 10_000 })),
})

/** A voucher with its condition made ready. */
export interface ReadyVoucher {
  readonly voucher: Voucher
  readonly condition: CompiledCondition | null
  readonly members: ReadonlySet<string> | null
  readonly skus: ReadonlySet<string>
  readonly categories: ReadonlySet<string>
}

/** A plan with its vouchers, ready to price baskets; it holds functions, so it is no data to store. */
export interface CompiledVoucherPlan {
  readonly plan: VoucherPlan
  readonly vouchers: ReadonlyMap<VoucherId, ReadyVoucher>
}

const ready = (vocabulary: Vocabulary, voucher: Voucher): ReadyVoucher => ({
  voucher,
  condition: voucher.when === null ? null : compileCondition(vocabulary, voucher.when),
  members: voucher.members === null ? null : new Set(voucher.members),
  skus: new Set(voucher.products?.skus),
  categories: new Set(voucher.products?.categories),
})

/** What is wrong with the names of a plan: a voucher that is not there, or that stands in it twice. */
const nodeFaults = (
  node: VoucherNode,
  path: Path,
  known: ReadonlyMap<VoucherId, ReadyVoucher>,
  seen: ReadonlySet<VoucherId> & { readonly add: (id: VoucherId) => unknown },
): ReadonlyArray<InvalidValue> => {
  if (node.mode !== 'voucher') {
    return node.of.flatMap((part, index) => nodeFaults(part, [...path, 'of', index], known, seen))
  }
  const { voucher } = node
  const again = seen.has(voucher)
  seen.add(voucher)
  return [
    ...(known.has(voucher) ? [] : [invalidValue([...path, 'voucher'], voucher, 'the id of a voucher')]),
    ...(again ? [invalidValue([...path, 'voucher'], voucher, 'a voucher that stands once in the plan')] : []),
  ]
}

const repeated = (vouchers: ReadonlyArray<Voucher>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<VoucherId>()
  return vouchers.flatMap(({ id }, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [invalidValue(['vouchers', index, 'id'], id, 'an id that no other voucher has')] : []
  })
}

/**
 * Makes a plan and its vouchers ready. `InvalidValue`: an id given to two vouchers, a voucher of the plan that is not
 * there or stands in it twice.
 *
 * @param vocabulary - the fields that conditions of vouchers may read
 * @param plan - how vouchers stack
 * @param vouchers - the vouchers
 *
 * @example
 * ```ts
 * import { compileVoucherPlan, type VoucherId } from 'treue'
 *
 * const plan = { root: { mode: 'voucher', voucher: 'ten' as VoucherId }, maximumBasisPoints: null } as const
 * const compiled = compileVoucherPlan({ fields: [] }, plan, [])
 * compiled._tag === 'Left' && compiled.left[0]?.path // => ['plan', 'root', 'voucher']
 * ```
 */
export const compileVoucherPlan = (
  vocabulary: Vocabulary,
  plan: VoucherPlan,
  vouchers: ReadonlyArray<Voucher>,
): E.Either<ReadonlyArray<InvalidValue>, CompiledVoucherPlan> => {
  const known = new Map(vouchers.map((voucher) => [voucher.id, ready(vocabulary, voucher)]))
  const faults = [...repeated(vouchers), ...nodeFaults(plan.root, ['plan', 'root'], known, new Set())]
  return faults.length > 0 ? E.left(faults) : E.right({ plan, vouchers: known })
}
