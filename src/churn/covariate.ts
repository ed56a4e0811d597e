/** Something known of each customer, or of each row of one, such as their first basket or 0 and 1 for a channel. */
export interface Covariate {
  readonly name: string
  /** One number per row, in the order of the rows. */
  readonly values: ArrayLike<number>
}
