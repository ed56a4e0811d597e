import { type ViralCoefficient, viralCoefficient, viralCoefficientOfRates, viralGrowth } from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

type ViralInput =
  | { readonly users: number; readonly invites: number; readonly accepted: number }
  | { readonly invitesPerUser: string; readonly acceptance: string }

const coefficientOf = (input: ViralInput) =>
  'users' in input
    ? viralCoefficient({ users: input.users, invitations: input.invites, accepted: input.accepted })
    : viralCoefficientOfRates({
        invitationsPerUser: Number(input.invitesPerUser),
        acceptance: Number(input.acceptance),
      })

const coefficient = adapter<ViralInput>((input) => {
  const result = coefficientOf(input)
  const part = (pick: (found: ViralCoefficient) => number) => figure(result, pick)
  return {
    invitesPerUser: part(({ invitationsPerUser }) => invitationsPerUser),
    acceptance: part(({ acceptance }) => acceptance),
    k: part(({ k }) => k),
  }
})

const growth = adapter<{ readonly u0: string; readonly k: string; readonly cycles: number }>(({ u0, k, cycles }) => ({
  users: figure(viralGrowth({ users: Number(u0), k: Number(k), cycles, market: null }), (all) =>
    all.map(({ users }) => users),
  ),
}))

/** Growth by referrals. */
export const referralAdapters: Adapters = {
  'referral.k': coefficient,
  'referral.viralGrowth': growth,
}
