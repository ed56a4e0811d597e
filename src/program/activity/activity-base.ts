/** What every activity has. */
import { ActivityId, type Codec, Instant, literalCodec, MemberId } from '../../foundation/index.ts'

/** What every activity has. */
export interface ActivityBase<Type extends string> {
  readonly type: Type
  /** One id for one thing that happened: sent again, it changes nothing. */
  readonly id: ActivityId
  readonly member: MemberId
  readonly at: Instant
}

export const activityBase = <Type extends string>(
  type: Type,
): {
  readonly type: Codec<Type, Type>
  readonly id: typeof ActivityId
  readonly member: typeof MemberId
  readonly at: typeof Instant
} => ({ type: literalCodec(type), id: ActivityId, member: MemberId, at: Instant })
