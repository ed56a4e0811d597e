// Triangles of the literature, with what was published about them.

/**
 * Claims of G. C. Taylor and F. R. Ashe, Journal of Econometrics 23 (1983). T. Mack, ASTIN Bulletin 23 (1993), gives the
 * reserves and standard errors in thousands; R's ChainLadder has them in full for its data set GenIns.
 */
export const taylorAshe: ReadonlyArray<ReadonlyArray<number>> = [
  [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
  [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
  [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
  [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
  [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
  [396132, 1333217, 2180715, 2985752, 3691712],
  [440832, 1288463, 2419861, 3483130],
  [359480, 1421128, 2864498],
  [376686, 1363294],
  [344014],
]

/** Claims of the Reinsurance Association of America, Historical Loss Development Study (1991), R's data set RAA. */
export const reinsuranceAssociation: ReadonlyArray<ReadonlyArray<number>> = [
  [5012, 8269, 10907, 11805, 13539, 16181, 18009, 18608, 18662, 18834],
  [106, 4285, 5396, 10666, 13782, 15599, 15496, 16169, 16704],
  [3410, 8992, 13873, 16141, 18735, 22214, 22863, 23466],
  [5655, 11555, 15766, 21266, 23425, 26083, 27067],
  [1092, 9565, 15836, 22169, 25955, 26180],
  [1513, 6445, 11702, 12935, 15852],
  [557, 4020, 10946, 12314],
  [1351, 6947, 13112],
  [3133, 5395],
  [2063],
]

/**
 * Motor claims of a British insurer, S. Christofides, Regression models based on log-incremental payments, Claims Reserving
 * Manual 2 (1990); R's data set UKMotor.
 */
export const britishMotor: ReadonlyArray<ReadonlyArray<number>> = [
  [3511, 6726, 8992, 10704, 11763, 12350, 12690],
  [4001, 7703, 9981, 11161, 12117, 12746],
  [4355, 8287, 10233, 11755, 12993],
  [4295, 7750, 9773, 11093],
  [4150, 7897, 10217],
  [5102, 9650],
  [6283],
]
