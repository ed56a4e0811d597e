/** An assessment of a tier as a phrase. */
import type { LadderId } from '../../foundation/index.ts'
import type { AssessmentCause, Threshold } from '../../tiers/index.ts'
import type { AssessmentStep } from '../decide/decision.ts'
import { count, list, nothing, type Phrase, phrase, text } from './phrase.ts'
import type { Words } from './words.ts'

type Counts = AssessmentStep['counts']

/** What was there of what was asked for. */
const thresholdPhrase = (words: Words, ladder: LadderId, threshold: Threshold, counts: Counts): Phrase => {
  if (threshold.type === 'count') {
    const found = counts.find(({ metric }) => metric === threshold.metric)?.count ?? 0
    const { metric, atLeast } = threshold
    return phrase('threshold.count', {
      count: words.metricValue(ladder, metric, found),
      metric: text(metric),
      atLeast: words.metricValue(ladder, metric, atLeast),
    })
  }
  const parts = threshold.of.map((part) => thresholdPhrase(words, ladder, part, counts))
  return threshold.type === 'some'
    ? phrase('threshold.some', { number: count(threshold.number), parts: list('comma', parts) })
    : phrase('threshold.parts', { parts: list(threshold.type === 'all' ? 'and' : 'or', parts) })
}

const askedPhrase = (words: Words, step: AssessmentStep): Phrase => {
  const { ladder, change, cause, from, threshold: asked, counts } = step
  if (asked === null) return nothing
  const threshold = thresholdPhrase(words, ladder, asked, counts)
  return change === 'upgraded' || cause === 'reach'
    ? phrase('tier.reach', { threshold })
    : phrase('tier.keep', { threshold, tier: text(from) })
}

const changePhrase = ({ change, from, to }: AssessmentStep): Phrase =>
  change === 'upgraded' || change === 'downgraded'
    ? phrase(`tier.${change}`, { from: text(from), to: text(to) })
    : phrase(`tier.${change}`, { to: text(to) })

/** Why, where the counts do not say it. */
const becausePhrase = (cause: AssessmentCause): Phrase =>
  cause === 'reach' || cause === 'keep' ? nothing : phrase(`cause.${cause}`, {})

/** An assessment that changed a standing, as a sentence. */
export const assessmentPhrase = (words: Words, step: AssessmentStep): Phrase =>
  phrase('assessment', {
    ladder: text(step.ladder),
    at: words.date(step.at),
    change: changePhrase(step),
    until: step.validUntil === null ? nothing : phrase('tier.validUntil', { day: words.lastDay(step.validUntil) }),
    asked: askedPhrase(words, step),
    because: becausePhrase(step.cause),
  })
