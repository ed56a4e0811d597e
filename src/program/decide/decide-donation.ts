/** A member gives to a campaign. */
import * as E from 'fp-ts/Either'
import type { Points } from '../../foundation/index.ts'
import { burn } from '../../ledger/index.ts'
import { type DonationMade, type DonationState, donate } from '../../rewards/index.ts'
import type { DonationActivity } from '../activity/donation-activity.ts'
import type { ProgramCampaign } from '../definition/program-campaign.ts'
import { campaignUsage } from '../state/shared-usage.ts'
import { type Draft, emit, emitEntries } from './draft.ts'
import { heldWalletDefinition, keepAlive, walletOf } from './draft-wallet.ts'
import type { Rejection } from './rejection.ts'

const campaignOf = (draft: Draft, { campaign: id }: DonationActivity): E.Either<Rejection, ProgramCampaign> => {
  const { campaigns = [] } = draft.program.program
  const found = campaigns.find(({ campaign }) => campaign.id === id)
  if (found !== undefined) return E.right(found)
  const expected = `a campaign of the program: ${campaigns.map(({ campaign }) => campaign.id).join(', ')}`
  return E.left([{ _tag: 'UnknownCampaign', path: ['campaign'], expected, campaign: id }])
}

/** What the campaign has raised; single donations are the app's to keep. */
const raisedBy = (draft: Draft, { campaign }: ProgramCampaign): E.Either<Rejection, DonationState> => {
  if (draft.shared !== undefined) {
    const { givenMinor, matchedMinor } = campaignUsage(draft.shared, campaign.id)
    return E.right({ campaign: campaign.id, givenMinor, matchedMinor, donations: [] })
  }
  const expected = 'what the campaign has raised, as an option of the decision'
  return E.left([{ _tag: 'MissingSharedUsage', path: ['shared'], expected, of: campaign.id }])
}

/** Points leave for good: no redemption is kept that could be cancelled. */
const givePoints = (
  draft: Draft,
  { id, at }: DonationActivity,
  { wallet: of }: ProgramCampaign,
  points: Points,
): E.Either<Rejection, void> => {
  if (points === 0) return E.right(undefined)
  const definition = heldWalletDefinition(draft.program, of)
  const burnt = burn(definition, draft.program.zone, walletOf(draft.state, of), points, at, id)
  if (E.isLeft(burnt)) return E.left([burnt.left])
  emitEntries(draft, [burnt.right])
  keepAlive(draft, id, at, ({ resetBy }) => resetBy.includes('redemption'))
  return E.right(undefined)
}

const record = (
  draft: Draft,
  { at }: DonationActivity,
  { campaign, wallet }: ProgramCampaign,
  { state, given, matched, reachesTarget }: DonationMade,
): void => {
  const { id, beneficiary } = campaign
  const [donation] = state.donations
  if (donation === undefined) return
  const { goal } = donation
  emit(draft, { type: 'donated', at, campaign: id, beneficiary, donation, given, matched, reachesTarget })
  draft.sharedClaims.push({
    type: 'donation',
    campaign: id,
    givenMinor: given.minor,
    matchedMinor: matched.minor,
    goal,
  })
  if (!draft.tracing) return
  const { points } = donation
  draft.steps.push({ step: 'donation', campaign: id, beneficiary, wallet, points, given, matched, reachesTarget })
}

export const decideDonation = (draft: Draft, activity: DonationActivity): E.Either<Rejection, void> => {
  const { id, at, member, source, goal = null } = activity
  const found = campaignOf(draft, activity)
  if (E.isLeft(found)) return found
  const raised = raisedBy(draft, found.right)
  if (E.isLeft(raised)) return raised
  const made = donate(found.right.campaign, raised.right, { id, at, member, source, goal })
  if (E.isLeft(made)) return made
  const points = source.type === 'points' ? source.points : (0 as Points)
  const given = givePoints(draft, activity, found.right, points)
  if (E.isLeft(given)) return given
  record(draft, activity, found.right, made.right)
  return E.right(undefined)
}
