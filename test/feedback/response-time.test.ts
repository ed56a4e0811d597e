import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ResponseCase, responseTimes } from '../../src/feedback/index.ts'
import { type Instant, unwrap } from '../../src/foundation/index.ts'
import { wilsonInterval } from '../../src/statistics/index.ts'

const minute = (n: number) => (n * 60_000) as Instant
const asOf = minute(100)
const casesArbitrary: fc.Arbitrary<ReadonlyArray<ResponseCase>> = fc.array(
  fc.record({ opened: fc.nat({ max: 100 }), after: fc.option(fc.nat({ max: 120 })) }).map(({ opened, after }) => ({
    openedAt: minute(opened),
    respondedAt: after === null ? null : minute(opened + after),
  })),
  { minLength: 1, maxLength: 30 },
)

/** Who waited how long, in minutes. */
const waitsOf = (cases: ReadonlyArray<ResponseCase>) =>
  cases.map(({ openedAt, respondedAt }) => {
    const responded = respondedAt !== null && respondedAt <= asOf
    return { responded, minutes: ((responded ? respondedAt : asOf) - openedAt) / 60_000 }
  })

/** Kaplan–Meier minute by minute. */
const shareModel = (cases: ReadonlyArray<ResponseCase>, target: number): number => {
  const waits = waitsOf(cases)
  let waiting = 1
  for (let at = 0; at <= target; at += 1) {
    const atRisk = waits.filter(({ minutes }) => minutes >= at).length
    const responses = waits.filter(({ minutes, responded }) => responded && minutes === at).length
    if (atRisk > 0) waiting *= 1 - responses / atRisk
  }
  return 1 - waiting
}

describe('response times', () => {
  test('agree with a model that goes minute by minute', () => {
    fc.assert(
      fc.property(casesArbitrary, fc.nat({ max: 120 }), (cases, targetMinutes) => {
        const times = unwrap(responseTimes(cases, { asOf, targetMinutes }))
        const { share, interval } = times.withinTarget
        expect(share).toBeCloseTo(shareModel(cases, targetMinutes), 10)
        expect(interval.lower).toBeLessThanOrEqual(share + 1e-12)
        expect(interval.upper).toBeGreaterThanOrEqual(share - 1e-12)
        expect(times.onTime + times.late + times.undecided).toBe(cases.length)
        expect(times.responded + times.waiting).toBe(cases.length)
        expect(times.responded).toBe(waitsOf(cases).filter(({ responded }) => responded).length)
        const minutes = Array.from({ length: 121 }, (_, at) => at)
        const median = minutes.find((at) => shareModel(cases, at) >= 0.5 - 1e-9) ?? null
        expect(times.medianMinutes).toBe(median)
        const ninetieth = minutes.find((at) => shareModel(cases, at) >= 0.9 - 1e-9) ?? null
        expect(times.ninetiethPercentileMinutes).toBe(ninetieth)
      }),
    )
  })

  test('with all cases answered, the share is the one counted', () => {
    const all = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(all, fc.nat({ max: 100 }), (minutes, targetMinutes) => {
        const cases = minutes.map((after) => ({ openedAt: minute(0), respondedAt: minute(after) }))
        const { withinTarget, onTime } = unwrap(responseTimes(cases, { asOf, targetMinutes }))
        expect(withinTarget.share).toBeCloseTo(onTime / cases.length, 10)
      }),
    )
  })

  test.each([
    ['all answered in time', 30, 1],
    ['all answered too late', 90, 0],
  ])('%s: the interval is Wilson’s', (_, after, share) => {
    const cases = Array.from({ length: 20 }, () => ({ openedAt: minute(0), respondedAt: minute(after) }))
    const { lower, upper } = unwrap(wilsonInterval(share * 20, 20, 0.95))
    const { withinTarget } = unwrap(responseTimes(cases, { asOf, targetMinutes: 60 }))
    expect(withinTarget).toEqual({ share, method: 'wilson', interval: { lower, upper } })
  })

  test('where no case is decided, nothing is known', () => {
    const cases = [{ openedAt: minute(90), respondedAt: null }]
    const { withinTarget, undecided } = unwrap(responseTimes(cases, { asOf, targetMinutes: 60 }))
    expect(withinTarget).toEqual({ share: 0, method: 'none', interval: { lower: 0, upper: 1 } })
    expect(undecided).toBe(1)
  })

  test('reports all faults', () => {
    const cases = [{ openedAt: minute(200), respondedAt: minute(100) }]
    expect(responseTimes(cases, { asOf, targetMinutes: -1, confidence: 2 })).toMatchObject({
      left: [
        { path: [0, 'openedAt'] },
        { path: [0, 'respondedAt'] },
        { path: ['targetMinutes'] },
        { _tag: 'OutOfRange' },
      ],
    })
    expect(responseTimes([], { asOf, targetMinutes: 1 })).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })
})
