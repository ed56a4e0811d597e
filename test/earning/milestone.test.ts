import fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import {
  advanceMilestone,
  type MilestoneProgress,
  milestoneOf,
  takeBackMilestone,
  withMilestone,
} from '../../src/earning/index.ts'
import { type RuleId, unwrap } from '../../src/foundation/index.ts'
import { ruleIds } from '../arbitraries/caps.ts'

const rule = 'friends' as RuleId
const start: MilestoneProgress = { rule, counted: 0, paid: 0 }

const advance = (progress: MilestoneProgress, every: number, count: number) =>
  unwrap(advanceMilestone(progress, every, count))

describe('advanceMilestone, takeBackMilestone', () => {
  test('S52 the fifth is paid, undone, and the next fifth is not paid again', () => {
    const fifth = advance({ ...start, counted: 4 }, 5, 1)
    expect(fifth).toEqual({ levels: 1, progress: { rule, counted: 5, paid: 1 } })
    const undone = takeBackMilestone(fifth.progress, 1, 0)
    expect(undone).toEqual({ rule, counted: 4, paid: 1 })
    const again = advance(undone, 5, 1)
    expect(again).toEqual({ levels: 0, progress: { rule, counted: 5, paid: 1 } })
    expect(advance(again.progress, 5, 5).levels).toBe(1)
  })

  test('a level whose points were taken back is paid when it is reached again', () => {
    const undone = takeBackMilestone({ rule, counted: 5, paid: 1 }, 1, 1)
    expect(advance(undone, 5, 1).levels).toBe(1)
  })

  test('several levels at once', () => {
    expect(advance({ ...start, counted: 900 }, 1000, 2150)).toEqual({
      levels: 3,
      progress: { rule, counted: 3050, paid: 3 },
    })
  })

  test('no more goes off than there is', () => {
    expect(takeBackMilestone({ rule, counted: 3, paid: 1 }, 5, 2)).toEqual(start)
  })

  test.each([
    [0, 1, 'every'],
    [-5, 1, 'every'],
    [0.5, 1, 'every'],
    [5, -1, 'count'],
    [5, 0.5, 'count'],
    [5, Number.NaN, 'count'],
    [5, Number.MAX_SAFE_INTEGER, 'count'],
  ])('a level every %d, and %d more: out of range at %3$s', (every, count, place) => {
    const advanced = advanceMilestone({ ...start, counted: 1 }, every, count)
    expect(E.isLeft(advanced) && advanced.left).toMatchObject({ _tag: 'OutOfRange', path: [place] })
  })

  interface Given {
    readonly every: number
    readonly takesLevels: boolean
    readonly steps: ReadonlyArray<{ readonly count: number; readonly returns: boolean; readonly which: number }>
  }

  /** Buys, and returns of some of what an earlier one counted; with or without the levels that it paid. */
  const historyArbitrary: fc.Arbitrary<Given> = fc.record({
    every: fc.integer({ min: 1, max: 12 }),
    takesLevels: fc.boolean(),
    steps: fc.array(fc.record({ count: fc.nat({ max: 20 }), returns: fc.boolean(), which: fc.nat() }), {
      maxLength: 20,
    }),
  })

  interface Buy {
    readonly count: number
    readonly levels: number
  }

  const back = (buy: Buy, count: number, takesLevels: boolean): Buy => {
    const returned = Math.min(count, buy.count)
    return { count: returned, levels: takesLevels && returned === buy.count ? buy.levels : 0 }
  }

  const history = ({ every, takesLevels, steps }: Given) => {
    let progress = start
    const buys: Array<Buy> = []
    const seen: Array<{ readonly progress: MilestoneProgress; readonly most: number; readonly levels: number }> = []
    for (const { count, returns, which } of steps) {
      const place = which % Math.max(1, buys.length)
      const buy = returns ? buys[place] : undefined
      const most = seen.at(-1)?.most ?? 0
      if (buy === undefined) {
        const step = advance(progress, every, count)
        progress = step.progress
        buys.push({ count, levels: step.levels })
        seen.push({ progress, most: Math.max(most, progress.counted), levels: step.levels })
      } else {
        const returned = back(buy, count, takesLevels)
        progress = takeBackMilestone(progress, returned.count, returned.levels)
        buys[place] = { count: buy.count - returned.count, levels: buy.levels - returned.levels }
        seen.push({ progress, most, levels: -returned.levels })
      }
    }
    return { progress, buys, seen }
  }

  test('S52 never are more levels paid than the highest count has', () => {
    fc.assert(
      fc.property(historyArbitrary, (given) => {
        let net = 0
        for (const { progress, most, levels } of history(given).seen) {
          net += levels
          expect(progress.paid).toBe(net)
          expect(progress.paid).toBeLessThanOrEqual(Math.floor(most / given.every))
        }
      }),
    )
  })

  test('S52 without taking back, as many levels are paid as the highest count has', () => {
    fc.assert(
      fc.property(historyArbitrary, (given) => {
        for (const { progress, most } of history({ ...given, takesLevels: false }).seen) {
          expect(progress.paid).toBe(Math.floor(most / given.every))
        }
      }),
    )
  })

  test('a purchase and its complete return, levels and all, leave everything as it was', () => {
    fc.assert(
      fc.property(historyArbitrary, fc.nat({ max: 50 }), (given, count) => {
        const { progress: before } = history(given)
        const { levels, progress } = advance(before, given.every, count)
        expect(takeBackMilestone(progress, count, levels)).toEqual(before)
      }),
    )
  })

  test('when all that was bought is returned, in whatever order, nothing is counted and nothing paid', () => {
    fc.assert(
      fc.property(historyArbitrary, (given) => {
        const { progress, buys } = history(given)
        const left = [...buys]
          .reverse()
          .reduce((now, { count, levels }) => takeBackMilestone(now, count, levels), progress)
        expect(left).toEqual(start)
      }),
    )
  })
})

describe('milestoneOf, withMilestone', () => {
  test('what is put in is found, and the others stay as they are', () => {
    const progressArbitrary = fc.record({
      rule: fc.constantFrom(...ruleIds),
      counted: fc.nat({ max: 2 }),
      paid: fc.nat({ max: 2 }),
    })
    fc.assert(
      fc.property(fc.array(progressArbitrary), (all) => {
        const listed = all.reduce<ReadonlyArray<MilestoneProgress>>(withMilestone, [])
        for (const id of ruleIds) {
          const last = all.filter((one) => one.rule === id).at(-1) ?? { rule: id, counted: 0, paid: 0 }
          expect(milestoneOf(listed, id)).toEqual(last)
        }
        expect(listed.every(({ counted, paid }) => counted > 0 || paid > 0)).toBe(true)
        expect(new Set(listed.map((one) => one.rule)).size).toBe(listed.length)
      }),
    )
  })
})
