/** Who brought whom, as a column: what every measure of the graph is counted from. */
import * as E from 'fp-ts/Either'
import { type Codec, type Fault, MemberId, structCodec } from '../foundation/index.ts'

/** A referral between two members. */
export interface ReferralEdge {
  readonly referrer: MemberId
  readonly referee: MemberId
}

/** Members and who brought each. */
export interface ReferralColumns {
  /** The id of each member index. */
  readonly members: ReadonlyArray<MemberId>
  /** Of each member the index of the referrer; −1 for who came alone. */
  readonly referrer: Int32Array
}

/** A referee has two referrers; only one is ever paid. */
export interface RefereeReferredTwice extends Fault<'RefereeReferredTwice'> {
  readonly referee: MemberId
  readonly referrers: readonly [MemberId, MemberId]
}

/**
 * Referrals as columns. Members are numbered as they appear; the same referral twice is one.
 *
 * `RefereeReferredTwice`: a referee has two different referrers. All are reported.
 *
 * @param edges - the referrals, in any order
 *
 * @example
 * ```ts
 * import { encodeReferrals, type MemberId, unwrap } from 'treue'
 *
 * const edge = (referrer: string, referee: string) => ({ referrer: referrer as MemberId, referee: referee as MemberId })
 * const { members, referrer } = unwrap(encodeReferrals([edge('anna', 'ben'), edge('ben', 'cleo')]))
 * members // => ['anna', 'ben', 'cleo']
 * Array.from(referrer) // => [-1, 0, 1]
 * ```
 */
export const encodeReferrals = (
  edges: ReadonlyArray<ReferralEdge>,
): E.Either<ReadonlyArray<RefereeReferredTwice>, ReferralColumns> => {
  const indexes = new Map<MemberId, number>()
  const members: Array<MemberId> = []
  const indexOf = (member: MemberId): number => {
    const known = indexes.get(member)
    if (known !== undefined) return known
    indexes.set(member, members.length)
    return members.push(member) - 1
  }
  const referrers: Array<number> = []
  const faults: Array<RefereeReferredTwice> = []
  for (const [index, { referrer, referee }] of edges.entries()) {
    const from = indexOf(referrer)
    const to = indexOf(referee)
    const known = referrers[to] ?? -1
    if (known >= 0 && known !== from) {
      const expected = 'a referee with one referrer'
      const both = [members[known] as MemberId, referrer] as const
      faults.push({ _tag: 'RefereeReferredTwice', path: [index, 'referrer'], expected, referee, referrers: both })
    } else referrers[to] = from
  }
  if (faults.length > 0) return E.left(faults)
  return E.right({ members, referrer: Int32Array.from(members, (_, index) => referrers[index] ?? -1) })
}

/**
 * Reads a {@link ReferralEdge}.
 *
 * @example
 * ```ts
 * import { decode, ReferralEdge } from 'treue'
 *
 * decode(ReferralEdge, { referrer: 'anna', referee: 'ben' })._tag // => 'Right'
 * ```
 */
export const ReferralEdge: Codec<ReferralEdge, unknown> = /* @__PURE__ */ structCodec('ReferralEdge', {
  referrer: MemberId,
  referee: MemberId,
})
