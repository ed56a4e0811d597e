/** Names that the program does not have, where reading it lets them pass. */
import type { Condition } from '../rules/index.ts'
import { partsOf } from '../rules/index.ts'
import type { Findings, ProgramFinding } from './lint-finding.ts'
import type { Program } from './program.ts'

const unknown = (path: ProgramFinding['path'], name: string, known: ReadonlyArray<string>, reason: string): Findings =>
  known.includes(name)
    ? []
    : [{ code: 'unknownReference', severity: 'error', path, reason, witness: { type: 'name', name, known } }]

const walletReferences = ({ wallets, earning }: Program): Findings => {
  const actions = (earning.actions ?? []).map(({ name }) => name)
  return wallets.flatMap(({ pending, expiry }, index) => [
    ...(pending?.type === 'action'
      ? unknown(
          ['wallets', index, 'pending', 'action'],
          pending.action,
          actions,
          'points wait for an action that the program does not have, and are cancelled',
        )
      : []),
    ...(expiry?.type === 'inactivity' ? (expiry.resetByActions ?? []) : []).flatMap((name, place) =>
      unknown(
        ['wallets', index, 'expiry', 'resetByActions', place],
        name,
        actions,
        'an action that the program does not have keeps no points alive',
      ),
    ),
  ])
}

const metricReferences = ({ ladders, earning }: Program): Findings => {
  const fields = new Map((earning.actions ?? []).map((action) => [action.name, action.fields.map(({ name }) => name)]))
  return ladders.flatMap(({ metrics }, index) =>
    metrics.flatMap((metric, place) =>
      metric.of === 'action' && metric.attribute !== undefined
        ? unknown(
            ['ladders', index, 'metrics', place, 'attribute'],
            metric.attribute,
            fields.get(metric.action) ?? [],
            'the metric adds up an attribute that its action does not have',
          )
        : [],
    ),
  )
}

const conversionReferences = ({ conversions = [], wallets }: Program): Findings => {
  const known = wallets.map(({ id }): string => id)
  return conversions.flatMap(({ to }, index) =>
    unknown(['conversions', index, 'to'], to, known, 'nothing can be converted into what is no wallet of the program'),
  )
}

/** The texts that tests of a field name, with their places. */
const textsOf = (
  condition: Condition,
  field: string,
  path: ProgramFinding['path'],
): ReadonlyArray<readonly [ProgramFinding['path'], string]> => {
  const parts = partsOf(condition)
  if (parts.length > 0) {
    const key = 'all' in condition ? 'all' : 'any'
    return parts.flatMap((part, index) =>
      textsOf(part, field, 'not' in condition ? [...path, 'not'] : [...path, key, index]),
    )
  }
  if (!('field' in condition) || condition.field !== field) return []
  return Object.entries(condition).flatMap(([key, texts]) =>
    Array.isArray(texts)
      ? (texts as ReadonlyArray<string>).map((text, index) => [[...path, key, index], text] as const)
      : [],
  )
}

const tierReferences = ({ ladders, earning }: Program): Findings => {
  const known = ladders.flatMap(({ id, tiers }) => tiers.map((tier) => `${id}/${tier.id}`))
  return earning.rules.flatMap(({ when, cases = [] }, index) => {
    const path = ['earning', 'rules', index]
    const conditions = [
      ...(when === undefined ? [] : [[[...path, 'when'], when] as const]),
      ...cases.map((one, place) => [[...path, 'cases', place, 'when'], one.when] as const),
    ]
    return conditions.flatMap(([at, condition]) =>
      textsOf(condition, 'tiers', at).flatMap(([place, text]) =>
        unknown(place, text, known, 'a condition asks for a tier that the program does not have'),
      ),
    )
  })
}

/** Names of actions, attributes, wallets and tiers that are none of the program. */
export const unknownReferences = (program: Program): Findings => [
  ...walletReferences(program),
  ...tierReferences(program),
  ...metricReferences(program),
  ...conversionReferences(program),
]
