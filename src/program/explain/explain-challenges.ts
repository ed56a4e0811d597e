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
import type { Words } from './words.ts'

const countedPhrase = (words: Words, { challenge, activity, amount, counted, next }: ChallengeStep): Phrase =>
  phrase(amount < 0 ? 'challenge.undone' : 'challenge.counted', {
    challenge: text(challenge),
    activity: words.id(activity),
    amount: words.challengeValue(challenge, Math.abs(amount)),
    counted: words.challengeValue(challenge, counted),
    of: next === null ? nothing : phrase('challenge.of', { target: words.challengeValue(challenge, next) }),
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
export const challengeStepPhrase = (words: Words, step: ChallengeTraceStep): Phrase => {
  switch (step.step) {
    case 'challenge':
      return countedPhrase(words, step)
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
