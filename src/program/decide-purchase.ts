/** A member buys. */
import * as E from 'fp-ts/Either'
import {
  type CompiledEarning,
  type CountedLine,
  earn,
  linesTotal,
  unmatchedRules,
  type WalletEarning,
} from '../earning/index.ts'
import { addDuration, outOfRange, type Points } from '../foundation/index.ts'
import { assessTier, countQualifying } from '../tiers/index.ts'
import type { Purchase } from './activity.ts'
import { emitAssessment } from './advance.ts'
import { decideReferral } from './decide-referral.ts'
import { lotIdOf } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import { enterGrant } from './draft-wallet.ts'
import { lineCurrencyFaults } from './line-currency.ts'
import type { OpenPurchase } from './member-state.ts'
import type { Rejection, RejectionReason } from './rejection.ts'

const lineFaults = ({ lines }: Purchase, draft: Draft): ReadonlyArray<RejectionReason> => {
  const seen = new Set<string>()
  return lines.flatMap(({ id, amount }, index): ReadonlyArray<RejectionReason> => {
    const faults: Array<RejectionReason> = []
    if (seen.has(id)) {
      const expected = 'a line id that comes only once'
      faults.push({ _tag: 'RepeatedLine', path: ['lines', index, 'id'], expected, line: id })
    }
    seen.add(id)
    faults.push(...lineCurrencyFaults(draft, amount, index))
    if (!Number.isSafeInteger(amount.minor) || amount.minor < 0) {
      faults.push(outOfRange(['lines', index, 'amount'], amount.minor, 'an amount of 0 or more'))
    }
    return faults
  })
}

/** The lines as they are counted, or all that is wrong with them. */
const countedLines = (draft: Draft, activity: Purchase): E.Either<Rejection, ReadonlyArray<CountedLine>> => {
  const faults = lineFaults(activity, draft)
  if (faults.length > 0) return E.left(faults)
  const lines = activity.lines.map(({ id, amount, categories }) => ({
    id,
    minor: amount.minor,
    categories: categories ?? [],
  }))
  const total = linesTotal(lines)
  return Number.isSafeInteger(total)
    ? E.right(lines)
    : E.left([outOfRange(['lines'], total, 'lines whose sum is at most 9007199254740991 minor units')])
}

const traceEarning = (
  draft: Draft,
  compiled: CompiledEarning,
  earned: ReadonlyArray<WalletEarning>,
  lines: ReadonlyArray<CountedLine>,
  at: Purchase['at'],
): void => {
  if (!draft.tracing) return
  const { program, zone } = draft.program
  for (const earning of earned) {
    const unmatched = unmatchedRules(compiled, earning, lines, zone, at)
    draft.steps.push({ step: 'earning', version: program.version, rounding: compiled.rounding, earning, unmatched })
  }
}

/** Puts what was earned into the wallets. */
const enterGrants = (draft: Draft, purchase: OpenPurchase): E.Either<Rejection, void> => {
  for (const { wallet: id, lot, points } of purchase.grants) {
    const entered = enterGrant(draft, id, { lot, points, at: purchase.at, source: purchase.id })
    if (E.isLeft(entered)) return entered
  }
  return E.right(undefined)
}

/**
 * Counts the points of a purchase towards the tiers of every ladder of their wallet, negative where they are taken back:
 * the ladders that the program had when they were granted, so that a newer one loses nothing that it never counted.
 */
export const countTowardsTiers = (
  draft: Draft,
  wallet: string,
  points: number,
  { version, at: earnedAt }: Pick<OpenPurchase, 'version' | 'at'>,
  at: Purchase['at'],
): void => {
  if (points === 0) return
  const { program, zone, versions } = draft.program
  for (const { id, wallet: counted } of versions.get(version)?.ladders ?? []) {
    const ladder = program.ladders.find((there) => there.id === id)
    const before = draft.state.standings.find((standing) => standing.ladder === id)
    if (ladder === undefined || before === undefined || counted !== wallet) continue
    const standing = countQualifying(ladder, zone, before, earnedAt, points)
    if (standing !== before) emit(draft, { type: 'qualifyingCounted', at, points, standing })
  }
}

/** Raises the member at once on every ladder where the points suffice. */
const raiseTiers = (draft: Draft, at: Purchase['at']): void => {
  for (const ladder of draft.program.program.ladders) {
    const standing = draft.state.standings.find((there) => there.ladder === ladder.id)
    if (standing !== undefined) emitAssessment(draft, assessTier(ladder, draft.program.zone, standing, at), at)
  }
}

const openPurchase = (
  draft: Draft,
  { id, at }: Purchase,
  lines: ReadonlyArray<CountedLine>,
  earned: ReadonlyArray<WalletEarning>,
): OpenPurchase => {
  const { program, zone } = draft.program
  return {
    id,
    at,
    version: program.version,
    returnableUntil: addDuration(zone, at, program.returnWindow),
    lines,
    grants: earned
      .filter(({ points }) => points > 0)
      .map(({ wallet, points }) => ({ wallet, lot: lotIdOf(id, 0), points, lapsed: 0 as Points })),
    rewards: [],
  }
}

export const decidePurchase = (draft: Draft, activity: Purchase): E.Either<Rejection, void> => {
  const { program, zone, versions } = draft.program
  const lines = countedLines(draft, activity)
  if (E.isLeft(lines)) return lines
  const compiled = versions.get(program.version)?.earning
  if (compiled === undefined) return E.right(undefined)
  const earned = earn(compiled, lines.right, zone, activity.at)
  if (E.isLeft(earned)) return E.left([earned.left])
  traceEarning(draft, compiled, earned.right, lines.right, activity.at)
  const purchase = openPurchase(draft, activity, lines.right, earned.right)
  emit(draft, { type: 'purchaseRecorded', at: activity.at, purchase })
  const entered = enterGrants(draft, purchase)
  if (E.isLeft(entered)) return entered
  for (const { wallet, points } of purchase.grants) {
    countTowardsTiers(draft, wallet, points, purchase, activity.at)
  }
  raiseTiers(draft, activity.at)
  return decideReferral(draft, activity, linesTotal(lines.right))
}
