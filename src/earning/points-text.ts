/** How a number of points is written in an award: a plain decimal number, so that it is exact. */

const POINTS = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$/

export const isPointsText = (text: string): boolean => POINTS.test(text)
