/** Levels of challenges that are given and taken back, with what comes of them. */
import type { BadgeAward, BadgeId, ChallengeId, LevelGrant, LevelId } from '../../challenges/index.ts'
import type { ActivityId, Instant } from '../../foundation/index.ts'
import { CHALLENGE_REACHED } from '../definition/challenge-loops.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ChallengeReward } from '../definition/program-challenges.ts'
import type { GivenLevel } from '../state/challenge-events.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import type { BadgeStep } from './challenge-step.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'
import { stampForLevel, takeLevelStampsBack } from './level-stamps.ts'
import { grantForLevel, revokeForLevel } from './voucher-grants.ts'

/** Whether rules want to hear of levels. */
export const rewardsLevels = ({ program }: CompiledProgram): boolean =>
  program.earning.actions?.some(({ name }) => name === CHALLENGE_REACHED) === true

/** What levels are levels of, and what they give. */
export interface LevelsOf {
  readonly id: ChallengeId
  readonly rewards: ReadonlyArray<ChallengeReward>
}

/** What something did to levels. */
export interface LevelChange {
  readonly reached: ReadonlyArray<LevelGrant>
  readonly lost: ReadonlyArray<LevelGrant>
}

/** What happened, and when it came in. */
export interface Source {
  readonly id: ActivityId
  readonly at: Instant
}

const rewardAt = ({ rewards }: LevelsOf, level: LevelId): ChallengeReward | undefined =>
  rewards.find((reward) => reward.level === level)

/** The app's id of what a level gives. */
export const rewardOf = (of: LevelsOf, level: LevelId): string | null => rewardAt(of, level)?.reward ?? null

export const givenLevels = (of: LevelsOf, reached: ReadonlyArray<LevelGrant>): ReadonlyArray<GivenLevel> =>
  reached.map(({ level, occurrence, target }) => ({ level, occurrence, target, reward: rewardOf(of, level) }))

const traceBadge = (draft: Draft, badge: BadgeId, change: BadgeStep['change']): void => {
  if (draft.tracing) draft.steps.push({ step: 'badge', badge, change })
}

/** Awards a badge; the award has the id of the source. */
export const awardBadge = (draft: Draft, badge: BadgeId, { id, at }: Source): void => {
  emit(draft, { type: 'badgeAwarded', at, award: id, badge })
  traceBadge(draft, badge, 'awarded')
}

/** Revokes an award; the revocation has the id of the source. */
export const revokeBadge = (draft: Draft, { id: award, badge }: BadgeAward, { id, at }: Source): void => {
  emit(draft, { type: 'badgeRevoked', at, revocation: id, award })
  traceBadge(draft, badge, 'revoked')
}

/** A badge's time is over. */
export const expireBadge = (draft: Draft, badge: BadgeId, at: Instant): void => {
  emit(draft, { type: 'badgeExpired', at, badge })
  traceBadge(draft, badge, 'expired')
}

/** The ids of what a level gave begin so, whatever reached it. */
const givenId = (
  kind: 'badge' | 'stamps' | 'levelVoucher',
  { id }: LevelsOf,
  { level, occurrence }: LevelGrant,
  source: ActivityId,
): ActivityId => effectId(kind, [id, level, String(occurrence)], source)

const noSource = '' as ActivityId

const revokeBadges = (draft: Draft, of: LevelsOf, lost: LevelGrant, { id, at }: Source): void => {
  const prefix = givenId('badge', of, lost, noSource)
  const { awards, revocations } = draft.state.challenges.badges
  const revoked = new Set<ActivityId>(revocations.map((one) => one.of))
  for (const award of awards) {
    if (!award.id.startsWith(prefix) || revoked.has(award.id)) continue
    revokeBadge(draft, award, { id: effectId('revocation', [award.id], id), at })
  }
}

const giveFor = (draft: Draft, of: LevelsOf, grant: LevelGrant, { id, at }: Source): void => {
  const { badge, stamps, voucher } = rewardAt(of, grant.level) ?? {}
  if (voucher !== undefined) grantForLevel(draft, voucher, givenId('levelVoucher', of, grant, id), at)
  if (badge !== undefined) awardBadge(draft, badge, { id: givenId('badge', of, grant, id), at })
  const card = draft.program.program.stampCards?.find(({ policy }) => policy.id === stamps?.card)
  if (stamps === undefined || card === undefined) return
  stampForLevel(draft, card, stamps.count, { id: givenId('stamps', of, grant, id), at })
}

/** Gives badges, stamps and vouchers for levels that are reached, and takes them back for those that are lost. */
export const followLevels = (draft: Draft, of: LevelsOf, { reached, lost }: LevelChange, source: Source): void => {
  for (const grant of lost) {
    revokeBadges(draft, of, grant, source)
    takeLevelStampsBack(draft, givenId('stamps', of, grant, noSource), source)
    revokeForLevel(draft, givenId('levelVoucher', of, grant, noSource), source.at)
  }
  for (const grant of reached) giveFor(draft, of, grant, source)
}

export const traceLevels = (draft: Draft, of: LevelsOf, { reached, lost }: LevelChange): void => {
  if (!draft.tracing) return
  const note = (grants: ReadonlyArray<LevelGrant>, isReached: boolean): void => {
    for (const { level } of grants) {
      draft.steps.push({ step: 'level', challenge: of.id, level, isReached, reward: rewardOf(of, level) })
    }
  }
  note(lost, false)
  note(reached, true)
}

/** What rules gave for levels that are lost, as far as it can still be undone. */
export const earningsFor = (
  { state }: Draft,
  id: ChallengeId,
  lost: ReadonlyArray<LevelGrant>,
): ReadonlyArray<OpenEarning> =>
  lost.flatMap(({ level, occurrence }) =>
    state.earnings.filter(
      ({ action, attributes, isUndone }) =>
        action === CHALLENGE_REACHED &&
        !isUndone &&
        attributes['challenge'] === id &&
        attributes['level'] === level &&
        attributes['occurrence'] === occurrence,
    ),
  )
