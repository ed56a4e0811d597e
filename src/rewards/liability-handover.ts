/** Whom the shop owes once points are spent: the liability for them becomes a debt to a partner or a charity. */
import * as E from 'fp-ts/Either'
import {
  type CurrencyMismatch,
  compareMoney,
  type InvalidValue,
  invalidValue,
  type Money,
} from '../foundation/index.ts'
import type { BeneficiaryId } from './reward-ids.ts'

/** The accounts that a hand-over moves. */
export type HandoverAccount = 'pointsLiability' | 'moneyReceived' | 'payable' | 'rewardCost' | 'redemptionRevenue'

/** One side of an entry in the books; amounts are above 0. */
export interface HandoverPosting {
  readonly account: HandoverAccount
  readonly side: 'debit' | 'credit'
  readonly amount: Money
  /** Who is owed; only on `payable`. */
  readonly beneficiary: BeneficiaryId | null
}

const posting = (
  account: HandoverAccount,
  side: HandoverPosting['side'],
  minor: number,
  { currency }: Money,
  beneficiary: BeneficiaryId | null = null,
): ReadonlyArray<HandoverPosting> => (minor === 0 ? [] : [{ account, side, amount: { minor, currency }, beneficiary }])

/**
 * The entries by which the liability for spent points goes to whoever is owed for them. Debits and credits are equal: what
 * the beneficiary is owed beyond the liability is a cost, what the liability is beyond that is revenue. A donation owes
 * what the points were booked at, so that nothing of it is revenue (S62).
 *
 * `CurrencyMismatch`: the two amounts are of different currencies. `InvalidValue`: an amount is below 0 or not exact.
 *
 * @param booked - the liability for the points
 * @param owed - what the beneficiary is owed
 * @param beneficiary - the partner or charity
 *
 * @example
 * ```ts
 * import { type BeneficiaryId, handOverLiability, money, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * unwrap(handOverLiability(eur('10.00'), eur('9.00'), 'cinema' as BeneficiaryId)).map(({ account, side }) => [account, side])
 * // => [['pointsLiability', 'debit'], ['payable', 'credit'], ['redemptionRevenue', 'credit']]
 * ```
 */
export const handOverLiability = (
  booked: Money,
  owed: Money,
  beneficiary: BeneficiaryId,
): E.Either<CurrencyMismatch | InvalidValue, ReadonlyArray<HandoverPosting>> => {
  const compared = compareMoney(booked, owed)
  if (E.isLeft(compared)) return compared
  const sound = (minor: number): boolean => Number.isSafeInteger(minor) && minor >= 0
  if (!sound(booked.minor)) return E.left(invalidValue(['booked', 'minor'], booked.minor, 'an amount of 0 or more'))
  if (!sound(owed.minor)) return E.left(invalidValue(['owed', 'minor'], owed.minor, 'an amount of 0 or more'))
  return E.right([
    ...posting('pointsLiability', 'debit', booked.minor, booked),
    ...posting('rewardCost', 'debit', Math.max(0, owed.minor - booked.minor), booked),
    ...posting('payable', 'credit', owed.minor, booked, beneficiary),
    ...posting('redemptionRevenue', 'credit', Math.max(0, booked.minor - owed.minor), booked),
  ])
}

/**
 * The entries that undo a hand-over, for a redemption that is cancelled.
 *
 * @param postings - the entries of the hand-over
 *
 * @example
 * ```ts
 * import { type BeneficiaryId, handOverLiability, money, reverseHandover, unwrap } from 'treue'
 *
 * const ten = unwrap(money('10.00', 'EUR'))
 * const postings = unwrap(handOverLiability(ten, ten, 'cinema' as BeneficiaryId))
 * reverseHandover(postings).map(({ account, side }) => [account, side])
 * // => [['pointsLiability', 'credit'], ['payable', 'debit']]
 * ```
 */
export const reverseHandover = (postings: ReadonlyArray<HandoverPosting>): ReadonlyArray<HandoverPosting> =>
  postings.map((one) => ({ ...one, side: one.side === 'debit' ? 'credit' : 'debit' }))
