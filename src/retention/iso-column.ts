// Columns of ISO 8601 texts as numbers. The usual forms are read digit by digit; every other one, and every mistake, is
// left to the parsers of the foundation, so that nothing is accepted that they refuse.

import { parseCivilDate, parseInstant } from '../foundation/index.ts'

const msPerDay = 86_400_000

/** Days before each month of a common year that begins in March, where a leap day comes last. */
const daysBeforeMonth = /* @__PURE__ */ Int32Array.of(0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275)

const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : -10_000
}

/** The epoch day of a text that begins like 2026-03-01, NaN for what isn't surely a date: days from 29 on are left out. */
const dayAt = (text: string): number => {
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 28) return Number.NaN
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN
  const shifted = month < 3 ? year - 1 : year
  const century = Math.floor(shifted / 100)
  const leaps = Math.floor(shifted / 4) - century + Math.floor(century / 4)
  return shifted * 365 + leaps + (daysBeforeMonth[month] as number) + day - 719_469
}

/** Milliseconds of a day of a text like 2026-03-01T12:00:00Z or, with milliseconds, 24 characters long; else NaN. */
const timeAt = (text: string): number => {
  const hour = two(text, 11)
  const minute = two(text, 14)
  const second = two(text, 17)
  if ((hour | minute | second | (23 - hour) | (59 - minute) | (59 - second)) < 0) return Number.NaN
  const separators = text.charCodeAt(10) === 84 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58
  return separators ? ((hour * 60 + minute) * 60 + second) * 1000 : Number.NaN
}

const fractionAt = (text: string): number => {
  if (text.length === 20) return text.charCodeAt(19) === 90 ? 0 : Number.NaN
  const thousandths = two(text, 20) * 10 + text.charCodeAt(22) - 48
  const last = text.charCodeAt(22)
  const fits =
    text.length === 24 && text.charCodeAt(19) === 46 && text.charCodeAt(23) === 90 && last >= 48 && last <= 57
  return fits && thousandths >= 0 ? thousandths : Number.NaN
}

/** The usual forms; NaN for others. */
const usualInstant = (text: string): number =>
  text.length === 20 || text.length === 24 ? dayAt(text) * msPerDay + timeAt(text) + fractionAt(text) : Number.NaN

const otherInstant = (text: unknown): number => {
  const parsed = typeof text === 'string' ? parseInstant(text) : null
  return parsed?._tag === 'Right' ? parsed.right : Number.NaN
}

const otherDay = (text: unknown): number => {
  const parsed = typeof text === 'string' ? parseCivilDate(text) : null
  return parsed?._tag === 'Right' ? parsed.right : Number.NaN
}

/** Epoch milliseconds; NaN for what is no instant. */
export const readInstant = (text: unknown): number => {
  const usual = typeof text === 'string' ? usualInstant(text) : Number.NaN
  return Number.isNaN(usual) ? otherInstant(text) : usual
}

/** Epoch days; NaN for what is no date. */
export const readDay = (text: unknown): number => {
  const usual = typeof text === 'string' && text.length === 10 ? dayAt(text) : Number.NaN
  return Number.isNaN(usual) ? otherDay(text) : usual
}
