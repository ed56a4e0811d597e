// The price of a basket under vouchers, one after the other, as slowly and plainly as it can be said.
import type { Basket, Voucher } from '../../src/rewards/index.ts'

export interface ModelState {
  readonly owed: ReadonlyArray<number>
  readonly shipping: number
  readonly total: number
  readonly used: ReadonlyArray<Voucher>
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((a, b) => a + b, 0)

/** Unit by unit, each to whoever is furthest behind the exact share. */
const spread = (amount: number, weights: ReadonlyArray<number>): ReadonlyArray<number> => {
  const whole = sum(weights)
  if (whole === 0) return weights.map(() => 0)
  const shares = weights.map((weight) => Number((BigInt(amount) * BigInt(weight)) / BigInt(whole)))
  const rests = weights.map(
    (weight, index) => BigInt(amount) * BigInt(weight) - BigInt(shares[index] ?? 0) * BigInt(whole),
  )
  while (sum(shares) < amount) {
    let most = 0
    for (const [index, rest] of rests.entries()) if (rest > (rests[most] ?? 0n)) most = index
    shares[most] = (shares[most] ?? 0) + 1
    rests[most] = -1n
  }
  return shares
}

const part = (amount: number, basisPoints: number, rounding: string): number => {
  const product = BigInt(amount) * BigInt(basisPoints)
  return Number(rounding === 'floor' ? product / 10_000n : (product + 5_000n) / 10_000n)
}

/** What is taken off each line, and off shipping at the end of the list. */
const off = (
  { benefit }: Voucher,
  basket: Basket,
  state: ModelState,
  mine: ReadonlyArray<boolean>,
): ReadonlyArray<number> => {
  const owed = state.owed.map((minor, index) => (mine[index] === true ? minor : 0))
  const most = (amount: number, limit: number | null) => (limit === null ? amount : Math.min(amount, limit))
  switch (benefit.type) {
    case 'percent': {
      const initial = sum(
        basket.lines.map((line, index) => (mine[index] === true ? line.unitMinor * line.quantity : 0)),
      )
      const full = part(benefit.of === 'initial' ? initial : sum(owed), benefit.basisPoints, benefit.rounding)
      return [...spread(most(Math.min(full, sum(owed)), benefit.maximumMinor), owed), 0]
    }
    case 'fixed':
      return [...spread(Math.min(benefit.minor, sum(owed)), owed), 0]
    case 'shipping':
      return [
        ...owed.map(() => 0),
        most(part(state.shipping, benefit.basisPoints, benefit.rounding), benefit.maximumMinor),
      ]
    case 'giftCredit': {
      const all = [...state.owed, state.shipping]
      return spread(Math.min(benefit.balanceMinor, sum(all)), all)
    }
    case 'product': {
      let left = benefit.quantity
      const lines = basket.lines.map(({ sku, unitMinor, quantity }, index) => {
        let minor = 0
        for (let item = 0; sku === benefit.sku && item < quantity && left > 0; item += 1) {
          minor += unitMinor
          left -= 1
        }
        return Math.min(minor, state.owed[index] ?? 0)
      })
      return [...lines, 0]
    }
    case 'buyXGetY': {
      // Every item by itself.
      const items = basket.lines
        .flatMap((line, index) =>
          mine[index] === true ? Array.from({ length: line.quantity }, () => ({ index, price: line.unitMinor })) : [],
        )
        .sort((a, b) => a.price - b.price || a.index - b.index)
      const sets = Math.min(Math.floor(items.length / (benefit.buy + benefit.get)), benefit.maximumSets ?? items.length)
      const free = items.slice(0, sets * benefit.get)
      const bought = sets === 0 ? [] : items.slice(-sets * benefit.buy)
      const cost = (list: typeof items) =>
        basket.lines.map((_, index) => sum(list.filter((item) => item.index === index).map(({ price }) => price)))
      const reduced = cost(free).map((minor, index) =>
        Math.min(part(minor, benefit.basisPoints, benefit.rounding), state.owed[index] ?? 0),
      )
      if (benefit.shareOver === 'free') return [...reduced, 0]
      const worth = cost([...free, ...bought]).map((minor, index) => Math.min(minor, state.owed[index] ?? 0))
      return [...spread(sum(reduced), worth), 0]
    }
  }
}

export const start = (basket: Basket): ModelState => {
  const owed = basket.lines.map(({ unitMinor, quantity }) => unitMinor * quantity)
  return { owed, shipping: basket.shippingMinor, total: sum(owed) + basket.shippingMinor, used: [] }
}

const isMine = ({ products }: Voucher, { sku, categories }: Basket['lines'][number]): boolean =>
  products === null ||
  (sku !== null && products.skus.includes(sku)) ||
  categories.some((category) => products.categories.includes(category))

const excluded = (voucher: Voucher, others: ReadonlyArray<Voucher>): boolean =>
  others.some(
    (other) =>
      other.groups.some((name) => voucher.exclusiveWith.includes(name)) ||
      voucher.groups.some((name) => other.exclusiveWith.includes(name)),
  )

const costOf = (lines: ReadonlyArray<number>, mine: ReadonlyArray<boolean>): number =>
  sum(lines.filter((_, index) => mine[index] === true))

/** Whether it may be looked at at all. */
const isOpen = (voucher: Voucher, basket: Basket, state: ModelState, mine: ReadonlyArray<boolean>): boolean => {
  const needsLine = voucher.products !== null || !['shipping', 'giftCredit', 'product'].includes(voucher.benefit.type)
  if (needsLine && !mine.includes(true)) return false
  const base = voucher.minimumSpend?.on === 'initial' ? start(basket).owed : state.owed
  return costOf(base, mine) >= (voucher.minimumSpend?.minor ?? 0)
}

const givesGift = ({ benefit }: Voucher, { lines }: Basket): boolean =>
  benefit.type === 'product' &&
  benefit.quantity > sum(lines.filter(({ sku }) => sku === benefit.sku).map(({ quantity }) => quantity))

const isBarred = (voucher: Voucher, { used }: ModelState, orderNumber = 0): boolean =>
  (voucher.when !== null && orderNumber < 10) || used.includes(voucher) || excluded(voucher, used)

/** The basket with one voucher more, or `null` where it does not apply. */
export const modelApply = (
  voucher: Voucher,
  basket: Basket,
  state: ModelState,
  orderNumber: number | undefined,
): ModelState | null => {
  if (isBarred(voucher, state, orderNumber)) return null
  const mine = basket.lines.map((line) => isMine(voucher, line))
  if (!isOpen(voucher, basket, state, mine)) return null
  const taken = off(voucher, basket, state, mine)
  if (sum(taken) === 0 && !givesGift(voucher, basket)) return null
  const owed = state.owed.map((minor, index) => minor - (taken[index] ?? 0))
  const { minimumSpend } = voucher
  if (minimumSpend?.on === 'afterDiscount' && costOf(owed, mine) < minimumSpend.minor) return null
  return {
    owed,
    shipping: state.shipping - (taken[taken.length - 1] ?? 0),
    total: voucher.benefit.type === 'giftCredit' ? state.total : state.total - sum(taken),
    used: [...state.used, voucher],
  }
}

export const toPay = ({ owed, shipping }: ModelState): number => sum(owed) + shipping

/** The cheapest of all orders of all subsets: total first, then what is left to pay. */
export const cheapest = (
  vouchers: ReadonlyArray<Voucher>,
  basket: Basket,
  orderNumber: number | undefined,
): readonly [number, number] => {
  const seen: Array<readonly [number, number]> = []
  const go = (state: ModelState, left: ReadonlyArray<Voucher>): void => {
    seen.push([state.total, toPay(state)])
    for (const voucher of left) {
      const next = modelApply(voucher, basket, state, orderNumber)
      if (next !== null)
        go(
          next,
          left.filter((other) => other !== voucher),
        )
    }
  }
  go(start(basket), vouchers)
  return seen.sort((a, b) => a[0] - b[0] || a[1] - b[1])[0] ?? [0, 0]
}
