/** Stamps that a purchase gives, and those that a return takes back. */
import * as E from 'fp-ts/Either'
import type { CountedLine } from '../../earning/index.ts'
import { type LineId, outOfRange } from '../../foundation/index.ts'
import {
  type ProductSelection,
  returnStamps,
  type StampCardState,
  type StampLine,
  type StampReturn,
  stampPurchase,
} from '../../rewards/index.ts'
import type { Return } from '../activity/activity.ts'
import type { ProgramStampCard } from '../definition/program-stamp-card.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import { changeStampCard, stampCardOf, traceStamps } from './change-stamp-card.ts'
import type { Happening } from './decide-earning.ts'
import type { Draft } from './draft.ts'
import type { Rejection } from './rejection.ts'

/** A purchase fills at most so many cards of a kind: more is a mistake in its items. */
const MOST_CARDS = 1000

const isFor = (products: ProductSelection | null, { sku, categories, counts }: CountedLine): boolean => {
  if (products === null) return counts
  return (sku !== null && products.skus.includes(sku)) || categories.some((one) => products.categories.includes(one))
}

/** A line as a card looks at it: what costs nothing was free. */
const stampLine = ({ id, quantity, minor }: CountedLine): StampLine => ({
  id,
  quantity,
  freeQuantity: minor === 0 ? quantity : 0,
  minor,
})

/** The most stamps that the lines can bring, before the card is looked at. */
const mostStamps = ({ stampsFor, perDay, overflow, slots }: ProgramStampCard['policy'], items: number): number =>
  Math.min(stampsFor === 'item' ? items : 1, perDay ?? items, overflow === 'carry' ? items : slots)

const stampOne = (draft: Draft, card: ProgramStampCard, happening: Happening): E.Either<Rejection, void> => {
  const { id, at, countedAt } = happening
  const { policy } = card
  const lines = happening.lines.filter((line) => isFor(card.products, line)).map(stampLine)
  if (lines.length === 0) return E.right(undefined)
  const items = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (mostStamps(policy, items) > MOST_CARDS * policy.slots) {
    return E.left([outOfRange(['lines'], items, `items that fill at most ${MOST_CARDS} cards of ${policy.id}`)])
  }
  const given = stampPurchase(policy, draft.program.zone, stampCardOf(draft, card), { id, at: countedAt, lines })
  if (E.isLeft(given)) {
    // What comes in too late for the card's return window earns all the same: it only gives no stamps.
    const faults = given.left.filter(({ _tag }) => _tag !== 'StampPurchaseTooLate')
    return faults.length > 0 ? E.left(faults) : E.right(undefined)
  }
  traceStamps(draft, card, given.right)
  changeStampCard(draft, at, 'stamped', given.right.granted, given.right.state)
  return E.right(undefined)
}

/** Stamps every card that the purchase is for (S58). */
export const giveStamps = (draft: Draft, happening: Happening): E.Either<Rejection, void> => {
  for (const card of draft.program.program.stampCards ?? []) {
    const stamped = stampOne(draft, card, happening)
    if (E.isLeft(stamped)) return stamped
  }
  return E.right(undefined)
}

/** How many items of each line come back, of those that the card saw. */
const itemsBack = (
  { purchases }: StampCardState,
  open: OpenEarning,
  rest: ReadonlyArray<CountedLine>,
): StampReturn['lines'] => {
  const seen = new Map<LineId, StampLine>(
    purchases.find(({ id }) => id === open.id)?.lines.map((line) => [line.id, line]) ?? [],
  )
  const left = new Map(rest.map(({ id, quantity }) => [id, quantity]))
  return open.lines.flatMap(({ id, quantity: before }) => {
    const quantity = before - (left.get(id) ?? 0)
    const line = seen.get(id)
    if (line === undefined || quantity === 0) return []
    return [{ id, quantity, freeQuantity: line.freeQuantity > 0 ? quantity : 0 }]
  })
}

const takeOneBack = (
  draft: Draft,
  { id, at, purchase }: Return,
  { policy }: ProgramStampCard,
  before: StampCardState,
  lines: StampReturn['lines'],
): E.Either<Rejection, void> => {
  const back = returnStamps(policy, draft.program.zone, before, { id, at, purchase, lines })
  if (E.isLeft(back)) {
    // Whose return window on the card is over keeps its stamps.
    const faults = back.left.filter(({ _tag }) => _tag !== 'UnknownStampedPurchase')
    return faults.length > 0 ? E.left(faults) : E.right(undefined)
  }
  const { state, taken } = back.right
  if (draft.tracing) {
    const { stamps, debt } = state
    draft.steps.push({ step: 'stampsTaken', card: policy.id, purchase, taken, stamps, debt })
  }
  changeStampCard(draft, at, 'takenBack', taken, state)
  return E.right(undefined)
}

/** Takes the stamps of what comes back, by the terms that gave them, where the card still knows the purchase. */
export const takeStampsBack = (
  draft: Draft,
  activity: Return,
  open: OpenEarning,
  rest: ReadonlyArray<CountedLine>,
): E.Either<Rejection, void> => {
  for (const card of draft.program.versions.get(open.version)?.stampCards ?? []) {
    const before = stampCardOf(draft, card)
    const lines = itemsBack(before, open, rest)
    const taken = lines.length === 0 ? E.right(undefined) : takeOneBack(draft, activity, card, before, lines)
    if (E.isLeft(taken)) return taken
  }
  return E.right(undefined)
}
