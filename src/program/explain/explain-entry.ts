/** A ledger entry as a phrase. */
import type { LedgerEntry } from '../../ledger/index.ts'
import { count, nothing, type Phrase, phrase, text } from './phrase.ts'
import type { Words } from './words.ts'

type EntryOf<Type extends LedgerEntry['type']> = Extract<LedgerEntry, { readonly type: Type }>

const base = (words: Words, { wallet, points, at }: LedgerEntry) => ({
  points: words.points(wallet, points),
  at: words.date(at),
})

const activePhrase = (words: Words, { activeFrom, at, awaits }: EntryOf<'accrued'>): Phrase => {
  if (awaits !== null) return phrase('active.awaits', { awaits: text(awaits), day: words.lastDay(activeFrom) })
  return activeFrom <= at ? phrase('active.atOnce', {}) : phrase('active.from', { from: words.date(activeFrom) })
}

const endPhrase = (words: Words, { expiresAt }: EntryOf<'accrued'>): Phrase =>
  expiresAt === null ? phrase('end.none', {}) : phrase('end.on', { day: words.date(expiresAt) })

/** What of what was taken was not there. */
const debtPhrase = (words: Words, { wallet, debt }: EntryOf<'reversed' | 'adjustedOut'>): Phrase =>
  debt === 0 ? nothing : phrase('entry.debt', { points: words.points(wallet, debt) })

const leftPhrase = (words: Words, { wallet, forgiven }: EntryOf<'reversed'>): Phrase =>
  forgiven === 0 ? nothing : phrase('entry.forgiven', { points: words.points(wallet, forgiven) })

type Said = { readonly [Type in LedgerEntry['type']]: (words: Words, entry: EntryOf<Type>) => Phrase }

const plain =
  (
    key:
      | 'entry.opened'
      | 'entry.activated'
      | 'entry.expired'
      | 'entry.decayed'
      | 'entry.reinstated'
      | 'entry.debtSettled'
      | 'entry.debtWrittenOff'
      | 'entry.expirySuspended'
      | 'entry.expiryResumed',
  ) =>
  (words: Words, entry: LedgerEntry): Phrase =>
    phrase(key, base(words, entry))

/** What happened to the points of an entry. */
const said: Said = {
  accrued: (words, entry) =>
    phrase('entry.accrued', {
      ...base(words, entry),
      active: activePhrase(words, entry),
      end: endPhrase(words, entry),
    }),
  opened: plain('entry.opened'),
  activated: plain('entry.activated'),
  redeemed: (words, entry) => phrase('entry.redeemed', { ...base(words, entry), lots: count(entry.draws.length) }),
  restored: (words, entry) =>
    phrase('entry.restored', { ...base(words, entry), redemption: words.id(String(entry.redemption)) }),
  held: (words, entry) =>
    entry.until === null
      ? phrase('entry.held', base(words, entry))
      : phrase('entry.heldUntil', { ...base(words, entry), until: words.date(entry.until) }),
  holdReleased: (words, entry) => phrase('entry.holdReleased', { ...base(words, entry), hold: words.id(entry.hold) }),
  expired: plain('entry.expired'),
  decayed: plain('entry.decayed'),
  extended: (words, entry) => phrase('entry.extended', { ...base(words, entry), lots: count(entry.lots.length) }),
  reinstated: plain('entry.reinstated'),
  reversed: (words, entry) =>
    phrase('entry.reversed', {
      ...base(words, entry),
      debt: debtPhrase(words, entry),
      left: leftPhrase(words, entry),
    }),
  adjustedIn: (words, entry) =>
    phrase('entry.adjustedIn', { ...base(words, entry), actor: text(entry.actor), reason: text(entry.reason) }),
  adjustedOut: (words, entry) =>
    phrase('entry.adjustedOut', {
      ...base(words, entry),
      debt: debtPhrase(words, entry),
      actor: text(entry.actor),
      reason: text(entry.reason),
    }),
  transferredOut: (words, entry) => phrase('entry.transferredOut', { ...base(words, entry), to: text(entry.to) }),
  transferredIn: (words, entry) => phrase('entry.transferredIn', { ...base(words, entry), from: text(entry.from) }),
  convertedOut: (words, entry) => phrase('entry.convertedOut', { ...base(words, entry), to: text(entry.to) }),
  convertedIn: (words, entry) => phrase('entry.convertedIn', { ...base(words, entry), from: text(entry.from) }),
  debtSettled: plain('entry.debtSettled'),
  debtWrittenOff: plain('entry.debtWrittenOff'),
  expirySuspended: plain('entry.expirySuspended'),
  expiryResumed: plain('entry.expiryResumed'),
}

/** A ledger entry as a sentence. */
export const entryPhrase = <Type extends LedgerEntry['type']>(
  words: Words,
  entry: EntryOf<Type> & LedgerEntry,
): Phrase => {
  const say: (words: Words, entry: EntryOf<Type>) => Phrase = said[entry.type]
  return say(words, entry)
}
