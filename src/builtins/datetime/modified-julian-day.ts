/** The modified Julian day of 1970-01-01. */
export const MODIFIED_JULIAN_EPOCH = 40_587;
