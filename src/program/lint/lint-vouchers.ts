/** Vouchers that never apply: their terms cannot hold, or they are over before anybody has them. */
import { orderVocabulary } from '../../earning/index.ts'
import type { VoucherPlan } from '../../rewards/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ProgramVoucher } from '../definition/program-voucher.ts'
import { conflictOf, conjuncts, realityOf, satisfied } from './lint-condition.ts'
import type { Findings, ProgramFinding, Witness } from './lint-finding.ts'

type Node = VoucherPlan['root']

const plannedIn = (node: Node): ReadonlyArray<string> =>
  node.mode === 'voucher' ? [node.voucher] : node.of.flatMap(plannedIn)

/** What is in the way of a voucher. */
interface Obstacle {
  readonly path: ProgramFinding['path']
  readonly reason: string
  readonly witness: Witness
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
    return found.map((obstacle) => ({
      code: 'unusableVoucher',
      severity: 'warning',
      path: [...path, ...obstacle.path],
      reason: obstacle.reason,
      witness: obstacle.witness,
    }))
  })
}
