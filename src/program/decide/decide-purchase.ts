/** A member buys. */
import * as E from 'fp-ts/Either'
import { type CountedLine, countedLines, linesTotal } from '../../earning/index.ts'
import { outOfRange } from '../../foundation/index.ts'
import type { Purchase } from '../activity/activity.ts'
import { applyVouchers } from './apply-vouchers.ts'
import { countedInstant } from './counted-instant.ts'
import { attributeFaultsOf, decideEarning } from './decide-earning.ts'
import { decideReferral } from './decide-referral.ts'
import type { Draft } from './draft.ts'
import { keepAlive } from './draft-wallet.ts'
import { exchangePurchase, exchangeRatesFor, type Rates } from './exchange-purchase.ts'
import { giveStamps } from './give-stamps.ts'
import type { Rejection, RejectionReason } from './rejection.ts'
import { assessTiers } from './tier-counting.ts'

type Lines = Purchase['lines']

/** Among so few, comparing all with each other is quicker than a set. */
const FEW = 8

const hasRepetition = (lines: Lines): boolean => {
  if (lines.length > FEW) return new Set(lines.map(({ id }) => id)).size < lines.length
  for (let index = 1; index < lines.length; index += 1) {
    for (let before = 0; before < index; before += 1) if (lines[before]?.id === lines[index]?.id) return true
  }
  return false
}

const isAmount = ({ amount: { minor } }: Lines[number]): boolean => Number.isSafeInteger(minor) && minor >= 0

const lineFaults = ({ lines }: Purchase): ReadonlyArray<RejectionReason> => {
  if (!hasRepetition(lines) && lines.every(isAmount)) return []
  const seen = new Set<string>()
  const faults: Array<RejectionReason> = []
  for (const [index, line] of lines.entries()) {
    if (seen.has(line.id)) {
      const expected = 'a line id that comes only once'
      faults.push({ _tag: 'RepeatedLine', path: ['lines', index, 'id'], expected, line: line.id })
    }
    seen.add(line.id)
    if (!isAmount(line)) {
      faults.push(outOfRange(['lines', index, 'amount'], line.amount.minor, 'an amount of 0 or more'))
    }
  }
  return faults
}

const countedIn = (draft: Draft, activity: Purchase, rates: Rates): E.Either<Rejection, ReadonlyArray<CountedLine>> => {
  const basis = draft.program.program.earning.basis ?? {}
  if (rates.size === 0) return E.right(countedLines(basis, activity.lines, activity.payments))
  const exchanged = exchangePurchase(draft, activity, rates)
  if (E.isLeft(exchanged)) return exchanged
  const { lines, payments, foreign } = exchanged.right
  return E.right(
    countedLines(basis, lines, payments).map((line, index) => {
      const amount = foreign[index]
      return amount === undefined ? line : { ...line, foreign: amount }
    }),
  )
}

/** The lines as they are counted, in the program's currency, or all that is wrong with them. */
const linesOf = (draft: Draft, activity: Purchase): E.Either<Rejection, ReadonlyArray<CountedLine>> => {
  const { attributes = {} } = activity
  const rates = exchangeRatesFor(draft, activity)
  const ofRates = E.isLeft(rates) ? rates.left : []
  const ofLines = lineFaults(activity)
  const ofAttributes = attributeFaultsOf(draft, 'purchase', attributes)
  if (E.isLeft(rates) || ofLines.length + ofAttributes.length > 0) {
    return E.left(ofLines.concat(ofRates, ofAttributes))
  }
  const lines = countedIn(draft, activity, rates.right)
  if (E.isLeft(lines)) return lines
  const total = linesTotal(lines.right)
  return Number.isSafeInteger(total)
    ? lines
    : E.left([outOfRange(['lines'], total, 'lines whose sum is at most 9007199254740991 minor units')])
}

const decidePriced = (draft: Draft, activity: Purchase): E.Either<Rejection, void> => {
  const { id, at, attributes = {} } = activity
  const lines = linesOf(draft, activity)
  if (E.isLeft(lines)) return lines
  const countedAt = countedInstant(draft, activity)
  if (E.isLeft(countedAt)) return countedAt
  const happening = { id, action: 'purchase', at, countedAt: countedAt.right, lines: lines.right, attributes }
  const decided = decideEarning(draft, happening)
  if (E.isLeft(decided)) return decided
  keepAlive(draft, id, at, ({ resetBy }) => resetBy.includes('purchase'))
  const stamped = giveStamps(draft, happening)
  if (E.isLeft(stamped)) return stamped
  assessTiers(draft, at)
  return decideReferral(draft, activity, lines.right)
}

/** Vouchers first: what they take off earns nothing. */
export const decidePurchase = (draft: Draft, entered: Purchase): E.Either<Rejection, void> => {
  const priced = applyVouchers(draft, entered)
  return E.isLeft(priced) ? priced : decidePriced(draft, priced.right)
}
