// Integer arithmetic between the proleptic Gregorian calendar and days since 1970-01-01, after C. Neri and L. Schneider,
// "Euclidean affine functions and their application to calendar algorithms" (2022). Years run from March, so that the
// leap day is a year's last; floors instead of shifts keep it exact wherever numbers are.
// A date in fields travels as one integer, year · 512 + month · 32 + day, so that the hot paths allocate nothing.

/** Days from 0000-03-01 to 1970-01-01. */
const epochShift = 719_468
const daysPer400Years = 146_097

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  // 31 in the odd months to July and in the even ones from August.
  return 30 | (month ^ (month >> 3))
}

/** Epoch day of a date in fields; `month` is 1–12, `day` may lie outside the month and counts on from its first. */
export const epochDayOf = (year: number, month: number, day: number): number => {
  const marchYear = month > 2 ? year : year - 1
  const marchMonth = month > 2 ? month : month + 12
  const century = Math.floor(marchYear / 100)
  const daysBeforeYear = Math.floor(marchYear * 365.25) - century + Math.floor(century / 4)
  return daysBeforeYear + ((979 * marchMonth - 2919) >> 5) + day - 1 - epochShift
}

/** The packed fields of an epoch day. */
export const packedFieldsOf = (epochDay: number): number => {
  const quarterDays = 4 * (epochDay + epochShift) + 3
  const century = Math.floor(quarterDays / daysPer400Years)
  const quarterDaysOfCentury = (quarterDays - century * daysPer400Years) | 3
  const yearOfCentury = (quarterDaysOfCentury / 1461) | 0
  const dayOfYear = (quarterDaysOfCentury - yearOfCentury * 1461) >> 2
  const scaledMonth = 2141 * dayOfYear + 197_913
  const day = (((scaledMonth & 65_535) / 2141) | 0) + 1
  const packed = (century * 100 + yearOfCentury) * 512 + (scaledMonth >> 16) * 32 + day
  // From day 306 on it is January or February of the next year, month 13 or 14 of this one.
  return dayOfYear < 306 ? packed : packed + 512 - 12 * 32
}

export const yearOfPacked = (packed: number): number => Math.floor(packed / 512)

export const monthOfPacked = (packed: number): number => (packed >> 5) & 15

export const dayOfPacked = (packed: number): number => packed & 31

/** Months since January of year 0: what month arithmetic counts in. */
export const monthIndexOfPacked = (packed: number): number => yearOfPacked(packed) * 12 + monthOfPacked(packed) - 1

/** Epoch day of a day in the month with that index; a day past the month's end becomes its last. */
export const epochDayInMonth = (monthIndex: number, day: number): number => {
  const year = Math.floor(monthIndex / 12)
  const month = monthIndex - year * 12 + 1
  return epochDayOf(year, month, day > 28 ? Math.min(day, daysInMonth(year, month)) : day)
}
