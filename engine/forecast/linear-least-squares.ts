/**
 * Ridge regression by the normal equations and Cholesky: (XᵀX + λI)·b = Xᵀy. With λ > 0 the matrix is
 * positive definite whatever the data, so there is always an answer.
 */

/** Coefficients in the order of the features. Rows hold equally many features; `lambda` > 0. */
export function ridgeCoefficients(rows: readonly Float64Array[], targets: ArrayLike<number>, lambda: number): Float64Array {
  const size = rows[0]?.length ?? 0;
  const normal = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  rows.forEach((row, i) => {
    const target = targets[i]!;
    for (let j = 0; j < size; j += 1) {
      const x = row[j]!;
      const into = normal[j]!;
      right[j] = right[j]! + x * target;
      for (let k = 0; k <= j; k += 1) into[k] = into[k]! + x * row[k]!;
    }
  });
  for (let j = 0; j < size; j += 1) normal[j]![j] = normal[j]![j]! + lambda;
  return solveCholesky(normal, right);
}

/** Solves A·x = b for a symmetric positive definite A given by its lower triangle, which is overwritten. */
function solveCholesky(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let j = 0; j < size; j += 1) {
    for (let k = 0; k <= j; k += 1) {
      let sum = matrix[j]![k]!;
      for (let l = 0; l < k; l += 1) sum -= matrix[j]![l]! * matrix[k]![l]!;
      matrix[j]![k] = j === k ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[k]![k]!;
    }
  }
  const half = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    let sum = right[j]!;
    for (let k = 0; k < j; k += 1) sum -= matrix[j]![k]! * half[k]!;
    half[j] = sum / matrix[j]![j]!;
  }
  const solution = new Float64Array(size);
  for (let j = size - 1; j >= 0; j -= 1) {
    let sum = half[j]!;
    for (let k = j + 1; k < size; k += 1) sum -= matrix[k]![j]! * solution[k]!;
    solution[j] = sum / matrix[j]![j]!;
  }
  return solution;
}
