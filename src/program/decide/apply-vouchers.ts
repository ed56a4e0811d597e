/** Vouchers that are entered with a purchase: what they take off its lines before anything is earned, and what they pay. */
import * as E from 'fp-ts/Either'
import {
  countedLines,
  emptyEarningContext,
  orderFacts,
  orderVocabulary,
  type PurchaseLine,
} from '../../earning/index.ts'
import { addDuration, type CurrencyMismatch, invalidValue, multiplyDivide } from '../../foundation/index.ts'
import {
  type AppliedVoucher,
  allocateDiscount,
  type Basket,
  type CompiledVoucherPlan,
  type PricedBasket,
  priceBasket,
  type VoucherContext,
  type VoucherId,
} from '../../rewards/index.ts'
import type { Purchase } from '../activity/activity.ts'
import type { EnteredVoucher } from '../activity/voucher-activity.ts'
import type { CompiledVouchers, ProgramVoucher } from '../definition/program-voucher.ts'
import type { MemberVoucher, VoucherUse } from '../state/member-vouchers.ts'
import { voucherUses } from '../state/shared-usage.ts'
import { type Draft, emit } from './draft.ts'
import { memberFactsAt } from './earning-context.ts'
import { countedNow, isLimitReached, withoutInstant } from './member-limits.ts'
import type { Rejection, RejectionReason } from './rejection.ts'

/** A voucher that is entered: what the program says of it, and the one that the member has. */
interface Entered {
  readonly program: ProgramVoucher
  readonly grant: MemberVoucher | null
  /** Whether there is none to use, or it was used as often as may be. */
  readonly isUsedUp: boolean
}

const usedAt = (draft: Draft, voucher: VoucherId): VoucherUse['at'][] => [
  ...(draft.state.vouchers.counts.find((one) => one.voucher === voucher)?.at ?? []),
]

/** The one that the code names, or that ends first. */
const grantOf = (draft: Draft, { voucher, code }: EnteredVoucher): MemberVoucher | null => {
  let first: MemberVoucher | null = null
  for (const one of draft.state.vouchers.held) {
    if (one.voucher !== voucher || (code !== undefined && one.code !== code)) continue
    if (first === null || (one.validUntil ?? Infinity) < (first.validUntil ?? Infinity)) first = one
  }
  return first
}

const isTotalReached = (draft: Draft, { voucher, total }: ProgramVoucher): E.Either<Rejection, boolean> => {
  if (total === null) return E.right(false)
  if (draft.shared !== undefined) return E.right(voucherUses(draft.shared, voucher.id) >= total)
  const expected = 'how often all members have used it, as an option of the decision'
  return E.left([{ _tag: 'MissingSharedUsage', path: ['shared'], expected, of: voucher.id }])
}

const enteredOne = (
  draft: Draft,
  { at }: Purchase,
  entered: EnteredVoucher,
  program: ProgramVoucher,
): E.Either<Rejection, Entered> => {
  const total = isTotalReached(draft, program)
  if (E.isLeft(total)) return total
  const grant = program.use === 'granted' ? grantOf(draft, entered) : null
  const isMissing = program.use === 'granted' && grant === null
  const isReached = isLimitReached(program.limits, draft.program.zone, at, usedAt(draft, entered.voucher))
  return E.right({ program, grant, isUsedUp: isMissing || isReached || total.right })
}

const enteredFaults = (
  entered: ReadonlyArray<EnteredVoucher>,
  known: CompiledVouchers['vouchers'] | undefined,
): Rejection => {
  const seen = new Set<string>()
  return entered.flatMap(({ voucher }, index): Rejection => {
    const again = seen.has(voucher)
    seen.add(voucher)
    const path = ['vouchers', index, 'voucher']
    if (again) return [invalidValue(path, voucher, 'a voucher that is entered once')]
    const expected = `a voucher of the program: ${[...(known?.keys() ?? [])].join(', ')}`
    return known?.has(voucher) === true ? [] : [{ _tag: 'UnknownVoucher', path, expected, voucher }]
  })
}

/** Vouchers count by the item, in the program's currency. */
const lineFaults = (draft: Draft, { lines }: Purchase): Rejection => {
  const { currency } = draft.program.program
  return lines.flatMap(({ amount, quantity = 1 }, index): Rejection => {
    const path = ['lines', index, 'amount']
    if (amount.currency !== currency) {
      const expected = `${currency}, the program's currency, where vouchers are entered`
      const fault: CurrencyMismatch = {
        _tag: 'CurrencyMismatch',
        path,
        expected,
        left: amount.currency,
        right: currency,
      }
      return [fault]
    }
    return amount.minor % quantity === 0
      ? []
      : [invalidValue(path, amount.minor, `an amount that ${quantity} items divide evenly, where vouchers are entered`)]
  })
}

const enteredOf = (draft: Draft, activity: Purchase): E.Either<Rejection, ReadonlyArray<Entered>> => {
  const known = draft.program.vouchers?.vouchers
  const faults: RejectionReason[] = [...enteredFaults(activity.vouchers ?? [], known), ...lineFaults(draft, activity)]
  const all: Array<Entered> = []
  for (const one of activity.vouchers ?? []) {
    const program = known?.get(one.voucher)
    if (program === undefined) continue
    const entered = enteredOne(draft, activity, one, program)
    if (E.isLeft(entered)) faults.push(...entered.left)
    else all.push(entered.right)
  }
  return faults.length > 0 ? E.left(faults) : E.right(all)
}

const isGoods = ({ kind = 'goods' }: PurchaseLine): boolean => kind === 'goods'
const isShipping = ({ kind }: PurchaseLine): boolean => kind === 'shipping'

/** Gift cards that are sold are no goods: no voucher takes anything off them. */
const basketOf = (draft: Draft, { lines }: Purchase): Basket => ({
  currency: draft.program.program.currency,
  lines: lines.filter(isGoods).map(({ id, amount, quantity = 1, sku = null, categories = [] }) => ({
    id,
    unitMinor: amount.minor / quantity,
    quantity,
    sku,
    categories,
  })),
  shippingMinor: lines.filter(isShipping).reduce((sum, { amount }) => sum + amount.minor, 0),
})

const contextOf = (draft: Draft, activity: Purchase, entered: ReadonlyArray<Entered>): VoucherContext => {
  const { at, attributes = {}, lines, payments } = activity
  const { program, zone } = draft.program
  const vocabulary = orderVocabulary(program.currency)
  const names = vocabulary.fields.map(({ name }) => name)
  const order = {
    action: 'purchase',
    at,
    lines: countedLines(program.earning.basis ?? {}, lines, payments),
    attributes,
  }
  const facts = { ...emptyEarningContext, facts: memberFactsAt(draft, names, at) }
  return {
    at,
    member: draft.state.member,
    facts: orderFacts(order, zone, facts, vocabulary),
    submitted: entered.map((one) => one.program.voucher.id),
    usedUp: entered.flatMap(({ isUsedUp, program: { voucher } }) => (isUsedUp ? [voucher.id] : [])),
  }
}

/** The plan with what is left on gift credit. */
const withCredit = (plan: CompiledVoucherPlan, entered: ReadonlyArray<Entered>): CompiledVoucherPlan => {
  const vouchers = new Map(plan.vouchers)
  for (const { program, grant } of entered) {
    const ready = vouchers.get(program.voucher.id)
    const credit = grant?.credit ?? null
    if (ready === undefined || credit === null) continue
    const voucher = { ...ready.voucher, benefit: { type: 'giftCredit', balanceMinor: credit.leftMinor } as const }
    vouchers.set(voucher.id, { ...ready, voucher })
  }
  return { plan: plan.plan, vouchers }
}

const reduced = (line: PurchaseLine, minor: number): PurchaseLine => {
  if (minor === 0) return line
  const { amount, discount, tax } = line
  const { currency } = amount
  const left = amount.minor - minor
  // What is contained in the amount falls with it.
  const share = tax === undefined ? undefined : multiplyDivide(tax.minor, left, amount.minor, 'halfUp')
  return {
    ...line,
    amount: { minor: left, currency },
    discount: { minor: (discount?.minor ?? 0) + minor, currency },
    ...(share !== undefined && E.isRight(share) ? { tax: { minor: share.right, currency } } : {}),
  }
}

/** The purchase with what vouchers took off its lines, and what they paid. */
const pricedPurchase = (activity: Purchase, basket: Basket, priced: PricedBasket): Purchase => {
  const taken = new Map<string, number>(priced.lines.map(({ id, discountMinor }) => [id, discountMinor]))
  const shipping = activity.lines.filter(isShipping)
  const shares = allocateDiscount(
    basket.shippingMinor - priced.shippingMinor,
    shipping.map(({ amount }) => amount.minor),
  )
  for (const [index, { id }] of shipping.entries()) taken.set(id, E.isRight(shares) ? (shares.right[index] ?? 0) : 0)
  const credit = { type: 'giftCard', amount: { minor: priced.creditMinor, currency: basket.currency } } as const
  return {
    ...activity,
    lines: activity.lines.map((line) => reduced(line, taken.get(line.id) ?? 0)),
    ...(priced.creditMinor > 0 ? { payments: [...(activity.payments ?? []), credit] } : {}),
  }
}

const useOne = (draft: Draft, { id: purchase, at }: Purchase, entered: Entered, applied: AppliedVoucher): void => {
  const { program: compiled, state } = draft
  const { program, grant } = entered
  const { voucher, minor, gifts } = applied
  const keptUntil = addDuration(compiled.zone, at, compiled.program.returnWindow)
  const counted = countedNow(program.limits, compiled.zone, at, [
    ...(state.vouchers.counts.find((one) => one.voucher === voucher)?.at ?? []),
    at,
  ])
  const use = { purchase, voucher, at, grant, minor, keptUntil }
  emit(draft, { type: 'voucherUseChanged', at, change: 'used', use, count: { voucher, at: counted }, gifts })
  draft.sharedClaims.push({ type: 'voucher', voucher, uses: 1 })
}

/**
 * The purchase as it is after the vouchers that are entered (S55, S56): lines reduced, gift credit as a payment. Those that
 * apply are used; of the others the trace says why they do not.
 */
export const applyVouchers = (draft: Draft, activity: Purchase): E.Either<Rejection, Purchase> => {
  if (activity.vouchers === undefined || activity.vouchers.length === 0) return E.right(activity)
  const entered = enteredOf(draft, activity)
  if (E.isLeft(entered)) return entered
  const { vouchers } = draft.program
  if (vouchers === null) return E.right(activity)
  const basket = basketOf(draft, activity)
  const context = contextOf(draft, activity, entered.right)
  const priced = priceBasket(withCredit(vouchers.plan, entered.right), basket, context)
  if (E.isLeft(priced)) return priced
  if (draft.tracing) draft.steps.push({ step: 'vouchers', priced: priced.right, currency: basket.currency })
  const byId = new Map(entered.right.map((one) => [one.program.voucher.id, one]))
  for (const applied of priced.right.applied) {
    const one = byId.get(applied.voucher)
    if (one !== undefined) useOne(draft, activity, one, applied)
  }
  return E.right(pricedPurchase(activity, basket, priced.right))
}

/** What was used with a purchase of which nothing is left can be used again. */
export const restoreVouchers = (draft: Draft, purchase: Purchase['id'], at: Purchase['at']): void => {
  for (const use of draft.state.vouchers.uses.filter((one) => one.purchase === purchase)) {
    const { voucher } = use
    const limits = draft.program.vouchers?.vouchers.get(voucher)?.limits ?? []
    const left = countedNow(limits, draft.program.zone, at, withoutInstant(usedAt(draft, voucher), use.at))
    emit(draft, { type: 'voucherUseChanged', at, change: 'restored', use, count: { voucher, at: left }, gifts: [] })
    draft.sharedClaims.push({ type: 'voucher', voucher, uses: -1 })
    if (draft.tracing) draft.steps.push({ step: 'voucherRestored', voucher, purchase })
  }
}
