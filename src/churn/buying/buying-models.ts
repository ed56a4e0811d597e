// Buy-till-you-die models: a customer buys at their own rate until they leave.

import { betaGeometricKernel } from './beta-geometric.ts'
import { type BuyingModel, buyingModel } from './buying-model.ts'
import { gompertzNbdKernel } from './gompertz-nbd.ts'
import { paretoNbdKernel } from './pareto-nbd.ts'

/**
 * The BG/NBD model: each customer buys at their own steady rate and may leave after each repeat purchase.
 *
 * It calls everybody who bought once alive, whatever their silence: for churn take {@link mbgNbd} or {@link paretoNbd}.
 *
 * Source: P. Fader, B. Hardie & K. L. Lee, Marketing Science 24 (2005).
 *
 * @example
 * ```ts
 * import { bgNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * unwrap(bgNbd.probabilityAlive(weeks, buyer)).toFixed(4) // => '0.7266'
 * unwrap(bgNbd.expectedPurchases(weeks, buyer, 39)).toFixed(4) // => '1.2260'
 * ```
 */
export const bgNbd: BuyingModel<'r' | 'alpha' | 'a' | 'b'> = /* @__PURE__ */ buyingModel(
  'BG/NBD',
  /* @__PURE__ */ betaGeometricKernel(0),
)

/**
 * The MBG/NBD model: as {@link bgNbd}, but customers may leave after the first purchase too, as most do.
 *
 * Source: E. P. Batislam, M. Denizel & A. Filiztekin, International Journal of Research in Marketing 24 (2007).
 *
 * @example
 * ```ts
 * import { mbgNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const boughtOnce = { repeats: 0, recency: 0, age: 38.86 }
 * unwrap(mbgNbd.probabilityAlive(weeks, boughtOnce)).toFixed(3) // => '0.390'
 * mbgNbd.probabilityAlive(weeks, { repeats: 0, recency: 3, age: 38.86 })._tag // => 'Left'
 * ```
 */
export const mbgNbd: BuyingModel<'r' | 'alpha' | 'a' | 'b'> = /* @__PURE__ */ buyingModel(
  'MBG/NBD',
  /* @__PURE__ */ betaGeometricKernel(1),
)

/**
 * The Pareto/NBD model: each customer buys at their own steady rate and leaves at a time of their own.
 *
 * Sources: D. Schmittlein, D. Morrison & R. Colombo, Management Science 33 (1987); the odds of having left by quadrature of
 * Fader & Hardie's (2005) likelihood over the time of leaving.
 *
 * @example
 * ```ts
 * import { paretoNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * unwrap(paretoNbd.probabilityAlive(weeks, buyer)).toFixed(4) // => '0.8692'
 * unwrap(paretoNbd.newCustomerPurchases(weeks, 52)).toFixed(4) // => '1.4730'
 * ```
 */
export const paretoNbd: BuyingModel<'r' | 'alpha' | 's' | 'beta'> = /* @__PURE__ */ buyingModel(
  'Pareto/NBD',
  paretoNbdKernel,
)

/**
 * The Gamma-Gompertz/NBD model: as {@link paretoNbd}, but the hazard of leaving may rise or fall with time.
 *
 * On many shops' customers, CDNOW's too, its best parameters are at the boundary where it is the Pareto/NBD; its fit says so
 * with a fault.
 *
 * Sources: A. Bemmaor & N. Glady, Management Science 58 (2012); expectations from first principles, as in J. Adler's erratum
 * (2022).
 *
 * @example
 * ```ts
 * import { gompertzNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.55, alpha: 10.5, b: 0.01, s: 0.6, beta: 0.5 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * unwrap(gompertzNbd.probabilityAlive(weeks, buyer)).toFixed(4) // => '0.9057'
 * unwrap(gompertzNbd.expectedPurchases(weeks, buyer, 39)).toFixed(4) // => '1.5508'
 * ```
 */
export const gompertzNbd: BuyingModel<'r' | 'alpha' | 'b' | 's' | 'beta'> = /* @__PURE__ */ buyingModel(
  'Gamma-Gompertz/NBD',
  gompertzNbdKernel,
)
