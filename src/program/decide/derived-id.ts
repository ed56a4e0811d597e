/** Ids that follow from an activity. No two activities give the same, whatever their ids contain. */
import { type ActivityId, formatInstant, type Instant, type LotId, type WalletId } from '../../foundation/index.ts'

/** The lot that an activity grants, by its position among the grants of the activity to one wallet. */
export const lotIdOf = (activity: ActivityId, position: number): LotId => `${position}/${activity}` as LotId

/**
 * The lot that points of a lot become in another wallet, by when they did: what was held of them may follow later. It names
 * no lot that was granted in that wallet.
 */
export const movedLotId = (from: WalletId, lot: LotId, at: Instant): LotId =>
  `moved/${from.length}/${from}/${formatInstant(at)}/${lot}` as LotId

/** What follows from an activity, told apart by texts: for the same member, or in the state of another. */
export const effectId = (kind: string, parts: ReadonlyArray<string>, activity: ActivityId): ActivityId =>
  [kind, ...parts.map((part) => `${part.length}/${part}`), activity].join('/') as ActivityId

/** What followed, and from which activity. */
export interface DerivedEffect {
  readonly kind: string
  readonly source: string
}

/** What an id of `effectId` with texts says; `null`: it is another id. */
export const effectOf = (id: string): DerivedEffect | null => {
  const kind = id.slice(0, Math.max(0, id.indexOf('/')))
  let source = id.slice(kind.length + 1)
  if (kind === '') return null
  let parts = 0
  for (let length = /^\d+(?=\/)/.exec(source); length !== null; length = /^\d+(?=\/)/.exec(source)) {
    const end = length[0].length + 1 + Number(length[0])
    if (source[end] !== '/') break
    source = source.slice(end + 1)
    parts += 1
  }
  return parts === 0 || source === '' ? null : { kind, source }
}

/** The lot of a reward for having brought somebody. */
export const rewardLotId = (activity: ActivityId): LotId => `reward/${activity}` as LotId
