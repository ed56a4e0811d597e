/** Ids that follow from an activity. No two activities give the same, whatever their ids contain. */
import type { ActivityId, LotId, MemberId } from '../foundation/index.ts'

/** The lot that an activity grants, by its position among the grants of the activity to one wallet. */
export const lotIdOf = (activity: ActivityId, position: number): LotId => `${position}/${activity}` as LotId

/** An activity that a decision about one member asks for in another's state. */
export const followUpId = (kind: string, member: MemberId, activity: ActivityId): ActivityId =>
  `${kind}/${member.length}/${member}/${activity}` as ActivityId
