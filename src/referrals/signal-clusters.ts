/** Groups of members who share signals, directly or by way of others. */
import { type Codec, MemberId, stringCodec, structCodec } from '../foundation/index.ts'

/** A member shows a signal: a device, a payment instrument, an address. */
export interface MemberSignal {
  readonly member: MemberId
  readonly kind: string
  readonly value: string
}

/** Members who hang together by shared signals. */
export interface SignalCluster {
  /** In the order in which they appear. */
  readonly members: ReadonlyArray<MemberId>
  /** What two or more of them share, and how many. */
  readonly shared: ReadonlyArray<{ readonly kind: string; readonly value: string; readonly members: number }>
}

/** Which shared signals count. */
export interface ClusterOptions {
  /** Signals that more members show say nothing: the network of an office, a shop's tablet. Default: none is too many. */
  readonly most?: number
}

/** The root of an index; on the way each is hung to its grandparent, so that ways stay short. */
const rootOf = (tally: Int32Array, index: number): number => {
  let at = index
  while (tally[at] !== at) {
    const above = tally[tally[at] as number] as number
    tally[at] = above
    at = above
  }
  return at
}

/** The later one hangs to the earlier one. */
const unite = (tally: Int32Array, a: number, b: number): void => {
  const first = rootOf(tally, a)
  const second = rootOf(tally, b)
  tally[Math.max(first, second)] = Math.min(first, second)
}

interface Shown {
  readonly kind: string
  readonly value: string
  readonly members: Set<number>
}

/** Who shows each signal, members numbered as they appear. */
const gather = (
  signals: ReadonlyArray<MemberSignal>,
): { readonly members: ReadonlyArray<MemberId>; readonly shown: ReadonlyArray<Shown> } => {
  const indexes = new Map<MemberId, number>()
  const byKind = new Map<string, Map<string, Shown>>()
  for (const { member, kind, value } of signals) {
    const index = indexes.get(member) ?? indexes.size
    indexes.set(member, index)
    const ofKind = byKind.get(kind) ?? new Map<string, Shown>()
    byKind.set(kind, ofKind)
    const one = ofKind.get(value) ?? { kind, value, members: new Set<number>() }
    ofKind.set(value, one)
    one.members.add(index)
  }
  return { members: [...indexes.keys()], shown: [...byKind.values()].flatMap((ofKind) => [...ofKind.values()]) }
}

/**
 * Clusters of members who share signals, also at several removes: the largest first, then by who appears first. Members who
 * share nothing are in none.
 *
 * @param signals - what members show, in any order
 * @param options - from how many members on a signal says nothing
 *
 * @example
 * ```ts
 * import { type MemberId, signalClusters } from 'treue'
 *
 * const shows = (member: string, kind: string, value: string) => ({ member: member as MemberId, kind, value })
 * const [cluster] = signalClusters([
 *   shows('anna', 'device', 'd1'),
 *   shows('ben', 'device', 'd1'),
 *   shows('ben', 'card', 'c1'),
 *   shows('cleo', 'card', 'c1'),
 *   shows('dora', 'card', 'c2'),
 * ])
 * cluster?.members // => ['anna', 'ben', 'cleo']
 * ```
 */
export const signalClusters = (
  signals: ReadonlyArray<MemberSignal>,
  { most = Number.POSITIVE_INFINITY }: ClusterOptions = {},
): ReadonlyArray<SignalCluster> => {
  const { members, shown } = gather(signals)
  const shared = shown.filter((one) => one.members.size > 1 && one.members.size <= most)
  const above = Int32Array.from(members, (_, index) => index)
  for (const one of shared) {
    const [first = 0, ...others] = one.members
    for (const other of others) unite(above, first, other)
  }
  const clusters = new Map<number, { readonly members: Array<MemberId>; readonly shared: Array<Shown> }>()
  for (const [index, member] of members.entries()) {
    const root = rootOf(above, index)
    const cluster = clusters.get(root) ?? { members: [], shared: [] }
    clusters.set(root, cluster)
    cluster.members.push(member)
  }
  for (const one of shared) {
    const [first = 0] = one.members
    clusters.get(rootOf(above, first))?.shared.push(one)
  }
  return [...clusters.values()]
    .filter((cluster) => cluster.members.length > 1)
    .sort((a, b) => b.members.length - a.members.length)
    .map((cluster) => ({
      members: cluster.members,
      shared: cluster.shared.map(({ kind, value, members: who }) => ({ kind, value, members: who.size })),
    }))
}

/**
 * Reads a {@link MemberSignal}.
 *
 * @example
 * ```ts
 * import { decode, MemberSignal } from 'treue'
 *
 * decode(MemberSignal, { member: 'anna', kind: 'device', value: 'd1' })._tag // => 'Right'
 * ```
 */
export const MemberSignal: Codec<MemberSignal, unknown> = /* @__PURE__ */ structCodec('MemberSignal', {
  member: MemberId,
  kind: stringCodec,
  value: stringCodec,
})
