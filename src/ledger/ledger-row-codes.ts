/** The indexes of `ledgerRowTypes`, for loops that compare with one of them at every row. */
export const accrualCode = 0
export const redemptionCode = 1
export const clawBackCode = 2
