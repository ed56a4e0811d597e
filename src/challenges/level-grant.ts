/** Levels that were reached and given, and what an undoing or an edit does to them. */
import { type Codec, integerCodec, structCodec } from '../foundation/index.ts'
import { LevelId } from './challenge-id.ts'

/** A level that was given to a member, with the target by which it was. */
export interface LevelGrant {
  readonly level: LevelId
  /** Which of several times: the start of the window in epoch milliseconds, or a count from 0 on. */
  readonly occurrence: number
  /** What it took, by the definition of that time. */
  readonly target: number
}

/** Reads a {@link LevelGrant}. */
export const LevelGrant: Codec<LevelGrant, unknown> = /* @__PURE__ */ structCodec('LevelGrant', {
  level: LevelId,
  occurrence: /* @__PURE__ */ integerCodec(),
  target: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
})

/** What becomes of a level that was given and is no longer reached. */
export type LossPolicy = 'takeBack' | 'keep'

/** Grants after something has changed. */
export interface GrantChange {
  readonly grants: ReadonlyArray<LevelGrant>
  /** Levels to give now, in the order of the definition. */
  readonly gained: ReadonlyArray<LevelGrant>
  /** Levels to take back now. */
  readonly lost: ReadonlyArray<LevelGrant>
}

/** What tells grants apart. */
export const grantKey = ({ level, occurrence }: Pick<LevelGrant, 'level' | 'occurrence'>): string =>
  `${occurrence}:${level}`

export const compareGrants = (a: LevelGrant, b: LevelGrant): number => {
  if (a.occurrence !== b.occurrence) return a.occurrence - b.occurrence
  if (a.level !== b.level) return a.level < b.level ? -1 : 1
  return 0
}

/** What grants are settled against. */
export interface Settlement {
  /** What is reached by the definition of now. */
  readonly reached: ReadonlyArray<LevelGrant>
  /** Whether what is counted still meets a grant's own target. */
  readonly isHeld: (grant: LevelGrant) => boolean
  readonly policy: LossPolicy
  /** Whether occurrences can move: what was kept of one then counts for another. */
  readonly moves: boolean
}

/** How many more times each level can be given, where windows move: what was kept counts for one of them. */
const placesLeft = (
  grants: ReadonlyArray<LevelGrant>,
  reached: ReadonlyArray<LevelGrant>,
): ((grant: LevelGrant) => boolean) => {
  const places = new Map<LevelId, number>()
  for (const { level } of reached) places.set(level, (places.get(level) ?? 0) + 1)
  for (const { level } of grants) places.set(level, (places.get(level) ?? 0) - 1)
  return ({ level }) => {
    const left = places.get(level) ?? 0
    places.set(level, left - 1)
    return left > 0
  }
}

/**
 * Grants settled against what is reached: a level is given once for each occurrence and, where occurrences move, never
 * more often than it is reached. One that is given is held as long as it is reached, or what is counted meets the target by which it was given.
 *
 * @param grants - what was given before
 * @param settlement - what is reached, what is held, and what becomes of the rest
 */
export const settleGrants = (grants: ReadonlyArray<LevelGrant>, settlement: Settlement): GrantChange => {
  const { reached, isHeld, policy, moves } = settlement
  const met = new Set(reached.map(grantKey))
  const lost = policy === 'keep' ? [] : grants.filter((grant) => !met.has(grantKey(grant)) && !isHeld(grant))
  const gone = new Set(lost.map(grantKey))
  const kept = grants.filter((grant) => !gone.has(grantKey(grant)))
  const given = new Set(kept.map(grantKey))
  const fresh = reached.filter((grant) => !given.has(grantKey(grant)))
  const gained = moves ? fresh.filter(placesLeft(kept, reached)) : fresh
  const grantsNow = gained.length === 0 && lost.length === 0 ? grants : [...kept, ...gained].sort(compareGrants)
  return { grants: grantsNow, gained, lost }
}
