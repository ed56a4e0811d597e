import { expect } from 'vitest'
import { type MemberId, unwrap, type WalletId } from '../../../src/foundation/index.ts'
import {
  type CompiledProgram,
  type FindingCode,
  type LintOptions,
  lintProgram,
  type ProgramFinding,
  type Simulation,
  simulate,
} from '../../../src/program/index.ts'
import { shop, shopJson } from '../shop.ts'
import { expectShown, historyIn } from './witness-checks.ts'

export const anybody = 'anybody' as MemberId
export const pointsId = 'points' as WalletId

export const base = shopJson.earning.rules[0]
export const days = (amount: number) => ({ amount, unit: 'day' })
export const earning = (rules: ReadonlyArray<object>, more: object = {}) => ({
  earning: { rounding: { mode: 'floor', on: 'order' }, rules, ...more },
})
export const found = (
  program: CompiledProgram,
  code: FindingCode,
  options: LintOptions = {},
): ProgramFinding | undefined => lintProgram(program, options).find((one) => one.code === code)
export const codes = (program: CompiledProgram, options: LintOptions = {}) =>
  lintProgram(program, options).map((one) => one.code)

/** Simulates a witness that is a history. */
export const shown = (program: CompiledProgram, finding: ProgramFinding | undefined): Simulation => {
  const witness = finding?.witness
  if (witness?.type !== 'history') throw new Error(`no history: ${JSON.stringify(finding)}`)
  const simulation = unwrap(simulate(program, witness.activities, { until: witness.until, trace: true }))
  expect(simulation.steps.filter(({ result }) => result._tag === 'Left')).toEqual([])
  return simulation
}

/** The rules that earned, activity by activity. */
export const earned = ({ steps }: Simulation): ReadonlyArray<string> =>
  steps.flatMap(({ result }) =>
    result._tag === 'Left'
      ? []
      : result.right.trace.flatMap((step) =>
          step.step === 'earning'
            ? [...step.earning.rules, ...step.earning.multipliers].map(({ rule }) => rule as string)
            : [],
        ),
  )

export const active = ({ members }: Simulation, id: WalletId = pointsId, member = anybody): number =>
  members.get(member)?.wallets.find((one) => one.id === id)?.active ?? 0

/** A program with the finding, shown by a history unless there is none, and one next to it without. */
export const pair = (
  code: FindingCode,
  having: object,
  without: object,
  options: LintOptions = {},
  other = options,
  withoutHistory = false,
) => {
  const program = shop(having)
  const finding = found(program, code, options)
  expect(finding?.code).toBe(code)
  expect(finding?.reason.length).toBeGreaterThan(10)
  expect(found(shop(without), code, other)).toBeUndefined()
  for (const one of lintProgram(program, options)) expectShown(program, one, options)
  expect([code, finding !== undefined && historyIn(finding) !== undefined]).toEqual([code, !withoutHistory])
  return { program, finding: finding as ProgramFinding }
}

export const fixed = (id: string, when: object | undefined, more: object = {}) => ({
  id,
  wallet: 'points',
  ...(when === undefined ? {} : { when }),
  award: { mode: 'fixed', points: '10' },
  ...more,
})
export const atLeast = (amount: string) => ({ field: 'amount', atLeast: amount })
export const lessThan = (amount: string) => ({ field: 'amount', lessThan: amount })
