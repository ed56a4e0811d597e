/** Campaigns for a charity whose match is less than one donation asks of it. */
import * as E from 'fp-ts/Either'
import { instantAt, multiplyDivide } from '../../foundation/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ProgramCampaign } from '../definition/program-campaign.ts'
import { type BoundWitness, type Findings, type ProgramFinding, showing, type WitnessHistory } from './lint-finding.ts'
import { anybody, enrols, FIRST_DAY, givenPoints, shownIn, stepsIn } from './lint-history.ts'

/** What the shop adds to the least that can be given in points, in minor units. */
const leastMatch = ({ campaign: { price, step, match } }: ProgramCampaign): number => {
  if (match === null) return 0
  const given = multiplyDivide(step, price.price.minor, price.points, 'floor')
  const matched = E.isRight(given) ? multiplyDivide(given.right, match.basisPoints, 10_000, match.rounding) : given
  return E.isRight(matched) ? matched.right : 0
}

/** The least is given, and less is added than the match says. */
const cutMatch = (compiled: CompiledProgram, one: ProgramCampaign, needed: number): WitnessHistory | undefined => {
  const { campaign, wallet } = one
  const at = campaign.open?.from ?? instantAt(compiled.zone, FIRST_DAY, 0)
  const source = { type: 'points' as const, points: campaign.step }
  const id = 'gives' as Activity['id']
  const gives: Activity = { type: 'donation', id, member: anybody, at, campaign: campaign.id, source }
  return shownIn(compiled, [enrols(at), givenPoints(wallet, campaign.step, at), gives], (simulation) =>
    stepsIn(simulation).some((step) => step.step === 'donation' && step.matched.minor < needed),
  )
}

/** Budgets of matches that are smaller than what one donation asks of them. */
export const matchesBelowDonation = (compiled: CompiledProgram): Findings =>
  (compiled.program.campaigns ?? []).flatMap((one, index): Findings => {
    const most = one.campaign.match?.capMinor ?? null
    const needed = leastMatch(one)
    if (most === null || needed <= most) return []
    const witness: BoundWitness = { type: 'bound', needed, most }
    const finding: ProgramFinding = {
      code: 'capBelowGrant',
      severity: 'warning',
      path: ['campaigns', index, 'campaign', 'match', 'capMinor'],
      reason: 'what the shop adds to the least donation does not fit as a whole',
      witness,
    }
    return [showing(finding, () => cutMatch(compiled, one, needed))]
  })
