// The peer json-rules-engine, given conditions of ours.
import type { Condition, Facts } from '../../src/rules/index.ts'
import { jsonRules } from './rules-sample.ts'

interface RulesEngine {
  readonly run: (facts: Facts) => Promise<{
    readonly events: ReadonlyArray<{ readonly params: { readonly rule: number } }>
  }>
}

/** A name that neither the type checker nor the bundler looks up: the peers are installed on first use only. */
const packageName: string = 'json-rules-engine'

/** The indexes of the conditions that match, in any order. */
export const jsonRulesEngine = async (
  conditions: ReadonlyArray<Condition>,
): Promise<(facts: Facts) => Promise<ReadonlyArray<number>>> => {
  const { Engine } = (await import(packageName)) as {
    readonly Engine: new (rules: ReadonlyArray<unknown>) => RulesEngine
  }
  const engine = new Engine(
    conditions.map((condition, rule) => {
      const known = jsonRules(condition) as object
      // It wants a join at the root of each rule.
      return { conditions: 'fact' in known ? { all: [known] } : known, event: { type: 'match', params: { rule } } }
    }),
  )
  return async (facts) => (await engine.run(facts)).events.map(({ params }) => params.rule)
}
