/**
 * An exponential moving average that starts at the first value, not at zero: as TensorBoard smooths. A weight of 0
 * leaves the values as they are; what is not a number stays so, and is left out of the average.
 */
export function smoothed(values: ArrayLike<number>, weight: number): Float64Array {
  const result = new Float64Array(values.length);
  let average = 0;
  let remaining = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      result[i] = value;
      continue;
    }
    average = weight * average + (1 - weight) * value;
    remaining *= weight;
    result[i] = average / (1 - remaining);
  }
  return result;
}
