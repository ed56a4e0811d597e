/** A ledger entry in words. */
import type { LedgerEntry } from '../ledger/index.ts'
import { plural, type Words } from './words.ts'

type EntryOf<Type extends LedgerEntry['type']> = Extract<LedgerEntry, { readonly type: Type }>

const accruedWords = (words: Words, entry: EntryOf<'accrued'>): string => {
  const { activeFrom, at, awaits, expiresAt } = entry
  const active =
    awaits !== null
      ? `active once ${awaits} happens, at the latest on ${words.lastDay(activeFrom)}`
      : activeFrom <= at
        ? 'active at once'
        : `active from ${words.date(activeFrom)}`
  const end = expiresAt === null ? 'without expiry' : `expiring on ${words.date(expiresAt)}`
  return `accrued on ${words.date(at)}, ${active}, ${end}`
}

/** What was taken, and what of it was not there. */
const takenWords = (words: Words, what: string, entry: EntryOf<'reversed' | 'adjustedOut'>): string => {
  const debt = entry.debt === 0 ? '' : `, ${words.points(entry.wallet, entry.debt)} of them as debt`
  return `${what} on ${words.date(entry.at)}${debt}`
}

const reversedWords = (words: Words, entry: EntryOf<'reversed'>): string => {
  const left = entry.forgiven === 0 ? '' : `, ${words.points(entry.wallet, entry.forgiven)} more left to the member`
  return `${takenWords(words, 'taken back', entry)}${left}`
}

const heldWords = (words: Words, { at, until }: EntryOf<'held'>): string =>
  `set aside on ${words.date(at)}, ${until === null ? 'until released' : `until ${words.date(until)}`}`

/** What happened to the points of an entry. */
const happened: { readonly [Type in LedgerEntry['type']]: (words: Words, entry: EntryOf<Type>) => string } = {
  accrued: accruedWords,
  opened: (words, { at }) => `carried over on ${words.date(at)}`,
  activated: (words, { at }) => `became active on ${words.date(at)}`,
  redeemed: (words, { at, draws }) => `redeemed on ${words.date(at)} from ${plural(draws.length, 'lot', 'lots')}`,
  restored: (words, { at, redemption }) => `of redemption ${redemption} given back on ${words.date(at)}`,
  held: heldWords,
  holdReleased: (words, { at, hold }) => `of hold ${hold} free again on ${words.date(at)}`,
  expired: (words, { at }) => `expired on ${words.date(at)}`,
  decayed: (words, { at }) => `melted away on ${words.date(at)}`,
  extended: (words, { at, lots }) => `in ${plural(lots.length, 'lot', 'lots')} got a new date on ${words.date(at)}`,
  reinstated: (words, { at }) => `valid again from ${words.date(at)}`,
  reversed: reversedWords,
  adjustedIn: (words, { at, actor, reason }) => `given by ${actor} on ${words.date(at)}: ${reason}`,
  adjustedOut: (words, entry) => `${takenWords(words, 'taken', entry)}, by ${entry.actor}: ${entry.reason}`,
  transferredOut: (words, { at, to }) => `transferred to ${to} on ${words.date(at)}`,
  transferredIn: (words, { at, from }) => `transferred from ${from} on ${words.date(at)}`,
  convertedOut: (words, { at, to }) => `converted into ${to} on ${words.date(at)}`,
  convertedIn: (words, { at, from }) => `converted from ${from} on ${words.date(at)}`,
  debtSettled: (words, { at }) => `of debt settled on ${words.date(at)}`,
  debtWrittenOff: (words, { at }) => `of debt written off on ${words.date(at)}`,
  expirySuspended: (words, { at }) => `expire: from ${words.date(at)} on nothing does`,
  expiryResumed: (words, { at }) => `have passed their date: points expire again from ${words.date(at)} on`,
}

/** A ledger entry as a sentence. */
export const entryWords = <Type extends LedgerEntry['type']>(
  words: Words,
  entry: EntryOf<Type> & LedgerEntry,
): string => {
  const say = happened[entry.type]
  return `${words.points(entry.wallet, entry.points)} ${say(words, entry)}.`
}
