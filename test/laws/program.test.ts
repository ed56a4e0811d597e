// The laws of a whole program, over generated programs and histories.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Award } from '../../src/earning/index.ts'
import { type Instant, type LineId, type RuleId, unwrap } from '../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  type CompiledProgram,
  decodeProgram,
  type MemberEvent,
  type MemberState,
  newMember,
  type Return,
} from '../../src/program/index.ts'
import {
  activitiesOf,
  anna,
  compiledOf,
  compiledProgram,
  play,
  programJson,
  programWithHistory,
  purchaseLines,
  purchaseOf,
} from '../arbitraries/program.ts'
import { restored } from '../arbitraries/wide-program.ts'
import { buys, eur, joins, shop } from '../program/shop.ts'
import { expectSound, historyLaws } from './history-laws.ts'
import { expectTraceRecomputes } from './recompute-trace.ts'
import { unreached } from './unreached.ts'

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

historyLaws(programWithHistory, (wallet) => {
  expectSound(wallet)
  expect(wallet.debt === 0 || wallet.active === 0).toBe(true)
})

describe('law 2: the state is the fold of its events', () => {
  test('going on from a stored state, with time passed in any steps between, gives the same', () => {
    fc.assert(
      fc.property(
        programWithHistory,
        fc.array(fc.nat({ max: 100 }), { maxLength: 10 }),
        ({ program, activities }, pauses) => {
          const end = Math.max(...activities.map(({ at }) => at + 1)) as Instant
          const whole = play(program, activities).state
          let state = newMember(anna)
          activities.forEach((activity, index) => {
            const days = pauses[index % Math.max(1, pauses.length)] ?? 0
            const towards = Math.min(activity.at - 1, (state.asOf ?? activity.at) + days * 86_400_000) as Instant
            state = restored(advance(program, state, towards).state)
            state = play(program, [activity], state).state
          })
          // An activity that is rejected lets no time pass, so both are looked at from one later instant.
          expect(advance(program, state, end).state).toEqual(advance(program, whole, end).state)
        },
      ),
    )
  })
})

/** A complete return in parts: every line in as many pieces as there are shares, in any order. */
const returnsOf = (
  purchase: ReturnType<typeof purchaseOf>,
  shares: ReadonlyArray<number>,
  order: ReadonlyArray<number>,
  gapMs: number,
): ReadonlyArray<Return> => {
  const pieces = purchase.lines.flatMap(({ id, amount }) => {
    const cuts = [...new Set(shares.map((share) => Math.floor(share * amount.minor)))]
      .filter((cut) => cut > 0 && cut < amount.minor)
      .sort((a, b) => a - b)
    const bounds = [0, ...cuts]
    return [
      ...cuts.map((cut, index) => ({ line: id, minor: cut - (bounds[index] ?? 0) })),
      { line: id, minor: undefined },
    ].map((piece, index) => ({ ...piece, last: index === cuts.length }))
  })
  // The last piece of a line is all that is left of it, so it has to stay the last one of its line.
  const rank = new Map(pieces.map((piece, index) => [piece, order[index % Math.max(1, order.length)] ?? 0]))
  const lastRank = new Map<LineId, number>()
  for (const piece of pieces) lastRank.set(piece.line, Math.max(lastRank.get(piece.line) ?? 0, rank.get(piece) ?? 0))
  const sorted = [...pieces].sort((a, b) => {
    const of = (piece: (typeof pieces)[number]) =>
      piece.last ? (lastRank.get(piece.line) ?? 0) + 0.5 : (rank.get(piece) ?? 0)
    return of(a) - of(b)
  })
  return sorted.map(({ line, minor }, index) => ({
    type: 'return',
    id: `return ${index}` as Return['id'],
    member: anna,
    at: (purchase.at + (index + 1) * gapMs) as Instant,
    purchase: purchase.id,
    lines: [
      minor === undefined
        ? { line }
        : { line, amount: { minor, currency: purchase.lines[0]?.amount.currency ?? ('EUR' as never) } },
    ],
  }))
}

describe('law 4: a purchase and its complete return leave a member as before', () => {
  const net = (state: MemberState): ReadonlyArray<readonly [string, number]> =>
    state.wallets
      .map(({ id, active, pending, debt }) => [id, active + pending - debt] as const)
      .filter(([, points]) => points !== 0)

  const scenario = fc.record({
    lines: purchaseLines,
    shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
    order: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 20 }),
  })

  test('in any split and any order of lines', () => {
    fc.assert(
      fc.property(programWithHistory, scenario, ({ program, activities }, { lines, shares, order }) => {
        const before = play(program, activities).state
        const at = ((before.asOf ?? 0) + 1) as Instant
        const purchase = purchaseOf(program.program.currency, 'bought and returned', at, lines)
        const returns = returnsOf(purchase, shares, order, 1)
        const bought = play(program, [purchase], before)
        expect(bought.taken.length).toBe(1)
        const after = play(program, returns, bought.state)
        expect(after.taken.length).toBe(returns.length)
        const end = (at + 1_000) as Instant
        const without = advance(program, before, end).state
        const withBoth = advance(program, after.state, end).state
        expect(net(withBoth)).toEqual(net(without))
        expect(withBoth.referral).toEqual(without.referral)
        expect(withBoth.earnings.find(({ id }) => id === purchase.id)?.lines).toEqual([])
        expect(withBoth.orders).toBe(without.orders)
        expect(withBoth.progress).toEqual(without.progress)
        const counted = (state: MemberState) =>
          state.standings.map(({ ladder, periodFrom, counts }) => ({ ladder, periodFrom, counts }))
        const started = new Map(withBoth.standings.map(({ ladder, periodFrom }) => [ladder, periodFrom]))
        expect(counted(withBoth)).toEqual(
          // Where the purchase began a new qualification period, it is counted from zero.
          counted(without).map((standing) =>
            started.get(standing.ladder) === standing.periodFrom
              ? standing
              : { ...standing, periodFrom: started.get(standing.ladder), counts: [] },
          ),
        )
      }),
    )
  })

  test('also when the points have died meanwhile: what is gone is not taken a second time', () => {
    fc.assert(
      fc.property(compiledProgram, scenario, fc.nat({ max: 100 }), (program, { lines, shares, order }, hours) => {
        const [enrolment] = activitiesOf(program, { start: 1_700_000_000_000 as Instant, referred: false, steps: [] })
        if (enrolment === undefined) return
        const joined = play(program, [enrolment]).state
        const purchase = purchaseOf(program.program.currency, 'bought', 1_700_000_000_000, lines)
        const returns = returnsOf(purchase, shares, order, hours * 3_600_000)
        const { state } = play(program, [purchase, ...returns], joined)
        for (const wallet of state.wallets) expect(wallet.debt).toBe(0)
        const open = state.earnings.find(({ id }) => id === purchase.id)
        if (open !== undefined && open.lines.length === 0) expect(net(state)).toEqual([])
      }),
    )
  })
})

describe('law 5: a claw-back never takes more than was granted, and by the version that granted it', () => {
  const takenBack = (state: MemberState): number => sum(state.wallets.map(({ reversed }) => reversed))

  test('whatever the rules have become since', () => {
    fc.assert(
      fc.property(
        programJson,
        fc.constantFrom('0', '7', '250'),
        purchaseLines,
        fc.array(fc.nat({ max: 3 }), { maxLength: 6 }),
        (json, points, lines, lineIndexes) => {
          const first = unwrap(decodeProgram(json))
          const rules = first.earning.rules.map((rule) => ({ ...rule, award: { ...rule.award, points } as Award }))
          const second = { ...first, version: 2, earning: { ...first.earning, rules } }
          const [enrolment] = activitiesOf(compiledOf(first), {
            start: 1_700_000_000_000 as Instant,
            referred: false,
            steps: [],
          })
          if (enrolment === undefined) return
          const purchase = purchaseOf(first.currency, 'bought', 1_700_000_000_000, lines)
          const bought = play(compiledOf(first), [enrolment, purchase]).state
          const granted = sum(bought.wallets.map(({ accrued }) => accrued))
          const returns = lineIndexes.map(
            (line, index): Return => ({
              type: 'return',
              id: `return ${index}` as Return['id'],
              member: anna,
              at: purchase.at,
              purchase: purchase.id,
              lines: [{ line: `line ${line % lines.length}` as LineId }],
            }),
          )
          const byFirst = play(compiledOf(first), returns, bought).state
          const bySecond = play(compiledOf(second, [first]), returns, bought).state
          expect(takenBack(bySecond)).toBeLessThanOrEqual(granted)
          expect(bySecond).toEqual(byFirst)
        },
      ),
    )
  })
})

describe('law 6: a trace recomputes', () => {
  test('from the raw points of every rule to the points in the ledger', () => {
    fc.assert(
      fc.property(programWithHistory, ({ program, activities }) => {
        for (const one of play(program, activities).taken) expectTraceRecomputes(program, one)
      }),
    )
  })

  test('from the facts: rates, cases, and two or three multipliers of each stacking', () => {
    const award = (points: string) => ({ mode: 'linear', points, per: eur('1.00'), on: 'order' })
    const times = (factor: string, of?: ReadonlyArray<string>) => ({ mode: 'multiplier', factor, ...(of && { of }) })
    const factor = fc.constantFrom('0', '0.5', '1', '1.25', '2', '3')
    const stacking = fc.constantFrom('product', 'sumOfBonuses', 'best')
    const amount = fc.integer({ min: 1, max: 20_000 })
    fc.assert(
      fc.property(stacking, factor, factor, factor, amount, (multipliers, a, b, c, minor) => {
        const cases = [{ when: { field: 'amount', atLeast: '50.00' }, award: award('1.5') }]
        const rules = [
          { id: 'base', wallet: 'points', cases, award: award('0.75') },
          { id: 'step', wallet: 'points', award: { ...award('7'), mode: 'step', per: eur('10.00') } },
          { id: 'a', wallet: 'points', award: times(a) },
          { id: 'b', wallet: 'points', award: times(b) },
          { id: 'c', wallet: 'points', award: times(c, ['step']) },
        ]
        const program = shop({ earning: { rounding: { mode: 'floor', on: 'order' }, multipliers, rules } })
        const activities = [
          joins('2026-01-01T00:00:00Z'),
          buys('o', '2026-01-01T00:00:00Z', `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`),
        ]
        for (const one of play(program, activities).taken) expectTraceRecomputes(program, one)
      }),
    )
  })
})

describe('law 7: rules do not disturb each other', () => {
  const never = (program: CompiledProgram): CompiledProgram => {
    const { earning, wallets } = program.program
    const [wallet] = wallets
    const [rule] = earning.rules
    if (wallet === undefined || rule === undefined) return program
    const idle = { ...rule, id: 'idle' as RuleId, wallet: wallet.id, when: { any: [] } }
    return compiledOf({ ...program.program, earning: { ...earning, rules: [idle, ...earning.rules] } })
  }

  test('a rule that never matches changes nothing', () => {
    fc.assert(
      fc.property(programWithHistory, ({ program, activities }) => {
        const events = (by: CompiledProgram) => play(by, activities).taken.map(({ decision }) => decision.events)
        expect(events(never(program))).toEqual(events(program))
      }),
    )
  })

  test('spending more never earns less under rules that only ask for more', () => {
    fc.assert(
      fc.property(
        compiledProgram,
        purchaseLines,
        fc.array(fc.nat({ max: 10_000 }), { minLength: 4, maxLength: 4 }),
        (program, lines, extra) => {
          const monotone = compiledOf({
            ...program.program,
            earning: {
              // Rounded on each line, a step shared out in other fractions can lose a point.
              rounding: { ...program.program.earning.rounding, on: 'order' },
              rules: program.program.earning.rules.filter(({ lines: of }) => of === undefined || !('hasNone' in of)),
            },
          })
          const [enrolment] = activitiesOf(monotone, {
            start: 1_700_000_000_000 as Instant,
            referred: false,
            steps: [],
          })
          if (enrolment === undefined) return
          const earned = (given: typeof lines): number => {
            const purchase = purchaseOf(program.program.currency, 'bought', 1_700_000_000_000, given)
            return sum(play(monotone, [enrolment, purchase]).state.wallets.map(({ accrued }) => accrued))
          }
          const more = lines.map((line, index) => ({ ...line, minor: line.minor + (extra[index] ?? 0) }))
          expect(earned(more)).toBeGreaterThanOrEqual(earned(lines))
        },
      ),
    )
  })
})

describe('law 9: no input throws, hangs or pollutes', () => {
  const hostile = fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
  })

  test('as a program', () => {
    fc.assert(
      fc.property(
        fc.oneof(hostile, fc.dictionary(fc.constantFrom('currency', 'id', '__proto__', 'wallets'), hostile)),
        (input) => {
          expect(decodeProgram(input)._tag).toBe('Left')
          expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
        },
      ),
    )
  })

  test('as a part of a program that was good', () => {
    fc.assert(
      fc.property(programJson, fc.nat(), hostile, (json, which, input) => {
        const keys = Object.keys(json)
        const key = keys[which % keys.length] ?? 'id'
        expect(['Left', 'Right']).toContain(decodeProgram({ ...json, [key]: input })._tag)
      }),
    )
  })

  test('ids with the names of built-in properties are ordinary ids', () => {
    const ids = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', '\ud800')
    fc.assert(
      fc.property(
        compiledProgram,
        fc.uniqueArray(ids, { minLength: 3, maxLength: 3 }),
        purchaseLines,
        (program, given, lines) => {
          const [first, second, third] = given as [string, string, string]
          const { currency } = program.program
          const activities: ReadonlyArray<Activity> = [
            { type: 'enrolment', id: first as Activity['id'], member: anna, at: 0 as Instant },
            purchaseOf(currency, second, 0, lines),
            {
              type: 'return',
              id: third as Activity['id'],
              member: anna,
              at: 0 as Instant,
              purchase: second as Activity['id'],
              lines: [{ line: 'line 0' as LineId }],
            },
          ]
          expect(play(program, activities).taken.length).toBe(3)
        },
      ),
    )
  })
})

const reachedBy = (event: MemberEvent): string => {
  if (event.type === 'tierChanged') return event.change
  return event.type === 'broughtChanged' ? `brought: ${event.change}` : event.type
}

test('generated histories reach returns, claw-backs, debt, expiries, referrals and every change of tier', () => {
  const all = [
    'accrued',
    'activated',
    'redeemed',
    'expired',
    'reversed',
    'debtSettled',
    'upgraded',
    'renewed',
    'downgraded',
  ]
  const others = [
    'earningReduced',
    'qualifyingCounted',
    'referralChanged',
    'rewardGranted',
    'referralInvited',
    'referralRefused',
    'referralRewardDue',
    'referralRewardTaken',
    'brought: opened',
    'brought: approved',
    'brought: denied',
    'brought: reduced',
    'brought: cancelled',
    'brought: rewarded',
    'brought: shared',
    'brought: questioned',
    'brought: upheld',
    'brought: reversed',
  ]
  const reachedIn = ({ program, activities }: typeof programWithHistory extends fc.Arbitrary<infer A> ? A : never) => {
    const { state, taken } = play(program, activities)
    const end = advance(program, state, ((state.asOf ?? 0) + 900 * 86_400_000) as Instant)
    return [...taken.flatMap(({ decision }) => decision.events), ...end.events].map(reachedBy)
  }
  expect(unreached([...all, ...others], programWithHistory, reachedIn, 300)).toEqual([])
})
