/** How a number of points, or a factor, is written in an award: a plain decimal number, so that it is exact. */

const POINTS = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$/
const SIGNED_POINTS = /^(?:-(?!0(?:\.0+)?$))?(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$/

export const isPointsText = (text: string): boolean => POINTS.test(text)

/** The same with a sign: what is below zero takes points away. */
export const isSignedPointsText = (text: string): boolean => SIGNED_POINTS.test(text)
