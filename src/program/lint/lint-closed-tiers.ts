/** Tiers on which nobody comes, and rewards that are for them alone, or of which there are none. */
import type { TierId } from '../../foundation/index.ts'
import type { Ladder } from '../../tiers/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import { attempted, type Findings, type NameWitness, type OpenFinding, type WitnessHistory } from './lint-finding.ts'

/** Tiers as `ladder/tier` on which nobody comes, with what was found of each. */
export type ClosedTiers = ReadonlyMap<string, OpenFinding>

/** Whether a tier is on the way up to a higher one, or down from it. */
const isPassed = ({ policy = {} }: Ladder): boolean => policy.climb === 'oneADay' || policy.downgrade === 'oneDown'

/** Whether a tier may be had without being reached. */
const isOpen = ({ tiers, offers = [] }: Ladder, rank: number, given: ReadonlyArray<TierId>): boolean => {
  const tier = tiers[rank]
  return (
    tier === undefined ||
    tier.lifetime !== undefined ||
    given.includes(tier.id) ||
    offers.some((offer) => offer.tier === tier.id)
  )
}

const closedOf = (
  ladder: Ladder,
  found: ReadonlyMap<number, OpenFinding>,
  given: ReadonlyArray<TierId>,
): ReadonlyArray<readonly [string, OpenFinding]> => {
  const closed: Array<readonly [string, OpenFinding]> = []
  for (let rank = ladder.tiers.length - 1; rank > 0; rank -= 1) {
    const finding = isOpen(ladder, rank, given) ? undefined : found.get(rank)
    const tier = ladder.tiers[rank]
    if (finding !== undefined && tier !== undefined) closed.push([`${ladder.id}/${tier.id}`, finding])
    else if (isPassed(ladder)) return closed
  }
  return closed
}

/** The tiers of which it was found that nobody comes onto them, and that are not offered, sold or given. */
export const closedTiers = (
  { program }: CompiledProgram,
  findings: Findings,
  given: ReadonlyArray<TierId> = [],
): ClosedTiers => {
  const found = findings.filter(({ code }) => code === 'unreachableTier' || code === 'tierWithoutWay')
  return new Map(
    program.ladders.flatMap((ladder, index) => {
      const own = found.filter(({ path }) => path[0] === 'ladders' && path[1] === index && path[2] === 'tiers')
      return closedOf(ladder, new Map(own.map((one) => [Number(one.path[3]), one])), given)
    }),
  )
}

/** That nobody comes onto a tier, by the names of all others. */
export const ofClosedTier = ({ program }: CompiledProgram, name: string, closed: ClosedTiers): NameWitness => ({
  type: 'name',
  name,
  known: program.ladders
    .flatMap(({ id, tiers }) => tiers.map((tier) => `${id}/${tier.id}`))
    .filter((one) => !closed.has(one)),
})

/** What comes nearest to a tier. */
export const nearestToTier = (closed: OpenFinding | undefined): WitnessHistory | undefined => {
  const witness = closed?.show?.()
  return witness !== undefined && 'attempt' in witness ? witness.attempt : undefined
}

/** Rewards of which there are none, or that are for tiers alone on which nobody comes. */
export const closedRewards = (compiled: CompiledProgram, closed: ClosedTiers): Findings =>
  (compiled.program.rewards ?? []).flatMap(({ stock, tiers }, index): Findings => {
    const base = { code: 'unreachableReward', severity: 'warning' } as const
    if (stock === 0) {
      const witness = { type: 'bound', needed: 1, most: 0 } as const
      return [{ ...base, path: ['rewards', index, 'stock'], reason: 'there are none of it', witness }]
    }
    const [first] = tiers ?? []
    if (tiers === null || first === undefined || !tiers.every((tier) => closed.has(tier))) return []
    const witness = ofClosedTier(compiled, first, closed)
    const reason = 'the reward is only for tiers that nobody reaches'
    const show = () => attempted(witness, nearestToTier(closed.get(first)))
    return [{ ...base, path: ['rewards', index, 'tiers'], reason, witness, show }]
  })
