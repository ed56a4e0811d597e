/** What members earn by coming onto a higher tier or by reaching a level of a challenge, and what that leads to. */
import * as E from 'fp-ts/Either'
import { type ActivityId, formatInstant, type Instant } from '../../foundation/index.ts'
import { CHALLENGE_REACHED } from '../definition/challenge-loops.ts'
import type { ReachedLevel } from '../state/member-challenges.ts'
import type { ReachedTier } from '../state/member-state.ts'
import { TIER_UPGRADED } from './assess.ts'
import { decideEarning, type Happening } from './decide-earning.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit, savepoint } from './draft.ts'
import type { EffectName, Rejection } from './rejection.ts'
import { assessTiers } from './tier-counting.ts'

/** One effect may lead to the next: so far, and no further. */
const DEEPEST = 32

/** A tier or a level that was reached, and the effects that led to it, the first one first. */
interface Effect {
  readonly name: EffectName
  readonly attributes: Happening['attributes']
  /** What tells it apart from others of its kind. */
  readonly parts: ReadonlyArray<string>
  readonly ledBy: ReadonlyArray<EffectName>
}

const tierEffect = ({ ladder, tier }: ReachedTier, ledBy: Effect['ledBy']): Effect => ({
  name: { action: TIER_UPGRADED, of: ladder, level: tier },
  attributes: { ladder, tier },
  parts: [ladder, tier],
  ledBy,
})

const levelEffect = ({ challenge, level, occurrence }: ReachedLevel, ledBy: Effect['ledBy']): Effect => ({
  name: { action: CHALLENGE_REACHED, of: challenge, level },
  attributes: { challenge, level, occurrence },
  parts: [challenge, level, String(occurrence)],
  ledBy,
})

const isAnythingReached = ({ state: { upgrades, challenges } }: Draft): boolean =>
  upgrades.length > 0 || challenges.reached.length > 0

/** The tiers and levels that no rule has seen yet; from now on they have been seen. */
const takeEffects = (draft: Draft, at: Instant, ledBy: Effect['ledBy']): ReadonlyArray<Effect> => {
  const { upgrades, challenges } = draft.state
  const { reached } = challenges
  if (upgrades.length > 0) emit(draft, { type: 'upgradesRewarded', at })
  if (reached.length > 0) emit(draft, { type: 'levelsRewarded', at })
  return [...upgrades.map((tier) => tierEffect(tier, ledBy)), ...reached.map((level) => levelEffect(level, ledBy))]
}

const endless = (chain: ReadonlyArray<EffectName>): Rejection => [
  {
    _tag: 'EndlessEffects',
    path: [],
    expected: `at most ${DEEPEST} rewards that lead to one another`,
    chain,
  },
]

/** The ids of what effects earn: a tier that was lost and reached again since the last activity comes more than once. */
const idsOf = (draft: Draft, source: ActivityId): ((effect: Effect) => ActivityId) => {
  const used = new Set<ActivityId>(draft.state.earnings.map(({ id }) => id))
  return ({ name, parts }) => {
    let id = effectId(name.action, parts, source)
    for (let times = 1; used.has(id); times += 1) id = effectId(name.action, [...parts, String(times)], source)
    used.add(id)
    return id
  }
}

const earnBy = (
  draft: Draft,
  { name, attributes }: Effect,
  id: ActivityId,
  at: Instant,
): E.Either<Rejection, unknown> =>
  decideEarning(draft, { id, action: name.action, at, countedAt: at, lines: [], attributes })

/**
 * Lets the rules for upgrades and for levels earn, for each that none has seen yet. Coming onto the first tier is none, so a
 * program that is launched pays nobody for it; nor is being on a tier when a rule for it is new (S68). A reward may lead to
 * the next, to a bounded depth.
 */
export const rewardEffects = (draft: Draft, source: ActivityId, at: Instant): E.Either<Rejection, void> => {
  if (!isAnythingReached(draft)) return E.right(undefined)
  const idOf = idsOf(draft, source)
  let effects = takeEffects(draft, at, [])
  while (effects.length > 0) {
    const next: Array<Effect> = []
    for (const effect of effects) {
      const chain = [...effect.ledBy, effect.name]
      if (chain.length > DEEPEST) return E.left(endless(chain))
      const earned = earnBy(draft, effect, idOf(effect), at)
      if (E.isLeft(earned)) return earned
      assessTiers(draft, at)
      next.push(...takeEffects(draft, at, chain))
    }
    effects = next
  }
  return E.right(undefined)
}

/**
 * Lets time pass in an instant and then rewards what time alone brought in it. Time cannot be refused: what cannot be
 * rewarded waits for the member's next activity, as does what comes after it meanwhile.
 */
export const rewardingTime = (draft: Draft, at: Instant, pass: (draft: Draft, at: Instant) => void): void => {
  const isWaiting = isAnythingReached(draft)
  pass(draft, at)
  if (isWaiting || !isAnythingReached(draft)) return
  const undo = savepoint(draft)
  if (E.isLeft(rewardEffects(draft, formatInstant(at) as ActivityId, at))) undo()
}
