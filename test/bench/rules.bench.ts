// Which of the rules of a loyalty program match an order: 10 rules and 100, on six fields and on ten, no explanation
// asked for.
import { unwrap } from '../../src/foundation/index.ts'
import {
  type Condition,
  compileRuleSet,
  decodeCondition,
  type Facts,
  matchRules,
  type Vocabulary,
} from '../../src/rules/index.ts'
import { jsonRulesEngine } from './json-rules-engine.ts'
import type { Benchmark, Contender, Peer } from './measure.ts'
import { jsonLogic, ordersOf, rulesOf, vocabulary, wideOrdersOf, wideRulesOf, wideVocabulary } from './rules-sample.ts'

type Matches = ReadonlyArray<number>

/** A contender that answers one event after the other. */
const oneByOne = (
  name: string,
  events: number,
  orders: ReadonlyArray<Facts>,
  match: (facts: Facts) => Matches,
): Contender => ({
  name,
  events,
  results: (count) => orders.slice(0, count).map(match),
  run: (count) => {
    let matches = 0
    for (let i = 0; i < count; i += 1) matches += match(orders[i % orders.length] as Facts).length
    return matches
  },
})

/** A name that neither the type checker nor the bundler looks up: the peers are installed on first use only. */
const packageName: string = 'json-logic-engine'

interface LogicEngine {
  readonly build: (logic: unknown) => (facts: Facts) => unknown
}

const jsonLogicEngine = async (
  conditions: ReadonlyArray<Condition>,
  orders: ReadonlyArray<Facts>,
  events: number,
): Promise<Contender> => {
  const { LogicEngine } = (await import(packageName)) as { readonly LogicEngine: new () => LogicEngine }
  const engine = new LogicEngine()
  const compiled = conditions.map((condition) => engine.build(jsonLogic(condition)))
  return oneByOne('json-logic-engine', events, orders, (facts) => {
    const matches: Array<number> = []
    for (let i = 0; i < compiled.length; i += 1) if (compiled[i]?.(facts) === true) matches.push(i)
    return matches
  })
}

const rulesEngine = async (
  conditions: ReadonlyArray<Condition>,
  orders: ReadonlyArray<Facts>,
  events: number,
): Promise<Contender> => {
  const match = await jsonRulesEngine(conditions)
  return {
    name: 'json-rules-engine',
    events,
    results: async (count) => {
      const all: Array<Matches> = []
      for (const facts of orders.slice(0, count)) all.push([...(await match(facts))].sort((a, b) => a - b))
      return all
    },
    run: async (count) => {
      let matches = 0
      for (const facts of orders.slice(0, count)) matches += (await match(facts)).length
      return matches
    },
  }
}

/** Rules and orders that go together. */
interface Sample {
  readonly vocabulary: Vocabulary
  readonly rulesOf: (count: number) => ReadonlyArray<unknown>
  readonly ordersOf: (count: number) => ReadonlyArray<Facts>
}

const sixFields: Sample = { vocabulary, rulesOf, ordersOf }
const tenFields: Sample = { vocabulary: wideVocabulary, rulesOf: wideRulesOf, ordersOf: wideOrdersOf }

interface Size {
  readonly name: string
  readonly sample: Sample
  readonly rules: number
  readonly oursEvents: number
  readonly logicEvents: number
  readonly rulesEvents: number
  readonly logicGoal: string
  readonly rulesGoal: string
}

const matchingRules = (size: Size): Benchmark => ({
  name: size.name,
  unit: 'rate',
  prepare: async () => {
    const { sample } = size
    const orders = sample.ordersOf(2000)
    const conditions = sample.rulesOf(size.rules).map((json) => unwrap(decodeCondition(sample.vocabulary, json)))
    const ruleSet = compileRuleSet(sample.vocabulary, conditions)
    const logic = await jsonLogicEngine(conditions, orders, size.logicEvents)
    const rules = await rulesEngine(conditions, orders, size.rulesEvents)
    const peers: ReadonlyArray<Peer> = [
      { ...logic, goal: size.logicGoal },
      { ...rules, goal: size.rulesGoal },
    ]
    return { ours: oneByOne('treue', size.oursEvents, orders, (facts) => matchRules(ruleSet, facts)), peers }
  },
})

const ten = {
  rules: 10,
  oursEvents: 1_000_000,
  logicEvents: 1_000_000,
  rulesEvents: 2000,
  logicGoal: 'ratio 1, ours 3M/s',
  rulesGoal: 'ours 3M/s',
}

const hundred = {
  rules: 100,
  oursEvents: 500_000,
  logicEvents: 200_000,
  rulesEvents: 300,
  logicGoal: 'ratio 2, ours 1.5M/s',
  rulesGoal: 'ours 1.5M/s',
}

export const benchmarks: ReadonlyArray<Benchmark> = [
  matchingRules({ ...ten, name: 'rules-10', sample: sixFields }),
  matchingRules({ ...hundred, name: 'rules-100', sample: sixFields }),
  matchingRules({ ...ten, name: 'rules-wide-10', sample: tenFields, logicGoal: 'ratio 1', rulesGoal: 'ratio 1' }),
  matchingRules({ ...hundred, name: 'rules-wide-100', sample: tenFields, logicGoal: 'ratio 2', rulesGoal: 'ratio 2' }),
]
