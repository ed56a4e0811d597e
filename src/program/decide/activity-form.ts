/** Whether what is decided has the form of an activity: whoever forgets to decode is told so. */
import { Payment } from '../../earning/index.ts'
import { arrayCodec, Instant } from '../../foundation/index.ts'
import { Activity } from '../activity/activity.ts'
import { PurchaseReferral } from '../activity/referral-activity.ts'
import { enteredVoucher } from '../activity/voucher-activity.ts'
import type { RejectionReason } from './rejection.ts'

/** What may have been handed in for an activity. */
type Unread<Names extends string> = { readonly [Name in Names]?: unknown }

const isTable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isMoney = (value: unknown): boolean => {
  if (!isTable(value)) return false
  const { minor, currency }: Unread<'minor' | 'currency'> = value
  return typeof minor === 'number' && typeof currency === 'string'
}

const isText = (value: unknown): boolean => typeof value === 'string'

/** By index: a list is looked at for every line of every purchase. */
const areAll = (values: ReadonlyArray<unknown>, is: (value: unknown) => boolean): boolean => {
  for (let index = 0; index < values.length; index += 1) if (!is(values[index])) return false
  return true
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && areAll(value, isText)

const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value)

const isMoneyOrNone = (value: unknown): boolean => value === undefined || isMoney(value)

type Details = Unread<'quantity' | 'sku' | 'brand' | 'kind' | 'discount' | 'tax'>

const areDetails = ({ quantity, sku, brand, kind, discount, tax }: Details): boolean =>
  (quantity === undefined || typeof quantity === 'number') &&
  isTextOrNone(sku) &&
  isTextOrNone(brand) &&
  isTextOrNone(kind) &&
  isMoneyOrNone(discount) &&
  isMoneyOrNone(tax)

const isLine = (value: unknown): boolean => {
  if (!isTable(value)) return false
  const { id, amount, categories }: Unread<'id' | 'amount' | 'categories'> = value
  const isOne = typeof id === 'string' && isMoney(amount) && (categories === undefined || isTexts(categories))
  return isOne && areDetails(value)
}

const isLines = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && areAll(value, isLine)

const payments = /* @__PURE__ */ arrayCodec(Payment)
const vouchers = /* @__PURE__ */ arrayCodec(enteredVoucher)

type Rest = Unread<'occurredAt' | 'payments' | 'vouchers' | 'referral'>

/** What most purchases do not have. */
const isRest = (purchase: object): boolean => {
  const { occurredAt, payments: paid, vouchers: entered, referral }: Rest = purchase
  return (
    (occurredAt === undefined || Instant.is(occurredAt)) &&
    (paid === undefined || payments.is(paid)) &&
    (entered === undefined || vouchers.is(entered)) &&
    (referral === undefined || PurchaseReferral.is(referral))
  )
}

const invalid = (path: RejectionReason['path'], expected: string): RejectionReason => ({
  _tag: 'InvalidActivity',
  path,
  expected,
})

type Head = Unread<'type' | 'id' | 'member' | 'at' | 'attributes' | 'lines'>

const purchaseFault = (purchase: Head): RejectionReason | undefined => {
  const { id, member, at, attributes, lines } = purchase
  if (typeof id !== 'string') return invalid(['id'], 'an id')
  if (typeof member !== 'string') return invalid(['member'], 'an id of a member')
  if (!Instant.is(at)) return invalid(['at'], 'an instant, as decoding gives it')
  if (!isLines(lines)) return invalid(['lines'], 'one line or more, as decoding gives them')
  if (attributes !== undefined && !isTable(attributes)) return invalid(['attributes'], 'values by name')
  return isRest(purchase) ? undefined : invalid([], 'a purchase, as decoding gives it')
}

/**
 * What keeps something from being an activity. Purchases, which most activities are, are looked at by hand: what only their
 * amounts make wrong is for the decision to say.
 */
export const activityFault = (activity: unknown): RejectionReason | undefined => {
  if (!isTable(activity)) return invalid([], 'an activity')
  const head: Head = activity
  if (head.type === 'purchase') return purchaseFault(head)
  return Activity.is(activity) ? undefined : invalid([], 'an activity, as decoding gives it')
}
