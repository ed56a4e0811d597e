/** Vouchers that never apply: their terms cannot hold, or they are over before anybody has them. */
import { orderVocabulary } from '../../earning/index.ts'
import { instantAt } from '../../foundation/index.ts'
import type { VoucherPlan } from '../../rewards/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ProgramVoucher } from '../definition/program-voucher.ts'
import { anyPurchase } from './lint-climb.ts'
import { conflictOf, conjuncts, realityOf, satisfied } from './lint-condition.ts'
import {
  attempted,
  type BoundWitness,
  type ConflictWitness,
  type Findings,
  type NameWitness,
  type ProgramFinding,
  type WitnessHistory,
} from './lint-finding.ts'
import { anybody, enrols, FIRST_DAY, shownIn, stepsIn } from './lint-history.ts'

type Node = VoucherPlan['root']

/** What is bought with a voucher. */
const MINOR = 5_000

const plannedIn = (node: Node): ReadonlyArray<string> =>
  node.mode === 'voucher' ? [node.voucher] : node.of.flatMap(plannedIn)

/** What is in the way of a voucher. */
interface Obstacle {
  readonly path: ProgramFinding['path']
  readonly reason: string
  readonly witness: BoundWitness | ConflictWitness | NameWitness
}

/** A member has the voucher as soon as its reward can be had, enters it with a purchase, and it does not apply. */
const declinedHistory = (
  compiled: CompiledProgram,
  { voucher, use, reward: id }: ProgramVoucher,
): WitnessHistory | undefined => {
  const from = compiled.program.rewards?.find((one) => one.id === id)?.validFrom ?? voucher.validFrom
  const at = from ?? instantAt(compiled.zone, FIRST_DAY, 0)
  const grant = { id: 'gets it' as Activity['id'], member: anybody, at, voucher: voucher.id }
  const activities: ReadonlyArray<Activity> = [
    enrols(at),
    ...(use === 'granted' ? [{ type: 'voucherGranted' as const, ...grant }] : []),
    { ...anyPurchase(compiled, MINOR, at), vouchers: [{ voucher: voucher.id }] },
  ]
  return shownIn(compiled, activities, (simulation) =>
    stepsIn(simulation).some(
      (step) =>
        step.step === 'vouchers' && step.priced.declined.some(({ voucher: declined }) => declined === voucher.id),
    ),
  )
}

const unplanned = ({ voucher }: ProgramVoucher, planned: ReadonlySet<string>): ReadonlyArray<Obstacle> =>
  planned.has(voucher.id)
    ? []
    : [
        {
          path: ['voucher', 'id'],
          reason: 'the voucher is not in the plan: it applies to no basket',
          witness: { type: 'name', name: voucher.id, known: [...planned] },
        },
      ]

/** The first instant at which its reward can be had is too late. */
const overBefore = ({ program }: CompiledProgram, { voucher, reward: id }: ProgramVoucher): ReadonlyArray<Obstacle> => {
  const reward = program.rewards?.find((one) => one.id === id)
  const { validUntil } = voucher
  const from = reward?.validFrom ?? null
  return validUntil === null || from === null || from < validUntil
    ? []
    : [
        {
          path: ['voucher', 'validUntil'],
          reason: 'the voucher is over before the reward that grants it can be had',
          witness: { type: 'bound', needed: from, most: validUntil - 1 },
        },
      ]
}

const contradicted = (
  { program }: CompiledProgram,
  { voucher: { when } }: ProgramVoucher,
  path: ProgramFinding['path'],
): ReadonlyArray<Obstacle> => {
  if (when === null) return []
  const vocabulary = orderVocabulary(program.currency)
  const reality = realityOf([when], [])
  if (satisfied(vocabulary, [when, ...reality]) !== 'never') return []
  const parts = conflictOf(vocabulary, conjuncts(when, [...path, 'voucher', 'when']), reality).map((part) => part.path)
  return [
    {
      path: ['voucher', 'when'],
      reason: 'what the voucher asks for cannot be',
      witness: { type: 'conflict', parts },
    },
  ]
}

/** Vouchers that never apply. */
export const unusableVouchers = (compiled: CompiledProgram): Findings => {
  const { vouchers } = compiled.program
  if (vouchers === undefined) return []
  const planned = new Set(plannedIn(vouchers.plan.root))
  return vouchers.vouchers.flatMap((one, index): Findings => {
    const path = ['vouchers', 'vouchers', index]
    const found = [...unplanned(one, planned), ...overBefore(compiled, one), ...contradicted(compiled, one, path)]
    return found.map(({ path: of, reason, witness }) => ({
      code: 'unusableVoucher',
      severity: 'warning',
      path: [...path, ...of],
      reason,
      witness,
      show: () => attempted(witness, declinedHistory(compiled, one)),
    }))
  })
}
