// Laws that hold for every program and history, whatever generates them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, type Instant, unwrap } from '../../src/foundation/index.ts'
import { compareBurnOrder, expirySchedule, unaccountedPoints, type Wallet } from '../../src/ledger/index.ts'
import {
  type Activity,
  advance,
  type CompiledProgram,
  decide,
  evolve,
  MemberEvent,
  newMember,
} from '../../src/program/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { anna, play } from '../arbitraries/program.ts'
import { restored } from '../arbitraries/wide-program.ts'

type History = fc.Arbitrary<{ readonly program: CompiledProgram; readonly activities: ReadonlyArray<Activity> }>

const day = 86_400_000
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

/** A wallet's figures are those of its lots and holds, and say where every point is. */
export const expectSound = (wallet: Wallet): void => {
  const held = wallet.holds.flatMap(({ lots }) => lots)
  expect(unaccountedPoints(wallet)).toBe(0)
  expect(sum(wallet.lots.map(({ points }) => points))).toBe(wallet.active + wallet.pending)
  expect(sum(wallet.lots.filter(({ active }) => active).map(({ points }) => points))).toBe(wallet.active)
  expect(sum(held.map(({ points }) => points))).toBe(wallet.held)
  expect(sum(expirySchedule(wallet).map(({ points }) => points))).toBe(wallet.active + wallet.pending + wallet.held)
  expect([...wallet.lots, ...held].every(({ points }) => points > 0)).toBe(true)
  expect([...wallet.lots].sort(compareBurnOrder)).toEqual(wallet.lots)
  expect(new Set(wallet.lots.map(({ id }) => id)).size).toBe(wallet.lots.length)
  expect(wallet.debt === 0).toBe(wallet.debtSince === null)
  for (const figure of Object.values(wallet)) if (typeof figure === 'number') expect(figure).toBeGreaterThanOrEqual(0)
}

/** Laws 1, 2, 3 and 6. */
export const historyLaws = (histories: History, expectWallet: (wallet: Wallet) => void = expectSound): void => {
  test('law 1: points are conserved, after every decision and after time', () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 1_000 }), ({ program, activities }, days) => {
        const { state, taken } = play(program, activities)
        for (const { decision } of taken) decision.state.wallets.forEach(expectWallet)
        advance(program, state, ((state.asOf ?? 0) + days * day) as Instant).state.wallets.forEach(expectWallet)
      }),
    )
  })

  describe('law 2: the state is the fold of its events', () => {
    test('event by event, and from the beginning', () => {
      fc.assert(
        fc.property(histories, ({ program, activities }) => {
          const { state, taken } = play(program, activities)
          for (const { before, decision } of taken) {
            expect(decision.events.reduce(evolve, before)).toEqual(decision.state)
          }
          expect(taken.flatMap(({ decision }) => decision.events).reduce(evolve, newMember(anna))).toEqual(state)
        }),
      )
    })

    test('events and states come back from storage as they were', () => {
      fc.assert(
        fc.property(histories, ({ program, activities }) => {
          const { state, taken } = play(program, activities)
          expect(restored(state)).toEqual(state)
          for (const event of taken.flatMap(({ decision }) => decision.events)) {
            expect(unwrap(decode(MemberEvent, JSON.parse(JSON.stringify(MemberEvent.encode(event)))))).toEqual(event)
          }
        }),
      )
    })

    test('advancing at once equals advancing in steps', () => {
      fc.assert(
        fc.property(
          histories,
          fc.array(fc.nat({ max: 400 * day }), { minLength: 1, maxLength: 8 }),
          ({ program, activities }, gaps) => {
            const { state } = play(program, activities)
            const events = []
            let stepped = state
            let at = state.asOf ?? 0
            for (const gap of gaps) {
              at += gap
              const step = advance(program, stepped, at as Instant)
              events.push(...step.events)
              stepped = step.state
            }
            const once = advance(program, state, at as Instant)
            expect(stepped).toEqual(once.state)
            expect(events).toEqual(once.events)
          },
        ),
      )
    })
  })

  test('law 3: an activity submitted again changes nothing; with other content it is a conflict', () => {
    fc.assert(
      fc.property(histories, fc.nat(), ({ program, activities }, which) => {
        const { state, taken } = play(program, activities)
        const again = taken[which % Math.max(1, taken.length)]?.activity
        if (again === undefined) return
        const repeated = unwrap(decide(program, state, structuredClone(again)))
        expect(repeated.events).toEqual([])
        expect(repeated.state).toBe(state)
        const other = decide(program, state, { ...again, at: (again.at + 1) as Instant })
        expect(other).toMatchObject({ _tag: 'Left', left: [{ _tag: 'ActivityConflict', activity: again.id }] })
      }),
    )
  })

  describe('law 6: what is simulated is what is decided', () => {
    test('deciding again on the same state gives the same, and nothing given is changed', () => {
      fc.assert(
        fc.property(histories, ({ program, activities }) => {
          for (const { before, activity, decision, shared } of play(program, activities).taken) {
            expect(decide(program, frozen(before), frozen(activity), { shared })).toEqual({
              _tag: 'Right',
              right: decision,
            })
          }
        }),
      )
    })

    test('a decision without trace is otherwise the same', () => {
      fc.assert(
        fc.property(histories, ({ program, activities }) => {
          for (const { before, activity, decision, shared } of play(program, activities).taken) {
            const quiet = unwrap(decide(program, before, activity, { trace: false, shared }))
            expect(quiet).toEqual({ ...decision, trace: [] })
          }
        }),
      )
    })
  })
}
