// The interval around an estimated share of customers who are still there.

/** How the interval around a share is made: on the scale of log(−log), of log, or of the share itself. */
export type SurvivalInterval = 'logLog' | 'log' | 'plain'

/** Both ends. */
export interface IntervalEnds {
  readonly low: number
  readonly high: number
}

const clipped = (share: number): number => Math.min(1, Math.max(0, share))

/**
 * The ends around a share, by the standard error of its logarithm. Where the share is 0 it cannot have risen, so that the
 * upper end is the one before.
 */
export const intervalOf = (
  type: SurvivalInterval,
  share: number,
  logError: number,
  z: number,
  highBefore: number,
): IntervalEnds => {
  if (share === 0) return { low: 0, high: highBefore }
  if (share === 1) return { low: 1, high: 1 }
  switch (type) {
    case 'plain':
      return { low: clipped(share * (1 - z * logError)), high: clipped(share * (1 + z * logError)) }
    case 'log':
      return { low: clipped(share * Math.exp(-z * logError)), high: clipped(share * Math.exp(z * logError)) }
    case 'logLog': {
      const hazard = -Math.log(share)
      const factor = Math.exp((z * logError) / hazard)
      return { low: Math.exp(-hazard * factor), high: Math.exp(-hazard / factor) }
    }
  }
}
