// What the library makes of the histories of wallets.
import type fc from 'fast-check'
import {
  type ActivityId,
  type Instant,
  type LotId,
  type MemberId,
  type Points,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  accrue,
  activateAwaited,
  adjustIn,
  adjustOut,
  applyEntry,
  burn,
  clawBack,
  emptyWallet,
  extend,
  gainsDue,
  hold,
  type LedgerEntry,
  type Lot,
  lossesDue,
  nextDueInWallet,
  type OwnTerm,
  openBalance,
  piecesOf,
  redeemHold,
  releaseHold,
  resetInactivity,
  restore,
  resumeExpiry,
  settleDebt,
  suspendExpiry,
  transferIn,
  transferOut,
  type Wallet,
} from '../../src/ledger/index.ts'
import { frozen } from './ledger.ts'
import {
  type Act,
  activityName,
  type GivenLot,
  lotName,
  signOfLife,
  strangerName,
  type WalletHistory,
  walletHistoryArbitrary,
} from './ledger-history.ts'

/** What became of one command: the wallet after it, and the entries that led there. */
export interface Step {
  readonly at: Instant
  readonly act: Act
  readonly entries: ReadonlyArray<LedgerEntry>
  readonly wallet: Wallet
}

/** What a caller of the ledger remembers beside the wallet. */
interface Memory {
  /** What was granted in lots and not taken back yet. */
  readonly granted: Array<{ readonly id: LotId; left: number }>
  readonly redemptions: Array<{
    readonly id: ActivityId
    readonly pieces: ReadonlyArray<Lot>
    readonly points: number
    restored: number
  }>
}

/** A command at its time, and what the ledger is asked with. */
interface Occasion {
  readonly history: WalletHistory
  readonly memory: Memory
  readonly wallet: Wallet
  readonly at: Instant
  readonly source: ActivityId
}

type ActOf<Kind extends Act['kind']> = Extract<Act, { readonly kind: Kind }>
type Entries = ReadonlyArray<LedgerEntry>

const apply = (wallet: Wallet, entries: Entries): Wallet => frozen(frozen(entries).reduce(applyEntry, wallet))

const settled = (wallet: Wallet, entry: LedgerEntry, at: Instant): Entries => [
  entry,
  ...settleDebt(applyEntry(wallet, entry), at),
]

const ownTerm = ({ releaseMs, pending, validity }: ActOf<'accrue'>, at: Instant): OwnTerm => ({
  ...(releaseMs === null ? {} : { activeFrom: (at + releaseMs) as Instant }),
  ...(pending === null ? {} : { pending }),
  ...(validity === null ? {} : { validity }),
})

const accrued = ({ history, memory, wallet, at, source }: Occasion, act: ActOf<'accrue'>): Entries => {
  const { points, lotKind: kind, funder: of } = act
  const lot = lotName(memory.granted.length)
  memory.granted.push({ id: lot, left: points })
  const grant = { lot, points, at, source, term: ownTerm(act, at), kind, funder: of }
  return unwrap(accrue(history.definition, history.zone, wallet, grant))
}

const clawed = ({ history, memory, wallet, at, source }: Occasion, act: ActOf<'claw'>): Entries => {
  const lot = memory.granted[act.lot % Math.max(1, memory.granted.length)]
  if (lot === undefined) return []
  const points = Math.floor(lot.left * act.share) as Points
  lot.left -= points
  return clawBack(wallet, { lot: lot.id, points, at, source }, history.definition.clawBack)
}

const burnt = ({ history, memory, wallet, at, source }: Occasion, { points }: ActOf<'burn'>): Entries => {
  const entry = burn(history.definition, history.zone, wallet, points, at, source)
  if (entry._tag === 'Left') return []
  memory.redemptions.push({ id: source, pieces: piecesOf(wallet.lots, entry.right.draws), points, restored: 0 })
  return [entry.right]
}

const redeemed = ({ memory, wallet, at, source }: Occasion, act: ActOf<'redeem'>): Entries => {
  const of = wallet.holds[act.hold % Math.max(1, wallet.holds.length)]
  if (of === undefined) return []
  const points = Math.floor(of.lots.reduce((sum, lot) => sum + lot.points, 0) * act.share) as Points
  const entry = unwrap(redeemHold(wallet, of.id, points, at, source))
  memory.redemptions.push({ id: source, pieces: piecesOf(of.lots, entry.draws), points, restored: 0 })
  return [entry]
}

const restored = ({ history, memory, wallet, at, source }: Occasion, act: ActOf<'restore'>): Entries => {
  const of = memory.redemptions[act.redemption % Math.max(1, memory.redemptions.length)]
  if (of === undefined) return []
  const points = Math.floor((of.points - of.restored) * act.share) as Points
  const before = of.restored as Points
  of.restored += points
  const restoration = { pieces: of.pieces, restored: before, points, at, source, redemption: of.id }
  return unwrap(restore(history.definition, history.zone, wallet, restoration))
}

const released = ({ wallet, at }: Occasion, act: ActOf<'release'>): Entries => {
  const of = wallet.holds[act.hold % Math.max(1, wallet.holds.length)]
  return of === undefined ? [] : settled(wallet, unwrap(releaseHold(wallet, of.id, at)), at)
}

const extended = ({ history, memory, wallet, at, source }: Occasion, { byMs, lot }: ActOf<'extend'>): Entries => {
  const only = lot === null ? undefined : memory.granted[lot % Math.max(1, memory.granted.length)]
  const selection = only === undefined ? ({ type: 'all' } as const) : ({ type: 'lots', lots: [only.id] } as const)
  const entry = extend(history.zone, wallet, {
    selection,
    term: { type: 'to', to: (at + byMs) as Instant },
    at,
    source,
  })
  return entry._tag === 'Left' ? [] : [entry.right]
}

/** The lots of a gift as they leave the other member. */
const givenLots = (given: ReadonlyArray<GivenLot>, at: Instant): ReadonlyArray<Lot> =>
  given.map(({ points, ageMs, activeInMs, expiresInMs, funder: of }, index) => {
    const activeFrom = (at + (activeInMs ?? 0)) as Instant
    return {
      id: lotName(index),
      points,
      earnedAt: (at - ageMs) as Instant,
      active: activeInMs === null,
      activeFrom,
      expiresAt: expiresInMs === null ? null : (Math.max(activeFrom, at + expiresInMs) as Instant),
      source: 'elsewhere' as ActivityId,
      kind: 'regular',
      funder: of,
      awaits: null,
    }
  })

const arrived = ({ wallet, at, source }: Occasion, { how, lots: given }: ActOf<'arrive'>): Entries => {
  const lots = givenLots(given, at).map((lot) => ({ ...lot, id: strangerName(source, lot.id) }))
  const entry = { ...unwrap(openBalance(wallet, lots, at, source)) }
  if (how === 'reinstated' && entry.points > wallet.expired) return []
  return settled(wallet, how === 'convertedIn' ? { ...entry, type: how, from: 'miles' } : { ...entry, type: how }, at)
}

const friend = 'friend' as MemberId
const note = { reason: 'goodwill', actor: 'service' }

const moved = (
  { history: { definition, zone }, wallet, at, source }: Occasion,
  act: ActOf<'hold' | 'adjustIn' | 'adjustOut' | 'transferOut' | 'transferIn'>,
): Entries => {
  switch (act.kind) {
    case 'hold': {
      const until = act.untilMs === null ? undefined : ((at + act.untilMs) as Instant)
      const entry = hold(definition, zone, wallet, act.points, at, source, until)
      return entry._tag === 'Left' ? [] : [entry.right]
    }
    case 'adjustIn':
      return settled(
        wallet,
        unwrap(adjustIn(definition, zone, wallet, { lot: `by ${source}` as LotId, ...act, at, source, ...note })),
        at,
      )
    case 'adjustOut': {
      const entry = adjustOut(definition, zone, wallet, { ...act, at, source, ...note })
      return entry._tag === 'Left' ? [] : [entry.right]
    }
    case 'transferOut': {
      const transfer = transferOut(definition, zone, wallet, act.points, at, source, friend)
      return transfer._tag === 'Left' ? [] : [transfer.right.entry]
    }
    case 'transferIn':
      return unwrap(transferIn(wallet, givenLots(act.lots, at), at, source, friend))
  }
}

const entriesOf = (occasion: Occasion, act: Act): Entries => {
  const { history, wallet, at, source } = occasion
  switch (act.kind) {
    case 'accrue':
      return accrued(occasion, act)
    case 'arrive':
      return arrived(occasion, act)
    case 'burn':
      return burnt(occasion, act)
    case 'claw':
      return clawed(occasion, act)
    case 'redeem':
      return redeemed(occasion, act)
    case 'restore':
      return restored(occasion, act)
    case 'release':
      return released(occasion, act)
    case 'extend':
      return extended(occasion, act)
    case 'suspend':
      return suspendExpiry(wallet, at)
    case 'resume':
      return resumeExpiry(history.definition, history.zone, wallet, at)
    case 'visit':
      return resetInactivity(history.definition, history.zone, wallet, at, source)
    case 'action':
      return activateAwaited(history.definition, history.zone, wallet, act.action, at)
    case 'wait':
      return []
    default:
      return moved(occasion, act)
  }
}

/** The entries of a command, and the new dates that points get by it. */
const madeBy = (occasion: Occasion, act: Act): Entries => {
  const { history, wallet, at, source } = occasion
  const made = entriesOf(occasion, act)
  const { expiry } = history.definition
  const sign = signOfLife(act.kind)
  if (sign === undefined || expiry?.type !== 'inactivity' || !expiry.resetBy.includes(sign)) return made
  return [...made, ...resetInactivity(history.definition, history.zone, made.reduce(applyEntry, wallet), at, source)]
}

/** What points that were cancelled while they waited were granted in has nothing left to take back. */
const forgetCancelled = ({ granted }: Memory, entries: Entries): void => {
  for (const entry of entries) {
    if (entry.type !== 'reversed') continue
    for (const { lot, points } of entry.draws) {
      const grant = granted.find(({ id }) => id === lot)
      if (grant !== undefined) grant.left -= points
    }
  }
}

const lapse = ({ definition, zone }: WalletHistory, wallet: Wallet, until: Instant): Entries => {
  const entries: Array<LedgerEntry> = []
  let now = wallet
  for (
    let due = nextDueInWallet(definition, zone, now);
    due !== null && due <= until;
    due = nextDueInWallet(definition, zone, now)
  ) {
    const gains = gainsDue(now, due)
    now = apply(now, gains)
    const losses = lossesDue(definition, zone, now, due)
    now = apply(now, losses)
    entries.push(...gains, ...losses)
  }
  return entries
}

/** Plays a history by the library. Every wallet is frozen, so that nothing can change one that it was given. */
export const playWallet = (history: WalletHistory): ReadonlyArray<Step> => {
  const memory: Memory = { granted: [], redemptions: [] }
  let wallet = frozen(emptyWallet(history.definition.id))
  let at = history.start
  return history.commands.map(({ gapMs, act }, index) => {
    at = (at + gapMs) as Instant
    const passed = lapse(history, wallet, at)
    forgetCancelled(memory, passed)
    const now = apply(wallet, passed)
    const made = madeBy({ history, memory, wallet: now, at, source: activityName(index) }, act)
    wallet = apply(now, made)
    return { at, act, entries: [...passed, ...made], wallet }
  })
}

/** Wallets that some history led to. */
export const walletArbitrary: fc.Arbitrary<Wallet> = walletHistoryArbitrary.map((history) => {
  const steps = playWallet(history)
  return steps[steps.length - 1]?.wallet ?? emptyWallet(history.definition.id)
})
