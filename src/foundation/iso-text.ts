// Reading and writing the fixed-width numbers of ISO 8601 text. Readers answer with a sentinel, not with an Either:
// they run several times for each date, and their callers make one fault of it.

import { dayOfPacked, daysInMonth, epochDayOf, monthOfPacked, packedFieldsOf, yearOfPacked } from './epoch-day.ts'

/** Two decimal digits at `at`, or −1; the text must reach that far. */
export const readTwoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  // As unsigned numbers those before '0' are large too.
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : -1
}

/** Is the year at the start of `text` an expanded one, ±YYYYYY? */
const hasExpandedYear = (text: string): boolean => {
  const first = text.charCodeAt(0)
  return first === 43 || first === 45
}

/** Length of the date part: 10 for YYYY-MM-DD, 13 for ±YYYYYY-MM-DD. */
export const datePartLength = (text: string): number => (hasExpandedYear(text) ? 13 : 10)

const readExpandedYear = (text: string): number => {
  const high = readTwoDigits(text, 1)
  const middle = readTwoDigits(text, 3)
  const low = readTwoDigits(text, 5)
  if (high < 0 || middle < 0 || low < 0) return Number.NaN
  const year = high * 10000 + middle * 100 + low
  if (text.charCodeAt(0) === 43) return year
  return year === 0 ? Number.NaN : -year
}

/** The year at the start of `text`, or NaN; −000000 is none. */
const readYear = (text: string): number => {
  if (hasExpandedYear(text)) return readExpandedYear(text)
  const century = readTwoDigits(text, 0)
  const rest = readTwoDigits(text, 2)
  return century < 0 || rest < 0 ? Number.NaN : century * 100 + rest
}

/** The epoch day of the date that `text` starts with, or NaN if it doesn't exist; the text must be long enough for it. */
export const readEpochDay = (text: string): number => {
  const length = datePartLength(text)
  if (text.charCodeAt(length - 6) !== 45 || text.charCodeAt(length - 3) !== 45) return Number.NaN
  const year = readYear(text)
  const month = readTwoDigits(text, length - 5)
  const day = readTwoDigits(text, length - 2)
  if (month < 1 || month > 12 || day < 1) return Number.NaN
  return day <= 28 || day <= daysInMonth(year, month) ? epochDayOf(year, month, day) : Number.NaN
}

const twoDigitTexts: ReadonlyArray<string> = /* @__PURE__ */ Array.from({ length: 100 }, (_, n) =>
  n < 10 ? `0${n}` : `${n}`,
)

/** A number from 0 to 99 as two digits. */
const twoDigits = (n: number): string => twoDigitTexts[n] ?? ''

/** A year as ISO 8601 writes it: four digits from 0000 to 9999, else a sign and at least six. */
const yearText = (year: number): string => {
  if (year >= 1000 && year <= 9999) return `${year}`
  if (year >= 0 && year <= 9999) return `${year}`.padStart(4, '0')
  return `${year < 0 ? '-' : '+'}${`${Math.abs(year)}`.padStart(6, '0')}`
}

/** The date of an epoch day. */
export const dateText = (epochDay: number): string => {
  const packed = packedFieldsOf(epochDay)
  return `${yearText(yearOfPacked(packed))}-${twoDigits(monthOfPacked(packed))}-${twoDigits(dayOfPacked(packed))}`
}

const clockText = (second: number): string => {
  const minute = (second / 60) | 0
  return `${twoDigits((minute / 60) | 0)}:${twoDigits(minute % 60)}:${twoDigits(second % 60)}`
}

const msPerDay = 86_400_000

/** Epoch milliseconds in UTC, with milliseconds only when there are any. */
export const instantText = (ms: number): string => {
  const epochDay = Math.floor(ms / msPerDay)
  const ofDay = ms - epochDay * msPerDay
  const millisecond = ofDay % 1000
  const fraction = millisecond === 0 ? '' : `.${`${millisecond}`.padStart(3, '0')}`
  return `${dateText(epochDay)}T${clockText((ofDay - millisecond) / 1000)}${fraction}Z`
}
