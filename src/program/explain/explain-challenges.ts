/** What counted towards challenges, and which levels were given, as phrases. */
import type {
  BadgeStep,
  ChallengeStep,
  ChallengeTraceStep,
  DrawStep,
  LevelStep,
  StreakStep,
} from '../decide/challenge-step.ts'
import { count, nothing, type Phrase, phrase, text } from './phrase.ts'

const countedPhrase = ({ challenge, activity, amount, counted, next }: ChallengeStep): Phrase =>
  phrase(amount < 0 ? 'challenge.undone' : 'challenge.counted', {
    challenge: text(challenge),
    activity: text(activity),
    amount: count(Math.abs(amount)),
    counted: count(counted),
    of: next === null ? nothing : phrase('challenge.of', { target: count(next) }),
  })

const levelPhrase = ({ challenge, level, isReached, reward }: LevelStep): Phrase =>
  phrase(isReached ? 'level.reached' : 'level.lost', {
    challenge: text(challenge),
    level: text(level),
    reward: reward === null ? nothing : phrase('level.reward', { reward: text(reward) }),
  })

const streakPhrase = ({ streak, count: length, next }: StreakStep): Phrase =>
  phrase('streak', {
    streak: text(streak),
    count: count(length),
    of: next === null ? nothing : phrase('challenge.of', { target: count(next) }),
  })

const badgePhrase = ({ badge, change }: BadgeStep): Phrase => phrase(`badge.${change}`, { badge: text(badge) })

const drawPhrase = ({ draw, isEntered }: DrawStep): Phrase =>
  phrase(isEntered ? 'draw.entered' : 'draw.withdrawn', { draw: text(draw) })

/** A step about challenges as a phrase. */
export const challengeStepPhrase = (step: ChallengeTraceStep): Phrase => {
  switch (step.step) {
    case 'challenge':
      return countedPhrase(step)
    case 'level':
      return levelPhrase(step)
    case 'streak':
      return streakPhrase(step)
    case 'badge':
      return badgePhrase(step)
    case 'draw':
      return drawPhrase(step)
  }
}
