/** Stamps that levels of challenges give. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Instant, LineId } from '../../foundation/index.ts'
import { returnStamps, type StampCardPolicy, stampPurchase } from '../../rewards/index.ts'
import type { ProgramStampCard } from '../definition/program-stamp-card.ts'
import { changeStampCard, stampCardOf, traceStamps } from './change-stamp-card.ts'
import type { Draft } from './draft.ts'

const LINE = 'level' as LineId

/** A level gives as many stamps as it says, whatever it takes to be stamped for a purchase. */
const plain = (policy: StampCardPolicy): StampCardPolicy => ({
  ...policy,
  stampsFor: 'item',
  perDay: null,
  minimumSpendMinor: 0,
})

/** Stamps a card for a level; what is stamped so has the id of the source, as a purchase would. */
export const stampForLevel = (
  draft: Draft,
  card: ProgramStampCard,
  count: number,
  { id, at }: { readonly id: ActivityId; readonly at: Instant },
): void => {
  const lines = [{ id: LINE, quantity: count, freeQuantity: 0, minor: 0 }]
  const given = stampPurchase(plain(card.policy), draft.program.zone, stampCardOf(draft, card), { id, at, lines })
  if (E.isLeft(given)) return
  traceStamps(draft, card, given.right)
  changeStampCard(draft, at, 'stamped', given.right.granted, given.right.state)
}

/** Takes stamps of a level back, where the card still knows of them. */
export const takeLevelStampsBack = (
  draft: Draft,
  prefix: string,
  { id, at }: { readonly id: ActivityId; readonly at: Instant },
): void => {
  const { zone } = draft.program
  for (const card of draft.program.program.stampCards ?? []) {
    const before = stampCardOf(draft, card)
    const { id: own } = card.policy
    const stamped = before.purchases.filter((one) => one.id.startsWith(prefix) && one.returns.length === 0)
    for (const { id: purchase, lines: known } of stamped) {
      const lines = known.map(({ id: line, quantity }) => ({ id: line, quantity, freeQuantity: 0 }))
      const back = returnStamps(plain(card.policy), zone, stampCardOf(draft, card), { id, at, purchase, lines })
      if (E.isLeft(back)) continue
      const { state, taken } = back.right
      const { stamps, debt } = state
      if (draft.tracing) draft.steps.push({ step: 'stampsTaken', card: own, purchase, taken, stamps, debt })
      changeStampCard(draft, at, 'takenBack', taken, state)
    }
  }
}
