/** Names that the program does not have, where reading it lets them pass. */
import { lotTerm, type WalletDefinition } from '../../ledger/index.ts'
import type { Condition } from '../../rules/index.ts'
import { partsOf } from '../../rules/index.ts'
import { CHALLENGE_REACHED } from '../definition/challenge-loops.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Program } from '../definition/program.ts'
import { attempted, type Findings, type ProgramFinding, type WitnessHistory } from './lint-finding.ts'
import { activeOf, earnedIn, played } from './lint-history.ts'
import { canPay, type LintedRule, walletsOf } from './lint-rule.ts'
import { ruleHistory, shownByEarners } from './lint-rule-history.ts'

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
  return Object.entries(condition).flatMap(([key, texts]): ReturnType<typeof textsOf> => {
    if (key === 'field') return []
    if (typeof texts === 'string') return [[[...path, key], texts] as const]
    return Array.isArray(texts)
      ? (texts as ReadonlyArray<string>).map((text, index) => [[...path, key, index], text] as const)
      : []
  })
}

/** A condition, where it stands, and what it is on: `purchase`, or an action. */
interface PlacedCondition {
  readonly path: ProgramFinding['path']
  readonly on: string
  readonly condition: Condition
}

const ruleConditions = ({ earning }: Program): ReadonlyArray<PlacedCondition> =>
  earning.rules.flatMap(({ on = 'purchase', when, cases = [] }, index) => {
    const path = ['earning', 'rules', index]
    return [
      ...(when === undefined ? [] : [{ path: [...path, 'when'], on, condition: when }]),
      ...cases.map((one, place) => ({ path: [...path, 'cases', place, 'when'], on, condition: one.when })),
    ]
  })

const challengeConditions = ({ challenges = {} }: Program): ReadonlyArray<PlacedCondition> => [
  ...(challenges.goals ?? []).flatMap(({ challenge: { when }, on }, index) =>
    when === undefined ? [] : [{ path: ['challenges', 'goals', index, 'challenge', 'when'], on, condition: when }],
  ),
  ...(challenges.streaks ?? []).flatMap(({ streak: { when }, on }, index) =>
    when === undefined ? [] : [{ path: ['challenges', 'streaks', index, 'streak', 'when'], on, condition: when }],
  ),
]

const rewardConditions = ({ rewards = [], vouchers }: Program): ReadonlyArray<PlacedCondition> => [
  ...rewards.flatMap(({ when }, index) =>
    when === null ? [] : [{ path: ['rewards', index, 'when'], on: 'reward', condition: when }],
  ),
  ...(vouchers?.vouchers ?? []).flatMap(({ voucher: { when } }, index) =>
    when === null ? [] : [{ path: ['vouchers', 'vouchers', index, 'voucher', 'when'], on: 'voucher', condition: when }],
  ),
]

/** Texts that conditions on a field ask for and that are none of those known. */
const unknownTexts = (
  conditions: ReadonlyArray<PlacedCondition>,
  field: string,
  known: ReadonlyArray<string>,
  reason: string,
): Findings =>
  conditions.flatMap(({ path, condition }) =>
    textsOf(condition, field, path).flatMap(([place, text]) => unknown(place, text, known, reason)),
  )

const tiersOf = ({ ladders }: Program): ReadonlyArray<string> =>
  ladders.flatMap(({ id, tiers }) => tiers.map((tier) => `${id}/${tier.id}`))

const tierReferences = (program: Program): Findings => {
  const conditions = [...ruleConditions(program), ...challengeConditions(program), ...rewardConditions(program)]
  const known = tiersOf(program)
  return unknownTexts(conditions, 'tiers', known, 'a condition asks for a tier that the program does not have')
}

/** Rules and challenges that hear of levels, of challenges that there are none of. */
const levelReferences = (program: Program): Findings => {
  const { goals = [], streaks = [], tenure = [] } = program.challenges ?? {}
  const all = [
    ...goals.map(({ challenge }) => challenge),
    ...streaks.map(({ streak }) => streak),
    ...tenure,
  ] as ReadonlyArray<{ readonly id: string; readonly levels: ReadonlyArray<{ readonly id: string }> }>
  const conditions = [...ruleConditions(program), ...challengeConditions(program)].filter(
    ({ on }) => on === CHALLENGE_REACHED,
  )
  const challenges = all.map(({ id }) => id)
  const levels = all.flatMap((one) => one.levels.map(({ id }) => id))
  return [
    ...unknownTexts(
      conditions,
      'challenge',
      challenges,
      'a condition asks for a challenge that the program does not have',
    ),
    ...unknownTexts(conditions, 'level', levels, 'a condition asks for a level that no challenge of the program has'),
  ]
}

/** Tiers that rewards of the catalogue are for, or have a price for. */
const rewardReferences = (program: Program): Findings => {
  const known = tiersOf(program)
  return (program.rewards ?? []).flatMap(({ prices, tiers }, index) => {
    const path = ['rewards', index]
    const ofPrices = prices.flatMap(({ tier }, place) =>
      tier === null
        ? []
        : unknown([...path, 'prices', place, 'tier'], tier, known, 'nobody has the price of a tier that there is not'),
    )
    const ofTiers = (tiers ?? []).flatMap((tier, place) =>
      unknown([...path, 'tiers', place], tier, known, 'nobody is on a tier that the program does not have'),
    )
    return [...ofPrices, ...ofTiers]
  })
}

/** The rule that asks for the name does not earn on what it asks for beside it. */
const ofRule = (compiled: CompiledProgram, linted: LintedRule): WitnessHistory | undefined => {
  const { facts, rule } = linted
  if (typeof facts === 'string') return undefined
  return shownByEarners(compiled, linted, facts, (earners) => !earners.has(rule.id))
}

/** Points are earned, wait for what nobody does, and are gone. */
const ofWallet = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  definition: WalletDefinition,
): WitnessHistory | undefined => {
  const linted = rules.find(({ rule }) => walletsOf(rule).includes(definition.id) && canPay(rule))
  const activities = linted === undefined ? undefined : ruleHistory(compiled, linted)
  const at = activities?.[activities.length - 1]?.at
  if (activities === undefined || at === undefined) return undefined
  const until = lotTerm(definition, compiled.zone, at).activeFrom
  const simulation = played(compiled, activities, until)
  const isEarned = simulation !== undefined && earnedIn(simulation, definition.id) > 0
  return isEarned && activeOf(simulation, definition.id) === 0 ? { activities, until } : undefined
}

/** What comes nearest to what a name asks for, where rules or waiting points do. */
const nearestTo = (
  compiled: CompiledProgram,
  rules: ReadonlyArray<LintedRule>,
  path: ProgramFinding['path'],
): WitnessHistory | undefined => {
  const [part, index, of] = path
  if (part === 'earning') {
    const linted = rules.find((one) => one.path[2] === of)
    return linted === undefined ? undefined : ofRule(compiled, linted)
  }
  const definition = part === 'wallets' && of === 'pending' ? compiled.program.wallets[Number(index)] : undefined
  return definition === undefined ? undefined : ofWallet(compiled, rules, definition)
}

/** Names of actions, attributes, wallets, tiers and levels that are none of the program. */
export const unknownReferences = (compiled: CompiledProgram, rules: ReadonlyArray<LintedRule>): Findings => {
  const { program } = compiled
  const found = [
    ...walletReferences(program),
    ...tierReferences(program),
    ...levelReferences(program),
    ...metricReferences(program),
    ...conversionReferences(program),
    ...rewardReferences(program),
  ]
  return found.map((finding) => {
    const { witness, path } = finding
    return witness.type === 'name'
      ? { ...finding, show: () => attempted(witness, nearestTo(compiled, rules, path)) }
      : finding
  })
}
