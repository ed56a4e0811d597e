/** The way that a purchase takes: all that happened in steps, without the amounts. */
import type { WalletEarning } from '../../earning/index.ts'
import type { Standing } from '../../tiers/index.ts'
import type { Trace } from '../decide/decision.ts'
import type { GivenLevel } from '../state/challenge-events.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { CapClaim } from '../state/open-earning.ts'

const ofStanding = ({ ladder, tier, validUntil }: Standing): string => `${ladder}/${tier}/${validUntil}`

const ofLevels = (levels: ReadonlyArray<Pick<GivenLevel, 'level' | 'occurrence'>>): string =>
  levels.map(({ level, occurrence }) => `${level}/${occurrence}`).join()

const ofClaims = (claims: ReadonlyArray<CapClaim>): string => claims.map(({ cap, key }) => `${cap}/${key}`).join()

/** What tells an event apart from others of its type, but for amounts. */
const detailOf = (event: MemberEvent): string => {
  switch (event.type) {
    case 'tierChanged':
      return `${event.change} ${event.from} ${ofStanding(event.standing)}`
    case 'tierClaimed':
    case 'ladderJoined':
      return ofStanding(event.standing)
    case 'qualifyingCounted':
      return `${event.standing.ladder}/${event.metric}`
    case 'challengeProgressed':
      return `${event.challenge} ${ofLevels(event.reached)} ${ofLevels(event.lost)}`
    case 'streakProgressed':
      return `${event.streak} ${ofLevels(event.reached)} ${ofLevels(event.lost)}`
    case 'earningRecorded':
      return `${event.earning.action} ${ofClaims(event.earning.claims)}`
    case 'rewardChanged':
      return `${event.change} ${event.reward.redemption.reward}`
    default:
      return 'wallet' in event ? String(event.wallet) : ''
  }
}

/** What each cap that refuses all or nothing did; of one that cuts, if it is asked for, what room there was. */
const ofCaps = ({ capSteps }: WalletEarning, heedsRooms: boolean): string =>
  capSteps
    .map(({ cap, onExceed, desired, granted, room }) => {
      const fits = desired === granted
      if (onExceed === 'reject') return `${cap}:${fits}`
      return heedsRooms && !fits ? `${cap}:${room}` : ''
    })
    .join()

/**
 * The way that a purchase takes. Each step of it depends on amounts by whether something that grows with what is spent, or
 * shrinks, is enough: two amounts with one way have it in common with all between them.
 *
 * @param events - what followed, until the goal is looked at
 * @param trace - of the decision; empty where no cap has to be looked at
 * @param heedsRooms - whether it makes a difference what room a cap has that cuts: several purchases share it
 */
export const pathOf = (events: ReadonlyArray<MemberEvent>, trace: Trace, heedsRooms: boolean): string =>
  [
    ...events.map((event) => `${event.type}@${event.at} ${detailOf(event)}`),
    ...trace.map((step) => (step.step === 'earning' ? ofCaps(step.earning, heedsRooms) : '')),
  ].join('\n')
